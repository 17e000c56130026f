"""From every earlier format of a project file to the present one, in place and in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.ddl import OF_ALL
from ilo_gis.io.gpkg import script
from ilo_gis.io.gpkg_layers import add_layer, columns_in, describe_columns, rebuild
from ilo_gis.io.gpkg_rows import tell
from ilo_gis.io.history import guards, keep_watch, unrecorded
from ilo_gis.io.store import BASE

__all__ = ["FORMAT", "migrate", "version_of"]

FORMAT = "2"  # of the project file; goes up when older versions can no longer read it


def version_of(db: sqlite3.Connection, address: str, adopt_any: bool = False) -> str:
    """Return the format of a project file; that of any other GeoPackage is 1 if it may become one.

    Raises
    ------
    ReadError
        If it is no project, or a newer ilo_gis wrote it.
    """
    if not columns_in(db, "project"):
        if db.execute("SELECT 1 FROM gpkg_contents LIMIT 1").fetchone():
            if adopt_any:
                return "1"
            raise ReadError(
                f"{address} is not a project of ilo_gis: it lacks the table project. "
                "Read a single layer with `io.read_layer`."
            )
        return "0"
    found = db.execute("SELECT value FROM project WHERE key = 'schema'").fetchone()
    known = str(found[0]) if found else "1"
    if known not in (*STEPS, FORMAT):
        raise ReadError(
            f"{address} has format {known}; this ilo_gis knows formats up to {FORMAT}. "
            "Bring ilo-gis up to date: `pip install -U ilo-gis`."
        )
    return known


def migrate(db: sqlite3.Connection, known: str) -> None:
    """Bring a project file to the present format, in a transaction, foreign keys being off."""
    STEPS[known](db)


def _start(db: sqlite3.Connection) -> None:
    """Give a GeoPackage the tables that every project has."""
    for statement in script("project").split(";\n"):
        db.execute(statement)
    for table in OF_ALL:
        add_layer(db, table, set(OF_ALL), None)
    for statement in guards():
        db.execute(statement)
    keep_watch(db, ["scenarios"])
    tell(db, {"created_by": "ilo_gis", "version": _own_version(), "schema": FORMAT})


def _scenarios(db: sqlite3.Connection) -> None:
    """Format 1 has a layer a table and knows no scenarios: all its rows go to one."""
    known = set(tables.names()) - set(OF_ALL)
    found = db.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid").fetchall()
    there = [name for (name,) in found if name in known]
    _start(db)
    with unrecorded(db):
        db.execute("INSERT INTO scenarios (scenario, state) VALUES (?, 'draft')", (BASE,))
    for table in there:
        rebuild(db, table, {*there, *OF_ALL}, BASE)
        describe_columns(db, table)
    keep_watch(db, there)
    db.execute("UPDATE project SET value = ? WHERE key = 'format'", (FORMAT,))


def _own_version() -> str:
    try:
        return version("ilo-gis")
    except PackageNotFoundError:
        return "not installed"


STEPS: dict[str, Callable[[sqlite3.Connection], None]] = {"0": _start, "1": _scenarios}
# from which format; 0 is a GeoPackage without layers
