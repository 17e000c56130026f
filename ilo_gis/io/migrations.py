"""From every earlier format of a project file to the present one: a copy to read, in place to write."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.atomic import replacing, require_room
from ilo_gis.io.ddl import DEFERRED, OF_ALL
from ilo_gis.io.gpkg import connected, script, transaction
from ilo_gis.io.gpkg_layers import add_layer, columns_in, describe_columns, layers_there, rebuild
from ilo_gis.io.gpkg_rows import tell
from ilo_gis.io.history import guards, keep_watch, unrecorded, unwatched
from ilo_gis.io.store import BASE

__all__ = ["FORMAT", "brought_over", "copied", "keep", "make_present", "version_of"]

log = logging.getLogger(__name__)
LATE = DEFERRED["postgis"]  # as files of format 2 had it first
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


def make_present(path: Path, address: str, adopt_any: bool = False) -> None:
    """Bring a project file to the present format and its triggers to its columns, before it is written to.

    Of a project of an earlier format a copy stays beside it; the log says so.

    Parameters
    ----------
    path : Path
        The file.
    address : str
        What errors call it.
    adopt_any : bool
        Whether it is a copy already, of which no other is kept, and may be any GeoPackage.

    Raises
    ------
    ReadError
        As for `version_of`.
    WriteError
        If it cannot be brought over; it is as before.
    """
    with connected(path, foreign_keys=False) as db:
        known = version_of(db, address, adopt_any)
        stale = unwatched(db, layers_there(db)) if known == FORMAT else []
        if known == FORMAT and not stale and not _deferred(db):
            return
        old = keep(path, known) if known not in ("0", FORMAT) and not adopt_any else None
        with transaction(db, path):
            if version_of(db, address, adopt_any) == known != FORMAT:  # not by another program meanwhile
                STEPS[known](db)
            keep_watch(db, stale)
            _check_at_once(db)
    if old:
        log.warning("%s had format %s and has %s now. As it was: %s.", address, known, FORMAT, old.name)
    if stale:
        log.warning(
            "%s: another program changed the columns of %s; the history follows them.",
            address,
            ", ".join(stale),
        )


def brought_over(path: Path, address: str, folder: Path) -> Path:
    """Return a copy of a project file of an earlier format, in a folder, in the present one.

    Raises
    ------
    WriteError
        If it cannot be brought over, or there is no room.
    """
    copy = folder / path.name
    require_room(copy, path.stat().st_size)
    copied(path, copy)
    with connected(copy, foreign_keys=False) as db:
        known = version_of(db, address)
        with transaction(db, path):
            STEPS[known](db)
    return copy


def keep(path: Path, known: str) -> Path:
    """Return a copy of a project file beside it, named after its format; one that is there stays.

    Raises
    ------
    WriteError
        If it cannot be written.
    """
    number, old = 1, path.with_name(f"{path.stem}.format{known}.gpkg")
    while old.exists():
        number += 1
        old = path.with_name(f"{path.stem}.format{known}-{number}.gpkg")
    require_room(old, path.stat().st_size)
    with replacing(old) as temporary:
        copied(path, temporary)
    return old


def copied(path: Path, target: Path) -> None:
    """Copy a GeoPackage with what another program has written to it and not yet folded in."""
    with connected(path) as db:
        db.execute("VACUUM INTO ?", (str(target),))


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


def _deferred(db: sqlite3.Connection) -> list[str]:
    """Return the tables whose foreign keys are checked at the end only: see `ddl.DEFERRED`."""
    found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND instr(sql, ?)", (LATE,))
    late = {name for (name,) in found}
    return sorted(late.intersection(layers_there(db))) if late else []  # every write asks


def _check_at_once(db: sqlite3.Connection) -> None:
    """Have foreign keys checked row by row, the way that SQLite's manual gives for changes of constraints."""
    names = _deferred(db)
    if not names:
        return
    (number,) = db.execute("PRAGMA schema_version").fetchone()
    db.execute("PRAGMA writable_schema = ON")
    db.executemany(
        "UPDATE sqlite_master SET sql = replace(sql, ?, '') WHERE type = 'table' AND name = ?",
        [(LATE, name) for name in names],
    )
    db.execute(f"PRAGMA schema_version = {number + 1}")
    db.execute("PRAGMA writable_schema = OFF")


def _own_version() -> str:
    try:
        return version("ilo-gis")
    except PackageNotFoundError:
        return "not installed"


STEPS: dict[str, Callable[[sqlite3.Connection], None]] = {"0": _start, "1": _scenarios}
# from which format; 0 is a GeoPackage without layers
