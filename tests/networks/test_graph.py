"""Streets as a graph, and the tree along them that passes in front of every lot."""

import itertools

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import CRSError, GeometryError, RuleError
from ilo_gis.geometry.steiner import grown_tree, shortened, tree_bound
from ilo_gis.networks.graph import street_graph
from ilo_gis.networks.layout import laid
from ilo_gis.networks.stages import building_order

CRS = 32719


def streets(*ways):
    return gpd.GeoDataFrame(geometry=[shapely.LineString(way) for way in ways], crs=CRS)


def lots(**places):
    """Return lots 8 x 20 m whose fronts lie 6 m above points of a street that runs east."""
    land = [shapely.box(x - 4, y + 6, x + 4, y + 26) for x, y in places.values()]
    return gpd.GeoDataFrame(geometry=land, index=list(places), crs=CRS)


def test_dirty_streets_hang_together():
    """A gap of 1 m, an overshoot of 1 m, a crossing without a node, a speck."""
    ways = streets(
        [(0, 0), (200, 0)], [(100, 1), (100, 90)], [(150, -1), (150, 90)], [(90, 50), (160, 50)], [(9, 9)] * 2
    )
    graph = street_graph(ways, lots(a=(20, 0)), (0, 0), spacing=500)
    assert len(graph.lines) == 10  # the stub of 1 m below the first street is gone
    assert shapely.length(graph.lines).sum() == pytest.approx(200 + 90 + 90 + 70)


def test_corner_lot_joins_the_street_that_more_lots_front():
    ways = streets([(0, 0), (100, 0)], [(0, 0), (0, 60)])
    corner = shapely.box(5, 6, 13, 26)  # 5 m from the street to the north, 6 m from its neighbours' street
    row = [shapely.box(13 + 8 * k, 6, 21 + 8 * k, 26) for k in range(3)]
    table = gpd.GeoDataFrame(geometry=[corner, *row], index=["A-1", "A-2", "A-3", "A-4"], crs=CRS)
    graph = street_graph(ways, table, (100, 0), spacing=500)
    assert len(set(graph.piece)) == 1
    assert graph.at.tolist() == [9, 17, 25, 33]


def test_pieces_are_equal_and_no_longer_than_asked():
    graph = street_graph(streets([(0, 0), (205, 0)]), lots(a=(150, 0)), (0, 0), spacing=80)
    assert shapely.length(graph.lines) == pytest.approx([205 / 3] * 3)
    assert graph.at.tolist() == pytest.approx([150 - 2 * 205 / 3])


def test_source_beside_a_street_is_joined_in_a_straight_line():
    tree = laid(street_graph(streets([(0, 0), (100, 0)]), lots(a=(90, 0)), (40, 30), spacing=500))
    assert sorted(tree.length) == [30, 50]  # to the street, and on to the lot


def test_a_ring_of_lots_is_cut_open():
    """Four streets round a square with lots on all: the tree leaves no lot, and closes no ring."""
    ring = [(0, 0), (100, 0), (100, 100), (0, 100)]
    ways = streets(*([a, b] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))
    land = [shapely.box(40, 6, 48, 26), shapely.box(74, 40, 94, 48), shapely.box(40, 74, 48, 94)]
    table = gpd.GeoDataFrame(geometry=[*land, shapely.box(6, 40, 26, 48)], index=list("abcd"), crs=CRS)
    tree = laid(street_graph(ways, table, (0, 0), spacing=500))
    assert len(tree.xy) == len(tree.lines) + 1
    assert sorted(tree.pipe) == sorted(set(tree.pipe))
    # to the far lots from either side: 100 + 44 (or 56) each way
    assert tree.length.sum() == pytest.approx(100 + 44 + 100 + 44)
    assert tree.length.sum() >= tree.bound


def test_lots_cut_off_and_lots_without_a_street_are_named():
    ways = streets([(0, 0), (100, 0)], [(0, 500), (100, 500)])
    graph = street_graph(ways, lots(near=(50, 0), far=(50, 500), nowhere=(50, 900)), (0, 0))
    tree = laid(graph)
    assert graph.apart.tolist() == ["nowhere"]
    assert graph.lots[tree.cut_off].tolist() == ["far"]
    assert graph.lots[tree.lot].tolist() == ["near"]


def test_bad_input_is_refused():
    ways, some = streets([(0, 0), (100, 0)]), lots(a=(50, 0))
    with pytest.raises(RuleError, match="no place"):
        street_graph(ways, some, "here")
    with pytest.raises(RuleError, match="no streets"):
        street_graph(ways.iloc[:0], some, (0, 0))
    with pytest.raises(RuleError, match="spacing"):
        street_graph(ways, some, (0, 0), spacing=0)
    with pytest.raises(CRSError, match="set_crs"):
        street_graph(ways.set_crs(None, allow_override=True), some, (0, 0))
    with pytest.raises(GeometryError, match="a:"):
        street_graph(ways, some.set_geometry([shapely.Point(0, 0)], crs=CRS), (0, 0))


def best_tree(ends, length, wanted, size):
    """Return the length of the shortest tree that joins some nodes, by trying all sets of further nodes."""
    best = np.inf
    rest = sorted(set(range(size)) - wanted)
    for count in range(len(rest) + 1):
        for more in itertools.combinations(rest, count):
            part = {node: node for node in wanted | set(more)}

            def root(node, part=part):
                while part[node] != node:
                    node = part[node]
                return node

            total, joined = 0.0, 1
            for k in np.argsort(length):
                one, two = ends[k]
                if one in part and two in part and root(one) != root(two):
                    part[root(one)] = root(two)
                    total, joined = total + length[k], joined + 1
            best = min(best, total) if joined == len(part) else best
    return best


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_tree_is_within_its_promise_and_the_bound_is_one(seed):
    """Against every tree there is: at most 2 (1 - 1/k) as long, and never below the bound."""
    rng, size = np.random.default_rng(seed), 8
    ends = [(k, int(rng.integers(k))) for k in range(1, size)]
    ends += [tuple(rng.choice(size, 2, replace=False)) for _ in range(7)]
    ends, length = np.array(ends), rng.integers(1, 20, 14).astype(float)
    wanted = rng.choice(np.arange(1, size), 3, replace=False)
    via = grown_tree(ends, length, length, 0, wanted)
    grown, better = length[via[via >= 0]].sum(), shortened(ends, length, via.copy(), 0, wanted)
    best = best_tree(ends, length, {0, *wanted.tolist()}, size)
    assert best <= length[better[better >= 0]].sum() <= grown <= 2 * (1 - 1 / 4) * best + 1e-9
    assert tree_bound(ends, length, np.append(wanted, 0)) <= best + 1e-6


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_order_of_construction_is_the_best_there_is(seed):
    """Money spent when each lot is served, against all orders that keep what a pipe hangs on before it."""
    rng, count = np.random.default_rng(seed), 6
    before = np.array([-1, *(int(rng.integers(-1, k)) for k in range(1, count))])
    gain, cost = rng.integers(0, 9, count), rng.integers(1, 9, count).astype(float)

    def spent(order):
        return (gain[list(order)] * np.cumsum(cost[list(order)])).sum()

    allowed = [
        order
        for order in itertools.permutations(range(count))
        if all(before[k] < 0 or order.index(before[k]) < order.index(k) for k in range(count))
    ]
    found = tuple(np.argsort(building_order(before, gain, cost)).tolist())
    assert found in allowed
    assert spent(found) == min(map(spent, allowed))
