"""Land for parks, schools and other public uses (aportes), placed on purpose and exact in area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.geometry.measure import sides
from ilo_gis.geometry.slices import cut_off, split_edges
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.numbering import letter
from ilo_gis.subdivision.reserve_checks import check_reserves
from ilo_gis.subdivision.reserve_choice import FULL, Choice, Needs, choose
from ilo_gis.subdivision.reserve_ends import Ends, ends_of
from ilo_gis.subdivision.reserve_reach import Places, Reach, in_reach, spread
from ilo_gis.tables import conform, empty, require_geometry, require_metres, require_same_crs

__all__ = ["ReservedLand", "place_reserves"]

CUT = 3.0  # lots that a cut costs: the rest of the block has two more corners to lay out
PIECE = 5.0  # lots that one more piece costs: few large parks and schools are easier to keep up than many
MORE = 12  # blocks that the solver can choose among beyond those needed
FEW = 3  # the same for a site of one piece
TAIL = 2.0  # largest blocks left to the solver; those found before are taken whole

NO_CUTS = (np.zeros(0, np.int64), np.zeros(0, bool), np.zeros(0))

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]


@dataclass(frozen=True)
class ReservedLand:
    """Blocks and streets with reserves placed.

    Attributes
    ----------
    blocks : GeoDataFrame
        Table ``blocks``; a block that was cut is two.
    streets : GeoDataFrame
        Table ``streets``, with a vertex where a cut meets the street.
    reserves : GeoDataFrame
        Table ``reserves``: blocks, each of one kind.
    findings : GeoDataFrame
        Table ``findings``: what could not be had, and by how much.
    """

    blocks: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    reserves: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def place_reserves(
    blocks: gpd.GeoDataFrame,
    street_lines: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    brief: Brief,
    *,
    base: float,
    lots: pd.Series | None = None,
    pieces: Mapping[str, Sequence[float]] | None = None,
) -> ReservedLand:
    """Reserve land for parks, schools and other uses: exact shares that cost as few lots as possible.

    A reserve is a whole block, or an end of one cut off by a straight line square to its long side.
    Parks come first: places that bring all lots into reach, then places that bring parks nearer to
    lots. Other uses lie in few pieces near the middle of the lots. Among places alike, those are
    taken that cost the fewest lots, such as blocks of odd shape.

    Parameters
    ----------
    blocks, street_lines, streets : GeoDataFrame
        The tables of that name, as from `layout_streets`.
    brief : Brief
        Its reserves, `parks` and `rule` count here.
    base : float
        Area that the shares are of, m2: the site less collectors and larger roads.
    lots : Series, optional
        How many lots each block would hold, by ``block_id``. By default its area by that of a lot.
    pieces : mapping of str to sequence of float, optional
        Areas of pieces wanted by kind, m2, such as sites of schools; as many of the first as the
        share has room for. By default few large ones.

    Returns
    -------
    ReservedLand
        Tables ``blocks``, ``streets``, ``reserves``, ``findings``. The part of a cut block that is
        left keeps its letter, the reserve has a new one after the last.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If a block is missing, empty or not one polygon.
    RuleError
        If `base` is no positive number.

    See Also
    --------
    check_reserves : measures the same again on any plan.
    join_candidates : streets to leave out where no block is large enough for the largest park.

    Notes
    -----
    Where a park has a corner under 45 degrees, that counts as park; GH.020, article 31, leaves it out.

    References
    ----------
    RNE TH.010, article 10, and GH.020, articles 27 to 31 (aportes).

    Examples
    --------
    Two blocks of 88 by 88 m. A fifth of them for parks is 3,097.6 m2, cut off one of them.

    >>> ways = ["LINESTRING (0 -6, 0 106)", "LINESTRING (100 -6, 100 106)", "LINESTRING (200 -6, 200 106)",
    ...         "LINESTRING (-6 0, 206 0)", "LINESTRING (-6 100, 206 100)"]
    >>> lines = geopandas.GeoDataFrame(geometry=shapely.from_wkt(ways), crs=32719)
    >>> land = ilo_gis.subdivision.layout_streets(lines, width=12.0)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule, reserves=0.2)
    >>> done = place_reserves(land.blocks, land.street_lines, land.streets, brief, base=15488.0)
    >>> done.reserves["area"].round(6).to_dict(), len(done.blocks), len(done.findings)
    ({'C': 3097.6}, 3, 0)
    """
    require_metres(blocks, "blocks")
    require_same_crs(blocks=blocks, street_lines=street_lines, streets=streets)
    require_geometry(blocks, "Polygon", name="blocks")
    if not 0 < base < np.inf:
        raise RuleError(f"base is {base}; it should be the area that shares are of, in m2.")
    land = _Land(blocks, street_lines, streets, brief, lots)
    shares = sorted(brief.shares.items(), key=lambda item: (item[0] not in brief.parks.parks, -item[1]))
    for kind, share in shares:
        goal = share * base
        if goal < brief.parks.smallest.get(kind, 0.0) - FULL or land.all_reserved:
            continue
        if kind in brief.parks.parks and not land.has_parks:
            green = base * sum(s for k, s in shares if k in brief.parks.parks)
            over = blocks.area.sum() + streets.area.sum() > brief.parks.one_piece_over
            land.reserve(kind, goal, brief.parks.one_piece * green if over else 0.0)
        else:
            *sites, rest = _pieces(goal, (pieces or {}).get(kind, ()), brief.parks.smallest.get(kind, 0.0))
            for area in sites:
                land.reserve(kind, area, more=FEW)
            land.reserve(kind, rest)
    made = land.blocks(), land.streets(), land.reserves()
    told = check_reserves(made[0], street_lines, made[1], made[2], brief, base=base)
    return ReservedLand(*made, told)


def _moved(reach: Reach, parent: Ints, count: int) -> Reach:
    """Return walks between places of blocks that are left, given the first block of each."""
    now = np.full(count, -1)
    now[parent] = np.arange(len(parent))
    block = now[reach.place % count]
    place = block + (reach.place >= count) * len(parent)
    left = block >= 0
    return Reach(place[left], reach.half[left], reach.distance[left], reach.lots)


def _pieces(goal: float, wanted: Sequence[float], smallest: float) -> list[float]:
    """Return areas of pieces that add up to a goal: those wanted, then what is left."""
    room = np.cumsum(np.asarray(wanted, dtype=float)) <= goal
    areas = [float(area) for area in np.asarray(wanted, dtype=float)[np.cumprod(room).astype(bool)]]
    rest = goal - sum(areas)
    if areas and rest < smallest:
        return [*areas[:-1], areas[-1] + rest]
    return [*areas, rest]


class _Land:
    """Blocks while reserves are taken from them, one kind after another."""

    def __init__(
        self,
        blocks: gpd.GeoDataFrame,
        street_lines: gpd.GeoDataFrame,
        streets: gpd.GeoDataFrame,
        brief: Brief,
        lots: pd.Series | None,
    ) -> None:
        self._table, self._street_table, self._brief = blocks, streets, brief
        self._lines = np.asarray(street_lines.geometry.array, dtype=object)
        self._street = shapely.union_all(np.asarray(streets.geometry.array, dtype=object))
        self._shapes = np.asarray(blocks.geometry.array, dtype=object).copy()
        self._parent = np.arange(len(blocks))
        self._kind = np.full(len(blocks), "", dtype=object)
        self._splits: list[Floats] = []
        area = shapely.area(self._shapes)
        held = area / brief.rule.min_area if lots is None else lots.reindex(blocks.index).to_numpy(float)
        self._density = np.nan_to_num(held) / area
        self._reach: Reach | None = None
        self._apart: dict[str, Floats] = {}  # walk from each half block to the nearest of a kind

    @property
    def all_reserved(self) -> bool:
        """Whether no block is left."""
        return bool((self._kind != "").all())

    @property
    def has_parks(self) -> bool:
        """Whether there is a park already."""
        return bool(np.isin(self._kind, self._brief.parks.parks).any())

    def _ends(self, free: Ints, kind: str) -> Ends:
        rule, parks = self._brief.rule, self._brief.parks
        return ends_of(
            self._shapes[free],
            self._street,
            width=parks.width if kind in parks.parks else rule.min_frontage,
            smallest=parks.smallest.get(kind, 0.0),
            rest=max(rule.depth, 2 * rule.min_frontage),
        )

    def _walks(self, kind: str) -> Reach:
        """Return walks between the blocks as they were at first; they are measured once."""
        if self._reach is None:
            first = np.arange(len(self._table))
            shapes = self._shapes[first]
            lots = self._density[first] * shapely.area(shapes)
            limit = self._brief.parks.reach
            ends = self._ends(first, kind)
            self._reach = in_reach(shapes, ends, lots, self._lines, self._street, limit)
        return self._reach

    def reserve(self, kind: str, goal: float, one_piece: float = 0.0, more: int = MORE) -> None:
        """Reserve an area: the first parks in reach of all lots, other uses in few pieces.

        Of the first parks one has `one_piece` m2 at the least, if any block has them. The solver
        chooses among `more` blocks beyond those needed.
        """
        park = kind in self._brief.parks.parks
        cover = park and not self.has_parks
        near, free = self._walks(kind), np.flatnonzero(self._kind == "")
        n, area = len(free), shapely.area(self._shapes[free])
        near = _moved(near, self._parent[free], len(self._table))
        density = self._density[free] - self._density[free].min()
        if park:
            ends = self._ends(free, kind)
            fit = ends.fit.ravel() & (ends.least.ravel() <= goal)
            whole = np.tile(ends.whole & (area <= goal), 2)
            loss = np.where(whole | fit, np.tile(density * area, 2), np.inf)
            large = (whole & (np.tile(area, 2) >= one_piece)) | (fit & (ends.most.ravel() >= one_piece))
        else:
            loss, large = np.tile(density * np.minimum(area, goal), 2), np.zeros(2 * n, dtype=bool)
        one_piece = one_piece if large.any() and one_piece <= goal else 0.0
        gain = np.bincount(near.place, near.lots[near.half], 2 * n)
        first = np.argsort(np.where(large, loss - gain, np.inf), kind="stable")[: int(one_piece > 0)]
        apart = self._apart.get(kind, np.full(len(near.lots), self._brief.parks.reach))
        wanted = goal + more * np.median(area)
        found = spread(near, loss, area, wanted, first=first, distance=apart, cover=cover)
        taken = self._settle(kind, goal, free, found, one_piece)
        own = np.isin(near.place % n, np.searchsorted(free, taken))
        np.minimum.at(apart, near.half[own], near.distance[own])
        self._apart[kind] = apart

    def _settle(self, kind: str, goal: float, free: Ints, found: Places, one_piece: float) -> Ints:
        """Take the places found, in their order, and let the solver make up the rest exactly.

        Return the blocks taken from.
        """
        block = free[found.place % len(free)]
        top = (found.place >= len(free)).astype(np.int64)
        sizes, ends = shapely.area(self._shapes[block]), self._ends(block, kind)
        done = np.zeros(len(block), dtype=bool)
        if sizes[: found.needed].sum() <= goal:
            done = np.cumsum(sizes) <= goal - TAIL * sizes.max(initial=0.0)
            done &= np.cumprod(ends.whole).astype(bool)
        early = self._take(kind, 0.0, block, Choice(np.flatnonzero(done), *NO_CUTS))
        goal -= sizes[done].sum()
        rest = np.flatnonzero(~done)
        each = top, np.arange(len(block))
        least = np.where(ends.fit[each], ends.least[each], sizes)
        least[:1] = np.maximum(least[:1], one_piece)
        # what all the needed places take at the least must not be more than there is
        count = int((np.cumsum(least[rest[rest < found.needed]]) <= goal).sum())
        must = np.arange(count) + top[rest[:count]] * len(rest)
        density = self._density[block[rest]]
        cost = (density - density.min(initial=np.inf)) * sizes[rest]
        needs = Needs(goal, 0.0 if done.any() else one_piece, cost, PIECE - found.worth[rest], CUT, must)
        return np.append(
            early, self._take(kind, goal, block[rest], choose(sizes[rest], ends.of(rest), needs))
        )

    def _take(self, kind: str, goal: float, blocks: Ints, choice: Choice) -> Ints:
        """Reserve what was chosen of some blocks, and return which blocks that were."""
        self._kind[blocks[choice.whole]] = kind
        left = goal - shapely.area(self._shapes[blocks[choice.whole]]).sum()
        full = abs(left - choice.area.sum()) < FULL
        for number, (block, top, area) in enumerate(
            zip(blocks[choice.block], choice.top, choice.area, strict=True)
        ):
            last = full and number == len(choice.area) - 1
            cut = cut_off(self._shapes[block], left if last else float(area), top=bool(top))
            self._shapes[block] = cut.rest
            self._shapes = np.append(self._shapes, cut.piece)
            self._parent = np.append(self._parent, self._parent[block])
            self._density = np.append(self._density, self._density[block])
            self._kind = np.append(self._kind, kind)
            self._splits.append(cut.splits)
            left -= cut.piece.area
        return blocks[np.concatenate([choice.whole, choice.block])]

    def _with_splits(self, shapes: Polygons) -> Polygons:
        return split_edges(shapes, np.concatenate([np.zeros((0, 3, 2)), *self._splits]))

    def streets(self) -> gpd.GeoDataFrame:
        """Return the table of streets, with the vertices of cuts."""
        shapes = self._with_splits(np.asarray(self._street_table.geometry.array, dtype=object))
        table = self._street_table.set_geometry(
            gpd.GeoSeries(shapes, self._street_table.index, self._table.crs)
        )
        return conform(table.assign(area=shapely.area(shapes)), "streets")

    def blocks(self) -> gpd.GeoDataFrame:
        """Return the table of blocks; parts of blocks that were cut off come last."""
        shapes = self._with_splits(self._shapes)
        long, short = sides(shapes)
        table = self._table.iloc[self._parent].set_axis(self._ids())
        table = table.set_geometry(gpd.GeoSeries(shapes, table.index, self._table.crs))
        measures = {"area": shapely.area(shapes), "perimeter": shapely.length(shapes)}
        return conform(table.assign(**measures, length=long, width=short), "blocks")

    def _ids(self) -> pd.Index:
        ids = [str(block) for block in self._table.index]
        taken, number = set(ids), len(ids)
        while len(ids) < len(self._parent):
            number += 1
            if letter(number) not in taken:
                ids.append(letter(number))
        return pd.Index(ids, name="block_id", dtype=object)

    def reserves(self) -> gpd.GeoDataFrame:
        """Return the table of reserves."""
        blocks = self.blocks()
        own = self._kind != ""
        if not own.any():
            return empty("reserves", blocks.crs)
        ids = blocks.index[own]
        frame = gpd.GeoDataFrame(
            {"block_id": ids, "kind": self._kind[own], "use": None, "area": blocks["area"].to_numpy()[own]},
            geometry=np.asarray(blocks.geometry.array, dtype=object)[own],
            index=ids.rename("reserve_id"),
            crs=blocks.crs,
        )
        return conform(frame, "reserves")
