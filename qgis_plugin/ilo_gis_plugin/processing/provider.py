"""The provider: one algorithm for each tool of the catalogue."""

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

__all__ = ["IloGisProvider"]

ICON = str(Path(__file__).parents[1] / "icon.svg")


class IloGisProvider(QgsProcessingProvider):
    """All tools of `ilo_gis.tools.TOOLS`, in the Toolbox, models, batches and `qgis_process`."""

    def id(self) -> str:
        return "ilo_gis"

    def name(self) -> str:
        return "Ilo GIS"

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def loadAlgorithms(self) -> None:
        """Add an algorithm for each tool."""
