# ruff: noqa: ARG005  (the ground is a function of east and north, even where it rises one way only)
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from ilo_gis.errors import GeometryError, RuleError
from ilo_gis.geometry.contours import contour_guide
from ilo_gis.tables import Elevation

pytest.importorskip("contourpy")


def ground(height, size=2000, cell=20.0):
    """Heights as a function of east and north, of a square whose corner is at (0, 0)."""
    middles = np.arange(0, size, cell) + cell / 2
    x, y = np.meshgrid(middles, middles[::-1])
    return Elevation(height(x, y), west=0.0, north=float(size), cell=(cell, cell))


def bends(line):
    steps = np.diff(shapely.get_coordinates(line), axis=0)
    turns = np.degrees(np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))))
    return np.abs(turns), np.hypot(*steps.T)


@given(st.floats(0, 360), st.floats(0.001, 0.4))
@settings(max_examples=20, deadline=None)
def test_on_a_plane_the_guide_is_straight_and_level(azimuth, slope):
    east, north = slope * np.sin(np.radians(azimuth)), slope * np.cos(np.radians(azimuth))
    guide = contour_guide(ground(lambda x, y: 100 + east * x + north * y), box(600, 700, 1400, 1200))
    points = shapely.get_coordinates(guide)
    assert len(points) == 2
    way = (points[1] - points[0]) / guide.length
    assert abs(way @ [east, north]) < 1e-3 * slope
    assert guide.distance(Point(1000, 950)) < 5
    assert points[0, 0] <= points[1, 0]


def test_around_a_cone_the_guide_bends_with_it():
    cone = ground(lambda x, y: 200 - 0.1 * np.hypot(x - 1000, y))
    polygon = box(300, 800, 1700, 1200)
    guide = contour_guide(cone, polygon)
    turns, segments = bends(guide)
    assert 3 <= len(segments) <= 12
    assert turns.max() <= 30
    assert segments[1:-1].min() >= 80
    inside = shapely.get_coordinates(guide.intersection(polygon).segmentize(10))
    heights = cone.heights(inside)
    assert np.ptp(heights) < 2.5  # the straight line would climb 0.1 * (sqrt(700^2 + 1000^2) - 1000) = 22 m
    assert not polygon.contains(Point(guide.coords[0]))
    assert not polygon.contains(Point(guide.coords[-1]))


def test_a_sharp_valley_is_crossed_in_bends_that_a_street_can_take():
    """The contours of a sloping valley are Vs of 90 degrees; the guide rounds them."""
    valley = ground(lambda x, y: 0.1 * np.abs(x - 1000) + 0.1 * y)
    guide = contour_guide(valley, box(500, 500, 1500, 1500))
    turns, segments = bends(guide)
    assert turns.max() <= 30
    assert segments.min() >= 80
    assert len(segments) >= 4
    way = np.diff(shapely.get_coordinates(guide), axis=0)
    assert np.degrees(np.arctan2(way[[0, -1], 1], way[[0, -1], 0])) == pytest.approx([45, -45], abs=8)


def test_a_hill_inside_has_no_contour_that_crosses():
    hill = ground(lambda x, y: 50 * np.exp(-((np.hypot(x - 1000, y - 1000) / 250) ** 2)) + 0.001 * y)
    guide = contour_guide(hill, box(300, 300, 1700, 1700))
    assert len(guide.coords) == 2
    ways = np.diff(shapely.get_coordinates(guide), axis=0)[0]
    assert abs(ways[1]) < 0.02 * abs(ways[0])  # square to the slope that is left, to the north


def test_level_ground_is_laid_out_along_the_polygon():
    guide = contour_guide(ground(lambda x, y: 0 * x + 7), box(500, 500, 700, 1500))
    assert shapely.get_coordinates(guide)[:, 0] == pytest.approx([600, 600])


def test_small_polygons_in_large_cells_have_a_guide():
    plane = ground(lambda x, y: 0.1 * y, cell=100.0)
    guide = contour_guide(plane, box(1000, 1000, 1040, 1030))
    assert shapely.get_coordinates(guide)[:, 1] == pytest.approx([1015, 1015], abs=0.5)


def test_without_heights_there_is_no_guide():
    with pytest.raises(GeometryError, match="no heights in the polygon"):
        contour_guide(ground(lambda x, y: x), box(5000, 5000, 5100, 5100))
    with pytest.raises(RuleError, match="bend 0"):
        contour_guide(ground(lambda x, y: x), box(500, 500, 600, 600), bend=0)
