"""Features of several parts in what offices send: never refused as a whole, never taken apart silently."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, MultiLineString, MultiPolygon, box

from ilo_gis import io

TWO = MultiLineString(
    [[(254_000, 8_046_000), (254_050, 8_046_000)], [(254_060, 8_046_000), (254_090, 8_046_000)]]
)


def test_parts_of_a_street_are_lines_of_their_own_and_told(tmp_path):
    one = LineString([(254_000, 8_046_010), (254_007, 8_046_010)])
    rows = {
        "line_id": ["12", "12-1"],
        "name": ["Calle 1", "Calle 2"],
        "width": [9.0, 7.0],
        "length": [80.0, 7.5],
    }
    gpd.GeoDataFrame(rows, geometry=[TWO, one], crs=32719).to_file(tmp_path / "s.gpkg")
    made, found = io.import_file(tmp_path / "s.gpkg", table="street_lines")
    lines = made["street_lines"]
    assert lines.index.tolist() == ["12--1", "12--2", "12-1"]  # the id that the file has stays its own
    assert lines["length"].tolist() == [50.0, 30.0, 7.5]
    assert lines["name"].tolist() == ["Calle 1", "Calle 1", "Calle 2"]
    assert lines.length.sum() == pytest.approx(87.0)
    (told,) = found[found["rule"] == "read.parts"].itertuples()
    assert (told.feature, told.found) == ("12", 2)
    assert "12--1, 12--2" in told.message_es


def test_a_lot_of_two_parts_is_left_out_by_its_id_and_a_block_is_taken_apart(tmp_path):
    pair = MultiPolygon(
        [box(254_000, 8_046_000, 254_008, 8_046_020), box(254_010, 8_046_000, 254_012, 8_046_020)]
    )
    whole = box(254_020, 8_046_000, 254_028, 8_046_020)
    rows = {"lot_id": ["K-1", "K-2"], "block_id": ["K", "K"], "area": [200.0, 160.0], "width": [12.0, 8.0]}
    layer = gpd.GeoDataFrame(rows, geometry=[pair, whole], crs=32719)
    layer.to_file(tmp_path / "l.gpkg")
    made, found = io.import_file(tmp_path / "l.gpkg", table="lots")
    assert made["lots"].index.tolist() == ["K-2"]
    assert found.loc[
        found["rule"] == "read.one_piece", ["feature", "severity", "found"]
    ].to_numpy().tolist() == [["K-1", "error", 2]]
    layer.drop(columns="lot_id").assign(block_id=["K", "L"]).to_file(tmp_path / "b.gpkg")
    blocks = io.import_file(tmp_path / "b.gpkg", table="blocks")[0]["blocks"]
    assert blocks["area"].to_dict() == {"K-1": 160.0, "K-2": 40.0, "L": 160.0}
    assert blocks["width"].isna().tolist() == [True, True, False]


def test_a_real_layer_of_streets_comes_in_whole(shared_data):
    raw = io.read_layer(shared_data / "ilo_real.gpkg", "streets")
    made, found = io.import_file(
        shared_data / "ilo_real.gpkg",
        table="street_lines",
        layer="streets",
        columns={"width": "categoria_via"},
    )
    parts = found[found["rule"] == "read.parts"]
    assert len(parts) == 346
    assert len(made["street_lines"]) == len(raw) - 346 + parts["found"].sum()
    assert np.isclose(made["street_lines"].length.sum(), raw.length.sum())
