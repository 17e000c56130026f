import numpy as np
import pytest
import shapely
from shapely import Point, box

from ilo_gis.geometry.demand import Demand
from ilo_gis.geometry.layout import lay_out

L_SHAPE = box(0, 0, 120, 40) | box(0, 40, 40, 120)
COURT = box(0, 0, 120, 100) - box(40, 35, 80, 65)
RING = (Point(0, 0).buffer(120, quad_segs=64) - Point(0, 0).buffer(80, quad_segs=64)) & box(0, 0, 200, 200)


def everywhere(outlines, rule):
    return np.repeat(rule, np.diff(outlines.first))


def nowhere(outlines, rule):
    return np.full(len(outlines.ring), -1)


def pieces(*blocks, street=everywhere, area=160.0, front=8.0, depth=60.0):
    each = np.ones(len(blocks))
    demand = Demand.plain(area=area * each, front=front * each, depth=depth * each, slim=4 * front * each)
    return lay_out(np.array(blocks, dtype=object), np.arange(len(blocks)), street, demand)


def test_a_rectangle_is_two_rows_of_ten():
    found = pieces(box(0, 0, 80, 40))
    assert np.allclose(shapely.area(found.pieces), 160.0, atol=1e-3)
    assert len(found.pieces) == 20


@pytest.mark.parametrize("block", [L_SHAPE, COURT, RING, Point(0, 0).buffer(50)])
def test_pieces_cover_the_block_exactly(block):
    found = pieces(block).pieces
    assert shapely.area(found).sum() == pytest.approx(block.area, rel=1e-9)
    assert shapely.coverage_is_valid(found)


@pytest.mark.parametrize("block", [box(0, 0, 80, 40), L_SHAPE, RING])
def test_no_piece_is_a_sliver(block):
    assert shapely.area(pieces(block).pieces).min() > 1.0


def test_vertices_of_the_block_keep_their_bits():
    block = shapely.Polygon([(254000.1, 8047000.3), (254080.7, 8047002.9), (254079.2, 8047041.1)])
    vertices = set(map(tuple, shapely.get_coordinates(pieces(block).pieces).tolist()))
    assert set(block.exterior.coords) <= vertices


def test_owners_are_told():
    found = pieces(box(0, 0, 80, 40), box(100, 0, 110, 10), box(200, 0, 280, 40))
    assert np.bincount(found.owner).tolist() == [20, 1, 20]
    assert not found.undivided.any()  # the second has no room for two


def test_land_farther_than_the_depth_is_a_piece_of_its_own():
    found = pieces(box(0, 0, 200, 200), depth=30.0).pieces
    assert any(
        piece.equals(box(30, 30, 170, 170)) or piece.symmetric_difference(box(30, 30, 170, 170)).area < 1
        for piece in found
    )


def test_without_a_street_nothing_is_cut_along_it():
    found = pieces(box(0, 0, 80, 40), street=nowhere).pieces
    assert shapely.area(found).sum() == pytest.approx(3200)
    assert len(found) <= 4


def test_no_polygons():
    assert len(pieces().pieces) == 0
