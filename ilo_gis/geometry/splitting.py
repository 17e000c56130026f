"""Polygons cut along the outline of land, to the last m2."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError
from ilo_gis.geometry.coverage import prove_cover

__all__ = ["split_by"]

GRIDS = (0.0, 2.0**-29, 1e-8)  # m, none first: outlines that nearly coincide need one to cross once


def split_by(
    polygons: NDArray[np.object_], land: shapely.Geometry, sliver: float = 0.0
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.bool_]]:
    """Cut polygons along the outline of land; no m2 is lost, and the pieces share their vertices.

    Parameters
    ----------
    polygons : array of Polygon or MultiPolygon, shape (n,)
        Valid polygons in metres that do not overlap.
    land : Polygon or MultiPolygon
        The land; what lies beyond all polygons does not count.
    sliver : float
        A piece below this area, m2, counts as one on the other side of the cut.

    Returns
    -------
    pieces : array of Polygon, shape (m,)
        The pieces of the polygons that have land within; the others are left out.
    owner : array of int, shape (m,)
        The polygon that each is of.
    within : array of bool, shape (m,)
        Whether it is within the land.

    Raises
    ------
    ExactnessError
        If the pieces are not the polygons: a fault of ilo_gis.

    Examples
    --------
    >>> pieces, owner, within = split_by(np.array([shapely.box(0, 0, 9, 5)]), shapely.box(6, -9, 20, 9))
    >>> shapely.area(pieces).tolist(), within.tolist()
    ([30.0, 15.0], [False, True])
    """
    for grid in GRIDS:
        try:
            return _split(polygons, land, sliver, grid)
        except (ExactnessError, shapely.GEOSException):
            if grid == GRIDS[-1]:
                raise
    raise AssertionError


def _split(
    polygons: NDArray[np.object_], land: shapely.Geometry, sliver: float, grid: float
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.bool_]]:
    outlines = shapely.union_all(shapely.boundary(np.append(polygons, land)), grid_size=grid or None)
    faces = shapely.get_parts(shapely.polygonize([outlines]))
    points = shapely.point_on_surface(faces)
    face, of = shapely.STRtree(polygons).query(points, predicate="within")
    face, first = np.unique(face, return_index=True)  # where two overlap by a slip, the first has it
    faces, of = faces[face], of[first]
    shapely.prepare(land)
    within = shapely.contains(land, points[face]) ^ (shapely.area(faces) < sliver)
    cut = np.isin(of, of[within])
    faces, of, within = faces[cut], of[cut], within[cut]
    groups = [(k, side) for k in np.unique(of) for side in (False, True)]
    merged = [shapely.coverage_union_all(faces[(of == k) & (within == side)]) for k, side in groups]
    pieces, group = shapely.get_parts(merged, return_index=True)
    owner, side = np.array(groups, dtype=np.int64).reshape(-1, 2)[group].T
    whole = shapely.union_all(polygons[np.unique(of)], grid_size=grid or None)
    if len(pieces):
        prove_cover(pieces, np.array([whole]), what="pieces")
    return pieces, owner, side.astype(bool)
