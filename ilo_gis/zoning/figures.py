"""Whether the figures of zones can be, and are usual."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.tables import describe, findings, join_findings
from ilo_gis.tables.catalogues import PARAMETERS

__all__ = ["Limits", "check_figures", "limits"]

Limits = Mapping[str, Mapping[str, list[float]]]

ROUNDING = 1e-9  # of a share


@cache
def limits() -> Limits:
    """Return what figures can be and what they usually are, ``limits.toml``; illustrative.

    Examples
    --------
    >>> limits()["possible"]["min_free_area"]
    [0, 1]
    """
    return tomllib.loads((files(__package__) / "limits.toml").read_text("utf-8"))


def check_figures(zones: gpd.GeoDataFrame, known: Limits | None = None) -> gpd.GeoDataFrame:
    """Return findings of figures that cannot be, that contradict each other, or that are unusual.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones`` with the figures that the plan itself gives, and ``density_class``.
    known : Mapping, optional
        Limits instead of those of `limits`: ``possible``, ``usual``, ``density_class``.

    Returns
    -------
    GeoDataFrame
        Table ``findings``.

    Examples
    --------
    >>> land = [shapely.box(0, 0, 9, 9)]
    >>> zone = geopandas.GeoDataFrame({"min_free_area": [30.0]}, geometry=land, crs=32719)
    >>> check_figures(zone)["message"].tolist()
    ['min_free_area (Área libre) is 30, which cannot be: 1 is the limit. A share is written 0.30, not 30.']
    """
    known = limits() if known is None else known
    figures = pd.DataFrame(
        {name: zones[name].astype(float) if name in zones else np.nan for name in PARAMETERS}, zones.index
    )
    both = figures["min_free_area"] + figures["max_coverage"]
    with np.errstate(divide="ignore"):
        figures["depth"] = figures["min_area"] / figures["min_frontage"].where(figures["min_frontage"] > 0)
        figures["floor_height"] = figures["max_height"] / figures["max_floors"].where(
            figures["max_floors"] > 0
        )
    cannot = _beyond(figures, known["possible"])
    shares = figures["min_free_area"].between(0, 1) & figures["max_coverage"].between(0, 1)
    over = shares & (both > 1 + ROUNDING)
    possible = figures.mask(cannot.notna().reindex(columns=figures.columns, fill_value=False))
    unusual = _beyond(possible, known["usual"])
    return join_findings(
        *_told(zones, figures, cannot, "zone.parameter_range"),
        findings("zones", zones[over], "zone.coverage_and_free", required=1.0, found=both[over]),
        *_told(zones, figures, unusual, "zone.parameter_unusual"),
        *_dense(zones, possible["net_density"], known["density_class"]),
    )


def _beyond(figures: pd.DataFrame, known: Mapping[str, list[float]]) -> pd.DataFrame:
    """Return the limit that each figure breaks; NaN where it breaks none."""
    broken = {}
    for name, (low, high) in known.items():
        values = figures[name]
        broken[name] = pd.Series(
            np.where(values < low, low, np.where(values > high, high, np.nan)), values.index
        )
    return pd.DataFrame(broken, figures.index)


def _told(
    zones: gpd.GeoDataFrame, figures: pd.DataFrame, broken: pd.DataFrame, rule: str
) -> list[gpd.GeoDataFrame]:
    spanish = describe("zones")["alias_es"]
    words = {"depth": "min_area / min_frontage", "floor_height": "max_height / max_floors"}
    told = []
    for name in broken:
        rows = broken[name].notna()
        detail = words.get(name) or f"{name} ({spanish[name]})"
        told.append(
            findings(
                "zones",
                zones[rows],
                rule,
                detail=detail,
                required=broken[name][rows],
                found=figures[name][rows],
            )
        )
    return told


def _dense(
    zones: gpd.GeoDataFrame, density: pd.Series, known: Mapping[str, list[float]]
) -> list[gpd.GeoDataFrame]:
    """Hold the density of each zone against its class."""
    if "density_class" not in zones:
        return []
    told = []
    for name, bounds in known.items():
        rows = (zones["density_class"] == name).fillna(False).astype(bool)
        broken = _beyond(density[rows].to_frame(), {"net_density": bounds})["net_density"].dropna()
        told.append(
            findings(
                "zones",
                zones.loc[broken.index],
                "zone.parameter_unusual",
                detail=f"net_density (Densidad neta), {name}",
                required=broken,
                found=density[broken.index],
            )
        )
    return told
