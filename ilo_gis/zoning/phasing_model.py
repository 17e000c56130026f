"""The order of areas as an integer programme, and by the plain rule: the cheapest that can be had."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

__all__ = [
    "NEVER",
    "Found",
    "Works",
    "best_order",
    "greedy_order",
    "merit",
    "relaxed_bound",
    "shortage",
    "worth",
]

NEVER = -1  # instead of the year of an area that is not opened
SLACK = 1e-6  # share by which a goal that was reached may be missed when the next one is sought

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Works:
    """What can be opened when, and what is needed. Areas in the order of their ids, years from 0.

    Attributes
    ----------
    lots, cost, first : arrays of shape (areas,)
        Lots; cost in money of the year of opening; first year in which the area can be opened.
    needs : int array of shape (m, 2)
        Areas, and areas that have to be open before or in the same year.
    demand : array of shape (years,)
        Lots that have to be open at the end of each year.
    discount : float
        Share by which money is worth less each year.
    areas_a_year, lots_a_year, budget : numbers or None
        Most areas in a year; most lots and most money a year, what is not used being kept.
    shortage_cost : float or None
        What a lot short for a year costs; None: the least shortage comes before the least cost.
    """

    lots: Ints
    cost: Floats
    first: Ints
    needs: Ints
    demand: Floats
    discount: float
    areas_a_year: int | None
    lots_a_year: float | None
    budget: float | None
    shortage_cost: float | None

    @property
    def worth_of(self) -> Floats:
        """What money of each year is worth in the first."""
        return (1.0 + self.discount) ** -np.arange(len(self.demand))


class Found(NamedTuple):
    """The year of each area, and what no order can be below: of shortage (lot-years) and of the objective."""

    opened: Ints
    shortage_bound: float
    bound: float


def worth(works: Works, opened: Ints) -> tuple[float, float]:
    """Return the shortage in lot-years and the objective (money of the first year) of an order."""
    short = shortage(works, opened)
    told = opened != NEVER
    money = float(works.cost[told] @ works.worth_of[opened[told]])
    return float(short.sum()), money + (works.shortage_cost or 0.0) * float(short @ works.worth_of)


def merit(works: Works, opened: Ints) -> tuple[float, float]:
    """Return what orders are compared by: less is better, the first number before the second."""
    short, cost = worth(works, opened)
    return (short, cost) if works.shortage_cost is None else (cost, short)


def shortage(works: Works, opened: Ints) -> Floats:
    """Return the lots wanting at the end of each year."""
    years = len(works.demand)
    told = opened != NEVER
    supply = np.cumsum(np.bincount(opened[told], works.lots[told], years))
    return np.maximum(works.demand - supply, 0.0)


def greedy_order(works: Works) -> Ints:
    """Return the year of each area if the cheapest lots that can be had are opened as demand asks for them.

    Examples
    --------
    >>> two = Works(np.array([100, 100]), np.array([9.0, 5.0]), np.array([0, 0]), np.empty((0, 2), int),
    ...     np.array([50.0, 150.0]), 0.0, None, None, None, None)
    >>> greedy_order(two).tolist()
    [1, 0]
    """
    opened = np.full(len(works.lots), NEVER, dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        price = np.where(works.lots > 0, works.cost / works.lots, np.inf)
    by_price = np.argsort(price, kind="stable")
    for year, wanted in enumerate(works.demand):
        while works.lots[opened != NEVER].sum() < wanted:
            could = _can_open(works, opened, year) & np.isfinite(price)
            choice = by_price[could[by_price]]
            if not len(choice):
                break
            opened[choice[0]] = year
    return opened


def _can_open(works: Works, opened: Ints, year: int) -> NDArray[np.bool_]:
    is_open = opened != NEVER
    could = ~is_open & (works.first <= year)
    could[works.needs[~is_open[works.needs[:, 1]], 0]] = False
    if works.areas_a_year is not None and (opened == year).sum() >= works.areas_a_year:
        return np.zeros_like(could)
    for most, amount in ((works.lots_a_year, works.lots), (works.budget, works.cost)):
        if most is not None:
            could &= amount[is_open].sum() + amount <= most * (year + 1) * (1 + SLACK)
    return could


def best_order(works: Works, seconds: float) -> Found | None:
    """Return the best order that the time suffices for, or None if it suffices for none.

    Goals are sought one after another, each without giving up those before: the least shortage (unless it
    has a price), the least cost, and, of orders that are equal in both, the areas as late and as much in
    the order of their ids as can be.
    """
    stop, rows = time.monotonic() + seconds, [_limits(works)]
    shape = len(works.lots), len(works.demand)
    opened, bounds = np.empty(0, dtype=np.int64), []
    for place, goal in enumerate(_goals(works)):
        scale = np.abs(goal).max() or 1.0
        found = _solve(goal / scale, rows, works, stop - time.monotonic())
        last = place == len(_goals(works)) - 1
        if found.x is None:
            if last:  # only the order of ids is left to chance
                break
            return None
        chosen = np.round(found.x[: shape[0] * shape[1]]).reshape(shape)
        opened = np.where(chosen.any(axis=1), chosen.argmax(axis=1), NEVER)
        bounds += [] if last else [found.mip_dual_bound * scale]
        reached = found.fun + SLACK * max(1.0, abs(found.fun))
        rows.append(LinearConstraint(csr_array(goal[None, :] / scale), -np.inf, reached))
    if works.shortage_cost is not None:
        bounds.insert(0, 0.0)
    return Found(opened, bounds[0], bounds[-1])


def relaxed_bound(works: Works, opened: Ints) -> float:
    """Return what the objective cannot be below with no more shortage than an order has."""
    short, cost = worth(works, opened)
    goals = _goals(works)
    rows = [_limits(works)]
    if works.shortage_cost is None:
        rows.append(LinearConstraint(csr_array(goals[0][None, :]), -np.inf, short * (1 + SLACK)))
    scale = np.abs(goals[-2]).max() or 1.0
    found = _solve(goals[-2] / scale, rows, works, np.inf, whole=False)
    return min(found.fun * scale, cost)


def _goals(works: Works) -> list[Floats]:
    """Return what is to be least, the gravest first, the order of ids last."""
    areas, years = len(works.lots), len(works.demand)
    late = np.kron(areas + np.arange(areas), years - np.arange(years))
    none, price = np.zeros(areas * years), works.shortage_cost
    money = np.kron(works.cost, works.worth_of)
    order = np.concatenate([late, np.zeros(years)])
    if price is not None:
        return [np.concatenate([money, price * works.worth_of]), order]
    shortage_first = np.concatenate([none, np.ones(years)])
    return [shortage_first, np.concatenate([money, np.zeros(years)]), order]


def _limits(works: Works) -> LinearConstraint:
    """Return the rows that every order has to keep: one column an area and year, then shortage by year."""
    areas, years = len(works.lots), len(works.demand)
    upto, ones = csr_array(np.tri(years)), np.arange(1, years + 1)
    rows: list[tuple[Any, Any, Any]] = [  # matrix, least, most
        (kron(eye_array(areas), np.ones((1, years))), -np.inf, np.ones(areas)),
    ]
    if works.areas_a_year is not None:
        rows.append(
            (kron(np.ones((1, areas)), eye_array(years)), -np.inf, np.full(years, works.areas_a_year))
        )
    for most, amount in ((works.lots_a_year, works.lots), (works.budget, works.cost)):
        if most is not None:
            scale = max(most, 1.0)
            rows.append((kron(amount[None, :] / scale, upto), -np.inf, most / scale * ones))
    if len(works.needs):
        pairs = np.zeros((len(works.needs), areas))
        each = np.arange(len(works.needs))
        pairs[each, works.needs[:, 0]], pairs[each, works.needs[:, 1]] = 1.0, -1.0
        rows.append((kron(pairs, upto), -np.inf, np.zeros(len(pairs) * years)))
    plain = [hstack([m, csr_array((m.shape[0], years))]) for m, _, _ in rows]
    met = hstack([kron(works.lots[None, :].astype(float), upto), eye_array(years)])
    most = np.concatenate([r[2] for r in rows])
    return LinearConstraint(
        vstack([*plain, met], format="csr"),
        np.concatenate([np.full(len(most), -np.inf), works.demand]),
        np.concatenate([most, np.full(years, np.inf)]),
    )


def _solve(
    goal: Floats, rows: list[LinearConstraint], works: Works, seconds: float, whole: bool = True
) -> Any:
    areas, years = len(works.lots), len(works.demand)
    ready = (works.first[:, None] <= np.arange(years)).astype(float).ravel()
    most = np.concatenate([ready, np.full(years, np.inf)])
    kinds = np.concatenate([np.full(areas * years, int(whole)), np.zeros(years)])
    options = {"mip_rel_gap": 0.0} | ({} if np.isinf(seconds) else {"time_limit": max(seconds, 0.0)})
    return milp(goal, integrality=kinds, bounds=Bounds(0, most), constraints=rows, options=options)
