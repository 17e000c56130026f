"""A programme by month (S-curve), its pace, and who pays for its works."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.promuvi.progress import STAGES, legal_lots
from ilo_gis.promuvi.services import first_dates, known_works, services, whole_works
from ilo_gis.tables import conform, empty
from ilo_gis.tables.entries import require_day

__all__ = ["pace", "service_curve", "stage_curve", "work_costs", "years_between"]

NONE = "none"  # group of works without a payer or a committee


def service_curve(works: pd.DataFrame, lots: pd.DataFrame, on: date) -> pd.DataFrame:
    """Count by month the lots that were planned to have each service, and those that had it.

    Parameters
    ----------
    works : DataFrame
        Table ``works``.
    lots : DataFrame or GeoDataFrame
        Table ``lots``; remnants do not count.
    on : date
        The day: what is done after it does not count.

    Returns
    -------
    DataFrame
        Table ``service_curve``, from the first month with something planned or done to the last: ``planned``
        and ``done``, added up; the month of `on` is the last with ``done``.

    Raises
    ------
    RuleError
        If `on` is no date.
    SchemaError
        As for `ilo_gis.promuvi.done_dates`.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A", "B"], "kind": "lot"}, ["A-1", "B-1"])
    >>> works = pandas.DataFrame({"service": "tap", "scope": "block", "target_id": ["A", "B"]}, list("VW"))
    >>> works = works.assign(planned=["1991-01-31", "1991-02-28"], done=["1991-02-10", None])
    >>> told = service_curve(works, lots, pandas.Timestamp("1991-02-15"))
    >>> told[["planned", "done"]].values.tolist()
    [[1, 0], [2, 1]]
    """
    last, table = require_day(on), known_works(works)
    land = legal_lots(lots)
    planned = _months(first_dates(table, land, "planned"))
    done = _months(first_dates(table[table["done"] <= last], land, "done"))
    given = np.concatenate([planned[~np.isnat(planned)], done[~np.isnat(done)]])
    if not len(given):
        return empty("service_curve")
    now = np.datetime64(last, "M")
    months = np.arange(given.min(), max(given.max(), now) + 1)
    parts = [
        pd.DataFrame(
            {
                "month": months,
                "service": name,
                "planned": _by_month(plan, months),
                "done": _by_month(made, months),
            }
        )
        for name, plan, made in zip(services().index, planned.T, done.T, strict=True)
        if not (np.isnat(plan).all() and np.isnat(made).all())
    ]
    told = pd.concat(parts, ignore_index=True).astype({"month": "M8[ms]", "done": "Int64"})
    told.loc[told["month"] > now.astype("M8[ms]"), "done"] = pd.NA
    return conform(told.set_axis(told["month"].dt.strftime("%Y-%m: ") + told["service"]), "service_curve")


def stage_curve(dates: pd.DataFrame, on: date) -> pd.DataFrame:
    """Count by month the lots that had reached each stage.

    Parameters
    ----------
    dates : DataFrame
        Day on which each lot reached each stage, in columns allotted, occupied, adjudicated, titled: those of
        `ilo_gis.promuvi.stays`, or of the present holder alone.
    on : date
        The day.

    Returns
    -------
    DataFrame
        Table ``stage_curve``, by month, added up, to the month of `on`.

    Raises
    ------
    RuleError
        If `on` is no date.

    Examples
    --------
    >>> days = pandas.DataFrame({"allotted": ["1990-01-05", "1990-02-01"], "occupied": ["1990-02-20", None]})
    >>> days = days.assign(adjudicated=None, titled=None).apply(pandas.to_datetime)
    >>> stage_curve(days, pandas.Timestamp("1990-03-15"))[["allotted", "occupied"]].values.tolist()
    [[1, 0], [2, 1], [2, 1]]
    """
    last = require_day(on)
    known = dates[list(STAGES[1:])]
    known = known.where(known <= last)
    reached = _months(known)
    if np.isnat(reached).all():
        return empty("stage_curve")
    months = np.arange(reached[~np.isnat(reached)].min(), np.datetime64(last, "M") + 1)
    told = {name: _by_month(column, months) for name, column in zip(STAGES[1:], reached.T, strict=True)}
    return conform(pd.DataFrame(told, index=pd.DatetimeIndex(months.astype("M8[ms]"))), "stage_curve")


def pace(days: pd.Series, since: date, until: date) -> float:
    """Return how many lots a year reached a stage between two days.

    Parameters
    ----------
    days : Series
        Day on which each lot reached it; those without count for nothing.
    since, until : date
        From the first day to before the last.

    Returns
    -------
    float
        Lots a year.

    Raises
    ------
    RuleError
        If `until` is not after `since`.

    References
    ----------
    Balvín and others 1996, section V: 10,000 serviced plots in the seven years to 1996 are 1,429 a year.

    Examples
    --------
    >>> days = pandas.Series(pandas.date_range("1989-01-01", "1995-12-31", periods=10_000).normalize())
    >>> round(pace(days, pandas.Timestamp("1989-01-01"), pandas.Timestamp("1996-01-01")))
    1429
    """
    first, last = require_day(since), require_day(until)
    if last <= first:
        raise RuleError(f"until is {until}; it should be after since, {since}.")
    count = int(((days >= first) & (days < last)).sum())
    return count / float(years_between(pd.Series([first]), last).iloc[0])


def years_between(since: pd.Series, until: date) -> pd.Series:
    """Return the years from each day to one day: whole months, and days as a share of their month.

    Examples
    --------
    >>> years_between(pandas.Series(pandas.to_datetime(["1989-04-01", None])), pandas.Timestamp("1996-04-01"))
    0    7.0
    1    NaN
    dtype: float64
    """
    end = require_day(until)
    first = since.dt.year * 12 + since.dt.month + (since.dt.day - 1) / since.dt.days_in_month
    return (end.year * 12 + end.month + (end.day - 1) / end.days_in_month - first) / 12


def work_costs(works: pd.DataFrame, on: date) -> pd.DataFrame:
    """Add up what works cost: in all, by who pays, by committee and by service.

    Parameters
    ----------
    works : DataFrame
        Table ``works``.
    on : date
        The day: tells what is done.

    Returns
    -------
    DataFrame
        Table ``work_costs``. A work that several pay is a group of its own (``households;utility``), for no
        source tells their shares. Groups of each kind add up to all.

    Raises
    ------
    RuleError
        If `on` is no date.
    SchemaError
        If `works` is not the table.

    Examples
    --------
    >>> works = pandas.DataFrame({"service": ["tap", "water"], "scope": "block", "target_id": "A"})
    >>> works = works.assign(cost=[300, None], payer=["households", "utility;households"], done="1991-01-01")
    >>> told = work_costs(works.rename_axis("work_id"), pandas.Timestamp("1992-01-01"))
    >>> told.loc["payer: households;utility", ["works", "cost", "unknown"]].tolist()
    [1, 0.0, 1]
    """
    last, table = require_day(on), whole_works(works)
    if table.empty:
        return empty("work_costs")
    finished = table["done"] <= last
    cost = table["cost"].fillna(0.0)
    figures = pd.DataFrame(
        {
            "works": 1,
            "done": finished.astype(np.int64),
            "cost": cost,
            "cost_done": cost.where(finished, 0.0),
            "unknown": table["cost"].isna().astype(np.int64),
        }
    ).sort_index()  # sums of money do not hang on the order of rows
    payers = table["payer"].fillna("").map(lambda text: ";".join(sorted(filter(None, text.split(";")))))
    groups = {
        "programme": pd.Series("", table.index),
        "payer": payers.replace("", NONE),
        "committee": table["committee"].fillna("").replace("", NONE),
        "service": table["service"],
    }
    parts = []
    for by, group in groups.items():
        sums = figures.groupby(group.astype(str).rename("group")).sum().reset_index()
        parts.append(sums.assign(by=by, item=by if by == "programme" else by + ": " + sums["group"]))
    return conform(pd.concat(parts).set_index("item"), "work_costs")


# -- months --------------------------------------------------------------------------------------------


def _months(days: pd.DataFrame) -> NDArray[np.datetime64]:
    return days.to_numpy(dtype="M8[ms]").astype("M8[M]")


def _by_month(days: NDArray[np.datetime64], months: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return how many of some months lie in each month or before."""
    return np.searchsorted(np.sort(days[~np.isnat(days)]), months, side="right").astype(np.int64)
