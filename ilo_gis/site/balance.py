"""What a site loses to constraints, reason by reason: counted once, and counted in full."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

__all__ = ["balance"]

APART = "; "  # between the reasons of one piece of land
COLUMNS = ["effect", "once", "area", "share"]


def balance(land: gpd.GeoDataFrame, losses: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how much of a site each reason takes or limits.

    Parameters
    ----------
    land, losses : GeoDataFrame
        As `buildable` returns them.

    Returns
    -------
    DataFrame
        Indexed by ``reason``, the largest loss first and limits behind: ``effect``
        ("forbid" or "limit"); ``once`` (m2), each m2 counted for its first reason only, so that
        the sums are the land lost and the land limited; ``area`` (m2), all land that the reason
        holds, less land that is lost anyway in case of limits; ``share`` of `once` in the site, %.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 100)], crs=32719)
    >>> strips = [shapely.box(40, 0, 50, 100), shapely.box(0, 20, 100, 30)]
    >>> taken = geopandas.GeoDataFrame({"reason": ["ravine", "railway"]}, geometry=strips, crs=32719)
    >>> balance(*ilo_gis.site.buildable(site, taken))[["once", "area"]].values.tolist()
    [[1000.0, 1000.0], [900.0, 1000.0]]
    """
    site = land["area"].sum() + losses["area"].sum()
    tables = [_by_reason(losses["reasons"], losses["area"], "forbid")]
    tables += [_by_reason(land["limits"], land["area"], "limit")]
    found = pd.concat(tables)
    return found.assign(share=100 * found["once"] / site)[COLUMNS]


def _by_reason(said: pd.Series, area: pd.Series, effect: str) -> pd.DataFrame:
    """Return the area of each first reason, and of each reason wherever it stands."""
    reasons = said.dropna().str.split(APART)
    once = area[reasons.index].groupby(reasons.str[0]).sum()
    each = reasons.explode()
    full = area[each.index].groupby(each.to_numpy()).sum()
    table = pd.DataFrame({"effect": effect, "once": once, "area": full}, index=full.index.rename("reason"))
    return table.fillna({"once": 0.0}).sort_values(["once", "area"], ascending=False, kind="stable")
