"""Compact land for each group in its share: a transport problem, its centres moved until they stay."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, permutations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, hstack, identity, kron, vstack

__all__ = ["Task", "compact_start"]

STARTS, ROUNDS = 6, 12  # orders of the groups along an axis that are tried; moves of the centres
LIGHT = 1e-3  # of the largest block: what a block without lots weighs when it looks for its group
PENALTY = 1e3  # for land beside the share, where blocks chosen by hand leave no other way

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """What is to be shared. A seat is one contiguous part of a group.

    Attributes
    ----------
    xy : array of shape (blocks, 2)
        Middle of each block, m.
    weights : array of shape (blocks, measures)
        Amounts, each measure in its largest block.
    group : int array of shape (seats,)
        Group of each seat.
    shares : array of shape (groups,)
        Shares that add up to 1.
    pull : array of shape (blocks, seats)
        Metres to services, times what they count for the group of the seat.
    locked : int array of shape (blocks,)
        Group chosen by hand, or -1.
    """

    xy: Floats
    weights: Floats
    group: Ints
    shares: Floats
    pull: Floats
    locked: Ints

    @property
    def due(self) -> Floats:
        """Amount due to each group, shape (groups, measures)."""
        return self.shares[:, None] * self.weights.sum(axis=0)

    def off(self, seat: Ints) -> Floats:
        """Return by how much each group has more than its due, shape (groups, measures)."""
        given = np.zeros_like(self.due)
        np.add.at(given, self.group[seat], self.weights)
        return given - self.due


def compact_start(task: Task) -> tuple[Ints, Floats]:
    """Return a seat for each block, shares nearly exact, and the cost of each block in each seat."""
    best: tuple[float, Ints, Floats] | None = None
    for centres in _starts(task):
        found = _settled(task, centres)
        if best is None or found[0] < best[0] * (1 - 1e-9):
            best = found
    assert best is not None  # there is a start for every task  # nosec B101
    return best[1], best[2]


def _starts(task: Task) -> list[Floats]:
    """Return centres: the seats in several orders along the long axis of the land, and across it."""
    mass = _mass(task)
    middle = np.average(task.xy, axis=0, weights=mass)
    axes = np.linalg.svd((task.xy - middle) * np.sqrt(mass)[:, None], full_matrices=False)[2]
    seats = len(task.group)
    part = (task.shares / np.bincount(task.group))[task.group]
    orders = list(islice(permutations(range(seats)), STARTS))
    orders += [order[::-1] for order in orders if order[::-1] not in orders]
    starts = []
    for axis in axes[: 1 if seats == 1 else 2]:
        along = (task.xy - middle) @ (axis * np.sign(axis[np.argmax(np.abs(axis))]))
        rank = np.argsort(np.round(along, 6), kind="stable")
        reached = np.cumsum(mass[rank]) / mass.sum()
        for order in orders:
            which = np.minimum(np.searchsorted(np.cumsum(part[list(order)]) - 1e-9, reached), seats - 1)
            owner = np.empty(len(rank), dtype=np.int64)
            owner[rank] = np.array(order)[which]
            starts.append(_centres(np.eye(seats)[owner], task, mass, np.tile(middle, (seats, 1))))
    return starts


def _settled(task: Task, centres: Floats) -> tuple[float, Ints, Floats]:
    """Move centres to the middle of the land their seats get until that stays the same."""
    mass, seat = _mass(task), np.full(len(task.xy), -1)
    for _ in range(ROUNDS):
        cost = _cost(task, centres)
        shares, value = _transport(task, cost * mass[:, None])
        before, seat = seat, shares.argmax(axis=1)
        if (before == seat).all():
            break
        centres = _centres(shares, task, mass, centres)
    return value, seat, cost


def _mass(task: Task) -> Floats:
    return np.maximum(task.weights[:, 0], LIGHT)


def _centres(shares: Floats, task: Task, mass: Floats, before: Floats) -> Floats:
    held = shares * mass[:, None]
    total = held.sum(axis=0)
    return np.where(total[:, None] > 0, held.T @ task.xy / np.maximum(total, 1e-12)[:, None], before)


def _cost(task: Task, centres: Floats) -> Floats:
    """Return the squared distance to each centre and that to services, in the size of a seat's land."""
    size = np.sqrt(((task.xy - task.xy.mean(axis=0)) ** 2).sum(axis=1).mean() / len(task.group))
    away = ((task.xy[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return away / max(size**2, 1e-9) + task.pull / max(size, 1e-9)


def _transport(task: Task, cost: Floats) -> tuple[Floats, float]:
    """Return the share of each block that goes to each seat at the least cost, and that cost."""
    blocks, seats = cost.shape
    measures = task.weights.shape[1]
    each = kron(identity(blocks), np.ones((1, seats)))
    rows = [kron(task.weights[:, j][None, :], identity(seats)) for j in range(measures)]
    parts = np.bincount(task.group)[task.group]
    due = np.concatenate([task.due[task.group, j] / parts for j in range(measures)])
    slack = identity(seats * measures)
    none = coo_array((blocks, 2 * seats * measures))
    matrix = vstack([hstack([each, none]), hstack([vstack(rows), slack, -slack])], format="csr")
    may = (task.locked[:, None] < 0) | (task.locked[:, None] == task.group[None, :])
    most = np.concatenate([may.ravel().astype(float), np.full(2 * seats * measures, np.inf)])
    price = np.full(2 * seats * measures, PENALTY * max(cost.max(), 1.0))
    found = linprog(
        np.concatenate([cost.ravel(), price]),
        A_eq=matrix,
        b_eq=np.concatenate([np.ones(blocks), due]),
        bounds=np.column_stack([np.zeros(len(most)), most]),
        method="highs",
    )
    return found.x[: blocks * seats].reshape(blocks, seats), float(found.fun)
