"""The layers of Ilo GIS, found by what they are, and their rows as tables, read once for all that ask."""

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .editing.stored import Known, Rows, keep_log

__all__ = ["PROJECT", "RUN", "SCENARIO", "TABLE", "Frames", "by_table", "first", "ours"]

# custom properties of layers: the table of the library, the address of the project, the alternative shown,
# and of results the run that made them
TABLE, PROJECT, SCENARIO, RUN = "ilo_gis/table", "ilo_gis/project", "ilo_gis/scenario", "ilo_gis/run"


def ours():
    """Return the layers that are tables: results, which are in no project, before those of projects."""
    known = QgsProject.instance().mapLayers().values()
    found = [one for one in known if one.customProperty(TABLE) and one.isValid()]
    return sorted(found, key=lambda one: bool(one.customProperty(PROJECT)))


def by_table(layers):
    """Return layers by the names of their tables; of several the last."""
    return {one.customProperty(TABLE): one for one in layers}


def first(layers, mark):
    """Return what the first layer says that has a mark; None where none has it."""
    return next(filter(None, (one.customProperty(mark) for one in layers)), None)


class Frames(QObject):
    """The rows of layers, kept until a layer changes, which `changed` and `selected` tell."""

    changed = pyqtSignal()  # rows, or which layers there are
    selected = pyqtSignal()

    def __init__(self):
        super().__init__()
        self._kept = {}  # by the id of the layer
        project = QgsProject.instance()
        project.layersAdded.connect(self._watch)
        project.layersWillBeRemoved.connect(self._forget)
        self._watch(project.mapLayers().values())

    def remove(self):
        """Let go of all layers and of the project."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._watch)
        project.layersWillBeRemoved.disconnect(self._forget)
        self._forget(list(self._kept))

    def known(self, layers):
        """Return the tables of some layers as they are now; in any thread each is read when asked for."""
        return Known({name: self._kept[layer.id()].later() for name, layer in layers.items()})

    def of(self, layer):
        """Return the rows of a layer as the user sees them, unsaved edits included."""
        return self.rows(layer)[0]

    def rows(self, layer):
        """Return the rows of a layer, and the numbers of their features in the same order."""
        return self._kept[layer.id()].now()

    def stored(self, layer):
        """Return the rows of a layer as they were stored when they were read, and their numbers."""
        return self._kept[layer.id()].stored()

    def _watch(self, layers):
        for layer in layers:
            if isinstance(layer, QgsVectorLayer) and layer.id() not in self._kept:
                keep_log(layer, layer.customProperty(PROJECT))
                self._kept[layer.id()] = rows = Rows(layer)
                rows.changed.connect(self.changed)
                layer.selectionChanged.connect(self.selected)
        self.changed.emit()

    def _forget(self, numbers):
        for number in numbers:
            if rows := self._kept.pop(number, None):
                rows.layer.selectionChanged.disconnect(self.selected)
                rows.remove()
        self.changed.emit()
