"""Land behind sides that front no street, given to the rows that do.

In the straight skeleton every side has land behind it, street or not. Lots on streets reach on, over
the land of closed sides, to the outline; two rows part where they are equally far from their streets.
"""

from __future__ import annotations

from itertools import pairwise
from math import dist, hypot

from ilo_gis.geometry.draft import Point, Stretch, cross
from ilo_gis.geometry.outline import SNAP
from ilo_gis.geometry.skeleton import Roof

__all__ = ["Opened", "ends_of", "open_up"]

REACH = 1.0  # m deeper than the greatest depth, for which land is not left behind


class Opened:
    """The paths behind the sides of a block, as they change.

    Attributes
    ----------
    nodes, height, paths : lists
        As those of a `Roof`.
    vertices : dict of int to int
        Which of the nodes that were added are vertices of the outline.
    """

    def __init__(self, roof: Roof, stretches: list[Stretch]) -> None:
        self.nodes, self.height = [*roof.nodes], [*roof.height]
        self.paths = [[*path] for path in roof.paths]
        self.stretches = stretches
        self.vertices: dict[int, int] = {}

    def add(self, point: Point, vertex: int | None = None) -> int:
        """Add a node on the outline."""
        self.nodes.append(point)
        self.height.append(0.0)
        if vertex is not None:
            self.vertices[len(self.nodes) - 1] = vertex
        return len(self.nodes) - 1

    def distance(self, side: int, point: Point) -> float:
        """Return how far behind the line of a side a point lies."""
        (ax, ay), (bx, by) = self.stretches[side].xy[0], self.stretches[side].xy[-1]
        return cross((bx - ax, by - ay), (point[0] - ax, point[1] - ay)) / hypot(bx - ax, by - ay)


def open_up(roof: Roof, stretches: list[Stretch], closed: list[bool], cap: float) -> Opened:
    """Return the paths behind the sides with the land of closed sides given to the others.

    Parameters
    ----------
    roof : Roof
        The roof.
    stretches : list of Stretch
        The vertices of each side.
    closed : list of bool
        Which sides front no street.
    cap : float
        Greatest depth of a lot, in m; deeper land stays with the closed sides.

    Examples
    --------
    >>> corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 30.0), (0.0, 30.0)]
    >>> roof = Roof([*corners, (85.0, 15.0), (15.0, 15.0)], [0.0] * 4 + [15.0] * 2,
    ...             [[0, 5, 4, 1], [1, 4, 2], [2, 4, 5, 3], [3, 5, 0]])
    >>> sides = [Stretch([k, (k + 1) % 4], [0.0, 1.0], [0.0, 1.0], [corners[k], corners[(k + 1) % 4]])
    ...          for k in range(4)]
    >>> open_up(roof, sides, [False, True, True, True], 40.0).paths[0]
    [0, 3, 2, 1]
    """
    opened = Opened(roof, stretches)
    if any(closed) and not all(closed):
        first = next(k for k, shut in enumerate(closed) if not shut)
        order = [(first + k) % len(closed) for k in range(len(closed))]
        chain: list[int] = []
        for k in [*order, first]:
            if closed[k]:
                chain.append(k)
            elif chain:
                _give(opened, chain, closed, cap)
                chain = []
    return opened


def ends_of(stretches: list[Stretch], closed: list[bool], cap: float) -> list[int]:
    """Return the sides on streets that are the end of a longer row whose back is closed.

    Parameters
    ----------
    stretches : list of Stretch
        The vertices of each side.
    closed : list of bool
        Which sides front no street.
    cap : float
        Greatest depth of a lot, in m; longer sides are no ends of one row.

    Examples
    --------
    >>> corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 30.0), (0.0, 30.0)]
    >>> sides = [Stretch([k, (k + 1) % 4], [0.0, 1.0], [0.0, 1.0], [corners[k], corners[(k + 1) % 4]])
    ...          for k in range(4)]
    >>> ends_of(sides, [False, False, True, False], 40.0)
    [1, 3]
    """
    if not any(closed):
        return []
    length = [dist(own.xy[0], own.xy[-1]) for own in stretches]
    found = []
    for k, own in enumerate(length):
        beside = (k - 1, (k + 1) % len(length))
        rows = [j for j in beside if not closed[j]]
        if not closed[k] and len(rows) == 1 and own < length[rows[0]] and own <= cap + REACH:
            found.append(k)
    return found


def _give(opened: Opened, chain: list[int], closed: list[bool], cap: float) -> None:
    """Give the land of closed sides that follow each other to the rows beside and behind them."""
    path = opened.paths[chain[0]]
    for k in chain[1:]:
        path = _joined(path, opened.paths[k])
    behind = _neighbours(opened, chain)
    if any(behind.get((a, b)) is None or closed[behind[a, b]] for a, b in pairwise(path)):
        return  # land of other closed sides lies behind: there is no row to give it to
    rows = [behind[step] for step in pairwise(path)]
    turns = [0, *(i for i in range(1, len(rows)) if rows[i] != rows[i - 1])]
    marks = _outline(opened, chain)
    hits = [0.0]
    for i in turns[1:]:
        hit = _ray(opened, path[i], (rows[i - 1], rows[i]), marks)
        if hit is None or hit <= hits[-1] + SNAP:
            _give_all(opened, chain, path, (rows, turns), marks, cap)
            return
        hits.append(hit)
    hits.append(float(len(marks) - 1))
    stops = [*turns[1:], len(path) - 1]
    shares = [
        (rows[a], path[a : b + 1], start, stop)
        for a, b, start, stop in zip(turns, stops, hits[:-1], hits[1:], strict=True)
    ]
    if any(_find(opened.paths[row], own[::-1]) is None for row, own, *_ in shares) or any(
        opened.distance(row, opened.nodes[node]) > cap + REACH for row, own, *_ in shares for node in own
    ):
        return
    ends = [marks[0], *(_place(opened, marks, t) for t in hits[1:-1]), marks[-1]]
    cuts: dict[tuple[int, int], int] = {}
    walked = [marks[0]]
    for (row, shared, start, stop), (a, b) in zip(shares, pairwise(ends), strict=True):
        outline = [a, *(marks[t] for t in range(int(start) + 1, len(marks)) if t < stop), b]
        far = _shallow(opened, row, [shared[0], *outline, shared[-1]], cap, cuts)
        _splice(opened.paths[row], shared[::-1], far[::-1])
        walked += far[far[0] != a :] if far[-1] == b else far[far[0] != a : -1]
    _keep(opened, chain, [*walked, marks[-1]])


def _give_all(
    opened: Opened,
    chain: list[int],
    path: list[int],
    behind: tuple[list[int], list[int]],
    marks: list[int],
    cap: float,
) -> None:
    """Give all the land of closed sides to the row with the longest common back, where others would cross."""
    rows, turns = behind
    groups = list(pairwise([*turns, len(path) - 1]))
    length = [
        sum(dist(opened.nodes[m], opened.nodes[n]) for m, n in pairwise(path[a : b + 1])) for a, b in groups
    ]
    a, b = groups[max(range(len(groups)), key=lambda k: round(length[k], 6))]
    row, shared = rows[a], path[a : b + 1]
    far = [*path[: a + 1][::-1], *marks[1:-1], *path[b:][::-1]]
    deepest = max(opened.distance(row, opened.nodes[node]) for node in far)
    if deepest <= cap + REACH and _find(opened.paths[row], shared[::-1]) is not None:
        _splice(opened.paths[row], shared[::-1], far[::-1])
        _keep(opened, chain, marks)


def _keep(opened: Opened, chain: list[int], walked: list[int]) -> None:
    """Leave closed sides what lies before a path; where that is the outline itself, nothing."""
    path = [n for i, n in enumerate(walked) if not i or n != walked[i - 1]]
    for k in chain[:-1]:
        corner = opened.paths[k][-1]
        at = path.index(corner) if corner in path else 0
        opened.paths[k][:] = path[: at + 1] if at else [path[0], path[0]]
        path = path[at:]
    opened.paths[chain[-1]][:] = path if len(path) > 1 else path * 2


def _shallow(
    opened: Opened, row: int, far: list[int], cap: float, cuts: dict[tuple[int, int], int]
) -> list[int]:
    """Return the far side of the land of a row, cut off at the greatest depth."""
    depth = [opened.distance(row, opened.nodes[node]) for node in far]
    if max(depth) <= cap + REACH:
        return far
    kept: list[int] = []
    for (a, b), (da, db) in zip(pairwise(far), pairwise(depth), strict=True):
        if da <= cap:
            kept.append(a)
        if (da <= cap) != (db <= cap):
            edge = (min(a, b), max(a, b))  # two rows part at the same depth
            if edge not in cuts:
                f = (cap - da) / (db - da)
                (ax, ay), (bx, by) = opened.nodes[a], opened.nodes[b]
                cuts[edge] = opened.add((ax + f * (bx - ax), ay + f * (by - ay)))
            kept.append(cuts[edge])
    return [*kept, far[-1]]


def _joined(one: list[int], other: list[int]) -> list[int]:
    """Return the path behind two sides that follow each other, without what they share."""
    one, k = [*one], 0
    while len(one) > 1 and k + 1 < len(other) and one[-2] == other[k + 1]:
        one.pop()
        k += 1
    return [*one, *other[k + 1 :]]


def _neighbours(opened: Opened, chain: list[int]) -> dict[tuple[int, int], int]:
    """Return which side lies behind each step of a path of a chain."""
    return {(b, a): k for k, path in enumerate(opened.paths) if k not in chain for a, b in pairwise(path)}


def _outline(opened: Opened, chain: list[int]) -> list[int]:
    """Return the nodes along the outline of closed sides; their vertices become nodes."""
    marks: list[int] = []
    for k in chain:
        stretch = opened.stretches[k]
        inner = range(1, len(stretch.xy) - 1)
        marks += [opened.paths[k][0], *(opened.add(stretch.xy[i], stretch.vertex[i]) for i in inner)]
    return [*marks, opened.paths[chain[-1]][-1]]


def _ray(opened: Opened, node: int, rows: tuple[int, int], marks: list[int]) -> float | None:
    """Return where on the outline the line ends along which two rows are equally deep, from a node on."""
    start = opened.nodes[node]
    slope = []
    for row in rows:
        (ax, ay), (bx, by) = opened.stretches[row].xy[0], opened.stretches[row].xy[-1]
        size = hypot(bx - ax, by - ay)
        slope.append(((ay - by) / size, (bx - ax) / size))
    (ax, ay), (bx, by) = slope
    way = (ay - by, bx - ax)  # on it, the difference of the two depths does not change
    if hypot(*way) < SNAP:
        return None
    best: tuple[float, float] | None = None
    for t, (a, b) in enumerate(pairwise(opened.nodes[k] for k in marks)):
        edge, off = (b[0] - a[0], b[1] - a[1]), (a[0] - start[0], a[1] - start[1])
        bend = cross(way, edge)
        if abs(bend) < SNAP:
            continue
        ahead, share = cross(off, edge) / bend, cross(off, way) / bend
        if -1e-9 <= share <= 1 + 1e-9 and (best is None or abs(ahead) < best[0]):
            best = abs(ahead), t + min(max(share, 0.0), 1.0)
    return None if best is None else best[1]


def _at(opened: Opened, marks: list[int], t: float) -> Point:
    k = min(int(t), len(marks) - 2)
    (ax, ay), (bx, by) = opened.nodes[marks[k]], opened.nodes[marks[k + 1]]
    return ax + (t - k) * (bx - ax), ay + (t - k) * (by - ay)


def _place(opened: Opened, marks: list[int], t: float) -> int:
    """Return the node at a place along the outline, new unless it is a vertex."""
    point = _at(opened, marks, t)
    for k in (int(t), min(int(t) + 1, len(marks) - 1)):
        x, y = opened.nodes[marks[k]]
        if hypot(point[0] - x, point[1] - y) < SNAP:
            return marks[k]
    return opened.add(point)


def _find(path: list[int], part: list[int]) -> int | None:
    """Return where a stretch of a path begins, or None."""
    return next((k for k in range(len(path) - len(part) + 1) if path[k : k + len(part)] == part), None)


def _splice(path: list[int], old: list[int], new: list[int]) -> None:
    """Put one stretch of a path in place of another."""
    k = _find(path, old)
    if k is not None:
        path[k : k + len(old)] = [n for i, n in enumerate(new) if not i or n != new[i - 1]]
