"""Shapefiles as they come: parts missing, encodings not told or wrong, names cut short."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from shapely import box

from ilo_gis import io, tables
from ilo_gis.errors import CRSError, ReadError, SchemaError
from ilo_gis.io.shapefile import whole_names

LOT = box(254_000, 8_046_000, 254_008, 8_046_020)
NAMES = ["Asoc. Peñaflor", "Mz. Ñ – Miramar", "Cálidda", "Pampa Inalámbrica"]


def shapefile(folder, encoding="cp1252", cpg=None, names=NAMES):
    path = folder / "lots.shp"
    lots = gpd.GeoDataFrame({"name": names}, geometry=[LOT] * len(names), crs=32719)
    lots.to_file(path, encoding=encoding)
    if cpg is None:
        path.with_suffix(".cpg").unlink()
    else:
        path.with_suffix(".cpg").write_text(cpg)
    return path


@pytest.mark.parametrize(
    ("encoding", "cpg", "rules"),
    [
        ("utf-8", "UTF-8", []),
        ("cp1252", "1252", []),
        ("cp1252", "ANSI 1252", []),
        ("utf-8", None, ["read.no_cpg"]),
        ("utf-8", "ISO-8859-1", ["read.wrong_cpg"]),
        ("cp1252", "UTF-8", ["read.wrong_cpg"]),
        ("cp1252", "no such thing", ["read.wrong_cpg"]),
    ],
)
def test_the_encoding_is_found_by_the_letters_and_told(tmp_path, encoding, cpg, rules):
    layer, found = io.read_with_findings(shapefile(tmp_path, encoding, cpg))
    assert layer["name"].tolist() == NAMES
    assert found["rule"].tolist() == rules


def test_old_cad_wrote_the_letters_of_dos(tmp_path):
    names = [name.replace("–", "-") for name in NAMES]
    path = shapefile(tmp_path, "cp850", None, names)
    assert io.read_layer(path)["name"].tolist() == names
    assert io.read_layer(path, encoding="cp1252")["name"].tolist() != names
    with pytest.raises(ReadError, match="no encoding 'latin-99'"):
        io.read_layer(path, encoding="latin-99")


def test_texts_spoiled_before_are_told_and_stay(tmp_path):
    path = shapefile(tmp_path, "utf-8", "UTF-8", ["Asoc. PeÃ±aflor"])
    layer, found = io.read_with_findings(path)
    assert layer["name"].tolist() == ["Asoc. PeÃ±aflor"]
    assert found["rule"].tolist() == ["read.spoiled"]


def test_missing_parts_are_told_with_what_to_do(tmp_path):
    path = shapefile(tmp_path, "utf-8", "UTF-8")
    path.with_suffix(".prj").unlink()
    path.with_suffix(".dbf").unlink()
    layer, found = io.read_with_findings(path, crs=32719)
    assert layer.columns.tolist() == ["geometry"]
    assert layer.crs.to_epsg() == 32719
    assert sorted(found["rule"]) == ["read.no_dbf", "read.no_prj"]
    path.with_suffix(".shx").unlink()
    with pytest.raises(ReadError, match=r"lacks lots.shx.*SHAPE_RESTORE_SHX YES mended.gpkg lots.shp"):
        io.read_layer(path)


def test_null_shapes_and_dates_come_through(tmp_path):
    days = np.array(["1996-03-31", "NaT"], dtype="datetime64[D]")
    shapes = np.array([LOT.wkb, None], dtype=object)
    kind = {"geometry_type": "Polygon", "crs": "EPSG:32719"}
    pyogrio.raw.write(tmp_path / "d.shp", shapes, [days], ["day"], **kind)
    read, found = io.read_with_findings(tmp_path / "d.shp")
    assert read.geometry.isna().tolist() == [False, True]
    assert read["day"].iloc[0] == pd.Timestamp("1996-03-31")
    assert found[["rule", "found"]].to_numpy().tolist() == [["read.missing", 1.0]]


def test_names_cut_by_gdal_are_made_whole(tmp_path):
    spec = tables.describe("lots")
    columns = [name for name in spec.index if name not in ("geometry", "lot_id")]
    whole = gpd.GeoDataFrame({"lot_id": ["K-1"]} | dict.fromkeys(columns, "1"), geometry=[LOT], crs=32719)
    with pytest.warns((UserWarning, RuntimeWarning), match="longer than 10 characters|laundered"):
        whole.to_file(tmp_path / "cut.shp")
    cut = io.read_layer(tmp_path / "cut.shp")
    assert max(map(len, cut.columns)) == 10
    named, names = whole_names(cut, "lots")
    assert set(named.columns) == set(whole.columns)
    assert names["neighbou_1"] == "neighbour_left"
    assert whole_names(whole, "lots")[1] == {}


def geojson(path, ring, **members):
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": [feature]}))
    return path


def test_geojson_without_a_crs_is_in_degrees_unless_it_cannot_be(tmp_path):
    metres = geojson(tmp_path / "m.geojson", [list(point) for point in LOT.exterior.coords])
    with pytest.raises(CRSError, match=r"says that it is in degrees.*reach 8,046,020.*--crs EPSG:32719"):
        io.read_layer(metres)
    layer, found = io.read_with_findings(metres, crs=32719)
    assert layer.geometry[0].equals(LOT)
    assert found["rule"].tolist() == ["read.no_degrees"]
    old = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32719"}}}
    told = geojson(tmp_path / "o.geojson", [list(point) for point in LOT.exterior.coords], **old)
    assert io.read_layer(told).crs.to_epsg() == 32719
    degrees = geojson(
        tmp_path / "d.geojson", [[-71.3, -17.6], [-71.29, -17.6], [-71.29, -17.59], [-71.3, -17.6]]
    )
    with pytest.raises(CRSError, match=r"degree\. Project it"):
        tables.require_metres(io.read_layer(degrees), "lots")


def test_real_lots_of_a_developer_become_the_table(shared_data):
    made, found = io.import_file(
        shared_data / "dirty_lots.geojson", 32719, table="lots", columns={"block_id": "manzana"}
    )
    assert len(made["lots"]) > 1_000
    assert made["lots"].crs.to_epsg() == 32719
    ids = found[found["rule"] == "read.same_name"]["feature"]
    assert len(ids) == 6
    assert made["lots"].index.is_unique
    crossed = found.loc[found["rule"] == "read.crossed", "feature"]
    assert set(crossed) == set(made["lots"].index[~made["lots"].is_valid])
    assert len(crossed) > 0
    assert "30A" in " ".join(found.loc[found["rule"] == "read.no_value", "message"])


def test_what_a_layer_does_not_tell_is_asked_for_by_its_option(tmp_path):
    lots = gpd.GeoDataFrame({"SECTOR": ["A"]}, geometry=[LOT], crs=32719)
    lots.to_file(tmp_path / "lots.gpkg")
    with pytest.raises(
        SchemaError, match=r"(?s)lots\.gpkg has no column .*are: SECTOR\. .*--column block_id=NAME"
    ):
        io.import_file(tmp_path / "lots.gpkg", table="lots")
    lots.to_crs(4326).to_file(tmp_path / "lots.geojson")
    with pytest.raises(CRSError, match=r"lots\.geojson is in degrees \(WGS 84\)\. .*--crs EPSG:32719"):
        io.import_file(tmp_path / "lots.geojson", table="lots", columns={"block_id": "SECTOR"})
