"""The panel in the real window, in Spanish, on a small screen too; nothing freezes while a plan is made."""

import geopandas as gpd
import package_plugin
import pytest
import window

from ilo_gis import io, norms
from ilo_gis.subdivision import LotRule, recorded
from ilo_gis.workflows import lots_from_streets

OPEN = """
    import gc
    import time
    import pyogrio
    from qgis.core import QgsProject, QgsVectorLayer
    from qgis.PyQt.QtCore import QTimer
    from qgis.PyQt.QtWidgets import QApplication, QTabWidget
    from ilo_gis_plugin.processing import dialog
    from qgis.utils import plugins

    def refuse(*given, **how):
        raise RuntimeError(f"a second SQLite in QGIS breaks the files that are open: {given} {how}")

    for name in ("read_dataframe", "read_info", "read_bounds", "list_layers", "write_dataframe"):
        setattr(pyogrio, name, refuse)
    file = folder.parent / "plan.gpkg"
    for name in ("streets", "blocks", "reserves", "losses", "lots"):
        layer = QgsVectorLayer(f"{file}|layername={name}|subset=\\"scenario\\" = 'base'", name, "ogr")
        layer.setCustomProperty("ilo_gis/table", name)
        layer.setCustomProperty("ilo_gis/project", str(file))
        layer.setCustomProperty("ilo_gis/scenario", "base")
        QgsProject.instance().addMapLayer(layer)
    layers = {layer.name(): layer for layer in QgsProject.instance().mapLayers().values()}
    panel = plugins["ilo_gis_plugin"].panel
    panel.dock.show()
    canvas = iface.mapCanvas()
    canvas.setExtent(layers["streets"].extent())
    tabs = panel.dock.findChild(QTabWidget)
    idle(lambda: panel.summary.table.rowCount() > 5)
"""
LOOK = (
    OPEN
    + """
    grab("steps")
    lots = layers["lots"]
    lots.startEditing()
    drawn = lots.getFeature(next(lots.getFeatures("\\"kind\\" = 'lot'")).id())
    shape = drawn.geometry()
    shape.translate(1.0, 1.0)
    lots.changeGeometry(drawn.id(), shape)
    tabs.setCurrentIndex(1)
    findings = panel.findings
    findings.check.click()
    idle(lambda: findings.found is not None)
    before = canvas.extent().width()
    findings.list.setCurrentItem(findings.list.topLevelItem(0))
    findings.list.itemDoubleClicked.emit(findings.list.topLevelItem(0), 0)
    findings.explain.click()
    idle()
    grab("findings")
    first = dict(findings.current())
    zoomed = canvas.extent().width()
    known = set(QgsProject.instance().mapLayers())
    click("Cuadro general de áreas", panel.dock)  # all that it needs is in the project: it runs at once
    idle(lambda: len(QgsProject.instance().mapLayers()) > len(known))
    asked = [one.windowTitle() for one in QApplication.topLevelWidgets()
             if hasattr(one, "runAlgorithm") and one.isVisible()]
    at_once = bar()
    for wait in (0.0, 0.1):
        there = len(QgsProject.instance().mapLayers())
        dialog.ask("area_table", panel.steps._filled("area_table"))
        gc.collect()
        dialogs = [one for one in QApplication.topLevelWidgets() if hasattr(one, "runAlgorithm")]
        [asking] = [one for one in dialogs if one.isVisible()]
        find("Ejecutar", asking).click()
        time.sleep(wait)
        asking.close()  # which stops nothing: the table is made
        del asking, dialogs
        gc.collect()
        idle(lambda: len(QgsProject.instance().mapLayers()) > there)
    shown = QgsProject.instance().mapLayers()
    made = [layer.customProperty("ilo_gis/table") for number, layer in shown.items() if number not in known]
    lots.rollBack()
    idle()
    tabs.setCurrentIndex(2)
    click("Comparar", panel.dock)
    idle(lambda: panel.alternatives.names)
    panel.alternatives.table.horizontalHeader().sectionClicked.emit(1 + panel.alternatives.names.index("B"))
    grab("alternatives")
    shown = lots.subsetString()
    panel.steps.run("plan_site")
    idle()
    known = [one for one in QApplication.topLevelWidgets() if hasattr(one, "runAlgorithm")]
    dialogs = [one for one in known if one.isVisible()]
    grab("dialog")
    dialogs[0].close()
    iface.mainWindow().setGeometry(0, 0, 1366, 768)
    idle(lambda: panel.summary.table.item(0, 1).text().startswith("6"))  # 6,085 lots: the other alternative
    for k, name in enumerate(("steps", "findings", "alternatives")):
        tabs.setCurrentIndex(k)
        idle()
        grab(f"small_{name}", iface.mainWindow())
    tell(
        made=made, asked=asked, at_once=at_once,
        first=[first["feature"], first["rule"]], drawn=drawn["lot_id"], zoom=before / zoomed, shown=shown,
        dialogs=len(dialogs),
        width=panel.dock.width(), size=[iface.mainWindow().width(), iface.mainWindow().height()], bar=bar(),
    )
"""
)
FREE = (
    OPEN
    + """
    from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    gaps, last = [], [time.monotonic()]

    def tick():
        now = time.monotonic()
        gaps.append(now - last[0])
        last[0] = now

    clock = QTimer()
    clock.timeout.connect(tick)
    clock.start(20)
    site = QgsVectorLayer(str(folder.parent / "site.gpkg"), "site", "ogr")
    QgsProject.instance().addMapLayer(site)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ilo_gis:plan_site")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    given = {"SITE": site.id(), "LOT_TYPE": 4}
    done = []
    task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
    task.executed.connect(lambda fine, results: done.append(fine))
    last[0] = time.monotonic()
    QgsApplication.taskManager().addTask(task)
    panel.findings.check.click()
    idle(lambda: panel.findings.found is not None and done, 100)
    worst = max(gaps)
    work = panel.findings.work
    panel.findings.check.click()
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        QApplication.processEvents()
    running = work.task is not None
    asked = time.monotonic()
    panel.findings.check.click()
    while QgsApplication.taskManager().countActiveTasks():
        QApplication.processEvents()
    tell(ticks=len(gaps), worst=worst, done=done, running=running, cancelled=time.monotonic() - asked)
"""
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A part of the Pampa with a plan and an alternative, in one project; and its site."""
    package_plugin.translate()
    folder = tmp_path_factory.mktemp("panel")
    site = io.sample("extension_areas").iloc[[0]][["geometry"]]
    with io.open(folder / "plan.gpkg", create=True) as store:
        for name, area in (("B", 160.0), ("base", 120.0)):
            rule = LotRule.from_norms(norms.load("pe"), lot_type=4, min_area=area)
            streets, parks = io.sample("pampa_streets").head(80), io.sample("parks")
            made = lots_from_streets(streets, rule, reserves=parks, width="width")
            store.write(made, name, info=recorded(rule))
    gpd.GeoDataFrame(site).to_file(folder / "site.gpkg", driver="GPKG")
    return folder


def test_a_planner_sees_steps_findings_and_alternatives(plan):
    shown = window.run(LOOK, plan / "look")
    assert shown.told["first"][0] == shown.told["drawn"]  # the edit that is not saved
    assert shown.told["zoom"] > 5
    assert shown.told["shown"] == "\"scenario\" = 'B'"
    assert shown.told["size"] == [1366, 768]
    assert shown.told["width"] < 500
    assert shown.told["dialogs"] == 1
    assert shown.told["made"] == ["summary"] * 3
    assert shown.told["asked"] == []
    assert (
        "Ilo GIS: «Cuadro general de áreas» está listo: véalo en el panel de capas." in shown.told["at_once"]
    )


REMEMBERED = """
    from qgis.core import QgsSettings
    from qgis.PyQt.QtCore import Qt
    from qgis.utils import loadPlugin, plugins, startPlugin, unloadPlugin

    main = iface.mainWindow()
    area = lambda: int(main.dockWidgetArea(plugins["ilo_gis_plugin"].panel.dock))
    first = area(), plugins["ilo_gis_plugin"].panel.dock.isVisible()
    dock = plugins["ilo_gis_plugin"].panel.dock
    main.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    dock.show()
    idle()
    unloadPlugin("ilo_gis_plugin")
    loadPlugin("ilo_gis_plugin")
    startPlugin("ilo_gis_plugin")
    idle()
    again = area(), plugins["ilo_gis_plugin"].panel.dock.isVisible()
    QgsSettings().setValue("UI/state", main.saveState())  # as QGIS does when it ends
    QgsSettings().sync()
    grab("left")
    tell(first=first, again=again)
"""


def test_the_panel_stands_where_it_was_left(tmp_path):
    left, right = [1, True], 2
    shown = window.run(REMEMBERED, tmp_path)
    assert shown.told["first"][0] == right
    assert shown.told["again"] == left  # unloaded and loaded
    assert window.run(REMEMBERED, tmp_path).told["first"] == left  # QGIS ended and started


def test_nothing_freezes_and_a_cancel_takes_less_than_a_second(plan):
    shown = window.run(FREE, plan / "free")
    print({key: shown.told[key] for key in ("ticks", "worst", "cancelled")})  # noqa: T201 (speeds are told)
    assert shown.told["done"] == [True]
    assert shown.told["ticks"] > 50
    assert shown.told["running"]
    assert shown.told["cancelled"] < 1
