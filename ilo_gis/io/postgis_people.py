"""The private table of people on a server: in a schema that only registrars see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ConflictError, some_ids
from ilo_gis.io.comparing import differences
from ilo_gis.io.ddl import key_of
from ilo_gis.io.gpkg_rows import values
from ilo_gis.io.postgis_rows import copy_lists

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["fetch", "replace"]

PEOPLE = "people.people"


def fetch(db: Connection) -> pd.DataFrame:
    """Return the people, in the order of their ids."""
    import sqlalchemy as sa

    names = list(tables.describe("people").index)
    columns: list[Any] = [sa.column(name) for name in names]
    query = sa.select(*columns).select_from(sa.table("people", schema="people"))
    rows = pd.DataFrame(db.execute(query).fetchall(), columns=names)
    key = key_of("people")
    return tables.conform(rows.astype({"birth": "datetime64[ms]"}).sort_values(key).set_index(key), "people")


def replace(db: Connection, people: pd.DataFrame, known: pd.DataFrame) -> None:
    """Make the table what is given, if it is as the writer knows it.

    Raises
    ------
    ConflictError
        If it is not; ids are named, and nothing else.
    """
    db.exec_driver_sql(f"LOCK TABLE {PEOPLE} IN SHARE ROW EXCLUSIVE MODE")
    found = differences({"people": known}, {"people": fetch(db)})
    if other := found["key"].unique().tolist():
        raise ConflictError(
            f"people: rows were added, changed or taken away since they were read: {some_ids(other)}. "
            "Nothing was written. Read the table again and write your changes anew.",
            "people",
            other,
        )
    db.exec_driver_sql(f"DELETE FROM {PEOPLE}")  # nosec B608  # a constant
    names = [str(people.index.name), *map(str, people.columns)]
    copy_lists(db, PEOPLE, names, [people.index.tolist(), *(values(people[name]) for name in people)])
