"""How wide the strip of each feature is: by a norm, by its class in a norm, by a column, or as given."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError, SchemaError, did_you_mean, some_ids
from ilo_gis.norms import Norm, Norms
from ilo_gis.site.kinds import Strip
from ilo_gis.tables import findings
from ilo_gis.tables.numbers import MISSING, numbers

__all__ = ["GIVEN", "strip_widths"]

GIVEN = "dato del usuario / given by the user"
ABOUT = ["rule", "article", "source", "confidence"]

Findings = list[gpd.GeoDataFrame]


def strip_widths(
    name: str,
    layer: gpd.GeoDataFrame,
    strip: Strip,
    norms: Norms,
    given: float | str | None = None,
    by: str | None = None,
) -> tuple[pd.DataFrame, Findings]:
    """Return the width of the strip of each feature, and what it rests on.

    Parameters
    ----------
    name : str
        What to call the layer.
    layer : GeoDataFrame
        The features.
    strip : Strip
        Which strip of its kind.
    norms : Norms
        Of the day asked.
    given : float or str, optional
        In place of the norm: metres, a column of the layer that has them, or the id of another norm.
    by : str, optional
        Column that has the class of each feature, or the class of all.

    Returns
    -------
    widths : DataFrame
        ``width`` (m), ``rule``, ``article``, ``source``, ``confidence``; features that have no
        constraint that day, since its norm is not in force, are left out.
    findings : list of GeoDataFrame
        Norms not in force or not settled, features without a class or a width of their own.

    Raises
    ------
    SchemaError
        If a class or a width cannot be read, is unknown or not positive; the features are named.
    RuleError
        If the width given is not positive.
    """
    rows = pd.DataFrame({"width": np.nan, **dict.fromkeys(ABOUT, "")}, layer.index)
    flat, classed, told = strip.norm, strip.classed, []
    if isinstance(given, str) and given in layer:
        own = numbers(layer[given], "m", name)
        _require_positive(own, name)
        rows["width"], rows["source"] = own, np.where(own.notna(), GIVEN, "")
        told += [findings("constraints", _as_named(layer[own.isna()], name), "constraints.no_width")]
    elif isinstance(given, str):
        flat, classed = _other_norm(given, layer, strip, norms, name)
    elif given is not None:
        if not 0 < given < np.inf:
            raise RuleError(f"{name}: the width is {given}; it should be a positive number of metres.")
        rows["width"], rows["source"] = float(given), GIVEN
    if not (flat or classed):
        return rows.fillna({"width": 0.0}), told
    used = {id_: _in_force(id_, norms) for id_ in (classed, flat) if id_}
    if (table := used.get(classed)) is not None:
        told += _by_class(rows, layer, strip, table, by, name, fallback=bool(flat))
    if (norm := used.get(flat)) is not None:
        _fill(rows, rows["width"].isna(), _value(norm, strip.key), norm)
    absent = [id_ for id_, norm in used.items() if norm is None]
    if rows["width"].isna().any():
        told += [
            findings(name, None, "constraints.no_norm", detail=f"{id_} ({norms.on})", crs=layer.crs)
            for id_ in absent
        ]
    rows = rows.dropna(subset="width")
    resting = [norm for norm in used.values() if norm is not None and (rows["rule"] == norm.id).any()]
    told += [
        findings(name, None, f"constraints.{norm.status}", detail=norm.id, crs=layer.crs)
        for norm in resting
        if norm.status != "settled"
    ]
    return rows, told


def _other_norm(
    given: str, layer: gpd.GeoDataFrame, strip: Strip, norms: Norms, name: str
) -> tuple[str, str]:
    """Return a norm named in place of the usual one, as one width for all or as one by class."""
    if "." not in given:
        raise SchemaError(
            f"{name}: there is no column {given!r} for the width{did_you_mean(given, layer.columns)}. Name a "
            "column, a number of metres, or the id of a norm such as 'easements.railway_claim'."
        )
    norm = _in_force(given, norms)
    if norm is not None and norm.unit != "m":
        raise RuleError(f"{name}: the norm {given!r} gives no width in m; its unit is {norm.unit!r}.")
    by_class = norm is not None and isinstance(norm.value, dict) and strip.key not in norm.value
    return ("", given) if by_class else (given, "")


def _in_force(id_: str, norms: Norms) -> Norm | None:
    """Return a norm, or None if it is of another day; an unknown one is an error."""
    return None if id_ in norms.absent else norms[id_]


def _value(norm: Norm, key: str) -> float:
    value = norm.value[key] if isinstance(norm.value, dict) else norm.value
    return 0.0 if norm.unit == "text" else float(value)


def _fill(rows: pd.DataFrame, where: pd.Series, width: float | pd.Series, norm: Norm) -> None:
    rows.loc[where, "width"] = width if isinstance(width, float) else width[where]
    rows.loc[where, ABOUT] = [norm.id, norm.article, norm.source, norm.confidence]


def _by_class(
    rows: pd.DataFrame,
    layer: gpd.GeoDataFrame,
    strip: Strip,
    norm: Norm,
    by: str | None,
    name: str,
    fallback: bool,
) -> Findings:
    """Fill in the widths that a norm has by class; return what is to be told of features without one."""
    said = _classes(layer, strip, by)
    width = _steps(said, norm, strip.unit, name) if strip.unit else _words(said, norm, name)
    open_ = rows["width"].isna()
    silent = open_ & width.isna()
    _fill(rows, open_ & width.notna(), width, norm)
    if fallback or not silent.any():
        return []
    if strip.otherwise not in norm.value:
        raise SchemaError(
            f"{name}: features without a class: {some_ids(layer.index[silent])}. Norm {norm.id} goes by it: "
            f"{', '.join(norm.value)}. Fill in the column {by if by in layer else strip.by!r}, or give the "
            "class of all (`by=`) or a width (`width=`)."
        )
    usual = float(norm.value[strip.otherwise])
    _fill(rows, silent, usual, norm)
    return [
        findings(
            "constraints",
            _as_named(layer[silent], name),
            "constraints.no_class",
            detail=strip.otherwise,
            found=usual,
        )
    ]


def _classes(layer: gpd.GeoDataFrame, strip: Strip, by: str | None) -> pd.Series:
    column = by or strip.by
    if column in layer:
        return layer[column]
    return pd.Series(by, layer.index, dtype=object, name=column)


def _words(said: pd.Series, norm: Norm, name: str) -> pd.Series:
    """Return the width of each class, which the norm names."""
    words = said.astype("string").str.strip()
    words = words.mask(words.str.lower().isin(MISSING))
    known = {str(key).lower(): float(value) for key, value in norm.value.items()}
    width = words.str.lower().map(known).astype("float64")
    wrong = words.notna() & width.isna()
    if wrong.any():
        told = some_ids(f"{i}: {word!r}{did_you_mean(word, norm.value)}" for i, word in words[wrong].items())
        raise SchemaError(
            f"{name}: classes that norm {norm.id} does not have: {told}. It has: {', '.join(norm.value)}."
        )
    return width


def _steps(said: pd.Series, norm: Norm, unit: str, name: str) -> pd.Series:
    """Return the width of the first step of the norm that is as high as each figure."""
    figures = numbers(said, unit, name)
    _require_positive(figures, name)
    steps = {float(re.sub(r"\D", "", key)): float(value) for key, value in norm.value.items()}
    tops = np.sort(list(steps))
    place = np.searchsorted(tops, figures)
    above = figures.notna() & (place == len(tops))
    if above.any():
        raise SchemaError(
            f"{name}: above {tops[-1]:g} {unit}, where norm {norm.id} ends: {some_ids(said.index[above])}. "
            "Give their width in a column (`width=`)."
        )
    width = np.array([*(steps[top] for top in tops), np.nan])[place]
    return pd.Series(width, said.index).where(figures.notna())


def _require_positive(values: pd.Series, name: str) -> None:
    wrong = values.notna() & ~((values > 0) & np.isfinite(values))
    if wrong.any():
        raise SchemaError(
            f"{name}: the column {values.name!r} should be positive: {some_ids(values.index[wrong])}. "
            "Correct it, or leave it empty where it is unknown."
        )


def _as_named(features: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Name features as their constraints are named: river-12."""
    return features.set_axis([f"{name}-{i}" for i in features.index], axis=0)
