"""Remnants that lie side by side, made one: a green or a passage is of use only in one piece."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.edges import LONE, Edges

__all__ = ["join_leftovers"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Polygons = NDArray[np.object_]


def join_leftovers(pieces: Polygons, edges: Edges, left: Flags) -> tuple[Polygons, Ints, Flags]:
    """Join pieces that share an edge, where that makes one polygon without holes.

    Parameters
    ----------
    pieces : array of Polygon, shape (n,)
        Pieces of land.
    edges : Edges
        Their edges, with twins.
    left : bool array of shape (n,)
        Which may be joined.

    Returns
    -------
    tuple
        The pieces, for each the first of those it was made of, and whether it was joined.

    Examples
    --------
    >>> from ilo_gis.geometry.edges import edges_of
    >>> row = np.array([shapely.box(k, 0, k + 1, 2) for k in range(3)])
    >>> made, of, joined = join_leftovers(row, edges_of(row), np.array([True, True, False]))
    >>> shapely.area(made).tolist(), of.tolist(), joined.tolist()
    ([4.0, 2.0], [0, 2], [True, False])
    """
    one = np.flatnonzero(edges.twin != LONE)
    a, b = edges.piece[one], edges.piece[edges.twin[one]]
    both = left[a] & left[b] & (a != b)
    every = np.arange(len(pieces))
    if not both.any():
        return pieces, every, np.zeros(len(pieces), dtype=bool)
    group = every.copy()
    while True:  # the least number spreads from neighbour to neighbour
        least = group.copy()
        np.minimum.at(least, a[both], group[b[both]])
        if np.array_equal(least, group):
            break
        group = least
    made, joined, gone = pieces.copy(), np.zeros(len(pieces), dtype=bool), np.zeros(len(pieces), dtype=bool)
    for first in np.unique(group[np.bincount(group, minlength=len(group))[group] > 1]):
        own = np.flatnonzero(group == first)
        union = shapely.get_parts(shapely.coverage_union_all(pieces[own]))
        if len(union) == 1 and not shapely.get_num_interior_rings(union)[0] and shapely.is_valid(union)[0]:
            made[first], joined[first], gone[own[1:]] = union[0], True, True
    return made[~gone], every[~gone], joined[~gone]
