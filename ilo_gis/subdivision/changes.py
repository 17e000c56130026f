"""Changes to a plan: what a planner may ask for, and whether the plan can bear it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from numbers import Integral
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis.errors import LockedError, RuleError, SchemaError, some_ids
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import Plan, require_geometry, require_metres, require_same_crs

__all__ = ["Changes", "locked_lots", "require_possible"]

NEW_CLASS = "street_class"


@dataclass(frozen=True, kw_only=True, eq=False)
class Changes:
    """Changes to a plan, for `replan`. Ids are those of the plan before.

    Parameters
    ----------
    add_streets : GeoDataFrame, optional
        Centre lines of new streets, in the CRS of the plan, with a column ``width`` (m), or
        ``street_class``, whose width the brief tells; ``name`` if they have one.
    move_streets : GeoDataFrame, optional
        New courses of lines of ``plan.street_lines``, with their ``line_id`` as index, and
        ``width`` (m) where it changes.
    drop_streets : sequence of str
        Ids of lines of ``plan.street_lines`` that are given up.
    rules : mapping of str to LotRule
        Rules by which blocks are laid out again. They are not kept in the plan: a later change
        to the same block lays it out by the rule of the brief, unless it names the rule again.
    reserves : mapping of str to str or None
        For ids of reserves, the block that each moves to; None frees it for lots.
    add_reserves : mapping of str to str
        For ids of blocks that are to become reserves, their kind, such as ``"recreation"``.
    merge : sequence of sequences of str
        Lots of one block that touch and become one.
    split : mapping of str to LineString or int
        For ids of lots, a line right across, or a number of parts of equal area along the front.

    Raises
    ------
    RuleError
        If a value is of the wrong kind, or a lot is both merged and split.

    Examples
    --------
    >>> Changes(merge=[["A-1", "A-2"]]).nothing, Changes().nothing
    (False, True)
    >>> Changes(split={"A-3": 1})
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: split: A-3 is 1; it should be a line across the lot, or a number of parts ...
    """

    add_streets: gpd.GeoDataFrame | None = None
    move_streets: gpd.GeoDataFrame | None = None
    drop_streets: Sequence[str] = ()
    rules: Mapping[str, LotRule] = field(default_factory=dict)
    reserves: Mapping[str, str | None] = field(default_factory=dict)
    add_reserves: Mapping[str, str] = field(default_factory=dict)
    merge: Sequence[Sequence[str]] = ()
    split: Mapping[str, shapely.LineString | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "drop_streets", tuple(map(str, self.drop_streets)))
        object.__setattr__(self, "merge", tuple(tuple(map(str, group)) for group in self.merge))
        for name, wanted in (("rules", LotRule), ("reserves", str | None), ("add_reserves", str)):
            for key, value in getattr(self, name).items():
                if not isinstance(value, wanted):
                    kind = getattr(wanted, "__name__", "the id of a block, or None")
                    raise RuleError(f"{name}: {key} is {value!r}; it should be {kind}.")
        for lot, how in self.split.items():
            number = isinstance(how, Integral) and not isinstance(how, bool) and int(how) > 1
            if not number and not isinstance(how, shapely.LineString):
                raise RuleError(
                    f"split: {lot} is {how!r}; it should be a line across the lot, or a number of parts from "
                    "2 on."
                )
        named = [lot for group in self.merge for lot in group] + list(self.split)
        if twice := sorted({lot for lot in named if named.count(lot) > 1}):
            raise RuleError(
                f"Lots are named twice in merge and split: {some_ids(twice)}. Do one after the other."
            )
        for group in self.merge:
            if len(group) < 2:
                raise RuleError(f"merge: {list(group)} is no group of lots; name at least two.")

    @property
    def nothing(self) -> bool:
        """Whether no change is asked for."""
        return not any(_asked(getattr(self, f.name)) for f in fields(self))

    @property
    def streets(self) -> bool:
        """Whether streets change."""
        return any(map(_asked, (self.add_streets, self.move_streets, self.drop_streets)))

    @property
    def by_hand(self) -> list[str]:
        """Ids of lots that are merged or split."""
        return [lot for group in self.merge for lot in group] + list(self.split)


def _asked(value: Any) -> bool:
    return value is not None and len(value) > 0


def locked_lots(plan: Plan, locked: Iterable[str] | pd.DataFrame | None) -> pd.Index:
    """Return the ids of lots that never change.

    Parameters
    ----------
    plan : Plan
        The plan.
    locked : iterable of str or DataFrame, optional
        Ids of lots; or a table with ``lot_id``, ``block_id`` or both, as columns or index. A row
        without a lot locks all lots and remnants of its block.

    Raises
    ------
    SchemaError
        If a table has neither column.
    RuleError
        If an id is not one of the plan.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, ilo_gis.subdivision.LotRule(160, 8))
    >>> len(locked_lots(plan, pandas.DataFrame({"block_id": ["K"]})))
    20
    """
    if locked is None:
        return plan.lots.index[:0]
    if not isinstance(locked, pd.DataFrame):
        ids = pd.Index(list(map(str, locked)), dtype=object)
        _require_known("locked", ids, plan.lots.index, "lots")
        return ids.unique()
    table = locked.drop(columns=locked.columns.intersection(locked.index.names)).reset_index()
    if not {"lot_id", "block_id"} & set(table.columns):
        raise SchemaError("locked has neither a column lot_id nor block_id. Give it one of them.")
    lots = table["lot_id"] if "lot_id" in table else pd.Series(pd.NA, index=table.index)
    ids = pd.Index(lots.dropna().astype(str), dtype=object)
    _require_known("locked", ids, plan.lots.index, "lots")
    if "block_id" in table:
        blocks = pd.Index(table.loc[lots.isna(), "block_id"].dropna().astype(str), dtype=object)
        _require_known("locked", blocks, plan.blocks.index, "blocks")
        ids = ids.append(plan.lots.index[plan.lots["block_id"].isin(blocks)])
    return ids.unique()


def require_possible(plan: Plan, changes: Changes, held: pd.Index) -> None:
    """Raise unless every id is one of the plan, and no change contradicts another or a locked lot.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If new streets cannot be used.
    LockedError
        If a locked lot would be merged, split or reserved.
    RuleError
        If an id is unknown, or changes cannot be made together; the ids are named.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, ilo_gis.subdivision.LotRule(160, 8))
    >>> require_possible(plan, Changes(split={"K-1": 2}), plan.lots.index[:1])
    Traceback (most recent call last):
    ilo_gis.errors.LockedError: Locked lots would be merged or split: K-1. Take them out of ...
    """
    _require_streets(plan, changes)
    for name, ids, table, what in (
        ("rules", changes.rules, plan.blocks, "blocks"),
        ("reserves", changes.reserves, plan.reserves, "reserves"),
        ("reserves", [b for b in changes.reserves.values() if b is not None], plan.blocks, "blocks"),
        ("add_reserves", changes.add_reserves, plan.blocks, "blocks"),
        ("merge and split", changes.by_hand, plan.lots, "lots"),
    ):
        _require_known(name, pd.Index(list(ids), dtype=object), table.index, what)
    _require_reserves(plan, changes, held)
    if shared := sorted(held.intersection(changes.by_hand)):
        raise LockedError(
            f"Locked lots would be merged or split: {some_ids(shared)}. Take them out of the "
            "change, or unlock them.",
            shared,
        )
    block = plan.lots["block_id"]
    for group in changes.merge:
        if len(own := block.loc[list(group)].unique()) > 1:
            raise RuleError(
                f"merge: {some_ids(group)} lie in several blocks ({some_ids(own)}). Merge lots of one block."
            )
    again = {*changes.rules, *_reserve_blocks(plan, changes)}
    if shared := [lot for lot in changes.by_hand if block.at[lot] in again]:
        raise RuleError(
            f"Lots to be merged or split lie in blocks that are laid out again: {some_ids(shared)}. Do one "
            "after the other."
        )


def _reserve_blocks(plan: Plan, changes: Changes) -> set[str]:
    """Return blocks that become reserves, or are freed."""
    left = plan.reserves.loc[list(changes.reserves), "block_id"]
    return {*left, *(b for b in changes.reserves.values() if b is not None), *changes.add_reserves}


def _require_reserves(plan: Plan, changes: Changes, held: pd.Index) -> None:
    wanted = [b for b in changes.reserves.values() if b is not None] + list(changes.add_reserves)
    stay = set(plan.reserves.drop(index=list(changes.reserves))["block_id"])
    if double := sorted({b for b in wanted if wanted.count(b) > 1 or b in stay}):
        raise RuleError(f"Blocks would hold two reserves: {some_ids(double)}. Name a block without one.")
    own = plan.lots["block_id"].loc[held]
    if len(over := own.index[own.isin(wanted)]):
        raise LockedError(
            f"Locked lots lie where reserves are wanted: {some_ids(over)}. "
            "Take another block, or unlock them.",
            over,
        )
    if ruled := sorted(set(changes.rules) & (stay | set(wanted))):
        raise RuleError(
            f"rules: blocks {some_ids(ruled)} are reserves. Free them first: reserves={{id: None}}."
        )


def _require_streets(plan: Plan, changes: Changes) -> None:
    if changes.streets and plan.streets.empty:
        raise RuleError(
            "The plan has no streets: its blocks were given. Change the blocks, and lay them out."
        )
    lines = plan.street_lines.index
    _require_known("drop_streets", pd.Index(changes.drop_streets, dtype=object), lines, "street lines")
    for name in ("add_streets", "move_streets"):
        layer = getattr(changes, name)
        if layer is None:
            continue
        require_metres(layer, name)
        require_same_crs(plan=plan.blocks, **{name: layer})
        require_geometry(layer, "LineString", "MultiLineString", name=name)
    if changes.move_streets is not None:
        _require_known("move_streets", changes.move_streets.index, lines, "street lines")
        if both := sorted(set(changes.move_streets.index) & set(changes.drop_streets)):
            raise RuleError(
                f"Street lines are both moved and dropped: {some_ids(both)}. Do one or the other."
            )
    added = changes.add_streets
    if added is not None and not {"width", NEW_CLASS} & set(added.columns):
        raise SchemaError(f"add_streets has neither a column width (m) nor {NEW_CLASS}. Give it one of them.")


def _require_known(name: str, ids: pd.Index, known: pd.Index, what: str) -> None:
    if len(unknown := ids[~ids.isin(known)]):
        raise RuleError(f"{name}: the plan has no {what} {some_ids(unknown)}. Look the ids up in its tables.")
