"""Corners of lots in which latrines can stand, and lots side by side that share a trench."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.siting.fronts import Fronts

__all__ = ["ALONE", "CORNERS", "corner_points", "pair_up", "row_ends"]

CORNERS = ("front_left", "front_right", "back_left", "back_right")  # bit 0: right; bit 1: back
ALONE = -1
TOUCH = 0.05  # m; lots this close adjoin

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Polygons = NDArray[np.object_]


def corner_points(lots: Polygons, fronts: Fronts, inset: float) -> tuple[Floats, Bools]:
    """Return a point in each corner of each lot, shape (n, 4, 2), and whether a lot has no room for a pit.

    The points are the vertices, farthest towards each corner, of what is left of the lot inside a
    margin: none is outside or nearer to a lot line than the inset, whatever the shape of the lot. Where
    nothing is left all four are the centre of the largest circle inside.

    Examples
    --------
    >>> none = np.zeros(1, int)
    >>> front = Fronts(none, none, none, none, np.array([[0.0, 0.0]]), np.array([[8.0, 0.0]]))
    >>> points, narrow = corner_points(np.array([shapely.box(0, 0, 8, 20)]), front, 1.0)
    >>> points[0].tolist(), narrow.tolist()
    ([[1.0, 1.0], [7.0, 1.0], [1.0, 19.0], [7.0, 19.0]], [False])
    """
    inner = shapely.buffer(lots, -inset, join_style="mitre")
    narrow = shapely.is_empty(inner)
    if narrow.any():
        inner[narrow] = shapely.get_point(shapely.maximum_inscribed_circle(lots[narrow]), 0)
    xy, lot = shapely.get_coordinates(inner, return_index=True)
    way = fronts.stop - fronts.start
    way = way / np.maximum(np.hypot(*way.T), 1e-12)[:, None]
    off = xy - fronts.start[lot]
    u = np.round(np.sum(off * way[lot], axis=1), 6)
    v = np.round(way[lot, 0] * off[:, 1] - way[lot, 1] * off[:, 0], 6)
    points = np.empty((len(lots), 4, 2))
    for corner in range(4):
        right, back = corner & 1, corner >> 1
        score = (u if right else -u) + (v if back else -v)
        order = np.lexsort((u, -score, lot))
        points[:, corner] = xy[order[np.unique(lot[order], return_index=True)[1]]]
    return points, narrow


def row_ends(face: Ints, cost: Floats, dry: Bools) -> Ints:
    """Return for each lot whether its row has latrines at the front (0) or at the back (1).

    One rule for all lots of a block face: where most of them drain to the line, then where the way to it
    is shortest. `cost` (m) and `dry` (does not drain) are by lot and corner.

    Examples
    --------
    >>> row_ends(np.array([0, 0]), np.array([[7.0, 7, 25, 25]] * 2), np.zeros((2, 4), bool)).tolist()
    [0, 0]
    """
    count = int(face.max(initial=-1)) + 1
    ends = [slice(0, 2), slice(2, 4)]
    wet = np.stack([np.bincount(face, dry[:, end].all(axis=1), count) for end in ends])
    far = np.round([np.bincount(face, cost[:, end].mean(axis=1), count) for end in ends], 3)
    back = (wet[1] < wet[0]) | ((wet[1] == wet[0]) & (far[1] < far[0]))
    return back[face].astype(np.int64)


def pair_up(lots: Polygons, face: Ints, place: Floats, cost: Floats) -> tuple[Ints, Ints]:
    """Return on which side of each lot its latrine stands (1: right) and the lot that it pairs with.

    Lots that adjoin along a face are a chain; from one end of it every two lots have their latrines at
    their common side. Where a chain is odd, one lot at an end is alone: at the end that makes the cost of
    all least, on the side that costs it least. `place` grows to the right of who enters; `cost`
    (n, 2): left, right.

    Examples
    --------
    >>> row = np.array([shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(3)])
    >>> pair_up(row, np.zeros(3, int), np.arange(3.0), np.array([[1, 1], [1, 1], [0, 2.0]]))
    (array([1, 0, 0]), array([ 1,  0, -1]))
    """
    n = len(lots)
    order = np.lexsort((place, face))
    here, there = order[:-1], order[1:]
    joined = (face[here] == face[there]) & (shapely.distance(lots[here], lots[there]) < TOUCH)
    chain = np.append(0, np.cumsum(~joined))[:n]
    size = np.bincount(chain)[chain]
    rank = np.arange(n) - np.searchsorted(chain, chain)
    ordered = cost[order]
    single = ordered.argmin(axis=1)
    sums, sides = [], []
    for shift in (0, 1):  # pairs begin at the first lot of a chain, or at the second
        right = ((rank - shift) % 2 == 0).astype(np.int64)
        alone = (rank < shift) | ((rank == size - 1) & (right == 1))
        side = np.where(alone, single, right)
        sides.append((side, alone))
        sums.append(np.bincount(chain, np.take_along_axis(ordered, side[:, None], 1)[:, 0]))
    later = ((size % 2 == 1) & (size > 1) & (np.round(sums[1] - sums[0], 6)[chain] < 0)).astype(bool)
    side = np.where(later, sides[1][0], sides[0][0])
    alone = np.where(later, sides[1][1], sides[0][1])
    step = np.where(side == 1, 1, -1)
    mate = np.where(alone, ALONE, order[np.clip(np.arange(n) + step, 0, n - 1)])
    sided, mated = np.empty(n, np.int64), np.empty(n, np.int64)
    sided[order], mated[order] = side, mate
    return sided, mated
