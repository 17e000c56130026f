"""PSAD56 to WGS 84 by the operation for Peru, and no other."""

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Transformer
from shapely import LineString, Point, box

from ilo_gis import io
from ilo_gis.errors import CRSError
from ilo_gis.io.datum import operation, to_crs

ILO = Point(254_000, 8_046_000)


def at(crs, *shapes):
    return gpd.GeoDataFrame({"id": range(len(shapes))}, geometry=list(shapes), crs=crs)


def test_the_shifts_at_ilo_are_those_of_the_facts():
    moved = to_crs(at(24879, ILO), 32719).geometry[0]
    assert moved.x - ILO.x == pytest.approx(-193.5, abs=0.1)
    assert moved.y - ILO.y == pytest.approx(-364.7, abs=0.1)
    mean = Transformer.from_pipeline(
        "+proj=pipeline +step +inv +proj=utm +zone=19 +south +ellps=intl +step +proj=push +v_3 "
        "+step +proj=cart +ellps=intl +step +proj=helmert +x=-288 +y=175 +z=-376 "  # EPSG:1201, all of it
        "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 +step +proj=utm +zone=19 +south +ellps=WGS84"
    ).transform(ILO.x, ILO.y)
    assert moved.distance(Point(mean)) == pytest.approx(8.8, abs=0.1)


def test_the_operation_and_its_accuracy_are_told(caplog):
    way = operation(at(24879, ILO), 32719)
    assert (way.name, way.code, way.accuracy) == ("PSAD56 to WGS 84 (8)", "EPSG:1208", 16.0)
    to_crs(at(24879, ILO), 32719)
    assert "PSAD56 to WGS 84 (8), EPSG:1208, accurate to 16 m" in caplog.text


def test_the_whole_of_peru_has_one_operation():
    # east of Tacna an operation for Chile holds too, and pyproj picks one point by point
    corners = gpd.GeoSeries([Point(-77.0, -12.0), Point(-70.2, -18.2)], crs=4248).to_crs(24879)
    plan = gpd.GeoDataFrame(geometry=corners)
    assert operation(plan, 32719).code == "EPSG:1208"
    assert operation(plan.iloc[[1]], 32719).code == "EPSG:1208"


def test_no_operation_is_needed_within_a_datum():
    for one, other in ((32719, 32718), (4326, 32719), (24879, 24878)):
        layer = to_crs(at(32719, ILO), one)
        assert operation(layer, other) is None
        twice = gpd.GeoSeries([layer.geometry[0]] * 2, crs=layer.crs)
        assert to_crs(layer, other).geometry[0].distance(twice.to_crs(other)[0]) == 0


def test_there_and_back_is_within_a_centimetre_and_heights_stay():
    shapes = [
        box(254_000, 8_046_000, 254_010, 8_046_020),
        LineString([(254_000, 8_046_000, 7), (254_009, 8_046_000, 9)]),
    ]
    layer = at(24879, *shapes, None)
    back = to_crs(to_crs(layer, 32719), 24879)
    assert back.geometry[:2].geom_equals_exact(layer.geometry[:2], 0.01).all()
    assert back.geometry.isna().tolist() == [False, False, True]
    assert [point[2] for point in back.geometry[1].coords] == [7, 9]
    assert back.crs == layer.crs


def test_peru96_goes_by_its_own_operation():
    assert operation(at(5389, ILO), 32719).accuracy == 1.0


def test_what_cannot_be_projected_is_refused():
    with pytest.raises(CRSError, match="has no CRS"):
        to_crs(at(None, ILO), 32719)
    with pytest.raises(CRSError, match="no place"):
        to_crs(at(4326, Point(0, 2_000)), 32719)
    with pytest.raises(CRSError, match=r"No operation .* holds where the layer lies"):
        to_crs(at(24879, Point(500_000, 15_000_000)), 32719)
    local = 'LOCAL_CS["plan",UNIT["metre",1]]'
    with pytest.raises(CRSError, match="local CRS"):
        to_crs(at(local, ILO), 32719)


def test_a_layer_that_is_read_goes_the_same_way(tmp_path):
    at(24879, ILO).to_file(tmp_path / "old.gpkg")
    layer, found = io.read_with_findings(tmp_path / "old.gpkg", crs=32719)
    assert layer.geometry[0].x == pytest.approx(253_806.44, abs=0.01)
    assert found["rule"].tolist() == ["read.datum"]
    assert found["found"].tolist() == [16.0]
    assert "EPSG:1208" in found["message_es"].iloc[0]
    assert np.isfinite(layer.total_bounds).all()
