"""Projects brought together: what others did taken in (pull), and one's own sent to them (push)."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ConflictError, WriteError
from ilo_gis.io.comparing import differences
from ilo_gis.io.gpkg_store import GpkgStore
from ilo_gis.io.merging import Conflict, Decisions, conflicts_of, three_way
from ilo_gis.io.postgis import is_server
from ilo_gis.io.store import Store, open  # noqa: A004  (as io.open)
from ilo_gis.io.weaving import NONE

__all__ = ["Shared", "pull", "push"]

MARK = "shared "  # begins the keys of table project under which a file keeps when it equalled another
SENT = " sent"  # ends those of what was sent
LINE = ("at", "who", "operation", "scenario", "table", "key")  # tells a line of history from all others

Tables = dict[str, pd.DataFrame]
Address = str | os.PathLike[str]
Force = tuple[str, str, str] | None  # the scenario in force, the act that adopted it, and its day


class Shared(NamedTuple):
    """What bringing two projects together did.

    Attributes
    ----------
    file, other : dict of str to int
        Rows added, changed or taken away in each, by table.
    conflicts : DataFrame
        Table ``conflicts``. If one has no ``keep``, nothing was written.
    """

    file: dict[str, int]
    other: dict[str, int]
    conflicts: pd.DataFrame

    @property
    def open(self) -> int:
        """How many conflicts nobody decided."""
        return int(self.conflicts["keep"].isna().sum())


@dataclass(frozen=True)
class State:
    """All scenarios of a project with their tables, and which of them is in force."""

    scenarios: dict[str, Tables]
    in_force: Force

    def of(self, scenario: str) -> Tables:
        """Return the tables of a scenario; none if it is not there."""
        return self.scenarios.get(scenario, {})


NOTHING = State({}, None)


def pull(
    other: Address,
    file: Address,
    *,
    prefer: str | None = None,
    decisions: pd.DataFrame | None = None,
    reason: str | None = None,
    who: str | None = None,
) -> Shared:
    """Take into a project file what others did in another project, a server or a copy of the file.

    What both did since they were last the same is merged (`three_way`), in all scenarios. The state that
    they had then comes from the history of the file: no second copy is kept. Two that never were the same
    are merged row by row without deletions. All is written, in one transaction, or nothing is.

    Parameters
    ----------
    other : str or path-like
        Where from: a server, ``postgresql://...``, or a project file. It stays as it is.
    file : path-like
        Own project file; made if it is not there.
    prefer, decisions
        As for `three_way`: who is followed in conflicts. Without them nothing is written if there are any.
    reason, who : str, optional
        For the history.

    Returns
    -------
    Shared

    Raises
    ------
    ConflictError
        If the file was changed while it was read. Pull again.
    CRSError, ReadError, RuleError, SchemaError, WriteError
        As for `open`, `Store.write` and `three_way`.

    References
    ----------
    Khanna, S., Kunal, K. and Pierce, B. (2007). A formal investigation of diff3. FSTTCS 2007, LNCS 4855.

    Examples
    --------
    >>> pull("no_such.gpkg", "plan.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    with open(other, who=who) as theirs:
        if not Path(file).exists():
            lines = theirs.history()
            with GpkgStore(theirs.snapshot(file), who=who) as mine:
                _mark(mine, theirs, lines)
                made = {name: sum(len(mine.read(name, s)) for s in _names(mine)) for name in mine.tables()}
            return Shared(made, {}, conflicts_of([]))
        return _bring(GpkgStore(file, who=who), theirs, prefer, decisions, reason, send=False)


def push(
    file: Address,
    other: Address,
    *,
    prefer: str | None = None,
    decisions: pd.DataFrame | None = None,
    reason: str | None = None,
    who: str | None = None,
    create: bool = False,
) -> Shared:
    """Send what was done in a project file to a server or another file, with what others did there taken in.

    After it both are the same. Conflicts are settled as by `pull`; nothing is written on either side while
    one is open.

    Parameters
    ----------
    file : path-like
        Own project file.
    other : str or path-like
        Where to: a server, ``postgresql://...``, or a project file.
    prefer, decisions, reason, who
        As for `pull`.
    create : bool
        Whether to make the project there if there is none.

    Returns
    -------
    Shared

    Raises
    ------
    ConflictError
        If somebody changed the file or the same rows there meanwhile. Push again.
    CRSError, ReadError, RuleError, SchemaError, WriteError
        As for `pull`.

    Examples
    --------
    >>> push("no_such.gpkg", "other.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    mine = GpkgStore(file, who=who)
    with open(other, create=create, who=who) as theirs:
        return _bring(mine, theirs, prefer, decisions, reason, send=True)


def _bring(
    mine: GpkgStore,
    theirs: Store,
    prefer: str | None,
    decisions: pd.DataFrame | None,
    reason: str | None,
    send: bool,
) -> Shared:
    """Merge two projects and write the merge to the file, and if it is to be sent to the other as well."""
    server = is_server(theirs.address)
    if not server and Path(mine.address).samefile(theirs.address):
        raise WriteError(f"{mine.address} is the file itself. Name another project.")
    with ExitStack() as stack:
        if server:  # it is read and written as of one moment
            stack.enter_context(theirs.together())
        own_lines, lines = mine.history(), theirs.history()
        own, others = _state(mine), _state(theirs)
        base = _base(mine, theirs, own_lines, lines, own, others)
        wanted, conflicts = _merge(base, own, others, prefer, decisions)
        if conflicts["keep"].isna().any():
            return Shared({}, {}, conflicts)
        _hold(stack, mine, own_lines, [others, wanted])
        if send and not server:
            _hold(stack, theirs, lines, [wanted])
        if others.in_force is None:
            mine.withdraw()
        _put(mine, own, others, reason or f"from {theirs.address}")
        _mark(mine, theirs, lines)
        _put(mine, others, wanted, reason or f"merged with {theirs.address}")
        if send:
            _put(theirs, others, wanted, reason or f"from {Path(mine.address).name}")
            _mark(mine, theirs, theirs.history(), SENT)
        return Shared(_differing(own, wanted), _differing(others, wanted) if send else {}, conflicts)


def _hold(stack: ExitStack, store: Store, lines: pd.DataFrame, states: list[State]) -> None:
    """Begin to write a file, unless somebody changed it since it was read."""
    for state in states:
        for content in state.scenarios.values():
            store.prepare(content)
    stack.enter_context(store.together())
    if _last(store.history()) != _last(lines):
        raise ConflictError(f"{store.address} was changed while it was read. Do it again.", "history")


# -- states -----------------------------------------------------------------------------------------


def _names(store: Store) -> list[str]:
    return [str(name) for name in store.scenarios().index]


def _state(store: Store) -> State:
    known, there = store.scenarios(), store.tables()
    force: Force = None
    for name, row in known[known["state"] == "adopted"].iterrows():
        by, day = ("" if pd.isna(row[c]) else str(row[c]) for c in ("adopted_by", "adopted"))
        force = (str(name), by, day[:10])
    wanted = [(table, str(name)) for name in known.index for table in there]
    found = dict(zip(wanted, store.read_together(wanted), strict=True))
    return State(
        {str(name): {table: found[table, str(name)] for table in there} for name in known.index}, force
    )


def _put(store: Store, now: State, wanted: State, reason: str) -> None:
    """Make the scenarios of a store what is wanted."""
    for name, content in wanted.scenarios.items():
        store.write(content, name, reason=reason)
    if wanted.in_force and wanted.in_force != now.in_force:
        name, by, on = wanted.in_force
        store.adopt(name, by or None, pd.Timestamp(on).date() if on else None)
    for name in now.scenarios:
        if name not in wanted.scenarios:
            store.delete_scenario(name)


def _differing(now: State, wanted: State) -> dict[str, int]:
    """Return how many rows of each table two states do not have alike."""
    counts: dict[str, int] = {}
    for name in _names_of(now, wanted):
        rows = differences(now.of(name), wanted.of(name))[["table", "key"]].drop_duplicates()
        for table, count in rows["table"].value_counts().items():
            counts[str(table)] = counts.get(str(table), 0) + int(count)
    return counts


# -- when two projects were last the same -------------------------------------------------------------


def _last(lines: pd.DataFrame) -> int:
    return int(lines.index.max()) if len(lines) else 0


def _line(lines: pd.DataFrame, change: int) -> str:
    """Return what tells a change from those of all other projects; a project without history has none."""
    if change not in lines.index:
        return ""
    said = [str(change), *(str(lines.at[change, column]) for column in LINE)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _mark(mine: Store, theirs: Store, lines: pd.DataFrame, when: str = "") -> None:
    """Keep in a file that it is now what the other project was after the last of these lines."""
    known = {"own": _last(mine.history()), "other": _last(lines), "line": _line(lines, _last(lines))}
    if known["line"] and (names := _names(mine)):
        where = hashlib.sha256(_place(theirs).encode()).hexdigest()[:16]  # tells no folder and no account
        mine.write({}, names[0], info={f"{MARK}{where}{when}": json.dumps(known)})


def _place(store: Store) -> str:
    if is_server(store.address):
        return store.address.partition("://")[2].rpartition("@")[2]
    return str(Path(store.address).resolve())


def _base(
    mine: Store, theirs: Store, own_lines: pd.DataFrame, lines: pd.DataFrame, own: State, others: State
) -> State:
    """Return the state that two projects had when they were last the same; nothing if they never were."""
    known = [_marked(mine, "own", lines, "other"), _marked(theirs, "other", own_lines, "other")]
    common = 0
    if not is_server(theirs.address):
        for change in own_lines.index.intersection(lines.index):
            if _line(own_lines, change) != _line(lines, change):
                break
            common = int(change)
    change = max(*known, common)
    if change == _last(own_lines):
        return own if change or _same(own, others) else NOTHING
    if change:
        return _at(mine, change)
    if is_server(theirs.address):
        return NOTHING
    first, second = _at(mine, 0), _at(theirs, 0)
    return first if _same(first, second) else NOTHING


def _marked(keeper: Store, own: str, lines: pd.DataFrame, other: str) -> int:
    """Return the last own change after which a project was the same, by what one of the two keeps."""
    known = [json.loads(text) for key, text in keeper.info().items() if key.startswith(MARK)]
    return max((int(one[own]) for one in known if one["line"] == _line(lines, one[other])), default=0)


def _at(store: Store, change: int) -> State:
    """Return a project as it was after a change: a copy of it is taken back, and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = GpkgStore(store.snapshot(Path(folder) / "then.gpkg"))
        if change < _last(copy.history()):
            copy.undo(change)
        return _state(copy)


def _same(one: State, two: State) -> bool:
    return _names_of(one) == _names_of(two) and all(
        differences(one.of(name), two.of(name)).empty for name in one.scenarios
    )


def _names_of(*states: State) -> list[str]:
    return list(dict.fromkeys(name for state in states for name in state.scenarios))


# -- merging ----------------------------------------------------------------------------------------


def _merge(
    base: State, own: State, others: State, prefer: str | None, decisions: pd.DataFrame | None
) -> tuple[State, pd.DataFrame]:
    """Merge all scenarios, and which of them is in force."""
    follow = Decisions(prefer, decisions)
    found: list[pd.DataFrame] = []
    wanted: dict[str, Tables] = {}
    for name in _names_of(own, others, base):
        sides = [state.of(name) for state in (base, own, others)]
        if name in base.scenarios and (name in own.scenarios) != (name in others.scenarios):
            side = _deleted(name, sides, name in own.scenarios, follow, found)
            if side:
                wanted[name] = side
        elif name in own.scenarios or name in others.scenarios:
            merged = three_way(*sides, scenario=name, prefer=prefer, decisions=decisions)
            wanted[name] = merged.tables
            found.append(merged.conflicts)
    force = _in_force(base.in_force, own.in_force, others.in_force, follow, found)
    listed = [one for one in found if len(one)]
    conflicts = pd.concat([one.astype(object) for one in listed], ignore_index=True) if listed else None
    if conflicts is None:
        return State(wanted, force), conflicts_of([])
    conflicts.index = pd.RangeIndex(1, len(conflicts) + 1, name="conflict")
    return State(wanted, force), tables.conform(conflicts, "conflicts")


def _deleted(
    name: str, sides: list[Tables], is_mine: bool, follow: Decisions, found: list[pd.DataFrame]
) -> Tables | None:
    """Return a scenario that one side deleted: nothing, unless the other changed it and is followed."""
    left = sides[1] if is_mine else sides[2]
    changed = len(differences(sides[0], left))
    if not changed:
        return None
    told = (f"{changed} changes", NONE) if is_mine else (NONE, f"{changed} changes")
    one = Conflict("scenarios", name, name, "deleted", None, NONE, *told)
    one.keep = follow.on(one)
    found.append(conflicts_of([one]))
    return left if one.keep is None or (one.keep == "mine") == is_mine else None


def _in_force(base: Force, own: Force, others: Force, follow: Decisions, found: list[pd.DataFrame]) -> Force:
    """Return the scenario in force, with the day and act of its adoption."""
    if others in (own, base):
        return own
    if own == base:
        return others
    before, mine, theirs = (
        NONE if one is None else ", ".join(filter(None, one)) for one in (base, own, others)
    )
    key = (own or others or ("",))[0]
    conflict = Conflict("scenarios", key, key, "changed", "state", before, mine, theirs)
    conflict.keep = follow.on(conflict)
    found.append(conflicts_of([conflict]))
    return others if conflict.keep == "theirs" else own
