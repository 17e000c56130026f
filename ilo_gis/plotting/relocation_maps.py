"""Before and after: maps of a seafront by date."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.growth_sheet import heading, language
from ilo_gis.plotting.layers import fill, shapes
from ilo_gis.plotting.relocation_key import (
    day_text,
    days,
    extent,
    is_there,
    names,
    numbered,
    pieces_on,
    short,
    spread,
)
from ilo_gis.plotting.relocation_styles import FREED, OCCUPIED, OPEN, SEA, WORKS
from ilo_gis.plotting.sheet import crs_name, frame, new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED
from ilo_gis.tables import conform, require_metres, require_same_crs

__all__ = ["relocation_map"]

SHEET, DPI = (15.6, 10.4), 150  # inches, dots per inch
MAPS = (0.035, 0.065, 0.655, 0.785)  # left, bottom, width, height of all panels
LIST = (0.705, 0.275)  # left and width of the column of names
GAP = 0.022  # between panels
MOST = 4  # panels on a sheet
LABEL = 6.3  # points
SIDE = 0.30  # m on the ground beside the seafront, as a share of its length over the number of panels
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "map": "Recuperación del borde costero",
        "list": "Ocupantes, de sur a norte",
        "heads": ("N.º", "Ocupante / Occupant", "m²", "Libre desde"),
        "freed": "Libre: {} de {} m²",
        "staying": "–",
        "legend": "Leyenda / Legend",
        "total": "Total",
        "crs": "Sistema de coordenadas: {}. Áreas de cuadrícula.",
    },
    "en": {
        "map": "The seafront given back to the city",
        "list": "Occupants, from south to north",
        "heads": ("No.", "Occupant / Ocupante", "m²", "Free from"),
        "freed": "Free: {} of {} m²",
        "staying": "–",
        "legend": "Legend / Leyenda",
        "total": "Total",
        "crs": "Coordinate system: {}. Grid areas.",
    },
}


def relocation_map(  # noqa: PLR0913 (four layers, and the words of every map)
    occupants: gpd.GeoDataFrame,
    seafront: gpd.GeoDataFrame,
    coast: gpd.GeoDataFrame,
    dates: Iterable[date],
    path: str | os.PathLike[str] | None = None,
    *,
    sea: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw a seafront on several days side by side: who is still there, what is free, what is open.

    Occupants have numbers along the coast from south to north, and a list beside the maps tells their
    names in both languages, their land and the day from which it is free. The same tables give the same
    bytes.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants`` with ``end``, the last day of each on the seafront: see
        `ilo_gis.relocation.occupancy`.
    seafront : GeoDataFrame
        Table ``seafront``: pieces are works from ``start`` and open from ``end`` on.
    coast : GeoDataFrame
        Lines of the shore.
    dates : iterable of date
        One to four days.
    path : path-like, optional
        PNG file to write.
    sea : GeoDataFrame, optional
        Polygons of the sea, in blue.
    title, note : str, optional
        Heading of the sheet; a line below the maps, such as "Esquemático, no es levantamiento".
    lang : {"es", "en"}
        Language of the words; names and legend have both.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, there are no occupants or no or too many dates, or `end` is missing.
    CRSError
        If a layer is not in metres, or two differ.
    SchemaError
        If `occupants` or `seafront` do not have their columns and types.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, Table 3.

    Examples
    --------
    >>> nobody, strip = (ilo_gis.tables.empty(name, 32719) for name in ("occupants", "seafront"))
    >>> relocation_map(nobody, strip, strip, [pandas.Timestamp("1994-06-30")])
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There are no occupants to draw.
    """
    words, on = WORDS[language(lang)], days(dates)
    if len(on) > MOST:
        raise RuleError(f"{len(on)} dates do not fit on a sheet; give at most {MOST}.")
    require_metres(coast, "coast")
    table, strip = numbered(occupants, coast), conform(seafront, "seafront")
    require_same_crs(occupants=table, seafront=strip, coast=coast, sea=sea)
    figure = new_sheet(SHEET, DPI)
    box = extent(table, strip, SIDE / len(on))
    left, bottom, wide, high = MAPS
    each = (wide - GAP * (len(on) - 1)) / len(on)
    for k, day in enumerate(on):
        axes = figure.add_axes((left + k * (each + GAP), bottom, each, high))
        scale = frame(axes, box)
        _panel(axes, table, strip, day, (coast, sea), scale)
        there = is_there(table, day)
        free = words["freed"].format(
            *(furniture.number(table["area"][which].sum()) for which in (~there, slice(None)))
        )
        x = left + k * (each + GAP)
        figure.text(x, 0.922, day_text(day, lang), fontsize=11, fontweight="bold", color=INK, va="center")
        figure.text(x, 0.903, free, fontsize=8, color=INK, va="center")
        if k == len(on) - 1:
            furniture.scale_bar(axes, 72 / scale)
            furniture.north_arrow(axes, 72 / scale)
    figure.text(0.035, 0.966, title or words["map"], fontsize=15, fontweight="bold", color=INK, va="center")
    _list(figure, table, lang)
    below = "   |   ".join(filter(None, [note, words["crs"].format(crs_name(coast.crs, lang))]))
    figure.text(0.035, 0.025, below, fontsize=7.5, color=MUTED, va="center")
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


# -- maps --------------------------------------------------------------------------------------------


def _panel(axes: Any, table: Any, strip: Any, day: Any, ground: Any, scale: float) -> None:
    """Draw one day."""
    coast, sea = ground
    if sea is not None:
        fill(axes, shapes(sea), SEA, zorder=1)
    drawing.draw_lines(axes, shapes(coast), colors=SEA.outline, linewidths=1.0, zorder=4.5)
    opened, works = pieces_on(strip, day)
    planned = ~(opened | works)
    looks = {"facecolor": "none", "edgecolor": "#b9b2a5", "linewidth": 0.5, "linestyle": (0, (3, 2))}
    drawing.draw_polygons(axes, shapes(strip)[planned], **looks, zorder=2)
    fill(axes, shapes(strip)[works], WORKS, zorder=2)
    fill(axes, shapes(strip)[opened], OPEN, zorder=4)
    there = is_there(table, day)
    fill(axes, shapes(table)[~there], FREED, zorder=3)
    fill(axes, shapes(table)[~there], replace(FREED, fill=None), zorder=5)  # seen on the open seafront too
    fill(axes, shapes(table)[there], OCCUPIED, zorder=6)
    _numbers(axes, table, there, scale)
    axes.set(xticks=[], yticks=[])


def _numbers(axes: Any, table: Any, there: Any, scale: float) -> None:
    """Write numbers of occupants on the side of the sea, none over another, with lines to their land."""
    xy = drawing.label_points(shapes(table))
    apart = 1.45 * LABEL / scale
    y = spread(xy[:, 1], apart)
    left, right = axes.get_xlim()
    x = left + 0.10 * (right - left)
    ends = np.stack([np.column_stack([np.full(len(y), x + LABEL / scale), y]), xy], axis=1)
    drawing.draw_lines(axes, shapely.linestrings(ends), colors=MUTED, linewidths=0.4, zorder=1.5)
    texts = table["number"].astype(str).to_numpy(dtype=object)
    place = np.column_stack([np.full(len(y), x), y])
    for which, colour, weight in ((there, OCCUPIED.outline, "bold"), (~there, MUTED, "normal")):
        size = {"color": colour, "weight": weight, "halo": 1.4, "zorder": 8}
        drawing.draw_text(axes, place[which], texts[which].tolist(), LABEL, **size)


def _list(figure: Any, table: Any, lang: str) -> None:
    """Write the list of occupants and the legend beside the maps."""
    words, (left, width) = WORDS[lang], LIST
    other = "en" if lang == "es" else "es"
    heading(figure, 0.93, words["legend"])
    entries = [(symbol, f"{symbol.es} / {symbol.en}") for symbol in (OCCUPIED, FREED, OPEN, WORKS)]
    furniture.legend(figure.add_axes((left, 0.81, width, 0.095)), entries, 1)
    heading(figure, 0.79, words["list"])
    step = min(0.036, 0.68 / (len(table) + 2))
    axes = figure.add_axes((left, 0.77 - step * (len(table) + 2), width, step * (len(table) + 2)))
    axes.set(xlim=(0, 1), ylim=(-len(table) - 1, 1))
    axes.set_axis_off()
    size = min(7.2, step * figure.get_figheight() * 72 / 3.2)
    free = [
        words["staying"] if pd.isna(end) else day_text(end + pd.Timedelta(days=1), lang)
        for end in table["end"]
    ]
    areas = [furniture.number(area) for area in table["area"]]
    rows = zip(table["number"], names(table, lang), names(table, other), areas, free, strict=True)
    looks = {"fontsize": size, "color": INK, "va": "center"}
    number, name, area, since = words["heads"]
    for x, text, align in (
        (0, number, "left"),
        (0.06, name, "left"),
        (0.80, area, "right"),
        (1, since, "right"),
    ):
        axes.text(x, 0.4, text, ha=align, fontweight="bold", **looks)
    for k, (at, own, foreign, m2, day) in enumerate(rows):
        axes.plot([0, 1], [-k, -k], color="#d6d1c6" if k else INK, linewidth=0.4 if k else 0.7)
        axes.text(0, -k - 0.5, str(at), fontweight="bold", **looks)
        axes.text(0.06, -k - 0.3, short(own), **looks)
        axes.text(
            0.06,
            -k - 0.72,
            short(foreign),
            **looks | {"color": MUTED, "fontsize": 0.86 * size},
            style="italic",
        )
        axes.text(0.80, -k - 0.5, m2, ha="right", **looks)
        axes.text(1, -k - 0.5, day, ha="right", **looks)
    last = -len(table)
    axes.plot([0, 1], [last, last], color=INK, linewidth=0.7)
    axes.text(0.06, last - 0.5, words["total"], fontweight="bold", **looks)
    axes.text(0.80, last - 0.5, furniture.number(table["area"].sum()), ha="right", fontweight="bold", **looks)
