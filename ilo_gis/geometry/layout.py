"""Polygons cut into pieces that are meant to be lots. Whether they are, is measured afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.march import march
from ilo_gis.geometry.outline import Outline, read_outline
from ilo_gis.geometry.pieces import pieces
from ilo_gis.geometry.skeleton import roof
from ilo_gis.geometry.tour import Tour, tour

__all__ = ["Layout", "lay_out"]

Polygons = NDArray[np.object_]

TOLERANCES = (0.5, 1.0, 2.0)  # m; what counts as a corner, coarser where the skeleton fails
MOST_LOTS = 5000  # a polygon that could hold more is no block
EXACT = 1e-9  # share of a block's area that its pieces may differ from it: rounding, no more


@dataclass(frozen=True)
class Layout:
    """Pieces of many polygons.

    Attributes
    ----------
    pieces : array of Polygon
        The pieces.
    owner : int array
        Which polygon each piece is of.
    whole : bool array
        Which polygons could not be divided, and are one piece.
    """

    pieces: Polygons
    owner: NDArray[np.int64]
    whole: NDArray[np.bool_]


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
    # a front too narrow for its depth is avoided with some margin, since backs are not straight
    slim = 0.85 * ratio * front
    bound = np.minimum(shapely.area(polygons) / area, shapely.length(polygons) / front)
    tours = [
        _tour(polygon, on_street, depth, slim) if 2 <= most <= MOST_LOTS else None
        for polygon, most in zip(polygons, bound, strict=True)
    ]
    found = [t for t in tours if t is not None]
    cuts = iter(march([run for t in found for run in t.runs], area, front))
    parts = [
        [polygon] if t is None else pieces(t, [next(cuts) for _ in t.runs])
        for polygon, t in zip(polygons, tours, strict=True)
    ]
    parts = [_fitted(polygon, part) for polygon, part in zip(polygons, parts, strict=True)]
    counts = np.array([len(part) for part in parts], dtype=np.int64)
    flat = np.array([piece for part in parts for piece in part], dtype=object)
    return Layout(flat, np.repeat(np.arange(len(polygons)), counts), counts == 1)


def _tour(
    polygon: shapely.Polygon, on_street: Callable[[Outline], NDArray[np.bool_]], depth: float, slim: float
) -> Tour | None:
    for tolerance in TOLERANCES:
        outline = read_outline(polygon, tolerance)
        if outline is None:
            return None
        over = roof(outline.local[outline.corners])
        if over is not None:
            return tour(outline, over, cap=depth, slim=slim, street=on_street(outline))
    return None


def _fitted(polygon: shapely.Polygon, parts: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """Return the parts if they cover the polygon exactly, else what a robust overlay makes of them.

    The overlay is needed for holes, and for outlines so bent that a side line leaves them.
    """
    if len(parts) > 1 and not len(polygon.interiors) and _covers(polygon, parts):
        return parts
    if len(parts) > 1:
        lines = shapely.union_all([polygon.boundary, *(part.exterior for part in parts)])
        faces = shapely.get_parts(shapely.polygonize([lines]))
        shapely.prepare(polygon)
        inside = faces[shapely.contains_properly(polygon, shapely.point_on_surface(faces))]
        if _covers(polygon, inside):
            return list(inside)
    return [polygon]


def _covers(polygon: shapely.Polygon, parts: list[shapely.Polygon] | Polygons) -> bool:
    gap = abs(shapely.area(parts).sum() - polygon.area)
    return bool(
        gap <= EXACT * polygon.area and shapely.is_valid(parts).all() and shapely.coverage_is_valid(parts)
    )
