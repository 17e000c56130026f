"""The steps of the tutorial docs/edit.es.md in the real window, by mouse and keys, with its pictures."""

from tutorial_hands import BEGIN

SECTOR = """
    # an empty sector: land of the sample project that has no plan yet
    QFileDialog.getExistingDirectory = lambda *_: str(folder)
    click("Proyecto de ejemplo...")
    idle(lambda: "lots" in layers())
    panel.dock.show()
    panel.dock.raise_()
    idle(lambda: panel.summary.table.rowCount() > 5)
    land = layers()["land"]
    QgsProject.instance().layerTreeRoot().findLayer(land).setItemVisibilityChecked(True)
    iface.setActiveLayer(land)
    site = shapes("land")["81"]
    look(site, around=60)
    iface.actionSelect().trigger()
    press(site.pointOnSurface().asPoint())
    picture("sector")

    # planned by the panel, with lots of the type that the project has
    def choose():
        menu = QApplication.activePopupWidget()
        [action] = [one for one in menu.actions() if one.text() == "Planificar un terreno…"]
        mouse(QTest.mouseClick, menu, menu.actionGeometry(action).center())

    QTimer.singleShot(300, choose)
    QTest.mouseClick(panel.steps.rows["plan"][2], left)
    idle()
    [dialog] = [one for one in QApplication.topLevelWidgets()
                if hasattr(one, "runAlgorithm") and one.isVisible()]
    [kind] = [box for box in dialog.findChildren(QAbstractSpinBox) if box.text() == "4"]
    kind.setValue(3)
    ended = []
    dialog.algorithmFinished.connect(lambda fine, results: ended.append(fine))
    click("Ejecutar", dialog)
    idle(lambda: ended and not QgsApplication.taskManager().countActiveTasks())
    dialog.close()
    picture("planned")

    # kept in the project as an alternative, and shown instead of the result
    def name(asked):
        asked.setTextValue("pampa_8")
        asked.accept()

    tabs.setCurrentIndex(2)
    on_dialog(name)
    click("Guardar el resultado como alternativa…", panel.dock)
    idle(lambda: "pampa_8" in panel.alternatives.names)
    results = [one.id() for one in QgsProject.instance().mapLayers().values()
               if one.customProperty("ilo_gis/run") and not one.customProperty("ilo_gis/project")]
    QgsProject.instance().removeMapLayers(results)

    # opened again: the alternative has tables that the project had not, such as where lots come from
    def scenario(asked):
        asked.setTextValue("pampa_8")
        asked.accept()

    QgsProject.instance().setDirty(False)
    QFileDialog.getOpenFileName = lambda *_: (str(folder / "ilo_esquematico.gpkg"), "")
    on_dialog(scenario)
    click("Abrir proyecto Ilo...")
    idle(lambda: "lineage" in layers())
    tabs.setCurrentIndex(0)
    look(site, around=60)
    picture("alternative")
"""
SHAPE = """
    iface.setActiveLayer(layers()["lots"])
    lots, blocks = layers()["lots"], shapes("blocks")
    counts = [f["block_id"] for f in lots.getFeatures()]
    whole = QgsGeometry.unaryUnion(list(blocks.values())).centroid()
    usual = sorted((b for b in blocks if counts.count(b) > 24), key=lambda b: blocks[b].distance(whole))
    first = rows()

    def across(block, share=.5):
        "Both ends of a street through a block, on the middles of the streets along its long sides."
        from math import hypot

        ring = blocks[block].orientedMinimumBoundingBox()[0].asPolygon()[0]
        a, b, c = ring[:3] if ring[0].distance(ring[1]) > ring[1].distance(ring[2]) else ring[1:4]
        at, way = a + (b - a) * share, (c - b).normalized()
        wide = b.distance(c)
        line = QgsGeometry.fromPolylineXY([at - way * 14, at + way * (wide + 14)])
        met = [line.intersection(one) for one in shapes("street_lines").values()]
        met = [one.asPoint() for one in met if not one.isEmpty()]
        return sorted(met, key=lambda p: p.distance(at))[0], sorted(met, key=lambda p: p.distance(at))[-1]

    # a street drawn: seen, cancelled, drawn, taken back by Ctrl+Z and again by Ctrl+Shift+Z
    look(blocks[usual[0]], around=60)
    tool, ends = take("draw_street"), across(usual[0])
    press(ends[0])
    go(ends[1])
    shown("draw_street", main)
    key(Qt.Key.Key_Escape)
    facts["escaped"] = rows() == first and not lots.isEditable()
    press(ends[0])
    press(ends[1])
    step(press, ends[1], Qt.MouseButton.RightButton)
    once = rows()
    undo.trigger()
    idle()
    facts["undone"] = rows() == first
    redo.trigger()
    idle()
    facts["redone"] = rows() == once

    # the street moved beside itself
    take("move_street")
    at = QgsGeometry.fromPolylineXY(ends).centroid().asPoint()
    ahead = (ends[1] - ends[0]).normalized().perpVector() * 9
    hold(at)
    go(at + ahead * .4)
    go(at + ahead)
    shown("move_street")
    step(drop, at + ahead)

    # a block divided into a number of lots
    look(blocks[usual[1]], around=50)
    tool, inside = take("divide_block"), blocks[usual[1]].centroid().asPoint()
    press(inside)
    tool._how.setCurrentIndex(1)
    tool._count.setValue(20)
    idle(lambda: tool.edit is not None)
    go(inside)
    shown("divide_block")
    step(key, Qt.Key.Key_Return)
    facts["divided"] = sum(f["block_id"] == usual[1] for f in lots.getFeatures())

    # three lots made one, which is split in two; the line between them slid
    known = shapes("lots")
    three = [f"{usual[2]}-{k}" for k in (5, 6, 7)]
    look(blocks[usual[2]], around=20)
    tool = take("merge_lots")
    for lot in three:
        press(known[lot].centroid().asPoint())
    idle(lambda: tool.edit is not None)
    go(known[three[2]].centroid().asPoint())
    shown("merge_lots")
    step(key, Qt.Key.Key_Return)
    [merged] = set(shapes("lots")) - set(known)
    known = shapes("lots")
    look(known[merged], around=35)
    tool = take("split_lot")
    press(known[merged].centroid().asPoint())
    key(Qt.Key.Key_2)
    shown("split_lot")
    step(key, Qt.Key.Key_Return)
    halves = sorted(set(shapes("lots")) - set(known))
    known = shapes("lots")
    a, b = (known[one] for one in halves)
    side = a.intersection(b)
    at = side.interpolate(side.length() / 2).asPoint()
    ahead = (b.centroid().asPoint() - at).normalized()
    tool = take("slide_side")
    go(a.centroid().asPoint())
    go(at)
    idle(lambda: tool._side is not None)
    hold(at)
    go(at + ahead * 1.5)
    go(at + ahead * 3)
    facts["slide_side"] = list(tool.overlay.box.lines)
    picture("slide_side", canvas)
    go(at + ahead * 9)
    facts["stop"] = list(tool.overlay.box.lines)
    step(drop, at + ahead * 3)

    # one more block for schools
    look(*(blocks[one] for one in usual[:6]), around=20)
    tool = take("reserves")
    tool.choices.setCurrentText("Educación")
    inside = blocks[usual[3]].centroid().asPoint()
    hold(inside)
    shown("reserves")
    step(drop, inside)
    facts["steps"] = [lots.undoStack().text(k) for k in range(lots.undoStack().count())]
"""
SAVE = """
    # checked before it is saved: findings of what is on the screen
    iface.actionPan().trigger()
    tabs.setCurrentIndex(1)
    panel.dock.raise_()
    main.resizeDocks([panel.dock], [480], Qt.Orientation.Horizontal)
    panel.findings.check.click()
    idle(lambda: panel.findings.found is not None)
    facts["findings"] = panel.findings.counts.text()
    facts["errors"] = panel.findings.found["severity"].astype(str).eq("error").sum().item()
    picture("findings")

    # what is pending, saved with its reason
    def save(name, reason, resolution):
        iface.messageBar().clearWidgets()
        dock = plugin.pending
        if not dock.isVisible():
            dock.action.trigger()
        dock.raise_()
        idle(lambda: dock.save.isEnabled())
        idle(lambda: dock.work.task is None)
        dock.reason.setText(reason)
        dock.resolution.setText(resolution)
        facts[name] = dock.summary.text()
        picture(name)
        click("Guardar…", dock)
        idle(lambda: not dock.save.isEnabled())
        facts[f"{name}_said"] = dock.said.text(), bar()

    save("pending", REASON, "R.A. 45-2026-MPI")
    facts["lots"] = layers()["lots"].featureCount()

    # what the history keeps of it
    table = iface.showAttributeTable(layers()["history"])
    table.resize(1180, 330)
    listed = table.findChild(QTableView, "mTableView").model()
    idle(lambda: listed.rowCount() > 300)
    grab("history", table)
    facts["history"] = [str(listed.data(listed.index(0, k))) for k in range(listed.columnCount())]
    table.close()
"""
BASE = """
    # zones, in the plan of the city
    show_alternative("base")
    idle(lambda: layers()["lots"].featureCount() > 5999)
    panel.dock.raise_()
    main.resizeDocks([panel.dock], [340], Qt.Orientation.Horizontal)
    theme("Zonificación")
    blocks = shapes("blocks")
    whole = QgsGeometry.unaryUnion(list(blocks.values())).centroid()
    near = sorted(blocks, key=lambda b: blocks[b].distance(whole))[:9]
    look(*(blocks[one] for one in near), around=40)
    iface.setActiveLayer(layers()["zones"])
    tool = take("zone_paint")
    tool._rows.setCurrentIndex(tool._rows.findText("Manzanas"))
    idle(lambda: tool.choices.count() > 0)
    names = [tool.choices.itemText(k) for k in range(tool.choices.count())]
    tool.choices.setCurrentIndex(next(k for k, name in enumerate(names) if name.startswith("CZ ")))
    places = [blocks[one].centroid().asPoint() for one in near[:2]]
    hold(places[0])
    go(places[1])
    shown("zone_paint")
    before = layers()["zones"].featureCount()
    step(drop, places[1], of="zones")

    # the boundary of two other zones led along a street further on
    from ilo_gis.editing import zone_edge
    from ilo_gis.zoning.assignment import zones_in_force

    inner, outer = "2018-CZ-7", "2018-RDM-13"
    known = shapes("zones")
    line = zone_edge(zones_in_force(session.known()["zones"], None), inner, outer)
    at = QgsPointXY(*line.coords[len(line.coords) // 2])
    ahead = (at - known[inner].centroid().asPoint()).normalized()
    look(QgsGeometry.fromPointXY(at), around=130)
    tool = take("zone_edge")
    go(at)
    hold(at)
    go(at + ahead * 12)
    go(at + ahead * 24)
    shown("zone_edge")
    step(drop, at + ahead * 24, of="zones")

    # an occupant of the seafront and the lots that may receive it
    theme("Traslados")
    board, desk = plugin.boards
    board.action.trigger()
    main.resizeDocks([board], [460], Qt.Orientation.Horizontal)
    idle(lambda: board.list.topLevelItemCount())
    board.day.date.setDate(QDate(1994, 2, 28))
    idle()
    [item] = board.list.findItems("la_picuda", Qt.MatchFlag.MatchExactly)
    board.list.scrollToItem(item)
    mouse(QTest.mouseClick, board.list.viewport(), board.list.visualItemRect(item).center())
    idle(lambda: "la_picuda" in board.hint.text())
    facts["may"] = board.hint.text()
    fits = board.tool._fits
    lot = next(iter(fits.index[fits["may"]]))
    known = shapes("lots")
    look(known[lot], around=150)
    go(known[lot].centroid().asPoint())
    idle(lambda: board.tool.edit is not None)
    facts["relocation"] = list(board.tool.overlay.box.lines)
    picture("relocation")
    key(Qt.Key.Key_Escape)
    board.action.trigger()

    # a lot of PROMUVI, and what it waits for
    from datetime import date
    from ilo_gis.editing import may_advance

    day, states = date(1996, 12, 31), session.known()["lot_progress"]
    desk.action.trigger()
    desk.day.setDate(QDate(day.year, day.month, day.day))
    main.resizeDocks([desk], [400], Qt.Orientation.Horizontal)
    allotted = list(states.index[states["stage"] == "allotted"])
    fits = may_advance(session.known(), allotted, "occupied", day, "-")
    lot = fits.index[fits["may"]][0]
    look(known[lot], around=120)
    click("Colores por etapa", desk)
    press(known[lot].centroid().asPoint())
    idle(lambda: desk.file is not None)
    desk.evidence.setText("Acta 12-1996")
    idle()
    facts["promuvi"] = desk.heading.text(), desk.advance.text()
    picture("promuvi")
    desk.advance.click()
    idle(lambda: layers()["lot_events"].isModified())
    idle()
    desk.action.trigger()
    save("pending_base", "Comercio zonal frente al parque", "O.M. 12-2026-MPI")
    facts["zones"] = before, layers()["zones"].featureCount()
"""
TELL = """
    tell(**facts)
"""
REASON = "Nueva calle y un colegio, a pedido de los vecinos"
TUTORIAL = BEGIN + SECTOR + SHAPE + SAVE.replace("REASON", repr(REASON)) + BASE + TELL
