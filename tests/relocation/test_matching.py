"""Who goes where: by hand, and against all permutations."""

from dataclasses import replace
from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from ilo_gis.errors import ReadError, RuleError
from ilo_gis.relocation import Need, Needs, adjoining_lots, household_count, match, sites_on_lots, usual_needs
from ilo_gis.relocation.assignment import NOWHERE, Problem, first_of_the_best, is_one_to_one, solve, worth

WEIGHTS = {"work": 1.0, "shore": 2.0, "together": 1.0, "area": 0.1, "unknown": 5.0}
GROUP = Need(uses=("housing",), area_per_household=100.0, work=True, together=True)
SHOP = Need(area_share=1.0, work=True)
ON_LOTS = replace(GROUP, on_lots=True)
NEEDS_ON_LOTS = Needs({"households": ON_LOTS, "business": SHOP}, weights=WEIGHTS)
NEEDS = Needs({"households": GROUP, "business": SHOP}, weights=WEIGHTS)


def square(x, size=100.0, y=0.0):
    """Return a square of so many m2 whose corner lies at x km."""
    side = size**0.5
    return shapely.box(1000 * x, y, 1000 * x + side, y + side)


def occupants(**rows):
    """Return occupants by (kind, area, x km, count)."""
    kinds, areas, x, count = zip(*rows.values(), strict=True)
    table = {"name": list(rows), "kind": kinds, "area": areas, "count": pd.array(count, "Int64")}
    index = pd.Index(list(rows), name="occupant_id", dtype=object)
    shapes = [square(at, area) for at, area in zip(x, areas, strict=True)]
    return gpd.GeoDataFrame(table | {"count_of": "unclear"}, geometry=shapes, index=index, crs=32719)


def sites(**rows):
    """Return sites by (area, x km or None, capacity, uses)."""
    area, x, room, uses = zip(*rows.values(), strict=True)
    table = {"kind": "elsewhere", "area": area, "capacity": pd.array(room, "Int64"), "uses": uses}
    index = pd.Index(list(rows), name="receiving_id", dtype=object)
    shapes = [None if at is None else square(at, 100.0) for at in x]
    return gpd.GeoDataFrame(table, geometry=shapes, index=index, crs=32719)


def test_each_part_of_the_cost_by_hand():
    found = match(occupants(shop=("business", 100.0, 0, None)), sites(s=(3100.0, 2.01, None, None)), NEEDS)
    row = found.matches.loc["shop"]
    assert row["cost_work"] == pytest.approx(2.0)  # 10 m is the side of the shop, 2,010 m the place
    assert row["cost_area"] == pytest.approx(0.3)  # 3,000 m2 more than needed
    assert (row["cost_shore"], row["cost_unknown"], row["cost_together"]) == (0, 0, 0)
    assert found.objective == row["cost"] == pytest.approx(2.3)
    assert np.isnan(found.second_best)
    assert "3,100 m2 of land for 100 needed" in row["reason"]
    assert "sin este lugar alguien queda sin destino" in row["reason_es"]


def test_unknown_area_and_place_cost_and_are_told():
    found = match(occupants(shop=("business", 100.0, 0, None)), sites(s=(np.nan, None, None, None)), NEEDS)
    assert found.matches.at["shop", "cost_unknown"] == 10.0
    assert "its land is not known" in found.matches.at["shop", "reason"]


def test_the_next_best_is_told_with_what_it_costs_in_all():
    shops = occupants(a=("business", 100.0, 0, None), b=("business", 100.0, 5, None))
    found = match(shops, sites(near=(100.0, 4, None, None), far=(100.0, 9, None, None)), NEEDS)
    assert found.matches["receiving_id"].to_dict() == {"a": "near", "b": "far"}
    assert found.matches["next_id"].to_dict() == {"a": "far", "b": "near"}
    assert found.second_best == pytest.approx(2.0)  # 8.99 + 0.99 against 3.99 + 3.99
    assert found.matches["next_cost"].tolist() == pytest.approx([2.0, 2.0])
    assert "segunda opción far, con 2 más en total" in found.matches.at["a", "reason_es"]


def test_ties_go_by_id_whatever_the_order_of_the_rows():
    shops = occupants(a=("business", 100.0, 0, None), b=("business", 100.0, 0, None))
    places = sites(**dict.fromkeys(("y", "x", "z"), (100.0, 1, None, None)))
    found = match(shops, places, NEEDS)
    assert found.matches["receiving_id"].to_dict() == {"a": "x", "b": "y"}
    assert found.second_best == 0.0
    assert "would cost the same; the first by id" in found.matches.at["a", "reason"]
    again = match(shops.iloc[::-1], places.sample(frac=1, random_state=2), NEEDS)
    assert_frame_equal(found.matches, again.matches)


def test_both_readings_of_the_sixty_residents():
    picuda = occupants(la_picuda=("households", 4000.0, 0, 60))
    assert household_count(picuda, "persons").tolist() == [12]
    small, large = (1200.0, 5, 12, "housing"), (6000.0, 6, 60, "housing")
    as_persons = match(picuda, sites(small=small, large=large), NEEDS, reading="persons")
    assert as_persons.matches[["receiving_id", "households"]].to_numpy().tolist() == [["small", 12]]
    as_households = match(picuda, sites(small=small, large=large), NEEDS)
    assert as_households.matches[["receiving_id", "households"]].to_numpy().tolist() == [["large", 60]]
    none = match(picuda, sites(small=small), NEEDS)
    (told,) = none.unmatched.to_dict("records")
    assert (told["feature"], told["rule"], told["required"], told["found"]) == (
        "la_picuda",
        "match.room",
        60,
        12,
    )
    assert none.matches.empty


def test_a_group_goes_whole_to_adjoining_lots_and_no_lot_is_used_twice():
    shapes = [shapely.box(5000 + 10 * k, 0, 5010 + 10 * k, 20) for k in range(14)]
    index = pd.Index([f"K-{k + 1}" for k in range(14)], name="lot_id", dtype=object)
    table = {"block_id": ["K"] * 8 + ["L"] * 6, "number": range(1, 15), "kind": "lot"}
    lots = gpd.GeoDataFrame(table, geometry=shapes, index=index, crs=32719)
    groups = adjoining_lots(lots, 7, across=0.1, uses="housing")
    assert groups["lots"].str.count(";").tolist() == [6, 6]
    two = occupants(p=("households", 100.0, 0, 7), q=("households", 100.0, 9, 6))
    found = match(two, groups, NEEDS)
    assert found.method == "milp"  # the two groups of lots have K-8 in common: one household group only
    assert len(found.matches) == 1
    assert found.unmatched["rule"].tolist() == ["match.full"]
    more = pd.concat(
        [groups, adjoining_lots(lots, 6, taken=[f"K-{k + 1}" for k in range(8)], uses="housing")]
    )
    found = match(two, more, NEEDS)
    used = ";".join(found.matches["lots"]).split(";")
    assert len(used) == len(set(used)) == 13
    assert found.matches["receiving_id"].to_dict() == {"p": "K-1/7", "q": "K-9/6"}


def test_a_site_takes_as_many_groups_as_it_holds():
    groups = occupants(**{k: ("households", 100.0, 0, n) for k, n in zip("abc", (4, 5, 6), strict=True)})
    places = sites(near=(1000.0, 1, 10, "housing"), far=(2000.0, 3, 10, "housing"))
    found = match(groups, places, replace(NEEDS, kinds={"households": replace(GROUP, together=False)}))
    near = found.matches.index[found.matches["receiving_id"] == "near"]
    assert found.matches.loc[near, "households"].sum() <= 10
    assert list(near) == ["a", "c"]  # so could a and b: ties go by id, and b has its first site, far
    assert found.second_best == 0.0


def test_neighbours_go_together_even_if_each_alone_would_not():
    one = occupants(a=("households", 100.0, 0, 1), b=("households", 100.0, 0.05, 1))
    places = sites(
        p=(100.0, 1.0, 1, None), q=(100.0, -2.2, 1, None), r=(100.0, 2.4, 1, None)
    )  # p and q lie nearest, on both sides
    apart = match(one, places, replace(NEEDS, kinds={"households": replace(GROUP, together=False)}))
    assert set(apart.matches["receiving_id"]) == {"p", "q"}
    found = match(one, places, NEEDS)
    assert set(found.matches["receiving_id"]) == {"p", "r"}
    assert found.matches["cost_together"].sum() == pytest.approx(1.39)


def test_the_shore_draws_who_needs_it():
    boats = replace(NEEDS, kinds={"business": Need(shore=True)})
    coast = gpd.GeoDataFrame(geometry=[shapely.LineString([(-3000, -9000), (-3000, 9000)])], crs=32719)
    yard = occupants(yard=("business", 100.0, 9, None))
    places = sites(inland=(500.0, 8, None, None), coast=(500.0, -2, None, None))
    found = match(yard, places, boats, shore=coast)
    assert found.matches.at["yard", "receiving_id"] == "coast"
    assert found.matches.at["yard", "cost_shore"] == pytest.approx(2.0)
    with pytest.raises(RuleError, match="shore="):
        match(yard, places, boats)
    near = replace(NEEDS, kinds={"business": Need(shore_within=900.0)})
    told = match(yard, places, near, shore=coast).unmatched.iloc[0]
    assert (told["rule"], told["required"], round(told["found"])) == ("match.shore", 900, 1000)


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ((100.0, 1, 5, "office;workshop"), "match.use"),
        ((100.0, 1, None, "housing"), "match.room"),
        ((100.0, 1, -3, "housing"), "match.room"),
        ((199.0, 1, 5, "housing"), "match.area"),
    ],
)
def test_what_is_missing_is_named(place, rule):
    found = match(occupants(p=("households", 50.0, 0, 2)), sites(s=place), NEEDS)
    told = found.unmatched[["feature", "rule", "severity"]].to_numpy().tolist()
    assert told == [["p", rule, "error"]] + ([["s", "receiving.capacity", "error"]] if place[2] == -3 else [])


def test_allotted_sites_are_for_whom_they_are_told():
    shops = occupants(a=("business", 100.0, 0, None), b=("business", 100.0, 0, None))
    shops["receiving_id"] = [None, "s"]
    found = match(shops, sites(s=(100.0, 1, None, None)).assign(status="allotted"), NEEDS)
    assert found.matches["receiving_id"].to_dict() == {"b": "s"}
    assert found.unmatched["rule"].tolist() == ["match.free"]


def test_what_was_told_stands_unless_it_is_looked_for_afresh():
    shops = occupants(a=("business", 100.0, 0, None), b=("business", 100.0, 5, None))
    shops["receiving_id"] = ["far", None]
    places = sites(near=(100.0, 1, None, None), far=(100.0, 9, None, None))
    found = match(shops, places, NEEDS)
    assert found.matches["receiving_id"].to_dict() == {"a": "far", "b": "near"}
    assert found.matches.at["a", "reason"].startswith("As told")
    assert match(shops, places, NEEDS, afresh=True).matches["receiving_id"].to_dict() == {
        "a": "near",
        "b": "far",
    }


def test_lots_of_a_plan_for_who_may_go_there():
    shapes = [shapely.box(5000 + 10 * k, 0, 5010 + 10 * k, 20) for k in range(9)]
    index = pd.Index([f"K-{k + 1}" for k in range(9)], name="lot_id", dtype=object)
    lots = gpd.GeoDataFrame({"block_id": "K", "kind": "lot"}, geometry=shapes, index=index, crs=32719)
    all_of_them = occupants(
        a=("households", 4000.0, 0, 20), b=("business", 500.0, 0, None), c=("households", 50.0, 0, None)
    )
    found = sites_on_lots(all_of_them, lots, NEEDS_ON_LOTS, reading="persons", taken=["K-1"])
    assert found["lots"].str.count(";").add(1).to_dict() == {"K-2/4": 4, "K-2/1": 1}  # 20 persons, unknown: 1
    assert set(found["uses"]) == {"housing"}
    assert sites_on_lots(all_of_them.iloc[1:2], lots, NEEDS_ON_LOTS).empty


def test_households_go_before_others():
    both = occupants(a=("business", 100.0, 1, None), z=("households", 100.0, 9, 1))
    found = match(both, sites(s=(100.0, 1, 1, None)), NEEDS)
    assert found.matches["receiving_id"].to_dict() == {"z": "s"}


def test_nobody_and_nowhere():
    none = occupants(a=("business", 100.0, 1, None))
    assert match(none.iloc[:0], sites(s=(1.0, 1, 1, None)), NEEDS).matches.empty
    found = match(none, sites(s=(1.0, 1, 1, None)).iloc[:0], NEEDS)
    assert found.unmatched["rule"].tolist() == ["match.free"]


def test_needs_are_data(tmp_path):
    needs = usual_needs()
    assert needs.status == "illustrative"
    assert needs.source
    own = tmp_path / "needs.toml"
    own.write_text("[kinds.business]\nshare = 1\n")
    with pytest.raises(ReadError, match="share"):
        usual_needs(own)
    with pytest.raises(RuleError, match="no needs of households"):
        match(occupants(p=("households", 1.0, 0, 1)), sites(s=(1.0, 1, 1, None)), Needs({"business": SHOP}))


def brute(problem):
    """Return the least cost over every way to place everybody, and the first way at that cost."""
    count, width = problem.cost.shape
    best, first = np.inf, None
    for way in product([*range(width), NOWHERE], repeat=count):
        places = np.array(way)
        who = np.flatnonzero(places != NOWHERE)
        if not np.isfinite(problem.cost[who, places[who]]).all():
            continue
        took = np.zeros_like(problem.room)
        for k in range(len(took)):
            np.add.at(took[k], places[who], problem.load[k, who, places[who]])
        used = np.isin(np.arange(width), places)
        if (took > problem.room).any() or (problem.lots & used).sum(axis=1).max(initial=0) > 1:
            continue
        value = worth(problem, places)
        if value < best - 1e-9:
            best, first = value, places
    return best, first


@st.composite
def problems(draw, one_to_one):
    count, width = draw(st.integers(1, 6 if one_to_one else 4)), draw(st.integers(1, 4))
    whole = st.integers(0, 6).map(float)
    cost = np.array(draw(st.lists(whole | st.just(np.inf), min_size=count * width, max_size=count * width)))
    load, room, lots, pairs = np.ones((1, count, width)), np.ones((1, width)), [], []
    if not one_to_one:
        size = draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
        load = np.repeat(np.array(size, dtype=float)[:, None], width, axis=1)[None]
        room = np.array([draw(st.lists(st.integers(1, 6).map(float), min_size=width, max_size=width))])
        cost = np.where((load[0] > room[0]).ravel(), np.inf, cost)
        lots = draw(st.lists(st.lists(st.booleans(), min_size=width, max_size=width), max_size=2))
        pairs = [[0, count - 1]] if count > 1 and draw(st.booleans()) else []
    steps = np.array(draw(st.lists(st.integers(0, 5), min_size=width, max_size=width)), dtype=float)
    return Problem(
        cost=cost.reshape(count, width),
        without=np.full(count, 100.0),
        load=load,
        room=room,
        lots=np.array(lots, dtype=bool).reshape(-1, width),
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        apart=np.abs(steps[:, None] - steps),
        must=np.zeros(count, dtype=bool),
    )


@settings(max_examples=40, deadline=None)
@given(problems(one_to_one=True))
def test_one_to_one_is_the_best_of_all_permutations_and_ties_go_by_order(problem):
    assert is_one_to_one(problem)
    best, first = brute(problem)
    assert worth(problem, solve(problem)) == pytest.approx(best)
    assert first_of_the_best(problem).tolist() == first.tolist()


@settings(max_examples=40, deadline=None)
@given(problems(one_to_one=False))
def test_several_in_a_site_are_the_best_of_all_ways_and_ties_go_by_order(problem):
    best, first = brute(problem)
    assert worth(problem, solve(problem)) == pytest.approx(best)
    assert first_of_the_best(problem).tolist() == first.tolist()
