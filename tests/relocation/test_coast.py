"""Stretches of shoreline with numbers that can be checked by hand, on coasts of any shape."""

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from ilo_gis.errors import CRSError, RuleError
from ilo_gis.relocation import check_fronts, coast_lines, continuity, stretches

X, Y = 250_000.0, 8_047_000.0
NOBODY = pd.DataFrame({"step": []})


def layer(shapes, ids=None, **columns):
    moved = [translate(shape, X, Y) for shape in shapes]
    return gpd.GeoDataFrame(columns, index=ids or range(len(moved)), geometry=moved, crs=32719)


def straight(length=1000.0, parts=1, backward=False):
    """Return a coast that runs north, drawn in parts."""
    ends = np.linspace(0, length, parts + 1)
    lines = [shapely.LineString([(0, a), (0, b)]) for a, b in itertools.pairwise(ends)]
    return layer([shapely.reverse(line) for line in lines[::-1]] if backward else lines)


def yard(low, high, near=0.0, far=40.0):
    return shapely.box(near, low, far, high)


def four():
    """Return two neighbours, one behind another's back, and one alone."""
    shapes = [yard(100, 200), yard(200, 250), yard(220, 300, 20, 45), yard(600, 700)]
    return layer(shapes, list("abcd"))


def steps(**told):
    return pd.DataFrame({"step": list(told.values())}, index=list(told))


def told(table):
    return [
        tuple(row)
        for row in table[["from_m", "to_m", "state", "occupants", "critical"]].to_numpy(dtype=object)
    ]


def test_stretches_begin_and_end_where_land_does():
    table = stretches(straight(), four(), steps(a="cleared", d="moved"))
    assert told(table) == [
        (0, 100, "open", "", ""),
        (100, 200, "freed", "", ""),
        (200, 220, "occupied", "b", "b"),
        (220, 250, "occupied", "b;c", ""),
        (250, 300, "occupied", "c", "c"),
        (300, 600, "open", "", ""),
        (600, 700, "occupied", "d", "d"),
        (700, 1000, "open", "", ""),
    ]
    assert table.loc["T2", "gone"] == "a"
    assert shapely.length(table.geometry.array).sum() == pytest.approx(1000, abs=1e-6)


def test_what_is_incorporated_or_has_a_promenade_is_open():
    pieces = layer([yard(100, 150)], ["P"], end=[pd.Timestamp("1995-01-01")])
    free = steps(a="cleared", b="incorporated", c="incorporated", d="cleared")
    days = [pd.Timestamp("1994-12-31").date(), pd.Timestamp("1995-01-01").date()]
    before, after = (stretches(straight(), four(), free, pieces, on=day) for day in days)
    assert before.loc[before["state"] == "freed", "length"].sum() == 200
    assert after.loc[after["state"] == "freed", "length"].sum() == 150
    assert after.loc[after["pieces"] == "P", ["from_m", "to_m", "state"]].to_numpy(dtype=object).tolist() == [
        [100, 150, "open"]
    ]


@pytest.mark.parametrize(
    "coast", [straight(backward=True), straight(parts=3), straight(parts=4, backward=True)]
)
def test_the_way_a_coast_is_drawn_makes_no_difference(coast):
    assert told(stretches(coast, four(), NOBODY)) == told(stretches(straight(), four(), NOBODY))


def test_between_two_points_distances_begin_at_the_first():
    south, north = shapely.Point(X + 9, Y + 150), shapely.Point(X - 5, Y + 650)
    up = stretches(straight(), four(), NOBODY, between=(south, north))
    down = stretches(straight(), four(), NOBODY, between=(north, south))
    assert up["length"].sum() == down["length"].sum() == 500
    assert told(up)[0] == (0, 50, "occupied", "a", "a")
    assert told(down)[0] == (0, 50, "occupied", "d", "d")
    assert shapely.equals(down.geometry.iloc[0].boundary.geoms[0], shapely.Point(X, Y + 650))
    with pytest.raises(RuleError, match="one place"):
        coast_lines(straight(), (south, south))
    two = layer([shapely.LineString([(0, 0), (0, 300)]), shapely.LineString([(0, 400), (0, 900)])])
    with pytest.raises(RuleError, match="two lines"):
        coast_lines(two, (south, north))


def test_who_is_critical_and_what_gaps_join():
    found = continuity(stretches(straight(), four(), NOBODY))
    assert found.runs[["from_m", "to_m", "open", "occupants"]].to_numpy(dtype=object).tolist() == [
        [0, 100, True, ""],
        [100, 300, False, "a;b;c"],
        [300, 600, True, ""],
        [600, 700, False, "d"],
        [700, 1000, True, ""],
    ]
    assert found.runs["joins"].dropna().tolist() == [600, 700]
    assert (found.coast, found.open, found.occupied, found.freed, found.longest) == (1000, 700, 300, 0, 300)
    assert (found.critical, found.joined) == (("d",), 700)


def test_ties_are_stated_and_two_who_hold_a_stretch_are_not_critical():
    twins = layer([yard(200, 300), yard(700, 800)], ["a", "b"])
    assert continuity(stretches(straight(), twins, NOBODY)).critical == ("a", "b")
    both = layer([yard(400, 500), yard(400, 500, 10, 30)], ["a", "b"])
    found = continuity(stretches(straight(), both, NOBODY))
    assert (found.critical, found.joined, found.longest) == ((), 500, 500)


def test_leaving_frees_all_land_of_an_occupant_at_once():
    land = shapely.union_all([yard(200, 300), yard(200, 700, 30, 31), yard(600, 700)])
    two = layer([shapely.MultiPolygon([yard(200, 300), yard(600, 700)]), yard(300, 400)], ["a", "b"])
    assert continuity(stretches(straight(), layer([land], ["a"]), NOBODY)).joined == 1000
    assert continuity(stretches(straight(), two, NOBODY)).critical == ("a",)


def test_an_island_has_no_ends():
    square = layer([shapely.box(0, 0, 100, 100).exterior])
    two = layer([shapely.box(-10, -10, 10, 10), shapely.box(70, 100, 90, 110)], ["corner", "north"])
    table = stretches(square, two, NOBODY, reach=15)
    assert table["length"].sum() == 400
    assert table.loc[table["critical"] == "corner", "length"].sum() == pytest.approx(20)
    found = continuity(table)
    assert found.runs["length"].tolist() == pytest.approx([200, 20, 160, 20])
    assert found.runs["joins"].dropna().tolist() == pytest.approx([380, 380])
    assert (found.critical, found.joined) == (("corner", "north"), pytest.approx(380))
    alone = continuity(stretches(square, two.iloc[:1], NOBODY, reach=15))
    assert (alone.critical, alone.joined) == (("corner",), 400)
    assert continuity(stretches(square, two.iloc[:0], NOBODY)).longest == 400


def test_two_coasts_never_make_one_walk():
    coasts = layer([shapely.LineString([(0, 0), (0, 300)]), shapely.LineString([(0, 310), (0, 700)])])
    found = continuity(stretches(coasts, layer([yard(0, 20)], ["a"]), NOBODY))
    assert found.runs[["line", "from_m", "to_m", "open"]].to_numpy(dtype=object).tolist() == [
        [1, 0, 20, False],
        [1, 20, 300, True],
        [2, 0, 390, True],
    ]
    assert (found.longest, found.critical) == (390, ())


def test_land_behind_or_beyond_the_coast_is_told():
    land = layer([yard(0, 50), yard(0, 50, 60, 90), yard(1010, 1030, 5, 10)], ["front", "behind", "beyond"])
    found = check_fronts(land, straight())
    assert found["feature"].tolist() == ["behind", "beyond"]
    assert found["found"].tolist() == pytest.approx([60, np.hypot(5, 10)])
    assert set(found["severity"]) == {"warning"}
    assert "60 m de la costa" in found["message_es"].iloc[0]


def test_bad_layers_are_refused():
    with pytest.raises(CRSError, match="set_crs"):
        stretches(straight().set_crs(None, allow_override=True), four(), NOBODY)
    with pytest.raises(CRSError, match="occupants"):
        stretches(straight(), four().to_crs(32718), NOBODY)
    with pytest.raises(RuleError, match="reach"):
        stretches(straight(), four(), NOBODY, reach=0)
    assert stretches(straight().iloc[:0], four(), NOBODY).empty
    assert continuity(stretches(straight().iloc[:0], four(), NOBODY)).coast == 0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 950), st.floats(1, 300), st.booleans()), min_size=1, max_size=8),
    st.lists(st.floats(-40, 40), min_size=4, max_size=4),
)
def test_lengths_add_up_and_critical_is_what_trying_each_gives(yards, bends):
    line = shapely.LineString([(bend, 250.0 * k) for k, bend in enumerate([0, *bends])])
    coast = layer([line])
    land = layer([yard(a, a + b, -60, 60) for a, b, _ in yards], [f"o{k}" for k in range(len(yards))])
    left = steps(**{f"o{k}": "cleared" for k, (_, _, gone) in enumerate(yards) if gone})
    table = stretches(coast, land, left, reach=200)
    assert table["length"].sum() == pytest.approx(line.length, abs=1e-6)
    found = continuity(table)
    assert found.runs["length"].sum() == pytest.approx(line.length, abs=1e-6)
    assert found.open + found.occupied == pytest.approx(found.coast)
    tried = {}
    for name in land.index.difference(left.index):
        without = continuity(stretches(coast, land, pd.concat([left, steps(**{name: "cleared"})]), reach=200))
        tried[name] = without.longest
    best = max([*tried.values(), found.longest])
    assert found.joined == pytest.approx(best, abs=1e-5)
    if best > found.longest + 1e-3:
        assert set(found.critical) == {name for name, length in tried.items() if length > best - 1e-6}
    shuffled = stretches(coast, land.sample(frac=1, random_state=3), left, reach=200)
    assert shuffled.equals(table)
