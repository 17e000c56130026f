import numpy as np
import pytest
import shapely

from ilo_gis.errors import ExactnessError
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.edges import edges_of

WHOLE = np.array([shapely.box(0, 0, 2, 2)])
LEFT, RIGHT = shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)


def test_two_halves_cover_a_square():
    assert prove_cover(np.array([LEFT, RIGHT]), WHOLE).tolist() == [0.0]


def test_edges_may_be_given():
    halves = np.array([LEFT, RIGHT])
    assert prove_cover(halves, WHOLE, edges=edges_of(halves)).tolist() == [0.0]
    with pytest.raises(ExactnessError, match="near"):
        prove_cover(halves[[0, 0]], WHOLE, edges=edges_of(halves[[0, 0]]))


def test_nothing_covers_nothing():
    none = np.array([], dtype=object)
    assert prove_cover(none, none).tolist() == []


def test_groups_are_proved_one_by_one():
    wholes = np.array([LEFT, RIGHT])
    thirds = [shapely.box(1, 0, 2, 0.5), shapely.box(1, 0.5, 2, 2)]
    assert prove_cover(np.array([LEFT, *thirds]), wholes, np.array([0, 1, 1])).tolist() == [0.0, 0.0]
    with pytest.raises(ExactnessError, match="whole 0"):
        prove_cover(np.array([LEFT, *thirds]), wholes, np.array([1, 1, 1]))


def test_piece_in_the_hole_of_another():
    ring = shapely.from_wkt("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (.5 .5, .5 1, 1 1, 1 .5, .5 .5))")
    assert prove_cover(np.array([ring, shapely.box(0.5, 0.5, 1, 1)]), WHOLE).tolist() == [0.0]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([LEFT], "cover 2 of 4"),
        ([LEFT, shapely.MultiPolygon([RIGHT])], "not one valid polygon"),
        ([LEFT, shapely.from_wkt("POLYGON ((1 0, 2 2, 2 0, 1 2, 1 0))")], "not one valid polygon"),
        ([LEFT, LEFT], "near"),
        ([shapely.box(0, 0, 2, 1), shapely.box(0, 0.5, 2, 1.5)], "near"),
        ([LEFT, shapely.box(1, 0, 2, 1), shapely.box(1, 1, 2, 2)], "near"),  # a T without a vertex
        ([LEFT, shapely.box(5, 0, 6, 2)], "near"),
    ],
)
def test_what_is_no_cover(parts, reason):
    with pytest.raises(ExactnessError, match=reason):
        prove_cover(np.array(parts), WHOLE)


def test_one_part_of_the_whole_twice_and_the_other_not_at_all():
    again = shapely.from_wkt("POLYGON ((0 0, .5 0, 1 0, 1 1, 1 2, .5 2, 0 2, 0 1, 0 0))")
    pair = np.array([shapely.MultiPolygon([LEFT, shapely.box(5, 0, 6, 2)])])
    prove_cover(np.array([LEFT, shapely.box(5, 0, 6, 2)]), pair)
    with pytest.raises(ExactnessError, match="outside"):
        prove_cover(np.array([LEFT, again]), pair)


def test_a_hole_that_is_filled_while_a_part_is_bare():
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    land = np.array([shapely.MultiPolygon([ring, shapely.box(9, 9, 10, 10)])])
    with pytest.raises(ExactnessError, match="outside"):
        prove_cover(np.array([ring, shapely.box(1, 1, 2, 2)]), land)
    with pytest.raises(ExactnessError, match="outside"):
        prove_cover(np.array([shapely.box(0, 0, 3, 3)]), land, tolerance=0.2)


@pytest.mark.parametrize("turn", [shapely.orient_polygons, shapely.reverse])
def test_how_the_whole_is_walked_does_not_matter(turn):
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    prove_cover(np.array([ring]), np.array([turn(shapely.orient_polygons(ring))]))


def test_agrees_with_geos_on_random_grids():
    rng = np.random.default_rng(7)
    for _ in range(20):
        x = np.sort(np.append(rng.uniform(0, 10, 3), [0, 10]))
        cells = shapely.box(x[:-1], 0, x[1:], 10)
        prove_cover(cells, np.array([shapely.box(0, 0, 10, 10)]))
        assert shapely.coverage_is_valid(cells)
        cells[1] = shapely.affinity.translate(cells[1], 1e-4)
        assert not shapely.coverage_is_valid(cells)
        with pytest.raises(ExactnessError):
            prove_cover(cells, np.array([shapely.box(0, 0, 10, 10)]))
