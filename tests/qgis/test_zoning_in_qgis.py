"""QGIS opens zones and constraints with their usual colours and Spanish names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ilo_gis import io, norms, site, tables

pytest.importorskip("qgis.core", reason="QGIS's Python packages are not here")
pytestmark = pytest.mark.qgis


def test_zones_open_in_the_colours_of_their_catalogue(tmp_path):
    zones = io.sample("zones").set_index("zone_id")
    ravines = site.Source("ravine", io.sample("ravines"))
    taken, _ = site.constraints(ravines, norms.load("pe"), site=io.sample("fringe"))
    io.write_tables({"zones": tables.conform(zones, "zones"), "constraints": taken}, tmp_path / "plan.gpkg")
    script, picture = Path(__file__).with_name("open_project.py"), tmp_path / "plan.png"
    home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, script, tmp_path / "plan.gpkg", picture, "zones", "constraints"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | home, timeout=120, check=False
    )
    assert done.stdout, done.stderr
    seen = json.loads(done.stdout)
    known = tables.catalogues.catalogue("pe_2016").zones
    assert {seen["zones"]["categories"][code] for code in ("RDM", "ZRP")} == {
        known[code].color for code in ("RDM", "ZRP")
    }
    assert seen["zones"]["label"] == "code"
    assert seen["zones"]["aliases"]["min_area"] == "Área de lote normativo (m²)"
    assert seen["zones"]["rows"] == len(zones)
    assert seen["constraints"]["valid"]
    assert picture.stat().st_size > 5000
