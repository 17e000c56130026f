"""Proof that polygons cover land exactly: no gap, no overlap, nothing lost."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError

__all__ = ["EXACT", "prove_cover"]

EXACT = 1e-9  # share of the area of the whole that rounding may cost

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Polygons = NDArray[np.object_]


def prove_cover(
    parts: Polygons,
    wholes: Polygons,
    group: Ints | None = None,
    *,
    what: str = "parts",
    tolerance: float = EXACT,
) -> Floats:
    """Raise unless polygons cover other polygons exactly.

    Parameters
    ----------
    parts : array of Polygon, shape (n,)
        The pieces; each edge between two of them must have the same vertices on both sides.
    wholes : array of Polygon or MultiPolygon, shape (m,)
        The land that they cover.
    group : array of int, shape (n,), optional
        For each piece, the position of the whole it is part of. By default all are of the first.
    what : str
        What to call the pieces in the message.
    tolerance : float
        Difference in area that is still exact, as a share of the whole. The last digit of the
        coordinates times the outline of the whole is granted besides.

    Returns
    -------
    array of float, shape (m,)
        Area of the pieces minus area of the whole, m2.

    Raises
    ------
    ExactnessError
        If a piece is not one valid polygon, if area is lost or won, or if pieces overlap or their
        edges do not match.

    Examples
    --------
    >>> halves = np.array([shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)])
    >>> prove_cover(halves, np.array([shapely.box(0, 0, 2, 2)])).tolist()
    [0.0]
    >>> prove_cover(halves[:1], np.array([shapely.box(0, 0, 2, 2)]))
    Traceback (most recent call last):
    ilo_gis.errors.ExactnessError: The parts cover 2 of 4 m2 of whole 0 ...
    """
    group = np.zeros(len(parts), dtype=np.int64) if group is None else group
    single = (shapely.get_type_id(parts) == 3) & shapely.is_valid(parts)
    if not single.all():
        worst = int(np.flatnonzero(~single)[0])
        _fail(
            f"Piece {worst} of the {what} is not one valid polygon: {shapely.is_valid_reason(parts[worst])}."
        )
    areas = shapely.area(wholes)
    residual = np.bincount(group, shapely.area(parts), minlength=len(wholes)) - areas
    digit = np.spacing(np.abs(shapely.bounds(wholes)).max(axis=1)) if len(wholes) else 0.0
    excess = np.abs(residual) - tolerance * areas - digit * shapely.length(wholes)
    if (excess > 0).any():
        worst = int(np.argmax(excess))
        covered = areas[worst] + residual[worst]
        _fail(f"The {what} cover {covered:.12g} of {areas[worst]:.12g} m2 of whole {worst}.")
    if not shapely.coverage_is_valid(parts):
        edges = shapely.coverage_invalid_edges(parts)
        worst = int(np.flatnonzero(~shapely.is_empty(edges))[0])
        where = shapely.get_coordinates(edges[worst])[0].round(3).tolist()
        _fail(f"Piece {worst} of the {what} overlaps a neighbour, or their edges do not match, near {where}.")
    return residual


def _fail(text: str) -> None:
    raise ExactnessError(f"{text} This is a fault of ilo_gis: please report it with the input.")
