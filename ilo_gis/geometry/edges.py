"""All edges of many polygons in one table, each with its twin: the same edge of the neighbour."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["CLASH", "LONE", "Edges", "edges_of", "star_shaped"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]
Polygons = NDArray[np.object_]

LONE, CLASH = -1, -2  # instead of the number of a twin
FLAT = 1e-9  # share of its products in a ring's area, below which rounding may have set its sign
CLEAR = 1e-9  # sine of an angle that no rounding turns round
MIX = [np.uint64(k) for k in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]  # odd: xxHash


class Edges(NamedTuple):
    """Edges of many polygons, land on their left, in the order of polygons, rings and walk.

    Attributes
    ----------
    start, stop : arrays of float, shape (n, 2)
        Ends.
    piece : array of int, shape (n,)
        Position of the polygon that the edge is of.
    hole : array of bool, shape (n,)
        Whether it bounds a hole.
    twin : array of int, shape (n,)
        Number of the edge of the same group that is exactly this one, walked the other way.
        `LONE` (-1): there is none. `CLASH` (-2): the edge is walked twice the same way, or more
        than twice, so polygons overlap.
    """

    start: Floats
    stop: Floats
    piece: Ints
    hole: Bools
    twin: Ints


def edges_of(polygons: Polygons, group: Ints | None = None, *, pair: bool = True) -> Edges:
    """Return the edges of polygons and which of them are two sides of one line.

    Shells are walked counter-clockwise, holes clockwise, whichever way they are stored. Edges
    without length are left out. Ends are the same if every bit is (0.0 and -0.0 are the same).

    Parameters
    ----------
    polygons : array of Polygon, shape (m,)
        Missing and empty ones have no edges.
    group : array of int, shape (m,), optional
        Only polygons of one group can share an edge. By default all are of one.
    pair : bool
        Whether to look for twins; without, all are `LONE`.

    Returns
    -------
    Edges
        The edges of a polygon stand together, first its shell, then its holes.

    Examples
    --------
    >>> halves = np.array([shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)])
    >>> edges = edges_of(halves)
    >>> edges.twin.tolist()
    [6, -1, -1, -1, -1, -1, 0, -1]
    >>> edges.start[[0, 6]].tolist(), edges.stop[[0, 6]].tolist()
    ([[1.0, 0.0], [1.0, 2.0]], [[1.0, 2.0], [1.0, 0.0]])
    """
    rings, piece, hole = _rings(polygons)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    xy += 0.0  # -0.0 becomes 0.0
    turned = _turned(rings, hole, xy, ring)
    if turned.any():
        first = np.searchsorted(ring, ring)
        last = np.searchsorted(ring, ring, side="right") - 1
        here = np.arange(len(ring))
        xy = xy.take(np.where(turned[ring], first + last - here, here), axis=0)
    same = ring[1:] == ring[:-1]
    same &= (xy[1:, 0] != xy[:-1, 0]) | (xy[1:, 1] != xy[:-1, 1])
    kept = np.flatnonzero(same)
    ring = ring.take(kept)
    start, stop = xy.take(kept, axis=0), xy.take(kept + 1, axis=0)
    of = piece.take(ring)
    if not pair:
        return Edges(start, stop, of, hole.take(ring), np.full(len(of), LONE, dtype=np.int64))
    own = np.zeros(len(of), dtype=np.int64) if group is None else np.asarray(group).take(of)
    mixed = _hash(xy)
    keys = mixed.take(kept) + mixed.take(kept + 1) + own.astype(np.uint64) * MIX[2]
    return Edges(start, stop, of, hole.take(ring), _twins(start, stop, own, keys))


def star_shaped(edges: Edges, count: int) -> Bools:
    """Return which polygons see their whole boundary from the mean of their vertices.

    That proves that a ring does not meet itself, at a fraction of the cost of a validity check.
    Where it cannot be told safely, or there are holes, the answer is no.

    Parameters
    ----------
    edges : Edges
        From `edges_of`.
    count : int
        Number of polygons.

    References
    ----------
    F. P. Preparata and M. I. Shamos, "Computational Geometry", 1985, section 1.2 (star-shaped).

    Examples
    --------
    >>> bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    >>> star_shaped(edges_of(np.array([shapely.box(0, 0, 1, 2), bow])), 2).tolist()
    [True, False]
    """
    piece = edges.piece
    size = np.bincount(piece, minlength=count)
    first = np.minimum(np.cumsum(size) - size, max(len(piece) - 1, 0))
    base = edges.start.take(first.take(piece), axis=0)
    a, b = edges.start - base, edges.stop - base  # exact for lots
    middle = np.column_stack([np.bincount(piece, a[:, k], count) for k in (0, 1)])
    middle = (middle / np.maximum(size, 1)[:, None]).take(piece, axis=0)
    a -= middle
    b -= middle
    (x, y), (u, v) = a.T, b.T
    seen = x * v - y * u > CLEAR * np.sqrt((x * x + y * y) * (u * u + v * v))
    seen &= ~edges.hole
    rounds = np.bincount(piece, (y < 0) & (v >= 0), count)  # each is a full turn, as all turn left
    return (size > 2) & (np.bincount(piece, seen, count) == size) & (rounds == 1)


def _rings(polygons: Polygons) -> tuple[Polygons, Ints, Bools]:
    """Return rings, or polygons without holes as they are; the polygon of each; whether it is a hole."""
    if (shapely.get_num_interior_rings(polygons) > 0).any():
        rings, piece = shapely.get_rings(polygons, return_index=True)
        hole = np.zeros(len(rings), dtype=bool)
        hole[1:] = piece[1:] == piece[:-1]
        return rings, piece, hole
    return polygons, np.arange(len(polygons)), np.zeros(len(polygons), dtype=bool)


def _turned(rings: Polygons, hole: Bools, xy: Floats, ring: Ints) -> Bools:
    """Return which rings are stored the other way."""
    first = np.searchsorted(ring, np.arange(len(rings)))
    away = xy - xy.take(np.minimum(first, max(len(xy) - 1, 0)).take(ring), axis=0)  # exact for lots
    x, y = away[:, 0], away[:, 1]
    one, other = x[:-1] * y[1:], x[1:] * y[:-1]
    of = ring[1:]
    one[of != ring[:-1]] = other[of != ring[:-1]] = 0.0
    area = np.bincount(of, one - other, len(rings))
    doubtful = np.abs(area) <= FLAT * np.bincount(of, np.abs(one) + np.abs(other), len(rings))
    counter = area > 0
    if doubtful.any():
        closed = rings[doubtful]
        polygon = shapely.get_type_id(closed) == 3
        closed[polygon] = shapely.get_exterior_ring(closed[polygon])
        counter[doubtful] = shapely.is_ccw(closed)
    return counter == hole


def _hash(xy: Floats) -> Words:
    """Return a number for each point that depends on all bits of its coordinates."""
    bits = np.ascontiguousarray(xy).view(np.uint64)
    bits = bits ^ (bits >> np.uint64(32))  # round coordinates differ in their high bits only
    mixed = bits[:, 0] * MIX[0] + bits[:, 1] * MIX[1]
    mixed ^= mixed >> np.uint64(29)
    mixed *= MIX[2]
    return mixed ^ (mixed >> np.uint64(32))


def _twins(start: Floats, stop: Floats, own: Ints, keys: Words) -> Ints:
    """Pair edges by keys that are equal if the edges are. What keys cannot settle is sorted exactly."""
    twin = np.full(len(keys), LONE, dtype=np.int64)
    order = np.argsort(keys)
    keys = keys.take(order)
    like = np.zeros(len(keys) + 1, dtype=bool)  # like[k]: the k-th key is the one before
    like[1:-1] = keys[1:] == keys[:-1]
    two = np.flatnonzero(like[1:-1] & ~like[:-2] & ~like[2:])
    one, other = order.take(two), order.take(two + 1)
    a, b = start.take(one, axis=0), stop.take(one, axis=0)
    c, d = start.take(other, axis=0), stop.take(other, axis=0)
    back = ((a == d) & (b == c)).all(axis=1) & (own.take(one) == own.take(other))
    twin[one[back]], twin[other[back]] = other[back], one[back]
    open_ = like[1:] | like[:-1]
    open_[two[back]] = open_[two[back] + 1] = False
    _settle(order[open_], start, stop, own, twin)
    return twin


def _settle(rest: Ints, start: Floats, stop: Floats, own: Ints, twin: Ints) -> None:
    """Pair some edges by sorting their coordinates; write what they are paired with into `twin`."""
    if not len(rest):
        return
    a, b = start[rest], stop[rest]
    forth = (a[:, 0] < b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] < b[:, 1]))
    line = np.column_stack([np.where(forth[:, None], a, b), np.where(forth[:, None], b, a), own[rest]])
    order = np.lexsort([~forth, *line.T])
    line, forth, rest = line[order], forth[order], rest[order]
    first = np.flatnonzero(np.append(True, (line[1:] != line[:-1]).any(axis=1)))
    count = np.diff(np.append(first, len(rest)))
    pair = first[count == 2]
    pair = pair[forth[pair] & ~forth[pair + 1]]
    twin[rest[np.repeat(count > 1, count)]] = CLASH
    twin[rest[pair]], twin[rest[pair + 1]] = rest[pair + 1], rest[pair]
