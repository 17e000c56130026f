"""The tour round the backs of the lots of a block, and where its side lines may stand.

The tour follows the straight skeleton, behind each side from corner to corner, capped at the greatest
depth of a lot. A sharp corner is given whole to one side; there the tour touches the outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import SNAP, Outline, point_at
from ilo_gis.geometry.runs import Run, Stretch, runs_of
from ilo_gis.geometry.skeleton import Roof

__all__ = ["Tour", "tour"]

Floats = NDArray[np.float64]

STEP = 4.0  # m between places where the depth of lots is read off; in between it is interpolated
MOST_STEPS = 2000  # per block, however long its outline
SHARP = np.radians(50)  # corners that turn more than this go to one side as a whole
SLIT = 1.0  # m; a core that reaches no farther in than this past the cap is left to the lots
NEEDLE = np.radians(168)  # but not those that turn nearly back


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
    low: float
    high: float
    broken: bool = False  # the tour breaks where this side begins


@dataclass
class _Draft:
    """A tour in the making."""

    outline: Outline
    nodes: list[Floats]
    places: dict[int, float]  # of the nodes that lie on the outline: how far along it
    sides: list[_Side]

    def new_end(self, i: int, x: float) -> int:
        """Add a node on side `i`, x metres from its first corner."""
        s = float(np.interp(x, *_stretch(self.outline, i)))
        self.places[len(self.nodes)] = s
        self.nodes.append(point_at(self.outline, s))
        return len(self.nodes) - 1


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
    draft = _Draft(outline, nodes, dict(enumerate(outline.along[outline.corners].tolist())), sides)
    _give_corners(draft)
    for side in sides:
        _limit(side, nodes)
    return Tour(outline, np.array(nodes), _runs(draft, slim, street), core)


# -- the tour ---------------------------------------------------------------------------------


def _capped(roof: Roof, nodes: list[Floats], cap: float) -> tuple[list[list[int]], list[list[int]]]:
    """Cut the paths off at the greatest depth; return them and the rings of what is too deep."""
    if roof.height.max() <= cap + SLIT:
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


def _give_corners(draft: _Draft) -> None:
    """Give each sharp corner to the longer of its sides, where the other keeps a front.

    A corner shared on its bisector makes two pointed lots; given to one side it makes one square
    corner lot, which is how plans are drawn.
    """
    for i, (left, right) in enumerate(_losses(draft)):
        side = draft.sides[i]
        if left is not None and right is not None and len(side.path) == 3:
            # the backs of the two neighbours meet: one line ends both rows
            meet = float(np.clip((left + side.length - right) / 2, 0.0, side.length))
            _take(draft, i, meet, side.length - meet)
        elif (left or 0.0) + (right or 0.0) <= side.length + SNAP:
            _take(draft, i, left, right)


def _losses(draft: _Draft) -> list[list[float | None]]:
    """Return the front that each side would lose at its two ends to longer neighbours, in m."""
    sides = draft.sides
    axis = max(sides, key=lambda side: round(side.length, 3)).to
    rank = [(round(side.length, 3), round(abs(float(side.to @ axis)), 6)) for side in sides]
    lost: list[list[float | None]] = [[None, None] for _ in sides]
    for c, after in enumerate(sides):
        before = sides[c - 1]
        sine = float(before.to[0] * after.to[1] - before.to[1] * after.to[0])
        turn = np.arctan2(sine, float(before.to @ after.to))
        if not SHARP < turn < NEEDLE or len(after.path) < 3 or len(before.path) < 3:
            continue
        apex = draft.nodes[after.path[1]] - after.at
        depth = abs(float(apex[1] * after.to[0] - apex[0] * after.to[1]))
        if rank[c - 1] >= rank[c]:
            lost[c][0] = depth / sine
        else:
            lost[c - 1][1] = depth / sine
    return lost


def _take(draft: _Draft, i: int, left: float | None, right: float | None) -> None:
    """Move the ends of side `i` inwards; its neighbours' paths go on to the new ends."""
    side, before, after = draft.sides[i], draft.sides[i - 1], draft.sides[(i + 1) % len(draft.sides)]
    if left is not None:
        before.path[-1] = side.path[0] = draft.new_end(i, left)
        side.low, side.broken = left, True
    if right is not None:
        whole = left is not None and left + right >= side.length - SNAP
        node = side.path[0] if whole else draft.new_end(i, side.length - right)
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


# -- the side lines ---------------------------------------------------------------------------


def _runs(draft: _Draft, slim: float, street: NDArray[np.bool_]) -> list[Run]:
    """Return the runs between the breaks of the tour, from the first break round."""
    outline, sides, nodes = draft.outline, draft.sides, np.array(draft.nodes)
    n = len(sides)
    first = next((i for i, side in enumerate(sides) if side.broken), 0)
    step = max(STEP, outline.along[-1] / MOST_STEPS)
    groups: list[list[Stretch]] = []
    for k in range(first, first + n):
        side = sides[k % n]
        s, u = _side_lines(outline, k % n, side, nodes, step)
        if side.broken or not groups:
            groups.append([])
        groups[-1].append(Stretch(s + (k // n) * outline.along[-1], u, side.path))
    return [run for group in groups for run in runs_of(outline, group, nodes, draft.places, slim, street)]


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
