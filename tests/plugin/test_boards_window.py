"""The boards in the real window: an occupant dragged onto a lot, and lots that advance, by mouse and keys."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

import geopandas as gpd
import package_plugin
import pandas as pd
import pytest
import shapely
import window

from ilo_gis import io, promuvi
from ilo_gis.tables import complete

PLAN = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))
SERVICES = ("clearing", "survey", "layout", "tap", "latrine")
OPEN = """
    import ctypes
    import threading
    import time

    from ilo_gis_plugin.project import opening, tree
    from qgis.core import QgsDateTimeRange, QgsProject
    from qgis.PyQt.QtCore import QDate, QDateTime, QPoint, Qt, QTime
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QAction
    from qgis.utils import plugins

    opening.open_project(str(folder.parent / "plan.gpkg"), "base")
    layers, canvas = tree.layers(), iface.mapCanvas()
    lots = layers["lots"]
    canvas.setExtent(lots.extent().buffered(25))
    plugin = plugins["ilo_gis_plugin"]
    session, (relocation, desk) = plugin.editing.session, plugin.boards
    undo, redo = (iface.mainWindow().findChild(QAction, name) for name in ("mActionUndo", "mActionRedo"))

    def rows():
        return {name: sorted((str(f.attributes()), f.geometry().asWkb().data()) for f in one.getFeatures())
                for name, one in layers.items()}

    def middle(lot):
        at = next(lots.getFeatures(f"lot_id = '{lot}'")).geometry().centroid().asPoint()
        at = canvas.getCoordinateTransform().transform(at)
        return QPoint(round(at.x()), round(at.y()))

    def press(where):
        QTest.mouseMove(canvas.viewport(), where)
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    def texts(tree):
        items = [tree.topLevelItem(k) for k in range(tree.topLevelItemCount())]
        items += [one.child(k) for one in items for k in range(one.childCount())]
        return [[one.text(k) for k in range(tree.columnCount())] for one in items]

    def mouse(moves):
        # the mouse itself, moved and pressed from another thread: what is dragged waits in a loop of its own
        x11, xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        screen = ctypes.c_void_p(x11.XOpenDisplay(None))
        for step in moves:
            if callable(step):
                step()
            elif isinstance(step, int):
                xtest.XTestFakeButtonEvent(screen, 1, step, 0)
            else:
                xtest.XTestFakeMotionEvent(screen, -1, step.x(), step.y(), 0)
            x11.XFlush(screen)
            time.sleep(0.15)
        x11.XCloseDisplay(screen)

    def drag(item, *ways, drop=True):
        tree, view = item.treeWidget(), item.treeWidget().viewport()
        start = view.mapToGlobal(tree.visualItemRect(item).center())
        near = [start, start + QPoint(-6, 4), start + QPoint(-18, 12)]
        there = [one if callable(one) else canvas.viewport().mapToGlobal(one) for one in ways]
        moves = [start, 1, *near[1:], *there, *([0] if drop else [])]
        thread = threading.Thread(target=mouse, args=(moves,))
        thread.start()
        idle(lambda: not thread.is_alive())
"""
BOARD = (
    OPEN
    + """
    relocation.action.trigger()
    idle(lambda: relocation.list.topLevelItemCount())
    idle(lambda: len(relocation.file.text()))
    board, before = texts(relocation.list), rows()
    day = relocation.day
    first = day.date.date().toString("yyyy-MM-dd"), day.slider.maximum()
    day.slider.setValue(5)
    idle(lambda: texts(relocation.list) != board)
    early, shown = texts(relocation.list), canvas.temporalRange()
    span = QgsDateTimeRange(*(QDateTime(QDate(1994, 1, one), QTime(0, 0)) for one in (22, 23)))
    canvas.temporalController().setTemporalExtents(span)  # as the panel of QGIS does
    idle(lambda: texts(relocation.list) != early)
    between, followed = texts(relocation.list)[1], day.date.date().toString("yyyy-MM-dd")
    day.date.setDate(QDate(1994, 6, 30))
    idle()
    on_map = [canvas.temporalRange().begin().toString("yyyy-MM-dd"), shown.begin().toString("yyyy-MM-dd")]
    item = lambda name: relocation.list.findItems(name, Qt.MatchFlag.MatchExactly)[0]

    # who needs one large lot finds none: the reason stands beside the pointer
    QTest.mouseClick(relocation.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                     relocation.list.visualItemRect(item("yard")).center())
    idle(lambda: "yard" in relocation.hint.text())
    tool, none = relocation.tool, relocation.hint.text()
    QTest.mouseMove(canvas.viewport(), middle("B-3"))
    idle(lambda: tool.overlay.box.lines)
    why = list(tool.overlay.box.lines)
    grab("relocation_refused")
    press(middle("B-3"))
    idle()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    idle()
    untouched = rows() == before and tool.occupant is None and not lots.isEditable()

    # who may go to several lots is chosen, and shown what a lot does
    QTest.mouseClick(relocation.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                     relocation.list.visualItemRect(item("families")).center())
    idle(lambda: "families" in relocation.hint.text())
    QTest.mouseMove(canvas.viewport(), middle("A-1"))
    idle(lambda: tool.overlay.box.lines)
    held, some = list(tool.overlay.box.lines), relocation.hint.text()
    QTest.mouseMove(canvas.viewport(), middle("A-4"))
    idle(lambda: tool.edit is not None)
    grab("relocation_preview")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    idle()
    untouched &= rows() == before

    # dragged onto the map and held there, then dropped
    seen, times = {}, {}

    def look():
        begun = time.monotonic()
        while tool.edit is None and time.monotonic() < begun + 20:
            time.sleep(0.01)
        times["preview"] = time.monotonic() - begun
        time.sleep(1)
        seen.update(box=list(tool.overlay.box.lines), account=relocation.file.text())

    drag(item("families"), middle("A-2"), middle("A-4"), look)
    idle(lambda: layers["occupants"].isModified())
    idle()
    goes = {f["occupant_id"]: f["receiving_id"] for f in layers["occupants"].getFeatures()}
    sites = {f["receiving_id"]: (f["lots"], f["status"]) for f in layers["receiving_sites"].getFeatures()}
    idle(lambda: "A-4" in relocation.file.text())
    grab("relocation_placed")
    once = rows()
    iface.setActiveLayer(layers["receiving_sites"])
    idle()
    undo.trigger()
    idle()
    undone = rows() == before, layers["occupants"].isModified()
    redo.trigger()
    idle()
    redone = rows() == once
    saved = all(one.commitChanges() for one in layers.values() if one.isEditable())
    QgsProject.instance().clear()
    opening.open_project(str(folder.parent / "plan.gpkg"), "base")
    layers = tree.layers()
    idle(lambda: relocation.list.topLevelItemCount())
    reopened = [f["receiving_id"] for f in layers["occupants"].getFeatures("occupant_id = 'families'")]
    reopened += [f.geometry().area() for f in layers["receiving_sites"].getFeatures("receiving_id = 'A-4/2'")]
    iface.mainWindow().resize(1366, 768)
    idle()
    small = iface.mainWindow().width(), iface.mainWindow().height()
    grab("relocation_small")
    relocation.action.trigger()
    idle()
    tell(board=board, early=early[1], between=between, followed=followed, first=first, on_map=on_map)
    tell(none=none, why=why, held=held, some=some, untouched=untouched, seen=seen, times=times, goes=goes)
    tell(sites=sites, undone=undone, redone=redone, saved=saved, small=small, reopened=reopened)
    tell(off=canvas.temporalRange().begin().isValid())
"""
)
DESK = (
    OPEN
    + """
    before = rows()
    desk.action.trigger()
    idle()
    desk.day.setDate(QDate(1991, 6, 30))
    press(middle("A-1"))
    idle(lambda: desk.file is not None)
    file, services, missing = desk.heading.text(), texts(desk.services), desk.missing.text()
    no_paper = desk.advance.text(), desk.advance.isEnabled()
    click("Colores por etapa", desk)
    grab("promuvi_lot")
    desk.evidence.setText("Acta 7")
    idle()
    able = desk.advance.text(), desk.advance.isEnabled()
    desk.advance.click()
    idle(lambda: layers["lot_events"].isModified())
    idle(lambda: "Ocupado" in desk.heading.text())
    advanced, one = desk.heading.text(), bar()
    stage = {f["lot_id"]: f["stage"] for f in layers["lot_progress"].getFeatures()}
    once = rows()
    iface.setActiveLayer(layers["lot_progress"])
    idle()
    undo.trigger()
    idle(lambda: "Asignado" in desk.heading.text())
    undone = rows() == before
    redo.trigger()
    idle(lambda: "Ocupado" in desk.heading.text())
    redone = rows() == once

    # the block: those that may, and those that may not
    press(middle("A-2"))
    idle(lambda: desk.file.lot == "A-2")
    desk.evidence.setText("Resolución 12-1991")
    desk.pages.setCurrentIndex(1)
    idle(lambda: desk.fits is not None)
    block, batch = desk.block.text(), desk.advance.text()
    grab("promuvi_block")
    count = layers["lot_events"].featureCount()
    desk.advance.click()
    idle(lambda: layers["lot_events"].featureCount() > count)
    idle()
    come, told = layers["lot_events"].featureCount() - count, bar()
    steps = layers["lot_events"].undoStack().count()
    saved = all(one.commitChanges() for one in layers.values() if one.isEditable())
    iface.messageBar().clearWidgets()
    iface.mainWindow().resize(1366, 768)
    desk.pages.setCurrentIndex(0)
    idle()
    small = iface.mainWindow().width(), iface.mainWindow().height()
    grab("promuvi_small")
    tell(file=file, services=services, missing=missing, no_paper=no_paper, able=able, advanced=advanced,
         one=one, stage=stage["A-1"], undone=undone, redone=redone, block=block, batch=batch,
         come=come, told=told, steps=steps, saved=saved, small=small)
"""
)


def plain(table, key, rows):
    return complete(pd.DataFrame.from_dict(rows, orient="index").rename_axis(key), table)


def seafront():
    """Return a yard, a depot that left and two families on the shore, and works and households of a block."""
    x, y = PLAN["ORIGIN"]
    rows = {
        "yard": {"name": "Taller / Yard", "kind": "business", "area": 600.0},
        "depot": {"name": "Depósito / Depot", "kind": "institution", "area": 400.0},
        "families": {"name": "Familias / Families", "kind": "households", "area": 900.0, "count": 2},
    }
    shapes = [shapely.box(x - 70, y + a, x - 45, y + b) for a, b in ((0, 30), (40, 60), (65, 95))]
    people = gpd.GeoDataFrame.from_dict(rows, orient="index").rename_axis("occupant_id")
    people = people.set_geometry(gpd.GeoSeries(shapes, people.index, crs=PLAN["CRS"]))
    people = people.assign(start=pd.Timestamp("1994-01-01"), end=pd.Timestamp("1994-12-31"))
    moves = {
        f"M-{k}": {"occupant_id": "depot", "step": step, "date": pd.Timestamp(day)}
        for k, (step, day) in enumerate([("moved", "1994-01-20"), ("cleared", "1994-01-25")])
    }
    hall = gpd.GeoDataFrame(
        {"kind": "building", "area": 400.0, "status": "free"},
        ["hall"],
        crs=PLAN["CRS"],
        geometry=[shapely.box(x + 250, y, x + 270, y + 20)],
    ).rename_axis("receiving_id")
    work = {"scope": "block", "target_id": "A", "done": pd.Timestamp("1990-05-01")}
    works = {f"W-{k}": {"service": name} | work for k, name in enumerate(SERVICES)}
    told = {"kind": "allotted", "date": pd.Timestamp("1990-01-10")}
    events = {f"E-{k}": {"lot_id": f"A-{k}", "household_id": f"H-{k}"} | told for k in (1, 2, 3, 9)}
    return {
        "occupants": complete(people, "occupants"),
        "receiving_sites": complete(hall, "receiving_sites"),
        "moves": plain("moves", "move_id", moves),
        "works": plain("works", "work_id", works),
        "lot_events": plain("lot_events", "event_id", events),
    }


@pytest.fixture
def project(tmp_path):
    """A project in a file, which is whole afterwards."""
    package_plugin.translate()
    plan = PLAN["fake_plan"](3, 2, lots=6, angle=15)
    names = ("blocks", "lots", "streets", "street_lines", "reserves")
    known = {name: getattr(plan, name) for name in names} | seafront()
    day, lots = pd.Timestamp("1991-06-30"), known["lots"]
    states = promuvi.state_on(known["lot_events"], day, lots[lots["kind"] == "lot"])
    known["lot_progress"] = promuvi.lot_progress(lots, states, known["works"], day)
    with io.open(tmp_path / "plan.gpkg", create=True) as store:
        store.write(known, "base")
    yield tmp_path
    with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_occupant_is_dragged_onto_a_lot(project):
    shown = window.run(BOARD, project / "window", timeout=240).told
    depot = ["depot", "Institución", "Terreno despejado", "400"]
    yard, families = (
        ["yard", "Empresa", "Identificado", "600"],
        ["families", "Viviendas", "Identificado", "900"],
    )
    assert shown["board"] == [yard, depot, families]
    assert shown["first"] == ["1994-12-31", 364]  # today is after the years of the project
    assert shown["early"][2] == "Identificado"
    assert shown["between"][2] == "Trasladado"
    assert shown["followed"] == "1994-01-22"
    assert shown["on_map"] == ["1994-06-30", "1994-01-06"]
    assert shown["none"].endswith(
        "ningún lote puede recibirlo. Ponga el puntero sobre un lote para ver por qué."
    )
    assert shown["why"] == ["yard no puede ir a B-3:", "160 m2 de terreno; se necesitan 600"]
    assert shown["some"].startswith("<b>families</b>: 55 de 60 lotes pueden recibirlo (en verde).")
    assert shown["held"] == ["families no puede ir a A-1:", "lo tiene un hogar"]
    assert shown["untouched"]
    assert shown["seen"]["box"] == ["Trasladar families", "Terreno libre al final: 400 → 1,300 m²"]
    assert "sin acuerdo ni orden de reubicación" in shown["seen"]["account"]
    assert "<b>1,300 m²</b>" in shown["seen"]["account"]
    assert shown["goes"]["families"] == "A-4/2"
    assert shown["sites"] == {"A-4/2": ["A-4;A-5", "reserved"], "hall": ["NULL", "free"]}
    assert shown["undone"] == [True, False]
    assert shown["redone"]
    assert shown["saved"]
    assert shown["reopened"] == ["A-4/2", pytest.approx(320.0)]
    assert shown["small"] == [1366, 768]
    assert not shown["off"]  # with the board closed the map shows all times again
    print(f"dragged to previewed: {shown['times']['preview']:.2f} s")  # noqa: T201 (speeds are told)


def test_lots_advance_one_by_one_and_as_a_block(project):
    shown = window.run(DESK, project / "window", timeout=240).told
    for said in ("A-1", "manzana A", "H-1", "<b>Asignado</b> desde 10/01/1990", "sin cobros"):
        assert said in shown["file"]
    done = [name for name, state, _ in shown["services"] if state == "Terminado"]
    assert done == [
        "Limpieza del terreno",
        "Levantamiento topográfico",
        "Lotización",
        "Pileta pública",
        "Letrina",
    ]
    assert ["Tanque séptico", "Sin obra", "Ocupado"] in shown["services"]
    assert shown["missing"] == "Nada impide el paso siguiente: ocupación del lote."
    assert shown["no_paper"] == ["Avanzar el lote A-1", False]
    assert shown["able"] == ["Avanzar el lote A-1", True]
    assert "<b>Ocupado</b> desde 30/06/1991" in shown["advanced"]
    told = "Ilo GIS: Avanzar la etapa de A-1. Lotes: asignado: 4 → 3 lotes; Lotes: ocupado: 0 → 1 lotes"
    assert told in shown["one"]
    assert shown["stage"] == "occupied"
    assert shown["undone"]
    assert shown["redone"]
    assert "Manzana A: 3 de 12 lotes pueden dar el paso." in shown["block"]
    assert "Pueden:</b> A-2, A-3, A-9</p>" in shown["block"]
    assert "lote A-1, Ocupación del lote, 1991-06-30; debe estar asignado; está ocupado." in shown["block"]
    assert shown["block"].count("<tr>") == 9
    assert shown["batch"] == "Avanzar 3 lotes"
    assert shown["come"] == 3
    assert any("A-2, A-3, A-9. Lotes: asignado: 3 → 0 lotes" in said for said in shown["told"])
    assert shown["steps"] == 2  # one for the lot, one for the block
    assert shown["saved"]
    assert shown["small"][1] == 768
    with io.open(project / "plan.gpkg") as store:
        events = store.read("lot_events", "base")
        stages = store.read("lot_progress", "base")["stage"].astype(str)
    assert events.loc[events["kind"] == "occupied", "evidence"].tolist() == ["Acta 7"] + 3 * [
        "Resolución 12-1991"
    ]
    assert sorted(stages.index[stages == "occupied"]) == ["A-1", "A-2", "A-3", "A-9"]
