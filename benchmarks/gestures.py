"""Milliseconds from a gesture to its preview, the best of 7, and of the processor alone."""

from dataclasses import replace
from functools import partial
from time import perf_counter, process_time

import geopandas as gpd
import numpy as np
import shapely
from rich.table import Table
from shapely.affinity import translate

from benchmarks.verdict import most, said
from ilo_gis import editing
from ilo_gis.subdivision import Brief, LotRule
from ilo_gis.workflows import lots_from_streets

RULE = LotRule(min_area=160.0, min_frontage=8.0)
BRIEF = Brief(rule=RULE, reserves={"recreation": 0.08, "education": 0.02, "other": 0.03})
STAGES = {"at once": "clean", "exactly": "most"}  # previews, and by which mode lots are laid out for them
SIZES = (6, 18)  # blocks along each side of a plan: 1,000 and 10,000 lots
BLOCK, STREET = (120.0, 40.0), 12.0  # m
ONE, TEN = 100.0, 300.0  # ms that one block, and a street at ten blocks, may take
TIMES = 7
HEADS = (
    "gesture",
    "lots of the plan",
    "blocks touched",
    "preview",
    "ms",
    "ms of the processor",
    "% of target",
    "",
)


def table():
    """Return the time of each gesture on plans of about 1,000 and 10,000 lots."""
    result = Table(*HEADS)
    for side in SIZES:
        plan = grid(side)
        for stage, mode in STAGES.items():
            for name, gesture, target in gestures(plan, side, replace(BRIEF, mode=mode)):
                blocks, ms, busy = timed(gesture)
                text, held = most(busy, target, "{:.0f}")
                cells = (
                    f"{len(plan.lots):,}",
                    str(blocks),
                    stage,
                    text,
                    f"{busy:.0f}",
                    f"{100 * ms / target:.0f}",
                )
                result.add_row(name, *cells, said(held))
    return result


def grid(side):
    """Return a plan of so many blocks each way, all turned by 23 degrees."""
    wide, high = (size + STREET for size in BLOCK)
    k = np.arange(side + 1)
    lines = [shapely.LineString([(x, 0), (x, side * high)]) for x in k * wide]
    lines += [shapely.LineString([(0, y), (side * wide, y)]) for y in k * high]
    turned = gpd.GeoSeries(lines, crs=32719).rotate(23, origin=(0, 0))
    return lots_from_streets(gpd.GeoDataFrame(geometry=turned), RULE, width=STREET)


def gestures(plan, side, brief):
    """Return the gestures in the middle of a plan, as previews, and what each may take."""
    middle = plan.blocks.union_all().centroid
    block = plan.blocks.distance(middle).idxmin()
    ring = shapely.get_coordinates(shapely.oriented_envelope(plan.blocks.geometry[block]))
    long = max(ring[1] - ring[0], ring[2] - ring[1], key=lambda side: np.hypot(*side))
    ahead = long / np.hypot(*long)
    across = np.array([-ahead[1], ahead[0]])
    at = shapely.get_coordinates(plan.blocks.geometry[block].centroid)[0]
    split = shapely.LineString([at + 3 * ahead - 40 * across, at + 3 * ahead + 40 * across])
    reach = min(5, side // 2 - 0.5) * (BLOCK[1] + STREET)
    street = shapely.LineString([at + 20 * ahead - reach * across, at + 20 * ahead + reach * across])
    line = plan.street_lines.distance(middle).idxmin()
    moved = translate(plan.street_lines.geometry[line], *(2 * (ahead + across)))
    how = {"brief": brief, "preview": editing.totals(plan, brief)}
    divide = partial(editing.divide_block, plan, block, **how)
    searched = [  # where blocks are laid out by rule, as many lots as there can be
        ("a block by another rule", partial(divide, rule=LotRule(240.0, 10.0)), ONE),
        ("a street drawn", partial(editing.add_street, plan, street, width=8.0, **how), TEN),
        ("a street moved", partial(editing.move_street, plan, line, moved, **how), TEN),
        ("a street given up", partial(editing.drop_street, plan, line, **how), TEN),
    ]
    others = [
        ("a block into 20 lots", partial(divide, count=20), ONE),
        ("its axis turned", partial(divide, axis=157.0), ONE),
        ("a line across a block", partial(divide, line=split), ONE),
        ("a block made a park", partial(editing.paint_reserves, plan, [block], "recreation", **how), ONE),
    ]
    return searched if brief.mode == STAGES["exactly"] else searched + others


def timed(gesture):
    """Return the blocks that a gesture touches, and the least of its times and of the processor's, in ms."""
    took, busy = [], []
    for _ in range(TIMES):
        start, cpu = perf_counter(), process_time()
        edit = gesture()
        took.append(1000 * (perf_counter() - start))
        busy.append(1000 * (process_time() - cpu))
    before = edit.changes["lots"].before["block_id"] if "lots" in edit.changes else []
    return len(set(before)), min(took), min(busy)
