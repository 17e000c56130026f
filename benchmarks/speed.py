"""A thousand rectangles of 100 x 60 m at UTM coordinates, turned 23 degrees: yield, speed, exactness."""

from time import perf_counter

import geopandas as gpd
import numpy as np
import shapely
from rich.table import Table

from ilo_gis.subdivision import LotRule, cut_lots

RULE = LotRule(min_area=160.0, min_frontage=8.0)


def blocks(count=1000):
    """Return the blocks, 12 m apart."""
    n = np.arange(count)
    x, y = 254_000 + (n % 32) * 112.0, 8_047_000 + (n // 32) * 72.0
    boxes = shapely.box(x, y, x + 100, y + 60)
    turned = gpd.GeoSeries(boxes, crs=32719).rotate(23, origin=(254_000, 8_047_000))
    return gpd.GeoDataFrame(geometry=turned.set_axis(n.astype(str)))


def table():
    """Return yield, speed and exactness."""
    given = blocks()
    cut_lots(given.head(10), RULE)
    start = perf_counter()
    lots = cut_lots(given, RULE)
    seconds = perf_counter() - start
    legal = int((lots["kind"] == "lot").sum())
    lost = abs(lots["area"].sum() - given.area.sum()) / given.area.sum()
    result = Table("blocks", "legal lots", "share of the bound", "lots/s", "land lost", "valid cover")
    bound = (np.minimum(given.area // RULE.min_area, given.length // RULE.min_frontage)).sum()
    cover = shapely.coverage_is_valid(np.asarray(lots.geometry.array))
    result.add_row(
        f"{len(given):,}",
        f"{legal:,}",
        f"{legal / bound:.0%}",
        f"{legal / seconds:,.0f}",
        f"{lost:.0e}",
        str(cover),
    )
    return result
