"""Findings: what a check found, always in the same table, said in English and Spanish."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.tables.schema import conform, empty
from ilo_gis.tables.stacking import alike

__all__ = ["SEVERITIES", "details", "findings", "join_findings"]

SEVERITIES = ("error", "warning", "info")


@cache
def _messages() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "messages.toml").read_text("utf-8"))


def findings(
    table: str,
    layer: pd.DataFrame | None,
    rule: str,
    *,
    detail: object | Iterable[object] = "",
    article: str = "",
    required: Any = np.nan,
    found: Any = np.nan,
    crs: object = None,
) -> gpd.GeoDataFrame:
    """Make one finding per row of a layer, or a single one about the whole table.

    Severity, unit and texts of a rule are in ``messages.toml``.

    Parameters
    ----------
    table : str
        Table the features are in.
    layer : GeoDataFrame, DataFrame or None
        The features at fault, their ids as index, with or without geometry; None for a finding about
        the whole table.
    rule : str
        Rule broken, such as ``"lot.min_area"``.
    detail : object or iterable
        What the texts call ``{detail}``, for all rows or for each.
    article : str
        Norm and article of the rule; empty if the user gave it.
    required, found : float or array
        Value the rule asks for and value found, for all rows or for each.
    crs : CRS, optional
        CRS where `layer` has no geometry; a table of findings without any geometry needs none.

    Returns
    -------
    GeoDataFrame
        Table ``findings``.

    Raises
    ------
    KeyError
        If the rule has no texts: a fault of ilo_gis.

    Examples
    --------
    >>> small = geopandas.GeoDataFrame(index=["K-3"], geometry=[shapely.box(0, 0, 8, 10)], crs=32719)
    >>> findings("lots", small, "lot.min_area", required=160, found=small.area)["message_es"].tolist()
    ['Área menor que la mínima: tiene 80.00 m2, se exigen 160 m2.']
    """
    said = _messages()[rule]
    shapes = None
    if isinstance(layer, gpd.GeoDataFrame):
        crs, shapes = layer.crs, np.asarray(layer.geometry.array)
    if layer is not None and layer.empty:
        return empty("findings", crs)
    features = [""] if layer is None else layer.index.astype(str)
    count = len(features)
    details = (
        [detail] * count if isinstance(detail, str) or not isinstance(detail, Iterable) else list(detail)
    )
    wanted, seen = (np.broadcast_to(np.asarray(value, dtype=float), count) for value in (required, found))
    rows = list(zip(details, wanted, seen, strict=True))
    frame = gpd.GeoDataFrame(
        {
            "table": table,
            "feature": features,
            "rule": rule,
            "article": article or None,
            "severity": said["severity"],
            "required": wanted,
            "found": seen,
            "unit": said["unit"] or None,
            "message": [said["en"].format(detail=d, required=w, found=f) for d, w, f in rows],
            "message_es": [said["es"].format(detail=_spanish(d), required=w, found=f) for d, w, f in rows],
        },
        geometry=[None] * count if shapes is None else shapes,
        crs=crs,
    )
    return join_findings(frame)


def details(found: pd.DataFrame) -> list[str]:
    """Return what `findings` was told as detail of each finding: the other feature, the kind of reserve.

    Parameters
    ----------
    found : DataFrame
        Table ``findings``.

    Returns
    -------
    list of str
        Read from the messages; empty where a rule tells none.

    Examples
    --------
    >>> details(findings("reserves", None, "reserve.share", detail="education", required=9, found=0))
    ['education']
    """
    said = [
        _template(rule).fullmatch(text) for rule, text in zip(found["rule"], found["message"], strict=True)
    ]
    return ["" if one is None else one.groupdict().get("detail", "") for one in said]


@cache
def _template(rule: str) -> re.Pattern[str]:
    """Return what the messages of a rule look like; of an unknown one, nothing."""
    text, known = "", set[str]()
    for literal, name, _, _ in Formatter().parse(_messages().get(rule, {}).get("en", "")):
        text += re.escape(literal)
        if name is not None:
            said = ".*" if name == "detail" else r"\S*"  # a number is one word
            text += said if name in known else f"(?P<{name}>{said})"
            known.add(name)
    return re.compile(text, re.DOTALL)


def _spanish(detail: object) -> str:
    """Translate the reason for a bad geometry; leave its coordinates and everything else as it is."""
    text = str(detail)
    reason, bracket, rest = text.partition("[")
    return _messages()["words"].get(reason, reason) + bracket + rest


def join_findings(*tables: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return several tables of findings as one, the gravest first, numbered from 1.

    Examples
    --------
    >>> join_findings(ilo_gis.tables.empty("findings", 32719)).empty
    True
    """
    filled = [t for t in tables if len(t)]
    if not filled:
        return tables[0]
    crs = next((t.crs for t in filled if t.crs is not None), None)
    filled = [t if t.crs is not None or crs is None else t.set_crs(crs) for t in filled]
    joined = pd.concat(alike(filled), ignore_index=True)
    rank = joined["severity"].astype(str).map(SEVERITIES.index)
    joined = joined.iloc[np.argsort(rank.to_numpy(), kind="stable")].reset_index(drop=True)
    joined.index = pd.RangeIndex(1, len(joined) + 1, name="finding")
    return conform(joined.assign(severity=pd.Categorical(joined["severity"], SEVERITIES)), "findings")
