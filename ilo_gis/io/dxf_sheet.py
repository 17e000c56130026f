"""What stands beside the plan in a DXF: tables of areas and vertices, north, scale, CRS and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["WIDE", "degrees_text", "draw_sheet", "turned", "write_text"]

GAP = 15.0  # mm on paper between the plan and what stands beside it
ROW, WIDE, AREAS, TITLE = 2.2, 0.85, 2.0, 2.5  # height of a row in texts, width of a letter; texts in mm
LEFT = "MIDDLE_LEFT"
SHOWN = 200  # vertices that a drawing lists; longer tables are files of their own


def draw_sheet(
    drawing: Any,
    content: Mapping[str, pd.DataFrame],
    box: NDArray[np.float64],
    scale: int,
    words: Mapping[str, Any],
    info: Mapping[str, str],
) -> None:
    """Draw all that stands beside the plan, from the top of its right side downwards."""
    mm = scale / 1000
    x, y = box[2] + GAP * mm, box[3]
    y = _north(drawing, x, y, mm)
    layers = [table for table in content.values() if getattr(table, "crs", None) is not None]
    said = [info.get("title") or words["title"], f"{words['scale']} 1:{scale}", words["units"]]
    if layers:
        crs = layers[0].crs
        said.append(f"{words['crs']}: {crs.name.replace(' zone ', words['zone'])} ({crs.to_string()})")
    said += [words["schematic"]] if info.get("schematic") == "yes" else []
    for line in [*said, words["made"]]:
        write_text(drawing, line, (x, y), TITLE * mm, "MEMBRETE", align=LEFT)
        y -= TITLE * mm * 1.8
    y -= GAP * mm / 2
    if "summary" in content:
        rows = [
            [
                words.get(str(item), str(item)),
                f"{row['count']:,}",
                f"{row['area']:,.2f}",
                f"{row['share']:.2f}",
            ]
            for item, row in content["summary"].iterrows()
        ]
        y = (
            _table(drawing, words["areas"], [words["heads_areas"], *rows], x, y, AREAS * mm)
            - AREAS * mm * ROW
        )
    if 0 < len(listed := content.get("vertices", pd.DataFrame())) <= SHOWN:
        rows = [
            [
                v.vertex,
                v.side,
                f"{v.distance:.2f}",
                degrees_text(v.angle),
                f"{v.easting:.3f}",
                f"{v.northing:.3f}",
            ]
            for v in listed.itertuples()
        ]
        _table(drawing, words["vertices"], [words["heads_vertices"], *rows], x, y, AREAS * mm)


def degrees_text(angle: float) -> str:
    r"""Return an angle in degrees, minutes and seconds, as plans have it.

    Examples
    --------
    >>> degrees_text(90.0), degrees_text(89.99999), degrees_text(45.508)
    ('90°00\'00"', '90°00\'00"', '45°30\'29"')
    """
    seconds = round(angle * 3600)
    return f"{seconds // 3600}°{seconds // 60 % 60:02d}'{seconds % 60:02d}\""


def _table(drawing: Any, title: str, rows: list[list[str]], x: float, y: float, height: float) -> float:
    """Draw a table of lines and texts with its upper left corner at x, y; return where it ends."""
    space, where = drawing.modelspace(), {"layer": "CUADRO"}
    write_text(drawing, title, (x, y), height * 1.2, "CUADRO", align=LEFT)
    top, row = y - height * ROW, height * ROW
    widths = [(max(len(line[n]) for line in rows) + 2) * height * WIDE for n in range(len(rows[0]))]
    edges = x + np.concatenate([[0.0], np.cumsum(widths)])
    bottom = top - row * len(rows)
    for k in range(len(rows) + 1):
        space.add_line((edges[0], top - k * row), (edges[-1], top - k * row), dxfattribs=where)
    for edge in edges:
        space.add_line((edge, top), (edge, bottom), dxfattribs=where)
    for k, line in enumerate(rows):
        for n, text in enumerate(line):
            right = n > 0 and k > 0
            at = edges[n + 1] - height * WIDE / 2 if right else edges[n] + height * WIDE / 2
            place = (at, top - (k + 0.5) * row)
            write_text(drawing, text, place, height, "CUADRO", align="MIDDLE_RIGHT" if right else LEFT)
    return float(bottom - 2 * row)


def _north(drawing: Any, x: float, y: float, mm: float) -> float:
    """Draw an arrow to grid north, 18 mm high, at x, y; return where the next thing goes."""
    space, where, at = drawing.modelspace(), {"layer": "MEMBRETE"}, x + 6 * mm
    space.add_lwpolyline(
        [(at, y), (at - 4 * mm, y - 18 * mm), (at, y - 14 * mm), (at + 4 * mm, y - 18 * mm)],
        close=True,
        dxfattribs=where,
    )
    write_text(drawing, "N", (at, y + 3 * mm), 4 * mm, "MEMBRETE")
    return y - 26 * mm


def write_text(
    drawing: Any,
    text: str,
    at: Any,
    height: float,
    layer: str,
    *,
    align: str = "MIDDLE_CENTER",
    turn: float = 0.0,
    space: Any = None,
) -> None:
    """Write a line of text, by default in the model; what DXF would take for a command is written apart."""
    from ezdxf.enums import TextEntityAlignment

    plain = " ".join(text.replace("%%", "% %").replace("^", " ").replace("\\U+", "U+").split())
    shown = {"layer": layer, "height": height, "rotation": turn, "style": "ILO"}
    where = (float(at[0]), float(at[1]))
    space = drawing.modelspace() if space is None else space
    space.add_text(plain, dxfattribs=shown).set_placement(where, align=TextEntityAlignment[align])


def turned(start: NDArray[np.float64], stop: NDArray[np.float64]) -> float:
    """Return the direction of a text along a line, in degrees, so that it is not upside down.

    Examples
    --------
    >>> turned(np.array([0.0, 0.0]), np.array([-5.0, 0.0]))
    0.0
    """
    east, north = stop - start
    turn = float(np.degrees(np.arctan2(north, east)))
    return turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn
