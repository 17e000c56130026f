"""The desk of PROMUVI: the file of a lot, and batches of which no half is recorded."""

from collections.abc import Mapping

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from ilo_gis import io, promuvi
from ilo_gis.editing import advance_lots, applied, lot_file, may_advance
from ilo_gis.errors import EventsRefused, RuleError, SchemaError
from ilo_gis.tables import complete, empty

DAY = pd.Timestamp("1991-06-30")
LOTS = pd.DataFrame(
    {"block_id": ["A", "A", "B", "B"], "kind": ["lot", "lot", "lot", "remnant"]},
    pd.Index(["A-1", "A-2", "B-1", "B-R1"], name="lot_id"),
)
EVENTS = pd.DataFrame(
    [
        ("A-1", "h", "allotted", "1990-01-10"),
        ("A-2", "g", "allotted", "1990-01-10"),
        ("B-1", "f", "allotted", "1990-01-10"),
        ("A-1", "h", "occupied", "1990-06-01"),
    ],
    columns=["lot_id", "household_id", "kind", "date"],
    index=pd.Index([f"E-{n}" for n in range(1, 5)], name="event_id"),
)
SERVICING = ("clearing", "survey", "layout", "tap", "latrine")
WORKS = pd.DataFrame({"service": SERVICING, "scope": "block", "target_id": "A", "done": "1990-05-01"})
WORKS = WORKS.set_axis([f"W-{n}" for n in range(5)]).rename_axis("work_id")
OWED = {"lot_id": ["A-1", "A-2"], "household_id": ["h", "g"], "step": "occupation", "date": DAY}
CHARGES = pd.DataFrame(OWED | {"amount": 1000, "currency": "USD"}, pd.Index(["C-1", "C-2"], name="charge_id"))
PAID = CHARGES.iloc[:1].assign(date=pd.Timestamp("1990-05-01"), receipt="R-1").set_axis(["P-1"])
RATES = empty("exchange_rates")


def known(**more):
    tables = {"lots": LOTS, "lot_events": complete(EVENTS, "lot_events"), "works": complete(WORKS, "works")}
    return tables | more


def with_money(**changed):
    charges = CHARGES.assign(date=pd.Timestamp("1990-01-10"))
    money = {"charges": charges, "payments": PAID.rename_axis("payment_id"), "exchange_rates": RATES}
    return known(**(money | changed))


class Guarded(Mapping):
    """Tables of which those with people may not even be opened."""

    OPEN = ("lots", "lot_events", "works", "charges", "payments", "exchange_rates")

    def __init__(self, tables):
        self.tables = tables

    def __getitem__(self, name):
        assert name in self.OPEN, f"{name} is not the desk's"
        return self.tables[name]

    def __contains__(self, name):
        return name in self.tables

    def __iter__(self):
        return iter([*self.tables, "households", "applicants", "people"])

    def __len__(self):
        return len(self.tables) + 3


def test_file_of_a_lot_tells_what_its_next_stage_waits_for():
    file = lot_file(Guarded(with_money()), "A-2", DAY)
    assert (file.household_id, file.stage, file.label_es, file.next_step) == (
        "g",
        "allotted",
        "Asignado",
        "occupied",
    )
    assert file.since == pd.Timestamp("1990-01-10")
    assert file.services.loc[["tap", "sewer"], "state"].tolist() == ["done", "none"]
    assert file.fees.loc["A-2/g", ["charged", "paid", "due"]].tolist() == [1000, 0, 1000]
    assert file.missing["es"].tolist() == ["Derecho de autorización de ocupación pagado"]
    free = lot_file(known(lot_events=empty("lot_events")), "B-1", DAY)
    assert (free.household_id, free.stage, len(free.events), len(free.fees)) == ("", "free", 0, 0)
    for name in ("B-R1", "Z-9"):
        with pytest.raises(SchemaError, match=f"no lot {name}"):
            lot_file(known(), name, DAY)


def test_a_batch_is_recorded_whole_or_not_at_all():
    told = may_advance(known(), ["A-2", "B-1", "A-1"], "occupied", DAY, "Acta 7")
    assert told["may"].to_dict() == {"A-2": True, "B-1": False, "A-1": False}
    assert "Gradual servicing" in told.at["B-1", "reason"]
    assert "Habilitación progresiva" in told.at["B-1", "reason_es"]
    with pytest.raises(EventsRefused, match="lot B-1"):
        advance_lots(known(), ["A-2", "B-1"], "occupied", DAY, "Acta 7")
    edit = advance_lots(Guarded(known()), told.index[told["may"]], "occupied", DAY, "Acta 7")
    new = edit.changes["lot_events"]
    assert len(new.before) == 0
    assert new.after[["lot_id", "household_id", "evidence"]].to_dict("index") == {
        "E-5": {"lot_id": "A-2", "household_id": "g", "evidence": "Acta 7"}
    }
    counts = edit.figures.loc[["stage_allotted", "stage_occupied"]]
    assert (counts["before"].tolist(), counts["after"].tolist()) == ([2, 1], [1, 2])


def test_fees_hold_a_lot_back_and_are_told():
    told = may_advance(with_money(), ["A-2"], "occupied", DAY, "Acta 7")
    assert "Fee of the authorisation to occupy paid" in told.at["A-2", "reason"]
    paid = pd.concat([PAID, PAID.set_axis(["P-2"]).assign(lot_id="A-2", household_id="g", receipt="R-2")])
    tables = with_money(payments=paid.rename_axis("payment_id"))
    fees = advance_lots(tables, ["A-2"], "occupied", DAY, "Acta 7").figures.loc["fees_charged":, "after"]
    assert fees.to_dict() == {"fees_charged": 10.0, "fees_paid": 10.0, "fees_due": 0.0}
    wrong = with_money(payments=paid.assign(amount=-1).rename_axis("payment_id"))
    assert not may_advance(wrong, ["A-2"], "occupied", DAY, "Acta 7")["may"].any()


def test_tables_that_tell_the_stage_follow_and_go_back():
    states = promuvi.state_on(known()["lot_events"], DAY, LOTS)
    tables = known(lot_states=states)
    edit = advance_lots(tables, ["A-2"], "occupied", DAY, "Acta 7")
    after = applied(tables, edit)
    assert after["lot_states"].equals(promuvi.state_on(after["lot_events"], DAY, LOTS))
    assert applied(after, edit.reversed)["lot_states"].equals(states)


@pytest.mark.parametrize(
    ("lots", "step", "message"),
    [
        ([], "occupied", "none are named"),
        (["A-2", "A-2"], "occupied", "each once"),
        (["A-2"], "ocupied", "no step"),
    ],
)
def test_what_makes_no_batch_is_refused(lots, step, message):
    with pytest.raises(RuleError, match=message):
        advance_lots(known(), lots, step, DAY, "Acta 7")


@given(
    st.lists(st.sampled_from(["A-1", "A-2", "B-1"]), min_size=1, unique=True),
    st.sampled_from(["allotted", "occupied", "lived_in", "renounced", "adjudicated"]),
    st.sampled_from(["", "Acta 7"]),
    st.sampled_from([None, "h", "new"]),
)
@settings(max_examples=60, deadline=None)
def test_those_that_may_are_those_that_do(lots, step, paper, household):
    told = may_advance(known(), lots, step, DAY, paper, household=household)
    ready = told.index[told["may"]]
    if len(ready):
        edit = advance_lots(known(), ready, step, DAY, paper, household=household)
        assert set(edit.changes["lot_events"].after["lot_id"]) == set(ready)
    for lot in told.index[~told["may"]].difference(ready):
        assert "" not in told.loc[lot, ["reason", "reason_es"]].tolist()
    if not told["may"].all():
        with pytest.raises(EventsRefused):
            advance_lots(known(), lots, step, DAY, paper, household=household)


def test_file_of_a_lot_says_what_the_whole_register_says():
    names = ("lot_events", "lots", "works")
    tables = {name: complete(io.sample(name), name) for name in names}
    day = pd.Timestamp("1996-12-31")
    events, lots, works = (tables[name] for name in names)
    whole = promuvi.state_on(events, day, lots)
    lacks = promuvi.why_not(events=events, lots=lots, on=day, works=works)
    handed_on = events.loc[events["kind"] == "transferred", "lot_id"].unique()[:8]
    for lot in [*handed_on, *whole.index[::700]]:
        file = lot_file(tables, lot, day)
        assert file.stage == whole.at[lot, "stage"]
        assert file.missing.index.tolist() == lacks.index[lacks["lot_id"] == lot].tolist()
