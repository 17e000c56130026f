"""Connections to a PostGIS server: addresses without passwords, transactions, and errors a planner reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ilo_gis.errors import ConflictError, IloGisError, PasswordError, ReadError, WriteError
from ilo_gis.tables import integrity

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

__all__ = [
    "MISSING",
    "PATIENCE",
    "SCHEMA",
    "connecting",
    "conninfo",
    "engine_of",
    "is_server",
    "let_in",
    "shown",
    "told",
    "url_of",
]

SCHEMA = "plan"  # where the tables of a project are; QGIS shows it
SCHEMES = ("postgresql", "postgres")
QGIS_STORE = "authcfg"  # what QGIS calls an entry of its encrypted store
PATIENCE = 10  # seconds to wait for a server
SECRET = {"password", "sslpassword", "passfile"}  # of an address; never shown
MISSING = 'A project on a server needs PostgreSQL\'s driver. Install it: `pip install "ilo-gis[postgis]"`.'


def is_server(address: object) -> bool:
    """Tell whether an address is one of a server rather than a file.

    Examples
    --------
    >>> is_server("postgresql://planning/ilo"), is_server("ilo.gpkg")
    (True, False)
    """
    return str(address).split(":", 1)[0] in SCHEMES and "://" in str(address)


def url_of(address: str) -> URL:
    """Return the parts of an address.

    Raises
    ------
    ImportError
        If the extra ``postgis`` is not installed.
    ReadError
        If it is no address. What was given is not repeated: it may have a password.
    """
    try:
        import geoalchemy2  # noqa: F401  (SQLAlchemy knows geometries once it is imported)
        import psycopg  # noqa: F401
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError
    except ImportError as error:
        raise ImportError(MISSING) from error
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        url = None
    if url is None or not url.database:
        raise ReadError(
            "The address of the server cannot be read. Write it as postgresql://user@host:5432/database."
        )
    return url


def shown(url: URL) -> str:
    """Return an address as messages show it: without any password.

    Examples
    --------
    >>> shown(url_of("postgresql://ana:secret@host:5432/ilo?sslpassword=secret"))  # pragma: allowlist secret
    'postgresql://ana@host:5432/ilo'
    """
    from sqlalchemy import URL

    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(SECRET).render_as_string()


def conninfo(address: str) -> str:
    """Return an address as QGIS writes it, with all that it says.

    Of an address ``?authcfg=`` names the entry of QGIS's encrypted store that has user and password.

    Examples
    --------
    >>> conninfo("postgresql://ana@host/ilo?authcfg=x7")
    "host='host' port='5432' dbname='ilo' user='ana' authcfg='x7'"
    """
    url = url_of(address)
    host = url.host or url.query.get("host", "")  # a folder, where the server is on this computer
    parts = {"host": host, "port": url.port or 5432, "dbname": url.database, "user": url.username}
    parts |= {"password": url.password, QGIS_STORE: url.query.get(QGIS_STORE)}
    escaped = {name: re.sub(r"(['\\\\])", r"\\\1", str(part)) for name, part in parts.items() if part}
    return " ".join(f"{name}='{part}'" for name, part in escaped.items())


def let_in(
    address: str, who: tuple[str, str], ask: Callable[[str, str], tuple[bool, str, str]]
) -> tuple[str, str, str]:
    """Return the address, user and password that a server takes.

    Parameters
    ----------
    address : str
        The address, with or without password.
    who : (str, str)
        User and password, empty where there is none.
    ask : callable
        Called with the user and the reason when the server wants a password, or another one; gives
        whether there is one, the user and the password.

    Raises
    ------
    PasswordError
        If nobody gives a password that the server takes.
    ReadError
        If the server cannot be reached.
    """
    from sqlalchemy import text

    url, (user, password) = url_of(address).difference_update_query([QGIS_STORE]), who
    while True:
        url = url.set(username=user or None, password=password or None)
        engine = engine_of(url)
        try:
            with connecting(engine) as db:
                db.execute(text("SELECT 1"))
            break
        except PasswordError as error:
            fine, user, password = ask(user, str(error))
            if not fine:
                raise
        finally:
            engine.dispose()
    return url.set(drivername="postgresql").render_as_string(hide_password=False), user, password


def engine_of(url: URL) -> Engine:
    """Return connections to a server that are made when they are needed."""
    from sqlalchemy import create_engine

    search = f"-c search_path={SCHEMA},public -c timezone=UTC"
    options = {"connect_timeout": PATIENCE, "options": search, "application_name": "ilo_gis"}
    return create_engine(url, connect_args=options, hide_parameters=True, pool_pre_ping=True)


@contextmanager
def connecting(engine: Engine, serial: bool = False) -> Iterator[Connection]:
    """Give a connection in a transaction that is kept if all goes well, and undone if not.

    Parameters
    ----------
    engine : Engine
        The server.
    serial : bool
        Whether all statements see the server as it was at the first.

    Raises
    ------
    ConflictError
        If another editor wrote the same rows.
    ReadError
        If the server cannot be reached.
    PasswordError
        If it wants a password, or another one.
    WriteError
        If a key, range or word is broken, or the role may not do it: the server is as before.
    """
    import psycopg
    from sqlalchemy.exc import DBAPIError

    level = "REPEATABLE READ" if serial else "READ COMMITTED"
    try:
        with engine.execution_options(isolation_level=level).begin() as db:
            yield db
    except (DBAPIError, psycopg.Error, UnicodeEncodeError) as error:  # COPY goes past SQLAlchemy
        raise told(
            engine.url, getattr(error, "orig", error)
        ) from None  # the chain would show statements and addresses


def told(url: URL, cause: object) -> IloGisError:
    """Return what went wrong on a server in words that say what to do, without values of rows."""
    from psycopg import errors as pg

    address = shown(url)
    diagnosis = getattr(cause, "diag", None)
    table, constraint = (getattr(diagnosis, name, None) or "" for name in ("table_name", "constraint_name"))
    if isinstance(cause, pg.UniqueViolation) and constraint == f"{table}_key":
        key = _value(diagnosis)
        said = f"{address} was not changed: {table} {key} is there already; another editor added it."
        return ConflictError(f"{said} Read the table again and write your changes anew.", table, [key])
    if isinstance(cause, pg.SerializationFailure | pg.DeadlockDetected | pg.LockNotAvailable):
        said = f"{address} was not changed: another editor wrote the same rows at the same time."
        return ConflictError(f"{said} Read again and write your changes anew.", table)
    if getattr(diagnosis, "message_primary", None) is None and isinstance(cause, pg.OperationalError):
        tried = getattr(cause, "pgconn", None)
        refused = tried is not None and (tried.needs_password or tried.used_password)
        said = f"{address} cannot be reached: {_plain(url, cause)}. Check host, user and password."
        return PasswordError(said) if refused else ReadError(said)
    return WriteError(f"{address} was not changed: {_why(cause, table, constraint, diagnosis)}")


def _why(cause: object, table: str, constraint: str, diagnosis: Any) -> str:
    from psycopg import errors as pg

    if isinstance(cause, pg.ForeignKeyViolation):
        return _orphan(table, constraint, diagnosis)
    if isinstance(cause, pg.IntegrityError):
        broken = constraint or f"{table}.{diagnosis.column_name} is missing"
        return f"{table} breaks {broken}. Mend the rows and write again."
    said = getattr(diagnosis, "message_primary", None) or type(cause).__name__
    if isinstance(cause, pg.InsufficientPrivilege):
        return f"{said} for this user. Ask an administrator of the server (role ilo_admin)."
    return f"PostgreSQL says: {said}."


def _plain(url: URL, cause: object) -> str:
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    secret = url.password
    return lines[-1].strip().replace(str(secret), "***") if secret else lines[-1].strip()


def _orphan(table: str, constraint: str, diagnosis: Any) -> str:
    """Say which row refers to one that is not there, as far as the server tells."""
    column = constraint.removeprefix(f"{table}_")
    known = integrity.relations(table).set_index("column")["references"]
    other = known.get(column, "scenarios")
    row = f"{table} ({column} {_value(diagnosis)}) -> {other}"
    return f"rows refer to rows that are not there: {row}. Write those too, or mend the references."


def _value(diagnosis: Any) -> str:
    """Return the id out of ``Key (scenario, lot_id)=(A, K-12) is ...``."""
    detail = getattr(diagnosis, "message_detail", None) or ""
    inner = detail.partition(")=(")[2].rpartition(")")[0]
    return inner.partition(", ")[2] or inner
