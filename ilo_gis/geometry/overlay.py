"""Land that polygons have in common, measured so that it can be trusted."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["common_area"]

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
