"""Illegal events are named with their lot and reason, and do not count."""

from itertools import count

import pandas as pd
import pytest

from ilo_gis.errors import SchemaError
from ilo_gis.promuvi import check_events, state_on

TODAY = pd.Timestamp("1996-03-31")
LOTS = pd.DataFrame(
    {"block_id": "A", "extension_area": "1", "kind": ["lot", "lot", "lot", "remnant"]},
    pd.Index(["A-1", "A-2", "A-3", "A-R1"], name="lot_id"),
)
COLUMNS = ("lot_id", "kind", "date", "household_id", "heir", "takes_back")
WORKS = {  # day on which each was done for area 1
    **dict.fromkeys(("clearing", "survey", "layout", "tap", "latrine"), "1990-03-01"),
    **dict.fromkeys(("water_plan", "sewer_plan", "electricity_plan", "grading"), "1991-03-01"),
    "water": "1992-03-01",
}


def events(*rows, ids=None):
    """Return events: lot, kind, day, household, heir, event taken back; the papers are there."""
    padded = [tuple(row) + (None,) * (len(COLUMNS) - len(row)) for row in rows]
    table = pd.DataFrame(padded, columns=COLUMNS, dtype=object).assign(evidence="R.A. 12")
    table.index = pd.Index(ids or [f"E-{n}" for n, _ in zip(count(1), rows, strict=False)], name="event_id")
    return table


def works(done=WORKS, **approved):
    table = pd.DataFrame(
        {"service": list(done), "scope": "area", "target_id": "1", "done": list(done.values())}
    )
    table["assembly"] = table["service"] == "grading"
    money = pd.DataFrame({"service": list(approved), "finance_approved": list(approved.values())})
    table = pd.concat([table, money.assign(scope="area", target_id="1", assembly=False)], ignore_index=True)
    table.index = pd.Index([f"W-{n}" for n in range(len(table))], name="work_id")
    return table.astype({"done": "datetime64[ms]"})


def refused(table, **given):
    found = check_events(table, LOTS, on=TODAY, **given)
    found = found[found["severity"] == "error"]
    return {(row.feature, row.rule.removeprefix("events.")) for row in found.itertuples()}


IN = ("A-1", "allotted", "1990-01-10", "h")
WRONG = {
    "twice": [IN, ("A-2", "allotted", "1990-01-11", "g")],
    "no_date": [IN, ("A-2", "allotted", "soon", "g")],
    "future": [IN, ("A-2", "allotted", "1996-04-01", "g")],
    "unknown_kind": [IN, ("A-2", "alloted", "1990-01-11", "g")],
    "unknown_lot": [IN, ("B-9", "allotted", "1990-01-11", "g")],
    "no_household": [IN, ("A-2", "allotted", "1990-01-11")],
    "no_heir": [IN, ("A-1", "transferred", "1990-02-11", "h")],
    "unknown_event": [IN, ("A-1", "taken_back", "1990-02-11", None, None, "E-7")],
    "other_lot": [IN, ("A-2", "taken_back", "1990-02-11", None, None, "E-1")],
    "before_its_event": [IN, ("A-1", "taken_back", "1990-01-09", None, None, "E-1")],
    "taken": [IN, ("A-1", "allotted", "1990-02-11", "g")],
    "order": [IN, ("A-1", "titled", "1990-02-11", "h")],
    "not_holder": [IN, ("A-1", "occupied", "1990-02-11", "g")],
    "second_lot": [IN, ("A-2", "allotted", "1990-02-11", "h")],
    "guard": [IN, ("A-1", "reverted", "1990-02-11", "h")],
}


@pytest.mark.parametrize("reason", WRONG)
def test_each_wrong_event_is_named_and_does_not_count(reason):
    ids = ["E-1", "E-1"] if reason == "twice" else None
    table = events(*WRONG[reason], ids=ids)
    assert (("E-1" if reason == "twice" else "E-2"), reason) in refused(table)
    held = state_on(table, TODAY, LOTS)["household_id"].dropna().to_dict()
    assert held == ({} if reason == "twice" else {"A-1": "h"})
    found = check_events(table, LOTS, on=TODAY).query(f"rule == 'events.{reason}'").iloc[-1]
    lot = WRONG[reason][1][0]
    assert f": lot {lot}, " in found["message"]
    assert f": lote {lot}, " in found["message_es"]


def test_a_remnant_is_no_lot():
    assert refused(events(("A-R1", "allotted", "1990-01-01", "h"))) == {("E-1", "unknown_lot")}


def test_an_event_before_its_predecessor():
    table = events(("A-1", "allotted", "1991-01-10", "h"), ("A-1", "occupied", "1990-06-01", "h"))
    assert refused(table) == {("E-2", "order"), ("E-2", "date_back")}
    message = check_events(table, LOTS).query("rule == 'events.order'")["message_es"].item()
    assert "lote A-1, Ocupación del lote, 1990-06-01; debe estar asignado; está libre" in message


def test_events_of_one_day_go_by_their_numbers():
    rows = [("A-1", "occupied", "1990-01-10", "h"), ("A-1", "allotted", "1990-01-10", "h")]
    table = events(*rows, ids=["E-10", "E-2"])
    assert refused(table) == set()
    assert state_on(table, TODAY)["event_id"].item() == "E-10"
    assert refused(table.set_axis(["E-2", "E-10"]).rename_axis("event_id")) == {("E-2", "order")}


def test_a_household_may_move_on_after_it_gave_its_lot_back():
    table = events(
        IN,
        ("A-1", "renounced", "1990-05-01", "h"),
        ("A-2", "allotted", "1990-05-01", "h"),
        ("A-1", "taken_back", "1990-06-01", None, None, "E-2"),  # would give h its first lot again
    )
    assert refused(table) == {("E-4", "second_lot")}
    assert state_on(table, TODAY)["household_id"].dropna().to_dict() == {"A-2": "h"}


def test_an_heir_has_no_lot_of_its_own():
    table = events(IN, ("A-2", "allotted", "1990-01-11", "g"), ("A-1", "transferred", "1990-02-01", "h", "g"))
    assert refused(table) == {("E-3", "second_lot")}
    assert "A-2" in check_events(table, LOTS).iloc[0]["message"]


def test_counter_events_go_back_one_by_one_and_may_be_taken_back():
    rows = [IN, ("A-1", "occupied", "1990-03-01", "h"), ("A-1", "lived_in", "1990-04-01", "h")]
    early = events(*rows, ("A-1", "taken_back", "1990-05-01", None, None, "E-2"))
    assert refused(early) == {("E-4", "not_last")}
    rows += [("A-1", "taken_back", "1990-05-01", None, None, taken) for taken in ("E-3", "E-2")]
    assert state_on(events(*rows), TODAY)["stage"].item() == "allotted"
    rows += [("A-1", "taken_back", "1990-06-01", None, None, "E-5")]  # the second counter-event was wrong
    table = events(*rows)
    assert refused(table) == set()
    assert state_on(table, TODAY).iloc[0].tolist() == ["occupied", "h", pd.Timestamp("1990-03-01"), "E-2"]
    assert state_on(table, pd.Timestamp("1990-05-31"))["stage"].item() == "allotted"


def test_reversion_needs_two_absences_a_notice_and_the_term():
    chain = [
        IN,
        ("A-1", "not_lived_in", "1990-05-01", "h"),
        ("A-1", "not_lived_in", "1990-06-01", "h"),
        ("A-1", "notice", "1990-06-02", "h"),
        ("A-1", "reverted", "1990-07-02", "h"),  # 30 days on
    ]
    assert refused(events(*chain)) == set()
    assert state_on(events(*chain), TODAY)["stage"].item() == "free"
    assert refused(events(*chain[:4], ("A-1", "reverted", "1990-07-01", "h"))) == {("E-5", "guard")}
    one_day = [*chain[:2], ("A-1", "not_lived_in", "1990-05-01", "h"), *chain[3:]]
    assert refused(events(*one_day)) == {("E-4", "guard"), ("E-5", "guard")}
    found_there = [
        IN,
        ("A-1", "occupied", "1990-03-01", "h"),
        *chain[1:4],
        ("A-1", "lived_in", "1990-06-20", "h"),
        chain[4],
    ]
    assert refused(events(*found_there)) == {("E-7", "guard")}


def test_guards_on_works_are_held_to_the_day_of_the_event():
    rows = [
        IN,
        ("A-1", "occupied", "1990-03-01", "h"),
        ("A-1", "lived_in", "1990-09-01", "h"),
        ("A-1", "adjudicated", "1991-03-01", "h"),
        ("A-1", "titled", "1992-03-01", "h"),
    ]
    money = {"sewer": "1992-02-01", "electricity": "1992-03-01"}
    assert refused(events(*rows), works=works(**money)) == set()
    assert refused(events(*rows), works=works()) == {("E-5", "guard")}
    early = events(*rows[:3], ("A-1", "adjudicated", "1991-02-28", "h"))
    assert refused(early, works=works(**money)) == {("E-4", "guard")}
    found = check_events(early, LOTS, works=works(**money))
    assert len(found) == 3  # plans, grading, work of the assembly: each is told
    assert set(found["article"]) == {"López Follegatti 1999, Ilo: a city in transformation, section II.c"}
    empty = refused(events(*rows[:2]), works=works().iloc[:0])
    assert empty == {("E-2", "guard")}


def test_fees_are_held_where_accounts_are_given():
    table = events(IN, ("A-1", "occupied", "1990-03-01", "h"))
    money = {"lot_id": "A-1", "household_id": "h", "charged": 0, "paid": 0, "due": 0, "room": 6000}
    accounts = pd.DataFrame(
        money | {"steps_paid": ["processing;occupation"]}, pd.Index(["a"], name="account_id")
    )
    paid = {"lot_id": "A-1", "household_id": "h", "step": "occupation", "amount": 1, "currency": "USD"}
    payments = pd.DataFrame(paid | {"date": ["1990-03-02"]}, pd.Index(["p"], name="payment_id"))
    assert refused(table, accounts=accounts) == set()
    assert refused(table, accounts=accounts.assign(steps_paid="processing")) == {("E-2", "guard")}
    assert refused(table, accounts=accounts, payments=payments) == {("E-2", "guard")}  # a day late


def test_the_order_of_rows_does_not_matter():
    rows = [row for wrong in WRONG.values() for row in wrong[1:]]
    table = events(IN, *rows)
    straight, turned = (check_events(one, LOTS, on=TODAY) for one in (table, table.iloc[::-1]))
    assert straight["message"].tolist() == turned["message"].tolist()
    pd.testing.assert_frame_equal(state_on(table, TODAY, LOTS), state_on(table.iloc[::-1], TODAY, LOTS))


def test_evidence_is_asked_for_and_a_missing_column_refused():
    table = events(IN, ("A-1", "renounced", "1990-05-01", "h")).assign(evidence=None)
    found = check_events(table, LOTS)
    assert found["feature"].tolist() == ["E-2"]
    assert found[["rule", "severity"]].astype(str).iloc[0].tolist() == ["events.no_evidence", "warning"]
    with pytest.raises(SchemaError, match="date"):
        check_events(table.drop(columns="date"), LOTS)


def test_nothing_gives_nothing():
    none = events(IN).iloc[:0]
    assert check_events(none, LOTS, works=works(), on=TODAY).empty
    assert state_on(none, TODAY).empty
    assert state_on(none, TODAY, LOTS)["stage"].tolist() == ["free"] * 3
