"""Block letters and lot numbers as Peruvian plans write them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.tables import require_geometry, require_metres

__all__ = ["last_letter", "letter", "letter_blocks", "number_around"]

MOST = 3  # letters of a block; longer ids are words


def letter(number: int) -> str:
    """Return the letter of the n-th block: A to Z, then AA, AB and so on.

    Examples
    --------
    >>> [letter(n) for n in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def last_letter(ids: Iterable[str]) -> int:
    """Return which letter the last of some blocks has; ids that are no letters do not count.

    Examples
    --------
    >>> last_letter(["B", "AA", "park"]), last_letter([])
    (27, 0)
    """
    known = [
        name for name in ids if name.isascii() and name.isalpha() and name.isupper() and len(name) <= MOST
    ]
    return max((reduce(lambda n, c: 26 * n + ord(c) - ord("A") + 1, name, 0) for name in known), default=0)


def letter_blocks(blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Letter blocks in reading order: from the north row by row, each from the west.

    Parameters
    ----------
    blocks : GeoDataFrame
        Block polygons, projected in metres.

    Returns
    -------
    GeoDataFrame
        Table ``blocks``: the same blocks in reading order.

    Raises
    ------
    CRSError
        If `blocks` is not in metres.
    GeometryError
        If a block is missing, empty or invalid.

    References
    ----------
    RNE GH.020, articles 51 and 52: blocks are named by letters and lots by numbers, both running.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(
    ...     geometry=[shapely.box(x, y, x + 90, y + 50) for x, y in [(0, 0), (100, 60), (0, 60)]], crs=32719
    ... )
    >>> letter_blocks(blocks).centroid.y.to_dict()
    {'A': 85.0, 'B': 85.0, 'C': 25.0}
    """
    require_metres(blocks, "blocks")
    require_geometry(blocks, "Polygon", "MultiPolygon", name="blocks")
    middle = shapely.get_coordinates(shapely.centroid(np.asarray(blocks.geometry.array)))
    if len(blocks):
        x, y = np.round(middle - middle.min(axis=0), 3).T
        row = np.floor((y.max() - y) / _row_height(blocks))
        blocks = blocks.iloc[np.lexsort((-y, x, row))]
    index = pd.Index([letter(n + 1) for n in range(len(blocks))], name="block_id", dtype=object)
    return blocks.set_axis(index)


def _row_height(blocks: gpd.GeoDataFrame) -> float:
    low, high = blocks.bounds[["miny", "maxy"]].to_numpy().T
    return max(float(np.median(high - low)), 1.0)


def number_around(
    outline: NDArray[np.object_], point: NDArray[np.float64], group: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the numbers of points on outlines, clockwise from the north-west corner of each outline.

    Parameters
    ----------
    outline : array of LinearRing, shape (n,)
        The outline each point is on.
    point : array of shape (n, 2)
        Points, such as the middles of the fronts of lots.
    group : int array of shape (n,)
        Points with the same group are numbered together, from 1.

    Returns
    -------
    int array of shape (n,)
        The numbers.

    Examples
    --------
    >>> ring = np.array([shapely.box(0, 0, 10, 10).exterior] * 3)
    >>> number_around(ring, np.array([[5, 0], [10, 5], [5, 10.0]]), np.zeros(3, int)).tolist()
    [3, 2, 1]
    """
    _, first, back = np.unique(group, return_index=True, return_inverse=True)
    own = outline[first]
    counter = shapely.is_ccw(own)
    length = shapely.length(own)
    start = shapely.line_locate_point(own, shapely.points(_north_west(own)))
    at = shapely.line_locate_point(outline, shapely.points(point))
    ahead = np.where(counter[back], start[back] - at, at - start[back])
    ahead = np.mod(np.round(ahead, 6), np.maximum(np.round(length[back], 6), 1e-6))
    order = np.lexsort((point[:, 0], point[:, 1], ahead, back))
    number = np.empty(len(point), dtype=np.int64)
    begins = np.searchsorted(back[order], np.arange(len(first)))
    number[order] = np.arange(len(point)) - begins[back[order]] + 1
    return number


def _north_west(rings: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the vertex of each ring that lies farthest to the north-west."""
    xy, owner = shapely.get_coordinates(rings, return_index=True)
    order = np.lexsort((xy[:, 0], np.round(xy[:, 0] - xy[:, 1], 3), owner))
    return xy[order[np.searchsorted(owner[order], np.arange(len(rings)))]]
