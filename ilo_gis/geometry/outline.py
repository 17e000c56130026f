"""The outline of a block: its vertices, its true corners, and its sides between corners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["SNAP", "Outline", "point_at", "read_outline"]

Floats = NDArray[np.float64]

DUST = 1e-9  # m; vertices closer than this are one: less than the last digit of a map coordinate
SNAP = 1e-6  # m; what lies closer than this is one point
MOST_CORNERS = 300  # the skeleton costs the square of this; wilder outlines are simplified more


@dataclass(frozen=True)
class Outline:
    """The outer ring of a polygon, counter-clockwise, seen from a point of its own.

    Attributes
    ----------
    ring : array of shape (m + 1, 2)
        Vertices as given, the first repeated at the end.
    local : array of shape (m + 1, 2)
        The same less `origin`: what is computed with, for precision.
    origin : array of shape (2,)
        The first vertex.
    corners : int array of shape (n,)
        Which vertices are corners; the others lie within a tolerance of the side they are on.
    along : array of shape (m + 1,)
        Length of the outline up to each vertex, in metres.
    """

    ring: Floats
    local: Floats
    origin: Floats
    corners: NDArray[np.int64]
    along: Floats


def read_outline(polygon: shapely.Polygon, tolerance: float) -> Outline | None:
    """Return the outline of a polygon, or None if nothing is left of it at the tolerance.

    Surveyed blocks have a vertex at every lot corner, so a vertex is not yet a corner: those
    within `tolerance` (m) of the line between their neighbours are not.

    Examples
    --------
    >>> survey = shapely.Polygon([(0, 0), (8, 0.1), (16, 0), (16, 20), (0, 20)])
    >>> outline = read_outline(survey, 0.5)
    >>> len(outline.ring) - 1, len(outline.corners)
    (5, 4)
    """
    ring = shapely.get_coordinates(shapely.get_exterior_ring(polygon))[:-1]
    ring = ring[np.hypot(*(ring - np.roll(ring, 1, axis=0)).T) > DUST]
    local = ring - ring[0]
    x, y = local[:, 0], local[:, 1]
    if np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) < 0:
        ring = ring[::-1]
    ring = np.roll(ring, -_sharpest(ring), axis=0)
    kept = _corners(ring, tolerance)
    if kept is None:
        return None
    ring = np.vstack([ring, ring[:1]])
    local = ring - ring[0]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(local, axis=0).T))])
    return Outline(ring, local, ring[0], kept, along)


def point_at(outline: Outline, s: float | Floats) -> Floats:
    """Return the points (local) at distances along the outline; past its length they go round again.

    A point within `SNAP` of a vertex is the vertex.
    """
    s = np.mod(s, outline.along[-1])
    after = np.searchsorted(outline.along, s)
    before = np.maximum(after - 1, 0)
    nearest = np.where(s - outline.along[before] < outline.along[after] - s, before, after)
    s = np.where(np.abs(outline.along[nearest] - s) < SNAP, outline.along[nearest], s)
    return np.stack([np.interp(s, outline.along, outline.local[:, k]) for k in (0, 1)], axis=-1)


def _sharpest(ring: Floats) -> int:
    """Return where the outline turns most: simplifying keeps its first vertex, corner or not."""
    there = np.roll(ring, -1, axis=0) - ring
    here = ring - np.roll(ring, 1, axis=0)
    turn = np.arctan2(here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0], np.sum(here * there, axis=1))
    return int(np.argmax(np.round(np.abs(turn), 6)))


def _corners(ring: Floats, tolerance: float) -> NDArray[np.int64] | None:
    place = {(x, y): i for i, (x, y) in enumerate(ring.tolist())}
    polygon = shapely.polygons(ring)
    while True:
        coarse = shapely.simplify(polygon, tolerance)
        if coarse.geom_type != "Polygon" or coarse.is_empty:
            return None
        found = shapely.get_coordinates(coarse)[:-1].tolist()
        if len(found) <= MOST_CORNERS:
            break
        tolerance *= 2
    kept = np.unique([place[x, y] for x, y in found])
    return kept if len(kept) >= 3 else None
