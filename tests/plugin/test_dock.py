"""The panel: steps, figures that follow edits, findings, alternatives; and that it leaves nothing behind."""

import sqlite3
import time
from contextlib import closing
from threading import current_thread, main_thread

import geopandas as gpd
import pytest
from ilo_gis_plugin.bridge import to_layer
from ilo_gis_plugin.editing import stored
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QDockWidget, QInputDialog
from shapely import box

from ilo_gis import io, tables
from ilo_gis.subdivision import LotRule, recorded
from ilo_gis.workflows import lots_in_blocks

RULE = LotRule(min_area=160.0, min_frontage=8.0)
TABLES = ("blocks", "lots")


@pytest.fixture
def project(spanish, tmp_path):
    """A project of one block, opened as layers with the properties that the panel finds them by."""
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[box(0, 0, 80, 40)], crs=32719)
    file = io.write_project(lots_in_blocks(blocks, RULE), tmp_path / "p.gpkg", info=recorded(RULE))
    with io.open(file) as store:
        store.copy_scenario("base", "B")
    opened = {}
    for name in TABLES:
        layer = QgsVectorLayer(f"{file}|layername={name}|subset=\"scenario\" = 'base'", name, "ogr")
        layer.setCustomProperty("ilo_gis/table", name)
        layer.setCustomProperty("ilo_gis/project", str(file))
        layer.setCustomProperty("ilo_gis/scenario", "base")
        opened[name] = layer
    QgsProject.instance().addMapLayers(opened.values())
    yield opened
    QgsProject.instance().removeAllMapLayers()


@pytest.fixture
def panel(project, plugin):
    plugin.iface.mainWindow().show()
    plugin.panel.dock.show()
    plugin.panel.refresh()
    settle()
    return plugin.panel


def settle(seconds=20):
    """Wait until nothing runs and no timer of the panel is due."""
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        if QgsApplication.taskManager().countActiveTasks():
            end = min(time.monotonic() + 1.2, end + seconds)
        time.sleep(0.01)


def figures(panel):
    table = panel.summary.table
    return {table.item(i, 0).text(): table.item(i, 1).text() for i in range(table.rowCount())}


def test_steps_and_figures_are_those_of_the_project(panel):
    texts = {step: text.text() for step, (_, text, _) in panel.steps.rows.items()}
    assert "20 lotes" in texts["plan"]
    assert "<b>Restricciones</b>" in texts["constraints"]
    assert figures(panel)["Lotes conformes"] == "20 lotes"


def test_what_the_panel_asks_for_is_read_in_the_background_and_nothing_else(project, plugin, monkeypatch):
    read, rows_of = set(), stored.rows_of

    def noted(part, *key):
        read.add((part.sourceName(), current_thread() is main_thread()))
        return rows_of(part, *key)

    monkeypatch.setattr(stored, "rows_of", noted)
    charges = to_layer(tables.empty("charges"), "charges", "charges")
    charges.setCustomProperty("ilo_gis/table", "charges")
    QgsProject.instance().addMapLayer(charges)
    plugin.iface.mainWindow().show()
    plugin.panel.dock.show()
    settle()
    assert figures(plugin.panel)["Lotes"] == "20 lotes"
    check(plugin.panel)
    assert read == {("blocks", False), ("lots", False)}


def test_figures_follow_the_selection_and_unsaved_edits(panel, project):
    lots = project["lots"]
    lots.selectByExpression("lot_id in ('K-1', 'K-2', 'K-3')")
    settle()
    assert figures(panel)["Lotes"] == "3 lotes"
    lots.removeSelection()
    lots.startEditing()
    lots.deleteFeature(next(lots.getFeatures()).id())
    settle()
    assert figures(panel)["Lotes"] == "19 lotes"
    lots.undoStack().undo()
    settle()
    assert figures(panel)["Lotes"] == "20 lotes"
    lots.rollBack()


def check(panel):
    panel.findings.check.click()
    settle()
    page = panel.findings
    return [
        [page.list.topLevelItem(i).text(k) for k in range(3)] for i in range(page.list.topLevelItemCount())
    ]


def test_unsaved_edits_are_checked_filtered_and_explained(panel, project):
    lots = project["lots"]
    lots.startEditing()
    drawn = next(lots.getFeatures("lot_id = 'K-2'"))
    shape = drawn.geometry()
    shape.translate(1.0, 1.0)
    lots.changeGeometry(drawn.id(), shape)
    rows = check(panel)
    page = panel.findings
    assert ["error", "Lotes K-2"] in [row[:2] for row in rows]
    page.filters["rule"].setCurrentIndex(page.filters["rule"].findData("lot.overlap"))
    assert 0 < page.list.topLevelItemCount() < len(rows)
    assert all("superpone" in page.list.topLevelItem(i).text(2) for i in range(page.list.topLevelItemCount()))
    page.filters["rule"].setCurrentIndex(0)
    page.text.setText("no such words")
    assert page.list.topLevelItemCount() == 0
    page.text.clear()
    page.list.setCurrentItem(page.list.topLevelItem(0))
    page.show_explanation()
    assert "Regla: " in page.told.toPlainText()
    told = [page.list.topLevelItem(i).text(2) for i in range(page.list.topLevelItemCount())]
    page.list.setCurrentItem(page.list.topLevelItem(len(told) - 1))
    assert page.told.toPlainText().startswith(told[-1])  # never that of the one chosen before
    page.text.setText("no such words")
    assert page.told.isHidden()
    page.text.clear()
    lots.rollBack()


def test_an_accepted_finding_stays_accepted_after_a_new_check(panel, project, monkeypatch):
    lots = project["lots"]
    lots.startEditing()
    lots.deleteFeature(next(lots.getFeatures("lot_id = 'K-2'")).id())
    before = check(panel)
    page = panel.findings
    page.list.setCurrentItem(page.list.topLevelItem(0))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("queda para parque", True))
    page.accept.click()
    assert page.list.topLevelItemCount() == len(before) - 1
    assert len(check(panel)) == len(before) - 1
    page.accepted.setChecked(True)
    assert page.list.topLevelItemCount() == len(before)
    assert [page.list.topLevelItem(i).text(0) for i in range(len(before))].count("aceptado") == 1
    lots.rollBack()


def test_a_click_shows_an_alternative_but_not_over_unsaved_edits(panel, project):
    page, lots = panel.alternatives, project["lots"]
    page.compare()
    settle()
    assert page.names == ["base", "B"]
    lots.startEditing()
    lots.deleteFeature(next(lots.getFeatures()).id())
    page.show_on_map(2)
    assert lots.subsetString() == "\"scenario\" = 'base'"
    lots.rollBack()
    page.show_on_map(2)
    assert {layer.subsetString() for layer in project.values()} == {"\"scenario\" = 'B'"}
    assert panel.layers.scenario() == "B"


def test_the_result_of_an_algorithm_is_kept_as_an_alternative(panel, project, monkeypatch):
    file = project["lots"].customProperty("ilo_gis/project")
    blocks = gpd.GeoDataFrame(index=["Z"], geometry=[box(0, 0, 48, 40)], crs=32719)
    old, plan = lots_in_blocks(blocks.set_axis(["Y"]), RULE), lots_in_blocks(blocks, RULE)
    for run, made in (("first", old), ("second", plan)):
        for name in TABLES:
            layer = to_layer(getattr(made, name), name)
            layer.setCustomProperty("ilo_gis/table", name)  # as the styler of results does
            layer.setCustomProperty("ilo_gis/run", run)
            QgsProject.instance().addMapLayer(layer)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("C", True))
    page = panel.alternatives
    page.save()
    settle()
    assert page.names == ["base", "B", "C"]
    page.show_on_map(3)
    assert sorted(lot["lot_id"] for lot in project["lots"].getFeatures()) == sorted(plan.lots.index)
    page.save()
    settle()

    assert page.names == ["base", "B", "C"]
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_result_that_is_no_longer_wanted_is_dropped(panel):
    from ilo_gis_plugin.work import Work

    def slow(word, progress):
        for _ in range(100):
            time.sleep(0.01)
            if word == "old" and not progress(0.5, ""):
                return word  # as code does that cannot stop at once
        return word

    told = []
    work = Work("w", told.append, lambda *problem: told.append(problem))
    work.start(slow, "old")
    time.sleep(0.05)
    work.start(slow, "new")
    settle()
    assert told == ["new"]


def test_numbers_are_written_as_in_peru(panel):
    from ilo_gis_plugin.dock.steps import number

    assert number(19059.5, 1) == "19,059.5"
    assert number(float("nan")) == "–"


def test_unloading_takes_the_panel_and_its_connections_away(project, spanish, qgis_iface):
    from ilo_gis_plugin import classFactory

    loaded = classFactory(qgis_iface)
    loaded.initGui()
    panel = loaded.panel
    lots = project["lots"]
    before = lots.receivers(lots.layerModified)
    loaded.unload()
    assert lots.receivers(lots.layerModified) == before - 1
    assert not panel.layers.receivers(panel.layers.changed)
    panel.dock.destroyed.connect(lambda: None)
    QCoreApplication.sendPostedEvents(None, 52)  # deferred deletes
    names = {dock.objectName() for dock in qgis_iface.mainWindow().findChildren(QDockWidget)}
    assert "IloGisPanel" not in names
