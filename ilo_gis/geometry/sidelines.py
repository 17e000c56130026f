"""Where side lines may stand: places on the outlines of many blocks, and on the paths behind them.

A side line joins a point of the outline to a point of the tour round the backs, square to its side.
From one to the next, both ends move evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.draft import Point, Side
from ilo_gis.geometry.outline import SNAP, Outlines, Sides
from ilo_gis.geometry.ragged import climbing, firsts, interpolate, rows, spans
from ilo_gis.geometry.tour import Tour

__all__ = ["Lines", "Web", "side_lines", "web_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEP = 4.0  # m between places where the depth of lots is read off; in between it is interpolated
MOST_STEPS = 2000  # per block, however long its outline


class Web(NamedTuple):
    """The tours of many blocks in flat arrays. A run is a stretch of tour between two breaks.

    Attributes
    ----------
    nodes : array of shape (n, 2)
        The nodes of all tours, each seen from the origin of its outline.
    vertex : int array of shape (n,)
        The vertex of the outlines that a node is, or -1.
    first : int array of shape (tours + 1,)
        Where the nodes of each tour begin.
    path, path_first : int arrays
        Nodes behind the runs, end to end, and where each run begins.
    ends : array of shape (runs, 2)
        How far along the outline each run begins and ends, give or take whole turns.
    tour : int array of shape (runs,)
        The tour that each run is of.
    """

    nodes: Floats
    vertex: Ints
    first: Ints
    path: Ints
    path_first: Ints
    ends: Floats
    tour: Ints


class Lines(NamedTuple):
    """Possible side lines, in order, run by run.

    Attributes
    ----------
    s, u : arrays of shape (k,)
        Where each begins on its outline (m along it) and ends on its path (node + fraction).
    solid : bool array of shape (k,)
        True where no side line may stand between this one and the next (inside a corner).
    first : int array of shape (runs + 1,)
        Where each run begins.
    """

    s: Floats
    u: Floats
    solid: Flags
    first: Ints


class Parts(NamedTuple):
    """The parts of sides, end to end: their run, side, lap, bounds, and the path behind each.

    `chain` tells how far along the side the side lines to the places `spot` of the path begin; the
    path of a part begins at the `skip`-th node of its run.
    """

    run: Ints
    side: Ints
    lap: Ints
    low: Floats
    high: Floats
    skip: Ints
    chain: Floats
    spot: Floats
    chain_first: Ints


def web_of(tours: list[Tour], first_side: Ints) -> tuple[Web, Parts]:
    """Put tours end to end; `first_side` is the number of the first side of the outline of each."""
    first = firsts([len(t.nodes) for t in tours])
    vertex = np.full(int(first[-1]), -1)
    paths: list[list[int]] = []
    ends: list[tuple[float, float]] = []
    owner: list[int] = []
    rows_: list[tuple[int, int, int, float, float, int]] = []
    chains: list[list[float]] = []
    spots: list[Sequence[float]] = []
    for t, (own, begin, side) in enumerate(zip(tours, first.tolist(), first_side.tolist(), strict=False)):
        for node, at in own.vertices.items():
            vertex[begin + node] = at
        for k, (part, lap) in enumerate(zip(own.parts, own.lap, strict=True)):
            if part.broken or not k:
                paths.append([begin + part.path[0]])
                owner.append(t)
                ends.append((own.places[part.path[0]], 0.0))
            chain, spot = _chain(part, own.nodes)
            skip = len(paths[-1]) - 1
            rows_.append((len(paths) - 1, side + part.index, lap, part.low, part.high, skip))
            chains.append(chain)
            spots.append(spot)
            paths[-1] += [begin + node for node in part.path[1:]]
            ends[-1] = (ends[-1][0], own.places.get(part.path[-1], 0.0))
    run, side_, lap_, low, high, skip_ = (np.array(column) for column in zip(*rows_, strict=True))
    web = Web(
        np.array([xy for t in tours for xy in t.nodes]), vertex, first,
        np.array([node for path in paths for node in path]), firsts([len(path) for path in paths]),
        np.array(ends), np.array(owner),
    )  # fmt: skip
    chain_first = firsts([len(chain) for chain in chains])
    flat, spot_ = (np.array([x for own in lists for x in own], dtype=float) for lists in (chains, spots))
    return web, Parts(run, side_, lap_, low, high, skip_, flat, spot_, chain_first)


def _chain(part: Side, nodes: list[Point]) -> tuple[list[float], Sequence[float]]:
    """Return how far along its side the side lines to the path begin, and the places on the path.

    The path is followed from its first node that lies farthest back.
    """
    if part.closed:
        return [part.low, part.high], [0, len(part.path) - 1]  # nothing is cut from it
    back = [part.ahead(nodes[k]) for k in part.path]
    left = back.index(min(back))
    right = max(len(back) - 1 - back[::-1].index(max(back)), left)
    chain = list(accumulate(back[left : right + 1], max))
    places = list(range(left, right + 1))
    if not (part.lead or part.trail) or len(chain) < 2:
        return chain, places
    return _fanned(part, chain, places)


def _fanned(part: Side, chain: list[float], places: Sequence[float]) -> tuple[list[float], Sequence[float]]:
    """Turn side lines evenly from the bisector at an end of a side to square, and back at the other."""
    foot = [part.low, part.low + part.lead, part.high - part.trail, part.high]
    tip = [chain[0] if part.lead else foot[0], *foot[1:3], chain[-1] if part.trail else foot[3]]
    # without room to be square in the middle they turn all the way
    room = part.lead + part.trail < part.high - part.low
    used = [0, *([1] if part.lead and room else []), *([2] if part.trail and room else []), 3]
    feet, tips = [foot[k] for k in used], [tip[k] for k in used]
    if any(b <= a for a, b in pairwise(tips)):
        return chain, places
    knots = sorted({*chain, *(t for t in tips if chain[0] < t < chain[-1])})
    return np.interp(knots, tips, feet).tolist(), np.interp(knots, chain, places).tolist()


def side_lines(outlines: Outlines, row: Ints, sides: Sides, web: Web, parts: Parts) -> Lines:
    """Return the possible side lines of all runs.

    Parameters
    ----------
    outlines : Outlines
        The outlines.
    row : int array of shape (tours,)
        The outline of each tour.
    sides : Sides
        The sides of the outlines.
    web, parts : Web, Parts
        The tours.
    """
    total = outlines.total[row[web.tour]]
    part, x = _stations(sides, parts, np.maximum(STEP, total / MOST_STEPS)[parts.run])
    s = interpolate(x, parts.side[part], sides.x, sides.s, sides.first)
    s += parts.lap[part] * total[parts.run[part]]
    u = parts.skip[part] + interpolate(x, part, parts.chain, parts.spot, parts.chain_first)
    # each run gets a side line more at both its ends
    counts = np.bincount(parts.run[part], minlength=len(web.tour)) + 2
    first = firsts(counts)
    begin, end = first[:-1], first[1:] - 1
    inner = np.ones(first[-1], dtype=bool)
    inner[begin] = inner[end] = False
    all_s, all_u, solid = np.empty(first[-1]), np.zeros(first[-1]), np.zeros(first[-1], dtype=bool)
    all_s[inner], all_u[inner] = s, u
    solid[inner] = np.append(part[1:] != part[:-1], True)
    solid[begin] = solid[end] = True
    for place, at, near in ((web.ends[:, 0], begin, begin + 1), (web.ends[:, 1], end, end - 1)):
        # in the turn round the outline that brings it nearest
        all_s[at] = place + np.round((all_s[near] - place) / total) * total
    all_u[end] = np.diff(web.path_first) - 1.0
    # roundings must not make them go back
    return Lines(climbing(all_s, first), climbing(all_u, first), solid, first)


def _stations(sides: Sides, parts: Parts, step: Floats) -> tuple[Ints, Floats]:
    """Return the parts and the metres along their sides where side lines are tried."""
    count = np.maximum(2, np.ceil((parts.high - parts.low) / step).astype(np.int64) + 1)
    k, even = spans(np.zeros_like(count), count)
    share = k / (count[even] - 1)
    regular = np.where(share < 1, parts.low[even] + share * (parts.high - parts.low)[even], parts.high[even])
    at, surveyed = spans(sides.first[parts.side], sides.first[parts.side + 1])
    # a vertex on a straight line changes nothing, and must not move a side line
    bent = _bent(sides)[at]
    at, surveyed = at[bent], surveyed[bent]
    part = np.concatenate([even, rows(parts.chain_first), surveyed])
    x = np.concatenate([regular, parts.chain, sides.x[at]])
    within = (x >= parts.low[part]) & (x <= parts.high[part])
    part, x = part[within], x[within]
    order = np.lexsort((x, part))
    part, x = part[order], x[order]
    fresh = np.append(True, (part[1:] != part[:-1]) | (x[1:] != x[:-1]))
    return part[fresh], x[fresh]


def _bent(sides: Sides) -> Flags:
    """Return at which vertices of sides the way along the outline and along the side part."""
    before, after = sides.x[1:-1] - sides.x[:-2], sides.x[2:] - sides.x[1:-1]
    off: Floats = (sides.s[1:-1] - sides.s[:-2]) * after - (sides.s[2:] - sides.s[1:-1]) * before
    bent = np.ones(len(sides.x), dtype=bool)
    bent[1:-1] = np.abs(off) > SNAP * (np.abs(before) + np.abs(after))
    bent[sides.first[:-1]] = bent[sides.first[1:] - 1] = True
    return bent
