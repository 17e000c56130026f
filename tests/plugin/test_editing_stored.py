"""Gestures on layers that are stored: in a GeoPackage and on a server, saved and taken back."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QCoreApplication

from benchmarks import cluster as servers
from ilo_gis import io
from ilo_gis.editing.lots import merge_lots
from ilo_gis.subdivision import LotRule, recorded

opening = pytest.importorskip("ilo_gis_plugin.project.opening")
from ilo_gis_plugin.editing import pending, saving  # noqa: E402

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


@pytest.fixture
def session(plugin, address):
    """The session on a project, with what it refused."""
    opening.open_project(address, "base")
    one = plugin.editing.session
    one.why = []
    one.refused.connect(lambda *told: one.why.append(told))
    return one


def merge(session, *lots):
    at = session.snapshot()
    assert session.apply(merge_lots(at.plan, list(lots), at.brief, locked=at.locked)), session.why


def put_use(address, lot, use):
    """Another editor changes the use of a lot, by a command of ilo_gis."""
    with io.open(address, who="ana") as store:
        lots = store.read("lots", "base")
        store.write({"lots": lots.assign(use=lots["use"].where(lots.index != lot, use))}, "base")


def set_use(layer, lot, use):
    number = next(layer.getFeatures(f"lot_id = '{lot}'")).id()
    assert layer.changeAttributeValue(number, layer.fields().indexOf("use"), use)


def test_all_layers_are_saved_and_the_history_has_the_reason(session, address):
    merge(session, "A-2", "A-3")
    edit = pending.pending(session)
    assert saving.found_conflicts(session).empty
    assert saving.save(session, "R.A. 7: un lote menos") == {}
    assert pending.pending(session).nothing
    assert not session.edited()
    with io.open(address) as store:
        told = store.history("lots").iloc[-3:]
        assert set(told["reason"]) == {"R.A. 7: un lote menos"}
        assert told["who"].notna().all()
        assert sorted(told["key"]) == ["A-13", "A-2", "A-3"]
        stored = store.read("lots", "base")
    assert "A-13" in stored.index
    assert (
        session.rows("lots", session.layers()["lots"])[0]
        .geometry["A-13"]
        .equals_exact(edit.changes["lots"].after.geometry["A-13"], 0.0)
    )


def test_what_another_editor_saved_is_a_conflict_and_stays(session, address):
    assert "B-2" in session.known()["lots"].index
    put_use(address, "B-2", "escuela")
    lots = session.layers()["lots"]
    session.start(["lots"])
    set_use(lots, "B-2", "parque")
    set_use(lots, "B-3", "mercado")
    found = saving.found_conflicts(session)
    assert set(found["key"]) == {"B-2"}
    assert ["use", "parque", "escuela", "ana"] in found[
        ["column", "first", "second", "who"]
    ].to_numpy().tolist()
    assert found["at"].notna().all()
    assert saving.take_theirs(session, found), session.why
    assert next(lots.getFeatures("lot_id = 'B-2'"))["use"] == "escuela"
    assert saving.found_conflicts(session).empty
    assert list(pending.pending(session).changes["lots"].after.index) == ["B-3"]
    assert saving.save(session, "mercado") == {}
    with io.open(address) as store:
        assert store.read("lots", "base").loc[["B-2", "B-3"], "use"].tolist() == ["escuela", "mercado"]


def test_what_another_editor_saved_since_editing_began_is_a_conflict(session, address):
    session.start(["lots"])  # nobody asked for the rows before
    while QgsApplication.taskManager().countActiveTasks():
        QCoreApplication.processEvents()
    put_use(address, "B-2", "escuela")
    set_use(session.layers()["lots"], "B-2", "parque")
    assert set(saving.found_conflicts(session)["key"]) == {"B-2"}


def test_a_row_that_was_taken_away_comes_back_as_itself(session):
    lots = session.layers()["lots"]
    numbers = {f["lot_id"]: f.id() for f in lots.getFeatures()}
    before = contents(session.layers())
    merge(session, "A-2", "A-3")
    once = contents(session.layers())
    change = pending.pending(session).changes["lots"]
    assert pending.discard(session, {"lots": change.before.index.union(change.after.index)}), session.why
    assert next(lots.getFeatures("lot_id = 'A-2'")).id() == numbers["A-2"]
    assert "lots" not in pending.pending(session).changes
    lots.undoStack().undo()
    assert contents(session.layers()) == once
    lots.undoStack().setIndex(0)
    assert contents(session.layers()) == before
    assert not session.edited()


def test_a_row_that_was_changed_before_it_was_taken_away_does_not_come_back(session, address):
    session.start(["lots"])
    set_use(session.layers()["lots"], "A-2", "parque")
    merge(session, "A-2", "A-3")
    assert saving.save(session, "R.A. 8") == {}, session.why
    assert not session.edited()
    with io.open(address) as store:
        assert store.read("lots", "base").index.intersection(["A-2", "A-3", "A-13"]).tolist() == ["A-13"]


def test_a_row_that_was_cut_and_pasted_is_saved_as_itself(session, address):
    lots, number = session.layers()["lots"], next(session.layers()["lots"].getFeatures("lot_id = 'A-2'")).id()
    session.start(["lots"])
    old, own = lots.getFeature(number), lots.primaryKeyAttributes()  # which QGIS fills when it pastes
    values = {k: value for k, value in enumerate(old.attributes()) if k not in own}
    assert lots.deleteFeature(number)
    assert lots.addFeature(QgsVectorLayerUtils.createFeature(lots, old.geometry(), values))
    set_use(lots, "A-2", "parque")
    assert saving.save(session, "R.A. 9") == {}, session.why
    assert not session.edited()
    assert next(lots.getFeatures("lot_id = 'A-2'")).id() == number
    with io.open(address) as store:
        told = store.history("lots").iloc[-1]
        assert [*told[["key", "operation", "reason"]]] == ["A-2", "update", "R.A. 9"]
        assert store.read("lots", "base").at["A-2", "use"] == "parque"


def test_what_the_store_refuses_stays_unsaved(session, address):
    lots = session.layers()["lots"]
    session.start(["lots", "blocks"])
    blocks = session.layers()["blocks"]
    assert blocks.deleteFeature(next(blocks.getFeatures("block_id = 'A'")).id())
    set_use(lots, "B-2", "parque")
    refused = saving.save(session, "sin la A")
    assert list(refused) == ["blocks"]
    assert refused["blocks"]
    edit = pending.pending(session)
    assert list(edit.changes["blocks"].gone) == ["A"]
    # what QGIS saves after that is stored
    set_use(lots, "B-3", "parque")
    assert lots.commitChanges(), lots.commitErrors()
    blocks.rollBack()
    QgsProject.instance().clear()
    with io.open(address) as store:
        assert (store.read("lots", "base").loc[["B-2", "B-3"], "use"] == "parque").all()
