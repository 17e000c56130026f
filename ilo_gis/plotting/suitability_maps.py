"""The map of how fit land is, with the weights that made it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.growth_sheet import LEFT, WIDTH, heading, language, map_sheet, table
from ilo_gis.plotting.key_table import KeyRow, key_table
from ilo_gis.plotting.layers import fill, shapes
from ilo_gis.plotting.sheet import save_sheet
from ilo_gis.plotting.styles import INK, MUTED, Symbol
from ilo_gis.tables import require_same_crs
from ilo_gis.tables.kinds import kinds
from ilo_gis.tables.units import in_language

__all__ = ["suitability_map"]

RAMP = ((246, 232, 168), (79, 163, 140), (23, 58, 106))  # from unfit to fit: paler to darker for every eye
EDGE, HATCH, BARE = "#ffffff", "#8a8478", "#f4f2ec"
BIG, READABLE = 10.0, 4.5  # points on paper: units that have an outline, and the smallest score written
OUTLINE = Symbol("Límite", "Boundary", outline=INK, width=0.35)
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "title": "Aptitud del suelo",
        "legend": "Aptitud y áreas / Suitability and areas",
        "weights": "Factores y pesos",
        "heads": ["Factor", "Peso (%)", "Confianza", "−{:.0f} %", "+{:.0f} %"],
        "changes": "−, +: unidades que cambian de clase, de {}, si el peso varía en {:.0f} %.",
        "illustrative": "Pesos ilustrativos: no obligan a nadie",
    },
    "en": {
        "title": "Suitability of land",
        "legend": "Suitability and areas / Aptitud y áreas",
        "weights": "Factors and weights",
        "heads": ["Factor", "Weight (%)", "Confidence", "−{:.0f} %", "+{:.0f} %"],
        "changes": "−, +: units of another class, of {}, if the weight changes by {:.0f} %.",
        "illustrative": "Illustrative weights: they bind nobody",
    },
}


def suitability_map(  # noqa: PLR0913 (two tables, an outline, and the words of every map)
    units: gpd.GeoDataFrame,
    classes: Mapping[str, float],
    path: str | os.PathLike[str] | None = None,
    *,
    weights: pd.DataFrame | None = None,
    change: float = 0.2,
    site: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw how fit land is, darker where it is fitter; excluded land is hatched, with its reason.

    Scores are written on units that are big enough.

    Parameters
    ----------
    units : GeoDataFrame
        Table ``suitability``, in a CRS in metres.
    classes : mapping of str to float
        Least score of each class, rising from 0: those that `units` were scored with.
    path : path-like, optional
        PNG file to write.
    weights : DataFrame, optional
        A row for each factor: ``en``, ``es``, ``share`` (of all weights), ``confidence``, ``status``, and
        ``lower``, ``higher``, ``units`` as `ilo_gis.site.weight_changes` counts them.
    change : float
        Share by which the weights were lowered and raised for these counts.
    site : GeoDataFrame, optional
        Polygons drawn as an outline.
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
        If `lang` is not known, there is nothing to draw, or a class of the units is not in `classes`.
    CRSError
        If a layer is not in metres, or the two differ.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> suitability_map(ilo_gis.tables.empty("suitability", 32719), {"low": 0.0, "high": 0.7})
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    words = WORDS[language(lang)]
    require_same_crs(units=units, site=site)
    known = {*classes, "excluded"}
    if unknown := sorted(set(units["suitability_class"].dropna()) - known):
        raise RuleError(f"Units are of classes {', '.join(unknown)}; classes has: {', '.join(classes)}.")
    ours = weights is not None and (weights["status"] == "illustrative").any()
    below = " · ".join(filter(None, [note, words["illustrative"] if ours else None]))
    figure, axes, scale = map_sheet(units, title or words["title"], lang, below or None)
    small = np.median(drawing.paper_size(shapes(units), scale)) < BIG
    rows = []
    for symbol, part in _parts(units, classes):
        edge = Symbol(
            "", "", symbol.fill, outline=symbol.fill if small else EDGE, width=0.08 if small else 0.2
        )
        fill(axes, shapes(part), edge, zorder=2)
        if symbol.hatch:
            whole = np.array([shapely.union_all(shapes(part))], dtype=object)
            fill(axes, whole, Symbol("", "", None, outline=HATCH, hatch=HATCH, width=0.15), zorder=3)
        area = float(part["area"].sum())
        rows.append(KeyRow(symbol, "", symbol.es, symbol.en, area, area / units["area"].sum()))
    if not small:
        _scores(axes, units, scale)
    if site is not None:
        fill(axes, shapes(site), OUTLINE, zorder=4)
    rows.append(KeyRow(None, "", "Área total", "Whole area", sum(row.area for row in rows), 1.0))
    heading(figure, 0.93, words["legend"])
    foot = key_table(figure, (LEFT, 0.90, WIDTH), 0.40 if weights is not None else 0.065, rows)
    if weights is not None:
        _weights(figure, foot - 0.05, weights, change, lang)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _parts(
    units: gpd.GeoDataFrame, classes: Mapping[str, float]
) -> Iterable[tuple[Symbol, gpd.GeoDataFrame]]:
    """Yield the units of each class with their symbol, the fittest first, then those without a score."""
    usual = kinds("suitability")
    own = units["suitability_class"]
    limits = [*pairwise([*classes.values(), 1.0])]
    for name, (low, high), color in reversed([*zip(classes, limits, _ramp(len(classes)), strict=True)]):
        es, en = (usual[name].es, usual[name].en) if name in usual else (name, name)
        symbol = Symbol(
            f"{es}: {low:g} a {high:g}", f"{en}: {low:g} to {high:g}", color, outline=INK, width=0.2
        )
        yield symbol, units[(own == name).fillna(False).to_numpy(dtype=bool)]
    reasons = units["excluded"].where(own == "excluded")
    for reason in sorted(reasons.dropna().unique()):
        es, en = (f"{getattr(usual['excluded'], k)}: {in_language(reason, k)}" for k in ("es", "en"))
        yield (
            Symbol(es, en, BARE, outline=HATCH, hatch=HATCH, width=0.2),
            units[(reasons == reason).fillna(False).to_numpy(bool)],
        )
    if own.isna().any():
        yield (
            Symbol(usual["unknown"].es, usual["unknown"].en, "#ffffff", outline=INK, width=0.2),
            units[own.isna()],
        )


def _scores(axes: Any, units: gpd.GeoDataFrame, scale: float) -> None:
    """Write the score of each unit where it can be read."""
    known = shapes(units[units["score"].notna()])
    size = np.minimum(0.4 * drawing.paper_size(known, scale), 9.0)
    seen = size >= READABLE
    texts = [f"{score:.2f}" for score in units["score"].dropna()[seen]]
    xy = drawing.label_points(known)
    drawing.draw_text(axes, xy[seen], texts, size[seen], color=INK, halo=2.0, zorder=5)


def _ramp(count: int) -> list[str]:
    """Return colours that darken evenly; the last is the darkest."""
    at = np.linspace(0, 1, count) if count > 1 else np.ones(1)
    mixed = [np.interp(at, np.linspace(0, 1, len(RAMP)), band) for band in zip(*RAMP, strict=True)]
    return ["#" + "".join(f"{round(value):02x}" for value in color) for color in zip(*mixed, strict=True)]


def _weights(figure: Any, top: float, weights: pd.DataFrame, change: float, lang: str) -> None:
    words, number = WORDS[lang], furniture.number
    rows = [
        [row[lang], number(100 * row["share"]), row["confidence"] or "–"]
        + [number(row[c]) for c in ("lower", "higher")]
        for _, row in weights.iterrows()
    ]
    heads = [head.format(100 * change) for head in words["heads"]]
    foot = table(figure, top, words["weights"], heads, rows, last=False)
    text = words["changes"].format(number(weights["units"].max()), 100 * change)
    figure.text(LEFT, foot + 0.02, text, fontsize=7.5, color=MUTED, va="top")
