"""`ilo-gis taps` and `ilo-gis latrines` on a block worked out by hand."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.errors import IloGisError

X, Y = 254_000.0, 8_047_000.0


def called(*args):
    return CliRunner().invoke(app, list(map(str, args)))


@pytest.fixture
def land(tmp_path):
    """Return the options for six lots in a row on a street."""
    boxes = [shapely.box(X + 8 * k, Y + 6, X + 8 * k + 8, Y + 26) for k in range(6)]
    names = pd.Index([f"A-{k}" for k in range(1, 7)], name="lot_id")
    gpd.GeoDataFrame(index=names, geometry=boxes, crs=32719).to_file(tmp_path / "lots.gpkg")
    street = shapely.LineString([(X - 20, Y), (X + 80, Y)])
    gpd.GeoDataFrame(geometry=[street], crs=32719).to_file(tmp_path / "streets.gpkg")
    return "--lots", tmp_path / "lots.gpkg", "--streets", tmp_path / "streets.gpkg"


def test_taps_are_told_and_written(land, tmp_path):
    out, png = tmp_path / "taps.gpkg", tmp_path / "taps.png"
    done = called("taps", *land, "--capacity", 6, "--persons", 50, "--out", out, "--map", png, "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert [said[key] for key in ("taps", "bound", "gap", "households", "walk")] == [1, 1, 0, 6, 72]
    assert {row["rule"] for row in said["findings"]} >= {"taps.sphere_persons", "taps.sphere_flow"}
    assert io.read_layer(out, "taps")["households"].tolist() == [6]
    assert png.stat().st_size > 10_000


def test_lots_without_a_tap_are_errors_and_nothing_is_overwritten(land, tmp_path):
    out = tmp_path / "taps.gpkg"
    done = called("taps", *land, "--max-walk", 13, "--out", out, "--lang", "en")
    assert done.exit_code == 1
    assert "taps.no_site" in done.output
    before = out.read_bytes()
    refused = called("taps", *land, "--out", out)
    assert isinstance(refused.exception, IloGisError)
    assert out.read_bytes() == before
    wrong = called("taps", *land, "--capacity", 0, "--out", tmp_path / "none.gpkg")
    assert isinstance(wrong.exception, IloGisError)
    assert not (tmp_path / "none.gpkg").exists()


def test_latrines_are_told_and_written(land, tmp_path):
    out, png = tmp_path / "latrines.gpkg", tmp_path / "latrines.png"
    done = called("latrines", *land, "--out", out, "--map", png, "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["latrines"], said["paired"]) == (6, 6)
    assert said["corners"] == {"front_left": 3, "front_right": 3}
    assert len(io.read_layer(out, "latrines")) == 6
    assert "Letrinas" in called("latrines", *land).output
