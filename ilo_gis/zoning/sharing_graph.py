"""Which blocks are neighbours across a street, and what stays in one piece when a block changes hands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

__all__ = ["Neighbours", "components", "neighbours", "splits", "without"]

WIDER = 1.25  # a front faces a block where it is at most this much farther than the nearest point of it
FACING = 0.8  # of the distance: blocks across the corner of a crossing face each other for less
LEAST = 1.0  # m that neighbours face each other at least

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Neighbours(NamedTuple):
    """Pairs of blocks that face each other, once each way, in order, and for how many metres they do."""

    one: Ints
    other: Ints
    facing: Floats
    start: Ints

    def of(self, block: int) -> slice:
        """Return where the pairs of a block are."""
        return slice(self.start[block], self.start[block + 1])


def neighbours(polygons: NDArray[np.object_], street_width: float) -> Neighbours:
    """Return which polygons face each other across a gap of at most a width.

    Blocks that only meet corner to corner across a crossing are no neighbours.

    Examples
    --------
    >>> x, y = np.array([0, 92, 0, 92]), np.array([0, 0, 92, 92])
    >>> squares = shapely.box(x, y, x + 80, y + 80)
    >>> found = neighbours(squares, 20.0)
    >>> list(zip(found.one.tolist(), found.other.tolist()))
    [(0, 1), (0, 2), (1, 0), (1, 3), (2, 0), (2, 3), (3, 1), (3, 2)]
    """
    count = len(polygons)
    one, other = shapely.STRtree(polygons).query(polygons, predicate="dwithin", distance=street_width)
    one, other = one[one < other], other[one < other]
    apart = shapely.distance(polygons[one], polygons[other])
    around = shapely.buffer(polygons[other], apart * WIDER + 0.05)
    facing = shapely.length(shapely.intersection(shapely.boundary(polygons[one]), around))
    real = facing >= np.maximum(FACING * apart, LEAST)
    a, b, long = one[real], other[real], facing[real]
    both = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.lexsort((both[1], both[0]))
    first, second = both[0][order], both[1][order]
    start = np.searchsorted(first, np.arange(count + 1))
    return Neighbours(first, second, np.concatenate([long, long])[order], start)


def components(graph: Neighbours, owner: Ints) -> Ints:
    """Return the number of the contiguous part of one owner that each block is in."""
    same = owner[graph.one] == owner[graph.other]
    links = csr_array(
        (np.ones(same.sum()), (graph.one[same], graph.other[same])), shape=(len(owner), len(owner))
    )
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def without(graph: Neighbours, left_out: NDArray[np.bool_]) -> Neighbours:
    """Return the neighbours of all blocks but some, which have none."""
    kept = ~(left_out[graph.one] | left_out[graph.other])
    one = graph.one[kept]
    start = np.searchsorted(one, np.arange(len(left_out) + 1))
    return Neighbours(one, graph.other[kept], graph.facing[kept], start)


def splits(graph: Neighbours, owner: Ints, block: int) -> bool:
    """Return whether its owner's land falls apart when a block is taken from it."""
    beside = graph.other[graph.of(block)]
    mine = beside[owner[beside] == owner[block]]
    if len(mine) < 2:
        return False
    wanted, seen, edge = set(mine.tolist()), {block, int(mine[0])}, [int(mine[0])]
    wanted.discard(int(mine[0]))
    while edge and wanted:
        near = graph.other[graph.of(edge.pop())]
        for k in near[owner[near] == owner[block]].tolist():
            if k not in seen:
                seen.add(k)
                edge.append(k)
                wanted.discard(k)
    return bool(wanted)
