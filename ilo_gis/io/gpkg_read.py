"""Tables of a project file as rows, by SQLite alone: no second library opens what a program has open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from ilo_gis.errors import ReadError, some_ids
from ilo_gis.io.ddl import GEOMETRY, key_of
from ilo_gis.io.gpkg_layers import columns_in, is_spatial
from ilo_gis.io.gpkg_rows import HEAD, selection

__all__ = ["read"]

BOUNDS = np.array([0, 32, 48, 48, 64, 0, 0, 0])  # bytes of the bounds, by what the flags say they are


def read(db: sqlite3.Connection, table: str, scenario: str | None, address: str) -> pd.DataFrame:
    """Return the rows of a table in a scenario, with the types that its columns have in the file.

    Parameters
    ----------
    db : Connection
        To the file.
    table : str
        Name of a table that it has.
    scenario : str, optional
        Which scenario; None where the file, of an earlier format, knows none.
    address : str
        What errors call the file.

    Returns
    -------
    DataFrame or GeoDataFrame
        The key is a column; the columns of the store (fid, scenario, row_version) stay behind.

    Raises
    ------
    ReadError
        If a geometry is damaged.
    """
    cursor = db.execute(selection(table, (there := columns_in(db, table)), scenario))
    names, found = [column[0] for column in cursor.description], cursor.fetchall()
    columns = zip(*found, strict=True) if found else [()] * len(names)
    lists: dict[str, Sequence[Any]] = dict(zip(names, columns, strict=True))
    del lists["fid"]
    shapes = lists.pop(GEOMETRY, None)
    ids = lists[key_of(table)]
    rows = pd.DataFrame({name: _column(there[name], lists[name]) for name in lists})
    if shapes is None or not is_spatial(table):
        return rows
    return gpd.GeoDataFrame(rows, geometry=_decoded(shapes, ids, f"{address}: {table}"), crs=_crs(db, table))


def _column(kind: str, values: Sequence[Any]) -> pd.Series:
    """Return the values of a column with the type that fits the one declared in SQL."""
    kind, some = kind.upper(), None in values
    try:
        if kind.startswith(("DATE", "TIMESTAMP")):
            days = pd.to_datetime(pd.Series(values, dtype=object), format="ISO8601", utc=True)
            return days.dt.tz_localize(None).astype("datetime64[ms]")
        if kind == "BOOLEAN" and not some:
            return pd.Series(values, dtype="int64") != 0
        whole = not some and "INT" in kind
        number = kind.startswith(("BOOL", "REAL", "DOUB", "FLOA")) or "INT" in kind
        return pd.Series(values, dtype="int64" if whole else "float64" if number else object)
    except (ValueError, TypeError):  # SQLite lets any value into any column: `conform` says which is wrong
        return pd.Series(values, dtype=object)


def _decoded(blobs: Sequence[bytes | None], ids: Sequence[Any], where: str) -> NDArray[np.object_]:
    """Return geometries out of GeoPackage blobs: ISO WKB behind a header."""
    starts = [0 if blob is None else HEAD.size + BOUNDS[blob[3] >> 1 & 7] for blob in blobs]
    bodies = [None if blob is None else blob[n:] for blob, n in zip(blobs, starts, strict=True)]
    shapes = shapely.from_wkb(np.array([*bodies, None], dtype=object)[:-1], on_invalid="ignore")
    damaged = [one for one, body, shape in zip(ids, bodies, shapes, strict=True) if body and shape is None]
    if damaged:
        raise ReadError(f"{where} has damaged geometries in {some_ids(damaged)}. Delete or draw them again.")
    return shapes


def _crs(db: sqlite3.Connection, table: str) -> CRS | None:
    found = db.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
        " JOIN gpkg_geometry_columns USING (srs_id) WHERE table_name = ?",
        (table,),
    )
    name, code, wkt = found.fetchone()
    if code in (0, -1) and name.upper() == "NONE":
        return None
    return CRS.from_user_input(f"EPSG:{code}" if name.upper() == "EPSG" else wkt)
