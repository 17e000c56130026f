"""Random worlds of lots, played side by side in one register: no illegal state can be reached.

A world has three lots, four households, works that are partly done and fees that are partly paid. Worlds do
not touch each other, so that one call of `advance` moves all of them; the rules are written out by hand.
"""

from collections import Counter
from random import Random

import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import EventsRefused
from ilo_gis.promuvi import advance, check_events, counter_event, state_on
from ilo_gis.tables import empty

START = pd.Timestamp("1990-01-01")
LAST = 900  # today, in days since START
TODAY = START + pd.Timedelta(days=LAST)
STAGES = ["free", "allotted", "occupied", "adjudicated", "titled"]
FIRST = ["clearing", "survey", "layout", "tap"]
PLANS = ["water_plan", "sewer_plan", "electricity_plan"]
BASIC = ["water", "sewer", "electricity"]
FREE = {
    "stage": "free",
    "holder": None,
    "lived": False,
    "absent": (),
    "notice": None,
    "top": None,
    "last": None,
}
FRESH = {"lived": False, "absent": (), "notice": None}
NEVER = 10**6


class World:
    """Lots, households, works and fees of one small neighbourhood, and the states that its lots had."""

    def __init__(self, name, random):
        self.lots = {f"{name}{one}": dict(FREE) for one in "abc"}
        self.people = [f"{name}-h{one}" for one in range(4)]
        self.before, self.places, self.names = {}, {}, {}  # by event: state it found, its lot, whom it names
        self.seen = dict.fromkeys([*self.lots, *self.people], -1)  # day of the last event that counted
        slow = random.choice([0, 0, 1, 4])
        self.done = {one: slow * random.randrange(30) for one in [*FIRST, "latrine", "grading", *PLANS]}
        self.done |= {one: random.choice([60, 150, 400, NEVER]) for one in BASIC}
        self.approved = {one: random.choice([0, 60, 300]) for one in BASIC}
        if random.random() < 0.2:
            self.done[random.choice([*FIRST, *PLANS, "grading", "latrine"])] = NEVER
        self.scope = {one: random.choice(["lot", "block", "area"]) for one in self.done}
        self.paid = {  # day by lot, household and step; of some never
            (lot, who, step): random.choice([0, 0, 0, 0, 20, 200, NEVER])
            for lot in self.lots for who in self.people for step in ("occupation", "adjudication", "title")
        }  # fmt: skip

    def guarded(self, kind, lot, who, day):
        """Tell whether works, money and fees are there: the rules of the paper, by hand."""
        done = {one for one, when in self.done.items() if when <= day}
        if kind == "occupied":
            return done.issuperset(FIRST) and "latrine" in done and self.paid[lot, who, "occupation"] <= day
        if kind == "adjudicated":
            fits = done.issuperset(PLANS) and "grading" in done  # grading is the assembly's work, too
            return fits and self.paid[lot, who, "adjudication"] <= day
        ready = all(one in done or self.approved[one] <= day for one in BASIC)
        return bool(done & set(BASIC)) and ready and self.paid[lot, who, "title"] <= day

    def after(self, kind, place, who, heir, back, day, id_):  # noqa: C901, PLR0911
        """Return what a lot is after an event, or None if the event is not legal."""
        lot = self.lots.get(place)
        if lot is None or day > LAST:
            return None
        elsewhere = [one["holder"] for name, one in self.lots.items() if name != place]
        if kind == "taken_back":
            if self.places.get(back) != place or back not in (lot["top"], lot["last"]):
                return None
            found = self.before[back]
            return (
                None
                if found["holder"] is not None and found["holder"] in elsewhere
                else found | {"last": id_}
            )
        new = lot | {"top": id_, "last": id_}
        stage, days = lot["stage"], lot["absent"]
        if kind == "allotted":
            fits = stage == "free" and who not in elsewhere
            return new | FRESH | {"stage": kind, "holder": who} if fits else None
        if stage in ("free", "titled") or who != lot["holder"]:
            return None
        if kind in STAGES:
            fits = stage == STAGES[STAGES.index(kind) - 1] and self.guarded(kind, place, who, day)
            fits = fits and (kind != "adjudicated" or lot["lived"])
            return new | (FRESH if kind == "occupied" else {}) | {"stage": kind} if fits else None
        if kind == "lived_in":
            return new | FRESH | {"lived": True} if stage != "allotted" else None
        if kind == "not_lived_in":
            return new | {"lived": False, "absent": days if day in days else (*days, day)}
        if kind == "notice":
            return new | {"notice": lot["notice"] or day} if len(days) >= 2 else None
        if kind == "reverted" and (len(days) < 2 or lot["notice"] is None or day < lot["notice"] + 30):
            return None
        if kind in ("reverted", "renounced"):
            return new | FRESH | {"stage": "free", "holder": None}
        return new | FRESH | {"holder": heir} if heir not in (who, *elsewhere) else None

    def record(self, event, id_):
        """Take an event for good, if it is legal; tell whether it is."""
        _, place, who, heir, back, day = event
        new = self.after(*event, id_)
        if new is None:
            return False
        self.before[id_], self.places[id_], self.lots[place] = self.lots[place], place, new
        self.names[id_] = self.names[back] if back else [one for one in (who, heir) if one]
        self.seen |= dict.fromkeys([place, *self.names[id_]], day)
        return True

    def likely(self, day, random):
        """Return an event that may come next, by what each lot is; most lead on."""
        place = random.choice(list(self.lots))
        lot = self.lots[place]
        who, back = lot["holder"], random.choice([lot["top"], lot["last"]])
        if back and random.random() < 0.08:
            return ("taken_back", place, None, None, back, day)
        if lot["stage"] == "free":
            return ("allotted", place, random.choice(self.people), None, None, day)
        on = STAGES[min(STAGES.index(lot["stage"]) + 1, 4)]
        leave = ["notice", "reverted"] if len(lot["absent"]) > 1 else ["not_lived_in"]
        kinds = [on] * 9 + ["lived_in"] * 4 + ["not_lived_in"] + leave * 2 + ["renounced", "transferred"]
        kind = random.choice(kinds)
        heir = random.choice(self.people) if kind == "transferred" else None
        return (kind, place, who, heir, None, day)

    def wild(self, day, random):
        """Return any event, most often one that breaks a rule."""
        kind = random.choice([*STAGES[1:], "notice", "reverted", "renounced", "transferred", "lived_in"])
        who, heir = random.choices(self.people, k=2)
        place = random.choice([*self.lots, *self.lots, "nowhere"])
        if self.places and random.random() < 0.25:
            return ("taken_back", place, None, None, random.choice(list(self.places)), day)
        return (
            kind,
            place,
            who,
            heir if kind == "transferred" else None,
            None,
            random.choice([day, day, LAST + 1]),
        )


def tables(worlds):
    """Return lots, works, accounts and payments of worlds, as the library reads them."""
    lots, works, money = [], [], []
    for number, world in enumerate(worlds):
        lots += [(lot, f"B{number}", str(number)) for lot in world.lots]
        for service, day in world.done.items():
            scope = world.scope[service]
            target = {"lot": list(world.lots), "block": [f"B{number}"], "area": [str(number)]}[scope]
            works += [(service, scope, one, day, world.approved.get(service, NEVER)) for one in target]
        money += [(*key, day) for key, day in world.paid.items() if day != NEVER]
    lots = pd.DataFrame(lots, columns=["lot_id", "block_id", "extension_area"]).set_index("lot_id")
    works = pd.DataFrame(works, columns=["service", "scope", "target_id", "done", "finance_approved"])
    for name in ("done", "finance_approved"):
        told = works[name].to_numpy(dtype="m8[D]")
        works[name] = np.datetime64(START, "D") + np.where(works[name] == NEVER, np.timedelta64("NaT"), told)
    works = works.assign(assembly=works["service"] == "grading").rename_axis("work_id")
    paid = pd.DataFrame(money, columns=["lot_id", "household_id", "step", "day"]).rename_axis("payment_id")
    payments = paid.assign(date=START + pd.to_timedelta(paid.pop("day"), unit="D"), amount=1, currency="USD")
    accounts = paid.groupby(["lot_id", "household_id"])["step"].agg(";".join).rename("steps_paid")
    accounts = accounts.reset_index().assign(charged=3, paid=3, due=0, room=0).rename_axis("account_id")
    return lots, works, {"accounts": accounts, "payments": payments}


def rows(events):
    """Return events as the rows of a table."""
    columns = ["kind", "lot_id", "household_id", "heir", "takes_back", "date"]
    table = pd.DataFrame(events, columns=columns).assign(evidence="R.A. 1")
    return table.assign(date=START + pd.to_timedelta(table["date"], unit="D"))


def told(states):
    """Return stage and holder by lot, of a table of states."""
    holders = states["household_id"].astype(object).where(states["household_id"].notna(), None)
    return dict(zip(states.index, zip(states["stage"].astype(str), holders, strict=True), strict=True))


def by_hand(worlds):
    return {lot: (one["stage"], one["holder"]) for world in worlds for lot, one in world.lots.items()}


def test_150_worlds_of_60_events_are_what_a_replay_by_hand_makes_of_them():
    random = Random(7)
    worlds = [World(f"w{number}", random) for number in range(150)]
    lots, works, money = tables(worlds)
    events, refused, reached, day = [], set(), Counter(), 0
    pictures = {}
    for _ in range(60):
        day += random.choice([0, 3, 7, 20])
        for world in worlds:
            event = (world.wild if random.random() < 0.2 else world.likely)(min(day, LAST), random)
            events.append(event)
            id_ = f"E-{len(events)}"
            if world.record(event, id_):
                reached[event[0], world.lots[event[1]]["stage"]] += 1
            else:
                refused.add(id_)
        pictures[day] = by_hand(worlds)
    table = rows(events).set_axis([f"E-{number}" for number in range(1, len(events) + 1)])
    mixed = table.rename_axis("event_id").iloc[random.sample(range(len(table)), len(table))]
    found = check_events(mixed, lots, works=works, on=TODAY, **money)
    assert set(found["feature"]) == refused
    for on in random.sample(list(pictures), 12):
        states = state_on(mixed, START + pd.Timedelta(days=on), lots, works=works, **money)
        assert told(states) == pictures[on], on
    assert min(reached[one, one] for one in STAGES[1:]) >= 30, reached  # titled too
    assert min(reached[one, "free"] for one in ("reverted", "renounced", "taken_back")) >= 5, reached
    assert (
        min(sum(n for (kind, _), n in reached.items() if kind == one) for one in ("transferred", "notice"))
        > 30
    )


def test_no_illegal_state_is_reachable_event_by_event():
    random = Random(11)
    worlds = [World(f"w{number}", random) for number in range(25)]
    lots, works, money = tables(worlds)
    register, day, pictures, counts = empty("lot_events"), 0, {}, Counter()
    for step in range(31):
        gone = random.choice([0, 8, 20, 40])
        if gone and step:
            pictures[day] = told(state_on(register, START + pd.Timedelta(days=day), lots))
        day += gone
        first = len(register) + 1
        if step % 4 == 3:  # all of them illegal, and each is named
            wild = [world.wild(day, random) for world in worlds]
            wild = [one for one, world in zip(wild, worlds, strict=True) if world.after(*one, "") is None]
            with pytest.raises(EventsRefused) as error:
                advance(register, rows(wild), lots, works, TODAY, **money)
            assert error.value.findings["feature"].nunique() == len(wild)
            counts["refused"] += len(wild)
        drawn = [_legal(world, day, random) for world in worlds]
        longer = advance(register, rows(drawn), lots, works, TODAY, **money)
        assert longer.iloc[: first - 1].to_csv() == register.to_csv()  # nothing old changes
        register = longer
        for number, (world, event) in enumerate(zip(worlds, drawn, strict=True), start=first):
            assert world.record(event, f"E-{number}")
            counts[event[0]] += 1
        states = state_on(register, TODAY, lots)
        assert told(states) == by_hand(worlds)
        held = states["household_id"].dropna()
        assert held.is_unique
        assert set(held.index) == set(states.index[states["stage"] != "free"])
        if pictures:
            past = random.choice(list(pictures))
            assert told(state_on(register, START + pd.Timedelta(days=past), lots)) == pictures[past]
    assert min(counts[kind] for kind in STAGES[1:]) >= 10, counts
    assert counts["refused"] > 100
    assert_stages_in_order_and_guards_met(register, worlds)
    assert_first_state_again(register, worlds, lots, works, money)


def _legal(world, day, random):
    """Return a likely event that is legal."""
    for _ in range(200):
        event = world.likely(day, random)
        if world.after(*event, "") is not None:
            return event
    raise AssertionError(f"nothing may happen: {world.lots}")


def assert_stages_in_order_and_guards_met(register, worlds):
    """Each step to a stage comes from the one before, with all that it waits for on its day."""
    of = {lot: world for world in worlds for lot in world.lots}
    for row in register[register["kind"].isin(STAGES[1:])].itertuples():
        world, day = of[row.lot_id], (row.date - START).days
        assert world.before[row.Index]["stage"] == STAGES[STAGES.index(row.kind) - 1]
        assert row.kind == "allotted" or world.guarded(row.kind, row.lot_id, row.household_id, day)
        assert row.kind != "adjudicated" or world.before[row.Index]["lived"]


def assert_first_state_again(register, worlds, lots, works, money):
    """Taking back the last event of a world, again and again, leads back to where all began."""
    new = []
    for world in worlds:
        while tops := [lot["top"] for lot in world.lots.values() if lot["top"]]:
            last = max(tops, key=lambda id_: int(id_[2:]))
            event = ("taken_back", world.places[last], None, None, last, LAST)
            assert world.record(event, f"X-{len(new)}")
            new.append(event)
    row = counter_event(register, new[0][4], TODAY, "R.A. 1")
    assert row.iloc[0].to_dict() == rows(new).iloc[0][row.columns].to_dict()
    longer = advance(register, rows(new), lots, works, TODAY, **money)
    states = state_on(longer, TODAY, lots)
    assert states["stage"].eq("free").all()
    assert states["event_id"].isna().all()
