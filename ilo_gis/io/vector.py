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
import pandas as pd

from ilo_gis.errors import CRSError, ReadError

__all__ = ["has_layer", "read_layer", "read_table"]

log = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE = 2.0  # seconds to wait for a database that another program has locked
LOCKED = "{} is locked by another program. Save and close it there (QGIS: stop editing), or work on a copy."
TOLD = 3  # different warnings of a file that are repeated in the log


def read_layer(
    path: str | os.PathLike[str], layer: str | None = None, crs: object = None
) -> gpd.GeoDataFrame:
    """Read a layer from any file that GDAL reads, or from GeoParquet, exactly as it is.

    Geometries that are missing, empty or invalid come through: nothing is mended. Rings that
    are not closed cannot be held as a geometry and come as missing; the log says how many.

    Parameters
    ----------
    path : path-like
        A GeoPackage, Shapefile, GeoJSON, KML, DXF, zipped file, GeoParquet file, or a GDAL address.
    layer : str, optional
        Name of the layer. Needed where the file holds several layers with geometry.
    crs : int, str or CRS, optional
        CRS wanted. A file without a CRS is taken to be in this one; a file in another CRS is
        projected to it. (To correct a file that declares a wrong CRS:
        ``layer.set_crs(32719, allow_override=True)``.)

    Returns
    -------
    GeoDataFrame
        The layer with all its columns, in `crs` if that was given, else in the CRS of the file,
        which may be none.

    Raises
    ------
    ReadError
        If the file is missing, damaged, locked or not a vector file; if the layer is unknown, or
        not named among several; if it has no geometry column or no features.
    CRSError
        If `crs` is not a CRS.

    Examples
    --------
    >>> read_layer("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name.
    """
    wanted = None if crs is None else _crs(crs)
    name = os.fspath(path)
    if not _is_address(name) and not Path(name).expanduser().exists():
        raise ReadError(f"There is no file {name}. Check the path and the name.")
    if name.lower().endswith((".parquet", ".geoparquet")):
        from ilo_gis.io.parquet import read_parquet

        result = read_parquet(name)
    else:
        result = _read(name, _choose(name, layer))
    if result.empty:
        raise ReadError(
            f"{name} has no features{_of(layer)}. Check the file, or name another layer with `--layer`."
        )
    if wanted is None or result.crs == wanted:
        return result
    return result.set_crs(wanted) if result.crs is None else result.to_crs(wanted)


def read_table(
    path: str | os.PathLike[str], table: str | None = None, crs: object = None
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Read a table from any file that GDAL reads, with geometry or without: a layer, or a CSV file.

    Parameters
    ----------
    path : path-like
        As for `read_layer`, or a file of plain tables such as CSV, whose values come as texts.
    table : str, optional
        Name of the table or layer. Needed where the file holds several.
    crs : int, str or CRS, optional
        As for `read_layer`; plain tables have none.

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
    if not Path(name).is_file() or name.lower().endswith((".parquet", ".geoparquet")):
        return read_layer(path, table, crs)
    layers = layers_of(name)
    if table is not None and table not in layers:
        raise ReadError(f"{name} has no table {table!r}. Its tables are: {', '.join(layers)}.")
    wanted = next(iter(layers), "") if table is None and len(layers) == 1 else table or ""
    return _read(name, wanted) if layers.get(wanted, "") is None else read_layer(path, table, crs)


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
    import pyogrio

    found = reading(name, lambda: pyogrio.list_layers(name))
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


def _crs(crs: object) -> object:
    from pyproj import CRS
    from pyproj.exceptions import CRSError as ProjError

    try:
        return CRS.from_user_input(crs)
    except ProjError as error:
        raise CRSError(
            f"{crs!r} is not a CRS. Write it like EPSG:32719 (Ilo: WGS 84 / UTM zone 19S)."
        ) from error


def _is_address(name: str) -> bool:
    return name.startswith("/vsi") or ":" in name[2:]


def _of(layer: str | None) -> str:
    return f" in layer {layer!r}" if layer else ""


def _choose(name: str, layer: str | None) -> str:
    layers = layers_of(name)
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


def _read(name: str, layer: str) -> gpd.GeoDataFrame:
    import pyogrio

    return reading(name, lambda: pyogrio.read_dataframe(name, layer=layer, on_invalid="warn"))


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
