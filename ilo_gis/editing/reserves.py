"""Reserves painted on blocks, and the account of those required and given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.editing.edit import Edit, RowChange, applied
from ilo_gis.editing.figures import Totals, reserve_base
from ilo_gis.editing.planned import planned
from ilo_gis.errors import RuleError, some_ids
from ilo_gis.progress import Progress
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.tables import Plan
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["paint_reserves", "reserve_account"]


def paint_reserves(
    plan: Plan,
    block_ids: Sequence[str],
    kind: str | None,
    brief: Brief,
    *,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Make blocks reserves of a kind, or free them for lots.

    Blocks that are so already stay as they are. A reserve that gets another kind keeps its id. A
    block that is freed is laid out by the rule of the brief.

    Parameters
    ----------
    plan : Plan
        The plan.
    block_ids : sequence of str
        Whole blocks.
    kind : str or None
        Kind of reserve, such as ``"recreation"``; None frees the blocks.
    brief : Brief
        Rule by which freed blocks are laid out, and shares of reserves.
    locked : Series of str, optional
        Why a lot must not change, by ``lot_id``.
    preview : Totals, optional
        What the plan measures, if the edit is only to be shown: it comes the quicker, as `planned` tells.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of ``reserves`` and ``lots``, with figures, and findings. The figures go on with the land of
        each kind of reserve, index its name; columns ``required`` (m2) and ``article`` as
        `reserve_account` has them.

    Raises
    ------
    RuleError
        If there is no such block, no kind is named, or a reserve is not the whole of its block.
    LockedError
        If a block that becomes a reserve has locked lots; with their reasons.

    References
    ----------
    RNE TH.010, article 10.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> edit = paint_reserves(plan, ["K"], "recreation", ilo_gis.subdivision.Brief(rule=rule))
    >>> len(edit.changes["lots"].gone), edit.figures.at["reserve_area", "after"]
    (20, 3200.0)
    """
    ids = list(dict.fromkeys(map(str, block_ids)))
    if unknown := [block for block in ids if block not in plan.blocks.index]:
        raise RuleError(f"The plan has no blocks {some_ids(unknown)}. Look the ids up in its tables.")
    if kind is not None and not kind.strip():
        raise RuleError("A reserve has no kind. Name one, such as recreation, or None to free the blocks.")
    own = plan.reserves[plan.reserves["block_id"].isin(ids)]
    other = own if kind is None else own[own["kind"].astype(object) != kind]
    bare = [] if kind is None else [block for block in ids if block not in set(own["block_id"])]
    add = dict.fromkeys([*other["block_id"], *bare], kind) if kind is not None else {}
    changes = Changes(reserves=dict.fromkeys(other.index), add_reserves=add)
    edit = planned(
        "reserves.paint", plan, changes, brief, ids=ids, locked=locked, preview=preview, progress=progress
    )
    return replace(edit, figures=pd.concat([edit.figures, _by_kind(plan, edit, brief, preview)]))


def reserve_account(plan: Plan, brief: Brief) -> pd.DataFrame:
    """Return the reserves that a brief requires and that a plan gives.

    The base is the land of the plan less that of collectors and larger roads.

    Parameters
    ----------
    plan : Plan
        The plan, in metres.
    brief : Brief
        Shares of reserves by kind, and the least area of a piece.

    Returns
    -------
    DataFrame
        Index ``kind``: those required, then others there are. Columns ``label``, ``label_es``,
        ``required``, ``given`` and ``missing`` (m2), ``article``: of the norm that requires it;
        where the land required is less than the least piece, also of that which lets money be
        paid for it.

    References
    ----------
    RNE TH.010, article 10; GH.020, article 27.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule, reserves={"recreation": 0.25})
    >>> reserve_account(plan, brief)[["required", "given", "missing", "article"]].values.tolist()
    [[800.0, 0.0, 800.0, 'TH.010 Art. 10']]
    """
    return _account(plan.reserves, reserve_base(plan), brief)


def _account(reserves: gpd.GeoDataFrame, base: float, brief: Brief) -> pd.DataFrame:
    given = reserves.area.groupby(usual_kinds(reserves["kind"], "reserves")).sum()
    shares = pd.Series(brief.shares, dtype=float)
    shares.index = usual_kinds(shares.index, "reserves")
    table = pd.DataFrame({"required": shares * base}).reindex(
        [*shares.index, *given.index.difference(shares.index)], fill_value=0.0
    )
    table["given"] = given.reindex(table.index, fill_value=0.0)
    table["missing"] = (table["required"] - table["given"]).clip(lower=0.0)
    known, required = kinds("reserves"), table["required"].to_numpy()
    least = np.array([brief.parks.smallest.get(name, 0.0) for name in table.index])
    table["article"] = np.where(required > 0, "TH.010 Art. 10", "")
    table.loc[(required > 0) & (required < least), "article"] += ", GH.020 Art. 27"
    names = [(known[name].en, known[name].es) if name in known else (name, name) for name in table.index]
    table[["label", "label_es"]] = pd.DataFrame(
        names, table.index, columns=["label", "label_es"], dtype=object
    )
    return table.rename_axis("kind")[["label", "label_es", "required", "given", "missing", "article"]]


def _by_kind(plan: Plan, edit: Edit, brief: Brief, known: Totals | None) -> pd.DataFrame:
    """Return the account of reserves as figures: given before and after, with what is required."""
    none = RowChange(plan.reserves.iloc[:0], plan.reserves.iloc[:0])
    change = Edit(edit.kind, {"reserves": edit.changes.get("reserves", none)})
    done = applied({"reserves": plan.reserves}, change)["reserves"]
    base = reserve_base(plan) if known is None else known.reserve_base  # streets stay as they are
    first, second = (_account(reserves, base, brief) for reserves in (plan.reserves, done))
    both = pd.concat([second, first.loc[first.index.difference(second.index)]])
    given = {
        when: one["given"].reindex(both.index, fill_value=0.0)
        for when, one in (("before", first), ("after", second))
    }
    return both.assign(unit="m2", **given)[
        ["label", "label_es", "unit", "before", "after", "required", "article"]
    ].rename_axis("figure")
