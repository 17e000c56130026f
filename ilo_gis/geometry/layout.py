"""Polygons cut into pieces that are meant to be lots. Whether they are, is measured afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.coverage import uncovered
from ilo_gis.geometry.march import march
from ilo_gis.geometry.outline import Outline, read_outline
from ilo_gis.geometry.pieces import pieces
from ilo_gis.geometry.skeleton import roof
from ilo_gis.geometry.tour import Tour, tour

__all__ = ["Layout", "lay_out"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

TOLERANCES = (0.5, 1.0, 2.0, 4.0)  # m; what counts as a corner, coarser where the skeleton fails
PLENTY = 4  # room for so many pieces should have made at least two
MOST_LOTS = 5000  # a polygon that could hold more is no block
SLIVER = 1e-4  # m; a face of less area for its outline is a rounding, no land


@dataclass(frozen=True)
class Layout:
    """Pieces of many polygons.

    Attributes
    ----------
    pieces : array of Polygon
        The pieces.
    owner : int array
        Which polygon each piece is of.
    undivided : bool array
        Which polygons have room for several pieces, but are one because no way was found.
    """

    pieces: Polygons
    owner: Ints
    undivided: NDArray[np.bool_]


def lay_out(
    polygons: Polygons,
    on_street: Callable[[Outline], NDArray[np.bool_]],
    *,
    area: float,
    front: float,
    depth: float,
    ratio: float,
) -> Layout:
    """Cut polygons into rows of pieces along their streets.

    Parameters
    ----------
    polygons : array of Polygon
        Valid polygons in metres. Holes have no street.
    on_street : callable
        Which segments of an outline lie on a street.
    area, front : float
        Least area (m2) and street front (m) of a piece.
    depth : float
        Greatest depth of a piece, in m; what lies deeper is a piece of its own.
    ratio : float
        Greatest depth to width that is aimed at.

    Returns
    -------
    Layout
        Pieces that cover each polygon exactly.
    """
    # a third under the limit: backs are not straight, and few like the slimmest lots that are legal
    slim = 0.66 * ratio * front
    bound = np.minimum(shapely.area(polygons) / area, shapely.length(polygons) / front)
    tours = [
        _tour(polygon, on_street, area, front, depth, slim) if 2 <= most <= MOST_LOTS else None
        for polygon, most in zip(polygons, bound, strict=True)
    ]
    found = [t for t in tours if t is not None]
    cuts = iter(march([run for t in found for run in t.runs], area, front))
    rings = [[] if t is None else pieces(t, [next(cuts) for _ in t.runs]) for t in tours]
    parts, owner = _fitted(polygons, *_polygons(rings))
    counts = np.bincount(owner, minlength=len(polygons))
    return Layout(parts, owner, (counts == 1) & (bound >= PLENTY))


def _polygons(rings: list[list[Floats]]) -> tuple[Polygons, Ints]:
    """Make polygons of rings, and tell which list of rings each is of."""
    flat = [ring for own in rings for ring in own]
    owner = np.repeat(np.arange(len(rings)), [len(own) for own in rings])
    if not flat:
        return np.empty(0, dtype=object), owner
    corners = np.repeat(np.arange(len(flat)), [len(ring) for ring in flat])
    return shapely.polygons(shapely.linearrings(np.concatenate(flat), indices=corners)), owner


def _tour(
    polygon: shapely.Polygon,
    on_street: Callable[[Outline], NDArray[np.bool_]],
    area: float,
    front: float,
    depth: float,
    slim: float,
) -> Tour | None:
    for tolerance in TOLERANCES:
        outline = read_outline(polygon, tolerance)
        if outline is None:
            return None
        over = roof(outline.local[outline.corners])
        if over is not None:
            return tour(
                outline, over, area=area, front=front, cap=depth, slim=slim, street=on_street(outline)
            )
    return None


def _fitted(polygons: Polygons, parts: Polygons, owner: Ints) -> tuple[Polygons, Ints]:
    """Return parts that cover their polygons exactly.

    Most do already. Holes, and outlines so bent that a side line leaves them, need a robust
    overlay; what even that does not mend stays in one piece.
    """
    off = uncovered(parts, polygons, owner) | (shapely.get_num_interior_rings(polygons) > 0)
    mended = [(_overlaid(polygons[k], parts[owner == k]), k) for k in np.flatnonzero(off)]
    kept = ~off[owner]
    parts = np.concatenate([parts[kept], *(faces for faces, _ in mended)])
    owner = np.concatenate([owner[kept], *(np.full(len(faces), k) for faces, k in mended)])
    order = np.argsort(owner, kind="stable")
    return parts[order], owner[order]


def _overlaid(polygon: shapely.Polygon, parts: Polygons) -> Polygons:
    """Cut a polygon along the outlines of parts that do not fit it."""
    own = shapely.get_exterior_ring(parts)
    shapely.prepare(polygon)
    # the outline of good parts is that of the polygon, but for a rounding at each side line: to cut
    # along both would leave slivers, so the polygon's own outline is the second choice
    for edges in (polygon.interiors, shapely.get_parts(polygon.boundary)):
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all([*own, *edges])]))
        faces = faces[shapely.contains_properly(polygon, shapely.point_on_surface(faces))]
        faces = _without_slivers(faces)
        one = np.zeros(len(faces), dtype=np.int64)
        if len(faces) and not uncovered(faces, np.array([polygon]), one)[0]:
            return faces
    return np.array([polygon], dtype=object)


def _without_slivers(faces: Polygons) -> Polygons:
    """Join each face too thin to be land to the neighbour with which it shares most of its edge."""
    area = shapely.area(faces)
    thin = list(faces[area <= SLIVER * shapely.length(faces)])
    land = faces[area > SLIVER * shapely.length(faces)]
    while thin and len(land):
        shared = [
            shapely.length(shapely.intersection(face.boundary, shapely.boundary(land))) for face in thin
        ]
        k = int(np.argmax([lengths.max() for lengths in shared]))
        best = int(np.argmax(shared[k]))
        joined = shapely.union(land[best], thin.pop(k))
        if joined.geom_type == "Polygon":  # else it touched in a point, and is less than a rounding
            land[best] = joined
    return land
