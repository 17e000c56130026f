"""Points that can be worked out by hand, ties, and a list that comes out the same every time."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import ReadError, RuleError
from ilo_gis.promuvi import Criterion, Weights, eligibility, hash_of, rank, tickets, usual_weights

ON = date(1996, 3, 31)


def register(count, seed=1):
    """Return applicants and households that all are eligible, with random needs."""
    rng = np.random.default_rng(seed)
    names = [f"{n:05}" for n in range(count)]
    homes = pd.DataFrame(
        {
            "members": rng.integers(1, 9, count),
            "dependants": 0,
            "income": rng.integers(2, 30, count) * 50.0,
            "resident_since": pd.Timestamp("1980-01-01") + pd.to_timedelta(rng.integers(0, 5000, count), "D"),
            "tenure": rng.choice(["rents", "lodges", "squats"], count),
            "owns_property": False,
            "participation": rng.integers(0, 15, count),
        },
        index=pd.Index([f"H{n}" for n in names], name="household_id"),
    )
    asked = pd.DataFrame(
        {
            "household_id": homes.index,
            "applied_on": pd.Timestamp("1996-01-01") + pd.to_timedelta(rng.integers(0, 60, count), "D"),
            "need_municipality": True,
            "need_leaders": True,
            "accepts_layout": True,
        },
        index=pd.Index([f"A{n}" for n in names], name="applicant_id"),
    )
    return asked, homes


def ranked(asked, homes, **more):
    more = {"seed": "1996", "on": ON} | more
    return rank(asked, homes, eligibility(asked, homes, ON), **more)


def test_a_score_by_hand():
    asked, homes = register(1)
    homes = homes.assign(members=5, dependants=3, income=1500.0, tenure="lodges", participation=4)
    homes["resident_since"] = pd.Timestamp("1990-03-31")
    made = ranked(asked, homes)
    points = made.parts.set_index("criterion")["points"]
    # income 300 a head: (600 - 300) / 450 x 30; dependants 0.6: 15; lodges: 15; 4 of 12: 10; 6 years
    years = (date(1996, 3, 31) - date(1990, 3, 31)).days / 365.2425
    wanted = {"income": 20, "dependants": 15, "tenure": 15, "participation": 10}
    assert points.drop("residence").to_dict() == wanted
    assert points["residence"] == round((years - 2) / 8 * 10, 3)
    assert made.table["score"].item() == pytest.approx(60 + points["residence"])


@given(st.integers(0, 10_000), st.integers(1, 60))
@settings(max_examples=8, deadline=None)
def test_parts_add_up_to_the_score_and_the_order_is_that_of_scores(seed, count):
    made = ranked(*register(count, seed))
    exact = (
        made.parts["points"].map(lambda value: Decimal(repr(value))).groupby(made.parts["applicant_id"]).sum()
    )
    told = made.table["score"].map(lambda value: Decimal(repr(value)))
    assert exact.to_dict() == told.to_dict()
    assert made.table["score"].is_monotonic_decreasing
    assert made.table["place"].tolist() == list(range(1, count + 1))
    assert made.parts["share"].between(0, 1).all()


def test_the_same_list_and_hash_from_shuffled_rows_and_from_files(tmp_path):
    asked, homes = register(300)
    made = ranked(asked, homes)
    again = ranked(asked.sample(frac=1, random_state=5), homes.sample(frac=1, random_state=6))
    pd.testing.assert_frame_equal(made.table, again.table)
    pd.testing.assert_frame_equal(made.parts, again.parts)
    assert made.record == again.record
    asked.to_csv(tmp_path / "asked.csv")
    homes.to_csv(tmp_path / "homes.csv")
    files = [pd.read_csv(tmp_path / name) for name in ("asked.csv", "homes.csv")]
    assert ranked(*files).record == made.record
    homes.loc["H00007", "income"] += 1
    assert ranked(asked, homes).record["inputs"] != made.record["inputs"]


def test_the_hash_is_the_same_on_every_platform():
    homes = pd.DataFrame({"members": [4], "income": [0.1 + 0.2]}, pd.Index(["H1"], name="household_id"))
    line = "H1,4,,0.30000000000000004,,,,,\n"
    head = "household_id,members,dependants,income,resident_since,settlement,tenure,owns_property,"
    head += "participation\n"
    assert hash_of(households=homes) == sha256(f"null\nhouseholds\n{head}{line}".encode()).hexdigest()


def test_ties_go_by_day_then_by_ticket():
    asked, homes = register(6)
    homes = homes.assign(**homes.iloc[0].to_dict())
    asked["applied_on"] = pd.to_datetime(["1996-01-03", "1996-01-01"] + ["1996-01-02"] * 4)
    made = ranked(asked, homes, seed="lottery 4711").table
    drawn = sorted(asked.index[2:], key=lambda id_: sha256(f"lottery 4711:{id_}".encode()).hexdigest())
    assert made.index.tolist() == ["A00001", *drawn, "A00000"]
    assert made["tie"].fillna("").tolist() == ["", "applied_on", "ticket", "ticket", "ticket", "applied_on"]
    with pytest.raises(RuleError, match=r"nothing parts: A00002.*seed"):
        ranked(asked, homes, seed=None)
    more_first = ranked(asked, homes.assign(settlement=list("abcdef")), ties=["-settlement"], seed=None).table
    assert more_first.index.tolist() == asked.index[::-1].tolist()


def test_who_is_not_eligible_is_not_ranked():
    asked, homes = register(4)
    homes["owns_property"] = [False, True, None, False]
    made = ranked(asked, homes)
    assert set(made.table.index) == {"A00000", "A00003"}
    assert made.record["not_ranked"] == 2
    assert set(made.parts["applicant_id"]) == {"A00000", "A00003"}


def test_what_no_ranking_can_rest_on_is_refused():
    asked, homes = register(3)
    told = eligibility(asked, homes, ON)
    with pytest.raises(RuleError, match="not assessed: A00002"):
        rank(asked, homes, told.iloc[:2], on=ON, seed="1")
    twice = asked.assign(household_id="H00000")
    with pytest.raises(RuleError, match="one household: A00000, A00001, A00002"):
        rank(twice, homes, told, on=ON, seed="1")
    with pytest.raises(RuleError, match="not in the register: A00001"):
        rank(asked, homes.drop("H00001"), told, on=ON, seed="1")
    with pytest.raises(RuleError, match="no share for owns a boat"):
        ranked(asked, homes.assign(tenure="owns a boat"))
    with pytest.raises(RuleError, match="incme"):
        Weights({"need": Criterion("incme", 3)})


def test_weights_are_data(tmp_path):
    own = tmp_path / "weights.toml"
    own.write_text(
        'ties = ["ticket"]\n[criteria.work]\nvalue = "participation"\nweight = 7\nfull = 14\n', "utf-8"
    )
    asked, homes = register(20)
    made = ranked(asked, homes, weights=usual_weights(own))
    assert (made.table["score"] == (homes["participation"] / 2).set_axis(asked.index)[made.table.index]).all()
    assert made.record["weights"]["work"]["weight"] == 7
    own.write_text("[criteria.work]\nvalue = 'members'\nweights = 7\n", "utf-8")
    with pytest.raises(ReadError, match="weights"):
        usual_weights(own)


def test_nobody_is_ranked_where_nobody_applies():
    asked, homes = register(2)
    made = ranked(asked.iloc[:0], homes)
    assert made.table.empty
    assert made.parts.empty


def test_tickets_are_those_of_sha256sum():
    assert tickets("1996-03-31", ["A-1"]).item() == (
        "754ab9" + sha256(b"1996-03-31:A-1").hexdigest()[6:]  # printf '%s' '1996-03-31:A-1' | sha256sum
    )
    with pytest.raises(RuleError, match="seed"):
        tickets("", ["A-1"])
