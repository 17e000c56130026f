"""Who held a lot, and the days on which that holding reached each stage."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ilo_gis.promuvi.chain_rules import stage_rules
from ilo_gis.promuvi.event_arrays import read_events
from ilo_gis.promuvi.history import replay
from ilo_gis.promuvi.progress import STAGES
from ilo_gis.promuvi.services import ids_of
from ilo_gis.tables import conform
from ilo_gis.tables.entries import standing

__all__ = ["stage_dates", "stays"]

BEGINS, ENDS = STAGES[1], ("reverted", "renounced")


def stays(events: pd.DataFrame, on: date, lots: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return each holding of a lot, from its allotment on, with the day on which it reached each stage.

    A transfer to an heir goes on with the holding; who gets a lot that was given back begins a new one.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``; those that another takes back do not count, nor those that break a rule
        (`ilo_gis.promuvi.check_events` names them).
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
    >>> events = pandas.DataFrame({"lot_id": "A-1", "household_id": list("ffgg"), "kind": kinds})
    >>> events["date"] = pandas.to_datetime(["1990-01-05", "1990-03-01", "1990-04-01", "1991-01-10"])
    >>> held = stays(events.rename_axis("event_id"), pandas.Timestamp("1995-01-01"))
    >>> held["ended"].notna().tolist(), held["occupied"].dt.year.tolist()
    ([True, False], [nan, 1991.0])
    """
    table, rules = conform(events, "lot_events"), stage_rules()
    register = read_events(table, lots, rules, on)
    counts = register.rows[replay(register, rules).reason == 0]
    told = standing(table.iloc[counts])  # in the order in which they took effect
    told = told.assign(lot_id=told["lot_id"].astype(str), kind=told["kind"].astype(str), event=told.index)
    told = told[told["kind"].isin([*STAGES[1:], *ENDS])].sort_values("lot_id", kind="stable")
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
    >>> told = {"lot_id": ["A-1"], "household_id": "h", "kind": "allotted", "date": ["1990-01-05"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1"], name="event_id"))
    >>> lots = pandas.DataFrame(index=pandas.Index(["A-1", "A-2"], name="lot_id"))
    >>> stage_dates(events, pandas.Timestamp("1995-01-01"), lots)["allotted"].notna().tolist()
    [True, False]
    """
    held = stays(events, on, lots)
    now = held[held["ended"].isna()].drop_duplicates("lot_id", keep="last").set_index("lot_id")
    return now[list(STAGES[1:])].reindex(ids_of(lots))
