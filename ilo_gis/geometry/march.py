"""The march along the fronts: as many lots as a run holds, then all of them equally generous.

From one side line, the earliest next one that closes a legal lot is also the best: land and front
only grow along a run. All runs of all blocks march in step, so the loops here are over lots of
one run, never over runs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.ragged import firsts
from ilo_gis.geometry.runs import Runs

__all__ = ["Cuts", "march"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Step = tuple[Ints, Floats, NDArray[np.bool_]]  # side line, share of the way to the next, whether there is one

HALVINGS = 24  # of the interval in which the generosity lies: to a part in ten million
LONGEST = 60  # lots a run; longer ones are marched in parts, so that the steps stay few


class Cuts(NamedTuple):
    """Side lines that cut runs into lots: both ends of each run and those between, in order.

    Attributes
    ----------
    line : int array of shape (k,)
        The possible side line that each stands on, or past.
    past : array of shape (k,)
        Share of the way to the next possible side line.
    first : int array of shape (runs + 1,)
        Where the cuts of each run begin: n + 1 for n lots.
    lots : int array of shape (runs,)
        How many lots each run holds. A run that holds none, or fronts no street, is one piece.
    """

    line: Ints
    past: Floats
    first: Ints
    lots: Ints


def march(runs: Runs, area: Floats, front: Floats) -> Cuts:
    """Cut each run into lots.

    Parameters
    ----------
    runs : Runs
        Stretches of outline.
    area, front : arrays of shape (runs,)
        Least area (m2) and street front (m) of a lot of each run.
    """
    field = _Field(runs, *_parts(runs, area, front))
    part, line, past, count = field.even_cuts(area[field.run], front[field.run])
    # to the cuts between lots come the bounds of the parts, and the ends of the runs
    inner = np.flatnonzero(field.start > runs.first[field.run])
    every = np.arange(len(runs.behind))
    run = np.concatenate([every, field.run[part], field.run[inner], every])
    line = np.concatenate([runs.first[:-1], line, field.start[inner], runs.first[1:] - 1])
    past = np.concatenate([np.zeros(len(every)), past, np.zeros(len(inner) + len(every))])
    order = np.lexsort((past, line, run))
    cuts = firsts(np.bincount(run, minlength=len(every)))
    return Cuts(line[order], past[order], cuts, np.bincount(field.run, count, len(every)).astype(np.int64))


def _parts(runs: Runs, area: Floats, front: Floats) -> tuple[Ints, Ints, Ints]:
    """Part long runs where side lines may stand; return the runs of all parts and their bounds."""
    start, stop = runs.first[:-1], runs.first[1:] - 1
    lots = np.minimum(runs.area[stop] / area, runs.ease[stop] / front)
    run = [np.arange(len(start))]
    bounds = [start]
    for r in np.flatnonzero(runs.street & (lots >= 2 * LONGEST)):
        own = slice(start[r], stop[r] + 1)
        wish = np.linspace(0, runs.front[stop[r]], int(lots[r] // LONGEST) + 1)[1:-1]
        at = np.searchsorted(runs.front[own], wish) + start[r]
        at = np.unique(at[~runs.solid[at] & ~runs.solid[at - 1]])
        run.append(np.full(len(at), r))
        bounds.append(at)
    owner, begin = np.concatenate(run), np.concatenate(bounds)
    order = np.lexsort((begin, owner))
    owner, begin = owner[order], begin[order]
    return owner, begin, np.where(np.append(owner[1:] == owner[:-1], False), np.roll(begin, -1), stop[owner])


class _Field:
    """Parts of runs, and the running sums they are cut by."""

    def __init__(self, runs: Runs, run: Ints, start: Ints, stop: Ints) -> None:
        self.run, self.start, self.stop = run, start, stop
        self.area, self.ease, self.bow, self.solid = runs.area, runs.ease, runs.bow, runs.solid
        self.straight = np.zeros(len(runs.bow))
        self.open = runs.street[run]

    def even_cuts(self, area: Floats, front: Floats) -> tuple[Ints, Ints, Floats, Ints]:
        """Cut as many lots as possible, then raise the least lot of each part as far as they allow.

        Return the cuts (part, side line, share of the way to the next) and the lots of each part.
        """
        most = self._cut(area, front)[0]
        low = np.ones(len(area))
        room = np.minimum(
            (self.area[self.stop] - self.area[self.start]) / area,
            (self.ease[self.stop] - self.ease[self.start]) / front,
        )
        high = np.maximum(room / np.maximum(most, 1), 1.0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            good = self._cut(area * middle, front * middle)[0] >= most
            low, high = np.where(good, middle, low), np.where(good, high, middle)
        _, part, nth, line, past = self._cut(area * low, front * low)
        # the last lot takes what is left, so the cut before the end goes
        kept = nth < most[part]
        return part[kept], line[kept], past[kept], most

    def _cut(self, area: Floats, front: Floats) -> tuple[Ints, Ints, Ints, Ints, Floats]:
        """Return the lots of each part; and of all cuts the part, the how-maniest, line and share."""
        at, part = self.start.copy(), np.zeros(len(self.start))
        count = np.zeros(len(at), dtype=np.int64)
        cuts = [(count[:0], count[:0], count[:0], part[:0])]
        live = np.flatnonzero(self.open)
        while len(live):
            index, beyond, found = self._next(live, at[live], part[live], area[live], front[live])
            live = live[found]
            at[live], part[live] = index[found], beyond[found]
            count[live] += 1
            cuts.append((live, count[live], at[live], part[live]))
        rows, nth, line, past = (np.concatenate(column) for column in zip(*cuts, strict=True))
        return count, rows, nth, line, past

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
