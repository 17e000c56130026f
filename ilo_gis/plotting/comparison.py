"""The map that holds plans against each other: side by side, at one scale."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.plotting import furniture
from ilo_gis.plotting.layers import draw_plan, is_drawn, legend_entries
from ilo_gis.plotting.sheet import Box, box_of, crs_name, frame, new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED
from ilo_gis.tables import Plan, require_metres, require_same_crs
from ilo_gis.tables.units import figure_text, unit_text

__all__ = ["compare_map"]

ACROSS = 4  # plans in a row, at most
WIDE = 5.0  # inches of paper for the map of one plan
SHAPE = (0.5, 1.3)  # least and greatest height of a map, as a share of its width
MARGIN, HEAD, LINE, GAP = 0.4, 0.55, 0.2, 0.7  # inches: sides, heading, line of a table, above a map
HEADLINES = (
    "lots", "lots_per_ha", "inhabitants", "street_share", "street_per_lot", "green_per_person", "green_near",
    "grade_mean", "cost_per_lot",
)  # fmt: skip
SIGN = {"more": 1.0, "less": -1.0}
THIN = "\u202f"
WORDS = {
    "es": {
        "title": "Comparación de alternativas",
        "best": "En negrita, el mejor valor.",
        "crs": "Todos los planos a la misma escala. Sistema de coordenadas: {}.",
    },
    "en": {
        "title": "Alternatives side by side",
        "best": "In bold, the best value.",
        "crs": "All maps at one scale. Coordinate system: {}.",
    },
}


def compare_map(
    plans: Mapping[str, Plan],
    path: str | os.PathLike[str] | None = None,
    *,
    lang: str = "es",
    title: str = "",
    note: str | None = None,
    dpi: int = 150,
    overwrite: bool = False,
) -> Any:
    """Draw plans side by side at one scale, each with its headline figures.

    The maps show the same extent, so that a place lies at the same spot on each. The figures are
    those of the table ``indicators`` of each plan, the best in bold; a plan without them has only
    its map. The same plans give the same bytes.

    Parameters
    ----------
    plans : mapping of str to Plan
        Plans by the name that stands above each, in one CRS.
    path : path-like, optional
        PNG file to write.
    lang : {"es", "en"}
        Language of the words on the sheet.
    title : str, optional
        Heading of the sheet.
    note : str, optional
        Goes before the line at the foot, such as "Esquemático, no es levantamiento".
    dpi : int
        Dots per inch; a map is 5 inches wide.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If there is no plan, nothing to draw, or `lang` is not known.
    CRSError
        If the plans are not in metres, or in several CRS.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    References
    ----------
    E. R. Tufte, "Envisioning information", 1990, chapter 4: small multiples.

    Examples
    --------
    >>> compare_map({})
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is no plan to draw. Give some by name.
    """
    if lang not in WORDS:
        raise RuleError(f"lang={lang!r} is not known. Choose one of: {', '.join(WORDS)}.")
    if not plans:
        raise RuleError("There is no plan to draw. Give some by name.")
    for name, plan in plans.items():
        require_metres(plan.blocks, name)
    require_same_crs(**{name: plan.blocks for name, plan in plans.items()})
    box, figures = box_of(plans.values()), _headlines(plans, lang)
    scale = 72 / max((box[2] - box[0]) / WIDE, (box[3] - box[1]) / _height(box))
    entries = legend_entries(list(plans.values()), lang)
    legend = [(symbol, text) for symbol, text in entries if symbol.fill or is_drawn(symbol, scale)]
    figure, places = _sheet(len(plans), box, len(figures), len(legend), dpi)
    for i, (name, place) in enumerate(zip(plans, places, strict=True)):
        axes = figure.add_axes(place)
        scale = frame(axes, box)
        draw_plan(axes, plans[name], scale, labels=False)
        axes.set(xticks=[], yticks=[])
        if i == min(len(plans), ACROSS) - 1:
            furniture.scale_bar(axes, 72 / scale)
            furniture.north_arrow(axes, 72 / scale)
        _below(figure, place, name, [(label, texts[i], best[i]) for label, texts, best in figures])
    words = WORDS[lang]
    told = [words["crs"].format(crs_name(next(iter(plans.values())).blocks.crs, lang))]
    told += [words["best"]] if figures else []
    _around(figure, title or words["title"], legend, "   |   ".join(filter(None, [note, " ".join(told)])))
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _below(figure: Any, place: Box, name: str, rows: list[tuple[str, str, bool]]) -> None:
    """Write the name of a plan above its map, and its figures below."""
    left, low, wide, high = place
    inch = 1 / figure.get_figheight()
    figure.text(left, low + high + 0.1 * inch, name, fontsize=11, fontweight="bold", color=INK, va="bottom")
    if rows:
        tall = LINE * len(rows) * inch
        _table(figure.add_axes((left, low - 0.08 * inch - tall, wide, tall)), rows)


def _sheet(count: int, box: Box, lines: int, signs: int, dpi: int) -> tuple[Any, list[Box]]:
    """Return an empty sheet and the places of the maps on it, from the top left on."""
    across = min(count, ACROSS)
    down = -(-count // across)
    high = _height(box)
    cell = GAP + high + 0.08 + LINE * lines
    wide = max(across * (WIDE + MARGIN) + MARGIN, 2 * WIDE + 3 * MARGIN)
    foot = 0.75 + 0.23 * -(-signs // _legend_columns(wide))
    tall = HEAD + down * cell + foot
    figure = new_sheet((wide, tall), dpi)
    tops = [tall - HEAD - row * cell - GAP for row in range(down)]
    lefts = [MARGIN + column * (WIDE + MARGIN) for column in range(across)]
    spots = [(left, top - high) for top in tops for left in lefts]
    return figure, [(x / wide, y / tall, WIDE / wide, high / tall) for x, y in spots[:count]]


def _height(box: Box) -> float:
    return WIDE * float(np.clip((box[3] - box[1]) / (box[2] - box[0]), *SHAPE))


def _legend_columns(wide: float) -> int:
    return max(2, int(wide / 2.6))


def _around(figure: Any, heading: str, legend: list[Any], foot: str) -> None:
    """Write the heading, the legend that all maps share, and the line at the foot."""
    wide, tall = figure.get_size_inches()
    left = MARGIN / wide
    figure.text(left, 1 - 0.45 / tall, heading, fontsize=15, fontweight="bold", color=INK, va="center")
    columns = _legend_columns(wide)
    rows = -(-len(legend) // columns)
    place = (left, 0.45 / tall, 1 - 2 * left, 0.23 * rows / tall)
    furniture.legend(figure.add_axes(place), legend, columns)
    figure.text(left, 0.22 / tall, foot, fontsize=7.5, color=MUTED, va="center")


def _headlines(plans: Mapping[str, Plan], lang: str) -> list[tuple[str, list[str], list[bool]]]:
    """Return, for each headline that a plan has: its label, its text in each plan, and which are best."""
    tables = [plan.indicators for plan in plans.values()]
    found = []
    for name in HEADLINES:
        row = next((table.loc[name] for table in tables if name in table.index), None)
        if row is None:
            continue
        values = np.array([t["value"].get(name, np.nan) for t in tables], dtype=float)
        unit = unit_text(row["unit"], lang)
        texts = [
            figure_text(v, THIN) + ("" if pd.isna(v) else f" {unit}" if unit != "%" else f"{THIN}%")
            for v in values
        ]
        label = row["label_es" if lang == "es" else "label"]
        found.append((label, texts, _best(values, texts, SIGN.get(str(row["direction"])))))
    return found


def _best(values: Any, texts: list[str], sign: float | None) -> list[bool]:
    """Return which values are best, as far as their texts tell them apart."""
    if sign is None or np.isnan(values).any() or len(set(texts)) == 1:
        return [False] * len(values)
    best = texts[int(np.argmax(sign * values))]
    return [text == best for text in texts]


def _table(axes: Any, rows: list[tuple[str, str, bool]]) -> None:
    axes.set(xlim=(0, 1), ylim=(-len(rows), 0))
    axes.set_axis_off()
    for i, (label, text, best) in enumerate(rows):
        looks = {"fontsize": 8, "color": INK, "va": "center"}
        axes.text(0, -i - 0.5, label, **looks)
        axes.text(1, -i - 0.5, text, ha="right", fontweight="bold" if best else "normal", **looks)
        axes.plot([0, 1], [-i - 1, -i - 1], color="#d6d1c6", linewidth=0.4, clip_on=False)
