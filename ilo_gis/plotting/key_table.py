"""Legend and area table in one: what each colour means, in two languages, and how much there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ilo_gis.plotting.furniture import number
from ilo_gis.plotting.styles import INK, MUTED, Symbol

__all__ = ["KeyRow", "key_table"]

LINE = 0.37  # inches, of a row at most
RULE = "#d6d1c6"
SWATCH, CODE, AREA = (
    0.10,
    0.13,
    0.87,
)  # shares of the width: end of the swatch, begin of the code, end of the area
SMALLEST = 0.8  # of the usual size: names that need less are cut
LETTERS = 0.0074  # inches of width for each point of a letter's size


@dataclass(frozen=True)
class KeyRow:
    """A row: its symbol (None for a sum), code, names in both languages, area in m2, share of the whole."""

    symbol: Symbol | None
    code: str
    es: str
    en: str
    area: float
    share: float


def key_table(figure: Any, place: tuple[float, float, float], least: float, rows: list[KeyRow]) -> float:
    """Write a table at (left, top, width), down to `least` at most; return its foot. Shares of the sheet."""
    left, top, width = place
    tall = figure.get_figheight()
    line = min(LINE / tall, (top - least) / (len(rows) + 1))
    axes = figure.add_axes((left, top - line * (len(rows) + 1), width, line * (len(rows) + 1)))
    axes.set(xlim=(0, 1), ylim=(-len(rows), 1))
    axes.set_axis_off()
    size = min(7.5, line * tall * 72 / 3.1)
    wide = max((len(row.code) for row in rows), default=0)
    inches = width * figure.get_figwidth()
    name = CODE + (wide * size * LETTERS * 1.25 + 0.10) / inches if wide else CODE
    room = int((AREA - 0.10 - name) * inches / (size * LETTERS))
    for x, text in ((AREA, "ha"), (1.0, "%")):
        axes.text(x, 0.4, text, fontsize=size, fontweight="bold", color=INK, ha="right", va="center")
    for i, row in enumerate(rows):
        _row(axes, -i, row, name, size, room)
    axes.plot([0, 1], [0, 0], color=INK, linewidth=0.7, clip_on=False)
    return float(axes.get_position().y0)


def _row(axes: Any, top: float, row: KeyRow, name: float, size: float, room: int) -> None:
    bold = "bold" if row.symbol is None else "normal"
    looks = {"fontsize": size, "va": "center", "color": INK}
    if row.symbol is not None:
        _swatch(axes, top, row.symbol)
        axes.text(CODE, top - 0.5, row.code, fontweight="bold", **looks)
    x = name if row.symbol is not None else 0.0
    for y, text, own in (
        (0.3, row.es, {"fontweight": bold}),
        (0.7, row.en, {"color": MUTED, "style": "italic"}),
    ):
        fitted = size * float(np.clip(room / max(len(text), 1), SMALLEST, 1.0))
        axes.text(x, top - y, _cut(text, int(room / SMALLEST)), **{**looks, "fontsize": fitted, **own})
    axes.text(AREA, top - 0.5, number(row.area / 1e4, 2), ha="right", fontweight=bold, **looks)
    axes.text(1.0, top - 0.5, number(100 * row.share, 1), ha="right", fontweight=bold, **looks)
    axes.plot([0, 1], [top - 1, top - 1], color=RULE, linewidth=0.4, clip_on=False)


def _swatch(axes: Any, top: float, symbol: Symbol) -> None:
    from matplotlib.patches import Rectangle

    looks: dict[str, Any] = {
        "facecolor": symbol.fill or "none",
        "edgecolor": symbol.outline,
        "linewidth": 0.6,
    }
    axes.add_patch(Rectangle((0.005, top - 0.82), SWATCH - 0.005, 0.64, **looks))
    if symbol.hatch:
        looks = {"facecolor": "none", "edgecolor": symbol.hatch, "linewidth": 0, "hatch": "/" * 5}
        axes.add_patch(Rectangle((0.005, top - 0.82), SWATCH - 0.005, 0.64, hatch_linewidth=0.6, **looks))


def _cut(text: str, room: int) -> str:
    """Return a text cut at a word where it is longer than there is room."""
    if len(text) <= room:
        return text
    return text[: room - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
