"""Proof that polygons cover land exactly: no gap, no overlap, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError
from ilo_gis.geometry.edges import CLASH, LONE, Edges, edges_of, star_shaped
from ilo_gis.geometry.near import course

__all__ = ["EXACT", "prove_cover", "uncovered"]

NEAR = 1e-6  # m. The outline of a whole may have been split, and so have moved by a rounding
EXACT = 1e-9  # share of the area of the whole that rounding may cost
SHORT = 1e-4  # m. A ring of an outline may be shorter than its edges can tell

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Polygons = NDArray[np.object_]


def prove_cover(
    parts: Polygons,
    wholes: Polygons,
    group: Ints | None = None,
    *,
    what: str = "parts",
    tolerance: float = EXACT,
    edges: Edges | None = None,
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
    edges : Edges, optional
        ``edges_of(parts, group)``, where it is known already.

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
    for bad, fault in _faults(parts, wholes, group, tolerance, edges):
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
    for bad, _ in _faults(parts, wholes, group, EXACT, None):
        off[bad] = True
    return off


def _faults(
    parts: Polygons, wholes: Polygons, group: Ints, tolerance: float, edges: Edges | None
) -> Iterator[tuple[Ints, str]]:
    """Yield what can be wrong, and the wholes where it is.

    A cover is proved by its edges. Where every edge is shared by two pieces, one on each side, or
    lies on the outline of its whole, the number of pieces over a point can only change at an
    outline. If the edges on each ring of the outline, walked with the piece on their left, add up
    to the ring once, it is one inside and none outside. `shapely.coverage_is_valid` says less, and
    takes seconds where one piece, the streets, has thousands of neighbours.
    """
    single = shapely.get_type_id(parts) == 3
    edges = edges_of(_only(parts, single), group) if edges is None else edges
    sound = _sound(parts, single, edges)
    yield np.unique(group[~sound]), "are not one valid polygon each"
    areas = shapely.area(wholes)
    residual = np.bincount(group, shapely.area(parts), len(wholes)) - areas
    digit = np.spacing(np.abs(shapely.bounds(wholes)).max(axis=1)) if len(wholes) else 0.0
    lost = np.flatnonzero(np.abs(residual) > tolerance * areas + digit * shapely.length(wholes))
    sums = [f"{areas[k] + residual[k]:.12g} of {areas[k]:.12g} m2" for k in lost[:1]]
    yield lost, f"cover {' '.join(sums)}"
    bare = np.bincount(group, minlength=len(wholes)) == 0
    yield np.flatnonzero(bare & (areas > 0)), "are none at all"
    if not sound.all():
        edges = edges_of(_only(parts, sound), group)
    yield from _loose(edges, wholes, group)


def _only(parts: Polygons, wanted: Bools) -> Polygons:
    kept = parts.copy()
    kept[~wanted] = None
    return kept


def _sound(parts: Polygons, single: Bools, edges: Edges) -> Bools:
    """Return which pieces are valid polygons; GEOS is asked about those that are not star-shaped."""
    sound = star_shaped(edges, len(parts)) & single
    rest = np.flatnonzero(single & ~sound)
    sound[rest] = shapely.is_valid(parts[rest])
    return sound


def _loose(edges: Edges, wholes: Polygons, group: Ints) -> Iterator[tuple[Ints, str]]:
    """Yield wholes with edges that are neither shared by two pieces nor on the outline."""
    lone = np.flatnonzero(edges.twin == LONE)
    own = group.take(edges.piece.take(lone))
    start, stop = edges.start.take(lone, axis=0), edges.stop.take(lone, axis=0)
    outline = shapely.boundary(shapely.orient_polygons(wholes))
    rings, whole = shapely.get_parts(outline, return_index=True)
    near, ring, way = course(start, stop, outline, own, NEAR)
    wrong = edges.twin == CLASH
    wrong[lone[~near]] = True
    where = np.column_stack([edges.start[wrong][:1], edges.stop[wrong][:1]]).reshape(-1, 2, 2)
    text = f"overlap, or leave a gap, or their edges do not match, near {where.round(3).tolist()}"
    yield np.unique(group[edges.piece[wrong]]), text
    walked = np.bincount(ring[near], (way * np.hypot(*(stop - start).T))[near], len(rings))
    length = shapely.length(rings)
    # a whole number of rounds, so any share under a half tells one from none and from two
    yield np.unique(whole[np.abs(walked - length) > 0.25 * length + SHORT]), "lie outside"
