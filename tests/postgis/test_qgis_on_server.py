"""Two planners in QGIS change the same lot: refused if QGIS sends what it read, else in the history."""

import json
import os
import runpy
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import make_url

from ilo_gis import io

TESTS = Path(__file__).parents[1]
fake_plan = runpy.run_path(str(TESTS / "plotting" / "fake_plan.py"))["fake_plan"]
found = find_spec("qgis")  # with the folder of tests on the path, tests/qgis, which has no file of its own
pytestmark = [
    pytest.mark.qgis,
    pytest.mark.skipif(found is None or found.origin is None, reason="QGIS's Python packages are not there"),
]


@pytest.fixture
def edit(database, cluster, tmp_path):
    """Return what opens the project in QGIS and edits it."""

    def run(guarded):
        home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
        script = TESTS / "qgis" / "edit_on_server.py"
        command = [sys.executable, str(script), str(cluster), make_url(database).database, guarded]
        done = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | home, timeout=120, check=False
        )
        assert done.stdout, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    with io.open(database, create=True) as store:
        store.write(fake_plan(2, 1))
    return run


def areas(database, *lots):
    with io.open(database) as store:
        return store.read("lots").loc[list(lots), "area"].tolist()


def test_who_sends_what_was_read_is_refused(edit, database):
    kept, refused = [True, False], [False, True]
    assert edit("guarded") == [kept, refused, kept, refused, kept, kept]
    assert areas(database, "A-1", "A-2", "A-3", "A-4") == [1.0, 160.0, 3.0, 5.0]


def test_what_is_overwritten_without_that_is_in_the_history_and_comes_back(edit, database):
    assert edit("plain") == [[True, False]] * 6
    assert areas(database, "A-1", "A-2") == [2.0, 2.0]
    with io.open(database) as store:
        told = store.history("lots", "A-1")
        assert [json.loads(one)["area"] for one in told["before"]] == [160.0, 1.0]
        store.undo(int(told.index[0]))
    assert areas(database, "A-1", "A-2") == [1.0, 160.0]
