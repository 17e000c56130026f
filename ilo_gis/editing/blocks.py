"""Blocks divided into lots: by rule, by count, by areas, along another axis, or by a hand-drawn line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.editing.edit import Edit
from ilo_gis.editing.figures import Totals
from ilo_gis.editing.planned import planned
from ilo_gis.errors import RuleError
from ilo_gis.progress import Progress
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import Plan

__all__ = ["divide_block"]

HAIR = 1e-3  # m from the side of a lot, up to which a line runs along it and does not cross it


def divide_block(  # noqa: PLR0913 (the ways to divide a block, and the words of every gesture)
    plan: Plan,
    block_id: str,
    brief: Brief,
    *,
    rule: LotRule | None = None,
    count: int | None = None,
    areas: Sequence[float] | None = None,
    axis: float | None = None,
    line: shapely.LineString | None = None,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Divide a block into lots again.

    By a rule, into a number of lots, or into lots of given areas: locked lots, and lots that come
    out with the same shape, stay. By a line that is drawn by hand: each lot that the line crosses
    is split by it, and the others stay. Land of a block that has no lots yet is one lot before the
    line is drawn, so that it becomes the two lots (or more) that the line makes of it.

    Parameters
    ----------
    plan : Plan
        The plan.
    block_id : str
        The block.
    brief : Brief
        The brief of the plan; its rule holds where `rule` is not given.
    rule : LotRule, optional
        What the lots must be.
    count : int, optional
        Number of lots.
    areas : sequence of float, optional
        Areas of lots in m2, in their order along the outline of the block.
    axis : float, optional
        Direction of the rows, azimuth in degrees clockwise from grid north.
    line : LineString, optional
        Line right across the block or some of its lots, in the CRS of the plan.
    locked : Series of str, optional
        Why a lot must not change, by ``lot_id``.
    preview : Totals, optional
        What the plan measures, if the edit is only to be shown: it comes the quicker, as `planned` tells.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of ``lots``, with figures, and findings.

    Raises
    ------
    RuleError
        If there is no such block, it is a reserve, the rule contradicts itself, a line is given
        beside a rule, or it crosses no lot from side to side.
    LockedError
        If the line crosses locked lots; with their reasons.

    References
    ----------
    RNE TH.010, article 9.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> len(divide_block(plan, "K", brief, count=8).changes["lots"].come)
    8
    >>> across = shapely.LineString([(36, -1), (36, 41)])
    >>> divide_block(plan, "K", brief, line=across).changes["lots"].after.area.tolist()[-4:]
    [80.0, 80.0, 80.0, 80.0]
    """
    if block_id not in plan.blocks.index:
        raise RuleError(f"The plan has no block {block_id}. Look the id up in its table of blocks.")
    if (plan.reserves["block_id"] == block_id).any():
        raise RuleError(f"Block {block_id} is a reserve. Free it first, then divide it.")
    if line is None:
        changes = Changes(rules={block_id: _ruled(rule or brief.rule, count, areas, axis)})
        start = None
    elif rule is not None or count is not None or areas is not None or axis is not None:
        raise RuleError("A block is divided by a line, or by rule, count, areas and axis: give one of them.")
    else:
        start = _with_land(plan, block_id)
        changes = Changes(split=dict.fromkeys(_crossed(start or plan, block_id, line), line))
    return planned(
        "block.divide", plan, changes, brief, start=start, ids=[block_id], locked=locked, preview=preview,
        progress=progress,
    )  # fmt: skip


def _ruled(rule: LotRule, count: int | None, areas: Sequence[float] | None, axis: float | None) -> LotRule:
    """Return a rule with what is told of the number, areas or direction of lots instead of its own."""
    if count is not None or areas is not None:
        rule = replace(rule, count=None, areas=(), target_area=None, target_frontage=None)
        rule = replace(rule, count=count, areas=() if areas is None else tuple(areas))
    return rule if axis is None else replace(rule, axis=axis)


def _crossed(plan: Plan, block_id: str, line: shapely.LineString) -> pd.Index:
    """Return the lots of a block that a line runs through."""
    lots = plan.lots[plan.lots["block_id"] == block_id]
    shapes = np.asarray(lots.geometry.array, dtype=object)
    crossed = lots.index[shapely.intersects(shapely.buffer(shapes, -HAIR, join_style="mitre"), line)]
    if crossed.empty:
        raise RuleError(f"The line crosses no lot of block {block_id}. Draw it right across the block.")
    return crossed


def _with_land(plan: Plan, block_id: str) -> Plan | None:
    """Return a plan in which a block without lots is one lot; None if the block has any."""
    if (plan.lots["block_id"] == block_id).any():
        return None
    shape = plan.blocks.geometry.at[block_id]
    row = gpd.GeoDataFrame(
        {"block_id": [block_id], "kind": "lot"}, geometry=[shape], index=[f"{block_id}-0"], crs=plan.lots.crs
    )
    row = row.rename_axis("lot_id").reindex(columns=plan.lots.columns).astype(plan.lots.dtypes)
    return replace(plan, lots=pd.concat([plan.lots, row]))
