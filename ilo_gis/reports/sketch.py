"""The location sketch of a certificate, as shapes in millimetres that any page can draw."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.tables import require_no_private

__all__ = ["Label", "Shape", "Sketch", "draw"]

SCALES = (250, 500, 750, 1000, 1250, 1500, 2000, 2500, 4000, 5000, 7500, 10_000, 20_000, 50_000)
ROOM = 0.86  # share of the frame that the block may fill
BAR = 30.0  # mm; the scale bar is at most so long
PALE = 0.35  # how much of the colour of a zone its land between the lots has
LEAST = 4.0  # mm; lots narrower than this on paper have no number
INK, LINE, MARK = "#1d1d1b", "#6b665c", "#b3261e"


@dataclass(frozen=True)
class Shape:
    """Rings of a polygon, or dashed lines, in mm from the lower left corner; stroke width in mm."""

    rings: tuple[NDArray[np.float64], ...]
    fill: str | None
    stroke: str
    width: float
    dashed: bool = False


@dataclass(frozen=True)
class Label:
    """A text, centred on a place in mm, with its height in mm."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    circle: bool = False


@dataclass(frozen=True)
class Sketch:
    """Shapes and labels in a frame, from back to front.

    Attributes
    ----------
    width, height : float
        Of the frame, mm.
    shapes, labels : tuple
        What is drawn, cut at the frame.
    scale : int
        Denominator of the scale on paper.
    bar : float
        Length of the scale bar on the ground, m.
    legend : tuple of (str, str)
        Colour and code of the zones in sight, by code.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    scale: int
    bar: float
    legend: tuple[tuple[str, str], ...]


def draw(surroundings: gpd.GeoDataFrame, width: float, height: float) -> Sketch:
    """Return the sketch of a lot in its block, at a round scale, with the neighbours in sight.

    Parameters
    ----------
    surroundings : GeoDataFrame
        Columns ``layer`` (zone, lot or own), ``block``, ``label``, ``code``, ``color``; in metres.
    width, height : float
        Size of the frame, mm.

    Examples
    --------
    >>> own = geopandas.GeoDataFrame({"layer": ["own"], "block": ["K"], "label": ["1"], "code": ["RDM"],
    ...     "color": ["#f7c653"]}, geometry=[shapely.box(0, 0, 8, 20)], crs=32719)
    >>> sketch = draw(own, 80.0, 60.0)
    >>> sketch.scale, sketch.bar, sketch.legend
    (500, 10.0, (('#f7c653', 'RDM'),))
    """
    require_no_private(surroundings)
    own = surroundings["layer"] == "own"
    block = surroundings["block"].isin(surroundings["block"][own]) & (surroundings["layer"] == "lot")
    west, south, east, north = surroundings[own | block].total_bounds
    scale = _scale((east - west) / width / ROOM, (north - south) / height / ROOM)
    factor = 1000.0 / scale  # mm on paper for each m
    middle = np.array([west + east, south + north]) / 2
    half = np.array([width, height]) / 2 / factor
    frame = shapely.box(*(middle - half), *(middle + half))
    seen = surroundings[surroundings.intersects(frame)]
    placed = seen.set_geometry(
        gpd.GeoSeries(
            shapely.transform(
                np.asarray(seen.geometry.array, dtype=object), lambda xy: (xy - middle + half) * factor
            ),
            index=seen.index,
        )
    )
    paper = shapely.box(0, 0, width, height)
    seen = placed.set_geometry(placed.intersection(paper))
    zones, lots = (seen[seen["layer"] == layer] for layer in ("zone", "lot"))
    drawn = [
        *_shapes(zones, pale=True),
        *_shapes(lots),
        *_lines(placed[placed["layer"] == "zone"].boundary.intersection(paper)),
        *_shapes(seen[seen["layer"] == "own"], stroke=MARK, width=0.7),
    ]
    legend = dict(sorted(zip(seen["code"], seen["color"], strict=True)))
    return Sketch(
        width, height, tuple(drawn), tuple(_labels(seen)), scale, _bar(factor),
        tuple((color, code) for code, color in legend.items() if code),
    )  # fmt: skip


def _scale(*least: float) -> int:
    """Return the first round scale at which m / mm fit."""
    wanted = 1000 * max(least)
    return next((scale for scale in SCALES if scale >= wanted), int(np.ceil(wanted / 10_000)) * 10_000)


def _bar(factor: float) -> float:
    """Return the longest round length, m, that is at most `BAR` on paper."""
    most = BAR / factor
    power = 10.0 ** np.floor(np.log10(most))
    return float(power * max(step for step in (1, 2, 5) if step * power <= most))


def _shapes(
    rows: gpd.GeoDataFrame, *, stroke: str = LINE, width: float = 0.12, pale: bool = False
) -> list[Shape]:
    """Return the polygons of rows with their looks."""
    parts, row = shapely.get_parts(np.asarray(rows.geometry.array, dtype=object), return_index=True)
    colors = rows["color"].to_numpy()[row]
    return [
        Shape(_rings(part), _paler(color) if pale else color, color if pale else stroke, width)
        for part, color in zip(parts, colors, strict=True)
        if part.geom_type == "Polygon"
    ]


def _lines(bounds: gpd.GeoSeries) -> list[Shape]:
    """Return the bounds of zones as dashed lines."""
    merged = shapely.line_merge(shapely.union_all(np.asarray(bounds.array, dtype=object)))
    parts = [part for part in shapely.get_parts(merged) if part.geom_type == "LineString"]
    return [Shape((shapely.get_coordinates(part),), None, INK, 0.35, dashed=True) for part in parts]


def _rings(polygon: shapely.Polygon) -> tuple[NDArray[np.float64], ...]:
    return tuple(shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors))


def _paler(color: str) -> str:
    """Return a colour mixed with white."""
    parts = [round(255 + PALE * (int(color[i : i + 2], 16) - 255)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _labels(seen: gpd.GeoDataFrame) -> list[Label]:
    """Return numbers of lots, and the letters of blocks."""
    lots = seen[seen["layer"].isin(["lot", "own"]) & (seen["block"] != "")]
    wide = shapely.minimum_bounding_radius(np.asarray(lots.geometry.array, dtype=object)) > LEAST / 2
    numbered = lots[wide & (lots["label"] != "").to_numpy()]
    inside = shapely.get_coordinates(shapely.point_on_surface(np.asarray(numbered.geometry.array)))
    labels = [
        Label(x, y, text, 2.4 if own else 1.7, bold=own)
        for (x, y), text, own in zip(inside, numbered["label"], numbered["layer"] == "own", strict=True)
    ]
    for name, block in lots.groupby("block", sort=True):
        west, south, east, north = block.total_bounds
        if min(east - west, north - south) > 3 * LEAST:
            middle = shapely.centroid(shapely.union_all(np.asarray(block.geometry.array)))
            labels.append(Label(middle.x, middle.y, str(name), 2.6, bold=True, circle=True))
    return labels
