import numpy as np
import pytest
import shapely
from shapely import Polygon, affinity, box

from ilo_gis.geometry.measure import elongation, fronts, sides

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
