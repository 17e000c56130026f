import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, affinity, box

from ilo_gis.geometry.edges import edges_of
from ilo_gis.geometry.measure import elongation, fronts, good_shape, perimeter, sides, width

LOT, BLOCK = box(8, 0, 16, 20), box(0, 0, 80, 40)


def front(lot, street, tolerance=0.01):
    found = fronts(np.array([lot]), np.array([street]), tolerance)
    return found.frontage[0], found.depth[0], found.corner[0], found.middle[0].tolist()


@pytest.mark.parametrize("angle", [0, 30, 45, 90])
def test_sides_do_not_change_by_turning(angle):
    turned = affinity.rotate(affinity.translate(LOT, 254000, 8047000), angle)
    assert np.allclose(np.ravel(sides(np.array([turned]))), [20, 8], atol=1e-6)


def test_shapes_without_width_have_no_sides():
    long, short = sides(np.array([Polygon([(0, 0), (1, 1), (2, 2)]), Polygon(), LOT]))
    assert np.isnan(long[:2]).all()
    assert np.isnan(short[:2]).all()
    assert long[2] == pytest.approx(20)


def test_elongation():
    shapes = np.array([LOT, box(0, 0, 5, 5), Polygon([(0, 0), (12, 0), (0, 3)])])
    assert np.allclose(elongation(shapes), [2.5, 1.0, 4.0])


def test_an_inner_lot_fronts_one_street():
    assert front(LOT, BLOCK.exterior) == (8.0, 20.0, False, [12.0, 0.0])


def test_a_corner_lot_fronts_two():
    frontage, depth, corner, middle = front(box(0, 0, 8, 20), BLOCK.exterior)
    assert (frontage, depth, corner) == (28.0, 8.0, True)
    assert middle == [0.0, 10.0]


def test_a_lot_inside_has_none():
    frontage, depth, corner, _ = front(box(20, 10, 30, 30), BLOCK.exterior)
    assert (frontage, corner) == (0.0, False)
    assert np.isnan(depth)


@pytest.mark.parametrize(("gap", "expected"), [(0.0, 8.0), (0.04, 8.0), (0.06, 0.0)])
def test_an_edge_counts_up_to_the_tolerance(gap, expected):
    assert front(LOT, box(0, -12 - gap, 80, -gap), 0.05)[0] == expected


def test_a_lot_that_only_touches_the_street_in_a_point_has_no_front():
    assert front(box(0, 0, 8, 20), box(-10, -10, 0, 0))[0] == 0.0


def test_a_bend_is_no_corner_but_a_square_is():
    bend = Polygon([(0, 0), (8, 0), (16, 2), (16, 20), (0, 20)])
    street = shapely.LineString([(-9, 0), (8, 0), (40, 8)])
    frontage, _, corner, _ = front(bend, street)
    assert frontage == pytest.approx(8 + np.hypot(8, 2))
    assert not corner


def test_direction_and_start_of_the_ring_do_not_matter():
    turned = Polygon([*LOT.exterior.coords[2:-1], *LOT.exterior.coords[:2]]).reverse()
    assert front(turned, BLOCK.exterior) == front(LOT, BLOCK.exterior)


def test_no_lots():
    found = fronts(np.array([], dtype=object), np.array([], dtype=object), 0.01)
    assert found.frontage.shape == (0,)
    assert found.middle.shape == (0, 2)


corners = st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=3, max_size=60)


@given(st.lists(corners, min_size=1, max_size=5), st.booleans())
@settings(max_examples=100, deadline=None)
def test_rectangles_are_as_small_as_those_of_geos(rings, convex):
    shapes = np.array([Polygon(ring).convex_hull if convex else Polygon(ring).buffer(0) for ring in rings])
    shapes = shapes[shapely.area(shapes) > 1e-3]
    area, hull = np.prod(sides(shapes), axis=0), shapely.area(shapely.convex_hull(shapes))
    assert (area >= hull * (1 - 1e-9)).all()
    with np.errstate(all="ignore"):
        theirs = shapely.area(shapely.oriented_envelope(shapes))
    right = theirs >= hull * (1 - 1e-9)  # GEOS returns a line now and then
    assert np.allclose(area[right], theirs[right], rtol=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_sides_are_those_of_geos_or_of_a_more_compact_rectangle_as_small(seed):
    rng = np.random.default_rng(seed)
    shapes = shapely.convex_hull(shapely.multipoints(rng.uniform(0, 40, (200, 9, 2))))
    points = shapely.get_coordinates(shapely.oriented_envelope(shapes)).reshape(-1, 5, 2)
    expected = np.sort([np.hypot(*(points[:, k] - points[:, k + 1]).T) for k in (0, 1)], axis=0)[::-1]
    long, short = sides(shapes)
    assert np.allclose(long * short, np.prod(expected, axis=0), rtol=1e-9)
    assert (long <= expected[0] + 1e-6).all()
    assert np.isclose(long, expected[0], rtol=1e-6).mean() > 0.9
    far = shapely.transform(shapes, lambda xy: np.add(xy, (254_000, 8_047_000)))
    assert np.allclose(sides(far), (long, short), rtol=1e-6)


def test_notches_holes_parts_and_many_corners_have_sides_too():
    notched, holed = Polygon([(0, 0), (8, 0), (8, 20), (4, 3), (0, 20)]), LOT.difference(box(9, 9, 10, 10))
    parts = shapely.MultiPolygon([box(0, 0, 8, 2), box(0, 15, 8, 20)])
    circle = affinity.translate(shapely.Point(0, 0).buffer(5, quad_segs=32), 254_000, 8_047_000)
    long, short = sides(np.array([notched, holed, parts, circle]))
    assert np.allclose(long, [20, 20, 20, 10], atol=0.01)
    assert np.allclose(short, [8, 8, 8, 10], atol=0.01)


def test_shared_edges_are_no_front():
    row = shapely.box(np.arange(0, 80, 8), 0, np.arange(8, 88, 8), 20)
    street = np.full(len(row), BLOCK.exterior)
    alone, together = fronts(row, street, 0.01), fronts(row, street, 0.01, edges_of(row))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one, other, equal_nan=True)


def test_width_and_perimeter_by_hand():
    trapezium = np.array([Polygon([(0, 0), (8, 0), (10, 20), (0, 20)]), LOT, Polygon()])
    assert width(trapezium, np.array([20.0, 20.0, np.nan])).tolist()[:2] == [9.0, 8.0]
    assert np.isnan(width(trapezium, np.array([0.0, 20.0, np.nan]))[[0, 2]]).all()
    assert perimeter(np.array([LOT, LOT.difference(box(9, 9, 10, 10))])).tolist() == [56.0, 60.0]


def test_good_shapes():
    notched = Polygon([(0, 0), (20, 0), (20, 20), (12, 20), (12, 8), (8, 8), (8, 20), (0, 20)])
    bottle = box(0, 0, 8, 20).union(box(3, 20, 5, 22))  # its middle has no room for the circle, but it has
    shapes = [LOT, box(0, 0, 6, 20), Polygon([(0, 0), (20, 0), (0, 20)]), notched, bottle, Polygon()]
    assert good_shape(np.array(shapes)).tolist() == [True, False, False, False, True, False]
    assert good_shape(np.array(shapes), filled=0.4, convex=0.7, clear=5).tolist() == [True] * 5 + [False]
