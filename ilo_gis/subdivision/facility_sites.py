"""Sites of schools and health posts by number of inhabitants, within the land reserved for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.tables import empty, findings, join_findings
from ilo_gis.tables.kinds import kinds

__all__ = ["facility_sites", "with_uses"]

ROUNDING = 1e-6  # m2 that a site may fall short by


def facility_sites(
    norms: Mapping[str, Any],
    persons: float,
    areas: Mapping[str, float],
    *,
    smallest: Mapping[str, float] | None = None,
    largest: float = np.inf,
) -> dict[str, list[float]]:
    """Return the areas of sites for the facilities that a number of inhabitants needs, the largest first.

    Parameters
    ----------
    norms : mapping of str to Norm
        ``sisne.preschool`` and the like: persons for each facility, and its least site (m2).
    persons : float
        Inhabitants.
    areas : mapping of str to float
        Land reserved by kind, m2; sites that it has no room for are left out.
    smallest : mapping of str to float, optional
        Least area of a piece by kind, m2.
    largest : float
        Area of the largest block, m2; no larger site can be had.

    Returns
    -------
    dict of str to list of float
        Areas of sites by kind of reserve, m2.

    References
    ----------
    SISNE, proposal of a national standard of public facilities, 2011.

    Examples
    --------
    13,000 inhabitants: one secondary school, two primary schools, five preschools, if there is room.

    >>> facility_sites(ilo_gis.norms.load("pe"), 13_000, {"education": 24_500.0})
    {'education': [10000.0, 6000.0, 6000.0, 1000.0, 1000.0]}
    """
    wanted = _wanted(norms, persons, areas, smallest or {})
    made: dict[str, list[float]] = {}
    left = dict(areas)
    for kind, _, count, area in wanted:
        room = min(count, int(left[kind] // area)) if area <= largest else 0
        left[kind] -= room * area
        made.setdefault(kind, []).extend([area] * room)
    return {kind: sites for kind, sites in made.items() if sites}


def _wanted(
    norms: Mapping[str, Any], persons: float, areas: Mapping[str, float], smallest: Mapping[str, float]
) -> list[tuple[str, str, int, float]]:
    """Return kind, use, number and least area of the facilities needed, the largest of a kind first."""
    found = []
    known = kinds("reserves")
    for kind, use in [(one, use) for one in areas if one in known for use in known[one].uses]:
        if (name := f"sisne.{use}") in norms:
            norm = norms[name].value
            area = max(float(norm["min_site"]), smallest.get(kind, 0.0))
            found.append((kind, use, int(persons // norm["persons"]), area))
    return sorted(found, key=lambda one: -one[3])


def with_uses(
    reserves: gpd.GeoDataFrame,
    norms: Mapping[str, Any],
    persons: float,
    areas: Mapping[str, float],
    smallest: Mapping[str, float],
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return reserves with the facility that each is for, and what has no site as findings.

    Parameters
    ----------
    reserves : GeoDataFrame
        Table ``reserves``.
    norms, persons, areas, smallest
        As in `facility_sites`.

    Returns
    -------
    reserves : GeoDataFrame
        With ``use``. Each facility has the smallest piece of its kind that is large enough, the
        largest facilities first.
    findings : GeoDataFrame
        ``reserve.facilities`` for each use that has fewer sites than inhabitants need.
    """
    use = pd.Series(pd.NA, index=reserves.index, dtype="string")
    told = [empty("findings", reserves.crs)]
    for kind, name, count, area in _wanted(norms, persons, areas, smallest):
        fit = (reserves["kind"] == kind) & use.isna() & (reserves["area"] >= area - ROUNDING)
        own = reserves["area"][fit].sort_values(kind="stable").index[:count]
        use[own] = name
        if len(own) < count:
            told.append(
                findings("reserves", None, "reserve.facilities", detail=name.replace("_", " ") + "s",
                         article="SISNE", required=count, found=len(own), crs=reserves.crs)
            )  # fmt: skip
    return reserves.assign(use=use), join_findings(*told)
