"""Rows of a project file: encoded as SQLite has them, loaded, compared with those there, and read."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.io import history
from ilo_gis.io.ddl import GEOMETRY, key_of, parents_first, quoted
from ilo_gis.io.gpkg_layers import UNDATED, columns_in, drop_triggers, is_spatial, tree_of
from ilo_gis.io.rtree import pack

__all__ = ["copy", "fill", "selection", "tell"]

HEAD = struct.Struct("<2sBBi")  # magic, version, flags, srs_id
ENVELOPE, EMPTY = 0b011, 0b010001  # little endian: with x and y bounds; empty, without bounds
NOW = f"iif((SELECT count(*) FROM ilo_session), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '{UNDATED}')"  # nosec B608  # a constant


def fill(
    db: sqlite3.Connection, content: Mapping[str, pd.DataFrame], scenario: str, facts: Mapping[str, str]
) -> dict[str, int]:
    """Make tables of a scenario what is given; return how many rows of each were touched.

    Parameters
    ----------
    db : Connection
        In a transaction; the tables have their columns.
    content : mapping of str to table
        Tables that conform.
    scenario : str
        Which scenario; it is there.
    facts : mapping of str to str
        What is to be known of the plan.

    Returns
    -------
    dict of str to int
    """
    touched = {name: _replace(db, name, content[name], scenario) for name in parents_first(content)}
    spatial = [content[name] for name in content if is_spatial(name) and content[name].crs]
    own = {"crs": spatial[0].crs.to_string()} if spatial else {}
    tell(db, own | {str(key): str(value) for key, value in facts.items()})
    return touched


def tell(db: sqlite3.Connection, facts: Mapping[str, str]) -> None:
    """Write facts of the plan."""
    db.executemany(
        "INSERT INTO project (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        facts.items(),
    )


def selection(table: str, there: Iterable[str], scenario: str | None) -> str:
    """Return SQL for the rows of a table in a scenario, without the columns of the store; None is all."""
    wanted = ", ".join(quoted(name) for name in there if name not in ("scenario", "row_version"))
    literal = "" if scenario is None else scenario.replace("'", "''")
    where = "" if scenario is None else f" WHERE scenario = '{literal}'"
    return f"SELECT {wanted} FROM {quoted(table)}{where} ORDER BY fid"  # nosec B608  # quoted names


def copy(db: sqlite3.Connection, table: str, source: str, target: str) -> None:
    """Copy the rows of a scenario to another one, which has none in the table."""
    names = ", ".join(quoted(c) for c in columns_in(db, table) if c not in ("fid", "scenario", "row_version"))
    name, first = quoted(table), _next(db, table)
    triggers = drop_triggers(db, table)
    rows = db.execute(
        f"INSERT INTO {name} (scenario, {names}) SELECT ?, {names} FROM {name} "  # nosec B608  # quoted names
        "WHERE scenario = ? ORDER BY fid",
        (target, source),
    ).rowcount
    if is_spatial(table):
        bounds = ", ".join(f"ST_{end}({GEOMETRY})" for end in ("MinX", "MaxX", "MinY", "MaxY"))
        found = db.execute(
            f"SELECT fid, {bounds} FROM {name} "  # nosec B608  # quoted names
            f"WHERE fid >= ? AND {GEOMETRY} NOTNULL AND NOT ST_IsEmpty({GEOMETRY})",
            (first,),
        )
        added = np.array(found.fetchall(), dtype=np.float64).reshape(-1, 5)
        pack(db, tree_of(table), added[:, 0].astype(np.int64), added[:, 1:])
    _loaded(db, table, target, first, rows, triggers)


# -- writing one table ------------------------------------------------------------------------------


def _replace(db: sqlite3.Connection, table: str, rows: pd.DataFrame, scenario: str) -> int:
    names, lists = _encoded_table(db, table, rows)
    there = db.execute(f"SELECT 1 FROM {quoted(table)} WHERE scenario = ? LIMIT 1", (scenario,))  # nosec B608  # quoted names
    if there.fetchone() is None:
        if len(rows):
            _load(db, table, rows, scenario, names, lists)
        return len(rows)
    _extend(db, table, rows)
    return _merge(db, table, scenario, names, lists)


def _load(
    db: sqlite3.Connection,
    table: str,
    rows: pd.DataFrame,
    scenario: str,
    names: list[str],
    lists: list[list[object]],
) -> None:
    """Add rows to a table that has none in the scenario: its triggers rest, one line of history tells."""
    first = _next(db, table)
    triggers = drop_triggers(db, table)
    listed, marks = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
    db.executemany(
        f"INSERT INTO {quoted(table)} (fid, scenario, {listed}) VALUES (?, ?, {marks})",  # nosec B608  # quoted names
        zip(range(first, first + len(rows)), [scenario] * len(rows), *lists, strict=True),
    )
    if is_spatial(table):
        box = shapely.bounds(rows.geometry.to_numpy())[:, [0, 2, 1, 3]]
        known = np.flatnonzero(~np.isnan(box).any(axis=1))
        pack(db, tree_of(table), known + first, box[known])
    _extend(db, table, rows)
    _loaded(db, table, scenario, first, len(rows), triggers)


def _loaded(
    db: sqlite3.Connection, table: str, scenario: str, first: int, rows: int, triggers: list[str]
) -> None:
    for statement in triggers:
        db.execute(statement)
    db.execute(
        "UPDATE gpkg_ogr_contents SET feature_count = feature_count + ? WHERE table_name = ?", (rows, table)
    )
    if rows:
        history.record_load(db, table, scenario, first, rows)


def _merge(
    db: sqlite3.Connection, table: str, scenario: str, names: list[str], lists: list[list[object]]
) -> int:
    """Delete, change and add rows until a table is what is given; rows that are the same are not touched."""
    name, key = quoted(table), quoted(key_of(table))
    listed, marks = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
    others = [quoted(c) for c in columns_in(db, table) if c not in (*names, "fid", "scenario", "row_version")]
    db.execute(f"CREATE TEMP TABLE given AS SELECT {listed} FROM {name} WHERE 0")  # nosec B608  # quoted names
    db.executemany(f"INSERT INTO given VALUES ({marks})", zip(*lists, strict=True))  # nosec B608  # quoted names
    db.execute(f"CREATE UNIQUE INDEX temp.given_key ON given ({key})")
    gone = f"DELETE FROM {name} WHERE scenario = ? AND {key} NOT IN (SELECT {key} FROM given)"  # nosec B608  # quoted names
    touched = db.execute(gone, (scenario,)).rowcount
    put = [f"{quoted(c)} = given.{quoted(c)}" for c in names] + [f"{c} = NULL" for c in others]
    differ = [f"{name}.{quoted(c)} IS NOT given.{quoted(c)}" for c in names]
    differ += [f"{name}.{c} NOTNULL" for c in others]
    touched += db.execute(
        f"UPDATE {name} SET {', '.join(put)} FROM given "  # nosec B608  # quoted names
        f"WHERE {name}.scenario = ? AND {name}.{key} = given.{key} AND ({' OR '.join(differ)})",
        (scenario,),
    ).rowcount
    touched += db.execute(
        f"INSERT INTO {name} (scenario, {listed}) SELECT ?, {listed} FROM given "  # nosec B608  # quoted names
        f"WHERE {key} NOT IN (SELECT {key} FROM {name} WHERE scenario = ?) ORDER BY given.rowid",
        (scenario, scenario),
    ).rowcount
    db.execute("DROP TABLE temp.given")
    return touched


def _next(db: sqlite3.Connection, table: str) -> int:
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return last[0] + 1 if last else 1


def _extend(db: sqlite3.Connection, table: str, rows: pd.DataFrame) -> None:
    """Say where a layer lies and when it was changed; mark it where shapes have heights."""
    db.execute(f"UPDATE gpkg_contents SET last_change = {NOW} WHERE table_name = ?", (table,))  # nosec B608  # a constant
    if not is_spatial(table) or not len(rows) or rows.geometry.is_empty.all():
        return
    west, south, east, north = (float(bound) for bound in rows.total_bounds)
    db.execute(
        "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1), min_y = min(coalesce(min_y, ?2), ?2),"
        " max_x = max(coalesce(max_x, ?3), ?3), max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = ?5",
        (west, south, east, north, table),
    )
    if rows.has_z.any():
        db.execute("UPDATE gpkg_geometry_columns SET z = 2 WHERE table_name = ?", (table,))


# -- encoding ---------------------------------------------------------------------------------------


def _encoded_table(
    db: sqlite3.Connection, table: str, rows: pd.DataFrame
) -> tuple[list[str], list[list[object]]]:
    """Return the names of columns, and the values of each."""
    key = rows.index.to_series()
    if not pd.api.types.is_integer_dtype(key.dtype) or "TEXT" in columns_in(db, table)[key_of(table)]:
        key = key.astype(str)
    names, lists = [key_of(table)], [values(key)]
    for column in rows.columns.drop("geometry", errors="ignore"):
        names.append(str(column))
        lists.append(values(rows[column]))
    if is_spatial(table):
        found = db.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,))
        names.append(GEOMETRY)
        lists.append(encoded(rows.geometry.to_numpy(), found.fetchone()[0]))
    return names, lists


def values(column: pd.Series) -> list[object]:
    """Return a column as SQLite takes it: missing as None, times as the text that GDAL writes."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        utc = column if column.dt.tz is None else column.dt.tz_convert(None)
        text = pd.Series(np.datetime_as_string(utc.to_numpy("datetime64[ms]"), unit="ms"), column.index)
        return text.astype(object).where(column.notna(), None).tolist()
    missing = column.isna()
    plain = column.astype(object)
    return (plain.where(~missing, None) if missing.any() else plain).tolist()


def encoded(shapes: NDArray[np.object_], srs: int) -> list[object]:
    """Return geometries as GeoPackage blobs: a header with bounds, and ISO WKB."""
    body = shapely.to_wkb(shapes, flavor="iso", byte_order=1)
    box = np.ascontiguousarray(shapely.bounds(shapes)[:, [0, 2, 1, 3]]).tobytes()
    full, bare = HEAD.pack(b"GP", 0, ENVELOPE, srs), HEAD.pack(b"GP", 0, EMPTY, srs)
    hollow = shapely.is_empty(shapes)
    return [
        None if wkb is None else bare + wkb if none else full + box[32 * i : 32 * i + 32] + wkb
        for i, (wkb, none) in enumerate(zip(body, hollow, strict=True))
    ]
