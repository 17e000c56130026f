"""Projects made and opened: what the menu and the toolbar of Ilo GIS begin with."""

from pathlib import Path

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsInterval, QgsProject, QgsProviderRegistry
from qgis.gui import QgsProjectionSelectionDialog
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QInputDialog, QMessageBox

from ..i18n import language, reason, tr
from ..layers import PROJECT, first
from ..library import TAB
from ..work import Work, tell
from . import themes, tree
from .server import address_of, bare, whole

__all__ = ["ProjectActions", "open_project"]

USUAL = "EPSG:32719"  # UTM 19 south, WGS 84: the south of Peru
FILES = "GeoPackage (*.gpkg)"


class ProjectActions:
    """The actions that make and open projects, in a menu and with their names on a toolbar."""

    def __init__(self, iface, menu, toolbar):
        self.iface, self.places = iface, (menu, toolbar)
        self.work = Work(tr("Sample project of Ilo"), self._made, self._warn)
        self.actions = [
            self._action(tr("New Ilo project..."), self.new),
            self._action(tr("Open Ilo project..."), self.open),
            self._action(tr("Open project on a server..."), self.open_server),
            self._action(tr("Sample project..."), self.sample),
            self._action(tr("Change scenario..."), self.change_scenario),
        ]
        menu.addActions(self.actions)
        toolbar.addActions([self.actions[0], self.actions[1], self.actions[4]])
        iface.currentLayerChanged.connect(themes.avoid_overlaps)

    def remove(self):
        """Take away the menu, the toolbar and what is in them."""
        self.iface.currentLayerChanged.disconnect(themes.avoid_overlaps)
        for one in (*self.actions, *self.places):
            one.deleteLater()
        self.work.stop()

    def _action(self, text, what):
        action = QAction(text, self.iface.mainWindow())
        action.triggered.connect(lambda: self._told(what))
        return action

    def _told(self, what, *given):
        """Do something; what the library refuses is told in the message bar."""
        try:
            what(*given)
        except (ValueError, ImportError) as error:  # all errors of the library are values that do not serve
            self._warn(tr("That did not work; nothing was changed."), reason(error))

    def _warn(self, text, details):
        tell(self.iface.messageBar(), text, details, Qgis.MessageLevel.Warning)

    def new(self):
        """Make a project of empty tables in a file, and open it."""
        from ilo_gis import io, tables
        from ilo_gis.plotting.layer_tree import groups

        window, ask_later = self.iface.mainWindow(), QFileDialog.Option.DontConfirmOverwrite
        path, _ = QFileDialog.getSaveFileName(window, tr("New Ilo project"), "", FILES, "", ask_later)
        path = str(Path(path).with_suffix(".gpkg")) if path else ""
        if path and Path(path).exists():
            self._warn(tr("{} exists already: open it, or give another name.").format(Path(path).name), path)
            return
        crs = self._crs() if path else None
        if crs is None:
            return
        wanted = {table for group in groups(language()).values() for table in group}
        wanted &= {*tables.names()} - {*tree.OF_ALL}
        with io.open(path, create=True) as store:
            store.write({table: tables.empty(table, crs) for table in wanted})
        self.show(path)

    def _crs(self):
        """Return the CRS that the user chose, as the library takes it."""
        dialog = QgsProjectionSelectionDialog(self.iface.mainWindow())
        dialog.setWindowTitle(tr("Coordinate reference system of the project, in metres"))
        dialog.setCrs(QgsCoordinateReferenceSystem(USUAL))
        return dialog.crs().authid() if dialog.exec() else None

    def open(self):
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(self.iface.mainWindow(), tr("Open Ilo project"), "", FILES)
        if path:
            self.show(path)

    def open_server(self):
        """Ask for a stored connection or an address, and open the project there."""
        known = QgsProviderRegistry.instance().providerMetadata("postgres").connections(False)
        asked = tr("PostGIS connection of QGIS, or address postgresql://user@host/database")
        window, title = self.iface.mainWindow(), tr("Open project on a server")
        name, fine = QInputDialog.getItem(window, title, asked, sorted(known))
        if fine and name:
            self.show(bare(address_of(known[name].uri()) if name in known else name))

    def sample(self):
        """Write the schematic Ilo to a folder in the background, then open it."""
        from ilo_gis.example import sample_project

        window = self.iface.mainWindow()
        folder = QFileDialog.getExistingDirectory(window, tr("Folder for the sample project"))
        if not folder:
            return
        path = Path(folder) / "ilo_esquematico.gpkg"
        if path.exists():
            self.show(str(path))
            return
        self.work.start(sample_project, path)

    def _made(self, path):
        self._told(self.show, str(path))

    def show(self, address):
        """Open a project; one of an earlier format is brought over if the user agrees."""
        if not self._present(address) or self.iface.newProject(True) is False:
            return
        scenario = self._asked(address)
        if scenario:
            open_project(address, scenario)
            self.iface.layerTreeCanvasBridge().setCanvasLayers()  # else the first layers zoom to all there is
            canvas, years = self.iface.mapCanvas(), QgsProject.instance().timeSettings().temporalRange()
            if not years.isInfinite():
                canvas.temporalController().setTemporalExtents(years)
                canvas.temporalController().setFrameDuration(QgsInterval(0, 1, 0, 0, 0, 0, 0))  # a month
            canvas.setExtent(themes.whole())
            canvas.refresh()

    def _present(self, address):
        from ilo_gis import io
        from ilo_gis.io.migrations import FORMAT

        if not address.lower().endswith(".gpkg") or io.project_info(address).get("schema") == FORMAT:
            return True
        path = Path(address)
        told = tr(
            "{} has an earlier format. It gets the present one now, with all that is in it; as it was it "
            "stays beside it as {}. Go on?"
        ).format(path.name, f"{path.stem}.format1.gpkg")
        if QMessageBox.question(self.iface.mainWindow(), TAB, told) != QMessageBox.StandardButton.Yes:
            return False
        io.migrate(address)
        return True

    def _asked(self, address, current=""):
        """Return the scenario to show: the one in force or the only one, else one that the user chooses."""
        from ilo_gis import io

        with io.open(whole(address)) as store:
            known = store.scenarios()["state"]
        names = [str(name) for name in known.index]
        in_force = [*known.index[known == "adopted"]] or names
        if not current and len(in_force) == 1:
            return str(in_force[0])
        window, place = self.iface.mainWindow(), names.index(current) if current in names else 0
        name, fine = QInputDialog.getItem(window, tr("Scenario"), tr("Scenario to show"), names, place, False)
        return name if fine else ""

    def change_scenario(self):
        """Show another scenario of the project that is open."""
        shown = tree.layers()
        if not shown:
            self._warn(tr("No Ilo project is open."), "")
            return
        address = first(shown.values(), PROJECT)
        current, _ = QgsProject.instance().readEntry("ilo_gis", "scenario")
        scenario = self._asked(address, current or "-")
        if scenario and (kept := tree.show(scenario)):
            self._warn(tr("Save or discard your edits first: {}.").format(", ".join(kept)), "")


def open_project(address, scenario):
    """Show a project in QGIS: layers, relations, themes, snapping. It needs no window."""
    from ilo_gis import io

    from .forms import wire

    with io.open(whole(address)) as store:
        there, info = store.tables(), store.info()
    tree.add_layers(address, there, scenario)
    wire()
    themes.set_up(info)
    QgsProject.instance().setDirty(False)
