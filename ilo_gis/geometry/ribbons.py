"""The land of streets: lines given a width."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.lines import place_of
from ilo_gis.geometry.ragged import cross

__all__ = ["MITRE", "ribbons"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MITRE = 3.0  # a corner sharper than 39 degrees is cut off, as its point would run away from the crossing


def ribbons(lines: Lines, width: Floats) -> Lines:
    """Give lines a width: rectangles along them, and mitred pieces that fill the corners.

    Parameters
    ----------
    lines : array of LineString
        As from `strokes`. Loose ends are cut square.
    width : array of float
        Width of each, m.

    Returns
    -------
    array of Polygon
        Their union is the land of the lines, with straight edges and sharp corners.

    Examples
    --------
    >>> bend = shapely.from_wkt(["LINESTRING (0 0, 10 0, 10 10)"])
    >>> shapely.union_all(ribbons(bend, np.array([2.0]))).area
    40.0
    """
    xy, line = shapely.get_coordinates(lines, return_index=True)
    first = np.flatnonzero(line[1:] == line[:-1])
    first = first[np.hypot(*(xy[first + 1] - xy[first]).T) > 0]
    a, b, half = xy[first], xy[first + 1], width[line[first], None] / 2
    ahead = (b - a) / np.hypot(*(b - a).T)[:, None]
    left = _left(ahead) * half
    sides = shapely.polygons(np.stack([a + left, b + left, b - left, a - left], axis=1))
    # an arm is a segment seen from one of its ends
    at, out = np.concatenate([a, b]), np.concatenate([ahead, -ahead])
    reach = np.concatenate([half, half])[:, 0]
    n = len(first)
    next_ = np.flatnonzero((line[first][1:] == line[first][:-1]) & (first[1:] == first[:-1] + 1))
    through = np.zeros(2 * n, dtype=bool)
    through[np.concatenate([next_ + n, next_ + 1])] = True
    i, j = _neighbours(at, out, through)
    # a bend of one line is open on one side only
    flip = cross(out[next_ + n], out[next_ + 1]) > 0
    bend = np.where(flip, next_ + 1, next_ + n), np.where(flip, next_ + n, next_ + 1)
    i, j = np.concatenate([bend[0], i]), np.concatenate([bend[1], j])
    return np.concatenate([sides, _corners(at, out, reach, i, j)])


def _left(v: Floats) -> Floats:
    return np.stack([-v[:, 1], v[:, 0]], axis=1)


def _neighbours(at: Floats, out: Floats, through: Bools) -> tuple[Ints, Ints]:
    """Pair arms that follow each other counter-clockwise, at the nodes where a line ends."""
    label = place_of(at)
    ending = np.zeros(label.max(initial=-1) + 1, dtype=bool)
    ending[label[~through]] = True
    arms = np.flatnonzero(ending[label])
    arms = arms[np.lexsort((np.arctan2(out[arms, 1], out[arms, 0]), label[arms]))]
    size = np.bincount(label[arms], minlength=1)
    last = np.append(label[arms][1:] != label[arms][:-1], True)[: len(arms)]
    follow = np.arange(len(arms)) + 1
    follow[last] -= size[label[arms[last]]]
    i, j = arms, arms[follow]
    passed = np.bincount(label, through, len(ending))[label[i]] > 0
    wanted = (i != j) & ((cross(out[i], out[j]) < 0) | ~passed)
    return i[wanted], j[wanted]


def _corners(at: Floats, out: Floats, reach: Floats, i: Ints, j: Ints) -> Lines:
    """Return pieces that fill what the ends of arms i and j leave open, counter-clockwise from i to j."""
    turn = cross(out[i], out[j])
    i, j, turn = i[turn != 0], j[turn != 0], turn[turn != 0]
    p = at[i] + _left(out[i]) * reach[i, None]
    q = at[j] - _left(out[j]) * reach[j, None]
    with np.errstate(over="ignore", invalid="ignore"):
        s, t = cross(q - p, out[j]) / turn, cross(q - p, out[i]) / turn
        apex = p + out[i] * s[:, None]  # where the sides meet: s along arm i, t along arm j
        far = ~(np.hypot(*(apex - at[i]).T) <= MITRE * np.maximum(reach[i], reach[j]))
    open_ = (turn < 0) | (((s < 0) | (t < 0)) & ~far)
    # beyond a half turn, a point that both rectangles hold, so that rounding leaves no crack
    base = np.where(turn[:, None] < 0, at[i] - (p + q - 2 * at[i]) / 4, at[i])
    apex[far] = p[far]
    p, q = np.where((~far & (s > 0))[:, None], apex, p), np.where((~far & (t > 0))[:, None], apex, q)
    pieces = shapely.polygons(np.stack([base, p, apex, q], axis=1)[open_])
    return pieces[shapely.is_valid(pieces) & (shapely.area(pieces) > 0)]
