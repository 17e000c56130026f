"""Places along lines by their distance from where a line begins: routes, pieces, what fronts them."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.ragged import spans

__all__ = ["chainages", "fronts", "pieces", "route_between", "routes"]

STEP = 5.0  # m between the points of an outline that are looked up on a line

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Lines = NDArray[np.object_]


def routes(lines: Lines) -> Lines:
    """Return lines joined where they meet, each from its southern end (of two, the western one).

    The order and the direction in which lines are drawn make no difference. Closed lines begin at their
    southernmost point and run counter-clockwise.

    Parameters
    ----------
    lines : array of LineString or MultiLineString
        In metres.

    Returns
    -------
    array of LineString
        From south to north, by where they begin.

    Examples
    --------
    >>> drawn = shapely.from_wkt(["LINESTRING (0 9, 0 4)", "LINESTRING (0 0, 0 4)"])
    >>> [line.wkt for line in routes(drawn)]
    ['LINESTRING (0 0, 0 4, 0 9)']
    """
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(shapely.force_2d(lines))))
    merged = merged[shapely.length(merged) > 0]
    turned = np.array([_from_south(line) for line in merged], dtype=object)
    if not len(turned):
        return turned
    first = shapely.get_coordinates(shapely.get_point(turned, 0))
    return turned[np.lexsort((shapely.length(turned), first[:, 0], first[:, 1]))]


def _from_south(line: shapely.LineString) -> shapely.LineString:
    xy = shapely.get_coordinates(line)
    if line.is_closed:
        ring = shapely.get_coordinates(shapely.orient_polygons(shapely.polygons(xy)))[:-1]
        ring = np.roll(ring, -np.lexsort((ring[:, 0], ring[:, 1]))[0], axis=0)
        return shapely.linestrings(np.vstack([ring, ring[:1]]))
    backward = tuple(xy[-1, ::-1]) < tuple(xy[0, ::-1])
    return shapely.linestrings(xy[::-1] if backward else xy)


def route_between(line: shapely.LineString, start: shapely.Point, end: shapely.Point) -> shapely.LineString:
    """Return the part of a line from the place nearest to one point to that nearest to another.

    Of a closed line it is the shorter way; of two of one length, the one as drawn.

    Examples
    --------
    >>> coast = shapely.LineString([(0, 0), (0, 100)])
    >>> route_between(coast, shapely.Point(5, 80), shapely.Point(-2, 30)).wkt
    'LINESTRING (0 80, 0 30)'
    """
    whole, (a, b) = float(line.length), chainages(line, np.array([start, end], dtype=object))
    if not line.is_closed:
        part = pieces(line, np.array([0.0, min(a, b), max(a, b), whole]))[1]
        return part if a <= b else shapely.reverse(part)
    if (b - a) % whole > whole / 2:
        return shapely.reverse(_forward(line, b, a))
    return _forward(line, a, b)


def _forward(line: shapely.LineString, a: float, b: float) -> shapely.LineString:
    """Return a closed line from one chainage to another, as it is drawn."""
    whole = float(line.length)
    if a <= b:
        return pieces(line, np.array([0.0, a, b, whole]))[1]
    _, head = pieces(line, np.array([0.0, a, whole]))
    tail, _ = pieces(line, np.array([0.0, b, whole]))
    return shapely.remove_repeated_points(
        shapely.linestrings(np.vstack([shapely.get_coordinates(head), shapely.get_coordinates(tail)]))
    )


def chainages(line: shapely.LineString, shapes: Lines) -> Floats:
    """Return how far along a line the place nearest to each geometry lies, in metres.

    Examples
    --------
    >>> chainages(shapely.LineString([(0, 0), (0, 100)]), shapely.points([[7, 30], [0, 120]])).tolist()
    [30.0, 100.0]
    """
    near = shapely.get_point(shapely.shortest_line(line, shapes), 0)
    found: Floats = shapely.line_locate_point(line, near)
    return found


def pieces(line: shapely.LineString, cuts: Floats) -> Lines:
    """Return the pieces of a line between chainages.

    Parameters
    ----------
    line : LineString
        In metres.
    cuts : array of float
        Chainages in m, climbing; from 0 to the length of the line, or a part of it.

    Returns
    -------
    array of LineString
        One less than there are cuts; neighbours share their end to the last bit.

    Examples
    --------
    >>> [part.wkt for part in pieces(shapely.LineString([(0, 0), (0, 4), (4, 4)]), np.array([0.0, 3, 8]))]
    ['LINESTRING (0 0, 0 3)', 'LINESTRING (0 3, 0 4, 4 4)']
    """
    xy = shapely.get_coordinates(line)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    ends = np.column_stack([np.interp(cuts, along, xy[:, i]) for i in (0, 1)])
    first, last = (
        np.searchsorted(along, cuts[:-1], side="right"),
        np.searchsorted(along, cuts[1:], side="left"),
    )
    inner, row = spans(first, last)
    own = np.arange(len(cuts) - 1)
    place = np.concatenate([np.zeros(len(own)), np.ones(len(row)), np.full(len(own), 2.0)])
    rows = np.concatenate([own, row, own])
    order = np.lexsort((place, rows))  # stable: inner vertices stay in their order
    points = np.vstack([ends[:-1], xy[inner], ends[1:]])
    found: Lines = np.atleast_1d(shapely.linestrings(points[order], indices=rows[order]))
    return found


def fronts(shapes: Lines, lines: Lines, reach: float) -> tuple[Ints, Ints, Floats, Floats]:
    """Return which part of which line lies before each shape.

    It is what the land of a shape within `reach` of the line has as its nearest places, from the first
    to the last of them. Of a closed line it may run over the place where the line begins; it is then
    two parts.

    Parameters
    ----------
    shapes : array of geometry
        Polygons, or anything else with coordinates.
    lines : array of LineString
        In metres.
    reach : float
        How far from the line land still fronts it, m.

    Returns
    -------
    shape, line : array of int
        Positions.
    first, last : array of float
        Chainages in m, the first before the last.

    Examples
    --------
    >>> shape, line, first, last = fronts(
    ...     np.array([shapely.box(5, 20, 90, 60)]), np.array([shapely.LineString([(0, 0), (0, 100)])]), 50)
    >>> first.tolist(), last.tolist()
    ([20.0], [60.0])
    """
    line, shape = shapely.STRtree(shapes).query(lines, predicate="dwithin", distance=reach)
    near = shapely.intersection(shapes[shape], shapely.buffer(lines, reach)[line])
    xy, pair = shapely.get_coordinates(shapely.segmentize(near, STEP), return_index=True)
    away = shapely.line_locate_point(lines[line[pair]], shapely.points(xy))
    order = np.lexsort((away, pair))
    away, pair = away[order], pair[order]
    there = np.unique(pair)
    begin = np.searchsorted(pair, there)
    end = np.searchsorted(pair, there, side="right") - 1
    first, last = away[begin], away[end]
    length = shapely.length(lines)
    closed = shapely.is_closed(lines)[line[there]]
    shape, line = shape[there], line[there]
    for k in np.flatnonzero(closed):  # islands and lakes are few
        own = away[begin[k] : end[k] + 1]
        gap = int(np.argmax(np.diff(own, append=own[0] + length[line[k]])))
        first[k], last[k] = own[(gap + 1) % len(own)], own[gap]
    over = first > last
    shape, line = np.concatenate([shape, shape[over]]), np.concatenate([line, line[over]])
    first, last = (
        np.concatenate([np.where(over, 0.0, first), first[over]]),
        np.concatenate([last, length[line[len(over) :]]]),
    )
    some = last > first
    return shape[some], line[some], first[some], last[some]
