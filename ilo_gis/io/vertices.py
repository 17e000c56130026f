"""Outlines from a list of vertices, as the plans of titles give them: vertice, este, norte, lote."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.csv_read import read_csv
from ilo_gis.io.datum import crs_of
from ilo_gis.io.guard import require_sane
from ilo_gis.io.surveyed import elsewhere, unsound
from ilo_gis.io.zipped import opened
from ilo_gis.tables.reading import plain

__all__ = ["read_vertices"]

GAP = 0.01  # m between the first vertex and the same one at the end
LEAST = 3  # vertices of an outline
NEEDED = ("east", "north")
GROUPS = re.compile(r"[-+]?\d{1,3}(,\d{3})+")  # 254,000 in a whole column: thousands
POINTS = re.compile(r"[-+]?\d{1,3}(\.\d{3}){2,}")  # 8.046.000


def read_vertices(
    path: str | os.PathLike[str],
    crs: object,
    *,
    gap: float = GAP,
    encoding: str | None = None,
    max_vertices: int | None = None,
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Read outlines from a CSV file with one vertex a line.

    Columns go by their usual names (``vertices.toml``): east and north (``este``, ``norte``, ``x``, ``y``),
    and where they are there the vertex, the lot or polygon, the block and the order. Vertices of an outline
    stand in the order of that column, else of their names where all have one (1, 2, 10; A, B; P1, P2), else
    of the file. The first vertex may stand at the end again. An outline with a fault is not made, but told.

    Parameters
    ----------
    path : path-like
        A CSV file: commas, semicolons, tabs; decimal points or commas; zipped or not.
    crs : int, str or CRS
        CRS of the coordinates, in m.
    gap : float
        How far the first vertex may lie from itself where it is repeated at the end, m.
    encoding : str, optional
        Encoding of the texts; else it is found.
    max_vertices : int, optional
        As for `read_layer`.

    Returns
    -------
    tables : dict of str to GeoDataFrame
        ``lots`` where the file has a column of blocks, with their ids (``K-12``); else ``blocks``, one for
        each polygon, or one of the whole file.
    findings : GeoDataFrame
        Table ``findings``: vertices that are no numbers or repeat, outlines that do not close, have fewer
        than three vertices, cross themselves or are there twice.

    Raises
    ------
    ReadError
        If the file cannot be read, or has no columns of east and north.
    CRSError
        If `crs` is not in metres.

    Examples
    --------
    >>> read_vertices("no_such.csv", 32719)
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.csv. Check the path and the name.
    """
    name = os.fspath(path)
    wanted = crs_of(crs)
    tables.require_metres(gpd.GeoDataFrame(geometry=[], crs=wanted), "the list of vertices")
    with opened(path) as file:
        points = _points(read_csv(file, name, encoding), name)
    lost = points[~np.isfinite(points[list(NEEDED)]).all(axis=1)]
    points = _ordered(points, gap)
    is_lots = len(points) and points["block"].notna().all()
    table, key = ("lots", "lot_id") if is_lots else ("blocks", "block_id")
    bad = lost.set_index(lost["line"].astype(str))
    found = [tables.findings(table, bad, "vertices.no_number", detail=lost["own"].tolist(), crs=wanted)]
    points, told = _sound(points[~points["own"].isin(lost["own"])], table, gap, wanted)
    ids, codes = np.unique(points["own"].to_numpy(dtype=str), return_inverse=True)
    order = np.argsort(codes, kind="stable")
    corners = points[list(NEEDED)].to_numpy()[order]
    shapes = shapely.polygons(shapely.linearrings(corners, indices=codes[order])) if len(ids) else []
    layer = gpd.GeoDataFrame(geometry=list(shapes), index=pd.Index(ids, name=key, dtype=object), crs=wanted)
    require_sane(layer, name, max_vertices)
    layer, twice = unsound(layer, table)
    found += [told, twice]
    if len(layer):
        found.append(elsewhere(layer))
    if table == "lots":
        first = points.drop_duplicates("own").set_index("own").loc[layer.index]
        numbers = pd.to_numeric(first["polygon"], errors="coerce")
        layer = layer.assign(block_id=first["block"], number=numbers, kind="lot")
    layer = tables.conform(layer.assign(area=layer.area), table)
    return {table: layer}, tables.join_findings(tables.empty("findings", wanted), *found)


@cache
def usual() -> dict[str, list[str]]:
    """Return the usual names of the columns, of ``vertices.toml``."""
    return tomllib.loads((files(__package__) / "vertices.toml").read_text("utf-8"))


def _points(raw: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the vertices with the columns that are known, in numbers, and the line that each stands in."""
    own = {plain(column): column for column in raw.columns}
    known = {what: next((own[n] for n in names if n in own), None) for what, names in usual().items()}
    if missing := [what for what in NEEDED if known[what] is None]:
        raise ReadError(
            f"{name} has no column of {' and of '.join(missing)}. Its columns are: "
            f"{', '.join(map(str, raw.columns))}. Name them este and norte, or x and y."
        )
    blank = pd.Series(None, raw.index, dtype=object)
    texts = {what: blank if column is None else raw[column].str.strip() for what, column in known.items()}
    points = pd.DataFrame(
        {what: text.where(text.notna() & (text != ""), None) for what, text in texts.items()}
    )
    for what in (*NEEDED, "order"):
        points[what] = _numbers(points[what])
    points["polygon"] = points["polygon"].fillna("1")
    points["vertex"] = points["vertex"].str.upper()
    points["own"] = points["polygon"].where(points["block"].isna(), points["block"] + "-" + points["polygon"])
    return points.assign(line=np.arange(2, len(points) + 2))


def _numbers(texts: pd.Series) -> pd.Series:
    """Return numbers from texts with points or commas for decimals or thousands; NaN where none is meant."""
    bare = texts.astype("string").str.replace(r"[\s\u00a0']", "", regex=True)
    filled = bare.dropna()
    if len(filled) and (filled.str.fullmatch(GROUPS).all() or filled.str.fullmatch(POINTS).all()):
        return pd.to_numeric(bare.str.replace(r"[.,]", "", regex=True), errors="coerce").astype(float)
    last_comma = bare.str.rfind(",") > bare.str.rfind(".")
    commas = bare.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    points = bare.str.replace(",", "", regex=False)
    read = pd.to_numeric(commas.where(last_comma.fillna(False), points), errors="coerce").astype(float)
    return read.where(np.isfinite(read))


def _ordered(points: pd.DataFrame, gap: float) -> pd.DataFrame:
    """Return vertices outline by outline, by their order, else by their names, else as in the file.

    A last one that is the first one again is marked as ``closing``, with how far off (``away``) it is.
    """
    if points["order"].notna().all():
        points = points.sort_values(["own", "order"], kind="stable")
    groups = points.groupby("own", sort=False)
    first = groups[["vertex", *NEEDED]].transform("first")
    away = np.hypot(points["east"] - first["east"], points["north"] - first["north"])
    last = points["own"].duplicated() & ~points["own"].duplicated(keep="last")
    again = np.where(points["vertex"].isna(), away <= gap, points["vertex"] == first["vertex"])
    points = points.assign(closing=last & again, away=away)
    if points["order"].notna().all() or points["vertex"].isna().any():
        return points
    parts = points["vertex"].str.extract(r"^(\D*)(\d*)(.*)$")
    keys = pd.DataFrame(
        {
            "own": points["own"],
            "closing": points["closing"],
            "length": parts[0].str.len(),  # Z before AA
            "letters": parts[0],
            "number": pd.to_numeric(parts[1], errors="coerce").fillna(-1),
            "rest": parts[2],
        }
    )
    return points.loc[keys.sort_values(list(keys.columns), kind="stable").index]


def _sound(
    points: pd.DataFrame, table: str, gap: float, crs: object
) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Return the vertices of outlines that can be made, and what is wrong with the others."""
    wide = points[points["closing"] & (points["away"] > gap)]
    rest = points[~points["closing"]]
    named = rest[rest["vertex"].notna()]
    again = named[named.duplicated(["own", "vertex"])]
    counts = rest["own"].value_counts().sort_index()
    few = counts[counts < LEAST]

    def about(ids: object) -> pd.DataFrame:
        return pd.Series(0, pd.Index(ids, dtype=object)).to_frame()

    found = [
        tables.findings(table, about(wide["own"]), "vertices.gap", found=wide["away"], required=gap, crs=crs),
        tables.findings(
            table, about(again["own"]), "vertices.again", detail=again["vertex"].tolist(), crs=crs
        ),
        tables.findings(
            table, about(few.index), "vertices.few", found=few.to_numpy(), required=LEAST, crs=crs
        ),
    ]
    wrong = {*wide["own"], *again["own"], *few.index}
    empty = tables.empty("findings", crs)
    return rest[~rest["own"].isin(wrong)], tables.join_findings(empty, *found)
