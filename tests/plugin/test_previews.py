"""What a gesture shows at once, and what takes its place when the pointer rests; by mouse, on a canvas."""

from time import perf_counter, sleep

import geopandas as gpd
import pytest
import shapely
from qgis.core import QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsAdvancedDigitizingDockWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from ilo_gis.subdivision import LotRule
from ilo_gis.workflows import lots_in_blocks

bridge = pytest.importorskip("ilo_gis_plugin.bridge")
from ilo_gis_plugin.layers import TABLE  # noqa: E402
from ilo_gis_plugin.maptools.divide_block import DivideBlock  # noqa: E402

AT_LEAST = ["Lotizar la manzana K", "Lotes: 20 → ≥ 28", "Lotes conformes: 20 → ≥ 28"]
EXACT = ["Lotizar la manzana K", "Lotes: 20 → 30", "Lotes conformes: 20 → 30"]
ESCAPE, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return


@pytest.fixture
def lots_layer(plugin):
    """The lots of a block of 80 by 40 m, larger than they need to be, and its other tables."""
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    plan, layers = lots_in_blocks(blocks, LotRule(min_area=160.0, min_frontage=8.0)), {}
    for name in ("blocks", "lots", "summary", "lineage"):
        layers[name] = bridge.to_layer(getattr(plan, name), name.title(), name)
        layers[name].setCustomProperty(TABLE, name)
        QgsProject.instance().addMapLayer(layers[name])
    yield layers["lots"]
    QgsProject.instance().clear()


@pytest.fixture(scope="module")
def cad(qgis_canvas):
    dock = QgsAdvancedDigitizingDockWidget(qgis_canvas)
    yield dock
    sip.delete(dock)  # before the canvas goes


@pytest.fixture
def tool(plugin, lots_layer, qgis_canvas, cad):
    """The tool that divides blocks, in hand; `said` has what it showed beside the pointer."""
    qgis_canvas.resize(600, 400)
    qgis_canvas.setDestinationCrs(lots_layer.crs())
    qgis_canvas.setExtent(QgsRectangle(-10, -10, 90, 50))
    made = DivideBlock(qgis_canvas, cad, plugin.editing.session)
    say, made.said = made.overlay.box.say, []
    made.overlay.box.say = lambda lines, **how: (made.said.append(lines), say(lines, **how))
    qgis_canvas.setMapTool(made)
    until(lambda: made._warm.task is None)
    yield made
    qgis_canvas.unsetMapTool(made)
    made.remove()
    made.deleteLater()


def pause(seconds):
    end = perf_counter() + seconds
    until(lambda: perf_counter() > end)


def until(true, patience=30.0):
    end = perf_counter() + patience
    while not true():
        assert perf_counter() < end
        QApplication.processEvents()
        sleep(0.002)  # else this loop takes from the library what QGIS leaves it


def click_block(tool):
    canvas = tool.canvas()
    at = canvas.getCoordinateTransform().transform(QgsPointXY(20, 15))
    where = QPoint(round(at.x()), round(at.y()))
    QTest.mouseMove(canvas.viewport(), where)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def shown(tool):
    return [lines[:3] for lines in tool.said if lines]


def contents(layer):
    return sorted((str(f.attributes()), f.geometry().asWkb().data()) for f in layer.getFeatures())


def test_lots_are_told_as_at_least_so_many_until_the_pointer_rests(tool, lots_layer, capsys):
    before, start = contents(lots_layer), perf_counter()
    click_block(tool)
    until(lambda: tool.edit is not None)
    first = perf_counter() - start
    assert (tool.at_least, shown(tool)) == (True, [AT_LEAST])
    assert not any("Área" in line for line in tool.overlay.box.lines)  # which other lots may change
    pale = tool.overlay._after[2].strokeColor().alpha()
    until(lambda: not tool.at_least)
    with capsys.disabled():
        print(f"\nat least: {1000 * first:.0f} ms, exact: {1000 * (perf_counter() - start):.0f} ms")  # noqa: T201
    assert shown(tool) == [AT_LEAST, EXACT]
    assert pale < tool.overlay._after[2].strokeColor().alpha() == 255
    QTest.keyClick(tool.canvas(), ESCAPE)
    assert contents(lots_layer) == before
    assert not lots_layer.isEditable()


def test_what_is_asked_meanwhile_takes_the_place_of_both(tool):
    click_block(tool)
    until(lambda: tool.at_least)
    tool._how.setCurrentIndex(1)
    tool._count.setValue(8)  # as many as are asked for: told once
    until(lambda: tool.edit is not None and not tool.at_least)
    pause(0.5)
    assert "Lotes: 20 → 30" not in [line for lines in tool.said for line in lines]
    assert tool.overlay.box.lines[1] == "Lotes: 20 → 8"


@pytest.mark.parametrize("waiting", [lambda tool: tool.at_least, lambda tool: tool._exact.task is not None])
def test_esc_before_it_is_exact_leaves_nothing(tool, lots_layer, waiting):
    before = contents(lots_layer)
    click_block(tool)
    until(lambda: waiting(tool))
    QTest.keyClick(tool.canvas(), ESCAPE)
    tool.said.clear()
    pause(1.0)
    assert (shown(tool), tool.edit, tool.overlay.box.lines) == ([], None, [])
    assert contents(lots_layer) == before


@pytest.mark.parametrize("waiting", [lambda tool: tool._preview.task is not None, lambda tool: tool.at_least])
def test_what_is_confirmed_before_it_is_exact_is_done_exactly(tool, lots_layer, waiting):
    click_block(tool)
    until(lambda: waiting(tool))
    QTest.keyClick(tool.canvas(), ENTER)
    until(lambda: not tool.busy())
    kinds = [feature["kind"] for feature in lots_layer.getFeatures()]
    assert kinds.count("lot") == 30
    assert lots_layer.undoStack().count() == 1
    assert EXACT not in shown(tool)
