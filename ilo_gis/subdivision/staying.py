"""Lots that must not move, as blocks and lots of a new plan."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.geometry.measure import fronts, perimeter, sides
from ilo_gis.subdivision.blocks import StreetLayout
from ilo_gis.subdivision.ground_plan import Start
from ilo_gis.subdivision.lots import STREET_REACH
from ilo_gis.subdivision.numbering import letter
from ilo_gis.tables import conform

__all__ = ["with_staying"]


def with_staying(
    layout: StreetLayout, start: Start, streets: gpd.GeoDataFrame
) -> tuple[StreetLayout, gpd.GeoDataFrame | None]:
    """Add the land of lots that stay to the blocks, and return these lots as `cut_lots` keeps them.

    A block keeps the letter that its lots name (column ``block_id``) where no other block has it;
    otherwise it has one after the last. Lots keep their ids and geometry.

    Parameters
    ----------
    layout : StreetLayout
    start : Start
    streets : GeoDataFrame
        Land of streets that lots front.
    """
    if start.locked is None or start.locked.empty:
        return layout, None
    lots = start.locked
    shapes = np.asarray(lots.geometry.array, dtype=object)
    lot, piece = shapely.STRtree(start.blocks).query(shapely.point_on_surface(shapes), predicate="within")
    of = np.empty(len(lots), dtype=np.int64)
    of[lot] = piece
    said = lots["block_id"].astype(object).to_numpy() if "block_id" in lots else np.full(len(lots), None)
    taken, number, ids = set(layout.blocks.index.astype(str)), len(layout.blocks), []
    for k in range(len(start.blocks)):
        name = next((str(s) for s in said[of == k] if not pd.isna(s) and str(s) not in taken), None)
        while name is None or name in taken:
            number += 1
            name = letter(number)
        taken.add(name)
        ids.append(name)
    long, short = sides(start.blocks)
    measures = {
        "area": shapely.area(start.blocks),
        "perimeter": perimeter(start.blocks),
        "length": long,
        "width": short,
    }
    index = pd.Index(ids, name="block_id", dtype=object)
    own = conform(gpd.GeoDataFrame(measures, geometry=start.blocks, index=index, crs=lots.crs), "blocks")
    road = shapely.union_all(np.asarray(streets.geometry.array, dtype=object))
    front = fronts(shapes, np.full(len(shapes), road), STREET_REACH)
    keep = lots.assign(
        block_id=np.array(ids, dtype=object)[of],
        frontage=front.frontage,
        depth=front.depth,
        corner=front.corner,
        perimeter=perimeter(shapes),
    )
    blocks = pd.concat([layout.blocks, own])
    return StreetLayout(layout.streets, layout.street_lines, blocks, layout.findings), keep
