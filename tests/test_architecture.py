"""The one-way order of the packages, the size of files and functions, and what an import costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ilo_gis"
FILES = sorted(PACKAGE.rglob("*.py"))
BASE = ["errors", "progress", "sources", "geometry", "tables", "norms", "site"]  # every plan stands on a site
DOMAINS = {"subdivision", "zoning", "relocation", "promuvi", "siting", "networks"}
SIDE = {"io", "scale", "plotting", "refusals", "reports"}  # know errors and tables; called from workflows on
ABOVE = ["steps", "review", "kept", "lot_labels", "editing", "workflows", "example"]
ABOVE += ["tools", "signatures", "manual", "calling", "console", "cli"]
NAMES = {file: str(file.relative_to(PACKAGE)) for file in FILES}


def package_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def may_import(own, other):
    if own == other:
        return True
    if own in BASE:
        return other in BASE[: BASE.index(own)]
    if own in DOMAINS:
        return other in BASE
    if own in SIDE:
        return other in {"errors", "progress", "tables"} | SIDE
    return other in {*BASE, *DOMAINS, *SIDE, *ABOVE[: ABOVE.index(own)]}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ilo_gis":
            inner = (node.module or "").split(".")[1:]
            yield from [inner[0]] if inner else [alias.name for alias in node.names]


@pytest.mark.parametrize(
    "path", [f for f in FILES if f.parent != PACKAGE or f.stem != "__init__"], ids=NAMES.get
)
def test_imports_go_one_way(path):
    for other in imports(path):
        assert may_import(package_of(path), other), f"{package_of(path)} must not import {other}"


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_files_and_functions_stay_small(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            doc = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
            assert node.end_lineno - node.lineno + 1 - doc <= 50, node.name


def test_every_package_is_known():
    known = {*BASE, *DOMAINS, *SIDE, *ABOVE, "__init__", "sample_data"}
    assert {package_of(file) for file in FILES} <= known


def test_import_is_light():
    heavy = {"numpy", "pandas", "geopandas", "matplotlib", "scipy", "typer"}
    code = f"import ilo_gis, sys; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_command_line_starts_without_the_heavy_packages():
    code = (
        "import ilo_gis.cli, sys; print(*{'pandas', 'geopandas', 'matplotlib', 'shapely'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_files_of_tests_have_names_of_their_own():
    names = [file.name for file in Path(__file__).parent.rglob("test_*.py")]
    assert len(set(names)) == len(names), "pytest imports tests by their file names"
