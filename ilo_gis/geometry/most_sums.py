"""Running sums of many rows, and where they reach a value.

A place in a row is the position of a value, counted from the first of the row, and a share of the way
to the next. The first value of a row and the last two stand for what lies outside.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.ragged import rows

__all__ = ["BEHIND", "Sums", "next_of", "previous_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

BEHIND = 2  # values behind each row, so that from any place there is a next one
APART = 1e3  # m or m2; from what is outside to the first value, and from the last


class Sums:
    """A running sum along each row; in between, it may sag by `bow` below a straight line.

    Parameters
    ----------
    values : array of shape (k,)
        Climbing within each row; what stands for outside repeats the first and the last.
    first : int array of shape (rows + 1,)
        Where each row begins.
    bow : array of shape (k,), optional
        How far the sum sags towards the next value: at a share f of the way, by ``bow f (1 - f)``.
    """

    def __init__(self, values: Floats, first: Ints, bow: Floats | None = None) -> None:
        begin, end = first[:-1], first[1:]
        self.table, self.bow = values.copy(), bow
        self.table[begin] -= APART
        self.table[end - 2] += APART
        self.table[end - 1] = self.table[end - 2]
        self.first, self.last = begin, end - 1 - BEHIND
        # all rows end to end, to look places up at once: too coarse to be counted with
        size = self.table[end - 1] - self.table[begin] + 1.0
        self.shift = np.cumsum(size) - size - self.table[begin]
        self.key = self.table + self.shift[rows(first)]

    def at(self, row: Ints, place: Floats) -> Floats:
        """Return the sums at places."""
        whole = place.astype(np.int64)
        at, f = self.first[row] + whole, place - whole
        here = self.table[at]
        out = here + f * (self.table[at + 1] - here)
        return out if self.bow is None else out - self.bow[at] * f * (1 - f)

    def reach(self, row: Ints, goal: Floats, *, last: bool = False) -> Floats:
        """Return the first places (or last ones) at which the sums have a value."""
        base, high = self.first[row], self.last[row]
        low = np.searchsorted(self.key, goal + self.shift[row], "right" if last else "left") - 1
        low = np.minimum(np.maximum(low, base), high)
        here, there = self.table[low], self.table[low + 1]
        wrong = (here > goal) | (there <= goal) if last else (here >= goal) | (there < goal)
        if wrong.any():
            some = np.flatnonzero(wrong)
            low[some] = self._exact(low[some], base[some], high[some], goal[some], last)
            here, there = self.table[low], self.table[low + 1]
        short, rise = goal - here, there - here
        if self.bow is not None:  # solve rise f - bow f (1 - f) = short
            bow = self.bow[low]
            rise = rise - bow
            rise = (rise + np.sqrt(np.maximum(rise * rise + 4 * bow * short, 0.0))) / 2
        f = np.divide(short, rise, out=np.ones_like(goal), where=rise > 0)
        return (low - base) + np.minimum(np.maximum(f, 0.0), 1.0)

    def _exact(self, at: Ints, base: Ints, high: Ints, goal: Floats, last: bool) -> Ints:
        """Move positions that were looked up too coarsely."""
        before = np.less_equal if last else np.less
        while (back := (at > base) & ~before(self.table[at], goal)).any():
            at = at - back
        while (on := (at < high) & before(self.table[at + 1], goal)).any():
            at = at + on
        return at


def next_of(where: Flags, first: Ints) -> Floats:
    """Return the next place in its row, from each on, where something is true; else what is behind it.

    Examples
    --------
    >>> next_of(np.array([False, True, False, False, True, False, False]), np.array([0, 4, 7])).tolist()
    [1.0, 1.0, 2.0, 2.0, 0.0, 1.0, 1.0]
    """
    row = rows(first)
    index = np.where(where, np.arange(len(where)), len(where))
    found = np.minimum.accumulate(index[::-1])[::-1]
    return (np.minimum(found, first[row + 1] - BEHIND) - first[row]).astype(float)


def previous_of(where: Flags, first: Ints) -> Floats:
    """Return the place before in its row, from each back, where something is true; else its begin.

    Examples
    --------
    >>> previous_of(np.array([False, True, False, False, False, True]), np.array([0, 4, 6])).tolist()
    [0.0, 1.0, 1.0, 1.0, 0.0, 1.0]
    """
    row = rows(first)
    found = np.maximum.accumulate(np.where(where, np.arange(len(where)), 0))
    return (np.maximum(found, first[row]) - first[row]).astype(float)
