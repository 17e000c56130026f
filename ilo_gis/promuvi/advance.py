"""New events for a register: all of them are legal and are added, or none is."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import EventsRefused, ExactnessError, RuleError, SchemaError, did_you_mean
from ilo_gis.promuvi.chain_rules import COUNTER, GivenRules, stage_rules
from ilo_gis.promuvi.event_arrays import day_number, natural, read_events
from ilo_gis.promuvi.event_checks import dates_back, told, unproved
from ilo_gis.promuvi.guards import unmet_guards
from ilo_gis.promuvi.history import History, replay
from ilo_gis.tables import complete, empty, join_findings
from ilo_gis.tables.reading import days

__all__ = ["advance", "counter_event", "with_ids"]

FIRST = "E-"  # ids of a register without events

Rows = NDArray[np.int64]


def advance(
    events: pd.DataFrame,
    new: pd.DataFrame,
    lots: pd.DataFrame,
    works: pd.DataFrame | None,
    on: date,
    *,
    accounts: pd.DataFrame | None = None,
    payments: pd.DataFrame | None = None,
    rules: GivenRules | None = None,
) -> pd.DataFrame:
    """Add events to a register, all of them or none.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``, the register so far. Nothing of it changes.
    new : DataFrame
        Events without ids: ``lot_id``, ``kind``, ``date`` and, as the kind asks, ``household_id``, ``heir``,
        ``takes_back``, ``evidence``. Ids are made: numbers go on after those of `events`, by day, of one day
        in the order of the rows.
    lots : DataFrame or GeoDataFrame
        Table ``lots``.
    works : DataFrame or None
        Table ``works``; without it guards on works and finance are not held.
    on : date
        Today: nothing may lie after it.
    accounts, payments : DataFrame, optional
        Tables, as for `check_events`.
    rules : StageRules, path or dict, optional
        By default those of `stage_rules`.

    Returns
    -------
    DataFrame
        Table ``lot_events``: `events`, and the new ones behind.

    Raises
    ------
    EventsRefused
        If an event breaks a rule, is dated before another of its lot or households, or lacks the paper that
        its kind asks for. The message lists each with every reason; the error has them as ``findings``.
    SchemaError, RuleError
        If a table is none, `on` is no date or lies before an event recorded, or the rules make no sense.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.c.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A"]}, pandas.Index(["A-1"], name="lot_id"))
    >>> new = {"lot_id": ["A-1"], "household_id": ["h"], "kind": ["allotted"], "date": ["1990-01-10"]}
    >>> nothing, today = ilo_gis.tables.empty("lot_events"), pandas.Timestamp("1990-02-01")
    >>> register = advance(nothing, pandas.DataFrame(new), lots, None, today)
    >>> register["kind"].to_dict()
    {'E-1': 'allotted'}
    >>> advance(register, pandas.DataFrame(new), lots, None, today)
    Traceback (most recent call last):
    ilo_gis.errors.EventsRefused: 1 of 1 events are refused, and nothing is recorded:
    - E-2: The lot is taken: lot A-1, lot allotted, 1990-01-10; household h. A lot has one household.
    """
    known = stage_rules(rules)
    old = complete(events, "lot_events")
    _require_today(old, on)
    both = complete(pd.concat([old, with_ids(new, old)]).rename_axis("event_id"), "lot_events")
    register = read_events(both, lots, known, on)
    unmet = unmet_guards(register, known, lots, works, accounts, payments)
    history = replay(register, known, unmet)
    before = read_events(old, lots, known, on)
    place = register.ids.get_indexer(before.ids)
    reason = replay(before, known, unmet[place]).reason
    fresh = register.rows >= len(old)
    crs = getattr(lots, "crs", None)
    found = join_findings(
        empty("findings", crs),
        told(both, history, known, np.flatnonzero(fresh & (history.reason > 0)), crs),
        dates_back(both, register, known, _back(history, fresh, place[reason == 0]), crs),
        unproved(both, register, known, fresh, crs),
    )
    if len(found):
        refused = found["feature"].nunique()
        listed = "".join(f"\n- {row.feature}: {row.message}" for row in found.itertuples())
        raise EventsRefused(
            f"{refused} of {len(new)} events are refused, and nothing is recorded:{listed}", found
        )
    if not np.array_equal(reason, history.reason[place]):
        raise ExactnessError("new events change which of the old ones count: please report it")
    return both


def counter_event(events: pd.DataFrame, event_id: str, on: date, evidence: str) -> pd.DataFrame:
    """Return the event that takes another back, for `advance`.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``.
    event_id : str
        Event to take back; it has to be the last one in effect of its lot.
    on : date
        Day of the counter-event.
    evidence : str
        Paper that corrects the error.

    Returns
    -------
    DataFrame
        One row, without id.

    Raises
    ------
    SchemaError
        If there is no such event.

    Examples
    --------
    >>> told = {"lot_id": ["A-1"], "household_id": ["h"], "kind": ["allotted"], "date": ["1990-01-10"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1"], name="event_id"))
    >>> row = counter_event(events, "E-1", pandas.Timestamp("1990-02-01"), "R.A. 7")
    >>> row[["lot_id", "kind", "takes_back"]].iloc[0].tolist()
    ['A-1', 'taken_back', 'E-1']
    """
    known = complete(events, "lot_events")
    if event_id not in known.index:
        raise SchemaError(f"There is no event {event_id}{did_you_mean(event_id, known.index)}.")
    row = {"lot_id": known.at[event_id, "lot_id"], "kind": COUNTER, "date": pd.Timestamp(on)}
    return pd.DataFrame([row | {"evidence": evidence, "takes_back": event_id}])


def _require_today(events: pd.DataFrame, on: date) -> None:
    """Refuse a day before the last event: what came later would not be seen, and could be undone."""
    today, last = pd.Timestamp(day_number(on), unit="D"), events["date"].max()
    if last > today:
        raise RuleError(
            f"Events are recorded up to {last:%Y-%m-%d}: today cannot be {today:%Y-%m-%d}. "
            "Give the day on which you record (`on`, --today); the new events keep their own dates."
        )


def with_ids(new: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Return new events by day, with ids whose numbers go on after those of the old ones.

    Examples
    --------
    >>> new = pandas.DataFrame({"lot_id": ["A-1"], "kind": ["lived_in"], "date": ["1990-02-01"]})
    >>> with_ids(new, ilo_gis.tables.empty("lot_events")).index.tolist()
    ['E-1']
    """
    if lacking := [name for name in ("lot_id", "kind", "date") if name not in new]:
        raise SchemaError(f"new events: columns are missing: {', '.join(lacking)}.")
    table = new.reset_index(drop=True).reindex(columns=old.columns)
    table = table.assign(date=days(table["date"])[0]).sort_values("date", kind="stable")
    last = max(
        old.index, key=dict(zip(old.index, natural(old.index), strict=True)).__getitem__, default=FIRST
    )
    text, number = re.fullmatch(r"(.*?)(\d*)", str(last)).groups()  # type: ignore[union-attr]
    start = int(number or 0) + 1
    text = text if number or last == FIRST else f"{text}-"
    ids = [f"{text}{str(start + place).zfill(len(number))}" for place in range(len(table))]
    return complete(table.set_axis(pd.Index(ids, dtype=object, name="event_id")), "lot_events")


def _back(history: History, fresh: NDArray[np.bool_], counted: Rows) -> Rows:
    """Return the new events dated before one that counted of their lot, or of a household they name."""
    register = history.register
    counts = np.zeros(len(fresh), dtype=bool)
    counts[counted] = True
    back = np.zeros(len(fresh), dtype=bool)
    for who in (register.lot[None], np.stack(register.parties())):
        day = np.broadcast_to(register.day, who.shape)
        some = counts & (who >= 0)
        latest = pd.Series(day[some]).groupby(who[some]).max()
        last = latest.reindex(who.ravel()).to_numpy().reshape(who.shape)
        back |= ((day < last) & (who >= 0)).any(axis=0)
    return np.flatnonzero(back & fresh & (history.reason == 0))
