"""The history of a project file: triggers write it, whichever program edits, and it is undone from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ilo_gis.errors import WriteError
from ilo_gis.io.ddl import GEOMETRY, key_of, quoted
from ilo_gis.io.gpkg_layers import columns_in, columns_lost

__all__ = ["guards", "keep_watch", "record_load", "undo", "unrecorded", "unwatched"]

NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
APART = {"fid", "row_version"}  # of a row, and not what a planner changes
INTO = 'INSERT INTO history (at, who, operation, scenario, "table", "key", before, after, reason) SELECT'
SAID = "FROM ilo_session"
EXACT = "%!.20e"  # enough digits for any real number to come back as it was


def _triggers(table: str, columns: Iterable[str]) -> dict[str, str]:
    """Return the triggers that write the history of a table, by their names.

    They need nothing but SQLite, so they work when QGIS edits too. Of an update they keep what changed,
    and count up ``row_version``. Real numbers are kept with all their digits, as text, so that they come
    back exactly; geometries as hexadecimal GeoPackage blobs.

    Parameters
    ----------
    table : str
        A declared table.
    columns : iterable of str
        All its columns in the file.

    Returns
    -------
    dict of str to str
    """
    own = list(columns)
    kept = [name for name in own if name not in APART]
    name, key = quoted(table), quoted(key_of(table))
    changed = " OR ".join(f"OLD.{quoted(c)} IS NOT NEW.{quoted(c)}" for c in kept)
    bump = (
        f"UPDATE {name} SET row_version = OLD.row_version + 1 "  # nosec B608  # quoted names
        "WHERE fid = NEW.fid AND row_version = OLD.row_version; "
        if "row_version" in own
        else ""
    )
    told = {
        "insert": ("", "NEW", "NULL", _json("NEW", kept), ""),
        "update": (f"WHEN {changed} ", "NEW", _json("OLD", kept, True), _json("NEW", kept, True), bump),
        "delete": ("", "OLD", _json("OLD", ["fid", *kept]), "NULL", ""),  # it comes back to its place
    }
    return {
        f"{table}_history_{what}": (
            f'CREATE TRIGGER "{table}_history_{what}" AFTER {what.upper()} ON {name} {when}BEGIN {more}'
            f"{INTO} {NOW}, who, '{what}', {side}.scenario, '{table}', {side}.{key}, {before}, {after}, "
            f"reason {SAID}; END"
        )
        for what, (when, side, before, after, more) in told.items()
    }


def keep_watch(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Make the triggers of tables fit the columns that they have."""
    for table in names:
        for name, sql in _stale(db, table).items():
            db.execute(f"DROP TRIGGER IF EXISTS {quoted(name)}")
            db.execute(sql)


def unwatched(db: sqlite3.Connection, names: Iterable[str]) -> list[str]:
    """Return the tables whose triggers do not fit their columns, which QGIS can add and rename.

    Those that have lost a declared column are left out: `columns_lost` tells them.
    """
    return [table for table in names if not columns_lost(db, table) and _stale(db, table)]


def _stale(db: sqlite3.Connection, table: str) -> dict[str, str]:
    found = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    there = dict(found.fetchall())
    wanted = _triggers(table, columns_in(db, table))
    return {name: sql for name, sql in wanted.items() if there.get(name) != sql}


def guards() -> list[str]:
    """Return the triggers that keep the history from being changed."""
    return [
        f'CREATE TRIGGER "history_no_{what}" BEFORE {what.upper()} ON history '
        "BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END"
        for what in ("update", "delete")
    ]


def _json(side: str, columns: list[str], changed: bool = False) -> str:
    """Return SQL for the values of a row, or of those of its columns that changed, as a JSON object."""
    rows = []
    for column in columns:
        value = f"{side}.{quoted(column)}"
        if column == GEOMETRY:
            shown = f"hex({value})"
        else:
            shown = f"CASE typeof({value}) WHEN 'real' THEN printf('{EXACT}', {value}) ELSE {value} END"
        only = f" WHERE OLD.{quoted(column)} IS NOT NEW.{quoted(column)}" if changed else ""
        label = column.replace("'", "''")
        rows.append(f"SELECT '{label}' AS name, {shown} AS value{only}")
    return f"(SELECT json_group_object(name, value) FROM ({' UNION ALL '.join(rows)}))"  # nosec B608  # quoted names


@contextmanager
def unrecorded(db: sqlite3.Connection) -> Iterator[None]:
    """Write what a new file begins with: it has no history and no clock, so that the same gives the same."""
    db.execute("DELETE FROM ilo_session")
    yield
    db.execute("INSERT INTO ilo_session (id) VALUES (1)")


def record_load(db: sqlite3.Connection, table: str, scenario: str, first: int, rows: int) -> None:
    """Write one line of history for rows that filled a table of a scenario at once."""
    after = json.dumps({"rows": rows, "first": first, "last": first + rows - 1})
    db.execute(f"{INTO} {NOW}, who, 'load', ?, ?, NULL, NULL, ?, reason {SAID}", (scenario, table, after))


def undo(db: sqlite3.Connection, to: int) -> int:
    """Take back all changes after a numbered one, the last first; taking back is recorded too.

    Parameters
    ----------
    db : Connection
        In a transaction.
    to : int
        Number of the last change that stays.

    Returns
    -------
    int
        How many changes were taken back.
    """
    changes = db.execute(
        'SELECT operation, "table", scenario, "key", before, after FROM history WHERE change > ? '
        "ORDER BY change DESC",
        (to,),
    ).fetchall()
    _require_columns(db, to)
    for operation, table, scenario, key, before, after in changes:
        name, where = quoted(table), f"scenario IS ? AND {quoted(key_of(table))} IS ?"
        if operation == "insert":
            db.execute(f"DELETE FROM {name} WHERE {where}", (scenario, key))  # nosec B608  # quoted names
        elif operation == "load":
            span = json.loads(after)
            db.execute(f"DELETE FROM {name} WHERE fid BETWEEN ? AND ?", (span["first"], span["last"]))  # nosec B608  # quoted names
        elif operation == "update":
            was = _decoded(before, _reals(db, table))
            marks = ", ".join(f"{quoted(c)} = ?" for c in was)
            db.execute(f"UPDATE {name} SET {marks} WHERE {where}", (*was.values(), scenario, key))  # nosec B608  # quoted names
        else:
            was = _decoded(before, _reals(db, table))
            names, marks = ", ".join(map(quoted, was)), ", ".join("?" * len(was))
            db.execute(f"INSERT INTO {name} ({names}) VALUES ({marks})", tuple(was.values()))  # nosec B608  # quoted names
    return len(changes)


def _require_columns(db: sqlite3.Connection, to: int) -> None:
    """Raise if values to be put back have lost their column."""
    kept = db.execute(
        'SELECT DISTINCT "table", value.key FROM history, json_each(before) AS value '
        "WHERE change > ? AND operation IN ('update', 'delete') ORDER BY 1, 2",
        (to,),
    )
    lost = [f"{table}: {column}" for table, column in kept if column not in columns_in(db, table)]
    if lost:
        named = "; ".join(lost)
        raise WriteError(
            f"What the history keeps has lost its columns ({named}), which another program dropped or "
            "renamed. Add them there again, or give them back their names (QGIS: properties of the layer, "
            "Fields), then undo."
        )


def _reals(db: sqlite3.Connection, table: str) -> set[str]:
    return {column for column, kind in columns_in(db, table).items() if kind == "REAL"}


def _decoded(text: str, reals: set[str]) -> dict[str, object]:
    row = json.loads(text)
    row |= {column: float(row[column]) for column in reals & set(row) if row[column] is not None}
    if row.get(GEOMETRY) is not None:
        row[GEOMETRY] = bytes.fromhex(row[GEOMETRY]) or None
    return row
