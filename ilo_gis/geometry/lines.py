"""Networks of lines: node them, find their dirt, join them into strokes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = [
    "GRID",
    "end_nodes",
    "gaps",
    "loose_ends",
    "move_ends",
    "node",
    "place_of",
    "runs_on",
    "strokes",
    "stubs",
]

GRID = 1e-5  # m. Finer than any survey, and 10,000 times the step of a float at Ilo, so that ends meet lines
SWING = 45.0  # degrees. A street that turns more than this at a crossing is another street

Lines = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Gaps(NamedTuple):
    """Loose ends that stop just short of a line: one row per gap.

    `edge` and `end` (0 first, -1 last) say which end, `target` (n, 2) where it should be,
    `other` the edge it stops short of, `size` the distance from end to target in metres.
    """

    edge: Ints
    end: Ints
    target: Floats
    other: Ints
    size: Floats


def node(lines: Lines) -> tuple[Lines, Ints, Ints]:
    """Split lines wherever two of them meet, and merge what coincides.

    Parameters
    ----------
    lines : array of LineString
        In metres; planar.

    Returns
    -------
    edges : array of LineString
        Lines between nodes, on a grid of `GRID` metres, in an order that depends on the
        geometry alone.
    edge, line : array of int
        Pairs: this edge runs along that line. An edge where two lines overlap has two.

    Examples
    --------
    >>> cross = shapely.from_wkt(["LINESTRING (0 0, 2 2)", "LINESTRING (0 2, 2 0)"])
    >>> edges, edge, line = node(cross)
    >>> len(edges), line.tolist()
    (4, [0, 1, 1, 0])
    """
    noded = shapely.get_parts(shapely.union_all(lines, grid_size=GRID))
    noded = shapely.normalize(_cut(noded[shapely.length(noded) > 0], shapely.get_point(lines, [[0], [-1]])))
    first, last = (shapely.get_point(noded, k) for k in (0, -1))
    middle = shapely.line_interpolate_point(noded, 0.5, normalized=True)
    keys = [g(p) for p in (middle, last, first) for g in (shapely.get_y, shapely.get_x)]
    order = np.lexsort(keys)
    edges, middle = noded[order], middle[order]
    pairs = shapely.STRtree(lines).query(middle, predicate="dwithin", distance=3 * GRID)
    lost = np.setdiff1d(np.arange(len(edges)), pairs[0])
    nearest = shapely.STRtree(lines).query_nearest(middle[lost], all_matches=False)
    edge = np.concatenate([pairs[0], lost[nearest[0]]])
    line = np.concatenate([pairs[1], nearest[1]])
    by_edge = np.lexsort((line, edge))
    return edges, edge[by_edge], line[by_edge]


def _cut(lines: Lines, points: Lines) -> Lines:
    """Cut lines at those of their vertices that are at a point: GEOS 3.15 joins what only two lines share.

    Examples
    --------
    >>> bent = shapely.from_wkt(["LINESTRING (0 9, 0 0, 9 0)"])
    >>> [line.wkt for line in _cut(bent, shapely.points([(0.0, 0.0)]))]
    ['LINESTRING (0 9, 0 0)', 'LINESTRING (0 0, 9 0)']
    """
    xy, line = shapely.get_coordinates(lines, return_index=True)
    points = shapely.set_precision(points.ravel(), GRID)
    place = place_of(np.concatenate([xy, shapely.get_coordinates(points)]))
    cut = np.isin(place[: len(xy)], place[len(xy) :])
    cut[1:-1] &= (line[1:-1] == line[:-2]) & (line[1:-1] == line[2:])
    cut[:1] = cut[-1:] = False
    if not cut.any():
        return lines
    vertex = np.repeat(np.arange(len(xy)), 1 + cut)
    part = line[vertex] + np.repeat(np.cumsum(cut), 1 + cut)
    part[np.flatnonzero(np.diff(vertex) == 0)] -= 1  # a vertex at a cut ends one line and begins the next
    return shapely.linestrings(xy[vertex], indices=part)


def _keys(xy: Floats) -> Ints:
    return np.rint(xy / GRID).astype(np.int64)


def end_nodes(edges: Lines) -> tuple[Ints, Ints]:
    """Return the nodes at the two ends of each edge, and how many edge ends meet there.

    Parameters
    ----------
    edges : array of LineString
        As from `node`.

    Returns
    -------
    nodes : (n, 2) array of int
        Number of the node at the first and at the last point.
    degree : (n, 2) array of int
        How many ends meet there; a closed ring counts twice at its seam.

    Examples
    --------
    >>> edges = shapely.from_wkt(["LINESTRING (0 0, 1 0)", "LINESTRING (1 0, 2 0)"])
    >>> end_nodes(edges)[1].tolist()
    [[1, 2], [2, 1]]
    """
    points = np.stack([shapely.get_point(edges, 0), shapely.get_point(edges, -1)], axis=1)
    nodes = place_of(shapely.get_coordinates(points.ravel())).reshape(-1, 2)
    return nodes, np.bincount(nodes.ravel(), minlength=1)[nodes]


def place_of(xy: Floats) -> Ints:
    """Return a number for each point, the same for points at one place of the grid.

    Examples
    --------
    >>> place_of(np.array([[5.0, 1.0], [0.0, 1.0], [5.0, 1.0]])).tolist()
    [1, 0, 1]
    """
    keys = _keys(xy)
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    new = np.any(keys[order][1:] != keys[order][:-1], axis=1)
    labels = np.empty(len(keys), dtype=np.int64)
    labels[order] = np.concatenate([np.zeros(min(1, len(keys)), dtype=np.int64), np.cumsum(new)])
    return labels


def loose_ends(edges: Lines) -> tuple[Ints, Ints]:
    """Return which ends of edges meet no other: the edge, and 0 for its first point or -1 for its last."""
    edge, side = np.nonzero(end_nodes(edges)[1] == 1)
    return edge, -side


def stubs(edges: Lines, tolerance: float) -> Bools:
    """Return which edges hang loose past a crossing by less than a tolerance, in metres.

    Examples
    --------
    >>> lines = shapely.from_wkt(["LINESTRING (0 0, 10 0)", "LINESTRING (5 -1, 5 10)"])
    >>> edges = node(lines)[0]
    >>> edges[stubs(edges, 2.0)].tolist()
    [<LINESTRING (5 -1, 5 0)>]
    """
    degree = end_nodes(edges)[1]
    return (degree.min(axis=1) == 1) & (degree.max(axis=1) > 2) & (shapely.length(edges) < tolerance)


def gaps(edges: Lines, tolerance: float) -> Gaps:
    """Find the loose ends that stop short of another edge, or of their own other end.

    Parameters
    ----------
    edges : array of LineString
        As from `node`.
    tolerance : float
        Largest gap in metres.

    Returns
    -------
    Gaps
        The target is where the street, led straight on, meets the other; if it would not
        within the tolerance, the nearest point. A node near that point is taken instead.

    Examples
    --------
    >>> edges = shapely.from_wkt(["LINESTRING (0 0, 10 0)", "LINESTRING (5 9, 5 1.5)"])
    >>> found = gaps(edges, 2.0)
    >>> found.target.tolist(), found.size.tolist()
    ([[5.0, 0.0]], [1.5])
    """
    edge, end = loose_ends(edges)
    points = shapely.get_point(edges[edge], end)
    tree = shapely.STRtree(edges)
    i, j = tree.query(points, predicate="dwithin", distance=tolerance)
    i, j = i[j != edge[i]], j[j != edge[i]]
    distance = shapely.distance(points[i], edges[j])
    nearest = np.lexsort((j, distance, i))
    i, first = np.unique(i[nearest], return_index=True)
    j = j[nearest][first]
    target, node = _target(edges, edge, end, i, j, tolerance)
    opposite = shapely.get_point(edges[edge], -1 - end)
    closing = (shapely.distance(points, opposite) <= tolerance) & (
        shapely.length(edges[edge]) > 4 * tolerance
    )
    ring = np.setdiff1d(np.flatnonzero(closing & (end == -1)), i)
    i, j = np.concatenate([i, ring]), np.concatenate([j, edge[ring]])
    target = np.concatenate([target, shapely.get_coordinates(opposite[ring])])
    node = np.concatenate([node, np.ones(len(ring), dtype=bool)])
    size = np.hypot(*(shapely.get_coordinates(points[i]) - target).T)
    # an end this close to a line is led across it: there may be no point of the grid on the line
    close = ~node & (size <= GRID)
    target[close] += _ahead(edges, edge, end)[i[close]] * 3 * GRID
    move = size > GRID / 2
    return _once(Gaps(edge[i][move], end[i][move], target[move], j[move], size[move]))


def _ahead(edges: Lines, edge: Ints, end: Ints) -> Floats:
    """Return the directions in which ends of edges lead."""
    start = shapely.get_coordinates(shapely.get_point(edges[edge], end))
    back = shapely.get_coordinates(shapely.get_point(edges[edge], np.where(end == 0, 1, -2)))
    return (start - back) / np.maximum(np.hypot(*(start - back).T), GRID)[:, None]


def _target(edges: Lines, edge: Ints, end: Ints, i: Ints, j: Ints, tolerance: float) -> tuple[Floats, Bools]:
    """Return where loose ends i should meet the edges j, and whether that is an end of j."""
    start = shapely.get_coordinates(shapely.get_point(edges[edge], end))
    tip = start + _ahead(edges, edge, end) * tolerance
    ray = shapely.linestrings(np.stack([start, tip], axis=1))[i]
    # two streets that both stop short of their corner meet where both, led on, cross
    hit = shapely.intersection(ray, move_ends(edges, edge, end, tip)[j])
    points, others = shapely.points(start[i]), edges[j]
    foot = shapely.line_interpolate_point(others, shapely.line_locate_point(others, points))
    straight = (shapely.get_type_id(hit) == 0) & ~shapely.is_empty(hit)
    best = np.where(straight, hit, foot)
    corner = shapely.get_point(others, 0)
    far = shapely.get_point(others, -1)
    corner = np.where(shapely.distance(best, far) < shapely.distance(best, corner), far, corner)
    near = shapely.distance(best, corner) < tolerance / 4
    return shapely.get_coordinates(np.where(near, corner, best)), near


def _once(found: Gaps) -> Gaps:
    """Of two loose ends that would each move onto the other, move one."""
    back = {(e, o): k for k, (e, o) in enumerate(zip(found.edge.tolist(), found.other.tolist(), strict=True))}
    twin = np.array([back.get((o, e), -1) for e, o in back], dtype=np.int64)
    if len(twin) != len(found.edge):  # an edge with both ends loose next to the same other: keep all
        return found
    keep = (twin < 0) | (np.arange(len(twin)) <= twin)
    return Gaps(found.edge[keep], found.end[keep], found.target[keep], found.other[keep], found.size[keep])


def move_ends(edges: Lines, edge: Ints, end: Ints, target: Floats) -> Lines:
    """Return edges with some end points moved: `end` is 0 for the first point, -1 for the last.

    Examples
    --------
    >>> line = shapely.from_wkt(["LINESTRING (0 0, 1 0)"])
    >>> move_ends(line, np.array([0]), np.array([-1]), np.array([[2.0, 0.0]])).tolist()
    [<LINESTRING (0 0, 2 0)>]
    """
    xy, count = shapely.get_coordinates(edges), shapely.get_num_coordinates(edges)
    last = np.cumsum(count) - 1
    xy[np.where(end == 0, last[edge] - count[edge] + 1, last[edge])] = target
    return shapely.linestrings(xy, indices=np.repeat(np.arange(len(edges)), count))


def strokes(edges: Lines, width: Floats, tolerance: float = 0.05) -> tuple[Lines, Floats]:
    """Join edges of one width that lead straight on, and drop the vertices that hardly bend them.

    A street surveyed or drawn by hand wavers by centimetres at each crossing. Drawn as one
    stroke it has long straight edges, and so have the blocks along it.

    Parameters
    ----------
    edges : array of LineString
        As from `node`.
    width : array of float
        Width of each, m.
    tolerance : float
        Vertices closer than this to the straightened line are dropped, m.

    Returns
    -------
    lines : array of LineString
    width : array of float
        Width of each, m.

    Examples
    --------
    >>> points = [(0, 0), (5, 0.01), (9, 0), (5, 9)]
    >>> edges = shapely.linestrings([[points[1], points[k]] for k in (0, 2, 3)])
    >>> strokes(edges, np.full(3, 12.0))[0].tolist()
    [<LINESTRING (0 0, 9 0)>, <LINESTRING (5 0.01, 5 9)>]
    """
    group = runs_on(edges, width)
    order = np.argsort(group, kind="stable")
    _, first, index = np.unique(group[order], return_index=True, return_inverse=True)
    merged = shapely.line_merge(shapely.multilinestrings(edges[order], indices=index))
    lines, owner = shapely.get_parts(merged, return_index=True)
    return shapely.simplify(lines, tolerance, preserve_topology=False), width[order][first][owner]


def runs_on(edges: Lines, width: Floats) -> Ints:
    """Return which edges are one street that leads straight on: those with the same number.

    Parameters
    ----------
    edges : array of LineString
        As from `node`.
    width : array of float
        Width of each; only edges of one width lead on.

    Examples
    --------
    >>> edges = shapely.from_wkt(["LINESTRING (0 0, 5 0)", "LINESTRING (5 0, 9 0)", "LINESTRING (5 0, 5 9)"])
    >>> runs_on(edges, np.full(3, 12.0)).tolist()
    [0, 0, 2]
    """
    one, two = _straight_on(edges, width)
    group = np.arange(len(edges))
    while True:  # every round halves the longest chain of groups still to be joined
        low = np.minimum(group[one], group[two])
        joined = group.copy()
        np.minimum.at(joined, group[one], low)
        np.minimum.at(joined, group[two], low)
        joined = joined[joined[group]]
        if (joined == group).all():
            break
        group = joined
    return group


def _straight_on(edges: Lines, width: Floats) -> tuple[Ints, Ints]:
    """Pair edges that lead straight on: at each node the straightest pair first."""
    nodes = end_nodes(edges)[0].ravel()
    half = np.repeat(np.arange(len(edges)), 2)
    side = np.tile([0, 1], len(edges))
    span = shapely.length(edges)[half]
    reach = np.minimum(10.0, span)  # far enough for a short jog at the crossing not to count
    ahead = shapely.get_coordinates(
        shapely.line_interpolate_point(edges[half], np.where(side == 0, reach, span - reach))
    )
    ends = shapely.get_point(edges[half], np.where(side == 0, 0, -1))
    away = ahead - shapely.get_coordinates(ends)
    away /= np.maximum(np.hypot(*away.T), GRID)[:, None]
    a, b = _pairs_within(nodes)
    keep = (width[half[a]] == width[half[b]]) & (half[a] != half[b])
    bend = -(away[a] * away[b]).sum(axis=1)
    keep &= bend > np.cos(np.radians(SWING))
    a, b, bend = a[keep], b[keep], bend[keep]
    order = np.lexsort((b, a, -np.round(bend, 9)))
    taken = np.zeros(len(nodes), dtype=bool)
    chosen = []
    for k in order:  # greedy by nature; a few microseconds a pair
        if not (taken[a[k]] or taken[b[k]]):
            taken[[a[k], b[k]]] = True
            chosen.append(k)
    return half[a[chosen]], half[b[chosen]]


def _pairs_within(labels: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of positions that carry the same label."""
    order = np.argsort(labels, kind="stable")
    found = [np.empty((2, 0), dtype=np.int64)]
    for step in range(1, int(np.bincount(labels, minlength=1).max())):
        same = labels[order][step:] == labels[order][:-step]
        found.append(np.stack([order[:-step][same], order[step:][same]]))
    a, b = np.concatenate(found, axis=1)
    return np.minimum(a, b), np.maximum(a, b)
