"""The commands for growth, run as a user runs them."""

import json
import os

import geopandas as gpd
import numpy as np
import pytest
import shapely
from test_cli import run

from ilo_gis import io
from ilo_gis.cli.shared import quiet_solver

READY = "5=1994,6=1994,7=1996,8=1996"
PHASE = ("phase", "--lots-per-ha", 30, "--lots", 10_000, "--ready", READY, "--services", "sample:city")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a layer of 40 blocks."""
    i, j = (a.ravel() for a in np.meshgrid(np.arange(8), np.arange(5)))
    x, y = 254_000 + i * 110, 8_047_000 + j * 62
    names = [f"{a}{b}" for a, b in zip("ABCDEFGH" * 5, j, strict=True)]
    table = gpd.GeoDataFrame({"block_id": names, "lots": 20}, geometry=shapely.box(x, y, x + 98, y + 50))
    table.set_crs(32719).to_file(tmp_path / "blocks.gpkg", layer="blocks")
    return tmp_path


def test_the_eight_areas_of_the_sample_in_seven_years(tmp_path):
    done = run(*PHASE, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["phase_balance"][-1]["cumulative_demand"] == 10_000
    assert [row["opened"] for row in said["phases"]][:7] == list(range(1990, 1997))
    assert (said["gap"], said["shortage"], said["method"]) == (0, 0, "milp")
    written = io.read_layer(tmp_path / "phases.gpkg", "phases")
    assert written["reason_es"].str.startswith(("Se abre en", "No se abre")).all()
    assert (tmp_path / "phases.png").read_bytes().startswith(b"\x89PNG")
    again = run(*PHASE, cwd=tmp_path)
    assert again.returncode == 2
    assert "phases.gpkg" in again.stderr


def test_scenarios_from_the_counts_of_people(tmp_path):
    more = ("--population", "ilo", "--known-until", 1993, "--from", 1994, "--to", 2003, "--scenarios")
    done = run("phase", "--lots-per-ha", 25, *more, "--rate", "mid", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for word in ("Order of opening", "Scenarios", "low", "high", "gap to the best 0.00%"):
        assert word in done.stdout


def test_land_shared_from_the_command_line(folder):
    done = run(
        *("share-land", "blocks.gpkg", "--shares", "PROMUVI=0.55,ENACE=0.25,associations=0.2"),
        *("--near", "PROMUVI=4", "--locked", "H4=PROMUVI", "--json"),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [row["blocks"] for row in said["share_figures"]] == [22, 10, 8]
    assert next(row for row in said["land_shares"] if row["block_id"] == "H4")["group"] == "PROMUVI"
    assert len(io.read_layer(folder / "land_shares.gpkg", "land_shares")) == 40
    usual = run("share-land", "blocks.gpkg", "--overwrite", cwd=folder)
    assert "Ejemplo sin fuente: la parte de ENACE-FONAVI, Asociaciones." in usual.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("phase", "--lots-per-ha", 30), "Say in one way how many lots"),
        (("phase", "--lots", 100), "lots_per_ha"),
        ((*PHASE, "--ready", "9=1990"), "--ready names 9"),
        ((*PHASE, "--rate", "mid"), "need counts of people"),
        (("phase", "--lots-per-ha", 30, "--demand", "none.csv"), "no CSV file"),
        (("share-land", "sample:extension_areas", "--weight", "area", "--shares", "a=1,b"), "like A=1,B=2"),
        (("share-land", "sample:extension_areas", "--shares", "a=x,b=1"), "'x' is no number"),
        (("phase", "--lots", 100, "--lots-per-ha", 30, "--ready", "5=1991,5=1992"), "names 5 more than once"),
        (("share-land", "sample:extension_areas"), "no column 'lots'"),
    ],
)
def test_wrong_input_is_told_with_exit_code_2(tmp_path, words, told):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_the_solver_prints_is_not_in_the_answer(capfd):
    with quiet_solver():
        os.write(1, b"HighsMipSolverData")
    os.write(1, b"{}")
    assert capfd.readouterr().out == "{}"
