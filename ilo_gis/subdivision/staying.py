"""Lots that must not move, as blocks and lots of a new plan."""

from __future__ import annotations

from itertools import count

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.measure import fronts, perimeter, sides
from ilo_gis.subdivision.blocks import StreetLayout
from ilo_gis.subdivision.ground_plan import Start
from ilo_gis.subdivision.lots import STREET_REACH
from ilo_gis.subdivision.numbering import letter
from ilo_gis.tables import conform

__all__ = ["clear_letters", "with_staying"]

Names = NDArray[np.object_]

GRID = 1e-5  # m; streets may have vertices of their own this close to the outline of what stays


def clear_letters(blocks: gpd.GeoDataFrame, locked: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Return blocks of which none has a letter that lots that stay name: those get letters after the last.

    Parameters
    ----------
    blocks : GeoDataFrame
        New blocks, lettered.
    locked : GeoDataFrame or None
        Lots that stay; they name their block in ``block_id``, or by an id such as ``K-12``.

    Examples
    --------
    >>> boxes = [shapely.box(x, 0, x + 9, 9) for x in (0, 9)]
    >>> blocks = geopandas.GeoDataFrame(geometry=boxes, index=pandas.Index(["A", "B"], name="block_id"))
    >>> house = geopandas.GeoDataFrame(geometry=[shapely.box(50, 0, 60, 9)], index=["A-1"])
    >>> clear_letters(blocks, house).index.tolist()
    ['C', 'B']
    """
    if locked is None or locked.empty:
        return blocks
    said = set(_said(locked))
    taken = said | set(blocks.index)
    free = (name for name in map(letter, count(len(blocks) + 1)) if name not in taken)
    return blocks.rename(index={name: next(free) for name in blocks.index if name in said})


def _said(lots: gpd.GeoDataFrame) -> Names:
    """Return the block that each lot names, None where it names none."""
    named = pd.Series(lots.index.astype(str), lots.index).str.extract(r"^(.+)-\d+$", expand=False)
    if "block_id" in lots:
        named = lots["block_id"].astype(object).fillna(named)
    return named.astype(object).where(named.notna(), None).to_numpy()


def with_staying(
    layout: StreetLayout, start: Start, streets: gpd.GeoDataFrame
) -> tuple[StreetLayout, gpd.GeoDataFrame | None]:
    """Add the land of lots that stay to the blocks, and return these lots as `cut_lots` keeps them.

    A block keeps the letter that its lots name, in ``block_id`` or by their ids, where no other block
    has it; otherwise it has one after the last. Lots keep their ids and geometry; their block has the
    vertices of the streets round it too.

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
    said = _said(lots)
    taken, number, ids = set(layout.blocks.index.astype(str)), len(layout.blocks), []
    for k in range(len(start.blocks)):
        name = next((str(s) for s in said[of == k] if s is not None and str(s) not in taken), None)
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
    corners = shapely.extract_unique_points(np.asarray(layout.streets.geometry.array, dtype=object))
    land = shapely.snap(start.blocks, shapely.union_all(corners), GRID)
    own = conform(gpd.GeoDataFrame(measures, geometry=land, index=index, crs=lots.crs), "blocks")
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
