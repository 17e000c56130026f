"""Events replayed over all lots at once: which of them count, and what each lot is after each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ilo_gis.promuvi.chain_rules import COUNTER, StageRules
from ilo_gis.promuvi.event_arrays import NEVER, REASONS, Register

__all__ = ["ABSENCES", "EVENT", "HOUSEHOLD", "SINCE", "STAGE", "History", "replay", "unmet_by_inspections"]

STAGE, HOUSEHOLD, SINCE, EVENT, LIVED, ABSENCES, ABSENT_ON, NOTICE, TOP = range(9)  # what a lot is
UNTOUCHED = (0, -1, NEVER, -1, 0, 0, NEVER, NEVER, -1)
FORGET = {LIVED: 0, ABSENCES: 0, ABSENT_ON: NEVER, NOTICE: NEVER}

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class History:
    """What `replay` found.

    Attributes
    ----------
    register : Register
        The events.
    states : array of shape (lots + events, 9)
        What lots are at first, then after each event: stage, household, day since, event that brought it
        there, whether lived in, days of absence found, the last of them, notice, last event in effect.
    current : array
        Row of `states` with what each lot is after its last event.
    reason : array
        Number in REASONS of why an event does not count; 0 where it does.
    unmet : array of shape (events, guards)
        Guards that were not met on the day of the event.
    found : array
        Row of `states` with what the lot was before each event that was weighed; -1 for others.
    elsewhere : array
        Lot that the household of an event refused as its second lot held; -1 for others.
    """

    register: Register
    states: Ints
    current: Ints
    reason: NDArray[np.int8]
    unmet: Bools
    found: Ints
    elsewhere: Ints

    @property
    def now(self) -> Ints:
        """What each lot is after its last event."""
        return self.states[self.current]


def unmet_by_inspections(guard: Any, states: Ints, day: Ints | int) -> Bools:
    """Tell for which lots a guard of inspections or of a term is not met on a day.

    Examples
    --------
    >>> from ilo_gis.promuvi.chain_rules import stage_rules
    >>> guard = stage_rules().guards.loc["term_after_notice"]
    >>> states = np.array([UNTOUCHED, UNTOUCHED])
    >>> states[1, NOTICE] = 7000
    >>> unmet_by_inspections(guard, states, 7030).tolist()
    [True, False]
    """
    if guard.kind == "lived":
        return np.asarray(states[:, LIVED] == 0)
    if guard.kind == "absent":
        return np.asarray(states[:, ABSENCES] < guard.days)
    return np.asarray(np.int64(day) - guard.days < states[:, NOTICE])


def replay(register: Register, rules: StageRules, unmet: Bools | None = None) -> History:
    """Play events through the rules, those of all lots side by side.

    An event waits until the one before it of its lot, and of each household that it names, has been weighed;
    all events that wait for nothing are weighed at once. That gives the same as one after the other.

    Parameters
    ----------
    register : Register
        Events in order.
    rules : StageRules
        What may follow what.
    unmet : array of shape (events, guards), optional
        Guards that do not depend on events (works, finance, fees) and were not met on the day of the event.

    Returns
    -------
    History

    Examples
    --------
    >>> from ilo_gis.promuvi.event_arrays import read_events
    >>> from ilo_gis.promuvi.chain_rules import stage_rules
    >>> told = {"lot_id": ["A-1", "A-2"], "household_id": "h", "kind": "allotted"}
    >>> events = pandas.DataFrame(told | {"date": ["1990-01-01", "1990-01-02"]}, ["E-1", "E-2"])
    >>> rules = stage_rules()
    >>> past = replay(read_events(events.rename_axis("event_id"), None, rules), rules)
    >>> [REASONS[one] for one in past.reason], past.now[:, STAGE].tolist()
    (['', 'second_lot'], [1, 0])
    """
    game = _Game(register, rules, unmet)
    valid = np.flatnonzero(register.reason == 0)
    waits = _predecessors(register, valid)
    order = valid[np.argsort(register.lot[valid], kind="stable")]
    lots, first, count = np.unique(register.lot[order], return_index=True, return_counts=True)
    done = np.zeros(len(register.ids) + 1, dtype=bool)
    done[-1] = True  # nothing to wait for
    end = first + count
    while len(lots):
        events = order[first]
        ready = done[waits[0][events]] & done[waits[1][events]]
        game.weigh(events[ready], lots[ready])
        done[events[ready]] = True
        first = first + ready
        open_ = first < end
        lots, first, end = lots[open_], first[open_], end[open_]
    return History(register, game.states, game.current, game.reason, game.unmet, game.before, game.elsewhere)


def _predecessors(register: Register, valid: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Return the event before each one that names its household, and its heir; -1 for none."""
    parties = register.parties()
    who = np.concatenate([party[valid] for party in parties])
    event = np.tile(valid, 2)
    slot = np.repeat([0, 1], len(valid))
    some = who >= 0
    who, event, slot = who[some], event[some], slot[some]
    order = np.lexsort((event, who))
    who, event, slot = who[order], event[order], slot[order]
    before = np.full((2, len(register.ids)), -1, dtype=np.int32)
    same = np.flatnonzero(who[1:] == who[:-1]) + 1
    before[slot[same], event[same]] = event[same - 1]
    return before[0], before[1]


class _Game:
    """The states of lots, one after each event, and the rules by which they follow each other."""

    def __init__(self, register: Register, rules: StageRules, unmet: Bools | None) -> None:
        events, stages = rules.events, rules.stages.index
        self.register, self.guards = register, rules.guards
        size, lots = len(register.ids), len(register.lots)
        self.lots = lots
        self.states = np.empty((lots + size, len(UNTOUCHED)), dtype=np.int32)  # lots, then after each event
        self.states[:lots] = UNTOUCHED
        self.current = np.arange(lots, dtype=np.int32)
        self.before = np.full(size, -1, dtype=np.int32)  # the state that an event found
        self.holds = np.full(len(register.households), -1, dtype=np.int32)
        self.reason = register.reason.copy()
        self.unmet = np.zeros((size, len(rules.guards)), dtype=bool) if unmet is None else unmet.copy()
        self.elsewhere = np.full(size, -1, dtype=np.int32)
        self.counter = events.index.get_loc(COUNTER)
        self.may = np.array([[stage in one for stage in stages] for one in events["from"]])
        self.to = stages.get_indexer(events["to"]).astype(np.int32)
        self.new = (events["household"] == "new").to_numpy()
        self.heir = events["heir"].to_numpy(bool)
        self.inspection = events["inspection"].to_numpy(str)
        self.by_events = [
            (number, events.index.get_loc(guard.event), guard)
            for number, guard in enumerate(rules.guards.itertuples())
            if guard.kind in ("lived", "absent", "term")
        ]

    def weigh(self, events: NDArray[np.int64], lots: Ints) -> None:
        """Weigh one event of each of several lots, no two of which name one household."""
        found = self.current[lots]
        self.before[events] = found
        back = self.register.kind[events] == self.counter
        reason = np.zeros(len(events), dtype=np.int8)
        reason[~back] = self._refused(events[~back], self.states[found[~back]])
        reason[back] = self._not_undone(events[back], lots[back], found[back])
        self.reason[events] = reason
        self.unmet[events[(reason != 0) & (reason != REASONS.index("guard"))]] = False
        good = reason == 0
        events, lots, found, back = events[good], lots[good], found[good], back[good]
        made = self.states[found]
        made[~back] = self._moved(events[~back], made[~back])
        made[back] = self.states[self.before[self.register.target[events[back]]]]
        held, holds = self.states[found, HOUSEHOLD], made[:, HOUSEHOLD]
        changed = held != holds
        self.holds[held[changed & (held >= 0)]] = -1
        self.holds[holds[changed & (holds >= 0)]] = lots[changed & (holds >= 0)]
        self.states[self.lots + events] = made
        self.current[lots] = self.lots + events

    def _refused(self, events: NDArray[np.int64], states: Ints) -> NDArray[np.int8]:
        """Return why events other than counter-events do not count."""
        kind, household = self.register.kind[events], self.register.household[events]
        heir, day = self.heir[kind], self.register.day[events]
        new = self.new[kind]
        gains = np.where(heir, self.register.heir[events], household)
        for number, of, guard in self.by_events:
            asked = kind == of
            self.unmet[events[asked], number] = unmet_by_inspections(guard, states[asked], day[asked])
        faults: Mapping[str, Bools] = {
            "taken": new & (states[:, HOUSEHOLD] >= 0),
            "order": ~self.may[kind, states[:, STAGE]],
            "not_holder": ~new & (household != states[:, HOUSEHOLD]),
            "second_lot": self._elsewhere(events, np.where(new | heir, gains, -1)) >= 0,
            "guard": self.unmet[events].any(axis=1),
        }
        return _first(faults)

    def _not_undone(self, events: NDArray[np.int64], lots: Ints, found: Ints) -> NDArray[np.int8]:
        """Return why counter-events do not count: only the last event may be taken back."""
        target = self.register.target[events]
        last = (self.lots + target == found) | (target == self.states[found, TOP])
        holder = np.where(last, self.states[self.before[target], HOUSEHOLD], -1)
        elsewhere = self._elsewhere(events, holder)
        faults = {
            "not_last": ~last,
            "second_lot": (elsewhere >= 0) & (elsewhere != lots),
        }
        return _first(faults)

    def _elsewhere(self, events: NDArray[np.int64], households: Ints) -> Ints:
        """Return, and note, the lots that households hold already; -1 for none."""
        lots = np.where(households >= 0, np.append(self.holds, -1)[households], -1)
        self.elsewhere[events] = lots
        return lots

    def _moved(self, events: NDArray[np.int64], states: Ints) -> Ints:
        """Return what lots are after events that count."""
        register = self.register
        kind, day = register.kind[events], register.day[events]
        to, inspection = self.to[kind], self.inspection[kind]
        forth = to >= 0
        for column, value in ((STAGE, to), (SINCE, day), (EVENT, events)):
            states[forth, column] = value[forth]
        for gets, who in ((self.new[kind], register.household), (self.heir[kind], register.heir)):
            states[gets, HOUSEHOLD] = who[events[gets]]
        states[to == 0, HOUSEHOLD] = -1
        anew = (inspection == "restart") | (inspection == "lived") | (to == 0)
        for column, usual in FORGET.items():
            states[anew, column] = usual
        states[inspection == "lived", LIVED] = 1
        absent = inspection == "absent"
        states[absent, LIVED] = 0
        states[absent, ABSENCES] += states[absent, ABSENT_ON] != day[absent]
        states[absent, ABSENT_ON] = day[absent]
        notice = inspection == "notice"
        states[notice, NOTICE] = np.minimum(states[notice, NOTICE], day[notice])
        states[:, TOP] = events
        return states


def _first(faults: Mapping[str, Bools]) -> NDArray[np.int8]:
    """Return the number of the first fault of each event."""
    numbers = [REASONS.index(name) for name in faults]
    return np.select(list(faults.values()), numbers, 0).astype(np.int8)
