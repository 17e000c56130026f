"""The command line as a user meets it: in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis import io


def run(*words, cwd):
    command = [sys.executable, "-m", "ilo_gis.cli", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a file of four streets, and one of two lots."""
    lines = [[(0, 0), (300, 0)], [(0, 112), (300, 112)], [(10, -20), (10, 130)], [(122, -20), (122, 130)]]
    moved = shapely.transform(shapely.linestrings(lines), lambda xy: xy + np.array([254_000, 8_047_000]))
    gpd.GeoDataFrame(geometry=moved, crs=32719).to_file(tmp_path / "streets.gpkg", layer="streets")
    lots = gpd.GeoDataFrame(
        {"code": ["a", "b"]}, geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 12, 20)]
    )
    lots.set_crs(32719).to_file(tmp_path / "lots.geojson")
    return tmp_path


LOTS = ("lots", "--streets", "streets.gpkg", "--min-area", 160, "--min-frontage", 8, "--out", "plan.gpkg")


def test_lots_writes_a_project_and_a_map(folder):
    done = run(*LOTS, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    plan = io.read_project(folder / "plan.gpkg")
    assert said["summary"][0]["count"] == (plan.lots["kind"] == "lot").sum() == 22
    assert (folder / "plan.png").read_bytes().startswith(b"\x89PNG")
    again = run("check", "plan.gpkg", "--json", cwd=folder)
    assert again.returncode == 0
    assert "error" not in json.loads(again.stdout)["counts"]


def test_an_existing_output_is_refused_before_any_work(folder):
    (folder / "plan.gpkg").write_text("precious")
    done = run(*LOTS, cwd=folder)
    assert done.returncode == 2
    assert "--overwrite" in done.stderr
    assert (folder / "plan.gpkg").read_text() == "precious"


def test_check_names_the_lot_the_rule_and_the_figures(folder):
    done = run(
        "check",
        "lots.geojson",
        "--crs",
        "EPSG:32719",
        "--id-column",
        "code",
        "--lot-type",
        3,
        "--json",
        cwd=folder,
    )
    assert done.returncode == 1
    wrong = [f for f in json.loads(done.stdout)["findings"] if f["severity"] == "error"]
    assert [(f["feature"], f["rule"], f["required"], round(f["found"], 3)) for f in wrong] == [
        ("b", "lot.min_area", 160.0, 80.0)
    ]
    assert "TH.010" in wrong[0]["article"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("lots", "--streets", "nowhere.gpkg", "--out", "x.gpkg", "--lot-type", 3), "no file"),
        (("lots", "--streets", "streets.gpkg", "--out", "x.gpkg"), "--min-area"),
        (
            ("lots", "--streets", "streets.gpkg", "--out", "x.gpkg", "--min-area", -5, "--min-frontage", 8),
            "positive",
        ),
        (
            ("lots", "--streets", "streets.gpkg", "--out", "x.gpkg", "--lot-type", 5),
            "min_area, min_frontage",
        ),
        (
            ("lots", "--streets", "streets.gpkg", "--out", "x.gpkg", "--lot-type", 3, "--width", "ancho"),
            "ancho",
        ),
        (("check", "streets.gpkg", "--crs", "EPSG:4326"), "degree"),
        (("check", "lots.geojson", "--id-column", "nombre"), "code"),
        (("norms", "--country", "xx"), "pe"),
    ],
)
def test_wrong_input_ends_with_2_and_says_what_to_do(folder, words, says):
    done = run(*words, cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "x.gpkg").exists()


def test_norms_prints_those_in_force_that_day(tmp_path):
    def limits(day):
        return json.loads(run("norms", "--on", day, "--find", "air.so2_24h", "--json", cwd=tmp_path).stdout)

    assert limits("2010-01-01") != limits("2018-01-01")


def test_ctrl_c_leaves_no_file(folder):
    io.sample("pampa_streets").to_file(folder / "streets.gpkg", layer="streets")  # seconds of work
    command = [sys.executable, "-m", "ilo_gis.cli", *map(str, LOTS)]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs in the background ignores it
    child = subprocess.Popen(
        command, cwd=folder, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, before)
    time.sleep(2.0)
    child.send_signal(signal.SIGINT)
    said = child.communicate(timeout=60)[1].decode()
    assert child.returncode not in (0, 1)
    assert "ilo_gis/geometry" not in said  # no traceback
    assert sorted(p.name for p in folder.iterdir()) == ["lots.geojson", "streets.gpkg"]


def test_compare_reads_projects_and_marks_the_best(folder):
    assert run(*LOTS, cwd=folder).returncode == 0
    small = [
        90 if word == 160 else 6 if word == 8 else "small.gpkg" if word == "plan.gpkg" else word
        for word in LOTS
    ]
    assert run(*small, cwd=folder).returncode == 0
    done = run("compare", "plan.gpkg", "small.gpkg", "--map", "both.png", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    rows = {row["indicator"]: row for row in json.loads(done.stdout)["indicators"]}
    assert rows["lots"]["value"]["plan"] == 22
    assert (rows["lots"]["best"], rows["lots"]["against"]) == ("small", {"small": "better"})
    assert rows["cost_per_lot"]["difference"]["small"] < 0
    assert rows["mixed_use"]["value"] == {"plan": None, "small": None}
    assert (folder / "both.png").read_bytes().startswith(b"\x89PNG")
    shown = run("compare", "plan.gpkg", "small.gpkg", cwd=folder)
    assert "Lotes conformes" in shown.stdout
    assert any("22" in line and line.rstrip().endswith("lotes") for line in shown.stdout.splitlines())
    refused = run("compare", "plan.gpkg", cwd=folder)
    assert refused.returncode == 2
    assert "two or more" in refused.stderr
    again = run("compare", "plan.gpkg", "small.gpkg", "--map", "both.png", cwd=folder)
    assert again.returncode == 2
    assert "--overwrite" in again.stderr


def test_a_layer_has_an_address(tmp_path):
    from ilo_gis import io
    from ilo_gis.cli.shared import layer_at

    file = f"{io.sample_path()}"
    assert len(layer_at("sample:extension_areas")) == len(layer_at(f"{file}|extension_areas")) == 8
    assert len(layer_at(f"{file}|layername=extension_areas")) == 8
    assert layer_at("sample:pampa", "EPSG:24879").crs.to_epsg() == 24879
