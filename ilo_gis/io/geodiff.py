"""Copies of a project file: what differs between two, and the changes of two planners in one by geodiff."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ConflictError, ExactnessError, WriteError, some_ids
from ilo_gis.io.atomic import replacing, require_free
from ilo_gis.io.comparing import differences
from ilo_gis.io.ddl import key_of, quoted
from ilo_gis.io.gpkg import connected
from ilo_gis.io.gpkg_layers import columns_in
from ilo_gis.io.gpkg_store import GpkgStore
from ilo_gis.io.merging import TOLD, Conflict, Merged, conflicts_of, three_way

__all__ = ["difference", "rebase"]

File = str | os.PathLike[str]
State = dict[str, dict[str, pd.DataFrame]]  # tables by scenario
INSTEAD = "Nothing was written. Bring the copies together by `ilo-gis pull` (`io.pull`), which can decide it."


def difference(
    first: File, second: File, changeset: File | None = None, overwrite: bool = False
) -> pd.DataFrame:
    """Return the rows and values in which two copies or snapshots of a project file differ.

    Rows are told by scenario and id, not by their number in the file. Both files stay as they are.

    Parameters
    ----------
    first, second : path-like
        Project files.
    changeset : path-like, optional
        File to write what leads from the first to the second to, history and styles with it, as geodiff and
        the programs that use it (Mergin Maps) read it. Needs the extra ``geodiff``, and two files with the
        same tables and columns.
    overwrite : bool
        Whether an existing changeset may be replaced.

    Returns
    -------
    DataFrame
        Table ``differences`` with its column ``scenario``; adoptions and the like are rows of table
        ``scenarios``.

    Raises
    ------
    ConflictError
        If geodiff finds different tables or columns in the files.
    ImportError
        If a changeset is wanted and pygeodiff is not installed.
    ReadError, WriteError
        If a file is missing or no project, or the changeset cannot be written.

    References
    ----------
    Lutra Consulting (2019). geodiff: library for handling diffs for geospatial data.
    https://github.com/MerginMaps/geodiff

    Examples
    --------
    >>> difference("no_such.gpkg", "plan.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    if changeset is not None:
        require_free(changeset, overwrite)
    stores = GpkgStore(first), GpkgStore(second)
    one, two = (_state(store) for store in stores)
    parts = [differences(*({"scenarios": store.scenarios()} for store in stores))]
    parts += [
        differences(one.get(name, {}), two.get(name, {})).assign(scenario=name)
        for name in dict.fromkeys([*one, *two])
    ]
    if changeset is not None:
        with tempfile.TemporaryDirectory() as folder, replacing(changeset, overwrite) as temporary:
            copies = _copies(folder, *stores)
            with _geodiff() as geodiff:
                geodiff.create_changeset(*copies, str(temporary))
    found = [part.astype(object) for part in parts if len(part)]
    if not found:
        return tables.empty("differences")
    rows = pd.concat(found, ignore_index=True)
    rows.index = pd.RangeIndex(1, len(rows) + 1, name="difference")
    return tables.conform(rows.where(rows.notna(), None), "differences")


def rebase(base: File, mine: File, theirs: File, out: File, overwrite: bool = False) -> pd.DataFrame:
    """Write a project file with what others did to a base and then one's own changes on top, by geodiff.

    The history of the new file has the changes of both, theirs first; own rows get new numbers (``fid``)
    where both added some. Nobody is asked: of a value that both changed mine is kept, a row that one side
    deleted stays deleted, and lots that overlap only together are both kept. All of it is listed. That the
    result is what `three_way` makes with these decisions, and that its history leads back to the base, is
    proved before it is written. `pull`, which asks first, is the better way where geodiff is not wanted for
    itself.

    Parameters
    ----------
    base : path-like
        Project file as it was when the copies were made: a snapshot.
    mine, theirs : path-like
        The two copies as they are now. All three stay as they are.
    out : path-like
        File to write.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    DataFrame
        Table ``conflicts``: ``keep`` tells what is in the file, and is empty where both are.

    Raises
    ------
    ConflictError
        If geodiff cannot settle it: one id added twice, a reference to a row that the other side deleted,
        two plans in force, tables that have not the same columns, rows that both loaded into an empty table.
    ExactnessError
        If the result is not what the two sides made.
    ImportError
        If pygeodiff is not installed.
    CRSError, ReadError, SchemaError, WriteError
        As for `open` and `three_way`.

    References
    ----------
    Lutra Consulting (2019). geodiff: rebase. https://github.com/MerginMaps/geodiff/blob/master/docs/rebase.md

    Examples
    --------
    >>> rebase("no_such.gpkg", "mine.gpkg", "theirs.gpkg", "both.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    require_free(out, overwrite)
    stores = [GpkgStore(file) for file in (base, mine, theirs)]
    with tempfile.TemporaryDirectory() as folder, replacing(out, overwrite) as temporary:
        before, own, others = _copies(folder, *stores)  # all that follows is of one moment
        sides = [_state(GpkgStore(copy)) for copy in (before, own, others)]
        found = _conflicts(sides)
        listed = Path(folder) / "conflicts.json"
        with _geodiff() as geodiff:
            _rebased(geodiff, before, own, others, listed)
        made = GpkgStore(GpkgStore(others).snapshot(temporary))
        _require_right(made, sides, conflicts_of(found))
        _require_history(made, GpkgStore(before), sides[0])
        return conflicts_of([*found, *_beside_plans(listed, made)])


def _copies(folder: str, *stores: GpkgStore) -> list[str]:
    """Copy projects: geodiff has an SQLite of its own, which may not open what anybody has open."""
    return [str(store.snapshot(Path(folder) / f"{k}.gpkg")) for k, store in enumerate(stores)]


def _state(store: GpkgStore) -> State:
    wanted = [(table, str(name)) for name in store.scenarios().index for table in store.tables()]
    state: State = {str(name): {} for name in store.scenarios().index}
    for (table, name), rows in zip(wanted, store.read_together(wanted), strict=True):
        state[name][table] = rows
    return state


def _rebased(geodiff: Any, before: str, own: str, others: str, listed: Path) -> None:
    """Put own changes on top of those of others, in their copy.

    Step by step: geodiff's call for all at once gives its files names in the common folder for temporary
    files, and two at the same time can take each other's.
    """
    taken, given, onto = (str(listed.with_name(name)) for name in ("theirs.diff", "mine.diff", "onto.diff"))
    geodiff.create_changeset(before, others, taken)
    geodiff.create_changeset(before, own, given)
    geodiff.create_rebased_changeset_ex("sqlite", "", before, given, taken, onto, str(listed))
    geodiff.apply_changeset(others, onto)


@contextmanager
def _geodiff() -> Iterator[Any]:
    """Give geodiff, which prints nothing: its messages quote rows.

    Raises
    ------
    ConflictError
        If it cannot do what it is asked.
    """
    try:
        from pygeodiff import GeoDiff, GeoDiffLibError
    except ImportError as error:
        raise ImportError(f'This needs pygeodiff ({error}): pip install "ilo-gis[geodiff]"') from error
    geodiff = GeoDiff()
    geodiff.set_maximum_logger_level(0)
    try:
        yield geodiff
    except GeoDiffLibError as error:
        said = str(error).strip().splitlines()[-1].rstrip(".")
        raise ConflictError(f"geodiff could not do it: {said}. {INSTEAD}", "geodiff") from error
    finally:
        geodiff.shutdown()


# -- conflicts --------------------------------------------------------------------------------------


def _conflicts(sides: list[State]) -> list[Conflict]:
    """Return the conflicts in plans, with the side that geodiff follows; it tells some of them only."""
    found = [
        Conflict(**row)
        for name in dict.fromkeys(name for side in sides for name in side)
        for row in _merged(sides, name).conflicts.reindex(columns=list(TOLD)).to_dict("records")
    ]
    if hard := [one for one in found if one.kind in {"added", "reference"}]:
        named = ", ".join(f"{one.table} {one.key}" for one in hard)
        ids = [one.key for one in hard]
        raise ConflictError(
            f"Both added, or one refers to what the other deleted: {named}. {INSTEAD}", hard[0].table, ids
        )
    for one in found:
        if one.kind == "changed":
            one.keep = "mine"
        elif one.kind == "deleted":
            one.keep = "mine" if pd.isna(one.mine) else "theirs"
    return found


def _beside_plans(listed: Path, made: GpkgStore) -> list[Conflict]:
    """Return the conflicts that geodiff tells beside the plans, such as titles of scenarios: mine is kept."""
    if not listed.exists():
        return []
    told = json.loads(listed.read_text("utf-8"))["geodiff"]
    found = []
    with connected(made.path) as db:
        for one in told:
            names = list(columns_in(db, one["table"]))
            for change in one["changes"] if one["table"] not in made.tables() else []:
                where = (one["table"], None, _key(db, one), "changed", names[change["column"]])
                base, mine, theirs = (change.get(side) for side in ("base", "new", "old"))
                found.append(Conflict(*where, base, mine, theirs, "mine"))
    return found


def _key(db: sqlite3.Connection, told: dict[str, Any]) -> str:
    """Return the key of a row that geodiff tells by its number; the number where the row has no other."""
    table, number = told["table"], str(told["fid"])
    if table not in tables.names():
        return number
    sql = f"SELECT {quoted(key_of(table))} FROM {quoted(table)} WHERE fid = ?"  # nosec B608  # quoted names
    found = db.execute(sql, (number,)).fetchone()
    return str(found[0]) if found else number


def _merged(sides: list[State], scenario: str, decisions: pd.DataFrame | None = None) -> Merged:
    return three_way(*(side.get(scenario, {}) for side in sides), scenario=scenario, decisions=decisions)


# -- proofs -----------------------------------------------------------------------------------------


def _require_right(made: GpkgStore, sides: list[State], decided: pd.DataFrame) -> None:
    """Prove that a file is whole and has what both sides made.

    Raises
    ------
    ConflictError
        If two plans are in force.
    ExactnessError
        If not.
    """
    if wrong := made.check():
        raise ExactnessError(f"geodiff made a file that is not whole: {'; '.join(wrong[:3])}.")
    if len(force := made.scenarios().query("state == 'adopted'")) > 1:
        names = ", ".join(map(str, force.index))
        raise ConflictError(f"Two plans would be in force: {names}. {INSTEAD}", "scenarios", force.index)
    for name, content in _state(made).items():
        wrong_rows = differences(content, _merged(sides, name, decided).tables)
        if len(wrong_rows):
            rows = some_ids(wrong_rows["table"] + " " + wrong_rows["key"])
            raise ExactnessError(f"geodiff did not bring scenario {name} together as the merge does: {rows}.")


def _require_history(made: GpkgStore, base: GpkgStore, was: State) -> None:
    """Prove that the history of a file leads back to the base.

    Raises
    ------
    ConflictError
        If it does not: numbers of rows that were loaded at once are in it, and geodiff gives new ones.
    """
    last = base.history().index.max()
    then = GpkgStore(made.snapshot(base.path.with_name("then.gpkg")))
    try:
        if len(then.history()) > len(base.history()):
            then.undo(0 if pd.isna(last) else int(last))
        back = _state(then)
    except WriteError as error:
        raise ConflictError(f"The history would not lead back: {error} {INSTEAD}", "history") from error
    if [*back] != [*was] or any(len(differences(back[name], was[name])) for name in back):
        raise ConflictError(f"The history would not lead back to {base.path.name}. {INSTEAD}", "history")
