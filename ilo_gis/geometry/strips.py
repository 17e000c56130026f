"""A polygon in strips of equal area across its length: the few large lots that rows cannot make."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["equal_lines", "strips"]

Floats = NDArray[np.float64]
Polygons = NDArray[np.object_]

HALVINGS = 60  # of the length in which a line is sought: to the last digit
BEYOND = 1.0  # m that lines reach past the polygon


def strips(polygon: shapely.Polygon, count: int) -> Polygons:
    """Cut a polygon into strips of equal area, square to the long side of its rotated rectangle.

    Parameters
    ----------
    polygon : Polygon
        A valid polygon without holes.
    count : int
        Number of strips.

    Returns
    -------
    array of Polygon
        The strips in order; the polygon alone where a line would cut off more than one piece.

    Examples
    --------
    >>> shapely.area(strips(shapely.box(0, 0, 60, 20), 3)).round(6).tolist()
    [400.0, 400.0, 400.0]
    """
    ring = shapely.get_coordinates(shapely.oriented_envelope(polygon))
    sides = np.diff(ring[:3], axis=0)
    long = sides[np.argmax(np.hypot(*sides.T))]
    along = long / np.hypot(*long)
    base = ring[0]
    lines = equal_lines(polygon, count, along, base)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([polygon.exterior, *lines])]))
    spot = shapely.get_coordinates(shapely.point_on_surface(faces))
    inside = shapely.contains_xy(polygon, *spot.T)
    faces, place = faces[inside], (spot[inside] - base) @ along
    return faces[np.argsort(place)] if len(faces) == count else np.array([polygon], dtype=object)


def equal_lines(polygon: shapely.Polygon, count: int, along: Floats, base: Floats) -> Polygons:
    """Return lines square to a direction that part a polygon into equal areas.

    Parameters
    ----------
    polygon : Polygon
        A valid polygon.
    count : int
        Number of parts.
    along : array of shape (2,)
        The direction, of length 1.
    base : array of shape (2,)
        A point near the polygon, from which it is measured.

    Returns
    -------
    array of LineString, shape (count - 1,)
        In order; they reach past the polygon.

    Examples
    --------
    >>> square = shapely.box(0, 0, 60, 20)
    >>> shapely.get_coordinates(equal_lines(square, 2, np.array([1.0, 0.0]), np.zeros(2))).round(6).tolist()
    [[30.0, -1.0], [30.0, 21.0]]
    """
    turn = np.array([along, [-along[1], along[0]]])
    flat = shapely.transform(polygon, lambda xy: (xy - base) @ turn.T)
    west, south, east, north = flat.bounds
    wanted = flat.area * np.arange(1, count) / count
    low, high = np.full(count - 1, west), np.full(count - 1, east)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        before = shapely.intersection(
            flat, shapely.box(west - BEYOND, south - BEYOND, middle, north + BEYOND)
        )
        less = shapely.area(before) < wanted
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    ends = np.stack(
        [np.column_stack([high, np.full(count - 1, y)]) for y in (south - BEYOND, north + BEYOND)], axis=1
    )
    return shapely.linestrings(ends @ turn + base)
