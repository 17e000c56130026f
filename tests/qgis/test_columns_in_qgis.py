"""Columns added, renamed and dropped in QGIS, and relations by keys of two columns, on a project file."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from test_project_in_qgis import fake_plan, pytestmark  # noqa: F401  (skipped where QGIS is not)

from ilo_gis import io
from ilo_gis.io.ddl import key_of
from ilo_gis.tables import integrity


def in_qgis(path, *arguments):
    script = Path(__file__).with_name("alter_project.py")
    home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(path.parent), "XDG_RUNTIME_DIR": str(path.parent)}
    done = subprocess.run(
        [sys.executable, str(script), str(path), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | home,
        timeout=120,
        check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_columns_and_relations_in_qgis(tmp_path, caplog):
    plan = fake_plan(2, 1)
    path = io.write_project(plan, tmp_path / "plan.gpkg", info={"norms": "pe 2026"})
    with io.open(path) as store:
        store.write({"lots": store.read("lots").assign(watched="yes")})
        store.adopt("base")
        before = int(store.history().index[-1])
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("ALTER TABLE lots ADD COLUMN passing TEXT")
    relation = integrity.relations("lots").set_index("references").loc["blocks"]
    told = in_qgis(path, json.dumps([["scenario", "scenario"], [relation["column"], key_of("blocks")]]))
    assert told["valid"]
    first = plan.blocks.index[0]
    assert told["lots"] == plan.lots.index[plan.lots["block_id"] == first].tolist()
    assert told["found"] == 0  # QGIS 3.22 looks for relations in servers only: they are given to it
    assert "pe 2026" in told["abstract"]
    went = [told[what] for what in ("add", "fill", "rename", "drop declared", "drop watched", "drop own")]
    assert went == [True, True, True, False, False, True]  # what the history watches stays
    with io.open(path) as store:
        lots = store.read("lots")
        assert lots["nota"].tolist() == ["mine"] + [None] * 39
        assert "passing" not in lots
        assert (lots["watched"] == "yes").all()
        assert store.check() == []
        store.write({"lots": lots.assign(nota="all")})
        assert "changed the columns of lots" in caplog.text
        changes = store.history("lots").loc[before + 1 :, "after"]  # QGIS reckoned a perimeter, as forms ask
        assert changes.str.contains("nota").sum() == 40
        assert changes.str.contains("perimeter").sum() == len(changes) - 40 == 1
        store.undo(before)
        assert store.read("lots")["nota"].tolist() == lots["nota"].tolist()
