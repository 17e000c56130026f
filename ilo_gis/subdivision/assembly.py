"""From designs of cells to one plan: streets and blocks, reserves, lots, and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.joining import joining
from ilo_gis.geometry.network import connected
from ilo_gis.geometry.rim import ways_through
from ilo_gis.geometry.slices import NEAR, with_points
from ilo_gis.progress import Progress, go_on, within
from ilo_gis.subdivision.accounts import area_table
from ilo_gis.subdivision.blocks import StreetLayout, front_streets, layout_streets
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.design import Sizes, led_on
from ilo_gis.subdivision.facility_sites import facility_sites, with_uses
from ilo_gis.subdivision.grades import check_grades, street_grades
from ilo_gis.subdivision.ground_plan import Start
from ilo_gis.subdivision.indicators import indicators
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.names import name_streets
from ilo_gis.subdivision.park_ground import cut_long, lots_after, streets_to_leave_out
from ilo_gis.subdivision.quality import DRAWN, check_blocks, check_cover, check_lots
from ilo_gis.subdivision.reserve_land import place_reserves
from ilo_gis.subdivision.search import Tried
from ilo_gis.subdivision.staying import clear_letters, with_staying
from ilo_gis.subdivision.street_figures import collector_land
from ilo_gis.tables import Elevation, Plan, conform, empty, findings, join_findings

__all__ = ["assembled"]

Lines = NDArray[np.object_]

ROUNDS = 12  # of streets that join others and of passages through long blocks; each halves them
SPARE = 1.01  # of the largest park: joined blocks are a little smaller than estimated
BESIDE = 30.0  # m; farther from a block than half the widest street, its end is at the edge of the land
SNAP = 0.05  # m; ends of designed streets this close to others join them


def assembled(
    designs: list[Tried],
    start: Start,
    brief: Brief,
    norms: Mapping[str, Any],
    slope: Elevation | None,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan that designs of all cells make together."""
    go_on(progress, 0.0, "laying out streets and blocks")
    layout = _layout(start, designs, brief)
    go_on(progress, 0.1, "placing reserves")
    layout, reserves = _reserved(layout, start, brief, norms)
    go_on(progress, 0.3, "laying out lots")
    fronts = front_streets(layout.street_lines)
    layout, keep = with_staying(layout, start, fronts)
    free = layout.blocks.drop(index=reserves["block_id"])
    told = within(progress, 0.3, 0.8)
    lots = cut_lots(free, brief.rule, streets=fronts, keep=keep, mode=brief.mode, progress=told)
    reserves = _meeting(reserves, lots)
    go_on(progress, 0.8, "checking")
    told = _without_turns(layout.findings, designs, brief)
    lines = _with_curbs(name_streets(layout.street_lines), norms)
    if slope is not None:
        lines = street_grades(lines, slope)
    plan = Plan(
        streets=layout.streets,
        street_lines=lines,
        blocks=layout.blocks,
        reserves=reserves,
        lots=lots,
        findings=told,
        summary=area_table(layout.streets, lots, reserves),
        losses=start.losses,
    )
    return proved(plan, brief, norms, slope, fronts)


def _layout(start: Start, designs: list[Tried], brief: Brief) -> StreetLayout:
    """Return streets and blocks of given and new centre lines together."""
    new = [one.design for one in designs if len(one.design.lines)]
    given = start.streets[["street_class", "width", "name", "geometry"]]
    lines = _joined(given, *(_fresh(d.lines, d.street_class, d.width, given.crs) for d in new))
    for _ in range(ROUNDS):
        layout = _laid_out(lines, start, start.findings)
        more = [_joints(layout, start, brief), _ways(layout, lines, brief)]
        if not sum(map(len, more)):
            break
        lines = _joined(lines, more[0] if len(more[0]) else more[1])
    return layout


def _joints(layout: StreetLayout, start: Start, brief: Brief) -> gpd.GeoDataFrame:
    """Return streets that join those that are apart on one piece of land."""
    streets, land = (np.asarray(t.geometry.array, dtype=object) for t in (layout.street_lines, start.site))
    sizes = Sizes.of(brief)
    ways = joining(streets, land, sizes.depth + sizes.street / 2, sizes.street / 2)
    return _fresh(led_on(ways), "secondary", sizes.street, layout.blocks.crs)


def _ways(layout: StreetLayout, lines: gpd.GeoDataFrame, brief: Brief) -> gpd.GeoDataFrame:
    """Return passages through blocks that came out too long."""
    long = layout.blocks[layout.blocks["length"] > brief.max_block_length + DRAWN]
    blocks, streets = (np.asarray(t.geometry.array, dtype=object) for t in (long, lines))
    ways = led_on(ways_through(blocks, streets, BESIDE))
    return _fresh(ways, "passage", brief.width("passage"), lines.crs)


def _laid_out(lines: gpd.GeoDataFrame, start: Start, told: gpd.GeoDataFrame) -> StreetLayout:
    layout = layout_streets(
        lines, start.site, "width", tolerance=SNAP, class_column="street_class", name_column="name"
    )
    # new lines cross each other and end on others on purpose: only their dead ends are worth a word
    ends = layout.findings[layout.findings["rule"] == "streets.dead_end"]
    told = told[told["rule"] != "streets.dead_end"]
    blocks = clear_letters(layout.blocks, start.locked)
    return StreetLayout(layout.streets, layout.street_lines, blocks, join_findings(told, ends))


def _with_curbs(street_lines: gpd.GeoDataFrame, norms: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Add the least radius of kerbs that the norms set by class of street."""
    norm = norms.get("gh020.curb_radius")
    if norm is None:
        return street_lines
    radius = street_lines["street_class"].astype(object).map(norm.value).astype(float)
    return conform(street_lines.assign(curb_radius=radius), "street_lines")


def _without_turns(told: gpd.GeoDataFrame, designs: list[Tried], brief: Brief) -> gpd.GeoDataFrame:
    """Leave out the dead ends that were wanted: those in a turning circle."""
    turns = shapely.union_all([point for one in designs for point in one.design.turns])
    wanted = shapely.dwithin(np.asarray(told.geometry.array, dtype=object), turns, brief.turning_circle)
    return join_findings(told[~((told["rule"] == "streets.dead_end") & wanted)])


def _fresh(lines: Lines, street_class: Any, width: Any, crs: Any) -> gpd.GeoDataFrame:
    columns = {"street_class": street_class, "width": width, "name": pd.Series(dtype="string")}
    return gpd.GeoDataFrame(columns, geometry=lines, index=range(len(lines)), crs=crs)


def _joined(*parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return pd.concat([part for part in parts if len(part)] or [parts[0]], ignore_index=True)


def _reserved(
    layout: StreetLayout, start: Start, brief: Brief, norms: Mapping[str, Any]
) -> tuple[StreetLayout, gpd.GeoDataFrame]:
    """Return streets and blocks with land for parks, schools and other uses placed, and that land."""
    crs = layout.blocks.crs
    if not brief.shares or layout.blocks.empty:
        return layout, empty("reserves", crs)
    base, parks = reserve_base(layout), brief.parks
    green = base * sum(share for kind, share in brief.shares.items() if kind in parks.parks)
    lots = _lots_by_block(layout, brief)
    total = float(lots.sum())
    if green:
        large = layout.blocks.area.sum() + layout.streets.area.sum() > parks.one_piece_over
        piece = SPARE * parks.one_piece * green if large else 0.0
        out = streets_to_leave_out(
            layout.blocks, layout.street_lines, lots, area=piece, green=green, reach=parks.reach
        )
        if len(out):
            before = layout.blocks
            layout = _laid_out(layout.street_lines.drop(index=out), start, layout.findings)
            lots = lots_after(before, layout.blocks, lots)
    areas = {kind: share * base for kind, share in brief.shares.items()}
    kept = 1 - sum(areas.values()) / layout.blocks.area.sum()  # of the lots, beside reserves
    persons = brief.persons * total * max(kept, 0.0)
    largest = float(layout.blocks["area"].where(lots > 0, 0).max())
    least = parks.smallest
    pieces = facility_sites(norms, persons, areas, smallest=least, largest=largest)
    land = place_reserves(
        layout.blocks, layout.street_lines, layout.streets, brief, base=base, lots=lots, pieces=pieces
    )
    blocks, streets, reserves = cut_long(land.blocks, land.streets, land.reserves, brief.max_block_length)
    reserves, lacking = with_uses(reserves, norms, persons, areas, least)
    told = join_findings(layout.findings, land.findings, lacking)
    return StreetLayout(streets, layout.street_lines, blocks, told), reserves


def _meeting(reserves: gpd.GeoDataFrame, lots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return reserves with the vertices of the lots beside them, where no street is between."""
    if reserves.empty:
        return reserves
    shapes, others = (np.asarray(t.geometry.array, dtype=object) for t in (reserves, lots))
    beside = np.unique(shapely.STRtree(shapes).query(others, "dwithin", NEAR)[0])
    met = with_points(shapes, shapely.get_coordinates(others[beside]))
    return reserves.set_geometry(gpd.GeoSeries(met, reserves.index, crs=reserves.crs))


def _lots_by_block(layout: StreetLayout, brief: Brief) -> pd.Series:
    lots = cut_lots(layout.blocks, brief.rule, streets=front_streets(layout.street_lines))
    count = lots.loc[lots["kind"] == "lot", "block_id"].value_counts()
    # joined blocks longer than a block may be are good for parks only
    return count.reindex(layout.blocks.index, fill_value=0).where(
        layout.blocks["length"] <= brief.max_block_length + DRAWN, 0
    )


def reserve_base(layout: StreetLayout | Plan) -> float:
    """Return the area that shares of reserves are of: all land less that of collectors and larger roads.

    References
    ----------
    RNE TH.010, article 10.
    """
    streets, blocks = (np.asarray(t.geometry.array, dtype=object) for t in (layout.streets, layout.blocks))
    ceded = collector_land(layout.street_lines, shapely.union_all(streets))
    return float(shapely.area(streets).sum() + shapely.area(blocks).sum() - ceded)


def proved(
    plan: Plan, brief: Brief, norms: Mapping[str, Any], slope: Elevation | None, fronts: gpd.GeoDataFrame
) -> Plan:
    """Return a plan with all that is wrong with it, and its figures."""
    blocks = plan.blocks.drop(index=plan.reserves["block_id"])
    bare = blocks[~blocks.index.isin(plan.lots.loc[plan.lots["kind"] == "lot", "block_id"])]
    least = f"{brief.rule.min_area:g} m2, {brief.rule.min_frontage:g} m"
    long = plan.blocks[plan.blocks["length"] > brief.max_block_length + DRAWN]
    found = join_findings(
        plan.findings,
        check_lots(plan.lots, brief.rule, blocks=blocks, streets=fronts),
        check_blocks(plan.blocks, norms),
        check_cover(plan),
        findings(
            "blocks", bare, "block.no_lot", detail=least, article=brief.rule.article, required=1, found=0
        ),
        findings("blocks", long, "block.length", required=brief.max_block_length, found=long["length"]),
        _apart(plan.street_lines),
        *([] if slope is None else [check_grades(plan.street_lines, norms)]),
    )
    figures = indicators(plan, brief.rule, norms=norms, persons=brief.persons, elevation=slope)
    return Plan(**(vars(plan) | {"findings": found, "indicators": figures}))


def _apart(street_lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Tell which streets cannot be reached from the others."""
    part = connected(np.asarray(street_lines.geometry.array, dtype=object))
    length = np.bincount(part, shapely.length(np.asarray(street_lines.geometry.array)), minlength=1)
    first = np.unique(part, return_index=True)[1]
    alone = first[part[first] != length.argmax()] if len(part) else first
    return findings("street_lines", street_lines.iloc[alone], "streets.apart", required=1, found=len(first))
