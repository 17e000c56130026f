"""The order of areas: checked by hand, and against every order there is."""

from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import io, norms
from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.zoning import PhasingTerms, compare_phasing, level_demand, phase
from ilo_gis.zoning.phasing_model import NEVER, Works, best_order, greedy_order, relaxed_bound, worth


def areas(lots, **columns):
    shapes = [shapely.box(100 * k, 0, 100 * k + 90, 90) for k in range(len(lots))]
    index = pd.Index([f"a{k + 1}" for k in range(len(lots))])
    return gpd.GeoDataFrame({"lots": lots} | columns, geometry=shapes, index=index, crs=32719)


def needed(*lots, start=1990):
    return pd.Series(lots, index=range(start, start + len(lots)))


def test_two_areas_in_three_years():
    # 60, 120, 180 lots up to each year; each area has 100: one at once, the other in the second year.
    # 50 a lot for a1, 30 for a2; money of the second year is worth half: the cheap one first costs
    # 3000 + 5000 / 2 = 5500, the dear one first 5000 + 3000 / 2 = 6500.
    land = areas([100, 100], cost=[5000.0, 3000.0])
    found = phase(land, needed(60, 60, 60), PhasingTerms(discount=1.0))
    assert found.schedule["opened"].to_dict() == {"a2": 1990, "a1": 1991}
    assert found.schedule["order"].to_dict() == {"a2": 1, "a1": 2}
    assert (found.objective, found.bound, found.gap, found.method) == (5500.0, pytest.approx(5500), 0, "milp")
    balance = found.balance
    assert balance["cumulative_supply"].tolist() == [100, 200, 200]
    assert balance["surplus"].tolist() == [40, 80, 20]
    assert balance["cost"].tolist() == [3000, 5000, 0]
    assert "sin ella faltarían 60 lotes" in found.schedule.at["a2", "reason_es"]


def test_the_plain_rule_can_be_beaten_and_its_gap_is_told():
    # 90 lots at once: the plain rule takes a1, the cheapest a lot, then a2 for the last ten;
    # a2 alone would do.
    land = areas([80, 100], cost=[800.0, 1100.0])
    best = phase(land, needed(90), PhasingTerms())
    plain = phase(land, needed(90), PhasingTerms(), method="greedy")
    assert (best.objective, best.greedy_objective) == (1100.0, 1900.0)
    assert (plain.method, plain.objective) == ("greedy", 1900.0)
    assert plain.bound == pytest.approx(800 + 110)  # in parts: all of a1 and a tenth of a2
    assert plain.gap == pytest.approx(1 - 910 / 1900)
    assert "a1 costaría menos por lote" in best.schedule.at["a2", "reason_es"]


def test_too_little_land_is_told_by_year():
    found = phase(areas([100, 50]), needed(90, 90, 90), PhasingTerms())
    assert found.balance["shortage"].tolist() == [0, 30, 120]
    assert found.shortage == found.shortage_bound == 150


def test_means_of_a_year_open_areas_ahead_of_need():
    land = areas([100, 100, 100], cost=[1.0, 1.0, 1.0])
    found = phase(land, needed(0, 0, 300), PhasingTerms(areas_a_year=1, discount=0.1))
    assert found.schedule["opened"].to_dict() == {"a1": 1990, "a2": 1991, "a3": 1992}
    assert found.schedule.at["a1", "reason"].startswith("Opens in 1990, ahead of need")
    saved = phase(land, needed(0, 0, 300), PhasingTerms(lots_a_year=70, discount=0.1))
    assert saved.balance["supply"].tolist() == [0, 0, 200]  # of 210 that could have been laid out
    assert saved.schedule.at["a3", "reason_es"].startswith("No se abre aunque en 1992 faltan 100 lotes")


def test_readiness_and_areas_that_come_first():
    land = areas([100, 100, 10], ready=[1992, np.nan, np.nan], after=[None, "a3", None], cost=[1.0, 2.0, 3.0])
    found = phase(land, needed(50, 50, 50), PhasingTerms(discount=0.1))
    assert found.schedule["opened"].to_dict() == {"a2": 1990, "a3": 1990, "a1": 1992}
    assert "area a2 can only be opened after it" in found.schedule.at["a3", "reason"]


def test_a_price_of_shortage_lets_the_last_lots_want():
    land = areas([100, 100], cost=[1000.0, 1000.0])
    priced = phase(land, needed(105), PhasingTerms(shortage_cost=20.0))
    assert (priced.shortage, priced.objective) == (5, 1100.0)
    assert phase(land, needed(105), PhasingTerms()).objective == 2000.0
    assert priced.schedule["reason_es"].iloc[-1].startswith("No se abre: en 1990 faltan 5 lotes")


def test_distance_to_services_is_paid_for():
    land = areas([100, 100])
    pipe = gpd.GeoDataFrame(geometry=[shapely.LineString([(200, -50), (200, 200)])], crs=32719)
    terms = PhasingTerms(cost_per_lot=10.0, cost_per_m=2.0)
    found = phase(land, needed(50), terms, services=pipe)
    assert found.schedule["distance"].to_dict() == {"a2": 10.0, "a1": 110.0}
    assert found.schedule["cost"].to_dict() == {"a2": 1020.0, "a1": 1220.0}
    assert found.schedule["opened"].notna().tolist() == [True, False]


def test_without_time_the_plain_rule_stands_in():
    land = areas(list(range(40, 100)), cost=np.linspace(900.0, 400.0, 60))
    found = phase(land, needed(*[300] * 15), PhasingTerms(discount=0.07, areas_a_year=5), time_limit=1e-6)
    assert found.method == "greedy"
    assert 0 < found.gap < 0.2


def test_the_order_of_rows_is_of_no_matter_and_ids_break_ties():
    land = areas([100] * 6, cost=[500.0] * 6)
    one = phase(land, needed(150, 150, 150), PhasingTerms())
    other = phase(land.iloc[[3, 1, 5, 0, 2, 4]], needed(150, 150, 150), PhasingTerms())
    pd.testing.assert_frame_equal(one.schedule, other.schedule)
    assert one.schedule.index.tolist() == [f"a{k}" for k in range(1, 7)]
    assert one.schedule["opened"].tolist()[:5] == [1990, 1990, 1991, 1992, 1992]


# -- every order there is --------------------------------------------------------------------------

few = st.integers(0, 3)
amount = st.integers(1, 60)


@st.composite
def small(draw):
    count, years = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    each = st.lists(amount, min_size=count, max_size=count)
    pairs = [(a, b) for a in range(count) for b in range(a)]
    needs = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    return Works(
        lots=np.array(draw(each)),
        cost=np.array(draw(each), dtype=float) * 10,
        first=np.array(draw(st.lists(few, min_size=count, max_size=count))),
        needs=np.array(needs, dtype=np.int64).reshape(-1, 2),
        demand=np.cumsum(draw(st.lists(st.integers(0, 80), min_size=years, max_size=years))).astype(float),
        discount=draw(st.sampled_from([0.0, 0.1])),
        areas_a_year=draw(st.sampled_from([None, 1, 2])),
        lots_a_year=draw(st.sampled_from([None, 40.0])),
        budget=draw(st.sampled_from([None, 300.0])),
        shortage_cost=draw(st.sampled_from([None, 7.0])),
    )


def allowed(works, opened):
    told = opened != NEVER
    years = np.arange(len(works.demand))
    if (opened[told] < works.first[told]).any():
        return False
    for area, before in works.needs:
        if told[area] and not (told[before] and opened[before] <= opened[area]):
            return False
    count = np.array([(opened == y).sum() for y in years])
    if works.areas_a_year is not None and (count > works.areas_a_year).any():
        return False
    for most, each in ((works.lots_a_year, works.lots), (works.budget, works.cost)):
        upto = np.array([each[told & (opened <= y)].sum() for y in years])
        if most is not None and (upto > most * (years + 1)).any():
            return False
    return True


@given(small())
@settings(max_examples=80, deadline=None)
def test_no_order_is_better_than_the_best(works):
    choices = product([NEVER, *range(len(works.demand))], repeat=len(works.lots))
    values = [worth(works, o) for o in map(np.array, choices) if allowed(works, o)]
    priced = works.shortage_cost is not None
    least = min((0.0 if priced else short, cost) for short, cost in values)
    found = best_order(works, 10.0)
    assert allowed(works, found.opened)
    short, cost = worth(works, found.opened)
    assert (0.0 if priced else short, cost) == pytest.approx(least, abs=1e-3)
    assert found.bound == pytest.approx(least[1], abs=1e-3)
    plain = greedy_order(works)
    assert allowed(works, plain)
    # the bound of the plain rule holds for every order with no more shortage
    bound = relaxed_bound(works, plain)
    assert all(cost >= bound - 1e-3 for s, cost in values if priced or s <= worth(works, plain)[0])


# -- Ilo -------------------------------------------------------------------------------------------


def eight():
    table = io.sample("extension_areas").set_index("number")
    return table.assign(ready=[1990, 1990, 1990, 1990, 1994, 1994, 1996, 1996])


def test_ten_thousand_lots_in_seven_years():
    terms = PhasingTerms.from_norms(norms.load("pe"), lots_per_ha=30.0)
    demand = level_demand(10_000 / 7, range(1990, 1997))
    found = phase(eight(), demand, terms, services=io.sample("city"))
    assert found.balance["demand"].sum() == 10_000
    assert found.schedule["lots"].between(1_250, 1_650).all()
    assert found.shortage == 0
    assert found.gap == 0
    assert found.objective <= found.greedy_objective
    assert found.schedule["opened"].tolist()[:7] == list(range(1990, 1997))  # one area a year
    assert found.balance["cumulative_supply"].iloc[-1] - 10_000 == found.balance["surplus"].iloc[-1]


def test_scenarios_side_by_side():
    terms = PhasingTerms(lots_per_ha=30.0)
    demands = {k: level_demand(n, range(1990, 1997)) for k, n in {"low": 300, "high": 2000}.items()}
    found = compare_phasing({k: phase(eight(), d, terms) for k, d in demands.items()})
    assert found.loc["low", ("total", "shortage")] == 0
    assert found.loc["high", ("total", "first_short")] == 1992
    assert found["opened"].notna().sum(axis=1).tolist() == [2, 8]


def test_empty_areas_give_an_empty_schedule():
    found = phase(areas([]), needed(5, 5), PhasingTerms())
    assert found.schedule.empty
    assert list(found.schedule.columns) == list(phase(areas([3]), needed(5), PhasingTerms()).schedule.columns)
    assert found.balance["shortage"].tolist() == [5, 10]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"lots": ["160 lotes"]}, "lots should be numbers.*a1: '160 lotes'"),
        ({"lots": [1.5]}, "whole numbers"),
        ({"cost": [-1.0]}, "cost should be numbers"),
        ({"after": ["a9"]}, "'after' names a9"),
        ({"ready": ["NULL"]}, "ready should be numbers"),
    ],
)
def test_bad_columns_are_named(columns, told):
    with pytest.raises(SchemaError, match=told):
        phase(areas([1]).assign(**columns), needed(5), PhasingTerms())


def test_bad_terms_are_told():
    with pytest.raises(RuleError, match="lots_per_ha"):
        phase(areas([1]).drop(columns="lots"), needed(5), PhasingTerms())
    with pytest.raises(RuleError, match="milp or greedy"):
        phase(areas([1]), needed(5), PhasingTerms(), method="best")
    with pytest.raises(RuleError, match="budget is -5"):
        PhasingTerms(budget=-5)
