"""Whether edges lie along lines or polygons."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["along"]

Floats = NDArray[np.float64]


def along(
    start: Floats, stop: Floats, geometries: NDArray[np.object_], which: NDArray[np.int64], distance: float
) -> NDArray[np.bool_]:
    """Return which edges lie along a geometry with their middle and both ends.

    Parameters
    ----------
    start, stop : arrays of shape (n, 2)
        Ends of the edges.
    geometries : array of geometries, shape (m,)
        Lines or polygons.
    which : int array of shape (n,)
        The geometry that each edge is held against.
    distance : float
        How far from it an edge may lie.

    Examples
    --------
    >>> edges = np.array([[0.0, 0], [0, 9]]), np.array([[5.0, 0], [5, 9]])
    >>> along(*edges, np.array([shapely.box(0, 0, 5, 5)]), np.array([0, 0]), 0.1).tolist()
    [True, False]
    """
    shapely.prepare(geometries)
    near = np.ones(len(which), dtype=bool)
    for points in ((start + stop) / 2, start, stop):
        near[near] = shapely.dwithin(geometries[which[near]], shapely.points(points[near]), distance)
    return near
