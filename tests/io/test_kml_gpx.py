"""KML, KMZ and GPX: degrees that become metres, folders, extended data, times."""

import zipfile

import pandas as pd
import pytest

from ilo_gis import io
from ilo_gis.errors import CRSError, ReadError

RING = "-71.30,-17.60,0 -71.2999,-17.60,0 -71.2999,-17.5998,0 -71.30,-17.60,0"
KML = f"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Plano</name>
<Folder><name>Lotes</name><Placemark><name>Ñ-1</name>
<ExtendedData><Data name="uso"><value>vivienda</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark></Folder>
<Folder><name>Lotes</name><Placemark><name>K-2</name><Point><coordinates>-71.3,-17.6,12</coordinates></Point>
</Placemark></Folder>
<Placemark><name>vacío</name></Placemark>
<NetworkLink><Link><href>http://localhost:1/more.kml</href></Link></NetworkLink>
</Document></kml>"""

GPX = """<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="-17.6" lon="-71.3"><ele>120.5</ele>
<time>1996-03-31T14:00:00Z</time><name>H1</name><desc>hito</desc></wpt>
<wpt lat="-17.6" lon="-71.31"><name>H1</name></wpt>
<trk><name>Calle 1</name><trkseg>
<trkpt lat="-17.6" lon="-71.3"><time>1996-03-31T14:00:00Z</time></trkpt>
<trkpt lat="-17.601" lon="-71.3"><time>1996-03-31T10:00:00-05:00</time></trkpt></trkseg></trk></gpx>"""


def test_all_folders_become_one_layer_in_metres(tmp_path):
    (tmp_path / "a.kml").write_text(KML, "utf-8")
    layer, found = io.read_kml(tmp_path / "a.kml", 32719)
    rows = layer.set_index("name").sort_index()
    assert rows.index.tolist() == ["K-2", "vacío", "Ñ-1"]
    assert rows.at["Ñ-1", "uso"] == "vivienda"
    assert rows.at["Ñ-1", "folder"] == "Lotes"
    assert rows.geometry["Ñ-1"].area == pytest.approx(10.6 * 22.1 / 2, rel=0.01)
    assert not rows.geometry["K-2"].has_z
    assert set(layer.columns) == {"folder", "name", "description", "uso", "geometry"}
    assert sorted(found["rule"]) == ["read.heights", "read.missing"]


def test_kmz_is_the_same(tmp_path):
    (tmp_path / "a.kml").write_text(KML, "utf-8")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as packed:
        packed.writestr("doc.kml", KML)
    one, other = (io.read_kml(tmp_path / name, 32719)[0] for name in ("a.kml", "a.kmz"))
    pd.testing.assert_frame_equal(one.drop(columns="geometry"), other.drop(columns="geometry"))
    assert (
        one.geometry.geom_equals(other.geometry).tolist() == [True, True, True] or one.geometry.isna().any()
    )


def test_points_and_tracks_have_their_times(tmp_path):
    (tmp_path / "a.gpx").write_text(GPX, "utf-8")
    tables, found = io.read_gpx(tmp_path / "a.gpx", 32719)
    points, tracks = tables["field_points"], tables["field_tracks"]
    assert points.index.tolist() == ["H1", "H1 (2)"]
    assert points.loc["H1", ["time", "elevation", "note"]].tolist() == [
        pd.Timestamp("1996-03-31 14:00"),
        120.5,
        "hito",
    ]
    assert tracks.loc["Calle 1", ["start", "end", "points"]].tolist() == [
        pd.Timestamp("1996-03-31 14:00"),
        pd.Timestamp("1996-03-31 15:00"),
        2,
    ]
    assert tracks["length"].tolist() == pytest.approx([110.7], abs=0.2)
    assert found[["feature", "rule"]].to_numpy().tolist() == [["H1 (2)", "gpx.no_time"]]


def test_without_a_crs_the_zone_is_that_of_the_longitude_and_told(tmp_path):
    (tmp_path / "ilo.gpx").write_text(GPX, "utf-8")
    (tmp_path / "lima.gpx").write_text(GPX.replace("-71.3", "-77.0").replace("-17.6", "-12.0"), "utf-8")
    for name, code, longitude in (("ilo", 32719, "-71.3"), ("lima", 32718, "-77.0")):
        made, found = io.import_file(tmp_path / f"{name}.gpx")
        assert {table.crs.to_epsg() for table in made.values()} == {code}
        told = found.set_index("rule").loc["gpx.zone"]
        assert f"EPSG:{code}" in told["message_es"]
        assert f"({longitude}" in told["message_es"]
    assert "gpx.zone" not in set(io.import_file(tmp_path / "ilo.gpx", 32719)[1]["rule"])


def test_what_holds_nothing_is_told(tmp_path):
    (tmp_path / "e.gpx").write_text('<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"></gpx>')
    with pytest.raises(ReadError, match="neither waypoints nor tracks"):
        io.read_gpx(tmp_path / "e.gpx", 32719)
    (tmp_path / "a.kml").write_text(KML, "utf-8")
    with pytest.raises(CRSError, match="degree"):
        io.read_kml(tmp_path / "a.kml", 4326)
    (tmp_path / "e.kml").write_text('<kml xmlns="http://www.opengis.net/kml/2.2"><Document></Document></kml>')
    with pytest.raises(ReadError, match=r"no placemarks|no layers|cannot be read"):
        io.read_kml(tmp_path / "e.kml", 32719)


def test_names_of_placemarks_are_left_out_of_lots_unless_they_are_told_to_be_ids(tmp_path):
    data = '<Data name="MANZANA"><value>K</value></Data><Data name="LOTE"><value>1</value></Data>'
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing></outerBoundaryIs>"
    mark = f"<name>Ñ-1</name><ExtendedData>{data}</ExtendedData><Polygon>{ring}</Polygon>"
    whole = f"<kml><Document><Placemark>{mark}</Placemark><Placemark/></Document></kml>"
    (tmp_path / "a.kml").write_text(whole, "utf-8")
    made, found = io.import_file(tmp_path / "a.kml", 32719, table="lots")
    assert made["lots"].index.tolist() == ["K-1"]
    assert "name" not in made["lots"]
    assert "read.missing" in set(found["rule"])
    assert "Ñ-1" not in found.to_json()
    assert "--column lot_id=name" in found.set_index("rule").at["read.placemarks", "message"]
    made, found = io.import_file(tmp_path / "a.kml", 32719, table="lots", columns={"lot_id": "name"})
    assert made["lots"].index.tolist() == ["Ñ-1"]
    assert "read.placemarks" not in set(found["rule"])
