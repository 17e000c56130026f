"""All real streets of the province of Ilo: from dirty centre lines to checked lots."""

from time import perf_counter

import geopandas as gpd
import numpy as np
import shapely
from rich.table import Table

from benchmarks import data
from ilo_gis.subdivision import LotRule
from ilo_gis.workflows import lots_from_streets

RULE = LotRule(min_area=120.0, min_frontage=7.0)


def table():
    """Return counts, exactness and the seconds that each stage takes."""
    file = data.path("ilo_real.gpkg")
    if file is None:
        return "skipped: ilo_real.gpkg is not here"
    streets = gpd.read_file(file, layer="streets")
    marks = []
    start = perf_counter()
    plan = lots_from_streets(
        streets, RULE, width=12.0, progress=lambda _, text: marks.append((text, perf_counter())) is None
    )
    seconds = perf_counter() - start
    legal = plan.lots["kind"] == "lot"
    lost = abs(plan.lots["area"].sum() - plan.blocks.area.sum()) / plan.blocks.area.sum()
    bound = np.minimum(plan.blocks.area // RULE.min_area, plan.blocks.length // RULE.min_frontage).sum()
    result = Table("measure", "value", show_edge=False)
    for name, value in {
        "streets": f"{len(streets):,}",
        "blocks": f"{len(plan.blocks):,}",
        "legal lots": f"{legal.sum():,} ({legal.sum() / bound:.0%} of the bound)",
        "land in lots": f"{plan.lots.loc[legal, 'area'].sum() / plan.blocks.area.sum():.1%} of the blocks",
        "findings of severity error": f"{(plan.findings['severity'] == 'error').sum()}",
        "land lost": f"{lost:.0e}",
        "valid": str(bool(shapely.is_valid(np.asarray(plan.lots.geometry.array)).all())),
        "seconds": f"{seconds:.1f}",
    }.items():
        result.add_row(name, value)
    stages = {}
    for (text, begun), (_, ended) in zip(marks, [*marks[1:], ("", start + seconds)], strict=True):
        stages[text] = stages.get(text, 0.0) + ended - begun  # a text comes more than once
    for text, spent in stages.items():
        result.add_row(f"  {text}", f"{spent:.1f} s")
    return result
