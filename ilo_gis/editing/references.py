"""What goes with the rows that an edit takes away, and what must not be left without what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.editing.edit import Edit, RowChange
from ilo_gis.editing.zones import with_lot_zones
from ilo_gis.errors import RuleError, some_ids
from ilo_gis.tables.integrity import relations

__all__ = ["with_references"]


def with_references(known: Mapping[str, pd.DataFrame], edit: Edit) -> Edit:
    """Return an edit with what its rows bring with them in other tables, so that all references hold.

    Rows that go with those they refer to go too, as they do in a project (`tables.relations`, cascade):
    zone, stage, services or designs of a lot that is no more. New and changed lots are told their zone,
    as `with_lot_zones` has it.

    Parameters
    ----------
    known : mapping of str to table
        All tables that there are, as they are before the edit.
    edit : Edit
        Any edit.

    Returns
    -------
    Edit
        The same, with changes of other tables.

    Raises
    ------
    RuleError
        If rows that do not go of themselves, such as events, refer to what the edit takes away.

    Examples
    --------
    >>> ids = pandas.Index(["A-1", "A-2"], name="lot_id")
    >>> lots, stages = pandas.DataFrame({"kind": "lot"}, ids), pandas.DataFrame({"stage": "free"}, ids)
    >>> known = {"lots": lots, "lot_states": stages}
    >>> edit = ilo_gis.editing.edit_between("lots.merge", {"lots": lots}, {"lots": lots.iloc[1:]})
    >>> with_references(known, edit).changes["lot_states"].gone.tolist()
    ['A-1']
    """
    edit = with_lot_zones(known, edit)
    changes, declared = dict(edit.changes), relations()
    declared = declared[declared["table"].isin(known)]
    goes = declared["on_delete"] == "cascade"
    ahead = [name for name, change in changes.items() if len(change.gone)]
    for parent in ahead:  # grows: what goes may take others with it
        for row in declared[goes & (declared["references"] == parent)].itertuples():
            change = _of(changes, known, row.table)
            lost = _referring(change.after, row.column, changes[parent].gone)
            rest = known[row.table].drop(index=change.before.index, errors="ignore")
            more = rest[_referring(rest, row.column, changes[parent].gone)]
            if lost.any() or len(more):
                before = pd.concat([change.before, more]) if len(change.before) else more
                changes[row.table] = RowChange(before, change.after[~lost])
                ahead.append(row.table)
    for row in declared[~goes & declared["references"].isin(ahead)].itertuples():
        change, gone = _of(changes, known, row.table), changes[row.references].gone
        rest = known[row.table].drop(index=change.before.index, errors="ignore")
        if found := [
            one for side in (change.after, rest) for one in side.index[_referring(side, row.column, gone)]
        ]:
            raise RuleError(
                f"{row.table}: {some_ids(found)} refer to {row.references} that would go "
                f"({some_ids(gone)}). Keep those, or let the rows refer to others first."
            )
    return replace(edit, changes=changes)


def _of(changes: Mapping[str, RowChange], known: Mapping[str, pd.DataFrame], table: str) -> RowChange:
    none = known[table].iloc[:0]
    return changes.get(table, RowChange(none, none))


def _referring(table: pd.DataFrame, column: str, gone: pd.Index) -> NDArray[np.bool_]:
    """Tell which rows refer to some that go; a table may have the ids of others for its own key."""
    if column not in table and column != table.index.name:
        return np.zeros(len(table), dtype=bool)
    return np.asarray(table.get(column, table.index).isin(gone))
