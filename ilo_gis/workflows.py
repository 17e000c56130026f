"""Whole jobs, made of the tools of several domains."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import geopandas as gpd
import pandas as pd

from ilo_gis import scale
from ilo_gis.progress import Progress, go_on, within
from ilo_gis.subdivision.accounts import area_table
from ilo_gis.subdivision.blocks import layout_streets
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.quality import check
from ilo_gis.subdivision.reserves import reserve_blocks
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import Plan, empty, findings, join_findings

__all__ = ["lots_from_streets"]


def lots_from_streets(
    streets: gpd.GeoDataFrame,
    rule: LotRule,
    *,
    site: gpd.GeoDataFrame | None = None,
    reserves: gpd.GeoDataFrame | None = None,
    width: float | str | Mapping[str, float] = 12.0,
    norms: Mapping[str, Any] | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    **street_options: Any,
) -> Plan:
    """Lay out and check the lots between existing streets.

    Parameters
    ----------
    streets : GeoDataFrame
        Street centre lines in metres, as dirty as they come.
    rule : LotRule
        What a lot must be.
    site : GeoDataFrame, optional
        Polygons to stay within. By default the land that the streets enclose.
    reserves : GeoDataFrame, optional
        Polygons of parks, schools and the like; blocks mostly covered by them get no lots.
    width : float, str or mapping
        Width of the streets in m, the column that has it, or the width for each class.
    norms : mapping of str to Norm, optional
        Norms in force, for the length of blocks.
    workers : int
        Processes that lay out lots; the result is the same. A script that asks for more than one
        needs ``if __name__ == "__main__":`` round its work.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.
    **street_options
        Further options of `layout_streets`, such as ``tolerance``.

    Returns
    -------
    Plan
        Streets, blocks, reserves, lots, findings (dirt met in the streets, and the result of `check`), and
        the area table.

    Raises
    ------
    CRSError, GeometryError, SchemaError, RuleError
        If the input cannot be used; the message says what to do.
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> streets = ilo_gis.io.sample("pampa_streets").head(60)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0)
    >>> plan = lots_from_streets(streets, rule, width="width")
    >>> round(plan.summary.at["site", "share"])
    100
    """
    go_on(progress, 0.0, "cleaning streets")
    land = layout_streets(streets, site, width, **street_options)
    kept = empty("reserves", streets.crs) if reserves is None else reserve_blocks(land.blocks, reserves)
    free = land.blocks.drop(index=kept["block_id"])
    inner = within(progress, 0.3, 0.8)
    told = None if inner is None else lambda share, _: inner(share, "laying out lots")
    lots = scale.run(free, partial(cut_lots, rule=rule), workers=workers, progress=told)
    go_on(progress, 0.8, "checking")
    summary = area_table(land.streets, lots, kept)
    plan = Plan(land.streets, land.street_lines, land.blocks, kept, lots, land.findings, summary)
    found = join_findings(check(plan, rule, norms), land.findings, _unfit(plan, rule))
    go_on(progress, 1.0, "finishing")
    return Plan(**(vars(plan) | {"findings": found}))


def _unfit(plan: Plan, rule: LotRule) -> gpd.GeoDataFrame:
    """Tell which blocks hold no legal lot, so that a rule that fits nowhere does not pass in silence."""
    used = [plan.lots.loc[plan.lots["kind"] == "lot", "block_id"], plan.reserves["block_id"]]
    bare = plan.blocks[~plan.blocks.index.isin(pd.concat(used))]
    least = f"{rule.min_area:g} m2, {rule.min_frontage:g} m"
    return findings("blocks", bare, "block.no_lot", detail=least, article=rule.article, required=1, found=0)
