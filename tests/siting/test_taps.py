"""Public taps: as few as can be, then the shortest walk; small cases against brute force."""

from itertools import combinations, product

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import norms, siting
from ilo_gis.errors import CRSError, RuleError, SchemaError
from ilo_gis.siting.tap_model import best_taps
from ilo_gis.siting.tap_reach import Reach, total
from ilo_gis.siting.tap_search import search

X, Y = 254_000.0, 8_047_000.0


def terms(**given):
    return siting.TapTerms.from_norms(norms.load("pe"), **given)


def town(columns, rows, lots=10, x=X, y=Y):
    """Return blocks of two rows of lots, 8 m by 20 m, with streets 12 m wide around them."""
    wide, high = 8.0 * lots + 12, 52.0
    a, b, k, row = (v.ravel() for v in np.meshgrid(*map(np.arange, (columns, rows, lots, 2)), indexing="ij"))
    left, low = x + a * wide + 6 + 8 * k, y + b * high + 6 + 20 * row
    ids = [f"{p}.{q}-{r}" for p, q, r in zip(a, b, 2 * k + row, strict=True)]
    land = gpd.GeoDataFrame(
        {"block_id": [one.split("-")[0] for one in ids]},
        index=pd.Index(ids, name="lot_id"),
        geometry=shapely.box(left, low, left + 8, low + 20),
        crs=32719,
    )
    lines = [[(x + c * wide, y), (x + c * wide, y + rows * high)] for c in range(columns + 1)]
    lines += [[(x, y + r * high), (x + columns * wide, y + r * high)] for r in range(rows + 1)]
    return land, gpd.GeoDataFrame(geometry=shapely.linestrings(lines), crs=32719)


@pytest.mark.parametrize(("households", "least"), [(1000, 10), (600, 6), (550, 6)])
def test_one_tap_for_each_hundred_households_and_no_more(households, least):
    lots, streets = town(5, 10)
    found = siting.taps(lots.iloc[:households], streets, terms())
    assert len(found.taps) == found.bound == least
    assert found.gap == 0
    assert found.taps["households"].max() <= 100
    assert found.taps["households"].sum() == households
    assert found.lots.index.equals(lots.index[:households].sort_values())
    by_tap = found.lots.groupby("tap_id")["walk"]
    assert np.allclose(by_tap.max().loc[found.taps.index], found.taps["max_walk"])
    assert found.walk_bound <= found.walk == pytest.approx(found.lots["walk"].sum())
    assert found.walk_gap < 0.25


def test_taps_stand_in_the_middle_of_a_face_and_on_the_street():
    lots, streets = town(1, 1)
    found = siting.taps(lots, streets, terms(capacity=10))
    assert shapely.get_coordinates(found.taps.geometry).round(6).tolist() == [
        [X + 46, Y + 5.5],
        [X + 46, Y + 46.5],
    ]  # 0.5 m before the lot line
    corner = 16 + 46  # a corner lot fronts its long side: 16 m to the crossing
    assert found.walk == pytest.approx(2 * 2 * (4 + 12 + 20 + 28 + corner))
    assert found.walk_gap == 0
    assert not shapely.intersects(lots.union_all(), found.taps.geometry.to_numpy()).any()


def test_sphere_says_that_flow_fails_and_distance_passes():
    lots, streets = town(2, 5, 10)
    found = siting.taps(lots.iloc[:100], streets, terms()).findings.set_index("rule")
    assert found[["required", "found"]].loc["taps.sphere_persons"].tolist() == [250, 500]
    assert found[["required", "found"]].loc["taps.sphere_flow"].tolist() == [7500, 3600]
    assert found.at["taps.sphere_near", "severity"] == "info"
    assert "16.7 h" in found.at["taps.sphere_flow", "message_es"]


def test_streets_apart_have_taps_of_their_own_and_far_lots_are_named():
    here, streets = town(1, 1)
    there, others = town(1, 1, x=X + 5000)
    there.index = "Z" + there.index
    both = pd.concat([here, there])
    found = siting.taps(both, pd.concat([streets, others], ignore_index=True), terms())
    assert len(found.taps) == found.bound == 2
    assert "taps.parts" in set(found.findings["rule"])
    near = siting.taps(here, streets, terms(max_walk=21.0))
    assert len(near.lots) == 16  # two lots at each end of the long faces are 28 m away
    assert near.taps["max_walk"].max() == pytest.approx(20)
    nowhere = siting.taps(here, streets, terms(max_walk=15.0))
    lost = nowhere.findings[nowhere.findings["rule"] == "taps.no_site"]
    assert set(lost["feature"]) == set(here.index) - set(nowhere.lots.index) != set()
    assert (lost["severity"] == "error").all()


def test_households_of_a_column_and_of_crowded_lots():
    lots, streets = town(1, 1)
    homes = np.where(np.arange(20) == 3, 12, 1)
    found = siting.taps(lots.assign(homes=homes), streets, terms(capacity=10), households="homes")
    told = found.findings[found.findings["rule"] == "taps.crowded_lot"]
    assert told["feature"].tolist() == [lots.index[3]]
    assert len(found.lots) == 19
    dense = siting.taps(lots.assign(homes=5), streets, terms(capacity=10), households="homes")
    assert len(dense.taps) == dense.bound == 10  # several on one face


def test_taps_before_a_reserve():
    lots, streets = town(1, 1)
    some = lots.loc[["0.0-2", "0.0-4", "0.0-16"]]  # at 18, 26 and 74 m; the middle of the face is at 46
    park = gpd.GeoDataFrame(geometry=[shapely.box(X + 20, Y - 40, X + 32, Y - 6)], crs=32719)
    assert siting.taps(some, streets, terms()).walk == pytest.approx(28 + 20 + 28)
    found = siting.taps(some, streets, terms(), reserves=park)
    assert found.taps["on"].tolist() == ["reserve"]
    assert found.walk == pytest.approx(8 + 0 + 48)


def test_the_order_of_rows_does_not_matter():
    lots, streets = town(3, 4)
    one = siting.taps(lots, streets, terms(capacity=30))
    other = siting.taps(lots.sample(frac=1, random_state=3), streets.iloc[::-1], terms(capacity=30))
    pd.testing.assert_frame_equal(one.lots, other.lots)
    assert one.walk == other.walk
    assert one.taps.geometry.geom_equals(other.taps.geometry).all()


def test_bad_input_is_refused():
    lots, streets = town(1, 1)
    with pytest.raises(SchemaError, match=r"0\.0-1"):
        siting.taps(lots.assign(homes=[1, -1, *[1] * 18]), streets, terms(), households="homes")
    with pytest.raises(SchemaError, match="no column"):
        siting.taps(lots, streets, terms(), households="homes")
    with pytest.raises(RuleError, match="streets"):
        siting.taps(lots, streets.iloc[:0], terms())
    with pytest.raises(CRSError):
        siting.taps(lots, streets.to_crs(4326), terms())
    nothing = siting.taps(lots.iloc[:0], streets, terms())
    assert len(nothing.taps) == len(nothing.lots) == 0
    assert nothing.findings.empty


@st.composite
def problems(draw):
    """Return few lots and sites with the ways between them."""
    lots, sites = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    whole = st.integers(0, 60)
    xy = np.array(draw(st.lists(st.tuples(whole, whole), min_size=lots, max_size=lots)), dtype=float)
    at = np.array(draw(st.lists(st.tuples(whole, whole), min_size=sites, max_size=sites)), dtype=float)
    walk, limit = np.abs(xy[:, None] - at).sum(axis=2), draw(st.sampled_from([45, 200]))
    capacity = draw(st.integers(2, 4))
    load = np.array(draw(st.lists(st.integers(1, 2), min_size=lots, max_size=lots)))
    site, lot = np.nonzero((walk <= limit).T)
    first = np.concatenate([[0], np.cumsum(np.bincount(site, minlength=sites))])
    return Reach(first, lot, walk[lot, site], load, capacity), np.where(walk <= limit, walk, np.inf), xy


def brute(reach, walk):
    """Return the fewest taps and the shortest walk by trying everything; None if nothing will do."""
    lots, sites = walk.shape
    for count in range(1, sites + 1):
        costs = [
            reach.households @ walk[np.arange(lots), list(to)]
            for some in combinations(range(sites), count)
            for to in product(some, repeat=lots)
            if np.bincount(to, reach.households).max() <= reach.capacity
        ]
        if costs and np.isfinite(min(costs)):
            return count, min(costs)
    return None


@settings(max_examples=40, deadline=None)
@given(problems())
def test_number_and_walk_are_the_best_there_are(problem):
    reach, walk, xy = problem
    best, found = brute(reach, walk), best_taps(reach)
    if best is None:
        assert found is None
        return
    assert len(found.sites) == found.bound == best[0]
    assert total(reach, found.sites, found.tap) == pytest.approx(best[1]) == found.walk_bound
    fast = search(reach, xy)  # of large parts: never fewer than its bound, never below its bound of the walk
    assert fast.bound <= best[0]
    if len(fast.sites) == best[0] and (fast.tap >= 0).all():
        assert fast.walk_bound <= best[1] + 1e-3 <= total(reach, fast.sites, fast.tap) + 2e-3
