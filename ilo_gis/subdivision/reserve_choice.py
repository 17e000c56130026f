"""Which blocks, or ends of blocks, make up an area exactly and cost the fewest lots."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from ilo_gis.subdivision.reserve_ends import Ends

__all__ = ["FULL", "Choice", "Needs", "choose"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNIT = 1000.0  # m2 in which the solver counts, so that its numbers are of one size
MISSING = 1e4  # lots that 1,000 m2 not placed cost: more than any place for them
NODES = 10  # of the search tree; a count, not a time, so that every computer finds the same
FULL = 1e-3  # m2; the solver keeps bounds no closer, so less than this missing is nothing missing
GAP = 1e-2  # share of the cost that the choice may be above the best


class Needs(NamedTuple):
    """What a kind of reserve needs: area in all and in one piece (m2), and what places cost, in lots.

    `cost` (n,) is that of each block taken whole; of a piece of it, in proportion to its area.
    `place` (n,) is added for each block, whole or not, and `cut` for each cut. Of the blocks `must`
    (positions of ends: 0 to n - 1 low, n to 2n - 1 high) that end at least has to be taken.
    """

    area: float
    one_piece: float
    cost: Floats
    place: Floats
    cut: float
    must: Ints


class Choice(NamedTuple):
    """Blocks taken whole, and ends to be cut off: block, whether the high end, area (m2)."""

    whole: Ints
    block: Ints
    top: Bools
    area: Floats


def choose(area: Floats, ends: Ends, needs: Needs) -> Choice:
    """Return which blocks and ends to take, by mixed-integer programming.

    Parameters
    ----------
    area : array of float, shape (n,)
        Of the blocks, m2.
    ends : Ends
    needs : Needs

    Returns
    -------
    Choice
        Its areas add up to what is needed, or to as much as there is place for.

    References
    ----------
    Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical
    Programming Computation 10, 2018 (HiGHS).

    Examples
    --------
    Two blocks of 4,000 m2 for 5,000 m2 of schools: one whole, and a quarter of the other.

    >>> from ilo_gis.subdivision.reserve_ends import Ends
    >>> ends = Ends(*(np.full((2, 2), v) for v in (400.0, 3000.0, 10.0, True)), np.array([True, True]))
    >>> needs = Needs(5000.0, 0.0, np.array([25.0, 20.0]), np.zeros(2), 1.0, np.array([], dtype=int))
    >>> choose(np.array([4000.0, 4000.0]), ends, needs)
    Choice(whole=array([1]), block=array([0]), top=array([False]), area=array([1000.]))
    """
    n = len(area)
    nothing = Choice(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool), np.zeros(0))
    if not n:
        return nothing
    goal, piece = needs.area / UNIT, needs.one_piece / UNIT
    size = area / UNIT
    least, most = (np.where(ends.fit, part, 0.0).ravel() / UNIT for part in (ends.least, ends.most))
    fit = ends.fit.ravel() & (least <= goal)
    whole = ends.whole & (size <= goal)
    holds = np.concatenate([whole & (size >= piece), fit & (most >= piece)]) & (piece > 0)
    # columns: blocks whole, ends, areas of ends, blocks and ends that hold the one piece, area missing
    first = np.cumsum([0, n, 2 * n, 2 * n, 3 * n, 1])
    dear = needs.cost / np.maximum(size, 1e-9)
    cost = np.concatenate([
        needs.cost + needs.place, np.tile(needs.place, 2) + needs.cut, np.tile(dear, 2), np.zeros(3 * n),
        [MISSING],
    ])  # fmt: skip
    upper = np.concatenate([whole, fit, fit * most, holds, [0.0]])
    rows = _Rows(int(first[-1]))
    block, end, zero = np.arange(n), np.arange(2 * n), np.zeros(2 * n, dtype=np.int64)
    rows.add(-np.inf, 1, [(block, block, 1.0), (block, n + block, 1.0), (block, 2 * n + block, 1.0)])
    rows.add(0, np.inf, [(end, first[2] + end, 1.0), (end, first[1] + end, -least)])
    rows.add(-np.inf, 0, [(end, first[2] + end, 1.0), (end, first[1] + end, -most)])
    rows.add(goal, goal, [(zero[:n], block, size), (zero, first[2] + end, 1.0), (zero[:1], first[4:5], 1.0)])
    possible = needs.must[whole[needs.must % n] | fit[needs.must]]
    row = np.arange(len(possible))
    rows.add(1, np.inf, [(row, possible % n, 1.0), (row, first[1] + possible, 1.0)])
    if holds.any():
        rows.add(1, np.inf, [(np.zeros(3 * n, dtype=np.int64), first[3] + np.arange(3 * n), 1.0)])
        rows.add(0, np.inf, [(block, block, 1.0), (block, first[3] + block, -1.0)])
        rows.add(0, np.inf, [(end, first[2] + end, 1.0), (end, first[3] + n + end, -piece)])
    integer = np.ones(first[-1])
    integer[first[2] : first[3]] = integer[first[4] :] = 0
    found = _solved(cost, integer, upper, rows)
    if found is None:  # not all that must be has room: what is needed less counts for more
        if len(needs.must):
            return choose(area, ends, needs._replace(must=needs.must[:-1]))
        return choose(area, ends, needs._replace(one_piece=0.0)) if piece else nothing
    taken = np.flatnonzero(found[first[1] : first[2]] > 0.5)
    blocks = np.flatnonzero(found[:n] > 0.5)
    missing = UNIT * found[-1] if UNIT * found[-1] > FULL else 0.0
    bounds = UNIT * least[taken], UNIT * most[taken]
    left = needs.area - missing - area[blocks].sum()
    parts = _within(UNIT * found[first[2] : first[3]][taken], *bounds, left)
    return Choice(blocks, taken % n, taken >= n, parts)


def _within(parts: Floats, least: Floats, most: Floats, goal: float) -> Floats:
    """Return areas within bounds that add up to a goal, for some that do so but for rounding.

    >>> _within(np.array([600.1, 399.9]), np.array([400.0, 400.0]), np.array([900.0, 900.0]), 1000.0)
    array([600., 400.])
    """
    parts = np.clip(parts, least, most)
    over = parts.sum() - goal
    room = parts - least if over > 0 else most - parts
    return parts - np.sign(over) * np.clip(abs(over) - (np.cumsum(room) - room), 0.0, room)


def _solved(cost: Floats, integer: Floats, upper: Floats, rows: _Rows) -> Floats | None:
    """Return the columns of least cost, the last of which is the area missing; None if there are none."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to load

    matrix, low, high = rows.built()
    for missing in (0.0, np.inf):  # all of the area, or as much as there is place for
        done = milp(
            cost,
            integrality=integer,
            bounds=Bounds(0, np.append(upper[:-1], missing)),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": GAP, "node_limit": NODES},
        )
        if done.x is not None:
            columns: Floats = done.x
            return columns
    return None


class _Rows:
    """Rows of a sparse matrix with their bounds, added some at a time."""

    def __init__(self, columns: int) -> None:
        self._columns, self._count = columns, 0
        self._parts: list[tuple[Ints, Ints, Floats]] = []
        self._low: list[Floats] = []
        self._high: list[Floats] = []

    def add(self, low: float, high: float, terms: list[tuple[Ints, Ints, Floats | float]]) -> None:
        """Add rows between two bounds: terms are arrays of row (from 0 on), column and factor."""
        count = max((int(row.max(initial=-1)) + 1 for row, _, _ in terms), default=0)
        for row, column, factor in terms:
            self._parts.append((row + self._count, column, np.broadcast_to(factor, row.shape)))
        self._low.append(np.full(count, low, dtype=float))
        self._high.append(np.full(count, high, dtype=float))
        self._count += count

    def built(self) -> tuple[csr_array, Floats, Floats]:
        """Return the matrix, and the lower and upper bounds of its rows."""
        row, column, factor = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        matrix = coo_array((factor, (row, column)), shape=(self._count, self._columns)).tocsr()
        return matrix, np.concatenate(self._low), np.concatenate(self._high)
