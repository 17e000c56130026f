"""The project store on a PostGIS server, for several editors: no change of one is lost to another."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import CRSError, ReadError, WriteError, did_you_mean
from ilo_gis.io import postgis_people
from ilo_gis.io import postgis_schema as schema
from ilo_gis.io import postgis_versions as versions
from ilo_gis.io.atomic import replacing
from ilo_gis.io.ddl import further, parents_first
from ilo_gis.io.migrations import FORMAT
from ilo_gis.io.origin import facts_told
from ilo_gis.io.postgis import connecting, engine_of, shown, url_of
from ilo_gis.io.postgis_facts import facts_of, make_scenario, states, tell, whole
from ilo_gis.io.postgis_rows import Known, copy, fetch, put_rows, table_of, take_away
from ilo_gis.io.rows import require_sound
from ilo_gis.io.store import BASE, Store, content_of
from ilo_gis.tables import Plan, integrity

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Changed", "PostgisStore"]

SAYING = 600  # seconds for which a reason holds, should nobody take it back


class Changed(NamedTuple):
    """A table of a scenario that somebody changed."""

    table: str
    scenario: str


class PostgisStore(Store):
    """A project on a PostGIS server; see `Store` for what it does and `open` for how to get one.

    A store remembers each table as it last read or wrote it. Rows that it changes or takes away have
    to be on the server as it knows them: else another editor was first, and `write` raises
    `ConflictError`. Rows that it does not change stay as the other editors left them.
    """

    def __init__(self, address: str, create: bool = False, who: str | None = None) -> None:
        url = url_of(address)
        self.address, self.who = shown(url), who or url.username or "unknown"
        self._engine = engine_of(url)
        self._known: dict[tuple[str, str], Known] = {}
        self._people = tables.empty("people")
        self._held: Connection | None = None  # of reads and writes that are made together
        try:
            with connecting(self._engine) as db:
                self._begin(db, create)
        except BaseException:
            self.close()
            raise

    def _begin(self, db: Connection, create: bool) -> None:
        version = versions.version_of(db)
        if version is not None:
            versions.require_present(version, self.address)
        elif create:
            versions.create(db)
        else:
            raise ReadError(f"{self.address} has no project of ilo_gis. Pass create=True to make one.")

    def close(self) -> None:
        self._engine.dispose()

    def tables(self) -> list[str]:
        with self._link() as db:
            return schema.layers_there(db)

    def read_together(self, wanted: Iterable[tuple[str, str | None]]) -> list[pd.DataFrame]:
        found = []
        with self._link(serial=True) as db:
            there = schema.layers_there(db)
            for table, scenario in wanted:
                if table not in there:
                    hint = did_you_mean(table, there)
                    raise ReadError(
                        f"{self.address} has no table {table!r}{hint}. It has: {', '.join(there)}."
                    )
                which = self._which(db, scenario)
                found.append(((table, which), fetch(db, table, which)))
        self._known |= dict(found)
        return [known.rows.copy() for _, known in found]

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
        rows = {
            name: _with_text_ids(tables.conform(given[name], name), name) for name in parents_first(given)
        }
        require_sound(rows, self.address)
        known, touched = {}, {}
        with self._writing(reason, who) as db:
            there = schema.layers_there(db)
            new = [name for name in rows if name not in there]
            self._prepare(db, rows, new, there)
            make_scenario(db, scenario, who or self.who)
            gone = {}
            for name, table in rows.items():
                before = self._known.get((name, scenario))
                known[name, scenario], gone[name], count = put_rows(db, name, table, scenario, before)
                touched[name] = count + len(gone[name])
            for name in reversed(rows):
                if gone[name]:
                    take_away(db, name, gone[name], scenario)
            schema.relate(db, new, there)
            facts = facts_told(content, info, facts_of(db), self.address)
            tell(db, facts | ({"format": FORMAT} if isinstance(content, Plan) else {}))
        self._known |= known
        return {name: touched[name] for name in given}

    @contextmanager
    def together(self) -> Iterator[None]:
        """Read and write as of one moment: a row that others change meanwhile is a conflict."""
        with connecting(self._engine, serial=True) as db:
            self._held = db
            try:
                yield
            except BaseException:
                self._forget()
                raise
            finally:
                self._held = None

    def scenarios(self) -> pd.DataFrame:
        with self._link() as db:
            return whole(db, "scenarios")

    def copy_scenario(self, source: str, target: str, title: str | None = None) -> None:
        with self._writing(f"copy of {source}") as db:
            self._which(db, source)
            if target in states(db):
                raise WriteError(f"There is a scenario {target!r} already. Name another, or delete it first.")
            make_scenario(db, target, self.who, copied_from=source, title=title)
            for table in parents_first(schema.layers_there(db)):
                copy(db, table, source, target)

    def adopt(self, scenario: str, by: str | None = None, on: date | None = None) -> None:
        import sqlalchemy as sa

        known = table_of("scenarios", ["scenario", "state", "adopted", "adopted_by"])
        day = datetime.combine(on or date.today(), datetime.min.time())
        was = sa.update(known).where(known.c.state == "adopted", known.c.scenario != scenario)
        new = sa.update(known).where(known.c.scenario == scenario)
        with self._writing(f"adopted by {by}" if by else "adopted") as db:
            self._which(db, scenario)
            db.execute(was.values(state="superseded"))
            db.execute(new.values(state="adopted", adopted=day, adopted_by=by))

    def delete_scenario(self, scenario: str) -> None:
        import sqlalchemy as sa

        known = table_of("scenarios", ["scenario", "state"])
        with self._writing(f"scenario {scenario} deleted") as db:
            self._which(db, scenario)
            if states(db)[scenario] == "adopted":
                raise WriteError(f"{scenario!r} is the plan in force. Adopt another before you delete it.")
            db.execute(sa.delete(known).where(known.c.scenario == scenario))  # its rows go with it
        self._forget()

    def history(
        self, table: str | None = None, key: object = None, since: date | datetime | None = None
    ) -> pd.DataFrame:
        with self._link() as db:
            return whole(db, "history", {"table": table, "key": None if key is None else str(key)}, since)

    def _undo(self, to: int, reason: str) -> int:
        from ilo_gis.io import postgis_undo

        with self._writing(reason, serial=True) as db:
            count = postgis_undo.undo(db, to)
        self._forget()
        return count

    def snapshot(self, path: str | os.PathLike[str], overwrite: bool = False) -> Path:
        """Write all scenarios, as of one moment, to a GeoPackage; the history stays on the server."""
        from ilo_gis.io.gpkg_store import GpkgStore

        with replacing(path, overwrite) as temporary, self._link(serial=True) as db:
            temporary.unlink(missing_ok=True)
            there, known = schema.layers_there(db), whole(db, "scenarios")
            with GpkgStore(temporary, create=True, who=self.who) as file:
                for scenario, row in known.iterrows():
                    rows = {name: fetch(db, name, str(scenario)).rows for name in there}
                    file.write(rows, str(scenario), reason=f"snapshot of {self.address}")
                    if row["state"] == "adopted":
                        file.adopt(str(scenario), row["adopted_by"], row["adopted"])
        return Path(path)

    def info(self) -> dict[str, str]:
        with self._link() as db:
            return facts_of(db)

    def check(self) -> list[str]:
        with self._link() as db:
            return schema.unwatched(db)

    def read_people(self) -> pd.DataFrame:
        """Return the private table of people, which only registrars see; in the order of its ids.

        Returns
        -------
        DataFrame
            Table ``people``.

        Raises
        ------
        WriteError
            If the role may not see it.

        References
        ----------
        Ley 29733, Ley de protección de datos personales (Peru), article 9: the holder keeps data safe.
        """
        with self._link() as db:
            self._people = postgis_people.fetch(db)
        return self._people.copy()

    def write_people(self, people: pd.DataFrame) -> None:
        """Make the private table of people what is given; no history, notice or snapshot has it.

        Parameters
        ----------
        people : DataFrame
            Table ``people``, with all that are to stay.

        Raises
        ------
        ConflictError
            If the table is not as this store read or wrote it last. Ids are named, no values.
        SchemaError
            If it is no table of people. No value is named.
        WriteError
            If the role may not do it.

        References
        ----------
        Ley 29733, Ley de protección de datos personales (Peru), article 9: the holder keeps data safe.
        """
        table = tables.complete(people, "people")[list(tables.empty("people").columns)].sort_index()
        with self._link() as db:
            postgis_people.replace(db, table, self._people)
        self._people = table

    def watch(self, seconds: float) -> Iterator[Changed]:
        """Tell of each table of a scenario that any program changes, from the call on.

        Parameters
        ----------
        seconds : float
            How long to listen.

        Yields
        ------
        Changed
            When the change is kept; several changes of one write of the same table are told once.
        """
        link = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        link.exec_driver_sql(f"LISTEN {schema.CHANNEL}")
        return _heard(link, seconds)

    # -- inside -----------------------------------------------------------------------------------

    def _link(self, serial: bool = False) -> AbstractContextManager[Connection]:
        """Give a connection in a transaction: that of the writes made together, or one of its own."""
        return nullcontext(self._held) if self._held else connecting(self._engine, serial)

    @contextmanager
    def _writing(
        self, reason: str | None, who: str | None = None, serial: bool = False
    ) -> Iterator[Connection]:
        """Give a connection in a transaction whose changes the history puts down to who writes."""
        import sqlalchemy as sa

        said = {"who": who or self.who, "reason": reason or ""}
        with self._link(serial) as db:
            for name, value in said.items():
                db.execute(sa.select(sa.func.set_config(f"ilo_gis.{name}", value, True)))
            yield db

    @contextmanager
    def saying(self, reason: str, who: str | None = None) -> Iterator[None]:
        self._say(who or self.who, reason, SAYING)
        try:
            yield
        finally:
            self._say("", "", 0)

    def _say(self, who: str, reason: str, seconds: int) -> None:
        import sqlalchemy as sa

        with connecting(self._engine) as db:  # at once: another program is to see it
            db.execute(sa.select(sa.func.plan.say(who, reason, seconds)))

    def _prepare(
        self, db: Connection, rows: Mapping[str, pd.DataFrame], new: list[str], there: list[str]
    ) -> None:
        """Make the tables and columns that rows need and the server lacks; only administrators may.

        Raises
        ------
        CRSError
            If layers have different CRS, or not that of the project.
        """
        layers = {name: table for name, table in rows.items() if schema.is_spatial(name)}
        placed = {name: table for name, table in layers.items() if table.crs}
        project = facts_of(db).get("crs")
        if placed:
            tables.require_same_crs(**placed)
            crs = next(iter(placed.values())).crs.to_string()
            if project not in (None, crs):
                raise CRSError(
                    f"The project is in {project}, the layers in {crs}. "
                    f"Project them: `layer.to_crs({project!r})`."
                )
        extra = {
            name: further(name, table, schema.columns_in(db, name), "postgis") for name, table in rows.items()
        }
        srid = schema.srid_of(layers, project)
        if new or any(extra.values()):
            schema.as_admin(db)
            schema.add_tables(db, new, there, srid)
            for name, wanted in extra.items():
                schema.add_columns(db, name, wanted)
            schema.run(db, "RESET ROLE")
        if placed and project is None:
            tell(db, {"crs": crs})

    def _which(self, db: Connection, scenario: str | None) -> str:
        """Return the scenario that is meant: if none is named, the plan in force, or the only one."""
        known = states(db)
        listed = ", ".join(known) or "none"
        if scenario is not None:
            if scenario not in known:
                hint = did_you_mean(scenario, known)
                raise ReadError(
                    f"{self.address} has no scenario {scenario!r}{hint}. Its scenarios: {listed}."
                )
            return scenario
        adopted = [name for name, state in known.items() if state == "adopted"]
        if adopted or len(known) == 1:
            return (adopted or list(known))[0]
        if not known:
            raise ReadError(f"{self.address} has no scenario yet. Write a plan first.")
        raise ReadError(
            f"{self.address} has the scenarios {listed}, and none is in force. Name one, or adopt one."
        )

    def _forget(self) -> None:
        """Forget what was read: rows have to be read again before they are written."""
        self._known.clear()


def _heard(link: Connection, seconds: float) -> Iterator[Changed]:
    try:
        for notice in link.connection.driver_connection.notifies(timeout=seconds):  # type: ignore[union-attr]
            yield Changed(*json.loads(notice.payload))
    finally:
        link.invalidate()  # it listens: nobody else gets it
        link.close()


def _with_text_ids(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return rows with their ids as the server has them: texts, but for tables whose ids are numbers."""
    kind = "int64" if integrity.has_number_keys(table) else str
    return rows.set_axis(rows.index.astype(kind).rename(rows.index.name), axis=0)
