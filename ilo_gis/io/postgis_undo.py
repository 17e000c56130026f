"""Changes of a project on a server taken back by its history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ilo_gis.errors import ReadError
from ilo_gis.io.ddl import key_of, quoted
from ilo_gis.io.postgis_rows import table_of
from ilo_gis.io.postgis_schema import columns_in

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

__all__ = ["undo"]


def undo(db: Connection, to: int) -> int:
    """Take back all changes after a numbered one, the last first; taking back is recorded too.

    Columns that were dropped since do not come back.

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

    Raises
    ------
    ReadError
        If there is no such change.
    """
    import sqlalchemy as sa

    names = ["change", "operation", "scenario", "table", "key", "before", "after"]
    told = table_of("history", names)
    last = db.execute(sa.select(sa.func.coalesce(sa.func.max(told.c.change), 0))).scalar_one()
    if not 0 <= to <= last:
        raise ReadError(f"The history has changes 1 to {last}; {to} is none of them. 0 undoes all.")
    changes = db.execute(told.select().where(told.c.change > to).order_by(told.c.change.desc())).all()
    for change in changes:
        _take_back(db, change)
    return len(changes)


def _take_back(db: Connection, change: Row[tuple[object, ...]]) -> None:
    from sqlalchemy import text

    name, key = quoted(change.table), quoted(key_of(change.table))
    here = f"t.scenario = :scenario AND t.{key}::text = :key"
    values = {"scenario": change.scenario, "key": change.key, "before": change.before}
    if change.operation == "insert":
        sql = f"DELETE FROM {name} t WHERE {here}"  # nosec B608  # quoted names
    elif change.operation == "load":
        sql = f"DELETE FROM {name} t WHERE t.scenario = :scenario AND t.fid BETWEEN :first AND :last"  # nosec B608  # quoted names
        values |= json.loads(change.after)
    else:
        there = columns_in(db, str(change.table))
        kept = [c for c in json.loads(change.before) if c in there]  # some may have been dropped since
        if not kept:
            return
        columns = ", ".join(quoted(c).replace(":", r"\:") for c in kept)
        was = f"SELECT {columns} FROM jsonb_populate_record(NULL::{name}, CAST(:before AS jsonb))"  # nosec B608  # quoted names
        if change.operation == "update":
            sql = f"UPDATE {name} t SET ({columns}) = ({was}) WHERE {here}"  # nosec B608  # quoted names
        else:
            sql = f"INSERT INTO {name} ({columns}) {was}"
    db.execute(text(sql), values)
