"""From a bare site to a plan: streets, blocks, reserves and lots."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from ilo_gis import norms as known_norms
from ilo_gis.errors import GeometryError
from ilo_gis.geometry.contours import contour_guide
from ilo_gis.geometry.terrain import grades
from ilo_gis.progress import Progress, go_on, within
from ilo_gis.subdivision.assembly import assembled
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.ground_plan import Start, starting_point
from ilo_gis.subdivision.search import SHARES, Tried, best_unlike, design_cell
from ilo_gis.tables import Elevation, Plan

__all__ = ["designs_of", "plan_alternatives", "plan_site", "search", "search_jobs"]

Lines = NDArray[np.object_]


def plan_site(
    site: gpd.GeoDataFrame,
    brief: Brief,
    streets: gpd.GeoDataFrame | None = None,
    constraints: gpd.GeoDataFrame | None = None,
    slope: Elevation | None = None,
    locked: gpd.GeoDataFrame | None = None,
    *,
    norms: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan a bare site: the best of what `plan_alternatives` finds.

    A street runs one lot inside the edge of the land, with lots along the edge; within it rows of
    blocks, two lots deep, follow a direction that is searched, or an edge that bends, or the
    contours. Cross streets part the rows into blocks, passages lead from the street along the edge
    to what lies outside. Reserves are placed on purpose, then all other blocks are cut into lots.

    Parameters
    ----------
    site : GeoDataFrame
        Polygons of any shape, in metres.
    brief : Brief
        What the plan must have and should be like.
    streets : GeoDataFrame, optional
        Centre lines of collectors and other streets to join, with ``width`` (m), ``street_class``
        and ``name`` where known; streets without a class are collectors.
    constraints : GeoDataFrame, optional
        Polygons not to be built on, with ``reason`` and ``article``, as in `buildable`.
    slope : Elevation, optional
        Heights of the ground, from ``io.read_elevation``: streets follow the contours where that is
        better, and their grades are checked.
    locked : GeoDataFrame, optional
        Lots or blocks that must not move, as polygons with their ids as index.
    norms : mapping of str to Norm, optional
        Norms in force; by default those of Peru.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Plan
        Streets (land and centre lines with name, class and width), blocks, reserves, lots,
        findings, the area table, indicators and losses.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If a layer cannot be used.
    RuleError
        If an entrance is off the site.
    Cancelled
        If `progress` returned False.
    ExactnessError
        If land was lost: a fault of ilo_gis.

    References
    ----------
    RNE GH.020 (streets, blocks, reserves) and TH.010 (lots, shares of reserves). J. López
    Follegatti, "Ilo: a city in transformation", Environment and Urbanization, 1999: streets, blocks,
    reserves and lots of the Pampa Inalámbrica were laid out before the families came.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(254000, 8047000, 254240, 8047160)], crs=32719)
    >>> brief = Brief(rule=ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0))
    >>> plan = plan_site(site, brief)
    >>> round(plan.summary.at["site", "area"])
    38400
    """
    one = replace(brief, alternatives=1)
    return plan_alternatives(site, one, streets, constraints, slope, locked, norms=norms, progress=progress)[
        0
    ]


def plan_alternatives(
    site: gpd.GeoDataFrame,
    brief: Brief,
    streets: gpd.GeoDataFrame | None = None,
    constraints: gpd.GeoDataFrame | None = None,
    slope: Elevation | None = None,
    locked: gpd.GeoDataFrame | None = None,
    *,
    norms: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> list[Plan]:
    """Plan a bare site in several ways that differ, the best first.

    Parameters
    ----------
    site, brief, streets, constraints, slope, locked, norms, progress
        As in `plan_site`.

    Returns
    -------
    list of Plan
        As many as ``brief.alternatives``, or fewer where the land allows one way only.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(254000, 8047000, 254240, 8047300)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> plans = plan_alternatives(site, Brief(rule=rule, alternatives=2))
    >>> len(plans)
    2
    """
    norms = known_norms.load("pe") if norms is None else norms
    go_on(progress, 0.0, "reading the site")
    start = starting_point(site, brief, streets, constraints, locked, slope)
    jobs, tried = search_jobs(start), []
    for k, job in enumerate(jobs):
        go_on(progress, 0.6 * k / len(jobs), "searching street patterns")
        tried.append(search(job, start=start, brief=brief, slope=slope))
    designs = designs_of(start, tried, brief)
    part = 0.4 / len(designs)
    return [
        assembled(one, start, brief, norms, slope, within(progress, 0.6 + k * part, 0.6 + (k + 1) * part))
        for k, one in enumerate(designs)
    ]


def search_jobs(start: Start) -> list[tuple[int, int]]:
    """Return the jobs of a search: a cell and a share of the patterns for each."""
    return [(cell, share) for cell in range(len(start.cells)) for share in range(SHARES)]


def search(job: tuple[int, int], *, start: Start, brief: Brief, slope: Elevation | None) -> list[Tried]:
    """Do one job of a search: return the best designs of a cell."""
    cell = start.cells[job[0]]
    guide = None
    if slope is not None and brief.orientation in ("best", "contours"):
        with suppress(GeometryError):  # a splinter of land, or one without heights, has no contours
            guide = contour_guide(slope, cell.land)
    return design_cell(
        cell,
        brief,
        start.given,
        start.entrances[job[0]],
        crs=start.site.crs,
        grades=None if slope is None else lambda lines: grades(lines, slope)[0],
        contour=guide,
        share=job[1],
    )


def designs_of(start: Start, tried: list[list[Tried]], brief: Brief) -> list[list[Tried]]:
    """Return the designs of each plan, from what `search` found for `search_jobs` in their order.

    The first plan has the best design of each cell, the next the best of those unlike it, and so on.
    """
    of_cell: list[list[Tried]] = [[] for _ in start.cells]
    for (cell, _), found in zip(search_jobs(start), tried, strict=True):
        of_cell[cell] += found
    best = [best_unlike(found, brief.alternatives) for found in of_cell]
    return [[some[min(k, len(some) - 1)] for some in best] for k in range(max(map(len, best)))]
