"""What a project on a server keeps of itself: facts, scenarios and history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import WriteError
from ilo_gis.io.postgis_rows import table_of
from ilo_gis.io.postgis_schema import columns_in
from ilo_gis.io.store import utc

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["facts_of", "make_scenario", "states", "tell", "whole"]

NAME = re.compile(r"[\w-]+( [\w-]+)*")


def facts_of(db: Connection) -> dict[str, str]:
    """Return what is to be known of the project."""
    rows = table_of("project", ["key", "value"])
    return {row.key: row.value for row in db.execute(rows.select().order_by(rows.c.key))}


def tell(db: Connection, facts: Mapping[str, str]) -> None:
    """Write facts of the project."""
    from sqlalchemy.dialects.postgresql import insert

    if facts:
        put = insert(table_of("project", ["key", "value"]))
        put = put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value})
        db.execute(put, [{"key": key, "value": value} for key, value in facts.items()])


def states(db: Connection) -> dict[str, str]:
    """Return the scenarios with their states, in the order in which they were made."""
    known = table_of("scenarios", ["fid", "scenario", "state"])
    return {row.scenario: row.state for row in db.execute(known.select().order_by(known.c.fid))}


def make_scenario(
    db: Connection, scenario: str, who: str, copied_from: str | None = None, title: str | None = None
) -> None:
    """Make a scenario if it is not there."""
    import sqlalchemy as sa

    if not NAME.fullmatch(scenario):
        raise WriteError(f"{scenario!r} cannot name a scenario: use letters, digits, spaces, - and _.")
    if scenario in states(db):
        return
    row: dict[str, object] = {
        "scenario": scenario,
        "title": title,
        "state": "draft",
        "created_by": who,
        "copied_from": copied_from,
    }
    row["created"] = sa.func.timezone("UTC", sa.func.now())
    db.execute(sa.insert(table_of("scenarios", row)).values(row))


def whole(
    db: Connection,
    table: str,
    only: Mapping[str, str | None] | None = None,
    since: date | datetime | None = None,
) -> pd.DataFrame:
    """Return scenarios or history as declared, the first made first."""
    names = [name for name in columns_in(db, table) if name != "fid"]
    source = table_of(table, ["fid", *names])
    query = source.select().with_only_columns(*(source.c[name] for name in names))
    for column, value in (only or {}).items():
        query = query if value is None else query.where(source.c[column] == value)
    if since is not None:
        query = query.where(source.c.at >= utc(since))
    order = source.c.change if table == "history" else source.c.fid
    rows = pd.DataFrame(db.execute(query.order_by(order)).fetchall(), columns=names)
    return tables.conform(rows, table)
