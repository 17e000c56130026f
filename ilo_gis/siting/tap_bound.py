"""What the walk to a number of taps cannot be below: the Lagrangian bound of the capacitated p-median."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilo_gis.siting.tap_reach import Reach

__all__ = ["walk_bound"]

STEPS = 120
PATIENCE = 8  # steps without a better bound, after which steps get half as long
SPARE = 1.3  # how much higher prices may become than nearly all of those given
NEAR = 4_000_000  # pairs looked at: the nearest ones

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Table = NDArray[np.float32]


def walk_bound(reach: Reach, taps: int, price: Floats, walk: float) -> float:
    """Return what the walk of all households to so many taps cannot be below, m.

    That each lot goes to one tap is not asked but paid for: each household pays a price, a tap takes the
    households that pay most above their walk, up to its capacity, and the best sites are taken. For any
    prices that is a bound; prices are moved along the subgradient to make it high. Pairs with a walk above
    the highest price never count and are left out.

    Parameters
    ----------
    reach : Reach
    taps : int
    price : array of float
        Prices to start from, m, one for each lot, such as `tap_model.share_out` gives.
    walk : float
        Walk of a siting, m; no bound is above it.

    References
    ----------
    M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems",
    Management Science 27(1), 1981, pages 1 to 18.

    Examples
    --------
    Two lots at two sites with room for one each; nobody need walk but one tap is not enough for both:

    >>> reach = Reach(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([0.0, 9.0, 9.0, 0.0]),
    ...     np.ones(2, int), 2)
    >>> round(walk_bound(reach, 1, np.array([9.0, 9.0]), 9.0), 6)
    9.0
    """
    top = _highest(reach, price)
    site = np.repeat(np.arange(reach.sites), np.diff(reach.first))
    near = reach.walk < top
    site, lot, far = site[near], reach.lot[near], reach.walk[near]
    size = np.bincount(site, minlength=reach.sites)
    column = np.arange(len(site)) - np.repeat(np.cumsum(size) - size, size)
    shape = (reach.sites, max(int(size.max(initial=0)), 1))
    nobody = len(reach.households)
    who, way = np.full(shape, nobody), np.full(shape, np.inf, dtype=np.float32)
    who[site, column], way[site, column] = lot, far
    load = np.append(reach.households, 0).astype(np.float32)
    even = load.max() <= 1
    prices = np.clip(price, 0.0, top)
    best, best_prices, idle, step = -np.inf, prices, 0, 1.0
    for _ in range(STEPS):
        profit = way - np.append(prices, 0.0).astype(np.float32)[who]
        value = _fill_even(profit, reach.capacity) if even else _fill(profit, load[who], reach.capacity)[0]
        chosen = np.argpartition(value, taps - 1)[:taps] if taps < len(value) else np.arange(len(value))
        bound = float(load[:-1] @ prices + value[chosen].sum())
        if bound > best:
            best, best_prices, idle = bound, prices, 0
        else:
            idle += 1
        if idle >= PATIENCE:
            prices, idle, step = best_prices, 0, step / 2
            continue
        taken = _fill(profit[chosen], load[who[chosen]], reach.capacity)[1]
        served = np.bincount(who[chosen].ravel(), taken.ravel(), nobody + 1)[:-1]
        short = load[:-1] - served
        norm = float(short @ short)
        if norm == 0 or best >= walk:
            break
        prices = np.clip(prices + step * (walk - bound) / norm * short, 0.0, top)
    return float(np.clip(best, 0.0, walk))


def _highest(reach: Reach, price: Floats) -> float:
    """Return the highest price there may be: well above those there are, if so many pairs can be held."""
    wanted = min(SPARE * min(float(np.quantile(price, 0.99)), reach.walk.max(initial=0.0)) + 1.0, reach.known)
    if len(reach.walk) <= NEAR:
        return wanted
    return min(wanted, float(np.partition(reach.walk, NEAR)[NEAR]))


def _fill(profit: Table, load: Table, capacity: int) -> tuple[Floats, Table]:
    """Return what each tap can gain at most, and the households that it takes of each lot.

    The last lot may be taken in part.
    """
    gain = np.minimum(profit, 0)
    order = np.argsort(gain, axis=1)
    gain, load = np.take_along_axis(gain, order, 1), np.take_along_axis(load, order, 1)
    room = np.clip(capacity - (np.cumsum(load, axis=1) - load), 0, load) * (gain < 0)
    taken = np.zeros_like(profit)
    np.put_along_axis(taken, order, room, 1)
    return (room * gain).sum(axis=1, dtype=np.float64), taken


def _fill_even(profit: Table, capacity: int) -> Floats:
    """Return the same gain where each lot has one household: the sum of the lowest profits."""
    lowest = (
        np.partition(profit, capacity - 1, axis=1)[:, :capacity] if capacity < profit.shape[1] else profit
    )
    return np.minimum(lowest, 0).sum(axis=1, dtype=np.float64)
