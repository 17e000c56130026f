"""Running sums along the feet of each block, and the next side line that closes a lot.

A place is a foot of the block, counted twice round, and a share of the way to the next. It is counted
in the block itself, as all sums are, so that no digit depends on the blocks beside it. Side lines of
all blocks and turns are looked up at once: a row is a block with a turn.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.most_lines import Lines
from ilo_gis.geometry.most_sums import BEHIND, Sums, next_of, previous_of
from ilo_gis.geometry.ragged import climbing, firsts, running, spans

__all__ = ["CLOSE", "Field", "Needs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CLOSE = 1e-8  # share of the way between two feet; places so close are one
TINY = 1e-7  # m or m2; what fits exactly must not fail by a rounding


class Needs(NamedTuple):
    """What lots must have, by block.

    Attributes
    ----------
    area, front : arrays of float
        Least area (m2) and front (m).
    slim : array of float
        Depth, in m, from which a lot of least front is too slim.
    """

    area: Floats
    front: Floats
    slim: Floats


class Field:
    """Running sums along the feet of each block, twice round, so that they only ever grow.

    Parameters
    ----------
    lines : Lines
        The side lines that may stand.
    needs : Needs
        What lots must have.
    twist : int
        By how many turns the two side lines of a lot may differ that holds no corner.
    """

    def __init__(self, lines: Lines, needs: Needs, twist: int) -> None:
        self.needs, self.twist = needs, twist
        self.blocks, self.turns = len(lines.first) - 1, lines.u.shape[1]
        count = np.diff(lines.first)
        # before the first foot of a block and behind its last, where there are no more
        index, block = spans(np.full_like(count, -1), 2 * count + 1 + BEHIND)
        outside = (index < 0) | (index > 2 * count[block])
        ending = outside | np.append(outside[1:], True)  # on to the next is no way of the block's
        index = np.clip(index, 0, 2 * count[block])
        lap = index // count[block]
        own = lines.first[block] + index % count[block]
        block_first = firsts(np.bincount(block))
        s = lines.s[own] + lap * lines.length[block]
        shrink = np.minimum(1.0, needs.slim[block] / np.maximum(lines.deep[own], TINY))
        ease = np.zeros(len(own))
        ease[1:] = np.where(lines.bend[own[:-1]], 0.0, np.diff(s) * (shrink[1:] + shrink[:-1]) / 2)
        ease[block_first[:-1]] = 0.0
        self.s, self.ease = Sums(s, block_first), Sums(running(ease, block_first), block_first)
        # a lot holds a corner if it begins before its fan and ends behind it
        sharp = lines.sharp[own] & ~outside
        before = np.append(False, sharp[:-1])
        self.past = next_of(before & ~sharp & ~outside, block_first)
        self.before = previous_of(sharp & ~before, block_first)
        # and with each turn
        first = firsts(np.tile(np.diff(block_first), self.turns))
        land = (lines.land[own] + (lap * lines.whole[block])[:, None]).T.ravel()
        bow = np.where(ending, 0.0, lines.bow[own].T).ravel()
        tip = (lines.u[own] + (lap * lines.steps[block])[:, None]).T.ravel()
        self.land = Sums(climbing(land, first), first, bow)
        self.tip = Sums(climbing(tip, first), first)
        self.point = np.moveaxis(lines.tip[own], 1, 0).reshape(-1, 2)
        self.free = (lines.free[own].T & ~ending).ravel()
        stands = (lines.stands[own].T & ~outside).ravel()
        self.next, self.previous = next_of(stands, first), previous_of(stands, first)

    def row(self, block: Ints, turn: Ints) -> Ints:
        """Return the rows of blocks with turns."""
        return turn * self.blocks + block

    def corner(self, block: Ints, place: Floats, *, ahead: bool) -> Floats:
        """Return the place behind the next corner, or before the last."""
        base = self.s.first[block]
        if ahead:
            return self.past[base + place.astype(np.int64) + 1]
        return self.before[base + np.maximum(np.ceil(place).astype(np.int64) - 1, 0)]

    def stand(self, row: Ints, place: Floats, *, ahead: bool = True) -> Floats:
        """Return the first place from each one on where a side line may stand, or the last before."""
        base, near = self.land.first[row], np.rint(place)
        place = np.where(np.abs(place - near) < CLOSE, near, place)
        whole = place.astype(np.int64)
        at = base + whole
        free = (place > whole) & self.free[at]
        other = self.next[at + (place > whole)] if ahead else self.previous[at]
        return np.where(free, place, other)

    def end(self, row: Ints, place: Floats) -> Floats:
        """Return the points in which side lines end."""
        whole = place.astype(np.int64)
        at = self.land.first[row] + whole
        return self.point[at] + (place - whole)[:, None] * (self.point[at + 1] - self.point[at])

    def step(self, block: Ints, place: Floats, *, ahead: bool) -> Floats:
        """Return the nearest side line with each turn that closes a lot.

        Parameters
        ----------
        block : int array of shape (n,)
            Blocks.
        place : array of shape (n, turns)
            Where, with each turn, the lot may begin; infinite where it may not.
        ahead : bool
            Whether onwards or backwards.
        """
        beyond, before = (np.inf, np.less) if ahead else (-np.inf, np.greater)
        turn, ease, land, tip, corner = self._goals(block, place, ahead=ahead)
        n = len(block)
        goal_turn = np.repeat(np.arange(self.turns), n)
        own = np.tile(block, self.turns)
        row = self.row(own, goal_turn)
        nearest = np.full(len(row), beyond)
        reached = [nearest.copy() for _ in range(3)]
        for k in range(int(np.isfinite(place).sum(axis=1).max(initial=0))):
            goals = [np.tile(goal[k], self.turns) for goal in (ease, land, tip)]
            twisted = np.abs(np.tile(turn[k], self.turns) - goal_turn) > self.twist
            bent = np.where(twisted, np.tile(corner[k], self.turns), -beyond)
            # a nearer one is found only where less is needed than the nearest has
            hope = before(bent, nearest)
            for goal, has in zip(goals, reached, strict=True):
                hope &= before(goal, has)
            some = np.flatnonzero(hope)
            at = self._closed(own[some], row[some], [goal[some] for goal in goals], ahead=ahead)
            at = self.stand(row[some], (np.maximum if ahead else np.minimum)(at, bent[some]), ahead=ahead)
            nearer = before(at, nearest[some])
            some, at = some[nearer], at[nearer]
            nearest[some] = at
            reached[0][some] = self.ease.at(own[some], at)
            reached[1][some], reached[2][some] = self.land.at(row[some], at), self.tip.at(row[some], at)
        return nearest.reshape(self.turns, n).T

    def _goals(
        self, block: Ints, place: Floats, *, ahead: bool
    ) -> tuple[Ints, Floats, Floats, Floats, Floats]:
        """Return turns, the sums at which lots begun with them close, and where the next corner is.

        For each block, the turn comes first with which least land is used.
        """
        sign = 1.0 if ahead else -1.0
        goals = np.full((4, self.turns, len(place)), sign * np.inf)
        turn, i = np.nonzero(np.isfinite(place.T))
        at, own = place[i, turn], block[i]
        row = self.row(own, turn)
        goals[0, turn, i] = self.ease.at(own, at) + sign * (self.needs.front[own] - TINY)
        goals[1, turn, i] = self.land.at(row, at) + sign * (self.needs.area[own] - TINY)
        goals[2, turn, i] = self.tip.at(row, at) - sign * TINY
        goals[3, turn, i] = self.corner(own, at, ahead=ahead)
        order = np.argsort(sign * goals[1], axis=0, kind="stable")
        ease, land, tip, corner = np.take_along_axis(goals, order[None], axis=1)
        return order, ease, land, tip, corner

    def _closed(self, block: Ints, row: Ints, goals: list[Floats], *, ahead: bool) -> Floats:
        """Return the nearest places at which ease, land and tip have all come as far as they must."""
        ease, land, tip = goals
        at = self.land.reach(row, land, last=not ahead)
        for sums, owner, goal in ((self.ease, block, ease), (self.tip, row, tip)):
            now = sums.at(owner, at)
            short = np.flatnonzero(now < goal if ahead else now > goal)
            found = sums.reach(owner[short], goal[short], last=not ahead)
            at[short] = (np.maximum if ahead else np.minimum)(at[short], found)
        return at
