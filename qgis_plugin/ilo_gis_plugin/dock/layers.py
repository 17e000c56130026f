"""What the panel asks of the layers: their tables, what is selected, and when to ask anew."""

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..bridge import to_frame
from ..layers import PROJECT, RUN, SCENARIO, TABLE, by_table, first, ours
from ..project.server import whole

__all__ = ["SITE", "ProjectLayers"]

SITE = "site"  # a layer that the user takes as site; no table of the library
PAUSE = 700  # ms after the last edit or click until figures are reckoned anew


class ProjectLayers(QObject):
    """The layers of the plan that is shown; `changed` comes once edits, or the selection, have paused."""

    changed = pyqtSignal()

    def __init__(self, frames, parent=None):
        super().__init__(parent)
        self._frames = frames
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.changed)
        frames.changed.connect(self._timer.start)
        frames.selected.connect(self._timer.start)
        self._timer.start()

    def by_table(self):
        """Return the layers by table; those of a project go before results that are not in one."""
        return by_table(ours())

    def results(self):
        """Return by table the layers, in no project, of one run: the newest, which lies on top."""
        nodes, known = QgsProject.instance().layerTreeRoot().findLayers(), ours()
        made = [node.layer() for node in nodes if node.layer() in known]
        made = [one for one in made if not one.customProperty(PROJECT)]
        return by_table(one for one in made if one.customProperty(RUN) == made[0].customProperty(RUN))

    def frames(self):
        """Return the tables as the user sees them, unsaved edits included; what is asked for is read."""
        return self._frames.known(self.by_table())

    def selected(self):
        """Return the ids of the selected lots; None where none is."""
        layer = self.by_table().get("lots")
        if layer is None or not layer.selectedFeatureCount():
            return None
        return to_frame(layer, selected=True).index

    def address(self):
        """Return the file or server of the project, with the password; None where there is none."""
        return whole(first(ours(), PROJECT))

    def scenario(self):
        """Return the scenario that the map shows; None where there is none."""
        return first(ours(), SCENARIO)

    def take_as_site(self, layer):
        """Make a layer the site of what is planned next."""
        for other in ours():
            if other.customProperty(TABLE) == SITE:
                other.removeCustomProperty(TABLE)
        layer.setCustomProperty(TABLE, SITE)
        self._timer.start()
