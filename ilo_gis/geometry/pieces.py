"""From side lines to polygons. Neighbours share vertices, so that the pieces cover a block exactly."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import SNAP, Outline, point_at
from ilo_gis.geometry.runs import Run
from ilo_gis.geometry.tour import Tour

__all__ = ["pieces"]

Floats = NDArray[np.float64]
Vertex = tuple[float, float]


@dataclass
class _Arcs:
    """The stretches of the tour between two nodes, with the ends of the side lines on them."""

    nodes: Floats
    at: dict[tuple[int, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    found: dict[tuple[int, int], list[tuple[float, Vertex]]] = field(default_factory=dict)

    def place(self, path: list[int], u: float) -> tuple[tuple[int, int], float] | None:
        """Return the arc a side line ends on and how far along it, or None at a node."""
        k = min(int(u), len(path) - 2)
        a, b = path[k], path[k + 1]
        f = u - k
        length = float(np.hypot(*(self.nodes[b] - self.nodes[a])))
        if f * length < SNAP or (1 - f) * length < SNAP:
            return None
        return ((a, b), f) if a < b else ((b, a), 1 - f)

    def settle(self) -> None:
        """Make one vertex of the ends that lie within `SNAP`."""
        for arc, fractions in self.at.items():
            a, b = self.nodes[arc[0]], self.nodes[arc[1]]
            near = SNAP / float(np.hypot(*(b - a)))
            kept: list[tuple[float, Vertex]] = []
            for f in sorted(fractions):
                if not kept or f - kept[-1][0] > near:
                    kept.append((f, _vertex(a + f * (b - a))))
            self.found[arc] = kept

    def vertex(self, path: list[int], u: float) -> Vertex:
        """Return the vertex in which a side line ends."""
        spot = self.place(path, u)
        if spot is None:
            return self.node(path[min(round(u), len(path) - 1)])
        arc, f = spot
        ends = self.found[arc]
        k = bisect(ends, f, key=itemgetter(0))
        return min(ends[max(k - 1, 0) : k + 1], key=lambda end: abs(end[0] - f))[1]

    def node(self, n: int) -> Vertex:
        """Return the vertex of a node."""
        return _vertex(self.nodes[n])

    def between(self, path: list[int], u: float, v: float) -> list[Vertex]:
        """Return all vertices of the tour strictly between two side lines."""
        out: list[Vertex] = []
        for k in range(int(u), min(int(np.ceil(v)), len(path) - 1)):
            a, b = path[k], path[k + 1]
            if k > u:
                out.append(self.node(a))
            out += self.inner(a, b, u - k, v - k)
        return out

    def inner(self, a: int, b: int, start: float, stop: float) -> list[Vertex]:
        """Return the ends of side lines on the way from one node to the next, strictly between two places."""
        if a > b:
            return self.inner(b, a, 1 - stop, 1 - start)[::-1]
        ends = self.found.get((a, b), [])
        first = bisect(ends, start, key=itemgetter(0))
        last = bisect_left(ends, stop, key=itemgetter(0))
        return [p for _, p in ends[first:last]]


def pieces(tour: Tour, cuts: list[Floats]) -> list[Floats]:
    """Return the rings of the pieces of a block: one between every two side lines, and what is too deep.

    Parameters
    ----------
    tour : Tour
        The tour of the block.
    cuts : list of arrays
        For each run of the tour, positions of the side lines, from its first to its last.
    """
    arcs = _Arcs(tour.nodes)
    ends = [_ends(run, cut) for run, cut in zip(tour.runs, cuts, strict=True)]
    for run, (_, u) in zip(tour.runs, ends, strict=True):
        for spot in (arcs.place(run.path, value) for value in u):
            if spot is not None:
                arcs.at[spot[0]].append(spot[1])
    arcs.settle()
    outline = _Ring(tour.outline)
    rings: list[list[Vertex]] = []
    for run, (s, u) in zip(tour.runs, ends, strict=True):
        tips = [arcs.vertex(run.path, value) for value in u]
        places = [_vertex(xy) for xy in point_at(tour.outline, s)]
        feet = [[] if _near(foot, tip) else [foot] for foot, tip in zip(places, tips, strict=True)]
        for k in range(len(s) - 1):
            back = reversed(arcs.between(run.path, u[k], u[k + 1]))
            ring = [tips[k], *feet[k], *outline.between(s[k], s[k + 1]), *feet[k + 1], tips[k + 1], *back]
            rings.append(_despiked(ring))
    for core in tour.core:
        loop = pairwise([*core, core[0]])
        rings.append([p for a, b in loop for p in (arcs.node(a), *arcs.between([a, b], 0, 1))])
    return [outline.on_map(ring) for ring in rings if len(ring) >= 3]


class _Ring:
    """The outline as vertices to walk along, several times round since a run may begin before it."""

    def __init__(self, outline: Outline) -> None:
        self.origin = outline.origin
        self.vertices = [_vertex(xy) for xy in outline.local[:-1]]
        self.own = dict(zip(self.vertices, outline.ring[:-1], strict=True))
        self.stations = np.concatenate(
            [outline.along[:-1] + turn * outline.along[-1] for turn in range(-1, 3)]
        )

    def between(self, start: float, stop: float) -> list[Vertex]:
        """Return the vertices strictly between two places on the outline."""
        first, last = np.searchsorted(self.stations, (start + SNAP, stop - SNAP))
        return [self.vertices[i % len(self.vertices)] for i in range(first, last)]

    def on_map(self, ring: list[Vertex]) -> Floats:
        """Bring a ring back to the map; vertices of the outline get their own coordinates, bit by bit."""
        points = np.array(ring) + self.origin
        for i, vertex in enumerate(ring):
            if vertex in self.own:
                points[i] = self.own[vertex]
        return points


def _vertex(xy: Floats) -> Vertex:
    return float(xy[0]), float(xy[1])


def _near(a: Vertex, b: Vertex) -> bool:
    return abs(a[0] - b[0]) < SNAP and abs(a[1] - b[1]) < SNAP


def _ends(run: Run, cut: Floats) -> tuple[Floats, Floats]:
    index = np.arange(len(run.s))
    return np.interp(cut, index, run.s), np.interp(cut, index, run.u)


def _despiked(ring: list[Vertex]) -> list[Vertex]:
    """Take out vertices that repeat and walks there and back."""
    out: list[Vertex] = []
    for p in ring:
        if out and p == out[-1]:
            continue
        if len(out) > 1 and p == out[-2]:
            out.pop()
            continue
        out.append(p)
    while len(out) > 2 and (out[-1] in out[:2] or out[-2] == out[0]):
        if out[-1] == out[1]:
            del out[0]
        else:
            out.pop()
    return out
