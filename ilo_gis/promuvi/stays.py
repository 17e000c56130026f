"""Who held a lot, and the days on which that holding reached each stage."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ilo_gis.promuvi.progress import STAGES
from ilo_gis.promuvi.services import ids_of, require_day
from ilo_gis.promuvi.tenures import standing
from ilo_gis.tables import conform

__all__ = ["stage_dates", "stays"]

BEGINS, ENDS = STAGES[1], ("reverted", "renounced")


def stays(events: pd.DataFrame, on: date, lots: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return each holding of a lot, from its allotment on, with the day on which it reached each stage.

    A transfer to an heir goes on with the holding; who gets a lot that was given back begins a new one.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``; those that another takes back do not count.
    on : date
        Last day that counts.
    lots : DataFrame, optional
        Table ``lots``: only theirs.

    Returns
    -------
    DataFrame
        By ``event_id`` of the allotment: ``lot_id``, ``allotted``, ``occupied``, ``adjudicated``, ``titled``
        (the first day of each, NaT where not reached), ``ended`` (day on which the lot was given back).

    Raises
    ------
    RuleError
        If `on` is no date.
    SchemaError
        If the events are not the table.

    Examples
    --------
    >>> kinds = ["allotted", "renounced", "allotted", "occupied"]
    >>> events = pandas.DataFrame({"lot_id": "A-1", "kind": kinds})
    >>> events["date"] = pandas.to_datetime(["1990-01-05", "1990-03-01", "1990-04-01", "1991-01-10"])
    >>> held = stays(events.set_axis(["E-1", "E-2", "E-3", "E-4"]), pandas.Timestamp("1995-01-01"))
    >>> held["ended"].notna().tolist(), held["occupied"].dt.year.tolist()
    ([True, False], [nan, 1991.0])
    """
    last = require_day(on)
    table = conform(events, "lot_events")
    told = standing(table[table["date"] <= last])
    if lots is not None:
        told = told[told["lot_id"].astype(str).isin(ids_of(lots))]
    told = told.assign(
        lot_id=told["lot_id"].astype(str), kind=told["kind"].astype(str), event=told.index.astype(str)
    )
    told = told[told["kind"].isin([*STAGES[1:], *ENDS])]
    order = told.index.astype(str).str.replace(r"\d+", lambda found: found[0].zfill(12), regex=True)
    told = told.assign(order=order).sort_values(["lot_id", "date", "order"])
    told["kind"] = told["kind"].replace(dict.fromkeys(ENDS, "ended"))
    holding = (told["kind"] == BEGINS).groupby(told["lot_id"]).cumsum()
    told = told.assign(holding=holding)[holding > 0]
    days = told.pivot_table("date", ["lot_id", "holding"], "kind", aggfunc="min").reset_index()
    days = days.reindex(columns=["lot_id", *STAGES[1:], "ended"])
    first = told.drop_duplicates(["lot_id", "holding"])["event"]
    days = days.set_axis(pd.Index(first, name="event_id", dtype=object))
    names = [*STAGES[1:], "ended"]
    return days.rename_axis(columns=None).astype(dict.fromkeys(names, "datetime64[ms]"))


def stage_dates(events: pd.DataFrame, on: date, lots: pd.DataFrame) -> pd.DataFrame:
    """Return the days on which each lot reached each stage with who holds it on a day.

    Parameters
    ----------
    events, on
        As for `stays`.
    lots : DataFrame
        Table ``lots``.

    Returns
    -------
    DataFrame
        By lot, in the order of `lots`: ``allotted``, ``occupied``, ``adjudicated``, ``titled``; NaT where not
        reached, and for lots that nobody holds.

    Raises
    ------
    RuleError, SchemaError
        As for `stays`.

    Examples
    --------
    >>> events = pandas.DataFrame({"lot_id": ["A-1"], "kind": "allotted", "date": ["1990-01-05"]}, ["E-1"])
    >>> lots = pandas.DataFrame(index=pandas.Index(["A-1", "A-2"], name="lot_id"))
    >>> stage_dates(events, pandas.Timestamp("1995-01-01"), lots)["allotted"].notna().tolist()
    [True, False]
    """
    held = stays(events, on, lots)
    now = held[held["ended"].isna()].drop_duplicates("lot_id", keep="last").set_index("lot_id")
    return now[list(STAGES[1:])].reindex(ids_of(lots))
