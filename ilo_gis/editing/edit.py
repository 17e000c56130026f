"""What one gesture changes: rows before and after, by table; applied, taken back and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.editing.titles import title_of
from ilo_gis.errors import ConflictError, RuleError, some_ids
from ilo_gis.io.comparing import unlike

__all__ = ["Edit", "RowChange", "applied", "edit_between", "require_fresh", "stale_rows", "together"]

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class RowChange:
    """The rows of one table that an edit touches, whole, with the key of the table as index.

    Attributes
    ----------
    before : DataFrame or GeoDataFrame
        Rows that change or go, as they were.
    after : DataFrame or GeoDataFrame
        Rows that change or come, as they are to be.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing", "school"]}, index=["A-1", "A-2"])
    >>> change = RowChange(table.loc[["A-1"]], table.loc[["A-2"]])
    >>> list(change.gone), list(change.come), list(change.changed)
    (['A-1'], ['A-2'], [])
    """

    before: pd.DataFrame
    after: pd.DataFrame

    @property
    def gone(self) -> pd.Index:
        """Keys of rows that go."""
        return self.before.index.difference(self.after.index, sort=False)

    @property
    def come(self) -> pd.Index:
        """Keys of rows that come."""
        return self.after.index.difference(self.before.index, sort=False)

    @property
    def changed(self) -> pd.Index:
        """Keys of rows that change."""
        return self.before.index.intersection(self.after.index, sort=False)

    @property
    def columns(self) -> list[str]:
        """Columns in which rows that change differ."""
        one, two = self.before.loc[self.changed], self.after.loc[self.changed]
        return [name for name in two.columns if name not in one or unlike(one[name], two[name]).any()]


@dataclass(frozen=True, eq=False)
class Edit:
    """One step of editing, across all the tables that it touches.

    Parameters
    ----------
    kind : str
        What is done, a key of ``titles.toml``, such as ``"lots.merge"``.
    changes : mapping of str to RowChange
        What becomes of the rows, by the name of the table. Tables that do not change are left out.
    ids : tuple of str
        What it is done to, for the title.
    figures : DataFrame, optional
        Table of figures before and after, as `editing.figures` gives them.
    findings : GeoDataFrame, optional
        Table ``findings``: what is wrong after it and was not before.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing"]}, index=["A-1"])
    >>> edit = edit_between("lots.use", {"lots": table}, {"lots": table.assign(use="school")}, ids=["A-1"])
    >>> edit.title("es"), edit.reversed.changes["lots"].after["use"].tolist()
    ('Cambiar el uso de A-1', ['housing'])
    """

    kind: str
    changes: Mapping[str, RowChange]
    ids: tuple[str, ...] = ()
    figures: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: pd.DataFrame = field(default_factory=pd.DataFrame)

    def title(self, lang: str = "es") -> str:
        """Return what it does in a few words, as the list of steps to be undone shows it."""
        return title_of(self.kind, self.ids, lang)

    @property
    def nothing(self) -> bool:
        """Whether no row changes."""
        return not self.changes

    @property
    def reversed(self) -> Edit:
        """The edit that takes this one back."""
        turned = {name: RowChange(one.after, one.before) for name, one in self.changes.items()}
        return Edit(self.kind, turned, self.ids)


def edit_between(
    kind: str,
    before: Tables,
    after: Tables,
    *,
    ids: Sequence[str] = (),
    figures: pd.DataFrame | None = None,
    findings: pd.DataFrame | None = None,
) -> Edit:
    """Return the edit that makes one set of tables out of another: rows that are the same are left out.

    Parameters
    ----------
    kind : str
        What was done, a key of ``titles.toml``.
    before, after : mapping of str to table
        Tables by name, their index the key. Only tables that `after` names are compared. A geometry
        is the same where its vertices are, to the last bit and in the same order.
    ids : sequence of str
        What it was done to, for the title.
    figures, findings : DataFrame, optional
        As in `Edit`.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(index=["A-1", "A-2"],
    ...     geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)], crs=32719)
    >>> moved = lots.set_geometry([shapely.box(0, 0, 9, 20), shapely.box(9, 0, 16, 20)], crs=32719)
    >>> list(edit_between("lots.slide", {"lots": lots}, {"lots": moved}).changes["lots"].changed)
    ['A-1', 'A-2']
    """
    found = {name: _between(before[name], table) for name, table in after.items()}
    changes = {name: one for name, one in found.items() if len(one.before) or len(one.after)}
    said = {"figures": figures, "findings": findings}
    return Edit(kind, changes, tuple(map(str, ids)), **{k: v for k, v in said.items() if v is not None})


def _between(before: pd.DataFrame, after: pd.DataFrame) -> RowChange:
    at = before.index.get_indexer(after.index)
    both = at >= 0
    same = np.zeros(len(after), dtype=bool)
    if both.any():
        same[both] = _same(before.iloc[at[both]], after[both])
    stay = np.zeros(len(before), dtype=bool)
    stay[at[same]] = True
    return RowChange(before[~stay], after[~same])


def _same(one: pd.DataFrame, two: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which rows are the same in all columns; a column that one side lacks is empty there."""
    same = np.ones(len(one), dtype=bool)
    for name in dict.fromkeys([*one.columns, *two.columns]):
        first, second = (
            side[name] if name in side else pd.Series(None, side.index, dtype=object) for side in (one, two)
        )
        same &= ~unlike(first, second)
    return same


def applied(tables: Tables, edit: Edit) -> dict[str, pd.DataFrame]:
    """Return tables after an edit. Rows that change keep their place; rows that come stand behind.

    Parameters
    ----------
    tables : mapping of str to table
        All that the edit touches, and any others.
    edit : Edit
        The edit.

    Raises
    ------
    ConflictError
        If a row is not what the edit expects: somebody changed it meanwhile.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing", "park"]}, index=["A-1", "A-2"])
    >>> edit = edit_between("lots.use", {"lots": table}, {"lots": table.assign(use="school")})
    >>> after = applied({"lots": table}, edit)["lots"]
    >>> after["use"].tolist(), applied({"lots": after}, edit.reversed)["lots"].equals(table)
    (['school', 'school'], True)
    """
    require_fresh(tables, edit)
    after = dict(tables)
    for name, change in edit.changes.items():
        table = tables[name]
        kept = table[~table.index.isin(change.before.index)]
        rows = _stacked(kept, change.after)
        order = [*table.index[~table.index.isin(change.gone)], *change.come]
        after[name] = rows.iloc[rows.index.get_indexer(order)]
    return after


def _stacked(kept: pd.DataFrame, come: pd.DataFrame) -> pd.DataFrame:
    """Put rows below others; categories become those of both."""
    if kept.empty or come.empty:
        return come if kept.empty else kept
    said = {
        name: kept[name].cat.categories.union(come[name].cat.categories, sort=False)
        for name in kept.columns.intersection(come.columns)
        if all(side[name].dtype == "category" for side in (kept, come))
    }
    return pd.concat(
        [side.assign(**{k: side[k].cat.set_categories(v) for k, v in said.items()}) for side in (kept, come)]
    )


def require_fresh(tables: Tables, edit: Edit) -> None:
    """Raise unless all rows that an edit changes are what they were when it was made.

    Raises
    ------
    ConflictError
        If rows changed, went, or were there already; it names the table and the ids.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing"]}, index=["A-1"])
    >>> edit = edit_between("lots.use", {"lots": table}, {"lots": table.assign(use="school")})
    >>> require_fresh({"lots": table.assign(use="park")}, edit)
    Traceback (most recent call last):
    ilo_gis.errors.ConflictError: lots: A-1 changed since the edit was made. Make it again on what there ...
    """
    for name, change in edit.changes.items():
        if name not in tables:
            raise RuleError(f"The edit changes the table {name}, which is not here. Open it.")
        stale = stale_rows(tables[name], change)
        if len(stale):
            raise ConflictError(
                f"{name}: {some_ids(stale)} changed since the edit was made. Make it again on what there is "
                "now.",
                name,
                stale,
            )


def stale_rows(table: pd.DataFrame, change: RowChange) -> pd.Index:
    """Return the keys of rows of a table that are not what a change of them expects.

    Parameters
    ----------
    table : DataFrame
        The table as it is now, its index the key.
    change : RowChange
        The change: rows that it changes or takes away may have changed or gone, rows that it adds have come.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing", "park"]}, index=["A-1", "A-2"])
    >>> stale_rows(table.assign(use="park"), RowChange(table, table.iloc[:0])).tolist()
    ['A-1']
    """
    known = change.before.index.isin(table.index)
    rows = change.before[known]
    stale = change.before.index[~known].append(rows.index[~_same(table.loc[rows.index], rows)])
    return stale.append(change.come[change.come.isin(table.index)])


def together(kind: str, edits: Sequence[Edit], *, ids: Sequence[str] = ()) -> Edit:
    """Return one edit that does what several do one after the other; what they take back is left out.

    Parameters
    ----------
    kind : str
        What they do together, a key of ``titles.toml``.
    edits : sequence of Edit
        In the order in which they are made.
    ids : sequence of str
        What it is done to, for the title.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing"]}, index=["A-1"])
    >>> edit = edit_between("lots.use", {"lots": table}, {"lots": table.assign(use="school")})
    >>> together("lots.use", [edit, edit.reversed]).nothing
    True
    """
    names = dict.fromkeys(name for edit in edits for name in edit.changes)
    before, after = {}, {}
    for name in names:
        steps = [edit.changes[name] for edit in edits if name in edit.changes]
        first, last = steps[0].before, steps[0].after
        for step in steps[1:]:
            fresh = step.before[~step.before.index.isin(first.index.union(last.index))]
            first = pd.concat([first, fresh]) if len(fresh) else first
            last = last[~last.index.isin(step.before.index)]
            last = pd.concat([last, step.after]) if len(last) else step.after
        before[name], after[name] = first, last
    return edit_between(kind, before, after, ids=ids)
