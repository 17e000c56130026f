"""From a bare site to a plan: streets, blocks, reserves and lots."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
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
from ilo_gis.subdivision.search import SHARES, Tried, best_of, design_cell, worth
from ilo_gis.tables import Elevation, Plan

__all__ = ["best_first", "designs_of", "plan_alternatives", "plan_site", "search", "search_jobs"]

FINALISTS = 3  # designs that are laid out whole for one plan: reserves cost some more lots than others

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
        Polygons not to be built on, with ``reason`` and ``article``, as in `ilo_gis.site.buildable`.
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
    given = (site, brief, streets, constraints, slope, locked)
    return _planned(given, norms, progress, number=FINALISTS, unlike=False)[0]


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
    given = (site, brief, streets, constraints, slope, locked)
    return _planned(given, norms, progress, number=brief.alternatives, unlike=True)


def _planned(
    given: tuple[Any, ...],
    norms: Mapping[str, Any] | None,
    progress: Progress | None,
    *,
    number: int,
    unlike: bool,
) -> list[Plan]:
    """Search designs, lay the best of them out whole, and return the plans, the best first."""
    site, brief, streets, constraints, slope, locked = given
    norms = known_norms.load("pe") if norms is None else norms
    go_on(progress, 0.0, "reading the site")
    start = starting_point(site, brief, streets, constraints, locked, slope)
    jobs, tried = search_jobs(start), []
    for k, job in enumerate(jobs):
        go_on(progress, 0.5 * k / len(jobs), "searching street patterns")
        tried.append(search(job, start=start, brief=brief, slope=slope))
    designs = designs_of(start, tried, number, unlike=unlike)
    part = 0.5 / len(designs)
    plans = [
        assembled(one, start, brief, norms, slope, within(progress, 0.5 + k * part, 0.5 + (k + 1) * part))
        for k, one in enumerate(designs)
    ]
    return best_first(plans, brief)


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


def designs_of(start: Start, tried: list[list[Tried]], number: int, *, unlike: bool) -> list[list[Tried]]:
    """Return the designs of each plan, from what `search` found for `search_jobs` in their order.

    The first plan has the best design of each cell, the next the second best (if `unlike`, of those
    that run otherwise), and so on.
    """
    of_cell: list[list[Tried]] = [[] for _ in start.cells]
    for (cell, _), found in zip(search_jobs(start), tried, strict=True):
        of_cell[cell] += found
    best = [best_of(found, number, unlike=unlike) for found in of_cell]
    return [[some[min(k, len(some) - 1)] for some in best] for k in range(max(map(len, best)))]


def best_first(plans: list[Plan], brief: Brief) -> list[Plan]:
    """Return plans by what the brief favours, those with errors last."""

    def merit(plan: Plan) -> tuple[int, float]:
        said = plan.indicators["value"].reindex(["lots", "street_per_lot", "grade_mean", "green_near"])
        lots, street, grade, near = said.fillna(0.0)
        errors = int((plan.findings["severity"] == "error").sum())
        area = float(plan.summary.at["site", "area"])
        return -errors, worth(brief, area, int(lots), lots * street, grade / 100, near / 100)

    return sorted(plans, key=merit, reverse=True)
