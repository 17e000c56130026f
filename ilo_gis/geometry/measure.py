"""Measures of lots: front, depth, width, shape. All vectorised over many polygons."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.edges import LONE, Edges, edges_of
from ilo_gis.geometry.near import along

__all__ = [
    "BEND",
    "Fronts",
    "elongation",
    "fronts",
    "fronts_on",
    "good_shape",
    "longest_of",
    "perimeter",
    "sides",
    "width",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Polygons = NDArray[np.object_]

LEAST = 0.5  # m of front that count when it is asked how many streets a lot fronts
BEND = np.radians(30)  # two fronts that meet at more than this make a corner lot
STRAIGHT = 1e-9  # sine of a turn to the right that is still a rounding
EVEN = 1e-9  # share by which a rectangle must be smaller than another to be preferred
MANY = 32  # corners of a hull beyond which GEOS finds the rectangle


class Fronts(NamedTuple):
    """Front, depth, corner, and middle of the main front of each lot."""

    frontage: Floats
    depth: Floats
    corner: Bools
    middle: Floats


def sides(polygons: Polygons, edges: Edges | None = None) -> tuple[Floats, Floats]:
    """Return the long and the short side of each minimum rotated rectangle, in map units.

    The rectangle has the least area; of several, as a triangle has them, it is the most compact.

    Parameters
    ----------
    polygons : array of Polygon or MultiPolygon, shape (n,)
        Polygons.
    edges : Edges, optional
        Their edges, where they are known. Only for arrays of Polygon.

    Returns
    -------
    tuple of two arrays of float, shape (n,)
        NaN for polygons without width.

    References
    ----------
    H. Freeman and R. Shapira, "Determining the minimum-area encasing rectangle for an arbitrary
    closed curve", CACM 18(7), 1975: one side of the rectangle lies on a side of the convex hull.

    Examples
    --------
    >>> [side.round(6).tolist() for side in sides(np.array([shapely.box(0, 0, 8, 20)]))]
    [[20.0], [8.0]]
    """
    long, short = np.full(len(polygons), np.nan), np.full(len(polygons), np.nan)
    table = edges_of(_polygons(polygons), pair=False) if edges is None else edges
    convex = _convex(table, len(polygons))
    rest = np.flatnonzero(~convex)
    hulls = edges_of(_polygons(shapely.convex_hull(polygons[rest])), pair=False)
    own = np.flatnonzero(convex[table.piece])
    for ends, piece in (
        ((table.start.take(own, axis=0), table.stop.take(own, axis=0)), table.piece.take(own)),
        ((hulls.start, hulls.stop), rest.take(hulls.piece)),
    ):
        size = np.bincount(piece, minlength=len(polygons))
        first = np.cumsum(size) - size
        for n in np.unique(size[(size > 2) & (size <= MANY)]):
            which = np.flatnonzero(size == n)
            rows = first[which][:, None] + np.arange(n)
            long[which], short[which] = _rectangles(*(points.take(rows, axis=0) for points in ends))
        big = np.flatnonzero(size > MANY)
        long[big], short[big] = _envelopes(polygons[big])
    return long, short


def _polygons(shapes: Polygons) -> Polygons:
    """Return an array without what is no Polygon."""
    kept = shapes.copy()
    kept[shapely.get_type_id(shapes) != 3] = None
    return kept


def _convex(edges: Edges, count: int) -> Bools:
    """Return which polygons have no hole and never turn right."""
    following = _next(edges.piece)
    edge = edges.stop - edges.start
    after = edge.take(following, axis=0)
    turn = edge[:, 0] * after[:, 1] - edge[:, 1] * after[:, 0]
    least = STRAIGHT * np.hypot(*edge.T) * np.hypot(*after.T)
    left = (turn > least) | ((turn >= -least) & ((edge * after).sum(axis=1) > 0))
    bottom = np.bincount(edges.piece, (edge[:, 1] < 0) & (after[:, 1] >= 0), count)  # one in each round
    return (np.bincount(edges.piece, ~left | edges.hole, count) == 0) & (bottom == 1)


def _next(piece: Ints) -> Ints:
    """Return the number of the next edge round each polygon, for edges of one ring each."""
    following = np.arange(1, len(piece) + 1)
    last = np.flatnonzero(np.append(piece[1:] != piece[:-1], True)[: len(piece)])
    following[last] = np.append(0, last[:-1] + 1)[: len(last)]
    return following


def _rectangles(start: Floats, stop: Floats) -> tuple[Floats, Floats]:
    """Return the sides of the rectangles round convex rings, shapes (m, n, 2)."""
    x, y = (start - start[:, :1]).transpose(2, 1, 0).copy()  # rings last: no loop over short axes
    u, v = (stop - start).transpose(2, 1, 0)
    size = np.hypot(u, v)
    u, v = (u / size)[:, None], (v / size)[:, None]
    one, other = (np.ptp(across, axis=1) for across in (u * x + v * y, u * y - v * x))
    area, long = one * other, np.maximum(one, other)
    best = np.where(area <= area.min(axis=0) * (1 + EVEN), long, np.inf).argmin(axis=0)
    rings = np.arange(len(best))
    return long[best, rings], np.minimum(one, other)[best, rings]


def _envelopes(polygons: Polygons) -> tuple[Floats, Floats]:
    """Return the sides of the rectangles as GEOS finds them: near the origin, or millimetres are lost."""
    xy, of = shapely.get_coordinates(polygons, return_index=True)
    near = shapely.set_coordinates(polygons.copy(), xy - xy[np.searchsorted(of, of)])
    corners = shapely.get_coordinates(shapely.oriented_envelope(near)).reshape(-1, 5, 2)
    a, b = (np.hypot(*(corners[:, k + 1] - corners[:, k]).T) for k in (0, 1))
    return np.maximum(a, b), np.minimum(a, b)


def elongation(polygons: Polygons, edges: Edges | None = None) -> Floats:
    """Return depth to width: the long over the short side of the minimum rotated rectangle.

    Parameters are those of `sides`. Infinite for polygons without width.

    Examples
    --------
    >>> elongation(np.array([shapely.box(0, 0, 8, 20)])).tolist()
    [2.5]
    """
    long, short = sides(polygons, edges)
    return np.divide(long, short, out=np.full(len(long), np.inf), where=short > 0)


def width(polygons: Polygons, depth: Floats) -> Floats:
    """Return the mean width of lots: area over depth, in map units.

    It is the average width at right angles to the depth, as zoning codes define the width of a
    lot, and depends on no choice of where to measure an uneven one.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Lots.
    depth : array of float, shape (n,)
        Their depths, as `fronts` measures them; NaN or 0 gives NaN.

    Examples
    --------
    >>> width(np.array([shapely.Polygon([(0, 0), (8, 0), (10, 20), (0, 20)])]), np.array([20.0])).tolist()
    [9.0]
    """
    return np.divide(shapely.area(polygons), depth, out=np.full(len(polygons), np.nan), where=depth > 0)


def perimeter(polygons: Polygons) -> Floats:
    """Return the length of the outline, and of the holes, in map units.

    Examples
    --------
    >>> perimeter(np.array([shapely.box(0, 0, 8, 20)])).tolist()
    [56.0]
    """
    return shapely.length(polygons)


def good_shape(
    polygons: Polygons, *, filled: float = 0.80, convex: float = 0.95, clear: float = 6.5
) -> Bools:
    """Return which lots can be built on well: nearly rectangular, hardly notched, and wide inside.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Lots.
    filled : float
        Share of the minimum rotated rectangle that a lot must fill more than (rectangularity).
    convex : float
        Share of the convex hull that it must fill more than (convexity).
    clear : float
        Width, in map units, that the largest circle inside must have at least.

    References
    ----------
    P. L. Rosin, "Measuring shape: ellipticity, rectangularity, and triangularity", Machine Vision
    and Applications 14(3), 2003. The thresholds are ours.

    Examples
    --------
    >>> lots = np.array([shapely.box(0, 0, 8, 20), shapely.box(0, 0, 6, 20)])
    >>> good_shape(lots).tolist()
    [True, False]
    """
    area = shapely.area(polygons)
    long, short = sides(polygons)
    good = (area > filled * long * short) & (short >= clear)
    good[good] = (area > convex * shapely.area(shapely.convex_hull(polygons)))[good]
    # a circle in the middle is often wide enough; else the widest is looked for
    inside = np.flatnonzero(good)
    middle = shapely.centroid(polygons[inside])
    room = 2 * shapely.distance(middle, shapely.boundary(polygons[inside]))
    tight = inside[(room < clear) | ~shapely.contains(polygons[inside], middle)]
    good[tight] = 2 * shapely.length(shapely.maximum_inscribed_circle(polygons[tight])) >= clear
    return good


def fronts(polygons: Polygons, street: Polygons, tolerance: float, edges: Edges | None = None) -> Fronts:
    """Measure the front and the depth of lots.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Lots.
    street : array of geometries, shape (n,)
        For each lot, where the street begins: the outline of its block, or street land.
    tolerance : float
        How far from it, in map units, an edge of a lot may lie and still front it.
    edges : Edges, optional
        Edges of the lots, with twins: an edge that two lots share fronts no street, so only the
        others are held against it, which is much faster.

    Returns
    -------
    Fronts
        `frontage`: length of the outer boundary on the street. `corner`: whether it fronts
        streets that meet at more than 30 degrees; the longer of the two fronts is the main one.
        `depth`: greatest distance of a point of the lot from the line of its main front; NaN
        without a front. `middle`: the middle of the main front, shape (n, 2).

    Examples
    --------
    >>> lot, block = shapely.box(0, 0, 8, 20), shapely.box(0, 0, 100, 40).exterior
    >>> [v.tolist() for v in fronts(np.array([lot]), np.array([block]), 0.01)]
    [[28.0], [8.0], [True], [[0.0, 10.0]]]
    """
    table = edges_of(polygons, pair=False) if edges is None else edges
    lone = np.flatnonzero((table.twin == LONE) & ~table.hole)
    near = np.zeros(len(table.twin), dtype=bool)
    ends = table.start.take(lone, axis=0), table.stop.take(lone, axis=0)
    near[lone] = along(*ends, street, table.piece.take(lone), tolerance)
    return fronts_on(table, near, len(polygons))


def fronts_on(edges: Edges, near: Bools, count: int) -> Fronts:
    """Measure the front and the depth of lots of which it is known what edges lie on a street.

    Parameters
    ----------
    edges : Edges
        Edges of the lots.
    near : array of bool, shape of ``edges.twin``
        Which lie on a street.
    count : int
        Number of lots.

    Returns
    -------
    Fronts
        As `fronts` does.

    Examples
    --------
    >>> edges = edges_of(np.array([shapely.box(0, 0, 8, 20)]))
    >>> fronts_on(edges, edges.stop[:, 1] == edges.start[:, 1], 1).frontage.tolist()
    [16.0]
    """
    shell = np.flatnonzero(~edges.hole)
    a, b, lot = edges.start.take(shell, axis=0), edges.stop.take(shell, axis=0), edges.piece.take(shell)
    near = near.take(shell)
    if not len(lot):
        return Fronts(
            np.zeros(count), np.full(count, np.nan), np.zeros(count, bool), np.full((count, 2), np.nan)
        )
    edge = b - a
    length = np.hypot(*edge.T)
    front = np.where(near, length, 0.0)
    frontage = np.bincount(lot, front, count).astype(float)
    first = longest_of(lot, front, count)
    bent = _sine(edge, length, first[lot]) > np.sin(BEND)
    one, other = (np.bincount(lot, front * side, count) for side in (~bent, bent))
    # the main front is the longer of the two, however many vertices a survey has put on it
    main = bent == (other > one)[lot]
    longest = longest_of(lot, front * main, count)
    base, axis = a[longest], edge[longest] / np.maximum(length[longest], 1e-300)[:, None]
    away, axis = a - base.take(lot, axis=0), axis.take(lot, axis=0)
    depth = _most(lot, np.abs(away[:, 0] * axis[:, 1] - away[:, 1] * axis[:, 0]), count)
    has = frontage > 0
    weight = np.where(has[lot], front * main, length)  # without a front, the middle of all edges
    total = np.bincount(lot, weight, count)
    total[total == 0] = np.nan
    middle = [np.bincount(lot, weight * (a + b)[:, k] / 2, count) / total for k in (0, 1)]
    return Fronts(
        frontage, np.where(has, depth, np.nan), (np.minimum(one, other) > LEAST) & has, np.transpose(middle)
    )


def _sine(edge: Floats, length: Floats, base: Ints) -> Floats:
    """Return the sine of the angle between each edge and another."""
    along_it = edge.take(base, axis=0)
    cross = np.abs(edge[:, 0] * along_it[:, 1] - edge[:, 1] * along_it[:, 0])
    return cross / np.maximum(length * length[base], 1e-300)


def _most(group: Ints, size: Floats, count: int) -> Floats:
    """Return the largest value of each group; groups stand together; 0 for those without members."""
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    most = np.zeros(count)
    most[group[first]] = np.maximum.reduceat(size, first)
    return most


def longest_of(group: Ints, size: Floats, count: int) -> Ints:
    """Return, for each group, the position of its largest member, the last of equals.

    Parameters
    ----------
    group : array of int, shape (n,)
        Group of each member; the members of a group stand together.
    size : array of float, shape (n,)
        What is compared.
    count : int
        Number of groups; those without members get position 0.

    Examples
    --------
    >>> longest_of(np.array([0, 0, 1]), np.array([8.0, 20.0, 5.0]), 2).tolist()
    [1, 2]
    """
    position = np.zeros(count, dtype=np.int64)
    if len(group):
        at = np.flatnonzero(size == _most(group, size, count)[group])
        position[group[at]] = at
    return position
