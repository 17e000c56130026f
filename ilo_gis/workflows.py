"""Whole jobs, made of the tools of several domains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis import scale
from ilo_gis.errors import GeometryError, RuleError
from ilo_gis.geometry.measure import sides
from ilo_gis.norms import Norms
from ilo_gis.norms import load as load_norms
from ilo_gis.progress import Progress, go_on, within
from ilo_gis.subdivision.accounts import area_table
from ilo_gis.subdivision.assembly import assembled
from ilo_gis.subdivision.blocks import layout_streets
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.ground_plan import starting_point
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.numbering import letter
from ilo_gis.subdivision.planning import best_first, designs_of, search, search_jobs
from ilo_gis.subdivision.quality import check, check_blocks, check_lots
from ilo_gis.subdivision.reserves import reserve_blocks
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.zones import name_rules
from ilo_gis.tables import (
    Elevation,
    Plan,
    conform,
    empty,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)
from ilo_gis.tables.facts import facts_of, with_facts

__all__ = ["lots_from_streets", "lots_in_blocks", "plan_alternatives"]

LARGE = 200_000.0  # m2; smaller sites are searched before other processes have started

Rule = LotRule | Mapping[str, LotRule]


def lots_from_streets(
    streets: gpd.GeoDataFrame,
    rule: Rule,
    *,
    site: gpd.GeoDataFrame | None = None,
    reserves: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
    keep: gpd.GeoDataFrame | None = None,
    mode: str = "clean",
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
    rule : LotRule or mapping of str to LotRule
        What a lot must be; of several by name, that of the zone of the block.
    site : GeoDataFrame, optional
        Polygons to stay within. By default the land that the streets enclose.
    reserves : GeoDataFrame, optional
        Polygons of parks, schools and the like; blocks mostly covered by them get no lots.
    zones : GeoDataFrame, optional
        Polygons whose column ``rule`` names the rule of the blocks they cover most of; other
        blocks have the first rule.
    keep : GeoDataFrame, optional
        Lots that stay as they are, as polygons inside the blocks.
    mode : {"clean", "most"}
        How lots are cut, as in `cut_lots`.
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
    blocks = _ruled(land.blocks, rule, zones)
    kept = empty("reserves", streets.crs) if reserves is None else reserve_blocks(blocks, reserves)
    free = blocks.drop(index=kept["block_id"])
    lots = _cut(free, rule, None, keep, mode, workers=workers, progress=within(progress, 0.3, 0.8))
    go_on(progress, 0.8, "checking")
    summary = area_table(land.streets, lots, kept)
    summary = _with_origin(summary, norms, rule, [streets, site, reserves, zones, keep])
    plan = Plan(land.streets, land.street_lines, blocks, kept, lots, land.findings, summary)
    found = join_findings(check(plan, rule, norms), land.findings, _unfit(plan, rule))
    go_on(progress, 1.0, "finishing")
    return Plan(**(vars(plan) | {"findings": found}))


def lots_in_blocks(
    blocks: gpd.GeoDataFrame,
    rule: Rule,
    *,
    streets: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
    keep: gpd.GeoDataFrame | None = None,
    mode: str = "clean",
    norms: Mapping[str, Any] | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Plan:
    """Cut given blocks into lots, and check them.

    Parameters
    ----------
    blocks : GeoDataFrame
        Polygons in metres, with unique ids as index. The parts of a block in several parts become
        blocks of their own (``A.1``, ``A.2``). A column ``rule`` may name the rule of each.
    rule : LotRule or mapping of str to LotRule
        What a lot must be.
    streets : GeoDataFrame, optional
        Street land as polygons, as in `cut_lots`. By default the whole outline of a block is front.
    zones : GeoDataFrame, optional
        Polygons whose column ``rule`` names the rule of the blocks they cover most of; other
        blocks have the first rule.
    keep : GeoDataFrame, optional
        Lots that stay as they are, as polygons inside the blocks.
    mode : {"clean", "most"}
        How lots are cut, as in `cut_lots`.
    norms : mapping of str to Norm, optional
        Norms in force, for the length of blocks.
    workers : int
        Processes that lay out lots, as in `lots_from_streets`.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Plan
        Blocks, lots, findings and the area table; no streets, since blocks need not fit them.

    Raises
    ------
    CRSError, GeometryError, SchemaError, RuleError
        If the input cannot be used; the message says what to do.
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = lots_in_blocks(blocks, ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0))
    >>> plan.summary["count"].to_dict()
    {'lots': 20, 'remnants': 0, 'reserves': 0, 'streets': 0, 'site': 1}
    """
    go_on(progress, 0.0, "reading blocks")
    given = [blocks, streets, zones, keep]
    blocks = _ruled(_block_table(blocks), rule, zones)
    lots = _cut(blocks, rule, streets, keep, mode, workers=workers, progress=within(progress, 0.1, 0.8))
    go_on(progress, 0.8, "checking")
    crs = blocks.crs
    summary = _with_origin(area_table(empty("streets", crs), lots), norms, rule, given)
    none = {name: empty(name, crs) for name in ("streets", "street_lines", "reserves", "findings")}
    plan = Plan(blocks=blocks, lots=lots, summary=summary, **none)
    found = join_findings(
        check_lots(lots, rule, blocks=blocks, streets=streets),
        check_blocks(blocks, norms),
        _unfit(plan, rule),
    )
    go_on(progress, 1.0, "finishing")
    return Plan(**(vars(plan) | {"findings": found}))


def plan_alternatives(
    site: gpd.GeoDataFrame,
    brief: Brief,
    streets: gpd.GeoDataFrame | None = None,
    constraints: gpd.GeoDataFrame | None = None,
    slope: Elevation | None = None,
    locked: gpd.GeoDataFrame | None = None,
    *,
    norms: Mapping[str, Any] | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> dict[str, Plan]:
    """Plan a bare site in several ways that differ, searched by several processes.

    Parameters
    ----------
    site, brief, streets, constraints, slope, locked, norms
        As in `subdivision.plan_site`.
    workers : int
        Processes that search; the plans are the same. A script that asks for more than one needs
        ``if __name__ == "__main__":`` round its work.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    dict of str to Plan
        ``"A"`` is the best, then ``"B"`` and so on.

    Raises
    ------
    CRSError, GeometryError, SchemaError, RuleError
        If the input cannot be used; the message says what to do.
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(254000, 8047000, 254240, 8047300)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> plans = plan_alternatives(site, ilo_gis.subdivision.Brief(rule=rule, alternatives=2))
    >>> list(plans)
    ['A', 'B']
    """
    known = load_norms("pe") if norms is None else norms
    start = starting_point(site, brief, streets, constraints, locked, slope)
    jobs = [
        scale.Job(f"cell {cell + 1}", (cell, share), start.cells[cell].land.area)
        for cell, share in search_jobs(start)
    ]
    several = workers > 1 and start.site.area.sum() > LARGE
    engine = "process" if several else "serial"
    look = partial(search, start=start, brief=brief, slope=slope)
    told = _saying(progress, 0.0, 0.6, "searching street patterns")
    tried = scale.do(look, jobs, engine, workers=workers, progress=told)
    make = partial(assembled, start=start, brief=brief, norms=known, slope=slope)
    chosen = designs_of(start, tried, brief.alternatives, unlike=True)
    designs = [scale.Job(f"plan {k}", one) for k, one in enumerate(chosen, 1)]
    told = _saying(progress, 0.6, 1.0, "laying out plans")
    plans = scale.do(make, designs, engine, workers=workers, progress=told)
    origin = partial(_with_origin, norms=known, rule=brief.rule)
    given = {"site": site, "streets": streets, "constraints": constraints, "locked": locked}
    return {
        letter(k): replace(plan, summary=origin(plan.summary, given=given.values()))
        for k, plan in enumerate(best_first(plans, brief), 1)
    }


def _with_origin(
    summary: pd.DataFrame, norms: Mapping[str, Any] | None, rule: Rule, given: Iterable[object]
) -> pd.DataFrame:
    """Return the area table of a plan, which tells what the plan was made from and by which norms."""
    told = facts_of(*given)
    if isinstance(norms, Norms):
        newest = max(norm.since for norm in norms.values())
        told["norms"] = f"{norms.country}, in force on {norms.on}: {len(norms)}, the newest of {newest}"
    rules = [rule] if isinstance(rule, LotRule) else list(rule.values())
    if articles := dict.fromkeys(one.article for one in rules if one.article):
        told["articles"] = "; ".join(articles)
    return with_facts(summary, told)


def _saying(progress: Progress | None, start: float, stop: float, text: str) -> Progress | None:
    """Return progress over a part of the work, in words of its own."""
    told = within(progress, start, stop)
    return None if told is None else lambda share, _: told(share, text)


def _ruled(blocks: gpd.GeoDataFrame, rule: Rule, zones: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    if not isinstance(rule, LotRule):
        return name_rules(blocks, rule, zones)
    if zones is not None:
        raise RuleError("Zones name rules, but one rule is given for all. Give several by name, or no zones.")
    return blocks


def _block_table(blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return polygons of any source as the table ``blocks``."""
    require_metres(blocks, "blocks")
    require_geometry(blocks, "Polygon", "MultiPolygon", name="blocks")
    parts, of = shapely.get_parts(np.asarray(blocks.geometry.array), return_index=True)
    parts = shapely.force_2d(parts)
    count = np.bincount(of, minlength=len(blocks))
    which = np.arange(len(of)) - (np.cumsum(count) - count)[of] + 1
    ids = [
        f"{k}.{n}" if several else str(k)
        for k, n, several in zip(blocks.index[of], which, count[of] > 1, strict=True)
    ]
    long, short = sides(parts)
    table = blocks.iloc[of].set_axis(pd.Index(ids, dtype=object)).set_geometry(parts, crs=blocks.crs)
    measures = {"area": shapely.area(parts), "perimeter": shapely.length(parts)}
    return conform(table.assign(**measures, length=long, width=short), "blocks")


def _cut(
    blocks: gpd.GeoDataFrame,
    rule: Rule,
    streets: gpd.GeoDataFrame | None,
    keep: gpd.GeoDataFrame | None,
    mode: str,
    *,
    workers: int,
    progress: Progress | None,
) -> gpd.GeoDataFrame:
    told = None if progress is None else lambda share, _: progress(share, "laying out lots")
    stay = None if keep is None else _placed(keep, blocks)
    work = partial(_part, rule=rule, streets=streets, keep=stay, mode=mode)
    return scale.run(blocks, work, workers=workers, progress=told)


def _part(blocks: gpd.GeoDataFrame, *, keep: gpd.GeoDataFrame | None, **options: Any) -> gpd.GeoDataFrame:
    """Cut some of the blocks, with the lots that stay in these."""
    own = None if keep is None else keep[keep["block_id"].isin(blocks.index)]
    return cut_lots(blocks, keep=own, **options)


def _placed(keep: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return lots that stay as plain polygons, with the block that each lies in."""
    require_same_crs(blocks=blocks, keep=keep)
    require_geometry(keep, "Polygon", "MultiPolygon", name="keep")
    shapes = shapely.force_2d(np.asarray(keep.geometry.array, dtype=object))
    single = shapely.get_num_geometries(shapes) == 1
    shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    land = np.asarray(blocks.geometry.array, dtype=object)
    lot, block = shapely.STRtree(land).query(shapely.point_on_surface(shapes), predicate="intersects")
    own = np.full(len(keep), -1)
    own[lot] = block
    for bad, fault in ((~single, "have several parts"), (own < 0, "lie in no block that gets lots")):
        if bad.any():
            names = ", ".join(map(str, keep.index[bad][:5]))
            raise GeometryError(
                f"{bad.sum()} lots that stay {fault}: {names}. Correct them at their source, or leave them "
                "out."
            )
    placed = keep.set_geometry(shapes, crs=keep.crs)
    placed["block_id"] = blocks.index.to_numpy()[own]
    if "number" in placed:
        placed["number"] = pd.to_numeric(placed["number"], errors="coerce").astype("Int64")
    return placed


def _unfit(plan: Plan, rule: Rule) -> gpd.GeoDataFrame:
    """Tell which blocks hold no legal lot, so that a rule that fits nowhere does not pass in silence."""
    used = [plan.lots.loc[plan.lots["kind"] == "lot", "block_id"], plan.reserves["block_id"]]
    bare = plan.blocks[~plan.blocks.index.isin(pd.concat(used))]
    each = (
        [(rule, bare)]
        if isinstance(rule, LotRule)
        else [(r, bare[bare["rule"] == n]) for n, r in rule.items()]
    )
    told = []
    for one, some in each:
        least = f"{one.min_area:g} m2, {one.min_frontage:g} m"
        told.append(
            findings("blocks", some, "block.no_lot", detail=least, article=one.article, required=1, found=0)
        )
    return join_findings(*told)
