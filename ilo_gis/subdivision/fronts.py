"""Streets that lots of a few blocks front, without drawing all streets."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from ilo_gis.geometry.lines import runs_on
from ilo_gis.geometry.ribbons import MITRE
from ilo_gis.subdivision.blocks import front_streets

__all__ = ["fronts_near"]


def fronts_near(street_lines: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame | None:
    """Return the land of streets that lots of some blocks front, as `front_streets` does for all.

    Streets near the blocks are drawn from end to end, so that their edges are the same.

    Parameters
    ----------
    street_lines, blocks : GeoDataFrame
        The tables of that name.

    Returns
    -------
    GeoDataFrame or None
        None where no street has a class: then the whole outline of each block is front.

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (30, 0)])
    >>> columns = {"street_class": ["secondary"], "width": [10.0]}
    >>> lines = geopandas.GeoDataFrame(columns, geometry=[line], crs=32719)
    >>> block = geopandas.GeoDataFrame(geometry=[shapely.box(0, 5, 30, 25)], crs=32719)
    >>> fronts_near(lines, block).area.tolist()
    [300.0]
    """
    if not street_lines["street_class"].notna().any():
        return None
    edges = np.asarray(street_lines.geometry.array, dtype=object)
    width = street_lines["width"].to_numpy(dtype=float)
    shapes = np.asarray(blocks.geometry.array, dtype=object)
    near = shapely.STRtree(edges).query(shapes, predicate="dwithin", distance=MITRE * width.max())[1]
    street = runs_on(edges, width)
    return front_streets(street_lines[np.isin(street, street[near])])
