"""A tour in the making: its nodes, and each side with the path behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import Outline, point_at

__all__ = ["Draft", "Side"]

Floats = NDArray[np.float64]


@dataclass
class Side:
    """A side of a block, or a part of one: the path behind it, and where side lines may stand.

    Attributes
    ----------
    index : int
        Which side of the outline it is.
    at, to : arrays of shape (2,)
        Its first corner, and the unit vector to the next.
    length : float
        From corner to corner, in m.
    path : list of int
        Nodes along the backs of its lots.
    low, high : float
        Side lines stand between these distances from the first corner, in m.
    broken : bool
        Whether the tour breaks where this side begins.
    head, tail : Side or None
        Rows of shallower lots at its two ends, in front of the rows of the sides next to it.
    """

    index: int
    at: Floats
    to: Floats
    length: float
    path: list[int]
    low: float
    high: float
    broken: bool = False
    head: Side | None = None
    tail: Side | None = None

    @property
    def parts(self) -> list[Side]:
        """The side and its ends, in order."""
        return [part for part in (self.head, self, self.tail) if part is not None]

    def inwards(self, x: float, depth: float) -> Floats:
        """Return the point `depth` behind the side, at `x` from its first corner."""
        return self.at + x * self.to + depth * np.array([-self.to[1], self.to[0]])


@dataclass
class Draft:
    """A tour in the making.

    Attributes
    ----------
    nodes : list of arrays
        Its nodes, corners of the outline first.
    places : dict of int to float
        How far along the outline those nodes are at which a side line, or the tour itself, meets it.
    """

    outline: Outline
    nodes: list[Floats]
    sides: list[Side]
    places: dict[int, float] = field(default_factory=dict)

    def add(self, point: Floats, place: float | None = None) -> int:
        """Add a node and return its number."""
        self.nodes.append(point)
        if place is not None:
            self.places[len(self.nodes) - 1] = place
        return len(self.nodes) - 1

    def add_on_side(self, i: int, x: float) -> int:
        """Add a node on side `i`, x metres from its first corner."""
        s = self.place(i, x)
        return self.add(point_at(self.outline, s), s)

    def place(self, i: int, x: float) -> float:
        """Return how far along the outline a place on side `i` is."""
        return float(np.interp(x, *self.stretch(i)))

    def stretch(self, i: int) -> tuple[Floats, Floats]:
        """Return, for the vertices of side `i`, metres along the side and along the outline."""
        outline = self.outline
        total = len(outline.ring) - 1
        first = outline.corners[i]
        last = outline.corners[i + 1] if i + 1 < len(outline.corners) else total + outline.corners[0]
        index = np.arange(first, last + 1)
        points = outline.local[index % total]
        chord = points[-1] - points[0]
        x = np.maximum.accumulate((points - points[0]) @ chord / np.hypot(*chord))
        return x, outline.along[index % total] + outline.along[-1] * (index // total)
