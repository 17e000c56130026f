"""What is wrong with a zoning plan, as findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError, near_words
from ilo_gis.tables import (
    empty,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)
from ilo_gis.tables.catalogues import Catalogue, with_parameters
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.zoning.adjacency import conflicts, distances, require_distances
from ilo_gis.zoning.cover import gaps, outside, overlaps
from ilo_gis.zoning.figures import Limits, check_figures
from ilo_gis.zoning.versions import periods, zones_on

__all__ = ["check_zoning"]

NEEDED = ("plan", "catalogue", "code")


def check_zoning(
    zones: gpd.GeoDataFrame,
    boundary: gpd.GeoDataFrame | None = None,
    *,
    on: date | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
    distances: pd.DataFrame | None = None,
    limits: Limits | None = None,
    tolerance: float = 0.5,
) -> gpd.GeoDataFrame:
    """Return everything that is wrong with zoning plans.

    Land is held against itself plan by plan, and zones only against those that hold at the same time: a
    change of zoning does not overlap what it changed.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``, of one or several plans, in a CRS in metres.
    boundary : GeoDataFrame, optional
        Polygons that have to be zoned, no less and no more. Without it, only holes between zones are gaps.
    on : date, optional
        Check the zones in force on this day (`zones_on`) as one plan.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.
    distances : DataFrame, optional
        Least distances between zones, instead of the shipped illustrative ones: `adjacency.distances`.
    limits : Mapping, optional
        What figures can be and usually are, instead of the shipped illustrative ones: `figures.limits`.
    tolerance : float
        Gaps and overlaps thinner than this, m, are slivers; thinner than 1 mm they are rounding.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; the geometry is where. Rules: ``zone.unknown_code``, ``zone.wrong_time``,
        ``zone.overlap``, ``zone.gap``, ``zone.outside`` (each with ``_sliver``), ``zone.parameter_range``,
        ``zone.parameter_unusual``, ``zone.coverage_and_free``, ``zone.adjacency``.

    Raises
    ------
    CRSError, GeometryError
        If layers are not in metres or differ in CRS; if geometries are missing or invalid.
    SchemaError
        If ``plan``, ``catalogue`` or ``code`` is missing, or a zone has no day of approval.
    RuleError
        If `tolerance` is no width, or `distances` are no distances.

    References
    ----------
    DS 022-2016-VIVIENDA, article 101: codes of zones.

    Examples
    --------
    >>> zones = {"plan": "PDU", "catalogue": "pe_2016", "code": ["RDN", "I4", "RDM"]}
    >>> land = [shapely.box(0, 0, 60, 90), shapely.box(50, 0, 120, 90), shapely.box(121, 0, 200, 90)]
    >>> zones = geopandas.GeoDataFrame(zones, geometry=land, index=["a", "b", "c"], crs=32719)
    >>> found = check_zoning(zones.assign(approved=pandas.Timestamp("2018-05-04")))
    >>> found[["feature", "rule"]].to_numpy().tolist()
    [['a', 'zone.unknown_code'], ['a', 'zone.overlap'], ['b', 'zone.adjacency']]
    """
    require_metres(zones, "zones")
    require_same_crs(zones=zones, boundary=boundary)
    require_geometry(zones, "Polygon", "MultiPolygon", name="zones")
    if boundary is not None:
        require_geometry(boundary, "Polygon", "MultiPolygon", name="boundary")
    if not 0 < tolerance < np.inf:
        raise RuleError(f"tolerance is {tolerance}; it should be a width in m, more than 0.")
    if missing := [name for name in NEEDED if name not in zones]:
        raise SchemaError(f"zones have no column {', '.join(missing)}. Read them with `zoning.read_zoning`.")
    held = zones if on is None else zones_on(zones, on)
    if held.empty:
        return empty("findings", zones.crs)
    held = held.iloc[np.argsort(held.index.astype(str), kind="stable")]
    known = shipped() if catalogues is None else catalogues
    coded, unknown = _codes(held, known)
    classed = _classed(held, coded, known)
    together = _Together(held, as_one=on is not None)
    plans = {str(on): held} if on is not None else {str(name): rows for name, rows in held.groupby("plan")}
    return join_findings(
        unknown,
        _times(held[coded], known),
        overlaps(held, together, tolerance),
        *(gaps(rows, boundary, tolerance, name) for name, rows in plans.items()),
        *([] if boundary is None else [outside(held, boundary, tolerance)]),
        check_figures(classed, limits),
        conflicts(classed, _distances(distances), together),
    )


class _Together:
    """Tells whether zones hold at one time: in one plan, with days in common."""

    def __init__(self, zones: gpd.GeoDataFrame, *, as_one: bool) -> None:
        self.plan = np.zeros(len(zones)) if as_one else pd.factorize(zones["plan"])[0]
        self.first, self.last = periods(zones)

    def __call__(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.bool_]:
        days = (self.first[i] < self.last[j]) & (self.first[j] < self.last[i])
        return np.asarray((self.plan[i] == self.plan[j]) & days)


def _distances(given: pd.DataFrame | None) -> pd.DataFrame:
    return distances() if given is None else require_distances(given)


def _codes(
    zones: gpd.GeoDataFrame, known: Mapping[str, Catalogue]
) -> tuple[NDArray[np.bool_], gpd.GeoDataFrame]:
    """Return which zones have a code of their catalogue, and findings of the others with the near codes."""
    coded = np.ones(len(zones), dtype=bool)
    near = np.full(len(zones), "", dtype=object)
    for (name, code), rows in zones.groupby(["catalogue", "code"], dropna=False, sort=False).indices.items():
        if name in known and code in known[name].zones:
            continue
        coded[rows] = False
        like = near_words(code, known[name].zones) if name in known else [f"{one}?" for one in known]
        near[rows] = f"{code!r}, {name}: {', '.join(like) or '–'}"
    unknown = zones[~coded]
    return coded, findings("zones", unknown, "zone.unknown_code", detail=near[~coded])


def _classed(
    zones: gpd.GeoDataFrame, coded: NDArray[np.bool_], known: Mapping[str, Catalogue]
) -> gpd.GeoDataFrame:
    """Return zones with the family and class of their codes, and the figures of the plan only."""
    filled = with_parameters(zones[coded], known)
    names = {
        name: filled[name].reindex(zones.index).fillna(zones.get(name, pd.NA))
        for name in ("family", "density_class")
    }
    return zones.assign(**names)


def _times(zones: gpd.GeoDataFrame, known: Mapping[str, Catalogue]) -> gpd.GeoDataFrame:
    """Return findings of zones whose plan was approved when its catalogue was not in force."""
    approved = zones["approved"].dt.date
    pairs = zip(zones["catalogue"], approved, strict=True)
    wrong = np.array([not known[name].in_force(day) for name, day in pairs], dtype=bool)
    late = zones[wrong]
    detail = [
        f"{day}; {name}: {known[name].since or ''} – {known[name].until or ''}"
        for name, day in zip(late["catalogue"], approved[wrong], strict=True)
    ]
    return findings("zones", late, "zone.wrong_time", detail=detail)
