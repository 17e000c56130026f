"""Streets to leave out, so that two blocks become one that is large enough for the largest park."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.tables import require_metres, require_same_crs

__all__ = ["join_candidates"]

BESIDE = 0.5  # m beyond the edge of a street at which the block beside it is looked for


def join_candidates(
    blocks: gpd.GeoDataFrame, street_lines: gpd.GeoDataFrame, *, least: float = 0.0
) -> pd.DataFrame:
    """Return pairs of blocks that would be one, were the street between them left out.

    Parameters
    ----------
    blocks, street_lines : GeoDataFrame
        The tables of that name, as from `layout_streets`.
    least : float
        Area that the two with the street between them should have, m2, such as that of the
        largest park.

    Returns
    -------
    DataFrame
        Index ``line_id`` of the street to leave out; ``block_id`` and ``other_block_id`` on its left
        and right, ``gained`` (street land that becomes block, m2), ``area`` (of the joined block, m2),
        ``width`` (of the street, m); the smallest joined block first.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.

    References
    ----------
    RNE GH.020, article 30: of a site over 10 ha, 30 % of the land for parks lies in one piece.

    Examples
    --------
    >>> ids, shapes = ["A", "B"], [shapely.box(0, 6, 120, 46), shapely.box(0, -46, 120, -6)]
    >>> blocks = geopandas.GeoDataFrame(index=ids, geometry=shapes, crs=32719)
    >>> way = shapely.LineString([(-6, 0), (126, 0)])
    >>> lines = geopandas.GeoDataFrame({"width": [12.0]}, index=["7"], geometry=[way], crs=32719)
    >>> join_candidates(blocks, lines)[["block_id", "other_block_id", "gained", "area"]].to_dict("index")
    {'7': {'block_id': 'A', 'other_block_id': 'B', 'gained': 1440.0, 'area': 11040.0}}
    """
    require_metres(blocks, "blocks")
    require_same_crs(blocks=blocks, street_lines=street_lines)
    shapes = np.asarray(blocks.geometry.array, dtype=object)
    lines = np.asarray(street_lines.geometry.array, dtype=object)
    width = street_lines["width"].to_numpy(dtype=float)
    near = [shapely.line_interpolate_point(lines, share, normalized=True) for share in (0.499, 0.5, 0.501)]
    back, middle, ahead = (shapely.get_coordinates(points) for points in near)
    way = (ahead - back) / np.maximum(np.hypot(*(ahead - back).T), 1e-9)[:, None]
    across = np.stack([-way[:, 1], way[:, 0]], axis=1) * (width[:, None] / 2 + BESIDE)
    beside = np.full((2, len(lines)), -1)
    for side, points in zip(beside, (middle + across, middle - across), strict=True):
        line, block = shapely.STRtree(shapes).query(shapely.points(points), predicate="within")
        side[line] = block
    left, right = beside
    line = np.flatnonzero((left >= 0) & (right >= 0) & (left != right))
    left, right = left[line], right[line]
    # what lies between the two: of the street itself, where both are beside it
    ribbon = shapely.buffer(lines[line], width[line] / 2 + BESIDE, cap_style="flat")
    hull = shapely.convex_hull(shapely.union(shapes[left], shapes[right]))
    between = shapely.difference(
        shapely.intersection(ribbon, hull), shapely.union(shapes[left], shapes[right])
    )
    gained = shapely.area(between)
    frame = pd.DataFrame(
        {
            "block_id": blocks.index[left].astype(str),
            "other_block_id": blocks.index[right].astype(str),
            "gained": gained,
            "area": shapely.area(shapes[left]) + shapely.area(shapes[right]) + gained,
            "width": width[line],
        },
        index=street_lines.index[line].rename("line_id"),
    )
    return frame[frame["area"] >= least].sort_values("area", kind="stable")
