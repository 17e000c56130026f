"""Walks along networks, against numbers worked out by hand and a graph walked in another way."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import floyd_warshall

from ilo_gis.geometry.lines import end_nodes, node
from ilo_gis.geometry.network import connected, front_points, reached, walk


def grid(columns, rows, dx=100.0, dy=50.0):
    across = [[(0, y * dy), (columns * dx, y * dy)] for y in range(rows + 1)]
    along = [[(x * dx, 0), (x * dx, rows * dy)] for x in range(columns + 1)]
    return node(shapely.linestrings(np.array(across + along)))[0]


def test_walks_in_a_grid_follow_its_streets():
    lines = grid(3, 3)
    targets = shapely.points([[0, 0], [300, 150], [150, 45], [150, -9], [30, 0]])
    far = walk(lines, shapely.points([[10.0, 0.0]]), targets)
    # (150, 45) joins the street at y = 50: round the crossing at (100, 0)
    np.testing.assert_allclose(far, [10, 290 + 150, 140 + 50, 140, 20], atol=1e-9)


def test_the_shorter_of_two_ways_between_two_nodes_counts():
    lines = shapely.from_wkt(["LINESTRING (0 0, 0 30, 40 30, 40 0)", "LINESTRING (0 0, 40 0)"])
    ends = shapely.points([[0.0, 0.0], [40.0, 0.0]])
    assert walk(lines, ends[:1], ends[1:]).tolist() == [40.0]


def test_a_ring_is_walked_either_way_round():
    ring = np.array([shapely.LineString([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)])])
    assert walk(ring, shapely.points([[5.0, 0.0]]), shapely.points([[0.0, 5.0], [10, 2]])).tolist() == [10, 7]


def test_what_is_not_connected_is_infinitely_far():
    lines = shapely.from_wkt(["LINESTRING (0 0, 10 0)", "LINESTRING (0 50, 10 50)"])
    here, there = shapely.points([[2.0, 0.0]]), shapely.points([[2.0, 50.0]])
    assert walk(lines, here, there).tolist() == [np.inf]
    assert walk(lines, here[:0], there).tolist() == [np.inf]
    assert walk(lines[:0], here, there).tolist() == [np.inf]
    assert connected(lines).tolist() == [0, 1]
    assert connected(lines[:0]).tolist() == []


def test_front_points_leave_out_sides_without_a_street():
    park = np.array([shapely.box(0, 0, 40, 20), shapely.box(100, 0, 140, 20)])
    points, polygon = front_points(park, shapely.box(-12, -12, 0, 32), step=10.0)
    assert sorted(shapely.get_y(points)) == [5.0, 15.0]
    assert polygon.tolist() == [0, 0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 5))
def test_walks_are_those_of_a_graph_of_all_pairs(seed, columns, rows):
    rng = np.random.default_rng(seed)
    lines = grid(columns, rows)
    lines = lines[rng.random(len(lines)) < 0.8]
    if not len(lines):
        return
    nodes = end_nodes(lines)[0]
    size = nodes.max() + 1
    links = np.full((size, size), np.inf)
    links[nodes[:, 0], nodes[:, 1]] = shapely.length(lines)
    every = floyd_warshall(links, directed=False)
    points = np.empty(size, dtype=object)
    points[nodes[:, 0]], points[nodes[:, 1]] = shapely.get_point(lines, 0), shapely.get_point(lines, -1)
    chosen = rng.integers(0, size, 3)
    np.testing.assert_allclose(walk(lines, points[chosen], points), every[chosen].min(axis=0))
    found = reached(lines, points, chosen, np.arange(3), limit=180.0)
    row, column = np.nonzero(every[chosen] <= 180.0)
    assert (found.group.tolist(), found.target.tolist()) == (row.tolist(), column.tolist())
    np.testing.assert_allclose(found.distance, every[chosen][row, column])
