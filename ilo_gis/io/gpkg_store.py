"""The project store in one GeoPackage: every write is one transaction, and its history is in the file."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pandas as pd
from pyproj import CRS

from ilo_gis import tables
from ilo_gis.errors import CRSError, ReadError, WriteError, did_you_mean
from ilo_gis.io import gpkg_read, gpkg_rows, history, metadata, migrations
from ilo_gis.io.atomic import disk_is_full, replacing, require_room
from ilo_gis.io.ddl import OF_ALL, further, parents_first
from ilo_gis.io.gpkg import connected, create_file, transaction
from ilo_gis.io.gpkg_layers import (
    add_extra,
    add_layer,
    columns_in,
    is_spatial,
    layers_there,
    relate,
    require_columns,
    srs_of,
)
from ilo_gis.io.guard import require_harmless
from ilo_gis.io.origin import facts_told
from ilo_gis.io.rows import require_sound
from ilo_gis.io.store import BASE, Store, content_of, utc
from ilo_gis.tables import Plan

__all__ = ["GpkgStore", "select_in_force"]

NAME = re.compile(r"[\w-]+( [\w-]+)*")


class GpkgStore(Store):
    """A project in a GeoPackage file; see `Store` for what it does and `open` for how to get one."""

    def __init__(
        self,
        address: str | os.PathLike[str],
        create: bool = False,
        who: str | None = None,
        adopt_any: bool = False,
    ) -> None:
        self.address, self.who = os.fspath(address), who or _account()
        self.path = Path(address).expanduser()
        self._held: sqlite3.Connection | None = None  # of writes that are made together
        if not self.path.exists():
            if not create:
                raise ReadError(
                    f"There is no file {self.address}. Check the path and the name, or pass create=True."
                )
            if self.path.suffix.lower() != ".gpkg":
                raise WriteError(f"A project is a GeoPackage: name it {self.path.stem}.gpkg.")
            with replacing(self.path) as temporary:
                create_file(temporary)
                migrations.make_present(temporary, self.address)
        require_harmless(self.path, self.address)
        if adopt_any:
            migrations.make_present(self.path, self.address, adopt_any=True)
        self._earlier = self._format() != migrations.FORMAT
        self._copy, self._copied = self.path, 0  # where an earlier format is read, and as of which moment

    def in_force(self) -> str:
        """Return the scenario in force, or the only one; the usual name where there is none yet."""
        with connected(self._present()) as db:
            some = db.execute("SELECT 1 FROM scenarios LIMIT 1").fetchone()
            return _in_force(db, self.address) if some else BASE

    def tables(self) -> list[str]:
        with connected(self._present()) as db:
            return layers_there(db)

    def read_together(self, wanted: Iterable[tuple[str, str | None]]) -> list[pd.DataFrame]:
        with connected(self._present()) as db:
            db.execute("BEGIN")  # all of one moment, whatever others write meanwhile
            found = [(table, self._raw(db, table, scenario)) for table, scenario in wanted]
        return [tables.conform(raw, table) for table, raw in found]  # when others may write again

    def _raw(self, db: sqlite3.Connection, table: str, scenario: str | None) -> pd.DataFrame:
        there = layers_there(db)
        if table not in there:
            hint = did_you_mean(table, there)
            raise ReadError(f"{self.address} has no table {table!r}{hint}. It has: {', '.join(there)}.")
        require_columns(db, table, self.address)
        which = _in_force(db, self.address) if scenario is None else _known(db, scenario, self.address)
        return gpkg_read.read(db, table, which, self.address)

    def write(
        self,
        content: Plan | Mapping[str, pd.DataFrame],
        scenario: str = BASE,
        *,
        reason: str | None = None,
        who: str | None = None,
        info: Mapping[str, str] | None = None,
    ) -> dict[str, int]:
        given = content_of(content)
        for name, table in given.items():
            tables.require_no_private(table, name)
        known = {name: tables.conform(table, name) for name, table in given.items()}
        require_sound(known, self.address)
        require_room(self.path, sum(int(t.memory_usage(deep=True).sum()) for t in known.values()))
        if self._held is None:
            self._make_present()
            self.prepare(known)
        with self._writing(reason, who) as db:
            _make(db, scenario, who or self.who)
            was = dict(db.execute("SELECT key, value FROM project ORDER BY id"))
            facts = facts_told(content, info, was, self.path)
            facts |= {"format": migrations.FORMAT} if isinstance(content, Plan) else {}
            touched = gpkg_rows.fill(db, known, scenario, facts)
            metadata.describe_file(db)
            return touched

    @contextmanager
    def together(self) -> Iterator[None]:
        self._make_present()
        with connected(self.path) as db:
            with transaction(db, self.path):
                self._held = db
                try:
                    yield
                finally:
                    self._held = None
            db.execute("PRAGMA wal_checkpoint")  # QGIS, with the file open, has a log: a copy alone has all

    def scenarios(self) -> pd.DataFrame:
        return tables.conform(self._rows("scenarios", "SELECT * FROM scenarios ORDER BY fid"), "scenarios")

    def copy_scenario(self, source: str, target: str, title: str | None = None) -> None:
        with self._writing(f"copy of {source}") as db:
            _known(db, source, self.address)
            if db.execute("SELECT 1 FROM scenarios WHERE scenario = ?", (target,)).fetchone():
                raise WriteError(f"There is a scenario {target!r} already. Name another, or delete it first.")
            _make(db, target, self.who, copied_from=source, title=title)
            for table in parents_first(layers_there(db)):
                gpkg_rows.copy(db, table, source, target)

    def adopt(self, scenario: str, by: str | None = None, on: date | None = None) -> None:
        day = f"{on or date.today():%Y-%m-%d}T00:00:00.000"
        with self._writing(f"adopted by {by}" if by else "adopted") as db:
            _known(db, scenario, self.address)
            db.execute(
                "UPDATE scenarios SET state = 'superseded' WHERE state = 'adopted' AND scenario != ?",
                (scenario,),
            )
            db.execute(
                "UPDATE scenarios SET state = 'adopted', adopted = ?, adopted_by = ? WHERE scenario = ?",
                (day, by, scenario),
            )

    def withdraw(self) -> None:
        """Make the plan in force a draft again, so that none is in force."""
        with self._writing("withdrawn") as db:
            db.execute(
                "UPDATE scenarios SET state = 'draft', adopted = NULL, adopted_by = NULL "
                "WHERE state = 'adopted'"
            )

    def delete_scenario(self, scenario: str) -> None:
        with self._writing(f"scenario {scenario} deleted") as db:
            _known(db, scenario, self.address)
            state = db.execute("SELECT state FROM scenarios WHERE scenario = ?", (scenario,)).fetchone()[0]
            if state == "adopted":
                raise WriteError(f"{scenario!r} is the plan in force. Adopt another before you delete it.")
            db.execute("DELETE FROM scenarios WHERE scenario = ?", (scenario,))  # its rows go with it

    def history(
        self, table: str | None = None, key: object = None, since: date | datetime | None = None
    ) -> pd.DataFrame:
        asked = {'"table" = ?': table, '"key" = ?': None if key is None else str(key)}
        asked["at >= ?"] = None if since is None else utc(since).isoformat()
        wanted = {clause: value for clause, value in asked.items() if value is not None}
        where = " AND ".join(wanted) or "1"
        sql = f"SELECT * FROM history WHERE {where} ORDER BY change"  # nosec B608  # columns of our own
        return tables.conform(self._rows("history", sql, *wanted.values()), "history")

    def _undo(self, to: int, reason: str) -> int:
        with self._writing(reason) as db:
            last = db.execute("SELECT coalesce(max(change), 0) FROM history").fetchone()[0]
            if not 0 <= to <= last:
                raise ReadError(f"The history has changes 1 to {last}; {to} is none of them. 0 undoes all.")
            return history.undo(db, to)

    def snapshot(self, path: str | os.PathLike[str], overwrite: bool = False) -> Path:
        with replacing(path, overwrite) as temporary, connected(self._present()) as db:
            require_room(Path(path), self.path.stat().st_size)
            try:
                copy = sqlite3.connect(temporary)
                db.backup(copy)
                copy.close()
            except sqlite3.Error as error:
                why = "the disk is full" if disk_is_full(temporary.parent) else str(error)
                raise WriteError(f"{path} was not written: {why}.") from error
        return Path(path)

    def info(self) -> dict[str, str]:
        with connected(self._present()) as db:
            return dict(db.execute("SELECT key, value FROM project ORDER BY id"))

    def check(self) -> list[str]:
        with connected(self.path) as db:
            damage = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        with connected(self._present()) as db:
            orphans = [
                f"{table}: row {fid} refers to a row of {other} that is not there"
                for table, fid, other, _ in db.execute("PRAGMA foreign_key_check")
            ]
            return damage + orphans

    # -- inside -----------------------------------------------------------------------------------

    def _format(self) -> str:
        with connected(self.path) as db:
            return migrations.version_of(db, self.address)

    def _present(self) -> Path:
        """Return the file to read: of an earlier format a copy in the present one, gone with the store."""
        moment = self.path.stat().st_mtime_ns
        if self._earlier and moment != self._copied:
            self._earlier = self._format() != migrations.FORMAT  # another program may have brought it over
            if self._earlier:
                folder = Path(tempfile.mkdtemp(prefix="ilo_gis-"))
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                self._copy, self._copied = migrations.brought_over(self.path, self.address, folder), moment
        return self._copy if self._earlier else self.path

    def _make_present(self) -> None:
        migrations.make_present(self.path, self.address)
        self._earlier = False

    @contextmanager
    def _writing(self, reason: str | None, who: str | None = None) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction whose changes the history puts down to who writes."""
        with nullcontext() if self._held else self.together():
            db = cast("sqlite3.Connection", self._held)
            db.execute("UPDATE ilo_session SET who = ?, reason = ?", (who or self.who, reason))
            yield db
            db.execute("UPDATE ilo_session SET who = NULL, reason = NULL")

    @contextmanager
    def saying(self, reason: str, who: str | None = None) -> Iterator[None]:
        self._make_present()
        self._say(who or self.who, reason)
        try:
            yield
        finally:
            self._say(None, None)

    def _say(self, who: str | None, reason: str | None) -> None:
        with connected(self.path) as db, transaction(db, self.path):
            db.execute("UPDATE ilo_session SET who = ?, reason = ?", (who, reason))

    def prepare(self, content: Mapping[str, pd.DataFrame]) -> None:
        """Make the tables and columns that content needs and the file lacks, with their foreign keys.

        Raises
        ------
        CRSError
            If layers have different CRS, or not that of the project.
        SchemaError, WriteError
            As for `write`.
        """
        self._require_one_crs(content)
        with connected(self.path, foreign_keys=False) as db:
            there = set(layers_there(db))
            for name in there & set(content):
                require_columns(db, name, self.address)
            new = [name for name in content if name not in there]
            extra = {name: further(name, rows, columns_in(db, name)) for name, rows in content.items()}
            if not new and not any(extra.values()):
                return
            with transaction(db, self.path):
                srs = srs_of(db, [table.crs for name, table in content.items() if is_spatial(name)])
                for name in new:
                    kinds = content[name].geom_type.dropna().tolist() if is_spatial(name) else []
                    add_layer(db, name, {*there, *new, *OF_ALL}, srs if is_spatial(name) else None, kinds)
                for name, wanted in extra.items():
                    add_extra(db, name, wanted)
                relate(db, set(new), there)
                history.keep_watch(db, [*there, *new])

    def _require_one_crs(self, content: Mapping[str, pd.DataFrame]) -> None:
        spatial = {name: table for name, table in content.items() if is_spatial(name) and table.crs}
        if not spatial:
            return
        tables.require_same_crs(**spatial)
        crs = next(iter(spatial.values())).crs
        if (known := self.info().get("crs")) and CRS.from_user_input(known) != crs:
            raise CRSError(
                f"The project is in {known}, the layers in {crs.to_string()}. "
                f'Project them: `layer.to_crs("{known}")`.'
            )

    def _rows(self, table: str, sql: str, *values: object) -> pd.DataFrame:
        with nullcontext(self._held) if self._held else connected(self._present()) as db:
            rows = pd.read_sql_query(sql, db, params=values)
        for column, dtype in tables.describe(table)["dtype"].items():
            if dtype.startswith("datetime"):
                rows[column] = pd.to_datetime(rows[column], format="ISO8601", utc=True).dt.tz_localize(None)
        return rows.drop(columns=["fid"], errors="ignore")


def _in_force(db: sqlite3.Connection, address: str) -> str:
    """Return the scenario that is meant where none is named: the plan in force, or the only one.

    Raises
    ------
    ReadError
        If there is none, or there are several and none is in force.
    """
    known = db.execute("SELECT scenario, state FROM scenarios ORDER BY fid").fetchall()
    adopted = [name for name, state in known if state == "adopted"]
    if adopted or len(known) == 1:
        return str((adopted or [known[0][0]])[0])
    if not known:
        raise ReadError(f"{address} has no scenario yet. Write a plan first.")
    names = ", ".join(name for name, _ in known)
    raise ReadError(f"{address} has the scenarios {names}, and none is in force. Name one, or adopt one.")


def select_in_force(path: Path, name: str, layer: str) -> str | None:
    """Return SQL for the rows of a layer that are in force; None where the file knows no scenarios.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What errors call it.
    layer : str
        The layer.

    Raises
    ------
    ReadError
        If several scenarios are there and none is in force.
    """
    if path.suffix.lower() != ".gpkg" or not path.is_file():
        return None
    with connected(path) as db:
        there = columns_in(db, layer)
        if "row_version" not in there or not columns_in(db, "scenarios"):
            return None
        return gpkg_rows.selection(layer, there, _in_force(db, name))


def facts_in(path: Path) -> dict[str, str]:
    """Return whether a project file says that it is schematic; nothing of other files."""
    if path.suffix.lower() != ".gpkg" or not path.is_file():
        return {}
    with connected(path) as db:
        if not {"key", "value"} <= set(columns_in(db, "project")):
            return {}
        return dict(db.execute("SELECT key, value FROM project WHERE key = 'schematic'"))


def _known(db: sqlite3.Connection, scenario: str, address: str) -> str:
    names = [name for (name,) in db.execute("SELECT scenario FROM scenarios ORDER BY fid")]
    if scenario not in names:
        hint = did_you_mean(scenario, names)
        listed = ", ".join(names) or "none"
        raise ReadError(f"{address} has no scenario {scenario!r}{hint}. Its scenarios: {listed}.")
    return scenario


def _make(
    db: sqlite3.Connection, scenario: str, who: str, copied_from: str | None = None, title: str | None = None
) -> None:
    """Make a scenario if it is not there."""
    if not NAME.fullmatch(scenario):
        raise WriteError(f"{scenario!r} cannot name a scenario: use letters, digits, spaces, - and _.")
    db.execute(
        "INSERT OR IGNORE INTO scenarios (scenario, title, state, created, created_by, copied_from) "
        "VALUES (?, ?, 'draft', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)",
        (scenario, title, who, copied_from),
    )


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in a container
        return "unknown"
