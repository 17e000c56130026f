"""The first hour of a planner who never saw the plugin: from the zip in a fresh profile, in Spanish.

He makes the sample project, takes a part of the Pampa as site, plans it while the window stays alive, looks
at the findings. `docs/plugin_pictures.py` runs the same for the pictures of the guide.
"""

import sqlite3
import sysconfig
import zipfile
from contextlib import closing
from pathlib import Path

import package_plugin
import pytest
import window

FIRST_HOUR = """
    import time
    from pathlib import Path

    from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask, QgsProcessingContext
    from qgis.core import QgsProcessingFeedback, QgsProject, QgsVectorLayer
    from qgis.PyQt.QtCore import QTimer
    from qgis.PyQt.QtWidgets import QApplication, QDialog, QFileDialog, QTabWidget
    from qgis.utils import plugins

    main, canvas = iface.mainWindow(), iface.mapCanvas()
    main.setGeometry(0, 0, 1366, 768)

    def picture(name):
        idle()
        grab(name, main)

    picture("installed")
    # the sample project: only the dialog for the folder is answered for him
    QFileDialog.getExistingDirectory = lambda *_: str(folder)
    click("Proyecto de ejemplo...")
    layers = lambda: {
        layer.customProperty("ilo_gis/table"): layer
        for layer in QgsProject.instance().mapLayers().values() if layer.customProperty("ilo_gis/project")
    }
    idle(lambda: "lots" in layers(), 120)
    panel = plugins["ilo_gis_plugin"].panel
    panel.dock.show()
    panel.dock.raise_()
    idle(lambda: panel.summary.table.rowCount() > 5, 60)
    canvas.setExtent(layers()["blocks"].extent())
    idle()
    picture("project")
    made = {name: layer.featureCount() for name, layer in layers().items()}

    # a part of the Pampa as site, planned in the background
    import ilo_gis

    sample = next(Path(ilo_gis.__path__[0]).parent.rglob("ilo_schematic.gpkg"))
    site = QgsVectorLayer(f"{sample}|layername=extension_areas|subset=number = 8",
                          "Terreno", "ogr")
    QgsProject.instance().addMapLayer(site)
    iface.setActiveLayer(site)
    canvas.setExtent(site.extent())
    click("Tomar la capa activa como terreno", panel.dock)
    said = bar()
    picture("site")
    panel.steps.run("plan_site")
    idle()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            grab("plan_dialog", dialog)
            dialog.hide()
    gaps, last = [], [time.monotonic()]

    def tick():
        now = time.monotonic()
        gaps.append(now - last[0])
        last[0] = now

    clock = QTimer()
    clock.timeout.connect(tick)
    clock.start(20)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ilo_gis:plan_site")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    done = {}
    given = {"SITE": site.id(), "LOT_TYPE": 4}
    given |= {one.name(): "TEMPORARY_OUTPUT" for one in algorithm.parameterDefinitions()
              if one.isDestination() and not one.flags() & one.Flag.FlagOptional}
    task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
    task.executed.connect(lambda fine, results: done.update(fine=fine, results=results))
    last[0] = time.monotonic()
    QgsApplication.taskManager().addTask(task)
    idle(lambda: done, 150)
    clock.stop()
    log_ = feedback.textLog()
    results = {key: value for key, value in done["results"].items() if isinstance(value, (int, float, str))}

    # findings of the project
    panel.dock.findChild(QTabWidget).setCurrentIndex(1)
    panel.findings.check.click()
    idle(lambda: panel.findings.found is not None, 120)
    picture("findings")
    tell(made=made, said=said, fine=done["fine"], ticks=len(gaps), worst=max(gaps), results=results,
         progress=log_[-400:], rows=panel.findings.list.topLevelItemCount(), bar=bar(),
         dirty=[layer.name() for layer in layers().values() if layer.isEditable()])
"""


@pytest.fixture
def installed(tmp_path):
    """A fresh profile with the zip in it, as the plugin manager installs it."""
    built = package_plugin.build(tmp_path / "ilo_gis_plugin.zip")
    plugins = tmp_path / "profiles" / "profiles" / "pruebas" / "python" / "plugins"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(plugins)
    return plugins


def test_the_first_hour(tmp_path, installed):
    shown = window.run(
        FIRST_HOUR, tmp_path, timeout=300, plugins=None, python_path=(sysconfig.get_path("purelib"),)
    )
    told = shown.told
    assert told["made"]["lots"] >= 6000
    assert told["fine"], told["progress"]
    assert told["rows"] > 0
    assert told["worst"] < 5  # a window that is frozen for so long is greyed out
    assert any("es ahora el terreno" in text for text in told["said"])
    assert told["dirty"] == []
    print(f"planned with {told['ticks']} ticks of the window, longest gap {told['worst']:.2f} s")  # noqa: T201
    file = next(Path(tmp_path).glob("*.gpkg"))
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
