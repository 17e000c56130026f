"""The five-minute tutorial of docs/edit.es.md: from an empty Pampa to an edited, checked, saved plan.

One run of the window, by mouse and keys, goes through the steps of the page; `docs/editing_pictures.py` runs
the same for its pictures.
"""

import contextlib
import re
import sqlite3
from pathlib import Path

import package_plugin
import pandas as pd
import pytest
import shapely
import window
from tutorial_steps import REASON, TUTORIAL

from ilo_gis import io

PAGE = Path(__file__).parents[2] / "docs" / "edit.es.md"


@pytest.mark.slow
def test_from_an_empty_pampa_to_a_saved_plan(tmp_path, monkeypatch):
    # QGIS asks before it closes what lies in the folder for temporary files, where tests have theirs
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    package_plugin.translate()
    told = window.run(TUTORIAL, tmp_path, timeout=900).told
    assert told["escaped"]
    assert told["undone"]
    assert told["redone"]
    said = [line for one in told.values() if isinstance(one, list) for line in one if isinstance(line, str)]
    quoted = re.findall(r"`([^`\n]+: [^`\n]*\d[^`\n]*)`", PAGE.read_text("utf-8"))
    assert len(quoted) > 8
    # what the page says is what the window says
    assert set(quoted) <= {" ".join(line.split()) for line in said}
    assert told["steps"][0] == "Trazar una vía"
    assert len(told["steps"]) == 7
    assert told["errors"] == 0
    assert told["pending_said"][0] == told["pending_base_said"][0] == ""
    with contextlib.closing(sqlite3.connect(tmp_path / "ilo_esquematico.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with io.open(tmp_path / "ilo_esquematico.gpkg") as store:
        lots, blocks, reserves = (store.read(name, "pampa_8") for name in ("lots", "blocks", "reserves"))
        history = store.history()
    parts = pd.concat([lots.geometry, reserves.geometry])
    assert len(lots) == told["lots"]
    assert shapely.coverage_is_valid(parts.to_numpy())
    assert parts.area.sum() == pytest.approx(blocks.area.sum(), abs=1e-3)
    reasons = history.groupby("reason")["scenario"].unique()
    assert list(reasons[f"R.A. 45-2026-MPI: {REASON}"]) == ["pampa_8"]
    assert list(reasons["O.M. 12-2026-MPI: Comercio zonal frente al parque"]) == ["base"]
