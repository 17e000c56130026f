"""Charges, payments and accounts, with sums that can be checked by hand."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import promuvi
from ilo_gis.errors import SchemaError
from ilo_gis.promuvi.money import PARTS, exchange

ON = pd.Timestamp("1996-04-01")


def rates(*told):
    table = pd.DataFrame(told or [("PEN", "1994-01-01", 2.0), ("PEN", "1995-01-01", 2.5)])
    table.columns = ["currency", "date", "per_usd"]
    return table.rename_axis("rate_id")


def money(*told, name="payment_id", lot="A-1"):
    """Return charges or payments out of (household, step, day, cents, currency[, takes_back])."""
    columns = ["household_id", "step", "date", "amount", "currency", "takes_back"][: len(told[0])]
    table = pd.DataFrame(list(told), columns=columns).assign(lot_id=lot)
    return table.set_axis(pd.Index([f"{name[0].upper()}-{n}" for n in range(1, len(told) + 1)], name=name))


def charges(*told):
    return money(*told, name="charge_id")


def events(*told):
    columns = ["household_id", "kind", "date", "heir", "takes_back"]
    table = pd.DataFrame([(*row, *[None] * (5 - len(row))) for row in told], columns=columns)
    index = pd.Index([f"E-{n}" for n in range(1, len(told) + 1)], name="event_id")
    return table.assign(lot_id="A-1", date=pd.to_datetime(table["date"])).set_axis(index)


def account(*args, on=ON, **more):
    return promuvi.accounts(*args, on, **more).reset_index(drop=True).to_dict("records")


def test_a_debt_in_soles_is_settled_by_its_soles_whatever_the_dollar_does():
    owed = charges(("H-1", "processing", "1994-06-01", 3000, "PEN"))  # US$15.00 at 2.0
    paid = money(
        ("H-1", "processing", "1994-07-01", 2000, "PEN"), ("H-1", "processing", "1995-07-01", 1000, "PEN")
    )
    (found,) = account(owed, paid, rates())
    assert (found["charged"], found["paid"], found["due"]) == (1500, 1000 + 400, 0)
    assert (found["steps_paid"], found["room"]) == ("processing", 4500)
    (before,) = account(owed, paid, rates(), on=pd.Timestamp("1994-12-31"))
    assert (before["paid"], before["due"], before["steps_paid"]) == (1000, 500, "")


def test_a_payment_in_another_currency_counts_at_the_rate_of_its_day():
    owed = charges(("H-1", "title", "1994-06-01", 2000, "USD"))
    (found,) = account(owed, money(("H-1", "title", "1995-01-01", 5000, "PEN")), rates())
    assert (found["paid"], found["due"], found["steps_paid"]) == (2000, 0, "title")


def test_a_counter_payment_takes_a_wrong_one_back_and_may_be_taken_back_itself():
    owed = charges(("H-1", "title", "1994-06-01", 2000, "USD"))
    row = ("H-1", "title", "1994-06-02", 2000, "USD")
    assert account(owed, money((*row, None)), rates())[0]["due"] == 0
    assert account(owed, money((*row, None), (*row, "P-1")), rates())[0]["due"] == 2000
    assert account(owed, money((*row, None), (*row, "P-1"), (*row, "P-2")), rates())[0]["due"] == 0


def test_steps_are_told_in_their_order_and_the_heir_goes_on_with_the_account():
    told = events(
        ("H-1", "allotted", "1994-01-05"),
        ("H-1", "occupied", "1994-06-05"),
        ("H-1", "transferred", "1995-01-01", "H-2"),
        ("H-2", "adjudicated", "1995-06-01"),
    )
    owed = promuvi.charges_for(told)
    assert owed["step"].tolist() == ["processing", "occupation", "adjudication", "title"]
    paid = money(
        ("H-2", "adjudication", "1995-05-01", 1500, "USD"), ("H-1", "processing", "1994-02-01", 500, "USD")
    )
    found = promuvi.accounts(owed, paid, rates(), ON, events=told)
    assert found.index.tolist() == ["A-1/H-1", "A-1/H-2"]  # the first keeps what its events rest on
    assert found["steps_paid"].tolist() == ["processing;adjudication"] * 2
    sums = ["charged", "paid", "due", "room"]
    assert found[sums].to_numpy().tolist() == [[0, 0, 0, 1000], [5000, 2000, 3000, 1000]]


def test_an_event_taken_back_charges_nothing_and_a_second_allotment_charges_anew():
    told = events(
        ("H-1", "allotted", "1994-01-05"),
        (None, "taken_back", "1994-01-06", None, "E-1"),
        ("H-2", "allotted", "1994-01-07"),
        ("H-2", "renounced", "1994-02-07"),
        ("H-3", "allotted", "1994-03-07"),
    )
    owed = promuvi.charges_for(told)
    assert owed["household_id"].tolist() == ["H-2", "H-2", "H-3", "H-3"]
    held = promuvi.tenures(told)
    assert held["household_id"].tolist() == ["H-2", "H-3"]
    assert held["until"].astype(str).tolist() == ["1994-02-07", "NaT"]


def test_charges_in_soles_are_the_equivalent_of_the_day():
    told = events(("H-1", "allotted", "1995-02-01"))
    owed = promuvi.charges_for(told, currency="PEN", rates=rates())
    assert owed["amount"].tolist() == [1250, 2500]
    with pytest.raises(SchemaError, match="no exchange rate of PEN on 1990-02-01"):
        promuvi.charges_for(events(("H-1", "allotted", "1990-02-01")), currency="PEN", rates=rates())


def test_a_city_may_charge_for_steps_of_its_own(tmp_path):
    path = tmp_path / "fees.toml"
    path.write_text(
        'currency = "USD"\n[steps.registry]\ndue_on = "titled"\namount = 700\nes = "r"\nen = "r"\n'
    )
    own, told = promuvi.fee_steps(path), events(("H-1", "titled", "1995-02-01"))
    owed = promuvi.charges_for(told, own)
    paid = money(("H-1", "registry", "1995-03-01", 700, "USD"))
    assert account(owed, paid, rates(), steps=own)[0]["steps_paid"] == "registry"
    with pytest.raises(SchemaError, match="'registry' is no step"):
        promuvi.accounts(owed, paid, rates(), ON)


def test_the_shipped_fees_stay_under_the_cap():
    assert promuvi.fee_steps()["amount"].sum() <= promuvi.fee_cap(ON) == 6000


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("H-1", "title", "1994-06-01", -5, "USD"), "P-1: an amount should be above 0"),
        (("H-1", "tittle", "1994-06-01", 5, "USD"), "did you mean title"),
        (("H-1", "title", "1993-06-01", 5, "PEN"), "no exchange rate of PEN on 1993-06-01"),
        (("H-1", "title", "1994-06-01", 5.5, "USD"), "5.5 is none"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_with_its_id(row, told):
    with pytest.raises(SchemaError, match=told):
        promuvi.accounts(charges(("H-1", "title", "1994-06-01", 5, "USD")), money(row), rates(), ON)


def test_no_account_without_entries():
    nothing = charges(("H-1", "title", "1999-06-01", 5, "USD"))
    found = promuvi.accounts(nothing, nothing.rename_axis("payment_id"), rates(), ON)
    assert found.empty
    assert found.columns.tolist()[:3] == ["lot_id", "household_id", "charged"]


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(1, 10**12)), min_size=1))
def test_an_exchange_is_the_nearest_cent_half_to_even(pairs):
    cents, rate = (pd.Series(list(column), dtype=object) for column in zip(*pairs, strict=True))
    expected = [round(Fraction(c * PARTS, r)) for c, r in pairs]  # of a fraction: exact, half to even
    assert exchange(cents, rate, PARTS).tolist() == expected


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(40)))
def test_accounts_do_not_hang_on_the_order_of_rows(order):
    seed = np.random.default_rng(7)
    steps = promuvi.fee_steps().index
    told = [
        (f"H-{n % 7}", steps[n % 4], "1994-06-01", int(cents), ("PEN", "USD")[n % 3 == 0])
        for n, cents in enumerate(seed.integers(1, 5000, 40))
    ]
    owed, paid = charges(*told), money(*reversed(told))
    first = promuvi.accounts(owed, paid, rates(), ON)
    pd.testing.assert_frame_equal(promuvi.accounts(owed.iloc[order], paid.iloc[order], rates(), ON), first)
