"""Whether edges lie along lines or polygons, and which way they run there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["Course", "along", "course"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Geometries = NDArray[np.object_]

FEW = 12  # segments of a geometry up to which an edge is held against all; beyond, a tree finds them
LINES, AREAS = (1, 2, 5), (3, 6)  # type numbers of GEOS


class Course(NamedTuple):
    """Whether edges are near a line; the line or ring there; whether they run its way (1) or not (-1)."""

    near: Bools
    ring: Ints
    way: Ints


class _Segments(NamedTuple):
    """Segments of lines and outlines, in the order of geometries."""

    start: Floats
    stop: Floats
    ring: Ints
    of: Ints


def along(start: Floats, stop: Floats, geometries: Geometries, which: Ints, distance: float) -> Bools:
    """Return which edges lie along a geometry with their middle and both ends.

    Parameters
    ----------
    start, stop : arrays of shape (n, 2)
        Ends of the edges.
    geometries : array of geometries, shape (m,)
        Lines or polygons. An edge inside a polygon lies along it.
    which : int array of shape (n,)
        The geometry that each edge is held against.
    distance : float
        How far from it an edge may lie.

    Examples
    --------
    >>> edges = np.array([[0.0, 0], [0, 9]]), np.array([[5.0, 0], [5, 9]])
    >>> along(*edges, np.array([shapely.box(0, 0, 5, 5)]), np.array([0, 0]), 0.1).tolist()
    [True, False]
    """
    geometries, which = _distinct(geometries, which)
    kind = shapely.get_type_id(geometries)
    outline = geometries.copy()
    outline[np.isin(kind, AREAS)] = shapely.boundary(geometries[np.isin(kind, AREAS)])
    outline[~np.isin(kind, LINES + AREAS)] = None
    near = course(start, stop, outline, which, distance).near
    rest = np.flatnonzero(~near & ~np.isin(kind, LINES)[which])
    if len(rest):
        shapely.prepare(geometries)
    for ends in ((start + stop) / 2, start, stop):
        at = shapely.points(ends[rest])
        rest = rest[shapely.dwithin(geometries[which[rest]], at, distance)]
    near[rest] = True
    return near


def course(start: Floats, stop: Floats, lines: Geometries, which: Ints, distance: float) -> Course:
    """Return which edges lie along lines with their middle and both ends, and how they run there.

    Parameters
    ----------
    start, stop : arrays of shape (n, 2)
        Ends of the edges.
    lines : array of LineString, LinearRing or MultiLineString, shape (m,)
        Such as outlines of polygons.
    which : int array of shape (n,)
        The lines that each edge is held against.
    distance : float
        How far from them an edge may lie.

    Returns
    -------
    Course
        `near`: whether it does. `ring`: the part of the lines near its middle, counted over all of
        `lines` in turn as `shapely.get_parts` does. `way`: 1 if a part there runs the same way,
        else -1. Where an edge is not near, `ring` and `way` have no meaning.

    Examples
    --------
    >>> edges = np.array([[0.0, 0], [5, 0]]), np.array([[4.0, 0], [1, 0]])
    >>> road = np.array([shapely.LineString([(0, 0), (9, 0)])])
    >>> course(*edges, road, np.array([0, 0]), 0.1).way.tolist()
    [1, -1]
    """
    segments = _segments(lines)
    edge, segment = _candidates(start, stop, segments, which, distance, len(lines))
    base, along_it = segments.start.take(segment, axis=0), segments.stop.take(segment, axis=0)
    along_it -= base
    near = np.zeros(len(start), dtype=bool)
    ring, way = np.zeros(len(start), dtype=np.int64), np.full(len(start), -1, dtype=np.int64)
    met = _within((start + stop) / 2, edge, base, along_it, distance)
    near[edge[met]] = True
    ring[edge[met]] = segments.ring[segment[met]]
    met = met[((stop - start).take(edge[met], axis=0) * along_it.take(met, axis=0)).sum(axis=1) > 0]
    ring[edge[met]], way[edge[met]] = segments.ring[segment[met]], 1
    for ends in (start, stop):
        left = np.flatnonzero(near[edge])
        edge, base, along_it = edge.take(left), base.take(left, axis=0), along_it.take(left, axis=0)
        met = _within(ends, edge, base, along_it, distance)
        near[:] = False
        near[edge[met]] = True
    return Course(near, ring, way)


def _within(points: Floats, edge: Ints, base: Floats, along_it: Floats, distance: float) -> Ints:
    """Return which pairs of a point and a segment are within a distance."""
    away = points.take(edge, axis=0) - base
    x, y, u, v = away[:, 0], away[:, 1], along_it[:, 0], along_it[:, 1]
    share = np.clip((x * u + y * v) / np.maximum(u * u + v * v, 1e-300), 0.0, 1.0)
    x, y = x - share * u, y - share * v
    return np.flatnonzero(x * x + y * y <= distance * distance)


def _distinct(geometries: Geometries, which: Ints) -> tuple[Geometries, Ints]:
    """Return each object once: the same street land is often given for every lot."""
    names = np.fromiter(map(id, geometries), np.int64, len(geometries))
    _, first, place = np.unique(names, return_index=True, return_inverse=True)
    if len(first) == len(geometries):
        return geometries, which
    return geometries[first], place.take(which)


def _segments(lines: Geometries) -> _Segments:
    parts, of = shapely.get_parts(lines, return_index=True)
    xy, ring = shapely.get_coordinates(parts, return_index=True)
    kept = np.flatnonzero(ring[1:] == ring[:-1])
    ring = ring.take(kept)
    return _Segments(xy.take(kept, axis=0), xy.take(kept + 1, axis=0), ring, of.take(ring))


def _candidates(
    start: Floats, stop: Floats, segments: _Segments, which: Ints, distance: float, count: int
) -> tuple[Ints, Ints]:
    """Return pairs of edge and segment of its lines, with all that can be near each other."""
    sizes = np.bincount(segments.of, minlength=count)
    first = np.cumsum(sizes) - sizes
    few = sizes <= FEW
    edge = np.flatnonzero(few.take(which))
    size = sizes.take(which.take(edge))
    before = np.cumsum(size) - size
    segment = np.repeat(first.take(which.take(edge)) - before, size)
    segment += np.arange(len(segment))
    edge = np.repeat(edge, size)
    if few.all():
        return edge, segment
    many = np.flatnonzero(~few.take(which))
    long = np.flatnonzero(~few.take(segments.of))
    tree = shapely.STRtree(_boxes(segments.start[long], segments.stop[long], 0.0))
    found, at = tree.query(_boxes(start[many], stop[many], distance))
    found, at = many[found], long[at]
    own = segments.of[at] == which[found]
    return np.concatenate([edge, found[own]]), np.concatenate([segment, at[own]])


def _boxes(start: Floats, stop: Floats, grown: float) -> Geometries:
    low, high = np.minimum(start, stop) - grown, np.maximum(start, stop) + grown
    return shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
