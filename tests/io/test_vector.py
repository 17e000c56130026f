import json
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from ilo_gis import io
from ilo_gis.errors import CRSError, ReadError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return io.write_project(fake_plan(2, 1), tmp_path_factory.mktemp("io") / "plan.gpkg")


def geojson(path, *rings):
    features = [
        {"type": "Feature", "properties": {"a": 1}, "geometry": r and {"type": "Polygon", "coordinates": [r]}}
        for r in rings
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_reads_the_only_layer_with_geometry(tmp_path):
    points = gpd.GeoDataFrame({"a": [1]}, geometry=[Point(0, 0)], crs=32719)
    points.to_file(tmp_path / "p.gpkg")
    assert io.read_layer(tmp_path / "p.gpkg").geometry.tolist() == [Point(0, 0)]


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (
            None,
            "several layers. Name one, by `layer=`, `--layer` or `FILE.LAYER`: streets, street_lines",
        ),
        ("lot", "no layer 'lot'. Its layers are: streets"),
        ("summary", "no geometry column"),
    ],
)
def test_says_which_layers_there_are(project, layer, reason):
    with pytest.raises(ReadError, match=reason):
        io.read_layer(project, layer)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.gpkg", b"SQLite format 3\0" + b"junk" * 900, "file is not a database"),
        ("x.gpkg", b"", "is not a GeoPackage"),
        ("x.csv", b"a,b\n1,2\n", "no geometry column: it is a plain table"),
        ("x.geojson", b'{"type": "FeatureCollection", "features": []}', "has no features"),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=reason):
        io.read_layer(tmp_path / name)


def test_a_file_cut_short_is_damaged(project, tmp_path):
    content = project.read_bytes()
    (tmp_path / "cut.gpkg").write_bytes(content[: len(content) // 2])
    with pytest.raises(ReadError, match=r"malformed.*It may be damaged"):
        io.read_layer(tmp_path / "cut.gpkg", "lots")


def test_a_file_locked_by_another_program_is_called_so(project, monkeypatch):
    monkeypatch.setattr("ilo_gis.io.vector.PATIENCE", 0.1)
    hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
    hold += "c.execute('BEGIN EXCLUSIVE'); print(flush=True); input()"
    command = [sys.executable, "-c", hold, str(project)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(ReadError, match="locked by another program"):
            io.read_layer(project, "lots")
        other.communicate(b"\n")
    assert len(io.read_layer(project, "lots")) == 40


def test_missing_and_unclosed_geometries_come_through_and_are_told(tmp_path, caplog):
    closed = [[0, 0], [1, 0], [1, 1], [0, 0]]
    layer = io.read_layer(geojson(tmp_path / "n.geojson", None, closed[:3], closed))
    assert layer.geometry.isna().tolist() == [True, True, False]
    assert "closed" in caplog.text


def test_crs_is_set_where_missing_and_projected_where_different(tmp_path):
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        gpd.GeoDataFrame(geometry=[Point(250000, 8e6)]).to_file(tmp_path / "bare.gpkg")
    bare = io.read_layer(tmp_path / "bare.gpkg", crs=32719)
    assert bare.crs.to_epsg() == 32719
    assert bare.geometry[0] == Point(250000, 8e6)
    moved = io.read_layer(
        geojson(tmp_path / "g.geojson", [[-71, -17], [-70, -17], [-70, -18], [-71, -17]]), crs=32719
    )
    assert moved.crs.to_epsg() == 32719
    assert moved.total_bounds[0] == pytest.approx(287_011, abs=1500)
    with pytest.raises(CRSError, match="'metres' is not a CRS"):
        io.read_layer(tmp_path / "bare.gpkg", crs="metres")


def test_a_geometry_free_database_is_a_plain_table(tmp_path):
    with sqlite3.connect(tmp_path / "t.db") as db:
        db.execute("CREATE TABLE t (a)")
    db.close()
    with pytest.raises(ReadError, match="plain table"):
        io.read_layer(tmp_path / "t.db")


def test_tables_are_read_with_geometry_or_without(tmp_path):
    events = tmp_path / "moves.csv"
    events.write_text("move_id,step,date\nM-1,listed,1993-01-31\n", "utf-8")
    table = io.read_table(events)
    assert not isinstance(table, gpd.GeoDataFrame)
    assert table.iloc[0].tolist() == ["M-1", "listed", "1993-01-31"]
    agreements = io.read_table(io.sample_path(), "agreements")
    assert not isinstance(agreements, gpd.GeoDataFrame)
    assert len(agreements) == 10
    assert io.read_table(io.sample_path(), "occupants").crs.to_epsg() == 32719
    with pytest.raises(ReadError, match=r"no table .agreement.*agreements"):
        io.read_table(io.sample_path(), "agreement")
    with pytest.raises(ReadError, match="several layers"):
        io.read_table(io.sample_path())
