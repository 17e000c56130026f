"""Milliseconds from a gesture to its preview, median of 7, and of the processor alone."""

from functools import partial
from statistics import median
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
SIZES = (6, 18)  # blocks along each side of a plan: 1,000 and 10,000 lots
BLOCK, STREET = (120.0, 40.0), 12.0  # m
ONE, TEN = 100.0, 300.0  # ms that one block, and a street at ten blocks, may take
TIMES = 7


def table():
    """Return the time of each gesture on plans of about 1,000 and 10,000 lots."""
    result = Table("gesture", "lots of the plan", "blocks touched", "ms", "ms of the processor", "")
    for side in SIZES:
        plan = grid(side)
        for name, gesture, target in gestures(plan, side):
            blocks, seconds, busy = timed(gesture)
            text, held = most(1000 * seconds, target, "{:.0f}")
            cells = f"{len(plan.lots):,}", str(blocks), text, f"{1000 * busy:.0f}"
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


def gestures(plan, side):
    """Return the gestures in the middle of a plan, as previews, and what each may take."""
    middle = plan.blocks.union_all().centroid
    block = plan.blocks.distance(middle).idxmin()
    ring = shapely.get_coordinates(shapely.oriented_envelope(plan.blocks.geometry[block]))
    long = max(ring[1] - ring[0], ring[2] - ring[1], key=lambda side: np.hypot(*side))
    ahead = long / np.hypot(*long)
    across = np.array([-ahead[1], ahead[0]])
    at = shapely.get_coordinates(plan.blocks.geometry[block].centroid)[0]
    split = shapely.LineString([at - 40 * across, at + 40 * across])
    reach = min(5, side // 2 - 0.5) * (BLOCK[1] + STREET)
    street = shapely.LineString([at + 20 * ahead - reach * across, at + 20 * ahead + reach * across])
    line = plan.street_lines.distance(middle).idxmin()
    moved = translate(plan.street_lines.geometry[line], *(2 * across))
    divide = partial(editing.divide_block, plan, block, BRIEF, findings=False)
    park = partial(editing.paint_reserves, plan, [block], "recreation", BRIEF, findings=False)
    add = partial(editing.add_street, plan, street, BRIEF, width=8.0, findings=False)
    return [
        ("a block by another rule", partial(divide, rule=LotRule(240.0, 10.0)), ONE),
        ("a block into 20 lots", partial(divide, count=20), ONE),
        ("its axis turned", partial(divide, axis=23.0), ONE),
        ("a line across a block", partial(divide, line=split), ONE),
        ("a block made a park", park, ONE),
        ("a street drawn", add, TEN),
        ("a street moved", partial(editing.move_street, plan, line, moved, BRIEF, findings=False), TEN),
        ("a street given up", partial(editing.drop_street, plan, line, BRIEF, findings=False), TEN),
    ]


def timed(gesture):
    """Return the blocks that a gesture touches, and the median of its times and of the processor's."""
    seconds, busy = [], []
    for _ in range(TIMES):
        start, cpu = perf_counter(), process_time()
        edit = gesture()
        seconds.append(perf_counter() - start)
        busy.append(process_time() - cpu)
    before = edit.changes["lots"].before["block_id"] if "lots" in edit.changes else []
    return len(set(before)), median(seconds), median(busy)
