"""Draw the pictures of docs/lots.md: `python docs/pictures.py [name ...]`."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from ilo_gis.plotting import drawing
from ilo_gis.plotting.styles import INK, MUTED, PAPER, STYLES
from ilo_gis.subdivision import LotRule, cut_lots

FOLDER = Path(__file__).parent / "images" / "lots"
ORIGIN = (254_000, 8_047_000)
USES = {  # use: Spanish, English, fill
    "green": ("área verde", "green", "#dcebd0"),
    "passage": ("pasaje", "passage", "#ebe6da"),
    "facility": ("equipamiento", "facility", "#dde3f0"),
    "street": ("vía", "street", "#f7f7f7"),
}
REASONS = {
    "no street front": "sin frente",
    "corner cut": "ochavo",
    "no way found to divide it": "sin partición",
    "left over": "sobrante",
    "encloses other land": "rodea otro terreno",
    "area too small": "área menor",
    "front too short": "frente corto",
    "too slim": "muy angosto",
    "too narrow": "ancho menor",
    "area too large": "área mayor",
}

BLOCK = shapely.box(0, 0, 100, 40)
SQUARE = shapely.box(0, 0, 60, 60)
DEEP = shapely.box(0, 0, 110, 76)
CROOKED = shapely.Polygon([(0, 4), (62, 0), (108, 10), (100, 52), (48, 47), (8, 56)])
LEANING = shapely.Polygon([(0, 0), (96, 0), (114, 40), (18, 40)])
WEDGE = shapely.Polygon([(0, 0), (100, 0), (100, 26), (0, 52)])
SOUTH, NORTH = shapely.box(-90, -9, 190, 0), shapely.box(-90, 40, 190, 49)


@dataclass
class Panel:
    """One layout, and what is written above it in Spanish and English."""

    es: str
    en: str
    rule: dict[str, Any] = field(default_factory=dict)
    shapes: tuple[shapely.Geometry, ...] = (BLOCK,)
    names: tuple[str, ...] = ()  # the rule of each block
    rules: dict[str, LotRule] | None = None
    streets: tuple[shapely.Geometry, ...] = ()
    columns: dict[str, Any] = field(default_factory=dict)  # of the streets
    keep: tuple[shapely.Geometry, ...] = ()
    mode: str = "clean"


PLAIN = Panel("sin la opción", "without it")
TWO = {"small": LotRule(160.0, 8.0), "large": LotRule(300.0, 15.0)}
PICTURES: dict[str, list[Panel]] = {
    "rows": [
        Panel("manzana irregular, 160 m² y 8 m", "crooked block, 160 m² and 8 m", shapes=(CROOKED,)),
        Panel("manzana en cuña", "wedge", shapes=(WEDGE,)),
    ],
    "min_area": [
        Panel("min_area=160, min_frontage=8: lotes chicos", "smaller lots"),
        Panel(
            "min_area=240, min_frontage=12: lotes grandes",
            "larger lots",
            {"min_area": 240.0, "min_frontage": 12.0},
        ),
    ],
    "max_ratio": [
        Panel("max_ratio=6: se admiten angostos", "slim lots are legal", {"max_depth": 50.0}, (DEEP,)),
        Panel(
            "max_ratio=3: fondo de 3 anchos",
            "depth of 3 widths at most",
            {"max_depth": 50.0, "max_ratio": 3.0},
            (DEEP,),
        ),
    ],
    "max_depth": [
        Panel("fondo de hasta 40 m", "depth of up to 40 m", shapes=(DEEP,)),
        Panel(
            "max_depth=22: lo más hondo es remanente",
            "land farther in is a remnant",
            {"max_depth": 22.0},
            (DEEP,),
        ),
    ],
    "max_area": [
        Panel("sin la opción", "without it", shapes=(DEEP,)),
        Panel("max_area=220: ninguno es mayor", "no lot is larger", {"max_area": 220.0}, (DEEP,)),
    ],
    "min_width": [
        Panel("sin la opción", "without it", shapes=(WEDGE,)),
        Panel("min_width=10: ancho medio", "area over depth, at least", {"min_width": 10.0}, (WEDGE,)),
    ],
    "target_area": [
        PLAIN,
        Panel("target_area=230: área aproximada", "about this area", {"target_area": 230.0}),
    ],
    "target_frontage": [
        PLAIN,
        Panel("target_frontage=12: frente aproximado", "about this front", {"target_frontage": 12.0}),
    ],
    "tolerance": [
        Panel(
            "tolerance=0.03: casi sin holgura",
            "target_frontage=12, hardly any leeway",
            {"target_frontage": 12.0, "tolerance": 0.03},
        ),
        Panel(
            "tolerance=0.2: un quinto más o menos",
            "target_frontage=12, a fifth more or less",
            {"target_frontage": 12.0, "tolerance": 0.2},
        ),
    ],
    "areas": [
        Panel(
            "areas=(200, 300, 180): y un remanente", "these, and a remnant", {"areas": (200.0, 300.0, 180.0)}
        ),
        Panel(
            "areas=(400,) * 4 + (600, 600): cuatro y dos",
            "four and two",
            {"areas": (400.0, 400.0, 400.0, 400.0, 600.0, 600.0)},
        ),
    ],
    "count": [
        Panel("count=13: trece lotes exactos", "exactly 13 lots", {"count": 13}),
        Panel("count=6: seis lotes exactos", "exactly 6 lots", {"count": 6}),
    ],
    "remainder": [
        Panel("remainder='spread': se reparte", "all a little larger", {"target_frontage": 11.0}),
        Panel(
            "remainder='last': lo toma el último",
            "the last one is larger",
            {"target_frontage": 11.0, "remainder": "last"},
        ),
        Panel(
            "remainder='remnant': queda remanente",
            "a remnant",
            {"target_frontage": 11.0, "remainder": "remnant"},
        ),
        Panel(
            "remainder='green': queda área verde",
            "a green area",
            {"target_frontage": 11.0, "remainder": "green"},
        ),
    ],
    "corner_extra": [
        PLAIN,
        Panel("corner_extra=4: esquinas más anchas", "4 m more at corners", {"corner_extra": 4.0}),
    ],
    "ochavo": [PLAIN, Panel("ochavo=4: esquinas ochavadas", "corners cut off", {"ochavo": 4.0})],
    "axis": [
        Panel("axis=90: filas de este a oeste", "rows run east and west", {"axis": 90.0}, (SQUARE,)),
        Panel("axis=0: filas de norte a sur", "rows run north and south", {"axis": 0.0}, (SQUARE,)),
    ],
    "side_lines": [
        Panel("side_lines='square': a escuadra", "square to the street", shapes=(LEANING,)),
        Panel(
            "side_lines='parallel': paralelos",
            "parallel to the sides",
            {"side_lines": "parallel"},
            shapes=(LEANING,),
        ),
    ],
    "rule": [
        Panel(
            "columna rule de las manzanas",
            "column rule of the blocks",
            shapes=(shapely.box(0, 0, 56, 40), shapely.box(68, 0, 124, 40)),
            names=("small", "large"),
            rules=TWO,
        ),
        Panel(
            "columna rule de las vías",
            "column rule of the streets",
            names=("small",),
            rules=TWO,
            streets=(SOUTH, NORTH),
            columns={"rule": ["small", "large"]},
        ),
    ],
    "mode": [
        Panel("mode='clean': linderos a escuadra", "side lines square to the street", shapes=(CROOKED,)),
        Panel(
            "mode='most': el mayor número de lotes", "as many lots as can be", shapes=(CROOKED,), mode="most"
        ),
    ],
    "streets": [
        Panel("frente solo al sur", "front on the south only", streets=(SOUTH,)),
        Panel(
            "front=False: carretera al norte",
            "a highway in the north",
            streets=(SOUTH, NORTH),
            columns={"front": [True, False]},
        ),
    ],
    "keep": [
        PLAIN,
        Panel(
            "keep: dos lotes que se conservan",
            "two lots that stay",
            keep=(shapely.box(40, 0, 50, 20), shapely.box(50, 0, 60, 20)),
        ),
    ],
}


def table(shapes: tuple[shapely.Geometry, ...], **columns: Any) -> gpd.GeoDataFrame:
    """Return shapes as a layer in Ilo."""
    moved = shapely.transform(np.array(shapes, dtype=object), lambda xy: xy + np.array(ORIGIN))
    index = [chr(ord("A") + k) for k in range(len(shapes))]
    return gpd.GeoDataFrame(columns, index=index, geometry=moved, crs=32719)


def lots_of(panel: Panel) -> gpd.GeoDataFrame:
    """Cut the lots of a panel."""
    rule = panel.rules or LotRule(**({"min_area": 160.0, "min_frontage": 8.0} | panel.rule))
    blocks = table(panel.shapes, **({"rule": list(panel.names)} if panel.names else {}))
    streets = table(panel.streets, **panel.columns) if panel.streets else None
    keep = None
    if panel.keep:
        keep = table(panel.keep, block_id="A", number=range(1, len(panel.keep) + 1))
        keep.index = [f"A-{k}" for k in keep["number"]]
    return cut_lots(blocks, rule, streets, keep=keep, mode=panel.mode)


def picture(name: str) -> Path:
    """Draw one picture: two or four layouts with captions."""
    panels = PICTURES[name]
    rows = len(panels) // 2
    sizes = [shapely.total_bounds(np.array(panel.shapes, dtype=object)) for panel in panels]
    low, high = np.min(sizes, axis=0)[:2] - 10, np.max(sizes, axis=0)[2:] + 10
    wide, tall = high - low
    inch = min(4.9 / wide, 0.046)
    across, up = 4.9 * 2 + 0.3, (tall * inch + 0.55) * rows + 0.32
    figure = Figure(figsize=(across, up), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    for k, panel in enumerate(panels):
        left = (0.1 + (k % 2) * 5.0) / across
        bottom = up - (tall * inch + 0.55) * (k // 2 + 1)
        axes = figure.add_axes((left, bottom / up, 4.9 / across, tall * inch / up))
        draw(axes, panel, low, high, inch)
        top = (bottom + tall * inch) / up
        figure.text(left, top + 0.27 / up, panel.es, fontsize=10.5, fontweight="bold", color=INK)
        figure.text(left, top + 0.08 / up, panel.en, fontsize=9, color=MUTED)
    note = "En cada lote: número, área (m²) y frente (m) · In each lot: number, area (m²) and front (m)"
    figure.text(0.1 / across, 0.1 / up, note, fontsize=7.5, color=MUTED)
    path = FOLDER / f"{name}.png"
    with BytesIO() as full:
        figure.savefig(full, format="png", metadata={"Software": None})
        Image.open(full).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def draw(axes: Any, panel: Panel, low: Any, high: Any, inch: float) -> None:
    """Draw one layout."""
    (west, _, east, _), width = shapely.total_bounds(np.array(panel.shapes, dtype=object)), 4.9 / inch
    middle = (west + east) / 2
    axes.set(xlim=(middle - width / 2, middle + width / 2), ylim=(low[1], high[1]), xticks=[], yticks=[])
    axes.set_facecolor(PAPER)
    for spine in axes.spines.values():
        spine.set(color="#cfcabf", linewidth=0.6)
    lots = lots_of(panel)
    lots.geometry = lots.translate(-ORIGIN[0], -ORIGIN[1])
    shapes = lots.geometry.to_numpy()
    whole = shapely.union_all(np.array(panel.shapes, dtype=object))
    closed = [not front for front in panel.columns.get("front", [])] or [False] * len(panel.streets)
    land = np.array(panel.streets or (whole.buffer(8, join_style="mitre"),), dtype=object)
    shut = np.array(closed or [False])
    edge = STYLES["streets"].symbols["all"].outline
    drawing.draw_polygons(axes, land[~shut], facecolor="#ffffff", edgecolor=edge, linewidth=0.5, zorder=1)
    drawing.draw_polygons(axes, land[shut], facecolor="#b9b4aa", edgecolor=edge, linewidth=0.5, zorder=1)
    lot, looks = (lots["kind"] == "lot").to_numpy(), STYLES["lots"].symbols["lot"]
    kept = np.isin(np.arange(len(lots)), np.flatnonzero(lots["frontage"].isna()))
    big = (lots["rule"] == "large").to_numpy()
    line = {"edgecolor": "#8d8166", "linewidth": 0.7, "zorder": 2}
    for which, fill in ((lot & ~kept & ~big, looks.fill), (lot & big, "#f6e0b8"), (kept, "#e3d3e8")):
        drawing.draw_polygons(axes, shapes[which], facecolor=fill, **line)
    for use, (_, _, fill) in USES.items():
        part = shapes[~lot & (lots["use"] == use).to_numpy(dtype=bool, na_value=False)]
        drawing.draw_polygons(axes, part, facecolor=fill, hatch="////", **(line | {"edgecolor": "#a19683"}))
    drawing.draw_polygons(axes, np.array([whole]), facecolor="none", edgecolor=INK, linewidth=1.3, zorder=4)
    _labels(axes, lots[lot], lots[~lot], inch * 72)


def _labels(axes: Any, lots: Any, rest: Any, scale: float) -> None:
    """Write number, area and front in lots; reason and use on remnants."""
    shapes = lots.geometry.to_numpy()
    xy = drawing.label_points(shapes)
    across, up = drawing.room(shapes, xy) * scale, _height(shapes, xy) * scale
    columns = [
        lots["number"].astype(str).tolist(),
        [f"{a:.0f}" for a in lots["area"]],
        [f"{f:.1f}" if np.isfinite(f) else "–" for f in lots["frontage"].to_numpy(dtype=float)],
    ]
    stacked = np.minimum(across / 2.2, up / 4.2) >= np.minimum(across / 8, up / 1.6)
    size = np.clip(np.where(stacked, np.minimum(across / 2.2, up / 4.2), across / 8), 3.6, 7.5)
    for k, (texts, color) in enumerate(zip(columns, (INK, "#5d543f", "#2b5c8a"), strict=True)):
        step = (1 - k) * size / scale
        move = np.column_stack([np.where(stacked, 0.0, -2.6 * step), np.where(stacked, 1.2 * step, 0.0)])
        bold = "bold" if k == 0 else "normal"
        drawing.draw_text(axes, xy + move, texts, size, weight=bold, color=color, zorder=6)
    for row in rest.itertuples():
        _remnant(axes, row, scale)


def _height(shapes: Any, xy: Any) -> Any:
    """Return how many metres there are for lines of text centred at points."""
    turned = shapely.transform(shapes, lambda points: points[:, ::-1])
    return drawing.room(turned, xy[:, ::-1])


def _remnant(axes: Any, row: Any, scale: float) -> None:
    es, en, _ = USES[row.use]
    shape = np.array([row.geometry])
    spot = drawing.label_points(shape)
    wide, high = drawing.room(shape, spot)[0] * scale, _height(shape, spot)[0] * scale
    lines = [f"{REASONS[row.reason]} → {es}", f"{row.reason} → {en}", f"{row.area:.0f} m²"]
    if wide < 90:
        lines = [REASONS[row.reason], f"→ {es}", row.reason, f"→ {en}", lines[2]]
    size = min(wide / (0.62 * max(map(len, lines))), high / (1.5 * len(lines)), 7.5)
    if size < 5.0:
        _callout(axes, spot[0], "\n".join([f"{REASONS[row.reason]} → {es}", f"{row.reason} → {en}"]))
        return
    middle = (len(lines) - 1) / 2
    for k, text in enumerate(lines):
        at = spot + np.array([[0, (middle - k) * 1.35 * size / scale]])
        drawing.draw_text(axes, at, [text], size, color=INK, halo=2.0, zorder=7)


def _callout(axes: Any, spot: Any, text: str) -> None:
    low, high = axes.get_ylim()
    (left, right), up = axes.get_xlim(), spot[1] > (low + high) / 2
    east = spot[0] > (left + right) / 2
    axes.annotate(
        text,
        spot,
        xytext=(spot[0], high - 5 if up else low + 5),
        fontsize=6,
        ha="right" if east else "left",
        va="center",
        color=INK,
        zorder=8,
        arrowprops={"arrowstyle": "-", "lw": 0.5, "color": MUTED, "shrinkA": 0, "shrinkB": 0},
    )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        print(picture(name))
