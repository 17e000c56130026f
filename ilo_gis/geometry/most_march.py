"""The march round many blocks at once: which side lines give as many lots as can be.

After any number of lots, only the earliest place of the last side line counts, for each turn it may
have: from there on more land, more front and more of the path behind are left. So the march keeps one
place for each turn. Marched backwards from the end, it gives the latest places from which the lots
still to come are sure to fit, and between the two there is room to choose square and even lots.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.most_field import CLOSE, Field
from ilo_gis.geometry.ragged import firsts

__all__ = ["Rows", "lots_in", "side_lines"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNEVEN = 0.2  # what it costs to leave the slack unspread, in turns off square
TAIL = 0.5  # what a metre costs that a corner lot reaches on between its neighbours
LACKING = 1e6  # what it costs to have no place at all


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


def lots_in(field: Field, rows: Rows) -> Ints:
    """Return how many lots each row holds."""
    place = _only(rows.start, rows.start_turn, field.turns, np.inf)
    latest = _backwards(field, rows, _only(rows.stop, rows.stop_turn, field.turns, -np.inf))
    count, live = np.zeros(len(place), dtype=np.int64), np.arange(len(place))
    lots = 0
    while len(live):
        lots += 1
        count[live[(place <= latest[live] + CLOSE).any(axis=1)]] = lots
        place = _onwards(field, rows.pick(live), place)
        alive = np.isfinite(place).any(axis=1)
        live, place = live[alive], place[alive]
    return count


def side_lines(field: Field, rows: Rows, count: Ints) -> tuple[Floats, Ints, Floats]:
    """Return places and turns of side lines that cut rows into so many lots, and how bad they look.

    The first two arrays hold the side lines of the rows end to end, `count` and the stop for each;
    the third has a sum for each row, of what is not square, uneven or reaches round a corner.
    """
    order = np.argsort(-count, kind="stable")  # so that the rows that still go on are the first
    rows, lots = rows.pick(order), count[order]
    many = int(lots.max(initial=1))
    steps = [int(np.searchsorted(-lots, -k)) for k in range(1, many)]  # rows with more than k
    latest = [_only(rows.stop, rows.stop_turn, field.turns, -np.inf)]
    for n in steps:
        latest.append(_backwards(field, rows.pick(slice(n)), latest[-1][:n]))
    late, begin_late = np.concatenate(latest), firsts([len(each) for each in latest])
    place, turn = rows.start, rows.start_turn
    begin = firsts(count + 1)[:-1][order]
    places, turns = np.empty(len(count) + count.sum()), np.empty(len(count) + count.sum(), dtype=np.int64)
    places[begin], turns[begin] = place, turn
    looks = np.zeros(len(count))
    for k, n in enumerate(steps, start=1):
        place, turn, left = place[:n], turn[:n], lots[:n] - k
        soon = _onwards(field, rows.pick(slice(n)), _only(place, turn, field.turns, np.inf))
        bounds = soon, late[begin_late[left] + np.arange(n)]
        place, turn, cost = _chosen(field, rows.block[:n], (place, turn), bounds, 1 / (left + 1))
        looks[order[:n]] += cost
        places[begin[:n] + k], turns[begin[:n] + k] = place, turn
    places[begin + lots], turns[begin + lots] = rows.stop, rows.stop_turn
    return places, turns, looks


def _onwards(field: Field, rows: Rows, place: Floats) -> Floats:
    """Return for each turn the earliest next side line, given the last for each turn."""
    result = field.step(rows.block, place, ahead=True)
    return np.where(result > rows.stop[:, None] + CLOSE, np.inf, result)


def _backwards(field: Field, rows: Rows, place: Floats) -> Floats:
    """Return for each turn the latest side line before, given the next for each turn."""
    result = field.step(rows.block, place, ahead=False)
    return np.where(result < rows.start[:, None] - CLOSE, -np.inf, result)


def _chosen(
    field: Field, block: Ints, last: tuple[Floats, Ints], bounds: tuple[Floats, Floats], share: Floats
) -> tuple[Floats, Ints, Floats]:
    """Choose the next side line: square and even, and at a corner with its tip near the last one's.

    `bounds` are the places between which it must stand, for each turn.
    """
    place, turn = last
    n, turns = len(block), field.turns
    corner = np.tile(field.corner(block, place, ahead=True), 3 * turns)
    tip = np.tile(field.end(field.row(block, turn), place), (3 * turns, 1))
    soon, late = (each.T.ravel() for each in bounds)
    own, to = np.tile(block, turns), np.repeat(np.arange(turns), n)
    sure = np.isfinite(soon) & np.isfinite(late)
    first, end = np.where(sure, soon, 1.0), np.where(sure, late, 1.0)
    # roundings may leave no turn at all: then the one that lacks least
    lack = np.where(sure, np.maximum(first - end - CLOSE, 0.0), LACKING)
    end = np.maximum(first, end)
    begin, way = field.s.at(own, first), field.s.at(own, end)
    between = np.clip(field.s.reach(own, begin + np.tile(share, turns) * (way - begin)), first, end)
    row = np.tile(field.row(own, to), 3)
    at = field.stand(row, np.concatenate([between, first, end]))
    tail = np.where(at >= corner, np.hypot(*(field.end(row, at) - tip).T), 0.0)
    cost = np.tile(np.abs(to - turns // 2) + LACKING * lack, 3) + TAIL * tail
    cost[n * turns :] += UNEVEN
    cost = cost.reshape(3 * turns, n)
    pick = np.argmin(cost, axis=0), np.arange(n)
    return at.reshape(3 * turns, n)[pick], pick[0] % turns, cost[pick]


def _only(place: Floats, turn: Ints, turns: int, other: float) -> Floats:
    """Return places for each turn, of which there is but one."""
    out = np.full((len(place), turns), other)
    out[np.arange(len(place)), turn] = place
    return out
