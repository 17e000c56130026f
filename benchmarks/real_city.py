"""The blocks of a real sector of Lima: our lots beside those that the city has."""

import geopandas as gpd
import numpy as np
import shapely
from rich.table import Table

from benchmarks import data
from ilo_gis.geometry.measure import elongation, fronts
from ilo_gis.subdivision import LotRule, cut_lots


def city_lots(blocks, lots):
    """Return area, front and depth to width of the city's own lots, measured as ours are."""
    pieces = shapely.get_parts(np.asarray(lots.geometry.array))
    outlines = shapely.get_exterior_ring(shapely.get_parts(np.asarray(blocks.geometry.array)))
    nearest = shapely.STRtree(outlines).nearest(pieces)
    front = fronts(pieces, outlines[nearest], 0.3)
    return shapely.area(pieces), front.frontage, elongation(pieces)


def table():
    """Return counts, areas and fronts for the city and for three rules."""
    file = data.path("lima_sector.gpkg")
    if file is None:
        return "skipped: lima_sector.gpkg is not here"
    blocks, lots = (gpd.read_file(file, layer=name) for name in ("blocks", "lots"))
    area, front, ratio = city_lots(blocks, lots)
    bare = front > 0
    typical = LotRule(round(float(np.median(area))), round(float(np.median(front[bare])), 1))
    small = LotRule(round(float(np.quantile(area, 0.1))), round(float(np.quantile(front[bare], 0.1)), 1))
    result = Table(
        "", "lots", "area, median m2", "front, median m", "depth:width p95", "in lots", "share of bound"
    )
    result.add_row(
        "the city's own", f"{len(area):,}", f"{np.median(area):.0f}", f"{np.median(front[bare]):.1f}",
        f"{np.quantile(ratio, 0.95):.1f}", f"{area.sum() / blocks.area.sum():.1%}", "",
    )  # fmt: skip
    for name, rule in {
        "at least the city's median lot": typical,
        "at least the city's lower tenth": small,
        "TH.010 type 3": LotRule(160.0, 8.0),
    }.items():
        ours = cut_lots(blocks, rule)
        legal = ours[ours["kind"] == "lot"]
        bound = np.minimum(blocks.area // rule.min_area, blocks.length // rule.min_frontage).sum()
        result.add_row(
            f"{name}: {rule.min_area:g} m2, {rule.min_frontage:g} m", f"{len(legal):,}",
            f"{legal['area'].median():.0f}", f"{legal['frontage'].median():.1f}",
            f"{legal['ratio'].quantile(0.95):.1f}",
            f"{legal['area'].sum() / blocks.area.sum():.1%}", f"{len(legal) / bound:.0%}",
        )  # fmt: skip
    return result
