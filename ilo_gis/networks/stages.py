"""The order in which pipes are laid: at every moment as many lots as can be for the money spent."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

__all__ = ["building_order"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def building_order(before: Ints, lots: Ints, cost: Floats) -> Ints:
    """Return the place of each pipe in the order of construction, from 1 on.

    No pipe comes before the one it hangs on. Of all such orders it is the one in which lots wait for the
    least money to be spent: the sum, over all lots, of what has been spent when the lot is served.

    Parameters
    ----------
    before : array of int
        Pipe before each pipe, on the side of source or outfall; -1 at the root.
    lots : array of int
        Lots served along each pipe.
    cost : array of float
        Cost of each, above 0.

    Returns
    -------
    array of int

    References
    ----------
    W. A. Horn, "Single-machine job sequencing with treelike precedence ordering and linear delay
    penalties", SIAM Journal on Applied Mathematics 23, 1972, pages 189 to 202.

    Examples
    --------
    Pipe 0 carries both others; the last serves most for its money:

    >>> building_order(np.array([-1, 0, 0]), np.array([1, 4, 9]), np.array([10.0, 10.0, 10.0])).tolist()
    [1, 3, 2]
    """
    count = len(before)
    group = list(range(count + 1))  # pipes that are laid one right after the other; `count`: already there
    runs = [[k] for k in range(count)]
    gain, spent = lots.astype(float).tolist(), cost.tolist()
    heap = [(-gain[k] / spent[k], k, 1) for k in range(count)]
    heapify(heap)
    parent = [k if k >= 0 else count for k in before.tolist()]
    order: list[int] = []

    def root(k: int) -> int:
        while group[k] != k:
            group[k] = group[group[k]]
            k = group[k]
        return k

    while heap:
        _, k, size = heappop(heap)
        if group[k] != k or len(runs[k]) != size:
            continue
        to = root(parent[k])
        group[k] = to
        if to == count:
            order += runs[k]
            continue
        runs[to] += runs[k]
        gain[to] += gain[k]
        spent[to] += spent[k]
        heappush(heap, (-gain[to] / spent[to], to, len(runs[to])))
    places = np.empty(count, dtype=np.int64)
    places[order] = np.arange(1, count + 1)
    return places
