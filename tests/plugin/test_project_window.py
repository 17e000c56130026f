"""A planner makes the sample project in the real window, looks at it, and opens the form of a lot."""

import contextlib
import sqlite3

import package_plugin
import window

SAMPLE = """
    from qgis.core import QgsProject
    from qgis.PyQt.QtWidgets import QAbstractSpinBox, QApplication, QDialogButtonBox
    from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QListView, QTabWidget

    from qgis.utils import plugins

    from ilo_gis_plugin.project import tree

    QFileDialog.getExistingDirectory = lambda *_: str(folder)
    find("Proyecto de ejemplo...").trigger()
    idle(lambda: "lots" in tree.layers(), 90)
    idle()
    root = QgsProject.instance().layerTreeRoot()
    tell(
        groups=[group.name() for group in root.children()],
        title=QgsProject.instance().title(),
        bookmarks=[one.name() for one in QgsProject.instance().bookmarkManager().bookmarks()],
        themes=sorted(QgsProject.instance().mapThemeCollection().mapThemes()),
        bar=bar(),
    )
    frame = iface.mapCanvas().temporalController()
    tell(
        follow=[tree.layers()[name].temporalProperties().isActive() for name in ("occupants", "seafront")],
        years=frame.temporalExtents() == QgsProject.instance().timeSettings().temporalRange(),
        first=frame.temporalExtents().begin().date().year(),
        frames=frame.totalFrameCount(),
    )
    grab("whole")
    lots = tree.layers()["lots"]
    lot = next(lots.getFeatures())
    canvas = iface.mapCanvas()
    canvas.setExtent(lot.geometry().boundingBox())
    canvas.zoomScale(1000)
    grab("near")
    for name in ("Terreno", "Zonificación", "PROMUVI por etapa", "Servicios", "Traslados"):
        view = iface.layerTreeView().layerTreeModel()
        QgsProject.instance().mapThemeCollection().applyTheme(name, root, view)
        if name == "Traslados":
            canvas.setExtent(tree.layers()["seafront"].extent())
            canvas.zoomByFactor(1.2)
        elif name == "Terreno":
            canvas.setExtent(tree.layers()["land"].extent())
            canvas.zoomByFactor(1.5)
        else:
            canvas.setExtent(tree.layers()["blocks"].extent())
        canvas.refresh()
        grab(name.split()[0].lower())
    iface.setActiveLayer(lots)
    lots.startEditing()
    iface.openFeatureForm(lots, lot, False, False)
    idle()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    form = next(one for one in shown if one.findChildren(QTabWidget) and one is not iface.mainWindow())
    form.resize(700, 620)
    grab("form", form)
    form.findChildren(QTabWidget)[0].setCurrentIndex(1)
    grab("form_measures", form)
    form.findChildren(QTabWidget)[0].setCurrentIndex(0)
    number = next(one for one in form.findChildren(QAbstractSpinBox) if one.isVisible())
    number.setValue(0)
    idle()
    grab("form_wrong", form)
    labels = [one.text() for one in form.findChildren(QLabel) if one.isVisible()]
    marks = [one.toolTip() for one in form.findChildren(QLabel) if "no puede ser menor" in one.toolTip()]
    accept = form.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    tell(wrong=marks, accepted=accept.isEnabled())
    form.reject()
    lots.rollBack()

    blocks = tree.layers()["blocks"]
    block = next(blocks.getFeatures("block_id = 'AA'"))
    iface.openFeatureForm(blocks, block, False, False)
    idle()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    form = next(one for one in shown if one.findChildren(QTabWidget) and one is not iface.mainWindow())
    form.resize(900, 520)
    tabs = form.findChildren(QTabWidget)[0]
    names = [tabs.tabText(i) for i in range(tabs.count())]
    tabs.setCurrentIndex(names.index("Lotes"))
    idle()
    grab("form_block", form)
    lists = [one.model() for one in form.findChildren(QListView) if one.isVisible()]
    listed = sorted(one.index(row, 0).data() for one in lists for row in range(one.rowCount()))
    tell(labels=labels, tabs=names, listed=listed,
         lots_of_block=sorted(one["lot_id"] for one in lots.getFeatures("block_id = 'AA'")))
    form.close()

    # from the step of the panel to the dialog that plans one area
    land = tree.layers()["land"]
    land.selectByExpression("land_id = 82")
    assert land.selectedFeatureCount() == 1
    canvas.setExtent(land.boundingBoxOfSelected())
    menu = plugins["ilo_gis_plugin"].panel.steps.rows["plan"][2].menu()
    menu.actions()[0].trigger()
    idle()
    dialogs = [one for one in QApplication.topLevelWidgets() if hasattr(one, "runAlgorithm")]
    dialog = next(one for one in dialogs if one.isVisible())
    grab("plan_dialog", dialog)
    tell(step=menu.actions()[0].text(), site=dialog.createProcessingParameters()["SITE"].selectedFeaturesOnly)
    dialog.close()
    QgsProject.instance().clear()
    tell(left=len(QgsProject.instance().mapLayers()))
"""


def test_the_sample_project_is_made_and_read_in_spanish(tmp_path):
    package_plugin.translate()
    shown = window.run(SAMPLE, tmp_path, timeout=240)
    assert shown.told["groups"] == [
        "Plan",
        "Zonificación",
        "Frente marítimo",
        "PROMUVI",
        "Servicios",
        "Terreno",
        "Mapa base",
        "Catálogos y tablas",
    ]
    assert shown.told["title"] == "Ilo (esquemático, no es levantamiento)"
    assert {"Todo el ámbito", "Ámbito 1", "Ámbito 4"} <= set(shown.told["bookmarks"])
    assert shown.told["follow"] == [True, True]  # the controller of QGIS, over their years, month by month
    assert shown.told["years"]
    assert shown.told["first"] == 1993
    assert 24 < shown.told["frames"] < 36
    assert shown.told["site"]
    assert shown.told["left"] == 0
    assert shown.told["wrong"]
    assert not shown.told["accepted"]
    reason = "Lote: no puede ser menor que 1."
    assert any(reason in " ".join(text.split()) for text in shown.told["labels"])
    assert "Lotes" in shown.told["tabs"]
    assert shown.told["listed"] == shown.told["lots_of_block"] != []
    with contextlib.closing(sqlite3.connect(tmp_path / "ilo_esquematico.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
