"""A polygon in strips of equal area across its length: the few large lots that rows cannot make."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["strips"]

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
    lines = shapely.linestrings(ends @ turn + base)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([polygon.exterior, *lines])]))
    spot = shapely.get_coordinates(shapely.point_on_surface(faces))
    inside = shapely.contains_xy(polygon, *spot.T)
    faces, place = faces[inside], (spot[inside] - base) @ along
    return faces[np.argsort(place)] if len(faces) == count else np.array([polygon], dtype=object)
