"""The panel «Ilo GIS» and its action in the toolbar."""

from qgis.core import Qgis
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QLabel, QScrollArea, QSplitter, QTabWidget

from .. import library
from ..i18n import tr
from ..processing.provider import ICON
from ..work import Work, tell
from .alternatives import AlternativesPage
from .findings import FindingsPage
from .layers import ProjectLayers
from .steps import StepsPage
from .summary import SummaryPage

__all__ = ["Panel"]

NAME = "IloGisPanel"  # by which QGIS remembers where it stands and whether it is open


class Panel:
    """Adds the panel to the window; `remove` takes it away with all that listens."""

    def __init__(self, iface, frames):
        self.iface, self._frames = iface, frames
        self.dock = QgsDockWidget(tr("Ilo GIS"), iface.mainWindow(), objectName=NAME)
        self.action = QAction(QIcon(ICON), tr("Ilo GIS panel"), iface.mainWindow(), checkable=True)
        self.dock.setToggleVisibilityAction(self.action)
        self.layers = None
        self.dock.setWidget(self._problem() or self._pages())
        iface.addToolBarIcon(self.action)
        if not iface.mainWindow().restoreDockWidget(self.dock):
            iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)

    def remove(self):
        """Take the panel away."""
        if self.layers is not None:
            for signal in (self.dock.visibilityChanged, self.layers.changed):
                signal.disconnect(self.refresh)  # else it would begin anew while it goes
            for part in (self, self.findings, self.alternatives):
                part.work.stop()
        self.iface.removeToolBarIcon(self.action)
        self.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.action.deleteLater()

    def _problem(self):
        found = library.problems()
        text = "\n".join([tr("Ilo GIS cannot work here:"), *found, "", library.remedy()])
        return QLabel(text, wordWrap=True) if found else None

    def _pages(self):
        self.layers = ProjectLayers(self._frames, self.dock)
        self.steps, self.summary = StepsPage(self.layers, self.iface), SummaryPage()
        self.findings = FindingsPage(self.layers, self.iface, self._failed)
        self.alternatives = AlternativesPage(self.layers, self.iface, self._failed)
        self.work = Work(tr("Figures of the plan"), self._show, self._failed)
        where = QScrollArea(widgetResizable=True)
        where.setWidget(self.steps)
        first = QSplitter(Qt.Orientation.Vertical)
        first.addWidget(where)
        first.addWidget(self.summary)
        first.setSizes([340, 260])
        tabs = QTabWidget()
        tabs.addTab(first, tr("Steps"))
        tabs.addTab(self.findings, tr("Findings"))
        tabs.addTab(self.alternatives, tr("Alternatives"))
        self.layers.changed.connect(self.refresh)
        self.dock.visibilityChanged.connect(self.refresh)
        self.refresh()
        return tabs

    def refresh(self, *_):
        """Reckon steps and figures anew, in the background, from what the layers show now."""
        from ilo_gis.kept import standing

        if self.dock.isVisible():
            self.work.start(standing, self.layers.frames, self.layers.selected, self.layers.address)

    def _show(self, told):
        table, figures, selected = told
        self.steps.show_steps(table)
        if figures is not None:
            self.summary.show_figures(figures, selected)

    def _failed(self, summary, details):
        tell(self.iface.messageBar(), summary, details, Qgis.MessageLevel.Warning)
