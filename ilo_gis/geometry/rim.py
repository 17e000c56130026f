"""The rim of a plan: openings from the street along its edge to the outside."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from ilo_gis.geometry.measure import sides

__all__ = ["openings", "way_out"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]

PAST = 1.0  # m that a street is led past the edge of the land, so that the edge cuts it clean
ALONG = 0.7  # cosine; a way nearer to the long side than this would not shorten a block
HAIR = 1e-3  # m; nobody measures a block closer


def way_out(point: shapely.Point, closed: shapely.Geometry) -> shapely.LineString:
    """Return the shortest way from a point to the closed outline, and a little past it.

    Examples
    --------
    >>> way_out(shapely.Point(0, 0), shapely.LineString([(-9, 5), (9, 5)])).wkt
    'LINESTRING (0 0, 0 6)'
    """
    xy = shapely.get_coordinates(shapely.shortest_line(point, closed))
    step = xy[1] - xy[0]
    return shapely.LineString([xy[0], xy[1] + step / np.hypot(*step) * PAST])


def openings(
    ring: shapely.LineString,
    closed: shapely.Geometry,
    start: float,
    width: float,
    street: float,
    most: float,
    front: float,
) -> Floats:
    """Return where along a street passages should lead to the edge of the land, beside that at the start.

    Blocks between two of them are as long as allowed, in whole lots.

    Parameters
    ----------
    ring : LineString
        The street along the edge; a closed line runs all round.
    closed : LineString or MultiLineString
        The edge.
    start : float
        Where along the street, in m, the first way out is.
    width : float
        Of the passages, m.
    street : float
        Width of the street, m.
    most : float
        Greatest length of a block, m.
    front : float
        Front of a lot, m.

    Returns
    -------
    array of float
        Distances along the street, in m.

    Examples
    --------
    >>> ring, edge = (shapely.LineString([(0, y), (300, y)]) for y in (0, 26))
    >>> openings(ring, edge, 0.0, 12.0, 12.0, 120.0, 8.0).tolist()
    [132.0, 264.0]
    """
    whole = shapely.length(ring)
    course = _unrolled(ring, start)
    lots = int((most + HAIR) // front)
    found: list[float] = []
    at = 0.0
    while True:
        for k in range(lots, 0, -1):
            if _long_side(course, closed, at + width / 2, at + width / 2 + k * front, street) <= most + HAIR:
                break
        rest = whole - at - width
        if (
            rest <= k * front + front
            and _long_side(course, closed, at + width / 2, whole - width / 2, street) <= most + HAIR
        ):
            return np.mod(np.array(found) + start, whole)
        at += k * front + width
        if at > whole - width:
            return np.mod(np.array(found) + start, whole)
        found.append(at)


def _unrolled(ring: shapely.LineString, start: float) -> shapely.LineString:
    """Return a line that starts at a place along it; a closed one goes round from there."""
    if start == 0:
        return ring
    parts = shapely.get_coordinates(shapely.line_interpolate_point(ring, start))
    xy = shapely.get_coordinates(ring)
    away = np.append(0, np.cumsum(np.hypot(*np.diff(xy, axis=0).T)))
    k = np.searchsorted(away, start)
    return shapely.LineString(np.concatenate([parts, xy[k:], xy[1:k], parts]))


def _long_side(
    course: shapely.LineString, closed: shapely.Geometry, start: float, stop: float, street: float
) -> float:
    """Return the long side of the block between two places along a street."""
    if stop <= start:
        return 0.0
    piece = substring(course, start, stop)
    far = shapely.shortest_line(shapely.points(shapely.get_coordinates(piece)), closed)
    xy = shapely.get_coordinates(far).reshape(-1, 2, 2)
    inner = xy[:, 0] + (xy[:, 1] - xy[:, 0]) / np.maximum(shapely.length(far), HAIR)[:, None] * street / 2
    edge = _corners(closed)
    hull = shapely.convex_hull(shapely.multipoints(np.concatenate([inner, xy[:, 1]])))
    own = edge[shapely.dwithin(shapely.points(edge), piece, shapely.length(far).max() * 2.2)]
    if len(own):  # corners of the edge that may belong to this piece
        place = shapely.line_locate_point(course, shapely.points(own))
        own = own[(place > start - street) & (place < stop + street)]
        hull = shapely.convex_hull(shapely.multipoints(np.concatenate([inner, xy[:, 1], own])))
    return (
        float(sides(np.array([hull], dtype=object))[0][0]) if shapely.get_type_id(hull) == 3 else stop - start
    )


def _corners(closed: shapely.Geometry) -> Floats:
    """Return the vertices of a closed outline, without the ends of its parts."""
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(closed)]
    inner = [xy if np.array_equal(xy[0], xy[-1]) else xy[1:-1] for xy in parts if len(xy)]
    return np.concatenate([np.empty((0, 2)), *inner])


def ways_through(blocks: Lines, streets: Lines, reach: float) -> Lines:
    """Return ways through the middle of blocks, square to their long sides, from street to street.

    Parameters
    ----------
    blocks : array of Polygon
    streets : array of LineString
        Centre lines.
    reach : float
        How far from a block a street may be, m; where there is none the way ends past the block. A
        block without a street at either end of its way has none.

    Examples
    --------
    >>> road = np.array([shapely.LineString([(0, -6), (90, -6)])])
    >>> [line.wkt for line in ways_through(np.array([shapely.box(0, 0, 90, 40)]), road, 30.0)]
    ['LINESTRING (45 -6, 45 41)']
    """
    found: list[shapely.LineString] = []
    tree = shapely.STRtree(streets)
    for block in blocks if len(streets) else ():
        for square in (True, False):
            way = _way_through(block, streets, tree, reach, square=square)
            if way is not None:
                found.append(way)
                break
    return np.array(found, dtype=object)


def _way_through(
    block: shapely.Polygon, streets: Lines, tree: shapely.STRtree, reach: float, *, square: bool
) -> shapely.LineString | None:
    """Return a way square to the long side of a block, or square to the nearest street, if it meets one."""
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(block))
    long, across = sorted((box[1] - box[0], box[2] - box[1]), key=lambda v: -np.hypot(*v))
    middle, step = box[:4].mean(axis=0), across / np.hypot(*across)
    if not square:
        point = shapely.point_on_surface(block)
        road = shapely.get_point(shapely.shortest_line(streets[tree.nearest(point)], point), 0)
        middle = shapely.get_coordinates(point)[0]
        step = middle - shapely.get_coordinates(road)[0]
        step /= max(np.hypot(*step), HAIR)
        if abs(step @ long) > ALONG * np.hypot(*long):
            return None
    far = np.hypot(*long) + np.hypot(*across)
    through = shapely.LineString([middle - step * far, middle + step * far])
    pieces = shapely.get_parts(shapely.intersection(through, block))
    piece = max(pieces, key=shapely.length, default=None)
    if piece is None or shapely.length(piece) < HAIR:
        return None
    ends = shapely.get_coordinates(piece)[[0, -1]]
    out = (ends - ends[::-1]) / shapely.length(piece)
    met = False
    for k in (0, 1):
        ray = shapely.LineString([ends[k], ends[k] + out[k] * reach])
        hit = shapely.intersection(ray, shapely.union_all(streets[tree.query(ray, predicate="intersects")]))
        met |= not shapely.is_empty(hit)
        ends[k] += out[k] * (PAST if shapely.is_empty(hit) else shapely.distance(shapely.Point(ends[k]), hit))
    return shapely.LineString(ends) if met else None
