"""From every earlier version of a project on a server to the present one, in one transaction (alembic)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ilo_gis.errors import ReadError
from ilo_gis.io import postgis_schema as schema
from ilo_gis.io.postgis import MISSING, PATIENCE, SCHEMA, connecting, engine_of, shown, url_of
from ilo_gis.io.postgis_rows import table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["VERSIONS", "create", "migrate", "require_present", "version_of"]

VERSIONS = ("0001", "0002", "0003")  # the revisions, the first made first
UNCOUNTED = VERSIONS[0]  # projects of it have no table of versions


def version_of(db: Connection) -> str | None:
    """Return the version of the project on a server; None if there is none."""
    from sqlalchemy import text

    there = text(f"SELECT to_regclass('{SCHEMA}.project'), to_regclass('{SCHEMA}.alembic_version')")
    project, counted = db.execute(there).one()
    if project is None:
        return None
    counter = table_of("alembic_version", ["version_num"]).select()
    return str(db.execute(counter).scalar_one()) if counted else UNCOUNTED


def require_present(version: str, address: str) -> None:
    """Raise if a project has another version than the present one.

    Raises
    ------
    ReadError
        If it has: it says which command mends that.

    Examples
    --------
    >>> require_present("0001", "postgresql://planning/ilo")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: postgresql://planning/ilo has version 0001, and this ilo_gis works with ...
    """
    _require_known(version, address)
    if version != VERSIONS[-1]:
        raise ReadError(
            f"{address} has version {version}, and this ilo_gis works with {VERSIONS[-1]}. Nothing was "
            f"changed. An administrator (role ilo_admin) brings it over: `ilo-gis migrate {address}`."
        )


def create(db: Connection) -> None:
    """Make the schema of a project with its roles, in the present version.

    Parameters
    ----------
    db : Connection
        In a transaction, of somebody who may make roles and schemas.
    """
    schema.lay_ground(db)
    _upgrade(db)


def migrate(address: str) -> tuple[str, str]:
    """Bring a project to the present version, with all that is in it, or leave it as it is.

    Parameters
    ----------
    address : str
        Of the server; the user is an administrator (role ilo_admin).

    Returns
    -------
    tuple of str, str
        The versions before and after.

    Raises
    ------
    ConflictError
        If others hold its tables.
    ReadError
        If there is no project, or one that a newer ilo_gis made.
    WriteError
        If the user may not do it.
    """
    url = url_of(address)
    engine = engine_of(url)
    try:
        with connecting(engine) as db:
            version = version_of(db)
            if version is None:
                raise ReadError(f"{shown(url)} has no project of ilo_gis.")
            schema.as_admin(db)
            schema.run(db, f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            schema.run(db, f"LOCK TABLE {SCHEMA}.project IN ACCESS EXCLUSIVE MODE")  # one at a time
            version = version_of(db) or UNCOUNTED
            _require_known(version, shown(url))
            if version != VERSIONS[-1]:
                _upgrade(db, version)
    finally:
        engine.dispose()
    return version, VERSIONS[-1]


def _upgrade(db: Connection, version: str | None = None) -> None:
    """Run the revisions after a version, or all, as the role that owns the tables."""
    try:
        from alembic import command
        from alembic.config import Config
    except ImportError as error:
        raise ImportError(MISSING) from error
    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", f"{__package__}:revisions")
    schema.as_admin(db)
    if version == UNCOUNTED:
        command.stamp(config, UNCOUNTED)
    command.upgrade(config, VERSIONS[-1])
    schema.run(db, "RESET ROLE")


def _require_known(version: str, address: str) -> None:
    if version not in VERSIONS:
        raise ReadError(
            f"{address} has version {version}; this ilo_gis knows versions up to {VERSIONS[-1]}. "
            "Bring ilo-gis up to date: `pip install -U ilo-gis`."
        )
