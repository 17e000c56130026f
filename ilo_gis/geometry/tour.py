"""The tour round the backs of the lots of a block, and where its side lines may stand.

The tour follows the straight skeleton, behind each side from corner to corner, capped at the greatest
depth of a lot. A sharp corner is given whole to one side; there the tour touches the outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.corners import give_corners, limit
from ilo_gis.geometry.draft import Draft, Side
from ilo_gis.geometry.outline import Outline
from ilo_gis.geometry.runs import Run, Stretch, runs_of
from ilo_gis.geometry.skeleton import Roof

__all__ = ["Tour", "tour"]

Floats = NDArray[np.float64]

STEP = 4.0  # m between places where the depth of lots is read off; in between it is interpolated
MOST_STEPS = 2000  # per block, however long its outline
SLIT = 1.0  # m; a core that reaches no farther in than this past the cap is left to the lots


@dataclass(frozen=True)
class Tour:
    """All runs of a block, the nodes of its tour, and the rings of the land too deep for lots."""

    outline: Outline
    nodes: Floats
    runs: list[Run]
    core: list[list[int]]


def tour(
    outline: Outline,
    roof: Roof,
    *,
    area: float,
    front: float,
    cap: float,
    slim: float,
    street: NDArray[np.bool_],
) -> Tour:
    """Return the tour of a block.

    Parameters
    ----------
    outline : Outline
        The outline.
    roof : Roof
        Its roof.
    area, front : float
        Least area (m2) and front (m) of a lot.
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
        Side(i, p, d, float(w), path, 0.0, float(w))
        for i, (p, d, w, path) in enumerate(zip(ends, units, lengths, paths, strict=True))
    ]
    draft = Draft(outline, nodes, sides, dict(enumerate(outline.along[outline.corners].tolist())))
    give_corners(draft, area, front)
    parts = [part for side in sides for part in side.parts]
    for part in parts:
        limit(part, nodes)
    return Tour(outline, np.array(nodes), _runs(draft, parts, slim, street), core)


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


# -- the side lines ---------------------------------------------------------------------------


def _runs(draft: Draft, parts: list[Side], slim: float, street: NDArray[np.bool_]) -> list[Run]:
    """Return the runs between the breaks of the tour, from the first break round."""
    outline, nodes = draft.outline, np.array(draft.nodes)
    n = len(parts)
    first = next((i for i, part in enumerate(parts) if part.broken), 0)
    step = max(STEP, outline.along[-1] / MOST_STEPS)
    groups: list[list[Stretch]] = []
    for k in range(first, first + n):
        part = parts[k % n]
        s, u = _side_lines(draft, part, nodes, step)
        if part.broken or not groups:
            groups.append([])
        groups[-1].append(Stretch(s + (k // n) * outline.along[-1], u, part.path))
    return [run for group in groups for run in runs_of(outline, group, nodes, draft.places, slim, street)]


def _side_lines(draft: Draft, side: Side, nodes: Floats, step: float) -> tuple[Floats, Floats]:
    """Return where the side lines of one side begin on the outline and end on its path."""
    back = (nodes[side.path] - side.at) @ side.to
    left, right = int(np.argmin(back)), len(back) - 1 - int(np.argmax(back[::-1]))
    chain = np.maximum.accumulate(back[left : right + 1]) if right >= left else back[left : left + 1]
    x_outline, s_outline = draft.stretch(side.index)
    count = max(2, int(np.ceil((side.high - side.low) / step)) + 1)
    x = np.concatenate([np.linspace(side.low, side.high, count), chain, x_outline])
    x = np.unique(x[(x >= side.low) & (x <= side.high)])
    return np.interp(x, x_outline, s_outline), np.interp(x, chain, np.arange(left, left + len(chain)))
