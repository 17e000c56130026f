"""Gestures in the real window: by mouse and keys, undone by QGIS itself, saved, and safe from a crash."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

import package_plugin
import pytest
import window

from ilo_gis import io
from ilo_gis.subdivision import LotRule, recorded

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]

OPEN = """
    from ilo_gis_plugin.project import opening, themes, tree
    from pathlib import Path

    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QAction
    from qgis.utils import plugins

    opening.open_project(str(folder.parent / "plan.gpkg"), "base")
    layers = tree.layers()
    lots, canvas = layers["lots"], iface.mapCanvas()
    canvas.setExtent(lots.extent().buffered(20))
    iface.setActiveLayer(lots)
    idle()
    plugin = plugins["ilo_gis_plugin"]
    session = plugin.editing.session

    def rows():
        return {name: sorted((str(f.attributes()), f.geometry().asWkb().data()) for f in one.getFeatures())
                for name, one in layers.items()}

    def ids():
        return sorted(f["lot_id"] for f in lots.getFeatures())

    def pixel(point):
        at = canvas.getCoordinateTransform().transform(point)
        return QPoint(round(at.x()), round(at.y()))

    def middle(lot):
        return pixel(next(lots.getFeatures(f"lot_id = '{lot}'")).geometry().centroid().asPoint())

    def press(where, button=Qt.MouseButton.LeftButton):
        QTest.mouseMove(canvas.viewport(), where)
        QTest.mouseClick(canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, where)

    def key(which, how=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(canvas, which, how)
        idle()

    take = lambda name: (plugin.editing.actions[name].trigger(), idle(), canvas.mapTool())[-1]
"""
MERGE = (
    OPEN
    + """
    before, first = rows(), ids()
    tool = take("merge_lots")
    hints = [iface.statusBarIface().currentMessage()]
    for lot in ("A-2", "A-3"):
        press(middle(lot))
        idle()
    hints.append(iface.statusBarIface().currentMessage())
    idle(lambda: tool.edit is not None)
    QTest.mouseMove(canvas.viewport(), middle("B-3"))
    idle()
    shown = list(tool.overlay.box.lines)
    grab("merge_preview")
    key(Qt.Key.Key_Escape)
    after_escape = rows() == before and not lots.isEditable()
    for lot in ("A-2", "A-3"):
        press(middle(lot))
    idle(lambda: tool.edit is not None)
    key(Qt.Key.Key_Return)
    idle(lambda: "A-2" not in ids())
    merged, once = ids(), rows()
    grab("merged")
    undo, redo = (iface.mainWindow().findChild(QAction, name) for name in ("mActionUndo", "mActionRedo"))
    iface.setActiveLayer(layers["streets"])
    idle()
    able, texts = undo.isEnabled(), [one.undoStack().text(0) for one in session.layers().values()]
    undo.trigger()
    idle()
    undone = rows() == before, lots.isModified()
    redo.trigger()
    idle()
    redone = rows() == once
    iface.setActiveLayer(lots)
    saved = all(one.commitChanges() for one in layers.values() if one.isEditable())
    tell(hints=hints, shown=shown, after_escape=after_escape, gone=sorted(set(first) - set(merged)),
         come=sorted(set(merged) - set(first)), able=able, texts=sorted(set(texts)), undone=undone,
         redone=redone, saved=saved, bar=bar(), stored=len(rows()["lots"]))
"""
)

CRASH = (
    OPEN
    + """
    import os

    before = rows()
    tool = take("merge_lots")
    for lot in ("A-2", "A-3"):
        press(middle(lot))
    idle(lambda: tool.edit is not None)
    key(Qt.Key.Key_Return)
    idle(lambda: "A-2" not in ids())
    use = lots.fields().indexOf("use")
    lots.changeAttributeValue(next(lots.getFeatures("lot_id = 'B-1'")).id(), use, "parque")
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "ilo_gis_unsaved"
    idle(lambda: any("parque" in file.read_text() for file in folder.glob("*.json")))
    tell()
    os.kill(os.getpid(), 9)
"""
)
AFTER = (
    OPEN
    + """
    idle(lambda: any("QGIS se interrumpi" in text for text in bar()))
    first = ids()
    grab("offered")
    click(ANSWER)
    idle()
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "ilo_gis_unsaved"
    kept = len(list(folder.glob("*.json")))
    use = next(lots.getFeatures("lot_id = 'B-1'"))["use"]
    steps = lots.undoStack().count(), lots.undoStack().undoText()
    now = ids()
    lots.undoStack().undo()
    idle(lambda: not list(folder.glob("*.json")), 20)
    tell(first=first, now=now, use=str(use), steps=steps, kept=kept, back=ids())
"""
)


@pytest.fixture
def project(tmp_path):
    """A project in a file, which is whole afterwards."""
    package_plugin.translate()
    rule = LotRule(min_area=160.0, min_frontage=8.0)
    with io.open(tmp_path / "plan.gpkg", create=True) as store:
        store.write(fake_plan(3, 2, lots=6, angle=15), "base", info=recorded(rule))
    yield tmp_path
    with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_lots_are_merged_by_mouse_and_the_step_is_taken_back_by_qgis_itself(project):
    shown = window.run(MERGE, project / "window").told
    assert shown["hints"] == [
        "Haga clic en el primer lote por unir.",
        "Clic: más lotes. Intro: unir. Esc: cancelar.",
    ]
    assert shown["shown"] == [
        "Unir los lotes A-2, A-3",
        "Lotes: 59 → 58",
        "Lotes conformes: 59 → 58",
        "A-13: 320.0 m², 16.0 m de frente",
    ]
    assert shown["after_escape"]
    assert (shown["gone"], shown["come"]) == (["A-2", "A-3"], ["A-13"])
    assert shown["able"]  # while a layer that is not touched is the active one
    assert shown["texts"] == ["Unir los lotes A-2, A-3"]
    assert shown["undone"] == [True, False]
    assert shown["redone"]
    assert shown["saved"]
    with io.open(project / "plan.gpkg") as store:
        assert store.read("lots", "base").loc["A-13", "area"] == pytest.approx(320.0)


@pytest.mark.parametrize("answer", ["Recuperar", "Descartar"])
def test_what_was_not_saved_when_qgis_was_killed_is_offered(project, answer):
    with pytest.raises(AssertionError, match="QGIS told nothing"):
        window.run(CRASH, project / "window")
    told = window.run(AFTER.replace("ANSWER", repr(answer)), project / "window").told
    assert told["first"] == told["back"]
    if answer == "Recuperar":
        assert "A-13" in told["now"]
        assert told["use"] == "parque"
        assert told["steps"] == [1, "Recuperar cambios sin guardar"]
        assert told["kept"] == 1  # until it is saved
    else:
        assert (told["now"], told["kept"]) == (told["first"], 0)


def test_what_changed_after_qgis_was_killed_is_not_overwritten(project):
    with pytest.raises(AssertionError, match="QGIS told nothing"):
        window.run(CRASH, project / "window")
    with io.open(project / "plan.gpkg") as store:
        lots = store.read("lots", "base")
        store.write({"lots": lots.assign(use=lots["use"].where(lots.index != "A-2", "escuela"))}, "base")
    told = window.run(AFTER.replace("ANSWER", "'Descartar'"), project / "window").told
    assert told["now"] == told["first"]
    assert told["kept"] == 0
