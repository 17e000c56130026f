"""Integer programmes (HiGHS) of taps: the best siting of few lots, and the fewest taps of many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack

from ilo_gis.siting.tap_reach import FAR, Found, Reach, arcs

__all__ = ["best_taps", "cover", "share_out"]

NEAREST = 6  # taps that a lot may be sent to; more only where that leaves lots without
NODES = 3000  # of the search; a limit of time would not give the same result twice
LITTLE = 20  # the same where much is looked at, and much is gained at the root already
EXACT = 1e-9  # gap at which the search ends
COVER = 0.05  # the same where the walking limit asks for many taps
WHOLE = 1e-6  # share of a lot that counts as none
MOVABLE = 8  # ways for each tap that may change where lots have several households
ROUGH = 1e-3  # the same where lots have several households each, and are many

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def best_taps(reach: Reach) -> Found | None:
    """Return the fewest taps, and of those the ones with the shortest walk in all.

    Variables: whether a site has a tap, and whether a lot goes to it. None if the search ends without a
    siting.
    """
    sites, count, pairs = reach.sites, len(reach.households), len(reach.lot)
    site = np.repeat(np.arange(sites), np.diff(reach.first))
    load = reach.households[reach.lot].astype(float)
    goes = _rows(reach.lot, np.ones(pairs), count)
    fills = _rows(site, load, sites)
    rules = [
        LinearConstraint(hstack([csr_array((count, sites)), goes]), 1, 1),
        LinearConstraint(hstack([-reach.capacity * _unit(sites), fills]), -np.inf, 0),
        LinearConstraint(
            hstack([-_rows(np.arange(pairs), np.ones(pairs), pairs, site, sites), _unit(pairs)]), -np.inf, 0
        ),
    ]
    taps = np.append(np.ones(sites), np.zeros(pairs))
    walk = np.append(np.zeros(sites), load * reach.walk)
    bound = fewest = reach.least
    done = _solved(walk, [*rules, LinearConstraint(taps[None], fewest, fewest)])
    if done.x is None:
        least = _solved(taps, [*rules, LinearConstraint(taps[None], fewest, np.inf)])
        if least.x is None:
            return None
        fewest = round(least.fun)
        bound = int(np.ceil(least.mip_dual_bound - 1e-6))
        done = _solved(walk, [*rules, LinearConstraint(taps[None], fewest, fewest)])
        if done.x is None:
            return None
    chosen = np.flatnonzero(done.x[:sites] > 0.5)
    tap = np.full(count, -1)
    gone = np.flatnonzero(done.x[sites:] > 0.5)
    tap[reach.lot[gone]] = np.searchsorted(chosen, site[gone])
    return Found(chosen, tap, bound, float(done.mip_dual_bound))


def cover(reach: Reach) -> tuple[Ints, int]:
    """Return the fewest sites that all lots can walk to, however many go there, and a bound on taps.

    Lots that can walk to the same sites stand for one another.
    """
    site = np.repeat(np.arange(reach.sites), np.diff(reach.first))
    lots = _rows(reach.lot, np.ones(len(site)), len(reach.households), site, reach.sites)
    lots.sort_indices()
    ends = zip(lots.indptr[:-1], lots.indptr[1:], strict=True)
    keys = np.array([lots.indices[a:b].tobytes() for a, b in ends], dtype=object)
    one = np.unique(keys, return_index=True)[1]
    done = _solved(np.ones(reach.sites), [LinearConstraint(lots[one], 1, np.inf)], LITTLE, COVER)
    bound = max(reach.least, int(np.ceil((done.mip_dual_bound or 0) - 1e-6)))
    return np.zeros(0, np.int64) if done.x is None else np.flatnonzero(done.x > 0.5), bound


def share_out(reach: Reach, sites: Ints) -> tuple[Ints, Floats]:
    """Return the tap of each lot with the shortest walk in all (-1: no room), and the price of each lot.

    The price is what one more household in the place of the lot would add, m. A transport problem: where
    all lots have as many households its corners are whole, and a linear programme is enough.
    """
    tap, price = _shared(reach, sites, NEAREST)
    return _shared(reach, sites, len(sites)) if (tap < 0).any() and len(sites) > NEAREST else (tap, price)


def _shared(reach: Reach, sites: Ints, most: int) -> tuple[Ints, Floats]:
    """Share lots out among the taps nearest to each, `most` of them at most."""
    pair, row = arcs(reach, sites)
    order = np.lexsort((row, reach.walk[pair], reach.lot[pair]))
    lot = reach.lot[pair[order]]
    rank = np.arange(len(lot)) - np.searchsorted(lot, lot)
    pair, row = pair[order[rank < most]], row[order[rank < most]]
    lot, count = reach.lot[pair], len(reach.households)
    load = reach.households[lot].astype(float)
    cost = np.append(load * reach.walk[pair], FAR * reach.households)
    goes = hstack([_rows(lot, np.ones(len(pair)), count), _unit(count)])
    fills = hstack([_rows(row, load, len(sites)), csr_array((len(sites), count))])
    tap = np.full(count, -1)
    room = np.full(len(sites), float(reach.capacity))
    done = linprog(cost, fills, room, goes, np.ones(count), (0, 1), method="highs-ds")
    price = done.eqlin.marginals / np.maximum(reach.households, 1)
    share = done.x
    if (
        (share > WHOLE) & (share < 1 - WHOLE)
    ).any():  # lots are split: some near the limits of taps must move
        extra = cost - goes.T @ done.eqlin.marginals - fills.T @ done.ineqlin.marginals
        free = share > WHOLE
        free[np.argsort(extra + FAR * free, kind="stable")[: MOVABLE * len(sites)]] = True
        free[len(pair) :] = True
        rules = [LinearConstraint(goes, 1, 1), LinearConstraint(fills, -np.inf, room)]
        share = milp(
            cost,
            constraints=rules,
            integrality=np.ones(len(cost)),
            bounds=Bounds(0, free.astype(float)),
            options={"node_limit": LITTLE, "mip_rel_gap": ROUGH},
        ).x
    gone = np.flatnonzero(share[: len(pair)] > 0.5)
    tap[lot[gone]] = row[gone]
    return tap, price


def _solved(
    cost: Floats, rules: list[LinearConstraint], nodes: int = NODES, gap: float = EXACT
) -> OptimizeResult:
    options = {"node_limit": nodes, "mip_rel_gap": gap}
    return milp(cost, constraints=rules, integrality=np.ones(len(cost)), bounds=Bounds(0, 1), options=options)


def _rows(row: Ints, value: Floats, rows: int, column: Ints | None = None, columns: int = 0) -> csr_array:
    """Return a matrix with one entry in each column, or at the columns given."""
    place = np.arange(len(row)) if column is None else column
    return coo_array((value, (row, place)), shape=(rows, columns or len(row))).tocsr()


def _unit(size: int) -> csr_array:
    return _rows(np.arange(size), np.ones(size), size)
