"""Polygons side by side that share the vertices on their common edges."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["share_vertices"]

NEAR = 1e-6  # m; a vertex this close to an edge lies on it

Polygons = NDArray[np.object_]


def share_vertices(polygons: Polygons) -> Polygons:
    """Add to each polygon the vertices of others that lie on its edges. Nothing else changes.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Valid polygons in metres.

    Returns
    -------
    array of Polygon, shape (n,)

    Examples
    --------
    >>> row = np.array([shapely.box(0, 0, 9, 5), shapely.box(0, 5, 4, 9), shapely.box(4, 5, 9, 9)])
    >>> bool(shapely.coverage_is_valid(row)), bool(shapely.coverage_is_valid(share_vertices(row)))
    (False, True)
    """
    points = shapely.points(np.unique(shapely.get_coordinates(polygons), axis=0))
    i, j = shapely.STRtree(shapely.boundary(polygons)).query(points, predicate="dwithin", distance=NEAR)
    corners = shapely.extract_unique_points(polygons)
    bare = shapely.distance(points[i], corners[j]) > NEAR
    i, j = i[bare], j[bare]
    shared = polygons.copy()
    for k in np.unique(j):  # few: most polygons have all their vertices
        shared[k] = shapely.snap(polygons[k], shapely.multipoints(points[i[j == k]]), NEAR)
    return shared
