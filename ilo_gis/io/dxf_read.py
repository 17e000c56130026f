"""Drawings of surveyors: closed polylines of blocks, lots and streets, named by the texts inside."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import tables
from ilo_gis.errors import ReadError, RuleError
from ilo_gis.io.datum import crs_of
from ilo_gis.io.guard import require_sane
from ilo_gis.io.surveyed import elsewhere, holders, unique, unsound
from ilo_gis.io.vector import reading
from ilo_gis.io.zipped import opened
from ilo_gis.tables.reading import plain

__all__ = ["read_dxf"]

TABLES = ("blocks", "lots", "streets")
GAP = 0.01  # m; wider gaps are no slip of the snap but may be a side that is missing
ARC_STEP = 0.5  # degrees of an arc between two vertices: off by 1 mm at a radius of 100 m, 5 mm at 500 m
OPTIONS = {"OGR_ARC_STEPSIZE": f"{ARC_STEP}", "DXF_MERGE_BLOCK_GEOMETRIES": "FALSE"}
FORMAT = re.compile(
    r"\\[ACFHQTWacfhqtw][^;\\]*;|\\[LlOoKk]|[{}]|%%[uUoO]"
)  # of MTEXT: fonts, heights, underlines
ROUNDING = 1e-9  # m
FILLED = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)  # what GDAL makes of HATCH
SEEN = 12  # unread layers that are named


def read_dxf(
    path: str | os.PathLike[str],
    crs: object,
    layers: Mapping[str, str] | None = None,
    *,
    gap: float = GAP,
    max_vertices: int | None = None,
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Read blocks, lots and streets from a drawing.

    Outlines are closed polylines on layers that mean a table; a text inside, on a layer of the same table,
    is the letter of the block or the number of the lot (``MZ. A``, ``LOTE 12``, ``12``). Inserted blocks of
    the drawing are opened; the paper space is left out; heights are dropped. Arcs become vertices every
    half a degree (1 mm off at a radius of 100 m); splines are flattened by GDAL. Nothing is
    guessed: what has no name, or two, is named by its handle, by which CAD finds it.

    Parameters
    ----------
    path : path-like
        A ``*.dxf`` in text, or zipped. (DWG: save it as DXF first.)
    crs : int, str or CRS
        CRS of the coordinates, in m; a drawing does not tell it.
    layers : mapping of str to str, optional
        Table of each layer: ``{"MZ": "blocks", "LOTE": "lots", "VIA": "streets"}``. Else the usual names of
        ``dxf_layers.toml``.
    gap : float
        Polylines whose ends lie no farther apart are closed, m, and told.
    max_vertices : int, optional
        As for `read_layer`.

    Returns
    -------
    tables : dict of str to GeoDataFrame
        Those found of ``blocks``, ``lots`` (with the block that holds them), ``streets``, and the layer
        ``street_lines`` of open lines on layers of streets, to which widths are to be given.
    findings : GeoDataFrame
        Table ``findings``; features go by their handles.

    Raises
    ------
    ReadError
        As `read_layer`; or if no layer means a table.
    CRSError
        If `crs` is not in metres.
    RuleError
        If `layers` names no layer of the drawing, or another table.

    References
    ----------
    Autodesk, DXF Reference: group codes 8 (layer), 5 (handle), 42 (bulge), 67 (paper space).

    Examples
    --------
    >>> read_dxf("no_such.dxf", 32719)
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.dxf. Check the path and the name.
    """
    name = os.fspath(path)
    drawing = _drawing(path, name, crs)
    require_sane(drawing, name, max_vertices)
    meant, found = _meant(drawing, layers, name)
    outlines, texts, axes, told = _sorted(drawing.assign(table=meant)[meant.notna()], gap)
    found = [found, elsewhere(drawing), told]
    result: dict[str, gpd.GeoDataFrame] = {}
    for table in TABLES:
        own, told = unsound(outlines[outlines["table"] == table], table)
        named, missing = _named(own, texts[texts["table"] == table], table)
        found += [told, missing]
        if len(own):
            result[table], told = _finished(named, table, result.get("blocks"))
            found.append(told)
    if len(axes):
        lines = axes[["geometry"]].rename_axis("line_id")
        result["street_lines"] = lines.assign(length=lines.length)
    return result, tables.join_findings(tables.empty("findings", drawing.crs), *found)


@cache
def usual() -> dict[str, Any]:
    """Return the usual names of layers and the words of their texts, of ``dxf_layers.toml``."""
    return tomllib.loads((files(__package__) / "dxf_layers.toml").read_text("utf-8"))


def _drawing(path: str | os.PathLike[str], name: str, crs: object) -> gpd.GeoDataFrame:
    """Return the entities of the model space by handle: layer, text, geometry in the plane."""
    import pyogrio

    wanted = crs_of(crs)
    tables.require_metres(gpd.GeoDataFrame(geometry=[], crs=wanted), "the drawing")
    with opened(path) as file, _options():
        if file.suffix.lower() != ".dxf":
            raise ReadError(f"{name} is no DXF file. Save the drawing as DXF (2000 or later) in CAD.")
        raw = reading(name, lambda: pyogrio.read_dataframe(file, on_invalid="warn"))
    raw = raw[~raw["PaperSpace"].eq(True) & raw.geometry.notna()]
    if raw.empty:
        raise ReadError(f"{name} has nothing in its model space. Check how it was exported.")
    order = pd.Series(range(1, len(raw) + 1), raw.index).astype(str)
    handles = raw["EntityHandle"].where(raw["EntityHandle"].notna(), "#" + order)
    own, _ = unique(handles.astype(str), order)
    shapes = shapely.force_2d(np.asarray(raw.geometry.array, dtype=object))
    columns = {
        "layer": raw["Layer"].astype(str).to_numpy(),
        "text": raw["Text"].map(_cleaned, na_action="ignore").to_numpy(dtype=object),
        "spline": raw["SubClasses"].fillna("").str.contains("AcDbSpline").to_numpy(),
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=wanted, index=pd.Index(own, name="handle"))


@contextmanager
def _options() -> Iterator[None]:
    """Set how GDAL reads drawings, and set it back."""
    import pyogrio

    before = {name: pyogrio.get_gdal_config_option(name) for name in OPTIONS}
    pyogrio.set_gdal_config_options(OPTIONS)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _cleaned(text: str) -> str:
    """Return the first line of a text without the marks of its looks."""
    lines = FORMAT.sub("", text.replace("\\P", "\n")).strip().splitlines()
    return lines[0].strip() if lines else ""


def _meant(
    drawing: gpd.GeoDataFrame, layers: Mapping[str, str] | None, name: str
) -> tuple[pd.Series, gpd.GeoDataFrame]:
    """Return the table that each entity is meant for, by its layer, and what layers were not read."""
    there = {plain(layer): layer for layer in drawing["layer"].unique()}
    if layers is None:
        by_name = {own: table for table in TABLES for own in usual()[table]["names"]}
        tabled = {own: by_name.get(_bare(own)) for own in there}
    else:
        tabled = {plain(own): table for own, table in layers.items()}
        if wrong := sorted(set(layers.values()) - set(TABLES)):
            raise RuleError(f"A layer is meant for {wrong[0]!r}; it can be: {', '.join(TABLES)}.")
        if wrong := [own for own in layers if plain(own) not in there]:
            raise RuleError(
                f"{name} has no layer {wrong[0]!r}. Its layers are: {', '.join(sorted(there.values()))}."
            )
    meant = drawing["layer"].map(lambda layer: tabled.get(plain(layer)))
    rest = drawing.loc[meant.isna(), "layer"].value_counts().sort_index()
    if len(rest) == len(there):
        raise ReadError(
            f"{name} has no layer of blocks, lots or streets by a usual name (MZ, LOTE, VIA). Its "
            f"layers are: {', '.join(rest.index)}. Tell which is which: "
            f"`layers={{'{rest.index[0]}': 'lots'}}` / `--dxf-layer '{rest.index[0]}=lots'`."
        )
    if rest.empty:
        return meant, tables.empty("findings", drawing.crs)
    more = " ..." if len(rest) > SEEN else ""
    said = ", ".join(f"{layer} ({count})" for layer, count in rest.head(SEEN).items()) + more
    return meant, tables.findings("layer", None, "dxf.unread", detail=said, found=rest.sum(), crs=drawing.crs)


def _bare(layer: str) -> str:
    """Return a layer's name without words such as texto."""
    return "_".join(word for word in layer.split("_") if word not in usual()["aside"])


def _sorted(
    drawing: gpd.GeoDataFrame, gap: float
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return outlines as polygons, texts, open lines of streets, and what is not closed."""
    shapes = np.asarray(drawing.geometry.array, dtype=object)
    kinds = shapely.get_type_id(shapes)
    texts = drawing[(kinds == shapely.GeometryType.POINT) & drawing["text"].notna()]
    lines = drawing[kinds == shapely.GeometryType.LINESTRING]
    shapes = np.asarray(lines.geometry.array, dtype=object)
    ends = shapely.distance(shapely.get_point(shapes, 0), shapely.get_point(shapes, -1))
    vertices = shapely.get_num_points(shapes)
    closed = (ends <= gap) & (vertices > 3)
    outlines = lines[closed].set_geometry(_closed(shapes[closed]), crs=drawing.crs)
    open_ = ~closed & (lines["table"] != "streets").to_numpy()
    loose = open_ & (vertices < 3)
    mended, gaping = closed & (ends > 0), open_ & ~loose
    found = [
        tables.findings("drawing", lines[mended], "dxf.closed", found=ends[mended], required=gap),
        tables.findings("drawing", lines[gaping], "dxf.open", found=ends[gaping], required=gap),
        tables.findings("drawing", lines[lines["spline"]], "dxf.spline"),
    ]
    for layer, group in lines[loose].groupby("layer"):
        found.append(
            tables.findings("drawing", None, "dxf.lines", detail=layer, found=len(group), crs=drawing.crs)
        )
    filled = drawing[np.isin(kinds, FILLED) & ~drawing["layer"].isin(outlines["layer"])]
    for layer, group in filled.groupby("layer"):
        found.append(
            tables.findings("drawing", None, "dxf.filled", detail=layer, found=len(group), crs=drawing.crs)
        )
    axes = lines[~closed & ~open_]
    return outlines, texts, axes, tables.join_findings(tables.empty("findings", drawing.crs), *found)


def _closed(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return lines whose ends nearly meet as polygons: the last vertex becomes the first."""
    lines = shapely.remove_repeated_points(lines, ROUNDING)  # GDAL writes the ends of an arc twice
    points, rows = shapely.get_coordinates(lines, return_index=True)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    points[np.append(starts[1:], len(rows))[: len(starts)] - 1] = points[starts]
    return shapely.polygons(shapely.linearrings(points, indices=rows)) if len(rows) else lines


def _named(
    outlines: gpd.GeoDataFrame, texts: gpd.GeoDataFrame, table: str
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give outlines the text inside, and tell of those without one, with two, and of texts outside."""
    texts = texts.assign(word=texts["text"].map(lambda text: _word(text, table)))
    texts = texts[texts["word"].notna()]
    shapes = np.asarray(outlines.geometry.array, dtype=object)
    found_in, held = shapely.STRtree(shapes).query(
        np.asarray(texts.geometry.array, dtype=object), predicate="within"
    )
    words = pd.DataFrame({"place": held, "word": texts["word"].to_numpy()[found_in]}).drop_duplicates()
    counts = words["place"].value_counts().reindex(range(len(outlines)), fill_value=0).to_numpy()
    single = words[counts[words["place"]] == 1].set_index("place")["word"]
    word = single.reindex(range(len(outlines))).to_numpy(dtype=object)
    lost = np.setdiff1d(np.arange(len(texts)), found_in)
    several = words[counts[words["place"]] > 1].sort_values("word").groupby("place")["word"].agg(", ".join)
    told = [
        tables.findings(table, outlines.iloc[several.index], "dxf.two_texts", detail=several.tolist()),
        tables.findings(
            table, texts.iloc[lost], "dxf.text_outside", detail=texts["text"].iloc[lost].tolist()
        ),
    ]
    if table != "streets":  # which need no name
        told.append(tables.findings(table, outlines[counts == 0], "dxf.no_text"))
    empty = tables.empty("findings", outlines.crs)
    word[pd.isna(word)] = None
    return outlines.assign(word=word), tables.join_findings(empty, *told)


def _word(text: str, table: str) -> str | None:
    """Return the letter or number that a text gives, or None: it may be an area or a name."""
    rule = usual()[table]
    if table == "streets":
        return text or None
    words = "|".join(rule["words"])
    bare = re.sub(rf"^(?:{words})(?![a-z])[\s.:°º#-]*(?:n[°º.]+\s*)?", "", text.strip(), flags=re.IGNORECASE)
    bare = bare.strip(" .\"'()“”-").upper()
    return bare if re.fullmatch(rule["text"], bare) else None


def _finished(
    outlines: gpd.GeoDataFrame, table: str, blocks: gpd.GeoDataFrame | None
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return outlines as the table that they are meant for, and what had no block or the same name."""
    handles, words = outlines.index.to_numpy(), outlines["word"].to_numpy()
    layer = outlines[["geometry"]]
    found = [tables.empty("findings", layer.crs)]
    ids = [word or f"[{handle}]" for word, handle in zip(words, handles, strict=True)]
    if table == "lots":
        block = holders(layer, blocks) if blocks is not None else np.full(len(layer), None)
        if blocks is not None:
            found.append(tables.findings(table, layer[pd.isna(block)], "dxf.no_block"))
        ids = [f"{own}-{one}" if own else one for own, one in zip(block, ids, strict=True)]
        numbers = pd.to_numeric(pd.Series(words, layer.index, dtype=object), errors="coerce")
        layer = layer.assign(block_id=block, number=numbers, kind="lot")
    if table == "streets":
        ids, layer = [f"[{handle}]" for handle in handles], layer.assign(name=words)
    ids, again = unique(ids, handles)
    found.append(tables.findings(table, layer[again], "read.same_name", detail=np.array(ids)[again].tolist()))
    layer = layer.assign(area=layer.area, handle=handles)
    key = f"{table[:-1]}_id"
    layer = tables.conform(layer.set_axis(pd.Index(ids, name=key), axis=0), table)
    return layer, tables.join_findings(*found)
