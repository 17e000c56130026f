"""The march along the fronts: as many lots as a run holds, then all of them equally generous.

From one side line, the earliest next one that closes a legal lot is also the best: land and front
only grow along a run. All runs of all blocks march in step, so the loops here are over lots of
one run, never over runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.demand import HAIR, REST, SPREAD, Demand
from ilo_gis.geometry.ragged import firsts
from ilo_gis.geometry.runs import Runs

__all__ = ["Cuts", "march"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Step = tuple[Ints, Floats, Floats]  # side line, share of the way to the next, how many more fit

TRIES = 13  # to find how generous lots can be: to a part in a million or so
EVEN = 1e-6  # share by which lots that are as generous as they may be can fall short of that
ROOMY = 1e3  # times the least: more generous lots nobody asks for
HALVINGS = 40  # of the interval in which the generosity lies that gives a number of lots
CORNER = 0.5  # m of a second front that make a corner lot
SHARED = HAIR / 2  # m or m2 that each lot of a full row may lack; the rest of a hair is for its roundings
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
        Where the cuts of each run begin: n + 1 for n pieces.
    lots : int array of shape (runs,)
        How many lots each run holds. A run that holds none, or fronts no street, is one piece.
    rest : bool array of shape (k,)
        Where a piece begins that is left over.
    """

    line: Ints
    past: Floats
    first: Ints
    lots: Ints
    rest: NDArray[np.bool_]


def march(runs: Runs, demand: Demand, lists: Mapping[int, Sequence[float]] | None = None) -> Cuts:
    """Cut each run into lots.

    Parameters
    ----------
    runs : Runs
        Stretches of outline.
    demand : Demand
        What lots should be like, by run.
    lists : mapping of int to sequence of float, optional
        Tours whose lots are to have exactly these areas, in this order (m2).
    """
    field = _Field(runs, demand, *_parts(runs, demand))
    part, line, past, count, ended = field.even_cuts()
    if lists:
        listed = np.isin(field.tour, list(lists))
        other = field.listed_cuts(lists)
        kept = ~listed[part]
        part, line, past, ended = (
            np.concatenate([a[kept], b]) for a, b in zip((part, line, past, ended), other[:4], strict=True)
        )
        count = np.where(listed, other[4], count)
    # to the cuts between lots come the bounds of the parts, and the ends of the runs
    inner = np.flatnonzero(field.start > runs.first[field.run])
    every = np.arange(len(runs.behind))
    run = np.concatenate([every, field.run[part], field.run[inner], every])
    line = np.concatenate([runs.first[:-1], line, field.start[inner], runs.first[1:] - 1])
    past = np.concatenate([np.zeros(len(every)), past, np.zeros(len(inner) + len(every))])
    lots = np.bincount(field.run, count, len(every)).astype(np.int64)
    told = (demand.number > 0) | np.isin(runs.tour, list(lists or ()))
    idle = runs.street & (lots == 0) & told
    none = np.zeros(len(inner) + len(every), dtype=bool)
    rest = np.concatenate([idle, ended, none])
    order = np.lexsort((past, line, run))
    cuts = firsts(np.bincount(run, minlength=len(every)))
    return Cuts(line[order], past[order], cuts, lots, rest[order])


def _parts(runs: Runs, demand: Demand) -> tuple[Ints, Ints, Ints]:
    """Part long runs where side lines may stand; return the runs of all parts and their bounds."""
    start, stop = runs.first[:-1], runs.first[1:] - 1
    lots = np.minimum(runs.area[stop] / demand.area, runs.ease[stop] / demand.front)
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
    """Parts of runs, the running sums they are cut by, and what their lots should be like."""

    def __init__(self, runs: Runs, demand: Demand, run: Ints, start: Ints, stop: Ints) -> None:
        self.run, self.start, self.stop = run, start, stop
        self.area, self.ease, self.solid = runs.area, runs.ease, runs.solid
        # land and front are solved for at once: one stands behind the other
        self.sums = np.concatenate([runs.area, runs.ease])
        self.bow = np.concatenate([runs.bow, np.zeros(len(runs.bow))])
        self.both = np.array([[0], [len(runs.area)]])
        self.open, self.tour = runs.street[run], runs.tour[run]
        self.demand = demand.of(run)
        # a corner lot takes the second front that lies before the first side line, or after the last
        begins, ends = start == runs.first[run], stop == runs.first[run + 1] - 1
        begins &= runs.solid[start] & (runs.front[start + 1] - runs.front[start] > CORNER)
        ends &= runs.solid[stop - 1] & (runs.front[stop] - runs.front[stop - 1] > CORNER)
        more_area, more_front = self.demand.corner_area, self.demand.corner_front
        self.before = np.where(begins, np.stack([more_area, more_front]), 0.0)
        self.behind = np.where(ends, np.stack([more_area, more_front]), 0.0)

    def even_cuts(self) -> tuple[Ints, Ints, Floats, Ints, NDArray[np.bool_]]:
        """Cut as many lots as wanted, then raise the least lot of each part as far as they allow.

        Return the cuts (part, side line, share of the way to the next), the lots of each part, and
        after which cuts the land is left over.
        """
        wish = self.demand
        area, front, most, fit = self._filled()
        most = self._rationed(self._near_goal(most))
        low, high = np.ones(len(most)), self._ceiling(most)
        # what fits at a generosity, less what should, changes its sign where all lots are equal:
        # false position, with the end that stays put counted half (the "Illinois" rule)
        low_fit, high_fit = fit - most, np.full(len(most), np.nan)
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
        ended = (wish.left == REST) | (low >= wish.top * (1 - EVEN))
        ended &= most > 0
        # unless the rest is a piece of its own, the last lot takes it, and the cut before the end goes
        kept = nth < most[part] + ended[part]
        part, nth, line, past = part[kept], nth[kept], line[kept], past[kept]
        return part, line, past, most, nth == most[part]

    def listed_cuts(
        self, lists: Mapping[int, Sequence[float]]
    ) -> tuple[Ints, Ints, Floats, NDArray[np.bool_], Ints]:
        """Cut lots of given areas, one after the other; what fits no more in a part goes to the next.

        Return the cuts (part, side line, share of the way to the next), after which of them the land
        is left over, and the lots of each part.
        """
        part, line, past = [], [], []
        count = np.zeros(len(self.run), dtype=np.int64)
        for tour, areas in lists.items():
            wanted = iter(areas)
            area = next(wanted, None)
            for p in np.flatnonzero((self.tour == tour) & self.open):
                row, at, over = np.array([p]), self.start[p : p + 1], np.zeros(1)
                while area is not None:
                    gain = np.stack([[area], self.demand.front[row]])
                    at, over, fit = self._next(row, at, over, gain)
                    if fit[0] < 1 - ROUNDING:
                        break
                    part.append(p)
                    line.append(at[0])
                    past.append(over[0])
                    count[p] += 1
                    area = next(wanted, None)
        cut = np.array(part, dtype=np.int64)
        last = np.append(cut[1:] != cut[:-1], True)[: len(cut)]
        return cut, np.array(line, dtype=np.int64), np.array(past, dtype=float), last, count

    def _filled(self) -> tuple[Floats, Floats, Ints, Floats]:
        """Return the least area and front in each part, how many lots that makes, and how many fit.

        Where a part lacks a hair for one lot more, its lots share what is missing.
        """
        area, front = self.demand.area, self.demand.front
        most, fit = self._cut(area, front)[:2]
        lacking = 1 - (fit - most)
        few = (self.demand.left == SPREAD) & self.open
        few &= lacking < (most + 1) * SHARED / np.minimum(area, front)
        if not few.any():
            return area, front, most, fit
        less = area - SHARED * few, front - SHARED * few
        more, fitting = self._cut(*less)[:2]
        full = more > most
        area, front = np.where(full, less[0], area), np.where(full, less[1], front)
        return area, front, np.maximum(more, most), np.where(full, fitting, fit)

    def _near_goal(self, most: Ints) -> Ints:
        """Return the lots of each part that come nearest to the size wished for."""
        area, front = self.demand.goal_area, self.demand.goal_front
        if np.isnan(area).all():
            return most
        fit = self._cut(np.where(np.isnan(area), np.inf, area), np.where(np.isnan(area), np.inf, front))[1]
        return np.where(np.isnan(area), most, np.clip(np.round(fit), np.minimum(most, 1), most)).astype(
            np.int64
        )

    def _ceiling(self, most: Ints) -> Floats:
        """Return a generosity that is too high, or as high as it may be."""
        wish = self.demand
        room = np.minimum(
            (self.area[self.stop] - self.area[self.start]) / wish.area,
            (self.ease[self.stop] - self.ease[self.start]) / wish.front,
        )
        most_generous = np.maximum(room / np.maximum(most, 1), 1.0)
        return np.where(wish.left == SPREAD, np.minimum(most_generous, wish.top), 1.0)

    def _rationed(self, most: Ints) -> Ints:
        """Return the lots of each part, so that a tour for which a number is given has as many."""
        wanted = self.demand.number
        if not (wanted > 0).any():
            return most
        tours = int(self.tour.max()) + 1
        low, high = np.ones(len(most)), np.full(len(most), ROOMY)
        few = np.zeros_like(most)
        for _ in range(HALVINGS):
            middle = np.sqrt(low * high)
            count = np.minimum(self._cut(self.demand.area * middle, self.demand.front * middle)[0], most)
            held = np.bincount(self.tour, count, tours)
            enough = held[self.tour] >= wanted
            low, high = np.where(enough, middle, low), np.where(enough, high, middle)
            few = np.where(enough, few, count)
            most = np.where(enough & (wanted > 0), count, most)
            # more generous lots, as many in all, are as many in each part
            if (held[self.tour] == wanted)[wanted > 0].all():
                break
        # of the parts that can have one lot more, those give it up that stand last
        extra = (np.bincount(self.tour, most, tours)[self.tour] - wanted).astype(np.int64)
        spare = most - few
        before = np.cumsum(spare) - spare
        before -= before[np.searchsorted(self.tour, self.tour)]
        keep = np.bincount(self.tour, spare, tours)[self.tour] - np.maximum(extra, 0)
        given = np.clip(keep - before, 0, spare).astype(np.int64)
        return np.where((wanted > 0) & (extra > 0), few + given, most)

    def _cut(self, area: Floats, front: Floats) -> tuple[Ints, Floats, Ints, Ints, Ints, Floats]:
        """Return the lots of each part, and how many fit with the broken one that is left over.

        And of all cuts the part, the how-maniest, side line and share of the way to the next.
        """
        at, past = self.start.copy(), np.zeros(len(self.start))
        wish = np.stack([area, front])
        count, over = np.zeros(len(at), dtype=np.int64), np.zeros(len(at))
        cuts = [(count[:0], count[:0], count[:0], past[:0])]
        live = np.flatnonzero(self.open)
        while len(live):
            gain = wish[:, live] + (count[live] == 0) * self.before[:, live]
            line, beyond, fit = self._next(live, at[live], past[live], gain)
            found = fit >= 1 - ROUNDING
            over[live[~found]] = fit[~found]
            live = live[found]
            at[live], past[live] = line[found], beyond[found]
            count[live] += 1
            cuts.append((live, count[live], at[live], past[live]))
        rows, nth, line, beyond = (np.concatenate(column) for column in zip(*cuts, strict=True))
        return count, count + over, rows, nth, line, beyond

    def _next(self, rows: Ints, at: Ints, past: Floats, gain: Floats) -> Step:
        """Return the earliest side line that closes a lot begun at another, and how many lots are left.

        `gain` is the land and front that the lot must have, of shape (2, rows).
        """
        line, beyond, fit = self._reach(rows, at, past, gain)
        later = (line[1] > line[0]) | ((line[1] == line[0]) & (beyond[1] > beyond[0]))
        last, past = np.where(later, line[1], line[0]), np.where(later, beyond[1], beyond[0])
        blocked = self.solid[last] & (past > 0)
        return last + blocked, np.where(blocked, 0.0, past), np.minimum(fit[0], fit[1])

    def _reach(self, rows: Ints, at: Ints, past: Floats, gain: Floats) -> Step:
        """Return where land and front have grown by `gain`, and how many times they grow by that to the end.

        Arrays of shape (2, rows). Not counted is what the lot at the end must have to spare.
        """
        both, sums = self.both, self.sums
        at, stop = at + both, self.stop[rows] + both
        begin, sag = sums[at], self.bow[at]
        here = begin + past * (sums[np.minimum(at + 1, stop)] - begin) - sag * past * (1 - past)
        goal = here + gain
        low, high = at, np.minimum(at + NEAR, stop)
        high = np.where(sums[high] >= goal, high, stop)
        while (low + 1 < high).any():
            middle = (low + high) // 2
            reached = sums[middle] >= goal
            low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        # solve sums[low] + rise f - sag f (1 - f) = goal
        base, sag = sums[low], self.bow[low]
        short, slope = goal - base, sums[high] - base - sag
        root = slope + np.sqrt(np.maximum(slope**2 + 4 * sag * short, 0.0))
        f = np.clip(np.divide(2 * short, root, out=np.ones_like(goal), where=root > 0), 0.0, 1.0)
        f = np.where(low == at, np.maximum(f, past), f)
        full = (f >= 1.0) & (low < high)
        fit = (sums[stop] - self.behind[:, rows] - here) / gain
        return low + full - both, np.where(full | (low == high), 0.0, f), fit
