"""Rows of a project on a server: read, loaded by COPY, and merged with what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis import tables
from ilo_gis.errors import ConflictError, some_ids
from ilo_gis.io.comparing import differences
from ilo_gis.io.ddl import GEOMETRY, OWN, key_of
from ilo_gis.io.gpkg_rows import values
from ilo_gis.io.postgis import SCHEMA
from ilo_gis.io.postgis_schema import columns_in
from ilo_gis.tables import integrity

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, TableClause

__all__ = ["Known", "copy", "copy_lists", "fetch", "put_rows", "table_of", "take_away"]

GIVEN = "given"  # temporary table of what is written


class Known(NamedTuple):
    """What a store knows of a table of a scenario: its rows, and how often each had been changed."""

    rows: pd.DataFrame
    versions: dict[object, int]


class Edit(NamedTuple):
    """Ids of the rows that a writer changes, adds and takes away."""

    changed: list[object]
    added: list[object]
    gone: list[object]


def table_of(name: str, columns: Iterable[str]) -> TableClause:
    """Return a table of the project for statements; SQLAlchemy quotes its names."""
    import sqlalchemy as sa

    return sa.table(name, *(sa.column(column) for column in columns), schema=SCHEMA)


def fetch(db: Connection, table: str, scenario: str) -> Known:
    """Return the rows of a table of a scenario, in the order in which they came, with their versions."""
    import sqlalchemy as sa

    types = columns_in(db, table)
    source = table_of(table, types)
    wanted = [name for name in types if name not in OWN]
    parts: list[Any] = [source.c.row_version, *(source.c[name] for name in wanted)]
    if GEOMETRY in types:
        parts.append(sa.func.ST_AsBinary(source.c[GEOMETRY], "NDR", type_=sa.LargeBinary).label("geometry"))
    shape = ["geometry"] if GEOMETRY in types else []
    query = sa.select(*parts).where(source.c.scenario == scenario).order_by(source.c.fid)
    rows = pd.DataFrame(db.execute(query).fetchall(), columns=["row_version", *wanted, *shape])
    for name in wanted:
        rows[name] = _typed(rows[name], types[name])
    if GEOMETRY in types:
        shapes = gpd.GeoSeries(shapely.from_wkb(rows["geometry"].to_numpy()), rows.index)
        rows = gpd.GeoDataFrame(rows, geometry=shapes, crs=types[GEOMETRY].srid)
    versions = rows.pop("row_version")
    known = tables.conform(rows, table)
    return Known(known, dict(zip(known.index, versions, strict=True)))


def put_rows(
    db: Connection, table: str, rows: pd.DataFrame, scenario: str, known: Known | None
) -> tuple[Known, list[object], int]:
    """Add and change the rows of a table that a writer added and changed since they were known.

    Rows that the writer left as they were known stay as they are on the server now, even if others
    changed them; so do rows that others added.

    Parameters
    ----------
    db : Connection
        In a transaction; the table has its columns.
    table, rows, scenario
        What to write; the rows conform.
    known : Known, optional
        What the writer read or wrote last; None if nothing.

    Returns
    -------
    tuple of Known, list, int
        What the writer knows from now on; ids of the rows to take away, once other tables are written;
        how many rows were added and changed.

    Raises
    ------
    ConflictError
        If others added, changed or took away rows that the writer adds, changes or takes away.
    """
    types = columns_in(db, table)
    target = table_of(table, types)
    base = known or Known(rows.iloc[:0], {})
    changed, added, gone = edit = _changes(table, base.rows, rows)
    _require_as_known(db, target, scenario, known, edit)
    if changed:
        told = {GEOMETRY, rows.index.name, *base.rows.columns, *rows.columns}  # others may have added columns
        ours = {name: kind for name, kind in types.items() if name in told}
        _change(db, target, rows.loc[changed], ours, scenario)
    if added:
        _copy_in(db, target.fullname, rows.loc[added], types, scenario)
    versions = {one: base.versions[one] for one in rows.index if one in base.versions}
    versions |= {one: base.versions[one] + 1 for one in changed} | dict.fromkeys(added, 1)
    return Known(rows, versions), gone, len(changed) + len(added)


def take_away(db: Connection, table: str, ids: list[object], scenario: str) -> None:
    """Delete rows of a table of a scenario by their ids."""
    import sqlalchemy as sa

    target = table_of(table, [key_of(table), "scenario"])
    ours = target.c.scenario == scenario
    db.execute(sa.delete(target).where(ours, _among(target, table, ids)))


def copy(db: Connection, table: str, source: str, target: str) -> None:
    """Copy the rows of a scenario to another one, which has none in the table."""
    import sqlalchemy as sa

    names = [name for name in columns_in(db, table) if name not in ("fid", "scenario", "row_version")]
    rows = table_of(table, ["fid", "scenario", *names])
    chosen = sa.select(sa.literal(target), *(rows.c[name] for name in names))
    ordered = chosen.where(rows.c.scenario == source).order_by(rows.c.fid)
    db.execute(sa.insert(rows).from_select(["scenario", *names], ordered))


# -- what a writer changed, and whether others did ----------------------------------------------------


def _changes(table: str, before: pd.DataFrame, now: pd.DataFrame) -> Edit:
    """Return the ids of the rows that a writer changes, adds and takes away."""
    found = differences({table: before}, {table: now})
    names = {str(one): one for one in [*before.index.tolist(), *now.index.tolist()]}
    kinds = ("changed", "only_second", "only_first")
    return Edit(*([names[one] for one in found.loc[found["kind"] == kind, "key"].unique()] for kind in kinds))


def _require_as_known(
    db: Connection, target: TableClause, scenario: str, known: Known | None, edit: Edit
) -> None:
    """Hold the rows that are about to be written, and raise if they are not as the writer knows them."""
    import sqlalchemy as sa

    table, key = target.name, target.c[key_of(target.name)]
    query = sa.select(key, target.c.row_version).where(target.c.scenario == scenario)
    if known is not None:  # who knows nothing of a table may write it where it has no rows at all
        query = query.where(_among(target, table, [*edit.changed, *edit.added, *edit.gone]))
    # all writers hold rows in one order, so that none waits for another in a circle
    now = {row[0]: row[1] for row in db.execute(query.order_by(key).with_for_update())}
    was = known.versions if known else {}
    if other := [one for one in edit.changed if now.get(one) != was[one]]:
        raise _conflict(table, other, "were changed or taken away since they were read")
    if other := [one for one in edit.gone if now.get(one, was[one]) != was[one]]:
        raise _conflict(table, other, "that would be taken away were changed since they were read")
    if other := list(now) if known is None else [one for one in edit.added if one in now]:
        raise _conflict(table, other, "are there and were not read")


def _conflict(table: str, ids: list[object], what: str) -> ConflictError:
    return ConflictError(
        f"{table}: rows {what}, by another editor: {some_ids(ids)}. Nothing was written. "
        "Read the table again and write your changes anew.",
        table,
        ids,
    )


def _among(target: TableClause, table: str, ids: list[object]) -> ColumnElement[bool]:
    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql import ARRAY

    kind = sa.BigInteger() if integrity.has_number_keys(table) else sa.Text()
    return target.c[key_of(table)] == sa.any_(sa.literal(ids, ARRAY(kind)))


def copy_lists(db: Connection, target: str, names: list[str], lists: list[list[object]]) -> None:
    """Add rows to a table by COPY, the quickest way.

    Parameters
    ----------
    db : Connection
        In a transaction.
    target : str
        The table, with its schema before a dot if it is not that of the project.
    names : list of str
        Columns.
    lists : list of list
        The values of each.
    """
    from psycopg.sql import SQL, Identifier

    into = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(*target.split(".")), SQL(", ").join(map(Identifier, names))
    )
    with db.connection.driver_connection.cursor() as cursor, cursor.copy(into) as stream:  # type: ignore[union-attr]
        for row in zip(*lists, strict=True):
            stream.write_row(row)


# -- writing ----------------------------------------------------------------------------------------


def _change(
    db: Connection, target: TableClause, rows: pd.DataFrame, types: Mapping[str, Any], scenario: str
) -> None:
    import sqlalchemy as sa

    kept = [name for name in types if name not in ("fid", "scenario", "row_version")]
    given = sa.table(GIVEN, *(sa.column(name) for name in ["scenario", *kept]))
    blank = sa.select(*(target.c[name] for name in ["scenario", *kept])).where(sa.false())
    db.exec_driver_sql(f"CREATE TEMP TABLE {GIVEN} ON COMMIT DROP AS {blank.compile(db)}")
    _copy_in(db, GIVEN, rows, types, scenario)
    key = key_of(target.name)
    same = (target.c.scenario == given.c.scenario, target.c[key] == given.c[key])
    db.execute(sa.update(target).values({name: given.c[name] for name in kept}).where(*same))
    db.exec_driver_sql(f"DROP TABLE {GIVEN}")


def _copy_in(
    db: Connection, target: str, rows: pd.DataFrame, types: Mapping[str, Any], scenario: str
) -> None:
    key = [name for name in types if name == rows.index.name]
    names = ["scenario", *key, *(str(name) for name in rows.columns.drop("geometry", errors="ignore"))]
    lists = [[scenario] * len(rows), rows.index.tolist(), *(values(rows[name]) for name in names[2:])]
    if GEOMETRY in types:
        names.append(GEOMETRY)
        shapes = shapely.set_srid(rows.geometry.to_numpy(), types[GEOMETRY].srid)
        lists.append(shapely.to_wkb(shapes, hex=True, include_srid=True, byte_order=1).tolist())
    copy_lists(db, target, names, lists)


def _typed(column: pd.Series, kind: object) -> pd.Series:
    """Return a column read from the server, which has None where values are missing, with its type."""
    import sqlalchemy as sa

    if isinstance(kind, sa.DateTime):
        return column.astype("datetime64[ms]")
    if isinstance(kind, sa.Float):
        return column.astype("float64")
    if column.isna().any() and isinstance(kind, sa.BigInteger):
        return column.astype("Int64")
    return column.astype("boolean") if column.isna().any() and isinstance(kind, sa.Boolean) else column
