"""The tour round the backs of the lots of a block, and the side lines that may reach it.

Between a point of the outline and a point of the tour runs a possible side line. The land between
two side lines is a difference of two prefix sums, so that laying out lots becomes a march along
the outline (`march.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import Outline, point_at
from ilo_gis.geometry.skeleton import Roof

__all__ = ["Run", "Tour", "tour"]

Floats = NDArray[np.float64]

STEP = 0.25  # m between side lines tried
MOST_STEPS = 4000  # per block, however long its outline
SHARP = np.radians(50)  # corners that turn more than this go to one side as a whole


@dataclass(frozen=True)
class Run:
    """A stretch of outline between two breaks, as possible side lines in order.

    Attributes
    ----------
    s, u : arrays of shape (k,)
        Where each side line begins on the outline (m along it) and ends on `path` (node + fraction).
    solid : bool array of shape (k,)
        True where no side line may stand between this one and the next (inside a corner).
    area, front, ease : arrays of shape (k,)
        Running sums up to each side line: land (m2), street front (m), and front counted less
        where lots are deep, so that lots of equal `ease` are not too slim.
    path : list of int
        Nodes of the tour behind this stretch.
    street : bool
        Whether the stretch fronts a street.
    """

    s: Floats
    u: Floats
    solid: NDArray[np.bool_]
    area: Floats
    front: Floats
    ease: Floats
    path: list[int]
    street: bool


@dataclass(frozen=True)
class Tour:
    """All runs of a block, the nodes of its tour, and the rings of the land too deep for lots."""

    outline: Outline
    nodes: Floats
    runs: list[Run]
    core: list[list[int]]


@dataclass
class _Side:
    """A side while its tour is made: the path behind it, and where side lines may stand."""

    at: Floats  # first corner
    to: Floats  # unit vector to the next
    length: float
    path: list[int]
    low: float = 0.0
    high: float = 0.0
    broken: bool = False  # the tour breaks where this side begins


def tour(outline: Outline, roof: Roof, *, cap: float, slim: float, street: NDArray[np.bool_]) -> Tour:
    """Return the tour of a block.

    Parameters
    ----------
    outline : Outline
        The outline.
    roof : Roof
        Its roof.
    cap : float
        Greatest depth of a lot, in m; land farther from the outline is core.
    slim : float
        Depth, in m, from which a lot of least front is too slim.
    street : bool array of shape (m,)
        Which segments of the outline lie on a street.
    """
    nodes = [*roof.nodes]
    paths, core = _capped(roof, nodes, cap)
    ends = outline.local[outline.corners]
    vectors = np.roll(ends, -1, axis=0) - ends
    lengths = np.hypot(*vectors.T)
    units = vectors / lengths[:, None]
    sides = [
        _Side(p, d, float(w), path, 0.0, float(w))
        for p, d, w, path in zip(ends, units, lengths, paths, strict=True)
    ]
    _give_corners(sides, nodes, outline)
    for side in sides:
        _limit(side, nodes)
    points = np.array(nodes)
    return Tour(outline, points, _runs(outline, sides, points, slim, street), core)


# -- the tour ---------------------------------------------------------------------------------


def _capped(roof: Roof, nodes: list[Floats], cap: float) -> tuple[list[list[int]], list[list[int]]]:
    """Cut the paths off at the greatest depth; return them and the rings of what is too deep."""
    if roof.height.max() <= cap:
        return [list(p) for p in roof.paths], []
    height = roof.height
    crossing: dict[tuple[int, int], int] = {}

    def cross(a: int, b: int) -> int:
        low, high = (a, b) if (a < b) else (b, a)
        if (low, high) not in crossing:
            f = (cap - height[low]) / (height[high] - height[low])
            crossing[low, high] = len(nodes)
            nodes.append(roof.nodes[low] + f * (roof.nodes[high] - roof.nodes[low]))
        return crossing[low, high]

    follow: dict[int, int] = {}
    paths = []
    for path in roof.paths:
        cut: list[int] = []
        left = None  # where the path rose above the cap
        for a, b in pairwise(path):
            if height[a] <= cap:
                cut.append(a)
            if (height[a] <= cap) != (height[b] <= cap):
                cut.append(cross(a, b))
                if left is None:
                    left = cut[-1]
                else:
                    follow[left], left = cut[-1], None
        paths.append([*cut, path[-1]])
    return paths, _rings(follow)


def _rings(follow: dict[int, int]) -> list[list[int]]:
    rings = []
    while follow:
        start, node = follow.popitem()
        ring = [start]
        while node != start:
            ring.append(node)
            node = follow.pop(node)
        rings.append(ring)
    return rings


def _give_corners(sides: list[_Side], nodes: list[Floats], outline: Outline) -> None:
    """Give each sharp corner to the longer of its sides, where the other keeps a front.

    A corner shared on its bisector makes two pointed lots; given to one side it makes one square
    corner lot, which is how plans are drawn.
    """
    n = len(sides)
    axis = max(sides, key=lambda side: round(side.length, 3)).to
    rank = [(round(side.length, 3), round(abs(float(side.to @ axis)), 6)) for side in sides]
    taken: list[list[float | None]] = [[None, None] for _ in sides]  # front each side loses at its ends
    for c in range(n):
        before, after = sides[c - 1], sides[c]
        sine = float(before.to[0] * after.to[1] - before.to[1] * after.to[0])
        turn = np.arctan2(sine, float(before.to @ after.to))
        if turn < SHARP or np.pi - turn < 0.2 or len(after.path) < 3 or len(before.path) < 3:
            continue
        apex = nodes[after.path[1]]
        depth = abs(float((apex - after.at)[1] * after.to[0] - (apex - after.at)[0] * after.to[1]))
        if rank[c - 1] >= rank[c]:
            taken[c][0] = depth / sine
        else:
            taken[c - 1][1] = depth / sine
    for i, side in enumerate(sides):
        left, right = taken[i]
        triangle = len(side.path) == 3
        if left is not None and right is not None:
            if triangle:  # the backs of the two neighbours meet: one line ends both rows
                left = float(np.clip((left + side.length - right) / 2, 0.0, side.length))
                right = side.length - left
            if left + right > side.length + 1e-6:
                left = right = None
        elif (left or right or 0.0) > side.length:
            left = right = None
        _take(sides, i, left, right, nodes, outline)


def _take(
    sides: list[_Side], i: int, left: float | None, right: float | None, nodes: list[Floats], outline: Outline
) -> None:
    """Move the ends of side `i` inwards; its neighbours' paths go on to the new ends."""
    side, before, after = sides[i], sides[i - 1], sides[(i + 1) % len(sides)]
    end = None
    if left is not None:
        node = end = len(nodes)
        nodes.append(_on_outline(outline, i, left))
        before.path[-1] = side.path[0] = node
        side.low, side.broken = left, True
    if right is not None:
        if left is not None and left + right >= side.length - 1e-6 and end is not None:
            node = end
        else:
            node = len(nodes)
            nodes.append(_on_outline(outline, i, side.length - right))
        side.path[-1] = after.path[0] = node
        side.high, after.broken = side.length - right, True


def _limit(side: _Side, nodes: list[Floats]) -> None:
    """Keep side lines clear of neighbours that lean over the side's ends."""
    x = [float((nodes[k] - side.at) @ side.to) for k in (side.path[0], side.path[-1])]
    side.low = min(max(side.low, x[0]), side.length)
    side.high = max(min(side.high, x[1]), side.low)


# -- positions on the outline -----------------------------------------------------------------


def _stretch(outline: Outline, i: int) -> tuple[Floats, Floats]:
    """Return, for the vertices of side `i`, metres along the side and along the outline."""
    first = outline.corners[i]
    last = (
        outline.corners[i + 1] if i + 1 < len(outline.corners) else len(outline.ring) - 1 + outline.corners[0]
    )
    index = np.arange(first, last + 1)
    total = len(outline.ring) - 1
    points = outline.local[index % total]
    chord = points[-1] - points[0]
    x = np.maximum.accumulate((points - points[0]) @ chord / np.hypot(*chord))
    s = outline.along[index % total] + outline.along[-1] * (index // total)
    return x, s


def _on_outline(outline: Outline, i: int, x: float) -> Floats:
    return point_at(outline, np.interp(x, *_stretch(outline, i)))


# -- the side lines ---------------------------------------------------------------------------


def _runs(
    outline: Outline, sides: list[_Side], nodes: Floats, slim: float, street: NDArray[np.bool_]
) -> list[Run]:
    """Join the side lines of all sides, and part them where the tour breaks."""
    n = len(sides)
    first = next((i for i, side in enumerate(sides) if side.broken), 0)
    step = max(STEP, outline.along[-1] / MOST_STEPS)
    pieces: list[list[tuple[int, Floats, Floats, list[int]]]] = []
    for k in range(first, first + n):
        i = k % n
        s, u = _side_lines(outline, i, sides[i], nodes, step)
        s = s + (outline.along[-1] if k >= n else 0.0)
        if sides[i].broken or not pieces:
            pieces.append([])
        pieces[-1].append((i, s, u, sides[i].path))
    runs = []
    for piece in pieces:
        runs += _strung(outline, piece, nodes, slim, street)
    return [run for run in runs if run.s[-1] - run.s[0] > 1e-6]


def _side_lines(outline: Outline, i: int, side: _Side, nodes: Floats, step: float) -> tuple[Floats, Floats]:
    """Return where the side lines of one side begin on the outline and end on its path."""
    back = (nodes[side.path] - side.at) @ side.to
    left, right = int(np.argmin(back)), len(back) - 1 - int(np.argmax(back[::-1]))
    chain = np.maximum.accumulate(back[left : right + 1]) if right >= left else back[left : left + 1]
    x_outline, s_outline = _stretch(outline, i)
    count = max(2, int(np.ceil((side.high - side.low) / step)) + 1)
    x = np.concatenate([np.linspace(side.low, side.high, count), chain, x_outline])
    x = np.unique(x[(x >= side.low) & (x <= side.high)])
    return np.interp(x, x_outline, s_outline), np.interp(x, chain, np.arange(left, left + len(chain)))


def _strung(
    outline: Outline,
    piece: list[tuple[int, Floats, Floats, list[int]]],
    nodes: Floats,
    slim: float,
    street: NDArray[np.bool_],
) -> list[Run]:
    """Join the side lines of neighbouring sides into one run; part it where the street ends."""
    path = [piece[0][3][0]]
    s_all: list[Floats | list[float]] = []
    u_all: list[Floats | list[float]] = []
    solid: list[NDArray[np.bool_] | list[bool]] = []
    start = _s_of(outline, nodes[path[0]], piece[0][1][0], before=True)
    s_all.append([start])
    u_all.append([0.0])
    solid.append([True])
    for _, s, u, own in piece:
        s_all.append(s)
        u_all.append(u + len(path) - 1)
        solid.append(np.r_[np.zeros(len(s) - 1, dtype=bool), True])
        path += own[1:]
    end = _s_of(outline, nodes[path[-1]], piece[-1][1][-1], before=False)
    s_all.append([end])
    u_all.append([len(path) - 1.0])
    solid.append([True])
    s, u, hard = (np.concatenate(a) for a in (s_all, u_all, solid))
    return _parted(outline, s, np.maximum.accumulate(u), hard.astype(bool), path, nodes, slim, street)


def _s_of(outline: Outline, point: Floats, near: float, *, before: bool) -> float:
    """Return where on the outline a node of it lies, next before or after a given distance."""
    along = outline.along
    a, d = outline.local[:-1], np.diff(outline.local, axis=0)
    f = np.clip(np.sum((point - a) * d, axis=1) / np.maximum(np.sum(d * d, axis=1), 1e-300), 0, 1)
    gap = np.hypot(*(a + f[:, None] * d - point).T)
    k = int(np.argmin(gap))
    s = along[k] + f[k] * (along[k + 1] - along[k])
    turns = np.round((near - s) / along[-1])
    s += turns * along[-1]
    slack = 1e-6
    if before and s > near + slack:
        s -= along[-1]
    if not before and s < near - slack:
        s += along[-1]
    return float(s)


def _parted(
    outline: Outline,
    s: Floats,
    u: Floats,
    solid: NDArray[np.bool_],
    path: list[int],
    nodes: Floats,
    slim: float,
    street: NDArray[np.bool_],
) -> list[Run]:
    total = outline.along[-1]
    begin = point_at(outline, s)
    finish = _on_path(nodes[path], u)
    swept = _prefix(outline.local)
    s_mod, rounds = np.mod(s, total), np.floor(s / total)
    by_outline = np.interp(s_mod, outline.along, swept) + rounds * swept[-1]
    # the prefix of cross products is not linear between vertices of the ring only by nothing:
    # cross(a, a + f d) = f cross(a, d), so linear interpolation is exact
    by_path = np.interp(u, np.arange(len(path)), _prefix(nodes[path]))
    area = (by_outline + _cross(begin, finish) - by_path) / 2
    depth = np.hypot(*(finish - begin).T)
    on_street = np.concatenate([[0.0], np.cumsum(np.where(street, np.diff(outline.along), 0.0))])
    front = np.interp(s_mod, outline.along, on_street) + rounds * on_street[-1]
    deep = np.minimum(1.0, slim / np.maximum(depth, 1e-9))
    # the second front of a corner lot does not make up for a narrow first one
    own = np.where(solid[:-1], 0.0, np.diff(front))
    ease = np.concatenate([[0.0], np.cumsum(own * (deep[1:] + deep[:-1]) / 2)])
    flag = street[
        np.clip(np.searchsorted(outline.along, np.mod((s[1:] + s[:-1]) / 2, total)) - 1, 0, len(street) - 1)
    ]
    cuts = np.flatnonzero(np.diff(flag.astype(int))) + 1
    bounds = [0, *cuts.tolist(), len(s) - 1]
    runs = []
    for a, b in pairwise(bounds):
        part = slice(a, b + 1)
        grow = np.maximum.accumulate(area[part] - area[a])
        runs.append(
            Run(
                s[part],
                u[part],
                solid[part],
                grow,
                front[part] - front[a],
                ease[part] - ease[a],
                path,
                bool(flag[a]),
            )
        )
    return runs


def _on_path(points: Floats, u: Floats) -> Floats:
    return np.stack([np.interp(u, np.arange(len(points)), points[:, k]) for k in (0, 1)], axis=-1)


def _cross(a: Floats, b: Floats) -> Floats:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def _prefix(points: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(_cross(points[:-1], points[1:]))])
