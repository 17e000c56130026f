"""Polygons side by side, cut by lines that give way to them: no vertex that is there moves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["Cutting", "cut_cover", "with_points", "without_idle_points"]

NEAR = 1e-4  # m; a line this close to a vertex or an edge meets it
STRAIGHT = 1e-6  # m; a point this close to the line between its neighbours does not bend it

Polygons = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Cutting(NamedTuple):
    """Faces that lines cut polygons into, points put on edges of the polygons, and these edges.

    Points have shape (k, 2), edges (k, 2, 2): both ends.
    """

    faces: Polygons
    points: Floats
    edges: Floats


def cut_cover(polygons: Polygons, lines: Polygons) -> Cutting:
    """Return what lines cut polygons into that lie side by side.

    Lines are moved, by a tenth of a millimetre at most, onto vertices and edges of the polygons
    that they come so close to; vertices of the polygons stay. So outlines that nearly coincide
    become one, and cutting again and again leaves no slivers and no near-double vertices.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        In metres, with the same vertices on both sides of each common edge.
    lines : array of LineString or LinearRing
        Noded: they meet each other in vertices only.

    Returns
    -------
    Cutting
        Faces enclosed by the edges, holes of the polygons among them.

    Examples
    --------
    >>> line = shapely.linestrings([[[3, -1], [3, 10.00005]]])
    >>> cut = cut_cover(np.array([shapely.box(0, 0, 10, 10)]), line)
    >>> sorted(shapely.area(cut.faces).tolist()), cut.points.tolist()
    ([30.0, 70.0], [[3.0, 10.0], [3.0, 0.0]])
    """
    net = _Net(*_graph(shapely.boundary(polygons)))
    piece = _noded(net, *_graph(lines))
    used = np.unique(piece)
    used = used[net.on[used] >= 0]
    pairs = np.sort(np.concatenate([_split(net, used), piece]), axis=1)
    edges = shapely.linestrings(net.xy[np.unique(pairs, axis=0)])
    return Cutting(shapely.get_parts(shapely.polygonize(edges)), net.xy[used], net.xy[net.edge[net.on[used]]])


class _Net:
    """Points and edges of polygons; points of lines are added, each with the edge that it lies on or -1."""

    def __init__(self, xy: Floats, edge: Ints) -> None:
        self.xy, self.edge = xy, edge
        self.on = np.full(len(xy), -1, dtype=np.int64)
        self.lines = shapely.linestrings(xy[edge])
        self.edges, self.corners = shapely.STRtree(self.lines), shapely.STRtree(shapely.points(xy))

    def meets(self, point: Ints, edge: Ints) -> Bools:
        """Return whether points are ends of edges, or were put on them."""
        return (self.on[point] == edge) | (self.edge[edge] == point[:, None]).any(axis=1)

    def add(self, xy: Floats, on: Ints) -> Ints:
        """Add points, and return their numbers."""
        first = len(self.xy)
        self.xy, self.on = np.concatenate([self.xy, xy]), np.concatenate([self.on, on])
        return np.arange(first, len(self.xy))

    def put(self, xy: Floats) -> Ints:
        """Return the vertices that points are close to; others are added, on the edge they are close to."""
        number = np.full(len(xy), -1, dtype=np.int64)
        k, corner = self.corners.query_nearest(shapely.points(xy), max_distance=NEAR, all_matches=False)
        number[k] = corner
        rest = np.flatnonzero(number < 0)
        on = np.full(len(rest), -1, dtype=np.int64)
        at = xy[rest]
        k, edge = self.edges.query_nearest(shapely.points(at), max_distance=NEAR, all_matches=False)
        on[k] = edge
        a, b = self.xy[self.edge[edge]].transpose(1, 0, 2)
        share = ((at[k] - a) * (b - a)).sum(axis=1) / ((b - a) ** 2).sum(axis=1)
        at[k] = a + share[:, None] * (b - a)
        number[rest] = self.add(at, on)
        return number


def _graph(lines: Polygons) -> tuple[Floats, Ints]:
    """Return the vertices of lines, each once, and their edges as pairs of these, each once."""
    xy, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    points, number = np.unique(xy, axis=0, return_inverse=True)
    number = number.reshape(-1)
    pairs = np.stack([number[:-1], number[1:]], axis=1)[line[1:] == line[:-1]]
    return points, _once(pairs)


def _once(pairs: Ints) -> Ints:
    return np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)


def _noded(net: _Net, xy: Floats, pairs: Ints) -> Ints:
    """Return lines as pairs of points, parted where they meet polygons, without what runs along edges."""
    piece = _once(net.put(xy)[pairs])
    while True:
        lines = shapely.linestrings(net.xy[piece])
        k, point = _passed(net, lines, piece)
        if not len(k):
            k, edge = _crossed(net, lines, piece)
            point = net.add(_meeting(net, piece[k], edge), edge)
        if not len(k):
            return piece[~_along(net, piece)]
        halves = [np.stack([piece[k, 0], point], axis=1), np.stack([point, piece[k, 1]], axis=1)]
        piece = _once(np.concatenate([np.delete(piece, k, axis=0), *halves]))


def _passed(net: _Net, lines: Polygons, piece: Ints) -> tuple[Ints, Ints]:
    """Return lines that pass a vertex of polygons, and the first such vertex."""
    k, corner = net.corners.query(lines, predicate="dwithin", distance=NEAR)
    apart = np.hypot(*(net.xy[corner, None] - net.xy[piece[k]]).transpose(2, 0, 1)).min(axis=1)
    k, corner = k[apart > NEAR], corner[apart > NEAR]
    one, first = np.unique(k, return_index=True)
    return one, corner[first]


def _crossed(net: _Net, lines: Polygons, piece: Ints) -> tuple[Ints, Ints]:
    """Return lines that cross an edge of polygons, and the first such edge."""
    k, edge = net.edges.query(lines, predicate="intersects")
    new = ~net.meets(piece[k, 0], edge) & ~net.meets(piece[k, 1], edge)
    one, first = np.unique(k[new], return_index=True)
    return one, edge[new][first]


def _meeting(net: _Net, piece: Ints, edge: Ints) -> Floats:
    """Return where lines cross edges, as points of the edges."""
    p, q = net.xy[piece].transpose(1, 0, 2)
    a, b = net.xy[net.edge[edge]].transpose(1, 0, 2)
    way, step = q - p, b - a
    share = _cross(p - a, way) / _cross(step, way)
    return a + np.clip(share, 0.0, 1.0)[:, None] * step


def _cross(a: Floats, b: Floats) -> Floats:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def _along(net: _Net, piece: Ints) -> Bools:
    """Return which lines have both ends on one edge."""
    along = np.zeros(len(piece), dtype=bool)
    for one, other in (piece.T, piece.T[::-1]):
        own = net.on[one] >= 0
        along[own] |= net.meets(other[own], net.on[one[own]])
    return along


def _split(net: _Net, points: Ints) -> Ints:
    """Return the edges of polygons as pairs of points, parted at points that lie on them."""
    edge = net.on[points]
    place = np.hypot(*(net.xy[points] - net.xy[net.edge[edge, 0]]).T)
    order = np.lexsort((place, edge))
    points, edge = points[order], edge[order]
    whole = np.delete(net.edge, np.unique(edge), axis=0)
    first, last = (np.append(True, np.diff(edge) > 0), np.append(np.diff(edge) > 0, True))
    if not len(edge):
        return whole
    before = np.where(first, net.edge[edge, 0], np.roll(points, 1))
    ends = np.stack([points[last], net.edge[edge[last], 1]], axis=1)
    return np.concatenate([whole, np.stack([before, points], axis=1), ends])


def with_points(polygons: Polygons, points: Floats, edges: Floats) -> Polygons:
    """Put points into the edges of polygons that they were put on by `cut_cover`; all else stays as it is.

    An edge is known by its ends, to the last bit: what is only near a point does not get it.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Neighbours of those that were cut, with the same vertices on common edges.
    points : array of float, shape (k, 2)
        Points of a `Cutting`.
    edges : array of float, shape (k, 2, 2)
        Its edges.

    Examples
    --------
    >>> cut = cut_cover(np.array([shapely.box(0, 0, 10, 10)]), shapely.linestrings([[[3, -1], [3, 11]]]))
    >>> beside = np.array([shapely.box(0, 10, 10, 12), shapely.box(10, 0, 12, 10)])
    >>> [shape.wkt for shape in with_points(beside, cut.points, cut.edges)]
    ['POLYGON ((10 10, 10 12, 0 12, 0 10, 3 10, 10 10))', 'POLYGON ((12 0, 12 10, 10 10, 10 0, 12 0))']
    """
    rings, owner = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    _, number = np.unique(np.concatenate([edges.reshape(-1, 2), xy]), axis=0, return_inverse=True)
    ends, walk = np.split(number.reshape(-1), [2 * len(edges)])
    pairs = np.concatenate([ends.reshape(-1, 2), np.stack([walk[:-1], walk[1:]], axis=1)])
    _, same = np.unique(np.sort(pairs, axis=1), axis=0, return_inverse=True)
    wanted, own = np.split(same.reshape(-1), [len(edges)])
    own[ring[1:] != ring[:-1]] = -1
    near = np.flatnonzero(np.isin(own, wanted))
    at, k = np.nonzero(own[near, None] == wanted)
    order = np.lexsort((np.hypot(*(points[k] - xy[near[at]]).T), at))
    at, k = near[at[order]], k[order]
    more, of = np.insert(xy, at + 1, points[k], axis=0), np.insert(ring, at + 1, ring[at])
    result = polygons.copy()
    for one in np.unique(owner[ring[at]]):
        own_rings = [more[of == r] for r in np.flatnonzero(owner == one)]
        result[one] = shapely.Polygon(own_rings[0], own_rings[1:])
    return result


def without_idle_points(polygons: Polygons, points: Floats) -> Polygons:
    """Leave those of some points out of polygons that bend none of them.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        All polygons at these points.
    points : array of float, shape (k, 2)
        Vertices that may go.

    Examples
    --------
    >>> row = shapely.from_wkt(["POLYGON ((0 0, 4 0, 8 0, 8 5, 0 5, 0 0))"])
    >>> shapely.get_num_coordinates(without_idle_points(row, np.array([[4.0, 0.0]]))).tolist()
    [5]
    """
    rings, owner = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    closing = np.append(ring[1:] != ring[:-1], True)
    xy, ring = xy[~closing], ring[~closing]
    _, number = np.unique(np.concatenate([points, xy]), axis=0, return_inverse=True)
    number = number.reshape(-1)
    idle = np.zeros(number.max(initial=-1) + 1, dtype=bool)
    idle[number[: len(points)]] = True
    number = number[len(points) :]
    at = np.flatnonzero(idle[number])
    size = np.bincount(ring, minlength=len(rings))
    start = np.cumsum(size) - size
    ahead, back = (start[ring[at]] + (at - start[ring[at]] + s) % size[ring[at]] for s in (1, -1))
    straight = shapely.linestrings(np.stack([xy[back], xy[ahead]], axis=1))
    bends = ~shapely.dwithin(straight, shapely.points(xy[at]), STRAIGHT)
    idle[number[at[bends]]] = False
    kept = ~idle[number]
    result = polygons.copy()
    for one in np.unique(owner[ring[~kept]]):
        own = [xy[kept & (ring == k)] for k in np.flatnonzero(owner == one)]
        result[one] = shapely.Polygon(own[0], own[1:])
    return result
