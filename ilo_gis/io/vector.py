"""Read any vector layer, and say what to do where that fails."""

from __future__ import annotations

import contextlib
import logging
import os
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import CRSError, ReadError
from ilo_gis.io import shapefile
from ilo_gis.io.csv_read import read_csv
from ilo_gis.io.datum import crs_of, operation, to_crs
from ilo_gis.io.guard import require_few_vertices, require_sane
from ilo_gis.io.zipped import opened
from ilo_gis.tables.facts import with_facts

__all__ = ["has_layer", "read_layer", "read_table", "read_with_findings"]

log = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE = 2.0  # seconds to wait for a database that another program has locked
LOCKED = "{} is locked by another program. Save and close it there (QGIS: stop editing), or work on a copy."
TOLD = 3  # different warnings of a file that are repeated in the log
PARQUET = (".parquet", ".geoparquet")
PLAIN = (".csv", ".tsv", ".txt")
MOST_DEGREES = 360.0


def read_layer(
    path: str | os.PathLike[str],
    layer: str | None = None,
    crs: object = None,
    *,
    encoding: str | None = None,
    max_vertices: int | None = None,
) -> gpd.GeoDataFrame:
    """Read a layer from any file that GDAL reads, or from GeoParquet, exactly as it is.

    Geometries that are missing, empty or invalid come through: nothing is mended. Rings that
    are not closed cannot be held as a geometry and come as missing; the log says how many. A file
    that would run code, open other files, ask the network or fill the memory is refused. Of a
    project that has scenarios, the layer is that of the plan in force, or of the only one.

    Parameters
    ----------
    path : path-like
        A GeoPackage, Shapefile, GeoJSON, KML, DXF, zipped file or GeoParquet file; no address.
    layer : str, optional
        Name of the layer. Needed where the file holds several layers with geometry.
    crs : int, str or CRS, optional
        CRS wanted. A file without a CRS is taken to be in this one; a file in another CRS is
        projected to it; over datums by the operation that `datum.operation` names. (To correct a file
        that declares a wrong CRS: ``layer.set_crs(32719, allow_override=True)``.)
    encoding : str, optional
        Encoding of the texts of a shapefile or CSV file; else it is found.
    max_vertices : int, optional
        The most vertices; else the environment variable ``ILO_GIS_MAX_VERTICES``, else 10 million.

    Returns
    -------
    GeoDataFrame
        The layer with all its columns, in `crs` if that was given, else in the CRS of the file,
        which may be none.

    Raises
    ------
    ReadError
        If the file is missing, damaged, locked, not a vector file or not safe; if the layer is
        unknown, or not named among several; if it has no geometry column or no features; if
        coordinates are not finite, lie nowhere on the Earth, or are too many.
    CRSError
        If `crs` is not a CRS, or the coordinates have no place in it.

    Examples
    --------
    >>> read_layer("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name.
    """
    result, found = read_with_findings(path, layer, crs, encoding=encoding, max_vertices=max_vertices)
    for message in found["message"]:
        log.warning("%s: %s", os.fspath(path), message)
    return result


def read_with_findings(
    path: str | os.PathLike[str],
    layer: str | None = None,
    crs: object = None,
    *,
    encoding: str | None = None,
    max_vertices: int | None = None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Read a layer as `read_layer` does, and return what the log would say of it as findings.

    Parameters
    ----------
    path, layer, crs, encoding, max_vertices
        As for `read_layer`.

    Returns
    -------
    layer : GeoDataFrame
        As `read_layer`.
    findings : GeoDataFrame
        Table ``findings``: parts that are missing, an encoding or CRS that is not what the file says, the
        operation between two datums with its accuracy, geometries that are missing.

    Raises
    ------
    ReadError, CRSError
        As `read_layer`.

    Examples
    --------
    >>> read_with_findings("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name.
    """
    from ilo_gis.io.gpkg_store import facts_in

    wanted = None if crs is None else crs_of(crs)
    name = os.fspath(path)
    found = []
    with opened(path) as file:
        facts = {"sources": Path(name).name} | facts_in(file)
        if file.suffix.lower() in PARQUET:
            from ilo_gis.io.parquet import read_parquet

            result = read_parquet(os.fspath(file))
        else:
            if file.suffix.lower() == ".shp":
                encoding, told = shapefile.look(file, name, encoding)
                found.append(told)
            chosen = _choose(name, layer, _layers(file, name))
            require_few_vertices(file, chosen, name, max_vertices)
            result = _read(file, name, chosen, encoding)
    if result.empty:
        raise ReadError(
            f"{name} has no features{_of(layer)}. Check the file, or name another layer with `--layer`."
        )
    require_sane(result, name, max_vertices)
    result, told = _placed(result, wanted, name)
    found.append(told)
    if missing := int(result.geometry.isna().sum()):
        found.append(tables.findings("layer", None, "read.missing", found=missing, required=len(result)))
    return with_facts(result, facts), tables.join_findings(tables.empty("findings", result.crs), *found)


def _placed(layer: gpd.GeoDataFrame, wanted: object, name: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return a layer in the CRS wanted; degrees that can be none are told, or taken for what is wanted."""
    found = tables.empty("findings")
    most = np.nanmax(np.abs(layer.total_bounds), initial=0.0)
    if layer.crs is not None and layer.crs.is_geographic and most > MOST_DEGREES:
        if wanted is None:
            raise CRSError(
                f"{name} says that it is in degrees ({layer.crs.name}), but its coordinates reach "
                f"{most:,.0f}: they are metres. (GeoJSON without a CRS is in degrees, by RFC 7946.) "
                "Tell its CRS: `crs=32719` / `--crs EPSG:32719`."
            )
        found = tables.findings("layer", None, "read.no_degrees", detail=crs_of(wanted).name, found=most)
        return layer.set_crs(wanted, allow_override=True), found
    if wanted is None or layer.crs == wanted:
        return layer, found
    if layer.crs is None:
        return layer.set_crs(wanted), found
    if (way := operation(layer, wanted)) is not None:
        found = tables.findings("layer", None, "read.datum", detail=way.named, found=way.accuracy)
    return to_crs(layer, wanted, quiet=True), found


def read_table(
    path: str | os.PathLike[str],
    table: str | None = None,
    crs: object = None,
    *,
    encoding: str | None = None,
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Read a table from any file that GDAL reads, with geometry or without: a layer, or a CSV file.

    Parameters
    ----------
    path : path-like
        As for `read_layer`, or a file of plain tables such as CSV, whose values come as texts. Cells may
        be separated by commas, semicolons, tabs or bars; numbers may have decimal commas.
    table : str, optional
        Name of the table or layer. Needed where the file holds several.
    crs : int, str or CRS, optional
        As for `read_layer`; plain tables have none.
    encoding : str, optional
        Encoding of the texts of a CSV file or shapefile; else it is found.

    Returns
    -------
    GeoDataFrame or DataFrame
        As `read_layer` for a layer; else a plain table, which may have no rows.

    Raises
    ------
    ReadError, CRSError
        As for `read_layer`.

    Examples
    --------
    >>> read_table("no_such.csv")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.csv. Check the path and the name.
    """
    name = os.fspath(path)
    with opened(path) as file:
        if file.suffix.lower() in PARQUET:
            return read_layer(path, table, crs)
        layers = _layers(file, name)
        if table is not None and table not in layers:
            raise ReadError(f"{name} has no table {table!r}. Its tables are: {', '.join(layers)}.")
        wanted = next(iter(layers), "") if table is None and len(layers) == 1 else table or ""
        if layers.get(wanted, "") is not None:
            return read_layer(path, table, crs, encoding=encoding)
        if file.suffix.lower() in PLAIN:
            return read_csv(file, name, encoding)
        return _read(file, name, wanted)


def has_layer(path: str | os.PathLike[str], layer: str) -> bool:
    """Tell whether a GeoPackage is there and has a layer.

    Examples
    --------
    >>> has_layer("no_such.gpkg", "zones")
    False
    """
    name = os.fspath(path)
    return name.lower().endswith(".gpkg") and Path(name).is_file() and layer in layers_of(name)


def layers_of(name: str) -> dict[str, str | None]:
    """Return the layers of a file and their geometry types; None for a table without geometry."""
    with opened(name) as file:
        return _layers(file, name)


def _layers(file: Path, name: str) -> dict[str, str | None]:
    import pyogrio

    found = reading(name, lambda: pyogrio.list_layers(file))
    return {str(layer): kind for layer, kind in found}


def reading(name: str, work: Callable[[], T]) -> T:
    """Run a GDAL call, after a short wait where the file is locked; GDAL's errors become ReadError."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    deadline = time.monotonic() + PATIENCE
    while _locked(name):
        if time.monotonic() > deadline:
            raise ReadError(LOCKED.format(name))
        time.sleep(0.05)
    try:
        return _quietly(name, work)
    except (DataSourceError, DataLayerError, FeatureError, GeometryError, OSError, UnicodeError) as error:
        raise ReadError(
            f"{name} cannot be read: {_gist(error)}. It may be damaged, or not a vector file. "
            "Open it in QGIS to see; export it from there as a GeoPackage."
        ) from error


def _gist(error: Exception) -> str:
    return str(error).split("; It might help")[0].rsplit("failed: ", 1)[-1].split(";")[0].rstrip(".")


def _of(layer: str | None) -> str:
    return f" in layer {layer!r}" if layer else ""


def _choose(name: str, layer: str | None, layers: dict[str, str | None]) -> str:
    spatial = [found for found, kind in layers.items() if kind is not None]
    listed = ", ".join(spatial) or "none"
    if layer is None:
        if len(spatial) == 1:
            return spatial[0]
        if not layers:
            raise ReadError(f"{name} has no layers, so no features. Check how it was exported.")
        if not spatial:
            raise ReadError(
                f"{name} has no geometry column: it is a plain table. Give a file with geometries."
            )
        raise ReadError(
            f"{name} has several layers. Name one, by `layer=`, `--layer` or `FILE|LAYER`: {listed}."
        )
    if layer not in layers:
        raise ReadError(f"{name} has no layer {layer!r}. Its layers are: {listed}.")
    if layers[layer] is None:
        raise ReadError(f"Layer {layer!r} of {name} has no geometry column. Layers that have one: {listed}.")
    return layer


def _read(file: Path, name: str, layer: str, encoding: str | None = None) -> gpd.GeoDataFrame:
    import pyogrio

    from ilo_gis.io.gpkg_store import select_in_force

    sql = select_in_force(file, name, layer)
    which = {"layer": layer} if sql is None else {"sql": sql}
    return reading(name, lambda: pyogrio.read_dataframe(file, on_invalid="warn", encoding=encoding, **which))


def _quietly(name: str, work: Callable[[], T]) -> T:
    """Run a call; what it warns of goes to the log, so that one odd feature stops nobody."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = work()
    told = Counter(str(warning.message).strip() for warning in caught)
    for message, times in told.most_common(TOLD):
        log.warning("%s: %s%s", name, message, f" ({times} times)" if times > 1 else "")
    if len(told) > TOLD:
        log.warning("%s: and %d more kinds of warnings", name, len(told) - TOLD)
    return result


def _locked(name: str) -> bool:
    """Tell whether another program holds an SQLite file; GDAL waits ten seconds and does not say why."""
    import sqlite3

    if not name.lower().endswith((".gpkg", ".sqlite", ".db")) or not Path(name).is_file():
        return False
    try:
        with contextlib.closing(
            sqlite3.connect(f"{Path(name).resolve().as_uri()}?mode=ro", uri=True, timeout=0)
        ) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False
    return False
