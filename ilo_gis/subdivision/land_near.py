"""Street land near a change: drawn there only, as it would be if all streets were drawn."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.lines import loose_ends, move_ends, runs_on
from ilo_gis.geometry.ribbons import MITRE
from ilo_gis.subdivision.blocks import street_land

__all__ = ["changed_near", "drawn_near", "leaving"]

FULL = 1e-6  # share of a circle that may lie outside the site by rounding

Polygons = NDArray[np.object_]


def changed_near(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the land round street lines that differ, as far as the land of a street can reach.

    Examples
    --------
    >>> lines = geopandas.GeoDataFrame({"width": [10.0]}, geometry=[shapely.LineString([(0, 0), (30, 0)])])
    >>> changed_near(lines, lines).is_empty, changed_near(lines, lines.iloc[:0]).bounds
    (True, (-30.0, -30.0, 60.0, 30.0))
    """
    new = [one[~_same(one, other)].geometry.to_numpy() for one, other in ((before, after), (after, before))]
    reach = MITRE * max(before["width"].max(), after["width"].max())
    return shapely.union_all(shapely.buffer(np.concatenate(new), reach, cap_style="square"))


def _same(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    at = other.index.get_indexer(one.index)
    same = at >= 0
    for name in ("width", "geometry"):
        mine, theirs = one[name].to_numpy()[same], other[name].to_numpy()[at[same]]
        same[same] = shapely.equals_identical(mine, theirs) if name == "geometry" else mine == theirs
    return same


def drawn_near(
    street_lines: gpd.GeoDataFrame, window: shapely.Geometry, site: Polygons, tolerance: float
) -> shapely.Geometry:
    """Return the land of the streets that come near a window, each drawn from end to end.

    Parameters
    ----------
    street_lines : GeoDataFrame
        Table ``street_lines``: all of them.
    window : Polygon or MultiPolygon
        Where the land is asked for.
    site : array of Polygon
        Land that covers the site without overlaps.
    tolerance : float
        As in `street_land`.

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (30, 0)])
    >>> lines = geopandas.GeoDataFrame({"width": [10.0]}, geometry=[line], crs=32719)
    >>> drawn_near(lines, line.buffer(9), np.array([shapely.box(-50, -50, 50, 50)]), 2.0).area
    300.0
    """
    edges = np.asarray(street_lines.geometry.array, dtype=object)
    width = street_lines["width"].to_numpy(dtype=float)
    street = runs_on(edges, width)
    own = np.isin(street, street[shapely.STRtree(edges).query(window, predicate="intersects")])
    edge, end = loose_ends(edges)
    edge, end = edge[own[edge]], end[own[edge]]
    points = shapely.get_point(edges[edge], end)
    out = leaving(points, site, tolerance)
    edge, end, at = edge[out], end[out], shapely.get_coordinates(points[out])
    back = shapely.get_coordinates(shapely.get_point(edges[edge], np.where(end == 0, 1, -2)))
    ahead = (at - back) / np.hypot(*(at - back).T)[:, None]
    led = move_ends(edges, edge, end, at + ahead * (width[edge, None] + tolerance))
    return street_land(street_lines.set_geometry(led, crs=street_lines.crs)[own])


def leaving(points: Polygons, site: Polygons, tolerance: float) -> NDArray[np.bool_]:
    """Tell which points lie outside a site, or so near to its edge that a street leaves it there.

    A circle round a point lies within the site where the pieces that cover the site cover it too.

    Parameters
    ----------
    points : array of Point
    site : array of Polygon
        Land that covers the site without overlaps.
    tolerance : float
        In m.

    Examples
    --------
    >>> site = np.array([shapely.box(0, 0, 9, 9), shapely.box(9, 0, 30, 9)])
    >>> leaving(shapely.points([[9, 4], [1, 4], [40, 4]]), site, 2.0).tolist()
    [False, True, True]
    """
    circles = shapely.buffer(points, tolerance)
    piece, circle = shapely.STRtree(circles).query(site, predicate="intersects")
    covered = np.bincount(
        circle, shapely.area(shapely.intersection(site[piece], circles[circle])), len(circles)
    )
    return covered < (1 - FULL) * shapely.area(circles)
