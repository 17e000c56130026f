"""From side lines to polygons. Neighbours share vertices, so that the pieces cover a block exactly.

Every vertex has a number: vertices of the outlines first, then the nodes of the tours, then the tips
of side lines on the tours, then their feet on the outlines.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.march import Cuts
from ilo_gis.geometry.outline import SNAP, Outlines
from ilo_gis.geometry.ragged import firsts, locate, rows, spans
from ilo_gis.geometry.runs import Runs
from ilo_gis.geometry.sidelines import Web

__all__ = ["Placed", "pieces", "placed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Polygons = NDArray[np.object_]


def pieces(
    outlines: Outlines, row: Ints, web: Web, lines: Placed, cores: list[list[int]]
) -> tuple[Polygons, Ints, Flags]:
    """Return the pieces between every two side lines, and what is too deep.

    With them, the tour that each is of, and whether it was left over in its run.

    Parameters
    ----------
    outlines : Outlines
        The outlines.
    row : int array of shape (tours,)
        The outline of each tour.
    web : Web
        The tours.
    lines : Placed
        The side lines that cut.
    cores : list of lists of int
        Rings of nodes of the web.
    """
    net = _Net(web, len(outlines.ring), lines)
    ring = row[lines.tour]
    feet = outlines.point(ring, lines.s)
    on = outlines.vertex(ring, lines.s)
    shift = len(outlines.ring) + len(web.nodes) + len(net.tips)
    foot = np.where(on >= 0, on, shift + np.arange(len(on)))
    owner = rows(web.first)
    origin = outlines.origin[row]
    places = np.concatenate([
        outlines.ring,  # vertices of the outline keep their own coordinates, bit by bit
        web.nodes + origin[owner],
        net.tips + origin[owner[net.low]],
        feet + outlines.origin[ring],
    ])  # fmt: skip
    tip_at = np.concatenate([outlines.local, web.nodes, net.tips])[net.tip]
    bare = (np.abs(feet - tip_at) < SNAP).all(axis=1)
    number, size = _loops(outlines, ring, lines, net, np.where(bare, -1, foot))
    whole, deep = net.around(cores)
    number, size = np.concatenate([number, whole]), np.concatenate([size, deep])
    begin = np.flatnonzero(lines.run[1:] == lines.run[:-1])
    tour = np.concatenate([
        lines.tour[begin], owner[[core[0] for core in cores]] if cores else begin[:0]
    ])  # fmt: skip
    number, loop = _despiked(number, np.repeat(np.arange(len(size)), size))
    kept, loop = np.unique(loop, return_inverse=True)
    rest = np.zeros(len(tour), dtype=bool)
    rest[: len(begin)] = lines.rest[begin]
    made = shapely.polygons(shapely.linearrings(places[number], indices=loop)) if len(loop) else places[:0, 0]
    return np.asarray(made, dtype=object), tour[kept], rest[kept]


class Placed(NamedTuple):
    """The side lines that cut, in order, run by run: both ends of each run and those between.

    Attributes
    ----------
    run, tour : int arrays of shape (k,)
        The run and the tour of each.
    s, u : arrays of shape (k,)
        Where each begins on the outline (m along it) and ends on the path (node + fraction).
    behind : int array of shape (k,)
        The path of the web behind it.
    rest : bool array of shape (k,)
        Where a piece begins that is left over.
    """

    run: Ints
    tour: Ints
    s: Floats
    u: Floats
    behind: Ints
    rest: Flags


def placed(runs: Runs, cuts: Cuts, chosen: Flags) -> Placed:
    """Return the side lines that cut the runs of chosen tours."""
    run = rows(cuts.first)
    wanted = chosen[runs.tour[run]]
    run, here, past = run[wanted], cuts.line[wanted], cuts.past[wanted]
    ahead = np.minimum(here + 1, runs.first[run + 1] - 1)
    s, u = (v[here] + past * (v[ahead] - v[here]) for v in (runs.s, runs.u))
    return Placed(run, runs.tour[run], s, u, runs.behind[run], cuts.rest[wanted])


class _Net:
    """The tours as edges between nodes, with the tips of side lines on them.

    Attributes
    ----------
    tip : int array
        The vertex in which each side line ends.
    tips : array of shape (t, 2)
        Vertices on edges; those within `SNAP` are one.
    low, high : int arrays of shape (t,)
        The nodes of the edge that each of them is on, the lower number first.
    share : array of shape (t,)
        How far along from the lower to the higher.
    """

    def __init__(self, web: Web, begin: int, lines: Placed) -> None:
        self.web, self.begin = web, begin
        base, last = web.path_first[lines.behind], web.path_first[lines.behind + 1] - 1
        at = np.minimum(base + lines.u.astype(np.int64), last - 1)
        a, b = web.path[at], web.path[at + 1]
        f = lines.u - (at - base)
        length = np.hypot(*(web.nodes[b] - web.nodes[a]).T)
        near_a, near_b = f * length < SNAP, (1 - f) * length < SNAP
        self.tip = self.node(np.where(near_a, a, b))
        free = np.flatnonzero(~near_a & ~near_b)
        low, high = np.minimum(a, b)[free], np.maximum(a, b)[free]
        share = np.where(a < b, f, 1 - f)[free]
        order = np.lexsort((share, high, low))
        free, low, high, share = free[order], low[order], high[order], share[order]
        apart = np.diff(share) * length[free[1:]] > SNAP
        fresh = np.append(True, (np.diff(low) != 0) | (np.diff(high) != 0) | apart)[: len(low)]
        self.tip[free] = begin + len(web.nodes) + np.cumsum(fresh) - 1
        self.low, self.high, self.share = low[fresh], high[fresh], share[fresh]
        self.tips = web.nodes[self.low] + self.share[:, None] * (web.nodes[self.high] - web.nodes[self.low])

    def node(self, node: Ints) -> Ints:
        """Return the vertex of a node."""
        vertex = self.web.vertex[node]
        return np.where(vertex >= 0, vertex, self.begin + node)

    def on_edges(self, a: Ints, b: Ints) -> tuple[Ints, Ints, Floats]:
        """Return the tips on edges from `a` to `b`: the edge, the vertex, how far along it."""
        key = self.low * len(self.web.nodes) + self.high
        wanted = np.minimum(a, b) * len(self.web.nodes) + np.maximum(a, b)
        at, edge = spans(np.searchsorted(key, wanted), np.searchsorted(key, wanted, side="right"))
        share = np.where(a < b, 1.0, -1.0)[edge] * self.share[at] + np.where(a < b, 0.0, 1.0)[edge]
        return edge, self.begin + len(self.web.nodes) + at, share

    def backs(self, used: Ints) -> tuple[Ints, Floats, Ints]:
        """Return all vertices along the given paths: their numbers, where they are, and where paths begin."""
        at, path = spans(self.web.path_first[used], self.web.path_first[used + 1])
        inner = np.flatnonzero(path[1:] == path[:-1])
        edge, tip, share = self.on_edges(self.web.path[at[inner]], self.web.path[at[inner + 1]])
        where = (at - self.web.path_first[used][path]).astype(float)
        vertex = np.concatenate([self.node(self.web.path[at]), tip])
        u = np.concatenate([where, where[inner[edge]] + share])
        owner = np.concatenate([path, path[inner[edge]]])
        order = np.lexsort((u, owner))
        return vertex[order], u[order], firsts(np.bincount(owner, minlength=len(used)))

    def around(self, cores: list[list[int]]) -> tuple[Ints, Ints]:
        """Return the vertices round rings of nodes, end to end, and how many each has."""
        a = np.array([n for core in cores for n in core], dtype=np.int64)
        b = np.array([n for core in cores for n in [*core[1:], core[0]]], dtype=np.int64)
        ring = np.repeat(np.arange(len(cores)), [len(core) for core in cores])
        edge, tip, share = self.on_edges(a, b)
        vertex = np.concatenate([self.node(a), tip])
        order = np.lexsort((
            np.concatenate([np.zeros(len(a)), share]), np.concatenate([np.arange(len(a)), edge])
        ))  # fmt: skip
        return vertex[order], np.bincount(np.concatenate([ring, ring[edge]]), minlength=len(cores))


def _loops(outlines: Outlines, ring: Ints, lines: Placed, net: _Net, foot: Ints) -> tuple[Ints, Ints]:
    """Return the vertices round each piece: tip, foot, outline, foot, tip, and back along the tour.

    `foot` is -1 where a side line is no longer than a point.
    """
    here = np.flatnonzero(lines.run[1:] == lines.run[:-1])
    ahead = here + 1
    count = np.diff(outlines.first)[ring[here]]
    first = _rank(outlines, ring[here], lines.s[here] + SNAP)
    last = _rank(outlines, ring[here], lines.s[ahead] - SNAP)
    front, of_front = spans(first, np.maximum(last, first))
    vertex = outlines.first[ring[here]][of_front] + front % count[of_front]
    used, path = np.unique(lines.behind, return_inverse=True)
    backs, u, begin = net.backs(used)
    start, stop = begin[path], begin[path + 1]
    low = locate(u, start[here], stop[here], lines.u[here]) + 1
    high = locate(u, start[ahead], stop[ahead], np.nextafter(lines.u[ahead], -1.0)) + 1
    back, of_back = spans(low, np.maximum(high, low))
    back = (low + np.maximum(high, low) - 1)[of_back] - back  # from the far side line to the near one
    own = [
        (net.tip[here], None), (foot[here], None), (vertex, of_front),
        (foot[ahead], None), (net.tip[ahead], None), (backs[back], of_back),
    ]  # fmt: skip
    every = np.arange(len(here))
    number = np.concatenate([values for values, _ in own])
    piece = np.concatenate([every if of is None else of for _, of in own])
    rank = np.repeat(np.arange(len(own)), [len(values) for values, _ in own])
    order = np.lexsort((rank, piece))
    number, piece = number[order], piece[order]
    real = number >= 0
    return number[real], np.bincount(piece[real], minlength=len(here))


def _rank(outlines: Outlines, row: Ints, s: Floats) -> Ints:
    """Return how many vertices of an outline, walked round and round, lie before a place."""
    turn = np.floor(s / outlines.total[row])
    within = np.nextafter(s - turn * outlines.total[row], -1.0)
    first = outlines.first[row]
    before = np.where(
        within < 0, 0, locate(outlines.along, first, outlines.first[row + 1], within) - first + 1
    )
    return turn.astype(np.int64) * np.diff(outlines.first)[row] + before


def _despiked(number: Ints, loop: Ints) -> tuple[Ints, Ints]:
    """Take out of loops what repeats, walks there and back, and loops of which nothing is left."""
    while len(number):
        first = np.flatnonzero(np.append(True, loop[1:] != loop[:-1]))
        last = np.append(first[1:], len(loop)) - 1
        before, after = np.arange(len(loop)) - 1, np.arange(len(loop)) + 1
        before[first], after[last] = last, first
        gone = number == number[before]
        if not gone.any():
            tip = number[before] == number[after]
            begins = tip & ~tip[before]
            begins = begins if begins.any() else tip
            gone = begins.copy()
            gone[after[begins]] = True
        few = np.repeat(last - first < 2, last - first + 1)
        if not (gone | few).any():
            break
        number, loop = number[~(gone | few)], loop[~(gone | few)]
    return number, loop
