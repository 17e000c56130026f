"""Lots needed year by year, with numbers that can be checked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.zoning import demand_series, growth_rates, level_demand, population, scenario_rates

DOUBLING = pd.Series([1000, 2000, 4000], index=[1990, 1991, 1992])


def test_people_who_double_each_year():
    found = demand_series(DOUBLING, range(1991, 1995), persons_per_lot=10)
    assert found["persons"].tolist() == pytest.approx([2000, 4000, 8000, 16000])
    assert found["lots"].tolist() == [100, 200, 400, 800]


def test_growth_between_counts_is_geometric():
    seen = pd.Series([100, 400], index=[1980, 1982])
    assert demand_series(seen, [1980, 1981, 1982], persons_per_lot=1)["persons"].tolist() == pytest.approx(
        [100, 200, 400]
    )


def test_a_scenario_goes_on_from_the_last_count_that_was_known():
    found = demand_series(
        DOUBLING, range(1992, 1994), persons_per_lot=10, scenario=0.1, known_until=1991, backlog=30
    )
    assert found["persons"].tolist() == pytest.approx([2200, 2420])
    assert found["lots"].tolist() == [35, 37]  # 20 + 15, and 22 + 15
    first = demand_series(DOUBLING, range(1992, 1994), persons_per_lot=10, backlog=30, backlog_years=1)
    assert first["backlog"].tolist() == [30, 0]
    rates = scenario_rates()
    assert rates["low"] < rates["mid"] < rates["high"]


def test_a_town_that_shrinks_needs_no_lots():
    seen = pd.Series([22000, 41000, 27000, 54000], index=[1961, 1972, 1981, 1993])
    assert demand_series(seen, range(1975, 1980), persons_per_lot=5)["lots"].sum() == 0


def test_figures_that_contradict_are_kept_and_not_reckoned_with():
    seen = population()
    assert sorted(seen.loc[~seen["used"], "persons"]) == [3000, 4500]
    assert len(growth_rates(seen)) == 5
    with pytest.raises(SchemaError, match="twice in \\[1941, 1961\\]"):
        growth_rates(seen.drop(columns="used"))


@given(
    st.lists(st.floats(1, 1e6), min_size=2, max_size=6), st.floats(0.5, 10), st.integers(0, 500), st.randoms()
)
def test_whole_lots_are_enough_and_not_one_too_many(counts, persons, backlog, random):
    seen = pd.Series(counts, index=np.arange(len(counts)) * 5 + 1960)
    mixed = seen.sample(frac=1, random_state=random.randint(0, 99))
    found = demand_series(mixed, range(1962, 1975), persons_per_lot=persons, backlog=backlog, scenario="mid")
    exact = (found["growth"].clip(lower=0) / persons + backlog / len(found)).cumsum()
    over = found["lots"].cumsum() - exact
    assert over.min() > -1e-6
    assert over.max() < 1
    pd.testing.assert_frame_equal(
        found,
        demand_series(seen, range(1962, 1975), persons_per_lot=persons, backlog=backlog, scenario="mid"),
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"years": [1990, 1992]}, "one after another"),
        ({"persons_per_lot": 0}, "persons_per_lot is 0"),
        ({"scenario": "medium"}, "There are: low, mid, high"),
        ({"scenario": -2}, "growth of -2"),
        ({"known_until": 1990}, "two counts"),
        ({"people": pd.Series({1990: 5, 1991: "NULL"})}, "mend those of: 1991"),
        ({"backlog_years": 9}, "should be 1 to 2"),
    ],
)
def test_wrong_figures_are_told(wrong, told):
    usual = {"people": DOUBLING, "years": [1991, 1992], "persons_per_lot": 5.0}
    with pytest.raises((RuleError, SchemaError), match=told):
        demand_series(**(usual | wrong))


def test_the_same_need_each_year():
    assert level_demand(0.5, range(2000, 2004))["lots"].tolist() == [1, 0, 1, 0]
    with pytest.raises(RuleError, match="cannot be"):
        level_demand(-1, [2000])
