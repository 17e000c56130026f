"""The schema of a project on a server: tables, history by triggers, notices of changes, and roles."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import CRSError
from ilo_gis.io.ddl import GEOMETRY, OF_ALL, ddl, key_of, quoted
from ilo_gis.io.postgis import SCHEMA
from ilo_gis.tables import integrity

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "ADMIN",
    "CHANNEL",
    "add_columns",
    "add_tables",
    "as_admin",
    "columns_in",
    "is_spatial",
    "lay_ground",
    "layers_there",
    "relate",
    "run",
    "srid_of",
    "unwatched",
]

ADMIN = "ilo_admin"  # owns the tables
CHANNEL = "ilo_gis"  # of the notices of changes


def lay_ground(db: Connection) -> None:
    """Make the roles and the empty schemas of a project; what is there stays.

    Parameters
    ----------
    db : Connection
        In a transaction, of somebody who may make roles and schemas.
    """
    run(db, files(__package__).joinpath("postgis.sql").read_text("utf-8"))


def run(db: Connection, statement: str) -> None:
    """Run SQL that has no values."""
    db.exec_driver_sql(statement, execution_options={"no_parameters": True})


def as_admin(db: Connection) -> None:
    """Act as the role that owns the tables, until ``RESET ROLE`` or the end of the transaction."""
    run(db, f"SET LOCAL ROLE {quoted(ADMIN)}")


def layers_there(db: Connection) -> list[str]:
    """Return the tables of scenarios that the server has, in the order in which they were made."""
    from sqlalchemy import text

    found = db.execute(
        text(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = :schema AND c.relkind = 'r' ORDER BY c.oid"
        ),
        {"schema": SCHEMA},
    )
    known = set(tables.names()) - set(OF_ALL)
    return [name for (name,) in found if name in known]


def columns_in(db: Connection, table: str) -> dict[str, Any]:
    """Return the columns of a table on the server with their types; none if it is not there."""
    from sqlalchemy import inspect
    from sqlalchemy.exc import NoSuchTableError

    try:
        return {column["name"]: column["type"] for column in inspect(db).get_columns(table, schema=SCHEMA)}
    except NoSuchTableError:
        return {}


def srid_of(layers: Mapping[str, pd.DataFrame], known: str | None) -> int | None:
    """Return the EPSG code of the CRS of layers, or of the project where they have none.

    Raises
    ------
    CRSError
        If the CRS is not one of EPSG, which PostGIS knows.
    """
    from pyproj import CRS

    crs = next((layer.crs for layer in layers.values() if layer.crs), CRS(known) if known else None)
    if crs is None:
        return None
    name, code = crs.to_authority() or ("", "")
    if name != "EPSG" or not CRS.from_epsg(code).equals(
        crs, ignore_axis_order=True
    ):  # or one that is like it
        raise CRSError(
            f"PostGIS knows CRS by their EPSG codes, and {crs.name} has none. "
            "Project the layers: `layer.to_crs(32719)`."
        )
    return int(code)


def add_tables(db: Connection, new: list[str], there: list[str], srid: int | None) -> None:
    """Make declared tables with their triggers."""
    for statement in ddl(new, "postgis", srid, [*there, *OF_ALL]):
        run(db, statement)
    for name in new:
        watch(db, name)
        describe_columns(db, name)


def relate(db: Connection, new: list[str], there: list[str]) -> None:
    """Give tables that were there the foreign keys to those that are new, which have their rows by now."""
    known = integrity.relations()
    late = known[known["references"].isin(new) & known["table"].isin(there)].to_dict("records")
    if not late:
        return
    run(db, "SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
    as_admin(db)
    for row in late:
        table, column, other = row["table"], row["column"], row["references"]
        run(
            db,
            f"ALTER TABLE {quoted(table)} ADD CONSTRAINT {quoted(f'{table}_{column}')} "
            f'FOREIGN KEY ("scenario", {quoted(column)}) '
            f'REFERENCES {quoted(other)} ("scenario", {quoted(key_of(other))}) '
            f"ON UPDATE CASCADE ON DELETE {row['on_delete'].upper()} DEFERRABLE INITIALLY DEFERRED",
        )
        run(db, f'CREATE INDEX ON {quoted(table)} ("scenario", {quoted(column)})')
    run(db, "RESET ROLE")


def add_columns(db: Connection, table: str, extra: Mapping[str, str]) -> None:
    """Add columns that are not declared, which planners may have."""
    for column, kind in extra.items():
        run(db, f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(column)} {kind}")


def describe_columns(db: Connection, table: str) -> None:
    """Write the Spanish names of columns and what they hold, which QGIS shows."""
    spec = tables.describe(table).rename(index={"geometry": GEOMETRY})
    for column, row in spec.iterrows():
        said = f"{row['alias_es']}: {row['description']}".replace("'", "''")
        run(db, f"COMMENT ON COLUMN {quoted(table)}.{quoted(str(column))} IS '{said}'")


def watch(db: Connection, table: str) -> None:
    """Give a table its triggers: history and notices, and the count of the changes of each row."""
    body = files(__package__).joinpath("postgis_watch.sql").read_text("utf-8")
    shape = f" || jsonb_build_object('{GEOMETRY}', {{side}}.{GEOMETRY}::text)" if is_spatial(table) else ""
    row = f"(to_jsonb({{side}}) - '{{{{fid,row_version}}}}'::text[]{shape})"
    parts = {
        "$TABLE": quoted(table),
        "$FUNCTION": quoted(f"{table}_history"),
        "$NAME": f"'{table}'",
        "$KEY": quoted(key_of(table)),
        "$OLD": row.format(side="o"),
        "$NEW": row.format(side="n"),
    }
    for mark, sql in parts.items():
        body = body.replace(mark, sql)
    run(db, body)
    run(
        db,
        f"CREATE TRIGGER count_changes BEFORE UPDATE ON {quoted(table)} FOR EACH ROW "
        f"EXECUTE FUNCTION {SCHEMA}.count_changes()",
    )


def is_spatial(table: str) -> bool:
    """Tell whether a declared table has geometries."""
    return "geometry" in tables.describe(table).index


def unwatched(db: Connection) -> list[str]:
    """Return what the triggers of tables lack to keep the history, and keys that do not hold."""
    from sqlalchemy import text

    missing = text(
        "SELECT c.relname || ': ' || wanted || ' is missing or switched off' FROM pg_class c "
        "CROSS JOIN unnest(ARRAY['history_insert', 'history_update', 'history_delete']) wanted "
        "WHERE c.relnamespace = CAST(:schema AS regnamespace) AND c.relname = ANY(:names) AND NOT EXISTS ("
        "SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = wanted AND t.tgenabled != 'D')"
    )
    loose = text(
        "SELECT conrelid::regclass || ': ' || conname || ' does not hold for all rows' FROM pg_constraint "
        "WHERE connamespace = CAST(:schema AS regnamespace) AND NOT convalidated"
    )
    names = [*layers_there(db), "scenarios"]
    found = db.execute(missing, {"schema": SCHEMA, "names": names}).scalars().all()
    return [*found, *db.execute(loose, {"schema": SCHEMA}).scalars().all()]
