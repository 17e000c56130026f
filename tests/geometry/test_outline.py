import numpy as np
import pytest
import shapely
from shapely import Point, Polygon, box

from ilo_gis.geometry.outline import MOST_CORNERS, SNAP, point_at, read_outline

BLOCK = box(254000, 8047000, 254080, 8047040)


def corners(polygon, tolerance=0.5):
    outline = read_outline(polygon, tolerance)
    return {(round(x, 3), round(y, 3)) for x, y in outline.ring[outline.corners].tolist()}


@pytest.mark.parametrize("block", [BLOCK, BLOCK.reverse(), shapely.segmentize(BLOCK, 1.0)])
def test_a_rectangle_has_four_corners_however_it_is_written(block):
    assert corners(block) == set(BLOCK.exterior.coords)


def test_the_ring_runs_counter_clockwise_and_closes():
    ring = read_outline(BLOCK.reverse(), 0.5).ring
    assert shapely.is_ccw(shapely.LinearRing(ring))
    assert np.array_equal(ring[0], ring[-1])


def test_vertices_keep_their_bits():
    given = {(254000.1, 8047000.3), (254080.7, 8047000.9), (254079.2, 8047041.1)}
    assert set(map(tuple, read_outline(Polygon(given), 0.5).ring.tolist())) == given


def test_repeated_vertices_count_once():
    doubled = Polygon([(0, 0), (0, 0), (80, 0), (80, 40), (80, 40), (0, 40)])
    assert len(read_outline(doubled, 0.5).ring) == 5


@pytest.mark.parametrize(("bulge", "count"), [(0.4, 4), (0.6, 5)])
def test_a_vertex_within_the_tolerance_is_no_corner(bulge, count):
    assert len(corners(Polygon([(0, 0), (40, -bulge), (80, 0), (80, 40), (0, 40)]))) == count


def test_wild_outlines_are_simplified_more():
    wild = Point(0, 0).buffer(5000, quad_segs=2000)
    assert len(read_outline(wild, 0.001).corners) <= MOST_CORNERS


def test_points_along_the_outline():
    outline = read_outline(box(0, 0, 80, 40), 0.5)
    origin = outline.origin
    walked = point_at(outline, np.array([0.0, 240.0, 480.0])) + origin
    assert np.allclose(walked, origin)  # the perimeter is 240 m: round and round again
    assert np.allclose(np.hypot(*(point_at(outline, 10.0) + origin - origin)), 10.0)


def test_a_point_a_hair_from_a_vertex_is_the_vertex():
    outline = read_outline(box(0, 0, 80, 40), 0.5)
    assert point_at(outline, outline.along[1] + SNAP / 2).tolist() == outline.local[1].tolist()
