"""A plan that survives edits: what a change touches is laid out again, all else stays to the last byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.progress import Progress, go_on, within
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.by_hand import made_by_hand
from ilo_gis.subdivision.changes import Changes, locked_lots, require_possible
from ilo_gis.subdivision.fronts import fronts_near
from ilo_gis.subdivision.lineage import lineage, used_numbers
from ilo_gis.subdivision.proof import Touched, areas_after, findings_after
from ilo_gis.subdivision.relay import joined, laid_out, numbered, stacked
from ilo_gis.subdivision.reserve_moves import reserves_after
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.street_edits import Land, edited_land
from ilo_gis.tables import Plan, empty

__all__ = ["Replanned", "replan", "replanned"]


def replan(
    plan: Plan,
    changes: Changes,
    brief: Brief,
    *,
    locked: Iterable[str] | pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Change a plan, and lay out again only what the change touches.

    Blocks are touched whose outline changes, that get another rule, become a reserve or are
    freed, or whose lots are merged or split. Every other row of every table keeps its id and
    every byte. In a touched block

    * locked lots stay, and so does every lot that comes out with the same shape;
    * new lots are numbered after the highest number there ever was in the block, new blocks are
      lettered after the last: an id never changes its meaning, and none is given twice. Which were
      given is known from the tables and from ``plan.lineage``: keep it;
    * a block that is parted keeps its letter where its locked lots are, else on its largest part;
    * names of neighbours (right, left, back) are told anew, of lots that stay too.

    Streets are changed by the land they take more or less than before, from 5 cm of width on: the
    rest of the street land keeps its edges. Land of a street that is dropped goes to the blocks
    beside it, which become one.

    Parameters
    ----------
    plan : Plan
        Any plan whose lots and reserves cover its blocks, and whose reserves are whole blocks.
    changes : Changes
        What is to change.
    brief : Brief
        The brief of the plan: rule and mode by which blocks are laid out again, widths of streets
        by class, shares of reserves.
    locked : iterable of str or DataFrame, optional
        Lots that never change, such as titled or occupied ones: their ids, or a table with
        ``lot_id`` or ``block_id`` (all lots of the block). They keep shape, id and number.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Plan
        The changed plan. ``findings`` of what was touched are judged again, ``reserve.share``
        among them; ``summary`` is that of the new plan; ``lineage`` has the lots that changed added
        to what it told before; ``indicators`` are empty, since they would be those of another plan.
        Where nothing is asked for, the plan itself.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If new streets cannot be used, or new lots would not join exactly, as beside corners of locked
        lots that are less than a millimetre from a side line.
    LockedError
        If a locked lot would have to change, or come to lie in a reserve.
    RuleError
        If an id is not one of the plan, or changes contradict each other. The ids are named.
    Cancelled
        If `progress` returned False.
    ExactnessError
        If land was lost: a fault of ilo_gis.

    References
    ----------
    RNE GH.020, articles 51 and 52 (names of blocks and lots). ISO 19152, Land Administration
    Domain Model: lineage of spatial units.

    Examples
    --------
    >>> from ilo_gis.subdivision import Brief, Changes, LotRule, replan
    >>> rule = LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> after = replan(plan, Changes(merge=[["K-5", "K-6"]]), Brief(rule=rule))
    >>> after.lots.at["K-21", "area"], after.lineage[["before", "after", "area"]].values.tolist()
    (320.0, [['K-5', 'K-21', 160.0], ['K-6', 'K-21', 160.0]])
    """
    return replanned(plan, changes, brief, locked=locked, progress=progress).plan


class Replanned(NamedTuple):
    """A changed plan, of which the lots are put together only where they are asked for.

    Attributes
    ----------
    others : Plan
        The changed plan, but with the lots before.
    old, new : GeoDataFrame
        Lots of touched blocks before and after; others are what they were, to the last byte.
    """

    others: Plan
    old: gpd.GeoDataFrame
    new: gpd.GeoDataFrame

    @property
    def plan(self) -> Plan:
        """The changed plan."""
        if self.new is self.old:
            return self.others
        return replace(self.others, lots=_inserted(self.others.lots, self.old, self.new))


def replanned(
    plan: Plan,
    changes: Changes,
    brief: Brief,
    *,
    locked: Iterable[str] | pd.DataFrame | None = None,
    judged: bool = True,
    progress: Progress | None = None,
) -> Replanned:
    """Change a plan as `replan` does, and tell which lots that touched.

    Parameters
    ----------
    plan, changes, brief, locked, progress
        As in `replan`.
    judged : bool
        Whether what was touched is judged again, and told; else, as for a preview, the changed plan
        has no findings at all, and lineage and area table of the plan before.

    Examples
    --------
    >>> from ilo_gis.subdivision import Brief, Changes, LotRule
    >>> rule = LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> done = replanned(plan, Changes(split={"K-1": 2}), Brief(rule=rule), judged=False)
    >>> len(done.old), len(done.new), len(done.plan.lots)
    (20, 21, 21)
    """
    held = locked_lots(plan, locked)
    require_possible(plan, changes, held)
    if changes.nothing:
        return Replanned(plan, *[plan.lots.iloc[:0]] * 2)
    go_on(progress, 0.0, "laying out streets")
    land = edited_land(plan, changes, brief, held, judged=judged)
    reserves = reserves_after(plan, changes, land)
    rules = _rules(plan, changes, brief, land, reserves)
    touched = _touched(plan, changes, land, reserves, rules)
    go_on(progress, 0.3, "laying out lots")
    old = plan.lots[plan.lots["block_id"].isin(touched)]
    new = _lots(plan, old, changes, brief, land, rules, held, within(progress, 0.3, 0.7))
    go_on(progress, 0.7, "checking")
    after = replace(
        plan,
        streets=land.streets,
        street_lines=land.street_lines,
        blocks=land.blocks,
        reserves=reserves,
        indicators=empty("indicators"),
        findings=plan.findings.iloc[:0],
    )
    if judged:
        found = findings_after(plan, after, Touched(old, new, land, rules), brief)
        told = _told(plan.lineage, lineage(old, new))
        after = replace(after, findings=found, lineage=told, summary=areas_after(plan, after, old, new))
    go_on(progress, 1.0, "handing over the plan")
    return Replanned(after, old, new.iloc[np.argsort(_places(plan.lots, old, new), kind="stable")])


def _rules(
    plan: Plan, changes: Changes, brief: Brief, land: Land, reserves: gpd.GeoDataFrame
) -> dict[str, LotRule]:
    """Return the blocks that are laid out again and their rules; a part of a block has that of the block."""
    before = set(plan.reserves["block_id"]) - set(land.gone)
    again = {*land.changed, *before, *changes.rules} - set(reserves["block_id"])
    rules = {}
    for block in land.blocks.index[land.blocks.index.isin(again)]:
        rules[block] = changes.rules.get(land.came_from(block), brief.rule)
    return rules


def _touched(
    plan: Plan, changes: Changes, land: Land, reserves: gpd.GeoDataFrame, rules: Mapping[str, LotRule]
) -> set[str]:
    """Return the blocks whose lots change; raise where lots of such a block are to be edited by hand."""
    taken = set(reserves["block_id"]) - set(plan.reserves["block_id"])
    touched = {*land.changed, *land.gone, *rules, *taken}
    block = plan.lots["block_id"].loc[changes.by_hand]
    if len(bad := block.index[block.isin(touched)]):
        raise RuleError(
            f"Lots to be merged or split lie in blocks that another change lays out again: "
            f"{', '.join(bad[:10])}. Do one after the other."
        )
    return touched | set(block)


def _lots(
    plan: Plan,
    old: gpd.GeoDataFrame,
    changes: Changes,
    brief: Brief,
    land: Land,
    rules: Mapping[str, LotRule],
    held: pd.Index,
    progress: Progress | None,
) -> gpd.GeoDataFrame:
    """Return the lots of touched blocks: those that stay, those cut again, and those made by hand."""
    by_hand = old.loc[changes.by_hand, "block_id"].unique()
    blocks = land.blocks.loc[[*rules, *by_hand], ["geometry"]]
    fronts = fronts_near(land.street_lines, blocks)
    own = old[old["block_id"].isin(by_hand)]
    stay = land.placed(old[old.index.isin(held) & ~old["block_id"].isin(by_hand)])
    made = [laid_out(land.blocks.loc[list(rules)], rules, stay, brief.mode, fronts, progress)]
    if len(by_hand):
        made.append(made_by_hand(own, land.blocks.loc[by_hand], changes, brief.rule, fronts))
    fresh = numbered(stacked(made), old[~old.index.isin(held)], used_numbers(old, plan.lineage))
    lots = stacked([own[~own.index.isin(changes.by_hand)], stay, fresh])
    if lots.empty:
        return old.iloc[:0]
    return joined(lots.reindex(columns=plan.lots.columns), blocks, held, brief.rule, fronts)


def _places(lots: gpd.GeoDataFrame, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the row where lots of the block of each new lot begin, or that behind the last."""
    row, block = lots.index.get_indexer(old.index), old["block_id"].to_numpy(dtype=object)
    first = dict(zip(block[::-1], row[::-1], strict=True))
    return np.array([first.get(name, len(lots)) for name in new["block_id"]], dtype=np.int64)


def _inserted(lots: gpd.GeoDataFrame, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put new lots, in their order, where those of their block were; of blocks without any, at the end."""
    row, at = lots.index.get_indexer(old.index), _places(lots, old, new)
    rows = np.delete(np.arange(len(lots)), row)
    # rows that stay are taken in runs, not one by one: a run costs nothing
    bounds = np.searchsorted(rows, np.union1d(row, at))
    runs = [
        (run[0], lots.iloc[run[0] : run[-1] + 1]) for run in np.split(rows, np.unique(bounds)) if len(run)
    ]
    groups = np.split(np.arange(len(at)), np.flatnonzero(np.diff(at)) + 1)
    made = [(at[group[0]], new.iloc[group]) for group in groups if len(group)]
    return stacked([table for _, table in sorted(made + runs, key=lambda pair: pair[0])] or [lots.iloc[:0]])


def _told(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Add what happened now to what is told already."""
    if before.empty or now.empty:
        return now if before.empty else before
    table = pd.concat([before, now], ignore_index=True)
    return table.set_axis(pd.RangeIndex(1, len(table) + 1, name="lineage"))
