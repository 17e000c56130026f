import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from ilo_gis.geometry import edges as module
from ilo_gis.geometry.edges import CLASH, LONE, edges_of, star_shaped

LEFT, RIGHT = box(0, 0, 1, 2), box(1, 0, 2, 2)


def table(*polygons, group=None):
    return edges_of(np.array(polygons, dtype=object), group)


def by_brute_force(edges, own):
    """Return the twins as the definition has them, one edge at a time."""
    rows = [(*a, *b, g) for a, b, g in zip(edges.start.tolist(), edges.stop.tolist(), own, strict=True)]
    back = [(*row[2:4], *row[:2], row[4]) for row in rows]
    twins = []
    for row, other in zip(rows, back, strict=True):
        walked = rows.count(row) + rows.count(other)
        lone = LONE if walked == 1 else CLASH
        twins.append(rows.index(other) if walked == 2 and other in rows else lone)
    return twins


def test_two_halves_share_one_edge():
    edges = table(LEFT, RIGHT)
    assert edges.piece.tolist() == [0] * 4 + [1] * 4
    (one, other) = np.flatnonzero(edges.twin >= 0)
    assert (edges.twin[one], edges.twin[other]) == (other, one)
    assert edges.start[one].tolist() == edges.stop[other].tolist() == [1.0, 0.0]


def test_other_groups_share_nothing():
    assert (table(LEFT, RIGHT, group=np.array([0, 1])).twin == LONE).all()


@pytest.mark.parametrize("again", [LEFT, LEFT.reverse(), box(0, 0, 1, 1)])
def test_overlaps_clash(again):
    assert CLASH in table(LEFT, again).twin
    assert CLASH not in table(LEFT, again, group=np.array([0, 1])).twin


def test_three_on_one_line_clash():
    edges = table(LEFT, RIGHT, box(1, 0, 3, 2))
    assert (edges.twin == CLASH).sum() == 3


def test_land_is_on_the_left_however_rings_are_stored():
    ring = box(0, 0, 4, 4).difference(box(1, 1, 2, 2))
    for polygon in (ring, ring.reverse(), shapely.orient_polygons(ring), Polygon(ring.exterior.reverse())):
        edges = table(polygon)
        x, y, u, v = *edges.start.T, *edges.stop.T
        assert (x * v - y * u).sum() / 2 == pytest.approx(polygon.area)
        assert edges.hole.tolist() == [False] * 4 + [True] * (len(edges.hole) - 4)


def test_edges_follow_each_other():
    edges = table(box(0, 0, 4, 4), box(0, 0, 1, 1).reverse(), group=np.array([0, 1]))
    for piece in (0, 1):
        own = edges.piece == piece
        assert edges.stop[own].tolist() == np.roll(edges.start[own], -1, axis=0).tolist()


def test_vertices_twice_zeros_of_both_signs_and_nothing():
    edges = table(Polygon([(0, 0), (0, 0), (1, 0), (1, 1)]), Polygon([(-0.0, 0.0), (1, 1), (0, 1)]))
    assert len(edges.piece) == 6
    assert (edges.twin >= 0).sum() == 2
    assert len(table(None, Polygon()).piece) == 0
    assert len(table().twin) == 0


corner = st.tuples(st.integers(0, 3), st.integers(0, 3))
triangles = st.lists(
    st.tuples(corner, corner, corner).map(Polygon).filter(lambda p: p.area > 0), min_size=1, max_size=9
)


@given(triangles, st.integers(1, 2), st.booleans())
@settings(max_examples=60, deadline=None)
def test_twins_are_those_of_the_definition(polygons, groups, keys_collide):
    group = np.arange(len(polygons)) % groups
    with pytest.MonkeyPatch.context() as patch:
        if keys_collide:
            patch.setattr(module, "_hash", lambda xy: np.zeros(len(xy), dtype=np.uint64))
        edges = table(*polygons, group=group)
    assert edges.twin.tolist() == by_brute_force(edges, group[edges.piece])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=9))
@settings(max_examples=100, deadline=None)
def test_star_shaped_polygons_are_valid(corners):
    polygon = Polygon(corners)
    if star_shaped(table(polygon), 1)[0]:
        assert polygon.is_valid


def test_what_is_star_shaped():
    zigzag = Polygon([(0, 0), (9, 0), (9, 9), (1, 9), (1, 8), (8, 8), (8, 1), (0, 1)])
    twice = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)] * 2)
    holed = box(0, 0, 9, 9).difference(box(1, 1, 2, 2))
    far = shapely.affinity.translate(box(0, 0, 8, 20), 254_000.123, 8_047_000.456)
    shapes = np.array([LEFT, zigzag, twice, holed, far, None], dtype=object)
    assert star_shaped(edges_of(shapes), 6).tolist() == [True, False, False, False, True, False]
