"""Where parks have to be for every lot to be in reach of one, walking along streets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.network import front_points, reached
from ilo_gis.geometry.slices import axes
from ilo_gis.subdivision.reserve_ends import Ends

__all__ = ["Places", "Reach", "in_reach", "spread"]

Polygons = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEP = 25.0  # m between the points along outlines that walks start and end at
DEAR = 5.0  # lots newly in reach that one lot lost outweighs, between places for a park
SPREAD = 0.02  # lots that it is worth to bring a lot nearer to a park by the whole reach


class Reach(NamedTuple):
    """How far half blocks are from places for a park: pairs of those in reach, walking along streets.

    `place` is an end of a block: the low end (0 to n - 1) or the high end (n to 2n - 1); `half` is
    a half block all of which is in reach, `distance` its mean distance (m), `lots` (2n,) how many
    lots each half block would hold.
    """

    place: Ints
    half: Ints
    distance: Floats
    lots: Floats


class Places(NamedTuple):
    """Places for parks in the order they were found, how many of them bring lots into reach.

    `worth` is what each is worth in lots for the lots that it is nearer to than those before it.
    """

    place: Ints
    needed: int
    worth: Floats


def in_reach(
    blocks: Polygons, ends: Ends, lots: Floats, lines: Polygons, street: shapely.Geometry, reach: float
) -> Reach:
    """Return which half blocks lie wholly within reach of which places for a park.

    Parameters
    ----------
    blocks : array of Polygon, shape (n,)
        In metres.
    ends : Ends
    lots : array of float
        Lots that each block would hold.
    lines : array of LineString
        Centre lines of the streets, meeting at their ends.
    street : Polygon or MultiPolygon
        Street land.
    reach : float
        In m. Half the distance between the points walked to is taken off, for the lots between them.

    Returns
    -------
    Reach
    """
    n = len(blocks)
    along = axes(blocks)
    points, block = front_points(blocks, street, STEP)
    place = (shapely.get_coordinates(points) * along.way[block]).sum(axis=1)
    below, above = place - along.low[block], along.high[block] - place
    half = 2 * block + (below > above)
    size = np.bincount(half, minlength=2 * n)
    possible = ends.fit | ends.whole
    length = np.where(ends.fit, ends.length, np.inf)  # a block that cannot be cut is taken whole
    members = [
        np.flatnonzero(possible[k, block] & (away <= length[k, block]))
        for k, away in enumerate((below, above))
    ]
    group = np.concatenate([block[own] + k * n for k, own in enumerate(members)])
    found = reached(lines, points, np.concatenate(members), group, reach - STEP / 2)
    pair, back = np.unique(found.group * (2 * n) + half[found.target], return_inverse=True)
    count = np.bincount(back, minlength=len(pair))
    where, which = pair // (2 * n), pair % (2 * n)
    mean = np.bincount(back, found.distance, len(pair)) / np.maximum(count, 1)
    all_ = count == size[which]
    share = np.divide(size, size.reshape(-1, 2).sum(axis=1).repeat(2), out=np.zeros(2 * n), where=size > 0)
    return Reach(where[all_], which[all_], mean[all_], share * lots.repeat(2))


def spread(
    reach: Reach, loss: Floats, area: Floats, goal: float, *, first: Ints, distance: Floats, cover: bool
) -> Places:
    """Return places for parks: first those that bring lots into reach, then those that bring parks nearer.

    Parameters
    ----------
    reach : Reach
        Its places are ends of `n` blocks; its half blocks may be of others.
    loss : array of float, shape (2n,)
        Lots lost at each place, more than at the best; infinite where no park can be.
    area : array of float, shape (n,)
        Of the blocks, m2.
    goal : float
        Area of the blocks found, m2, at which the search ends, if all lots are in reach.
    first : array of int
        Places that are taken in any case.
    distance : array of float
        How far each half block is from what is there already, m; the reach if nothing is.
    cover : bool
        Whether all half blocks have to be in reach.

    Returns
    -------
    Places

    References
    ----------
    C. Toregas, R. Swain, C. ReVelle and L. Bergman, "The location of emergency service facilities",
    Operations Research 19, 1971, pages 1363 to 1373 (covering within a distance).
    V. Chvatal, "A greedy heuristic for the set-covering problem", Mathematics of Operations Research
    4, 1979, pages 233 to 235.
    """
    n = len(area)
    limit, distance, loss = distance.max(initial=1.0), distance.copy(), loss.copy()
    open_ = np.full(len(distance), cover)
    order: list[int] = []
    worth: list[float] = []
    needed, given, waiting = 0, 0.0, list(first)
    while np.isfinite(loss).any():
        new = np.bincount(reach.place, (open_ * reach.lots)[reach.half], 2 * n)
        nearer = np.maximum(distance[reach.half] - reach.distance, 0.0) * reach.lots[reach.half]
        value = SPREAD * np.bincount(reach.place, nearer, 2 * n) / limit
        bringing = (new > 0) & np.isfinite(loss)
        if waiting:
            best = int(waiting.pop(0))
        elif bringing.any():
            best = int(np.argmax(np.where(bringing, new - DEAR * loss, -np.inf)))
        elif given >= goal:
            break
        else:
            best = int(np.argmax(value - loss))
        needed += int(bringing[best] or len(order) < len(first))
        order.append(best)
        worth.append(float(value[best]))
        given += area[best % n]
        own = reach.place == best
        open_[reach.half[own]] = False
        np.minimum.at(distance, reach.half[own], reach.distance[own])
        loss[[best % n, best % n + n]] = np.inf
    return Places(np.array(order, dtype=np.int64), needed, np.array(worth))
