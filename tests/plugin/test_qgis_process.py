"""The algorithms as `qgis_process` runs them, beside the numbers of the command line."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import window
from window import ROOT

from ilo_gis import io


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory):
    """What `qgis_process` needs: the plugin enabled in a fresh profile."""
    if not shutil.which("qgis_process.bin"):
        pytest.skip("needs qgis_process.bin: install the package qgis")
    home = tmp_path_factory.mktemp("home")
    told = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
    told |= {"QGIS_CUSTOM_CONFIG_PATH": str(home), "QGIS_PLUGINPATH": str(ROOT / "qgis_plugin")}
    told |= {"PYTHONPATH": os.pathsep.join([str(ROOT), str(window.BESIDE)])}
    environment = {**os.environ, **told}
    called(environment, "qgis_process.bin", "plugins", "enable", "ilo_gis_plugin")
    return environment


def called(environment, *command):
    return subprocess.run(
        list(map(str, command)), env=environment, capture_output=True, text=True, timeout=100, check=True
    ).stdout


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A part of the streets of the sample."""
    path = tmp_path_factory.mktemp("clip") / "streets.gpkg"
    io.sample("pampa_streets").head(60).to_file(path, engine="pyogrio")
    return path


def rows(path, sql):
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return file.execute(sql).fetchall()


def test_lots_between_streets_are_those_of_the_command_line(surroundings, clip, tmp_path):
    lots, table = tmp_path / "lots.gpkg", tmp_path / "summary.gpkg"
    given = [f"STREETS={clip}", "WIDTH=width", "MIN_AREA=120", "MIN_FRONTAGE=7"]
    outputs = [f"OUTPUT_LOTS={lots}", f"OUTPUT_SUMMARY={table}"]
    text = called(
        surroundings, "qgis_process.bin", "--json", "run", "ilo_gis:lots_from_streets", "--", *given, *outputs
    )
    assert set(json.loads(text)["results"]) == {"OUTPUT_LOTS", "OUTPUT_SUMMARY"}
    options = ["--streets", clip, "--width", "width", "--min-area", "120", "--min-frontage", "7", "--json"]
    plan = tmp_path / "plan.gpkg"
    told = json.loads(
        called(surroundings, sys.executable, "-m", "ilo_gis.cli", "lots", *options, "--out", plan)
    )
    found = {
        item: (count, area) for item, count, area in rows(table, "SELECT item, count, area FROM summary")
    }
    assert found["lots"][0] == rows(lots, "SELECT count(*) FROM lots WHERE kind = 'lot'")[0][0]
    assert {row["item"]: row["count"] for row in told["summary"]} == {
        k: count for k, (count, _) in found.items()
    }
    for row in told["summary"]:
        assert row["area"] == pytest.approx(found[row["item"]][1], abs=0.05)


def test_zones_of_lots_are_those_of_python(surroundings, tmp_path):
    zones, path, out = io.sample("zones"), tmp_path / "in.gpkg", tmp_path / "found.gpkg"
    blocks = io.sample("old_blocks").head(20)
    zones.to_file(path, layer="zones", engine="pyogrio")
    blocks.to_file(path, layer="blocks", engine="pyogrio")
    given = [f"LOTS={path}|layername=blocks", f"ZONES={path}|layername=zones", f"OUTPUT={out}"]
    called(surroundings, "qgis_process.bin", "--json", "run", "ilo_gis:assign", "--", *given)
    from ilo_gis.zoning import assign

    wanted = assign(blocks, zones.set_index("zone_id"))
    found = [share for (share,) in rows(out, "SELECT share FROM found ORDER BY fid")]
    assert found == pytest.approx(wanted["share"].tolist())


def test_without_the_package_of_the_zip_it_says_what_is_missing(surroundings, tmp_path):
    for path in window.BESIDE.iterdir():
        if "skeleton" not in path.name:
            (tmp_path / path.name).symlink_to(path)
    lacking = surroundings | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    command = ["qgis_process.bin", "help", "ilo_gis:area_table"]
    done = subprocess.run(command, env=lacking, capture_output=True, text=True, timeout=100, check=False)
    assert "Install Ilo GIS from its zip: it brings py_straight_skeleton." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1  # told that there is no such algorithm, not aborted


def test_what_is_wrong_is_told_and_fails(surroundings, clip, tmp_path):
    command = ["qgis_process.bin", "run", "ilo_gis:letter_blocks", "--", f"BLOCKS={clip}"]
    done = subprocess.run(
        [*command, f"OUTPUT={tmp_path / 'out.gpkg'}"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "polygons are needed" in done.stdout + done.stderr
