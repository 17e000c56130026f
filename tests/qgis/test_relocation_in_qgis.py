"""QGIS's temporal controller works at once on occupants and seafront as they are written."""

import datetime
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ilo_gis import io
from ilo_gis.relocation import occupancy, state_on, stretches


def _has_qgis():
    try:
        return importlib.util.find_spec("qgis.core") is not None
    except ModuleNotFoundError:
        return False


pytestmark = [
    pytest.mark.qgis,
    pytest.mark.skipif(not _has_qgis(), reason="QGIS's Python packages are not here"),
]
DAYS = [
    ("1993-10-01T00:00:00", "1993-10-31T23:59:59"),
    ("1993-11-30T00:00:00", "1993-11-30T23:59:59"),  # the day on which customs left
    ("1994-06-30T00:00:00", "1994-06-30T23:59:59"),
    ("1995-07-31T00:00:00", "1995-07-31T23:59:59"),
    ("1999-01-01T00:00:00", "1999-01-01T23:59:59"),
]


def test_the_temporal_controller_shows_who_is_there(tmp_path):
    occupants = io.sample("occupants").set_index("occupant_id")
    moves = io.sample("moves").set_index("move_id")
    seafront = io.sample("seafront").set_index("strip_id")
    states = state_on(moves, datetime.date(1994, 6, 30))
    content = {"occupants": occupancy(occupants, moves), "seafront": seafront}
    content["stretches"] = stretches(io.sample("coast"), occupants, states)
    io.write_tables(content, tmp_path / "shore.gpkg")
    script = Path(__file__).with_name("timeline.py")
    home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, str(script), str(tmp_path / "shore.gpkg"), json.dumps(DAYS)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | home, timeout=120, check=False
    )
    assert done.stdout, done.stderr
    seen = json.loads(done.stdout)
    assert seen["occupants"]["active"]
    assert seen["occupants"]["fields"] == ["start", "end"]
    assert seen["occupants"]["shown"] == [15, 14, 11, 0, 0]
    assert seen["seafront"]["active"]
    assert seen["seafront"]["shown"] == [0, 0, 0, 0, int(seafront["end"].notna().sum())]
    assert not seen["stretches"]["active"]
    assert all(layer["renderer"] == "categorizedSymbol" for layer in seen.values())
