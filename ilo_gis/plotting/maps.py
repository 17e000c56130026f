"""The map of a plan, as a planner would hand it in."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.styles import INK, MUTED, PAPER, STYLES, Symbol
from ilo_gis.tables import Plan, require_metres

__all__ = ["plan_map"]

SHEET = (15.6, 10.4)  # inches
READABLE = 3.6  # points: the smallest text drawn
DETAIL_BLOCKS = 6
FRAME = Symbol("Zona del detalle", "Extent of the detail", outline="#2b5c8a", width=0.45)
WORDS = {
    "es": {
        "title": "Plano de lotización",
        "areas": "Cuadro de áreas",
        "legend": "Leyenda",
        "detail": "Detalle: manzana {} y vecinas",
        "crs": "Sistema de coordenadas: {}. Áreas de cuadrícula.",
    },
    "en": {
        "title": "Subdivision plan",
        "areas": "Area table",
        "legend": "Legend",
        "detail": "Detail: block {} and around",
        "crs": "Coordinate system: {}. Grid areas.",
    },
}

Box = tuple[float, float, float, float]
Array = NDArray[Any]


def plan_map(
    plan: Plan,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    extent: Box | None = None,
    dpi: int = 150,
    overwrite: bool = False,
) -> Any:
    """Draw a plan on one sheet: map, detail with lot numbers, legend and area table.

    Block letters and lot numbers are written where they are big enough to be read; where the lot
    numbers are not, a detail of some six blocks shows them. Findings of severity "error" are
    ringed in red. The same plan gives the same bytes.

    Parameters
    ----------
    plan : Plan
        What to draw.
    path : path-like, optional
        PNG file to write.
    title : str, optional
        Heading of the sheet.
    lang : {"es", "en"}
        Language of the words on the sheet.
    note : str, optional
        A line below the map, such as "Esquemático, no es levantamiento".
    extent : (min x, min y, max x, max y), optional
        Part to draw, in metres of the CRS of the plan; all of it by default.
    dpi : int
        Dots per inch; the sheet is 15.6 by 10.4 inches.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is nothing to draw.
    CRSError
        If the plan is not in metres.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> names = ilo_gis.tables.Plan.__annotations__
    >>> plan = ilo_gis.tables.Plan(**{name: ilo_gis.tables.empty(name, 32719) for name in names})
    >>> plan_map(plan)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: The plan has no blocks, streets or lots: there is nothing to draw.
    """
    if lang not in WORDS:
        raise RuleError(f"lang={lang!r} is not known. Choose one of: {', '.join(WORDS)}.")
    require_metres(plan.blocks, "blocks")
    box = _box(plan, extent)
    figure = _figure(dpi)
    words = WORDS[lang]
    axes = figure.add_axes((0.035, 0.065, 0.63, 0.865))
    scale = _frame(axes, box)
    numbered = _draw(axes, plan, scale)
    furniture.grid(axes, 72 / scale)
    furniture.scale_bar(axes, 72 / scale)
    furniture.north_arrow(axes, 72 / scale)
    _side(figure, axes, plan, lang, detail=not numbered)
    figure.text(0.035, 0.963, title or words["title"], fontsize=15, fontweight="bold", color=INK, va="center")
    below = [note, words["crs"].format(_crs_name(plan.blocks.crs))]
    figure.text(0.035, 0.018, "   |   ".join(filter(None, below)), fontsize=7.5, color=MUTED, va="center")
    if path is not None:
        _save(figure, path, overwrite)
    return figure


def _figure(dpi: int) -> Any:
    try:
        with warnings.catch_warnings():  # Debian's mpl_toolkits beside a matplotlib from PyPI: no harm
            warnings.filterwarnings("ignore", "Unable to import Axes3D")
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(f'Maps need matplotlib ({error}): pip install "ilo-gis[plot]"') from error
    figure = Figure(figsize=SHEET, dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _save(figure: Any, path: str | os.PathLike[str], overwrite: bool) -> None:
    from ilo_gis.io.atomic import replacing

    with replacing(path, overwrite) as temporary:
        figure.savefig(temporary, format="png", metadata={"Software": None})


def _box(plan: Plan, extent: Box | None) -> Box:
    if extent is not None:
        return extent
    bounds = [layer.total_bounds for layer in (plan.streets, plan.blocks, plan.lots) if len(layer)]
    bounds = [b for b in bounds if np.isfinite(b).all()]
    if not bounds:
        raise RuleError("The plan has no blocks, streets or lots: there is nothing to draw.")
    low, high = np.min(bounds, axis=0)[:2], np.max(bounds, axis=0)[2:]
    pad = 0.03 * (high - low).max()
    return (*(low - pad), *(high + pad))


def _frame(axes: Any, box: Box) -> float:
    """Fit a box into an axes with one scale for x and y; return points on paper per metre."""
    place, (wide, high) = axes.get_position(), axes.figure.get_size_inches()
    width, height = place.width * wide, place.height * high
    per_inch = max((box[2] - box[0]) / width, (box[3] - box[1]) / height, 1e-6)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    axes.set_xlim(x - per_inch * width / 2, x + per_inch * width / 2)
    axes.set_ylim(y - per_inch * height / 2, y + per_inch * height / 2)
    axes.set_facecolor(PAPER)
    for spine in axes.spines.values():
        spine.set(color=INK, linewidth=0.8, zorder=11)
    return 72 / per_inch


def _draw(axes: Any, plan: Plan, scale: float) -> bool:
    """Draw all layers; return whether the lot numbers could be written."""
    window = _window(axes)
    streets, lines, blocks, reserves, lots = (
        layer[shapely.intersects(layer.geometry.array, window)]
        for layer in (plan.streets, plan.street_lines, plan.blocks, plan.reserves, plan.lots)
    )
    width = np.median(drawing.paper_size(_shapes(lots), scale)) if len(lots) else 0.0
    thin = float(np.clip(width / 9, 0.0, 1.0))
    for name, layer in (("streets", streets), ("reserves", reserves), ("lots", lots)):
        style = STYLES[name]
        for value, symbol in style.symbols.items():
            part = layer if style.column is None else layer[layer[style.column] == value]
            _fill(axes, _shapes(part), symbol, style.zorder, thin if name == "lots" else 1.0)
    if scale > 0.15:
        _line(axes, _shapes(lines), STYLES["street_lines"].symbols["all"], STYLES["street_lines"].zorder)
    of_block = drawing.paper_size(_shapes(blocks), scale)
    outline = float(np.clip(np.median(of_block) / 16, 0.2, 1.0)) if len(blocks) else 1.0
    _fill(axes, _shapes(blocks), STYLES["blocks"].symbols["all"], STYLES["blocks"].zorder, outline)
    numbered = bool(width > 1.6 * READABLE)
    if numbered:
        _numbers(axes, lots, scale)
    _letters(axes, blocks, of_block, scale, over_numbers=numbered)
    _errors(axes, plan, scale)
    return numbered


def _window(axes: Any) -> Any:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return shapely.box(left, bottom, right, top)


def _shapes(layer: Any) -> Array:
    return np.asarray(layer.geometry.array, dtype=object)


def _fill(axes: Any, shapes: Array, symbol: Symbol, zorder: int, thin: float) -> None:
    looks = {"linewidth": symbol.width * drawing.POINTS * thin, "edgecolor": symbol.outline or "none"}
    looks |= {"facecolor": symbol.fill or "none", "zorder": zorder, "joinstyle": "miter"}
    drawing.draw_polygons(axes, shapes, **looks)
    if symbol.hatch and thin > 0.25:
        looks = {
            "facecolor": "none",
            "edgecolor": symbol.hatch,
            "linewidth": 0,
            "hatch": "/" * 7,
            "zorder": zorder,
        }
        drawing.draw_polygons(axes, shapes, hatch_linewidth=0.5, **looks)


def _line(axes: Any, shapes: Array, symbol: Symbol, zorder: int) -> None:
    dash = (0, (12, 3, 2, 3)) if symbol.dashed else "solid"
    width = symbol.width * drawing.POINTS
    drawing.draw_lines(
        axes, shapes, colors=symbol.outline, linewidths=width, linestyles=[dash], zorder=zorder
    )


def _letters(axes: Any, blocks: Any, on_paper: Array, scale: float, over_numbers: bool) -> None:
    """Write the block letters, each as large as its block allows; in an oval where lots are numbered."""
    label = STYLES["blocks"].label
    if label is None or blocks.empty:
        return
    xy = drawing.label_points(_shapes(blocks))
    count = np.array([len(str(i)) for i in blocks.index])
    size = np.minimum(label.size, 0.8 * on_paper)
    size = np.minimum(size, 0.8 * scale * drawing.room(_shapes(blocks), xy) / (0.82 * count))
    seen = size >= READABLE
    xy, texts = xy[seen], blocks.index[seen].astype(str).tolist()
    size, count = size[seen], count[seen]
    size = np.minimum(size, 1.4 * np.median(size)) if len(size) else size
    if over_numbers:  # low enough to leave the numbers on both sides free
        size = np.minimum(size, np.clip(0.19 * on_paper[seen], 1.15 * READABLE, label.size))
        looks = {"facecolor": "white", "edgecolor": label.color, "linewidth": 0.7, "zorder": 6.5}
        drawing.draw_ovals(axes, xy, size * (0.85 + 0.8 * count), size * 1.65, **looks)
    drawing.draw_text(axes, xy, texts, size, weight="bold", color=label.color, halo=1.2, zorder=7)


def _numbers(axes: Any, lots: Any, scale: float) -> None:
    label = STYLES["lots"].label
    lots = lots[lots["number"].notna()] if "number" in lots else lots.iloc[:0]
    if label is None or lots.empty:
        return
    size = np.minimum(label.size, 0.62 * drawing.paper_size(_shapes(lots), scale))
    seen = size >= READABLE
    texts = lots["number"].astype(str)[seen].tolist()
    xy = drawing.label_points(_shapes(lots)[seen])
    drawing.draw_text(axes, xy, texts, size[seen], color=label.color, zorder=6)


def _errors(axes: Any, plan: Plan, scale: float) -> None:
    """Outline what is at fault, and ring what is too small on paper to be found."""
    wrong = plan.findings[plan.findings["severity"] == "error"]
    shapes = _shapes(wrong)
    shapes = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    if not len(shapes):
        return
    symbol, zorder = STYLES["findings"].symbols["error"], 7.5
    looks = {"facecolor": "none", "edgecolor": symbol.outline, "linewidth": 1.1, "zorder": zorder}
    drawing.draw_polygons(axes, shapes[shapely.get_dimensions(shapes) == 2], **looks)
    small = drawing.paper_size(shapes, scale) < 3 * READABLE
    xy = shapely.get_coordinates(shapely.point_on_surface(shapes[small]))
    axes.scatter(*xy.T, s=44, facecolor="none", edgecolor=symbol.outline, linewidth=1.1, zorder=zorder)


def _side(figure: Any, axes: Any, plan: Plan, lang: str, detail: bool) -> None:
    """Fill the column beside the map: area table, legend, detail."""
    left, width, top, words = 0.695, 0.28, 0.93, WORDS[lang]
    if len(plan.summary):
        _heading(figure, left, top, words["areas"])
        tall = 0.0215 * (len(plan.summary) + 1)
        furniture.area_table(figure.add_axes((left, top - 0.02 - tall, width, tall)), plan.summary, lang)
        top -= tall + 0.06
    box, name = _detail(plan, _window(axes)) if detail else (None, "")
    entries = _entries(plan, lang) + ([(FRAME, getattr(FRAME, lang))] if box else [])
    _heading(figure, left, top, words["legend"])
    tall = 0.022 * ((len(entries) + 1) // 2)
    furniture.legend(figure.add_axes((left, top - 0.024 - tall, width, tall)), entries)
    top -= tall + 0.055
    if box is None:
        return
    _heading(figure, left, top, words["detail"].format(name))
    inset = figure.add_axes((left, 0.065, width, top - 0.032 - 0.065))
    scale = _frame(inset, box)
    _draw(inset, plan, scale)
    inset.set(xticks=[], yticks=[])
    furniture.scale_bar(inset, 72 / scale)
    (x, right), (y, high) = inset.get_xlim(), inset.get_ylim()
    line = {"color": FRAME.outline, "linewidth": FRAME.width * drawing.POINTS, "zorder": 8}
    axes.plot([x, right, right, x, x], [y, y, high, high, y], **line)


def _heading(figure: Any, x: float, y: float, text: str) -> None:
    figure.text(x, y, text, fontsize=9.5, fontweight="bold", color=INK, va="top")


def _entries(plan: Plan, lang: str) -> list[tuple[Symbol, str]]:
    kind, severity = plan.lots["kind"], plan.findings["severity"]
    counts: dict[tuple[str, str], int | None] = {
        ("blocks", "all"): len(plan.blocks),
        ("lots", "lot"): int((kind == "lot").sum()),
        ("lots", "remnant"): int((kind == "remnant").sum()),
        ("reserves", "all"): len(plan.reserves),
        ("streets", "all"): None if len(plan.streets) else 0,
        ("street_lines", "all"): None if len(plan.street_lines) else 0,
        ("findings", "error"): int((severity == "error").sum()),
    }
    entries = []
    for (layer, value), count in counts.items():
        symbol = STYLES[layer].symbols[value]
        text = symbol.es if lang == "es" else symbol.en
        if count != 0:
            entries.append((symbol, text if count is None else f"{text} ({furniture.number(count)})"))
    return entries


def _detail(plan: Plan, window: Any) -> tuple[Box | None, str]:
    """Return the extent of some blocks near the middle that hold lots as most do, and the first's letter."""
    lots = plan.lots[plan.lots["kind"] == "lot"]
    shown = plan.blocks.index[shapely.covers(window, _shapes(plan.blocks))]
    per_block = lots.groupby("block_id", observed=True).size().reindex(shown, fill_value=0)
    typical = per_block[per_block > 0]
    if typical.empty:
        return None, ""
    blocks = plan.blocks.loc[
        typical.index[(typical - typical.median()).abs() <= 0.35 * typical.median() + 1]
    ].sort_index()
    xy = drawing.label_points(_shapes(blocks))
    heart = pd.DataFrame(xy, index=blocks.index).median().to_numpy()
    first = xy[np.argmin(((xy - heart) ** 2).sum(axis=1))]
    near = np.argsort(((xy - first) ** 2).sum(axis=1), kind="stable")[:DETAIL_BLOCKS]
    low_x, low_y, high_x, high_y = blocks.iloc[near].total_bounds
    pad = 0.04 * max(high_x - low_x, high_y - low_y)
    return (low_x - pad, low_y - pad, high_x + pad, high_y + pad), str(blocks.index[near[0]])


def _crs_name(crs: Any) -> str:
    code = crs.to_epsg()
    return crs.name + (f" (EPSG:{code})" if code else "")
