"""The provider: one algorithm for each tool of the catalogue."""

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .. import library

__all__ = ["IloGisProvider"]

ICON = str(Path(__file__).parents[1] / "icon.svg")


class IloGisProvider(QgsProcessingProvider):
    """All tools of `ilo_gis.tools`, in the Toolbox, models, batches and `qgis_process`."""

    def id(self) -> str:
        return "ilo_gis"

    def name(self) -> str:
        return "Ilo GIS"

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def warningMessage(self) -> str:
        return "\n".join(library.problems())

    def loadAlgorithms(self) -> None:
        """Add an algorithm for each tool; none where the packages that they stand on are missing."""
        if library.problems():  # which `warningMessage` tells; old packages fail in ways of their own
            return
        library.load_apart()
        from ilo_gis.tools import NAMES

        from ..layouts.algorithm import PrintSheets
        from .algorithm import IloAlgorithm

        for name, tool in NAMES.items():
            self.addAlgorithm(IloAlgorithm(name, tool))
        self.addAlgorithm(PrintSheets())
