"""Three-way merge of tables: what two planners changed since the same state, value by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import tables
from ilo_gis.errors import RuleError
from ilo_gis.io.weaving import BASE, GEOMETRY, MINE, NONE, THEIRS, Woven
from ilo_gis.tables import integrity

__all__ = ["Conflict", "Decisions", "Merged", "conflicts_of", "three_way"]

SIDES = {"mine": MINE, "theirs": THEIRS}
TOLD = ("table", "scenario", "key", "kind", "column", "base", "mine", "theirs", "keep")


class Merged(NamedTuple):
    """What a merge gives.

    Attributes
    ----------
    tables : dict of str to table
        The merged tables. Where nobody decided a conflict they have what the base has.
    conflicts : DataFrame
        Table ``conflicts``; ``keep`` is empty where nobody decided.
    """

    tables: dict[str, pd.DataFrame]
    conflicts: pd.DataFrame


@dataclass
class Conflict:
    """What two sides made differently, with the rows that deciding it touches."""

    table: str
    scenario: str | None
    key: object
    kind: str
    column: str | None = None
    base: object = NONE
    mine: object = NONE
    theirs: object = NONE
    keep: str | None = None
    touches: tuple[tuple[str, int], ...] = ()

    def told(self) -> tuple[str, ...]:
        """Return all that tells it from others, so that a decision on other values does not hold."""
        said = (self.table, self.scenario, self.key, self.kind, self.column, self.mine, self.theirs)
        return tuple("" if one is None or one is NONE else str(one) for one in said)


class Decisions:
    """Who is to be followed where two sides conflict.

    Parameters
    ----------
    prefer : {"mine", "theirs"}, optional
        Side that is followed where no row decides.
    rows : DataFrame, optional
        Table ``conflicts`` with its column ``keep``. A row whose values are no longer those of the
        conflict decides nothing.

    Raises
    ------
    RuleError
        If another word is given.

    Examples
    --------
    >>> Decisions("both")
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: both: what is kept is mine or theirs.
    """

    def __init__(self, prefer: str | None = None, rows: pd.DataFrame | None = None) -> None:
        decided = tables.empty("conflicts") if rows is None else rows[rows["keep"].notna()]
        if wrong := {str(one) for one in [*decided["keep"], *([prefer] if prefer else [])]} - {*SIDES}:
            raise RuleError(f"{', '.join(sorted(wrong))}: what is kept is mine or theirs.")
        self._prefer = prefer
        made = [Conflict(**row) for row in decided.reindex(columns=list(TOLD)).to_dict("records")]
        self._by_told = {_plain(one).told(): str(one.keep) for one in made}

    def on(self, conflict: Conflict) -> str | None:
        """Return the side to follow in a conflict; None if nobody decided."""
        return self._by_told.get(conflict.told(), self._prefer)


def three_way(
    base: Mapping[str, pd.DataFrame],
    mine: Mapping[str, pd.DataFrame],
    theirs: Mapping[str, pd.DataFrame],
    *,
    scenario: str | None = None,
    prefer: str | None = None,
    decisions: pd.DataFrame | None = None,
) -> Merged:
    """Merge what two sides made of the same tables, by the ids of the rows.

    A row that one side alone added, changed or deleted is taken; so is what both did alike. Where both
    changed a row, but not the same columns, each value is taken from who changed it. The rest are
    conflicts: one value changed to two; a row deleted and changed; an id added twice, differently;
    lots, blocks, reserves or streets that are right on each side and overlap together; a row that refers to
    one that the other deleted. Geometries are the same if all their vertices are.

    Parameters
    ----------
    base, mine, theirs : mapping of str to table
        Declared tables by name, their index the key, in one CRS in metres: as they were, and as each side
        has them. A table that one lacks counts as empty.
    scenario : str, optional
        What the conflicts name as their scenario.
    prefer : {"mine", "theirs"}, optional
        Side that is followed where no row of `decisions` decides.
    decisions : DataFrame, optional
        Table ``conflicts`` with ``keep`` filled in. Of a value that value is kept; of a row the row; of an
        overlap or reference both rows are as that side has them.

    Returns
    -------
    Merged
        ``tables``, ``conflicts``. A conflict that decisions on others bring about is listed too.

    Raises
    ------
    CRSError
        If the sides of a layer have different CRS.
    RuleError
        If what is to be kept is neither mine nor theirs.
    SchemaError
        If a table is not declared, or not as declared.

    References
    ----------
    Khanna, S., Kunal, K. and Pierce, B. (2007). A formal investigation of diff3. FSTTCS 2007, LNCS 4855.

    Examples
    --------
    >>> lots = ilo_gis.tables.complete(geopandas.GeoDataFrame({"block_id": "K", "kind": "lot", "use": "home"},
    ...     geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)], crs=32719,
    ...     index=pandas.Index(["K-1", "K-2"], name="lot_id")), "lots")
    >>> ana, luis = lots.copy(), lots.drop(index="K-2")
    >>> ana.loc["K-1", "use"], luis.loc["K-1", "use"] = "shop", "school"
    >>> merged = three_way({"lots": lots}, {"lots": ana}, {"lots": luis})
    >>> merged.tables["lots"].index.tolist()
    ['K-1']
    >>> merged.conflicts[["key", "column", "base", "mine", "theirs"]].values.tolist()
    [['K-1', 'use', 'home', 'shop', 'school']]
    """
    follow = Decisions(prefer, decisions)
    sides = [{name: tables.conform(side[name], name) for name in side} for side in (base, mine, theirs)]
    names = list(dict.fromkeys([*mine, *theirs, *base]))
    woven = {name: Woven(name, *(side.get(name, tables.empty(name)) for side in sides)) for name in names}
    found = [one for name in names for one in _in_table(woven[name], scenario)]
    for one in found:
        _decide(one, follow, woven)
    known: dict[tuple[str, ...], Conflict] = {}
    while new := [one for one in _between(woven, scenario) if not _again(one, known)]:
        for one in new:
            _decide(one, follow, woven)
    conflicts = conflicts_of([*found, *known.values()])
    return Merged({name: table.result() for name, table in woven.items()}, conflicts)


def conflicts_of(found: Iterable[Conflict]) -> pd.DataFrame:
    """Return conflicts as the table of that name."""
    rows = [[getattr(one, name) for name in TOLD] for one in found]
    frame = pd.DataFrame(rows, columns=list(TOLD), dtype=object)
    frame["key"] = frame["key"].astype(str)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="conflict")
    return tables.conform(frame.where(frame.notna(), None), "conflicts")


def _decide(conflict: Conflict, follow: Decisions, woven: Mapping[str, Woven]) -> None:
    conflict.keep = follow.on(conflict)
    if conflict.keep is not None:
        column = conflict.column if conflict.kind == "changed" else None
        for name, row in conflict.touches:
            woven[name].settle(row, SIDES[conflict.keep], column)


def _again(conflict: Conflict, known: dict[tuple[str, ...], Conflict]) -> bool:
    """Tell whether a conflict was found before; if it was decided, other decisions contradict that."""
    before = known.setdefault(conflict.told(), conflict)
    if before is conflict:
        return False
    before.keep = None
    return True


def _plain(conflict: Conflict) -> Conflict:
    """Return a conflict that was read, with what is missing as it is in one that was found."""
    for name in TOLD:
        value = getattr(conflict, name)
        if value is None or pd.isna(value):
            setattr(conflict, name, None)
    return conflict


# -- within a table ---------------------------------------------------------------------------------


def _in_table(table: Woven, scenario: str | None) -> list[Conflict]:
    def conflict(row: int, kind: str, column: str | None = None) -> Conflict:
        one = Conflict(table.name, scenario, table.ids[row], kind, column, touches=((table.name, int(row)),))
        if column is not None:
            one.base = table.text(row, BASE, column)
        one.mine, one.theirs = (
            table.told(row, side) if column is None else table.text(row, side, column)
            for side in (MINE, THEIRS)
        )
        return one

    return [
        *(conflict(row, "changed", column) for row, column in table.changed()),
        *(conflict(row, "added") for row in table.added()),
        *(conflict(row, "deleted") for row in table.deleted()),
    ]


# -- between rows -----------------------------------------------------------------------------------


def _between(woven: Mapping[str, Woven], scenario: str | None) -> list[Conflict]:
    return _dangling(woven, scenario) + _overlapping(woven, scenario)


def _dangling(woven: Mapping[str, Woven], scenario: str | None) -> list[Conflict]:
    """Return the rows of the merge that refer to rows which one side has and the merge has not."""
    found = []
    for relation in integrity.relations().itertuples():
        child, parent = woven.get(relation.table), woven.get(relation.references)
        if child is None or parent is None or relation.column not in child.columns:
            continue
        gone = dict.fromkeys(parent.ids[~parent.there()])
        if not gone:
            continue
        values = child.result()[relation.column].astype(object)
        wrong = values[values.isin(list(gone))]
        for row, value in zip(child.ids.get_indexer(wrong.index), wrong, strict=True):
            at = int(parent.ids.get_loc(value))
            mine, theirs = (NONE if parent.at[side][at] < 0 else str(value) for side in (MINE, THEIRS))
            touches = ((child.name, int(row)), (parent.name, at))
            where = (child.name, scenario, child.ids[row], "reference", relation.column)
            found.append(Conflict(*where, f"{parent.name} {value}", mine, theirs, touches=touches))
    return found


def _overlapping(woven: Mapping[str, Woven], scenario: str | None) -> list[Conflict]:
    """Return the polygons, one from each side, that overlap in the merge and on neither side."""
    covers = integrity.covers()
    covers = covers[covers.index.isin(list(woven))]
    return [
        one
        for _, group in covers.groupby("cover", sort=False)
        for a, b in product(group.index, group.index)
        for one in _pairs(woven[a], woven[b], float(group["tolerance"].max()), scenario)
    ]


def _pairs(one: Woven, two: Woven, tolerance: float, scenario: str | None) -> list[Conflict]:
    rows, others = np.flatnonzero(one.own(MINE)), np.flatnonzero(two.own(THEIRS))
    if not len(rows) or not len(others):
        return []
    i, j = shapely.STRtree(two.shapes(THEIRS, others)).query(one.shapes(MINE, rows), predicate="intersects")
    rows, others = rows[i], others[j]
    size = _common(one.shapes(MINE, rows), two.shapes(THEIRS, others))
    before = [_common(one.shapes(side, rows), two.shapes(side, others)) for side in (MINE, THEIRS)]
    wrong = (size > tolerance) & (np.max(before, axis=0) <= tolerance)
    return [
        Conflict(
            one.name, scenario, one.ids[row], "overlap", GEOMETRY,
            f"{common:.2f} m2", f"{one.name} {one.ids[row]}", f"{two.name} {two.ids[other]}",
            touches=((one.name, int(row)), (two.name, int(other))),
        )
        for row, other, common in zip(*(part[wrong] for part in (rows, others, size)), strict=True)
    ]  # fmt: skip


def _common(one: NDArray[np.object_], two: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the areas that polygons share, in m2; 0 where one is not there."""
    # those that cross themselves are only measured mended
    sound = [np.where(shapely.is_valid(side), side, shapely.make_valid(side)) for side in (one, two)]
    return np.nan_to_num(shapely.area(shapely.intersection(*sound)))
