"""The words of the plugin in the language of QGIS: English in the code, Spanish in i18n/ilo_gis_es.ts."""

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

__all__ = ["CONTEXT", "in_language", "language", "reason", "tr", "translator"]

CONTEXT = "IloGis"


def tr(text: str) -> str:
    """Return a text of the plugin in the language of QGIS."""
    return QCoreApplication.translate(CONTEXT, text)


def language() -> str:
    """Return the language of QGIS that the library has words in too: ``"es"`` or ``"en"``."""
    return "es" if QgsApplication.locale().startswith("es") else "en"


def in_language(column: str) -> str:
    """Return the name of a column of the library that has its words in the language of QGIS."""
    return f"{column}_es" if language() == "es" else column


def reason(error) -> str:
    """Return what an error says in the language of QGIS; the plugin's own is so already."""
    if isinstance(error, ImportError):  # the library itself may be what is missing
        return str(error)
    from ilo_gis.refusals import said

    return said(error, language())


def translator() -> QTranslator | None:
    """Return the translator for the language of QGIS; a country's falls back to it: es_PE to es."""
    found = QTranslator()
    folder = str(Path(__file__).parent / "i18n")
    return found if found.load(f"ilo_gis_{QgsApplication.locale()[:2]}", folder) else None
