"""Measures of lots: front, depth, shape. All vectorised over many polygons."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.near import along

__all__ = ["Fronts", "elongation", "fronts", "sides"]

Floats = NDArray[np.float64]
Polygons = NDArray[np.object_]

LEAST = 0.5  # m of front that count when it is asked how many streets a lot fronts
BEND = np.radians(30)  # two fronts that meet at more than this make a corner lot


class Fronts(NamedTuple):
    """Front, depth, corner, and middle of the main front of each lot."""

    frontage: Floats
    depth: Floats
    corner: NDArray[np.bool_]
    middle: Floats


def sides(polygons: Polygons) -> tuple[Floats, Floats]:
    """Return the long and the short side of each minimum rotated rectangle, in map units.

    Examples
    --------
    >>> [side.round(6).tolist() for side in sides(np.array([shapely.box(0, 0, 8, 20)]))]
    [[20.0], [8.0]]
    """
    long, short = np.full(len(polygons), np.nan), np.full(len(polygons), np.nan)
    boxes = shapely.oriented_envelope(polygons)
    # of a lot without width the box is a line, a point or empty
    flat = (shapely.get_type_id(boxes) == 3) & ~shapely.is_empty(boxes)
    corners = shapely.get_coordinates(boxes[flat]).reshape(-1, 5, 2)
    a = np.hypot(*(corners[:, 1] - corners[:, 0]).T)
    b = np.hypot(*(corners[:, 2] - corners[:, 1]).T)
    long[flat], short[flat] = np.maximum(a, b), np.minimum(a, b)
    return long, short


def elongation(polygons: Polygons) -> Floats:
    """Return depth to width: the long over the short side of the minimum rotated rectangle.

    Examples
    --------
    >>> elongation(np.array([shapely.box(0, 0, 8, 20)])).tolist()
    [2.5]
    """
    long, short = sides(polygons)
    return np.divide(long, short, out=np.full(len(long), np.inf), where=short > 0)


def fronts(polygons: Polygons, street: Polygons, tolerance: float) -> Fronts:
    """Measure the front and the depth of lots.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Lots.
    street : array of geometries, shape (n,)
        For each lot, where the street begins: the outline of its block, or street land.
    tolerance : float
        How far from it, in map units, an edge of a lot may lie and still front it.

    Returns
    -------
    Fronts
        `frontage`: length of the outer boundary on the street. `corner`: whether it fronts
        streets that meet at more than 30 degrees; the longer of the two fronts is the main one.
        `depth`: greatest distance of a point of the lot from the line of its main front; NaN
        without a front. `middle`: the middle of the main front, shape (n, 2).

    Examples
    --------
    >>> lot, block = shapely.box(0, 0, 8, 20), shapely.box(0, 0, 100, 40).exterior
    >>> [v.tolist() for v in fronts(np.array([lot]), np.array([block]), 0.01)]
    [[28.0], [8.0], [True], [[0.0, 10.0]]]
    """
    if not len(polygons):
        return Fronts(np.empty(0), np.empty(0), np.empty(0, bool), np.empty((0, 2)))
    rings = shapely.get_exterior_ring(polygons)
    xy, owner = shapely.get_coordinates(rings, return_index=True)
    same = owner[1:] == owner[:-1]
    a, b, lot = xy[:-1][same], xy[1:][same], owner[:-1][same]
    near = along(a, b, street, lot, tolerance)
    edge = b - a
    length = np.hypot(*edge.T)
    count = len(polygons)
    front = np.where(near, length, 0.0)
    frontage = np.bincount(lot, front, count).astype(float)
    first = _longest(lot, front, count)
    bent = _sine(edge, length, first[lot]) > np.sin(BEND)
    one, other = (np.bincount(lot, front * side, count) for side in (~bent, bent))
    # the main front is the longer of the two, however many vertices a survey has put on it
    main = bent == (other > one)[lot]
    longest = _longest(lot, front * main, count)
    base, axis = a[longest], edge[longest] / np.maximum(length[longest], 1e-300)[:, None]
    away = xy - base[owner]
    height = np.abs(away[:, 0] * axis[owner, 1] - away[:, 1] * axis[owner, 0])
    depth = np.zeros(count)
    np.maximum.at(depth, owner, height)
    has = frontage > 0
    weight = np.where(has[lot], front * main, length)  # without a front, the middle of all edges
    middle = [
        np.bincount(lot, weight * (a + b)[:, k] / 2, count) / np.bincount(lot, weight, count) for k in (0, 1)
    ]
    return Fronts(
        frontage, np.where(has, depth, np.nan), (np.minimum(one, other) > LEAST) & has, np.transpose(middle)
    )


def _sine(edge: Floats, length: Floats, base: NDArray[np.int64]) -> Floats:
    """Return the sine of the angle between each edge and another."""
    cross = np.abs(edge[:, 0] * edge[base, 1] - edge[:, 1] * edge[base, 0])
    return cross / np.maximum(length * length[base], 1e-300)


def _longest(group: NDArray[np.int64], size: Floats, count: int) -> NDArray[np.int64]:
    """Return, for each group, the position of its largest member."""
    order = np.lexsort((size, group))
    last = np.searchsorted(group[order], np.arange(count), side="right") - 1
    return order[last]
