"""The map of phases: which area opens when, with supply against demand."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.growth_sheet import LEFT, WIDTH, heading, language, legend, map_sheet, table
from ilo_gis.plotting.sheet import save_sheet
from ilo_gis.plotting.styles import INK, MUTED, Symbol
from ilo_gis.tables import conform

__all__ = ["phases_map"]

YEARS = ("#08306b", "#2f7ebc", "#7fb8da", "#cfe1f2")  # the first year the darkest
CLOSED = Symbol("No se abre", "Not opened", fill="#f6f4ef", hatch="#b9b2a5", outline="#968b78", width=0.2)
SUPPLY, DEMAND, SHORT = "#2f7ebc", "#2f2d29", "#c0281c"
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "phases": "Etapas de expansión urbana",
        "area": "Área",
        "opens": "Año de apertura",
        "schedule": "Calendario de apertura",
        "heads": ("N.º", "Área", "Año", "Lotes", "US$/lote"),
        "balance": "Oferta y demanda acumuladas de lotes",
        "supply": "Oferta",
        "demand": "Demanda",
        "short": "Déficit",
        "total": "Se abren",
    },
    "en": {
        "phases": "Phases of urban growth",
        "area": "Area",
        "opens": "Year of opening",
        "schedule": "Order of opening",
        "heads": ("No.", "Area", "Year", "Lots", "US$/lot"),
        "balance": "Supply and demand of lots, cumulative",
        "supply": "Supply",
        "demand": "Demand",
        "short": "Shortage",
        "total": "Opened",
    },
}

Polygons = NDArray[np.object_]


def phases_map(
    phases: gpd.GeoDataFrame,
    balance: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    context: Sequence[gpd.GeoDataFrame] = (),
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw which area opens when, the order as a table, and supply against demand by year.

    Parameters
    ----------
    phases : GeoDataFrame
        Table ``phases``.
    balance : DataFrame
        Table ``phase_balance``.
    path : path-like, optional
        PNG file to write.
    context : sequence of GeoDataFrame
        Layers drawn in grey below, in the CRS of `phases`: streets, the city.
    title, note : str, optional
        Heading of the sheet; a line below the map, such as "Esquemático, no es levantamiento".
    lang : {"es", "en"}
        Language of the words on the sheet.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is no area to draw.
    CRSError
        If a layer is not in metres, or two differ.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> nothing = ilo_gis.tables.empty("phases", 32719), ilo_gis.tables.empty("phase_balance")
    >>> phases_map(*nothing)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    phases = conform(phases, "phases")
    words = WORDS[language(lang)]
    figure, axes, scale = map_sheet(phases, title or words["phases"], lang, note, context)
    shapes = np.asarray(phases.geometry.array, dtype=object)
    opened = phases["opened"]
    colours = {y: c for y, c in _year_colours(balance.index).items() if (opened == y).any()}
    for year, colour in colours.items():
        here = (opened == year).fillna(False).to_numpy(dtype=bool)
        drawing.draw_polygons(
            axes, shapes[here], facecolor=colour, edgecolor="white", linewidth=0.8, zorder=3
        )
    closed = opened.isna().to_numpy()
    looks: dict[str, Any] = {"facecolor": CLOSED.fill, "edgecolor": CLOSED.hatch, "hatch": "////"}
    drawing.draw_polygons(axes, shapes[closed], **looks, linewidth=0.6, zorder=3)
    _name_phases(axes, phases, shapes, scale, words["area"])
    entries = [(Symbol(str(y), str(y), fill=c, outline=c), str(y)) for y, c in colours.items()]
    entries += [(CLOSED, getattr(CLOSED, lang))] if closed.any() else []
    top = legend(figure, 0.93, words["opens"], entries, columns=4)
    top = table(figure, top, words["schedule"], words["heads"], _calendar(phases, words))
    heading(figure, top, words["balance"])
    _chart(figure.add_axes((LEFT + 0.025, 0.085, WIDTH - 0.03, top - 0.035 - 0.085)), balance, words)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _year_colours(years: pd.Index) -> dict[int, str]:
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    ramp = LinearSegmentedColormap.from_list("years", YEARS)
    return {int(y): to_hex(ramp(k / max(len(years) - 1, 1))) for k, y in enumerate(years)}


def _name_phases(axes: Any, phases: gpd.GeoDataFrame, shapes: Polygons, scale: float, word: str) -> None:
    """Write the order in a circle on each area, with its id and year below."""
    xy = drawing.label_points(shapes)
    order = phases["order"].astype("Int64")
    told = order.notna().to_numpy()
    size = np.clip(drawing.paper_size(shapes, scale) / 5, 6, 13)
    wide = 2.1 * size[told]
    drawing.draw_ovals(axes, xy[told], wide, wide, facecolor="white", edgecolor=INK, linewidth=0.8, zorder=9)
    numbers = [str(n) for n in order[told]]
    drawing.draw_text(axes, xy[told], numbers, size[told], color=INK, zorder=10, weight="bold")
    years = phases["opened"].astype("Int64")
    below = [f"{word} {name}" + (f" · {year}" if pd.notna(year) else "") for name, year in years.items()]
    lower = xy - np.column_stack([np.zeros(len(xy)), 1.9 * size / scale * told])
    drawing.draw_text(axes, lower, below, 0.72 * size, color=INK, zorder=10, halo=2.0)


def _calendar(phases: gpd.GeoDataFrame, words: dict[str, Any]) -> list[list[str]]:
    said = [
        [
            "–" if pd.isna(row.order) else str(row.order),
            str(row.Index),
            "–" if pd.isna(row.opened) else str(row.opened),
            furniture.number(row.lots),
            furniture.number(row.cost_per_lot),
        ]
        for row in phases.itertuples()
    ]
    most = 22
    if len(said) > most:
        said = [*said[: most - 1], ["…"] * 5]
    opened = phases[phases["opened"].notna()]
    lots = opened["lots"].sum()
    mean = opened["cost"].sum() / lots if lots else np.nan
    return [*said, ["", words["total"], "", furniture.number(lots), furniture.number(mean)]]


def _chart(axes: Any, balance: pd.DataFrame, words: dict[str, Any]) -> None:
    """Draw supply as columns, demand as a line, and what is short in red on top of supply."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    years = balance.index.to_numpy()
    supply, demand = (balance[f"cumulative_{k}"].to_numpy(dtype=float) for k in ("supply", "demand"))
    short = balance["shortage"].to_numpy(dtype=float)
    axes.bar(years, supply, width=0.72, color=SUPPLY, alpha=0.75, label=words["supply"], zorder=2)
    wanting = short > 0
    if wanting.any():
        looks: dict[str, Any] = {
            "edgecolor": SHORT,
            "facecolor": "#f3c9c4",
            "hatch": "////",
            "linewidth": 0.6,
        }
        looks |= {"label": words["short"], "width": 0.72, "zorder": 2}
        axes.bar(years[wanting], short[wanting], bottom=supply[wanting], **looks)
    axes.plot(
        years,
        demand,
        color=DEMAND,
        linewidth=1.4,
        marker="o",
        markersize=3.5,
        label=words["demand"],
        zorder=3,
    )
    axes.set_ylim(0, 1.18 * max(supply.max(), demand.max(), 1.0))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=min(len(years), 8)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: furniture.number(value)))
    axes.tick_params(labelsize=7, length=2, width=0.5, color=MUTED, labelcolor=INK)
    axes.grid(axis="y", color="#e2ded4", linewidth=0.5, zorder=0)
    for side, spine in axes.spines.items():
        spine.set(visible=side in ("left", "bottom"), color=MUTED, linewidth=0.6)
    axes.legend(loc="upper left", ncols=3, fontsize=7.5, frameon=False, labelcolor=INK)
