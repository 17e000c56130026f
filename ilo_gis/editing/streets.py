"""Streets drawn, moved and given up by hand; the blocks beside them are laid out again."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis.editing.edit import Edit
from ilo_gis.editing.figures import Totals
from ilo_gis.editing.planned import planned
from ilo_gis.progress import Progress
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.tables import Plan

__all__ = ["add_street", "drop_street", "move_street"]


def add_street(  # noqa: PLR0913 (what a street is, and the words of every gesture)
    plan: Plan,
    line: shapely.LineString,
    brief: Brief,
    *,
    width: float | None = None,
    street_class: str | None = None,
    name: str | None = None,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Draw a street; the blocks that it touches are parted and laid out again.

    Ends that miss another street by up to 2 m are led to it, and lines that it crosses are parted
    there.

    Parameters
    ----------
    plan : Plan
        The plan.
    line : LineString
        Centre line, in the CRS of the plan.
    brief : Brief
        Rule by which blocks are laid out, and widths of streets by class.
    width : float, optional
        In m; by default that of the class, or ``brief.street_width``.
    street_class : str, optional
        Such as ``"secondary"``.
    name : str, optional
        Of the street.
    locked : Series of str, optional
        Why a lot must not change, by ``lot_id``.
    preview : Totals, optional
        What the plan measures, if the edit is only to be shown: it comes the quicker, as `planned` tells.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of ``streets``, ``street_lines``, ``blocks``, ``lots`` and, where they are met,
        ``reserves``; with figures, and findings.

    Raises
    ------
    LockedError
        If the street takes land of locked lots; with their reasons.
    RuleError
        If the width is not positive, or the plan has no streets.
    GeometryError
        If the line is no sound line.

    References
    ----------
    RNE GH.020, articles 8 to 15 (streets and blocks).

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> brief = ilo_gis.subdivision.Brief(rule=ilo_gis.subdivision.LotRule(120.0, 7.0))
    >>> block = plan.blocks.geometry.iloc[0]
    >>> side = shapely.get_coordinates(shapely.oriented_envelope(block))
    >>> line = shapely.LineString([(side[0] + side[1]) / 2, (side[2] + side[3]) / 2])
    >>> len(add_street(plan, line, brief, width=8.0).changes["blocks"].come)
    1
    """
    if width is None:
        width = brief.street_width if street_class is None else brief.width(street_class)
    said = {"width": [width], "street_class": [street_class], "name": [name]}
    changes = Changes(add_streets=gpd.GeoDataFrame(said, geometry=[line], crs=plan.blocks.crs))
    return planned("street.add", plan, changes, brief, locked=locked, preview=preview, progress=progress)


def move_street(
    plan: Plan,
    line_id: str,
    line: shapely.LineString,
    brief: Brief,
    *,
    width: float | None = None,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Lead a street another way; the blocks that it touches before and after are laid out again.

    Parameters
    ----------
    plan, brief, locked, preview, progress
        As in `add_street`.
    line_id : str
        The line of ``plan.street_lines``; it keeps its id.
    line : LineString
        Its new course, in the CRS of the plan.
    width : float, optional
        In m; by default the one it has.

    Returns
    -------
    Edit
        As of `add_street`.

    Raises
    ------
    LockedError
        If the street takes land of locked lots; with their reasons.
    RuleError
        If there is no such line.
    GeometryError
        If the line is no sound line.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> brief = ilo_gis.subdivision.Brief(rule=ilo_gis.subdivision.LotRule(120.0, 7.0))
    >>> line = plan.street_lines.geometry.iloc[0]
    >>> move_street(plan, plan.street_lines.index[0], line, brief).nothing
    True
    """
    said = {} if width is None else {"width": [width]}
    moved = gpd.GeoDataFrame(
        said, geometry=[line], index=pd.Index([str(line_id)], name="line_id"), crs=plan.blocks.crs
    )
    return planned(
        "street.move", plan, Changes(move_streets=moved), brief, ids=[str(line_id)], locked=locked,
        preview=preview, progress=progress,
    )  # fmt: skip


def drop_street(
    plan: Plan,
    line_id: str,
    brief: Brief,
    *,
    locked: pd.Series | None = None,
    preview: Totals | None = None,
    progress: Progress | None = None,
) -> Edit:
    """Give up a street; the blocks beside it become one and are laid out again.

    Parameters
    ----------
    plan, brief, locked, preview, progress
        As in `add_street`.
    line_id : str
        The line of ``plan.street_lines``.

    Returns
    -------
    Edit
        As of `add_street`.

    Raises
    ------
    RuleError
        If there is no such line.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> brief = ilo_gis.subdivision.Brief(rule=ilo_gis.subdivision.LotRule(120.0, 7.0))
    >>> list(drop_street(plan, plan.street_lines.index[0], brief).changes["street_lines"].gone)
    ['1']
    """
    changes = Changes(drop_streets=[str(line_id)])
    return planned(
        "street.drop", plan, changes, brief, ids=[str(line_id)], locked=locked, preview=preview,
        progress=progress,
    )  # fmt: skip
