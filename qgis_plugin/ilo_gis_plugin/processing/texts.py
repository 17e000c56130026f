"""What the library says of its tools, in the user's language; the sources are the texts of its docstrings."""

from qgis.PyQt.QtCore import QCoreApplication

from ..i18n import CONTEXT

__all__ = ["label", "said"]


def said(text):
    """Return a text of the library in the language of QGIS."""
    return QCoreApplication.translate(CONTEXT, text).replace("``", "") if text else ""


def label(name):
    """Return the short name of a tool, parameter, result or choice in the language of QGIS."""
    return said(name.replace("_", " ").capitalize())
