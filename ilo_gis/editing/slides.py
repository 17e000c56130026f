"""The side line between two lots slid: both lots, and the vertices of all that meet it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.editing.edit import Edit, edit_between
from ilo_gis.editing.figures import Totals
from ilo_gis.editing.figures import figures as figures_of
from ilo_gis.editing.sidelines import Side, Slid, side_between
from ilo_gis.errors import GeometryError, LockedError, RuleError
from ilo_gis.geometry.coverage import uncovered
from ilo_gis.geometry.cutting import without_idle_points
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.progress import Progress, go_on
from ilo_gis.subdivision import check_lots
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.by_hand import piece_rows
from ilo_gis.subdivision.proof import areas_after
from ilo_gis.tables import Plan

__all__ = ["slide_side"]

SLACK = 1e-6  # m; an offset may exceed a stop by a rounding
BY_EDGES = ("neighbour_right", "neighbour_left", "neighbour_back")
KEPT = ("kind", "reason", "use", "number")  # what lots are does not follow from where a line is

Polygons = NDArray[np.object_]


def slide_side(  # noqa: PLR0913 (a plan, its change, and the words of every gesture)
    plan: Plan,
    a: str,
    b: str,
    offset: float,
    brief: Brief,
    *,
    side: Side | None = None,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Slide the side line between two lots, up to where the rule stops it.

    Both lots keep their ids and have the same vertices on the line. Lots that its ends meet, such as
    those behind, get a vertex there and lose that of the old end where it bends nothing: their ground
    stays, even if they are locked.

    Parameters
    ----------
    plan : Plan
        The plan, in metres.
    a, b : str
        Two lots or remnants of a block.
    offset : float
        How far, m, at right angles to the line from end to end, positive towards `b`.
    brief : Brief
        What a lot must be.
    side : Side, optional
        What `side_between` gave for these lots and the rule of the brief, where it is known.
    locked : Series of str, optional
        Why a lot must not change, by ``lot_id``, as `lock_reasons` tells.
    preview : Totals, optional
        What the plan measures, if the edit is only to be shown: it comes the quicker, as `planned` tells.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of ``lots``; with figures, and findings that there were not before.

    Raises
    ------
    RuleError
        As `side_between`; or if the offset is beyond a stop: with the reason.
    LockedError
        If one of the two is locked; with the reason.
    GeometryError
        If the line would leave a strip of no width beside other lots.

    References
    ----------
    RNE TH.010, article 9 (area and front).

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 90, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> edit = slide_side(plan, "K-4", "K-5", 0.1, ilo_gis.subdivision.Brief(rule=rule))
    >>> edit.title("en"), edit.figures.loc["lots", ["before", "after"]].tolist()
    ('Slide the side line between K-4, K-5', [22.0, 22.0])
    """
    pair = [str(a), str(b)]
    if locked is not None and (held := [lot for lot in pair if lot in locked.index]):
        why = "; ".join(f"{lot}: {locked[lot]}" for lot in held)
        raise LockedError(f"The side line would change locked lots ({why}). Slide another one.", held)
    known = (
        side
        if side is not None and _holds(side, plan, pair)
        else side_between(plan, pair[0], pair[1], brief.rule)
    )
    _require_within(known, offset)
    offset = 0.0 if abs(offset) <= SLACK else offset  # less would only move the line off its vertices
    go_on(progress, 0.2, "moving the line")
    lots = plan.lots
    before = lots[lots["block_id"] == lots.at[pair[0], "block_id"]]
    block = plan.blocks.loc[before["block_id"].iloc[:1], ["geometry"]]
    shapes = _shapes(before, block, known, known.at(offset), pair)
    own = _measured(before, shapes, block, brief, known, pair)
    go_on(progress, 0.7, "checking")
    first, second = {"lots": before}, {"lots": own}
    if preview is None and len(plan.summary):  # land goes between lots and remnants
        first["summary"], second["summary"] = plan.summary, areas_after(plan, plan, before, own)
    return edit_between(
        "lots.slide",
        first,
        second,
        ids=pair,
        figures=figures_of(plan, plan, brief, lots=(before, own), totals=preview),
        findings=_found(plan, own, block, brief, known, pair) if preview is None else None,
    )


def _holds(side: Side, plan: Plan, pair: list[str]) -> bool:
    """Return whether a side that is known is that of two lots as they are."""
    if [side.a, side.b] != pair or not set(pair) <= set(plan.lots.index):
        return False
    now = plan.lots.geometry.loc[pair].to_numpy()
    return bool(shapely.equals_identical(now, np.array(side.ground.shapes, dtype=object)).all())


def _require_within(side: Side, offset: float) -> None:
    for beyond, stop, why in (
        (offset < side.least - SLACK, side.least, side.why_least),
        (offset > side.greatest + SLACK, side.greatest, side.why_greatest),
    ):
        if beyond:
            raise RuleError(
                f"The line between {side.a} and {side.b} slides up to {stop:.2f} m, not {offset:.2f} m: "
                f"beyond, {why['en']}."
            )


def _shapes(
    before: gpd.GeoDataFrame, block: gpd.GeoDataFrame, side: Side, slid: Slid, pair: list[str]
) -> Polygons:
    """Return the lots of the block with the line slid; all that meet it share its vertices."""
    shapes = np.asarray(before.geometry.array, dtype=object).copy()
    shapes[before.index.get_indexer(pair)] = slid.lots
    old = shapely.get_coordinates(side.line)[[0, -1]]
    kept = np.concatenate([shapely.get_coordinates(slid.line), shapely.get_coordinates(block.geometry.array)])
    idle = old[~(old[:, None] == kept[None]).all(axis=2).any(axis=1)]
    # vertices are shared before some are left out: what bends one lot bends none unseen
    shapes = without_idle_points(share_vertices(shapes), idle)
    if uncovered(shapes, np.asarray(block.geometry.array), np.zeros(len(shapes), dtype=np.int64)).any():
        raise GeometryError(
            f"Slid by {slid.offset:.3f} m, the line between {side.a} and {side.b} would leave a strip of no "
            "width beside other lots. Slide it some centimetres more or less."
        )
    return shapes


def _measured(
    before: gpd.GeoDataFrame,
    shapes: Polygons,
    block: gpd.GeoDataFrame,
    brief: Brief,
    side: Side,
    pair: list[str],
) -> gpd.GeoDataFrame:
    """Return the lots of the block, the two measured again, the neighbours of all that meet them named."""
    owner = np.zeros(len(shapes), dtype=np.int64)
    rows = piece_rows(shapes, block, owner, brief.rule, 0, side.ground.streets).set_axis(before.index)
    names = np.append(before.index.to_numpy(dtype=object), "")
    two = before.index.isin(pair)
    close = shapely.intersects(shapely.union_all(shapes[two]), shapes)
    after = before.set_geometry(shapes, crs=before.crs)
    for name in before.columns.intersection(rows.columns).difference(KEPT):
        if name in BY_EDGES:
            at = pd.to_numeric(rows[name].replace("", "-1")).fillna(-1).astype(int)
            values, where = pd.Series(names[at], before.index).astype(before[name].dtype), close
        else:
            values, where = rows[name], two
        after[name] = before[name].mask(where, values.astype(before[name].dtype))
    return after


def _found(
    plan: Plan, own: gpd.GeoDataFrame, block: gpd.GeoDataFrame, brief: Brief, side: Side, pair: list[str]
) -> gpd.GeoDataFrame:
    """Return what is wrong with the two lots that was not before."""
    told = check_lots(own, brief.rule, blocks=block, streets=side.ground.streets)
    told = told[told["feature"].isin(pair)]
    known, new = (
        pd.MultiIndex.from_frame(table[["feature", "rule"]].astype(str)) for table in (plan.findings, told)
    )
    return told[~new.isin(known)]
