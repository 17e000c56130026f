"""The straight skeleton of an outline: for each side, the path along the backs of its lots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from py_straight_skeleton import compute_skeleton
from py_straight_skeleton.polygon_math import DegenerateLAVError

__all__ = ["Roof", "roof"]

Points = NDArray[np.float64]

# The library stops at ties (many parallel sides, four arcs in one node). Moving the corners by
# this much breaks the ties; the backs of lots move with them, the outline does not.
NUDGES = (0.0, 0.001, 0.01, 0.05, 0.2)


@dataclass(frozen=True)
class Roof:
    """The roof over an outline: every point is as high as it is far from the outline.

    Attributes
    ----------
    nodes : array of shape (n, 2)
        Corners of the outline first, in their order, then the inner nodes.
    height : array of shape (n,)
        Distance of each node from the outline.
    paths : list of lists of int
        For side i, from corner i to corner i + 1, the nodes along the back of its face.
    """

    nodes: Points
    height: NDArray[np.float64]
    paths: list[list[int]]


def roof(corners: Points) -> Roof | None:
    """Return the roof over an outline, or None where none can be found.

    Parameters
    ----------
    corners : array of shape (n, 2)
        Corners of a simple outline without holes, counter-clockwise, first not repeated.

    Examples
    --------
    >>> over = roof(np.array([[0.0, 0], [100, 0], [100, 60], [0, 60]]))
    >>> over.nodes[over.paths[0]].round(6).tolist()
    [[0.0, 0.0], [30.0, 30.0], [70.0, 30.0], [100.0, 0.0]]
    """
    chance = np.random.default_rng(len(corners))
    for size in NUDGES:
        moved = corners + size * chance.uniform(-1, 1, corners.shape) if size else corners
        found = _try(corners, moved)
        if found is not None:
            return found
    return None


def _try(corners: Points, moved: Points) -> Roof | None:
    try:
        skeleton = compute_skeleton(exterior=moved.tolist(), holes=[])
        faces = skeleton.get_faces()
    except (ArithmeticError, DegenerateLAVError, RuntimeError, ValueError):  # what the library raises at ties
        return None
    nodes = np.array([(n.position.x, n.position.y) for n in skeleton.nodes])
    height = np.array([n.time for n in skeleton.nodes])
    nodes[: len(corners)] = corners
    paths = [face[:0:-1] for face in faces]  # a face ends where it begins
    whole = shapely.area(shapely.polygons(corners))
    covered = sum(abs(_area(nodes[face])) for face in faces)
    return Roof(nodes, height, paths) if abs(covered - whole) <= 1e-3 * whole else None


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2
