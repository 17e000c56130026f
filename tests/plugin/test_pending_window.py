"""The dock of pending changes in the real window: what is pending, discarded in part, in conflict, saved."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

import package_plugin
import window

from ilo_gis import io
from ilo_gis.subdivision import LotRule, recorded

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]
PENDING = """
    from ilo_gis import io
    from ilo_gis.editing.lots import merge_lots
    from ilo_gis_plugin.project import opening, tree
    from qgis.utils import plugins

    iface.mainWindow().setGeometry(0, 0, 1366, 768)
    address = str(folder.parent / "plan.gpkg")
    opening.open_project(address, "base")
    layers, canvas = tree.layers(), iface.mapCanvas()
    lots = layers["lots"]
    canvas.setExtent(lots.extent().buffered(20))
    plugin = plugins["ilo_gis_plugin"]
    session, dock = plugin.editing.session, plugin.pending
    dock.action.trigger()
    idle()

    def items(tree):
        tops = [tree.topLevelItem(k) for k in range(tree.topLevelItemCount())]
        return tops + [one.child(k) for one in tops for k in range(one.childCount())]

    def cells():
        table = dock.figures
        cells = [[table.item(i, k).text() for k in range(3)] for i in range(table.rowCount())]
        return {name: sides for name, *sides in cells}

    at = session.snapshot()
    first = dock.summary.text()
    session.apply(merge_lots(at.plan, ["A-2", "A-3"], at.brief, locked=at.locked))
    number = next(lots.getFeatures("lot_id = 'B-3'")).id()
    lots.changeAttributeValue(number, lots.fields().indexOf("use"), "parque")
    idle(lambda: any(item.text(0) == "B-3" for item in items(dock.rows)))
    dock.rows.topLevelItem(0).setExpanded(True)
    idle()
    shown, figures = dock.summary.text(), cells()
    extent = canvas.extent()
    grab("pending")
    row = next(item for item in items(dock.rows) if item.text(0) == "B-3")
    dock.rows.setCurrentItem(row)
    idle()
    zoomed = canvas.extent() != extent
    click("Descartar lo seleccionado", dock)
    step = lots.undoStack().undoText()
    idle(lambda: not any(item.text(0) == "B-3" for item in items(dock.rows)))
    lots.undoStack().undo()
    idle(lambda: any(item.text(0) == "B-3" for item in items(dock.rows)))
    click("Guardar…", dock)
    without = dock.said.text()
    with io.open(address, who="ana") as store:
        table = store.read("lots", "base")
        store.write({"lots": table.assign(use=table["use"].where(table.index != "B-3", "escuela"))}, "base")
    dock.reason.setText("Dos lotes de una familia")
    dock.resolution.setText("R.A. 7-2026-MPI")
    click("Guardar…", dock)
    conflict = [[item.text(k) for k in range(3)] for item in items(dock.conflicts)]
    grab("conflict")
    click("Tomar lo suyo", dock)
    click("Guardar…", dock)
    idle(lambda: not dock.save.isEnabled())
    grab("saved")
    tell(first=first, shown=shown, figures=figures, zoomed=zoomed, step=step, without=without, bar=bar(),
         conflict=conflict, last=dock.summary.text(), said=dock.said.text())
"""


def test_pending_changes_are_shown_discarded_in_part_and_saved_with_a_reason(tmp_path):
    package_plugin.translate()
    rule = LotRule(min_area=160.0, min_frontage=8.0)
    with io.open(tmp_path / "plan.gpkg", create=True) as store:
        store.write(fake_plan(3, 2, lots=6, angle=15), "base", info=recorded(rule))
    told = window.run(PENDING, tmp_path / "window").told
    assert told["first"] == "No hay nada pendiente: todo está guardado."
    assert "Sin guardar: " in told["shown"]
    assert told["figures"]["Lotes"] == ["59", "58"]
    assert told["zoomed"]
    assert told["step"] == "Descartar cambios de B-3"
    assert "Escriba el motivo" in told["without"]
    assert "B-3 · guardada por ana" in told["conflict"][0][0]
    assert ["parque", "escuela"] in [row[1:] for row in told["conflict"]]
    assert told["last"] == "No hay nada pendiente: todo está guardado."
    assert told["said"] == ""
    with io.open(tmp_path / "plan.gpkg") as store:
        lots, history = store.read("lots", "base"), store.history("lots", "A-13")
    assert lots.at["B-3", "use"] == "escuela"
    assert "A-2" not in lots.index
    assert history[["reason", "who"]].to_numpy().tolist()[0][0] == "R.A. 7-2026-MPI: Dos lotes de una familia"
    assert history["who"].notna().all()
    with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
