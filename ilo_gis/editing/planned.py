"""Edits that a change to a plan makes, whichever the gesture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.editing.edit import Edit, edit_between
from ilo_gis.editing.figures import Totals, figures, reserve_base
from ilo_gis.errors import LockedError, some_ids
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.progress import Progress
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.replan import replanned
from ilo_gis.subdivision.reserve_checks import check_reserves
from ilo_gis.tables import Plan

__all__ = ["planned"]

TABLES = ("streets", "street_lines", "blocks", "reserves", "lineage", "summary")
FAULT = ["table", "feature", "rule"]  # what makes a finding the same before and after


def planned(  # noqa: PLR0913 (a plan, its change, and the words of every gesture)
    kind: str,
    plan: Plan,
    changes: Changes,
    brief: Brief,
    *,
    start: Plan | None = None,
    ids: Sequence[str] = (),
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Return the edit that a change to a plan makes, as `subdivision.replan` lays it out.

    Parameters
    ----------
    kind : str
        Kind of edit, a key of ``titles.toml``.
    plan : Plan
        The plan.
    changes : Changes
        What is to change.
    brief : Brief
        The brief of the plan.
    start : Plan, optional
        The plan with lots that only stand for land without lots; the change is made to it, and
        nothing tells of those lots.
    ids : sequence of str
        What it is done to, for the title.
    locked : Series of str, optional
        Why a lot must not change, by ``lot_id``.
    preview : Totals, optional
        What the plan measures, as `totals` gives it, if the edit is only to be shown. It comes the
        quicker: rows and figures are the same, and findings, lineage and area table are left out.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of all tables of the plan that change, its area table among them if it has one; with
        figures, and findings that there were not before. Locked lots get the corners that new lots
        have on their sides, and nothing else, so that both have the same vertices.

    Raises
    ------
    LockedError
        If a locked lot would have to change; with the reasons.
    IloGisError
        All others of `subdivision.replan`.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule)
    >>> changes = ilo_gis.subdivision.Changes(split={"K-1": 2})
    >>> edit = planned("lots.split", plan, changes, brief, ids=["K-1"])
    >>> list(edit.changes["lots"].come), edit.findings["rule"].unique().tolist()
    (['K-21', 'K-22'], ['lot.min_area', 'lot.min_frontage'])
    """
    held = None if locked is None else list(locked.index.astype(str))
    try:
        done = replanned(
            start or plan, changes, brief, locked=held, judged=preview is None, progress=progress
        )
    except LockedError as error:
        raise LockedError(f"{error} Why they are locked: {_reasons(error, locked)}", error.ids) from error
    after, old = done.others, done.old
    if start is not None:
        made = start.lots.index.difference(plan.lots.index)
        after, old = _told(after, made), old[~old.index.isin(made)]
    new = _meeting(done.new, held or [])
    before_rows = {name: getattr(plan, name) for name in TABLES}
    after_rows = {
        name: getattr(after, name) for name in TABLES if getattr(after, name) is not before_rows[name]
    }
    return edit_between(
        kind,
        {**before_rows, "lots": old},
        {**after_rows, "lots": new},
        ids=ids,
        figures=figures(plan, after, brief, lots=(old, new), totals=preview),
        findings=_fresh(plan, after, brief) if preview is None else None,
    )


def _meeting(lots: gpd.GeoDataFrame, held: Sequence[str]) -> gpd.GeoDataFrame:
    """Return lots with vertices that those that are held share with their neighbours."""
    blocks = lots["block_id"][lots.index.isin(held)]
    if blocks.empty:
        return lots
    shapes = np.asarray(lots.geometry.array, dtype=object).copy()
    own = lots["block_id"].isin(blocks).to_numpy()
    shapes[own] = share_vertices(shapes[own])
    return lots.set_geometry(shapes, crs=lots.crs)


def _told(plan: Plan, made: pd.Index) -> Plan:
    """Leave lots out of the lineage that never were."""
    told = plan.lineage
    return replace(plan, lineage=told.assign(before=told["before"].mask(told["before"].isin(made))))


def _reasons(error: LockedError, locked: pd.Series | None) -> str:
    """Say why lots are locked, the lots of one reason together."""
    said = pd.Series(dtype=object) if locked is None else locked[locked.index.isin(error.ids)]
    return " ".join(f"{reason}: {some_ids(lots)}." for reason, lots in said.groupby(said).groups.items())


def _fresh(plan: Plan, after: Plan, brief: Brief) -> gpd.GeoDataFrame:
    """Return findings that there were not before, though nobody may have told of reserves that lack."""
    found = after.findings
    if found is plan.findings:
        return found.iloc[:0]
    layers = plan.blocks, plan.street_lines, plan.streets, plan.reserves
    lacking = check_reserves(*layers, brief, base=reserve_base(plan), walks=False)
    told = [layer[FAULT].astype(str) for layer in (plan.findings, lacking)]
    known = pd.MultiIndex.from_frame(pd.concat(told, ignore_index=True))
    return found[~pd.MultiIndex.from_frame(found[FAULT].astype(str)).isin(known)]
