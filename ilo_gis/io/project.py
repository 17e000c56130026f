"""The project file: one GeoPackage that holds a plan, its area table and its looks."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sqlite3
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ReadError, WriteError
from ilo_gis.io.atomic import disk_is_full, replacing
from ilo_gis.io.vector import LOCKED, PATIENCE, layers_of, reading
from ilo_gis.tables import Plan

__all__ = ["is_project", "project_info", "read_project", "write_project", "write_tables"]

FORMAT = "1"  # of the project file; goes up when older versions can no longer read it
UNDATED = "1970-01-01T00:00:00.000Z"  # same plan, same bytes: a project file carries no clock

PROJECT_SQL = """
CREATE TABLE IF NOT EXISTS project (
  id INTEGER PRIMARY KEY NOT NULL, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description) VALUES
  ('project', 'attributes', 'project', 'What wrote this file, and what is to be known of the plan'),
  ('layer_styles', 'attributes', 'layer_styles', '');
"""


def write_project(
    plan: Plan,
    path: str | os.PathLike[str],
    overwrite: bool = False,
    info: Mapping[str, str] | None = None,
) -> Path:
    """Write a plan to a GeoPackage 1.3 that opens styled in QGIS.

    One layer a table, the area table, a table ``project`` of keys and values, and the default
    styles. Ids are text with a UNIQUE index. The same plan gives the same bytes. The file is
    written beside its target and moved there when it is complete and checked.

    Parameters
    ----------
    plan : Plan
        What to write; layers in one CRS in metres.
    path : path-like
        The file, ``*.gpkg``.
    overwrite : bool
        Whether an existing file may be replaced.
    info : mapping of str to str, optional
        Further entries for the table ``project``, such as ``{"schematic": "yes"}``.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    CRSError
        If a layer has no CRS in metres, or two layers have different ones.
    PrivacyError
        If a table holds what identifies people.
    SchemaError
        If a table of the plan does not have its columns and types.
    WriteError
        If the file exists, is open elsewhere, or cannot be written; what was there before stays.

    Examples
    --------
    >>> names = ilo_gis.tables.Plan.__annotations__
    >>> plan = ilo_gis.tables.Plan(**{name: ilo_gis.tables.empty(name, 32719) for name in names})
    >>> write_project(plan, "no_such_folder/plan.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    return write_tables(_tables(plan), path, overwrite, {"format": FORMAT} | dict(info or {}))


def write_tables(
    content: Mapping[str, pd.DataFrame],
    path: str | os.PathLike[str],
    overwrite: bool = False,
    info: Mapping[str, str] | None = None,
    *,
    onto: str | os.PathLike[str] | None = None,
) -> Path:
    """Write tables to a GeoPackage 1.3, one layer each, that opens styled in QGIS.

    Parameters
    ----------
    content : mapping of str to table
        Tables by the names that `ilo_gis.tables` declares, such as ``{"zones": zones}``; all that
        have geometry in one CRS in metres.
    path, overwrite, info
        As for `write_project`.
    onto : path-like, optional
        GeoPackage whose other tables and layers, declared or not, come along as they are, with its styles
        and what its table ``project`` says. It does not change, unless it is `path` itself.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    CRSError
        If a layer has no CRS in metres, or two layers have different ones.
    PrivacyError
        If a table, of the content or of `onto`, holds what identifies people.
    SchemaError
        If a table is unknown, or does not have its columns and types.
    WriteError
        If the file exists, is open elsewhere, or cannot be written; what was there before stays.

    Examples
    --------
    >>> write_tables({"zones": ilo_gis.tables.empty("zones", 32719)}, "no_such_folder/zones.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

    if Path(path).suffix.lower() != ".gpkg":
        raise WriteError(f"A project is a GeoPackage: name it {Path(path).stem}.gpkg, not {Path(path).name}.")
    others = {} if onto is None else _others(os.fspath(onto), content)
    for name, table in [*content.items(), *others.items()]:
        tables.require_no_private(table, name)
    content = {name: tables.conform(table, name) for name, table in content.items()}
    if spatial := {name: table for name, table in (content | others).items() if _is_layer(name, table)}:
        tables.require_same_crs(**spatial)
    with replacing(path, overwrite) as temporary:
        try:
            if onto is not None:
                _copy(onto, temporary)
            for name, table in content.items():
                _write(table, name, temporary)
            _finish(temporary, content, info or {})
        except (
            DataLayerError,
            DataSourceError,
            FeatureError,
            FieldError,
            GeometryError,
            sqlite3.Error,
        ) as error:
            full = disk_is_full(temporary.parent)
            why = "The disk is full" if full else f"GDAL or SQLite says: {error}"
            raise WriteError(
                f"{path} was not written. {why}. Free some space, or write elsewhere."
            ) from error
    return Path(path)


def read_project(path: str | os.PathLike[str]) -> Plan:
    """Read a plan back from its project file.

    Parameters
    ----------
    path : path-like
        A file that `write_project` made; QGIS may have edited it since.

    Returns
    -------
    Plan
        Its tables, with the index, columns and types that `ilo_gis.tables` declares.

    Raises
    ------
    ReadError
        If the file is missing, damaged or locked, or lacks a layer of a plan.
    SchemaError
        If a layer no longer has its columns and types; all problems are listed.
    CRSError
        If a layer has no CRS in metres.

    Examples
    --------
    >>> read_project("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name.
    """
    import pyogrio

    name = os.fspath(path)
    if not Path(name).is_file():
        raise ReadError(f"There is no file {name}. Check the path and the name.")
    wanted = [field.name for field in dataclasses.fields(Plan)]
    there = layers_of(name)
    if missing := [layer for layer in wanted if layer not in there]:
        raise ReadError(
            f"{name} is not a project of ilo_gis: it lacks the layers {', '.join(missing)}. "
            "Read a single layer with `io.read_layer`."
        )
    content = {}
    for layer in wanted:
        raw = reading(name, partial(pyogrio.read_dataframe, name, layer=layer))
        content[layer] = tables.conform(raw, layer)
    return Plan(**content)


def is_project(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file is a project that `write_project` made.

    Examples
    --------
    >>> is_project("no_such.gpkg")
    False
    """
    try:
        return "format" in project_info(path)
    except ReadError:
        return False


def project_info(path: str | os.PathLike[str]) -> dict[str, str]:
    """Return the table ``project`` of a project file: what wrote it, and what is to be known of it.

    Raises
    ------
    ReadError
        If the file is missing, or is not a project of ilo_gis.

    Examples
    --------
    >>> project_info("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name.
    """
    if not Path(path).is_file():
        raise ReadError(f"There is no file {path}. Check the path and the name.")
    try:
        address = f"{Path(path).resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as db:
            return dict(db.execute("SELECT key, value FROM project ORDER BY id"))
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise ReadError(LOCKED.format(path)) from error
        raise ReadError(f"{path} is not a project of ilo_gis: {error}.") from error


def _tables(plan: Plan) -> dict[str, pd.DataFrame]:
    return {field.name: getattr(plan, field.name) for field in dataclasses.fields(plan)}


def _is_spatial(name: str) -> bool:
    return "geometry" in tables.describe(name).index


def _is_layer(name: str, table: pd.DataFrame) -> bool:
    """Tell whether a table is declared with geometry, and has it."""
    return isinstance(table, gpd.GeoDataFrame) and name in tables.names() and _is_spatial(name)


def _others(name: str, content: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of a file that are not in the content, without their rows."""
    import pyogrio

    return {
        layer: reading(name, partial(pyogrio.read_dataframe, name, layer=layer, max_features=0))
        for layer in layers_of(name)
        if layer not in content
    }


def _copy(path: str | os.PathLike[str], target: Path) -> None:
    """Copy a GeoPackage with what another program has written to it and not yet folded in."""
    address = f"{Path(path).resolve().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as db:
        db.execute("VACUUM INTO ?", (str(target),))


def _write(table: pd.DataFrame, name: str, path: Path) -> None:
    import pyogrio

    spec = tables.describe(name)
    key = table.index.name
    if not pd.api.types.is_integer_dtype(table.index):
        table = table.set_axis(table.index.astype(str), axis=0)
    plain = table.rename_axis(key).reset_index()
    texts = plain.columns[[isinstance(t, pd.CategoricalDtype | pd.StringDtype) for t in plain.dtypes]]
    for column in texts:
        values = plain[column].astype(object)
        plain[column] = values.where(values.notna(), None)
    kind = (
        {}
        if not _is_spatial(name)
        else {"geometry_type": spec.at["geometry", "dtype"].replace("Geometry", "Unknown")}
    )
    if kind:
        plain = gpd.GeoDataFrame(plain, geometry="geometry", crs=table.crs)
    pyogrio.write_dataframe(
        plain,
        path,
        layer=name,
        driver="GPKG",
        append=False,  # a layer of this name is replaced, the others stay
        dataset_options={"VERSION": "1.3"},
        **kind,
    )


def _finish(path: Path, content: Mapping[str, pd.DataFrame], info: Mapping[str, str]) -> None:
    """Add keys, styles and the table of the project, still the clock, and prove that all is there."""
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.executescript(PROJECT_SQL)
        for name, table in content.items():
            key = table.index.name
            db.execute(f'CREATE UNIQUE INDEX "{name}_{key}_key" ON "{name}" ("{key}")')
        db.executemany(
            "INSERT INTO project (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            _info(content, info),
        )
        db.executemany("DELETE FROM layer_styles WHERE f_table_name = ?", [(name,) for name in content])
        db.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
            " styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)"
            " VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
            _styles(content),
        )
        db.execute("UPDATE gpkg_contents SET last_change = ?", (UNDATED,))
        _prove(db, content)


def _info(content: Mapping[str, pd.DataFrame], info: Mapping[str, str]) -> list[tuple[str, str]]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("ilo-gis")
    except PackageNotFoundError:
        number = "not installed"
    own = {"created_by": "ilo_gis", "version": number}
    if spatial := [table for name, table in content.items() if _is_spatial(name)]:
        own["crs"] = spatial[0].crs.to_string()
    return list((own | {str(k): str(v) for k, v in info.items()}).items())


def _styles(content: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, str, str, str, str]]:
    from ilo_gis.plotting.qml import qml

    for name, table in content.items():
        column = "geom" if _is_spatial(name) else ""
        kinds = [] if not _is_spatial(name) else table.geom_type.dropna().tolist()
        yield name, column, name, qml(name, kinds), f"ilo_gis: {name}", UNDATED


def _prove(db: sqlite3.Connection, content: Mapping[str, pd.DataFrame]) -> None:
    if (said := db.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(said)
    for name, table in content.items():
        written = db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        if written != len(table):
            raise sqlite3.DatabaseError(f"{written} of {len(table)} rows of {name} arrived")
