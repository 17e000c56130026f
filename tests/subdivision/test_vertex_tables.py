"""Vertex tables of perimeters: numbers anyone can check, and sums that hold for any polygon."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import subdivision
from ilo_gis.errors import CRSError, GeometryError
from ilo_gis.subdivision import check_perimeter, perimeter_vertices


def layer(*shapes, ids="ABCDEF"):
    return gpd.GeoDataFrame(index=list(ids[: len(shapes)]), geometry=list(shapes), crs=32719)


def test_an_l_with_a_court():
    land = shapely.Polygon([(0, 0), (40, 0), (40, 20), (20, 20), (20, 40), (0, 40)])
    table = perimeter_vertices(layer(land.difference(shapely.box(5, 5, 8, 9))))
    outer, court = table[table["ring"] == 0], table[table["ring"] == 1]
    assert outer["side"].tolist() == ["P1-P2", "P2-P3", "P3-P4", "P4-P5", "P5-P6", "P6-P1"]
    assert outer[["easting", "northing"]].values.tolist()[:3] == [[0, 40], [20, 40], [20, 20]]
    assert outer["distance"].tolist() == [20, 20, 20, 20, 40, 40]
    assert outer["azimuth"].tolist() == [90, 180, 90, 180, 270, 0]
    assert outer["angle"].round(9).tolist() == [90, 90, 270, 90, 90, 90]
    assert court["angle"].round(9).tolist() == [270] * 4
    assert court.index[0] == "A/1/P1"
    assert court[["easting", "northing"]].values.tolist() == [[5, 9], [5, 5], [8, 5], [8, 9]]


def test_of_two_vertices_as_far_north_west_the_more_northern_is_first():
    table = perimeter_vertices(layer(shapely.Polygon([(0, 0), (10, 10), (20, 0), (10, -10)])))
    assert table.loc["A/P1", ["easting", "northing"]].tolist() == [10, 10]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.05, 1), st.floats(5, 400)), min_size=3, max_size=12),
    st.floats(-1e5, 1e5),
    st.booleans(),
)
def test_sums_hold_for_any_star(spokes, east, flipped):
    turns = np.cumsum([share for share, _ in spokes])
    turns = turns / turns[-1] * 2 * np.pi
    if np.diff(turns, prepend=turns[-1] - 2 * np.pi).max() > 3:
        return
    far = np.array([length for _, length in spokes])
    xy = np.column_stack([east + far * np.cos(turns), 8e6 + far * np.sin(turns)])
    shape = shapely.Polygon(xy[::-1] if flipped else xy)
    table = perimeter_vertices(layer(shape))
    assert table["angle"].sum() == pytest.approx((len(xy) - 2) * 180)
    assert table["distance"].sum() == pytest.approx(shape.length)
    assert shapely.Polygon(table[["easting", "northing"]]).equals(shape)
    assert check_perimeter(table).empty
    rounded = table.round({"distance": 2, "angle": 4, "azimuth": 4, "easting": 2, "northing": 2})
    assert check_perimeter(rounded, tolerance=0.1).empty  # as printed on a plan


def test_what_is_misread_is_told_where():
    table = perimeter_vertices(layer(shapely.box(0, 0, 30, 40), shapely.box(50, 0, 80, 40)))
    table.loc["A/P2", "distance"] = 43.0  # 40 misread
    table.loc["B/P3", "angle"] = 99.0  # 90 misread
    found = check_perimeter(table).set_index("feature")
    told = sorted(zip(found.index, found["rule"], found["found"].round(2), strict=True))
    assert told[:2] == [("A/P1", "perimeter.closure", 3.0), ("A/P2", "perimeter.side", 43.0)]
    assert ("B/P1", "perimeter.angles", 369.0) in told
    assert "lado P2-P3 mide 43.000 m" in found.loc["A/P2", "message_es"]


def test_refusals():
    with pytest.raises(CRSError, match="to_crs"):
        perimeter_vertices(layer(shapely.box(0, 0, 1, 1)).set_crs(4326, allow_override=True))
    with pytest.raises(GeometryError, match="A"):
        perimeter_vertices(layer(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])))


def test_a_plan_has_a_table_of_each_block():
    blocks = subdivision.blocks_from_streets(_grid())
    table = perimeter_vertices(blocks)
    assert table.groupby("polygon")["distance"].sum().to_dict() == pytest.approx(blocks.length.to_dict())


def _grid():
    lines = [[(x, -20), (x + 9, 120)] for x in (0, 90, 180)] + [[(-20, y), (210, y)] for y in (0, 50, 100)]
    return gpd.GeoDataFrame(geometry=shapely.linestrings(lines), crs=32719)
