"""The zip that a planner installs: complete, small, without binaries, and it runs by itself."""

import configparser
import io
import json
import os
import sqlite3
import subprocess
import sys
import sysconfig
import zipfile
from contextlib import closing
from pathlib import Path

import package_plugin
import pytest
import window

from ilo_gis.io import sample as sample_layer
from ilo_gis.subdivision import blocks_from_streets

# what QGIS's distributions carry; all else has to be in the zip
CARRIED = ("geopandas", "shapely", "pandas", "numpy", "scipy", "pyproj", "pyogrio", "packaging", "certifi")
CARRIED += ("dateutil", "python_dateutil", "pytz", "tzdata", "six")
MOST = 25e6  # bytes that plugins.qgis.org takes
RUN = """
    import ilo_gis_plugin

    from ilo_gis import io, subdivision, tools
    import ilo_gis
    import py_straight_skeleton

    blocks = subdivision.blocks_from_streets(io.sample("pampa_streets"), width=12.0)
    grab("installed")
    tell(
        places=[module.__file__ for module in (ilo_gis_plugin, ilo_gis, py_straight_skeleton)],
        blocks=len(blocks),
        bar=bar(),
        samples=io.samples().index.tolist(),
    )
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return package_plugin.build(tmp_path_factory.mktemp("dist") / "ilo_gis_plugin.zip")


@pytest.fixture(scope="module")
def carried(tmp_path_factory):
    """The packages of QGIS's distributions, and no others."""
    folder = tmp_path_factory.mktemp("carried")
    for found in Path(sysconfig.get_path("purelib")).iterdir():
        if found.name.lower().startswith(CARRIED):
            (folder / found.name).symlink_to(found)
    return folder


@pytest.fixture
def profile(tmp_path, built):
    """A fresh profile with the zip installed, as the plugin manager does it."""
    plugins = tmp_path / "profiles" / "profiles" / "pruebas" / "python" / "plugins"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(plugins)
    return plugins / "ilo_gis_plugin"


def test_the_zip_is_complete_small_and_free_of_binaries(built):
    with zipfile.ZipFile(built) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_file(io.StringIO(archive.read("ilo_gis_plugin/metadata.txt").decode()))
    assert {name.split("/")[0] for name in names} == {"ilo_gis_plugin"}
    wanted = ["LICENSE", "__init__.py", "plugin.py", "icon.svg", "i18n/ilo_gis_es.qm"]
    wanted += ["libs/ilo_gis/tables/lots.csv", "libs/ilo_gis/sample_data/ilo_schematic.gpkg"]
    wanted += ["libs/ilo_gis/sample_data/ilo_elevation.tif", "libs/py_straight_skeleton/__init__.py"]
    assert [name for name in wanted if f"ilo_gis_plugin/{name}" not in names] == []
    ends = {Path(name).suffix for name in names}
    assert not ends & {".so", ".pyd", ".dll", ".dylib", ".exe", ".pyc", ".whl"}
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name or "/." in name]
    for package in ("ilo_gis-", "py_straight_skeleton-"):
        assert [n for n in names if f"libs/{package}" in n and "LICENSE" in n], f"the licence of {package}"
    assert built.stat().st_size < MOST
    assert parser["general"]["name"] == "Ilo GIS"


def test_the_checks_of_the_repository_of_plugins_find_nothing(built, tmp_path):
    """As plugins.qgis.org runs them, without a configuration; ours has not even what they hold for slight."""
    pytest.importorskip("bandit", reason="make test installs it")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(tmp_path)
    own = ["-x", "./ilo_gis_plugin/libs/py_straight_skeleton"]  # which asserts what it relies on
    for words in (["bandit", "-r", ".", "-ll"], ["bandit", "-r", ".", *own]):
        told = json.loads(scanned(tmp_path, *words, "-q", "-f", "json"))
        assert [(one["filename"], one["line_number"], one["test_id"]) for one in told["results"]] == []
        assert told["errors"] == []
    assert json.loads(scanned(tmp_path, "detect_secrets", "scan", "--all-files", "."))["results"] == {}


def scanned(folder, *words):
    """Return what a scanner says of a folder; it answers 1 where it finds something."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    ).stdout


def test_the_same_source_gives_the_same_bytes(built, tmp_path):
    assert package_plugin.build(tmp_path / "again.zip").read_bytes() == built.read_bytes()


def test_installed_from_the_zip_it_runs_in_the_window(tmp_path, profile, carried):
    shown = window.run(RUN, tmp_path, plugins=None, python_path=(carried,))
    assert all(Path(place).is_relative_to(profile) for place in shown.told["places"]), shown.told["places"]
    assert shown.told["blocks"] > 10
    assert [said for said in shown.told["bar"] if "Ilo GIS" in said] == []  # QGIS itself may miss a font
    assert {"pampa", "pampa_streets"} <= set(shown.told["samples"])


def test_installed_from_the_zip_it_runs_in_qgis_process(tmp_path, profile, carried):
    settings = tmp_path / "profiles" / "profiles" / "pruebas"
    environment = os.environ | {
        "QGIS_PLUGINPATH": str(profile.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(settings),
        "PYTHONPATH": str(carried),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
    }
    sample = profile / "libs" / "ilo_gis" / "sample_data" / "ilo_schematic.gpkg"
    run = [
        "run",
        "ilo_gis:blocks_from_streets",
        "--",
        f"STREETS={sample}|layername=pampa_streets",
        "WIDTH=12",
    ]
    for words in (["plugins", "enable", "ilo_gis_plugin"], ["--json", *run, f"OUTPUT={tmp_path / 'b.gpkg'}"]):
        done = subprocess.run(
            ["qgis_process.bin", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as made:
        [blocks] = made.execute("SELECT count(*) FROM b").fetchone()
    assert blocks == len(blocks_from_streets(sample_layer("pampa_streets"), width=12.0))
