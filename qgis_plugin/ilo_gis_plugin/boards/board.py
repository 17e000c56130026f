"""A dock beside the map that is reckoned from the plan that is edited, and anew whenever that changes."""

from pathlib import Path

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QScrollArea

from .. import library

__all__ = ["Board", "scrolled"]

ICONS = Path(__file__).parent / "icons"
PANEL = "IloGisPanel"  # the dock that boards stand behind at first
PAUSE = 300  # ms after the last change until it is reckoned anew


class Board(QgsDockWidget):
    """A dock with a button in the toolbar of editing and a tool of the map; `remove` takes it away."""

    name = title = tool_kind = None

    def __init__(self, iface, frames, editing):
        super().__init__(self.title(), iface.mainWindow(), objectName=f"IloGis_{self.name}")
        self.iface, self.session = iface, editing.session
        self._editing, self._tool = editing, None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._again)
        frames.changed.connect(self._timer.start)
        self.visibilityChanged.connect(self._seen)
        self.action = QAction(QIcon(str(ICONS / f"{self.name}.svg")), self.title(), iface.mainWindow())
        self.action.setCheckable(True)
        self.action.setEnabled(not library.problems())
        self.setToggleVisibilityAction(self.action)
        self.action.triggered.connect(self._opened)
        editing.add(self.action)
        self.build()
        self._new = not iface.mainWindow().restoreDockWidget(self)
        if self._new:
            iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
            self.hide()

    def remove(self):
        """Take the dock and its button away."""
        self.visibilityChanged.disconnect(self._seen)
        self._timer.stop()
        self.stop()
        self.iface.removeDockWidget(self)
        self.action.deleteLater()
        self.deleteLater()

    def build(self):
        """Put the widgets in; what a board does at first."""
        raise NotImplementedError

    def wire(self, tool):
        """Listen to the tool, which is made when it is first needed."""
        raise NotImplementedError

    @property
    def tool(self):
        """Return the board's tool of the map."""
        if self._tool is None:
            self._tool = self._editing.tool(self.tool_kind)
            self.wire(self._tool)
        return self._tool

    def refresh(self):
        """Reckon anew what is shown."""
        raise NotImplementedError

    def stop(self):
        """Stop what is reckoned, and leave nothing on the map."""
        if self._tool is not None:
            self.iface.mapCanvas().unsetMapTool(self._tool)

    def take(self):
        """Take the board's tool in hand."""
        self.iface.mapCanvas().setMapTool(self.tool)

    def _opened(self, shown):
        if not shown:
            return
        panel = self.iface.mainWindow().findChild(QDockWidget, PANEL)
        if self._new and panel is not None and not panel.isFloating():  # one behind the other, at first
            self.iface.mainWindow().tabifyDockWidget(panel, self)
        self._new = False
        self.raise_()
        self.take()

    def _again(self):
        if self.isVisible():
            self.refresh()

    def _seen(self, seen):
        if seen:
            self._timer.start()
        elif self.isHidden():  # and not only behind another dock
            self.stop()


def scrolled(widget):
    """Return a widget that is scrolled where there is little room."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(widget)
    return area
