"""Streets drawn, moved and given up, and blocks divided, by mouse and keys in the real window."""

import contextlib
import sqlite3

import geopandas as gpd
import numpy as np
import package_plugin
import pytest
import shapely
import window
from test_editing_window import OPEN

from ilo_gis import io
from ilo_gis.subdivision import LotRule, recorded
from ilo_gis.workflows import lots_from_streets

RULE = LotRule(min_area=160.0, min_frontage=8.0)
BLOCK, STREET = (120.0, 40.0), 12.0  # m
MORE = (
    OPEN
    + """
    from qgis.core import QgsGeometry, QgsPointXY

    undo, redo = (iface.mainWindow().findChild(QAction, name) for name in ("mActionUndo", "mActionRedo"))
    blocks, lines = layers["blocks"], layers["street_lines"]
    wide, high = 132.0, 52.0  # m from one street to the next
    east, north = 250_000.0, 8_040_000.0

    def at(i, j):
        "The pixel so many blocks and streets from the first corner."
        return pixel(QgsPointXY(east + i * wide, north + j * high))

    def go(where):
        QTest.mouseMove(canvas.viewport(), where)

    left = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def hold(where):
        go(where)
        QTest.mousePress(canvas.viewport(), *left, where)

    def let_go(where):
        go(where)
        QTest.mouseRelease(canvas.viewport(), *left, where)

    def block_at(i, j):
        point = QgsGeometry.fromPointXY(QgsPointXY(east + (i + .5) * wide, north + (j + .5) * high))
        return next((f["block_id"] for f in blocks.getFeatures() if f.geometry().intersects(point)), None)

    def shown(name):
        idle(lambda: canvas.mapTool().edit is not None and not canvas.mapTool().at_least)
        grab(name)
        return list(canvas.mapTool().overlay.box.lines)

    def hint():
        return iface.statusBarIface().currentMessage()

    def done(before):
        "Wait for the step, take it back and do it again; tell whether QGIS itself can."
        idle(lambda: rows() != before)
        once = rows()
        undo.trigger()
        idle()
        back = rows() == before
        redo.trigger()
        idle()
        return back, rows() == once

    def covered():
        "Whether lots and reserves have all land of the blocks and none else, to the last bit of their areas."
        whole = QgsGeometry.unaryUnion([f.geometry() for f in blocks.getFeatures()])
        parts = [f.geometry() for f in lots.getFeatures()]
        same = whole.symDifference(QgsGeometry.unaryUnion(parts)).area()
        return same < 1e-6 and abs(whole.area() - sum(p.area() for p in parts)) < 1e-3

    def save():
        open = sorted(layers, key=lambda name: name != "blocks")  # lots refer to new ones
        return all(layers[name].commitChanges() for name in open if layers[name].isEditable())
"""
)
DRAW = (
    MORE
    + """
    facts = {}
    first = rows()
    tool = take("draw_street")
    facts["hints"] = [hint()]
    press(at(1.5, 0)); idle()
    facts["hints"].append(hint())
    go(at(1.5, 1)); go(at(1.5, 2))
    facts["drawn"] = shown("draw_street")
    key(Qt.Key.Key_Escape)
    facts["escaped"] = rows() == first and not lots.isEditable() and not tool.overlay.box.lines
    press(at(1.5, 0)); idle()
    tool._width.setValue(8.0)
    press(at(1.5, 2)); idle()
    QTest.mouseDClick(canvas.viewport(), *left, at(1.5, 2))
    facts["draw_again"] = done(first)
    facts["steps"] = lots.undoStack().text(0)
    facts["covered"] = [covered()]
    facts["streets"] = lines.featureCount()
    grab("street_drawn")

    tool = take("move_street")
    before = rows()
    hold(at(2, 1.5)); idle()
    grab("street_held")
    go(at(2.05, 1.5)); go(at(2.1, 1.55))
    facts["moved"] = shown("move_street")
    key(Qt.Key.Key_Escape)
    let_go(at(2.1, 1.5))
    facts["move_escaped"] = rows() == before
    hold(at(2, 1.5)); go(at(2.05, 1.5)); let_go(at(2.1, 1.5))
    facts["move_again"] = done(before)
    facts["covered"].append(covered())
    before = rows()
    hold(at(3, .04)); go(at(3.05, 0)); let_go(at(3.2, 0))
    facts["vertex_again"] = done(before)
    facts["covered"].append(covered())
    before = rows()
    press(at(1, 1.5)); idle()
    facts["hints"].append(hint())
    key(Qt.Key.Key_Delete)
    facts["dropped"] = shown("drop_street")
    key(Qt.Key.Key_Delete)
    facts["drop_again"] = done(before)
    facts["covered"].append(covered())
    facts["streets_left"] = lines.featureCount()

    tool = take("divide_block")
    before, block = rows(), block_at(0, 0)
    press(at(.5, .4)); idle()
    facts["hints"].append(hint())
    grab("divide_block")
    tool._how.setCurrentIndex(1)
    tool._count.setValue(8)
    idle(lambda: tool.edit is not None)
    end = tool._handle()[0]
    hold(pixel(end)); go(pixel(end) + QPoint(10, 10))
    let_go(pixel(end) + QPoint(-20, 60))
    go(at(.5, .6))
    facts["divided"] = shown("divide_count")
    key(Qt.Key.Key_Escape)
    facts["divide_escaped"] = rows() == before
    press(at(.5, .4)); idle()
    tool._count.setValue(8)
    QTest.keyClick(tool._count, Qt.Key.Key_Return)
    facts["divide_again"] = done(before)
    facts["eight"] = sum(f["block_id"] == block for f in lots.getFeatures())
    before = rows()
    tool._how.setCurrentIndex(2)
    press(at(.5, 1.4)); idle()
    QTest.keyClicks(tool._areas, "200, 250, 300,5")
    facts["by_areas"] = shown("divide_areas")
    key(Qt.Key.Key_Return)
    facts["areas_again"] = done(before)
    facts["areas"] = sorted(round(f.geometry().area(), 3) for f in lots.getFeatures()
                            if f["block_id"] == block_at(0, 1))
    before = rows()
    tool._how.setCurrentIndex(3)
    press(at(3.5, 1.5)); idle()
    press(at(3.37, .9)); idle()
    go(at(3.43, 2.1))
    facts["by_line"] = shown("divide_line")
    press(at(3.43, 2.1)); idle()
    press(at(3.43, 2.1), Qt.MouseButton.RightButton)
    facts["line_again"] = done(before)
    facts["covered"].append(covered())
    while undo.isEnabled():
        undo.trigger()
        idle()
    facts["all_back"] = rows() == first
    redo.trigger()
    idle()
    facts["saved"], facts["lots"] = save(), lots.featureCount()
    tell(**facts, bar=bar())
"""
)

CAD = (
    MORE
    + """
    from qgis.PyQt.QtWidgets import QLineEdit

    def whole():
        return QgsGeometry.unaryUnion([f.geometry() for f in lines.getFeatures()])

    def lock(field, typed):
        field = cad.findChild(QLineEdit, f"m{field}LineEdit")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        idle()

    facts, first, before, cad = {}, rows(), whole(), iface.cadDockWidget()
    tool = take("draw_street")
    cad.enableAction().trigger()
    cad.setUserVisible(True)
    idle()
    press(at(1.5, 0)); idle()
    lock("Distance", "104")
    lock("Angle", "90")
    away = at(1.8, 1.3)
    go(away); idle()
    facts["shown"] = shown("cad_street")
    press(away); idle()
    facts["held"] = rows() == first
    press(away, Qt.MouseButton.RightButton)
    facts["again"] = done(first)
    box = whole().difference(before.buffer(1e-6, 1)).boundingBox()
    facts["new"] = [round(box.width(), 3), round(box.height(), 3)]
    facts["covered"] = covered()
    cad.enableAction().trigger()
    tell(**facts)
"""
)
TIMES = (
    MORE
    + """
    from statistics import median
    from time import perf_counter, sleep, thread_time

    from qgis.PyQt.QtWidgets import QApplication

    def ms(tool, moves):
        "Medians, in ms: from pointer to preview, of the library, of its processor, of drawing."
        follow, show, took, all_took = tool.follow, tool.overlay.show_edit, {}, []

        def timed(make, *given, **how):
            start, busy = perf_counter(), thread_time()
            edit = make(*given, **how)
            took.update(library=perf_counter() - start, processor=thread_time() - busy)
            return edit

        def shown(*given):
            start = perf_counter()
            show(*given)
            took.update(drawing=perf_counter() - start)

        tool.follow = lambda make: follow(lambda *given, **how: timed(make, *given, **how))
        tool.overlay.show_edit = shown
        for move in moves:
            took.clear()
            start = perf_counter()
            move()
            while "drawing" not in took and perf_counter() - start < 10:
                QApplication.processEvents()
                sleep(.002)  # else this loop takes from the library what QGIS leaves it
            all_took.append(took | {"preview": perf_counter() - start})
            idle()
        tool.follow, tool.overlay.show_edit = follow, show
        return {name: round(1000 * median(one[name] for one in all_took)) for name in all_took[0]}

    facts = {}
    tool = take("draw_street")
    press(at(8.5, 4)); idle()
    facts["a street at ten blocks"] = ms(tool, [lambda k=k: go(at(8.4 + k / 20, 14)) for k in range(5)])
    key(Qt.Key.Key_Escape)
    canvas.zoomByFactor(.15, QgsPointXY(east + 8.5 * wide, north + 8.5 * high)); idle()
    tool = take("move_street")
    hold(at(9, 8.5))
    facts["a street moved"] = ms(tool, [lambda k=k: go(at(9.05 + k / 40, 8.5)) for k in range(5)])
    key(Qt.Key.Key_Escape); let_go(at(9.1, 8.5))
    tool = take("divide_block")
    press(at(8.5, 8.4)); idle()
    tool._how.setCurrentIndex(1); idle()
    facts["a block by number"] = ms(tool, [lambda k=k: tool._count.setValue(10 + k) for k in range(5)])
    facts["its axis"] = ms(tool, [lambda k=k: tool._axis.setValue(20 + k) for k in range(5)])
    tell(times=facts, lots=lots.featureCount())
"""
)


@pytest.fixture
def project(tmp_path):
    """A grid of blocks in a project, which is whole afterwards."""
    write(tmp_path, 4, 3)
    yield tmp_path
    with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def write(folder, columns, rows):
    package_plugin.translate()
    with io.open(folder / "plan.gpkg", create=True) as store:
        store.write(grid(columns, rows), "base", info=recorded(RULE))


def grid(columns, rows):
    wide, high = (size + STREET for size in BLOCK)
    lines = [shapely.LineString([(x, 0), (x, rows * high)]) for x in np.arange(columns + 1) * wide]
    lines += [shapely.LineString([(0, y), (columns * wide, y)]) for y in np.arange(rows + 1) * high]
    placed = gpd.GeoSeries(lines, crs=32719).translate(250_000.0, 8_040_000.0)
    return lots_from_streets(gpd.GeoDataFrame(geometry=placed), RULE, width=STREET)


def test_streets_and_blocks_are_shaped_by_mouse(project):
    shown = window.run(DRAW, project / "window", timeout=300).told
    assert shown["hints"] == [
        "Haga clic donde empieza la vía.",
        "Clic: vértice. Doble clic o derecho: fin.",
        "Arrastrar: mover. Supr: suprimir la vía.",
        "Intro: lotizar. Asa: girar. Esc: cancelar.",
    ]
    assert shown["drawn"] == [
        "Trazar una vía",
        "Lotes: 360 → 348",
        "Lotes conformes: 360 → 348",
        "Área de lotes: 57,600 → 56,640 m²",
        "Longitud de vías: 2,892 → 2,996 m",
        "Área de vías: 33,120 → 34,080 m²",
        "Aportes: 0 de 11,794 m² exigidos",
    ]
    assert shown["moved"][0] == "Mover la vía 17"
    assert shown["dropped"][0] == "Suprimir la vía 10"
    assert "Eje de las filas: " in shown["divided"][-1]
    assert shown["by_areas"][0] == "Lotizar la manzana E"
    assert shown["by_line"][0] == "Lotizar la manzana H"
    assert all(shown[name] for name in shown if name.endswith("escaped"))
    for name in ("draw", "move", "vertex", "drop", "divide", "areas", "line"):
        assert shown[f"{name}_again"] == [True, True], name
    assert shown["covered"] == [True] * 5
    assert (shown["steps"], shown["eight"]) == ("Trazar una vía", 8)
    assert {200.0, 250.0, 300.5} <= set(shown["areas"])
    assert (shown["streets"], shown["streets_left"]) == (36, 38)
    assert shown["all_back"]
    assert shown["saved"]
    with io.open(project / "plan.gpkg") as store:
        assert len(store.read("lots", "base")) == shown["lots"]
        assert len(store.read("blocks", "base")) == 14


@pytest.mark.slow
def test_what_previews_take_in_a_plan_of_10_000_lots_is_printed(tmp_path, capsys):
    write(tmp_path, 18, 18)
    told = window.run(TIMES, tmp_path / "window", timeout=300).told
    with capsys.disabled():
        for name, took in told["times"].items():
            print(f"{name}, {told['lots']} lots, ms: {took}")  # noqa: T201 (speeds are told)


def test_a_street_has_the_length_and_direction_typed_in_the_digitizing_panel(project):
    told = window.run(CAD, project / "window").told
    assert told["shown"][0].startswith("Trazar una vía")
    assert told["held"]
    assert told["again"] == [True, True]
    assert told["new"] == [0.0, 104.0]  # straight north, wherever the pointer is
    assert told["covered"]
