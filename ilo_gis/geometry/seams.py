"""Lines along which two polygons meet, and the two with such a line elsewhere."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.edges import edges_of

__all__ = ["NEAR", "Moved", "Seam", "crossing", "seams", "shifted"]

NEAR = 1e-6  # m; an end of a line this close to a vertex meets it

Floats = NDArray[np.float64]


class Seam(NamedTuple):
    """A line that two polygons share, and the rest of both outlines; arrays of shape (n, 2).

    Attributes
    ----------
    line : array
        The line, with the first polygon on its left.
    one : array
        The rest of the outline of the first polygon, from the end of the line round to its start.
    other : array
        That of the second, from the start of the line round to its end.
    """

    line: Floats
    one: Floats
    other: Floats


class Moved(NamedTuple):
    """A line moved: its vertices, the rings of both polygons, and where the ends lie.

    `ends` are places along the outline (number of the vertex + share of the edge behind it) of the
    polygon that loses land: of ``other``, or of ``one`` walked from the start of the line.
    """

    line: Floats
    one: Floats
    other: Floats
    ends: tuple[float, float]


def seams(one: shapely.Polygon, other: shapely.Polygon) -> list[Seam]:
    """Return the lines that two polygons share with their outer outlines, in the order of the first outline.

    Both have the same vertices on a line that they share. A line that is all of an outline is left
    out: it has no ends.

    Parameters
    ----------
    one, other : Polygon
        Valid polygons.

    Examples
    --------
    >>> [seam] = seams(shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20))
    >>> seam.line.tolist(), seam.other.tolist()
    ([[8.0, 0.0], [8.0, 20.0]], [[8.0, 0.0], [16.0, 0.0], [16.0, 20.0], [8.0, 20.0]])
    """
    edges = edges_of(np.array([one, other], dtype=object))
    shells = [np.flatnonzero((edges.piece == k) & ~edges.hole) for k in (0, 1)]
    common = edges.twin[shells[0]] >= 0
    common[common] = ~edges.hole[edges.twin[shells[0][common]]]
    if common.all() or not common.any():
        return []
    first = int(np.flatnonzero(common & ~np.roll(common, 1))[0])
    turned, flags = np.roll(edges.start[shells[0]], -first, axis=0), np.roll(common, -first)
    begin = np.flatnonzero(np.diff(flags.astype(int), prepend=0) == 1)
    stop = np.append(np.flatnonzero(np.diff(flags.astype(int)) == -1) + 1, len(flags) if flags[-1] else [])
    theirs = edges.start[shells[1]]
    found = []
    for a, z in zip(begin, stop.astype(np.int64), strict=True):
        ring = np.roll(turned, -a, axis=0)
        count = z - a
        line, rest = ring[: count + 1], np.concatenate([ring[count:], ring[:1]])
        at = int(np.flatnonzero((theirs == line[0]).all(axis=1))[0])
        found.append(Seam(line, rest, np.roll(theirs, -at, axis=0)[: len(theirs) - count + 1]))
    return found


def shifted(seam: Seam, offset: float) -> Moved | None:
    """Return the two polygons of a line that is moved aside, as it is, its end pieces led on to the outline.

    Parameters
    ----------
    seam : Seam
        The line.
    offset : float
        How far, m, at right angles to the line from end to end; positive to the right, so that the
        first polygon grows.

    Returns
    -------
    Moved or None
        None where an end would leave the outline of the polygon that loses land, or both meet.

    Examples
    --------
    >>> [seam] = seams(shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20))
    >>> shifted(seam, 1.5).line.tolist(), shapely.Polygon(shifted(seam, 1.5).one).area
    ([[9.5, 0.0], [9.5, 20.0]], 190.0)
    >>> shifted(seam, 9.0) is None
    True
    """
    line = seam.line
    if offset == 0:
        return Moved(line, _ring(line, seam.one), _ring(line[::-1], seam.other), (0.0, len(seam.other) - 1.0))
    chord = line[-1] - line[0]
    size = np.hypot(*chord)
    if size == 0:
        return None
    shift = offset / size * np.array([chord[1], -chord[0]])
    path = seam.other if offset > 0 else seam.one[::-1]
    side = np.sign(offset)
    first = crossing(path, line[0] + shift, side * (line[1] - line[0]))
    last = crossing(path[::-1], line[-1] + shift, side * (line[-1] - line[-2]))
    if first is None or last is None:
        return None
    ends = first, len(path) - 1 - last
    if ends[0] >= ends[1]:
        return None
    new = np.concatenate([[_place(path, ends[0])], line[1:-1] + shift, [_place(path, ends[1])]])
    return _parted(seam, new, path, ends, first_grows=offset > 0)


def crossing(path: Floats, point: Floats, way: Floats) -> float | None:
    """Return where a path first comes to a straight line that it begins on the left of.

    Parameters
    ----------
    path : array of shape (n, 2)
        Vertices of the path.
    point, way : array of shape (2,)
        The straight line.

    Returns
    -------
    float or None
        Number of the vertex and share of the edge behind it; None where it never does.

    Examples
    --------
    >>> crossing(np.array([[0.0, 0], [8, 0], [8, 9]]), np.array([4.0, 0]), np.array([0.0, 1]))
    0.5
    """
    height = way[0] * (path[:, 1] - point[1]) - way[1] * (path[:, 0] - point[0])
    beyond = np.flatnonzero(height <= 0)
    if not len(beyond) or beyond[0] == 0:
        return 0.0 if len(beyond) else None
    k = int(beyond[0]) - 1
    share = height[k] / (height[k] - height[k + 1])
    reach = np.hypot(*(path[k + 1] - path[k]))
    if min(share, 1 - share) * reach < NEAR:  # a vertex that is there is met
        share = round(share)
    return float(k + share)


def _place(path: Floats, at: float) -> Floats:
    k = min(int(at), len(path) - 2)
    share = at - k
    return path[k] if share == 0 else path[k + 1] if share == 1 else path[k] + share * (path[k + 1] - path[k])


def _parted(seam: Seam, line: Floats, path: Floats, ends: tuple[float, float], *, first_grows: bool) -> Moved:
    """Part the land of both along a new line with its ends on the outline of the one that loses land."""
    before, after = int(np.ceil(ends[0])), int(np.floor(ends[1]))
    head, between, tail = path[:before], path[int(ends[0]) + 1 : int(np.ceil(ends[1]))], path[after + 1 :]
    if first_grows:
        grown = np.concatenate([line, tail, seam.one[1:-1], head])
        return Moved(line, _closed(grown), _closed(np.concatenate([line[::-1], between])), ends)
    grown = np.concatenate([line[::-1], head[::-1], seam.other[1:-1], tail[::-1]])
    return Moved(line, _closed(np.concatenate([line, between[::-1]])), _closed(grown), ends)


def _ring(line: Floats, rest: Floats) -> Floats:
    return np.concatenate([line, rest[1:]])


def _closed(ring: Floats) -> Floats:
    return np.concatenate([ring, ring[:1]])
