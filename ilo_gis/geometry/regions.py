"""Regions of a grid: polygons round cells of one class, which share their vertices."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["regions"]

OUTSIDE = -1  # class of cells that belong to no region

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def regions(
    classes: Ints, west: float, north: float, cell: tuple[float, float]
) -> tuple[NDArray[np.object_], Ints]:
    """Return the regions of cells of one class that have sides in common.

    Parameters
    ----------
    classes : array of int, shape (rows, columns)
        Class of each cell, from 0; below 0 for none. Rows from north to south.
    west, north : float
        Outer corner of the first cell, m.
    cell : tuple of two floats
        Width and height of a cell, m.

    Returns
    -------
    tuple of two arrays, shape (n,)
        Valid polygons, and the class of each. They tile the cells that have a class, and have all their
        vertices in common, wherever three meet too.

    Examples
    --------
    >>> shapes, of = regions(np.array([[0, 1], [0, -1]]), 0, 20, (10, 10))
    >>> [(int(k), shape.area) for k, shape in zip(of, shapes)]
    [(0, 200.0), (1, 100.0)]
    """
    high, wide = classes.shape
    framed = np.pad(np.maximum(classes, OUTSIDE), 1, constant_values=OUTSIDE)
    level = (framed[1:] != framed[:-1])[:, 1:-1]  # sides of cells that run east, by corner row and column
    upright = (framed[:, 1:] != framed[:, :-1])[1:-1]
    rows, first, last = _runs(level, np.pad(upright, ((1, 1), (0, 0))))
    columns, top, bottom = _runs(upright.T, np.pad(level, ((0, 0), (1, 1))).T)
    start = np.concatenate([np.column_stack([first, rows]), np.column_stack([columns, top])])
    stop = np.concatenate([np.column_stack([last, rows]), np.column_stack([columns, bottom])])
    corners = np.stack([start, stop], axis=1) * [cell[0], -cell[1]] + [west, north]
    faces = shapely.get_parts(shapely.polygonize(shapely.linestrings(corners)))
    at = shapely.get_coordinates(shapely.point_on_surface(faces))
    column = np.clip(((at[:, 0] - west) / cell[0]).astype(np.int64), 0, wide - 1)
    row = np.clip(((north - at[:, 1]) / cell[1]).astype(np.int64), 0, high - 1)
    of = classes[row, column]
    order = np.lexsort((column, row, of))
    order = order[of[order] > OUTSIDE]
    return faces[order], of[order].astype(np.int64)


def _runs(sides: Bools, across: Bools) -> tuple[Ints, Ints, Ints]:
    """Return line, begin and end of straight runs of sides, ended wherever a side leads off across.

    `sides` has a row for each line of corners and a column for each side along it; `across` tells of
    the sides before and behind each line whether they start there: a row more, a column more.
    """
    crossed = across[:-1] | across[1:]
    before = np.pad(sides, ((0, 0), (1, 0)))[:, :-1]
    behind = np.pad(sides, ((0, 0), (0, 1)))[:, 1:]
    line, begin = np.nonzero(sides & (~before | crossed[:, :-1]))
    _, end = np.nonzero(sides & (~behind | crossed[:, 1:]))
    return line, begin, end + 1
