"""Each fault of a charge or payment is told with its id; a sound set has none."""

import pandas as pd
import pytest

from ilo_gis import promuvi

ON = pd.Timestamp("1996-04-01")
RATES = pd.DataFrame({"currency": ["PEN"], "date": ["1994-01-01"], "per_usd": [2.0]}, ["r"])


def events():
    told = pd.DataFrame(
        {
            "lot_id": ["A-1", "A-1", "A-2", "A-2", "A-2"],
            "household_id": ["H-1", "H-1", "H-2", "H-2", "H-4"],
            "kind": ["allotted", "transferred", "allotted", "renounced", "allotted"],
            "heir": [None, "H-3", None, None, None],
        },
        index=pd.Index([f"E-{n}" for n in range(1, 6)], name="event_id"),
    )
    days = ["1994-01-05", "1995-01-05", "1994-01-05", "1994-06-05", "1994-07-05"]
    return told.assign(date=pd.to_datetime(days))


def payments(*changes):
    """Return sound payments; each change is (row, {column: value})."""
    sound = pd.DataFrame(
        {
            "lot_id": ["A-1", "A-1", "A-2"],
            "household_id": ["H-1", "H-3", "H-4"],
            "step": ["processing", "occupation", "processing"],
            "date": ["1994-02-01", "1995-02-01", "1994-08-01"],
            "amount": [500, 2000, 300],
            "currency": ["USD", "PEN", "USD"],
            "takes_back": [None, None, None],
        },
        index=["P-1", "P-2", "P-3"],
    ).astype({"amount": object})
    for row, change in changes:
        for column, value in change.items():
            sound.loc[row, column] = value
    return sound.rename_axis("payment_id")


def rules(table, charges=None, **more):
    owed = promuvi.charges_for(events()) if charges is None else charges
    told = promuvi.check_payments(owed, table, RATES, events(), ON, **more)
    return sorted(zip(told["feature"], told["rule"].str.removeprefix("fees."), strict=True))


def test_sound_payments_have_no_findings_and_the_heir_may_pay():
    assert rules(payments()) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"amount": -500}, "amount"),
        ({"amount": 0}, "amount"),
        ({"amount": 10.5}, "amount"),
        ({"amount": None}, "amount"),
        ({"lot_id": "A-9"}, "unknown_lot"),
        ({"household_id": "H-2"}, "not_holder"),
        ({"household_id": None}, "incomplete"),
        ({"date": "1996-04-02"}, "future"),
        ({"date": "1993-12-01"}, "not_holder"),
        ({"step": "titel"}, "unknown_step"),
        ({"currency": "EUR"}, "no_rate"),
        ({"currency": "PEN", "date": "1993-12-31"}, "no_rate"),
        ({"takes_back": "P-8"}, "takes_back"),
        ({"takes_back": "P-2"}, "takes_back"),
    ],
)
def test_a_fault_of_a_row_is_told_by_its_id(change, rule):
    assert ("P-1", rule) in rules(payments(("P-1", change)))


def test_an_id_that_repeats_is_told_and_the_first_row_counts():
    double = pd.concat([payments(), payments(("P-1", {"amount": 499})).iloc[:1]])
    assert rules(double) == [("P-1", "duplicate")]


def test_who_held_the_lot_before_the_heir_may_not_pay_after():
    assert rules(payments(("P-1", {"date": "1995-03-01"}))) == [("P-1", "not_holder")]


def test_a_payment_is_taken_back_once_and_the_taking_back_may_be_taken_back():
    first = payments().loc[["P-1"]].assign(date="1994-03-01", takes_back="P-1")
    once = pd.concat([payments(), first.set_axis(["P-4"])])
    assert rules(once) == []
    twice = pd.concat([once, first.set_axis(["P-5"])]).rename_axis("payment_id")
    assert rules(twice) == [("P-5", "taken_back_twice")]
    undone = pd.concat([once, first.assign(takes_back="P-4").set_axis(["P-5"])])
    assert rules(undone) == []


def test_paying_above_the_charge_or_for_no_charge_is_told():
    assert rules(payments(("P-2", {"amount": 2002}))) == [("A-1/H-3", "overpaid")]
    assert rules(payments(("P-1", {"step": "title"}))) == [("P-1", "not_charged")]


def test_a_lot_charged_above_sixty_dollars_is_an_error_heirs_counted_together():
    owed = promuvi.charges_for(events())
    more = owed.loc[["E-1-processing"]].assign(date=pd.Timestamp("1995-02-01"), household_id="H-3")
    at_the_cap = pd.concat([owed, more.assign(amount=4500).set_axis(["C"])])  # 5 + 10 + 45
    assert rules(payments(), at_the_cap) == []
    above = pd.concat([owed, more.assign(amount=9001, currency="PEN").set_axis(["C"])])
    told = promuvi.check_payments(above, payments(), RATES, events(), ON)
    assert told["rule"].tolist() == []  # 90.01 soles are 45.005 dollars, 4500 cents half to even
    above.loc["C", "amount"] = 9004
    (found,) = promuvi.check_payments(above, payments(), RATES, events(), ON).to_dict("records")
    assert (found["feature"], found["rule"], found["severity"]) == ("A-1/H-3", "fees.cap", "error")
    assert (found["required"], found["found"]) == (60.0, 60.02)
    assert found["message_es"] == "El lote tiene cargos por US$ 60.02 en total; el máximo es US$ 60.00."


def test_lots_given_are_the_lots_there_are():
    lots = pd.DataFrame({"lot_id": ["A-1", "A-2"], "kind": ["lot", "remnant"]})
    assert ("P-3", "unknown_lot") in rules(payments(), lots=lots)
    assert rules(payments(), lots=lots.assign(kind="lot").set_index("lot_id")) == []


def test_no_charges_and_no_payments_no_findings():
    told = promuvi.check_payments(
        promuvi.charges_for(events().iloc[:0]), payments().iloc[:0], RATES, events(), ON
    )
    assert told.empty
