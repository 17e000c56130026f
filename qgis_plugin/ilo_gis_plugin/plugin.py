"""What QGIS starts and stops: nothing but wiring."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
<<<<<<< HEAD
from qgis.PyQt.QtWidgets import QMenu
=======
from qgis.PyQt.QtWidgets import QAction
>>>>>>> 805dc44 (QGIS plugin: plans on paper, a sheet a block and a lot, as PDF from the menu and without a window)

from . import expressions, i18n, library

__all__ = ["IloGisPlugin"]


class IloGisPlugin:
    """The plugin: what `initGui` adds, `unload` takes away."""

    def __init__(self, iface) -> None:
        self.iface = iface
        library.add_to_path()
        self.translator = i18n.translator()
        if self.translator is not None:
            QCoreApplication.installTranslator(self.translator)
<<<<<<< HEAD
        self.provider = self.panel = self.expressions = self.projects = None
=======
        self.provider = self.panel = self.expressions = self.sheets = None
>>>>>>> 805dc44 (QGIS plugin: plans on paper, a sheet a block and a lot, as PDF from the menu and without a window)

    def initProcessing(self) -> None:
        """Add the algorithms; all that `qgis_process` starts."""
        from .processing.provider import IloGisProvider

        self.provider = IloGisProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add all of the plugin to the window."""
        library.tell(self.iface.messageBar())
        self.initProcessing()
        from .project.opening import ProjectActions

        bar = self.iface.mainWindow().menuBar()
        self.menu = QMenu("Ilo GIS", bar)
        bar.insertMenu(bar.actions()[-1] if bar.actions() else None, self.menu)  # before the help
        self.toolbar = self.iface.addToolBar("Ilo GIS")
        self.toolbar.setObjectName("IloGis")
        self.projects = ProjectActions(self.iface, self.menu, self.toolbar)
        from .dock.panel import Panel

        self.panel = Panel(self.iface)
        self.expressions = expressions.Expressions()
        self.sheets = QAction(i18n.tr("Plans to PDF…"), self.iface.mainWindow())
        self.sheets.triggered.connect(self._print)
        self.iface.addPluginToMenu("Ilo GIS", self.sheets)

    def _print(self) -> None:
        from qgis import processing

        processing.createAlgorithmDialog("ilo_gis:print_sheets").show()

    def unload(self) -> None:
        """Take away all that was added."""
        if self.projects is not None:
            self.projects.unload()
            self.menu.deleteLater()
            self.toolbar.deleteLater()
            self.projects = None
        if self.panel is not None:
            self.panel.remove()
            self.panel = None
        if self.sheets is not None:
            self.iface.removePluginMenu("Ilo GIS", self.sheets)
            self.sheets = None
        if self.expressions is not None:
            self.expressions.remove()
            self.expressions = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
