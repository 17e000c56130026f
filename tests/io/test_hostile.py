"""Files made to harm who reads them: each is refused, and the error tells why."""

import json
import os
import sqlite3
import zipfile
from contextlib import closing

import ezdxf
import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Point, box

from ilo_gis import io
from ilo_gis.errors import ReadError, SchemaError, WriteError
from ilo_gis.io import zipped

LOT = box(254_000, 8_046_000, 254_008, 8_046_020)


def layer(**columns):
    return gpd.GeoDataFrame({"name": ["A"], **columns}, geometry=[LOT], crs=32719)


def geojson(*coordinates):
    shapes = [{"type": "LineString", "coordinates": one} for one in coordinates]
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def gpkg(tmp_path):
    path = tmp_path / "lots.gpkg"
    layer().to_file(path, layer="lots")
    return path


def refused(path, reason, **how):
    for door in (io.read_layer, io.read_table):
        with pytest.raises(ReadError, match=reason):
            door(path, **how)


# -- zipped files -------------------------------------------------------------------------------


def zip_of(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize("suffix", ["zip", "kmz", "xlsx"])
def test_zip_bombs_are_seen_before_anything_is_unpacked(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(zipped, "SURELY_SMALL", 2**20)
    bomb = zip_of(tmp_path / f"b.{suffix}", **{"doc.kml": b" " * 2**22})
    monkeypatch.setattr(zipped, "_unpack", lambda *_: pytest.fail("unpacked"))
    refused(bomb, "would unpack to .* times its size; 200 are the most")
    monkeypatch.setattr(zipped, "MOST_BYTES", 2**21)
    refused(bomb, "would unpack to .* GB")
    monkeypatch.setattr(zipped, "MOST_FILES", 0)
    refused(bomb, "holds 1 files; 0 are the most")


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_declares(tmp_path):
    path = zip_of(tmp_path / "liar.zip", **{"a.geojson": b"[" * 10**6})
    content = path.read_bytes()
    true, told = (10**6).to_bytes(4, "little"), (10**3).to_bytes(4, "little")
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, told))
    refused(path, "damaged")


@pytest.mark.parametrize(
    "name", ["../out.geojson", "/etc/out.geojson", "a/../../out.geojson", "..\\out.geojson", "C:\\x.geojson"]
)
def test_zip_members_that_leave_the_folder_are_refused(tmp_path, name):
    refused(zip_of(tmp_path / "evil.zip", **{name: "{}"}), "outside of its folder. Not unpacked")
    assert [one.name for one in tmp_path.iterdir()] == ["evil.zip"]


def test_links_passwords_and_zips_in_zips_are_refused(tmp_path):
    link = zipfile.ZipInfo("lots.geojson")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    refused(tmp_path / "link.zip", "is a link")
    nested = zip_of(tmp_path / "nested.zip", **{"in.zip": b"PK"})
    refused(nested, "holds another packed file")
    locked = bytearray(zip_of(tmp_path / "locked.zip", **{"a.geojson": "{}"}).read_bytes())
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    refused(tmp_path / "locked.zip", "needs a password")


def test_zipped_layers_are_read_and_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    layer().to_file(tmp_path / "lots.shp")
    parts = {
        f"plan/lots.{end}": (tmp_path / f"lots.{end}").read_bytes() for end in ("shp", "shx", "dbf", "prj")
    }
    path = zip_of(tmp_path / "plan.zip", **parts, **{"plan/readme.html": "<html>"})
    assert io.read_layer(path).geometry[0].equals(LOT)
    assert list((tmp_path / "tmp").iterdir()) == []
    both = parts | {name.replace("lots", "more"): content for name, content in parts.items()}
    assert len(io.read_layer(zip_of(tmp_path / "both.zip", **both), "more")) == 1
    refused(zip_of(tmp_path / "none.zip", **{"a.txt.exe": "x"}), "holds no layer")
    mixed = parts | {"lots.geojson": geojson()}
    refused(zip_of(tmp_path / "mixed.zip", **mixed), "several files: lots.geojson, lots.shp")
    (tmp_path / "broken.zip").write_bytes(path.read_bytes()[:300])
    refused(tmp_path / "broken.zip", "damaged, or not a zipped file")


# -- addresses and descriptions ----------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/vsicurl/http://localhost:1/lots.gpkg",
        "/vsizip//vsizip/a.zip/b.zip/c.shp",
        "/VSIMEM/x.gpkg",
        "http://localhost:1/lots.geojson",
        "zip:///tmp/a.zip!b.shp",
        "PG:host=localhost dbname=ilo",
        "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>",
        "WFS:http://localhost:1",
        "CSV:/etc/passwd",
        "GPKG:lots.gpkg:lots",
    ],
)
def test_what_is_no_file_is_refused_without_asking_gdal(monkeypatch, address):
    monkeypatch.setattr("pyogrio.list_layers", lambda *_: pytest.fail("asked GDAL"))
    refused(address, "is an address, not a file")


def test_a_file_named_like_an_address_is_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "PG:dbname=x.geojson").write_text(geojson([[0, 0], [1, 1]]))
    assert len(io.read_layer("PG:dbname=x.geojson")) == 1
    refused("x" * 5000 + ":", "is an address")
    refused("no\0thing.gpkg", "There is no file")


VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="lots"><SrcDataSource>lots.gpkg</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)


@pytest.mark.parametrize("name", ["lots.vrt", "lots.geojson", "lots.shp", "lots.csv", "lots.kml"])
@pytest.mark.parametrize(
    "content",
    [VRT, f"\ufeff  <!-- {'x' * 2000} -->{VRT}", '{"type": "gdal_streamed_alg", "command_line": "gdal"}'],
)
def test_descriptions_of_other_sources_are_refused_under_any_name(gpkg, name, content):
    path = gpkg.with_name(name)
    path.write_text(content, "utf-8")
    refused(path, "tells GDAL which other sources|XML of a kind that is not read")


# -- XML ------------------------------------------------------------------------------------------

KML = (
    "<kml><Document><Placemark><name>{}</name>"
    "<Point><coordinates>-71,-17</coordinates></Point></Placemark></Document></kml>"
)
GPX = (
    '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="-17" lon="-71"><name>{}</name></wpt></gpx>'
)
LAUGHS = (
    "<!DOCTYPE x ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
ENTITIES = {
    "laughs": (LAUGHS, "&a9;"),
    "external": ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "&f;"),
    "parameter": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost:1/x.dtd"> %p;]>', ""),
    "elsewhere": ('<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">', ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize(("name", "body"), [("a.kml", KML), ("a.gpx", GPX)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused(tmp_path, kind, name, body, encoding):
    head, text = ENTITIES[kind]
    path = tmp_path / name
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{head}{body.format(text)}', encoding)
    refused(path, "declares XML entities")


def test_entities_in_a_kmz_are_refused_too_and_plain_kml_is_read(tmp_path):
    refused(zip_of(tmp_path / "a.kmz", **{"doc.kml": LAUGHS + KML.format("&a9;")}), "declares XML entities")
    plain = zip_of(tmp_path / "b.kmz", **{"doc.kml": KML.format("K-1"), "files/logo.png": b"x"})
    assert len(io.read_layer(plain)) == 1


# -- databases -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("CREATE VIEW v AS SELECT load_extension('/tmp/x.so')", "its view 'v' calls load_extension"),
        (
            "CREATE TRIGGER t AFTER UPDATE ON lots BEGIN SELECT writefile('/tmp/x', 'y'); END",
            "trigger 't' calls writefile",
        ),
        ("CREATE VIEW v AS SELECT gdal_get_pixel_value('/etc/x', 1, 'pixel', 0, 0)", "calls gdal_get_pixel"),
        ("CREATE TRIGGER t AFTER INSERT ON lots BEGIN SELECT OGR_Geocode ('Ilo'); END", "calls ogr_geocode"),
        (
            "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
            "may never end",
        ),
    ],
)  # fmt: skip
def test_databases_that_run_code_are_refused(gpkg, sql, reason):
    with closing(sqlite3.connect(gpkg)) as db, db:
        db.execute(sql)
    refused(gpkg, reason)
    for door in (io.read_project, io.project_info):
        with pytest.raises(ReadError, match=reason):
            door(gpkg)
    assert not io.is_project(gpkg)


def test_virtual_tables_that_read_files_are_refused(gpkg):
    with closing(sqlite3.connect(gpkg)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', 'v', 'v', 0, "
            "'CREATE VIRTUAL TABLE v USING VirtualShape(''/etc/passwd'', UTF8, 32719)')"
        )
    refused(gpkg, "its table 'v' is made by VirtualShape")


def test_a_schema_that_was_tampered_with_is_damaged(gpkg):
    with closing(sqlite3.connect(gpkg)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE lots (' WHERE name = 'lots'")
    refused(gpkg, "malformed|cannot be read")


def test_honest_views_and_triggers_are_read_and_triggers_do_not_fire(gpkg):
    with closing(sqlite3.connect(gpkg)) as db, db:
        db.execute("CREATE TABLE log (n)")
        db.execute("CREATE TRIGGER t AFTER UPDATE ON lots BEGIN INSERT INTO log VALUES (1); END")
        db.execute("CREATE VIEW big AS SELECT fid, geom FROM lots")
    before = gpkg.read_bytes()
    assert len(io.read_layer(gpkg, "lots")) == 1
    assert gpkg.read_bytes() == before


# -- SQL, formulas and paths in names and values ------------------------------------------------

EVIL = "lots\"; DROP TABLE lots; --' OR 1=1"


def test_sql_in_names_and_values_comes_through_unharmed(tmp_path):
    path = tmp_path / "evil.gpkg"
    wanted = gpd.GeoDataFrame({EVIL: [EVIL]}, geometry=[LOT], crs=32719)
    wanted.to_file(path, layer=EVIL)
    layer().to_file(path, layer="lots")
    read = io.read_layer(path, EVIL)
    assert read[EVIL].tolist() == [EVIL]
    assert len(io.read_layer(path, "lots")) == 1
    assert not io.has_layer(path, "lots' OR '1'='1")
    with pytest.raises(ReadError, match="has no layer"):
        io.read_layer(path, "lots UNION SELECT 1")


def test_formulas_are_plain_text(tmp_path):
    cells = ["=1+1", "=cmd|'/c calc'!A0", "+51 953", "@SUM(A1)", "-2+3"]
    (tmp_path / "f.csv").write_text("a,b\n" + "".join(f'"{cell}",1\n' for cell in cells), "utf-8")
    assert io.read_table(tmp_path / "f.csv")["a"].tolist() == cells


@pytest.mark.parametrize("name", ["../lots", "lots/../../x", 'lots"; DROP TABLE lots; --'])
def test_no_table_is_written_under_a_name_that_is_not_declared(tmp_path, name):
    with pytest.raises((SchemaError, WriteError)):
        io.write_tables({name: layer()}, tmp_path / "out.gpkg")
    assert list(tmp_path.iterdir()) == []


# -- coordinates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "reason"),
    [
        (np.nan, "no numbers .* in features 1"),
        (np.inf, "no numbers .* in features 1"),
        (1e300, "beyond 1e.08 in features 1"),
    ],
)
def test_coordinates_that_lie_nowhere_are_refused(tmp_path, x, reason):
    with np.errstate(invalid="ignore"):
        shapes = [Point(254_000, 8_046_000), shapely.LineString([(254_000, 8_046_000), (x, 0.0)])]
    gpd.GeoDataFrame(geometry=shapes, crs=32719).to_file(tmp_path / "far.gpkg")
    refused(tmp_path / "far.gpkg", reason)


def test_the_limit_of_vertices_is_told_and_can_be_raised(tmp_path, monkeypatch):
    ring = Point(254_000, 8_046_000).buffer(100, quad_segs=500)
    gpd.GeoDataFrame(geometry=[ring] * 3, crs=32719).to_file(tmp_path / "many.gpkg")
    with pytest.raises(ReadError, match=r"6,003 vertices; 6,000 are the most.*max_vertices=6003"):
        io.read_layer(tmp_path / "many.gpkg", max_vertices=6_000)
    monkeypatch.setenv("ILO_GIS_MAX_VERTICES", "6002")
    refused(tmp_path / "many.gpkg", "6,002 are the most")
    assert len(io.read_layer(tmp_path / "many.gpkg", max_vertices=6_003)) == 3


@pytest.mark.parametrize("file", ["many.gpkg", "many.shp"])
@pytest.mark.parametrize("has_z", [False, True])
def test_too_many_vertices_are_refused_before_geometries_are_read(tmp_path, monkeypatch, file, has_z):
    rings = shapely.get_parts(Point(254_000, 8_046_000).buffer(100, quad_segs=500)).repeat(3)
    rings = shapely.force_3d(rings, 5.0) if has_z else rings
    gpd.GeoDataFrame({"name": "A"}, geometry=rings, crs=32719, index=range(3)).to_file(tmp_path / file)
    io.guard.require_few_vertices(tmp_path / file, "many", file, 6_003)
    monkeypatch.setattr("pyogrio.read_dataframe", lambda *_, **__: pytest.fail("read"))
    with pytest.raises(ReadError, match=r"at least [345],\d+ vertices; 3,000 are the most"):
        io.read_layer(tmp_path / file, max_vertices=3_000)


@pytest.mark.parametrize(
    "shape", ["POINT (1 2)", "POINT Z (1 2 3)", "MULTIPOINT (1 2, 3 4)", "LINESTRING (1 2, 3 4)"]
)
def test_the_bound_of_vertices_is_never_above_their_number(tmp_path, shape):
    many = gpd.GeoDataFrame(geometry=shapely.from_wkt([shape] * 300), crs=32719)
    many.to_file(tmp_path / "a.gpkg", layer="a")
    io.guard.require_few_vertices(
        tmp_path / "a.gpkg", "a", "a.gpkg", shapely.get_num_coordinates(many.geometry).sum()
    )


def test_ten_million_vertices_are_refused_unless_they_are_wanted(tmp_path):
    line = shapely.linestrings(np.arange(10_000_001) % 1000 + 254_000.0, np.arange(10_000_001) / 1e4)
    many = gpd.GeoDataFrame(geometry=[line], crs=32719)
    with pytest.raises(ReadError, match="10,000,001 vertices; 10,000,000 are the most"):
        io.guard.require_sane(many, "many.gpkg")
    io.guard.require_sane(many, "many.gpkg", 20_000_000)


def test_a_file_too_large_for_any_memory_is_refused_by_its_size(tmp_path):
    path = tmp_path / "huge.geojson"
    with path.open("wb") as file:
        file.write(b'{"type"')
        os.truncate(file.fileno(), 5 * 2**30)  # takes no room on the disk
    refused(path, "has 5.0 GB; 4 GB are the most")


# -- drawings that are no DXF in text, and other formats ---------------------------------------------


@pytest.mark.parametrize("name", ["plan.dwg", "plan.dxf"])
@pytest.mark.parametrize("year", [b"AC1015", b"AC1032", b"AC2.10"])
def test_a_dwg_under_any_name_is_refused_and_what_to_do_is_told(tmp_path, name, year):
    (tmp_path / name).write_bytes(year + bytes(500))
    reason = "is a DWG.*ASCII, version 2000 or later.*ODA File Converter.*QGIS: Project > Import/Export"
    refused(tmp_path / name, reason)
    with pytest.raises(ReadError, match=reason):
        io.import_file(tmp_path / name, 32719)


def test_a_dxf_in_binary_is_refused_for_its_blocks_are_not_counted(tmp_path):
    drawing = ezdxf.new("R2000")
    drawing.modelspace().add_lwpolyline([(0, 0), (1, 0), (1, 1)], close=True, dxfattribs={"layer": "LOTE"})
    drawing.saveas(tmp_path / "plan.dxf", fmt="bin")
    refused(tmp_path / "plan.dxf", "DXF in binary. Save it as DXF in text")
    with pytest.raises(ReadError, match="DXF in binary"):
        io.read_dxf(tmp_path / "plan.dxf", 32719)


def test_gml_is_refused_and_no_schema_is_fetched(tmp_path):
    path = tmp_path / "lots.gml"
    path.write_text(
        '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsi="http://www.w3.org/2001/'
        'XMLSchema-instance" xsi:schemaLocation="http://localhost:1/x http://localhost:1/x.xsd"/>'
    )
    refused(path, "<FeatureCollection>.*Open it in QGIS.*save its layer as a GeoPackage")
