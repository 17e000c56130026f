"""QGIS itself opens a project: in a process of its own, see open_project.py."""

import importlib.util
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from ilo_gis import io, tables
from ilo_gis.plotting import STYLES
from ilo_gis.plotting.qml import OF_STORE

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


def _has_qgis():
    try:
        return importlib.util.find_spec("qgis.core") is not None
    except ModuleNotFoundError:
        return False


pytestmark = [
    pytest.mark.qgis,
    pytest.mark.skipif(not _has_qgis(), reason="QGIS's Python packages are not here"),
]
LAYERS = [*STYLES, "summary", "project"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("qgis")
    path = io.write_project(fake_plan(3, 3, angle=10), folder / "plan.gpkg")
    script = Path(__file__).with_name("open_project.py")
    home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    command = [sys.executable, str(script), str(path), str(folder / "plan.png"), *LAYERS]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | home, timeout=120, check=False
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout), folder / "plan.png"


def test_every_layer_opens_with_spanish_columns(opened):
    seen, _ = opened
    assert all(seen[name]["valid"] for name in LAYERS)
    for name in STYLES:
        assert seen[name]["crs"] == "EPSG:32719"
        spec = OF_STORE | tables.describe(name)["alias_es"].to_dict()
        aliases = {column: alias for column, alias in seen[name]["aliases"].items() if column != "fid"}
        named = {column: alias.partition(" (")[0] for column, alias in aliases.items()}  # without unit
        assert named == {column: spec[column] for column in named}
    assert seen["summary"]["aliases"]["item"] == "Concepto"


def test_styles_come_with_the_file(opened):
    seen, _ = opened
    assert seen["lots"]["renderer"] == "categorizedSymbol"
    assert seen["lots"]["categories"] == {k: s.fill for k, s in STYLES["lots"].symbols.items()}
    assert list(seen["findings"]["categories"]) == ["error", "warning", "info"]
    assert seen["lots"]["label"].startswith('"number" ||')
    assert seen["blocks"]["label"] == "block_id"
    assert seen["blocks"]["circle"]
    assert seen["blocks"]["outline"] == STYLES["blocks"].symbols["all"].outline
    assert len(seen["street_lines"]["categories"]) == len(STYLES["street_lines"].symbols)
    assert len(seen["reserves"]["categories"]) == len(STYLES["reserves"].symbols)


def test_the_map_is_not_blank(opened):
    from matplotlib.image import imread

    _, picture = opened
    image = (imread(picture)[..., :3] * 255).round().astype(int)
    cream = [int(STYLES["lots"].symbols["lot"].fill[i : i + 2], 16) for i in (1, 3, 5)]
    red = (image[..., 0] > 170) & (image[..., 1] < 80)
    assert (abs(image - cream).max(axis=-1) <= 3).mean() > 0.2
    assert red.sum() > 100
