"""Maps of a zoning plan and of the constraints on a site, with legends in Spanish and English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.key_table import KeyRow, key_table
from ilo_gis.plotting.layers import fill, shapes
from ilo_gis.plotting.sheet import crs_name, frame, new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED, OTHERS, STYLES, Symbol
from ilo_gis.plotting.zoning_styles import UNKNOWN_ZONE, ZONING_STYLES, zone_symbol
from ilo_gis.tables import require_metres, require_same_crs
from ilo_gis.tables.catalogues import Catalogue
from ilo_gis.tables.catalogues import catalogues as shipped

__all__ = ["constraints_map", "zoning_map"]

SHEET, DPI = (15.6, 10.4), 150  # inches, dots per inch
MAP, SIDE = (0.035, 0.065, 0.60, 0.865), (0.660, 0.315)  # place of the map; left and width of the column
CODE_SIZE, READABLE = 10.0, 4.5  # points: the largest and the smallest code written
LETTER = 0.80  # width of a bold letter, as a share of its size
TOLERANCE = 1.0  # m: how well the widest place of a zone is known
OVERLAP = 0.01  # share of the land under two zones from which they are of two plans, no slips
BOUNDARY = Symbol("Límite", "Boundary", outline="#1c1b19", width=0.6)
LAND = STYLES["lots"].symbols["lot"]
FREE, LIMITED = "apto para edificar / fit for building", ("Con condiciones: ", "Limited: ")
PALER = 0.45  # how much paler each further reason of a kind is
WORDS = {
    "es": {
        "zones": "Plano de zonificación",
        "constraints": "Restricciones y suelo apto para edificar",
        "legend": "Leyenda y cuadro de áreas / Legend and area table",
        "crs": "Sistema de coordenadas: {}. Áreas de cuadrícula.",
    },
    "en": {
        "zones": "Zoning plan",
        "constraints": "Constraints and land fit for building",
        "legend": "Legend and area table / Leyenda y cuadro de áreas",
        "crs": "Coordinate system: {}. Grid areas.",
    },
}


def zoning_map(
    zones: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    boundary: gpd.GeoDataFrame | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw a zoning plan on one sheet, with its codes, a legend in both languages and the area of each code.

    Colours are those of the catalogues. A code is written on each zone where it can be read. The same
    zones give the same bytes, in whatever order they come.

    Parameters
    ----------
    zones : GeoDataFrame
        Zones of one plan, as table ``zones``: ``catalogue``, ``code``, polygons in a CRS in metres.
        Of several plans over the same land take one first, as `ilo_gis.zoning.zones_on` does.
    path : path-like, optional
        PNG file to write.
    boundary : GeoDataFrame, optional
        Polygons of the land planned, drawn as an outline.
    catalogues : mapping of str to Catalogue, optional
        Catalogues by name; those shipped by default. A code that is in none is hatched red.
    title, note : str, optional
        Heading of the sheet, and a line below the map.
    lang : {"es", "en"}
        Language of the headings; the legend has both.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, there is nothing to draw, or zones of several plans lie on each other.
    CRSError
        If a layer is not in metres, or the two differ.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    References
    ----------
    DS 022-2016-VIVIENDA, article 101 (codes); no norm fixes their colours.

    Examples
    --------
    >>> zoning_map(ilo_gis.tables.empty("zones", 32719))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There are no zones to draw.
    """
    _require_lang(lang)
    require_metres(zones, "zones")
    require_same_crs(zones=zones, boundary=boundary)
    if zones.empty:
        raise RuleError("There are no zones to draw.")
    _require_one_plan(zones)
    columns = {name: zones[name].astype(str).to_numpy() for name in ("catalogue", "code")}
    zones = gpd.GeoDataFrame(columns, geometry=shapes(zones), crs=zones.crs)
    figure, axes, scale = _sheet(zones)
    rows = []
    known = shipped() if catalogues is None else catalogues
    for symbol, row in _by_code(zones, known):
        own = zones[(zones["catalogue"] == row.name[0]) & (zones["code"] == row.name[1])]
        fill(axes, _sorted(shapes(own)), symbol, zorder=2)
        es, en = (text.removeprefix(f"{row.name[1]}: ") for text in (symbol.es, symbol.en))
        rows.append(KeyRow(symbol, row.name[1], es, en, row["area"], row["share"]))
    if boundary is not None:
        fill(axes, shapes(boundary), BOUNDARY, zorder=4)
    _codes(axes, zones, scale)
    rows.append(_sum(rows))
    _around(figure, axes, rows, (title, note), lang, "zones", zones.crs, scale)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def constraints_map(  # noqa: PLR0913 (four tables, and the words of every map)
    site: gpd.GeoDataFrame,
    constraints: gpd.GeoDataFrame,
    land: gpd.GeoDataFrame,
    losses: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw what may be built on of a site and why the rest is lost, with the area of each reason.

    Lost land has the colour of the kind of its first reason, as `ilo_gis.site.buildable` counts it: every
    m2 once. Land that may be built on under conditions is hatched.

    Parameters
    ----------
    site : GeoDataFrame
        Polygons in a CRS in metres.
    constraints : GeoDataFrame
        Table ``constraints``: tells the kind of each reason.
    land, losses : GeoDataFrame
        What `ilo_gis.site.buildable` gave for the two.
    path : path-like, optional
        PNG file to write.
    title, note : str, optional
        Heading of the sheet, and a line below the map.
    lang : {"es", "en"}
        Language of the headings; the legend has both, where reasons are told as "Spanish / English".
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or the site is empty.
    CRSError
        If a layer is not in metres, or they differ.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    References
    ----------
    RNE GH.010, article 4: land that may not be developed.

    Examples
    --------
    >>> site, land = (ilo_gis.tables.empty(name, 32719) for name in ("zones", "land"))
    >>> rules, losses = (ilo_gis.tables.empty(name, 32719) for name in ("constraints", "losses"))
    >>> constraints_map(site, rules, land, losses)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: The site is empty: there is nothing to draw.
    """
    _require_lang(lang)
    require_metres(site, "site")
    require_same_crs(site=site, constraints=constraints, land=land, losses=losses)
    if site.empty:
        raise RuleError("The site is empty: there is nothing to draw.")
    figure, axes, scale = _sheet(site)
    whole = float(land.area.sum() + losses.area.sum())
    limits = land["limits"].fillna("").astype(str) if "limits" in land else pd.Series("", land.index)
    rows = []
    for text in sorted(limits.unique()):
        part = land[limits == text]
        symbol = replace(LAND, hatch=_symbol(constraints, text).outline) if text else LAND
        fill(axes, shapes(part), symbol, zorder=2)
        rows.append(_told(symbol, text or FREE, part, whole, LIMITED if text else ("", "")))
    for reason, symbol in _looks(constraints, losses):
        part = losses[losses["reason"] == reason]
        fill(axes, shapes(part), symbol, zorder=3)
        rows.append(_told(symbol, reason, part, whole))
    fill(axes, shapes(site), BOUNDARY, zorder=4)
    rows.append(_sum(rows))
    _around(figure, axes, rows, (title, note), lang, "constraints", site.crs, scale)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _require_lang(lang: str) -> None:
    if lang not in WORDS:
        raise RuleError(f"lang={lang!r} is not known. Choose one of: {', '.join(WORDS)}.")


def _require_one_plan(zones: gpd.GeoDataFrame) -> None:
    """Raise if zones of several plans lie on each other: one would hide the other."""
    if "plan" not in zones or zones["plan"].nunique() < 2:
        return
    polygons = shapes(zones)
    if shapely.area(polygons).sum() > (1 + OVERLAP) * shapely.area(shapely.union_all(polygons)):
        names = ", ".join(map(str, sorted(zones["plan"].dropna().unique())))
        raise RuleError(
            f"Zones of several plans lie on each other: {names}. "
            "Take those of one: `zones[zones['plan'] == ...]`, or those in force on a day: `zoning.zones_on`."
        )


def _sheet(site: gpd.GeoDataFrame) -> tuple[Any, Any, float]:
    """Return a sheet, its map, and points on paper in a metre."""
    figure = new_sheet(SHEET, DPI)
    axes = figure.add_axes(MAP)
    low, high = site.total_bounds[:2], site.total_bounds[2:]
    pad = 0.03 * (high - low).max()
    return figure, axes, frame(axes, (*(low - pad), *(high + pad)))


def _sorted(polygons: Any) -> Any:
    """Return polygons in an order of their own, not that of the table."""
    west, south, *_ = shapely.bounds(polygons).T
    return polygons[np.lexsort((shapely.area(polygons), south, west))]


def _by_code(zones: gpd.GeoDataFrame, known: Mapping[str, Catalogue]) -> list[tuple[Symbol, Any]]:
    """Return symbol, area and share of each code, in the order of the catalogues, unknown ones last."""
    zones = zones.assign(area=zones.area)
    area = zones.groupby(["catalogue", "code"], sort=True)[["area"]].sum()
    area["share"] = area["area"] / area["area"].sum()
    rank = {(name, code): i for name, one in known.items() for i, code in enumerate(one.zones)}
    order = sorted(
        area.index,
        key=lambda key: (list(known).index(key[0]) if key in rank else len(known), rank.get(key, 0), key),
    )
    return [
        (
            zone_symbol(known[name].zones[code]) if (name, code) in rank else UNKNOWN_ZONE,
            area.loc[(name, code)],
        )
        for name, code in order
    ]


def _codes(axes: Any, zones: gpd.GeoDataFrame, scale: float) -> None:
    """Write the code of each zone in its middle or, where it fits only there, where the zone is widest."""
    polygons = shapes(zones)
    texts = zones["code"].to_numpy(dtype=object)
    count = np.array([len(text) for text in texts])
    widest = shapely.get_point(shapely.maximum_inscribed_circle(polygons, TOLERANCE), 0)
    places = [drawing.label_points(polygons), shapely.get_coordinates(widest)]
    sizes = [_code_size(polygons, xy, count, scale) for xy in places]
    middle = sizes[0] >= np.minimum(sizes[1], CODE_SIZE)
    xy, size = np.where(middle[:, None], *places), np.minimum(np.maximum(*sizes), CODE_SIZE)
    seen = size >= READABLE
    looks = {"weight": "bold", "color": INK, "halo": 1.4, "zorder": 6}
    drawing.draw_text(axes, xy[seen], texts[seen].tolist(), size[seen], **looks)


def _code_size(polygons: Any, xy: Any, count: Any, scale: float) -> Any:
    """Return the size in points of a code that fits around a point of each zone."""
    wide = drawing.room(polygons, xy) / (LETTER * count)
    high = 2 * shapely.distance(shapely.points(xy), shapely.boundary(polygons))
    return 0.85 * scale * np.minimum(wide, high)


def _looks(constraints: gpd.GeoDataFrame, losses: gpd.GeoDataFrame) -> list[tuple[str, Symbol]]:
    """Return reasons of losses with their symbols: the colour of the kind, paler for each further reason."""
    lost = set(losses["reason"])
    order = [reason for reason in constraints["reason"].drop_duplicates() if reason in lost]
    order += sorted(lost - set(order))
    found: list[tuple[str, Symbol]] = []
    for reason in order:
        symbol = _symbol(constraints, reason)
        found.append((reason, _paler(symbol, sum(symbol.en == other.en for _, other in found))))
    return found


def _symbol(constraints: gpd.GeoDataFrame, reasons: str) -> Symbol:
    """Return the symbol of the kind of constraint that the first of some reasons is of."""
    symbols = ZONING_STYLES["constraints"].symbols
    kinds = constraints.loc[constraints["reason"] == reasons.split("; ", maxsplit=1)[0], "kind"]
    return symbols.get(str(kinds.iloc[0]) if len(kinds) else OTHERS, symbols[OTHERS])


def _paler(symbol: Symbol, times: int) -> Symbol:
    channels = (int(str(symbol.fill)[i : i + 2], 16) for i in (1, 3, 5))
    paler = (round(255 - (255 - value) * (1 - PALER) ** times) for value in channels)
    return replace(symbol, fill="#" + "".join(f"{value:02x}" for value in paler))


def _told(
    symbol: Symbol, reasons: str, part: gpd.GeoDataFrame, whole: float, before: tuple[str, str] = ("", "")
) -> KeyRow:
    """Return a row for land of which reasons are told as "Spanish / English; Spanish / English"."""
    pairs = [reason.partition(" / ") for reason in reasons.split("; ")]
    es, en = before[0] + "; ".join(p[0] for p in pairs), before[1] + "; ".join(p[2] or p[0] for p in pairs)
    area = float(part.area.sum())
    return KeyRow(symbol, "", es[:1].upper() + es[1:], en[:1].upper() + en[1:], area, area / whole)


def _sum(rows: list[KeyRow]) -> KeyRow:
    area, share = sum(row.area for row in rows), sum(row.share for row in rows)
    return KeyRow(None, "", "Área total", "Whole area", area, share)


def _around(
    figure: Any,
    axes: Any,
    rows: list[KeyRow],
    told: tuple[str | None, str | None],
    lang: str,
    what: str,
    crs: Any,
    scale: float,
) -> None:
    """Write what stands around the map."""
    furniture.grid(axes, 72 / scale)
    furniture.scale_bar(axes, 72 / scale)
    furniture.north_arrow(axes, 72 / scale)
    words, (left, width) = WORDS[lang], SIDE
    heading = told[0] or words[what]
    figure.text(0.035, 0.963, heading, fontsize=15, fontweight="bold", color=INK, va="center")
    figure.text(left, 0.93, words["legend"], fontsize=9.5, fontweight="bold", color=INK, va="top")
    key_table(figure, (left, 0.90, width), 0.065, rows)
    below = "   |   ".join(filter(None, [told[1], words["crs"].format(crs_name(crs, lang))]))
    figure.text(0.035, 0.018, below, fontsize=7.5, color=MUTED, va="center")
