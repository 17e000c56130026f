"""Land kept for parks, schools and other public uses (aportes)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from ilo_gis.tables import conform, empty, require_geometry, require_metres, require_same_crs

__all__ = ["reserve_blocks"]

MOST = 0.5  # share of a block that a reserve covers, above which the block is reserved whole


def reserve_blocks(blocks: gpd.GeoDataFrame, reserves: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the blocks that are reserved: those mostly covered by a polygon of reserves.

    Parameters
    ----------
    blocks : GeoDataFrame
        Table ``blocks``.
    reserves : GeoDataFrame
        Polygons where no lots are wanted, in the CRS of `blocks`; a column ``kind`` tells the use.

    Returns
    -------
    GeoDataFrame
        Table ``reserves``: index ``reserve_id``; ``block_id``, ``kind``, ``area`` (m2), and the
        whole block as geometry, so that no sliver is left between a park and its streets.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If a geometry is missing, empty or invalid.

    References
    ----------
    RNE TH.010, article 10: land that a development gives for recreation, education and other uses.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(
    ...     index=["A", "B"], geometry=[shapely.box(0, 0, 90, 50), shapely.box(100, 0, 190, 50)], crs=32719
    ... )
    >>> park = geopandas.GeoDataFrame({"kind": ["park"]}, geometry=[shapely.box(98, 2, 188, 52)], crs=32719)
    >>> reserve_blocks(blocks, park)[["kind", "area"]].to_dict("index")
    {'B': {'kind': 'park', 'area': 4500.0}}
    """
    require_metres(blocks, "blocks")
    require_same_crs(blocks=blocks, reserves=reserves)
    for name, layer in (("blocks", blocks), ("reserves", reserves)):
        require_geometry(layer, "Polygon", "MultiPolygon", name=name)
    if blocks.empty or reserves.empty:
        return empty("reserves", blocks.crs)
    shapes = np.asarray(blocks.geometry.array, dtype=object)
    wanted = np.asarray(reserves.geometry.array, dtype=object)
    block, reserve = shapely.STRtree(wanted).query(shapes, predicate="intersects")
    share = shapely.area(shapely.intersection(shapes[block], wanted[reserve])) / shapely.area(shapes[block])
    order = np.lexsort((reserve, -share, block))
    block, reserve, share = block[order], reserve[order], share[order]
    first = np.concatenate([block[:1] >= 0, block[1:] != block[:-1]]) & (share > MOST)
    block, reserve = block[first], reserve[first]
    kind = reserves["kind"].to_numpy()[reserve] if "kind" in reserves else ["reserve"] * len(reserve)
    use = reserves["use"].to_numpy()[reserve] if "use" in reserves else None
    ids = blocks.index[block].astype(str)
    frame = gpd.GeoDataFrame(
        {"block_id": ids, "kind": kind, "use": use, "area": shapely.area(shapes[block])},
        geometry=shapes[block],
        index=ids.rename("reserve_id"),
        crs=blocks.crs,
    )
    return conform(frame, "reserves")
