"""The patterns of rows that a cell is tried with: straight ones, and such that follow a bent edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.rows import lengthened, offsets
from ilo_gis.subdivision.design import Pattern

__all__ = ["anchors", "bent_guides", "straight_guide", "straight_guides"]

Floats = NDArray[np.float64]

STEP = 15.0  # degrees between the directions tried besides those of the edges
SAME = 3.0  # degrees; directions closer are one
SHORT = 60.0  # m; shorter edges give no direction
BEND, SPAN = 40.0, 0.6  # degrees of the sharpest bend of a guide; its least length, of the size of the land
PARALLEL = 0.6  # degrees


def straight_guide(inner: shapely.Geometry, angle: float) -> shapely.LineString:
    """Return a straight line through the middle of the land, longer than it.

    Parameters
    ----------
    inner : Polygon or MultiPolygon
    angle : float
        Degrees counter-clockwise from east.
    """
    middle = shapely.get_coordinates(shapely.centroid(inner))[0]
    step = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * _reach(inner)
    return shapely.LineString([middle - step, middle + step])


def straight_guides(inner: shapely.Geometry) -> list[shapely.LineString]:
    """Return straight guides along the longer edges of the land, and every 15 degrees between."""
    start, stop = _edges(inner)
    size = np.hypot(*(stop - start).T)
    along = np.mod(np.degrees(np.arctan2(*(stop - start).T[::-1])), 180.0)
    found: list[float] = []
    for k in np.argsort(-size, kind="stable"):
        if size[k] >= SHORT and all(_apart(along[k], a) > SAME for a in found):
            found += [along[k], np.mod(along[k] + 90.0, 180.0)]
    for angle in np.arange(0.0, 180.0, STEP):
        if all(_apart(angle, a) > STEP / 2 for a in found):
            found.append(angle)
    return [straight_guide(inner, angle) for angle in found]


def _apart(one: float, other: float) -> float:
    return abs((one - other + 90.0) % 180.0 - 90.0)


def bent_guides(inner: shapely.Geometry) -> list[shapely.LineString]:
    """Return the parts of the outline that bend gently, led straight on past the land."""
    found = []
    for ring in shapely.simplify(shapely.get_exterior_ring(shapely.get_parts(inner)), 1.0):
        xy = shapely.get_coordinates(ring)[:-1]
        if len(xy) < 3:
            continue
        step = np.roll(xy, -1, axis=0) - xy
        turn = np.degrees(np.arctan2(*step.T[::-1]))
        bend = np.abs(np.mod(turn - np.roll(turn, 1) + 180.0, 360.0) - 180.0)  # at each vertex
        sharp = np.flatnonzero(bend > BEND)
        if not len(sharp):
            continue
        for a, b in zip(sharp, np.roll(sharp, -1), strict=True):
            chain = np.arange(a, b + 1 if b > a else b + len(xy) + 1) % len(xy)
            line = shapely.LineString(xy[chain])
            wide = np.ptp(
                xy @ (xy[chain[-1]] - xy[chain[0]]) / max(np.hypot(*(xy[chain[-1]] - xy[chain[0]])), 1.0)
            )
            if len(chain) > 2 and shapely.length(line) > SPAN * wide and bend[chain[1:-1]].max() > 2.0:
                found.append(lengthened(line, 2 * _reach(inner)))
    return found


def anchors(inner: shapely.Geometry, pattern: Pattern, number: int, seed: int = 0) -> list[Pattern]:
    """Return a pattern with its rows at several places: beside edges parallel to them, and evenly.

    With a `seed` other than 0 the even places begin at one drawn by it, not at the edge of the land.
    """
    start, stop = _edges(inner)
    guide = pattern.guide
    one, other = offsets(start, guide), offsets(stop, guide)
    size = np.hypot(*(stop - start).T)
    along = (np.abs(one - other) < np.sin(np.radians(PARALLEL)) * size) & (size >= SHORT)
    away = (one + other)[along] / 2
    low = offsets(shapely.get_coordinates(inner), guide).min()
    first = np.random.default_rng(seed).random() if seed else 0.0
    places = np.concatenate(
        [
            away[np.argsort(-size[along], kind="stable")][:3],
            low + (np.arange(number) + first) / number * pattern.pitch,
        ]
    )
    found: list[Pattern] = []
    for place in np.mod(places, pattern.pitch):
        if all(min(abs(place - p.anchor), pattern.pitch - abs(place - p.anchor)) > 1.0 for p in found):
            found.append(replace(pattern, anchor=float(place)))
    return found


def _edges(inner: shapely.Geometry) -> tuple[Floats, Floats]:
    """Return the edges of the outline, straight ones whole."""
    parts = shapely.get_parts(shapely.simplify(shapely.get_parts(shapely.boundary(inner)), 0.5))
    xy, line = shapely.get_coordinates(parts, return_index=True)
    same = line[1:] == line[:-1]
    return xy[:-1][same], xy[1:][same]


def _reach(inner: shapely.Geometry) -> float:
    low_x, low_y, high_x, high_y = shapely.bounds(inner)
    return float(np.hypot(high_x - low_x, high_y - low_y)) + 100.0
