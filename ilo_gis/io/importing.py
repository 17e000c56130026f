"""One door for what offices send: any file that is known becomes tables of the project, and findings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis import tables
from ilo_gis.errors import CRSError, RuleError, SchemaError
from ilo_gis.io.datum import operation, to_crs
from ilo_gis.io.ddl import OWN
from ilo_gis.io.dxf_read import GAP, read_dxf
from ilo_gis.io.gpx import read_gpx
from ilo_gis.io.kml import read_kml
from ilo_gis.io.shapefile import whole_names
from ilo_gis.io.surveyed import crossed, one_piece, unique
from ilo_gis.io.vector import read_with_findings
from ilo_gis.io.vertices import read_vertices
from ilo_gis.io.wkt import has_wkt, read_wkt
from ilo_gis.io.zipped import opened
from ilo_gis.tables.reading import typed

__all__ = ["import_file"]

LISTS = (".csv", ".tsv", ".txt")


def import_file(
    path: str | os.PathLike[str],
    crs: object = None,
    *,
    source_crs: object = None,
    table: str | None = None,
    layer: str | None = None,
    columns: Mapping[str, str] | None = None,
    **more: Any,
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Read a file of any kind that offices use into tables that a project can hold.

    Parameters
    ----------
    path : path-like
        DXF (`read_dxf`), vertices or WKT in CSV (`read_vertices`, `read_wkt`), KML or KMZ (`read_kml`), GPX
        (`read_gpx`), or what `read_layer` reads; zipped or not.
    crs : int, str or CRS, optional
        CRS of the project, in m. Left out, a layer stays in its own.
    source_crs : int, str or CRS, optional
        CRS of the coordinates of a drawing or list, where it is another: PSAD56 is 24879 at Ilo.
    table : str, optional
        What the features are, such as ``"lots"``; needed for KML, WKT and layers.
    layer : str, optional
        Layer of a file with several.
    columns : mapping of str to str, optional
        Columns of `table` and their names in the file, where these are not known: ``{"block_id": "SECTOR"}``.
    **more
        What the reader takes besides: ``layers``, ``gap``, ``encoding``, ``max_vertices``, and
        ``street_width`` (m) for the axes of streets in a drawing.

    Returns
    -------
    tables : dict of str to GeoDataFrame
        Tables by name, as `ilo_gis.tables` declares them.
    findings : GeoDataFrame
        Table ``findings``, with the operation between two datums and its accuracy.

    Raises
    ------
    ReadError, CRSError, SchemaError
        As the readers; or if the features do not make the table.
    RuleError
        If `table` is not told where it has to be.
    PrivacyError
        If the file has columns that identify people.

    Examples
    --------
    >>> made, found = import_file(ilo_gis.io.sample_path(), 32719, table="blocks", layer="old_blocks")
    >>> len(made["blocks"]) > 0
    True
    """
    name = os.fspath(path)
    with opened(path) as file:
        kind = file.suffix.lower()
    limit = {key: more[key] for key in ("max_vertices",) if key in more}
    wkt = kind in LISTS and has_wkt(path)
    own = source_crs or crs
    if own is None and (kind == ".dxf" or kind in LISTS):
        raise CRSError(f"{name} does not tell its CRS. Tell it: `crs=32719` / `--crs EPSG:32719`.")
    if kind == ".dxf" or (kind in LISTS and not wkt):
        made, found = _surveyed(path, kind, own, more, limit)
        return _projected(made, found, own if crs is None else crs)
    if kind == ".gpx":
        return read_gpx(path, crs, **limit)
    if table is None:
        raise RuleError(
            f"{name} does not tell what its features are. Tell it: `table='lots'` / `--table lots` "
            "(blocks, streets, zones, constraints ...)."
        )
    if wkt:
        read, found = _listed(path, own, crs, encoding=more.get("encoding"), **limit)
    elif kind == ".kml":
        if crs is None:
            raise CRSError(
                f"{name} is in degrees. Tell the CRS of the project: `crs=32719` / `--crs EPSG:32719`."
            )
        read, found = read_kml(path, crs, **limit)
        read, columns, told = _placemarks(read, table, columns or {})
        found = tables.join_findings(found, told)
    else:
        read, found = read_with_findings(path, layer, crs, encoding=more.get("encoding"), **limit)
    if read.crs is None or read.crs.is_geographic:
        lacks = "does not tell its CRS" if read.crs is None else f"is in degrees ({read.crs.name})"
        raise CRSError(
            f"{name} {lacks}. Tell the CRS of the project, in m: `crs=32719` / `--crs EPSG:32719`."
        )
    made, told = _tabled(read, table, columns or {}, name)
    return {table: made}, _placed(tables.join_findings(found, told), made.crs)


def _surveyed(
    path: str | os.PathLike[str], kind: str, crs: object, more: dict[str, Any], limit: dict[str, Any]
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Read what a surveyor drew, or listed by vertices."""
    if kind != ".dxf":
        return read_vertices(path, crs, gap=more.get("gap") or GAP, encoding=more.get("encoding"), **limit)
    drawn = {key: more[key] for key in ("layers", "gap") if more.get(key) is not None}
    made, found = read_dxf(path, crs, **drawn, **limit)
    made, told = _axes(made, more.get("street_width"))
    return made, tables.join_findings(found, told)


def _listed(
    path: str | os.PathLike[str], own: object, crs: object, **how: Any
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Read a list with WKT, in the CRS of the project."""
    read, found = read_wkt(path, own, **how)
    if crs is None or (way := operation(read, crs)) is None:
        return read if crs is None else to_crs(read, crs, quiet=True), found
    told = tables.findings("layer", None, "read.datum", detail=way.named, found=way.accuracy)
    return to_crs(read, crs, quiet=True), tables.join_findings(found, told)


def _placemarks(
    layer: gpd.GeoDataFrame, table: str, columns: Mapping[str, str]
) -> tuple[gpd.GeoDataFrame, Mapping[str, str], gpd.GeoDataFrame]:
    """Leave out the names of placemarks, which may be people's, unless it is told what they are."""
    none = tables.empty("findings", layer.crs)
    if "name" not in layer or "name" in tables.describe(table).index:
        return layer, columns, none
    if "name" in columns.values():
        meant = {new: "placemark" if own == "name" else own for new, own in columns.items()}
        return layer.rename(columns={"name": "placemark"}), meant, none
    if layer["name"].isna().all():
        return layer.drop(columns="name"), columns, none
    key = tables.describe(table).index[0]
    told = tables.findings("layer", None, "read.placemarks", detail=f"--column {key}=name", crs=layer.crs)
    return layer.drop(columns="name"), columns, told


def _tabled(
    layer: gpd.GeoDataFrame, table: str, columns: Mapping[str, str], name: str
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return a layer as a table: columns by their names there, cut names, or Spanish names."""
    tables.require_no_private(layer, table)
    if wrong := [own for own in columns.values() if own not in layer]:
        there = ", ".join(map(str, layer.columns))
        raise RuleError(f"{name} has no column {wrong[0]!r}. Its columns are: {there}.")
    layer = layer.rename(columns={own: new for new, own in columns.items()})
    layer, names = whole_names(layer, table)
    _require_named(layer, table, name)
    layer, kept = _apart(layer[layer.geometry.notna()], table)  # the reader has told of the others
    spec = tables.describe(table)
    key = spec.index[spec["dtype"] == "index"][0]
    if key not in layer:
        if {"block_id", "number"} <= set(layer) and table == "lots":
            layer = layer.assign(**{key: layer["block_id"].astype(str) + "-" + layer["number"].astype(str)})
        else:
            layer = layer.assign(**{key: [f"{place}" for place in range(1, len(layer) + 1)]})
    if table == "lots" and "kind" not in layer:
        layer = layer.assign(kind="lot")
    shapes = np.asarray(layer.geometry.array, dtype=object)
    single = (shapely.get_type_id(shapes) > shapely.GeometryType.POLYGON) & (
        shapely.get_num_geometries(shapes) == 1
    )
    shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    plain = layer.drop(columns=layer.geometry.name)
    whole = gpd.GeoDataFrame(plain, geometry=shapely.force_2d(shapes), crs=layer.crs)
    tables.require_metres(whole, table)
    whole, found = _readable(typed(whole, table), table, key)
    whole, parts = one_piece(whole, table)
    pairs = ", ".join(
        f"{own} = {new}" for own, new in {**{b: a for a, b in columns.items()}, **names, **kept}.items()
    )
    told = tables.findings("layer", None, "read.names", detail=pairs) if pairs else tables.empty("findings")
    made, lost = _whole(tables.conform(whole, table), table)
    return made, tables.join_findings(found, parts, told, lost, crossed(made, table))


def _require_named(layer: gpd.GeoDataFrame, table: str, name: str) -> None:
    """Raise if a column that a table needs goes by no known name, and tell how to name it."""
    spec = tables.describe(table).drop(index="kind" if table == "lots" else [])
    needed = spec.index[(spec["required"] == "yes") & (spec["dtype"] != "index")].drop("geometry")
    if len(missing := needed.difference(layer.columns, sort=False)):
        there = ", ".join(str(own) for own in layer.columns if own != layer.geometry.name)
        told = "\n".join(f"- {own!r}: {spec.at[own, 'description']}" for own in missing)
        raise SchemaError(
            f"{name} has no column for what {table!r} needs:\n{told}\nIts columns are: {there or 'none'}. "
            f"Tell which it is: `columns={{'{missing[0]}': 'NAME'}}` / `--column {missing[0]}=NAME`."
        )


def _apart(layer: gpd.GeoDataFrame, table: str) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Give columns that a project has of its own, or twice but for their capitals, a mark before the name."""
    taken = {*OWN, *(name.lower() for name in tables.describe(table).index)}
    names: dict[str, str] = {}
    known = set(tables.describe(table).index)
    for name in map(str, layer.columns):
        if name not in known and name.lower() in taken:
            names[name] = f"source_{name.lower()}"
        taken.add(name.lower())
    return layer.rename(columns=names), names


def _whole(table: gpd.GeoDataFrame, name: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Leave out rows without what their table needs, such as the block of a lot, and tell."""
    spec = tables.describe(name)
    needed = spec.index[(spec["required"] == "yes") & (spec["dtype"] != "index")].intersection(table.columns)
    lacks = table[needed].isna()
    lost = lacks.any(axis=1).to_numpy()
    what = [", ".join(needed[row]) for row in lacks.to_numpy()[lost]]
    return table[~lost], tables.findings(name, table[lost], "read.left_out", detail=what, crs=table.crs)


def _readable(layer: gpd.GeoDataFrame, table: str, key: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give later ones of the same id a mark, leave out what is no number, and tell of both."""
    rows = [f"{place}" for place in range(1, len(layer) + 1)]
    named = layer[key].astype(object).where(layer[key].notna(), pd.Series(rows, layer.index))
    ids, again = unique(named.astype(str), rows)
    result = layer.set_axis(pd.Index(ids, name=key), axis=0).drop(columns=key)
    found = [
        tables.empty("findings", layer.crs),
        tables.findings(table, result[again], "read.same_name", detail=result.index[again].tolist()),
    ]
    spec = tables.describe(table)
    for column in spec.index[spec["dtype"].isin(["float64", "Int64"])].intersection(result.columns):
        read = pd.to_numeric(result[column], errors="coerce")
        wrong = read.isna() & result[column].notna()
        texts = [f"{column} = {value}" for value in result.loc[wrong, column]]
        found.append(tables.findings(table, result[wrong], "read.no_value", detail=texts))
        result[column] = read if wrong.any() else result[column]
    return result, tables.join_findings(*found)


def _axes(
    made: dict[str, gpd.GeoDataFrame], width: float | None
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Give axes of streets their width, or leave them out and tell."""
    lines = made.get("street_lines")
    if lines is None:
        return made, tables.empty("findings")
    if width is not None:
        return {
            **made,
            "street_lines": tables.conform(lines.assign(width=width), "street_lines"),
        }, tables.empty("findings", lines.crs)
    told = tables.findings("street_lines", None, "dxf.no_width", found=len(lines), crs=lines.crs)
    return {name: table for name, table in made.items() if name != "street_lines"}, told


def _projected(
    made: dict[str, gpd.GeoDataFrame], found: gpd.GeoDataFrame, crs: object
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Return tables in the CRS of the project, measured there, and how they got there."""
    way = None
    moved = {}
    lost = []
    for name, read in made.items():
        table, told = _whole(read, name)
        lost.append(told)
        way = way or operation(table, crs)
        there = to_crs(table, crs, quiet=True)
        sizes: dict[str, pd.Series] = {"area": there.area, "length": there.length}
        moved[name] = there.assign(**{size: values for size, values in sizes.items() if size in there})
    found = tables.join_findings(found, *lost)
    found = to_crs(found, crs, quiet=True) if found.geometry.notna().any() else found
    if way is not None:
        told = tables.findings("layer", None, "read.datum", detail=way.named, found=way.accuracy)
        found = tables.join_findings(found, told)
    return moved, _placed(found, crs)


def _placed(found: gpd.GeoDataFrame, crs: object) -> gpd.GeoDataFrame:
    """Return findings in the CRS of the tables; those without any geometry have no other."""
    return found if found.geometry.notna().any() else found.set_crs(crs, allow_override=True)
