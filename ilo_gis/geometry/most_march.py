"""The march round many blocks at once: which side lines give as many lots as can be.

After any number of lots, only the earliest place of the last side line counts, for each turn it may
have: from there on more land, more front and more of the path behind are left. So the march keeps one
place for each turn. Marched backwards from the end, it gives the latest places from which the lots
still to come are sure to fit, and between the two there is room to choose square and even lots.

A place is a foot of the block, counted twice round, and a share of the way to the next. It is counted
in the block itself, as all sums are, so that no digit depends on the blocks beside it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.most_lines import Lines
from ilo_gis.geometry.most_sums import BEHIND, Sums, next_of, previous_of
from ilo_gis.geometry.ragged import climbing, firsts, running, spans

__all__ = ["Field", "Needs", "Rows"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CLOSE = 1e-8  # share of the way between two feet; places so close are one
UNEVEN = 0.2  # what it costs to leave the slack unspread, in turns off square
TAIL = 0.5  # what a metre costs that a corner lot reaches on between its neighbours
LACKING = 1e6  # what it costs to have no place at all
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


class Rows(NamedTuple):
    """Stretches of outline to be cut into lots: from one side line (place, turn) to another."""

    block: Ints
    start: Floats
    start_turn: Ints
    stop: Floats
    stop_turn: Ints

    def pick(self, rows: Ints | Flags | slice) -> Rows:
        """Return some of the rows."""
        return Rows._make(values[rows] for values in self)


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
        self.count = np.diff(lines.first)
        # before the first foot of a block and behind its last, where there are no more
        index, block = spans(np.full_like(self.count, -1), 2 * self.count + 1 + BEHIND)
        outside = (index < 0) | (index > 2 * self.count[block])
        index = np.clip(index, 0, 2 * self.count[block])
        self.first = firsts(np.bincount(block))
        turn = index // self.count[block]
        own = lines.first[block] + index % self.count[block]
        s = lines.s[own] + turn * lines.length[block]
        self.s = Sums(s, self.first)
        shrink = np.minimum(1.0, needs.slim[block] / np.maximum(lines.deep[own], TINY))
        ease = np.zeros(len(own))
        ease[1:] = np.where(lines.bend[own[:-1]], 0.0, np.diff(s) * (shrink[1:] + shrink[:-1]) / 2)
        ease[self.first[:-1]] = 0.0
        self.ease = Sums(running(ease, self.first), self.first)
        ending = outside | np.append(outside[1:], True)  # on to the next is no way of the block's
        land = (lines.land[own] + (turn * lines.whole[block])[:, None]).T
        tip = (lines.u[own] + (turn * lines.steps[block])[:, None]).T
        bow = np.where(ending, 0.0, lines.bow[own].T)
        self.land = [
            Sums(climbing(each, self.first), self.first, sag) for each, sag in zip(land, bow, strict=True)
        ]
        self.tip = [Sums(climbing(each, self.first), self.first) for each in tip]
        self.point = np.moveaxis(lines.tip[own], 1, 0).copy()
        self.free = lines.free[own].T & ~ending
        stands = lines.stands[own].T & ~outside
        self.next = [next_of(each, self.first) for each in stands]
        self.previous = [previous_of(each, self.first) for each in stands]
        # a lot holds a corner if it begins before its fan and ends behind it
        sharp = lines.sharp[own] & ~outside
        before = np.append(False, sharp[:-1])
        self.past = next_of(before & ~sharp & ~outside, self.first)
        self.before = previous_of(sharp & ~before, self.first)

    def onwards(self, rows: Rows, place: Floats) -> Floats:
        """Return for each turn the earliest next side line, given the last for each turn."""
        result = self._step(rows.block, place, ahead=True)
        return np.where(result > rows.stop[:, None] + CLOSE, np.inf, result)

    def backwards(self, rows: Rows, place: Floats) -> Floats:
        """Return for each turn the latest side line before, given the next for each turn."""
        result = self._step(rows.block, place, ahead=False)
        return np.where(result < rows.start[:, None] - CLOSE, -np.inf, result)

    def _step(self, block: Ints, place: Floats, *, ahead: bool) -> Floats:
        """Return for each turn the nearest side line that closes a lot begun at any of the places."""
        beyond, before = (np.inf, np.less) if ahead else (-np.inf, np.greater)
        turn, *goals, corner = self._goals(block, place, beyond)
        result = np.full(place.shape, beyond)
        for b in range(place.shape[1]):
            sums = self.ease, self.land[b], self.tip[b]
            nearest = np.full(len(place), beyond)
            reached = [nearest.copy() for _ in sums]
            for k in range(place.shape[1]):
                # only from there is a nearer one found, where less is needed than the nearest has
                needed = [goal[k] for goal in goals]
                bent = np.where(np.abs(turn[k] - b) > self.twist, corner[k], -beyond)
                hope = before(bent, nearest)
                for need, has in zip(needed, reached, strict=True):
                    hope &= before(need, has)
                row = np.flatnonzero(hope)
                if not len(row):
                    continue
                own, base = block[row], self.first[block[row]]
                at = self._closed(b, own, [need[row] for need in needed], ahead=ahead)
                at = (np.maximum if ahead else np.minimum)(at, bent[row])
                at = (self.stand if ahead else self._stand_back)(b, base, at)
                nearer = before(at, nearest[row])
                row, at, base = row[nearer], at[nearer], base[nearer]
                nearest[row] = at
                for has, each in zip(reached, sums, strict=True):
                    has[row] = each.at(base, at)
            result[:, b] = nearest
        return result

    def _goals(
        self, block: Ints, place: Floats, beyond: float
    ) -> tuple[Ints, Floats, Floats, Floats, Floats]:
        """Return turns, the sums at which lots begun with them close, and where a corner is in them.

        For each row, the turn comes first with which least land is used.
        """
        sign = np.sign(beyond)
        need = sign * (self.needs.front[block] - TINY), sign * (self.needs.area[block] - TINY), -sign * TINY
        goals = np.full((4, place.shape[1], len(place)), beyond)
        for a in range(place.shape[1]):
            row = np.flatnonzero(np.isfinite(place[:, a]))
            at, base = place[row, a], self.first[block[row]]
            for goal, sums, more in zip(goals, (self.ease, self.land[a], self.tip[a]), need, strict=False):
                goal[a, row] = sums.at(base, at) + (more[row] if np.ndim(more) else more)
            if beyond > 0:
                goals[3, a, row] = self.past[base + at.astype(np.int64) + 1]
            else:
                goals[3, a, row] = self.before[base + np.maximum(np.ceil(at).astype(np.int64) - 1, 0)]
        order = np.argsort(sign * goals[1], axis=0, kind="stable")
        ease, land, tip, corner = np.take_along_axis(goals, order[None], axis=1)
        return order, ease, land, tip, corner

    def _closed(self, turn: int, block: Ints, goals: list[Floats], *, ahead: bool) -> Floats:
        """Return the nearest places at which ease, land and tip with a turn have all come so far."""
        ease, land, tip = goals
        at = self.land[turn].reach(block, land, last=not ahead)
        for sums, goal in ((self.ease, ease), (self.tip[turn], tip)):
            now = sums.at(self.first[block], at)
            short = np.flatnonzero(now < goal if ahead else now > goal)
            if len(short):
                found = sums.reach(block[short], goal[short], last=not ahead)
                at[short] = (np.maximum if ahead else np.minimum)(at[short], found)
        return at

    def place(self, block: Ints, s: Floats) -> Floats:
        """Return the places so far along the outlines of blocks."""
        return self.s.reach(block, s)

    def ends(self, block: Ints, place: Floats, turn: Ints) -> tuple[Floats, Floats]:
        """Return where side lines begin on the outline of their block, and end on its tour."""
        base, u = self.first[block], np.empty(len(place))
        for t, tip in enumerate(self.tip):
            u[turn == t] = tip.at(base[turn == t], place[turn == t])
        return self.s.at(base, place), u

    def stand(self, turn: int, base: Ints, place: Floats) -> Floats:
        """Return the first place from each one on where a side line may stand."""
        place, _, free = self._free(turn, base, place)
        onwards = self.next[turn][base + np.ceil(place).astype(np.int64)]
        return np.where(free, place, onwards)

    def _stand_back(self, turn: int, base: Ints, place: Floats) -> Floats:
        place, at, free = self._free(turn, base, place)
        return np.where(free, place, self.previous[turn][at])

    def _free(self, turn: int, base: Ints, place: Floats) -> tuple[Floats, Ints, Flags]:
        """Bring places to a foot they are close to; return the foot before and which may stay between."""
        near = np.rint(place)
        place = np.where(np.abs(place - near) < CLOSE, near, place)
        whole = place.astype(np.int64)
        at = base + whole
        return place, at, (place > whole) & self.free[turn][at]

    def _tip(self, base: Ints, place: Floats, turn: Ints | int) -> Floats:
        """Return the points in which side lines end."""
        whole = place.astype(np.int64)
        low, high = self.point[turn, base + whole], self.point[turn, base + whole + 1]
        return low + (place - whole)[:, None] * (high - low)

    def most(self, rows: Rows) -> Ints:
        """Return how many lots each row holds."""
        place = _only(rows.start, rows.start_turn, len(self.land), np.inf)
        latest = self.backwards(rows, _only(rows.stop, rows.stop_turn, len(self.land), -np.inf))
        count, live = np.zeros(len(place), dtype=np.int64), np.arange(len(place))
        lots = 0
        while len(live):
            lots += 1
            count[live[(place <= latest[live] + CLOSE).any(axis=1)]] = lots
            place = self.onwards(rows.pick(live), place)
            alive = np.isfinite(place).any(axis=1)
            live, place = live[alive], place[alive]
        return count

    def side_lines(self, rows: Rows, count: Ints) -> tuple[Floats, Ints, Floats]:
        """Return places and turns of side lines that cut rows into so many lots, and how bad they look.

        The first two arrays hold the side lines of the rows end to end, `count` and the stop for each;
        the third has a sum for each row, of what is not square, uneven or reaches round a corner.
        """
        order = np.argsort(-count, kind="stable")  # so that the rows that still go on are the first
        rows, lots = rows.pick(order), count[order]
        steps = [int(np.searchsorted(-lots, -k)) for k in range(1, int(lots[0]) + 1)]  # rows with more than k
        latest = [_only(rows.stop, rows.stop_turn, len(self.land), -np.inf)]
        for n in steps[:-1]:
            latest.append(self.backwards(rows.pick(slice(n)), latest[-1][:n]))
        place, turn = rows.start, rows.start_turn
        columns, looks = [(place, turn)], np.zeros(len(count))
        for k, n in enumerate(steps[:-1], start=1):
            soon = self.onwards(rows.pick(slice(n)), _only(place[:n], turn[:n], len(self.land), np.inf))
            left = lots[:n] - k
            late = np.stack([latest[m][i] for i, m in enumerate(left)])
            place, turn, cost = self._choose(
                rows.block[:n], (place[:n], turn[:n]), (soon, late), 1 / (left + 1)
            )
            looks[order[:n]] += cost
            columns.append((place, turn))
        begin = (np.cumsum(count + 1) - count - 1)[order]
        places, turns = np.empty(len(count) + count.sum()), np.empty(len(count) + count.sum(), dtype=np.int64)
        for k, (place, turn) in enumerate(columns):
            at = begin[: len(place)] + k
            places[at], turns[at] = place, turn
        places[begin + lots], turns[begin + lots] = rows.stop, rows.stop_turn
        return places, turns, looks

    def _choose(
        self, block: Ints, before: tuple[Floats, Ints], bounds: tuple[Floats, Floats], share: Floats
    ) -> tuple[Floats, Ints, Floats]:
        """Choose the next side line: square and even, and at a corner with its tip near the last one's.

        `bounds` are the places between which it must stand, for each turn.
        """
        place, turn = before
        soon, late = bounds
        base, turns = self.first[block], soon.shape[1]
        last = self._tip(base, place, turn)
        corner = self.past[base + place.astype(np.int64) + 1]
        options, costs = [], []
        for t in range(turns):
            sure = np.isfinite(soon[:, t]) & np.isfinite(late[:, t])
            first, end = np.where(sure, soon[:, t], 1.0), np.where(sure, late[:, t], 1.0)
            # roundings may leave no turn at all: then the one that lacks least
            lack = np.where(sure, np.maximum(first - end - CLOSE, 0.0), LACKING)
            begin, way = self.s.at(base, first), self.s.at(base, end)
            between = self.s.reach(block, begin + share * (way - begin))
            between = np.clip(between, first, np.maximum(first, end))
            for goal, uneven in ((between, 0.0), (first, UNEVEN), (np.maximum(first, end), UNEVEN)):
                at = self.stand(t, base, goal)
                away = self._tip(base, at, t) - last
                tail = np.where(at >= corner, np.hypot(*away.T), 0.0)
                options.append(at)
                costs.append(abs(t - turns // 2) + uneven + TAIL * tail + LACKING * lack)
        best = np.argmin(costs, axis=0)
        pick = best, np.arange(len(best))
        return np.stack(options)[pick], best // 3, np.stack(costs)[pick]


def _only(place: Floats, turn: Ints, turns: int, other: float) -> Floats:
    """Return places for each turn, of which there is but one."""
    out = np.full((len(place), turns), other)
    out[np.arange(len(place)), turn] = place
    return out
