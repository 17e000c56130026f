"""All that a planner reads is in Spanish: every text is translated, and no translation is left over."""

import ast
import configparser
import re
from pathlib import Path
from xml.etree import ElementTree

import package_plugin
import pytest
import window
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale

from ilo_gis.manual import GROUPS, manual
from ilo_gis.signatures import parameters
from ilo_gis.tools import NAMES

PLUGIN = package_plugin.PLUGIN
SAME = {"Error", "error", "No", "Ilo GIS", "{}: {}", "{} ({})"}  # words that are the same in Spanish
PLACE = re.compile(r"\{\w*\}")
WALKED = """
    from qgis.PyQt.QtWidgets import QAbstractButton, QAction, QComboBox, QDockWidget, QGroupBox, QLabel
    from qgis.PyQt.QtWidgets import QLineEdit, QTabWidget, QTableWidget
    from qgis.core import QgsApplication

    def texts(root):
        # what stands in a widget and in all that is in it
        for one in [root, *root.findChildren(object)]:
            for name in ("text", "title", "toolTip", "placeholderText", "windowTitle", "statusTip"):
                said = getattr(one, name, None)
                if callable(said) and isinstance(one, (QAction, QAbstractButton, QDockWidget, QGroupBox,
                                                       QLabel, QLineEdit, QTableWidget)):
                    yield said()
            if isinstance(one, QComboBox):
                yield from (one.itemText(i) for i in range(one.count()))
            if isinstance(one, QTabWidget):
                yield from (one.tabText(i) for i in range(one.count()))
            if isinstance(one, QTableWidget):
                cells = [one.item(i, j) for i in range(one.rowCount()) for j in range(one.columnCount())]
                cells += [one.horizontalHeaderItem(j) for j in range(one.columnCount())]
                yield from (cell.text() for cell in cells if cell is not None)

    main = iface.mainWindow()
    for dock in main.findChildren(QDockWidget):
        if dock.objectName().startswith("IloGis"):
            dock.show()
    idle()
    seen = set(texts(main))
    for algorithm in QgsApplication.processingRegistry().providerById("ilo_gis").algorithms():
        seen |= {algorithm.displayName(), algorithm.group(), algorithm.shortDescription()}
        seen |= {one.description() for one in algorithm.parameterDefinitions()}
        seen |= {one.description() for one in algorithm.outputDefinitions()}
    grab("spanish")
    tell(seen=sorted(filter(None, (str(text).replace("&", "") for text in seen))))
"""


def messages():
    """Return all translations: file, source, translation, state."""
    for file in sorted((PLUGIN / "i18n" / "es").glob("*.ts")):
        for message in ElementTree.parse(file).iter("message"):
            told = message.find("translation")
            yield file.stem, message.findtext("source"), told.text or "", told.get("type")


def literals():
    """Return the texts of all calls of tr in the plugin."""
    files = [file for file in PLUGIN.rglob("*.py") if "libs" not in file.parts]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "i18n.tr"):
                yield node.args[0].value


def progress():
    """Return what the tools of the library say while they work."""
    for file in (Path(__file__).parents[2] / "ilo_gis").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "go_on":
                yield from (one.value for one in node.args[2:] if isinstance(one, ast.Constant))


def said_of(name, tool):
    """Return what users read of a tool: its name, the choices there are, and its manual."""
    words = [name, *(word for one in parameters(tool) for word in one.choices)]
    said = [word.replace("_", " ").capitalize() for word in words]
    manual(tool, lambda text: said.append(text) or text)
    return said


@pytest.fixture(scope="module")
def wanted():
    """All texts that are shown: those of the code, and those of the library's tools."""
    tools = (text for name, tool in NAMES.items() for text in said_of(name, tool))
    return {*literals(), *progress(), *GROUPS.values(), *tools}


def test_every_text_is_translated(wanted):
    known = {source: told for _, source, told, state in messages() if state is None and told}
    assert sorted(wanted - set(known)) == []
    assert sorted(s for s in wanted if known[s] == s and s not in SAME and re.search("[a-z]", s)) == []


def test_no_translation_is_left_over(wanted):
    known = {source for _, source, _, _ in messages()}
    assert sorted(known - wanted) == []


def test_a_text_has_one_translation_in_one_area():
    told = {}
    for area, source, translation, _ in messages():
        told.setdefault(source, set()).add((area, translation))
    assert {s: sorted(t) for s, t in told.items() if len({one for _, one in t}) > 1} == {}


def test_placeholders_agree():
    for _, source, told, _ in messages():
        assert sorted(PLACE.findall(source)) == sorted(PLACE.findall(told)), source


def test_metadata_is_in_spanish_too():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(PLUGIN / "metadata.txt", "utf-8")
    for key in ("name", "description", "about"):
        assert parser["general"][f"{key}[es]"] != parser["general"][key]


@pytest.mark.parametrize(
    ("code", "word"), [("es_PE", "Manzanas"), ("es", "Manzanas"), ("fr", "Blocks"), ("en_US", "Blocks")]
)
def test_a_country_falls_back_to_its_language_and_others_to_english(spanish, code, word):
    from ilo_gis_plugin import i18n

    before = QLocale()  # QGIS itself tells the language only
    QgsApplication.setLocale(QLocale(code))
    try:
        found = i18n.translator()
        assert ((found.translate(i18n.CONTEXT, "Blocks") or "Blocks") if found else "Blocks") == word
        assert i18n.language() == ("es" if word == "Manzanas" else "en")
    finally:
        QgsApplication.setLocale(before)


def test_nothing_in_the_window_is_in_english(tmp_path, wanted):
    package_plugin.translate()
    known = {source: told for _, source, told, _ in messages()}
    seen = set(window.run(WALKED, tmp_path).told["seen"])
    assert "Ilo GIS" in seen
    assert sorted(text for text in seen & wanted if known[text] != text) == []
