# ruff: noqa: ARG005  (the ground is a function of east and north, even where it rises one way only)
import numpy as np
import pytest
import shapely
from shapely import LineString

from ilo_gis.errors import RuleError
from ilo_gis.geometry.terrain import cut_and_fill, grades
from ilo_gis.tables import Elevation


def ground(height, wide=40, high=30, cell=(10.0, 10.0)):
    """Heights as a function of east and north, of cells whose corner is at (0, 0)."""
    x, y = np.meshgrid((np.arange(wide) + 0.5) * cell[0], (np.arange(high)[::-1] + 0.5) * cell[1])
    return Elevation(height(x, y), west=0.0, north=high * cell[1], cell=cell)


def test_heights_of_a_plane_are_exact_and_unknown_outside():
    plane = ground(lambda x, y: 3 + 0.1 * x - 0.05 * y, cell=(10.0, 8.0))
    inside = np.random.default_rng(1).uniform((5, 4), (395, 236), (200, 2))
    np.testing.assert_allclose(plane.heights(inside), 3 + 0.1 * inside[:, 0] - 0.05 * inside[:, 1])
    outside = np.array([[4.99, 100], [395.01, 100], [100, 3.99], [100, 236.01], [np.nan, 100]])
    assert np.isnan(plane.heights(outside)).all()
    assert not np.isnan(plane.heights(np.array([[5, 4], [395, 236]]))).any()


def test_a_cell_without_height_is_unknown_all_around_and_no_farther():
    values = np.zeros((5, 5))
    values[2, 2] = np.nan
    hole = Elevation(values, 0, 5, (1, 1))
    points = np.array([[2.5, 2.5], [1.51, 2.5], [1.5, 2.5], [3.5, 3.5]])
    assert np.isnan(hole.heights(points)).tolist() == [True, True, False, False]


def test_slope_by_horn_on_nine_cells():
    nine = np.array([[50.0, 45, 50], [30, 30, 30], [8, 10, 10]])  # in cells of 5 m
    # east: (50 + 2*30 + 10 - 50 - 2*30 - 8) / 40 = 0.05; north: (50 + 90 + 50 - 8 - 20 - 10) / 40 = 3.8
    slope = Elevation(nine, 0, 15, (5, 5)).slope()
    assert slope[1, 1] == pytest.approx(np.hypot(0.05, 3.8))
    assert np.isnan(np.delete(slope.ravel(), 4)).all()


def test_gradient_of_a_plane_and_a_valley():
    plane = ground(lambda x, y: 0.1 * x - 0.05 * y, cell=(10.0, 8.0))
    np.testing.assert_allclose(plane.gradient_at(np.array([[100.0, 100.0]])), [[0.1, -0.05]])
    valley = ground(lambda x, y: 0.2 * np.abs(x - 200))
    np.testing.assert_allclose(
        valley.gradient_at(np.array([[200.0, 150], [300, 150]])), [[0, 0], [0.2, 0]], atol=1e-12
    )


def test_no_ground_without_cells():
    with pytest.raises(RuleError, match="two rows"):
        Elevation(np.zeros((1, 5)), 0, 0, (1, 1))
    with pytest.raises(RuleError, match="cells"):
        Elevation(np.zeros((5, 5)), 0, 0, (1, 0))


def test_heights_cannot_be_changed():
    given = np.zeros((3, 3))
    flat = Elevation(given, 0, 3, (1, 1))
    given[:] = 7
    assert flat.heights(np.array([[1.5, 1.5]])).tolist() == [0]
    with pytest.raises(ValueError, match="read-only"):
        flat.values[0, 0] = 1


def test_grades_of_a_tilted_plane():
    plane = ground(lambda x, y: 0.1 * x)
    lines = [
        [(50, 50), (250, 50)],
        [(50, 50), (50, 250)],
        [(50, 50), (150, 150)],
        [(50, 50), (250, 50), (50, 50)],
    ]
    lines = np.array(
        [*map(LineString, lines), LineString([(300, 50), (500, 50)]), LineString([(9, 9), (9, 9)])]
    )
    mean, most = grades(lines, plane)
    np.testing.assert_allclose(mean, [0.1, 0, 0.1 / np.sqrt(2), 0.1, np.nan, np.nan], atol=1e-12)
    np.testing.assert_allclose(most, mean, atol=1e-12)


def test_the_steepest_piece_of_a_street_over_a_ridge():
    ridge = ground(
        lambda x, y: np.where(x < 200, 0.02 * x, 4 - 0.16 * (x - 200)), cell=(2.0, 2.0), wide=200, high=50
    )
    mean, most = grades(np.array([LineString([(100, 50), (300, 50)])]), ridge)
    assert mean[0] == pytest.approx((0.02 * 100 + 0.16 * 100) / 200, abs=1e-3)
    assert most[0] == pytest.approx(0.16, abs=1e-9)


def test_a_street_that_the_ground_bears_moves_no_earth():
    plane = ground(lambda x, y: 0.1 * x)
    works = cut_and_fill(np.array([LineString([(50, 50), (250, 50)])]), np.array([12.0]), plane)
    np.testing.assert_allclose(np.concatenate(works), 0, atol=1e-6)


def test_along_a_hillside_half_is_cut_and_half_filled():
    hill = ground(lambda x, y: 0.1 * y)
    lines = np.array([LineString([(50, 50), (250, 50)]), LineString([(20, 100), (20, 390)])])
    works = cut_and_fill(lines, np.array([12.0, 12.0]), hill)
    # a triangle 6 m wide and 0.6 m high is 1.8 m2; five strips tell 0.1 * 12 * 12 * (0.4 + 0.2) / 5 = 1.728
    assert works.cut[0] == pytest.approx(1.728 * 200)
    assert works.fill[0] == pytest.approx(1.728 * 200)
    assert np.isnan(works.cut[1])


def test_streets_meet_at_one_height():
    """Over a dome of 4 m the two halves of a road rise to its middle; one straight road would cut it."""
    ridge = ground(lambda x, y: 4 - 0.04 * np.abs(x - 200))
    halves = np.array([LineString([(100, 50), (200, 50)]), LineString([(200, 50), (300, 50)])])
    whole = np.array([LineString([(100, 50), (300, 50)])])
    assert sum(cut_and_fill(halves, np.array([10.0, 10.0]), ridge)).sum() < 40
    # ground above a level road at 2 m: two triangles of 50 m by 2 m, times 10 m
    works = cut_and_fill(whole, np.array([10.0]), ridge)
    assert works.cut[0] == pytest.approx(1000, rel=0.03)
    assert works.fill[0] == pytest.approx(1000, rel=0.03)
    assert works.cut[0] == pytest.approx(works.fill[0])


def test_no_lines_have_no_grades():
    none = np.array([], dtype=object)
    flat = ground(lambda x, y: 0 * x)
    assert [len(part) for part in (*grades(none, flat), *cut_and_fill(none, np.array([]), flat))] == [0] * 4
    assert shapely.length(none).size == 0
