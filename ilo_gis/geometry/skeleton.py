"""The straight skeleton of outlines: for each side, the path along the backs of its lots."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from py_straight_skeleton import compute_skeleton
from py_straight_skeleton.polygon_math import DegenerateLAVError

from ilo_gis.geometry.outline import SNAP
from ilo_gis.geometry.ragged import cross, firsts, following, rows

__all__ = ["Roof", "roofs"]

Points = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# The library stops at ties (many parallel sides, four arcs in one node). Moving the corners by
# this much breaks the ties; the backs of lots move with them, the outline does not.
NUDGES = (0.0, 0.001, 0.01, 0.05, 0.2)
BENT = 1e-3  # sine of the least turn of a corner for which planes over its two sides cross well
LOST = 1e-3  # share of the land that the faces of a roof may miss


class Roof(NamedTuple):
    """The roof over an outline: every point is as high as it is far from the outline.

    Attributes
    ----------
    nodes : list of (x, y)
        Corners of the outline first, in their order, then the inner nodes.
    height : list of float
        Distance of each node from the outline.
    paths : list of lists of int
        For side i, from corner i to corner i + 1, the nodes along the back of its face.
    """

    nodes: list[tuple[float, float]]
    height: list[float]
    paths: list[list[int]]


def roofs(corners: list[Points]) -> list[Roof | None]:
    """Return the roof over each outline, or None where none can be found.

    Parameters
    ----------
    corners : list of arrays of shape (n, 2)
        Corners of simple outlines without holes, counter-clockwise, first not repeated.

    Examples
    --------
    >>> over = roofs([np.array([[0.0, 0], [100, 0], [100, 60], [0, 60]])])[0]
    >>> [over.nodes[k] for k in over.paths[0]]
    [(0.0, 0.0), (30.0, 30.0), (70.0, 30.0), (100.0, 0.0)]
    """
    found: list[Roof | None] = [None] * len(corners)
    if not corners:
        return found
    plain = np.flatnonzero(_convex(np.concatenate(corners), firsts([len(c) for c in corners])))
    for k, over in zip(plain, _envelopes([corners[k] for k in plain]), strict=True):
        found[k] = over
    return [_nudged(own) if over is None else over for own, over in zip(corners, found, strict=True)]


# -- convex outlines, all at once -------------------------------------------------------------


def _convex(points: Points, first: Ints) -> Flags:
    """Return which outlines turn left at every corner, and by enough."""
    after = following(first)
    to = _directions(points, after)
    return np.logical_and.reduceat(cross(to, to[after]) > BENT, first[:-1])


def _envelopes(outlines: list[Points]) -> list[Roof | None]:
    """Return the roofs over convex outlines: the side that shrinks to nothing first goes first.

    In a convex outline no side is ever split, so every step takes one side out of each outline
    that has more than two left, and joins its neighbours over the node where it ended.
    """
    if not outlines:
        return []
    points, first = np.concatenate(outlines), firsts([len(own) for own in outlines])
    owner = rows(first)
    after = following(first)
    before = np.empty_like(after)
    before[after] = np.arange(len(points))
    to = _directions(points, after)
    inward = np.stack([-to[:, 1], to[:, 0]], axis=1)
    base = np.sum(inward * points, axis=1)
    node = np.arange(len(points)) - first[owner]  # at the corner where each side begins
    count = np.diff(first)
    place = [[(x, y) for x, y in own.tolist()] for own in outlines]
    height = [[0.0] * int(n) for n in count]
    links: list[tuple[Ints, Ints, Ints]] = []  # side, when its path passes a node, which node
    live = np.ones(len(points), dtype=bool)
    left, step = count.copy(), 0
    while True:
        side = np.flatnonzero(live & (left > 2)[owner])
        if not len(side):
            break
        step += 1
        spot, when = _ends(inward, base, before[side], side, after[side])
        begins = np.flatnonzero(np.append(True, owner[side[1:]] != owner[side[:-1]]))
        least = np.repeat(np.minimum.reduceat(when, begins), np.diff(np.append(begins, len(side))))
        chosen = np.flatnonzero(when <= least)
        chosen = chosen[np.unique(owner[side[chosen]], return_index=True)[1]]
        gone, spot, when = side[chosen], spot[chosen], when[chosen]
        new = _noted(place, height, owner[gone], spot, when)
        links += [(gone, np.full(len(gone), step), new), (after[gone], np.full(len(gone), step), new)]
        links.append((before[gone], np.full(len(gone), -step), new))
        node[after[gone]] = new
        live[gone] = False
        left[owner[gone]] -= 1
        after[before[gone]], before[after[gone]] = after[gone], before[gone]
    paths = _paths(links, count, first)
    return [
        _sound(Roof(place[k], height[k], paths[first[k] : first[k + 1]]), own)
        for k, own in enumerate(outlines)
    ]


def _ends(inward: Points, base: Points, p: Ints, e: Ints, q: Ints) -> tuple[Points, Points]:
    """Return where and how high the planes over three sides that follow each other meet."""
    a, b = inward[e] - inward[p], inward[e] - inward[q]
    u, v = base[e] - base[p], base[e] - base[q]
    with np.errstate(divide="ignore", invalid="ignore"):
        spot = np.stack([u * b[:, 1] - v * a[:, 1], v * a[:, 0] - u * b[:, 0]], axis=1) / cross(a, b)[:, None]
    when = np.sum(inward[e] * spot, axis=1) - base[e]
    return spot, np.where(np.isfinite(when), when, np.inf)


def _noted(
    place: list[list[tuple[float, float]]], height: list[list[float]], owner: Ints, spot: Points, when: Points
) -> Ints:
    """Add nodes to their outlines and return their numbers; where there is one already, it is that."""
    new = []
    for k, (x, y), h in zip(owner.tolist(), spot.tolist(), when.tolist(), strict=True):
        nodes = place[k]
        there = [n for n, (ax, ay) in enumerate(nodes) if abs(ax - x) < SNAP and abs(ay - y) < SNAP]
        if not there:
            nodes.append((x, y))
            height[k].append(h)
        new.append(there[0] if there else len(nodes) - 1)
    return np.array(new)


def _paths(links: list[tuple[Ints, Ints, Ints]], count: Ints, first: Ints) -> list[list[int]]:
    """Return the nodes behind each side, from its first corner up one flank and down the other."""
    total = int(first[-1])
    number = np.arange(total) - np.repeat(first[:-1], count)
    following = number + 1
    following[first[1:] - 1] = 0
    side, step, node = (np.concatenate(column) for column in zip(*links, strict=True))
    # up the flank where it begins in order of time (1, 2, ...), down the other in reverse (..., -2, -1)
    far = 4 * int(count.max())
    key = np.where(step > 0, step, far + step)
    every = np.arange(total)
    side = np.concatenate([every, side, every])
    key = np.concatenate([np.zeros(total, dtype=np.int64), key, np.full(total, far)])
    node = np.concatenate([number, node, following])
    order = np.lexsort((key, side))
    side, node = side[order], node[order]
    fresh = np.append(True, (node[1:] != node[:-1]) | (side[1:] != side[:-1]))
    side, flat = side[fresh], node[fresh].tolist()
    bounds = np.searchsorted(side, np.arange(total + 1)).tolist()
    return [flat[a:b] for a, b in pairwise(bounds)]


# -- any outline ------------------------------------------------------------------------------


def _nudged(corners: Points) -> Roof | None:
    chance = np.random.default_rng(len(corners))
    for size in NUDGES:
        moved = corners + size * chance.uniform(-1, 1, corners.shape) if size else corners
        found = _try(corners, moved)
        if found is not None:
            return found
    return None


def _try(corners: Points, moved: Points) -> Roof | None:
    try:
        skeleton = compute_skeleton(exterior=moved.tolist(), holes=[])
        faces = skeleton.get_faces()
    except (ArithmeticError, DegenerateLAVError, RuntimeError, ValueError):  # what the library raises at ties
        return None
    nodes = [(x, y) for x, y in corners.tolist()]
    nodes += [(n.position.x, n.position.y) for n in skeleton.nodes[len(corners) :]]
    height = [float(n.time) for n in skeleton.nodes]
    paths = [face[:0:-1] for face in faces]  # a face ends where it begins
    return _sound(Roof(nodes, height, paths), corners)


def _sound(roof: Roof, corners: Points) -> Roof | None:
    """Return a roof if its faces make up the land under it."""
    land = sum(abs(_area([roof.nodes[k] for k in path])) for path in roof.paths)
    whole = abs(_area(corners.tolist()))
    return roof if abs(land - whole) <= LOST * whole else None


def _area(ring: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _directions(points: Points, after: Ints) -> Points:
    way = points[after] - points
    return way / np.hypot(*way.T)[:, None]
