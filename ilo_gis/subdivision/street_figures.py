"""Streets in figures: how much there is, where they meet, what they reach."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.lines import end_nodes, node
from ilo_gis.geometry.network import front_points, walk
from ilo_gis.geometry.ribbons import ribbons
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["collector_land", "inside", "intersections", "near"]

LONG = 1000.0  # m; no side of a lot is longer, so that each has one point in its middle

Flags = NDArray[np.bool_]
Lines = NDArray[np.object_]


def inside(lines: Lines, land: shapely.Geometry) -> tuple[Lines, NDArray[np.int64]]:
    """Return the parts of centre lines that lie on street land, and the line each is part of.

    Parameters
    ----------
    lines : array of LineString
        In metres.
    land : MultiPolygon
        Street land.

    Examples
    --------
    >>> parts, of = inside(shapely.from_wkt(["LINESTRING (0 5, 30 5)"]), shapely.box(0, 0, 20, 10))
    >>> shapely.length(parts).tolist(), of.tolist()
    ([20.0], [0])
    """
    shapely.prepare(land)
    kept = np.array(lines, dtype=object)
    out = ~shapely.covers(land, kept)
    kept[out] = shapely.intersection(kept[out], land)
    parts, of = shapely.get_parts(kept, return_index=True)
    long = shapely.length(parts) > 0
    return parts[long], of[long]


def intersections(lines: Lines, land: shapely.Geometry) -> int:
    """Return at how many places on street land three or more ways meet, whether lines end there or go on.

    Examples
    --------
    >>> ways = ["LINESTRING (0 5, 20 5)", "LINESTRING (5 5, 5 0)", "LINESTRING (15 0, 15 10)"]
    >>> intersections(shapely.from_wkt(ways), shapely.box(0, 0, 20, 10))
    2
    """
    if not len(lines):
        return 0
    lines = node(lines)[0]  # streets of a register run through their crossings
    nodes, degree = end_nodes(lines)
    places = np.stack([shapely.get_point(lines, 0), shapely.get_point(lines, -1)], axis=1)
    first = np.unique(nodes[degree >= 3], return_index=True)[1]
    shapely.prepare(land)
    return int(shapely.intersects(land, places[degree >= 3][first]).sum())


def collector_land(street_lines: gpd.GeoDataFrame, land: shapely.Geometry) -> float:
    """Return the area of the street land that collectors and larger roads take, in m2.

    Parameters
    ----------
    street_lines : GeoDataFrame
        Table ``street_lines``.
    land : MultiPolygon
        Street land.

    References
    ----------
    RNE TH.010, article 10: the base of reserves.

    Examples
    --------
    >>> line = {"street_class": ["colectora"], "width": 10.0}
    >>> line = geopandas.GeoDataFrame(line, geometry=[shapely.LineString([(-9, 5), (30, 5)])], crs=32719)
    >>> collector_land(line, shapely.box(0, 0, 20, 10))
    200.0
    """
    if "street_class" not in street_lines:
        return 0.0
    large = [name for name, kind in kinds("street_lines").items() if kind.collects]
    roads = street_lines[np.isin(usual_kinds(street_lines["street_class"], "street_lines"), large)]
    if roads.empty:
        return 0.0
    strips = ribbons(np.asarray(roads.geometry.array), roads["width"].to_numpy(dtype=float))
    return float(shapely.intersection(shapely.union_all(strips), land).area)


def near(lots: Lines, green: Lines, lines: Lines, land: shapely.Geometry, reach: float) -> Flags:
    """Return which lots have green land in reach, walking along the streets from front to front.

    Parameters
    ----------
    lots, green : array of Polygon
        In metres; what has no front on a street is not in reach.
    lines : array of LineString
        Centre lines; where two meet one may walk from one to the other.
    land : MultiPolygon
        Street land.
    reach : float
        In m.

    Examples
    --------
    >>> lots = np.array([shapely.box(0, 0, 8, 20), shapely.box(80, 0, 88, 20)])
    >>> park, street = np.array([shapely.box(-40, 0, 0, 20)]), shapely.LineString([(-40, -6), (88, -6)])
    >>> near(lots, park, np.array([street]), shapely.box(-40, -12, 88, 0), reach=50.0).tolist()
    [True, False]
    """
    reached = np.zeros(len(lots), dtype=bool)
    doors, lot = front_points(lots, land, step=LONG)
    gates, _ = front_points(green, land)
    edges = node(lines)[0] if len(lines) else lines
    reached[lot[walk(edges, gates, doors) <= reach]] = True
    return reached
