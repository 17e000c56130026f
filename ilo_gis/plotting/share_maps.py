"""The map of shared land: which group gets which block, and how that is beside what is due."""

from __future__ import annotations

import os
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.growth_sheet import LEFT, language, legend, map_sheet, table
from ilo_gis.plotting.sheet import save_sheet
from ilo_gis.plotting.styles import INK, MUTED, Symbol
from ilo_gis.plotting.zoning_styles import GROUPS
from ilo_gis.tables import conform, require_same_crs

__all__ = ["shares_map"]

SERVICES = "#1b6ca8"
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "shares": "Distribución del suelo entre grupos",
        "legend": "Leyenda",
        "due": "Partes debidas y asignadas ({})",
        "share_heads": ("Grupo", "Parte", "Debido", "Asignado", "Dif.", "Mz."),
        "shape": "Forma y cercanía",
        "shape_heads": ("Grupo", "Partes", "Linderos con otros", "A servicios"),
        "services": "Servicios",
        "locked": "Manzana fijada a mano",
        "exact": "Mayor manzana: {}. Cada parte es exacta con ese margen: {}.",
        "yes": "sí",
        "no": "no",
        "lots": "lotes",
        "area": "m²",
        "value": "valor",
    },
    "en": {
        "shares": "Land shared among groups",
        "legend": "Legend",
        "due": "Shares due and given ({})",
        "share_heads": ("Group", "Share", "Due", "Given", "Diff.", "Blocks"),
        "shape": "Shape and nearness",
        "shape_heads": ("Group", "Parts", "Fronts to others", "To services"),
        "services": "Services",
        "locked": "Block chosen by hand",
        "exact": "Largest block: {}. Each share is exact within it: {}.",
        "yes": "yes",
        "no": "no",
        "lots": "lots",
        "area": "m²",
        "value": "value",
    },
}

Polygons = NDArray[np.object_]


def shares_map(
    shared: gpd.GeoDataFrame,
    figures: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    services: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw which group gets which block, and what is due to each beside what it gets.

    Parameters
    ----------
    shared : GeoDataFrame
        Table ``land_shares``.
    figures : DataFrame
        Table ``share_figures``: the groups in the order of the legend.
    path : path-like, optional
        PNG file to write.
    services : GeoDataFrame, optional
        Services that land is near or far from, in the CRS of `shared`.
    title, lang, note, overwrite
        As for `phases_map`.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is no block to draw.
    CRSError
        If a layer is not in metres, or two differ.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> shares_map(ilo_gis.tables.empty("land_shares", 32719), ilo_gis.tables.empty("share_figures"))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    shared, figures = conform(shared, "land_shares"), conform(figures, "share_figures")
    require_same_crs(shared=shared, services=services)
    words = WORDS[language(lang)]
    figure, axes, scale = map_sheet(shared, title or words["shares"], lang, note)
    shapes = np.asarray(shared.geometry.array, dtype=object)
    labels = figures["label_es" if lang == "es" else "label"].astype(str)
    entries = []
    for k, (name, label) in enumerate(labels.items()):
        colour = GROUPS[k % len(GROUPS)]
        here = (shared["group"] == name).to_numpy(dtype=bool)
        drawing.draw_polygons(
            axes, shapes[here], facecolor=colour, edgecolor="white", linewidth=0.4, zorder=3
        )
        entries.append((Symbol(label, label, fill=colour, outline=colour), label))
    held = shared["locked"].fillna(False).to_numpy(dtype=bool)
    if held.any():
        symbol = Symbol(words["locked"], words["locked"], outline=INK, width=0.55)
        drawing.draw_polygons(axes, shapes[held], facecolor="none", edgecolor=INK, linewidth=1.5, zorder=5)
        entries.append((symbol, words["locked"]))
    if services is not None and len(services):
        _services(axes, services)
        entries.append((Symbol("", "", outline=SERVICES, width=0.5, dashed=True), words["services"]))
    _name_blocks(axes, shared, shapes, scale)
    top = legend(figure, 0.93, words["legend"], entries, columns=1)
    measure = words.get(str(figures["measure"].iloc[0]), str(figures["measure"].iloc[0]))
    rows = _due(figures)
    top = table(figure, top, words["due"].format(measure), words["share_heads"], rows)
    largest = f"{furniture.number(figures['largest_block'].max())} {measure}"
    exact = words["yes" if figures["exact"].all() else "no"]
    text = words["exact"].format(largest, exact)
    figure.text(LEFT, top + 0.02, text, fontsize=7.5, color=MUTED, va="top")
    table(figure, top - 0.03, words["shape"], words["shape_heads"], _shape(figures), last=False)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _services(axes: Any, services: gpd.GeoDataFrame) -> None:
    shapes = shapely.get_parts(np.asarray(services.geometry.array, dtype=object))
    flat = shapely.get_dimensions(shapes)
    lines = np.concatenate([shapes[flat == 1], shapely.boundary(shapes[flat == 2])])
    looks: dict[str, Any] = {"colors": SERVICES, "linewidths": 1.4, "linestyles": [(0, (6, 1.5, 1, 1.5))]}
    drawing.draw_lines(axes, lines, **looks, zorder=6)
    xy = shapely.get_coordinates(shapes[flat == 0])
    if len(xy):
        axes.plot(xy[:, 0], xy[:, 1], "o", color=SERVICES, markersize=4, zorder=6)


def _name_blocks(axes: Any, shared: gpd.GeoDataFrame, shapes: Polygons, scale: float) -> None:
    """Write the ids of blocks where they are big enough to be read."""
    xy = drawing.label_points(shapes)
    names = shared.index.astype(str)
    room = np.minimum(drawing.room(shapes, xy) * scale / (0.68 * np.maximum(names.str.len(), 2)), 9.0)
    size = np.minimum(room, 0.7 * drawing.paper_size(shapes, scale))
    fits = size >= 3.5
    drawing.draw_text(axes, xy[fits], list(names[fits]), size[fits], color=INK, zorder=7)


def _due(figures: pd.DataFrame) -> list[list[str]]:
    number = furniture.number

    def row(name: str, one: Any, share: float) -> list[str]:
        difference = round(one["difference"]) + 0.0  # no "-0"
        difference = ("+" if difference > 0 else "") + number(difference).replace("-", "−")
        return [name, f"{100 * share:.1f} %", number(one["due"]), number(one["given"]), difference,
                number(one["blocks"])]  # fmt: skip

    rows = [row(str(name), one, one["share"]) for name, one in figures.iterrows()]
    total = figures[["due", "given", "difference", "blocks"]].sum()
    return [*rows, row("Total", total.round(6) + 0.0, figures["share"].sum())]


def _shape(figures: pd.DataFrame) -> list[list[str]]:
    told = figures.reindex(columns=["parts", "borders", "distance"])
    return [
        [
            str(name),
            furniture.number(parts),
            "–" if pd.isna(borders) else f"{100 * borders:.1f} %",
            "–" if pd.isna(distance) else f"{furniture.number(distance)} m",
        ]
        for name, parts, borders, distance in told.itertuples()
    ]
