"""The outlines of blocks: their vertices, their true corners, and the sides between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.ragged import climbing, firsts, following, locate, rows, running, spans

__all__ = ["SNAP", "Outlines", "Sides", "corners", "read_outlines", "sides_between"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

DUST = 1e-9  # m; vertices closer than this are one: less than the last digit of a map coordinate
STRAIGHT = 1e-8  # m; a vertex closer to a straight line than its last digits splits it
SNAP = 1e-6  # m; what lies closer than this is one point
MOST_TURN = np.radians(120)  # what turns more is no corner cut off, but the narrow end of a block
MOST_CORNERS = 300  # the skeleton costs the square of this; wilder outlines are simplified more


@dataclass(frozen=True)
class Outlines:
    """The outer rings of many polygons, counter-clockwise, each seen from a point of its own.

    Attributes
    ----------
    ring : array of shape (m, 2)
        Vertices of all rings end to end, none repeated.
    local : array of shape (m, 2)
        The same less the origin of their ring: what is computed with, for precision.
    first : int array of shape (n + 1,)
        Where each ring begins.
    origin : array of shape (n, 2)
        The first vertex of each ring.
    along : array of shape (m,)
        Length of the ring from its first vertex to each, in metres.
    length : array of shape (m,)
        Length of the segment that begins at each vertex.
    total : array of shape (n,)
        Length of each ring.
    """

    ring: Floats
    local: Floats
    first: Ints
    origin: Floats
    along: Floats
    length: Floats
    total: Floats

    @property
    def after(self) -> Ints:
        """The vertex that follows each."""
        return following(self.first)

    def segment(self, row: Ints, s: Floats) -> tuple[Ints, Floats]:
        """Return the vertex before each place along an outline, and the metres past it."""
        s = self.once(row, s)
        before = locate(self.along, self.first[row], self.first[row + 1], s)
        return before, s - self.along[before]

    def once(self, row: Ints, s: Floats) -> Floats:
        """Bring places past the end of an outline back to its first turn."""
        return np.mod(s, self.total[row])

    def vertex(self, row: Ints, s: Floats) -> Ints:
        """Return the vertex within `SNAP` of each place along an outline, or -1."""
        before, past = self.segment(row, s)
        return np.where(
            past < SNAP, before, np.where(self.length[before] - past < SNAP, self.after[before], -1)
        )

    def point(self, row: Ints, s: Floats) -> Floats:
        """Return the points (local) at places along an outline; near a vertex it is the vertex."""
        before, past = self.segment(row, s)
        way = self.local[self.after[before]] - self.local[before]
        there = self.local[before] + (past / self.length[before])[:, None] * way
        vertex = self.vertex(row, s)
        return np.where((vertex >= 0)[:, None], self.local[vertex], there)

    def summed(self, each: Floats, row: Ints, s: Floats) -> Floats:
        """Return, at places along an outline, the running sum of what its segments are worth.

        `each` has a value for the segment that begins at every vertex.
        """
        sums = running(each, self.first)
        whole = sums[self.first[1:] - 1]
        before, past = self.segment(row, s)
        here = np.where(before > self.first[row], sums[before - 1], 0.0)
        here += past / self.length[before] * each[before]
        return here + np.floor(s / self.total[row]) * whole[row]


@dataclass(frozen=True)
class Sides:
    """The sides of outlines between corners, end to end: how far along side and outline their vertices are.

    Attributes
    ----------
    vertex : int array of shape (k,)
        Vertices of each side, both its corners included.
    x : array of shape (k,)
        Metres along the straight line between the two corners, climbing.
    s : array of shape (k,)
        Metres along the outline; past its length where the side passes its first vertex.
    first : int array of shape (c + 1,)
        Where each side begins.
    """

    vertex: Ints
    x: Floats
    s: Floats
    first: Ints


def read_outlines(polygons: Polygons) -> Outlines:
    """Return the outlines of valid polygons, each from the vertex where it turns most.

    Examples
    --------
    >>> outlines = read_outlines(np.array([shapely.box(0, 0, 16, 20)]))
    >>> outlines.total.tolist(), outlines.along.tolist()
    ([72.0], [0.0, 20.0, 36.0, 56.0])
    """
    rings = shapely.get_exterior_ring(shapely.orient_polygons(polygons))
    ring, owner = shapely.get_coordinates(rings, return_index=True)
    # the last vertex of a ring repeats its first; others as close as dust are one
    same = np.append(owner[1:] == owner[:-1], False) & np.append(
        np.hypot(*np.diff(ring, axis=0).T) > DUST, False
    )
    ring, owner = ring[same], owner[same]
    first = firsts(np.bincount(owner, minlength=len(polygons)))
    ring = ring[_from_sharpest(ring, first)]
    origin = ring[first[:-1]]
    local = ring - origin[owner]
    length = np.hypot(*(local[following(first)] - local).T)
    passed = running(length, first)
    along = np.roll(passed, 1)
    along[first[:-1]] = 0.0
    return Outlines(ring, local, first, origin, along, passed - along, passed[first[1:] - 1])


def corners(outlines: Outlines, which: Ints, tolerance: float, chamfer: Floats) -> list[Ints]:
    """Return the corners of some outlines: fewer than three where nothing is left at the tolerance.

    Surveyed blocks have a vertex at every lot corner, so a vertex is not yet a corner: those
    within `tolerance` (m) of the line between their neighbours are not. A corner cut off or rounded
    over less than `chamfer` (m, one for each of `which`) is one corner.

    Examples
    --------
    >>> survey = shapely.Polygon([(0, 0), (8, 0.1), (16, 0), (16, 20), (0, 20)])
    >>> outlines = read_outlines(np.array([survey]))
    >>> [found.tolist() for found in corners(outlines, np.array([0]), 0.5, np.array([3.0]))]
    [[0, 2, 3, 4]]
    """
    place, row = spans(outlines.first[which], outlines.first[which + 1])
    # what splits a straight segment must not change which corners are found
    bent = _bent(outlines)[place]
    bent |= (np.bincount(row, bent, len(which)) < 3)[row]
    place, row = place[bent], row[bent]
    # the number of a vertex goes through the simplification as its height
    numbered = np.column_stack([outlines.local[place], place])
    coarse = shapely.simplify(shapely.polygons(shapely.linearrings(numbered, indices=row)), tolerance)
    kept, owner = shapely.get_coordinates(
        shapely.get_exterior_ring(coarse), include_z=True, return_index=True
    )
    bounds = np.searchsorted(owner, np.arange(len(which) + 1))
    found = [np.unique(kept[a:b, 2].astype(np.int64)) for a, b in pairwise(bounds)]
    found = _unchamfered(outlines, found, chamfer)
    wild = np.flatnonzero([len(own) > MOST_CORNERS for own in found])
    if len(wild):
        coarser = corners(outlines, which[wild], 2 * tolerance, chamfer[wild])
        for k, own in zip(wild, coarser, strict=True):
            found[k] = own
    return found


def _bent(outlines: Outlines) -> NDArray[np.bool_]:
    """Return which vertices do not lie on the straight line between their neighbours."""
    after = outlines.after
    before = np.empty_like(after)
    before[after] = np.arange(len(after))
    come, go = outlines.local - outlines.local[before], outlines.local[after] - outlines.local
    off = np.abs(come[:, 0] * go[:, 1] - come[:, 1] * go[:, 0])
    back = np.sum(come * go, axis=1) <= 0
    return back | (off > STRAIGHT * np.hypot(*(come + go).T))


def _unchamfered(outlines: Outlines, found: list[Ints], chamfer: Floats) -> list[Ints]:
    """Make one corner of each that is cut off or rounded: where the longer of its two streets ends.

    No lot stands on a side so short, and two blunt corners would be shared on their bisectors where
    one sharp corner is given whole to one row.
    """
    first = firsts([len(own) for own in found])
    owner = rows(first)
    points = outlines.local[np.concatenate(found)]
    short = np.hypot(*(points[following(first)] - points).T) < chamfer[owner]
    count = np.bincount(owner, short, len(found))
    for k in np.flatnonzero((count > 0) & (count < np.diff(first))):
        own = slice(first[k], first[k + 1])
        found[k] = found[k][~_cut_off(points[own], short[own], chamfer[k])]
    return found


def _cut_off(points: Floats, short: NDArray[np.bool_], chamfer: float) -> NDArray[np.bool_]:
    """Return which corners only cut off or round another."""
    n = len(points)
    to = np.roll(points, -1, axis=0) - points
    length = np.hypot(*to.T)
    before = np.roll(to, 1, axis=0)
    turn = np.arctan2(before[:, 0] * to[:, 1] - before[:, 1] * to[:, 0], np.sum(before * to, axis=1))
    dropped = np.zeros(n, dtype=bool)
    for first in np.flatnonzero(short & ~np.roll(short, 1)):
        last = first  # the first long side after the short ones
        while short[last % n]:
            last += 1
        chain = np.arange(first, last + 1) % n
        bend = turn[chain]
        if length[chain[:-1]].sum() < chamfer and bend.min() > 0 and bend.sum() < MOST_TURN:
            dropped[chain[:-1] if length[chain[-1]] > length[first - 1] else chain[1:]] = True
    return dropped if n - dropped.sum() >= 3 else np.zeros(n, dtype=bool)


def sides_between(outlines: Outlines, corner: Ints, row: Ints) -> Sides:
    """Return the sides from each corner to the next.

    Parameters
    ----------
    outlines : Outlines
        The outlines.
    corner, row : int arrays of shape (c,)
        Corners, and the outlines they are of; in order along each outline.
    """
    counts = outlines.first[1:] - outlines.first[:-1]
    following = np.roll(corner, -1)
    last = np.flatnonzero(np.append(row[1:] != row[:-1], True)[: len(row)])
    begins = np.flatnonzero(np.append(True, row[1:] != row[:-1])[: len(row)])
    following[last] = corner[begins] + counts[row[last]]
    place, side = spans(corner, following + 1)
    turn = (place - outlines.first[row[side]]) // counts[row[side]]
    vertex = place - turn * counts[row[side]]
    first = firsts(following + 1 - corner)
    base, tip = outlines.local[vertex[first[:-1]]], outlines.local[vertex[first[1:] - 1]]
    chord = (tip - base) / np.hypot(*(tip - base).T)[:, None]
    x = np.sum((outlines.local[vertex] - base[side]) * chord[side], axis=1)
    s = outlines.along[vertex] + turn * outlines.total[row[side]]
    return Sides(vertex, climbing(x, first), s, first)


def _from_sharpest(ring: Floats, first: Ints) -> Ints:
    """Return the order that begins each ring where it turns most.

    Simplifying keeps the first vertex, corner or not.
    """
    owner = rows(first)
    count = np.diff(first)[owner]
    place = np.arange(len(ring)) - first[owner]
    here = ring - ring[first[owner] + (place - 1) % count]
    there = ring[first[owner] + (place + 1) % count] - ring
    turn = np.arctan2(here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0], np.sum(here * there, axis=1))
    turn = np.round(np.abs(turn), 6)
    most = np.maximum.reduceat(turn, first[:-1])[owner] if len(ring) else turn
    sharp = np.flatnonzero(turn == most)
    start = place[sharp[np.unique(owner[sharp], return_index=True)[1]]]
    return first[owner] + (place + start[owner]) % count
