"""Geometries and labels on a matplotlib axes: few draw calls, however many features."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["draw_lines", "draw_ovals", "draw_polygons", "draw_text", "label_points", "paper_size", "room"]

CHUNK = 400  # polygons per path: fewer calls, and paths that the rasteriser can hold
POINTS = 72.0 / 25.4  # points in a millimetre

Array = NDArray[Any]


def draw_polygons(axes: Any, polygons: Array, **looks: Any) -> None:
    """Draw polygons, holes and parts included, in one call. Looks are those of PathCollection."""
    from matplotlib.collections import PathCollection

    parts = shapely.get_parts(polygons[~shapely.is_missing(polygons)])
    parts = shapely.orient_polygons(parts[~shapely.is_empty(parts)])
    paths = [_path(parts[i : i + CHUNK]) for i in range(0, len(parts), CHUNK)]
    if paths:
        axes.add_collection(PathCollection(paths, **looks), autolim=False)


def draw_lines(axes: Any, lines: Array, **looks: Any) -> None:
    """Draw lines of any kind in one call. Looks are those of LineCollection."""
    from matplotlib.collections import LineCollection

    parts = shapely.get_parts(lines[~shapely.is_missing(lines)])
    xy, owner = shapely.get_coordinates(parts, return_index=True)
    if len(xy):
        segments = np.split(xy, np.flatnonzero(np.diff(owner)) + 1)
        axes.add_collection(LineCollection(segments, **looks), autolim=False)


def draw_ovals(axes: Any, xy: Array, widths: Array, heights: Array, **looks: Any) -> None:
    """Draw an oval at each point, sized in points on paper, as one collection."""
    from matplotlib.collections import EllipseCollection

    if len(xy):
        where = {"offsets": xy, "offset_transform": axes.transData, "units": "points"}
        axes.add_collection(
            EllipseCollection(widths, heights, np.zeros(len(xy)), **where, **looks), autolim=False
        )


def draw_text(axes: Any, xy: Array, texts: list[str], size: Any, **looks: Any) -> None:
    """Write a centred text at each point, each in its own size in points, as one collection of outlines.

    `angle`, among the looks, is the direction of each text in radians from the east.
    """
    from matplotlib.collections import PathCollection
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    if not len(texts):
        return
    font = FontProperties(family="DejaVu Sans", weight=looks.pop("weight", "normal"))
    at_ten = {text: TextPath((0, 0), text, size=10, prop=font) for text in dict.fromkeys(texts)}
    middle = {text: path.get_extents().get_points().mean(axis=0) for text, path in at_ten.items()}
    sizes, angles = (
        np.broadcast_to(np.asarray(value, dtype=float), len(texts))
        for value in (size, looks.pop("angle", 0.0))
    )
    paths = [
        Path((at_ten[t].vertices - middle[t]) * (s / 10) @ _turn(a), at_ten[t].codes)
        for t, s, a in zip(texts, sizes, angles, strict=True)
    ]
    per_point = Affine2D().scale(1 / 72) + axes.figure.dpi_scale_trans
    for style in _halo(looks):
        words = PathCollection(
            paths, offsets=xy, offset_transform=axes.transData, transform=per_point, **style
        )
        words.set_transform(per_point)
        axes.add_collection(words, autolim=False)


def label_points(polygons: Array) -> Array:
    """Return the centroid of each polygon, or a point on its surface where that lies outside."""
    points = shapely.centroid(polygons)
    outside = ~shapely.covers(polygons, points)
    points[outside] = shapely.point_on_surface(polygons[outside])
    return shapely.get_coordinates(points)


def room(polygons: Array, xy: Array) -> Array:
    """Return how many metres a line of text centred at each point has within its polygon."""
    low, _, high, _ = shapely.bounds(polygons).T
    half = np.maximum(high - low, 0.0)
    ends = [np.column_stack([xy[:, 0] + side * half, xy[:, 1]]) for side in (-1, 1)]
    inside = shapely.intersection(polygons, shapely.linestrings(np.stack(ends, axis=1)))
    west, _, east, _ = shapely.bounds(inside).T
    return np.nan_to_num(2 * np.minimum(xy[:, 0] - west, east - xy[:, 0]))


def paper_size(polygons: Array, scale: float) -> Array:
    """Return the short side, in points, of the rectangle with the area and outline of each polygon.

    `scale` is the number of points on paper in one metre.
    """
    half = shapely.length(polygons) / 2
    return scale * (half - np.sqrt(np.maximum(half**2 - 4 * shapely.area(polygons), 0.0))) / 2


def _turn(angle: float) -> Array:
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, sine], [-sine, cosine]])


def _halo(looks: dict[str, Any]) -> list[dict[str, Any]]:
    halo = looks.pop("halo", 0.0)
    color, zorder = looks.pop("color"), looks.pop("zorder")
    ink = {"facecolor": color, "edgecolor": "none", "linewidth": 0, "zorder": zorder}
    if not halo:
        return [ink]
    return [{"facecolor": "white", "edgecolor": "white", "linewidth": halo, "zorder": zorder - 0.01}, ink]


def _path(polygons: Array) -> Any:
    from matplotlib.path import Path

    _, xy, (rings, _) = shapely.to_ragged_array(polygons)[:3]
    codes = np.full(len(xy), Path.LINETO, dtype=Path.code_type)
    codes[rings[:-1]] = Path.MOVETO
    codes[rings[1:] - 1] = Path.CLOSEPOLY
    return Path(xy[:, :2], codes)
