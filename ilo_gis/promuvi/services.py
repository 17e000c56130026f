"""Works on lots, blocks and areas, and what they give each lot: the state of its services on a day."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import SchemaError, did_you_mean, some_ids
from ilo_gis.tables import conform, empty, findings, join_findings
from ilo_gis.tables.entries import require_day

__all__ = [
    "SCOPES",
    "STATES",
    "check_works",
    "done_dates",
    "finance_dates",
    "first_dates",
    "ids_of",
    "known_works",
    "service_states",
    "services",
    "services_on",
    "whole_works",
]

SCOPES = {"lot": "lot_id", "block": "block_id", "area": "extension_area"}  # column of lots with the target
STATES = ("none", "planned", "under_way", "done")
DATES = ("planned", "started", "done", "finance_approved")
PAST = ("started", "done", "finance_approved")  # what has happened lies not in the future


def services() -> pd.DataFrame:
    """Return the services and works of PROMUVI in their usual order (``services.toml``).

    Returns
    -------
    DataFrame
        Indexed by ``service``: ``en``, ``es``, ``stage`` (of the lot, for which it is asked), ``scope``
        (lot, block or area that one work usually serves), ``payer`` (joined by ``;``), ``basic`` (a title may
        rest on it), ``plan`` (service that is its plan), ``assembly`` (work of the assembly counts),
        ``shown`` (drawn where there is room for few), ``source``, ``confidence``.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.c; Balvín and others 1996, section V.

    Examples
    --------
    >>> known = services()
    >>> known.index[known["basic"]].tolist(), known.at["water", "payer"]
    (['water', 'sewer', 'electricity'], 'utility;households')
    """
    return _services().copy()


@cache
def _services() -> pd.DataFrame:
    told = tomllib.loads((files(__package__) / "services.toml").read_text("utf-8"))
    usual = {"basic": False, "plan": "", "assembly": False, "shown": False}
    return pd.DataFrame([usual | one for one in told.values()], index=pd.Index(told, name="service"))


def done_dates(works: pd.DataFrame, lots: pd.DataFrame) -> pd.DataFrame:
    """Return the first day on which each lot had each service.

    A lot has a service from the first day on which a work of it for the lot, its block or its area is done.

    Parameters
    ----------
    works : DataFrame
        Table ``works``.
    lots : DataFrame or GeoDataFrame
        Table ``lots``: ids as index, ``block_id``, and ``extension_area`` where works serve areas.

    Returns
    -------
    DataFrame
        By lot, in the order of `lots`; a column for each service of `services`: the day, NaT if it has none.

    Raises
    ------
    SchemaError
        If a service or scope is unknown, or lots lack the column that tells the scope. Works for lots that
        are not there are left out: `check_works` names them.

    Examples
    --------
    >>> works = pandas.DataFrame({"service": ["tap", "tap", "latrine"], "scope": ["area", "block", "lot"]})
    >>> works = works.assign(target_id=["1", "A", "A-2"], done=["1991-05-01", "1991-03-01", "1991-04-01"])
    >>> lots = pandas.DataFrame({"block_id": ["A", "A", "B"], "extension_area": "1"}, ["A-1", "A-2", "B-1"])
    >>> days = done_dates(works.rename_axis("work_id"), lots)
    >>> days["tap"].dt.date.astype(str).tolist(), days["latrine"].notna().tolist()
    (['1991-03-01', '1991-03-01', '1991-05-01'], [False, True, False])
    """
    return first_dates(known_works(works), lots, "done")


def finance_dates(works: pd.DataFrame, lots: pd.DataFrame) -> pd.DataFrame:
    """Return the first day on which money for each service of each lot was approved.

    Parameters
    ----------
    works, lots : DataFrame
        As for `done_dates`.

    Returns
    -------
    DataFrame
        As `done_dates`, of the column ``finance_approved``.

    Raises
    ------
    SchemaError
        As for `done_dates`.

    Examples
    --------
    >>> works = pandas.DataFrame({"service": ["sewer"], "scope": ["block"], "target_id": ["A"]})
    >>> works = works.assign(finance_approved="1993-02-01").rename_axis("work_id")
    >>> lots = pandas.DataFrame({"block_id": ["A", "B"]}, ["A-1", "B-1"])
    >>> finance_dates(works, lots)["sewer"].notna().tolist()
    [True, False]
    """
    return first_dates(known_works(works), lots, "finance_approved")


def services_on(works: pd.DataFrame, lots: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return how far each service of each lot is on a day.

    The furthest of the works for the lot, its block and its area counts. A work that is listed and not begun
    is planned, with or without a day by which it should be done.

    Parameters
    ----------
    works, lots : DataFrame
        As for `done_dates`.
    on : date
        The day; what is done on the day counts.

    Returns
    -------
    DataFrame
        By lot; a column for each service, of categories none, planned, under_way, done.

    Raises
    ------
    RuleError
        If `on` is no date.
    SchemaError
        As for `done_dates`.

    Examples
    --------
    >>> works = pandas.DataFrame({"service": ["water", "tap"], "scope": "block", "target_id": ["A", "A"]})
    >>> works = works.assign(started=["1992-01-01", "1991-01-01"], done=["1992-06-01", "1991-02-01"])
    >>> lots = pandas.DataFrame({"block_id": ["A"]}, ["A-1"])
    >>> services_on(works.rename_axis("work_id"), lots, pandas.Timestamp("1992-03-01"))[
    ...     ["tap", "water", "sewer"]].loc["A-1"].tolist()
    ['done', 'under_way', 'none']
    """
    ranks = service_states(works, lots, on)
    columns = {
        name: pd.Categorical.from_codes(ranks[:, n], STATES, ordered=True)
        for n, name in enumerate(_services().index)
    }
    return pd.DataFrame(columns, index=ids_of(lots))


def service_states(works: pd.DataFrame, lots: pd.DataFrame, on: date) -> NDArray[Any]:
    """Return the states of `services_on` as numbers, places in ``STATES``: lots by services.

    Examples
    --------
    >>> works = pandas.DataFrame({"service": ["clearing"], "scope": "area", "target_id": "1"})
    >>> lots = pandas.DataFrame({"block_id": ["A"], "extension_area": "1"}, ["A-1"])
    >>> service_states(works.rename_axis("work_id"), lots, pandas.Timestamp("1992-03-01"))[0, :2].tolist()
    [1, 0]
    """
    last = require_day(on)
    table = known_works(works)
    begun = (table["started"] <= last).to_numpy()
    rank = np.where((table["done"] <= last).to_numpy(), 3, np.where(begun, 2, 1)).astype(np.int8)
    return np.nan_to_num(_spread(table, lots, pd.Series(-rank, table.index))).astype(np.int8) * -1


def check_works(works: pd.DataFrame, lots: pd.DataFrame, on: date) -> gpd.GeoDataFrame:
    """Find works that cannot be as they are told.

    Parameters
    ----------
    works, lots : DataFrame
        As for `done_dates`.
    on : date
        Today: nothing has happened after it.

    Returns
    -------
    GeoDataFrame
        Table ``findings``, by work: unknown service, scope or target; done before it was begun; begun, done
        or financed after `on`; without any day, or done without the day it was begun; a negative cost.

    Raises
    ------
    RuleError
        If `on` is no date.
    SchemaError
        If `works` is not the table.

    Examples
    --------
    >>> works = pandas.DataFrame({"service": ["tap"], "scope": ["block"], "target_id": ["Z"]}, ["W-1"])
    >>> lots = pandas.DataFrame({"block_id": ["A"]}, ["A-1"])
    >>> found = check_works(works.assign(done="1999-01-01"), lots, pandas.Timestamp("1995-01-01"))
    >>> found["rule"].tolist()
    ['works.target', 'works.future', 'works.no_start']
    """
    last, table = require_day(on), whole_works(works)
    if table.empty:
        return empty("findings")
    service, scope = table["service"].astype(str), table["scope"].astype(str)
    strange, odd = ~service.isin(_services().index), ~scope.isin(SCOPES)
    aimless = ~odd & ~_aimed(table, lots)
    early, unpaid = table["done"] < table["started"], table["cost"] < 0
    ahead = table[list(PAST)].gt(last).any(axis=1)
    blank = table[list(DATES)].isna().all(axis=1)
    unbegun = table["done"].notna() & table["started"].isna()
    aims = scope[aimless] + " " + table.loc[aimless, "target_id"].astype(str)
    return join_findings(
        findings("works", table[strange], "works.service", detail=service[strange]),
        findings("works", table[odd], "works.scope", detail=scope[odd]),
        findings("works", table[aimless], "works.target", detail=aims),
        findings("works", table[early], "works.order", detail=_told(table[early], ("started", "done"))),
        findings("works", table[ahead], "works.future", detail=_told(table[ahead], PAST)),
        findings("works", table[unpaid], "works.cost", required=0.0, found=table.loc[unpaid, "cost"]),
        findings("works", table[blank], "works.no_date"),
        findings("works", table[unbegun], "works.no_start"),
    )


# -- works and their lots ------------------------------------------------------------------------------


def ids_of(lots: pd.DataFrame) -> pd.Index:
    """Return the ids of lots, which are their index or a column.

    Examples
    --------
    >>> ids_of(pandas.DataFrame({"lot_id": ["A-1"]})).tolist()
    ['A-1']
    """
    return (lots.index if "lot_id" not in lots else pd.Index(lots["lot_id"])).astype(str).rename("lot_id")


def whole_works(works: pd.DataFrame) -> pd.DataFrame:
    """Return works with all columns of the table, and no other."""
    table = conform(works, "works")
    spec = empty("works")
    return conform(table.reindex(columns=spec.columns), "works")


def known_works(works: pd.DataFrame) -> pd.DataFrame:
    """Return works, all of them of known services and scopes."""
    table = whole_works(works)
    for column, known in (("service", _services().index), ("scope", list(SCOPES))):
        value = table[column].astype(str)
        strange = value[~value.isin(known)]
        if len(strange):
            raise SchemaError(
                f"works: {some_ids(strange.index)}: {strange.iloc[0]!r} is no {column}"
                f"{did_you_mean(strange.iloc[0], known)}. There are: {', '.join(known)}."
            )
    return table


def _targets(lots: pd.DataFrame, scope: str) -> pd.Series | None:
    """Return what works of a scope call each lot; None where lots do not tell it."""
    if scope == "lot":
        return pd.Series(ids_of(lots).to_numpy(dtype=object))
    column = SCOPES[scope]
    return pd.Series(lots[column].astype(str).to_numpy(dtype=object)) if column in lots else None


def _aimed(table: pd.DataFrame, lots: pd.DataFrame) -> pd.Series:
    """Tell which works have a lot that they serve."""
    aimed = pd.Series(False, table.index)
    for scope in SCOPES:
        names = _targets(lots, scope)
        own = table["scope"].astype(str) == scope
        aimed |= own & (table["target_id"].astype(str).isin(set() if names is None else set(names)))
    return aimed


def _told(table: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    """Return the days of each work in words, by column; those that are empty are left out."""
    days = table[list(columns)].apply(lambda day: day.name + " " + day.dt.strftime("%Y-%m-%d"))
    return [", ".join(row.dropna()) for _, row in days.iterrows()]


def _spread(table: pd.DataFrame, lots: pd.DataFrame, values: pd.Series) -> NDArray[Any]:
    """Return the least value among the works for each lot, its block and its area: lots by services."""
    names = _services().index
    best = np.full((len(lots), len(names)), np.nan)
    keyed = pd.DataFrame(
        {
            "scope": table["scope"].astype(str),
            "target": table["target_id"].astype(str),
            "service": table["service"].astype(str),
            "value": values.astype(float),
        }
    ).dropna()
    for scope, own in keyed.groupby("scope"):
        targets = _targets(lots, str(scope))
        if targets is None:
            raise SchemaError(
                f"lots: column {SCOPES[str(scope)]!r} is missing, and works serve it: "
                f"{some_ids(own.index)}. Add the column, or aim these works at blocks or lots."
            )
        row, told = pd.factorize(own["target"])
        least = np.full((len(told), len(names)), np.nan)
        np.fmin.at(least, (row, names.get_indexer(own["service"])), own["value"].to_numpy())
        place = told.get_indexer(targets)
        best = np.fmin(best, np.where((place >= 0)[:, None], least[place], np.nan))
    return best


def first_dates(table: pd.DataFrame, lots: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the first day of a column of works for each lot and service."""
    known = table[table[column].notna()]
    day = pd.Series(known[column].to_numpy("M8[D]").astype(np.int64), known.index)
    found = _spread(known, lots, day)
    days = np.where(np.isnan(found), np.iinfo(np.int64).min, np.nan_to_num(found)).astype(np.int64)
    return pd.DataFrame(
        days.astype("M8[D]").astype("M8[ms]"),
        index=ids_of(lots),
        columns=pd.Index(_services().index.tolist()),
    )
