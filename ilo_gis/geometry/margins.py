"""Strips along lines, round polygons, and inland from a shore."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError

__all__ = ["inland", "margins", "polygon_parts", "within"]

QUADRANT = 32  # chords in a quarter circle: a strip is nowhere narrower by more than 0.03 % of its width
ON = 1e-6  # m within which an edge lies on the shore
EDGE = 1e-3  # m; shorter edges do not make a face touch the shore
PAST = 1.001  # share of a distance to which lines of sight reach, to cross its edge
HALVINGS = 40  # of the length of a line of sight: to the last digit
LEAST = 1e-4  # m2; smaller pieces come from rounding
EXACT = 1e-9  # share of an area that rounding may cost
POLYGON, LINE = 3, 1  # geometry types of shapely

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def margins(shapes: Shapes, near: Floats | float, far: Floats | float) -> Shapes:
    """Return the land between two distances of each shape; from distance 0 on the shape is part of it.

    Parameters
    ----------
    shapes : array of points, lines or polygons, shape (n,)
        Lines may cross themselves.
    near, far : float or array of shape (n,)
        Distances in m. Where `near` and `far` are 0 a polygon stays what it is.

    Returns
    -------
    array of Polygon or MultiPolygon, shape (n,)

    Examples
    --------
    >>> road = np.array([shapely.LineString([(0, 0), (100, 0)])])
    >>> shapely.bounds(margins(road, 0, 5)).tolist()
    [[-5.0, -5.0, 105.0, 5.0]]
    """
    near, far = (np.broadcast_to(np.asarray(d, dtype=float), len(shapes)) for d in (near, far))
    flat = shapely.force_2d(shapes)
    outer = np.where(far > 0, shapely.buffer(flat, far, quad_segs=QUADRANT), flat)
    apart = near > 0
    outer[apart] = shapely.difference(
        outer[apart], shapely.buffer(flat[apart], near[apart], quad_segs=QUADRANT)
    )
    return outer


def inland(shore: Shapes, near: float, far: float, ends: Shapes | None = None) -> shapely.Geometry:
    """Return the land between two distances of a shore, without what lies behind barriers.

    Land is behind a barrier if the straight line to it from the nearest point of the shore crosses the
    barrier. The land is cut along barriers and along such lines through their vertices; what has an
    edge on the shore stays.

    Parameters
    ----------
    shore : array of lines or of polygons, shape (n,)
        The shoreline, or the sea. Beside a line both sides are returned.
    near, far : float
        Distances in m.
    ends : array of lines or polygons, optional
        Barriers: cliffs, feet of hills, streets.

    Returns
    -------
    Polygon or MultiPolygon

    Examples
    --------
    A cliff 100 m from a shore of 1 km ends the land behind it:

    >>> shore, cliff = (np.array([shapely.LineString([(-1, y), (1001, y)])]) for y in (0, 100))
    >>> land = inland(shore, 50.0, 250.0, cliff)
    >>> shapely.intersection(land, shapely.box(0, 0, 1000, 500)).area
    50000.0
    """
    shore = shapely.force_2d(shore)
    sea = shapely.union_all(shore[shapely.get_dimensions(shore) == 2])
    edge = shapely.union_all([shapely.boundary(sea), *shore[shapely.get_dimensions(shore) == 1]])
    outer = shapely.difference(_beside(shore, far), sea)
    if ends is not None and len(ends):
        outer = _seen(outer, edge, shapely.force_2d(ends), far)
    return shapely.difference(outer, _beside(shore, near)) if near > 0 else outer


def _beside(shore: Shapes, distance: float) -> shapely.Geometry:
    """Return all land within a distance; lines end squarely, so that no way leads round their ends."""
    flat = shapely.get_dimensions(shore) == 2
    lines = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shore[~flat])))
    along = shapely.buffer(lines, distance, quad_segs=QUADRANT, cap_style="flat")
    around = shapely.buffer(shapely.union_all(shore[flat]), distance, quad_segs=QUADRANT)
    return shapely.union_all([along, around])


def _seen(land: shapely.Geometry, shore: shapely.Geometry, ends: Shapes, far: float) -> shapely.Geometry:
    """Return the faces between barriers and lines of sight past them that have an edge on the shore."""
    bars = np.where(shapely.get_dimensions(ends) == 2, shapely.boundary(ends), ends)
    bars = bars[shapely.intersects(bars, land)]
    noded = shapely.union_all([shapely.boundary(land), shore, *bars, *_sight_lines(bars, shore, far)])
    faces = shapely.get_parts(shapely.polygonize([noded]))
    shapely.prepare(land)
    faces = faces[shapely.contains(land, shapely.point_on_surface(faces))]
    xy, face = shapely.get_coordinates(shapely.boundary(faces), return_index=True)
    same = face[1:] == face[:-1]
    start, stop, face = xy[:-1][same], xy[1:][same], face[1:][same]
    middle = shapely.points((start + stop) / 2)
    long = np.hypot(*(stop - start).T) > EDGE
    shapely.prepare(shore)
    touching = np.unique(face[long & shapely.dwithin(middle, shore, ON)])
    return shapely.coverage_union_all(faces[touching]) if len(touching) else shapely.Polygon()


def _sight_lines(bars: Shapes, shore: shapely.Geometry, far: float) -> Shapes:
    """Return lines from vertices of barriers away from the shore, to where another part of it is nearer."""
    place = np.unique(shapely.get_coordinates(bars), axis=0)
    away = shapely.distance(shapely.points(place), shore)
    place, away = place[(away > EDGE) & (away < far)], away[(away > EDGE) & (away < far)]
    foot = shapely.get_coordinates(shapely.shortest_line(shapely.points(place), shore)).reshape(-1, 2, 2)[
        :, 1
    ]
    along = (place - foot) / away[:, None]
    low, high = away, np.full(len(away), PAST * far)
    for _ in range(HALVINGS):  # the upper end is tried first
        ahead = high if _ == 0 else (low + high) / 2
        tip = shapely.points(foot + ahead[:, None] * along)
        free = shapely.distance(tip, shore) > ahead - ON
        low, high = np.where(free, ahead, low), np.where(free, high, ahead)
    return shapely.linestrings(np.stack([place, foot + low[:, None] * along], axis=1))


def within(shapes: Shapes, whole: shapely.Geometry) -> Shapes:
    """Return the part of each polygon within an area, and prove that none was lost.

    Raises
    ------
    ExactnessError
        If what is cut off and what is kept are not the polygon: a fault of ilo_gis.

    Examples
    --------
    >>> shapely.area(within(np.array([shapely.box(0, 0, 2, 2)]), shapely.box(1, 0, 9, 9))).tolist()
    [2.0]
    """
    shapely.prepare(whole)
    kept = shapes.copy()
    cut = ~shapely.covers(whole, shapes)
    kept[cut] = shapely.intersection(shapes[cut], whole)
    off = shapely.area(shapely.difference(shapes[cut], whole))
    area = shapely.area(shapes[cut])
    lost = np.abs(shapely.area(kept[cut]) + off - area)
    if (lost > EXACT * area + LEAST).any():
        raise ExactnessError(
            f"{lost.max():.6f} m2 of a strip were lost at the edge of the site: a fault of ilo_gis, please "
            "report it, with the input."
        )
    return kept


def polygon_parts(shapes: Shapes) -> tuple[Shapes, Ints]:
    """Return the polygons that shapes consist of, and the position of the shape of each.

    Examples
    --------
    >>> polygon_parts(np.array([shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(3, 0, 4, 1)])]))[1]
    array([0, 0])
    """
    parts, owner = shapely.get_parts(shapes, return_index=True)
    inner, of = shapely.get_parts(parts, return_index=True)  # of collections, what is in their parts
    sound = (shapely.get_type_id(inner) == POLYGON) & (shapely.area(inner) > LEAST)
    return inner[sound], owner[of][sound]
