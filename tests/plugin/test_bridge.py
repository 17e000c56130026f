"""Layers to tables and back: nothing is lost, nothing is made up."""

import time
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal
from pyproj import CRS
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsVectorLayer,
)

from ilo_gis import io, tables

bridge = pytest.importorskip("ilo_gis_plugin.bridge")

OWN = CRS.from_wkt(
    'PROJCRS["Grilla de Ilo",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",'
    'ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0]],'
    'CONVERSION["propia",METHOD["Transverse Mercator",ID["EPSG",9807]],'
    'PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],'
    'PARAMETER["Longitude of natural origin",-71.3,ANGLEUNIT["degree",0.0174532925199433]],'
    'PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1]],'
    'PARAMETER["False easting",250000,LENGTHUNIT["metre",1]],'
    'PARAMETER["False northing",10000000,LENGTHUNIT["metre",1]]],'
    'CS[Cartesian,2],AXIS["easting",east],AXIS["northing",north],LENGTHUNIT["metre",1]]'
)


def nasty(crs=32719):
    """A table with all that tables may hold."""
    columns = {
        "text": pd.Series(["Ñuñoa «5» 'x'", None, ""], dtype=object),
        "whole": pd.Series([2**53 + 1, -1, 0], dtype="int64"),
        "some": pd.Series([2**53 + 1, None, 0], dtype="Int64"),
        "number": [0.1 + 0.2, np.nan, -1e300],
        "yes": [True, False, True],
        "maybe": pd.Series([True, None, False], dtype="boolean"),
        "day": pd.Series(["1983-05-01", None, "2262-12-31"], dtype="datetime64[ms]"),
        "time": pd.Series(["1983-05-01T10:11:12.345", None, "9999-12-31"], dtype="datetime64[ms]"),
        "zoned": pd.Series(
            ["1983-05-01T10:11:12.345", None, "2020-01-01"], dtype="datetime64[ms]"
        ).dt.tz_localize("UTC"),
        "kept": pd.Series([b"\x00a", None, b""], dtype=object),
    }
    shapes = shapely.from_wkt(
        ["POLYGON Z ((0 0 1, 9 0 2, 9 9 3, 0 0 1), (5 1 0, 6 1 0, 6 2 0, 5 1 0))", None, "POLYGON Z EMPTY"]
    )
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs).set_index(
        pd.Index(["b", "a", "c"], name="lot_id")
    )


@pytest.mark.parametrize("crs", [32719, 24879, OWN, None], ids=["utm", "psad56", "own", "none"])
def test_there_and_back_is_the_same(plugin, crs):
    table = nasty(crs)
    back = bridge.to_frame(bridge.to_layer(table, "lotes"))
    assert_geodataframe_equal(back, table, check_crs=False)
    assert back.crs == table.crs
    assert back.index.name == "lot_id"


@pytest.mark.parametrize("dimension", ["", " Z", " M", " ZM"])
@pytest.mark.parametrize(
    "kind", ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
)
def test_every_kind_of_geometry_is_kept(plugin, kind, dimension):
    values = " ".join("4321"[: 2 + len(dimension.strip())])
    ring = f"0 0{values[3:]}, 9 0{values[3:]}, {values}, 0 0{values[3:]}"
    body = {"Point": values, "LineString": f"{ring}", "Polygon": f"({ring})"}[kind.removeprefix("Multi")]
    body = f"(({body}))" if kind.startswith("Multi") else f"({body})"
    shape = shapely.from_wkt(f"{kind}{dimension} {body}")
    back = bridge.to_frame(bridge.to_layer(gpd.GeoDataFrame(geometry=[shape], crs=32719), "x"))
    assert shapely.to_wkt(back.geometry.iloc[0]) == shapely.to_wkt(shape)


def test_categories_go_by_value_and_tables_without_geometry_are_tables(plugin):
    table = pd.DataFrame(
        {"kind": pd.Categorical(["move", None, "order"]), "stage": pd.Categorical([2, 1, 2])}
    )
    layer = bridge.to_layer(table, "tareas")
    assert not layer.isSpatial()
    wanted = pd.DataFrame({"kind": ["move", None, "order"], "stage": [2, 1, 2]}).astype({"kind": object})
    assert_frame_equal(bridge.to_frame(layer).reset_index(drop=True), wanted)


@pytest.fixture
def project_layer(tmp_path):
    """The blocks of a project file with two alternatives, as QGIS shows them."""
    blocks = gpd.GeoDataFrame(
        {"area": [4.0, 9.0]}, geometry=[shapely.box(0, 0, 2, 2), shapely.box(5, 0, 8, 3)]
    )
    blocks = tables.complete(blocks.set_index(pd.Index(["A", "B"], name="block_id")).set_crs(32719), "blocks")
    with io.open(tmp_path / "p.gpkg", create=True) as store:
        store.write({"blocks": blocks}, "base")
        store.write({"blocks": blocks}, "otra")
        layer = QgsVectorLayer(f"{tmp_path / 'p.gpkg'}|layername=blocks", "Manzanas", "ogr")
        yield layer, blocks


def test_a_project_layer_is_what_the_store_would_read_with_the_edits_not_saved(plugin, project_layer):
    layer, blocks = project_layer
    with pytest.raises(bridge.BridgeError, match=r"base, otra.*Filtre la capa"):
        bridge.to_frame(layer)
    layer.setSubsetString("scenario = 'base'")
    assert_geodataframe_equal(tables.conform(bridge.to_frame(layer), "blocks"), blocks)
    layer.startEditing()
    first = next(layer.getFeatures())
    layer.changeGeometry(first.id(), QgsGeometry.fromWkt("Polygon((0 0,1 0,1 1,0 0))"))
    assert bridge.to_frame(layer).loc["A", "area"] == 0.5, "the form has it follow the shape"
    assert bridge.to_frame(layer).area["A"] == 0.5
    layer.selectByIds([first.id()])
    assert list(bridge.to_frame(layer, selected=True).index) == ["A"]
    layer.rollBack()


def test_ids_that_repeat_stay_a_column_and_features_go_by_their_number(plugin):
    layer = bridge.to_layer(pd.DataFrame({"lot_id": ["A", "A"]}), "x")
    assert bridge.to_frame(layer).columns.tolist() == ["lot_id"]
    assert bridge.to_frame(layer).index.tolist() == [f.id() for f in layer.getFeatures()]
    with pytest.raises(bridge.BridgeError, match=r"«x» no tiene la columna «manzana»; tiene: lot_id"):
        bridge.to_frame(layer, ids="manzana")


def test_curves_are_refused_with_what_to_do_and_straight_ones_taken(plugin):
    layer = QgsVectorLayer("CurvePolygon?crs=EPSG:32719", "óvalo", "memory")
    straight, round_ = QgsFeature(), QgsFeature()
    straight.setGeometry(QgsGeometry.fromWkt("CurvePolygon(CompoundCurve((0 0, 9 0, 9 9, 0 0)))"))
    round_.setGeometry(QgsGeometry.fromWkt("CurvePolygon(CircularString(0 0, 9 0, 0 0))"))
    layer.dataProvider().addFeatures([straight])
    assert bridge.to_frame(layer).geometry.iloc[0].wkt == "POLYGON ((0 0, 9 0, 9 9, 0 0))"
    layer.dataProvider().addFeatures([round_])
    with pytest.raises(bridge.BridgeError, match=r"«óvalo» tienen curvas \(objetos 2\).*distancia máxima"):
        bridge.to_frame(layer)


def test_broken_geometries_are_named(plugin):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32719", "x", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("Polygon((0 0, 1 1))"))
    layer.dataProvider().addFeatures([feature])
    with pytest.raises(bridge.BridgeError, match=r"dañadas \(objetos 1\)"):
        bridge.to_frame(layer)


def test_a_source_of_processing_comes_with_its_invalid_geometries(plugin):
    bow = shapely.from_wkt("POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))")
    layer = bridge.to_layer(gpd.GeoDataFrame(geometry=[bow], crs=32719), "x")
    source = QgsProcessingFeatureSource(layer, QgsProcessingContext(), False)
    assert bridge.to_frame(source).geometry.iloc[0].equals_exact(bow)


def test_declared_tables_have_spanish_names_and_their_types_even_if_empty(plugin):
    layer = bridge.to_layer(tables.empty("lots", 32719), "lotes", "lots")
    names = {
        field.name(): (layer.attributeAlias(i), field.typeName()) for i, field in enumerate(layer.fields())
    }
    assert next(iter(names)) == "lot_id"
    assert names["frontage"] == ("Frente", "double")
    assert names["number"][1] == "int8"
    assert names["corner"][1] == "boolean"
    assert layer.crs() == QgsCoordinateReferenceSystem("EPSG:32719")
    back = tables.conform(bridge.to_frame(layer), "lots")
    assert_geodataframe_equal(back, tables.empty("lots", 32719), check_index_type=False)


def test_kinds_that_no_layer_holds_together_are_parted(plugin):
    shapes = [
        shapely.Point(0, 0),
        shapely.box(0, 0, 1, 1),
        None,
        shapely.MultiPoint([(1, 1)]),
        shapely.Point(2, 2),
    ]
    table = gpd.GeoDataFrame({"n": range(5)}, geometry=shapes, crs=32719)
    with pytest.raises(bridge.BridgeError, match=r"varias clases \(MultiPoint, Point, Polygon\)"):
        bridge.to_layer(table, "hallazgos")
    parts = [bridge.to_frame(bridge.to_layer(part, "x"))["n"].tolist() for part in tables.by_kind(table)]
    assert parts == [[0, 2, 3, 4], [1]]


def test_days_are_days_in_qgis(plugin):
    layer = bridge.to_layer(nasty(), "x")
    first = next(layer.getFeatures())
    assert first["day"].toPyDate() == date(1983, 5, 1)
    assert layer.fields().field("time").typeName() == "datetime"


def test_speed_is_printed(plugin, capsys):
    count, corners = 20_000, np.random.default_rng(1).uniform(0, 1e4, (20_000, 2))
    numbers = np.arange(count)
    some = pd.Series(np.where(numbers % 3, "vivienda", None), dtype=object)
    day = pd.Series(np.where(numbers % 3, np.datetime64("1983-05-01", "ms"), np.datetime64("NaT")))
    kinds = {"number": numbers, "area": 160.0 + numbers, "use": some, "corner": numbers % 2 == 0, "day": day}
    lots = gpd.GeoDataFrame(
        {f"{name}{i}": column for i in range(4) for name, column in kinds.items()},
        geometry=shapely.box(*corners.T, *(corners + np.array([8, 20])).T),
        crs=32719,
    )
    for columns in (3, 20):
        start = time.process_time()
        layer = bridge.to_layer(lots.iloc[:, [*range(columns), 20]], "lotes")
        there = time.process_time()
        back = bridge.to_frame(layer)
        end = time.process_time()
        for feature in layer.getFeatures():
            feature.attributes()
        bare = time.process_time() - end
        assert back.shape == (count, columns + 1)
        with capsys.disabled():
            print(  # noqa: T201
                f"\n20,000 lots of {columns} columns to QGIS {there - start:.2f} s, back "
                f"{end - there:.2f} s; QGIS alone, to read them, {bare:.2f} s (of the processor)"
            )
