import numpy as np
import pytest
import shapely
from shapely import Point, Polygon, box

from ilo_gis.geometry.outline import MOST_CORNERS, SNAP, read_outlines, sides_between
from ilo_gis.geometry.outline import corners as corners_of

BLOCK = box(254000, 8047000, 254080, 8047040)


def read(*polygons):
    return read_outlines(np.array(polygons, dtype=object))


def corners(polygon, tolerance=0.5):
    outlines = read(polygon)
    found = outlines.ring[corners_of(outlines, np.array([0]), tolerance, np.zeros(1))[0]]
    return {(round(x, 3), round(y, 3)) for x, y in found.tolist()}


@pytest.mark.parametrize("block", [BLOCK, BLOCK.reverse(), shapely.segmentize(BLOCK, 1.0)])
def test_a_rectangle_has_four_corners_however_it_is_written(block):
    assert corners(block) == set(BLOCK.exterior.coords)


def test_rings_run_counter_clockwise_from_where_they_turn_most():
    outlines = read(BLOCK.reverse(), Polygon([(0, 0), (30, 0), (60, 0), (0, 40)]))
    assert outlines.first.tolist() == [0, 4, 8]
    assert all(shapely.is_ccw(shapely.LinearRing(ring)) for ring in np.split(outlines.ring, [4]))
    assert outlines.origin[1].tolist() == [60, 0]


def test_vertices_keep_their_bits():
    given = {(254000.1, 8047000.3), (254080.7, 8047000.9), (254079.2, 8047041.1)}
    assert set(map(tuple, read(Polygon(given)).ring.tolist())) == given


def test_repeated_vertices_count_once():
    assert len(read(Polygon([(0, 0), (0, 0), (80, 0), (80, 40), (80, 40), (0, 40)])).ring) == 4


@pytest.mark.parametrize(("bulge", "count"), [(0.4, 4), (0.6, 5)])
def test_a_vertex_within_the_tolerance_is_no_corner(bulge, count):
    assert len(corners(Polygon([(0, 0), (40, -bulge), (80, 0), (80, 40), (0, 40)]))) == count


def test_wild_outlines_are_simplified_more():
    wild = read(Point(0, 0).buffer(5000, quad_segs=2000))
    assert len(corners_of(wild, np.array([0]), 0.001, np.zeros(1))[0]) <= MOST_CORNERS


def test_points_along_the_outline():
    outlines = read(BLOCK, box(0, 0, 80, 40))
    walked = outlines.point(np.array([1, 1, 1, 0]), np.array([0.0, 240.0, 490.0, 10.0]))
    assert np.allclose(walked[:2], 0)  # the perimeter is 240 m: round and round again
    assert np.allclose(np.hypot(*walked[2:].T), 10.0)


def test_a_point_a_hair_from_a_vertex_is_the_vertex():
    outlines = read(box(0, 0, 80, 40))
    place = outlines.along[1] + np.array([-SNAP / 2, SNAP / 2])
    assert outlines.vertex(np.array([0, 0]), place).tolist() == [1, 1]
    assert outlines.point(np.array([0, 0]), place).tolist() == [outlines.local[1].tolist()] * 2


def test_sums_along_the_outline_go_on_past_its_end():
    outlines = read(box(0, 0, 80, 40))
    walked = outlines.summed(outlines.length, np.zeros(3, dtype=int), np.array([10.0, 230.0, 250.0]))
    assert np.allclose(walked, [10.0, 230.0, 250.0])


def test_sides_go_from_corner_to_corner():
    survey = Polygon([(0, 0), (30, 0.1), (80, 0), (80, 40), (0, 40)])
    outlines = read(survey)
    corner = corners_of(outlines, np.array([0]), 0.5, np.zeros(1))[0]
    sides = sides_between(outlines, corner, np.zeros(4, dtype=int))
    assert sorted(np.diff(sides.first).tolist()) == [2, 2, 2, 3]
    assert np.allclose(sides.x[sides.first[1:] - 1], np.diff(sides.s[[*sides.first[:-1], -1]]), atol=1e-3)
