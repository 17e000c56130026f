"""Lots of at least 160 m2 and 8 m of front: how many, how good, all measured again."""

import numpy as np
import shapely
from rich.table import Table

from benchmarks.cases import RULE, TARGETS, blocks_of, bound, cut
from benchmarks.verdict import least, most, said
from ilo_gis.geometry.measure import elongation, good_shape
from ilo_gis.subdivision import check_lots

EXACT = 1e-9  # share of a block
NOTHING = 1e-9  # share of a block that is a rounding, not a remnant


def measured(blocks, lots):
    """Return what lots are, measured from their polygons alone."""
    shapes = np.asarray(lots.geometry.array)
    legal = (lots["kind"] == "lot").to_numpy()
    found = check_lots(lots, RULE, blocks=blocks)
    wrong = found.loc[found["severity"] == "error", "feature"].nunique()
    sums = lots.area.groupby(lots["block_id"].astype(str)).sum().reindex(blocks.index, fill_value=0.0)
    ratio = elongation(shapes[legal])
    return {
        "lots": int(legal.sum()),
        "of_bound": legal.sum() / bound(blocks).sum(),
        "legal": 1 - wrong / legal.sum(),
        "good": good_shape(shapes[legal]).mean(),
        "remnant": shapely.area(shapes[~legal]).sum() / blocks.area.sum(),
        "p95": np.quantile(ratio, 0.95),
        "greatest": ratio.max(),
        "lost": (abs(sums - blocks.area) / blocks.area).max(),
    }


def row(name, mode, target):
    """Return the cells of one row."""
    blocks = blocks_of(name)
    if blocks is None:
        return [name, mode, "skipped: the data is not here"]
    value = measured(blocks, cut(blocks, mode))
    nothing = None if target.remnant is None else target.remnant + NOTHING
    cells = [
        least(value["lots"], target.lots),
        least(value["of_bound"], target.of_bound, "{:.1%}"),
        (f"{value['legal']:.0%}", value["legal"] == 1),
        least(value["good"], target.good, "{:.0%}"),
        most(value["remnant"], nothing, "{:.1%}"),
        most(value["p95"], target.p95, "{:.1f}"),
        (f"{value['greatest']:.1f}", value["greatest"] <= RULE.max_ratio),
        (f"{value['lost']:.0e}", value["lost"] <= EXACT),
    ]
    return [name, mode, *(text for text, _ in cells), said(*(held for _, held in cells))]


def table():
    """Return a row for each set of blocks and mode."""
    result = Table(
        "blocks", "mode", "lots", "of the bound", "legal", "good shape", "remnant", "ratio p95",
        f"all ≤ {RULE.max_ratio:g}", f"lost ≤ {EXACT:.0e}", "",
    )  # fmt: skip
    for name, modes in TARGETS.items():
        for mode, target in modes.items():
            result.add_row(*row(name, mode, target))
    return result
