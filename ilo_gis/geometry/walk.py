"""Walks round lots from their main front, with the side that each edge is of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.edges import Edges
from ilo_gis.geometry.measure import BEND, longest_of

__all__ = [
    "BACK",
    "FRONT",
    "LEFT",
    "NAMELESS",
    "RIGHT",
    "Walk",
    "depth_from",
    "outer",
    "runs",
    "straight",
    "walk_around",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FRONT, RIGHT, BACK, LEFT = range(4)  # counter-clockwise, which is how lots are walked
NAMELESS = -1  # the side of a lot without front
STRAIGHT = 1e-3  # radians; a straight line may bend so much at a vertex that a neighbour has put on it


class Walk(NamedTuple):
    """Edges of shells in the order of lots and, in each, of the walk from its main front.

    Attributes
    ----------
    start, stop : arrays of float, shape (n, 2)
        Ends.
    lot, edge : arrays of int, shape (n,)
        Lot, and number in the table of edges.
    side : array of int, shape (n,)
        `FRONT`, `RIGHT`, `BACK`, `LEFT`; `NAMELESS` for lots without front.
    length : array of float, shape (n,)
        Length in map units.
    first : array of int
        First edge of each lot that has edges.
    front : array of int, shape (number of lots,)
        The longest edge of the main front; -1 without.
    """

    start: Floats
    stop: Floats
    lot: Ints
    edge: Ints
    side: Ints
    length: Floats
    first: Ints
    front: Ints


def walk_around(edges: Edges, on_street: Bools, count: int) -> Walk:
    """Name the side of each edge of lots.

    The main front is the longest stretch on a street without a turn of more than 30 degrees. Right,
    back and left follow counter-clockwise, so right is on the right hand of who enters. They meet
    at corners, turns to the left of more than 30 degrees (where there are none, at any vertex): the
    far right corner lies farthest in the direction half-way between inwards and right, the far left
    one half-way between inwards and left; so each edge of a convex lot is on the side whose
    direction it is nearest to. With one corner, as in a triangle, there is no back.

    Parameters
    ----------
    edges : Edges
        Edges of the lots.
    on_street : array of bool, shape of ``edges.twin``
        Which lie on a street.
    count : int
        Number of lots.

    Examples
    --------
    >>> edges = ilo_gis.geometry.edges.edges_of(np.array([shapely.box(0, 0, 8, 20)]))
    >>> walk = walk_around(edges, edges.start[:, 1] + edges.stop[:, 1] == 0, 1)
    >>> walk.side.tolist(), walk.length.tolist()
    ([0, 1, 2, 3], [8.0, 20.0, 8.0, 20.0])
    """
    shell = np.flatnonzero(~edges.hole)
    start, stop, lot = (
        edges.start.take(shell, axis=0),
        edges.stop.take(shell, axis=0),
        edges.piece.take(shell),
    )
    street = on_street[shell]
    size = np.bincount(lot, minlength=count)
    first = np.cumsum(size) - size
    here = np.arange(len(lot))
    before = np.where(here == first[lot], first[lot] + size[lot] - 1, here - 1)
    edge = stop - start
    length = np.hypot(*edge.T)
    turn = _turns(edge.take(before, axis=0), edge)
    stretch = _stretches((np.abs(turn) > BEND) | (street != street[before]), first, size)
    total = np.bincount(stretch, length)
    main = longest_of(lot, np.where(street, total[stretch].round(6), 0.0), count)
    has = np.bincount(lot, street, count) > 0
    front = has[lot] & (stretch == stretch[main][lot])
    longest = longest_of(lot, np.where(front, length, -1.0), count)
    opening = first.copy()
    opens = np.flatnonzero(front & ~front[before])
    opening[lot[opens]] = opens
    place = here - opening[lot]
    place += size[lot] * (place < 0)
    rank = first[lot] + place
    order = np.empty_like(rank)
    order[rank] = here
    start, stop = start.take(order, axis=0), stop.take(order, axis=0)
    side = _named(start, stop, lot, place[order], front[order], turn[order], size)
    side[~has[lot]] = NAMELESS
    front_edge = np.where(has, rank[longest], -1) if len(rank) else np.full(count, -1)
    return Walk(start, stop, lot, shell[order], side, length[order], first[size > 0], front_edge)


def runs(walk: Walk, behind: Ints) -> tuple[Ints, Ints]:
    """Return the first edge of each run with one side and one neighbour, and its place in its lot.

    Parameters
    ----------
    walk : Walk
        From `walk_around`. Lots without front change sides at turns of more than 30 degrees.
    behind : array of int, shape of ``walk.lot``
        Who is behind each edge.

    Examples
    --------
    >>> edges = ilo_gis.geometry.edges.edges_of(np.array([shapely.box(0, 0, 8, 20)]))
    >>> walk = walk_around(edges, edges.start[:, 1] + edges.stop[:, 1] == 0, 1)
    >>> [values.tolist() for values in runs(walk, np.array([7, -1, -1, -1]))]
    [[0, 1, 2, 3], [1, 2, 3, 4]]
    """
    begins = np.ones(len(walk.lot), dtype=bool)
    begins[1:] = (walk.lot[1:] != walk.lot[:-1]) | (walk.side[1:] != walk.side[:-1])
    begins[1:] |= behind[1:] != behind[:-1]
    edge = walk.stop - walk.start
    begins[1:] |= (walk.side[1:] == NAMELESS) & (np.abs(_turns(edge[:-1], edge[1:])) > BEND)
    first = np.flatnonzero(begins)
    number = np.cumsum(begins)
    return first, number[first] - number[walk.first][np.cumsum(np.isin(first, walk.first)) - 1] + 1


def straight(walk: Walk, first: Ints) -> Ints:
    """Return 1 for each edge that is not the straight continuation of the one before in its run."""
    edge = walk.stop - walk.start
    new = np.ones(len(edge), dtype=np.int64)
    new[1:] = np.abs(_turns(edge[:-1], edge[1:])) > STRAIGHT
    new[first] = 1
    return new


def outer(start: Floats, stop: Floats) -> Bools:
    """Return which edges of closed rings, land on their left, are not of a hole.

    Parameters
    ----------
    start, stop : arrays of float, shape (n, 2)
        Ends of the edges. If they do not close, as where lots overlap, none is of a hole.

    Examples
    --------
    >>> ring = shapely.box(0, 0, 9, 9).difference(shapely.box(1, 1, 2, 2))
    >>> edges = ilo_gis.geometry.edges.edges_of(np.array([ring]))
    >>> outer(edges.start, edges.stop).sum()
    4
    """
    forth, back = np.lexsort(start.T), np.lexsort(stop.T)
    if not np.array_equal(start[forth], stop[back]):  # where lots overlap rings are not closed
        return np.ones(len(start), dtype=bool)
    following = np.empty(len(start), dtype=np.int64)
    following[back] = forth
    ring, ahead = np.arange(len(start)), following
    for _ in range(len(start).bit_length()):  # each step looks twice as far ahead
        ring, ahead = np.minimum(ring, ring[ahead]), ahead[ahead]
    a, b = start - start[ring], stop - start[ring]
    return np.bincount(ring, a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], len(start))[ring] > 0


def depth_from(walk: Walk, base: Ints) -> Floats:
    """Return the greatest distance of a vertex of each lot from the line of an edge; NaN where that is -1."""
    depth = np.full(len(base), np.nan)
    if not len(walk.lot):
        return depth
    axis = (walk.stop - walk.start)[base] / np.maximum(walk.length[base], 1e-300)[:, None]
    away = walk.start - walk.start.take(base[walk.lot], axis=0)
    axis = axis.take(walk.lot, axis=0)
    height = np.abs(away[:, 0] * axis[:, 1] - away[:, 1] * axis[:, 0])
    lot = walk.lot[walk.first]
    depth[lot] = np.maximum.reduceat(height, walk.first)
    depth[base < 0] = np.nan
    return depth


def _turns(edge: Floats, after: Floats) -> Floats:
    """Return the angle from each edge to the next, positive to the left."""
    cross = edge[:, 0] * after[:, 1] - edge[:, 1] * after[:, 0]
    return np.arctan2(cross, edge[:, 0] * after[:, 0] + edge[:, 1] * after[:, 1])


def _stretches(breaks: Bools, first: Ints, size: Ints) -> Ints:
    """Return the stretch between breaks that each edge is in, also across the start of a ring."""
    some = size > 0
    begins = breaks.copy()
    begins[first[some]] = True
    number = np.cumsum(begins) - 1
    last = number[first[some] + size[some] - 1]
    same = ~breaks[first[some]]
    alias = np.arange(len(number))
    alias[number[first[some]][same]] = last[same]
    return alias[number]


def _named(
    start: Floats, stop: Floats, lot: Ints, place: Ints, front: Bools, turn: Floats, size: Ints
) -> Ints:
    """Return the side of each edge of walks that begin with the main front."""
    count = len(size)
    fronts = np.bincount(lot, front, count).astype(np.int64)
    begin = np.cumsum(size) - size
    inner = place > fronts[lot]  # starts at a vertex between two edges that are no front
    corner = inner & (turn > BEND)
    corner |= inner & (np.bincount(lot, corner, count) == 0)[lot]
    many = np.bincount(lot, corner, count).astype(np.int64)
    if not len(lot):
        return np.empty(0, dtype=np.int64)
    at = np.minimum(begin, len(lot) - 1)
    along_it = stop[np.maximum(at + fronts - 1, 0)] - start[at]
    along_it /= np.maximum(np.hypot(*along_it.T), 1e-300)[:, None]
    away = start - start.take(at[lot], axis=0)
    u, v = along_it.take(lot, axis=0).T
    right, inward = away[:, 0] * u + away[:, 1] * v, away[:, 1] * u - away[:, 0] * v
    last = corner & (np.cumsum(corner) == np.cumsum(many)[lot])
    free = corner & ~(last & (many > 1)[lot])
    far_right = longest_of(lot, np.where(free, inward + right, -np.inf), count)
    after = corner & ((place > place[far_right][lot]) | (many == 1)[lot])
    far_left = longest_of(lot, np.where(after, inward - right, -np.inf), count)
    one = np.where(many > 0, place[far_right], fronts)[lot]
    two = np.where(many > 0, place[far_left], size)[lot]
    return np.select([front, place < one, place < two], [FRONT, RIGHT, BACK], LEFT)
