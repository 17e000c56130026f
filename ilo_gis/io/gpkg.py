"""GeoPackage 1.3 by SQL: new files, short connections, and transactions whose errors say what to do."""

from __future__ import annotations

import contextlib
import sqlite3
import struct
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import shapely

from ilo_gis.errors import ReadError, WriteError
from ilo_gis.io.atomic import disk_is_full
from ilo_gis.io.ddl import key_of, quoted
from ilo_gis.io.guard import require_plain_schema
from ilo_gis.io.vector import LOCKED, PATIENCE

__all__ = ["connected", "create_file", "script", "transaction"]

GPKG = (0x47504B47, 0x47503130, 0x47503131)  # application_id of GeoPackage 1.2 and later, 1.0, 1.1
CACHE = 65_536  # kB of pages kept in memory: a large write does not go back and forth to the disk
LOGGED = b"\x02\x02"  # bytes 18 and 19 of a file with a write-ahead log
VERSION = 10300  # QGIS 3.22 warns of 1.4
BOUNDS = (0, 2, 1, 3)  # where shapely has what GeoPackage has as least x, greatest x, least y, greatest y


def script(name: str) -> str:
    """Return a file of SQL that lies beside this one."""
    return files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


@contextlib.contextmanager
def connected(path: Path, foreign_keys: bool = True) -> Iterator[sqlite3.Connection]:
    """Give a connection to a GeoPackage for a short while; a write that was cut short is rolled back first.

    It is never kept open: GDAL has an SQLite of its own, and when that closes the file the locks
    of this one go too. A file that may only be read is only read.

    Raises
    ------
    ReadError
        If the file is missing, locked by another program, or no GeoPackage.
    """
    if not path.is_file():
        raise ReadError(f"There is no file {path}. Check the path and the name.")
    with contextlib.closing(_opened(path)) as db:
        try:
            db.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
            db.execute("PRAGMA synchronous = EXTRA")
            db.execute(f"PRAGMA cache_size = {-CACHE}")
            if db.execute("PRAGMA application_id").fetchone()[0] not in GPKG:
                raise ReadError(f"{path} is not a GeoPackage.")
            require_plain_schema(db, str(path))
            for name, read in SPATIAL.items():
                db.create_function(name, 1, read, deterministic=True)
            yield db
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise ReadError(LOCKED.format(path)) from error
            raise ReadError(
                f"{path} cannot be read: {error}. It may be damaged, or no GeoPackage."
            ) from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file; one whose write-ahead log cannot be made where it lies is taken for one that rests."""
    file = path.resolve()
    db = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        db.execute("PRAGMA schema_version")
    except sqlite3.DatabaseError:  # a damaged file too: `connected` tells of it
        if not _has_log(file) or file.with_name(f"{file.name}-wal").exists():
            return db
        db.close()
        db = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return db


def _has_log(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(20)[18:] == LOGGED


@contextlib.contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run statements that are all kept or all undone.

    Raises
    ------
    WriteError
        If another program holds the file, the disk is full, or a key, range or word is broken: the
        file is as before.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute("PRAGMA defer_foreign_keys = ON")  # rows come in any order
        yield
        db.execute("COMMIT")
    except sqlite3.Error as error:
        raise WriteError(_reason(db, path, error)) from error
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _reason(db: sqlite3.Connection, path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    if "locked" in said:
        return LOCKED.format(path)
    if "readonly" in said:
        return f"No right to write {path}. Work on a copy in a folder of yours, or ask for the rights."
    if "FOREIGN KEY" in said:
        return f"{path} was not changed: {_orphans(db)}"
    if isinstance(error, sqlite3.IntegrityError):
        return f"{path} was not changed. {said}. Mend the rows and write again."
    why = (
        "The disk is full"
        if "full" in said or disk_is_full(path.resolve().parent)
        else f"SQLite says: {said}"
    )
    return f"{path} was not changed. {why}. Free some space, or write elsewhere."


def _orphans(db: sqlite3.Connection) -> str:
    """Say which rows refer to rows that are not there."""
    told = []
    for table, fid, other, _ in db.execute("PRAGMA foreign_key_check").fetchmany(5):
        key = db.execute(f"SELECT {quoted(key_of(table))} FROM {quoted(table)} WHERE fid = ?", (fid,))  # nosec B608  # quoted names
        told.append(f"{table} {key.fetchone()[0]} -> {other}")
    named = "; ".join(told) or "a row that others refer to would go"
    return f"rows refer to rows that are not there: {named}. Write those too, or mend the references."


def create_file(path: Path) -> None:
    """Make an empty GeoPackage 1.3."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id = {GPKG[0]}")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.executescript(f"BEGIN; {script('gpkg')} COMMIT;")


# -- what the triggers of a spatial index call ------------------------------------------------------


def _bound(place: int) -> Callable[[bytes | None], float | None]:
    """Return the SQL function that reads one bound out of the header of a blob, or out of its shape."""

    def read(blob: bytes | None) -> float | None:
        if blob is None or _hollow(blob):
            return None
        if blob[3] >> 1 & 7:  # the header has bounds
            return float(struct.unpack_from("<4d" if blob[3] & 1 else ">4d", blob, 8)[place])
        return float(shapely.bounds(shapely.from_wkb(blob[8:]))[BOUNDS[place]])

    return read


def _hollow(blob: bytes | None) -> int | None:
    return None if blob is None else blob[3] >> 4 & 1


SPATIAL: dict[str, Callable[[bytes | None], float | int | None]] = {
    "ST_IsEmpty": _hollow,
    "ST_MinX": _bound(0),
    "ST_MaxX": _bound(1),
    "ST_MinY": _bound(2),
    "ST_MaxY": _bound(3),
}
