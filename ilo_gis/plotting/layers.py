"""The layers of a plan on a map, and what the legend says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.plotting import drawing, furniture
from ilo_gis.plotting.styles import OF_KINDS, OTHERS, STYLES, Symbol
from ilo_gis.tables import Plan, require_no_private
from ilo_gis.tables.kinds import usual_kinds

__all__ = ["draw_plan", "fill", "is_drawn", "legend_entries", "parts", "shapes", "window"]

AREAS = ("streets", "losses", "reserves", "lots")  # from the lowest to the highest
LEGEND = ("blocks", "lots", "reserves", "streets", "losses", "street_lines", "findings")
COUNTED = ("blocks", "lots", "reserves", "findings")
AXIS = 0.2  # mm; axes of streets that are wider are drawn at any scale
SMALL = 0.15  # points on paper in one metre
NAME_SIZE, NAME_SHARE = 6.0, 0.55  # of street names: points at most, and share of the street's width
LETTER = 0.62  # width of a letter, as a share of its size
STRAIGHT = 0.998  # chord over length, from which text may stand along a line
LINE = 1  # geometry type of shapely
READABLE = 3.6  # points: the smallest text drawn

Array = NDArray[Any]


def draw_plan(axes: Any, plan: Plan, scale: float, labels: bool = True) -> bool:
    """Draw all layers of a plan; return whether the lot numbers could be written.

    `scale` is the number of points on paper in one metre; `labels` is for letters and numbers.
    """
    shown = window(axes)
    layers = {name: getattr(plan, name) for name in (*AREAS, "street_lines", "blocks")}
    layers = {n: layer[shapely.intersects(layer.geometry.array, shown)] for n, layer in layers.items()}
    lots, blocks = layers["lots"], layers["blocks"]
    width = np.median(drawing.paper_size(shapes(lots), scale)) if len(lots) else 0.0
    thin = float(np.clip(width / 9, 0.0, 1.0))
    for name in AREAS:
        for _, symbol, part in parts(layers[name], name):
            drawn = _pieces(shapes(part)) if name == "reserves" else shapes(part)
            fill(axes, drawn, symbol, STYLES[name].zorder, thin if name == "lots" else 1.0)
    for _, symbol, part in parts(layers["street_lines"], "street_lines"):
        if symbol.fill and "width" in part:
            _ribbon(axes, part, symbol, scale)
        if is_drawn(symbol, scale):
            _line(axes, shapes(part), symbol, STYLES["street_lines"].zorder)
    of_block = drawing.paper_size(shapes(blocks), scale)
    outline = float(np.clip(np.median(of_block) / 16, 0.2, 1.0)) if len(blocks) else 1.0
    fill(
        axes,
        _outlines(blocks, layers["reserves"]),
        STYLES["blocks"].symbols["all"],
        STYLES["blocks"].zorder,
        outline,
    )
    numbered = labels and bool(width > 1.6 * READABLE)
    if numbered:
        _numbers(axes, lots, scale)
    if labels:
        _letters(axes, blocks, of_block, scale, over_numbers=numbered)
        _names(axes, layers["street_lines"], scale)
    _errors(axes, plan, scale)
    return numbered


def is_drawn(symbol: Symbol, scale: float) -> bool:
    """Return whether a symbol is drawn at a scale: thin axes of streets are not on small maps."""
    return scale > SMALL or not symbol.dashed or (symbol.width > AXIS and not symbol.fill)


def window(axes: Any) -> Any:
    """Return the extent of an axes as a polygon."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return shapely.box(left, bottom, right, top)


def shapes(layer: Any) -> Array:
    """Return the geometries of a layer, unless it holds what identifies people."""
    require_no_private(layer)
    return np.asarray(layer.geometry.array, dtype=object)


def fill(axes: Any, features: Array, symbol: Symbol, zorder: int, thin: float = 1.0) -> None:
    """Draw polygons in one call; `thin` is for outlines on small maps, which are drawn without hatches."""
    looks = {"linewidth": symbol.width * drawing.POINTS * thin, "edgecolor": symbol.outline or "none"}
    looks |= {"facecolor": symbol.fill or "none", "zorder": zorder, "joinstyle": "miter"}
    drawing.draw_polygons(axes, features, **looks)
    if symbol.hatch and thin > 0.25:
        looks = {
            "facecolor": "none",
            "edgecolor": symbol.hatch,
            "linewidth": 0,
            "hatch": "/" * 7,
            "zorder": zorder,
        }
        drawing.draw_polygons(axes, features, hatch_linewidth=0.5, **looks)


def _line(axes: Any, features: Array, symbol: Symbol, zorder: int) -> None:
    dash = (0, (12, 3, 2, 3)) if symbol.dashed else "solid"
    width = symbol.width * drawing.POINTS
    drawing.draw_lines(
        axes, features, colors=symbol.outline, linewidths=width, linestyles=[dash], zorder=zorder
    )


def _ribbon(axes: Any, lines: Any, symbol: Symbol, scale: float) -> None:
    """Colour the land of streets, as wide as it is, below what lies along them."""
    wide = np.nan_to_num(lines["width"].to_numpy(dtype=float))
    for width in np.unique(wide):
        looks = {"colors": symbol.fill, "linewidths": width * scale, "zorder": STYLES["streets"].zorder + 0.5}
        drawing.draw_lines(axes, shapes(lines)[wide == width], **looks)


def _pieces(polygons: Array) -> Array:
    """Return polygons that touch as one: a park of several blocks is drawn as one park."""
    return shapely.get_parts(shapely.union_all(polygons, grid_size=0.001)) if len(polygons) else polygons


def _outlines(blocks: Any, reserves: Any) -> Array:
    """Return the outlines of blocks, those of one park together."""
    if reserves.empty:
        return shapes(blocks)
    own = blocks.index.isin(reserves["block_id"])
    parks = [_pieces(shapes(part)) for _, _, part in parts(reserves, "reserves")]
    return np.concatenate([shapes(blocks[~own]), *parks])


def _letters(axes: Any, blocks: Any, on_paper: Array, scale: float, over_numbers: bool) -> None:
    """Write the block letters, each as large as its block allows; in an oval where lots are numbered."""
    label = STYLES["blocks"].label
    if label is None or blocks.empty:
        return
    xy = drawing.label_points(shapes(blocks))
    count = np.array([len(str(i)) for i in blocks.index])
    size = np.minimum(label.size, 0.8 * on_paper)
    size = np.minimum(size, 0.8 * scale * drawing.room(shapes(blocks), xy) / (0.82 * count))
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
    size = np.minimum(label.size, 0.62 * drawing.paper_size(shapes(lots), scale))
    seen = size >= READABLE
    texts = lots["number"].astype(str)[seen].tolist()
    xy = drawing.label_points(shapes(lots)[seen])
    drawing.draw_text(axes, xy, texts, size[seen], color=label.color, zorder=6)


def _names(axes: Any, lines: Any, scale: float) -> None:
    """Write the name of each street once, along its longest straight part, where it fits in the street."""
    lines = lines[lines["name"].fillna("").str.strip() != ""] if "name" in lines else lines.iloc[:0]
    if lines.empty:
        return
    shown = shapely.intersection(shapely.line_merge(np.asarray(lines.geometry.array)), window(axes))
    by_name = gpd.GeoDataFrame({"name": lines["name"].str.strip(), "width": lines["width"]}, geometry=shown)
    by_name = by_name.groupby("name").agg(width=("width", "min"), lines=("geometry", _merged))
    by_name = by_name[~shapely.is_empty(by_name["lines"].to_numpy(dtype=object))]
    size = np.minimum(NAME_SIZE, NAME_SHARE * scale * by_name["width"].to_numpy())
    wide = np.argsort(-by_name["width"].to_numpy(), kind="stable")
    by_name, size = by_name.iloc[wide], size[wide]
    line, texts = by_name["lines"].to_numpy(dtype=object), by_name.index.astype(str)
    half = 0.5 * LETTER * size * texts.str.len().to_numpy() / scale  # m on the ground
    middle = shapely.length(line) / 2
    ends = [shapely.line_interpolate_point(line, middle + side * half) for side in (-1, 1)]
    first, last = (shapely.get_coordinates(end) for end in ends)
    chord = np.hypot(*(last - first).T)
    fits = (size >= READABLE) & (middle > 1.1 * half) & (chord > STRAIGHT * 2 * half)
    fits &= _apart(first, last, size / scale, fits)
    way = last[fits] - first[fits]
    angle = np.arctan2(way[:, 1], way[:, 0])
    angle = (angle + np.pi / 2) % np.pi - np.pi / 2  # never upside down
    looks = {"angle": angle, "color": "#5d543f", "halo": 2.4, "zorder": 5}
    at = (first[fits] + last[fits]) / 2
    drawing.draw_text(axes, at, texts[fits].tolist(), size[fits], **looks)


def _apart(first: Array, last: Array, high: Array, wanted: Array) -> Array:
    """Return which texts no wanted one before them crosses; each lies from a first to a last point."""
    boxes = shapely.buffer(shapely.linestrings(np.stack([first, last], axis=1)), high / 2, cap_style="flat")
    own, other = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    apart = np.ones(len(boxes), dtype=bool)
    apart[own[(other < own) & wanted[other]]] = False
    return apart


def _merged(lines: Any) -> Any:
    """Return the longest line that pieces make together."""
    whole = shapely.line_merge(shapely.union_all(np.asarray(lines, dtype=object)))
    parts = shapely.get_parts(whole)
    parts = parts[shapely.get_type_id(parts) == LINE]
    return parts[np.argmax(shapely.length(parts))] if len(parts) else shapely.LineString()


def _errors(axes: Any, plan: Plan, scale: float) -> None:
    """Outline what is at fault, and ring what is too small on paper to be found."""
    wrong = shapes(plan.findings[plan.findings["severity"] == "error"])
    wrong = wrong[~shapely.is_missing(wrong) & ~shapely.is_empty(wrong)]
    if not len(wrong):
        return
    symbol, zorder = STYLES["findings"].symbols["error"], 7.5
    looks = {"facecolor": "none", "edgecolor": symbol.outline, "linewidth": 1.1, "zorder": zorder}
    drawing.draw_polygons(axes, wrong[shapely.get_dimensions(wrong) == 2], **looks)
    small = drawing.paper_size(wrong, scale) < 3 * READABLE
    xy = shapely.get_coordinates(shapely.point_on_surface(wrong[small]))
    axes.scatter(*xy.T, s=44, facecolor="none", edgecolor=symbol.outline, linewidth=1.1, zorder=zorder)


def _placed(found: Any) -> bool:
    """Return whether findings have a place on the map."""
    return bool(np.any(~shapely.is_missing(shapes(found))))


def parts(layer: Any, name: str) -> Iterator[tuple[str, Symbol, Any]]:
    """Return the features of a layer by their symbols, as its style sorts them."""
    style = STYLES[name]
    if style.column is None:
        yield from ((value, symbol, layer) for value, symbol in style.symbols.items())
        return
    words = layer[style.column] if style.column in layer else [""] * len(layer)
    words = usual_kinds(words, name) if name in OF_KINDS else np.asarray(words, dtype=object)
    words = np.where(np.isin(words, list(style.symbols)), words, OTHERS)
    for value, symbol in style.symbols.items():
        yield value, symbol, layer[words == value]


def legend_entries(plans: Sequence[Plan], lang: str) -> list[tuple[Symbol, str]]:
    """Return the symbols that plans need and what they mean; of a single plan with how many there are."""
    entries = []
    for name in LEGEND:
        layers = [getattr(plan, name) for plan in plans]
        for value, symbol, _ in parts(layers[0], name):
            some = [part for layer in layers for own, _, part in parts(layer, name) if own == value]
            count = sum(map(len, some))
            if not count or (name == "findings" and (value != "error" or not any(map(_placed, some)))):
                continue
            text = symbol.es if lang == "es" else symbol.en
            told = len(plans) == 1 and name in COUNTED
            entries.append((symbol, f"{text} ({furniture.number(count)})" if told else text))
    return entries
