"""The project store: plans under scenarios, with their history, in a file or on a server."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ilo_gis.errors import ReadError
from ilo_gis.io.comparing import differences
from ilo_gis.tables import Plan
from ilo_gis.tables.facts import ORIGIN, with_facts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BASE", "Store", "content_of", "migrate", "open", "utc"]

BASE = "base"  # scenario of a plan that is written without a name


class Store(ABC):
    """Plans and tables under scenarios, each with its history. `open` gives one.

    Attributes
    ----------
    address : str
        The file or the server.
    who : str
        Who writes, for the history: a name of an account or a role.
    """

    address: str
    who: str

    @abstractmethod
    def tables(self) -> list[str]:
        """Return the names of the tables that the store has."""

    @abstractmethod
    def read_together(self, wanted: Iterable[tuple[str, str | None]]) -> list[pd.DataFrame]:
        """Return tables of scenarios as `read` does, all of one moment, whatever others write meanwhile.

        What is wanted is pairs of table and scenario, or None; it raises what `read` does.
        """

    def read(self, table: str, scenario: str | None = None) -> pd.DataFrame:
        """Return a table of a scenario, with the index, columns and types declared.

        Parameters
        ----------
        table : str
            Name of the table.
        scenario : str, optional
            Which scenario: the plan in force, or the only one, if none is named.

        Returns
        -------
        DataFrame or GeoDataFrame
            Rows in the order in which they came; a layer in the CRS of the project.

        Raises
        ------
        ReadError
            If table or scenario are unknown, or several scenarios are there and none is in force.
        """
        return self.read_together([(table, scenario)])[0]

    @abstractmethod
    def write(
        self,
        content: Plan | Mapping[str, pd.DataFrame],
        scenario: str = BASE,
        *,
        reason: str | None = None,
        who: str | None = None,
        info: Mapping[str, str] | None = None,
    ) -> dict[str, int]:
        """Make tables of a scenario what is given, all of them or none; rows that stay as they are stay.

        Parameters
        ----------
        content : Plan or mapping of str to table
            Declared tables; those not named stay as they are. Layers in one CRS in metres.
        scenario : str
            Which scenario; made if it is new.
        reason : str, optional
            Why, for the history.
        who : str, optional
            Who writes; `Store.who` if nobody is named.
        info : mapping of str to str, optional
            Facts of the plan for `info` beside those that its tables tell of themselves (norms, sources,
            whether it is schematic), such as ``{"norms": "pe 2025-01-01", "schematic": "yes"}``.

        Returns
        -------
        dict of str to int
            How many rows of each table were added, changed or taken away.

        Raises
        ------
        CRSError, SchemaError
            If a table does not have its columns, types and CRS, or that of the project.
        WriteError
            If a key repeats, a row refers to one that is not there, a value is out of its range; if
            another program holds the store, or there is no room. The store is as before.
        """

    @abstractmethod
    def saying(self, reason: str, who: str | None = None) -> AbstractContextManager[None]:
        """Give a context in which what other programs write, as QGIS does, has author and reason."""

    @abstractmethod
    def together(self) -> AbstractContextManager[None]:
        """Give a context in which all writes are one: kept when it ends well, else none of them is."""

    def prepare(self, content: Mapping[str, pd.DataFrame]) -> None:  # noqa: B027  (a server makes them in `write`)
        """Make the tables and columns that content needs and the store lacks, before writing `together`."""

    @abstractmethod
    def scenarios(self) -> pd.DataFrame:
        """Return the scenarios: table ``scenarios``, in the order in which they were made."""

    @abstractmethod
    def copy_scenario(self, source: str, target: str, title: str | None = None) -> None:
        """Copy all tables of a scenario to a new one.

        Raises
        ------
        ReadError
            If the source is unknown.
        WriteError
            If the target is there already, or cannot be written.
        """

    @abstractmethod
    def adopt(self, scenario: str, by: str | None = None, on: date | None = None) -> None:
        """Make a scenario the plan in force; the one that was is superseded and stays.

        Parameters
        ----------
        scenario : str
            Which.
        by : str, optional
            Act or body that adopted it; no persons.
        on : date, optional
            From which day; today if none is given.

        Raises
        ------
        ReadError
            If it is unknown.
        """

    @abstractmethod
    def delete_scenario(self, scenario: str) -> None:
        """Delete a scenario with its rows; `undo` brings it back.

        Raises
        ------
        ReadError
            If it is unknown.
        WriteError
            If it is the plan in force.
        """

    @abstractmethod
    def history(
        self, table: str | None = None, key: object = None, since: date | datetime | None = None
    ) -> pd.DataFrame:
        """Return what was changed by whom and when: table ``history``, the first change first.

        Parameters
        ----------
        table : str, optional
            Only changes of this table.
        key : optional
            Only changes of the row with this id.
        since : date or datetime, optional
            Only changes from this time on; without a time zone it is UTC.
        """

    def undo(self, to: int | datetime, *, reason: str | None = None) -> int:
        """Take back all changes after a numbered one, or from a time on; recorded too, it can be undone.

        Parameters
        ----------
        to : int or datetime
            Number of the last change that stays, 0 for none; or a time, then and later: UTC without a zone.
        reason : str, optional
            Why, for the history.

        Returns
        -------
        int
            How many changes were taken back.

        Raises
        ------
        ReadError, WriteError
            If the history has no change of that number, or what it tells of has lost its column.
        """
        said = reason or f"undo to {to}"
        if not isinstance(to, datetime):
            return self._undo(to, said)
        later = self.history(since=to)
        return self._undo(int(later.index.min()) - 1, said) if len(later) else 0

    @abstractmethod
    def _undo(self, to: int, reason: str) -> int:
        """Take back all changes after a numbered one."""

    @abstractmethod
    def snapshot(self, path: str | os.PathLike[str], overwrite: bool = False) -> Path:
        """Write a copy of the whole store, as of the last write, to a GeoPackage.

        Raises
        ------
        WriteError
            If the file exists, or cannot be written.
        """

    @abstractmethod
    def info(self) -> dict[str, str]:
        """Return what wrote the store, and what is to be known of it: CRS, norms, sources."""

    @abstractmethod
    def check(self) -> list[str]:
        """Return what is damaged in the store, or refers to what is not there; nothing if all is well."""

    def plan(self, scenario: str | None = None) -> Plan:
        """Return the plan of a scenario, all its tables of one moment.

        Raises
        ------
        ReadError
            If the store lacks a table of a plan, or as for `read`.
        """
        wanted, there = [field.name for field in fields(Plan)], self.tables()
        if missing := [name for name in wanted if name not in there]:
            raise ReadError(f"{self.address} has no plan: it lacks the tables {', '.join(missing)}.")
        plan = Plan(*self.read_together((name, scenario) for name in wanted))
        origin = {key: value for key, value in self.info().items() if key in ORIGIN}
        return replace(plan, summary=with_facts(plan.summary, origin))

    def compare_scenarios(self, first: str, second: str) -> pd.DataFrame:
        """Return the rows and figures in which two scenarios differ: table ``differences``.

        Raises
        ------
        ReadError
            If one is unknown.
        """
        names = self.tables()
        found = self.read_together((name, which) for which in (first, second) for name in names)
        one, two = found[: len(names)], found[len(names) :]
        return differences(dict(zip(names, one, strict=True)), dict(zip(names, two, strict=True)))

    def close(self) -> None:  # noqa: B027  (a file has nothing to close; a server has)
        """Let go of the store."""

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


def content_of(content: Plan | Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of a plan by their names, or those given."""
    if isinstance(content, Plan):
        return {field.name: getattr(content, field.name) for field in fields(content)}
    return dict(content)


def utc(moment: date) -> date:
    """Return a time as the history has it: in UTC, without saying so. A day is as it is.

    Examples
    --------
    >>> from datetime import datetime
    >>> utc(datetime.fromisoformat("2026-11-21T10:30-05:00")).isoformat()
    '2026-11-21T15:30:00'
    """
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def open(  # noqa: A001  (io.open, as gzip.open and rasterio.open are)
    address: str | os.PathLike[str], create: bool = False, who: str | None = None
) -> Store:
    """Open a project store.

    A project file of an earlier format is read as it is, and gets the present one when it is written to: in
    one transaction, with all that is in it. A copy of the old file stays beside it, ``NAME.format1.gpkg``,
    and the log says so.

    Parameters
    ----------
    address : str or path-like
        A GeoPackage, ``*.gpkg``, or a server with PostGIS, ``postgresql://user@host:5432/database``
        (extra ``postgis``; the password best in PGPASSFILE).
    create : bool
        Whether to make the file, or the schema of the project on the server, if it is not there.
    who : str, optional
        Who writes, for the history; the name of the account if none is given.

    Returns
    -------
    Store
        Use it in a ``with`` statement, or call its `close`.

    Raises
    ------
    ImportError
        If the extra ``postgis`` is not installed.
    ReadError
        If there is no such file or the server cannot be reached; if it is no project of ilo_gis, or one
        that a newer ilo_gis wrote.
    WriteError
        If it cannot be made.

    Examples
    --------
    >>> open("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    from ilo_gis.io.gpkg_store import GpkgStore
    from ilo_gis.io.postgis import is_server

    if is_server(address):
        from ilo_gis.io.postgis_store import PostgisStore

        return PostgisStore(str(address), create=create, who=who)
    return GpkgStore(address, create=create, who=who)


def migrate(address: str | os.PathLike[str]) -> tuple[str, str]:
    """Bring a project of an earlier version to the present one: with all that is in it, or not at all.

    Of a file, a copy as it was stays beside it.

    Parameters
    ----------
    address : str or path-like
        A GeoPackage, or a server, where only administrators (role ``ilo_admin``) may do it.

    Returns
    -------
    tuple of str, str
        The versions before and after.

    Raises
    ------
    ConflictError
        If other editors hold the tables of the server.
    ReadError
        If there is no project, or one that a newer ilo_gis wrote.
    WriteError
        If the user may not do it, or the file cannot be written.

    References
    ----------
    Ambler, S. W. and Sadalage, P. J. (2006), Refactoring Databases: changes of a schema are numbered,
    and run in their order.

    Examples
    --------
    >>> migrate("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    from ilo_gis.io.gpkg import connected
    from ilo_gis.io.gpkg_store import GpkgStore
    from ilo_gis.io.migrations import FORMAT, make_present, version_of
    from ilo_gis.io.postgis import is_server

    if is_server(address):
        from ilo_gis.io import postgis_versions

        return postgis_versions.migrate(str(address))
    store = GpkgStore(address)
    with connected(store.path) as db:
        before = version_of(db, store.address)
    make_present(store.path, store.address)
    return before, FORMAT
