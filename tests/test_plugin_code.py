"""The code of the QGIS plugin: thin, for Qt 5 and Qt 6, and as plugins.qgis.org asks."""

import ast
import configparser
import io
import re
import tokenize
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parents[1] / "qgis_plugin" / "ilo_gis_plugin"
FILES = sorted(f for f in PLUGIN.rglob("*.py") if "libs" not in f.parts)
NAMES = {file: str(file.relative_to(PLUGIN)) for file in FILES}
LAZY = {"ilo_gis", "geopandas", "pandas", "numpy", "shapely", "pyproj"}  # imported inside functions only
RECKONING = {"numpy", "scipy", "shapely"}  # the bridge alone needs some of it
NEVER = {"subprocess", "pip", "pickle", "marshal", "ctypes", "PyQt5", "PyQt6", "PySide2", "PySide6"}
NEVER |= {"pyogrio", "fiona", "rasterio", "urllib", "requests", "socket"}
EDITING = {"editing", "maptools", "boards"}  # interactive editing, which is counted apart
CALLS = {"eval", "exec", "compile", "__import__"}
READERS = {
    "read_file",
    "read_layer",
    "to_file",
    "to_gpkg",
    "read_parquet",
}  # of files that QGIS may have open
# enums that 3.22 has not
NEWER = {
    "Qgis.GeometryType",
    "Qgis.WkbType",
    "Qgis.LayerType",
    "Qgis.ProcessingSourceType",
    "Qgis.SnappingMode",
}
NEWER |= {"Qgis.SnappingType", "Qgis.TransactionMode", "QMetaType.Type"}
CLASS = re.compile(r"(Q[A-Z]\w*|Qt|Qgis)\.\w")
NO_ENUM = re.compile(r"QVariant\.|Qt\.(tr|escape)$|\.(staticMetaObject|NULL|instance)$")


@pytest.fixture(params=FILES, ids=NAMES.get)
def tree(request):
    return ast.parse(request.param.read_text("utf-8"), str(request.param))


def imported(node):
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    inside = isinstance(node, ast.ImportFrom) and not node.level
    return {node.module.split(".")[0]} if inside else set()


def dotted(node):
    return ast.unparse(node) if isinstance(node, ast.Attribute) else ""


def lines_of_code(text):
    """Return the numbers of the lines that are neither empty, nor comment, nor docstring."""
    apart = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    told = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node) is not None
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0] for token in tokens if token.type not in apart and token.string.strip()} - told


def test_the_plugin_is_thin():
    texts = {NAMES[file]: file.read_text("utf-8") for file in FILES}
    rest = [text for name, text in texts.items() if Path(name).parts[0] not in EDITING]
    assert sum(len(lines_of_code(text)) for text in rest) <= 2500
    assert [name for name, text in texts.items() if text.count("\n") > 400] == []


def test_functions_are_short(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno + 1 <= 50, node.name


def test_imports_are_qgis_and_nothing_that_runs_or_reads_by_itself(tree):
    found = set().union(*map(imported, ast.walk(tree)))
    assert not found & NEVER


def test_heavy_packages_are_imported_when_needed(tree):
    """QGIS without them loads the plugin, which then says what is missing."""
    guarded = [node for node in tree.body if isinstance(node, ast.If)]
    top = set().union(*map(imported, tree.body)) | set().union(
        *(imported(n) for g in guarded for n in g.body)
    )
    assert not top & LAZY


def test_only_the_bridge_touches_geometries():
    for file in FILES:
        found = set().union(*map(imported, ast.walk(ast.parse(file.read_text("utf-8")))))
        allowed = {"numpy", "shapely"} if file.name == "bridge.py" else set()
        assert not found & RECKONING - allowed, NAMES[file]


def test_nothing_is_run_from_text_and_no_file_is_opened_beside_qgis(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            called = isinstance(node.func, ast.Name)
            assert not (called and name in CALLS), f"line {node.lineno}: {name}"
            assert name not in READERS, (
                f"line {node.lineno}: {name} would open a file that QGIS may have open"
            )


def old_names(tree):
    """Yield enums that 3.22 lacks, and members straight on a class, which Qt 6 does not have.

    What is called is a class, what has members beside it an enum, and what is all capitals a constant.
    """
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    used = {dotted(node) for node in ast.walk(tree)}
    for node in ast.walk(tree):
        text = dotted(node)
        if not CLASS.match(text) or NO_ENUM.search(text):
            continue
        if any(text.startswith(f"{newer}.") for newer in NEWER):
            yield text
        member = text.rpartition(".")[2]
        bare = text.count(".") == 1 and member[0].isupper() and not member.isupper()
        if bare and id(node) not in called and not any(other.startswith(f"{text}.") for other in used):
            yield text


def test_enums_are_fully_scoped_and_known_to_3_22(tree):
    assert list(old_names(tree)) == []


def test_old_names_are_found():
    code = (
        "Qt.AlignLeft, Qt.DateFormat.ISODate, Qgis.WkbType.Point, Qgis.Warning, QVariant.Int, QgsTask.Flag()"
    )
    assert sorted(old_names(ast.parse(code))) == ["Qgis.Warning", "Qgis.WkbType.Point", "Qt.AlignLeft"]


def test_dialogs_run_by_exec(tree):
    assert not [node.lineno for node in ast.walk(tree) if getattr(node, "attr", "") == "exec_"]


def test_texts_to_translate_are_literals(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            [text] = node.args
            assert isinstance(text, ast.Constant), f"line {node.lineno}: format after tr, not before"


def test_metadata_is_what_plugins_qgis_org_asks_for():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(PLUGIN / "metadata.txt", "utf-8")
    facts = dict(parser["general"])
    asked = ["name", "qgisMinimumVersion", "description", "about", "version", "author", "email", "repository"]
    asked += ["homepage", "tracker", "icon", "category", "tags", "changelog", "name[es]", "about[es]"]
    assert [name for name in asked if not facts.get(name)] == []
    assert (facts["qgisMinimumVersion"], facts["qgisMaximumVersion"]) == ("3.22", "4.99")
    assert facts["hasProcessingProvider"] == "yes"
    assert "plugin" not in facts["name"].lower()
    assert re.fullmatch(r"\d+\.\d+\.\d+", facts["version"])
    project = (PLUGIN.parents[1] / "pyproject.toml").read_text("utf-8")
    assert f'\nversion = "{facts["version"]}"' in project
    for name in ("LICENSE", facts["icon"]):
        assert (PLUGIN / name).is_file()
    for package in ("geopandas", "shapely", "pandas", "scipy", "pyogrio"):
        assert package in facts["about"], "plugins.qgis.org wants dependencies named there"
