"""The sheet of the maps of growth: a map on the left, a column of legend, tables and charts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.sheet import crs_name, frame, new_sheet
from ilo_gis.plotting.styles import INK, MUTED, Symbol
from ilo_gis.tables import require_metres, require_same_crs

__all__ = ["LEFT", "WIDTH", "heading", "language", "legend", "map_sheet", "table"]

SHEET, DPI = (15.6, 10.4), 150  # inches; dots per inch
LEFT, WIDTH = 0.705, 0.27  # of the column beside the map, shares of the sheet
CONTEXT = "#c9c3b6"
CRS = {
    "es": "Sistema de coordenadas: {}. Áreas de cuadrícula.",
    "en": "Coordinate system: {}. Grid areas.",
}


def language(lang: str) -> str:
    """Return the language, if it is known."""
    if lang not in CRS:
        raise RuleError(f"lang={lang!r} is not known. Choose one of: {', '.join(CRS)}.")
    return lang


def map_sheet(
    layer: gpd.GeoDataFrame,
    title: str,
    lang: str,
    note: str | None,
    context: Sequence[gpd.GeoDataFrame] = (),
) -> tuple[Any, Any, float]:
    """Return a sheet with an empty map of a layer on it, and points on paper per metre."""
    require_metres(layer, "layer")
    require_same_crs(layer=layer, **{f"context {k}": one for k, one in enumerate(context)})
    if layer.empty:
        raise RuleError("There is nothing to draw: the table has no rows.")
    figure = new_sheet(SHEET, DPI)
    low, high = layer.total_bounds[:2], layer.total_bounds[2:]
    pad = 0.05 * (high - low).max()
    axes = figure.add_axes((0.035, 0.065, 0.64, 0.865))
    scale = frame(axes, (*(low - pad), *(high + pad)))
    for one in context:
        _grey(axes, one)
    furniture.grid(axes, 72 / scale)
    furniture.scale_bar(axes, 72 / scale)
    furniture.north_arrow(axes, 72 / scale)
    figure.text(0.035, 0.963, title, fontsize=15, fontweight="bold", color=INK, va="center")
    below = "   |   ".join(filter(None, [note, CRS[lang].format(crs_name(layer.crs, lang))]))
    figure.text(0.035, 0.018, below, fontsize=7.5, color=MUTED, va="center")
    return figure, axes, scale


def _grey(axes: Any, layer: gpd.GeoDataFrame) -> None:
    shapes = shapely.get_parts(np.asarray(layer.geometry.array, dtype=object))
    areas = shapely.get_dimensions(shapes) == 2
    drawing.draw_polygons(axes, shapes[areas], facecolor="#e4e0d6", edgecolor="none", zorder=1)
    drawing.draw_lines(
        axes, shapes[shapely.get_dimensions(shapes) == 1], colors=CONTEXT, linewidths=0.8, zorder=2
    )


def heading(figure: Any, top: float, text: str) -> None:
    """Write a heading in the column beside the map."""
    figure.text(LEFT, top, text, fontsize=9.5, fontweight="bold", color=INK, va="top")


def legend(figure: Any, top: float, title: str, entries: list[tuple[Symbol, str]], columns: int) -> float:
    """Write a legend; return where the next thing begins."""
    heading(figure, top, title)
    tall = 0.022 * -(-len(entries) // columns)
    furniture.legend(figure.add_axes((LEFT, top - 0.026 - tall, WIDTH, tall)), entries, columns)
    return top - 0.026 - tall - 0.035


def table(
    figure: Any, top: float, title: str, heads: Sequence[str], rows: list[list[str]], last: bool = True
) -> float:
    """Write a table, its last row strong if that is the sum; return where the next thing begins."""
    heading(figure, top, title)
    tall = 0.0205 * (len(rows) + 1)
    axes = figure.add_axes((LEFT, top - 0.024 - tall, WIDTH, tall))
    axes.set(xlim=(0, 1), ylim=(-len(rows), 1))
    axes.set_axis_off()
    wide = np.array([max(map(len, column)) + 3 for column in zip(heads, *rows, strict=True)], dtype=float)
    right = [0.0, *(np.cumsum(wide) / wide.sum())[1:]]
    for i, cells in enumerate([heads, *rows]):
        weight = "bold" if i == 0 or (last and i == len(rows)) else "normal"
        for x, cell, align in zip(right, cells, ["left", *["right"] * (len(heads) - 1)], strict=True):
            axes.text(x, 0.5 - i, cell, fontsize=7.5, fontweight=weight, color=INK, ha=align, va="center")
        strong = i in (0, len(rows)) or (last and i == len(rows) - 1)
        axes.plot([0, 1], [-i, -i], color=INK if strong else "#d6d1c6", linewidth=0.7 if strong else 0.4)
    return top - 0.024 - tall - 0.035
