"""The tour round the backs of the lots of a block.

The tour follows the straight skeleton, behind each side from corner to corner, capped at the greatest
depth of a lot. A sharp corner is given whole to one side; there the tour touches the outline.
"""

from __future__ import annotations

from itertools import pairwise
from math import nan
from typing import NamedTuple

from ilo_gis.geometry.closed import ends_of, open_up
from ilo_gis.geometry.corners import fan_corners, give_corners, give_ends, limit
from ilo_gis.geometry.draft import Draft, Point, Side, Stretch
from ilo_gis.geometry.skeleton import Roof

__all__ = ["Tour", "capped", "tour"]

SLIT = 1.0  # m; a core that reaches no farther in than this past the cap is left to the lots


class Tour(NamedTuple):
    """The tour of one block.

    Attributes
    ----------
    nodes : list of (x, y)
        Its nodes.
    parts : list of Side
        The sides of the block in parts, in order, from the first before which the tour breaks.
    lap : list of int
        For each part, whether it comes after the first side of the outline once more (1) or not (0).
    core : list of lists of int
        Rings of nodes round the land too deep for lots.
    places, vertices : dict
        Which nodes lie on the outline, how far along it; and which of them are its vertices.
    """

    nodes: list[Point]
    parts: list[Side]
    lap: list[int]
    core: list[list[int]]
    places: dict[int, float]
    vertices: dict[int, int]


def tour(
    roof: Roof,
    stretches: list[Stretch],
    *,
    least: tuple[float, float],
    cap: float,
    axis: float = nan,
    lean: bool = False,
    closed: list[bool] | None = None,
    whole: bool = False,
) -> Tour:
    """Return the tour of a block.

    Parameters
    ----------
    roof : Roof
        Its roof.
    stretches : list of Stretch
        The vertices of each of its sides.
    least : (float, float)
        Least area (m2) and front (m) of a lot.
    cap : float
        Greatest depth of a lot, in m; land farther from the outline is core.
    axis : float
        Direction of rows, in radians from east; NaN for that of the longest side.
    lean : bool
        Whether side lines are parallel to the neighbouring sides rather than square to their own.
    closed : list of bool, optional
        Which sides front no street.
    whole : bool
        Whether rows with a closed back reach to the streets at their ends.
    """
    shut = closed or [False] * len(stretches)
    ends = ends_of(stretches, shut, cap) if whole else []
    shut = [is_shut or k in ends for k, is_shut in enumerate(shut)]
    opened = open_up(roof, stretches, shut, cap)
    roof = Roof(opened.nodes, opened.height, opened.paths)
    nodes = [*roof.nodes]
    paths, core = capped(roof, nodes, cap)
    draft = Draft.begin(nodes, paths, stretches, lean)
    draft.vertices |= opened.vertices
    for k, side in enumerate(draft.sides):
        # the land of a chain of closed sides is one stretch of tour, wherever the outline begins
        side.closed, side.broken = shut[k], shut[k] != shut[k - 1]
    give_ends(draft, ends)
    give_corners(draft, *least, axis)
    fan_corners(draft)
    parts = [part for side in draft.sides for part in side.parts]
    for part in parts:
        limit(part, nodes)
    first = next((i for i, part in enumerate(parts) if part.broken), 0)
    lap = [0] * (len(parts) - first) + [1] * first
    return Tour(nodes, parts[first:] + parts[:first], lap, core, draft.places, draft.vertices)


def capped(roof: Roof, nodes: list[Point], cap: float) -> tuple[list[list[int]], list[list[int]]]:
    """Cut the paths off at the greatest depth; return them and the rings of what is too deep."""
    height = roof.height
    if max(height) <= cap + SLIT:
        return [[*path] for path in roof.paths], []
    crossing: dict[tuple[int, int], int] = {}

    def meet(a: int, b: int) -> int:
        low, high = (a, b) if (a < b) else (b, a)
        if (low, high) not in crossing:
            f = (cap - height[low]) / (height[high] - height[low])
            (ax, ay), (bx, by) = roof.nodes[low], roof.nodes[high]
            crossing[low, high] = len(nodes)
            nodes.append((ax + f * (bx - ax), ay + f * (by - ay)))
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
                cut.append(meet(a, b))
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
