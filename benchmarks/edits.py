"""Milliseconds that a change to a plan takes, best of 5."""

import geopandas as gpd
import shapely
from rich.table import Table

from benchmarks.speed import best
from benchmarks.verdict import most, said
from ilo_gis import io
from ilo_gis.subdivision import Brief, Changes, LotRule, replan
from ilo_gis.workflows import lots_from_streets

RULE = LotRule(min_area=160.0, min_frontage=8.0)
LARGER = LotRule(min_area=240.0, min_frontage=10.0)
ONE_BLOCK = 100.0  # ms that changing one block of a plan of 10,000 lots may take


def table():
    """Return the time of each kind of change to the plan of the sample Pampa."""
    streets = io.sample("pampa_streets")
    plan = lots_from_streets(
        streets, RULE, site=io.sample("pampa"), reserves=io.sample("parks"), width="width"
    )
    block = plan.lots["block_id"].iloc[len(plan.lots) // 2]
    lots = plan.lots.index[plan.lots["block_id"] == block]
    beside = plan.lots.at[lots[0], "neighbour_back"] or plan.lots.at[lots[0], "neighbour_left"]
    brief = Brief(rule=RULE, mode="clean")
    result = Table("change", "lots of the plan", "ms", "")
    for name, changes, target in (
        ("another rule for a block", Changes(rules={block: LARGER}), ONE_BLOCK),
        ("two lots merged", Changes(merge=[[lots[0], beside]]), ONE_BLOCK),
        ("a lot split", Changes(split={lots[1]: 2}), ONE_BLOCK),
        ("a reserve moved", Changes(reserves={plan.reserves.index[0]: block}), ONE_BLOCK),
        ("a street added", Changes(add_streets=across(plan.blocks.loc[[block]])), None),
        ("a street dropped", Changes(drop_streets=plan.street_lines.index[:1]), None),
    ):
        seconds, _ = best(lambda c=changes: replan(plan, c, brief), 5)
        text, held = most(1000 * seconds, target, "{:.0f}")
        result.add_row(name, f"{len(plan.lots):,}", text, said(held) if target else "")
    return result


def across(block):
    """Return a street of 8 m square across the middle of a block."""
    corner = shapely.get_coordinates(shapely.oriented_envelope(block.geometry.iloc[0]))[:4]
    sides = [(corner[:2], corner[2:]), (corner[1:3], corner[[3, 0]])]
    ends = max(sides, key=lambda pair: float(((pair[0][1] - pair[0][0]) ** 2).sum()))
    middle = [pair.mean(axis=0) for pair in ends]
    return gpd.GeoDataFrame({"width": [8.0]}, geometry=[shapely.LineString(middle)], crs=block.crs)
