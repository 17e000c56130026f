"""Blocks that change hands until every group's land is in one piece and its share exact within one block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ilo_gis.zoning.sharing_graph import Neighbours, components, splits, without
from ilo_gis.zoning.sharing_model import Task

__all__ = ["settle"]

SEAM = 0.5  # what a front that faces another group costs, beside a distance cost of about 1
GAIN = 1e-9  # less is no gain
WORTH = 0.25  # of the weight moved: gain worth a longer seam, once all are within one block
ROUNDS = 20

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def settle(task: Task, graph: Neighbours, seat: Ints, cost: Floats) -> Ints:
    """Return a seat for each block: in one piece where that can be, exact within one block, short seams."""
    seat = seat.copy()
    for _ in range(ROUNDS):
        before = seat.copy()
        _join(task, graph, seat)
        main = without(graph, _islands(task, graph, seat))
        _balance(task, main, seat, cost)
        if (before == seat).all():
            break
    _smooth(task, main, seat, cost)
    _refine(task, main, seat, cost)
    _force(task, seat, cost)
    return seat


def _join(task: Task, graph: Neighbours, seat: Ints) -> None:
    """Give parts of a seat apart from its largest one to the neighbour that faces them most."""
    part = components(graph, seat)
    weight = np.bincount(part, task.weights[:, 0] + 1e-6)
    held = np.bincount(part, task.locked >= 0) > 0
    for number in np.argsort(weight, kind="stable"):
        inside = np.flatnonzero(part == number)
        own = seat[inside[0]]
        larger = weight[part[seat == own]].max()
        if held[number] or weight[number] >= larger - 1e-12:
            continue
        facing = np.zeros(len(task.group))
        for block in inside:
            pairs = graph.of(block)
            np.add.at(facing, seat[graph.other[pairs]], graph.facing[pairs])
        facing[own] = 0.0
        if facing.max() > 0:
            seat[inside] = int(facing.argmax())


def _islands(task: Task, graph: Neighbours, seat: Ints) -> NDArray[np.bool_]:
    """Return blocks chosen by hand apart from the rest of their seat: its land does not grow there."""
    part = components(graph, seat)
    weight = np.bincount(part, task.weights[:, 0] + 1e-6)
    largest = np.zeros(len(task.group))
    np.maximum.at(largest, seat, weight[part])
    return (task.locked >= 0) & (weight[part] < largest[seat] - 1e-12)


def _balance(task: Task, graph: Neighbours, seat: Ints, cost: Floats) -> None:
    """Move blocks at seams towards groups that lack land until each is within one block of its due."""
    for _ in range(4 * len(seat)):
        off = task.off(seat)
        if np.abs(off).max() <= 1:
            return
        if not _best_move(task, graph, seat, cost, off) and not _chain(task, graph, seat, cost, off):
            return


def _refine(task: Task, graph: Neighbours, seat: Ints, cost: Floats) -> None:
    """Bring shares that are within one block nearer still where whole blocks allow it."""
    for _ in range(len(seat)):
        off = task.off(seat)
        if not _best_move(task, graph, seat, cost, off, WORTH) and not _chain(
            task, graph, seat, cost, off, WORTH
        ):
            return


def _best_move(
    task: Task, graph: Neighbours, seat: Ints, cost: Floats, off: Floats, least: float = GAIN
) -> bool:
    """Make the move that brings shares nearer at the least cost, if there is one."""
    block, to = _seams(task, graph, seat)
    gain = _gain(task, seat, off, block, to)
    worse = cost[block, to] - cost[block, seat[block]]
    useful = np.flatnonzero(gain > least * task.weights[block].sum(axis=1))
    for k in useful[np.lexsort((to[useful], block[useful], np.round(_price(worse, gain)[useful], 9)))]:
        if not splits(graph, seat, int(block[k])) and (seat == seat[block[k]]).sum() > 1:
            seat[block[k]] = to[k]
            return True
    return False


def _price(worse: Floats, gain: Floats) -> Floats:
    """Return what one of gain costs; moves that cost nothing first, those with the greatest gain before."""
    return np.where(worse > 0, worse / np.maximum(gain, GAIN), worse - gain)


def _seams(task: Task, graph: Neighbours, seat: Ints) -> tuple[Ints, Ints]:
    """Return blocks that may change hands, and the seats beside them that they may go to."""
    mine, theirs = seat[graph.one], seat[graph.other]
    free = (task.locked[graph.one] < 0) & (task.group[mine] != task.group[theirs])
    pairs = np.unique(np.column_stack([graph.one[free], theirs[free]]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _gain(task: Task, seat: Ints, off: Floats, block: Ints, to: Ints) -> Floats:
    """Return by how much a move brings the sum of squares of what groups are off by down."""
    weight = task.weights[block]
    between = off[task.group[seat[block]]] - off[task.group[to]]
    return 2 * (weight * (between - weight)).sum(axis=1)


def _chain(task: Task, graph: Neighbours, seat: Ints, cost: Floats, off: Floats, least: float = GAIN) -> bool:
    """Pass land from a group with too much through its neighbours to one with too little."""
    apart = (off**2).sum()
    for path in _paths(task, graph, seat, off):
        tried = seat.copy()
        for own, to in pairwise(path):
            block, where = _seams(task, graph, tried)
            fits = np.flatnonzero((tried[block] == own) & (where == to) & (task.weights[block, 0] > 0))
            worse = cost[block[fits], to] - cost[block[fits], own]
            for k in fits[np.argsort(np.round(worse, 9), kind="stable")]:
                if not splits(graph, tried, int(block[k])) and (tried == own).sum() > 1:
                    tried[block[k]] = to
                    break
            else:
                break
        if (task.off(tried) ** 2).sum() < apart - least:
            seat[:] = tried
            return True
    return False


def _paths(task: Task, graph: Neighbours, seat: Ints, off: Floats) -> Iterator[list[int]]:
    """Yield ways through neighbouring seats from those with too much to those with too little."""
    links = np.unique(np.column_stack([seat[graph.one], seat[graph.other]]), axis=0)
    level = off.sum(axis=1)[task.group]
    for start in np.argsort(-level, kind="stable"):
        before, edge = {int(start): -1}, [int(start)]
        for own in edge:
            for to in links[links[:, 0] == own, 1].tolist():
                if to not in before:
                    before[to] = own
                    edge.append(to)
        for stop in sorted(edge[1:], key=lambda s: (level[s], s)):
            if level[stop] < level[start]:
                path = [stop]
                while before[path[-1]] >= 0:
                    path.append(before[path[-1]])
                yield path[::-1]


def _smooth(task: Task, graph: Neighbours, seat: Ints, cost: Floats) -> None:
    """Move blocks where that shortens seams and distances and keeps shares within one block."""
    longest = np.bincount(graph.one, graph.facing, len(seat)).mean() if len(graph.one) else 1.0
    for _ in range(len(seat)):
        off = task.off(seat)
        block, to = _seams(task, graph, seat)
        own = seat[block]
        toward = _facing(graph, seat, block, to) - _facing(graph, seat, block, own)
        better = cost[block, own] - cost[block, to] + SEAM * toward / longest
        useful = np.flatnonzero(better > 1e-6)
        for k in useful[np.lexsort((to[useful], block[useful], -np.round(better[useful], 9)))]:
            after = off.copy()
            after[task.group[own[k]]] -= task.weights[block[k]]
            after[task.group[to[k]]] += task.weights[block[k]]
            kept = np.abs(after).max() <= max(1.0, np.abs(off).max())
            if kept and not splits(graph, seat, int(block[k])) and (seat == own[k]).sum() > 1:
                seat[block[k]] = to[k]
                break
        else:
            return


def _facing(graph: Neighbours, seat: Ints, block: Ints, whose: Ints) -> Floats:
    """Return for how many metres each block faces land of a seat."""
    blocks, seats = len(seat), int(max(seat.max(initial=0), whose.max(initial=0))) + 1
    table = np.zeros((blocks, seats))
    np.add.at(table, (graph.one, seat[graph.other]), graph.facing)
    return table[block, whose]


def _force(task: Task, seat: Ints, cost: Floats) -> None:
    """Bring shares within one block even where land falls apart by it: exact shares come first."""
    free = np.flatnonzero(task.locked < 0)
    for _ in range(4 * len(seat)):
        off = task.off(seat)
        if np.abs(off).max() <= 1 + GAIN or not len(free):
            return
        block, to = np.repeat(free, len(task.group)), np.tile(np.arange(len(task.group)), len(free))
        gain = _gain(task, seat, off, block, to)
        gain[task.group[seat[block]] == task.group[to]] = 0.0
        if gain.max() <= GAIN:
            return
        worse = cost[block, to] - cost[block, seat[block]]
        useful = np.flatnonzero(gain > GAIN)
        k = useful[np.lexsort((to[useful], block[useful], np.round(_price(worse, gain)[useful], 9)))[0]]
        seat[block[k]] = to[k]
