"""The tree of pipes along streets that passes in front of every lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from ilo_gis.geometry.steiner import grown_tree, shortened, tree_bound
from ilo_gis.networks.graph import StreetGraph

__all__ = ["Tree", "branches", "flow_from", "laid"]

Lines = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Tree:
    """Pipes from a root outward; pipe k leads to node k + 1, and node 0 is the root.

    Attributes
    ----------
    xy : array of float, shape (n + 1, 2)
        Nodes.
    before : array of int, shape (n,)
        Node at the near end of each pipe: always an earlier one.
    lines : array of LineString, shape (n,)
        Pipes, from their near to their far end, m.
    lot, pipe : arrays of int
        Lots of the graph that are served, and the pipe that passes in front of each.
    cut_off : array of int
        Lots of the graph whose street hangs together with no street of the root.
    bound : float
        Length that no such tree can be below, m.
    """

    xy: Floats
    before: Ints
    lines: Lines
    lot: Ints
    pipe: Ints
    cut_off: Ints
    bound: float

    @property
    def length(self) -> Floats:
        """Length of each pipe, m."""
        return shapely.length(self.lines)

    @property
    def own(self) -> Ints:
        """Lots in front of which each pipe passes."""
        return np.bincount(self.pipe, minlength=len(self.lines)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class _Stretches:
    """Links between nodes and stretches of lots: a piece with lots is a place that has to be reached.

    A link is the piece itself, or one of its two ends before and behind its lots. `node` of a stretch is a
    node more of the graph.
    """

    ends: Ints
    length: Floats
    piece: Ints
    served: Ints
    first: Floats
    last: Floats


def laid(graph: StreetGraph, climb: Floats | None = None, direct: float = 0.0) -> Tree:
    """Return a tree that begins at the root and passes in front of every lot.

    A stretch of street with lots has to be reached from one end at least and is then laid up to its last
    lot; that is a Steiner tree once each stretch is drawn together to a point, for the stretches
    themselves are laid in any case.

    Parameters
    ----------
    graph : StreetGraph
        Streets and lots.
    climb : array of float, shape (m, 2), optional
        What it adds to the length of each piece, in m, to lead away from the root along it, and against it.

    direct : float
        Share of the way from the root that counts, as for `grown_tree`: 0 gives the shortest tree.

    Returns
    -------
    Tree

    Examples
    --------
    >>> from ilo_gis.networks.graph import street_graph
    >>> ways = ["LINESTRING (0 0, 100 0)", "LINESTRING (100 0, 100 50)"]
    >>> streets = geopandas.GeoDataFrame(geometry=shapely.from_wkt(ways), crs=32719)
    >>> lot = geopandas.GeoDataFrame(geometry=[shapely.box(60, 6, 70, 26)], crs=32719)
    >>> tree = laid(street_graph(streets, lot, (0, 0), spacing=100))
    >>> tree.length.tolist(), tree.bound  # as far as the middle of the lot
    ([65.0], 65.0)
    """
    stretches = _stretches(graph)
    count = len(graph.xy)
    terminals = count + np.arange(len(stretches.served))
    out = back = stretches.length
    if climb is not None:
        share = stretches.length / np.maximum(shapely.length(graph.lines)[stretches.piece], 1e-9)
        out, back = _sloped(stretches, graph, climb, share)
    via = grown_tree(stretches.ends, out, back, graph.root, terminals, direct)
    if climb is None and not direct:
        found = terminals[via[terminals] >= 0]
        via = shortened(stretches.ends, stretches.length, via, graph.root, found)
    reached = via[terminals] >= 0
    joined = np.append(terminals[reached], graph.root)
    bound = (stretches.last - stretches.first)[reached].sum()
    bound += tree_bound(stretches.ends, stretches.length, joined)
    return _drawn(graph, stretches, via, float(bound))


def _stretches(graph: StreetGraph) -> _Stretches:
    length = shapely.length(graph.lines)
    served = np.unique(graph.piece)
    first, last = np.full(len(length), np.inf), np.full(len(length), -np.inf)
    np.minimum.at(first, graph.piece, graph.at)
    np.maximum.at(last, graph.piece, graph.at)
    bare = np.setdiff1d(np.arange(len(length)), served)
    spot = len(graph.xy) + np.arange(len(served))
    ends = np.concatenate(
        [
            graph.ends[bare],
            np.column_stack([graph.ends[served, 0], spot]),
            np.column_stack([spot, graph.ends[served, 1]]),
        ]
    )
    rest = np.concatenate([length[bare], first[served], length[served] - last[served]])
    piece = np.concatenate([bare, served, served])
    return _Stretches(ends, np.maximum(rest, 0.0), piece, served, first[served], last[served])


def _sloped(s: _Stretches, graph: StreetGraph, climb: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return costs of links outward along them and against them: who enters a stretch pays for all of it."""
    bare, many = len(s.piece) - 2 * len(s.served), len(s.served)
    inner = (s.last - s.first) / np.maximum(shapely.length(graph.lines)[s.served], 1e-9)
    enter = np.concatenate([np.zeros(bare), inner, np.zeros(many)])  # from the first end of the piece
    other = np.concatenate([np.zeros(bare + many), inner])  # from its last end
    out = s.length + climb[s.piece, 0] * (share + enter)
    back = s.length + climb[s.piece, 1] * (share + other)
    return out, back


def _drawn(graph: StreetGraph, s: _Stretches, via: Ints, bound: float) -> Tree:
    """Return the pipes of a tree of links: whole pieces, and pieces up to their last lot."""
    count = len(graph.xy)
    after: dict[int, list[tuple[int, int]]] = {}
    for node in np.flatnonzero(via >= 0).tolist():
        one, two = s.ends[via[node]].tolist()
        after.setdefault(two if one == node else one, []).append((node, int(s.piece[via[node]])))
    number, xy = {graph.root: 0}, [graph.xy[graph.root]]
    before: list[int] = []
    lines: list[Any] = []
    pipe_of = np.full(len(graph.lines), -1, dtype=np.int64)
    order = [graph.root]
    for node in order:
        for other, piece in after.get(node, []):
            far = after.get(other, []) if other >= count else [(other, piece)]
            line = graph.lines[piece]
            ahead = graph.ends[piece, 0] == node
            if other >= count:
                pipe_of[piece] = len(lines)
                if not far:  # the street goes on without lots: the pipe ends before the last one
                    lot = other - count
                    line = (
                        substring(line, 0, s.last[lot])
                        if ahead
                        else substring(line, s.first[lot], line.length)
                    )
            for end, _ in far:
                number[end] = len(xy)
                order.append(end)
            line = line if ahead else shapely.reverse(line)
            before.append(number[node])
            lines.append(line)
            xy.append(np.array(line.coords[-1]))
    served = pipe_of[graph.piece] >= 0
    return Tree(
        xy=np.array(xy),
        before=np.array(before, dtype=np.int64),
        lines=np.array(lines, dtype=object),
        lot=np.flatnonzero(served),
        pipe=pipe_of[graph.piece][served],
        cut_off=np.flatnonzero(~served),
        bound=bound,
    )


def branches(tree: Tree) -> Ints:
    """Return the pipe before each pipe, on the way to the root; -1 where there is none."""
    return tree.before - 1


def flow_from(before: Ints, own: NDArray[Any]) -> NDArray[Any]:
    """Return what runs through each pipe: its own and that of all pipes behind it.

    Parameters
    ----------
    before : array of int
        Pipe before each pipe, an earlier one; -1 at the root.
    own : array
        What joins along each.

    Examples
    --------
    >>> flow_from(np.array([-1, 0, 0]), np.array([1, 2, 3])).tolist()
    [6, 2, 3]
    """
    total = own.tolist()
    for k in range(len(total) - 1, -1, -1):
        if before[k] >= 0:
            total[before[k]] += total[k]
    return np.array(total, dtype=own.dtype)
