"""What the pieces of a layout should be like."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["HAIR", "LAST", "REST", "SPREAD", "Demand"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HAIR = 1e-5  # m or m2; a lot is not refused for a rounding
# what becomes of land that is left over at the end of a row
SPREAD, LAST, REST = 0, 1, 2  # all lots are more generous; the last lot is; a piece of its own


class Demand(NamedTuple):
    """What pieces should be like: arrays of one shape, by rule, polygon or run.

    Attributes
    ----------
    area, front : arrays of float
        Least area (m2) and street front (m).
    depth : array of float
        Greatest depth, in m; what lies deeper is a piece of its own.
    slim : array of float
        Depth, in m, from which a piece of least front is too slim.
    goal_area, goal_front : arrays of float
        Area and front that pieces should have about; NaN for as many pieces as fit.
    top : array of float
        How many times the least area or front pieces may have at most; infinite for any.
    left : array of int
        What becomes of land left over: `SPREAD`, `LAST` or `REST`.
    corner_area, corner_front : arrays of float
        What pieces at street corners need more than others.
    number : array of int
        How many pieces a polygon is to have; 0 for any.
    axis : array of float
        Direction of rows, counter-clockwise from east in radians; NaN for the longest side's.
    lean : array of bool
        Whether side lines are parallel to the neighbouring sides rather than square to their own.
    """

    area: Floats
    front: Floats
    depth: Floats
    slim: Floats
    goal_area: Floats
    goal_front: Floats
    top: Floats
    left: Ints
    corner_area: Floats
    corner_front: Floats
    number: Ints
    axis: Floats
    lean: NDArray[np.bool_]

    @classmethod
    def plain(cls, area: Floats, front: Floats, depth: Floats, slim: Floats) -> Demand:
        """Return the demand for as many pieces as fit, all equally generous."""
        none, zero = np.full(len(area), np.nan), np.zeros(len(area))
        no, any_ = zero.astype(bool), zero.astype(np.int64)
        top = np.full(len(area), np.inf)
        return cls(area, front, depth, slim, none, none, top, any_, zero, zero, any_, none, no)

    def of(self, which: Ints) -> Demand:
        """Return the demands at some positions."""
        return Demand._make(values[which] for values in self)
