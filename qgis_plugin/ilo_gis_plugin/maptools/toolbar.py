"""The toolbar of interactive editing: a button for each gesture, and what is told while they work."""

from pathlib import Path

from qgis.core import Qgis
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .. import library
from ..editing.session import Session
from ..i18n import tr
from ..work import tell
from .merge_lots import MergeLots

__all__ = ["TOOLS", "EditingToolbar"]

TOOLS = [MergeLots]
ICONS = Path(__file__).parent / "icons"


class EditingToolbar:
    """Buttons of the gestures and their session; `remove` takes them away with their tools."""

    def __init__(self, iface, frames):
        self._iface, self._tools = iface, {}
        self.session = Session(frames)
        self._bar = iface.addToolBar(tr("Ilo GIS – Editing"))
        self._bar.setObjectName("IloGisEditing")
        self.session.told.connect(self._say)
        self.session.refused.connect(self._warn)
        self.actions = {kind.name: self._action(kind) for kind in TOOLS}
        self._bar.addActions(list(self.actions.values()))

    def remove(self):
        """Take all away; the map gets back the tool it had where one of ours is in use."""
        canvas = self._iface.mapCanvas()
        for tool in self._tools.values():
            canvas.unsetMapTool(tool)
            tool.remove()
            tool.deleteLater()
        for one in (*self.actions.values(), self._bar):
            one.deleteLater()
        self.session.remove()

    def _action(self, kind):
        action = QAction(QIcon(str(ICONS / f"{kind.name}.svg")), kind.title(), self._iface.mainWindow())
        action.setObjectName(f"IloGis_{kind.name}")
        action.setCheckable(True)
        action.setEnabled(not library.problems())
        action.triggered.connect(lambda: self.take(kind))
        return action

    def take(self, kind):
        """Take a tool in hand."""
        if kind.name not in self._tools:
            tool = kind(self._iface.mapCanvas(), self._iface.cadDockWidget(), self.session)
            tool.hinted.connect(self._hint)
            tool.told.connect(self._tell)
            tool.setAction(self.actions[kind.name])
            self._tools[kind.name] = tool
        self._iface.mapCanvas().setMapTool(self._tools[kind.name])

    def _hint(self, text):
        self._iface.statusBarIface().showMessage(text)

    def _say(self, text):
        tell(self._iface.messageBar(), text)

    def _tell(self, summary, details, level):
        tell(self._iface.messageBar(), summary, details, Qgis.MessageLevel(level))

    def _warn(self, summary, details):
        tell(self._iface.messageBar(), summary, details, Qgis.MessageLevel.Warning)
