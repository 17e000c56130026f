"""What the steps of the tutorial are taken with in the real window: mouse, keys, layers, pictures."""

BEGIN = """
    import os
    from pathlib import Path

    from qgis.core import QgsApplication, QgsGeometry, QgsPointXY, QgsProject
    from qgis.PyQt.QtCore import QDate, QPoint, Qt, QTimer
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QAbstractSpinBox, QAction, QApplication, QDockWidget, QFileDialog
    from qgis.PyQt.QtWidgets import QTableView, QTabWidget
    from qgis.utils import plugins

    main, canvas, plugin = iface.mainWindow(), iface.mapCanvas(), plugins["ilo_gis_plugin"]
    main.setGeometry(0, 0, 1366, 768)
    main.findChild(QDockWidget, "Browser").hide()  # as the tutorial says: more room for the layers
    panel, session = plugin.panel, plugin.editing.session
    tabs = panel.dock.findChild(QTabWidget)
    undo, redo = (main.findChild(QAction, name) for name in ("mActionUndo", "mActionRedo"))
    PLAN = ("blocks", "lots", "streets", "street_lines", "reserves")
    left, facts = Qt.MouseButton.LeftButton, {}
    os.environ["LOGNAME"] = "planeamiento"  # who the history names

    def layers():
        from ilo_gis_plugin.project import tree

        return tree.layers()

    def picture(name, widget=main):
        idle()
        iface.messageBar().clearWidgets()
        drawn()
        grab(name, widget)

    def pixel(point):
        at = canvas.getCoordinateTransform().transform(point)
        return QPoint(round(at.x()), round(at.y()))

    def mouse(event, widget, where, button=left):
        QTest.mouseMove(widget, where)
        event(widget, button, Qt.KeyboardModifier.NoModifier, where)
        idle()

    def press(point, button=left):
        mouse(QTest.mouseClick, canvas.viewport(), pixel(point), button)

    def go(point):
        QTest.mouseMove(canvas.viewport(), pixel(point))
        idle()

    def hold(point):
        mouse(QTest.mousePress, canvas.viewport(), pixel(point))

    def drop(point):
        mouse(QTest.mouseRelease, canvas.viewport(), pixel(point))

    def key(which):
        QTest.keyClick(canvas, which)
        idle()

    def drawn():
        "Wait until the map is drawn anew, labels included."
        seen = []
        see = lambda: seen.append(True)
        idle()
        canvas.mapCanvasRefreshed.connect(see)
        canvas.refresh()
        idle(lambda: seen)
        canvas.mapCanvasRefreshed.disconnect(see)

    def look(*shapes, around=25):
        canvas.setExtent(QgsGeometry.unaryUnion(shapes).boundingBox().buffered(around))
        drawn()

    def step(act, *given, of="lots"):
        "Do what makes a step of a layer, and wait until it is done and the map is to be drawn anew."
        steps, repainted = layers()[of].undoStack(), []
        before, see = steps.index(), lambda *_: repainted.append(True)
        layers()[of].repaintRequested.connect(see)
        act(*given)
        idle(lambda: steps.index() == before + 1 and repainted)
        layers()[of].repaintRequested.disconnect(see)

    def take(name):
        iface.messageBar().clearWidgets()
        plugin.editing.actions[name].trigger()
        idle()
        return canvas.mapTool()

    def shown(name, widget=canvas):
        tool = canvas.mapTool()
        idle(lambda: tool.edit is not None)
        facts[name] = list(tool.overlay.box.lines)
        picture(name, widget)

    def rows():
        return {name: sorted((str(f.attributes()), f.geometry().asWkb().data()) for f in one.getFeatures())
                for name, one in layers().items() if name in PLAN}

    def shapes(table, column=None):
        column = column or session.key(table)
        return {str(f[column]): f.geometry() for f in layers()[table].getFeatures()}

    def show_alternative(name):
        panel.dock.raise_()
        tabs.setCurrentIndex(2)
        page = tabs.currentWidget()
        click("Comparar", page)
        idle(lambda: name in page.names)
        header = page.table.horizontalHeader()
        at = header.sectionViewportPosition(1 + page.names.index(name)) + 20
        mouse(QTest.mouseClick, header.viewport(), QPoint(at, header.height() // 2))
        tabs.setCurrentIndex(0)

    def theme(name):
        model, known = iface.layerTreeView().layerTreeModel(), QgsProject.instance().mapThemeCollection()
        known.applyTheme(name, model.rootGroup(), model)
        idle()
"""
