"""Reserves and zones painted, and the boundary of two zones led elsewhere, by mouse in the real window."""

import contextlib
import sqlite3

import geopandas as gpd
import package_plugin
import pandas as pd
import pytest
import shapely
import window
from shapely.affinity import rotate
from test_editing_window import OPEN, fake_plan

from ilo_gis import io
from ilo_gis.subdivision import LotRule, recorded
from ilo_gis.zoning import assign

ORIGIN = 252_000.0, 8_046_000.0
TURNED = 15  # degrees; blocks of 48 m by 40 m, A to C below D to F, streets of 12 m
EDGE = [(54, -12), (54, 46), (54, 104)]  # between the zones
PLAN = {"plan": "PDU", "approved": pd.Timestamp("2018-05-01"), "catalogue": "pe_2016"}
MORE = (
    OPEN
    + """
    from math import cos, radians, sin
    from time import perf_counter

    from qgis.core import QgsPointXY, QgsProject

    undo, redo = (iface.mainWindow().findChild(QAction, name) for name in ("mActionUndo", "mActionRedo"))
    zones, reserves = layers["zones"], layers["reserves"]
    facts, seconds = {}, {}

    def at(x, y):
        "The pixel of a place before the plan was turned."
        a = radians(15)
        return pixel(QgsPointXY(252_000 + x * cos(a) - y * sin(a), 8_046_000 + x * sin(a) + y * cos(a)))

    def go(where):
        QTest.mouseMove(canvas.viewport(), where)
        QgsApplication.processEvents()

    def mouse(event, where):
        event(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    def hold(where):
        go(where)
        mouse(QTest.mousePress, where)

    def let_go(where):
        go(where)
        mouse(QTest.mouseRelease, where)

    def hint():
        return iface.statusBarIface().currentMessage()

    def shown(name):
        tool, start = canvas.mapTool(), perf_counter()
        while tool.edit is None and perf_counter() - start < 60:
            QgsApplication.processEvents()
        seconds[name] = perf_counter() - start
        idle()
        grab(name)
        return list(tool.overlay.box.lines)

    def done(before):
        "Wait for the step, take it back and do it again; tell whether all is as it was."
        idle(lambda: rows() != before)
        once = rows()
        undo.trigger()
        idle()
        back = rows() == before
        redo.trigger()
        idle()
        return [back, rows() == once]

    def of(layer, key, value):
        return {f[key]: f[value] for f in layer.getFeatures()}

    def areas():
        return {f["zone_id"]: round(f.geometry().area(), 3) for f in zones.getFeatures()}
"""
)
PAINT = (
    MORE
    + """
    first = rows()
    tool = take("reserves")
    facts["hints"] = [hint()]
    facts["kinds"] = [tool.choices.itemText(k) for k in range(tool.choices.count())]
    tool.choices.setCurrentText("Educación")
    hold(at(24, 20))
    facts["hints"].append(hint())
    go(at(144, 20))  # over B at one go
    facts["reserves"] = shown("reserves")
    key(Qt.Key.Key_Escape)
    let_go(at(144, 20))
    idle()
    facts["escaped"] = [rows() == first and not lots.isEditable() and not tool.overlay.box.lines]
    hold(at(24, 20)); go(at(84, 20)); let_go(at(84, 20))
    facts["again"] = [done(first)]
    facts["given"] = of(reserves, "block_id", "kind")
    facts["left"] = sorted({f["block_id"] for f in lots.getFeatures()})
    before = rows()
    tool.choices.setCurrentText("Sin aporte: lotes")
    press(at(144, 72))
    facts["again"].append(done(before))
    facts["freed"] = sorted({f["block_id"] for f in lots.getFeatures()})
    grab("reserves_painted")

    tree_model = iface.layerTreeView().layerTreeModel()
    known = QgsProject.instance().mapThemeCollection()
    known.applyTheme(next(n for n in known.mapThemes() if "onific" in n), tree_model.rootGroup(), tree_model)
    tool = take("zone_paint")
    facts["codes"] = [tool.choices.itemText(k) for k in range(3)]
    tool._rows.setCurrentIndex(tool._rows.findText("Manzanas"))
    tool.choices.setCurrentIndex(0)
    before = rows()
    hold(at(24, 72)); go(at(30, 80))
    facts["zone"] = shown("zone_paint")
    key(Qt.Key.Key_Escape)
    let_go(at(30, 80)); idle()
    facts["escaped"].append(rows() == before)
    press(at(24, 72))
    facts["again"].append(done(before))
    facts["zones"] = of(zones, "zone_id", "code")

    tool = take("zone_edge")
    before = rows()
    go(at(54, 20)); idle()
    facts["hover"] = tool._held is not None
    grab("zone_edge_hover")
    hold(at(54, 46)); go(at(52, 46)); go(at(50, 40))
    facts["edge"] = shown("zone_edge")
    go(at(-20, 40)); idle()
    facts["refused"] = list(tool.overlay.box.lines)
    grab("zone_edge_refused")
    key(Qt.Key.Key_Escape)
    let_go(at(50, 46)); idle()
    facts["escaped"].append(rows() == before)
    hold(at(54, 46)); go(at(52, 46)); let_go(at(50, 46))
    facts["again"].append(done(before))
    facts["vertex"] = areas()
    before = rows()
    hold(at(52.0, 17)); go(at(54, 17)); let_go(at(57, 17))
    facts["again"].append(done(before))
    facts["whole"] = areas()
    before = rows()
    press(at(54.75, 10)); idle()
    facts["hints"].append(hint())
    press(at(51, 20)); press(at(51, 80)); go(at(53, 90))
    facts["drawn"] = shown("zone_edge_drawn")
    press(at(52, 90))
    mouse(QTest.mouseDClick, at(52, 90))
    facts["again"].append(done(before))
    facts["steps"] = [lots.undoStack().text(k) for k in range(lots.undoStack().count())]
    from ilo_gis_plugin.editing.saving import save

    facts["saved"] = save(plugins["ilo_gis_plugin"].editing.session)
    grab("zones_saved")
    tell(**facts, seconds=seconds, bar=bar())
"""
)


def placed(shapes):
    turned = [rotate(shape, TURNED, origin=(0, 0)) for shape in shapes]
    return gpd.GeoSeries(turned, crs=32719).translate(*ORIGIN)


@pytest.fixture
def project(tmp_path):
    """A plan with two zones in a file, which is whole afterwards."""
    package_plugin.translate()
    plan = fake_plan(3, 2, lots=6, angle=TURNED)
    sides = [[(-12, 104), (-12, -12), *EDGE], [(180, -12), (180, 104), *EDGE[::-1]]]
    zones = gpd.GeoDataFrame(
        {**PLAN, "code": ["RDM", "CZ"], "family": ["housing", "commerce"]},
        index=pd.Index(["Z1", "Z2"], name="zone_id", dtype=object),
        geometry=placed(map(shapely.Polygon, sides)).to_list(),
        crs=32719,
    )
    with io.open(tmp_path / "plan.gpkg", create=True) as store:
        store.write(plan, "base", info=recorded(LotRule(min_area=160.0, min_frontage=8.0)))
        store.write({"zones": zones.assign(area=zones.area), "lot_zones": assign(plan.lots, zones)}, "base")
    yield tmp_path
    with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_reserves_and_zones_are_painted_and_boundaries_led_elsewhere(project):
    told = window.run(PAINT, project / "window", timeout=300).told
    print({name: f"{1000 * took:.0f} ms" for name, took in told["seconds"].items()})  # noqa: T201
    assert told["hints"] == [
        "Haga clic, o arrastre sobre varios.",
        "Suelte: aplicar. Esc: cancelar.",
        "Clic: vértice. Doble clic o derecho: fin.",
    ]
    assert told["kinds"] == [
        "Recreación pública", "Parque zonal", "Educación", "Otros fines", "Sin aporte: lotes"
    ]  # fmt: skip
    _assert_painted(told)
    assert told["escaped"] == [True, True, True]
    assert told["hover"]
    assert told["refused"][0] == "Así no se puede:"
    assert told["edge"][0] == told["drawn"][0] == "Mover el límite entre Z1, Z2"
    assert [line.partition(": ")[0] for line in told["edge"][1:]] == ["Z1 (RDM)", "Z2 (CZ)"]
    assert told["steps"][:3] == ["Cambiar los aportes A, B", "Cambiar los aportes F", "Cambiar la zona de D"]
    assert told["steps"][3:] == 3 * ["Mover el límite entre Z1, Z2"]
    assert told["saved"] == {}  # what QGIS refused, by table
    with io.open(project / "plan.gpkg") as store:
        zones = store.read("zones", "base")
    assert shapely.coverage_is_valid(zones.geometry.to_numpy())
    assert zones.area.sum() == pytest.approx(192 * 116, abs=1e-6)
    assert told["vertex"]["Z1"] < told["whole"]["Z1"]  # to the west by 4 m, then the whole to the east
    assert zones.area["Z1"] < told["whole"]["Z1"]
    assert told["again"] == 6 * [[True, True]]  # taken back to the last byte, and done again


def _assert_painted(told):
    assert told["reserves"][:2] == ["Cambiar los aportes A, B, C", "Lotes: 59 → 23"]
    assert told["reserves"][5:8] == [
        "Recreación pública: 1,920 de 1,782 m² (TH.010 Art. 10)",
        "Parque zonal: 0 de 222.7 m² (TH.010 Art. 10)",
        "Educación: 0 → 5,760 de 445.4 m² (TH.010 Art. 10)",
    ]
    assert told["given"] == {"A": "education", "B": "education", "F": "park"}
    assert (told["left"], told["freed"]) == (["C", "D", "E"], ["C", "D", "E", "F"])
    assert told["codes"][:2] == ["CZ  Comercio zonal", "RDM  Residencial de densidad media"]
    assert told["zone"] == [
        "Cambiar la zona de D",
        "RDM: área: 7,656 → 5,736 m²",
        "RDM: lotes de vivienda: 12 → 0",
        "RDM: viviendas: 12 → 0",
        "RDM: habitantes: 60 → 0",
        "RDM: habitantes por densidad neta: 63 → 0",
        "CZ: área: 0 → 1,920 m²",
    ]
    assert told["zones"] == {"Z1": "RDM", "Z2": "CZ", "PDU-CZ-1": "CZ"}
