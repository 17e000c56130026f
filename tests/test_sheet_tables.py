"""Tables on printed sheets add up and name what they should."""

import geopandas as gpd
import pytest
import shapely

from ilo_gis.plotting.sheet_tables import area_rows, head, sides_said, zone_rows
from ilo_gis.subdivision import area_table, lot_sides, site_outline
from ilo_gis.tables import empty


@pytest.fixture
def lots():
    shapes = [shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)]
    return gpd.GeoDataFrame({"kind": "lot"}, index=["A-1", "A-2"], geometry=shapes, crs=32719)


def test_sides_between_two_lots_have_their_length_once(lots):
    said = sides_said(lot_sides(lots), "es")
    shared = said[said["neighbour"].str.startswith("Lote")]
    assert shared["neighbour"].tolist() == ["Lote A-2", "Lote A-1"]
    assert shared["length"].tolist() == ["20.00", "20.00"]
    assert shared["once"].tolist() == ["20.00", ""]
    assert {"Frente", "Derecha"} <= set(said["side"])
    assert set(sides_said(lot_sides(lots), "en")["neighbour"]) >= {"Lot A-1"}


def test_areas_by_zone_add_up_and_unknown_codes_are_told():
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(20, 0, 30, 20)]
    zones = gpd.GeoDataFrame({"code": ["RDM", "RDM", "??"]}, geometry=shapes, crs=32719)
    heads, rows, colors = zone_rows(zones, "es")
    assert [len(row) for row in rows] == [len(heads)] * 3
    assert [row[1:4] for row in rows] == [
        ["Código desconocido", "1", "200.00"],
        ["RDM: Residencial de densidad media", "2", "200.00"],
        ["Total", "3", "400.00"],
    ]
    assert len(colors) == 2


def test_the_area_table_is_in_the_language(lots):
    streets = gpd.GeoDataFrame(geometry=[shapely.box(0, -9, 16, 0)], crs=32719)
    summary = area_table(streets, lots, empty("reserves", 32719))
    assert area_rows(summary, "es")[1][-1] == ["Área total", "1", "464.00", "0.05", "100.00"]
    assert [row[0] for row in area_rows(summary, "en")[1]][:2] == ["Lots", "Remnants"]
    assert head("vertices", "easting") == "Este (m)"


def test_an_outline_has_no_vertices_on_straight_lines(lots):
    streets = gpd.GeoDataFrame(geometry=[shapely.box(0, -9, 16, 0), shapely.box(40, 0, 41, 1)], crs=32719)
    outline = site_outline(streets, lots)
    assert outline.area.to_dict() == {"A": 464.0, "B": 1.0}
    assert shapely.get_num_coordinates(outline.geometry).tolist() == [5, 5]
