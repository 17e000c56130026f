"""Of several layouts of a block, the one with most legal lots, or with the number that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.demand import SPREAD, Demand
from ilo_gis.geometry.layout import Layout, lay_out
from ilo_gis.geometry.strips import strips
from ilo_gis.progress import Progress, go_on
from ilo_gis.subdivision.ground import Ground
from ilo_gis.subdivision.lot_table import HAIR, Measured
from ilo_gis.subdivision.wishes import demand_of

__all__ = ["exact_lots", "most_lots"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# times the least area and front, and share of the greatest depth to width, that are aimed at; where
# lots come out illegal, as corner lots of odd shape do, the second is tried
WAYS = (1.0, 0.8), (1.01, 0.5)
NO_FAILURE = ("", "no street front", "corner cut")  # reasons that do not tell of a lot gone wrong


def most_lots(
    ground: Ground,
    clean: Layout,
    measure: Callable[[Ground, Layout], Measured],
    progress: Progress | None = None,
) -> Layout:
    """Return a layout with at least as many lots in each part as a given one.

    Parts whose rule asks for more than the least a lot must have keep the given layout.

    Parameters
    ----------
    ground : Ground
        The parts.
    clean : Layout
        The layout that is to be bettered.
    measure : callable
        Tells which pieces of a layout are lots.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.
    """
    demand, lists = demand_of(ground.rules)
    ratio = np.array([rule.max_ratio for rule in ground.rules])
    again = np.flatnonzero(_plain(demand, lists)[ground.rule])
    best = clean
    lots, land = _yield(measure(ground, clean), len(ground.part)) if len(again) else (np.empty(0),) * 2
    for turn, (more, share) in enumerate(WAYS):
        if not len(again):
            break
        go_on(progress, turn / len(WAYS), "laying out lots")
        few = ground.pick(again)
        area, front = more * demand.area, more * demand.front
        wish = Demand.plain(area, front, demand.depth, share * ratio * front)
        tried = lay_out(few.part, few.rule, few.on_street, wish, mode="most")
        found = measure(few, tried)
        own_lots, own_land = _yield(found, len(again))
        # of as many lots those with more land, and of as much land those with square side lines
        better = (own_lots > lots[again]) | ((own_lots == lots[again]) & (own_land > land[again] + HAIR))
        best = _replaced(best, tried, again, better)
        lots[again[better]], land[again[better]] = own_lots[better], own_land[better]
        failed = ~found.table["reason"].fillna("").isin(NO_FAILURE).to_numpy()
        again = again[np.unique(found.owner[failed])]
    return best


def exact_lots(ground: Ground, rows: Layout, measure: Callable[[Ground, Layout], Measured]) -> Layout:
    """Return a layout with the number of lots that rules ask for, in strips where rows do not make it.

    Parameters
    ----------
    ground : Ground
        The parts.
    rows : Layout
        The layout in rows.
    measure : callable
        Tells which pieces of a layout are lots.
    """
    wanted = np.array([rule.count or 0 for rule in ground.rules])[ground.rule]
    if not wanted.any():
        return rows
    lots, _ = _yield(measure(ground, rows), len(wanted))
    again = np.flatnonzero(
        (wanted > 0) & (lots != wanted) & (shapely.get_num_interior_rings(ground.part) == 0)
    )
    if not len(again):
        return rows
    made = [strips(ground.part[k], int(wanted[k])) for k in again]
    owner = np.repeat(np.arange(len(again)), [len(own) for own in made])
    no = np.zeros(len(again), dtype=bool)
    cut = Layout(np.concatenate(made), owner, no, np.zeros(len(owner), dtype=bool))
    cut_lots, _ = _yield(measure(ground.pick(again), cut), len(again))
    return _replaced(rows, cut, again, cut_lots == wanted[again])


def _plain(demand: Demand, lists: Mapping[int, Sequence[float]]) -> Flags:
    """Return which rules ask for nothing but the least a lot must have."""
    listed = np.isin(np.arange(len(demand.area)), list(lists))
    aimed = ~np.isnan(demand.goal_area) | ~np.isnan(demand.axis) | np.isfinite(demand.top)
    return ~(listed | aimed | demand.lean | (demand.number > 0) | (demand.left != SPREAD))


def _yield(found: Measured, count: int) -> tuple[Floats, Floats]:
    """Return how many lots each part has, and how much land is in them."""
    lot = (found.table["kind"] == "lot").to_numpy()
    owner, area = found.owner[lot], found.table["area"].to_numpy()[lot]
    return np.bincount(owner, minlength=count).astype(float), np.bincount(owner, area, count).astype(float)


def _replaced(one: Layout, other: Layout, which: Ints, better: Flags) -> Layout:
    """Take the other layout of some parts, where it is better."""
    gone = np.zeros(len(one.undivided), dtype=bool)
    gone[which[better]] = True
    kept, new = ~gone[one.owner], better[other.owner]
    undivided = one.undivided.copy()
    undivided[which[better]] = other.undivided[better]
    owner = np.concatenate([one.owner[kept], which[other.owner[new]]])
    order = np.argsort(owner, kind="stable")
    pieces, rest = (
        np.concatenate([a[kept], b[new]])[order]
        for a, b in ((one.pieces, other.pieces), (one.rest, other.rest))
    )
    return Layout(pieces, owner[order], undivided, rest)
