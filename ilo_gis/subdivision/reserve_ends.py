"""What can be reserved of blocks: whole blocks, and pieces cut off their ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.network import front_points
from ilo_gis.geometry.slices import axes, end_pieces

__all__ = ["Ends", "ends_of", "wide"]

Polygons = NDArray[np.object_]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

GIVE = 1e-3  # m that a width may fall short by: a piece 25 m wide has room for a circle of 25 m
LONGER = (1.0, 1.2, 1.5, 2.0, 3.0)  # lengths of an end piece tried, in widths: sharp ends need more
STEP = 20.0  # m between the points that tell whether a piece is on a street


class Ends(NamedTuple):
    """End pieces of blocks, shape (2, n): the low and the high end of each.

    `least` and `most` are the areas (m2) a piece there may have, `length` that of the least piece
    along the block (m), `fit` whether a piece can be cut there at all; `whole` (n,) which blocks
    can be taken whole.
    """

    least: Floats
    most: Floats
    length: Floats
    fit: Bools
    whole: Bools

    def of(self, blocks: Ints) -> Ends:
        """Return the ends of some of the blocks, in this order."""
        least, most, length = self.least[:, blocks], self.most[:, blocks], self.length[:, blocks]
        return Ends(least, most, length, self.fit[:, blocks], self.whole[blocks])


def wide(polygons: Polygons, width: float) -> Bools:
    """Return which polygons have room for a circle of some width, in m.

    Examples
    --------
    >>> wide(np.array([shapely.box(0, 0, 40, 25), shapely.box(0, 0, 40, 24)]), 25.0).tolist()
    [True, False]
    """
    return ~shapely.is_empty(shapely.buffer(polygons, GIVE - width / 2))


def ends_of(
    blocks: Polygons, street: shapely.Geometry, *, width: float, smallest: float, rest: float
) -> Ends:
    """Return what can be cut off the ends of blocks.

    Parameters
    ----------
    blocks : array of Polygon, shape (n,)
        In metres.
    street : Polygon or MultiPolygon
        Street land, on which every piece must have a front.
    width : float
        Least width of a piece, m.
    smallest : float
        Least area of a piece, m2.
    rest : float
        Least length of what is left of the block, m.

    Returns
    -------
    Ends

    Examples
    --------
    >>> block, street = np.array([shapely.box(0, 0, 100, 40)]), shapely.box(0, -12, 100, 0)
    >>> ends = ends_of(block, street, width=25.0, smallest=800.0, rest=20.0)
    >>> ends.least.round().tolist(), ends.most.round().tolist()
    ([[1000.0], [1000.0]], [[3200.0], [3200.0]])
    """
    n = len(blocks)
    both, along = np.tile(blocks, 2), axes(blocks).take(np.tile(np.arange(n), 2))
    top = np.repeat([False, True], n)
    length, least = np.full(2 * n, np.inf), np.full(2 * n, np.inf)
    open_ = np.flatnonzero(along.plain)
    for times in LONGER:
        tried = np.full(len(open_), times * width)
        part = end_pieces(both[open_], along.take(open_), top[open_], tried)
        good = wide(part, width)
        length[open_[good]], least[open_[good]] = tried[good], shapely.area(part[good])
        open_ = open_[~good]
    kept = shapely.area(end_pieces(both, along, ~top, np.full(2 * n, rest)))
    most = shapely.area(both) - kept
    # an end shorter than the smallest area grows until it has it, about in proportion
    grown = np.divide(smallest, least, out=np.ones(2 * n), where=least > 0)
    length, least = length * np.maximum(grown, 1.0), np.maximum(least, smallest)
    fit = along.plain & (least < most)
    short = np.flatnonzero(fit)
    part = end_pieces(both[short], along.take(short), top[short], length[short])
    fit[short] = np.bincount(front_points(part, street, STEP)[1], minlength=len(short)) > 0
    fronts = np.bincount(front_points(blocks, street, STEP)[1], minlength=n) > 0
    whole = wide(blocks, width) & (shapely.area(blocks) >= smallest) & fronts
    two = (2, n)
    return Ends(least.reshape(two), most.reshape(two), length.reshape(two), fit.reshape(two), whole)
