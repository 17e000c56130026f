"""Proof that polygons cover land exactly: no gap, no overlap, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError
from ilo_gis.geometry.near import along

__all__ = ["EXACT", "prove_cover", "uncovered"]

NEAR = 1e-6  # m. The outline of a whole may have been split, and so have moved by a rounding
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
    ilo_gis.errors.ExactnessError: The parts of whole 0 cover 2 of 4 m2. This ...
    """
    group = np.zeros(len(parts), dtype=np.int64) if group is None else group
    for bad, fault in _faults(parts, wholes, group, tolerance):
        if len(bad):
            raise ExactnessError(
                f"The {what} of whole {bad[0]} {fault}. This is a fault of ilo_gis: please report it, "
                "with the input."
            )
    return np.bincount(group, shapely.area(parts), len(wholes)) - shapely.area(wholes)


def uncovered(parts: Polygons, wholes: Polygons, group: Ints) -> NDArray[np.bool_]:
    """Return which polygons are not covered exactly by their parts: where `prove_cover` would raise.

    Examples
    --------
    >>> halves = np.array([shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)])
    >>> wholes = np.array([shapely.box(0, 0, 2, 2), shapely.box(0, 0, 1, 1)])
    >>> uncovered(halves, wholes, np.array([0, 0])).tolist()
    [False, True]
    """
    off = np.zeros(len(wholes), dtype=bool)
    for bad, _ in _faults(parts, wholes, group, EXACT):
        off[bad] = True
    return off


def _faults(parts: Polygons, wholes: Polygons, group: Ints, tolerance: float) -> Iterator[tuple[Ints, str]]:
    """Yield what can be wrong, and the wholes where it is.

    A cover is proved by its edges: where every edge is shared by two pieces, one on each side, or
    lies on the outline of its whole, the number of pieces over a point can only change at an
    outline, and only by one. Pieces inside their whole with its area in sum are then a cover.
    `shapely.coverage_is_valid` says the same, but takes seconds where one piece, the streets, has
    thousands of neighbours.
    """
    sound = (shapely.get_type_id(parts) == 3) & shapely.is_valid(parts)
    yield np.unique(group[~sound]), "are not one valid polygon each"
    areas = shapely.area(wholes)
    residual = np.bincount(group, shapely.area(parts), len(wholes)) - areas
    digit = np.spacing(np.abs(shapely.bounds(wholes)).max(axis=1)) if len(wholes) else 0.0
    lost = np.flatnonzero(np.abs(residual) > tolerance * areas + digit * shapely.length(wholes))
    sums = [f"{areas[k] + residual[k]:.12g} of {areas[k]:.12g} m2" for k in lost[:1]]
    yield lost, f"cover {' '.join(sums)}"
    bare = np.bincount(group, minlength=len(wholes)) == 0
    yield np.flatnonzero(bare & (areas > 0)), "are none at all"
    edges, forth, back, own = _edges(parts[sound], group[sound])
    single = forth + back == 1
    lone, of = edges[single], own[single]
    outline = shapely.boundary(wholes)
    single[single] = along(lone[:, 0], lone[:, 1], outline, of, NEAR)
    wrong = ~single & ~((forth == 1) & (back == 1))
    where = edges[wrong][:1, 0].round(3).tolist()
    yield np.unique(own[wrong]), f"overlap, or leave a gap, or their edges do not match, near {where}"
    inside = shapely.dwithin(wholes[group], shapely.point_on_surface(parts), NEAR)
    yield np.unique(group[~inside]), "lie outside"


def _edges(parts: Polygons, group: Ints) -> tuple[Floats, Ints, Ints, Ints]:
    """Return the edges in each group, how often each is walked forth and back, and its group."""
    rings, piece = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    a, b = xy[:-1][same], xy[1:][same]
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    edges = np.where(turned[:, None], np.hstack([b, a]), np.hstack([a, b]))
    own = group[piece][ring[:-1][same]]
    order = np.lexsort([*edges.T, own])
    edges, turned, own = edges[order], turned[order], own[order]
    new = (edges[1:] != edges[:-1]).any(axis=1) | (own[1:] != own[:-1])
    first = np.flatnonzero(np.append(True, new)[: len(edges)])
    counts = (
        np.add.reduceat(way.astype(np.int64), first) if len(first) else first for way in (~turned, turned)
    )
    return edges[first].reshape(-1, 2, 2), next(counts), next(counts), own[first]
