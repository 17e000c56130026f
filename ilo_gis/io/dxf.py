"""Plans as DXF drawings, for the CAD programs of surveyors and registries."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, WriteError, some_ids
from ilo_gis.io.atomic import replacing, require_free
from ilo_gis.io.dxf_dimensions import draw_dimensions
from ilo_gis.io.dxf_sheet import WIDE, draw_sheet, turned, write_text
from ilo_gis.io.rows import ready
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["write_dxf"]

APP = "ILO_GIS"  # under which each line keeps its table, id and ring
TEXT = 250  # bytes that such an entry holds
SCALES = (100, 200, 250, 500, 750, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000)
PAPER = 0.55  # m; the longer side of a plan on the sheet (A1)
DETAIL = 1000  # texts of lots are sized for this scale at most: larger plans are plotted sector by sector
DIMENSIONS = ("entities", "text", "none")
ABOVE = 0.9  # heights of text between an axis and the middle of its name
POLYGON, LINE, POINT = 3, 1, 0  # types of GEOS


def write_dxf(
    content: Mapping[str, pd.DataFrame],
    path: str | os.PathLike[str],
    *,
    lang: str = "es",
    scale: int | None = None,
    dimensions: str = "entities",
    info: Mapping[str, str] | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a plan as a DXF of AutoCAD 2000, which all CAD programs read, in metres at its coordinates.

    Polygons are closed LWPOLYLINEs on the layers MZ, LOTE, VIA, EQUIP and so on (holes are lines of their
    own); numbers of lots and letters of blocks are texts inside. Where `content` has ``lot_sides``, each
    side has an aligned dimension of style ILO within its lot, a side of two lots one only; sides too short
    for their measure have none, curves a text. Beside the plan stand the tables of areas (``summary``) and
    vertices (``vertices``), north, scale, CRS and what is to be known of the plan. Each line carries its
    table, id and ring as extended data of ILO_GIS.

    Parameters
    ----------
    content : mapping of str to table
        Tables by the names that `ilo_gis.tables` declares; those that have no layer are left out.
    path : path-like
        The file, ``*.dxf``.
    lang : {"es", "en"}
        Language of the words.
    scale : int, optional
        Denominator of the scale that texts are sized for; by default that which fits a sheet of A1. Texts
        of lots and their sides are sized for 1:1000 at most.
    dimensions : {"entities", "text", "none"}
        What the sides of lots have: dimensions of CAD, plain texts (a fifth of the size), or nothing.
    info : mapping of str to str, optional
        ``title``; ``schematic`` as ``"yes"`` prints that it is no survey.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written. The same tables give the same bytes.

    Raises
    ------
    CRSError, PrivacyError, SchemaError
        As for `write_tables`.
    ImportError
        If ezdxf is not installed.
    RuleError
        If the language or the kind of dimensions is unknown or the scale is not above 0.
    WriteError
        If the file exists or cannot be written, there is nothing to draw, or an id is too long for DXF.

    References
    ----------
    Autodesk, DXF Reference, 2000 (AC1015).

    Examples
    --------
    >>> write_dxf({"blocks": ilo_gis.tables.empty("blocks", 32719)}, "plan.dxf")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: There is nothing to draw. Give layers such as lots, blocks and streets.
    """
    words = _known()["words"].get(lang)
    if words is None or (scale is not None and scale <= 0):
        raise RuleError(f"lang can be es or en, and scale above 0; they are {lang!r} and {scale}.")
    if dimensions not in DIMENSIONS:
        raise RuleError(f"dimensions can be {', '.join(DIMENSIONS)}; it is {dimensions!r}.")
    content = ready(content)
    layers = {name: content[name] for name in _known()["layers"] if name in content and len(content[name])}
    if not layers:
        raise WriteError("There is nothing to draw. Give layers such as lots, blocks and streets.")
    require_free(path, overwrite)
    box = np.array(
        shapely.total_bounds(np.concatenate([np.asarray(t.geometry.array) for t in layers.values()]))
    )
    if scale is None:
        longest = max(box[2] - box[0], box[3] - box[1])
        scale = next((s for s in SCALES if longest / s <= PAPER), SCALES[-1])
    with _fixed() as ezdxf, replacing(path, overwrite) as temporary:
        drawing = _new(ezdxf, layers)
        for name, table in layers.items():
            _shapes(drawing, name, table)
            _labels(drawing, name, table, scale, lang)
        if "lot_sides" in content and dimensions != "none":
            one = _known()["special"]["sides"]
            height = one["height"] * min(scale, DETAIL) / 1000
            as_text = dimensions == "text"
            draw_dimensions(drawing, content["lot_sides"], height, one["layer"], as_text=as_text)
        draw_sheet(drawing, content, box, scale, words, info or {})
        drawing.saveas(temporary)
    return Path(path)


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "dxf.toml").read_text("utf-8"))


@contextmanager
def _fixed() -> Iterator[Any]:
    """Give ezdxf, with its clock and its ids of versions held while the file is made."""
    try:
        import ezdxf
    except ImportError as error:
        raise ImportError(f'DXF needs ezdxf ({error}): pip install "ilo-gis[dxf]"') from error
    options: Any = ezdxf.options  # type: ignore[attr-defined]
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        yield ezdxf
    finally:
        options.write_fixed_meta_data_for_testing = before


def _new(ezdxf: Any, layers: Mapping[str, gpd.GeoDataFrame]) -> Any:
    drawing = ezdxf.new("R2000", setup=["linetypes"], units=6)  # metres
    drawing.appids.add(APP)
    drawing.styles.add("ILO", font="arial.ttf")
    known = _known()
    for name in layers:
        one = known["layers"][name]
        drawing.layers.add(one["shapes"], color=one["color"], linetype=one.get("linetype", "CONTINUOUS"))
        if "texts" in one:
            drawing.layers.add(one["texts"], color=one["color"])
    for one in known["special"].values():
        drawing.layers.add(one["layer"], color=one["color"])
    return drawing


def _shapes(drawing: Any, name: str, table: gpd.GeoDataFrame) -> None:
    """Draw the rings of polygons, lines and points of a table, each with its id."""
    layer, space = _known()["layers"][name]["shapes"], drawing.modelspace()
    remnant = (table["kind"] == "remnant").to_numpy() if name == "lots" else np.zeros(len(table), dtype=bool)
    ids = table.index.astype(str)
    if (long := ids[[len(one.encode()) > TEXT or not one.isprintable() for one in ids]]).size:
        raise WriteError(f"{name}: ids that DXF cannot hold: {some_ids(long)}. Give shorter, plain ones.")
    parts, of = shapely.get_parts(np.asarray(table.geometry.array, dtype=object), return_index=True)
    for shape, n in zip(parts, of, strict=True):
        where = {"layer": _known()["special"]["remnants"]["layer"] if remnant[n] else layer}
        kind = shapely.get_type_id(shape)
        rings = shapely.get_rings(shape) if kind == POLYGON else [shape]
        for number, ring in enumerate(rings):
            xy = shapely.get_coordinates(ring)
            if kind == POINT:
                drawn = space.add_point(xy[0], dxfattribs=where)
            elif kind == POLYGON:
                drawn = space.add_lwpolyline(xy[:-1], close=True, dxfattribs=where)
            else:
                drawn = space.add_lwpolyline(xy, dxfattribs=where)
            drawn.set_xdata(APP, [(1000, f"table={name}"), (1000, f"id={ids[n]}"), (1070, number)])


def _labels(drawing: Any, name: str, table: gpd.GeoDataFrame, scale: int, lang: str) -> None:
    """Write the label of each feature inside it; along centre lines, turned to read from below."""
    one = _known()["layers"][name]
    label = one.get("label")
    if label is None or label not in [*table.columns, table.index.name]:
        return
    texts = table[label] if label in table else pd.Series(table.index, table.index)
    if name == "reserves":
        usual = {key: kind.es if lang == "es" else kind.en for key, kind in kinds(name).items()}
        texts = pd.Series(usual_kinds(texts, name), texts.index).map(usual).fillna(texts)
    there = texts.notna().to_numpy() & ~np.asarray(shapely.is_empty(table.geometry.array))
    there &= ((table["kind"] == one["only"]) if "only" in one else texts.notna()).to_numpy(dtype=bool)
    shapes = np.asarray(table.geometry.array, dtype=object)[there]
    middle = shapely.centroid(shapes)
    lines = shapely.get_type_id(shapes) == LINE
    middle[lines] = shapely.line_interpolate_point(shapes[lines], 0.5, normalized=True)
    outside = ~shapely.covers(shapes, middle) & ~lines
    middle[outside] = shapely.point_on_surface(shapes[outside])
    height = one["height"] * (min(scale, DETAIL) if name == "lots" else scale) / 1000
    sizes = _sizes(texts[there], shapes, height, lines)
    for text, shape, xy, line, size in zip(
        texts[there], shapes, shapely.get_coordinates(middle), lines, sizes, strict=True
    ):
        turn = turned(*shapely.get_coordinates(shape)[[0, -1]]) if line else 0.0
        above = size * (ABOVE if line else -one.get("below", 0.0))  # that the axis does not strike it out
        way = np.radians(turn)
        if size:
            at = xy + above * np.array([-np.sin(way), np.cos(way)])
            write_text(drawing, str(text), at, size, one["texts"], turn=turn)


def _sizes(
    texts: pd.Series, shapes: NDArray[np.object_], height: float, lines: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return heights of texts: less where a polygon has no room, none on a line that is too short."""
    widths = texts.astype(str).str.len().to_numpy() * WIDE
    fits = 0.9 * np.sqrt(shapely.area(shapes)) / np.maximum(widths, 1)
    along = np.where(shapely.length(shapes) > widths * height, height, 0.0)
    point = shapely.get_type_id(shapes) == POINT
    return np.where(lines, along, np.where(point, height, np.minimum(height, fits)))
