"""Events of lots as arrays in the order in which they took effect, with what is wrong with each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import SchemaError
from ilo_gis.promuvi.chain_rules import COUNTER, StageRules
from ilo_gis.tables import describe
from ilo_gis.tables.entries import id_order, require_day
from ilo_gis.tables.reading import days

__all__ = ["NEVER", "REASONS", "Register", "by_lot", "day_number", "lot_ids", "natural", "read_events"]

NEVER = int(np.iinfo(np.int32).max)  # a day that does not come
REASONS = (
    "",
    "twice",
    "no_date",
    "future",
    "unknown_kind",
    "unknown_lot",
    "no_household",
    "no_heir",
    "unknown_event",
    "other_lot",
    "before_its_event",
    "not_last",
    "taken",
    "order",
    "not_holder",
    "second_lot",
    "guard",
)
"""Why an event does not count: rules ``events.*`` of the findings; empty where it does."""

Ints = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Register:
    """Events as arrays, in the order of days, of one day in that of their ids (E-2 before E-10).

    Attributes
    ----------
    ids, lots, households : Index
        Ids of events in order; ids of lots and of households that the numbers stand for.
    rows : array
        Row of the table that each event is.
    lot, kind, household, heir : array
        Numbers of what the event names; -1 for none, or one that is not there.
    day : array
        Days since 1970.
    target : array
        Event that a counter-event takes back; -1 for none.
    root : array
        Event itself, or the one at the end of the chain that a counter-event takes back.
    reason : array
        Number in REASONS of what is wrong with the event by itself; 0 for nothing.
    """

    ids: pd.Index
    lots: pd.Index
    households: pd.Index
    rows: NDArray[np.int64]
    lot: Ints
    kind: Ints
    household: Ints
    heir: Ints
    day: Ints
    target: Ints
    root: Ints
    reason: NDArray[np.int8]

    def parties(self) -> tuple[Ints, Ints]:
        """Return the one or two households whose lots an event may change."""
        first, second = self.household[self.root], self.heir[self.root]
        return first, np.where(second == first, np.int32(-1), second)


def day_number(on: date) -> int:
    """Return a day as days since 1970.

    Raises
    ------
    RuleError
        If it is no date.

    Examples
    --------
    >>> day_number(pandas.Timestamp("1970-01-31 10:00"))
    30
    """
    return int(np.datetime64(require_day(on).tz_localize(None), "D").astype(np.int64))


def lot_ids(lots: pd.DataFrame) -> pd.Index:
    """Return the ids of what is a lot and no remnant.

    Raises
    ------
    SchemaError
        If an id repeats.

    Examples
    --------
    >>> lot_ids(pandas.DataFrame({"kind": ["lot", "remnant"]}, ["A-1", "A-R1"])).tolist()
    ['A-1']
    """
    table = by_lot(lots)
    ids = table.index
    if not ids.is_unique:
        raise SchemaError("lots: lot_id repeats. Give each lot an id of its own.")
    return ids[(table["kind"].astype(str) != "remnant").to_numpy()] if "kind" in table else ids


def by_lot(lots: pd.DataFrame) -> pd.DataFrame:
    """Return lots indexed by their ids as texts, whether those are the index or a column.

    Examples
    --------
    >>> by_lot(pandas.DataFrame({"lot_id": [7]})).index.tolist()
    ['7']
    """
    table = lots.set_index("lot_id") if lots.index.name != "lot_id" and "lot_id" in lots else lots
    return table.set_axis(pd.Index(table.index.astype(str), dtype=object, name="lot_id"))


def natural(ids: pd.Index) -> list[tuple[str, str]]:
    """Return keys that sort ids with numbers as numbers.

    Examples
    --------
    >>> min(natural(pandas.Index(["E-10", "E-2"])))[1]
    'E-2'
    """
    return list(zip(id_order(ids), ids.astype(str), strict=True))


def read_events(
    events: pd.DataFrame, lots: pd.DataFrame | None, rules: StageRules, on: date | None = None
) -> Register:
    """Return events as arrays; nothing that an event may get wrong stops it.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``; days may be texts.
    lots : DataFrame, optional
        Table ``lots``; without it the lots are those that events name.
    rules : StageRules
        Kinds of events.
    on : date, optional
        Later events are in the future.

    Raises
    ------
    SchemaError
        If a whole column that the table needs is missing.
    RuleError
        If `on` is no date.

    Examples
    --------
    >>> from ilo_gis.promuvi.chain_rules import stage_rules
    >>> told = {"lot_id": "A-1", "household_id": "h", "kind": ["allotted", "alloted"], "date": "1990-01-02"}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-10", "E-2"], name="event_id"))
    >>> read = read_events(events, None, stage_rules())
    >>> read.ids.tolist(), [REASONS[one] for one in read.reason]
    (['E-2', 'E-10'], ['unknown_kind', ''])
    """
    if events.index.name != "event_id" and "event_id" in events:
        events = events.set_index("event_id")
    spec = describe("lot_events").drop(index="event_id")
    if lacking := [name for name in spec.index[spec["required"] == "yes"] if name not in events]:
        raise SchemaError(f"lot_events: columns are missing: {', '.join(lacking)}.")
    ids = pd.Index(events.index.astype(str), dtype=object, name="event_id")
    place, places = _numbers(events, "lot_id")
    known = pd.Index(sorted(places), dtype=object, name="lot_id") if lots is None else lot_ids(lots)
    kind, kinds = _numbers(events, "kind")
    household, holders = _numbers(events, "household_id")
    heir, heirs = _numbers(events, "heir")
    households = holders.union(heirs, sort=False)
    when = days(events["date"].reset_index(drop=True))[0]
    read: dict[str, Any] = {
        "lot": _renumbered(place, known.get_indexer(places)),
        "kind": _renumbered(kind, rules.events.index.get_indexer(kinds)),
        "household": household,
        "heir": _renumbered(heir, households.get_indexer(heirs)),
        "day": np.where(when.isna(), NEVER, when.to_numpy("datetime64[D]").astype(np.int64)),
        "target": _targets(events, ids),
    }
    read = {name: values.astype(np.int32) for name, values in read.items()}
    read["target"][read["kind"] != rules.events.index.get_loc(COUNTER)] = -1
    read["root"] = _roots(read["target"])
    read["reason"] = _reasons(read, ids, rules, on)
    order = _order(read, ids)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order))
    for name in ("target", "root"):
        read[name] = np.where(read[name] < 0, np.int32(-1), place[read[name]])
    read = {name: values[order] for name, values in read.items()}
    late = (read["target"] > np.arange(len(order))) & (read["reason"] == 0)
    read["reason"][late] = REASONS.index("before_its_event")
    return Register(ids[order], known, households, order, **read)


def _numbers(events: pd.DataFrame, name: str) -> tuple[NDArray[np.int64], pd.Index]:
    """Return a column of texts as numbers, -1 where nothing is said, and the texts that they stand for."""
    if name not in events:
        return np.full(len(events), -1), pd.Index([], dtype=object)
    codes, texts = pd.factorize(np.asarray(events[name].array, dtype=object))
    said = np.array([str(one) for one in texts], dtype=object)
    some = said != ""
    return _renumbered(codes, np.where(some, np.cumsum(some) - 1, -1)), pd.Index(said[some], dtype=object)


def _renumbered(codes: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the new number of each old one; -1 stays."""
    return np.append(numbers, -1)[codes]


def _targets(events: pd.DataFrame, ids: pd.Index) -> NDArray[np.int64]:
    """Return the row of the event that each one takes back; -1 for none, or one that is not there."""
    codes, named = _numbers(events, "takes_back")
    rows = (
        (ids if ids.is_unique else ids.unique()).get_indexer(named)
        if len(named)
        else np.array([], dtype=np.int64)
    )
    if len(named) and not ids.is_unique:
        firsts = np.flatnonzero(~ids.duplicated())
        rows = np.where(rows < 0, -1, firsts[rows])
    return _renumbered(codes, rows)


def _roots(target: Ints) -> Ints:
    """Return the event at the end of each chain of counter-events; of a ring, one of it."""
    root = np.where(target < 0, np.arange(len(target), dtype=np.int32), target).astype(np.int32)
    for _ in range(len(target).bit_length()):
        further = root[root]
        if np.array_equal(further, root):
            break
        root = further
    return root


def _reasons(read: dict[str, Any], ids: pd.Index, rules: StageRules, on: date | None) -> NDArray[np.int8]:
    """Return what is wrong with each event by itself, as a number in REASONS."""
    kinds, kind = rules.events, read["kind"]
    counter = kind == kinds.index.get_loc(COUNTER)
    target = read["target"]
    last = NEVER if on is None else day_number(on)
    faults = {
        "twice": np.zeros(len(ids), dtype=bool) if ids.is_unique else ids.duplicated(keep=False),
        "no_date": read["day"] == NEVER,
        "future": read["day"] > last,
        "unknown_kind": kind < 0,
        "unknown_lot": read["lot"] < 0,
        "no_household": (read["household"] < 0) & (kinds["household"] != "none").to_numpy()[kind],
        "no_heir": (read["heir"] < 0) & kinds["heir"].to_numpy(bool)[kind],
        "unknown_event": counter & (target < 0),
        "other_lot": counter & (read["lot"][target] != read["lot"]),
    }
    told = [REASONS.index(name) for name in faults]
    return np.select(list(faults.values()), told, 0).astype(np.int8)


def _order(read: dict[str, Any], ids: pd.Index) -> NDArray[np.int64]:
    """Return events by day, those of one lot or household on one day by their ids."""
    root = read["root"]
    tied = np.zeros(len(ids), dtype=bool)
    for codes in (read["lot"][None], np.stack([read["household"][root], read["heir"][root]])):
        pair = (codes.astype(np.int64) << 32) + read["day"]
        met = pd.Series(pair.ravel()).duplicated(keep=False).to_numpy().reshape(pair.shape)
        tied |= (met & (codes >= 0)).any(axis=0)
    key = np.zeros(len(ids), dtype=np.int64)
    rows = np.flatnonzero(tied)
    keys = natural(ids[rows])
    key[rows[sorted(range(len(rows)), key=keys.__getitem__)]] = np.arange(1, len(rows) + 1)
    return np.lexsort((key, read["day"]))
