"""`ilo-gis import`: what surveyors send, into a GeoPackage, in two languages."""

import json

import geopandas as gpd
import pytest
from shapely import box
from test_cli import run

from ilo_gis import io

ROWS = "mz;lote;vertice;este;norte\n" + "".join(
    f"K;1;{vertex};{east};{north}\n"
    for vertex, east, north in (
        ("A", "254193,56", "8046364,66"),
        ("B", "254201,56", "8046364,66"),
        ("C", "254201,56", "8046384,66"),
        ("D", "254193,56", "8046384,66"),
    )
)


@pytest.fixture
def vertices(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text(ROWS, "cp1252")
    return path


def test_vertices_in_psad56_come_into_the_project_and_the_operation_is_told(vertices, tmp_path):
    out = tmp_path / "out.gpkg"
    done = run(
        "import",
        vertices,
        "--out",
        out,
        "--source-crs",
        "EPSG:24879",
        "--crs",
        "EPSG:32719",
        "--json",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["read"] == {"lots": 1}
    assert [one["rule"] for one in told["findings"]] == ["read.datum"]
    assert "EPSG:1208" in told["findings"][0]["message_es"]
    lot = io.read_layer(out, "lots")
    assert lot.total_bounds[:2] == pytest.approx([254_000, 8_046_000], abs=0.2)
    assert io.has_layer(out, "findings")


@pytest.mark.parametrize(("lang", "words"), [("es", "Lotes: 1"), ("en", "Lots: 1")])
def test_both_languages(vertices, tmp_path, lang, words):
    done = run(
        "import", vertices, "--out", tmp_path / "o.gpkg", "--crs", "EPSG:32719", "--lang", lang, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert words in done.stdout


def test_a_layer_needs_its_table_and_finds_its_columns(tmp_path):
    path = tmp_path / "l.shp"
    columns = {"Manzana": ["K"], "NUM": [3]}
    gpd.GeoDataFrame(columns, geometry=[box(254_000, 8_046_000, 254_008, 8_046_020)], crs=32719).to_file(path)
    done = run("import", path, "--out", tmp_path / "o.gpkg", cwd=tmp_path)
    assert "does not tell what its features are" in done.stderr
    done = run(
        "import",
        path,
        "--out",
        tmp_path / "o.gpkg",
        "--table",
        "lots",
        "--column",
        "number=NUM",
        "--json",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    lots = io.read_layer(tmp_path / "o.gpkg", "lots")
    assert lots[["lot_id", "block_id", "number"]].iloc[0].tolist() == ["K-3", "K", 3]


def test_nothing_is_written_where_nothing_can_be_read(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("vertice,este,norte\nA,254000,8046000\nB,254008,8046000\n")
    done = run("import", path, "--out", tmp_path / "o.gpkg", "--crs", "EPSG:32719", cwd=tmp_path)
    assert done.returncode == 1
    assert "No se escribió nada" in done.stdout
    assert not (tmp_path / "o.gpkg").exists()


def test_names_of_people_do_not_come_in(tmp_path):
    path = tmp_path / "l.geojson"
    lots = {"lot_id": ["K-1"], "block_id": ["K"], "DNI": ["1"]}
    gpd.GeoDataFrame(lots, geometry=[box(254_000, 8_046_000, 254_008, 8_046_020)], crs=32719).to_file(path)
    done = run(
        "import", path, "--out", tmp_path / "o.gpkg", "--crs", "EPSG:32719", "--table", "lots", cwd=tmp_path
    )
    assert "DNI" in done.stderr
    assert not (tmp_path / "o.gpkg").exists()


def test_what_a_project_cannot_hold_is_left_out_and_told(tmp_path):
    shapes = [box(x, 8_046_000, x + 8, 8_046_020) for x in (254_000, 254_008)]
    lots = {
        "LOTE_ID": ["1", "2"],
        "block_id": ["K", None],
        "FID": [7, 8],
        "Lot_Id": ["a", "b"],
        "lot_id": ["K-1", "K-2"],
    }
    gpd.GeoDataFrame(lots, geometry=shapes, crs=32719).to_file(tmp_path / "l.geojson")
    made, found = io.import_file(tmp_path / "l.geojson", 32719, table="lots")
    assert made["lots"].index.tolist() == ["K-1"]
    assert {"source_fid", "source_lot_id", "LOTE_ID"} <= set(made["lots"])
    assert found.set_index("rule").at["read.left_out", "feature"] == "K-2"
    done = run(
        "import",
        "l.geojson",
        "--out",
        "o.gpkg",
        "--crs",
        "EPSG:32719",
        "--table",
        "lots",
        "--json",
        cwd=tmp_path,
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["read"] == {"lots": 1}
