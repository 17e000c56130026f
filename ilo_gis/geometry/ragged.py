"""Rows of unequal length laid end to end in flat arrays, and what is done to all of them at once.

Row r of a flat array is ``flat[first[r] : first[r + 1]]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["climbing", "cross", "firsts", "following", "interpolate", "locate", "rows", "running", "spans"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def firsts(counts: Sequence[int] | Ints) -> Ints:
    """Return where rows of these lengths begin, and where the last one ends.

    Examples
    --------
    >>> firsts([2, 0, 3]).tolist()
    [0, 2, 2, 5]
    """
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)


def following(first: Ints) -> Ints:
    """Return the element that follows each, where rows are rings.

    Examples
    --------
    >>> following(np.array([0, 2, 2, 5])).tolist()
    [1, 0, 3, 4, 2]
    """
    follow = np.arange(1, int(first[-1]) + 1)
    full = np.diff(first) > 0
    follow[first[1:][full] - 1] = first[:-1][full]
    return follow


def cross(a: Floats, b: Floats) -> Floats:
    """Return the cross products of vectors.

    Examples
    --------
    >>> cross(np.array([[1.0, 0.0]]), np.array([[0.0, 2.0]])).tolist()
    [2.0]
    """
    product: Floats = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product


def rows(first: Ints) -> Ints:
    """Return the row of every element.

    Examples
    --------
    >>> rows(np.array([0, 2, 2, 5])).tolist()
    [0, 0, 2, 2, 2]
    """
    return np.repeat(np.arange(len(first) - 1), np.diff(first))


def spans(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Return all positions from `start` up to before `stop` of every row, end to end, and their rows.

    Examples
    --------
    >>> [part.tolist() for part in spans(np.array([4, 9]), np.array([6, 12]))]
    [[4, 5, 9, 10, 11], [0, 0, 1, 1, 1]]
    """
    counts = np.maximum(stop - start, 0)
    row = np.repeat(np.arange(len(start)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(row)) + (start - before)[row], row


def locate(values: Floats, low: Ints, high: Ints, goal: Floats) -> Ints:
    """Return, within `low` to `high`, the last position before `high` whose value is not over `goal`.

    The values of a row climb. Where even the first is over the goal, the answer is `low`.

    Examples
    --------
    >>> values = np.array([0.0, 2, 5, 0, 1])
    >>> locate(values, np.array([0, 0, 3]), np.array([2, 2, 4]), np.array([3.0, 9, 1])).tolist()
    [1, 1, 3]
    """
    low, high = low.copy(), np.maximum(high, low)
    while np.any(low + 1 < high):
        middle = (low + high) // 2
        under = values[middle] <= goal
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return low


def interpolate(goal: Floats, row: Ints, x: Floats, y: Floats, first: Ints) -> Floats:
    """Do what `numpy.interp` does, each goal in the row of `x` and `y` that it belongs to.

    Examples
    --------
    >>> x, y = np.array([0.0, 2, 0, 1]), np.array([5.0, 7, 1, 3])
    >>> interpolate(np.array([1.0, 0.5, 9]), np.array([0, 1, 1]), x, y, np.array([0, 2, 4])).tolist()
    [6.0, 2.0, 3.0]
    """
    last = first[row + 1] - 1
    at = locate(x, first[row], last, goal)
    after = np.minimum(at + 1, last)
    wide = x[after] - x[at]
    share = np.clip(np.divide(goal - x[at], wide, out=np.ones_like(goal), where=wide > 0), 0.0, 1.0)
    return np.where(share >= 1.0, y[after], y[at] + share * (y[after] - y[at]))


def climbing(values: Floats, first: Ints) -> Floats:
    """Return the running maximum of each row.

    Examples
    --------
    >>> climbing(np.array([1.0, 3, 2, 0, 5]), np.array([0, 3, 5])).tolist()
    [1.0, 3.0, 3.0, 0.0, 5.0]
    """
    falls = np.diff(values) < 0
    falls[first[1:-1][(first[1:-1] > 0) & (first[1:-1] < len(values))] - 1] = False
    if not falls.any():
        return values
    values = values.copy()
    for row in np.unique(np.searchsorted(first, np.flatnonzero(falls), side="right") - 1):
        part: Any = slice(first[row], first[row + 1])
        values[part] = np.maximum.accumulate(values[part])
    return values


def running(values: Floats, first: Ints) -> Floats:
    """Return the running sum of each row, rounded as if the row were alone.

    Examples
    --------
    >>> running(np.array([1.0, 3, 2, 0, 5]), np.array([0, 3, 5])).tolist()
    [1.0, 4.0, 6.0, 0.0, 5.0]
    """
    counts = np.diff(first)
    size = np.ceil(np.log2(np.maximum(counts, 1))).astype(np.int64)
    sums = np.empty_like(values)
    for power in np.unique(size[counts > 0]):  # rows of like length as one matrix
        chosen = np.flatnonzero((size == power) & (counts > 0))
        step = np.arange(1 << int(power))
        there = step < counts[chosen, None]
        place = (first[chosen, None] + step)[there]
        matrix = np.zeros(there.shape)
        matrix[there] = values[place]
        sums[place] = np.cumsum(matrix, axis=1)[there]
    return sums
