"""The map of a plan, as a planner would hand it in."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.layers import draw_plan, legend_entries, shapes, window
from ilo_gis.plotting.sheet import Box, box_of, crs_name, frame, new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED, Symbol
from ilo_gis.tables import Plan, require_metres

__all__ = ["plan_map"]

SHEET = (15.6, 10.4)  # inches
DETAIL_BLOCKS = 6
FRAME = Symbol("Zona del detalle", "Extent of the detail", outline="#2b5c8a", width=0.45)
WORDS = {
    "es": {
        "title": "Plano de lotización",
        "areas": "Cuadro de áreas",
        "legend": "Leyenda",
        "detail": "Detalle: manzana {} y vecinas",
        "crs": "Sistema de coordenadas: {}. Áreas de cuadrícula.",
    },
    "en": {
        "title": "Subdivision plan",
        "areas": "Area table",
        "legend": "Legend",
        "detail": "Detail: block {} and around",
        "crs": "Coordinate system: {}. Grid areas.",
    },
}


def plan_map(
    plan: Plan,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    extent: Box | None = None,
    dpi: int = 150,
    overwrite: bool = False,
) -> Any:
    """Draw a plan on one sheet: map, detail with lot numbers, legend and area table.

    Block letters and lot numbers are written where they are big enough to be read; where the lot
    numbers are not, a detail of some six blocks shows them. Findings of severity "error" are
    ringed in red. The same plan gives the same bytes.

    Parameters
    ----------
    plan : Plan
        What to draw.
    path : path-like, optional
        PNG file to write.
    title : str, optional
        Heading of the sheet.
    lang : {"es", "en"}
        Language of the words on the sheet.
    note : str, optional
        A line below the map, such as "Esquemático, no es levantamiento".
    extent : (min x, min y, max x, max y), optional
        Part to draw, in metres of the CRS of the plan; all of it by default.
    dpi : int
        Dots per inch; the sheet is 15.6 by 10.4 inches.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is nothing to draw.
    CRSError
        If the plan is not in metres.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> names = ilo_gis.tables.Plan.__annotations__
    >>> plan = ilo_gis.tables.Plan(**{name: ilo_gis.tables.empty(name, 32719) for name in names})
    >>> plan_map(plan)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: The plan has no blocks, streets or lots: there is nothing to draw.
    """
    if lang not in WORDS:
        raise RuleError(f"lang={lang!r} is not known. Choose one of: {', '.join(WORDS)}.")
    require_metres(plan.blocks, "blocks")
    box = box_of([plan], extent)
    figure = new_sheet(SHEET, dpi)
    words = WORDS[lang]
    axes = figure.add_axes((0.035, 0.065, 0.63, 0.865))
    scale = frame(axes, box)
    numbered = draw_plan(axes, plan, scale)
    furniture.grid(axes, 72 / scale)
    furniture.scale_bar(axes, 72 / scale)
    furniture.north_arrow(axes, 72 / scale)
    _side(figure, axes, plan, lang, detail=not numbered)
    figure.text(0.035, 0.963, title or words["title"], fontsize=15, fontweight="bold", color=INK, va="center")
    below = [note, words["crs"].format(crs_name(plan.blocks.crs, lang))]
    figure.text(0.035, 0.018, "   |   ".join(filter(None, below)), fontsize=7.5, color=MUTED, va="center")
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _side(figure: Any, axes: Any, plan: Plan, lang: str, detail: bool) -> None:
    """Fill the column beside the map: area table, legend, detail."""
    left, width, top, words = 0.695, 0.28, 0.93, WORDS[lang]
    if len(plan.summary):
        _heading(figure, left, top, words["areas"])
        tall = 0.0215 * (len(plan.summary) + 1)
        furniture.area_table(figure.add_axes((left, top - 0.02 - tall, width, tall)), plan.summary, lang)
        top -= tall + 0.06
    box, name = _detail(plan, window(axes)) if detail else (None, "")
    entries = legend_entries([plan], lang) + ([(FRAME, getattr(FRAME, lang))] if box else [])
    _heading(figure, left, top, words["legend"])
    tall = 0.022 * ((len(entries) + 1) // 2)
    furniture.legend(figure.add_axes((left, top - 0.024 - tall, width, tall)), entries)
    top -= tall + 0.055
    if box is None:
        return
    _heading(figure, left, top, words["detail"].format(name))
    inset = figure.add_axes((left, 0.065, width, top - 0.032 - 0.065))
    scale = frame(inset, box)
    draw_plan(inset, plan, scale)
    inset.set(xticks=[], yticks=[])
    furniture.scale_bar(inset, 72 / scale)
    (x, right), (y, high) = inset.get_xlim(), inset.get_ylim()
    line = {"color": FRAME.outline, "linewidth": FRAME.width * drawing.POINTS, "zorder": 8}
    axes.plot([x, right, right, x, x], [y, y, high, high, y], **line)


def _heading(figure: Any, x: float, y: float, text: str) -> None:
    figure.text(x, y, text, fontsize=9.5, fontweight="bold", color=INK, va="top")


def _detail(plan: Plan, shown: Any) -> tuple[Box | None, str]:
    """Return the extent of some blocks near the middle that hold lots as most do, and the first's letter."""
    lots = plan.lots[plan.lots["kind"] == "lot"]
    inside = plan.blocks.index[shapely.covers(shown, shapes(plan.blocks))]
    per_block = lots.groupby("block_id", observed=True).size().reindex(inside, fill_value=0)
    typical = per_block[per_block > 0]
    if typical.empty:
        return None, ""
    blocks = plan.blocks.loc[
        typical.index[(typical - typical.median()).abs() <= 0.35 * typical.median() + 1]
    ].sort_index()
    xy = drawing.label_points(shapes(blocks))
    heart = pd.DataFrame(xy, index=blocks.index).median().to_numpy()
    first = xy[np.argmin(((xy - heart) ** 2).sum(axis=1))]
    near = np.argsort(((xy - first) ** 2).sum(axis=1), kind="stable")[:DETAIL_BLOCKS]
    low_x, low_y, high_x, high_y = blocks.iloc[near].total_bounds
    pad = 0.04 * max(high_x - low_x, high_y - low_y)
    return (low_x - pad, low_y - pad, high_x + pad, high_y + pad), str(blocks.index[near[0]])
