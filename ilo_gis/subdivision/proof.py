"""What must be proved and told again of a plan after a change, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.subdivision.accounts import ellipsoidal_area
from ilo_gis.subdivision.assembly import reserve_base
from ilo_gis.subdivision.blocks import StreetLayout
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.fronts import fronts_near
from ilo_gis.subdivision.quality import DRAWN, check_blocks, check_lots
from ilo_gis.subdivision.reserve_checks import check_reserves
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.street_edits import Land
from ilo_gis.tables import Plan, conform, empty, findings, join_findings

__all__ = ["Touched", "areas_after", "findings_after"]

_OF_RESERVES = [f"reserve.{name}" for name in ("share", "money", "smallest", "width", "street", "one_piece")]


class Touched(NamedTuple):
    """Lots of touched blocks before and after, the land after, and rules of blocks laid out again."""

    old: gpd.GeoDataFrame
    new: gpd.GeoDataFrame
    land: Land
    rules: Mapping[str, LotRule]


def areas_after(before: Plan, after: Plan, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the area table after a change: only what changed is measured.

    Parameters
    ----------
    before, after : Plan
        The plan before, with its area table, and after. Where it has none, there is none after.
    old, new : GeoDataFrame
        Lots of the touched blocks before and after.

    Returns
    -------
    DataFrame
        Table ``summary``.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> lot = plan.lots.iloc[:1]
    >>> bool((areas_after(plan, plan, lot, lot) - plan.summary).abs().max().max() < 1e-6)
    True
    """
    table = before.summary.copy()
    if table.empty:
        return table
    lot_before, lot_after = ((layer["kind"] == "lot").to_numpy() for layer in (old, new))
    changed = {
        "lots": (old[lot_before], new[lot_after]),
        "remnants": (old[~lot_before], new[~lot_after]),
    }
    for item in ("reserves", "streets"):
        then, now = getattr(before, item), getattr(after, item)
        if now is not then:
            changed[item] = _changed(then, now), _changed(now, then)
    columns = ["count", "area", "ellipsoidal_area"]
    values = table[columns].to_numpy(dtype=float, copy=True)
    for item, (gone, came) in changed.items():
        values[table.index.get_loc(item)] += _sums(came) - _sums(gone)
    site = table.index.get_loc("site")
    values[site, 1:] = np.delete(values, site, axis=0)[:, 1:].sum(axis=0)
    area, whole = values[:, 1], values[site, 1]
    share = 100 * area / whole if whole else np.zeros(len(area))
    table = table.assign(**dict(zip(columns, values.T, strict=True)), share=share)
    return conform(table, "summary")


def _changed(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows that are not in the other table, or have another shape there."""
    same = other.geometry.reindex(one.index)
    return one[~shapely.equals_identical(one.geometry.to_numpy(), same.to_numpy())]


def _sums(layer: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return how many there are, their area, and that on the ellipsoid."""
    shapes = np.asarray(layer.geometry.array, dtype=object)
    return np.array([len(layer), shapely.area(shapes).sum(), ellipsoidal_area(shapes, layer.crs).sum()])


def findings_after(before: Plan, after: Plan, touched: Touched, brief: Brief) -> gpd.GeoDataFrame:
    """Return findings after a change: those of what was not touched, and of what was, judged again.

    Parameters
    ----------
    before, after : Plan
        The plan before and after.
    touched : Touched
        What was touched.
    brief : Brief
        Rule, greatest length of blocks, and shares of reserves.

    Returns
    -------
    GeoDataFrame
        Table ``findings``.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(160.0, 8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule)
    >>> after = ilo_gis.subdivision.replan(plan, ilo_gis.subdivision.Changes(split={"K-1": 2}), brief)
    >>> after.findings["rule"].value_counts().to_dict()
    {'lot.min_area': 2, 'lot.min_frontage': 2}
    """
    old, new, land, rules = touched
    found = before.findings
    blocks = pd.Index([*old["block_id"], *new["block_id"], *rules], dtype=object).unique()
    outlines = [*land.changed, *land.gone]
    table, feature = found["table"].astype(str), found["feature"].astype(str)
    # lots that stay while others of their block are edited by hand are not judged by another rule
    steady = new.index[new.index.isin(old.index) & ~new["block_id"].isin(list(rules))]
    stale = (table == "lots") & feature.isin(old.index.difference(steady))
    stale |= (table == "blocks") & (feature.isin(outlines) | (feature.isin(blocks) & _of_lots(found["rule"])))
    stale |= found["rule"].isin(_OF_RESERVES)
    if _walked(before, after):
        stale |= found["rule"] == "reserve.reach"
    kept = found[~stale] if stale.any() else found
    kept = land.dead_ends(kept)
    fresh = [
        *(told[~told["feature"].isin(steady)] for told in _judged(after, new, rules, brief)),
        check_blocks(after.blocks.loc[after.blocks.index.isin(land.changed)]),
        _long(after.blocks.loc[after.blocks.index.isin(land.changed)], brief),
        _reserves(before, after, brief),
        land.told,
    ]
    if kept is found and not any(len(part) for part in fresh):
        return found
    return join_findings(kept, *fresh)


def _of_lots(rule: pd.Series) -> pd.Series:
    return rule.isin(["block.cover", "block.no_lot"])


def _judged(
    after: Plan, new: gpd.GeoDataFrame, rules: Mapping[str, LotRule], brief: Brief
) -> list[gpd.GeoDataFrame]:
    """Check lots of touched blocks, each by the rule of its block."""
    block = new["block_id"].astype(object)
    each = {name: rules.get(name, brief.rule) for name in [*block.unique(), *rules]}
    parts = []
    for rule in dict.fromkeys(each.values()):
        own = after.blocks.loc[after.blocks.index.isin([name for name, mine in each.items() if mine == rule])]
        lots = new[block.isin(own.index)]
        bare = own[~own.index.isin(lots.loc[lots["kind"] == "lot", "block_id"])]
        least = f"{rule.min_area:g} m2, {rule.min_frontage:g} m"
        said = {"detail": least, "article": rule.article}
        no_lot = findings("blocks", bare, "block.no_lot", required=1, found=0, **said)
        parts += [check_lots(lots, rule, blocks=own, streets=fronts_near(after.street_lines, own)), no_lot]
    return parts


def _long(blocks: gpd.GeoDataFrame, brief: Brief) -> gpd.GeoDataFrame:
    """Find new blocks that are longer than the brief lets them be."""
    limit = brief.max_block_length
    long = blocks[blocks["length"] > limit + DRAWN]
    return findings("blocks", long, "block.length", required=limit, found=long["length"])


def _reserves(before: Plan, after: Plan, brief: Brief) -> gpd.GeoDataFrame:
    """Check reserves again; walks to parks only where streets or reserves changed."""
    if not brief.shares:
        return empty("findings", after.blocks.crs)
    layout = StreetLayout(after.streets, after.street_lines, after.blocks, after.findings)
    return check_reserves(
        after.blocks,
        after.street_lines,
        after.streets,
        after.reserves,
        brief,
        base=reserve_base(layout),
        walks=_walked(before, after),
    )


def _walked(before: Plan, after: Plan) -> bool:
    """Return whether walks to parks may have changed."""
    return after.reserves is not before.reserves or after.street_lines is not before.street_lines
