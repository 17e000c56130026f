"""Lots merged and split by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import shapely

from ilo_gis.editing.edit import Edit
from ilo_gis.editing.figures import Totals
from ilo_gis.editing.planned import planned
from ilo_gis.errors import RuleError, some_ids
from ilo_gis.progress import Progress
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.tables import Plan

__all__ = ["merge_lots", "split_lot"]


def merge_lots(
    plan: Plan,
    lot_ids: Sequence[str],
    brief: Brief,
    *,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Make one lot of several lots or remnants of a block that touch.

    The new lot gets a number that no lot of the block ever had; ``lineage`` tells what it is made of.
    It is a lot if one of them was, legal or not: the findings tell.

    Parameters
    ----------
    plan : Plan
        The plan, in metres.
    lot_ids : sequence of str
        Two lots or more.
    brief : Brief
        What a lot must be.
    locked : Series of str, optional
        Why a lot must not change, by ``lot_id``, as `lock_reasons` tells.
    preview : Totals, optional
        What the plan measures, if the edit is only to be shown: it comes the quicker, as `planned` tells.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of ``lots`` (those of the block whose neighbours change among them) and ``lineage``; with
        figures, and findings.

    Raises
    ------
    RuleError
        If there is no such lot, they are of several blocks, or do not touch.
    LockedError
        If one is locked; with the reason.

    References
    ----------
    Reglamento de Inscripciones del Registro de Predios, Resolución 097-2013-SUNARP/SN: acumulación de
    predios (confidence: memory-mid; article unknown to us).

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> edit = merge_lots(plan, ["K-5", "K-6"], ilo_gis.subdivision.Brief(rule=rule))
    >>> edit.title("es"), edit.changes["lots"].after.at["K-21", "area"]
    ('Unir los lotes K-5, K-6', 320.0)
    """
    ids = list(dict.fromkeys(map(str, lot_ids)))
    _require_lots(plan, ids)
    return planned(
        "lots.merge",
        plan,
        Changes(merge=[ids]),
        brief,
        ids=ids,
        locked=locked,
        preview=preview,
        progress=progress,
    )


def split_lot(
    plan: Plan,
    lot_id: str,
    how: shapely.LineString | int,
    brief: Brief,
    *,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Split a lot by a line, or into parts of equal area along its front.

    The parts get numbers that no lot of the block ever had; ``lineage`` tells what they come from.
    Parts of a lot are lots, legal or not: the findings tell.

    Parameters
    ----------
    plan : Plan
        The plan, in metres.
    lot_id : str
        A lot or remnant.
    how : LineString or int
        A line right across, in the CRS of the plan; or a number of parts, 2 or more.
    brief, locked, preview, progress
        As for `merge_lots`.

    Returns
    -------
    Edit
        As of `merge_lots`.

    Raises
    ------
    RuleError
        If there is no such lot, or it cannot be split so.
    LockedError
        If it is locked; with the reason.

    References
    ----------
    Ley 29090 and DS 029-2019-VIVIENDA, chapter on procedures beside the licence: subdivisión de lote
    urbano (confidence: memory-high; articles unknown to us). RNE GH.020: what its parts must be
    (confidence: read, gob.pe, "Solicitar la subdivisión de lote urbano").

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> edit = split_lot(plan, "K-5", 2, ilo_gis.subdivision.Brief(rule=rule))
    >>> edit.changes["lots"].after.loc[["K-21", "K-22"], "area"].round(6).tolist()
    [80.0, 80.0]
    """
    _require_lots(plan, [lot_id])
    changes = Changes(split={str(lot_id): how})
    return planned(
        "lots.split", plan, changes, brief, ids=[lot_id], locked=locked, preview=preview, progress=progress
    )


def _require_lots(plan: Plan, ids: Sequence[str]) -> None:
    if unknown := [lot for lot in ids if lot not in plan.lots.index]:
        raise RuleError(f"The plan has no lots {some_ids(unknown)}. Look the ids up in its tables.")
