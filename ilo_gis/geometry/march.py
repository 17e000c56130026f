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

Step = tuple[Ints, Floats, Floats]  # side line, share of the way to the next, how many more fit

TRIES = 13  # to find how generous lots can be: to a part in a million or so
NEAR = 8  # possible side lines within which most lots close
ROUNDING = 1e-9  # of a lot; a run that fits exactly must not fail by one
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
        most, low_fit = self._cut(area, front)[:2]
        room = np.minimum(
            (self.area[self.stop] - self.area[self.start]) / area,
            (self.ease[self.stop] - self.ease[self.start]) / front,
        )
        low, high = np.ones(len(area)), np.maximum(room / np.maximum(most, 1), 1.0)
        # what fits at a generosity, less what should, changes its sign where all lots are equal:
        # false position, with the end that stays put counted half (the "Illinois" rule)
        low_fit, high_fit = low_fit - most, np.full(len(area), np.nan)
        for turn in range(TRIES):
            share = np.where(np.isnan(high_fit), 1.0, low_fit / np.maximum(low_fit - high_fit, 1e-300))
            # corners make it jump: there, halving is faster
            share = np.clip(share, 0.001, 0.999) if turn % 3 else np.full(len(share), 0.5)
            middle = low + (high - low) * share
            count, fit = self._cut(area * middle, front * middle)[:2]
            good, fit = count >= most, fit - most
            high_fit = np.where(good, high_fit / 2, fit)
            low_fit = np.where(good, fit, low_fit / 2)
            low, high = np.where(good, middle, low), np.where(good, high, middle)
        _, _, part, nth, line, past = self._cut(area * low, front * low)
        # the last lot takes what is left, so the cut before the end goes
        kept = nth < most[part]
        return part[kept], line[kept], past[kept], most

    def _cut(self, area: Floats, front: Floats) -> tuple[Ints, Floats, Ints, Ints, Ints, Floats]:
        """Return the lots of each part, and how many fit with the broken one that is left over.

        And of all cuts the part, the how-maniest, side line and share of the way to the next.
        """
        at, past = self.start.copy(), np.zeros(len(self.start))
        count, over = np.zeros(len(at), dtype=np.int64), np.zeros(len(at))
        cuts = [(count[:0], count[:0], count[:0], past[:0])]
        live = np.flatnonzero(self.open)
        while len(live):
            line, beyond, fit = self._next(live, at[live], past[live], area[live], front[live])
            found = fit >= 1 - ROUNDING
            over[live[~found]] = fit[~found]
            live = live[found]
            at[live], past[live] = line[found], beyond[found]
            count[live] += 1
            cuts.append((live, count[live], at[live], past[live]))
        rows, nth, line, beyond = (np.concatenate(column) for column in zip(*cuts, strict=True))
        return count, count + over, rows, nth, line, beyond

    def _next(self, rows: Ints, at: Ints, past: Floats, area: Floats, front: Floats) -> Step:
        """Return the earliest side line that closes a lot begun at another, and how many lots are left."""
        line, beyond, fit = self._reach(self.area, self.bow, rows, at, past, area)
        by_ease = self._reach(self.ease, self.straight, rows, at, past, front)
        later = (by_ease[0] > line) | ((by_ease[0] == line) & (by_ease[1] > beyond))
        line, beyond = np.where(later, by_ease[0], line), np.where(later, by_ease[1], beyond)
        blocked = self.solid[line] & (beyond > 0)
        return line + blocked, np.where(blocked, 0.0, beyond), np.minimum(fit, by_ease[2])

    def _reach(self, sums: Floats, bow: Floats, rows: Ints, at: Ints, past: Floats, gain: Floats) -> Step:
        """Return where a running sum has grown by `gain`, and how many times it grows by that to the end."""
        stop = self.stop[rows]
        begin = sums[at]
        here = begin + past * (sums[np.minimum(at + 1, stop)] - begin) - bow[at] * past * (1 - past)
        goal = here + gain
        low, high = at, np.minimum(at + NEAR, stop)
        high = np.where(sums[high] >= goal, high, stop)
        while (low + 1 < high).any():
            middle = (low + high) // 2
            reached = sums[middle] >= goal
            low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        # solve sums[low] + rise f - bow f (1 - f) = goal
        base, sag = sums[low], bow[low]
        short, slope = goal - base, sums[high] - base - sag
        root = slope + np.sqrt(np.maximum(slope**2 + 4 * sag * short, 0.0))
        f = np.clip(np.divide(2 * short, root, out=np.ones_like(goal), where=root > 0), 0.0, 1.0)
        f = np.where(low == at, np.maximum(f, past), f)
        full = (f >= 1.0) & (low < high)
        return low + full, np.where(full | (low == high), 0.0, f), (sums[stop] - here) / gain
