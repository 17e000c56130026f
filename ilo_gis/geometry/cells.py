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


def spine(land: shapely.Polygon, step: float) -> shapely.LineString:
    """Return a line along the middle of thin land, from end to end and past them.

    Parameters
    ----------
    land : Polygon
    step : float
        Distance between the places where the middle is taken, m.

    Examples
    --------
    >>> spine(shapely.box(0, 0, 200, 40), 50.0).wkt
    'LINESTRING (-1 20, 201 20)'
    """
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(land))
    sides = np.hypot(*np.diff(box, axis=0).T)
    a, b, c = np.roll(box[:4], -int(sides[0] < sides[1]), axis=0)[:3]
    long, across = b - a, c - b
    size = float(np.hypot(*long))
    at = np.linspace(0.0, 1.0, max(int(np.ceil(size / step)), 1) + 1)
    at[[0, -1]] = [0.5 / size, 1 - 0.5 / size]
    foot = a + at[:, None] * long
    sections = shapely.intersection(
        shapely.linestrings(np.stack([foot - across, foot + 2 * across], axis=1)), land
    )
    widest = [max(shapely.get_parts(s), key=shapely.length, default=None) for s in sections]
    points = np.array(
        [shapely.get_coordinates(w).mean(axis=0) for w in widest if w is not None and w.length > 0]
    )
    line = shapely.simplify(shapely.LineString(points), 1.0)
    xy = shapely.get_coordinates(line)
    for end, before in ((0, 1), (-1, -2)):
        ahead = xy[end] - xy[before]
        xy[end] = np.round(xy[end] + ahead / np.hypot(*ahead) * 1.5, 6)
    return shapely.LineString(xy)
