"""Gestures on layers that are stored: in a GeoPackage and on a server, saved and taken back."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsProject

from benchmarks import cluster as servers
from ilo_gis import io
from ilo_gis.editing.lots import merge_lots
from ilo_gis.subdivision import LotRule, recorded

opening = pytest.importorskip("ilo_gis_plugin.project.opening")
fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]
INFO = recorded(LotRule(min_area=160.0, min_frontage=8.0))


@pytest.fixture(params=["file", "server"])
def address(request, tmp_path):
    if request.param == "file":
        with io.open(tmp_path / "plan.gpkg", create=True) as store:
            store.write(fake_plan(3, 2, lots=6, angle=15), "base", info=INFO)
        yield str(tmp_path / "plan.gpkg")
        QgsProject.instance().clear()
        with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        return
    pytest.importorskip("sqlalchemy", reason="needs the extra postgis")
    if not servers.BINARIES:
        pytest.skip(servers.MISSING)
    with servers.running(servers.QUICK) as folder:
        founder = servers.make_database(folder, "city")
        with io.open(founder, create=True) as store:
            store.write(fake_plan(3, 2, lots=6, angle=15), "base", info=INFO)
        yield founder
        QgsProject.instance().clear()


def contents(layers):
    return {
        name: sorted((str(f.attributes()), f.geometry().asWkb().data()) for f in layer.getFeatures())
        for name, layer in layers.items()
    }


# pandas tells how columns without a value will be put together one day: either way they have none
@pytest.mark.filterwarnings("ignore:The behavior of DataFrame concatenation:FutureWarning")
def test_a_gesture_is_taken_back_done_again_and_saved(plugin, address):
    opening.open_project(address, "base")
    session = plugin.editing.session
    layers, why = session.layers(), []
    session.refused.connect(lambda *told: why.append(told))
    before = contents(layers)
    at = session.snapshot()
    for lots in (["A-2", "A-3"], ["B-2", "B-3"]):
        at = session.snapshot()
        assert session.apply(merge_lots(at.plan, lots, at.brief, locked=at.locked)), why
    after = contents(layers)
    layers["blocks"].undoStack().undo()
    layers["streets"].undoStack().undo()
    assert contents(layers) == before
    assert not any(layer.isModified() for layer in layers.values())
    layers["lots"].undoStack().setIndex(2)
    assert contents(layers) == after
    for layer in layers.values():
        assert not layer.isEditable() or layer.commitChanges(), layer.commitErrors()
    assert not any(layer.undoStack().count() for layer in layers.values())
    with io.open(address) as store:
        lots = store.read("lots", "base")
    assert len(lots) == len(before["lots"]) - 2
    assert {"A-13", "B-13"} <= set(lots.index)
    assert lots.geometry["A-13"].equals_exact(session.known()["lots"].geometry["A-13"], 0.0)
