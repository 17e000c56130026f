import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import Point, box

from ilo_gis.geometry.skeleton import _convex, _nudged, roofs


def roof(corners):
    return roofs([corners])[0]


def ring(polygon):
    return shapely.get_coordinates(shapely.orient_polygons(polygon).exterior)[:-1]


def faces(over):
    return [shapely.Polygon([over.nodes[k] for k in path]) for path in over.paths]


def test_a_square_has_one_peak_at_half_its_side():
    over = roof(np.array([[0.0, 0], [40, 0], [40, 40], [0, 40]]))
    assert np.allclose(over.nodes[4:], [20, 20])
    assert max(over.height) == pytest.approx(20)


def test_a_rectangle_has_a_ridge_between_its_long_sides():
    over = roof(ring(box(0, 0, 80, 40)))
    assert sorted(over.nodes[4:]) == [(20.0, 20.0), (60.0, 20.0)]
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


@given(st.lists(st.floats(0.15, 1.0), min_size=3, max_size=9), st.floats(0, 6.28))
def test_convex_outlines_have_the_roof_that_any_outline_would_have(turns, start):
    """Corners on a circle; the flat roof of many at once against the library's, one by one."""
    angle = start + np.cumsum(turns) / np.sum(turns) * 2 * np.pi
    corners = 60 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    assume(_convex(corners, np.array([0, len(corners)])).all())
    over, other = roof(corners), _nudged(corners)
    found = [face.area for face in faces(over)]
    assert sum(found) == pytest.approx(shapely.Polygon(corners).area)
    assert np.allclose(found, [face.area for face in faces(other)], rtol=0.01, atol=1.0)


def test_outlines_do_not_disturb_each_other():
    blocks = [
        ring(box(0, 0, 80, 40)),
        ring(L_SHAPE),
        ring(Point(0, 0).buffer(50, quad_segs=3)),
        ring(box(0, 0, 9, 9)),
    ]
    assert roofs(blocks) == [roof(block) for block in blocks]
