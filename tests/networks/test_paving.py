"""Paving by block: land that is conserved, and the figures of the papers."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis import norms
from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.networks import paving

CRS = 32719


def cross():
    """Return four blocks of 60 x 40 m round two streets of 12 m that cross."""
    corners = {"A": (0, 52), "B": (72, 52), "C": (0, 0), "D": (72, 0)}
    blocks = gpd.GeoDataFrame(
        index=list(corners),
        geometry=[shapely.box(x, y, x + 60, y + 40) for x, y in corners.values()],
        crs=CRS,
    )
    land = shapely.union(shapely.box(0, 40, 132, 52), shapely.box(60, 0, 72, 92))
    return blocks, gpd.GeoDataFrame(geometry=[land], crs=CRS)


def test_each_block_has_half_of_its_streets():
    """60 x 6 m + 40 x 6 m + its quarter of the crossing, 6 x 6 m: 636 m2."""
    blocks, streets = cross()
    lots = gpd.GeoDataFrame(
        {"block_id": ["A", "A", "A"], "kind": ["lot", "lot", "remnant"]},
        geometry=[shapely.box(k, 60, k + 8, 80) for k in (0, 8, 16)],
        crs=CRS,
    )
    table = paving(blocks, streets, 8.91, lots, municipality=0.32)
    assert table["area"].to_numpy() == pytest.approx([636] * 4, abs=1e-6)
    assert table["lots"].tolist() == [2, 0, 0, 0]
    assert table["cost_per_lot"].iloc[0] == pytest.approx(636 * 8.91 / 2)
    assert table["cost_per_lot"].isna().tolist() == [False, True, True, True]
    assert table["municipality"].to_numpy() == pytest.approx(table["cost"] * 0.32)
    assert (table["municipality"] + table["community"]).to_numpy() == pytest.approx(table["cost"])


def test_land_is_shared_out_exactly_and_once_however_the_blocks_lie():
    rng = np.random.default_rng(4)
    at = [(x * 70 + rng.uniform(0, 20), y * 60 + rng.uniform(0, 15)) for x in range(5) for y in range(4)]
    land = [shapely.Polygon([(x, y), (x + 40, y + 5), (x + 45, y + 38), (x - 3, y + 35)]) for x, y in at]
    blocks = gpd.GeoDataFrame(geometry=land, index=[f"B{k}" for k in range(20)], crs=CRS)
    street = shapely.box(-20, -20, 370, 270) - shapely.union_all(land)
    table = paving(blocks, gpd.GeoDataFrame(geometry=[street], crs=CRS), 1.0)
    assert table["area"].sum() == pytest.approx(street.area, rel=1e-9)
    shapes = table.geometry.to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[one], shapes[two]))[one < two]
    assert common.max() < 1e-6


def test_figures_of_the_papers():
    """480 m2 for US$4,278; 720 m2 for 5,780 (2,200 + 3,580); 528 m2 for 3,800 (600 + 3,200)."""
    rules = norms.load("pe")
    known = {name: rules[f"paving.{name}"].value for name in ("usual", "tren_al_sur", "cite_15")}
    assert known["usual"]["cost"] == pytest.approx(4278 / 480, abs=0.005) == rules["costs.paving"].value
    assert known["tren_al_sur"]["cost"] == pytest.approx(5780 / 720, abs=0.005)
    assert known["cite_15"]["cost"] == pytest.approx(3800 / 528, abs=0.005)
    paid = {"usual": 1370 / 4278, "tren_al_sur": 2200 / 5780, "cite_15": 600 / 3800}
    for name, share in paid.items():
        assert known[name]["municipality"] == pytest.approx(share, abs=0.001)
        assert known[name]["municipality"] + known[name]["community"] == pytest.approx(1)


def test_bad_input_is_refused():
    blocks, streets = cross()
    with pytest.raises(RuleError, match="cost is -1"):
        paving(blocks, streets, -1)
    with pytest.raises(SchemaError, match="block_id"):
        paving(blocks, streets, 1.0, blocks)
