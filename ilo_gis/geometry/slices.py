"""Pieces cut off the ends of polygons by one straight line square to the long side, of an exact area."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = [
    "NEAR",
    "Axes",
    "Cut",
    "axes",
    "cut_off",
    "end_pieces",
    "part_across",
    "split_edges",
    "with_points",
]

LEVEL = 1e-9  # m; a side that climbs less than this along the axis is square to it
HALVINGS = 60  # of the length of a block: finer than the last digit of its coordinates

Polygons = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR = 1e-6  # m; a point this close to an edge lies on it


class Axes(NamedTuple):
    """Long axes of polygons.

    `way` (n, 2) is the direction, `low` and `high` the places of the ends along it (m); `plain` are
    those that every line square to the axis cuts in two at the most, so that pieces can be cut off.
    """

    way: Floats
    low: Floats
    high: Floats
    plain: Bools

    def take(self, rows: Ints) -> Axes:
        """Return those of some polygons, in this order."""
        return Axes(self.way[rows], self.low[rows], self.high[rows], self.plain[rows])


class Cut(NamedTuple):
    """A polygon in two: the piece cut off, the rest, and the edges split.

    `splits` (k, 3, 2) has the start and the stop of each of these edges, and the new point.
    """

    piece: shapely.Polygon
    rest: shapely.Polygon
    splits: Floats


def axes(polygons: Polygons) -> Axes:
    """Return the long axes of polygons: those of their least rectangles.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        In metres.

    Returns
    -------
    Axes

    Examples
    --------
    >>> found = axes(np.array([shapely.box(0, 0, 30, 10)]))
    >>> float(found.high[0] - found.low[0]), bool(found.plain[0])
    (30.0, True)
    """
    boxes = shapely.get_exterior_ring(shapely.oriented_envelope(polygons))
    corner = shapely.get_coordinates(shapely.get_point(boxes[:, None], np.arange(3))).reshape(-1, 3, 2)
    one, two = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 1]
    way = np.where((np.hypot(*one.T) >= np.hypot(*two.T))[:, None], one, two)
    way /= np.hypot(*way.T)[:, None]
    way *= np.where((way[:, 0] < 0) | ((way[:, 0] == 0) & (way[:, 1] < 0)), -1.0, 1.0)[:, None]
    xy, owner = shapely.get_coordinates(shapely.get_exterior_ring(polygons), return_index=True)
    place = (xy * way[owner]).sum(axis=1)
    low, high = np.full(len(polygons), np.inf), np.full(len(polygons), -np.inf)
    np.minimum.at(low, owner, place)
    np.maximum.at(high, owner, place)
    step = np.diff(place)
    real = (owner[1:] == owner[:-1]) & (np.abs(step) > LEVEL)
    climbs, of = step[real] > 0, owner[1:][real]
    # a ring that climbs once and falls once is met twice by every line across it
    turns = np.bincount(of[1:], (climbs[1:] != climbs[:-1]) & (of[1:] == of[:-1]), len(polygons))
    first = np.searchsorted(of, np.arange(len(polygons)))
    last = np.searchsorted(of, np.arange(len(polygons)), side="right") - 1
    turns += climbs[first] != climbs[last]
    return Axes(way, low, high, (turns == 2) & (shapely.get_num_interior_rings(polygons) == 0))


def end_pieces(polygons: Polygons, along: Axes, top: Bools, length: Floats) -> Polygons:
    """Return the parts of polygons within a length of the low end of their axes, or of the high end.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
    along : Axes
        Of these polygons.
    top : array of bool
        Whether the piece is at the high end.
    length : array of float
        In metres along the axis.

    Returns
    -------
    array of Polygon

    Examples
    --------
    >>> block = np.array([shapely.box(0, 0, 30, 10)])
    >>> end_pieces(block, axes(block), np.array([True]), np.array([5.0]))[0].bounds
    (25.0, 0.0, 30.0, 10.0)
    """
    start = np.where(top, along.high - length, along.low - 1.0)
    stop = np.where(top, along.high + 1.0, along.low + length)
    side = np.stack([-along.way[:, 1], along.way[:, 0]], axis=1)
    middle = (shapely.get_coordinates(shapely.centroid(polygons)) * side).sum(axis=1)
    far = along.high - along.low + 1.0  # the long side is longer than half the short one
    ends = np.stack([np.stack([start, stop, stop, start]), np.stack([-far, -far, far, far]) + middle], axis=2)
    corner = ends[..., :1] * along.way + ends[..., 1:] * side
    return shapely.intersection(polygons, shapely.polygons(corner.transpose(1, 0, 2)))


def cut_off(polygon: shapely.Polygon, area: float, *, top: bool) -> Cut:
    """Cut a piece of a given area off an end of a polygon, by a line square to its long side.

    Parameters
    ----------
    polygon : Polygon
        One whose axis is plain, in metres.
    area : float
        Of the piece, m2; less than that of the polygon.
    top : bool
        Whether the piece is at the high end of the axis.

    Returns
    -------
    Cut
        The line ends in new vertices; `split_edges` puts them into the neighbours, too.

    Examples
    --------
    >>> done = cut_off(shapely.box(0, 0, 30, 10), 120.0, top=False)
    >>> np.round([done.piece.bounds, done.rest.bounds], 6).tolist()
    [[0.0, 0.0, 12.0, 10.0], [12.0, 0.0, 30.0, 10.0]]
    """
    block = np.array([polygon])
    along = axes(block)
    near, far = 0.0, float(along.high[0] - along.low[0])
    for _ in range(HALVINGS):
        half = (near + far) / 2
        inside = shapely.area(end_pieces(block, along, np.array([top]), np.array([half])))[0] < area
        near, far = (half, far) if inside else (near, half)
    at = along.high[0] - near if top else along.low[0] + near
    ring = shapely.get_coordinates(polygon.exterior)[:-1]
    height = ring @ along.way[0] - at
    after = np.roll(np.arange(len(ring)), -1)
    over = height > 0
    crossed = np.flatnonzero(over != over[after])
    share = (height[crossed] / (height[crossed] - height[after[crossed]]))[:, None]
    start, stop = ring[crossed], ring[after[crossed]]
    point = start + share * (stop - start)
    up, down = (0, 1) if over[after[crossed[0]]] else (1, 0)
    parts = [_between(ring, crossed, point, up, down), _between(ring, crossed, point, down, up)]
    piece, rest = parts if top else parts[::-1]
    splits = np.stack([start, stop, point], axis=1)
    new = np.any(point != start, axis=1) & np.any(point != stop, axis=1)
    return Cut(piece, rest, splits[new])


def part_across(polygon: shapely.Polygon, pieces: int, rows: int = 1) -> tuple[Polygons, Floats]:
    """Part a polygon of any shape into slices of equal length, by lines square to its long side.

    Parameters
    ----------
    polygon : Polygon
    pieces : int
        Number of slices; where the polygon is not plain, one may be several polygons.
    rows : int
        Number of parts of each slice, of equal width.

    Returns
    -------
    parts : array of Polygon
        They cover the polygon and share the new vertices.
    splits : array of float, shape (k, 3, 2)
        As in `Cut`.

    Examples
    --------
    >>> parts, splits = part_across(shapely.box(0, 0, 30, 10), 3)
    >>> shapely.area(parts).round(6).tolist(), len(splits)
    ([100.0, 100.0, 100.0], 4)
    >>> shapely.area(part_across(shapely.box(0, 0, 30, 10), 3, rows=2)[0]).round(6).tolist()
    [50.0, 50.0, 50.0, 50.0, 50.0, 50.0]
    """
    way = axes(np.array([polygon], dtype=object)).way[0]
    cuts = [
        (to, at) for to, n in ((way, pieces), (way[::-1] * [-1, 1], rows)) for at in _evenly(polygon, to, n)
    ]
    rings, lines, splits = [], [], []
    crossings: list[list[Floats]] = [[] for _ in cuts]
    for ring in [polygon.exterior, *polygon.interiors]:
        xy = shapely.get_coordinates(ring)
        new, where = [], []
        for k, (to, place) in enumerate(cuts):
            height = xy @ to - place
            (edge,) = np.nonzero((height[:-1] > 0) != (height[1:] > 0))
            share = (height[edge] / (height[edge] - height[edge + 1]))[:, None]
            point = xy[edge] + share * (xy[edge + 1] - xy[edge])
            crossings[k].extend(point)
            new.append(point)
            where.append(edge)
        point, edge = np.concatenate(new), np.concatenate(where)
        order = np.lexsort((np.hypot(*(point - xy[edge]).T), edge))
        point, edge = point[order], edge[order]
        first = np.concatenate([[True], edge[1:] != edge[:-1]])
        start = np.where(first[:, None], xy[edge], np.roll(point, 1, axis=0))
        splits.append(np.stack([start, xy[edge + 1], point], axis=1))
        rings.append(shapely.LineString(np.insert(xy, edge + 1, point, axis=0)))
    for (to, _), points in zip(cuts, map(np.array, crossings), strict=True):
        pairs = points[np.argsort(points @ (to[::-1] * [-1, 1]), kind="stable")].reshape(-1, 2, 2)
        lines += list(shapely.linestrings(pairs))
    parts = shapely.get_parts(shapely.polygonize([shapely.union_all([*rings, *lines])]))
    shapely.prepare(polygon)
    return parts[shapely.contains(polygon, shapely.point_on_surface(parts))], np.concatenate(splits)


def _evenly(polygon: shapely.Polygon, way: Floats, pieces: int) -> Floats:
    """Return the places along a direction between pieces of equal length."""
    place = shapely.get_coordinates(polygon) @ way
    return np.linspace(place.min(), place.max(), pieces + 1)[1:-1]


def _between(ring: Floats, crossed: Ints, point: Floats, one: int, two: int) -> shapely.Polygon:
    """Return the part of a ring from one crossing on to the other, closed by the line between them."""
    count = (crossed[two] - crossed[one]) % len(ring)
    own = ring[(crossed[one] + 1 + np.arange(count)) % len(ring)]
    xy = np.concatenate([point[[one]], own, point[[two]]])
    kept = np.any(xy != np.roll(xy, 1, axis=0), axis=1)
    return shapely.normalize(shapely.Polygon(xy[kept]))


def split_edges(polygons: Polygons, splits: Floats) -> Polygons:
    """Return polygons with new vertices on some of their edges.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
    splits : array of float, shape (k, 3, 2)
        Start and stop of an edge, in either direction, and the point between; done in this order.

    Returns
    -------
    array of Polygon
        Polygons without any of these edges are returned as they are.

    Examples
    --------
    >>> street = np.array([shapely.box(0, 0, 4, 1)])
    >>> split_edges(street, np.array([[[0, 1], [4, 1], [3, 1.0]]]))[0]
    <POLYGON ((4 0, 4 1, 3 1, 0 1, 0 0, 4 0))>
    """
    result = polygons.copy()
    rings, owner = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    changed = np.zeros(len(rings), dtype=bool)
    for start, stop, point in splits:
        here, there = np.all(xy == start, axis=1), np.all(xy == stop, axis=1)
        found = (here[:-1] & there[1:]) | (there[:-1] & here[1:])
        at = np.flatnonzero(found & (ring[1:] == ring[:-1])) + 1
        changed[ring[at]] = True
        xy, ring = np.insert(xy, at, point, axis=0), np.insert(ring, at, ring[at])
    touched = np.isin(owner, owner[changed])
    new = shapely.linearrings(
        xy[touched[ring]], indices=np.unique(ring[touched[ring]], return_inverse=True)[1]
    )
    for one in np.unique(owner[touched]):
        own = new[owner[touched] == one]
        result[one] = shapely.Polygon(own[0], own[1:])
    return result


def with_points(polygons: Polygons, points: Floats) -> Polygons:
    """Return polygons with new vertices where points lie on their edges, to a micrometre.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
    points : array of float, shape (k, 2)

    Examples
    --------
    >>> with_points(np.array([shapely.box(0, 0, 4, 1)]), np.array([[3, 1.0], [9, 9]]))[0]
    <POLYGON ((4 0, 4 1, 3 1, 0 1, 0 0, 4 0))>
    """
    rings = shapely.get_rings(polygons)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, stop = xy[:-1][same], xy[1:][same]
    edges = shapely.linestrings(np.stack([start, stop], axis=1))
    point, edge = shapely.STRtree(edges).query(shapely.points(points), "dwithin", NEAR)
    apart = [np.hypot(*(points[point] - end[edge]).T) for end in (start, stop)]
    inner = (apart[0] > NEAR) & (apart[1] > NEAR)
    point, edge, along = point[inner], edge[inner], apart[0][inner]
    order = np.lexsort((along, edge))
    point, edge, along = point[order], edge[order], along[order]
    new = np.concatenate([np.ones(min(len(edge), 1), bool), (np.diff(edge) > 0) | (np.diff(along) > NEAR)])
    point, edge = points[point[new]], edge[new]
    first = np.concatenate([np.ones(min(len(edge), 1), bool), np.diff(edge) > 0])
    before = np.where(first[:, None], start[edge], np.roll(point, 1, axis=0))
    return split_edges(polygons, np.stack([before, stop[edge], point], axis=1))
