"""The project file: one GeoPackage that holds a plan, its area table and its looks."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ReadError, WriteError
from ilo_gis.io import gpkg_read
from ilo_gis.io.atomic import replacing
from ilo_gis.io.ddl import quoted
from ilo_gis.io.gpkg import connected, transaction
from ilo_gis.io.gpkg_layers import columns_in, is_spatial
from ilo_gis.io.gpkg_rows import fill
from ilo_gis.io.gpkg_store import GpkgStore
from ilo_gis.io.history import unrecorded
from ilo_gis.io.metadata import describe_file
from ilo_gis.io.migrations import FORMAT, copied, version_of
from ilo_gis.io.origin import facts_told
from ilo_gis.io.rows import require_sound
from ilo_gis.io.store import BASE, content_of
from ilo_gis.io.vector import layers_of, reading
from ilo_gis.tables import Plan

__all__ = ["is_project", "project_info", "read_project", "write_project", "write_tables"]


def write_project(
    plan: Plan,
    path: str | os.PathLike[str],
    overwrite: bool = False,
    info: Mapping[str, str] | None = None,
) -> Path:
    """Write a plan to a GeoPackage 1.3 that opens styled in QGIS.

    One layer a table, the area table, a table ``project`` of keys and values, and the default
    styles. The plan tells its norms, sources and whether it is schematic by itself, where it knows
    them; GDAL and QGIS show these as metadata of file and layers. The plan is the scenario ``base``:
    `open` adds others, and keeps the history of what is changed. The same plan gives the same bytes.
    The file is written beside its target and moved there when it is complete and checked.

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
    facts = {"format": FORMAT} | facts_told(plan, info, {}, path)
    return write_tables(content_of(plan), path, overwrite, facts)


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
        GeoPackage whose other tables and layers, declared or not, come along as they are, with its styles,
        its scenarios and history, and what its table ``project`` says. The tables are written to the
        scenario in force. It does not change, unless it is `path` itself.

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
    if Path(path).suffix.lower() != ".gpkg":
        raise WriteError(f"A project is a GeoPackage: name it {Path(path).stem}.gpkg, not {Path(path).name}.")
    others = {} if onto is None else _others(os.fspath(onto), content)
    for name, table in [*content.items(), *others.items()]:
        tables.require_no_private(table, name)
    content = {name: tables.conform(table, name) for name, table in content.items()}
    if spatial := {name: table for name, table in (content | others).items() if _is_layer(name, table)}:
        tables.require_same_crs(**spatial)
    require_sound(content, str(path))
    with replacing(path, overwrite) as temporary:
        if onto is not None:
            copied(Path(onto), temporary)
            store = GpkgStore(temporary, adopt_any=True)
            store.write(content, store.in_force(), reason="written onto", info=info)
            return Path(path)
        store = GpkgStore(temporary, create=True)
        store.prepare(content)
        with connected(temporary) as db, transaction(db, Path(path)), unrecorded(db):
            db.execute("INSERT INTO scenarios (scenario, state) VALUES (?, 'draft')", (BASE,))
            fill(db, content, BASE, facts_told(content, info, {}, path))
            describe_file(db)
            _prove(db, content)
    return Path(path)


def read_project(path: str | os.PathLike[str], scenario: str | None = None) -> Plan:
    """Read a plan back from its project file, which stays as it is, of an earlier format too.

    Parameters
    ----------
    path : path-like
        A file that `write_project` or a store made; QGIS may have edited it since.
    scenario : str, optional
        Which scenario: the plan in force, or the only one, if none is named.

    Returns
    -------
    Plan
        Its tables, with the index, columns and types that `ilo_gis.tables` declares.

    Raises
    ------
    ReadError
        If the file is missing, damaged or locked, lacks a layer of a plan, or has not the scenario.
    SchemaError
        If a layer no longer has its columns and types; all problems are listed.
    CRSError
        If a layer has no CRS in metres.

    Examples
    --------
    >>> read_project("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    name = os.fspath(path)
    store = GpkgStore(path)
    with connected(store.path) as db:
        if version_of(db, name) == FORMAT:
            return store.plan(scenario)
        wanted = [field.name for field in dataclasses.fields(Plan)]
        if missing := [layer for layer in wanted if not columns_in(db, layer)]:
            raise ReadError(f"{name} has no plan: it lacks the tables {', '.join(missing)}.")
        return Plan(**{one: tables.conform(gpkg_read.read(db, one, None, name), one) for one in wanted})


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
    with connected(Path(path)) as db:
        if not columns_in(db, "project"):
            raise ReadError(f"{path} is not a project of ilo_gis.")
        return dict(db.execute("SELECT key, value FROM project ORDER BY id"))


def _is_layer(name: str, table: pd.DataFrame) -> bool:
    """Tell whether a table is declared with geometry, and has it."""
    return isinstance(table, gpd.GeoDataFrame) and name in tables.names() and is_spatial(name)


def _others(name: str, content: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of a file that are not in the content, without their rows."""
    import pyogrio

    return {
        layer: reading(name, partial(pyogrio.read_dataframe, name, layer=layer, max_features=0))
        for layer in layers_of(name)
        if layer not in content
    }


def _prove(db: sqlite3.Connection, content: Mapping[str, pd.DataFrame]) -> None:
    if (said := db.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(said)
    for name, table in content.items():
        written = db.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0]  # nosec B608  # quoted names
        if written != len(table):
            raise sqlite3.DatabaseError(f"{written} of {len(table)} rows of {name} arrived")
