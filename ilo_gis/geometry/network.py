"""Walking along networks of lines: how far it is, what is in reach, and what hangs together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from ilo_gis.geometry.lines import end_nodes
from ilo_gis.geometry.ragged import spans

__all__ = ["Reached", "connected", "front_points", "reached", "walk"]

CELLS = 20_000_000  # distances held in memory at once: 160 MB
ON_STREET = 0.05  # m; an outline this close to street land lies on the street

Lines = NDArray[np.object_]
Points = NDArray[np.object_]
Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Reached(NamedTuple):
    """Pairs of a group of sources and a target in reach of it, and how far apart they are, in m."""

    group: Ints
    target: Ints
    distance: Floats


class _Graph(NamedTuple):
    """Undirected links between nodes with their lengths, and the node that each point joins at."""

    one: Ints
    two: Ints
    length: Floats
    node: Ints
    size: int


def walk(lines: Lines, sources: Points, targets: Points) -> Floats:
    """Return how far each target is from the nearest source, walking along a network.

    Parameters
    ----------
    lines : array of LineString, shape (n,)
        Edges of the network, in metres, that meet at their ends, as `lines.node` makes them.
    sources, targets : array of Point
        Each joins the network at the nearest point of the nearest edge, wherever on it that is;
        the way from the point to the network is not counted.

    Returns
    -------
    array of float, one for each target
        In metres; infinite where no source can be reached.

    References
    ----------
    E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1,
    1959, pages 269 to 271.

    Examples
    --------
    Round the corner from (10, 0) to (20, 5); and two points on one edge.

    >>> lines = shapely.from_wkt(["LINESTRING (0 0, 20 0)", "LINESTRING (20 0, 20 30)"])
    >>> walk(lines, shapely.points([[10, 3]]), shapely.points([[24, 5], [4, 0]])).tolist()
    [15.0, 6.0]
    """
    if not (len(lines) and len(sources) and len(targets)):
        return np.full(len(targets), np.inf)
    graph = _joined(lines, np.concatenate([sources, targets]))
    links = csr_array((graph.length, (graph.one, graph.two)), shape=(graph.size, graph.size))
    start = np.unique(graph.node[: len(sources)])
    far: Floats = dijkstra(links, directed=False, indices=start, min_only=True)
    return far[graph.node[len(sources) :]]


def reached(lines: Lines, points: Points, source: Ints, group: Ints, limit: float) -> Reached:
    """Return which points are within a distance of which groups of them, walking along a network.

    Parameters
    ----------
    lines : array of LineString
        Edges of the network, as in `walk`.
    points : array of Point
        Each joins the network as in `walk`.
    source : array of int
        Points that walks start from.
    group : array of int, one for each source
        Sources of one group, such as points along the fronts of one park, count as one place.
    limit : float
        In metres.

    Returns
    -------
    Reached
        Arrays ``group``, ``target`` (the point) and ``distance`` (m, from the nearest source of the
        group), sorted by group, then by target.

    Examples
    --------
    >>> lines = shapely.from_wkt(["LINESTRING (0 0, 20 0)"])
    >>> points = shapely.points([[0, 0], [5, 0], [20, 0]])
    >>> reached(lines, points, np.array([0, 2]), np.array([3, 7]), limit=10.0)
    Reached(group=array([3, 3, 7]), target=array([0, 1, 2]), distance=array([0., 5., 0.]))
    """
    names, which = np.unique(group, return_inverse=True)
    if not (len(lines) and len(source)):
        return Reached(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    graph = _joined(lines, points)
    size = graph.size + len(names)
    # a node for each group, from which a free way leads to its sources and none back
    enter = np.unique(np.stack([which + graph.size, graph.node[source]], axis=1), axis=0).T
    one = np.concatenate([graph.one, graph.two, enter[0]])
    two = np.concatenate([graph.two, graph.one, enter[1]])
    length = np.concatenate([graph.length, graph.length, np.zeros(enter.shape[1])])
    links = csr_array((length, (one, two)), shape=(size, size))
    found = []
    for some in np.array_split(np.arange(len(names)), -(-len(names) * size // CELLS)):
        far = dijkstra(links, directed=True, indices=some + graph.size, limit=limit)[:, graph.node]
        row, target = np.nonzero(np.isfinite(far))
        found.append((some[row], target, far[row, target]))
    near, target, distance = (np.concatenate(part) for part in zip(*found, strict=True))
    return Reached(names[near], target, distance)


def connected(lines: Lines) -> Ints:
    """Return the number of the connected part of the network that each edge is in.

    Parameters
    ----------
    lines : array of LineString, shape (n,)
        Edges that meet at their ends, as `lines.node` makes them.

    Returns
    -------
    array of int, shape (n,)
        From 0 on; the part with the most edges is not always the first.

    Examples
    --------
    >>> ways = ["LINESTRING (0 0, 1 0)", "LINESTRING (5 0, 6 0)", "LINESTRING (1 0, 1 1)"]
    >>> connected(shapely.from_wkt(ways)).tolist()
    [0, 1, 0]
    """
    if not len(lines):
        return np.zeros(0, dtype=np.int64)
    nodes = end_nodes(lines)[0]
    size = nodes.max() + 1
    links = csr_array((np.ones(len(nodes)), (nodes[:, 0], nodes[:, 1])), shape=(size, size))
    part = connected_components(links, directed=False)[1][nodes[:, 0]]
    _, first, number = np.unique(part, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number].astype(np.int64)


def front_points(polygons: Polygons, street: shapely.Geometry, step: float = 10.0) -> tuple[Points, Ints]:
    """Return points along the outlines of polygons where these lie on a street.

    Walks to a park end at its nearest edge on a street, not at its centre: give these points to
    `walk`. They lie in the middle of stretches of equal length, so that none is at a corner.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        In metres.
    street : Polygon or MultiPolygon
        Street land.
    step : float
        Greatest distance between points along an outline, in m.

    Returns
    -------
    points : array of Point
    polygon : array of int
        The polygon each point is on; polygons on no street have none.

    Examples
    --------
    >>> park, street = shapely.box(0, 0, 40, 20), shapely.box(0, -12, 40, 0)
    >>> points, polygon = front_points(np.array([park]), street, step=20.0)
    >>> shapely.to_wkt(points).tolist()
    ['POINT (10 0)', 'POINT (30 0)']
    """
    rings, owner = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    kept = np.flatnonzero(ring[1:] == ring[:-1])
    start, stop = xy[kept], xy[kept + 1]
    count = np.ceil(np.hypot(*(stop - start).T) / step - 1e-9).astype(np.int64)
    order, edge = spans(np.zeros_like(count), count)
    share = ((order + 0.5) / count[edge])[:, None]
    points = shapely.points(start[edge] + share * (stop - start)[edge])
    shapely.prepare(street)
    near = shapely.dwithin(street, points, ON_STREET)
    return points[near], owner[ring[kept]][edge][near]


def _joined(lines: Lines, points: Points) -> _Graph:
    """Return the network with every point as a node on its nearest edge."""
    nodes = end_nodes(lines)[0]
    of, edge = shapely.STRtree(lines).query_nearest(points, all_matches=False)
    edge = edge[np.argsort(of, kind="stable")]
    at = shapely.line_locate_point(lines[edge], points)
    count = int(nodes.max()) + 1
    # along every edge: its first node, the points on it, its last node
    n = len(lines)
    owner = np.concatenate([np.arange(n), edge, np.arange(n)])
    place = np.concatenate([np.zeros(n), at, shapely.length(lines)])
    kind = np.repeat([0, 1, 2], [n, len(points), n])
    node = np.concatenate([nodes[:, 0], count + np.arange(len(points)), nodes[:, 1]])
    order = np.lexsort((place, kind == 2, kind != 0, owner))
    owner, place, node = owner[order], place[order], node[order]
    link = np.flatnonzero(owner[1:] == owner[:-1])
    pair = np.sort(np.stack([node[link], node[link + 1]], axis=1), axis=1)
    length = np.maximum(place[link + 1] - place[link], 0.0)
    # of two edges between the same two nodes the shorter one is walked
    by_pair = np.lexsort((length, pair[:, 1], pair[:, 0]))
    pair, length = pair[by_pair], length[by_pair]
    first = np.ones(len(pair), dtype=bool)
    first[1:] = np.any(pair[1:] != pair[:-1], axis=1)
    one, two = pair[first].T
    return _Graph(one, two, length[first], count + np.arange(len(points)), count + len(points))
