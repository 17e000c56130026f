"""Blocks for as many lots as possible: their sides, and tours that stay whole at convex corners.

A tour here is one closed path behind all sides of a block. It is kept twice round, so that a stretch
of it may pass its first node.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import Outlines, Sides
from ilo_gis.geometry.ragged import firsts, rows, spans
from ilo_gis.geometry.sidelines import Web
from ilo_gis.geometry.skeleton import Roof
from ilo_gis.geometry.tour import capped

__all__ = ["Ground", "ground_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Ground(NamedTuple):
    """Some blocks end to end, and the sides of all of them.

    Attributes
    ----------
    outlines : Outlines
        The outlines.
    row : int array of shape (b,)
        The outline of each block.
    street : bool array of shape (m,)
        Which segments of the outlines lie on a street.
    sides : Sides
        The vertices of the sides.
    first_side : int array of shape (b + 1,)
        Where the sides of each block begin.
    at, to : arrays of shape (k, 2)
        First corner of each side and the unit vector to the next.
    length : array of shape (k,)
        From corner to corner, in m.
    path, first_node : int arrays
        Nodes of `web` along the backs of the lots of each side, from corner to corner, end to end, and
        where those of each side begin.
    web : Web
        The tours, each twice round.
    cores : list of lists of int
        Rings of nodes of `web` round land too deep for lots.
    """

    outlines: Outlines
    row: Ints
    street: Flags
    sides: Sides
    first_side: Ints
    at: Floats
    to: Floats
    length: Floats
    path: Ints
    first_node: Ints
    web: Web
    cores: list[list[int]]

    @property
    def block(self) -> Ints:
        """The block of each side."""
        return rows(self.first_side)

    @property
    def after(self) -> Ints:
        """The side that follows each."""
        after = np.arange(1, len(self.at) + 1)
        after[self.first_side[1:] - 1] = self.first_side[:-1]
        return after

    @property
    def steps(self) -> Ints:
        """How many nodes the tour of each block has once round."""
        return np.diff(self.first_node[self.first_side])


def ground_of(
    outlines: Outlines, row: Ints, street: Flags, sides: tuple[Sides, Ints], roofs: list[Roof], depth: Floats
) -> Ground:
    """Put blocks end to end.

    Parameters
    ----------
    outlines : Outlines
        All outlines.
    row : int array of shape (b,)
        Those of the blocks.
    street : bool array of shape (m,)
        Which segments of the outlines lie on a street.
    sides : Sides, int array
        The sides of all outlines, and where those of each begin.
    roofs : list of Roof
        The roofs of the blocks.
    depth : array of shape (b,)
        Greatest depth of a lot of each block, in m.
    """
    every, first_every = sides
    count = first_every[row + 1] - first_every[row]
    side, _ = spans(first_every[row], first_every[row + 1])
    vertex, owner = spans(every.first[side], every.first[side + 1])
    own = Sides(every.vertex[vertex], every.x[vertex], every.s[vertex], firsts(np.bincount(owner)))
    at = outlines.local[own.vertex[own.first[:-1]]]
    vector = outlines.local[own.vertex[own.first[1:] - 1]] - at
    length = np.hypot(*vector.T)
    web, path, first_node, cores = _toured(roofs, depth, own.vertex[own.first[:-1]], firsts(count))
    return Ground(
        outlines, row, street, own, firsts(count), at, vector / length[:, None], length, path, first_node,
        web, cores,
    )  # fmt: skip


def _toured(
    roofs: list[Roof], depth: Floats, corner: Ints, first_side: Ints
) -> tuple[Web, Ints, Ints, list[list[int]]]:
    """Return the tours, the path behind each side and where it begins, and the rings of what is too deep."""
    nodes: list[tuple[float, float]] = []
    first = [0]
    paths: list[list[int]] = []
    cores: list[list[int]] = []
    laps: list[list[int]] = []
    for roof, cap in zip(roofs, depth.tolist(), strict=True):
        own = [*roof.nodes]
        behind, core = capped(roof, own, cap)
        shifted = [[first[-1] + node for node in path] for path in behind]
        paths += shifted
        cores += [[first[-1] + node for node in ring] for ring in core]
        lap = [node for path in shifted for node in path]
        laps.append([*lap, *lap, lap[0]])
        nodes += own
        first.append(len(nodes))
    vertex = np.full(len(nodes), -1)
    for begin, (a, b) in zip(first, pairwise(first_side.tolist()), strict=False):
        vertex[begin : begin + b - a] = corner[a:b]  # corners are the first nodes of a roof
    web = Web(
        np.array(nodes), vertex, np.array(first), np.array([node for lap in laps for node in lap]),
        firsts([len(lap) for lap in laps]), np.zeros((len(laps), 2)), np.arange(len(laps)),
    )  # fmt: skip
    return web, np.array([n for path in paths for n in path]), firsts([len(path) for path in paths]), cores
