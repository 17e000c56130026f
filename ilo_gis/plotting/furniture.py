"""What surrounds a map: grid, scale bar, north arrow, legend, area table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.plotting.drawing import POINTS
from ilo_gis.plotting.styles import INK, MUTED, STYLES, Symbol

__all__ = ["area_table", "grid", "legend", "north_arrow", "number", "round_scale", "round_step", "scale_bar"]

SCALES = [float(n * 10**k) for k in range(2, 6) for n in (1, 2, 2.5, 5, 7.5)]
THIN = "\u202f"  # narrow space between thousands: read alike where 1,234 and 1.234 differ
ITEMS = {
    "lots": ("Lotes", "Lots"),
    "remnants": ("Remanentes", "Remnants"),
    "reserves": ("Aportes", "Reserves"),
    "streets": ("Vías", "Streets"),
    "site": ("Área total", "Site"),
}
HEADS = {
    "es": ("Concepto", "N.º", "Área (m²)", "Área (ha)", "%"),
    "en": ("Item", "No.", "Area (m²)", "Area (ha)", "%"),
}


def number(value: float, decimals: int = 0) -> str:
    r"""Return a number with thousands apart; a dash where there is none.

    Examples
    --------
    >>> number(1234567.891, 2).replace("\u202f", " ")
    '1 234 567.89'
    """
    return "–" if pd.isna(value) else f"{value:,.{decimals}f}".replace(",", THIN)


def round_step(target: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is at most `target`.

    Examples
    --------
    >>> round_step(730.0)
    500.0
    """
    power = 10.0 ** np.floor(np.log10(target))
    return float(power * max(m for m in (1, 2, 5) if m * power <= target * (1 + 1e-12)))


def round_scale(width: float, height: float, paper_width: float, paper_height: float) -> float:
    """Return the largest round scale (1:n) at which a box in metres fits a map in millimetres.

    Examples
    --------
    >>> round_scale(101, 80, 100, 80)
    2000.0
    """
    needed = 1000 * max(width / paper_width, height / paper_height)
    return next((scale for scale in SCALES if scale >= needed), SCALES[-1])


def grid(axes: Any, per_inch: float) -> None:
    """Mark eastings and northings about every 1.6 inches, with crosses where they meet."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    step = round_step(per_inch * 2.2)
    plain = FuncFormatter(lambda value, _: f"{value:,.0f}".replace(",", THIN))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(step))
        axis.set_major_formatter(plain)
    axes.tick_params(labelsize=6.5, length=3, width=0.5, color=MUTED, labelcolor=MUTED, direction="out")
    axes.tick_params(axis="y", labelrotation=90)
    for text in axes.get_yticklabels():
        text.set_verticalalignment("center")
    x, y = np.meshgrid(_ticks(axes.get_xlim(), step), _ticks(axes.get_ylim(), step))
    axes.plot(x.ravel(), y.ravel(), "+", color=MUTED, markersize=6, markeredgewidth=0.45, zorder=8)


def scale_bar(axes: Any, per_inch: float) -> None:
    """Draw a bar of a round number of metres above the right end of the frame, where it hides nothing."""
    from matplotlib.patches import Rectangle

    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    length = round_step(per_inch * 1.5)
    x, y, high = right - length - 0.22 * per_inch, top + 0.08 * per_inch, per_inch * 0.05
    for i in range(4):
        fill = INK if i % 2 == 0 else "white"
        looks: dict[str, Any] = {"facecolor": fill, "edgecolor": INK, "linewidth": 0.6, "clip_on": False}
        axes.add_patch(Rectangle((x + i * length / 4, y), length / 4, high, **looks))
    for share in (0.0, 0.5, 1.0):
        text = number(share * length) + (" m" if share == 1 else "")
        axes.text(x + share * length, y + high * 1.6, text, fontsize=6.5, color=INK, ha="center", va="bottom")


def north_arrow(axes: Any, per_inch: float) -> None:
    """Draw an arrow to grid north above the frame, left of the scale bar."""
    from matplotlib.patches import Polygon

    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    unit = per_inch * 0.09
    x, base = right - 2.15 * per_inch, top + 0.08 * per_inch
    for side, color in ((-1, INK), (1, "white")):
        corners = [(x, base + 3 * unit), (x + side * 0.9 * unit, base), (x, base + 0.7 * unit)]
        axes.add_patch(Polygon(corners, facecolor=color, edgecolor=INK, linewidth=0.6, clip_on=False))
    axes.text(x, base + 3.2 * unit, "N", fontsize=8, fontweight="bold", color=INK, ha="center", va="bottom")


def legend(axes: Any, entries: list[tuple[Symbol, str]], columns: int = 2) -> None:
    """List the symbols used and what they mean."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for symbol, text in entries:
        looks: dict[str, Any] = {"linewidth": max(symbol.width * POINTS, 0.6), "label": text}
        if symbol in STYLES["findings"].symbols.values():
            looks |= {"color": symbol.outline, "linestyle": "none", "marker": "o", "markersize": 6}
            handles.append(Line2D([], [], markerfacecolor="none", markeredgewidth=1.2, **looks))
        elif symbol.dashed and symbol.fill:
            handles.append(Patch(facecolor=symbol.fill, edgecolor="none", label=text))
        elif symbol.dashed:
            handles.append(Line2D([], [], color=symbol.outline, linestyle=(0, (6, 1.5, 1, 1.5)), **looks))
        else:
            face = symbol.fill or "none"
            patch = Patch(facecolor=face, edgecolor=symbol.outline, **looks)
            if symbol.hatch:
                patch.set(hatch="/////", edgecolor=symbol.hatch, hatch_linewidth=0.6)
            handles.append(patch)
    axes.set_axis_off()
    looks = {
        "fontsize": 7.5,
        "labelcolor": INK,
        "handlelength": 2.0,
        "handleheight": 1.1,
        "labelspacing": 0.7,
    }
    axes.legend(
        handles=handles, loc="upper left", ncols=columns, frameon=False, borderaxespad=0, borderpad=0, **looks
    )


def area_table(axes: Any, summary: pd.DataFrame, lang: str) -> None:
    """Write the area table (cuadro de áreas), the whole site last."""
    order = [item for item in ITEMS if item in summary.index]
    order[:0] = [item for item in summary.index if item not in ITEMS]
    rows = [_row(item, summary.loc[item], lang) for item in order]
    right = (0.0, 0.44, 0.68, 0.86, 1.0)
    axes.set(xlim=(0, 1), ylim=(-len(rows), 1))
    axes.set_axis_off()
    for i, cells in enumerate([HEADS[lang], *rows]):
        bold = "bold" if i == 0 or order[i - 1] == "site" else "normal"
        for x, cell, align in zip(right, cells, ("left", *["right"] * 4), strict=True):
            axes.text(x, 0.5 - i, cell, fontsize=7.5, fontweight=bold, color=INK, ha=align, va="center")
        strong = i == 0 or i == len(rows) or i == len(rows) - 1
        axes.plot(
            [0, 1],
            [-i, -i],
            color=INK if strong else "#d6d1c6",
            linewidth=0.7 if strong else 0.4,
            clip_on=False,
        )


def _row(item: str, values: pd.Series, lang: str) -> tuple[str, ...]:
    name = ITEMS.get(item, (item, item))[0 if lang == "es" else 1]
    count = "" if item == "site" else number(values["count"])
    return name, count, number(values["area"], 2), number(values["area"] / 1e4, 2), number(values["share"], 2)


def _ticks(limits: tuple[float, float], step: float) -> Any:
    low, high = limits
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
