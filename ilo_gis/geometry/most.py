"""As many lots as a block holds: yield goes before square side lines.

The tour round the backs stays whole at convex corners, so that a corner lot is a kite with a front on
both streets; side lines may be turned some degrees from square, with which such kites come small.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.most_field import Field, Needs
from ilo_gis.geometry.most_ground import Ground
from ilo_gis.geometry.most_lines import Lines, lines_of
from ilo_gis.geometry.most_march import Rows, lots_in, side_lines
from ilo_gis.geometry.ragged import rows, spans
from ilo_gis.geometry.rings import Placed

__all__ = ["most"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TURN = 15.0  # degrees by which a side line may be turned from square to the street
TURNS = 7  # side lines tried at each foot, from -TURN to TURN
TWIST = 2  # turns by which the two side lines of a lot may differ, unless it holds a corner
SHORTEST = 0.8  # least length of a side line beside a sharp corner, in sides of a square lot
FIRSTS = 16  # first side lines tried for a block that is street all round
LEAP = 3  # turns between one of them and the next


def most(ground: Ground, needs: Needs) -> Placed:
    """Cut as many lots as possible from each block.

    Parameters
    ----------
    ground : Ground
        The blocks, with tours capped at the greatest depth of a lot.
    needs : Needs
        What lots must have.

    Returns
    -------
    Placed
        Side lines, of blocks that have at least two pieces.
    """
    turns = np.tan(np.radians(np.linspace(-TURN, TURN, TURNS)))
    lines = lines_of(ground, turns, SHORTEST * np.sqrt(needs.area))
    field = Field(lines, needs, TWIST)
    every, run, street = _runs(field, lines)
    count = np.where(street, lots_in(field, every), 0)
    best = np.flatnonzero(count == _largest(count, run))
    some, run, count = every.pick(best), run[best], np.maximum(count[best], 1)
    places, turned, looks = side_lines(field, some, count)
    chosen = np.lexsort((looks, run))
    chosen = chosen[np.append(True, np.diff(run[chosen]) != 0)[: len(chosen)]]
    pieces = np.bincount(some.block[chosen], count[chosen], len(ground.row))
    # one piece from a side line back to itself would be no polygon
    chosen = chosen[pieces[some.block[chosen]] >= 2]
    index, nth = spans((np.cumsum(count + 1) - count - 1)[chosen], np.cumsum(count + 1)[chosen])
    block = some.block[chosen][nth]
    place = places[index]
    s, u = field.s.at(block, place), field.tip.at(field.row(block, turned[index]), place)
    return Placed(nth, block, s, u, block, np.zeros(len(nth), dtype=bool))


def _largest(value: Ints, group: Ints) -> Ints:
    """Return for each member the largest value in its group."""
    largest = np.zeros(group.max(initial=0) + 1, dtype=np.int64)
    np.maximum.at(largest, group, value)
    return largest[group]


def _runs(field: Field, lines: Lines) -> tuple[Rows, Ints, Flags]:
    """Return the stretches to be cut, the run each is for, and whether it lies on a street.

    Where street ends, so does a run. A block that is street all round is one run, and has several
    rows, that begin at different side lines and end there one turn on.
    """
    count = np.diff(lines.first)
    block = rows(lines.first)
    before = np.arange(len(block)) - 1
    before[lines.first[:-1]] = lines.first[1:] - 1
    change = np.flatnonzero(lines.street != lines.street[before])
    own = block[change]
    start = (change - lines.first[own]).astype(float) + 1  # place 0 is before the first foot
    last = np.append(np.diff(own) != 0, True)[: len(change)]
    first = start[np.searchsorted(own, own)]
    stop = np.where(last, first + count[own], np.append(start[1:], 0.0)[: len(start)])
    square = np.full(len(change), lines.u.shape[1] // 2)
    whole = np.setdiff1d(np.flatnonzero(lines.street[lines.first[:-1]]), own)
    tried, places, turns = _first_lines(field, lines, whole)
    made = Rows(
        np.append(own, tried),
        np.append(start, places),
        np.append(square, turns),
        np.append(stop, places + count[tried]),
        np.append(square, turns),
    )
    return (
        made,
        np.append(np.arange(len(change)), len(change) + tried),
        np.append(lines.street[change], np.ones(len(tried), dtype=bool)),
    )


def _first_lines(field: Field, lines: Lines, blocks: Ints) -> tuple[Ints, Floats, Ints]:
    """Return first side lines to try, evenly round each block: their block, place and turn."""
    turn = (np.arange(FIRSTS) * LEAP + lines.u.shape[1] // 2) % lines.u.shape[1]
    own, share = np.repeat(blocks, FIRSTS), np.tile((np.arange(FIRSTS) + 0.5) / FIRSTS, len(blocks))
    turns = np.tile(turn, len(blocks))
    place = field.s.reach(own, lines.s[lines.first[own]] + share * lines.length[own])
    place = field.stand(field.row(own, turns), place)
    found = place < np.diff(lines.first)[own] + 1
    return own[found], place[found], turns[found]
