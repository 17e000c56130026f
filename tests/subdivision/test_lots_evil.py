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


def test_no_lot_has_a_neck_where_a_side_line_meets_a_corner_of_a_lot_that_stays():
    block = (
        "POLYGON ((251987.09242928153 8046108.691322836, 251987.44361903987 8046111.257684003, "
        "251999.06108404658 8046159.234771827, 252035.8352177287 8046169.1809936315, 252037.44428947393 "
        "8046160.732795537, 252043.2557055103 8046161.839657052, 252055.79759577976 8046124.368837176, "
        "251987.09242928153 8046108.691322836))"
    )
    stays = (
        "POLYGON ((252013.53234354433 8046138.816546516, 252010.56969098735 8046149.770352225, "
        "252007.39986383892 8046161.49014388, 251999.15321407607 8046159.25969004, 252002.27640879352 "
        "8046147.71231232, 252005.2412978584 8046136.7502375785, 252005.31893689604 8046136.769586916, "
        "252011.3748392944 8046138.278849525, 252013.53234354433 8046138.816546516))"
    )
    blocks, keep = (
        layer(shapely.from_wkt(text), names=[name]) for text, name in ((block, "K"), (stays, "K-4"))
    )
    lots = cut_lots(blocks, LotRule(160.0, 8.0), keep=keep.assign(block_id="K", number=4))
    assert shapely.minimum_clearance(lots.geometry.array).min() > 1e-6
    assert lots.area.sum() == pytest.approx(blocks.area.item(), rel=1e-9)
