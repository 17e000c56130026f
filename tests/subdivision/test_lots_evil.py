"""Lots of real blocks, and of polygons that broke geometry libraries."""

from time import perf_counter

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from test_lots import RULE, counts, layer, prove

from ilo_gis.errors import GeometryError
from ilo_gis.subdivision import LotRule, cut_lots


def test_real_blocks_of_lima(shared_data):
    blocks = gpd.read_file(shared_data / "lima_sector.gpkg", layer="blocks")
    lots = cut_lots(blocks, RULE)
    prove(blocks, lots, RULE)
    assert counts(lots)[0] >= 1300
    assert (lots.area > 0.01).all()


def evil(shared_data):
    return pd.read_json(shared_data / "torture_polygons.jsonl", lines=True)


def answer(number, row, rule):
    """Cut one evil polygon, or see it refused by name."""
    shape = shapely.from_wkb(row.wkb)
    blocks = layer(shape, names=[f"P{number}"])
    if row.valid and shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty:
        lots = cut_lots(blocks, rule)
        assert lots.area.sum() == pytest.approx(shape.area, rel=1e-9)
        assert shapely.is_valid(lots.geometry.array).all()
    else:
        with pytest.raises(GeometryError, match=f"- P{number}: "):
            cut_lots(blocks, rule)


def rule_for(row):
    """Return a rule by which the polygon holds some forty lots, whatever its size."""
    area = shapely.from_wkb(row.wkb).area / 40
    return LotRule(area, np.sqrt(area / 2.5).item()) if np.isfinite(area) and area > 0 else RULE


def test_a_fifth_of_the_evil_polygons(shared_data):
    for number, row in evil(shared_data).iloc[::5].iterrows():
        answer(number, row, rule_for(row))


@pytest.mark.slow
def test_all_evil_polygons(shared_data):
    for number, row in evil(shared_data).iterrows():
        begin = perf_counter()
        answer(number, row, RULE)
        assert perf_counter() - begin < 10, number
