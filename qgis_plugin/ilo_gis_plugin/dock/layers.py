"""The layers of a project as tables: found by what they are, read once, and again when they change."""

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..bridge import to_frame

__all__ = ["SITE", "ProjectLayers"]

TABLE, PROJECT, SCENARIO = "ilo_gis/table", "ilo_gis/project", "ilo_gis/scenario"  # custom properties
SITE = "site"  # a layer that the user takes as site; no table of the library
PAUSE = 700  # ms after the last edit or click until figures are reckoned anew
EDITS = ("layerModified", "editingStopped", "dataChanged", "subsetStringChanged")


class ProjectLayers(QObject):
    """Watches the layers of QGIS; `changed` comes once edits, or the selection, have paused."""

    changed = pyqtSignal()

    def __init__(self, parent=None):
        super().__init__(parent)
        self._frames, self._watched = {}, {}  # by the id of the layer
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.changed)
        project = QgsProject.instance()
        project.layersAdded.connect(self._watch)
        project.layersWillBeRemoved.connect(self._forget)
        self._watch(project.mapLayers().values())

    def stop(self):
        """Let go of all layers and of the project."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._watch)
        project.layersWillBeRemoved.disconnect(self._forget)
        self._forget(list(self._watched))
        self._timer.stop()

    def by_table(self):
        """Return the layers by table; those of a project go before results that are not in one."""
        layers = [
            one for one in QgsProject.instance().mapLayers().values() if isinstance(one, QgsVectorLayer)
        ]
        layers = [one for one in layers if one.isValid() and one.customProperty(TABLE)]
        layers.sort(key=lambda one: bool(one.customProperty(PROJECT)))
        return {one.customProperty(TABLE): one for one in layers}

    def results(self):
        """Return the layers by table that are in no project: what algorithms have just made."""
        return {name: one for name, one in self.by_table().items() if not one.customProperty(PROJECT)}

    def frames(self):
        """Return all tables as the user sees them, unsaved edits included; only what changed is read."""
        found = {}
        for name, layer in self.by_table().items():
            if layer.id() not in self._frames:
                self._frames[layer.id()] = to_frame(layer)
            found[name] = self._frames[layer.id()]
        return found

    def selected(self):
        """Return the ids of the selected lots; None where none is."""
        layer = self.by_table().get("lots")
        if layer is None or not layer.selectedFeatureCount():
            return None
        return to_frame(layer, selected=True).index

    def address(self):
        """Return the file or server of the project; None where there is none."""
        found = (layer.customProperty(PROJECT) for layer in self.by_table().values())
        return next(filter(None, found), None)

    def scenario(self):
        """Return the scenario that the map shows; None where there is none."""
        found = (layer.customProperty(SCENARIO) for layer in self.by_table().values())
        return next(filter(None, found), None)

    def show(self, scenario):
        """Let the layers of the project show a scenario; return those that cannot, as edits are unsaved."""
        layers = [one for one in self.by_table().values() if one.customProperty(PROJECT)]
        layers = [one for one in layers if "scenario" in one.fields().names()]
        if busy := [one.name() for one in layers if one.isModified()]:
            return busy
        for layer in layers:
            layer.setSubsetString("\"scenario\" = '{}'".format(scenario.replace("'", "''")))
            layer.setCustomProperty(SCENARIO, scenario)
        return []

    def take_as_site(self, layer):
        """Make a layer the site of what is planned next."""
        for other in self.by_table().values():
            if other.customProperty(TABLE) == SITE:
                other.removeCustomProperty(TABLE)
        layer.setCustomProperty(TABLE, SITE)
        self._frames.pop(layer.id(), None)
        self._timer.start()

    def _watch(self, layers):
        for layer in layers:
            if isinstance(layer, QgsVectorLayer) and layer.id() not in self._watched:
                read_again = self._reader(layer.id())
                signals = [getattr(layer, name) for name in EDITS]
                for signal in signals:
                    signal.connect(read_again)
                layer.selectionChanged.connect(self._timer.start)
                self._watched[layer.id()] = (layer, [(signal, read_again) for signal in signals])
        self._timer.start()

    def _reader(self, number):
        def read_again(*_):
            self._frames.pop(number, None)
            self._timer.start()

        return read_again

    def _forget(self, numbers):
        for number in numbers:
            layer, signals = self._watched.pop(number, (None, []))
            for signal, read_again in signals:
                signal.disconnect(read_again)
            if layer is not None:
                layer.selectionChanged.disconnect(self._timer.start)
            self._frames.pop(number, None)
        self._timer.start()
