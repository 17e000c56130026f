"""Lots split, side lines slid and lots swapped in the real window: by mouse and keys, and undone."""

import runpy
from pathlib import Path

import package_plugin
import pandas as pd
import pytest
import window
from test_editing_window import OPEN

from ilo_gis import io
from ilo_gis.subdivision import LotRule, recorded

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]

HANDS = (
    OPEN
    + """
    import time
    undo, redo = (iface.mainWindow().findChild(QAction, name) for name in ("mActionUndo", "mActionRedo"))
    view, took = canvas.viewport(), {}
    shown = lambda: list(canvas.mapTool().overlay.box.lines)

    def corner(lot, x, y):
        # a place in a lot, from its first corner along the front and into the depth, in metres
        ring = next(lots.getFeatures(f"lot_id = '{lot}'")).geometry().asPolygon()[0]
        front, side = ((ring[k] - ring[0]).normalized() for k in FRONT_AND_SIDE)
        return pixel(ring[0] + front * x + side * y)

    def move(where, until=None, name=None):
        begun = time.perf_counter()
        QTest.mouseMove(view, where)
        while until is not None and not until() and time.perf_counter() - begun < 20:
            QApplication.processEvents()
        took.setdefault(name, round(1000 * (time.perf_counter() - begun)))
        idle()

    def round_trip(before):
        # what the gesture did, whether QGIS takes it back to the byte, and does it again
        once, step = rows(), lots.undoStack().undoText() or layers["allotments"].undoStack().undoText()
        undo.trigger()
        idle()
        back = rows() == before
        redo.trigger()
        idle()
        return step, once != before, back, rows() == once
"""
).replace(
    "from qgis.PyQt.QtWidgets import QAction\n", "from qgis.PyQt.QtWidgets import QAction, QApplication\n"
)
HANDS = HANDS.replace("FRONT_AND_SIDE", "(-2, 1)")
DRIVE = (
    HANDS
    + """
    facts, start = {}, rows()
    tool = take("split_lot")
    facts["hints"] = [iface.statusBarIface().currentMessage()]
    press(middle("A-2"))
    idle()
    facts["split_locked"] = shown()
    press(middle("A-3"))
    idle()
    facts["hints"].append(iface.statusBarIface().currentMessage())
    key(Qt.Key.Key_3)
    idle(lambda: tool.edit is not None)
    facts["split_in_3"] = shown()
    grab("split_parts")
    key(Qt.Key.Key_Escape)
    facts["split_escaped"] = rows() == start and not lots.isEditable()
    press(middle("A-3"))
    idle()
    press(corner("A-3", -3, 12))
    move(corner("A-3", 3.5, 12), lambda: len(shown()) > 1)
    facts["split_short"] = shown()
    move(corner("A-3", 11, 12), lambda: tool.edit is not None, "split")
    facts["split_by_line"] = shown()
    grab("split_line")
    press(corner("A-3", 11, 12))
    press(corner("A-3", 11, 12), Qt.MouseButton.RightButton)
    idle(lambda: "A-3" not in ids())
    facts["split_step"] = round_trip(start)
    facts["split_bar"] = bar()

    iface.messageBar().clearWidgets()
    before = rows()
    tool = take("slide_side")
    move(corner("B-2", 0, 10), lambda: len(shown()) > 2, "slide_hover")
    facts["slide_hover"] = shown()
    grab("slide_hover")
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner("B-2", 0, 10))
    move(corner("B-2", 1, 6), lambda: any("→" in line for line in shown()), "slide")
    facts["slide"] = shown()
    grab("slide")
    move(corner("B-2", 5, 10))
    facts["slide_stop"] = shown()
    grab("slide_stop")
    key(Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner("B-2", 5, 10))
    idle()
    facts["slide_escaped"] = rows() == before
    move(corner("B-2", 0, 10), lambda: len(shown()) > 2)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner("B-2", 0, 10))
    move(corner("B-2", 5, 10))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner("B-2", 5, 10))
    idle(lambda: rows() != before)
    facts["slide_step"] = round_trip(before)
    move(corner("A-2", 8, 5), lambda: bool(shown()))
    facts["slide_locked"] = shown()

    iface.messageBar().clearWidgets()
    before = rows()
    tool = take("swap_lots")
    press(middle("A-1"))
    idle()
    facts["swap_titled"] = shown()
    for lot in ("A-2", "B-3"):
        press(middle(lot))
        idle()
    idle(lambda: tool.edit is not None)
    facts["swap"] = shown()
    grab("swap")
    key(Qt.Key.Key_Escape)
    facts["swap_escaped"] = rows() == before
    for lot in ("A-2", "B-3"):
        press(middle(lot))
        idle()
    idle(lambda: tool.edit is not None)
    key(Qt.Key.Key_Return)
    idle(lambda: rows() != before)
    facts["swap_step"] = round_trip(before)

    tool = take("merge_lots")
    press(middle("A-1"))
    idle()
    facts["merge_locked"] = shown()
    grab("merge_locked")
    saved = all(one.commitChanges() for one in layers.values() if one.isEditable())
    tell(took=took, saved=saved, log=bar(), **facts)
"""
)


@pytest.fixture(scope="module")
def driven(tmp_path_factory):
    """What was told while all tools were used, and the project as it was saved."""
    package_plugin.translate()
    folder = tmp_path_factory.mktemp("lots")
    plan = fake_plan(3, 2, lots=6, angle=15)
    states = {"stage": ["titled", "allotted"], "household_id": ["H-5", "H-7"]}
    states = pd.DataFrame(states, pd.Index(["A-1", "A-2"], name="lot_id"))
    given = {"applicant_id": ["P-7"], "household_id": ["H-7"], "turn": [1], "way": ["draw"]}
    given = pd.DataFrame(given, pd.Index(["A-2"], name="lot_id"))
    with io.open(folder / "plan.gpkg", create=True) as store:
        store.write(plan, "base", info=recorded(LotRule(min_area=120.0, min_frontage=6.0)))
        store.write({"allotments": given, "lot_states": states}, "base")
    told = window.run(DRIVE, folder / "window", timeout=300)
    print("ms from the pointer to what is shown:", told.told["took"])  # noqa: T201
    with io.open(folder / "plan.gpkg") as store:
        return told.told, {name: store.read(name, "base") for name in ("lots", "allotments", "lineage")}


def test_lots_are_split_by_parts_and_by_a_line(driven):
    told, tables = driven
    assert told["hints"] == [
        "Haga clic en el lote por dividir.",
        "Trace una línea o pulse de 2 a 9 (partes).",
    ]
    assert told["split_in_3"][:3] == ["Dividir el lote A-3", "Lotes: 59 → 61", "Lotes conformes: 59 → 58"]
    assert told["split_in_3"][-3:] == [
        *(f"A-{n}: 53.3 m², 2.7 m de frente – no cumple la norma" for n in (13, 14, 15)),
    ]
    assert told["split_escaped"]
    assert told["split_short"] == [
        "Así no se puede:",
        "A-3 no queda dividido por esta línea. Trace una línea que lo",
        "cruce de borde a borde.",
    ]
    assert sum("A-1" in line for line in told["split_by_line"]) == 2
    assert told["split_step"] == ["Dividir el lote A-3", True, True, True]
    assert tables["lots"].loc[["A-13", "A-14"], "area"].sum() == pytest.approx(160.0)


def test_a_side_line_slides_up_to_where_the_rule_stops_it(driven):
    told, tables = driven
    same = "160.0 m², 8.0 m de frente"
    title = "Mover el lindero entre B-2, B-3"
    assert told["slide_hover"] == [title, f"B-2: {same}", f"B-3: {same}"]
    assert told["slide_stop"] == [
        title,
        f"B-2: {same} → 120.0 m², 6.0 m de frente",
        f"B-3: {same} → 200.0 m², 10.0 m de frente",
        "Tope: B-2 tendría menos de 120 m2.",
    ]
    assert told["slide_escaped"]
    assert told["slide_step"] == [title, True, True, True]
    assert tables["lots"].loc[["B-2", "B-3"], "area"].tolist() == pytest.approx([120.0, 200.0])


def test_two_lots_change_places(driven):
    told, tables = driven
    assert told["swap_titled"] == ["Así no se puede:", "A-1: ya tiene título de propiedad."]
    assert told["swap"][0] == "Permutar los lotes A-2, B-3"
    assert any("A-2 → B-3" in line for line in told["swap"])
    assert told["swap_escaped"]
    assert told["swap_step"] == ["Permutar los lotes A-2, B-3", True, True, True]
    assert told["saved"]
    assert tables["allotments"]["household_id"].to_dict() == {"B-3": "H-7"}


def test_locked_lots_stay_and_the_reason_is_told(driven):
    told, _ = driven
    assert told["split_locked"] == ["Así no se puede:", "A-2: asignado a H-7."]
    assert "A-2: asignado a H-7" in " ".join(told["slide_locked"])
    assert told["merge_locked"] == ["Así no se puede:", "A-1: titulado a H-5."]
