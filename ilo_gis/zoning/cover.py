"""Whether zones cover the land once: overlaps, gaps, slivers, and what lies outside of the boundary."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.overlay import GRID, wide, without
from ilo_gis.tables import empty, findings, join_findings
from ilo_gis.zoning.adjacency import Together

__all__ = ["gaps", "outside", "overlaps"]

NOISE = 1e-3  # m: what is thinner comes from rounding, not from a drawing
NAMED = 5  # zones beside a gap that are named

Polygons = NDArray[np.object_]


def overlaps(zones: gpd.GeoDataFrame, together: Together, tolerance: float) -> gpd.GeoDataFrame:
    """Return a finding for each pair of zones that lie on each other at one time.

    Parameters
    ----------
    zones : GeoDataFrame
        Polygons in a CRS in metres.
    together : callable
        Tells of two arrays of positions whether those zones hold at one time.
    tolerance : float
        Overlaps thinner than this, m, are slivers.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: both zones are named, the geometry is the overlap.

    Examples
    --------
    >>> land = [shapely.box(0, 0, 10, 10), shapely.box(8, 0, 20, 10)]
    >>> zones = geopandas.GeoDataFrame(geometry=land, index=["a", "b"], crs=32719)
    >>> overlaps(zones, lambda i, j: i >= 0, 0.5)["message"].tolist()
    ['Zones a / b overlap on 20.00 m2. Land has one zone: redraw their boundary.']
    """
    shapes = np.asarray(zones.geometry.array, dtype=object)
    i, j = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = (i < j) & together(i, j)
    i, j = i[pairs], j[pairs]
    common = shapely.intersection(shapes[i], shapes[j], grid_size=GRID)
    real = wide(common, NOISE)
    i, j, common = i[real], j[real], common[real]
    names = zones.index.astype(str)
    detail = np.array([f"{a} / {b}" for a, b in zip(names[i], names[j], strict=True)], dtype=object)
    layer = gpd.GeoDataFrame({"detail": detail}, index=zones.index[i], geometry=common, crs=zones.crs)
    return _told(layer, "zone.overlap", tolerance)


def gaps(
    zones: gpd.GeoDataFrame, boundary: gpd.GeoDataFrame | None, tolerance: float, plan: str
) -> gpd.GeoDataFrame:
    """Return a finding for each piece of land without a zone, with the zones beside it.

    Parameters
    ----------
    zones : GeoDataFrame
        The zones of one plan.
    boundary : GeoDataFrame or None
        Land that has to have zones; if None, only holes between zones are gaps.
    tolerance : float
        Gaps thinner than this, m, are slivers.
    plan : str
        What to call the plan in the message.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; the geometry is the gap.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 30, 10)], crs=32719)
    >>> zones = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 20, 10)], index=["a"], crs=32719)
    >>> gaps(zones, site, 0.5, "PDU")["found"].tolist()
    [100.0]
    """
    shapes = np.asarray(zones.geometry.array, dtype=object)
    covered = _union(zones)
    wanted = _filled(covered) if boundary is None else _union(boundary)
    pieces = shapely.get_parts(without(np.array([wanted]), np.array([covered])))
    pieces = pieces[wide(pieces, NOISE)]
    middle = shapely.get_coordinates(shapely.centroid(pieces)).round(3)
    pieces = pieces[np.lexsort((middle[:, 0], -middle[:, 1]))]
    piece, beside = shapely.STRtree(shapes).query(pieces, predicate="dwithin", distance=NOISE)
    names = zones.index.astype(str).to_numpy(dtype=object)
    around = [sorted(names[beside[piece == k]]) for k in range(len(pieces))]
    detail = [f" ({plan}: {', '.join(n[:NAMED])}{' ...' * (len(n) > NAMED)})" for n in around]
    layer = gpd.GeoDataFrame({"detail": detail}, index=[""] * len(pieces), geometry=pieces, crs=zones.crs)
    return _told(layer, "zone.gap", tolerance)


def outside(zones: gpd.GeoDataFrame, boundary: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Return a finding for each zone that leaves the boundary.

    Parameters
    ----------
    zones, boundary : GeoDataFrame
        Polygons in one CRS in metres.
    tolerance : float
        What is thinner than this, m, is a sliver.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; the geometry is what lies outside.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 30, 10)], crs=32719)
    >>> zones = geopandas.GeoDataFrame(geometry=[shapely.box(20, 0, 40, 10)], index=["a"], crs=32719)
    >>> outside(zones, site, 0.5)["found"].tolist()
    [100.0]
    """
    whole = _union(boundary)
    shapely.prepare(whole)
    zones = zones[~shapely.covers(whole, np.asarray(zones.geometry.array, dtype=object))]
    shapes = np.asarray(zones.geometry.array, dtype=object)
    beyond = without(shapes, np.full(len(shapes), whole))
    real = wide(beyond, NOISE)
    layer = gpd.GeoDataFrame({"detail": ""}, index=zones.index[real], geometry=beyond[real], crs=zones.crs)
    return _told(layer, "zone.outside", tolerance)


def _union(layer: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return all polygons of a layer as one; on a grid, for GEOS may lose those that nearly coincide."""
    return shapely.union_all(np.asarray(layer.geometry.array, dtype=object), grid_size=GRID)


def _filled(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape without its holes."""
    return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(shape))))


def _told(layer: gpd.GeoDataFrame, rule: str, tolerance: float) -> gpd.GeoDataFrame:
    """Return findings, those of slivers by a rule of their own."""
    if layer.empty:
        return empty("findings", layer.crs)
    broad = wide(np.asarray(layer.geometry.array, dtype=object), tolerance)
    real, thin = layer[broad], layer[~broad]
    return join_findings(
        findings("zones", real, rule, detail=real["detail"], found=real.area),
        findings("zones", thin, f"{rule}_sliver", detail=thin["detail"], found=thin.area, required=tolerance),
    )
