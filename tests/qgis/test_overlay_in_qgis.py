"""Lots in zones agree with QGIS's own overlay, to the last digit that counts."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis.zoning import assign


def _has_qgis():
    try:
        return importlib.util.find_spec("qgis.core") is not None
    except ModuleNotFoundError:
        return False


pytestmark = [
    pytest.mark.qgis,
    pytest.mark.skipif(not _has_qgis(), reason="QGIS's Python packages are not here"),
]
X, Y = 254_000.0, 8_047_000.0
LEAST = 1e-4  # m2; below it, overlays may differ on whether two neighbours touch or overlap


def grid(columns, rows, width, height, angle=0.0):
    """Return rectangles that share their edges, turned round their corner."""
    cells = [
        shapely.box(i * width, j * height, (i + 1) * width, (j + 1) * height)
        for j in range(rows)
        for i in range(columns)
    ]
    turned = shapely.affinity.rotate(shapely.GeometryCollection(cells), angle, origin=(0, 0))
    return [shapely.affinity.translate(one, X, Y) for one in turned.geoms]


def cases():
    """Return lots and zones by name: what overlays stumble over."""
    lots = grid(40, 6, 8.0, 20.0)
    hole = shapely.box(X + 100, Y + 30, X + 150, Y + 70)
    round_park = shapely.Point(X + 200, Y + 60).buffer(33)
    whole = shapely.box(X - 10, Y - 10, X + 330, Y + 130)
    strips = [shapely.box(X + 8 * k - 1e-3, Y - 5, X + 8 * (k + 1) - 1e-3, Y + 125) for k in range(0, 40)]
    return {
        "edges shared": (lots, grid(4, 3, 80.0, 40.0)),
        "turned alike": (grid(40, 6, 8.0, 20.0, 33.0), grid(4, 3, 80.0, 40.0, 33.0)),
        "turned across": (lots, grid(12, 9, 44.0, 31.0, -21.7)),
        "holes and curves": (lots, [whole - hole - round_park, hole, round_park]),
        "slivers of a millimetre": (lots, strips),
    }


@pytest.mark.parametrize("name", cases())
def test_areas_by_lot_and_zone_are_those_of_qgis(name, tmp_path):
    land, areas = cases()[name]
    lots = gpd.GeoDataFrame({"lot_id": [f"L{k}" for k in range(len(land))]}, geometry=land, crs=32719)
    zones = gpd.GeoDataFrame({"zone_id": [f"Z{k}" for k in range(len(areas))]}, geometry=areas, crs=32719)
    path = tmp_path / "layers.gpkg"
    lots.to_file(path, layer="lots")
    zones.to_file(path, layer="zones")
    home = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, str(Path(__file__).with_name("overlay.py")), str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | home, timeout=120, check=False
    )
    assert done.stdout, done.stderr
    theirs = pd.Series(json.loads(done.stdout))
    pairs = _ours(lots.set_index("lot_id"), zones.set_index("zone_id").assign(code="RDM"))
    both = pd.concat({"ours": pairs, "qgis": theirs}, axis=1).fillna(0.0)
    told = both[both.max(axis=1) > LEAST]
    assert len(told) >= len(lots)
    assert np.allclose(told["ours"], told["qgis"], rtol=1e-6, atol=1e-6)
    assert both["ours"].sum() == pytest.approx(both["qgis"].sum(), abs=1e-3)


def _ours(lots, zones):
    """Return the area of each pair, as `assign` measures it: zone after zone takes its share."""
    found = [assign(lots, zones.loc[[name]]).assign(pair=lots.index + f"|{name}") for name in zones.index]
    table = pd.concat(found).query("share > 0")
    return pd.Series((table["share"] * table["area"]).to_numpy(), table["pair"])
