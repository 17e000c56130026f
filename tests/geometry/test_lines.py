import numpy as np
import pytest
import shapely

from ilo_gis.geometry.lines import end_nodes, gaps, loose_ends, move_ends, node, strokes, stubs
from ilo_gis.geometry.ribbons import ribbons


def lines(*wkt):
    return shapely.from_wkt(list(wkt))


def land(*wkt, width=2.0):
    shapes = lines(*wkt)
    return shapely.simplify(shapely.union_all(ribbons(shapes, np.full(len(shapes), width))), 1e-6)


def test_node_splits_and_remembers():
    edges, edge, line = node(
        lines("LINESTRING (0 0, 4 0)", "LINESTRING (1 -1, 1 1)", "LINESTRING (3 0, 3 1)")
    )
    assert len(edges) == 6
    assert np.bincount(line).tolist() == [3, 2, 1]
    assert (shapely.distance(edges[edge], lines("LINESTRING (0 0, 4 0)")[0])[line == 0] == 0).all()


def test_node_merges_what_overlaps():
    edges, _, line = node(lines("LINESTRING (0 0, 4 0)", "LINESTRING (3 0, 1 0)"))
    assert shapely.length(edges).tolist() == [1, 2, 1]
    assert line.tolist() == [0, 0, 1, 0]


def test_node_does_not_depend_on_order_or_direction():
    shapes = lines("LINESTRING (0 0, 4 0)", "LINESTRING (1 -1, 1 1)", "LINESTRING (3 0, 3 1)")
    assert shapely.equals_identical(node(shapes)[0], node(shapely.reverse(shapes[::-1]))[0]).all()


def test_nothing_in_nothing_out():
    none = np.array([], dtype=object)
    edges, edge, line = node(none)
    assert (
        len(edges) == len(edge) == len(line) == len(gaps(edges, 2.0).edge) == len(loose_ends(edges)[0]) == 0
    )
    assert (
        len(strokes(edges, np.empty(0))[0]) == len(ribbons(edges, np.empty(0))) == len(stubs(edges, 2.0)) == 0
    )
    assert end_nodes(edges)[0].shape == (0, 2)


def test_loose_ends_and_rings():
    edges = lines("LINESTRING (0 0, 1 0, 1 1, 0 0)", "LINESTRING (0 0, -5 0)")
    assert end_nodes(edges)[1].tolist() == [[3, 3], [3, 1]]
    assert [a.tolist() for a in loose_ends(edges)] == [[1], [-1]]


def test_a_gap_is_closed_straight_on():
    """The street comes in askew: led on it meets the line at (5, 0), the nearest point is another."""
    found = gaps(lines("LINESTRING (0 0, 10 0)", "LINESTRING (8 3, 6 1)"), 2.0)
    assert found.target.round(6).tolist() == [[5, 0]]
    assert found.size[0] == pytest.approx(2**0.5)


def test_a_node_close_by_is_taken():
    shapes = lines("LINESTRING (0 0, 10 0)", "LINESTRING (10 0, 20 0)", "LINESTRING (9.8 9, 9.8 1)")
    assert gaps(shapes, 2.0).target.tolist() == [[10, 0]]


def test_two_loose_ends_meet_once():
    assert len(gaps(lines("LINESTRING (0 0, 10 0)", "LINESTRING (11 0, 20 0)"), 2.0).edge) == 1


def test_two_streets_short_of_their_corner_are_led_on_to_it():
    edges = lines("LINESTRING (0 0, 9 0)", "LINESTRING (10 9, 10 1)")
    for _ in range(2):
        found = gaps(edges, 2.0)
        assert found.target.round(4).tolist() == [[10, 0]]
        edges = move_ends(edges, found.edge, found.end, found.target)
    assert len(gaps(edges, 2.0).edge) == 0


def test_gap_of_a_ring_that_does_not_close():
    found = gaps(lines("LINESTRING (0 0, 50 0, 50 50, 0 50, 0 1)"), 2.0)
    assert found.target.tolist() == [[0, 0]]


def test_no_gap_beyond_the_tolerance():
    assert len(gaps(lines("LINESTRING (0 0, 10 0)", "LINESTRING (5 9, 5 2.1)"), 2.0).edge) == 0


def test_stub_is_short_loose_and_at_a_crossing():
    edges = lines(
        "LINESTRING (0 0, 5 0)", "LINESTRING (5 0, 9 0)", "LINESTRING (5 0, 5 1)", "LINESTRING (0 8, 1 8)"
    )
    assert stubs(edges, 2.0).tolist() == [False, False, True, False]
    assert not stubs(edges, 1.0).any()


def test_move_ends_of_both_kinds():
    moved = move_ends(
        lines("LINESTRING (0 0, 1 0, 2 0)"), np.array([0, 0]), np.array([0, -1]), np.array([[0, 1], [2, 1]])
    )
    assert moved[0].wkt == "LINESTRING (0 1, 1 0, 2 1)"


def test_strokes_go_straight_over_a_crossing_and_keep_widths_apart():
    edges, *_ = node(lines("LINESTRING (0 0, 10 0)", "LINESTRING (5 -5, 5 5)"))
    assert len(strokes(edges, np.full(4, 12.0))[0]) == 2
    width = np.where(shapely.bounds(edges)[:, 0] < 5, 20.0, 12.0)
    shapes, wide = strokes(edges, width)
    assert sorted(wide.tolist()) == [12, 12, 20]
    assert shapely.length(shapes).sum() == 20


def test_strokes_turn_no_corner():
    assert len(strokes(lines("LINESTRING (0 0, 10 0)", "LINESTRING (10 0, 10 10)"), np.full(2, 12.0))[0]) == 2


@pytest.mark.parametrize(
    ("shapes", "area", "corners"),
    [
        (["LINESTRING (0 0, 10 0)"], 20, 4),
        (["LINESTRING (0 0, 10 0, 10 10)"], 40, 6),
        (["LINESTRING (0 0, 10 0)", "LINESTRING (10 0, 10 10)"], 40, 6),  # the same bend as two lines
        (["LINESTRING (0 0, 10 0)", "LINESTRING (5 0, 5 10)"], 38, 8),  # T
        (["LINESTRING (0 0, 10 0)", "LINESTRING (5 -5, 5 5)"], 36, 12),  # X
        (["LINESTRING (0 0, 10 0, 0 0.1)"], None, None),  # hairpin: cut off, but in one piece
    ],
)
def test_ribbons_have_sharp_corners(shapes, area, corners):
    found = land(*shapes)
    assert found.geom_type == "Polygon"
    assert found.is_valid
    if area is not None:
        assert found.area == pytest.approx(area)
        assert len(found.exterior.coords) - 1 == corners


def test_ribbon_of_a_ring_has_four_corners_in_and_out():
    found = land("LINESTRING (0 0, 50 0, 50 50, 0 50, 0 0)", width=12.0)
    assert found.area == 62**2 - 38**2
    assert [len(ring.coords) for ring in (found.exterior, found.interiors[0])] == [5, 5]


def test_wye_is_filled_whatever_the_angle():
    for angle in np.radians(np.arange(5, 360, 5)):
        tip = 30 * np.cos(angle), 30 * np.sin(angle)
        shapes = shapely.linestrings([[(0, 0), (30, 0)], [(0, 0), (-25, 12)], [(0, 0), tip]])
        found = shapely.union_all(ribbons(shapes, np.array([12.0, 8.0, 10.0])))
        assert found.is_valid
        assert found.geom_type == "Polygon"
        assert found.contains(shapely.Point(0, 0).buffer(1.0))
