"""Cutting polygons that lie side by side: nothing that is there moves, nearly the same is the same."""

import numpy as np
import shapely

from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.cutting import cut_cover, without_idle_points

PAIR = shapely.box([0, 10], 0, [10, 20], 10)


def cut(*lines):
    found = cut_cover(PAIR, shapely.from_wkt(list(lines)))
    prove_cover(found.faces, np.array([shapely.box(0, 0, 20, 10)]))
    return found


def test_a_line_across_both_meets_them_in_new_points():
    found = cut("LINESTRING (-1 2, 21 7)")
    assert len(found.faces) == 4
    assert sorted(found.points[:, 0].round(9).tolist()) == [0.0, 10.0, 20.0]


def test_a_line_beside_an_edge_is_that_edge():
    found = cut("LINESTRING (10.00008 -3, 9.99993 13)")
    assert len(found.points) == 0
    assert shapely.equals_identical(shapely.normalize(found.faces), shapely.normalize(PAIR)).sum() == 2


def test_a_line_that_nearly_passes_a_corner_goes_through_it():
    found = cut("LINESTRING (5 5, 14.99995 15)", "LINESTRING (5 -1, 5 5)")
    assert [10.0, 10.0] in shapely.get_coordinates(found.faces).tolist()
    assert len(found.points) == 1


def test_shallow_crossing_leaves_no_near_double_vertices():
    found = cut("LINESTRING (0.00002 -0.00003, 10.3 0.0005, 20.00001 9.99999)")
    points = np.unique(shapely.get_coordinates(found.faces), axis=0)
    assert shapely.STRtree(shapely.points(points)).query(shapely.points(points), "dwithin", 1e-4).shape[
        1
    ] == len(points)


def test_points_without_a_use_go_on_both_sides_of_an_edge():
    row = shapely.from_wkt(["POLYGON ((0 0, 4 0, 8 0, 8 5, 0 5, 0 0))", "POLYGON ((0 0, 8 0, 4 0, 0 0))"])
    row[1] = shapely.Polygon([(0, 0), (0, -3), (8, -3), (8, 0), (4, 0)])
    assert shapely.get_num_coordinates(without_idle_points(row, np.array([[4.0, 0.0]]))).tolist() == [5, 5]
    row = np.array([row[0], shapely.Polygon([(0, 0), (0, -3), (4, 0)])])  # a corner of the second: it stays
    assert shapely.get_num_coordinates(without_idle_points(row, np.array([[4.0, 0.0]]))).tolist() == [6, 4]
