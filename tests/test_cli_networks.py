"""`ilo-gis water` and `ilo-gis sewer`: files, languages, exit codes; a refused command writes nothing."""

import json

import geopandas as gpd
import pytest
import shapely
from typer.testing import CliRunner

from ilo_gis import io, tables
from ilo_gis.cli import app
from ilo_gis.errors import IloGisError

RUNNER = CliRunner()


def run(*arguments):
    return RUNNER.invoke(app, [str(a) for a in arguments])


@pytest.fixture
def town(tmp_path):
    x, y = 254_400.0, 8_047_400.0
    streets = gpd.GeoDataFrame(geometry=[shapely.LineString([(x, y), (x + 200, y)])], crs=32719)
    land = [shapely.box(x + 8 * k, y + 6, x + 8 * k + 8, y + 26) for k in range(20)]
    lots = gpd.GeoDataFrame({"lot_id": [f"A-{k}" for k in range(20)]}, geometry=land, crs=32719)
    streets.to_file(tmp_path / "town.gpkg", layer="streets")
    lots.to_file(tmp_path / "town.gpkg", layer="lots")
    return ("--lots", f"{tmp_path}/town.gpkg|lots", "--streets", f"{tmp_path}/town.gpkg|streets")


@pytest.mark.parametrize("command", ["water", "sewer"])
def test_the_sample_is_the_default_and_says_where_it_begins(command, tmp_path):
    done = run(command, "--json", "--out", tmp_path / "net.gpkg")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    figures = {row["figure"]: row["value"] for row in said["figures"]}
    assert figures["lots"] == 6000
    assert "muestra" in said["note"]
    pipes = tables.conform(io.read_layer(tmp_path / "net.gpkg", "pipes"), "pipes")
    assert len(pipes) == figures["pipes"]
    assert pipes["length"].sum() == pytest.approx(figures["length"])


def test_water_of_ones_own_with_a_file_for_epanet(town, tmp_path):
    given = (*town, "--source", "254400,8047400", "--elevation", "sample:elevation", "--lang", "en")
    done = run("water", *given, "--inp", tmp_path / "net.inp", "--map", tmp_path / "net.png")
    assert done.exit_code == 0, done.output
    assert "Water network" in done.output
    assert "[JUNCTIONS]" in (tmp_path / "net.inp").read_text()
    assert (tmp_path / "net.png").stat().st_size > 10_000


def test_without_heights_it_is_told_and_no_profile_is_drawn(town, tmp_path):
    given = (*town, "--outfall", "254400,8047400")
    done = run("sewer", *given)
    assert done.exit_code == 0
    assert "sewer.not_checked" in done.output
    refused = run("sewer", *given, "--profile", tmp_path / "profile.png", "--out", tmp_path / "net.gpkg")
    assert isinstance(refused.exception, IloGisError)
    assert [file.name for file in tmp_path.iterdir()] == ["town.gpkg"]


def test_lots_that_no_pipe_reaches_give_exit_code_1(town, tmp_path):
    far = gpd.GeoDataFrame(
        {"lot_id": ["Z-1"]}, geometry=[shapely.box(254_400, 8_048_000, 254_410, 8_048_020)], crs=32719
    )
    far.to_file(tmp_path / "far.gpkg")
    done = run("water", "--lots", tmp_path / "far.gpkg", *town[2:], "--source", "254400,8047400", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["findings"][0]["feature"] == "Z-1"


@pytest.mark.parametrize("more", [(), ("--source", "here"), ("--source", "1,2", "--lang", "fr")])
def test_bad_input_is_refused_and_nothing_written(town, tmp_path, more):
    done = run("water", *town, *more, "--out", tmp_path / "net.gpkg", "--map", tmp_path / "net.png")
    assert isinstance(done.exception, IloGisError)
    assert [file.name for file in tmp_path.iterdir()] == ["town.gpkg"]
