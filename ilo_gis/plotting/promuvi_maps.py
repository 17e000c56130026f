"""Maps of PROMUVI: lots by stage, and lots by the state of a service."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError, did_you_mean
from ilo_gis.plotting import drawing
from ilo_gis.plotting.furniture import number
from ilo_gis.plotting.growth_sheet import language, legend, map_sheet, table
from ilo_gis.plotting.layers import fill, shapes
from ilo_gis.plotting.promuvi_styles import SERVICE_STATES, STAGES
from ilo_gis.plotting.sheet import save_sheet
from ilo_gis.plotting.styles import INK, Symbol
from ilo_gis.plotting.time_axis import day_text
from ilo_gis.tables import conform
from ilo_gis.tables.units import in_language

__all__ = ["service_map", "stage_map"]

MOST = 24  # rows of the table beside the map
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "stages": "PROMUVI: lotes por etapa",
        "service": "PROMUVI: {}",
        "legend": "Leyenda / Legend",
        "by": "Lotes por área de expansión",
        "area": "Área",
        "all": "Total",
        "on": " al {}",
    },
    "en": {
        "stages": "PROMUVI: lots by stage",
        "service": "PROMUVI: {}",
        "legend": "Legend / Leyenda",
        "by": "Lots by extension area",
        "area": "Area",
        "all": "All",
        "on": " on {}",
    },
}


def stage_map(
    lots: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    on: Any = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the lots of a programme coloured by their stage, with a table by extension area.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lot_progress``, as `ilo_gis.promuvi.lot_progress` gives it, in a CRS in metres.
    path : path-like, optional
        PNG file to write.
    on : date, optional
        Day of the report, for the heading.
    title, note : str, optional
        Heading of the sheet; a line below the map. Without `note`: what the lots say of themselves.
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
        If `lang` is not known, or there is no lot to draw.
    CRSError, SchemaError
        If the lots are not in metres, or not the table.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> stage_map(ilo_gis.tables.empty("lot_progress", 32719))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    words = WORDS[language(lang)]
    figure = _map(lots, "stage", STAGES, title or words["stages"] + _when(on, lang), lang, note)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def service_map(
    lots: gpd.GeoDataFrame,
    service: str,
    path: str | os.PathLike[str] | None = None,
    *,
    name: str | None = None,
    on: Any = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the lots of a programme coloured by the state of one service.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lot_progress``.
    service : str
        Column of the service, such as ``"water"``.
    path : path-like, optional
        PNG file to write.
    name : str, optional
        What the service is called on the sheet; by default `service`.
    on, lang, note, overwrite
        As for `stage_map`.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        As for `stage_map`, or if `service` is unknown.
    CRSError, SchemaError, ImportError, WriteError
        As for `stage_map`.

    Examples
    --------
    >>> service_map(ilo_gis.tables.empty("lot_progress", 32719), "watr")
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is no service 'watr' (did you mean water?).
    """
    words = WORDS[language(lang)]
    if service not in lots or service in ("stage", "block_id", "note", "geometry"):
        raise RuleError(f"There is no service {service!r}{did_you_mean(service, lots.columns)}.")
    heading = words["service"].format((name or service).lower()) + _when(on, lang)
    figure = _map(lots, service, SERVICE_STATES, heading, lang, note)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _when(on: Any, lang: str) -> str:
    return "" if on is None else str(WORDS[lang]["on"]).format(day_text(pd.Timestamp(on), lang))


def _map(
    lots: gpd.GeoDataFrame,
    column: str,
    symbols: Mapping[str, Symbol],
    title: str,
    lang: str,
    note: str | None,
) -> Any:
    """Draw lots in the colours of a column, with legend and table beside."""
    layer, words = conform(lots, "lot_progress"), WORDS[lang]
    figure, axes, _ = map_sheet(layer, title, lang, note or _note(layer, lang))
    value = layer[column].astype(str).to_numpy(dtype=object)
    for name, symbol in symbols.items():
        fill(axes, shapes(layer)[value == name], symbol, zorder=3, thin=0.5)
    _name_areas(axes, layer, words["area"])
    count = {name: int((value == name).sum()) for name in symbols}
    entries = [(one, f"{one.es} / {one.en} ({number(count[name])})") for name, one in symbols.items()]
    top = legend(figure, 0.93, words["legend"], entries, columns=1)
    if "extension_area" in layer:
        heads = [words["area"], *(getattr(one, lang) for one in symbols.values()), words["all"]]
        table(figure, top, words["by"], heads, _rows(layer["extension_area"], value, list(symbols), words))
    return figure


def _note(layer: gpd.GeoDataFrame, lang: str) -> str | None:
    """Return what lots say of themselves, such as that they are simulated."""
    notes = layer["note"].dropna().unique() if "note" in layer else []
    return in_language(str(notes[0]), lang) if len(notes) else None


def _rows(areas: pd.Series, value: Any, names: list[str], words: dict[str, Any]) -> list[list[str]]:
    """Return the lots of each area by value, and all."""
    counts = pd.crosstab(areas.astype(str).to_numpy(), value).reindex(columns=names, fill_value=0)
    counts = counts.loc[sorted(counts.index, key=lambda name: name.zfill(9))]
    told = counts if len(counts) <= MOST else counts.iloc[: MOST - 1]
    rows = [[str(name), *map(number, row), number(sum(row))] for name, *row in told.itertuples()]
    if len(told) < len(counts):
        rows.append(["…"] * (len(names) + 2))
    return [*rows, [words["all"], *map(number, counts.sum()), number(counts.to_numpy().sum())]]


def _name_areas(axes: Any, layer: gpd.GeoDataFrame, word: str) -> None:
    """Write the name of each extension area in the middle of its lots."""
    if "extension_area" not in layer:
        return
    middle = pd.DataFrame(layer.geometry.centroid.get_coordinates()).groupby(layer["extension_area"]).mean()
    texts = [f"{word} {name}" for name in middle.index]
    looks: dict[str, Any] = {"color": INK, "weight": "bold", "halo": 3.0, "zorder": 9}
    drawing.draw_text(axes, middle.to_numpy(dtype=np.float64), texts, 11, **looks)
