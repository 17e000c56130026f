"""What QGIS starts and stops: nothing but wiring."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QMenu

from . import expressions, i18n, library
from .layers import Frames
from .processing.dialog import ask

__all__ = ["IloGisPlugin"]


class IloGisPlugin:
    """The plugin: what `initGui` adds, `unload` takes away."""

    def __init__(self, iface) -> None:
        self.iface = iface
        library.add_to_path()
        self.translator = i18n.translator()
        if self.translator is not None:
            QCoreApplication.installTranslator(self.translator)
        self.provider, self.parts = None, []

    def initProcessing(self) -> None:
        """Add the algorithms; all that `qgis_process` starts."""
        from .processing.provider import IloGisProvider

        library.tell(self.iface and self.iface.messageBar())
        self.provider = IloGisProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add all of the plugin to the window."""
        from .boards.pending import PendingBoard
        from .boards.promuvi import PromuviDesk
        from .boards.relocation import RelocationBoard
        from .dock.panel import Panel
        from .maptools.toolbar import EditingToolbar
        from .project.opening import ProjectActions

        self.initProcessing()
        bar = self.iface.mainWindow().menuBar()
        menu = QMenu("Ilo GIS", bar)
        bar.insertMenu(bar.actions()[-1] if bar.actions() else None, menu)  # before the help
        toolbar = self.iface.addToolBar("Ilo GIS")
        toolbar.setObjectName("IloGis")
        frames = Frames()
        self.projects, self.panel = ProjectActions(self.iface, menu, toolbar), Panel(self.iface, frames)
        self.editing = EditingToolbar(self.iface, frames)
        self.boards = [kind(self.iface, frames, self.editing) for kind in (RelocationBoard, PromuviDesk)]
        self.pending = PendingBoard(self.iface, frames, self.editing)
        self.parts = [frames, self.projects, self.panel, self.editing, *self.boards, self.pending]
        self.parts.append(expressions.Expressions(frames))
        menu.addAction(i18n.tr("Plans to PDF…")).triggered.connect(lambda: ask("print_sheets"))

    def unload(self) -> None:
        """Take away all that was added."""
        while self.parts:
            self.parts.pop().remove()
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
