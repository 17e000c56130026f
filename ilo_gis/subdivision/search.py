"""The search for the best streets of each cell: many patterns are estimated, the best of them tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.cells import Cell
from ilo_gis.geometry.coverage import EXACT
from ilo_gis.geometry.measure import sides
from ilo_gis.geometry.rows import lengthened
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.dead_ends import with_dead_ends
from ilo_gis.subdivision.design import Design, Pattern, Sizes, lay_streets, room
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.patterns import anchors, bent_guides, straight_guide, straight_guides

__all__ = ["SHARES", "Tried", "best_of", "design_cell", "worth"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]
Grades = Callable[[Lines], Floats]

PLACES = 3  # of the rows, tried for each guide besides those beside parallel edges
SHARES = 2  # that the patterns of a cell are dealt out to, whatever the number of processors
SHIFTS = 0.0, 0.25, 0.5, 0.75  # of the cross streets of a grid, as shares of a block
ASIDE = -0.1, 0.1  # of the rows, as shares of their pitch
FINE = 3, 2  # patterns whose neighbours are estimated too: some, and some more for each plan kept
TRIED = 2, 2  # patterns tried with real lots, the same
STEEP = 0.12  # share; a mean grade that is worth nothing
LOTS_TOO = 0.25  # weight of lots whatever else is favoured
UNLIKE = 20.0  # degrees between the rows of two plans that are not alike


@dataclass(frozen=True)
class Tried:
    """A design of a cell, and what it is worth.

    Attributes
    ----------
    design : Design
    pattern : Pattern or None
        None for thin land, which has one street.
    lots : int
        Legal lots, cut cleanly.
    street : float
        Metres of new streets.
    grade : float
        Mean grade along them, as a share; 0 where the ground is not known.
    score : float
        By what the brief favours.
    """

    design: Design
    pattern: Pattern | None
    lots: int
    street: float
    grade: float
    score: float


def design_cell(
    cell: Cell,
    brief: Brief,
    given: tuple[Lines, Floats],
    entrances: Lines,
    *,
    crs: Any,
    grades: Grades | None = None,
    contour: shapely.LineString | None = None,
    share: int = 0,
) -> list[Tried]:
    """Return the best designs of a cell that are not alike, the best first.

    Parameters
    ----------
    cell : Cell
    brief : Brief
    given : (array of LineString, array of float)
        Streets that are there, and their widths in m.
    entrances : array of Point
    crs : CRS
    grades : callable, optional
        Returns the mean grade of lines, as a share.
    contour : LineString, optional
        A guide along the contours of the ground.
    share : int
        Which of the `SHARES` of all patterns to try: each is a job of its own.

    Returns
    -------
    list of Tried
        All that were tried with real lots.
    """
    sizes = Sizes.of(brief)
    number = brief.alternatives
    inner = room(cell, sizes)
    if shapely.is_empty(inner):
        if share:
            return []
        design = lay_streets(cell, _some_pattern(cell.land, sizes), sizes, given, entrances)
        return [_tried(cell, design, None, brief, given, crs, grades)]
    near = shapely.STRtree(given[0]).query(
        cell.land, predicate="dwithin", distance=float(given[1].max(initial=0))
    )
    given = given[0][near], given[1][near]
    laid = []

    def try_out(pattern: Pattern) -> None:
        design = lay_streets(cell, pattern, sizes, given, entrances, edge=False)
        laid.append((_estimate(cell, design, given, sizes, brief), pattern))

    for pattern in _patterns(inner, sizes, brief, contour, share):
        try_out(pattern)
    for _, pattern in _spread(laid, FINE[0] + FINE[1] * number):
        for near_by in _near(pattern):
            try_out(near_by)
    tried = []
    for _, pattern in _spread(laid, TRIED[0] + TRIED[1] * number):
        design = lay_streets(cell, pattern, sizes, given, entrances)
        if brief.dead_ends:
            design = with_dead_ends(cell, design, given, sizes, brief)
        tried.append(_tried(cell, design, pattern, brief, given, crs, grades))
    return tried


def _near(pattern: Pattern) -> Iterator[Pattern]:
    """Yield patterns like one: its cross streets on grids, its rows a little aside."""
    yield from (replace(pattern, grid=True, shift=shift) for shift in SHIFTS)
    yield from (replace(pattern, anchor=pattern.anchor + pattern.pitch * by) for by in ASIDE)


def _some_pattern(land: shapely.Geometry, sizes: Sizes) -> Pattern:
    return Pattern(straight_guide(land, 0.0), 0.0, sizes.pitch)


def _patterns(
    inner: shapely.Geometry, sizes: Sizes, brief: Brief, contour: shapely.LineString | None, share: int
) -> Iterator[Pattern]:
    """Yield a share of the patterns that the brief leaves open."""
    way = brief.orientation
    guides = [(guide, "contour") for guide in ([] if contour is None else [contour])]
    if isinstance(way, tuple):
        guides = [
            (
                lengthened(shapely.LineString(way), 10 * shapely.length(inner)),
                "bent" if len(way) > 2 else "straight",
            )
        ]
    elif not isinstance(way, str):
        guides = [(straight_guide(inner, 90.0 - way), "straight")]
    elif way == "best":
        guides += [(guide, "straight") for guide in straight_guides(inner)]
        guides += [(guide, "bent") for guide in bent_guides(inner)]
    for guide, kind in guides[share::SHARES]:
        yield from anchors(inner, Pattern(guide, 0.0, sizes.pitch, shift=0.5, kind=kind), PLACES, brief.seed)


def _estimate(cell: Cell, design: Design, given: tuple[Lines, Floats], sizes: Sizes, brief: Brief) -> float:
    """Return about how many lots a design has, from the size of its blocks alone."""
    lines, width = np.concatenate([design.lines, given[0]]), np.concatenate([design.width, given[1]])
    roads = shapely.union_all(shapely.buffer(lines, width / 2, cap_style="flat", join_style="mitre"))
    blocks = shapely.get_parts(shapely.difference(cell.land, roads))
    blocks = blocks[shapely.area(blocks) > brief.rule.min_area]
    if not len(blocks):
        return 0.0
    area = shapely.area(blocks)
    long, short = sides(blocks)
    edge = shapely.intersection(shapely.boundary(blocks), shapely.buffer(cell.closed, EXACT**0.5))
    front = np.minimum(
        shapely.length(blocks) - shapely.length(edge), 2 * long + 2 * np.maximum(short - 2 * sizes.depth, 0)
    )
    shape = 0.9 + 0.1 * area / (long * short)  # land of other shapes than rectangles holds fewer
    return float(np.floor(np.minimum(area / brief.rule.min_area, front / sizes.front) * shape).sum())


def _spread(laid: list[tuple[float, Pattern]], number: int) -> list[tuple[float, Pattern]]:
    """Return the best, but not all of one direction."""
    kept: list[tuple[float, Pattern]] = []
    for one in sorted(laid, key=lambda one: -one[0]):
        alike = sum(_alike(one[1], other[1]) for other in kept)
        if alike < max(number // 2, 2) and len(kept) < number:
            kept.append(one)
    return kept


def _alike(one: Pattern, other: Pattern) -> bool:
    apart = abs((_direction(one) - _direction(other) + 90.0) % 180.0 - 90.0)
    return apart < UNLIKE and one.kind == other.kind


def _direction(pattern: Pattern) -> float:
    xy = shapely.get_coordinates(pattern.guide)
    return float(np.degrees(np.arctan2(*(xy[-1] - xy[0])[::-1])))


def best_of(tried: list[Tried], number: int, *, unlike: bool) -> list[Tried]:
    """Return the best designs, the best first; if `unlike`, without those that run like a better one."""
    kept: list[Tried] = []
    for one in sorted(tried, key=lambda one: (-one.score, -one.lots)):
        if len(kept) < number and not (unlike and any(_run_alike(one, other) for other in kept)):
            kept.append(one)
    return kept


def _run_alike(one: Tried, other: Tried) -> bool:
    return one.pattern is None or other.pattern is None or _alike(one.pattern, other.pattern)


def _tried(
    cell: Cell,
    design: Design,
    pattern: Pattern | None,
    brief: Brief,
    given: tuple[Lines, Floats],
    crs: Any,
    grades: Grades | None,
) -> Tried:
    """Lay out lots by a design, and judge it."""
    blocks, fronts = _blocks(cell, design, given, crs)
    lots = 0
    if len(blocks):
        table = cut_lots(blocks, brief.rule, streets=fronts)
        lots = int((table["kind"] == "lot").sum())
    street = float(shapely.length(design.lines).sum())
    steep = np.zeros(len(design.lines)) if grades is None else np.nan_to_num(grades(design.lines))
    grade = float(np.average(steep, weights=shapely.length(design.lines))) if len(steep) else 0.0
    return Tried(design, pattern, lots, street, grade, worth(brief, cell.land.area, lots, street, grade, 1.0))


def worth(brief: Brief, area: float, lots: int, street: float, grade: float, near: float) -> float:
    """Return what a layout is worth by what the brief favours: weighted shares of the best there can be.

    Parameters
    ----------
    brief : Brief
    area : float
        Of the land, m2.
    lots : int
    street : float
        Length of its streets, m.
    grade : float
        Mean grade along them, as a share.
    near : float
        Share of lots in reach of green.
    """
    favour = {brief.favour: 1.0} if isinstance(brief.favour, str) else dict(brief.favour)
    full = lots * brief.rule.min_area / area
    shares = {
        "lots": full,
        "streets": 1.0 / (1.0 + street / max(lots, 1) / brief.rule.min_frontage),
        "slope": 1.0 - grade / STEEP,
        "green": near,
    }
    return sum(weight * shares[name] for name, weight in favour.items()) + LOTS_TOO * full


def _blocks(
    cell: Cell, design: Design, given: tuple[Lines, Floats], crs: Any
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the blocks of a cell as they come out, and the land that lots may front."""
    lines, width = np.concatenate([design.lines, given[0]]), np.concatenate([design.width, given[1]])
    passage = np.concatenate([design.street_class == "passage", np.zeros(len(given[0]), dtype=bool)])
    ribbons = shapely.buffer(lines, width / 2, cap_style="flat", join_style="mitre")
    blocks = shapely.get_parts(shapely.difference(cell.land, shapely.union_all(ribbons)))
    blocks = blocks[(shapely.get_type_id(blocks) == 3) & (shapely.area(blocks) > 1.0)]
    index = pd.Index([str(k) for k in range(len(blocks))], name="block_id")
    return (
        gpd.GeoDataFrame(geometry=blocks, index=index, crs=crs),
        gpd.GeoDataFrame(geometry=[shapely.union_all(ribbons[~passage])] if len(ribbons) else [], crs=crs),
    )
