"""What the library says of its tools, in the user's language; the sources are the texts of its docstrings."""

from qgis.PyQt.QtCore import QCoreApplication

from ..i18n import CONTEXT

__all__ = ["label", "said", "sources"]


def said(text):
    """Return a text of the library in the language of QGIS."""
    return QCoreApplication.translate(CONTEXT, text).replace("``", "") if text else ""


def label(name):
    """Return the short name of a tool, parameter, result or choice in the language of QGIS."""
    return said(_words(name))


def sources(name, tool):
    """Return all texts of a tool that users read, for the test that they are translated."""
    from ilo_gis.signatures import parameters, results, summary

    asked = [one for one in parameters(tool) if one.kind != "progress"]
    given = results(tool)
    words = [name, *(one.name for one in asked), *(word for one in asked for word in one.choices)]
    words += [one.table or one.name for one in given]
    return [*map(_words, words), summary(tool), *(one.text for one in asked)]


def _words(name):
    return name.replace("_", " ").capitalize()
