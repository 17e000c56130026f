"""Taps for many lots: regions cut along the city, then moves that shorten the walk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilo_gis.siting.tap_bound import walk_bound
from ilo_gis.siting.tap_model import cover, share_out
from ilo_gis.siting.tap_reach import FAR, Found, Reach, arcs, table, total

__all__ = ["search"]

ROUNDS = 12  # of sharing out and moving taps, at most; five or so are needed
PASSES = 3  # over pairs of neighbouring taps
LITTLE = 2e-4  # share of the walk; less gain than this ends the rounds
GAIN = 1e-6  # m; what counts as shorter

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def search(reach: Reach, xy: Floats) -> Found:
    """Return taps for many lots: as few as can be, and a walk that no move of one or two taps shortens.

    Parameters
    ----------
    reach : Reach
    xy : array of float, shape (lots, 2)
        Where the lots are.
    """
    bound = reach.least
    sites = _middles(reach, _regions(reach.households, xy, np.arange(len(xy)), bound), bound)
    sites, tap, price = _settled(reach, sites)
    if (tap < 0).any() and reach.known < np.inf:
        return Found(sites, tap, bound, 0.0)  # farther sites may do
    if (tap < 0).any():
        chosen, bound = cover(reach)
        sites, tap, price = _settled(reach, chosen if len(chosen) else sites)
    while (tap < 0).any() and len(more := _added(reach, sites, tap)) > len(sites):
        sites, tap, price = _settled(reach, more)
    sites, tap, price = _settled(reach, _pairs_moved(reach, sites, tap))
    return Found(sites, tap, bound, walk_bound(reach, len(sites), price, total(reach, sites, tap)))


def _regions(households: Ints, xy: Floats, lots: Ints, taps: int) -> list[Ints]:
    """Cut lots into as many regions as taps, with as many households each, always across the long side."""
    if taps == 1:
        return [lots]
    off = xy[lots] - xy[lots].mean(axis=0)
    axis = np.linalg.eigh(off.T @ off)[1][:, 1]
    axis = axis * np.sign(axis[np.argmax(np.abs(axis))])
    order = lots[np.argsort(np.round(off @ axis, 3), kind="stable")]
    share = taps // 2 / taps
    load = np.cumsum(households[order])
    cut = int(np.clip(np.searchsorted(load, share * load[-1] - 0.5) + 1, 1, max(len(order) - 1, 1)))
    halves = (order[:cut], taps // 2), (order[cut:], taps - taps // 2)
    return [region for half, count in halves if len(half) for region in _regions(households, xy, half, count)]


def _middles(reach: Reach, regions: list[Ints], taps: int) -> Ints:
    """Return a site for each region, none twice."""
    tap = np.zeros(len(reach.households), dtype=np.int64)
    for number, lots in enumerate(regions):
        tap[lots] = number
    return _moved(reach, np.full(taps, -1), tap)


def _settled(reach: Reach, sites: Ints) -> tuple[Ints, Ints, Floats]:
    """Share lots out and move taps to the middle of their lots in turn, until nothing gets shorter."""
    tap, price = share_out(reach, sites)
    walk = total(reach, sites, tap)
    for _ in range(ROUNDS):
        moved = _moved(reach, sites, tap)
        if np.array_equal(moved, sites):
            break
        again, asked = share_out(reach, moved)
        now = total(reach, moved, again)
        if now > walk - GAIN:
            break
        little = now > walk - LITTLE * walk
        sites, tap, price, walk = moved, again, asked, now
        if little:
            break
    return sites, tap, price


def _moved(reach: Reach, sites: Ints, tap: Ints) -> Ints:
    """Return for each tap the site to which its lots walk least, none taken twice."""
    site = np.repeat(np.arange(reach.sites), np.diff(reach.first))
    own, size = tap[reach.lot], (len(sites), reach.sites)
    mine = own >= 0
    key = own[mine] * reach.sites + site[mine]
    load = reach.households[reach.lot[mine]]
    saved = load * (reach.walk[mine] - FAR)  # a site that a lot cannot walk to costs FAR
    sums = np.bincount(key, saved, size[0] * size[1]).reshape(size)
    here = sites >= 0
    sums[here, sites[here]] -= GAIN  # no move for nothing
    best = np.argmin(sums, axis=1)
    taken: set[int] = set()
    for number in np.argsort(sums.min(axis=1), kind="stable"):
        if best[number] in taken:
            free = np.setdiff1d(np.arange(reach.sites), list(taken))
            best[number] = free[np.argmin(sums[number, free])]
        taken.add(int(best[number]))
    return best


def _added(reach: Reach, sites: Ints, tap: Ints) -> Ints:
    """Return the taps and one more, where most households without a tap can walk to; the same if nowhere."""
    site = np.repeat(np.arange(reach.sites), np.diff(reach.first))
    lost = np.where(tap < 0, reach.households, 0)
    gain = np.bincount(site, lost[reach.lot], reach.sites)
    gain[sites] = 0
    return np.append(sites, np.argmax(gain)) if gain.max(initial=0) > 0 else sites


# -- two neighbouring taps at once -------------------------------------------------------------------


def _pairs_moved(reach: Reach, sites: Ints, tap: Ints) -> Ints:
    """Return sites after the lots of every two neighbouring taps were given the best two sites."""
    sites, tap = sites.copy(), tap.copy()
    nearest = _nearest(reach)
    for a, b in np.concatenate([_neighbours(reach, sites, tap)] * PASSES):
        lots = np.flatnonzero((tap == a) | (tap == b))
        others = np.delete(sites, [a, b])
        choice = np.setdiff1d(np.append(nearest[lots], sites[[a, b]]), others)
        walk = table(reach, choice, lots) * reach.households[lots]
        first, (one, other) = tap[lots] == a, np.searchsorted(choice, sites[[a, b]])
        now = walk[one, first].sum() + walk[other, ~first].sum()
        found = _best_two(walk, reach.households[lots], reach.capacity, float(now))
        if found is not None:
            pair, first = found
            sites[[a, b]] = choice[list(pair)]
            tap[lots] = np.where(first, a, b)
    return sites


def _best_two(
    walk: Floats, load: Ints, capacity: int, now: float
) -> tuple[tuple[int, int], NDArray[np.bool_]] | None:
    """Return the two sites at which some lots walk least, and which go to the first; None if none is better.

    For two sites the lots in the order of how much nearer the first is, up to a place in the order, go to
    the first: for lots of one household each that is the best there is.
    """
    i, j = np.triu_indices(len(walk), 1)
    free = np.concatenate([np.minimum(one, walk[k + 1 :]).sum(axis=1) for k, one in enumerate(walk)])
    best: tuple[tuple[int, int], NDArray[np.bool_]] | None = None
    for k in np.argsort(free, kind="stable"):
        if free[k] > now - 1e-3:
            break
        one, other = walk[i[k]], walk[j[k]]
        order = np.argsort((one - other) / np.maximum(load, 1), kind="stable")
        filled = np.cumsum(load[order])
        cost = other.sum() + np.cumsum((one - other)[order])
        cost[(filled > capacity) | (filled[-1] - filled > capacity)] = np.inf
        cut = int(np.argmin(cost))
        if cost[cut] < now - 1e-3:
            now = float(cost[cut])
            goes = np.zeros(len(load), dtype=bool)
            goes[order[: cut + 1]] = True
            best = (int(i[k]), int(j[k])), goes
    return best


def _nearest(reach: Reach) -> Ints:
    """Return the nearest site of each lot."""
    site = np.repeat(np.arange(reach.sites), np.diff(reach.first))
    least = np.full(len(reach.households), np.inf)
    np.minimum.at(least, reach.lot, reach.walk)
    own = reach.walk == least[reach.lot]
    nearest = np.full(len(reach.households), reach.sites)
    np.minimum.at(nearest, reach.lot[own], site[own])
    return nearest


def _neighbours(reach: Reach, sites: Ints, tap: Ints) -> Ints:
    """Return pairs of taps such that a lot of one has the other as the next nearest, shape (n, 2)."""
    pair, row = arcs(reach, sites)
    lot = reach.lot[pair]
    others = (row != tap[lot]) & (tap[lot] >= 0)
    lot, row, walk = lot[others], row[others], reach.walk[pair[others]]
    order = np.lexsort((row, walk, lot))
    which, first = np.unique(lot[order], return_index=True)
    both = np.sort(np.stack([tap[which], row[order][first]], axis=1), axis=1)
    return np.unique(both, axis=0)
