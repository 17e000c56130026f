"""A certificate as a PDF of one A4 page, with the text as text and fonts embedded."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

import numpy as np

from ilo_gis.reports.content import Content
from ilo_gis.reports.sketch import INK, LINE, MARK, Sketch

__all__ = ["certificate_pdf"]

WIDTH, HEIGHT = 210.0, 297.0  # mm, A4
LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 284.0, 12.0
SIDE = 84.0  # mm; the column of the sketch
MM = 25.4  # in an inch
POINT = 72 / MM  # points in a mm
SIZES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)  # of the text, the first that fits on the page
SOFT, BAND, RULE, SEAL = "#4a463f", "#ebe8e1", "#bdb8ac", "#7a2c22"
FONT = "DejaVu Sans"  # comes with matplotlib


@dataclass
class Sheet:
    """Texts, lines and boxes in mm, laid from the top down."""

    size: float
    y: float = TOP
    texts: list[tuple[float, float, str, dict[str, Any]]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float, float, str]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, str]] = field(default_factory=list)

    def text(self, x: float, text: str, points: float, wide: float = np.inf, **looks: Any) -> float:
        """Write a text whose first line is at the cursor; return how high it is, in mm."""
        points *= self.size
        step = points * 1.32 / POINT
        lines = _wrapped(text, points, wide, bool(looks.get("bold")))
        for k, line in enumerate(lines):
            self.texts.append((x, self.y - k * step - 0.8 * points / POINT, line, looks | {"points": points}))
        return step * len(lines)

    def heading(self, text: str, left: float = LEFT, right: float = RIGHT) -> None:
        """Write a heading on a band."""
        self.y -= 3.0 * self.size
        high = 4.6 * self.size
        self.boxes.append((left, self.y - high, right - left, high, BAND))
        self.boxes.append((left, self.y - high, 1.2, high, SEAL))
        self.y -= 0.8 * self.size
        self.text(left + 2.5, text.upper(), 8.4, bold=True)
        self.y -= high + 0.2 * self.size

    def rows(self, rows: tuple[tuple[str, str], ...], left: float, middle: float, right: float) -> None:
        """Write names and values in two columns."""
        for name, value in rows:
            high = [
                self.text(left + 1.5, name, 8.4, middle - left - 2, color=SOFT),
                self.text(middle, value, 8.4, right - middle, bold=True),
            ]
            self.y -= max(high) + 0.9 * self.size


def certificate_pdf(content: Content, sketch: Sketch, path: File) -> None:
    """Write the page; the same content gives the same bytes."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    sheet = next((s for s in (_laid(content, sketch, size) for size in SIZES) if s.y > BOTTOM), None)
    sheet = sheet or _laid(content, sketch, SIZES[-1])
    with mpl.rc_context({"pdf.fonttype": 42, "font.family": FONT, "path.simplify": False}):
        figure = Figure(figsize=(WIDTH / MM, HEIGHT / MM))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, HEIGHT))
        axes.set_axis_off()
        _draw(axes, sheet)
        _draw_sketch(axes, sketch, RIGHT - SIDE + 2.0, sheet, content.words)
        about = {"Title": f"{content.words['title']} {content.lot_id}", "CreationDate": None}
        FigureCanvasPdf(figure).print_figure(path, format="pdf", metadata=about)


def _laid(content: Content, sketch: Sketch, size: float) -> Sheet:
    """Return the page at a size of text."""
    sheet, words = Sheet(size), content.words
    middle, blank = (LEFT + RIGHT) / 2, "." * 28
    sheet.y -= sheet.text(
        middle, (content.issuer or f"{words['issuer']} {blank}").upper(), 12, bold=True, ha="center"
    )
    sheet.y -= sheet.text(middle, words["office"], 9, ha="center", color=SOFT) + 1.5
    sheet.lines += [
        (LEFT, sheet.y, RIGHT, sheet.y, 0.3, INK),
        (LEFT, sheet.y - 0.8, RIGHT, sheet.y - 0.8, 0.3, INK),
    ]
    sheet.y -= 5.0
    sheet.y -= sheet.text(middle, words["title"].upper(), 12.5, bold=True, ha="center") + 1.0
    sheet.y -= sheet.text(middle, f"{words['number']} {blank}", 10, ha="center")
    if content.schematic:
        sheet.y -= sheet.text(middle, content.schematic.upper(), 9, bold=True, ha="center", color=MARK)
    begun = sheet.y
    half = RIGHT - SIDE - 2.0
    for heading, rows in ((words["lot"], content.lot), (words["zoning"], content.zoning + content.dates)):
        sheet.heading(heading, LEFT, half)
        sheet.rows(rows, LEFT, LEFT + 0.4 * (half - LEFT), half)
    ended, sheet.y = sheet.y, begun
    sheet.heading(words["sketch"], RIGHT - SIDE + 2.0, RIGHT)
    sheet.y = min(ended, sheet.y - 1.0 - sketch.height - 6.0)
    _tables(sheet, content)
    sheet.y -= 20.0 * size
    sheet.lines.append((middle - 39, sheet.y, middle + 39, sheet.y, 0.25, INK))
    sheet.y -= 1.0
    sheet.y -= sheet.text(middle, words["signature"], 8.5, ha="center") + 2.0
    for text in content.footer:
        sheet.y -= sheet.text(middle, text, 7, ha="center", color=SOFT)
    return sheet


def _tables(sheet: Sheet, content: Content) -> None:
    """Write parameters, uses, remarks and the law."""
    words, columns = content.words, (LEFT + 1.5, 92.0, 128.0, RIGHT)
    sheet.heading(words["parameters"])
    heads = (words["parameter"], words["value"], words["source"])
    sheet.y -= max(sheet.text(x, text, 8, bold=True) for x, text in zip(columns, heads, strict=False)) + 0.5
    sheet.lines.append((LEFT, sheet.y, RIGHT, sheet.y, 0.3, INK))
    for row in content.parameters:
        sheet.y -= 0.7 * sheet.size
        looks: tuple[dict[str, Any], ...] = ({}, {"bold": True}, {"color": SOFT})
        high = [
            sheet.text(columns[k], row[k], 8.2, columns[k + 1] - columns[k] - 1.5, **looks[k])
            for k in range(3)
        ]
        sheet.y -= max(high) + 0.4 * sheet.size
        sheet.lines.append((LEFT, sheet.y, RIGHT, sheet.y, 0.1, RULE))
    wide = RIGHT - LEFT - 3
    for heading, texts in (
        (words["uses"], [f"{name}: {uses}." for name, uses in content.uses]),
        (words["notes"], [f"•  {text}" for text in content.notes]),
        (words["law"], [content.law]),
    ):
        if texts:
            sheet.heading(heading)
        for text in texts:
            sheet.y -= sheet.text(LEFT + 1.5, text, 8, wide) + 0.6 * sheet.size


def _wrapped(text: str, points: float, wide: float, bold: bool) -> list[str]:
    """Return the lines of a text in a column of a width in mm."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, points, bold) > wide:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _width(text: str, points: float, bold: bool) -> float:
    """Return the width of a text in mm."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FONT, size=points, weight="bold" if bold else "normal")
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / POINT


def _draw(axes: Any, sheet: Sheet) -> None:
    from matplotlib.patches import Rectangle

    for x, y, wide, high, color in sheet.boxes:
        axes.add_patch(Rectangle((x, y), wide, high, facecolor=color, edgecolor="none"))
    for x, y, x2, y2, wide, color in sheet.lines:
        axes.plot([x, x2], [y, y2], color=color, linewidth=wide * POINT, solid_capstyle="butt")
    for x, y, text, looks in sheet.texts:
        _write(axes, x, y, text, **looks)


def _write(axes: Any, x: float, y: float, text: str, points: float, bold: bool = False, **looks: Any) -> None:
    weight = "bold" if bold else "normal"
    looks = {"color": INK, "ha": "left", "va": "baseline"} | looks
    axes.text(x, y, text, fontsize=points, fontweight=weight, parse_math=False, **looks)


def _draw_sketch(axes: Any, sketch: Sketch, left: float, sheet: Sheet, words: dict[str, str]) -> None:
    """Draw the sketch under its heading, with north, scale and legend."""
    from matplotlib.patches import Circle, PathPatch, Rectangle
    from matplotlib.path import Path

    bottom = max(box[1] for box in sheet.boxes if box[0] == left) - 1.0 - sketch.height
    for shape in sketch.shapes:
        path = Path.make_compound_path(*(Path(np.add(ring, (left, bottom))) for ring in shape.rings))
        looks: dict[str, Any] = {"linestyle": (0, (4, 2))} if shape.dashed else {}
        face = shape.fill or "none"
        axes.add_patch(
            PathPatch(path, facecolor=face, edgecolor=shape.stroke, linewidth=shape.width * POINT, **looks)
        )
    for one in sketch.labels:
        x, y = left + one.x, bottom + one.y
        if one.circle:
            axes.add_patch(Circle((x, y), one.size, facecolor="white", edgecolor=INK, linewidth=0.5))
        _write(axes, x, y - 0.36 * one.size, one.text, one.size * POINT, one.bold, ha="center")
    axes.add_patch(
        Rectangle((left, bottom), sketch.width, sketch.height, facecolor="none", edgecolor=INK, linewidth=0.8)
    )
    _draw_north(axes, left + sketch.width - 5.0, bottom + sketch.height)
    _draw_bar(axes, sketch, left, bottom, words)
    x = left
    for color, text in ((None, words["this_lot"]), *sketch.legend):
        edge, wide = (MARK, 1.4) if color is None else (LINE, 0.4)
        axes.add_patch(
            Rectangle(
                (x + 0.3, bottom - 4.2), 4, 2.4, facecolor=color or "none", edgecolor=edge, linewidth=wide
            )
        )
        _write(axes, x + 5.4, bottom - 3.9, text, 7)
        x += 8.5 + _width(text, 7, bold=False)


def _draw_north(axes: Any, x: float, top: float) -> None:
    from matplotlib.patches import Circle, Polygon

    axes.add_patch(Circle((x, top - 6.2), 4.4, facecolor="white", alpha=0.85, edgecolor="none"))
    for side, color in ((-1, INK), (1, "white")):
        corners = [(x, top - 5.0), (x + side * 1.8, top - 10.0), (x, top - 8.8)]
        axes.add_patch(Polygon(corners, facecolor=color, edgecolor=INK, linewidth=0.5))
    _write(axes, x, top - 4.4, "N", 8, bold=True, ha="center")


def _draw_bar(axes: Any, sketch: Sketch, left: float, bottom: float, words: dict[str, str]) -> None:
    from matplotlib.patches import Rectangle

    length, x, y = sketch.bar * 1000 / sketch.scale, left + 2.5, bottom + 3.0
    axes.add_patch(
        Rectangle(
            (left + 1.2, bottom + 1.2), length + 12, 6.4, facecolor="white", alpha=0.85, edgecolor="none"
        )
    )
    axes.plot([x, x, x + length, x + length], [y + 1, y, y, y + 1], color=INK, linewidth=0.9)
    _write(axes, x + length + 0.7, y, f"{sketch.bar:g} m", 6)
    scale = words["scale"].format(f"{sketch.scale:,}".replace(",", "\u202f"))
    _write(axes, x, y + 2, scale, 6)
