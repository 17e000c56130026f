"""Reserves after a change to a plan: moved, freed, added, and parted by streets."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import LockedError, RuleError, some_ids
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.reserves import MOST
from ilo_gis.subdivision.street_edits import Land
from ilo_gis.tables import Plan, conform

__all__ = ["reserves_after"]

WHOLE = 1e-6  # share of a block that a reserve may miss and still be the whole of it


def reserves_after(plan: Plan, changes: Changes, land: Land) -> gpd.GeoDataFrame:
    """Return the reserves after a change. Those whose block did not change stay as they are.

    A reserve that is freed where one is added only changes its kind, and has no use any more.
    A block made of others by new streets is reserved if most of it was; the largest such block
    keeps the id of the reserve.

    Parameters
    ----------
    plan : Plan
        The plan before.
    changes : Changes
        Reserves to be moved, freed and added.
    land : Land
        The blocks after.

    Returns
    -------
    GeoDataFrame
        Table ``reserves``.

    Raises
    ------
    LockedError
        If a reserve would go on in a block that locked lots lie in now.
    RuleError
        If a reserve that is touched is not the whole of its block.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> changes = ilo_gis.subdivision.Changes(add_reserves={"C": "recreation"})
    >>> from ilo_gis.subdivision.street_edits import edited_land
    >>> land = edited_land(plan, changes, None, plan.lots.index[:0])
    >>> reserves_after(plan, changes, land)["kind"].to_dict()
    {'C': 'recreation'}
    """
    table, changes = _renamed(plan.reserves, changes)
    before = table["block_id"].astype(object)
    if not (changes.reserves or changes.add_reserves or before.isin([*land.changed, *land.gone]).any()):
        return table
    wanted = before.to_dict() | dict(changes.reserves)
    holder = {block: name for name, block in wanted.items() if block is not None}
    kinds = table["kind"].astype(object).to_dict()
    for block, kind in changes.add_reserves.items():
        holder[block] = _unused(block, {*wanted, *kinds})
        kinds[holder[block]] = kind
    placed = _followed(holder, land, {*wanted, *kinds})
    stay = [n for n, (b, _) in placed.items() if n in before and before[n] == b and b not in land.changed]
    other = {name: of for name, of in placed.items() if name not in stay}
    left = before[~before.index.isin(stay)]
    _require_whole(plan, left)
    if not other:
        return table.loc[stay]
    blocks = [block for block, _ in other.values()]
    _require_free(land, other)
    shapes = np.asarray(land.blocks.geometry.loc[blocks].array, dtype=object)
    rows = table.reindex([source for _, source in other.values()]).set_axis(
        pd.Index(list(other), name="reserve_id")
    )
    rows = gpd.GeoDataFrame(rows.drop(columns="geometry"), geometry=shapes, crs=plan.blocks.crs)
    rows = rows.assign(
        block_id=blocks, kind=[kinds[source] for _, source in other.values()], area=shapely.area(shapes)
    )
    rows = conform(rows, "reserves")
    joined = pd.concat([table.loc[stay], rows]) if stay else rows
    order = [*table.index[table.index.isin(joined.index)], *joined.index[~joined.index.isin(table.index)]]
    return joined.loc[order]


def _renamed(table: gpd.GeoDataFrame, changes: Changes) -> tuple[gpd.GeoDataFrame, Changes]:
    """Give reserves that stay where they are another kind, and return the changes that are left."""
    freed = table["block_id"].astype(object).loc[[n for n, b in changes.reserves.items() if b is None]]
    kind = freed.map(dict(changes.add_reserves)).dropna()
    if kind.empty:
        return table, changes
    told = table.assign(kind=table["kind"].mask(table.index.isin(kind.index), kind.reindex(table.index)))
    told["use"] = told["use"].mask(told.index.isin(kind.index))
    left = {name: block for name, block in changes.reserves.items() if name not in kind.index}
    add = {block: name for block, name in changes.add_reserves.items() if block not in set(freed[kind.index])}
    return conform(told, "reserves"), replace(changes, reserves=left, add_reserves=add)


def _followed(holder: dict[str, str], land: Land, used: set[str]) -> dict[str, tuple[str, str]]:
    """Return the block of each reserve after the change, and the reserve that it comes from."""
    placed = {name: (block, name) for block, name in holder.items() if not land.edited(block)}
    origin = land.origin[land.origin["before"].isin(list(holder))]
    share = origin.groupby("block")["area"].sum()
    mostly = share.index[share > MOST * land.blocks["area"].reindex(share.index)]
    origin = origin[origin["block"].isin(mostly)].sort_values("area", ascending=False, kind="stable")
    for block, before in origin.drop_duplicates("block")[["block", "before"]].itertuples(index=False):
        source = holder[before]
        name = source if source not in placed else _unused(block, {*used, *placed})
        placed[name] = (block, source)
    return placed


def _unused(block: str, used: set[str]) -> str:
    """Return an id for a reserve: that of its block, or with a number behind."""
    names = (block if n == 1 else f"{block}.{n}" for n in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def _require_free(land: Land, placed: dict[str, tuple[str, str]]) -> None:
    """Raise if locked lots lie in blocks that are reserved now: streets given up may join the two."""
    source = dict(placed.values())
    if len(over := land.homes[land.homes.isin(list(source))]):
        raise LockedError(
            f"Streets would join the land of locked lots ({some_ids(over.index)}) to that of reserves "
            f"({some_ids([source[block] for block in over.unique()])}). Free the reserves first, lead the "
            "streets another way, or unlock the lots.",
            over.index,
        )


def _require_whole(plan: Plan, left: pd.Series) -> None:
    whole = plan.blocks.geometry.loc[left].area.to_numpy()
    off = np.abs(plan.reserves.geometry.loc[left.index].area.to_numpy() - whole) > WHOLE * whole
    if off.any():
        raise RuleError(
            f"Reserves {', '.join(left.index[off][:10])} are not the whole of their blocks, so these cannot "
            "be laid out again. Make a block of each first."
        )
