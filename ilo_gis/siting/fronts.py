"""Where lots front the streets: the place of each along a centre line, and on which side of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.edges import edges_of

__all__ = ["Fronts", "axis_at", "fronts_on"]

LEEWAY = 1.0  # m; of outline edges about as near to a street the longest is the front
STEP = 0.5  # m; a direction is taken over twice this

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]
Lines = NDArray[np.object_]


class Fronts(NamedTuple):
    """Where each polygon fronts: one row for each.

    `line` is the centre line, `at` how far along it (m), `side` 1 on its left and 0 on its right,
    `gap` the distance from it (m), `start` and `stop` (n, 2) the ends of the front, land on the left.
    """

    line: Ints
    at: Floats
    side: Ints
    gap: Floats
    start: Floats
    stop: Floats


def fronts_on(polygons: Polygons, lines: Lines) -> Fronts:
    """Return where polygons front the nearest street.

    The front is the edge whose middle is nearest to a centre line; of edges that are as near, as on
    the two sides of a corner lot, the longest.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Lots or reserves, in metres.
    lines : array of LineString
        Centre lines, one at least.

    Returns
    -------
    Fronts

    Examples
    --------
    >>> lot, street = shapely.box(0, 6, 8, 26), shapely.LineString([(-10, 0), (40, 0)])
    >>> front = fronts_on(np.array([lot]), np.array([street]))
    >>> round(float(front.at[0]), 6), float(front.gap[0]), int(front.side[0])
    (14.0, 6.0, 1)
    """
    edges = edges_of(polygons, pair=False)
    shell = np.flatnonzero(~edges.hole)
    start, stop, piece = edges.start[shell], edges.stop[shell], edges.piece[shell]
    middle = shapely.points((start + stop) / 2)
    of, near = shapely.STRtree(lines).query_nearest(middle, all_matches=False)
    near = near[np.argsort(of, kind="stable")]
    gap = np.round(shapely.distance(middle, lines[near]), 3)  # a millimetre decides nothing
    least = np.full(len(polygons), np.inf)
    np.minimum.at(least, piece, gap)
    length = np.round(np.hypot(*(stop - start).T), 3)
    x, y = shapely.get_coordinates(middle).T
    order = np.lexsort((x, y, gap, -length, gap > least[piece] + LEEWAY, piece))
    first = order[np.unique(piece[order], return_index=True)[1]]
    line = near[first]
    at = shapely.line_locate_point(lines[line], middle[first])
    foot, ahead = axis_at(lines[line], at)
    off = (start + stop)[first] / 2 - foot
    left = ahead[:, 0] * off[:, 1] - ahead[:, 1] * off[:, 0] > 0
    return Fronts(line, at, left.astype(np.int64), gap[first], start[first], stop[first])


def axis_at(lines: Lines, at: Floats) -> tuple[Floats, Floats]:
    """Return the points at distances along lines, and the directions of the lines there (unit vectors).

    Examples
    --------
    >>> street = np.array([shapely.LineString([(0, 0), (40, 0)])])
    >>> [v.tolist() for v in axis_at(street, np.array([10.0]))]
    [[[10.0, 0.0]], [[1.0, 0.0]]]
    """
    length = shapely.length(lines)
    foot, ahead, behind = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, place))
        for place in (at, np.minimum(at + STEP, length), np.maximum(at - STEP, 0.0))
    )
    way = ahead - behind
    return foot, way / np.maximum(np.hypot(*way.T), 1e-12)[:, None]
