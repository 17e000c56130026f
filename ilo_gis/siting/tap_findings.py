"""What is told of taps: lots that none can serve, and the test of the Sphere handbook."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from ilo_gis.siting.tap_terms import TapTerms
from ilo_gis.tables import empty, findings, join_findings

__all__ = ["sphere_findings", "sphere_spouts", "stranded"]

ARTICLE = "Sphere 2011, water supply"


def stranded(lots: gpd.GeoDataFrame, reason: NDArray[np.object_], terms: TapTerms) -> gpd.GeoDataFrame:
    """Tell of lots without a tap; `reason` is the rule that each breaks, or empty."""
    about = {
        "taps.crowded_lot": (terms.capacity, lots["_households"].to_numpy()),
        "taps.no_site": (terms.max_walk, np.full(len(lots), np.nan)),
        "taps.no_room": (terms.capacity, lots["_households"].to_numpy()),
    }
    told = [
        findings("lots", lots[reason == rule], rule, required=limit, found=found[reason == rule])
        for rule, (limit, found) in about.items()
    ]
    return join_findings(*told)


def sphere_spouts(persons: NDArray[np.float64], terms: TapTerms) -> NDArray[np.int64]:
    """Return the spouts a tap needs: for its persons, and to give their water in the hours there are.

    Examples
    --------
    500 persons: 2 spouts of 250 persons; 7,500 l at 3,600 l in 8 hours are 3.

    >>> sphere_spouts(np.array([500.0]), TapTerms.from_norms(ilo_gis.norms.load("pe"))).tolist()
    [3]
    """
    by_persons = np.ceil(persons / terms.persons_per_tap)
    by_litres = np.ceil(persons * terms.litres / _given(terms))
    return np.maximum(by_persons, by_litres).astype(np.int64)


def sphere_findings(taps: gpd.GeoDataFrame, terms: TapTerms) -> gpd.GeoDataFrame:
    """Hold taps to the Sphere handbook: how far it is, how many persons, how much water; said of all taps.

    Examples
    --------
    >>> point = geopandas.GeoDataFrame({"max_walk": [80.0], "persons": [500.0]}, crs=32719,
    ...     geometry=[shapely.Point(0, 0)])
    >>> told = sphere_findings(point, TapTerms.from_norms(ilo_gis.norms.load("pe")))
    >>> told[["rule", "required", "found"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['taps.sphere_persons', 250.0, 500.0], ['taps.sphere_flow', 7500.0, 3600.0],
     ['taps.sphere_near', 500.0, 80.0]]
    """
    if taps.empty:
        return empty("findings", taps.crs)
    whole = {"article": ARTICLE, "crs": taps.crs}
    far = float(taps["max_walk"].max())
    rule = "taps.sphere_near" if far <= terms.distance else "taps.sphere_far"
    told = [findings("taps", None, rule, required=terms.distance, found=far, **whole)]
    persons = taps["persons"].to_numpy()
    crowded = persons > terms.persons_per_tap
    if crowded.any():
        most = persons.max()
        many = f"{crowded.sum()}/{len(taps)}"
        told.append(
            findings(
                "taps",
                None,
                "taps.sphere_persons",
                detail=many,
                required=terms.persons_per_tap,
                found=most,
                **whole,
            )
        )
    dry = persons * terms.litres > _given(terms)
    if dry.any():
        need = float(persons.max() * terms.litres)
        detail = (
            f"{dry.sum()}/{len(taps)}; {terms.litres:g} l × {persons.max():g} = {need:,.0f} l; "
            f"{terms.flow:g} l/min × {terms.hours:g} h = {_given(terms):,.0f} l; "
            f"{need / terms.flow / 60:.1f} h"
        )
        told.append(
            findings(
                "taps", None, "taps.sphere_flow", detail=detail, required=need, found=_given(terms), **whole
            )
        )
    return join_findings(*told)


def _given(terms: TapTerms) -> float:
    """Return the water that a spout gives a day, l."""
    return terms.flow * 60 * terms.hours
