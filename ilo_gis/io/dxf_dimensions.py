"""Measures of the sides of lots as dimensions of CAD: one a straight stretch, a shared side once."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.io.dxf_sheet import WIDE, turned, write_text

__all__ = ["draw_dimensions"]

STYLE = "ILO"
INSET = 1.0  # heights of text between a side and the middle of its measure, within the lot
STRAIGHT = 0.001  # m; vertices that lie so near to a straight line divide no side
ALIGNED, OWN_BLOCK, PLACED = 1, 32, 128  # kind of a dimension and its marks: group code 70
LINE = {"dimse1": 1, "dimse2": 1, "dimsd1": 1, "dimsd2": 1}  # none are drawn: the side itself is that line
WRITTEN = {"dimtad": 1, "dimtih": 0, "dimtoh": 0, "dimdec": 2, "dimzin": 0, "dimdsep": ord("."), "dimlfac": 1}

Floats = NDArray[np.float64]


def draw_dimensions(
    drawing: Any, sides: gpd.GeoDataFrame, height: float, layer: str, *, as_text: bool = False
) -> None:
    """Draw a dimension on each straight stretch of the sides of lots on which its measure has room.

    A stretch that two lots share is measured once, within the lot that comes first by its id. A curve, of
    stretches that are too short each, has its length as a text.

    Parameters
    ----------
    drawing : ezdxf.document.Drawing
        In metres, with the style of texts ILO.
    sides : GeoDataFrame
        Table ``lot_sides``; each with its lot on the left.
    height : float
        Height of the texts, m.
    layer : str
        Layer of the drawing.
    as_text : bool
        Whether only the texts are drawn.
    """
    if not as_text:
        _add_style(drawing, height)
    own = sides[~_measured_by_neighbour(sides)]
    lines = np.asarray(shapely.simplify(own.geometry.array, STRAIGHT), dtype=object)
    points, of = shapely.get_coordinates(lines, return_index=True)
    inner = of[1:] == of[:-1]
    start, stop, of = points[:-1][inner], points[1:][inner], of[:-1][inner]
    length = np.hypot(*(stop - start).T)
    wide = _has_room(length, height)
    for a, b, measure in zip(start[wide], stop[wide], length[wide], strict=True):
        _draw(drawing, a, b, measure, height, layer, as_text)
    whole = own["length"].to_numpy(dtype=np.float64)
    curved = _has_room(whole, height, "L=")
    curved[of[wide]] = False
    for line, measure in zip(lines[curved], whole[curved], strict=True):
        at = shapely.get_coordinates(shapely.line_interpolate_point(line, 0.5, normalized=True))[0]
        first, last = shapely.get_coordinates(line)[[0, -1]]
        at = at + _inwards(first, last) * height * INSET
        write_text(drawing, f"L={measure:.2f}", at, height, layer, turn=turned(first, last))


def _measured_by_neighbour(sides: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which sides belong to a lot whose neighbour there has a smaller id, and is measured too."""
    lots = sides["lot_id"].astype(str)
    behind = sides["neighbour"].fillna("").astype(str)
    land = sides["neighbour_kind"].isin(["lot", "remnant"])
    return (land & behind.isin(lots) & (behind < lots)).to_numpy(dtype=bool)


def _has_room(length: Floats, height: float, before: str = "") -> NDArray[np.bool_]:
    """Tell on which sides a measure of two decimals fits."""
    digits = np.floor(np.log10(np.maximum(length, 1.0))) + 1 + len(".00") + len(before)
    return length > digits * height * WIDE


def _inwards(start: Floats, stop: Floats) -> Floats:
    """Return the direction to the left of a line, of length 1."""
    east, north = (stop - start) / np.hypot(*(stop - start))
    return np.array([-north, east])


def _draw(
    drawing: Any, start: Floats, stop: Floats, measure: float, height: float, layer: str, as_text: bool
) -> None:
    """Add one dimension with the block that programs show, which is its text; or the text alone."""
    at = (start + stop) / 2 + _inwards(start, stop) * height * INSET
    block = None if as_text else drawing.blocks.new_anonymous_block(type_char="D")
    write_text(drawing, f"{measure:.2f}", at, height, layer, turn=turned(start, stop), space=block)
    if block is None:
        return
    known = {
        "layer": layer,
        "dimstyle": STYLE,
        "geometry": block.name,
        "dimtype": ALIGNED | OWN_BLOCK | PLACED,
        "defpoint": tuple(stop),
        "defpoint2": tuple(start),
        "defpoint3": tuple(stop),
        "text_midpoint": tuple(at),
        "actual_measurement": measure,
        "attachment_point": 5,  # the middle of the text
    }
    drawing.modelspace().new_entity("DIMENSION", known)


def _add_style(drawing: Any, height: float) -> None:
    """Add the style by which CAD draws an edited dimension again: text along the side, two decimals."""
    known = {"dimtxt": height, "dimgap": height * (INSET - 0.5), "dimscale": 1, "dimtxsty": STYLE}
    drawing.dimstyles.new(STYLE, dxfattribs={**known, **LINE, **WRITTEN})
