"""A tour in the making: its nodes, and each side with the path behind it.

One block at a time, in plain numbers: corners are few, and each decision rests on the one before.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from math import hypot
from typing import NamedTuple

from ilo_gis.geometry.outline import SNAP

__all__ = ["Draft", "Point", "Side", "Stretch", "cross", "dot"]

Point = tuple[float, float]

STEEPEST = 0.6  # m forward for each inwards, 31 degrees; side lines that lean more make pointed lots


def cross(a: Point, b: Point) -> float:
    """Return the cross product of two vectors."""
    return a[0] * b[1] - a[1] * b[0]


def dot(a: Point, b: Point) -> float:
    """Return the dot product of two vectors."""
    return a[0] * b[0] + a[1] * b[1]


class Stretch(NamedTuple):
    """The vertices of an outline along one side: numbers, metres along side and outline, places."""

    vertex: list[int]
    x: list[float]
    s: list[float]
    xy: list[Point]


@dataclass(slots=True)
class Side:
    """A side of a block, or a part of one: the path behind it, and where side lines may stand.

    Attributes
    ----------
    index : int
        Which side of the outline it is.
    at, to : (x, y)
        Its first corner, and the unit vector to the next.
    length : float
        From corner to corner, in m.
    path : list of int
        Nodes along the backs of its lots.
    low, high : float
        Side lines stand between these distances from the first corner, in m.
    broken : bool
        Whether the tour breaks where this side begins.
    closed : bool
        Whether it fronts no street.
    lead, trail : float
        Front over which the side lines turn from a bisector to square, at its two ends, in m.
    skew : float
        Metres that side lines lean forward for each metre inwards.
    head, tail : Side or None
        Rows of shallower lots at its two ends, in front of the rows of the sides next to it.
    """

    index: int
    at: Point
    to: Point
    length: float
    path: list[int]
    low: float
    high: float
    broken: bool = False
    closed: bool = False
    lead: float = 0.0
    trail: float = 0.0
    skew: float = 0.0
    head: Side | None = None
    tail: Side | None = None

    @property
    def parts(self) -> list[Side]:
        """The side and its ends, in order."""
        return [part for part in (self.head, self, self.tail) if part is not None]

    def inwards(self, x: float, depth: float) -> Point:
        """Return the point `depth` behind the side, at `x` from its first corner."""
        x += self.skew * depth
        return (
            self.at[0] + x * self.to[0] - depth * self.to[1],
            self.at[1] + x * self.to[1] + depth * self.to[0],
        )

    def ahead(self, point: Point) -> float:
        """Return how far along the side the side line through a point begins."""
        (x, y), (u, v) = self.at, self.to
        x, y = point[0] - x, point[1] - y
        return x * u + y * v - self.skew * (u * y - v * x)


@dataclass(slots=True)
class Draft:
    """A tour in the making.

    Attributes
    ----------
    nodes : list of (x, y)
        Its nodes, corners of the outline first.
    stretches : list of Stretch
        The vertices of each side.
    sides : list of Side
        The sides, in order.
    places : dict of int to float
        How far along the outline those nodes are at which a side line, or the tour itself, meets it.
    vertices : dict of int to int
        Which nodes are vertices of the outline.
    """

    nodes: list[Point]
    stretches: list[Stretch]
    sides: list[Side]
    places: dict[int, float] = field(default_factory=dict)
    vertices: dict[int, int] = field(default_factory=dict)

    @classmethod
    def begin(
        cls, nodes: list[Point], paths: list[list[int]], stretches: list[Stretch], lean: bool = False
    ) -> Draft:
        """Return the draft that follows the straight skeleton, with side lines square to the sides.

        With `lean`, they are parallel to the neighbouring sides instead, where those agree.
        """
        sides = []
        for i, (stretch, path) in enumerate(zip(stretches, paths, strict=True)):
            (ax, ay), (bx, by) = stretch.xy[0], stretch.xy[-1]
            length = hypot(bx - ax, by - ay)
            to = ((bx - ax) / length, (by - ay) / length)
            sides.append(Side(i, (ax, ay), to, length, path, 0.0, length))
        if lean:
            for i, side in enumerate(sides):
                side.skew = _lean(sides[i - 1], side, sides[(i + 1) % len(sides)])
        places = {i: stretch.s[0] for i, stretch in enumerate(stretches)}
        return cls(nodes, stretches, sides, places, {i: s.vertex[0] for i, s in enumerate(stretches)})

    def add(self, point: Point, place: float | None = None) -> int:
        """Add a node and return its number."""
        self.nodes.append(point)
        if place is not None:
            self.places[len(self.nodes) - 1] = place
        return len(self.nodes) - 1

    def add_on_side(self, i: int, x: float) -> int:
        """Add a node on side `i`, x metres from its first corner."""
        stretch = self.stretches[i]
        k, s = self._at(i, x)
        (ax, ay), (bx, by) = stretch.xy[k : k + 2]
        past, ahead = s - stretch.s[k], stretch.s[k + 1] - s
        if min(past, ahead) < SNAP:
            k += ahead < past
            node = self.add(stretch.xy[k], s)
            self.vertices[node] = stretch.vertex[k]
            return node
        share = past / (past + ahead)
        return self.add((ax + share * (bx - ax), ay + share * (by - ay)), s)

    def place(self, i: int, x: float) -> float:
        """Return how far along the outline a place on side `i` is."""
        return self._at(i, x)[1]

    def _at(self, i: int, x: float) -> tuple[int, float]:
        xs, ss = self.stretches[i].x, self.stretches[i].s
        k = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
        wide = xs[k + 1] - xs[k]
        share = min(max((x - xs[k]) / wide, 0.0), 1.0) if wide > 0 else 1.0
        return k, ss[k] + share * (ss[k + 1] - ss[k])


def _lean(before: Side, side: Side, after: Side) -> float:
    """Return how side lines lean that are as parallel as can be to the sides next to a side."""
    rise = cross(before.to, side.to), cross(side.to, after.to)
    if min(rise) <= 0:
        return 0.0
    one, other = -dot(before.to, side.to) / rise[0], dot(side.to, after.to) / rise[1]
    if one * other <= 0 or max(abs(one), abs(other)) > STEEPEST:
        return 0.0
    return min(one, other, key=abs)
