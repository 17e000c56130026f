"""The least cost at which everybody has a place: who goes where, exactly, ties by order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array

from ilo_gis.errors import ExactnessError

__all__ = ["NOWHERE", "Problem", "first_of_the_best", "is_one_to_one", "solve", "worth"]

NOWHERE = -1
INFEASIBLE = 2  # what milp says where there is no way at all
TIE = 1e-6  # costs nearer than this are the same

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """Who may go where at what cost.

    Attributes
    ----------
    cost : array (occupants, sites)
        Infinite where one cannot go.
    without : array (occupants)
        Cost of having no place.
    load : array (measures, occupants, sites)
        How much of the room of a site an occupant takes, in households, in land.
    room : array (measures, sites)
        Room of each site.
    lots : array (lots, sites) of bool
        Which sites have a lot; no lot is used by two sites. Only lots that several have.
    pairs : array (pairs, 2)
        Occupants that are neighbours.
    apart : array (sites, sites)
        Cost of the distance between the sites of neighbours.
    must : array (occupants) of bool
        Who has to have a place.
    """

    cost: Floats
    without: Floats
    load: Floats
    room: Floats
    lots: NDArray[np.bool_]
    pairs: Ints
    apart: Floats
    must: NDArray[np.bool_]


def worth(problem: Problem, places: Ints) -> float:
    """Return the cost of places."""
    who = np.flatnonzero(places != NOWHERE)
    pairs = problem.pairs[(places[problem.pairs] != NOWHERE).all(axis=1)]
    near = problem.apart[places[pairs[:, 0]], places[pairs[:, 1]]].sum()
    return float(problem.cost[who, places[who]].sum() + problem.without[places == NOWHERE].sum() + near)


def is_one_to_one(problem: Problem) -> bool:
    """Return whether no site has room for two and nobody minds where others go."""
    if len(problem.cost) < 2:
        return not len(problem.lots)
    least = np.sort(np.where(np.isfinite(problem.cost), problem.load, np.inf), axis=1)[:, :2].sum(axis=1)
    several = bool((least <= problem.room).all(axis=0).any())
    return not several and not len(problem.lots) and not len(problem.pairs)


def solve(problem: Problem) -> Ints | None:
    """Return the site of each at the least cost, or NOWHERE; None if not all who must can have one."""
    count, sites = problem.cost.shape
    if not (np.isfinite(problem.cost).any(axis=1) | ~problem.must).all():
        return None
    if not np.isfinite(problem.cost).any():
        return np.full(count, NOWHERE, dtype=np.int64)
    if not is_one_to_one(problem):
        return _programme(problem)
    without = np.where(problem.must, np.inf, problem.without)
    none = np.where(np.eye(count, dtype=bool), without[:, None], np.inf)
    try:
        _, column = linear_sum_assignment(np.hstack([problem.cost, none]))
    except ValueError:  # what scipy says where nothing is feasible
        return None
    return np.where(column < sites, column, NOWHERE).astype(np.int64)


def first_of_the_best(problem: Problem) -> Ints:
    """Return the least cost; of several ways at that cost, the one whose first occupants have first sites."""
    best = solve(problem)
    if best is None:
        raise ExactnessError("No matching was found. This is a fault of ilo_gis: please report it.")
    least = worth(problem, best)
    cheapest = np.minimum(problem.cost.min(axis=1, initial=np.inf), problem.without)
    for who in range(len(best)):
        before = best[who] if best[who] != NOWHERE else problem.cost.shape[1]
        slack = least - cheapest.sum() + cheapest[who] + TIE
        for site in np.flatnonzero(problem.cost[who, :before] <= slack):
            places = solve(_fixed(problem, who, int(site)))
            if places is not None and worth(problem, places) <= least + TIE:
                best = places
                break
        if best[who] != NOWHERE:
            problem = _fixed(problem, who, int(best[who]))
    return best


def _fixed(problem: Problem, who: int, site: int) -> Problem:
    cost, must = problem.cost.copy(), problem.must.copy()
    cost[who] = np.where(np.arange(cost.shape[1]) == site, cost[who], np.inf)
    must[who] = True
    return replace(problem, cost=cost, must=must)


def _programme(problem: Problem) -> Ints | None:
    """Solve by an integer programme: one variable for each occupant and site where it may go."""
    who, site = np.nonzero(np.isfinite(problem.cost))
    count, sites = problem.cost.shape
    first, second, pair, one, other = _meetings(problem, who, site)
    size, total = len(who), len(who) + len(pair) + sites
    price = np.concatenate(
        [problem.cost[who, site] - problem.without[who], problem.apart[one, other], np.zeros(sites)]
    )
    x, y, z = np.arange(size), size + np.arange(len(pair)), size + len(pair) + np.arange(sites)
    held, lot_site = np.nonzero(problem.lots)
    rows: list[LinearConstraint] = []

    def add(row: Ints, column: Ints, value: Any, height: int, low: Any, high: Any) -> None:
        data = np.broadcast_to(np.asarray(value, dtype=float), row.shape)
        matrix = coo_array((data, (row, column)), shape=(height, total)).tocsr()
        rows.append(LinearConstraint(matrix, low, high))

    add(who, x, 1.0, count, problem.must.astype(float), 1.0)
    for load, room in zip(problem.load, problem.room, strict=True):
        add(site, x, load[who, site], sites, -np.inf, room)
    if len(held):
        add(np.r_[x, x], np.r_[x, z[site]], np.r_[np.ones(size), -np.ones(size)], size, -np.inf, 0.0)
        add(held, z[lot_site], 1.0, len(problem.lots), -np.inf, 1.0)
    for row, column, value, height, low, high in _neighbours(problem, who, x, y, first, second, pair):
        add(row, column, value, height, low, high)
    whole = np.concatenate([np.ones(size), np.zeros(len(pair)), np.ones(sites)])
    done = milp(price, integrality=whole, bounds=Bounds(0, 1), constraints=rows, options={"mip_rel_gap": 0.0})
    if done.status == INFEASIBLE:
        return None
    if done.status != 0:
        raise ExactnessError(f"No matching was found: {done.message}. Please report it, with the input.")
    chosen = np.flatnonzero(done.x[:size] > 0.5)
    places = np.full(count, NOWHERE, dtype=np.int64)
    places[who[chosen]] = site[chosen]
    return places


def _meetings(problem: Problem, who: Ints, site: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return, for each pair of neighbours and two sites of theirs: variables of both, pair, sites."""
    found = [np.zeros((3, 0), dtype=np.int64)]
    for number, (one, other) in enumerate(problem.pairs):
        here, there = np.flatnonzero(who == one), np.flatnonzero(who == other)
        grid = np.array(np.meshgrid(here, there, indexing="ij")).reshape(2, -1)
        found.append(np.vstack([grid, np.full(grid.shape[1], number)]))
    first, second, pair = np.concatenate(found, axis=1)
    return first, second, pair, site[first], site[second]


def _neighbours(
    problem: Problem, who: Ints, x: Ints, y: Ints, first: Ints, second: Ints, pair: Ints
) -> Iterator[tuple[Ints, Ints, Floats, int, float, float]]:
    """Yield what binds a meeting to its two sites: it is where both are, and nowhere else."""
    count = len(problem.pairs)
    if not count:
        return
    for end, own in ((0, first), (1, second)):
        belongs = who == problem.pairs[:, end][:, None]
        number, variable = np.nonzero(belongs)
        place = np.full(belongs.shape, -1)
        place[number, variable] = np.arange(len(number))
        row = np.r_[place[pair, own], np.arange(len(number))]
        value = np.r_[np.ones(len(pair)), -np.ones(len(number))]
        yield row, np.r_[y, x[variable]], value, len(number), -np.inf, 0.0
    both = [np.nonzero(who == problem.pairs[:, end][:, None]) for end in (0, 1)]
    row = np.r_[pair, both[0][0], both[1][0]]
    column = np.r_[y, x[both[0][1]], x[both[1][1]]]
    value = np.r_[np.ones(len(pair)), -np.ones(len(both[0][0])), -np.ones(len(both[1][0]))]
    yield row, column, value, count, -1.0, np.inf
