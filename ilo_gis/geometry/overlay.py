"""Land that polygons have in common, or that one has alone, measured so that it can be trusted."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["GRID", "WRONG", "common_area", "wide", "without"]

GRID = 1e-6  # m; finer than any survey, coarser than rounding
WRONG = 0.01  # m2; far more than the grid moves


def common_area(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the area that pairs of polygons have in common.

    Outlines that nearly coincide can mislead GEOS, which then loses whole polygons without a word.
    So each area is measured again on a grid, and that is taken where the two differ.

    Parameters
    ----------
    one, other : array of Polygon or MultiPolygon, shape (n,)
        Valid polygons in metres.

    Returns
    -------
    array of float, shape (n,)
        In m2.

    Examples
    --------
    >>> common_area(np.array([shapely.box(0, 0, 4, 2)]), np.array([shapely.box(3, 0, 9, 9)])).tolist()
    [2.0]
    """
    common = shapely.area(shapely.intersection(one, other))
    proof = shapely.area(shapely.intersection(one, other, grid_size=GRID))
    return np.where(np.abs(common - proof) > WRONG, proof, common)


def without(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return what pairs of polygons leave of the first.

    It is measured against what they have in common, and cut again on a grid where the two do not add up.

    Parameters
    ----------
    one, other : array of Polygon or MultiPolygon, shape (n,)
        Valid polygons in metres.

    Returns
    -------
    array of Polygon or MultiPolygon, shape (n,)
        Empty where nothing is left.

    Examples
    --------
    >>> without(np.array([shapely.box(0, 0, 4, 2)]), np.array([shapely.box(3, 0, 9, 9)]))[0].area
    6.0
    """
    left = shapely.difference(one, other)
    wrong = np.abs(shapely.area(one) - common_area(one, other) - shapely.area(left)) > WRONG
    left[wrong] = shapely.difference(one[wrong], other[wrong], grid_size=GRID)
    return left


def wide(shapes: NDArray[np.object_], width: float) -> NDArray[np.bool_]:
    """Return which shapes are somewhere as wide as a width; the others are slivers.

    Parameters
    ----------
    shapes : array of geometry, shape (n,)
        In metres; lines and points are never wide.
    width : float
        In m.

    Returns
    -------
    array of bool, shape (n,)

    Examples
    --------
    >>> wide(np.array([shapely.box(0, 0, 90, 0.4), shapely.box(0, 0, 2, 1)]), 0.5).tolist()
    [False, True]
    """
    return ~shapely.is_empty(shapely.buffer(shapes, -width / 2, join_style="mitre"))
