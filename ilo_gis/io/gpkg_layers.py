"""Layers of a project file: made from the declared tables, known to GDAL and QGIS, and rebuilt in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress

import pyproj.exceptions
from pyproj import CRS

from ilo_gis import tables
from ilo_gis.errors import CRSError, SchemaError
from ilo_gis.io.ddl import GEOMETRY, OF_ALL, columns, ddl, quoted
from ilo_gis.tables import integrity

__all__ = [
    "add_extra",
    "add_layer",
    "columns_in",
    "columns_lost",
    "drop_triggers",
    "is_spatial",
    "layers_there",
    "rebuild",
    "relate",
    "require_columns",
    "srs_of",
]

OWN_SRS = 100_000  # first number of a CRS that EPSG does not have
UNDATED = "1970-01-01T00:00:00.000Z"  # same plan, same bytes: a new file carries no clock
RTREE = "http://www.geopackage.org/spec120/#extension_rtree"


def is_spatial(table: str) -> bool:
    """Tell whether a declared table has geometries."""
    return "geometry" in tables.describe(table).index


def layers_there(db: sqlite3.Connection) -> list[str]:
    """Return the declared tables of a file that belong to scenarios."""
    known = set(tables.names()) - set(OF_ALL)
    there = [row[0] for row in db.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid")]
    return [name for name in there if name in known and "row_version" in columns_in(db, name)]


def columns_in(db: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns that a table has in the file, with their types."""
    return {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({quoted(table)})")}


def columns_lost(db: sqlite3.Connection, table: str) -> list[str]:
    """Return the declared columns that a table of the file no longer has: another program renamed them."""
    there = columns_in(db, table)
    return [name for name in columns(table) if name not in there and there]


def require_columns(db: sqlite3.Connection, table: str, address: str) -> None:
    """Raise if a table of the file has lost a declared column.

    Raises
    ------
    SchemaError
        The columns are named, and those that may be them under another name.
    """
    if not (lost := columns_lost(db, table)):
        return
    other = ", ".join(name for name in columns_in(db, table) if name not in columns(table)) or "none"
    raise SchemaError(
        f"{address}: the table {table} has lost {', '.join(lost)}, which another program renamed or dropped; "
        f"columns of your own in it: {other}. Give them back their names there (QGIS: properties of the "
        "layer, Fields), or take the last snapshot. Nothing was changed."
    )


def srs_of(db: sqlite3.Connection, wanted: Iterable[CRS | None]) -> int:
    """Return the number in the file of the CRS of layers, which the file gets if it is new; 0 for none.

    Layers that were made without a CRS, having no geometries yet, get it too.
    """
    crs = next((one for one in wanted if one), None)
    if crs is None:
        known = db.execute("SELECT max(srs_id) FROM gpkg_geometry_columns").fetchone()[0]
        return int(known or 0)
    number = _number(db, crs)
    for table in ("gpkg_geometry_columns", "gpkg_contents"):
        features = "SELECT table_name FROM gpkg_geometry_columns"
        sql = f"UPDATE {table} SET srs_id = ? WHERE srs_id = 0 AND table_name IN ({features})"  # nosec B608  # constants
        db.execute(sql, (number,))
    return number


def _number(db: sqlite3.Connection, crs: CRS) -> int:
    name, code = _authority(crs)
    if name is None:  # a code that it has unduly would win over its definition
        crs = CRS.from_json_dict({key: part for key, part in crs.to_json_dict().items() if key != "id"})
    wkt = _definition(crs, exact=name is None)
    known = db.execute("SELECT srs_id, organization, definition FROM gpkg_spatial_ref_sys").fetchall()
    for number, organization, definition in known:
        if definition == wkt or (name is not None and (organization.upper(), str(number)) == (name, code)):
            return int(number)
    number = int(code) if name == "EPSG" else max(OWN_SRS, max(row[0] for row in known) + 1)
    own = int(code) if code.isdigit() else number
    db.execute(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
        (crs.name, number, name or "NONE", own, wkt),
    )
    return number


def _definition(crs: CRS, exact: bool) -> str:
    """Return a CRS as a GeoPackage has it; one that has no code has to come back exactly."""
    with suppress(pyproj.exceptions.CRSError):
        wkt = crs.to_wkt("WKT1_GDAL")
        if not exact or CRS.from_wkt(wkt) == crs:
            return wkt
    raise CRSError(
        f"A GeoPackage cannot hold the CRS {crs.name!r} exactly: its definition would not come back as it "
        "was. Project the layers to a CRS of EPSG: `layer.to_crs(32719)` at Ilo."
    )


def _authority(crs: CRS) -> tuple[str | None, str]:
    """Return name and code of a CRS; one that is only like one of EPSG has none."""
    found = crs.to_authority()
    if found is None or CRS.from_authority(*found) != crs:
        return None, ""
    return found


def add_layer(
    db: sqlite3.Connection, table: str, there: set[str], srs: int | None, kinds: Iterable[str] = ()
) -> None:
    """Make a declared table, with its keys, names and words, and make GDAL and QGIS know it.

    Parameters
    ----------
    db : Connection
        In a transaction.
    table : str
        Name of the table.
    there : set of str
        Tables of the file that it may refer to.
    srs : int, optional
        Number of the CRS in the file; None for a table without geometry.
    kinds : iterable of str
        Types of its geometries, which decide on its style where the table may hold any.
    """
    for statement in ddl([table], there=there):
        db.execute(statement)
    kind = "attributes" if srs is None else "features"
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)"
        " VALUES (?, ?, ?, ?, ?)",
        (table, kind, table, UNDATED, srs or 0),
    )
    db.execute("INSERT INTO gpkg_ogr_contents VALUES (?, 0)", (table,))
    if srs is not None:
        db.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
            (table, GEOMETRY, columns(table)[GEOMETRY], srs),
        )
        db.execute(f"CREATE VIRTUAL TABLE {quoted(tree_of(table))} USING rtree(id, minx, maxx, miny, maxy)")
        db.execute(
            "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
            (table, GEOMETRY, RTREE),
        )
    describe_columns(db, table)
    add_style(db, table, kinds)
    for statement in layer_triggers(table):
        db.execute(statement)


def add_style(db: sqlite3.Connection, table: str, kinds: Iterable[str]) -> None:
    """Give a table its style for QGIS."""
    from ilo_gis.plotting.qml import qml

    db.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
        " styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)"
        " VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
        (
            table,
            GEOMETRY if is_spatial(table) else "",
            table,
            qml(table, kinds),
            f"ilo_gis: {table}",
            UNDATED,
        ),
    )


def describe_columns(db: sqlite3.Connection, table: str) -> None:
    """Write the Spanish names of the columns and their lists of words (extension gpkg_schema)."""
    spec, words = tables.describe(table), integrity.words(table)
    rows = [
        (
            table,
            c,
            c,
            spec.at[c, "alias_es"],
            spec.at[c, "description"],
            f"{table}_{c}" if c in words else None,
        )
        for c in spec.index.drop("geometry", errors="ignore")
    ]
    db.executemany("INSERT OR REPLACE INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)", rows)
    db.executemany(
        "INSERT OR REPLACE INTO gpkg_data_column_constraints"
        " VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
        [(f"{table}_{c}", word, alias) for c, listed in words.items() for word, alias in listed.items()],
    )


def layer_triggers(table: str) -> list[str]:
    """Return the triggers that GDAL makes: spatial index (GeoPackage 1.3, annex F.3), count of features."""
    name, tree = quoted(table), quoted(tree_of(table))
    count = (
        "UPDATE gpkg_ogr_contents SET feature_count = feature_count {} 1 "
        "WHERE lower(table_name) = lower('{}');"
    )
    made = [
        f'CREATE TRIGGER "trigger_insert_feature_count_{table}" AFTER INSERT ON {name} '
        f"BEGIN {count.format('+', table)} END",
        f'CREATE TRIGGER "trigger_delete_feature_count_{table}" AFTER DELETE ON {name} '
        f"BEGIN {count.format('-', table)} END",
    ]
    if not is_spatial(table):
        return made
    some = f'(NEW."{GEOMETRY}" NOTNULL AND NOT ST_IsEmpty(NEW."{GEOMETRY}"))'
    none = f'(NEW."{GEOMETRY}" ISNULL OR ST_IsEmpty(NEW."{GEOMETRY}"))'
    bounds = ", ".join(f'ST_{end}(NEW."{GEOMETRY}")' for end in ("MinX", "MaxX", "MinY", "MaxY"))
    put = f'INSERT OR REPLACE INTO {tree} VALUES (NEW."fid", {bounds});'
    drop = f'DELETE FROM {tree} WHERE id = OLD."fid";'  # nosec B608  # quoted names
    both = f'DELETE FROM {tree} WHERE id IN (OLD."fid", NEW."fid");'  # nosec B608  # quoted names
    same, other = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
    index = {
        "insert": f"AFTER INSERT ON {name} WHEN {some} BEGIN {put} END",
        "update1": f'AFTER UPDATE OF "{GEOMETRY}" ON {name} WHEN {same} AND {some} BEGIN {put} END',
        "update2": f'AFTER UPDATE OF "{GEOMETRY}" ON {name} WHEN {same} AND {none} BEGIN {drop} END',
        "update3": f"AFTER UPDATE ON {name} WHEN {other} AND {some} BEGIN {drop} {put} END",
        "update4": f"AFTER UPDATE ON {name} WHEN {other} AND {none} BEGIN {both} END",
        "delete": f'AFTER DELETE ON {name} WHEN OLD."{GEOMETRY}" NOTNULL BEGIN {drop} END',
    }
    return made + [f'CREATE TRIGGER "rtree_{table}_{GEOMETRY}_{when}" {what}' for when, what in index.items()]


def tree_of(table: str) -> str:
    """Return the name of the spatial index of a layer."""
    return f"rtree_{table}_{GEOMETRY}"


# -- tables that are there already ----------------------------------------------------------------------


def add_extra(db: sqlite3.Connection, table: str, extra: Mapping[str, str]) -> None:
    """Add columns that are not declared, which planners may have."""
    for column, kind in extra.items():
        db.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(column)} {kind}")


def relate(db: sqlite3.Connection, new: set[str], there: set[str]) -> None:
    """Give tables that were there the foreign keys to those that are new; they may hold rows."""
    known = integrity.relations()
    for table in sorted(set(known.loc[known["references"].isin(new), "table"]) & there):
        rebuild(db, table, there | new | set(OF_ALL))


def rebuild(db: sqlite3.Connection, table: str, there: set[str], scenario: str | None = None) -> None:
    """Make a table anew by its declaration, with its rows and their numbers, foreign keys being off.

    Parameters
    ----------
    db : Connection
        In a transaction.
    table : str
        Name of the table.
    there : set of str
        Tables that it may refer to.
    scenario : str, optional
        What its rows belong to, where they have no column that says so.
    """
    was, old = columns_in(db, table), quoted(f"{table} (old)")
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    drop_triggers(db, table)
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOTNULL"
    for (name,) in db.execute(indexes, (table,)).fetchall():
        db.execute(f"DROP INDEX {quoted(name)}")
    db.execute("PRAGMA legacy_alter_table = ON")  # what refers to the table goes on referring to its name
    db.execute(f"ALTER TABLE {quoted(table)} RENAME TO {old}")
    for statement in ddl([table], there=there):
        db.execute(statement)
    declared = columns_in(db, table)
    add_extra(db, table, {c: kind for c, kind in was.items() if c not in declared})
    names = ", ".join(map(quoted, was))
    if scenario is None:
        db.execute(f"INSERT INTO {quoted(table)} ({names}) SELECT {names} FROM {old} ORDER BY fid")  # nosec B608  # quoted names
    else:
        db.execute(
            f"INSERT INTO {quoted(table)} (scenario, {names}) SELECT ?, {names} FROM {old} ORDER BY fid",  # nosec B608  # quoted names
            (scenario,),
        )
    db.execute(f"DROP TABLE {old}")
    db.execute("PRAGMA legacy_alter_table = OFF")
    if last:  # numbers of rows are never used twice: the history names them
        db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        db.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last[0]))
    for statement in layer_triggers(table):
        db.execute(statement)


def drop_triggers(db: sqlite3.Connection, table: str) -> list[str]:
    """Take the triggers of a table away, and return the SQL that makes them again."""
    found = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    triggers = found.fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {quoted(name)}")
    return [sql for _, sql in triggers]
