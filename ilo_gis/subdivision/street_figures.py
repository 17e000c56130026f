"""Streets in figures: how much there is, where they meet, how steep they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.lines import end_nodes, ribbons
from ilo_gis.geometry.network import front_points, walk
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["Grades", "collector_land", "grades", "inside", "intersections", "near"]

STEP = 20.0  # m between the points of a street where heights are asked for
LONG = 1000.0  # m; no side of a lot is longer, so that each has one point in its middle

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Lines = NDArray[np.object_]
Heights = Callable[[Floats], Floats]


class Grades(NamedTuple):
    """Mean grade, share of the length that is steeper than a limit, and m3 of cut and of fill."""

    mean: float
    steep: float
    cut: float
    fill: float


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
    """Return at how many places on street land three or more ends of streets meet.

    Examples
    --------
    >>> ways = ["LINESTRING (0 5, 10 5)", "LINESTRING (10 5, 20 5)", "LINESTRING (10 5, 10 0)"]
    >>> intersections(shapely.from_wkt(ways), shapely.box(0, 0, 20, 10))
    1
    """
    if not len(lines):
        return 0
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
        Centre lines that meet at their ends.
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
    reached[lot[walk(lines, gates, doors) <= reach]] = True
    return reached


def grades(lines: Lines, width: Floats, elevation: Any, steepest: float) -> Grades:
    """Return how steep streets are, and the earth that is moved to even each from end to end.

    Parameters
    ----------
    lines : array of LineString, shape (n,)
        Centre lines from crossing to crossing, in metres.
    width : array of float, shape (n,)
        In m.
    elevation : callable, or object with a method ``heights``
        Gives the height in m of points, (n, 2) array to (n,) array; NaN where it is not known:
        what lies there is left out.
    steepest : float
        Grade as a share, from which a street counts as steep.

    Returns
    -------
    Grades
        Shares of 1, and m3. NaN where no height is known.

    Examples
    --------
    >>> street = np.array([shapely.LineString([(0, 0), (100, 0)])])
    >>> grades(street, np.array([10.0]), lambda xy: 0.05 * xy[:, 0], steepest=0.12)
    Grades(mean=0.05, steep=0.0, cut=0.0, fill=0.0)
    """
    heights: Heights = getattr(elevation, "heights", elevation)
    xy, line = shapely.get_coordinates(shapely.segmentize(lines, STEP), return_index=True)
    z = np.asarray(heights(xy), dtype=float)
    ahead = np.flatnonzero(line[1:] == line[:-1])
    size = np.hypot(*(xy[ahead + 1] - xy[ahead]).T)
    rise = np.abs(z[ahead + 1] - z[ahead])
    known = np.isfinite(rise) & (size > 0)
    if not known.any():
        return Grades(np.nan, np.nan, np.nan, np.nan)
    of, size, rise = line[ahead], size[known], rise[known]
    over = z - _even(xy, line, z)
    half = (width[of] / 2)[known] * size
    cut, fill = (
        float((half * (part[ahead + 1] + part[ahead])[known])[_finite(part, ahead, known)].sum())
        for part in (np.maximum(over, 0.0), np.maximum(-over, 0.0))
    )
    whole = size.sum()
    return Grades(float(rise.sum() / whole), float(size[rise > steepest * size].sum() / whole), cut, fill)


def _finite(part: Floats, ahead: NDArray[np.int64], known: Flags) -> Flags:
    return np.isfinite(part[ahead] + part[ahead + 1])[known]


def _even(xy: Floats, line: NDArray[np.int64], z: Floats) -> Floats:
    """Return the height of each point where its line rises evenly from its first to its last point."""
    first = np.flatnonzero(np.concatenate([[True], line[1:] != line[:-1]]))
    last = np.append(first[1:], len(line)) - 1
    which = np.repeat(np.arange(len(first)), last - first + 1)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    start, size = along[first], along[last] - along[first]
    share = (along - start[which]) / np.where(size > 0, size, 1.0)[which]
    return z[first][which] + share * (z[last] - z[first])[which]
