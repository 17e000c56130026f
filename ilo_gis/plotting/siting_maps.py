"""Maps of public taps with the lots they serve, and of latrines with the trenches that they share."""

from __future__ import annotations

import os
import textwrap
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.growth_sheet import LEFT, heading, language, legend, map_sheet, table
from ilo_gis.plotting.layers import window as frame_of
from ilo_gis.plotting.sheet import save_sheet
from ilo_gis.plotting.styles import INK, Symbol
from ilo_gis.tables import conform, require_same_crs

__all__ = ["latrines_map", "taps_map"]

GROUPS = ("#9ecae1", "#fdd0a2", "#c7e9c0", "#dadaeb", "#fde49b", "#e7c3c8", "#bfe3df", "#d9cbb0")
NEAR = 6  # taps around one that have other colours
WATER, SEWER, LATRINE = "#17558c", "#8a4b12", "#6b3d0c"
CLOSE = 70.0  # m; half the height of a close-up
READABLE = 4.5  # points
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "taps": "Piletas públicas y lotes que atienden",
        "legend": "Leyenda / Legend",
        "figures": "Piletas",
        "heads": ("Cifra", "Mínimo", "Media", "Máximo"),
        "rows": ("Hogares", "Personas", "Recorrido medio (m)", "Recorrido máximo (m)", "Caños necesarios"),
        "sphere": "Prueba de Esfera",
        "number": "{} piletas, {} hogares",
        "latrines": "Letrinas: esquina fijada en cada lote",
        "why": "Motivo",
    },
    "en": {
        "taps": "Public taps and the lots they serve",
        "legend": "Legend / Leyenda",
        "figures": "Taps",
        "heads": ("Figure", "Least", "Mean", "Most"),
        "rows": ("Households", "Persons", "Mean walk (m)", "Longest walk (m)", "Spouts needed"),
        "sphere": "Sphere test",
        "number": "{} taps, {} households",
        "latrines": "Latrines: the corner fixed in each lot",
        "why": "Reason",
    },
}
TAP = Symbol("Pileta pública", "Public tap", fill=WATER, outline="#ffffff", width=0.2)
CATCHMENT = Symbol(
    "Lotes de una pileta (un color)", "Lots of one tap (one colour)", fill=GROUPS[0], outline="#8f8a80"
)
WITHOUT = Symbol("Lote sin pileta", "Lot without a tap", fill="#ffffff", hatch="#c0281c", outline="#c0281c")
SITED = Symbol("Letrina", "Latrine", fill=LATRINE, outline="#ffffff", width=0.2)
TRENCH = Symbol("Zanja compartida", "Shared trench", outline=SEWER, fill=SEWER, width=0.4)
LINE = Symbol("Futuro desagüe", "Future sewer", outline=WATER, width=0.4, dashed=True)
LOT = Symbol("Lote", "Lot", fill="#f7f3e8", outline="#8f8a80")


def taps_map(  # noqa: PLR0913 (four tables, and the words of every map)
    taps: gpd.GeoDataFrame,
    tap_lots: pd.DataFrame,
    lots: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    findings: gpd.GeoDataFrame | None = None,
    walks: bool = False,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw public taps, the lots of each in one colour, and the test of the Sphere handbook.

    Parameters
    ----------
    taps : GeoDataFrame
        Table ``taps``.
    tap_lots : DataFrame
        Table ``tap_lots``.
    lots : GeoDataFrame
        All lots, indexed by ``lot_id``; those that no tap serves are hatched.
    path : path-like, optional
        PNG file to write.
    streets : GeoDataFrame, optional
        Drawn in grey below.
    findings : GeoDataFrame, optional
        Table ``findings``: what it says of the Sphere handbook is written beside the map.
    walks : bool
        Whether to draw a line from each lot to its tap.
    title, note : str, optional
        Heading of the sheet; a line below the map.
    lang : {"es", "en"}
        Language of the words; the legend has both.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known or there are no lots.
    CRSError, SchemaError
        If layers are not in one CRS in metres, or a table lacks columns.
    ImportError, WriteError
        If matplotlib is not installed, or the file exists or cannot be written.

    Examples
    --------
    >>> none = ilo_gis.tables.empty
    >>> taps_map(none("taps", 32719), none("tap_lots"), none("lots", 32719))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    points, served = conform(taps, "taps"), conform(tap_lots, "tap_lots")
    require_same_crs(taps=points, lots=lots, streets=streets)
    words = WORDS[language(lang)]
    figure, axes, scale = map_sheet(lots, title or words["taps"], lang, note, _below(streets))
    land = np.asarray(lots.geometry.array, dtype=object)
    of = points.index.get_indexer(served["tap_id"].reindex(lots.index.astype(str)).to_numpy(dtype=object))
    colours = _apart(points)
    looks: dict[str, Any] = {"edgecolor": "#8f8a80", "linewidth": min(0.3, 2 * scale), "zorder": 3}
    for colour in range(len(GROUPS)):
        mine = (of >= 0) & (np.append(colours, -1)[of] == colour)
        drawing.draw_polygons(axes, land[mine], facecolor=GROUPS[colour], **looks)
    hatched = {"facecolor": "white", "edgecolor": WITHOUT.outline, "hatch": "/////", "linewidth": 0.4}
    drawing.draw_polygons(axes, land[of < 0], **hatched, zorder=3)
    if walks and len(points):
        ends = np.stack(
            [drawing.label_points(land[of >= 0]), shapely.get_coordinates(points.geometry)[of[of >= 0]]], 1
        )
        drawing.draw_lines(axes, shapely.linestrings(ends), colors=WATER, linewidths=0.25, zorder=4)
    _dots(axes, points)
    entries = [
        (one, f"{one.es} / {one.en}") for one in (TAP, CATCHMENT, *([WITHOUT] if (of < 0).any() else []))
    ]
    top = legend(figure, 0.93, words["legend"], entries, columns=1)
    total = words["number"].format(len(points), furniture.number(points["households"].sum()))
    top = table(
        figure, top, f"{words['figures']}: {total}", words["heads"], _figures(points, words), last=False
    )
    _said(figure, top, words["sphere"], _sphere(findings, lang))
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def latrines_map(  # noqa: PLR0913 (as above)
    latrines: gpd.GeoDataFrame,
    lots: gpd.GeoDataFrame,
    sewer_line: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    around: str | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw a close-up of latrines in their lots, the pairs that share a trench, and the future sewer.

    Parameters
    ----------
    latrines : GeoDataFrame
        Table ``latrines``.
    lots : GeoDataFrame
        Lots, indexed by ``lot_id``.
    sewer_line : GeoDataFrame
        Lines of the future sewer, such as the centre lines of the streets.
    path : path-like, optional
        PNG file to write.
    around : str, optional
        The lot in the middle; by default the one nearest to the middle of all.
    title, note, lang, overwrite
        As for `taps_map`.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, there are no lots, or `around` is none of them.
    CRSError, SchemaError, ImportError, WriteError
        As for `taps_map`.

    Examples
    --------
    >>> none = ilo_gis.tables.empty
    >>> latrines_map(none("latrines", 32719), none("lots", 32719), none("street_lines", 32719))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There are no latrines to draw.
    """
    spots, words = conform(latrines, "latrines"), WORDS[language(lang)]
    require_same_crs(latrines=spots, lots=lots, sewer_line=sewer_line)
    if spots.empty:
        raise RuleError("There are no latrines to draw.")
    if around is not None and around not in spots.index:
        raise RuleError(f"There is no latrine of a lot {around!r}. Name a lot that has one.")
    xy = shapely.get_coordinates(spots.geometry)
    middle = xy[spots.index.get_loc(around)] if around is not None else np.median(xy, axis=0)
    middle = xy[np.argmin(np.hypot(*(xy - middle).T))]
    window = shapely.box(*(middle - CLOSE), *(middle + CLOSE))
    shown = lots[shapely.intersects(lots.geometry.array, window)]
    figure, axes, scale = map_sheet(shown, title or words["latrines"], lang, note)
    shown = lots[shapely.intersects(lots.geometry.array, frame_of(axes))]
    land = np.asarray(shown.geometry.array, dtype=object)
    drawing.draw_polygons(axes, land, facecolor=LOT.fill, edgecolor=LOT.outline, linewidth=0.7, zorder=2)
    axis = np.asarray(sewer_line.geometry.array, dtype=object)
    dashes = {"colors": WATER, "linewidths": 1.4, "linestyles": [(0, (6, 2, 1, 2))]}
    drawing.draw_lines(axes, axis, **dashes, zorder=3)
    drawing.draw_lines(axes, _trenches(spots, axis), colors=SEWER, linewidths=1.1, zorder=4)
    drawing.draw_ovals(
        axes, xy, *[np.full(len(xy), 2.0 * scale)] * 2, facecolor=LATRINE, edgecolor="white", zorder=6
    )
    names = shown.index.astype(str).tolist()
    size = np.clip(drawing.paper_size(land, scale) / 6, READABLE, 8.0)
    drawing.draw_text(axes, drawing.label_points(land), names, size, color=INK, zorder=7)
    entries = [(one, f"{one.es} / {one.en}") for one in (SITED, TRENCH, LINE, LOT)]
    top = legend(figure, 0.93, words["legend"], entries, columns=1)
    own = spots[spots.index.isin(shown.index)]
    near = own.iloc[
        np.argsort(np.hypot(*(shapely.get_coordinates(own.geometry) - middle).T), kind="stable")[:10]
    ]
    _said(figure, top, words["why"], [f"{name}: {why}" for name, why in near[f"reason_{lang}"].items()])
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


# -- parts -------------------------------------------------------------------------------------------


def _below(streets: gpd.GeoDataFrame | None) -> tuple[gpd.GeoDataFrame, ...]:
    return () if streets is None else (streets,)


def _apart(taps: gpd.GeoDataFrame) -> Any:
    """Return a colour for each tap, another than those of the taps around it."""
    colours = np.full(len(taps), -1)
    if len(taps):
        xy = shapely.get_coordinates(taps.geometry)
        _, near = cKDTree(xy).query(xy, k=min(NEAR + 1, len(taps)))
        near = near.reshape(len(taps), -1)
        for k in range(len(taps)):
            around = set(colours[near[k]]) | set(colours[(near == k).any(axis=1)])
            free = [c for c in range(len(GROUPS)) if c not in around]
            colours[k] = free[0] if free else k % len(GROUPS)
    return colours


def _dots(axes: Any, taps: gpd.GeoDataFrame) -> None:
    """Draw taps with their numbers."""
    xy = shapely.get_coordinates(taps.geometry)
    numbers = [str(name).removeprefix("P-") for name in taps.index]
    wide = np.full(len(xy), 9.0)
    drawing.draw_ovals(axes, xy, wide, wide, facecolor=WATER, edgecolor="white", linewidth=0.8, zorder=9)
    drawing.draw_text(axes, xy, numbers, READABLE, color="white", zorder=10, weight="bold")


def _figures(taps: gpd.GeoDataFrame, words: dict[str, Any]) -> list[list[str]]:
    columns = ("households", "persons", "mean_walk", "max_walk", "spouts")
    return [
        [name, *(furniture.number(getattr(taps[column], how)()) for how in ("min", "mean", "max"))]
        for name, column in zip(words["rows"], columns, strict=True)
    ]


def _sphere(findings: gpd.GeoDataFrame | None, lang: str) -> list[str]:
    if findings is None:
        return []
    column = "message_es" if lang == "es" else "message"
    return findings.loc[findings["rule"].str.startswith("taps.sphere"), column].tolist()


def _said(figure: Any, top: float, title: str, texts: list[str]) -> None:
    """Write texts in the column beside the map."""
    if texts:
        heading(figure, top, title)
        lines = [part for text in texts for part in [*textwrap.wrap(text, 72), ""]]
        figure.text(LEFT, top - 0.026, "\n".join(lines), fontsize=7.5, color=INK, va="top", linespacing=1.35)


def _trenches(spots: gpd.GeoDataFrame, axis: Any) -> Any:
    """Return a trench for each pair, from both latrines to the line, and one for each that is alone."""
    xy = shapely.get_coordinates(spots.geometry)
    mate = spots.index.get_indexer(spots["pair"].to_numpy(dtype=object, na_value=None))
    first = np.flatnonzero((mate < 0) | (np.arange(len(xy)) < mate))
    other = np.where(mate[first] < 0, first, mate[first])
    middle = shapely.points((xy[first] + xy[other]) / 2)
    of, near = shapely.STRtree(axis).query_nearest(middle, all_matches=False)
    line = axis[near[np.argsort(of, kind="stable")]]
    foot = shapely.get_coordinates(
        shapely.line_interpolate_point(line, shapely.line_locate_point(line, middle))
    )
    across = shapely.linestrings(np.stack([xy[first], xy[other]], axis=1))
    down = shapely.linestrings(np.stack([shapely.get_coordinates(middle), foot], axis=1))
    return np.concatenate([across, down])
