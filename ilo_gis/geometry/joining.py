"""Ways that join networks of streets which lie on one piece of land."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from ilo_gis.geometry.network import connected

__all__ = ["joining"]

Lines = NDArray[np.object_]
Points = NDArray[np.object_]
Floats = NDArray[np.float64]

HAIR = 0.01  # m; nobody draws closer
COARSE = 2.0  # m by which outlines are simplified: ways need not follow them closely
STEPS = 5  # of how far from the edge ways run


def joining(lines: Lines, land: Lines, far: float, near: float) -> Lines:
    """Return the shortest ways that join networks of streets on the same piece of land.

    A way runs as far from the edge of the land as there is room, up to `far`, so that there is land
    for lots on both of its sides; it bends where the edge does.

    Parameters
    ----------
    lines : array of LineString
        Streets that meet at their ends, m.
    land : array of Polygon
        Pieces of land, m.
    far, near : float
        Most and least distance from the edge, m.

    Returns
    -------
    array of LineString
        From street to street; none where the land is too thin.

    Examples
    --------
    >>> corner = np.array([shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 100, 100)])
    >>> stubs = shapely.from_wkt(["LINESTRING (10 100, 10 90)", "LINESTRING (100 10, 90 10)"])
    >>> [line.wkt for line in joining(stubs, corner, 15.0, 5.0)]
    ['LINESTRING (90 10, 25 25, 10 90)']
    """
    part = connected(lines)
    found: list[shapely.LineString] = []
    for piece in land if part.max(initial=0) else []:
        own = shapely.intersection(lines, piece)
        long = shapely.length(own) > 1.0
        nets = [shapely.union_all(own[long & (part == k)]) for k in np.unique(part[long])]
        while len(nets) > 1:
            nets.sort(key=shapely.length)
            ways = (_way(nets, piece, edge) for edge in np.linspace(far, near, STEPS))
            way = next((way for way in ways if way is not None), None)
            if way is None:
                nets.pop(0)
                continue
            found.append(way[0])
            joined = shapely.union_all([nets[way[1]], nets[0], way[0]])
            nets = [joined, *(net for k, net in enumerate(nets) if k not in (0, way[1]))]
    return np.array(found, dtype=object)


def _way(
    nets: list[shapely.Geometry], land: shapely.Polygon, edge: float
) -> tuple[shapely.LineString, int] | None:
    """Return the shortest way from the first network to another, and to which."""
    room = shapely.simplify(shapely.buffer(land, -edge, join_style="mitre"), COARSE)
    turns = shapely.points(_turns(room))
    shapely.prepare(land)
    wide = shapely.buffer(room, HAIR, join_style="mitre")
    shapely.prepare(wide)
    a, b = np.triu_indices(len(turns), 1)
    across = shapely.linestrings(_ends(turns[a], turns[b]))
    clear = shapely.covers(wide, across)
    links = [(a[clear] + len(nets), b[clear] + len(nets), across[clear])]
    for k, net in enumerate(nets):
        others = np.concatenate([np.array(nets[k + 1 :], dtype=object), turns])
        to = np.concatenate([np.arange(k + 1, len(nets)), np.arange(len(turns)) + len(nets)])
        ways = shapely.shortest_line(net, others)
        clear = shapely.covers(land, ways) & (shapely.length(ways) > 0)
        links.append((np.full(clear.sum(), k), to[clear], ways[clear]))
    one, two = (np.concatenate([link[side] for link in links]) for side in (0, 1))
    ways = np.concatenate([link[2] for link in links])
    size = len(nets) + len(turns)
    graph = coo_array((shapely.length(ways), (one, two)), shape=(size, size)).tocsr()
    length, before = dijkstra(graph, directed=False, indices=0, return_predecessors=True)
    target = int(length[1 : len(nets)].argmin()) + 1
    if not np.isfinite(length[target]):
        return None
    which = {(min(i, j), max(i, j)): way for i, j, way in zip(one, two, ways, strict=True)}
    steps = [which[min(i, j), max(i, j)] for i, j in _steps(before, target)]
    return shapely.LineString(_strung(steps, nets[target])), target


def _steps(before: NDArray[np.int32], target: int) -> Iterator[tuple[int, int]]:
    """Yield the links of a way, from its end to its beginning."""
    here = target
    while here != 0:
        yield here, int(before[here])
        here = int(before[here])


def _strung(steps: list[shapely.LineString], end: shapely.Geometry) -> Floats:
    """Return the vertices of links one after the other, the first of which meets `end`."""
    first = shapely.get_coordinates(steps[0])
    if shapely.distance(shapely.Point(first[0]), end) > shapely.distance(shapely.Point(first[1]), end):
        first = first[::-1]
    course = list(first)
    for step in steps[1:]:
        xy = shapely.get_coordinates(step)
        course.append(xy[np.hypot(*(xy - course[-1]).T).argmax()])
    return np.array(course)


def _ends(one: Points, other: Points) -> Floats:
    return np.stack([shapely.get_coordinates(one), shapely.get_coordinates(other)], axis=1)


def _turns(room: shapely.Geometry) -> Floats:
    """Return the vertices that a shortest way may bend at: those where the room bends inward."""
    found = [np.empty((0, 2))]
    for ring in shapely.get_rings(shapely.orient_polygons(shapely.get_parts(room))):
        xy = shapely.get_coordinates(ring)[:-1]
        back, on = xy - np.roll(xy, 1, axis=0), np.roll(xy, -1, axis=0) - xy
        found.append(xy[back[:, 0] * on[:, 1] - back[:, 1] * on[:, 0] < 0])
    return np.concatenate(found)
