"""What is edited in QGIS is in the history, and can be undone; what breaks a key is refused there too."""

import json
import os
import subprocess
import sys
from pathlib import Path

from test_project_in_qgis import fake_plan, pytestmark  # noqa: F401  (skipped where QGIS is not)

from ilo_gis import io


def edit_in_qgis(path):
    """Change A-1 and take B-20 away in QGIS, and what breaks a key."""
    script = Path(__file__).with_name("edit_project.py")
    home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(path.parent), "XDG_RUNTIME_DIR": str(path.parent)}
    command = [sys.executable, str(script), str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | home, timeout=120, check=False
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [True, False], done.stderr


def test_edits_in_qgis_are_remembered(tmp_path):
    plan = fake_plan(2, 1)
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    edit_in_qgis(path)
    with io.open(path) as store:
        told = store.history()
        assert told[["operation", "key"]].to_numpy().tolist() == [["update", "A-1"], ["delete", "B-20"]]
        assert told["who"].isna().all()
        assert store.check() == []
        store.undo(0)
        assert store.read("lots").index.tolist() == plan.lots.index.tolist()


def test_edits_in_qgis_have_the_reason_that_was_said(tmp_path):
    path = io.write_project(fake_plan(2, 1), tmp_path / "plan.gpkg")
    with io.open(path) as store:
        with store.saying("R.A. 7: one lot less", who="ana"):
            edit_in_qgis(path)
        assert store.history()[["who", "reason"]].to_numpy().tolist() == [["ana", "R.A. 7: one lot less"]] * 2
