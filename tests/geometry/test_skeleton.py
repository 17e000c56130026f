import numpy as np
import pytest
import shapely
from shapely import Point, box

from ilo_gis.geometry.skeleton import roof


def ring(polygon):
    return shapely.get_coordinates(shapely.orient_polygons(polygon).exterior)[:-1]


def faces(over):
    return [shapely.Polygon(over.nodes[path]) for path in over.paths]


def test_a_square_has_one_peak_at_half_its_side():
    over = roof(np.array([[0.0, 0], [40, 0], [40, 40], [0, 40]]))
    assert np.allclose(over.nodes[4:], [20, 20])
    assert over.height.max() == pytest.approx(20)


def test_a_rectangle_has_a_ridge_between_its_long_sides():
    over = roof(ring(box(0, 0, 80, 40)))
    assert sorted(over.nodes[4:].round(6).tolist()) == [[20.0, 20.0], [60.0, 20.0]]
    assert sorted(round(face.area, 6) for face in faces(over)) == [400, 400, 1200, 1200]


L_SHAPE = box(0, 0, 120, 40) | box(0, 40, 40, 120)
CROSS = box(0, 40, 120, 80) | box(40, 0, 80, 120)
COMB = shapely.union_all([box(0, 0, 200, 40), *(box(x, 40, x + 40, 110) for x in (0, 80, 160))])


@pytest.mark.parametrize("block", [L_SHAPE, CROSS, COMB, Point(0, 0).buffer(50, quad_segs=8)])
def test_faces_cover_the_block_and_stand_on_their_sides(block):
    corners = ring(block)
    over = roof(corners)
    assert shapely.union_all(faces(over)).area == pytest.approx(block.area, rel=1e-3)
    assert [(p[0], p[-1]) for p in over.paths] == [(i, (i + 1) % len(corners)) for i in range(len(corners))]


def test_no_point_is_higher_than_far_from_the_outline():
    over = roof(ring(L_SHAPE))
    distance = shapely.distance(shapely.points(over.nodes), L_SHAPE.exterior)
    assert np.allclose(over.height, distance, atol=1e-6)


def test_the_corners_of_the_block_are_not_moved():
    corners = ring(CROSS)
    assert np.array_equal(roof(corners).nodes[: len(corners)], corners)
