"""The march along the fronts: as many lots as a run holds, then all of them equally generous.

From one side line, the earliest next one that closes a legal lot is also the best: land and front
only grow along a run. All runs of all blocks march in step, so the loops here are over lots of
one run, never over runs.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.runs import Run

__all__ = ["march"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Step = tuple[Ints, Floats, NDArray[np.bool_]]  # side line, share of the way to the next, whether there is one

HALVINGS = 30  # of the interval in which the generosity lies: to a part in a thousand million
LONGEST = 60  # lots a run; longer ones are marched in parts, so that the steps stay few


def march(runs: list[Run], area: float, front: float) -> list[Floats]:
    """Return the side lines that cut each run into lots, as positions among its possible ones.

    Parameters
    ----------
    runs : list of Run
        Stretches of outline.
    area, front : float
        Least area (m2) and street front (m) of a lot.

    Returns
    -------
    list of arrays
        For each run, increasing positions from 0 to its last side line; n + 1 for n lots. A run
        that holds no lot, or fronts no street, is one piece.
    """
    if not runs:
        return []
    parts = [(r, a, b) for r, run in enumerate(runs) for a, b in _parts(run, area, front)]
    owner = np.array([r for r, _, _ in parts])
    field = _Field([runs[r] for r in owner], [(a, b) for _, a, b in parts])
    cuts = field.even_cuts(area, front)
    result: list[list[float]] = [[0.0] for _ in runs]
    for r, (_, a, b), cut in zip(owner, parts, cuts, strict=True):
        result[r] += [a + p for p in cut] + [float(b)]
    return [np.array(r) for r in result]


def _parts(run: Run, area: float, front: float) -> list[tuple[int, int]]:
    """Part a long run where side lines may stand, into stretches of about `LONGEST` lots."""
    last = len(run.s) - 1
    lots = min(run.area[-1] / area, run.ease[-1] / front)
    if not run.street or lots < 2 * LONGEST:
        return [(0, last)]
    wish = np.linspace(0, run.front[-1], int(lots // LONGEST) + 1)[1:-1]
    at = np.searchsorted(run.front, wish)
    at = np.unique(at[~run.solid[at] & ~run.solid[at - 1]])
    bounds = [0, *at.tolist(), last]
    return list(pairwise(bounds))


class _Field:
    """Running sums of many runs end to end."""

    def __init__(self, runs: list[Run], spans: list[tuple[int, int]]) -> None:
        pieces = [slice(a, b + 1) for a, b in spans]
        sizes = np.array([b - a + 1 for a, b in spans])
        self.start = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.stop = self.start + sizes - 1
        self.area = np.concatenate([run.area[p] for run, p in zip(runs, pieces, strict=True)])
        self.ease = np.concatenate([run.ease[p] for run, p in zip(runs, pieces, strict=True)])
        self.bow = np.concatenate([run.bow[p] for run, p in zip(runs, pieces, strict=True)])
        self.straight = np.zeros(len(self.bow))
        self.solid = np.concatenate([run.solid[p] for run, p in zip(runs, pieces, strict=True)])
        self.open = np.array([run.street for run in runs])

    def even_cuts(self, area: float, front: float) -> list[Floats]:
        """Cut as many lots as possible, then raise the least lot of each run as far as they allow."""
        one = np.ones(len(self.start))
        most, cuts = self._cut(area * one, front * one)
        low, best = one.copy(), cuts
        room = np.minimum(
            (self.area[self.stop] - self.area[self.start]) / area,
            (self.ease[self.stop] - self.ease[self.start]) / front,
        )
        high = np.maximum(room / np.maximum(most, 1), 1.0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            count, cuts = self._cut(area * middle, front * middle)
            good = count >= most
            low, high = np.where(good, middle, low), np.where(good, high, middle)
            best = [new if ok else old for new, old, ok in zip(cuts, best, good, strict=True)]
        # the last lot takes what is left, so the cut before the end goes
        return [b[: max(int(n) - 1, 0)] for b, n in zip(best, most, strict=True)]

    def _cut(self, area: Floats, front: Floats) -> tuple[Ints, list[Floats]]:
        at, part = self.start.copy(), np.zeros(len(self.start))
        count = np.zeros(len(at), dtype=np.int64)
        rows, places = [], []
        live = np.flatnonzero(self.open)
        while len(live):
            index, beyond, found = self._next(live, at[live], part[live], area[live], front[live])
            live = live[found]
            at[live], part[live] = index[found], beyond[found]
            count[live] += 1
            rows.append(live)
            places.append(at[live] - self.start[live] + part[live])
        if not rows:
            return count, [np.empty(0)] * len(at)
        row, place = np.concatenate(rows), np.concatenate(places)
        order = np.argsort(row, kind="stable")
        return count, np.split(place[order], np.cumsum(count)[:-1])

    def _next(self, rows: Ints, at: Ints, part: Floats, area: Floats, front: Floats) -> Step:
        """Return the earliest side line that closes a lot begun at another, and whether there is one."""
        by_area = self._reach(self.area, self.bow, rows, at, part, area)
        by_ease = self._reach(self.ease, self.straight, rows, at, part, front)
        later = (by_area[0] > by_ease[0]) | ((by_area[0] == by_ease[0]) & (by_area[1] > by_ease[1]))
        index, beyond = (np.where(later, a, b) for a, b in zip(by_area[:2], by_ease[:2], strict=True))
        blocked = self.solid[index] & (beyond > 0)
        return np.where(blocked, index + 1, index), np.where(blocked, 0.0, beyond), by_area[2] & by_ease[2]

    def _reach(self, sums: Floats, bow: Floats, rows: Ints, at: Ints, part: Floats, gain: Floats) -> Step:
        """Return where a running sum has grown by `gain`: a side line and a share of the way to the next."""
        ahead = np.minimum(at + 1, self.stop[rows])
        goal = sums[at] + part * (sums[ahead] - sums[at]) - bow[at] * part * (1 - part) + gain
        low, high = at, self.stop[rows]
        found = sums[high] >= goal - 1e-9 * gain  # a run that fits exactly must not fail by a rounding
        while np.any(low + 1 < high):
            middle = (low + high) // 2
            reached = sums[middle] >= goal
            low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        # solve sums[low] + rise f - bow f (1 - f) = goal
        short, slope = goal - sums[low], sums[high] - sums[low] - bow[low]
        root = slope + np.sqrt(np.maximum(slope**2 + 4 * bow[low] * short, 0.0))
        f = np.clip(np.divide(2 * short, root, out=np.ones_like(goal), where=root > 0), 0.0, 1.0)
        f = np.where(low == at, np.maximum(f, part), f)
        full = (f >= 1.0) & (low < high)
        return np.where(full, low + 1, low), np.where(full | (low == high), 0.0, f), found
