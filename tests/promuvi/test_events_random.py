"""Any table of events against a replay written out by hand; bad input of the issue, event by event."""

import copy

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import EventsRefused
from ilo_gis.promuvi import advance, check_events, state_on
from ilo_gis.tables import empty

LOTS = pd.DataFrame({"block_id": ["A", "A", "B"]}, pd.Index(["A-1", "A-2", "B-1"], name="lot_id"))
START = pd.Timestamp("1990-01-01")
TODAY = START + pd.Timedelta(days=400)
FORTH = ["allotted", "occupied", "adjudicated", "titled"]
KINDS = [
    *FORTH,
    *FORTH,
    "lived_in",
    "not_lived_in",
    "notice",
    "reverted",
    "renounced",
    "transferred",
    "taken_back",
]
BLOCK_B = 60  # days until block B has what block A has from the first day on
NEEDS = {  # guards on works, as the paper tells them
    "occupied": {"clearing", "survey", "layout", "tap", "latrine"},
    "adjudicated": {"water_plan", "sewer_plan", "electricity_plan", "grading"},
    "titled": {"water"},
}
WORKS = pd.DataFrame(
    [
        (f"{block}-{service}", service, block, START + pd.Timedelta(days=day + place * 3))
        for block, day in (("A", 0), ("B", BLOCK_B))
        for place, stage in enumerate(NEEDS)
        for service in sorted(NEEDS[stage])
    ],
    columns=["work_id", "service", "target_id", "done"],
).set_index("work_id")
WORKS = WORKS.assign(scope="block", assembly=WORKS["service"] == "grading")
MONEY = pd.DataFrame(
    {"service": ["sewer", "electricity"] * 2, "target_id": ["A", "A", "B", "B"], "finance_approved": START},
    index=["M-1", "M-2", "M-3", "M-4"],
).assign(scope="block", assembly=False)
WORKS = pd.concat([WORKS, MONEY]).rename_axis("work_id")
FREE = {
    "stage": "free",
    "holder": None,
    "lived": False,
    "absent": (),
    "notice": None,
    "top": None,
    "last": None,
}


def ready(lot, stage, day):
    """Tell whether the works of a stage were done on a day: by hand, from how WORKS is made."""
    return day >= (BLOCK_B if lot == "B-1" else 0) + 3 * list(NEEDS).index(stage)


def oracle(table, on):
    """Replay events one by one: the state of each lot, and the ids of those that do not count."""
    lots = {lot: dict(FREE) for lot in LOTS.index}
    before, refused = {}, set()
    rows = sorted(table.itertuples(), key=lambda row: (row.date, int(row.Index[2:])))
    for row in rows:
        lot, day = lots[row.lot_id], (row.date - START).days
        if row.date > on:
            refused.add(row.Index)
            continue
        after = step(row, lot, day, before, dict(zip(table.index, table["lot_id"], strict=True)))
        holders = [one["holder"] for name, one in lots.items() if name != row.lot_id]
        if after is None or (after["holder"] is not None and after["holder"] in holders):
            refused.add(row.Index)
            continue
        before[row.Index] = copy.deepcopy(lot)
        lots[row.lot_id] = after | {"last": row.Index}
    return lots, refused


def step(row, lot, day, before, places):  # noqa: C901, PLR0911
    """Return what a lot is after an event, or None if the event is not legal."""
    kind, who, new = row.kind, row.household_id, dict(lot)
    if kind == "taken_back":
        fits = row.takes_back in before and row.takes_back in (lot["top"], lot["last"])
        return (
            copy.deepcopy(before[row.takes_back]) if fits and places[row.takes_back] == row.lot_id else None
        )
    new["top"] = row.Index
    fresh = {"lived": False, "absent": (), "notice": None}
    if kind == "allotted":
        return new | fresh | {"stage": kind, "holder": who} if lot["stage"] == "free" and who else None
    if lot["stage"] in ("free", "titled") or who != lot["holder"]:
        return None
    if kind == "occupied":
        return (
            new | fresh | {"stage": kind}
            if lot["stage"] == "allotted" and ready(row.lot_id, kind, day)
            else None
        )
    if kind == "adjudicated":
        fits = lot["stage"] == "occupied" and lot["lived"] and ready(row.lot_id, kind, day)
        return new | {"stage": kind} if fits else None
    if kind == "titled":
        return (
            new | {"stage": kind} if lot["stage"] == "adjudicated" and ready(row.lot_id, kind, day) else None
        )
    if kind == "lived_in":
        return new | fresh | {"lived": True} if lot["stage"] != "allotted" else None
    if kind == "not_lived_in":
        days = lot["absent"] if day in lot["absent"] else (*lot["absent"], day)
        return new | {"lived": False, "absent": days}
    if kind == "notice":
        fits = len(lot["absent"]) >= 2
        return new | {"notice": day if lot["notice"] is None else lot["notice"]} if fits else None
    if kind == "reverted":
        fits = len(lot["absent"]) >= 2 and lot["notice"] is not None and day >= lot["notice"] + 30
        return new | fresh | {"stage": "free", "holder": None} if fits else None
    if kind == "renounced":
        return new | fresh | {"stage": "free", "holder": None}
    return new | fresh | {"holder": row.heir} if row.heir not in (None, who) else None  # transferred


PEOPLE = st.sampled_from(["h", "h", "g", "k"])
EVENT = st.tuples(
    st.sampled_from(["A-1", "A-1", "A-2", "B-1"]),
    st.sampled_from(KINDS),
    PEOPLE,
    PEOPLE,
    st.integers(0, 25),  # days since the one before
    st.integers(0, 3),  # taken back: how many events ago
)


def same(states, lots):
    """Tell whether a table of states is what the replay by hand gave."""
    told = {lot: (row.stage, None if pd.isna(row.household_id) else row.household_id)
            for lot, row in zip(states.index, states.itertuples(), strict=True)}  # fmt: skip
    return told == {name: (lot["stage"], lot["holder"]) for name, lot in lots.items()}


@settings(max_examples=10, deadline=None)
@given(st.lists(EVENT, max_size=25), st.integers(0, 400), st.randoms(use_true_random=False))
def test_any_table_has_the_state_that_a_replay_by_hand_gives(drawn, after, random):
    rows, day = [], START
    for number, (lot, kind, who, heir, days, ago) in enumerate(drawn, start=1):
        day += pd.Timedelta(days=days)
        back = f"E-{max(number - 1 - ago, 1)}" if kind == "taken_back" else None
        rows.append((f"E-{number}", lot, kind, day, None if back else who, heir, back))
    columns = ["event_id", "lot_id", "kind", "date", "household_id", "heir", "takes_back"]
    table = pd.DataFrame(rows, columns=columns).set_index("event_id").assign(evidence="R.A. 1")
    shuffled = table.iloc[random.sample(range(len(table)), len(table))].astype({"date": "datetime64[ms]"})
    on = START + pd.Timedelta(days=after)
    lots, refused = oracle(table, on)
    assert same(state_on(shuffled, on, LOTS, works=WORKS), lots)
    found = check_events(shuffled, LOTS, works=WORKS, on=on)
    assert set(found["feature"]) == refused


def test_the_way_to_the_title_and_the_bad_input_of_the_issue():
    way = [("allotted", 0), ("occupied", 1), ("lived_in", 20), ("adjudicated", 21), ("titled", 30)]
    new = pd.DataFrame({"kind": [kind for kind, _ in way], "lot_id": "A-1", "household_id": "h"})
    new["date"] = [START + pd.Timedelta(days=day) for _, day in way]
    register = advance(empty("lot_events"), new.assign(evidence="R.A. 1"), LOTS, WORKS, TODAY)
    assert register.index.tolist() == ["E-1", "E-2", "E-3", "E-4", "E-5"]
    bad = pd.DataFrame(
        [
            ("B-1", "occupied", "g", 40),  # before its predecessor
            ("Z-9", "allotted", "g", 40),  # unknown lot
            ("A-1", "allotted", "g", 40),  # taken
            ("A-2", "allotted", "h", 40),  # a household, two lots
            ("A-2", "allotted", "g", 401),  # in the future
            ("A-1", "lived_in", "h", 29),  # days go back
        ],
        columns=["lot_id", "kind", "household_id", "date"],
    )
    bad["date"] = START + pd.to_timedelta(bad["date"], unit="D")
    fine = bad.iloc[[0]].assign(kind="allotted", date=START + pd.Timedelta(days=39), household_id="k")
    new = pd.concat([fine, bad]).assign(evidence="R.A. 1")
    with pytest.raises(EventsRefused, match="6 of 7 events are refused, and nothing is recorded") as told:
        advance(register, new, LOTS, WORKS, TODAY)
    rules = dict(zip(told.value.findings["feature"], told.value.findings["rule"], strict=True))
    assert sorted(rules.values()) == [
        "events.date_back",  # the lot had its title a day later
        "events.future",
        "events.not_holder",  # B-1 has just been allotted to k, and g occupies it
        "events.second_lot",
        "events.taken",
        "events.unknown_lot",
    ]


def test_ids_go_on_after_the_last_one_and_papers_are_asked_for():
    new = pd.DataFrame({"lot_id": ["A-1"], "kind": "allotted", "household_id": "h", "date": START})
    first = (
        advance(empty("lot_events"), new, LOTS, None, TODAY).set_axis(["EXP-0099"]).rename_axis("event_id")
    )
    second = advance(first, new.assign(lot_id="A-2", household_id="g"), LOTS, None, TODAY)
    assert second.index.tolist() == ["EXP-0099", "EXP-0100"]
    with pytest.raises(EventsRefused, match="letter of renunciation") as told:
        advance(second, new.assign(kind="renounced"), LOTS, None, TODAY)
    assert told.value.findings["rule"].tolist() == ["events.no_evidence"]
    early = new.assign(lot_id="B-1", household_id="h", date=START - pd.Timedelta(days=1))
    with pytest.raises(EventsRefused, match="The day goes back"):  # h had its lot a day later
        advance(second, early, LOTS, None, TODAY)
