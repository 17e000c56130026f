"""Rows of blocks: streets that follow a guide line at even distances, and cross streets between them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.measure import sides

__all__ = [
    "Grid",
    "Strips",
    "beside_thin",
    "cross_streets",
    "lengthened",
    "offsets",
    "row_streets",
    "strips_between",
]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MITRE = 5.0
TRIES = 20  # of one block more in a row
STEPS = 15, 6, 3, 1  # lots by which cross streets of two rows are apart, if they do not meet
HAIR = 1e-3  # m; nobody measures a block closer


class Strips(NamedTuple):
    """Land between two rows.

    Attributes
    ----------
    faces : array of Polygon
        To the centre lines of the streets round each strip.
    land : array of Polygon or MultiPolygon
        Without the streets.
    middle : array of LineString
        A line along the middle of the row, longer than the strip.
    """

    faces: Lines
    land: Lines
    middle: Lines


class Grid(NamedTuple):
    """Where cross streets should run, so that they meet across rows.

    Attributes
    ----------
    at : array of float
        Places along the middle lines, m: a block and a street apart.
    front : float
        Front of a lot, m: blocks are whole lots long where they can be.
    least : float
        Least length of a block, m.
    kept : bool
        Whether cross streets are on the grid wherever that costs no block; otherwise blocks of a
        row are about as long as each other.
    """

    at: Floats
    front: float
    least: float
    kept: bool


def lengthened(line: shapely.LineString, by: float) -> shapely.LineString:
    """Return a line led straight on at both ends.

    Examples
    --------
    >>> lengthened(shapely.LineString([(0, 0), (10, 0)]), 5.0).wkt
    'LINESTRING (-5 0, 15 0)'
    """
    xy = shapely.get_coordinates(line)
    head, tail = xy[0] - xy[1], xy[-1] - xy[-2]
    xy[0] += head / np.hypot(*head) * by
    xy[-1] += tail / np.hypot(*tail) * by
    return shapely.LineString(xy)


def offsets(points: Floats, guide: shapely.LineString) -> Floats:
    """Return how far points lie to the left of a line; to its right they are negative.

    Examples
    --------
    >>> offsets(np.array([[5.0, 2.0], [5.0, -3.0]]), shapely.LineString([(0, 0), (10, 0)])).tolist()
    [2.0, -3.0]
    """
    xy = shapely.get_coordinates(guide)
    a, edge = xy[:-1], np.diff(xy, axis=0)
    away = points[:, None] - a
    at = np.clip((away * edge).sum(axis=2) / (edge**2).sum(axis=1), 0, 1)
    far = away - at[:, :, None] * edge
    nearest = np.hypot(far[:, :, 0], far[:, :, 1]).argmin(axis=1)
    pick = np.arange(len(points)), nearest
    side = edge[nearest, 0] * away[pick][:, 1] - edge[nearest, 1] * away[pick][:, 0]
    return np.where(side < 0, -1.0, 1.0) * np.hypot(*far[pick].T)


def row_streets(
    inner: shapely.Geometry, guide: shapely.LineString, at: Floats, shortest: float
) -> tuple[Lines, Ints]:
    """Return the parts of rows that lie in the inner land, and which row each is of.

    Parameters
    ----------
    inner : Polygon or MultiPolygon
    guide : LineString
        As long as the land; the rows run beside it.
    at : array of float
        How far to the left of the guide each row runs, m.
    shortest : float
        Shorter parts are left out, m.

    Examples
    --------
    >>> guide = shapely.LineString([(-50, 0), (150, 0)])
    >>> lines, row = row_streets(shapely.box(0, 0, 100, 60), guide, np.array([20.0, 40.0, 80.0]), 30.0)
    >>> lines[0].wkt, row.tolist()
    ('LINESTRING (0 20, 100 20)', [0, 1])
    """
    parts, row = shapely.get_parts(shapely.intersection(_beside(guide, at), inner), return_index=True)
    long = (shapely.get_type_id(parts) == 1) & (shapely.length(parts) > shortest)
    return parts[long], row[long]


def strips_between(
    inner: shapely.Geometry, streets: Lines, land: shapely.Geometry, guide: shapely.LineString, at: Floats
) -> Strips:
    """Return the land between rows, as faces between centre lines and without the streets.

    Parameters
    ----------
    inner : Polygon or MultiPolygon
        Inner land; its outline is streets.
    streets : array of LineString
        All centre lines in it.
    land : Polygon or MultiPolygon
        Their land and that of the streets round it.
    guide, at
        As in `row_streets`, `at` in rising order.
    """
    edges = shapely.union_all([shapely.boundary(inner), *streets])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    shapely.prepare(inner)
    points = shapely.point_on_surface(faces)
    within = shapely.contains(inner, points)
    faces, points = faces[within], points[within]
    free = shapely.difference(faces, land)
    use = shapely.area(free) > 1.0
    faces, free = faces[use], free[use]
    away = offsets(shapely.get_coordinates(points[use]), guide)
    bounds = np.concatenate([[at[0] - 50.0], at, [at[-1] + 50.0]]) if len(at) else np.array([-1.0, 1.0])
    row = np.clip(np.searchsorted(bounds, away) - 1, 0, len(bounds) - 2)
    middle = (bounds[row] + bounds[row + 1]) / 2
    return Strips(faces, free, _beside(guide, middle))


def _beside(guide: shapely.LineString, at: Floats) -> Lines:
    """Return lines beside a guide; GEOS cannot offset by less than 1e-10 m, nor need it."""
    return shapely.offset_curve(guide, np.round(at, 6), join_style="mitre", mitre_limit=MITRE)


def beside_thin(strips: Strips, rows: Lines, least: float) -> NDArray[np.bool_]:
    """Return which rows lie beside a strip thinner than allowed, one row for each such strip.

    Parameters
    ----------
    strips : Strips
    rows : array of LineString
        As from `row_streets`.
    least : float
        Least mean thickness of a strip, m.
    """
    idle = np.zeros(len(rows), dtype=bool)
    if not len(strips.land) or not len(rows):
        return idle
    start, stop = _extent(strips)
    thin = np.flatnonzero(shapely.area(strips.land) < least * (stop - start))
    face, row = shapely.STRtree(rows).query(strips.faces[thin], predicate="intersects")
    common = shapely.length(shapely.intersection(shapely.boundary(strips.faces[thin])[face], rows[row]))
    order = np.lexsort((row, -common, face))
    first = order[np.concatenate([[True], np.diff(face[order]) > 0])] if len(order) else order
    idle[row[first[common[first] > 1.0]]] = True
    return idle


def _extent(strips: Strips) -> tuple[Floats, Floats]:
    """Return from where to where along its middle line the land of each strip reaches."""
    xy, strip = shapely.get_coordinates(strips.land, return_index=True)
    along = shapely.line_locate_point(strips.middle[strip], shapely.points(xy))
    first = np.searchsorted(strip, np.arange(len(strips.land)))
    return np.minimum.reduceat(along, first), np.maximum.reduceat(along, first)


def _places(start: float, stop: float, pieces: int, width: float, grid: Grid, most: float) -> Floats:
    """Return where cross streets part a strip: on the grid if its blocks come out right, else evenly.

    Also evenly they are put where those of other rows are or a few whole lots from them: then streets
    meet across rows, or are so far apart that each is a crossing of its own, and blocks are whole
    lots long.
    """
    if grid.kept:
        keep = grid.at[
            (grid.at - width / 2 - start >= grid.least) & (stop - grid.at - width / 2 >= grid.least)
        ]
        sizes = np.diff(np.concatenate([[start - width / 2], keep, [stop + width / 2]])) - width
        if pieces == _count(stop - start, width, most) and (sizes <= most + HAIR).all():
            return keep
    found = []
    before = start - width / 2
    even = (stop - start + width) / pieces
    for k in range(1, pieces):
        low, high = stop + width / 2 - (pieces - k) * (most + width), before + most + width
        wish = start - width / 2 + k * even
        near = grid.at[np.abs(grid.at - wish).argmin()]
        steps = grid.front * np.array(STEPS)
        places = near + np.rint((wish - near) / steps) * steps
        fits = (places >= low - HAIR) & (places <= high + HAIR) & (np.abs(places - wish) < even / 3)
        before = places[fits][0] if fits.any() else float(np.clip(wish, low, high))
        found.append(before)
    return np.array(found)


def _count(length: float, width: float, most: float) -> int:
    return max(1, int(np.ceil((length + width - HAIR) / (most + width))))


def cross_streets(
    strips: Strips,
    width: float,
    most: float,
    grid: Grid,
) -> tuple[Lines, Ints]:
    """Return cross streets that part strips into blocks no longer than allowed.

    Parameters
    ----------
    strips : Strips
    width : float
        Of the cross streets, m.
    most : float
        Greatest length of a block, m.
    grid : Grid

    Returns
    -------
    lines : array of LineString
        From centre line to centre line.
    place : array of int
        Which in its row each is, from 0.
    """
    if not len(strips.land):
        return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    start, stop = _extent(strips)
    pieces = [_count(length, width, most) for length in stop - start]
    found: list[Lines] = [strips.faces[:0]] * len(pieces)
    left = np.arange(len(pieces))
    for _ in range(TRIES):
        for k in left:
            at = _places(start[k], stop[k], pieces[k], width, grid, most)
            found[k] = _across(strips.faces[k], strips.middle[k], at)
        left = left[_longest(strips.land[left], [found[k] for k in left], width) > most + HAIR]
        if not len(left):
            break
        for k in left:  # blocks that lean are longer than their part of the row
            pieces[k] += 1
    return np.concatenate(found), np.concatenate([np.arange(len(lines)) for lines in found])


def _across(face: shapely.Polygon, middle: shapely.LineString, at: Floats) -> Lines:
    """Return lines square to a middle line, from edge to edge of a face."""
    if not len(at):
        return np.empty(0, dtype=object)
    reach = np.hypot(face.bounds[2] - face.bounds[0], face.bounds[3] - face.bounds[1])
    here = shapely.get_coordinates(shapely.line_interpolate_point(middle, at))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(middle, at + 0.01)) - here
    left = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) / np.hypot(*ahead.T)[:, None] * reach
    lines = shapely.linestrings(np.stack([here - left, here + left], axis=1))
    parts, of = shapely.get_parts(shapely.intersection(lines, face), return_index=True)
    line = (shapely.get_type_id(parts) == 1) & (shapely.length(parts) > HAIR)
    parts, of = parts[line], of[line]
    # of a face that the line meets several times, the part across the row
    near = shapely.distance(parts, shapely.points(here)[of])
    first = np.lexsort((near, of))
    return parts[first[np.concatenate([[True], np.diff(of[first]) > 0])]] if len(first) else parts


def _longest(land: Lines, lines: list[Lines], width: float) -> Floats:
    """Return the greatest length of the blocks that cross streets part each strip into."""
    roads = [shapely.union_all(shapely.buffer(some, width / 2, cap_style="flat")) for some in lines]
    parts, strip = shapely.get_parts(shapely.difference(land, roads), return_index=True)
    strip, parts = strip[shapely.area(parts) > HAIR], parts[shapely.area(parts) > HAIR]
    longest = np.zeros(len(land))
    np.fmax.at(longest, strip, sides(parts)[0])
    return longest
