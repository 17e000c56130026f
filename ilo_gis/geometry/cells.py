"""Cells of a site: pieces of land between given streets, and the inner land where new streets run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["Cell", "cells", "frame", "inner_land", "links", "spine"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]

NEAR = 1e-3  # m; outlines closer to a street than this run along it
SPUR = 1.2  # widths of the land; shorter branches of its middle lead into corners only
BACK = 15.0  # m from its end that the direction of a street is taken
MITRE = 5.0  # corners of streets reach no farther than this many widths


class Cell(NamedTuple):
    """A piece of land between the centre lines of given streets and the edge of the site.

    Attributes
    ----------
    land : Polygon
        The piece, to the centre lines of the given streets round it.
    closed : MultiLineString or LineString
        The part of its outline that no street runs along.
    """

    land: shapely.Polygon
    closed: shapely.Geometry


def cells(land: shapely.Geometry, given: Lines) -> list[Cell]:
    """Part land along the centre lines of given streets.

    Parameters
    ----------
    land : Polygon or MultiPolygon
        Land to be planned, m.
    given : array of LineString
        Centre lines of streets that are there, noded; they may run along the edge or end inside.

    Returns
    -------
    list of Cell
        From north to south; their land together is `land`.

    Examples
    --------
    >>> road = np.array([shapely.LineString([(50, 0), (50, 40)])])
    >>> [cell.land.area for cell in cells(shapely.box(0, 0, 100, 40), road)]
    [2000.0, 2000.0]
    """
    edge = shapely.boundary(land)
    if not len(given):
        faces = shapely.get_parts(land)
        return [Cell(face, shapely.boundary(face)) for face in faces[_order(faces)]]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([edge, *given])]))
    shapely.prepare(land)
    faces = faces[shapely.contains(land, shapely.point_on_surface(faces))]
    along = shapely.buffer(shapely.union_all(given), NEAR, cap_style="flat")
    faces = faces[_order(faces)]
    return [Cell(f, shapely.difference(shapely.boundary(f), along)) for f in faces]


def _order(faces: Lines) -> NDArray[np.int64]:
    middle = np.round(shapely.get_coordinates(shapely.centroid(faces)), 3)
    return np.lexsort((middle[:, 0], -middle[:, 1]))


def inner_land(cell: Cell, depth: float, least: float) -> shapely.Geometry:
    """Return the land of a cell farther than `depth` from its closed outline: there streets may run.

    Corners stay sharp. Where given streets run along the cell, it reaches to their centre lines.
    Where it is thinner than `least` it is cut away, for there is no room for lots between streets.

    Examples
    --------
    >>> [cell] = cells(shapely.box(0, 0, 100, 100), np.array([]))
    >>> inner_land(cell, 26.0, 32.0).bounds
    (26.0, 26.0, 74.0, 74.0)
    """
    if shapely.is_empty(cell.closed):
        inner = cell.land
    elif shapely.length(cell.closed) > shapely.length(cell.land) - NEAR:
        inner = shapely.buffer(cell.land, -depth, join_style="mitre", mitre_limit=MITRE)
    else:
        lines = shapely.line_merge(cell.closed)
        band = shapely.buffer(lines, depth, cap_style="square", join_style="mitre", mitre_limit=MITRE)
        inner = shapely.difference(cell.land, band)
    core = shapely.buffer(inner, -least / 2, join_style="mitre", mitre_limit=MITRE)
    thick = shapely.buffer(core, least / 2 + NEAR, join_style="mitre", mitre_limit=MITRE)
    return _polygons(shapely.intersection(inner, thick))


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    parts = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 1.0)]
    return shapely.multipolygons(parts) if len(parts) != 1 else parts[0]


def frame(cell: Cell, inner: shapely.Geometry) -> Lines:
    """Return the streets along the edge of the inner land, where none is given.

    Rings that run all round are closed lines.

    Examples
    --------
    >>> [cell] = cells(shapely.box(0, 0, 100, 100), np.array([]))
    >>> [line.length for line in frame(cell, inner_land(cell, 26.0, 32.0))]
    [192.0]
    """
    rim = shapely.boundary(inner)
    free = shapely.difference(rim, shapely.buffer(shapely.boundary(cell.land), NEAR / 2))
    lines = shapely.get_parts(shapely.line_merge(free))
    return lines[(shapely.get_type_id(lines) == 1) & (shapely.length(lines) > NEAR)]


def links(parts: Lines, land: shapely.Polygon) -> Lines:
    """Return streets that join parts of the inner land, as short as may be, where they can run on the land.

    Examples
    --------
    >>> halves = np.array([shapely.box(0, 0, 40, 40), shapely.box(60, 0, 100, 40)])
    >>> [line.length for line in links(halves, shapely.box(0, 0, 100, 40))]
    [20.0]
    """
    shapely.prepare(land)
    joined, found = [0], []
    rest = list(range(1, len(parts)))
    while rest:
        ways = shapely.shortest_line(shapely.multipolygons(parts[joined]), parts[rest])
        length = np.where(shapely.covers(land, ways), shapely.length(ways), np.inf)
        k = int(length.argmin())
        if np.isfinite(length[k]):
            found.append(ways[k])
        joined.append(rest.pop(k))
    return np.array(found, dtype=object)


def spine(land: shapely.Polygon, step: float) -> Lines:
    """Return lines along the middle of thin land, with its branches, led out of it at their ends.

    Parameters
    ----------
    land : Polygon
    step : float
        Distance between the points of the outline that the middle is taken from, m.

    Returns
    -------
    array of LineString
        They meet at their ends. Land all round a hole has a closed line.

    References
    ----------
    H. Blum, "A transformation for extracting new descriptors of shape", 1967 (medial axis); taken
    from the Voronoi diagram of points along the outline.

    Examples
    --------
    >>> [line.wkt for line in spine(shapely.box(0, 0, 200, 40), 5.0)]
    ['LINESTRING (201 20, -1 20)']
    """
    edge = shapely.boundary(land)
    points = shapely.multipoints(shapely.get_coordinates(shapely.segmentize(edge, step)))
    diagram = shapely.get_parts(shapely.voronoi_polygons(points, only_edges=True))
    xy, line = shapely.get_coordinates(diagram, return_index=True)
    same = line[1:] == line[:-1]
    sides = shapely.linestrings(np.stack([xy[:-1][same], xy[1:][same]], axis=1))
    shapely.prepare(land)
    chains = _merged(sides[shapely.covers(land, sides)])
    while len(chains) > 1:
        leaf, wide = _leaves(chains), 2 * shapely.distance(shapely.get_point(chains, 0), edge)
        wide = np.maximum(wide, 2 * shapely.distance(shapely.get_point(chains, -1), edge))
        spur = leaf.any(axis=1) & (shapely.length(chains) < SPUR * wide)
        if spur.all():  # about as wide as long: nothing but corners
            return _axis(land)
        if not spur.any():
            break
        chains = _merged(chains[~spur])
    leaf = _leaves(chains)
    chains = shapely.simplify(chains, step / 5)
    return np.array([_out(c, land, *ends) for c, ends in zip(chains, leaf, strict=True)], dtype=object)


def _axis(land: shapely.Polygon) -> Lines:
    """Return the long axis of the least rectangle round land, led out of it."""
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(land))
    sides = np.hypot(*np.diff(box, axis=0).T)
    a, b, c, d = np.roll(box[:4], -int(sides[0] < sides[1]), axis=0)
    xy = np.stack([a + d, b + c]) / 2
    step = (xy[1] - xy[0]) / np.hypot(*(xy[1] - xy[0]))
    return np.array([shapely.LineString([xy[0] - step, xy[1] + step])], dtype=object)


def _merged(lines: Lines) -> Lines:
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))


def _leaves(chains: Lines) -> NDArray[np.bool_]:
    """Return whether the first and the last point of each line meet no other end."""
    ends = np.stack([shapely.get_point(chains, k) for k in (0, -1)], axis=1)
    _, place, count = np.unique(
        np.round(shapely.get_coordinates(ends.ravel()), 6), axis=0, return_inverse=True, return_counts=True
    )
    return (count[place] == 1).reshape(-1, 2)


def _out(line: shapely.LineString, land: shapely.Polygon, first: bool, last: bool) -> shapely.LineString:
    """Lead the loose ends of a line straight on out of the land."""
    xy = shapely.get_coordinates(line)
    for loose, end in ((first, 0), (last, -1)):
        if not loose:
            continue
        back = shapely.get_coordinates(line.interpolate(BACK if end == 0 else -BACK))[0]
        ahead = (xy[end] - back) / max(np.hypot(*(xy[end] - back)), NEAR)
        ray = shapely.LineString([xy[end], xy[end] + ahead * 10 * np.sqrt(land.area)])
        inside = shapely.get_parts(shapely.intersection(ray, land))
        own = [part for part in inside if shapely.dwithin(part, shapely.Point(xy[end]), NEAR)]
        xy[end] += ahead * (max(map(shapely.length, own), default=0.0) + 1.0)
    return shapely.LineString(np.round(xy, 6))
