"""The streets of one cell of a site: a frame along its edge, rows of blocks, cross streets, ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.cells import Cell, frame, inner_land, links, spine
from ilo_gis.geometry.rim import openings, way_out
from ilo_gis.geometry.rows import (
    Grid,
    Strips,
    beside_thin,
    cross_streets,
    lengthened,
    offsets,
    row_streets,
    strips_between,
)
from ilo_gis.subdivision.brief import Brief

__all__ = ["Design", "Pattern", "Sizes", "lay_streets", "led_on", "room"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]

SPARE = 1e-3  # m that lots are deeper than the rule asks for, so that rounding makes none illegal
THIN = 0.6  # depths of a lot; a thinner strip is joined to the next: there is no lot on it
PAST = 0.02  # m that lines are led past the streets they end on; the rest is cut off again
HAIR = 2e-5  # m, the same for their fronts
ROUND = 100_000.0  # m2 of inner land from which a cell has main streets and a second way out


@dataclass(frozen=True)
class Sizes:
    """Measures that a layout is made of, in m.

    Attributes
    ----------
    depth, front : float
        Of a lot.
    street, main, passage : float
        Widths of secondary and principal streets and of passages.
    least, most : float
        Length of blocks.
    on_foot : bool
        Whether every other cross street is a passage.
    """

    depth: float
    front: float
    street: float
    main: float
    passage: float
    least: float
    most: float
    on_foot: bool

    @classmethod
    def of(cls, brief: Brief) -> Sizes:
        """Return the measures that a brief asks for."""
        rule = brief.rule
        front = max(rule.min_frontage, rule.target_frontage or 0.0)
        area = max(rule.min_area, rule.target_area or 0.0)
        depth = min(max(area / front, 1.0), rule.depth)
        # a passage is narrower than the cross street whose place it takes: the blocks beside it are longer
        spared = (brief.width("secondary") - brief.width("passage")) / 2 if brief.passages else 0.0
        return cls(
            depth=depth + SPARE,
            front=max(front, area / depth) + HAIR,
            street=brief.width("secondary"),
            main=brief.width("principal"),
            passage=brief.width("passage"),
            least=brief.min_block_length,
            most=brief.max_block_length - max(spared, 0.0),
            on_foot=brief.passages,
        )

    @property
    def pitch(self) -> float:
        """From one row to the next: two lots back to back and a street."""
        return 2 * self.depth + self.street


@dataclass(frozen=True)
class Pattern:
    """How the rows of a cell run.

    Attributes
    ----------
    guide : LineString
        A line that the rows follow, longer than the cell.
    anchor : float
        How far to the left of the guide one of the rows runs, m.
    pitch : float
        From row to row, m.
    grid : bool
        Whether cross streets meet across the rows.
    shift : float
        Where the cross streets of a grid begin, as a share of a block.
    kind : str
        ``straight``, ``bent`` or ``contour``.
    """

    guide: shapely.LineString
    anchor: float
    pitch: float
    grid: bool = False
    shift: float = 0.0
    kind: str = "straight"


class Design(NamedTuple):
    """Centre lines of new streets, their classes and widths, and where some end in a turning circle."""

    lines: Lines
    street_class: Lines
    width: Floats
    turns: Lines


def room(cell: Cell, sizes: Sizes) -> shapely.Geometry:
    """Return the land of a cell where streets may run."""
    return inner_land(cell, sizes.depth + sizes.street / 2, sizes.depth + sizes.street)


def lay_streets(
    cell: Cell,
    pattern: Pattern,
    sizes: Sizes,
    given: tuple[Lines, Floats],
    entrances: Lines,
    *,
    edge: bool = True,
) -> Design:
    """Lay the streets of a cell out by a pattern.

    Parameters
    ----------
    cell : Cell
    pattern : Pattern
    sizes : Sizes
    given : (array of LineString, array of float)
        Streets that are there, and their widths in m.
    entrances : array of Point
        Where streets come in through the closed outline of this cell. By default, and where no
        given street runs along the cell, one way out is chosen, of large cells two.
    edge : bool
        Whether to lay out ways to the edge too: they cost most of the time and depend on the
        pattern little.
    """
    inner = room(cell, sizes)
    if shapely.is_empty(inner):
        return _thin(cell, sizes)
    rim = frame(cell, inner)
    at, main = _rows_at(inner, pattern, sizes)
    rows, row = row_streets(inner, pattern.guide, at, sizes.street + 2 * sizes.front)
    across = _main_cross(inner, pattern, sizes) if main is not None else rows[:0]
    principal = row == main if main is not None else np.zeros(len(row), dtype=bool)
    rows, principal, strips = _strips(inner, pattern, sizes, at, rows, principal, (rim, across, given))
    cross, place = cross_streets(strips, sizes.street, sizes.most, _grid(inner, pattern, sizes))
    on_foot = (place % 2 == 1) & sizes.on_foot
    joints = links(shapely.get_parts(inner), cell.land)
    main_streets = np.concatenate([across, rows[principal]])
    doors, ways = rows[:0], rows[:0]
    if edge:
        doors, ways = _ways_out(cell, inner, rim, main_streets, sizes, entrances)
    return _design(
        secondary=(np.concatenate([rim, rows[~principal], cross[~on_foot], joints]), sizes.street),
        principal=(np.concatenate([rows[principal], across, doors]), sizes.main),
        passage=(np.concatenate([ways, cross[on_foot]]), sizes.passage),
    )


def _thin(cell: Cell, sizes: Sizes) -> Design:
    """Lay streets along the middle of land that has no room for a frame and no street beside it."""
    beside = shapely.length(cell.land) - shapely.length(cell.closed) > sizes.front
    if beside or shapely.area(cell.land) < sizes.street * sizes.most / 2:
        return _design()
    lines = spine(cell.land, sizes.depth / 4)
    doors = lines[:0]
    if shapely.is_closed(lines).all():  # all round a hole
        doors = np.array([way_out(shapely.get_point(lines[0], 0), cell.closed)])
    return _design(secondary=(lines, sizes.street), principal=(doors, sizes.main))


def _strips(
    inner: shapely.Geometry,
    pattern: Pattern,
    sizes: Sizes,
    at: Floats,
    rows: Lines,
    principal: NDArray[np.bool_],
    others: tuple[Lines, Lines, tuple[Lines, Floats]],
) -> tuple[Lines, NDArray[np.bool_], Strips]:
    """Return the land between rows, and the rows without those beside land too thin for lots."""
    rim, across, (given, widths) = others
    while True:
        streets = np.concatenate([rim, across, rows])
        wide = [np.full(len(rim), sizes.street), np.full(len(across), sizes.main)]
        width = np.concatenate([*wide, np.where(principal, sizes.main, sizes.street), widths])
        ribbons = shapely.buffer(
            np.concatenate([streets, given]), width / 2, cap_style="flat", join_style="mitre"
        )
        strips = strips_between(inner, streets, shapely.union_all(ribbons), pattern.guide, at)
        idle = beside_thin(strips, rows, THIN * sizes.depth)
        if not idle.any():
            return rows, principal, strips
        rows, principal = rows[~idle], principal[~idle]


def _design(**classes: tuple[Lines, float]) -> Design:
    lines = [np.empty(0, dtype=object), *(lines for lines, _ in classes.values())]
    count = [len(lines) for lines, _ in classes.values()]
    return Design(
        led_on(np.concatenate(lines)),
        np.repeat(np.array(list(classes), dtype=object), count),
        np.repeat([float(width) for _, width in classes.values()], count),
        np.empty(0, dtype=object),
    )


def led_on(lines: Lines) -> Lines:
    """Lead lines a little past both ends, so that they cross the streets they end on; not rings."""
    rings = shapely.is_closed(lines)
    return np.array(
        [line if ring else lengthened(line, PAST) for line, ring in zip(lines, rings, strict=True)],
        dtype=object,
    )


def _rows_at(inner: shapely.Geometry, pattern: Pattern, sizes: Sizes) -> tuple[Floats, int | None]:
    """Return how far from the guide the rows run, and which of them is the main one."""
    away = offsets(shapely.get_coordinates(inner), pattern.guide)
    low, high = away.min(), away.max()
    first, last = (
        np.ceil((low - pattern.anchor) / pattern.pitch),
        np.floor((high - pattern.anchor) / pattern.pitch),
    )
    at = pattern.anchor + np.arange(first, last + 1) * pattern.pitch
    if shapely.area(inner) < ROUND or len(at) < 3:
        return at[(at > low + 1) & (at < high - 1)], None
    main = int(
        np.abs(at - offsets(shapely.get_coordinates(shapely.centroid(inner)), pattern.guide)[0]).argmin()
    )
    at = at + np.sign(np.arange(len(at)) - main) * (sizes.main - sizes.street) / 2
    fits = (at > low + 1) & (at < high - 1)
    return at[fits], int(fits[:main].sum())


def _main_cross(inner: shapely.Geometry, pattern: Pattern, sizes: Sizes) -> Lines:
    """Return the main street across the rows, through the middle."""
    guide = pattern.guide
    place = shapely.line_locate_point(guide, shapely.centroid(inner)) + (pattern.shift - 0.5) * sizes.most
    here, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(guide, place + k))[0] for k in (0, 0.01)
    )
    step = (ahead - here)[::-1] * [-1, 1] / np.hypot(*(ahead - here)) * shapely.length(guide)
    line = shapely.LineString([here - step, here + step])
    parts = shapely.get_parts(shapely.intersection(line, inner))
    return parts[(shapely.get_type_id(parts) == 1) & (shapely.length(parts) > sizes.pitch)]


def _grid(inner: shapely.Geometry, pattern: Pattern, sizes: Sizes) -> Grid:
    """Return where along the guide the cross streets of a grid run."""
    whole = np.floor(sizes.most / sizes.front + 1e-9) * sizes.front + sizes.street
    middle = (
        shapely.line_locate_point(pattern.guide, shapely.centroid(inner)) + (pattern.shift - 0.5) * sizes.most
    )
    extra = (sizes.main - sizes.street) / 2
    k = np.arange(
        -int(shapely.length(pattern.guide) / whole) - 1, int(shapely.length(pattern.guide) / whole) + 2
    )
    return Grid(middle + k * whole + np.sign(k) * extra, sizes.front, sizes.least, pattern.grid)


def _ways_out(
    cell: Cell, inner: shapely.Geometry, rim: Lines, main: Lines, sizes: Sizes, entrances: Lines
) -> tuple[Lines, Lines]:
    """Return streets from the rim to the entrances, and passages that part the land along the edge."""
    doors: list[shapely.LineString] = []
    ways: list[shapely.LineString] = []
    beside = shapely.length(cell.land) - shapely.length(cell.closed) > sizes.front
    first = max(range(len(rim)), key=lambda k: shapely.length(rim[k]), default=0)
    for k, ring in enumerate(rim):
        ends = [_nearest(ring, p) for p in entrances if shapely.distance(rim, p).argmin() == k]
        targets = [p for p in entrances if shapely.distance(rim, p).argmin() == k]
        if not len(entrances) and not beside and k == first:
            ends = _ends(ring, main, sizes, 2 if shapely.area(inner) > ROUND else 1)
            targets = [cell.closed] * len(ends)
        doors += [way_out(end, target) for end, target in zip(ends, targets, strict=True)]
        round_ = shapely.is_closed(ring)
        start = shapely.line_locate_point(ring, ends[0]) if ends and round_ else 0.0
        closed = shapely.intersection(cell.closed, shapely.buffer(ring, 3 * (sizes.depth + sizes.street)))
        places = openings(ring, closed, start, sizes.passage, sizes.street, sizes.most, sizes.front)
        points = shapely.line_interpolate_point(ring, places)
        clear = shapely.distance(points, shapely.multipoints(ends)) > sizes.front if ends else places >= 0
        ways += [way_out(p, closed) for p in points[clear]]
    return np.array(doors, dtype=object), np.array(ways, dtype=object)


def _nearest(ring: shapely.LineString, point: shapely.Point) -> shapely.Point:
    return shapely.line_interpolate_point(ring, shapely.line_locate_point(ring, point))


def _ends(ring: shapely.LineString, main: Lines, sizes: Sizes, number: int) -> list[shapely.Point]:
    """Return where the main streets meet the rim; without any, the start of the rim."""
    points = np.concatenate([shapely.get_point(main, 0), shapely.get_point(main, -1)])
    points = points[shapely.dwithin(points, ring, sizes.street)]
    return [_nearest(ring, p) for p in points[:number]] or [shapely.get_point(ring, 0)]
