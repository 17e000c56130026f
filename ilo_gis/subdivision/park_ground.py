"""Ground for large parks: neighbouring blocks made one by leaving out the streets between them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ilo_gis.geometry.lines import end_nodes
from ilo_gis.geometry.measure import sides
from ilo_gis.geometry.slices import part_across, with_points
from ilo_gis.subdivision.joins import join_candidates
from ilo_gis.subdivision.numbering import letter
from ilo_gis.subdivision.quality import DRAWN
from ilo_gis.tables import conform

__all__ = ["cut_long", "lots_after", "streets_to_leave_out"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FAR = 0.02  # lots that the largest park may cost for each m it is nearer to the middle
QUARTER = 5000.0  # m2 that a park of a quarter should have: a court, a playground and trees
KEPT = 0.5  # share of the land for parks that is left for smaller ones, which bring all lots into reach
OFFSET = 30.0  # m; a street this short lies between crossings that do not quite face each other


def streets_to_leave_out(
    blocks: gpd.GeoDataFrame,
    street_lines: gpd.GeoDataFrame,
    lots: pd.Series,
    *,
    area: float,
    green: float,
    reach: float,
) -> pd.Index:
    """Return the streets without which neighbouring blocks make large parks.

    First comes the largest park: of all groups of blocks, the one that costs fewest lots and lies
    near the middle. Parks of quarters follow, out of reach of each other, those first that cost the
    fewest lots for their area: the street between two blocks becomes park, so that a park of
    two blocks costs less than two parks. The network stays in one piece, without new dead ends;
    principal and given streets stay.

    Parameters
    ----------
    blocks, street_lines : GeoDataFrame
        The tables of that name.
    lots : Series
        How many lots each block would hold, by ``block_id``.
    area : float
        That the largest park should have, m2; 0 if any will do.
    green : float
        Area of all parks, m2.
    reach : float
        Least distance between the middles of large parks, m.

    Returns
    -------
    Index
        Of `street_lines`.
    """
    if len(blocks) < 2:
        return street_lines.index[:0]
    net = _Network(blocks, street_lines, lots)
    away = np.hypot(*(net.middle - np.average(net.middle, axis=0, weights=net.size)).T)
    if blocks["area"].max() < area:
        grown = [net.grown(seed, area) for seed in range(len(blocks))]
        groups = [(g, net.cost[g].sum() + FAR * away[g].mean()) for g in grown if len(g)]
        for group, _ in sorted(groups, key=lambda found: found[1]):
            if net.join(group):
                green -= net.area(group)
                break
    left = (1 - KEPT) * green
    pairs = [net.grown(seed, QUARTER) for seed in np.flatnonzero(net.size < QUARTER)]
    dear = [(g, net.cost[g].sum() / net.area(g)) for g in pairs if len(g)]
    for group, _ in sorted(dear, key=lambda found: found[1]):
        if net.area(group) <= left and net.clear(group, reach) and net.join(group):
            left -= net.area(group)
    return street_lines.index[net.out]


class _Network:
    """Blocks with their neighbours across streets that may be left out, and the streets that are."""

    def __init__(self, blocks: gpd.GeoDataFrame, street_lines: gpd.GeoDataFrame, lots: pd.Series) -> None:
        joins = join_candidates(blocks, street_lines)
        joins = joins[street_lines.loc[joins.index, "street_class"].eq("secondary").to_numpy()]
        at = pd.Series(np.arange(len(blocks)), index=blocks.index.astype(str))
        self._one, self._other = at[joins["block_id"]].to_numpy(), at[joins["other_block_id"]].to_numpy()
        self._gained = joins["gained"].to_numpy()
        self._line = street_lines.index.get_indexer(joins.index)
        self._beside: list[dict[int, float]] = [{} for _ in range(len(blocks))]
        for one, other, gained in zip(self._one, self._other, self._gained, strict=True):
            for here, there in ((one, other), (other, one)):
                self._beside[here][there] = self._beside[here].get(there, 0.0) + gained
        self.size = blocks["area"].to_numpy(dtype=float)
        self.cost = lots.reindex(blocks.index).fillna(0).to_numpy(dtype=float)
        self.middle = shapely.get_coordinates(shapely.centroid(np.asarray(blocks.geometry.array)))
        self._ends = end_nodes(np.asarray(street_lines.geometry.array, dtype=object))[0]
        short = shapely.length(np.asarray(street_lines.geometry.array)) < OFFSET
        self._short = short & street_lines["street_class"].eq("secondary").to_numpy()
        self._taken = np.zeros(len(blocks), dtype=bool)
        self._parks: list[Floats] = []
        self.out = np.zeros(len(street_lines), dtype=bool)

    def grown(self, seed: int, area: float) -> Ints:
        """Return a group of blocks round a seed, large enough, by the neighbours that free most street.

        Empty if there is none.
        """
        group, size, beside = [seed], self.size[seed], dict(self._beside[seed])
        while size < area:
            if not beside:
                return np.zeros(0, dtype=np.int64)
            best = max(beside, key=lambda block: (beside[block], -block))
            size += self.size[best] + beside.pop(best)
            group.append(best)
            for block, gained in self._beside[best].items():
                if block not in group:
                    beside[block] = beside.get(block, 0.0) + gained
        return np.array(group)

    def _inside(self, group: Ints) -> Bools:
        member = np.zeros(len(self.size), dtype=bool)
        member[group] = True
        inside: Bools = member[self._one] & member[self._other]
        return inside

    def area(self, group: Ints) -> float:
        """Return the area of blocks made one, m2."""
        return float(self.size[group].sum() + self._gained[self._inside(group)].sum())

    def clear(self, group: Ints, reach: float) -> bool:
        """Return whether a group is out of reach of all that are joined."""
        middle = self.middle[group].mean(axis=0)
        return all(np.hypot(*(middle - park)) >= reach for park in self._parks)

    def join(self, group: Ints) -> bool:
        """Leave out the streets inside a group, if the network bears it; return whether it did."""
        if self._taken[group].any():
            return False
        out = self.out.copy()
        out[self._line[self._inside(group)]] = True
        while (new := self._loose(out) & self._short & ~out).any():
            out |= new
        if not self._sound(out):
            return False
        self.out = out
        self._taken[group] = True
        self._parks.append(self.middle[group].mean(axis=0))
        return True

    def _sound(self, out: Bools) -> bool:
        """Return whether the network hangs together as before without some streets, and has no new ends."""
        return _parts(self._ends[~out]) <= _parts(self._ends[~self.out]) and not self._loose(out).any()

    def _loose(self, out: Bools) -> Bools:
        """Return which streets that stay have an end that was none, without some streets."""
        now, then = (
            np.bincount(self._ends[~o].ravel(), minlength=self._ends.max() + 1) for o in (out, self.out)
        )
        loose: Bools = ~out & ((now == 1) & (then > 1))[self._ends].any(axis=1)
        return loose


def _parts(ends: Ints) -> int:
    """Return how many parts a network is in, given the nodes at the ends of its edges."""
    nodes, at = np.unique(ends, return_inverse=True)
    one, other = at.reshape(-1, 2).T
    links = csr_array((np.ones(len(one)), (one, other)), shape=(len(nodes), len(nodes)))
    return int(connected_components(links, directed=False)[0])


def lots_after(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, lots: pd.Series) -> pd.Series:
    """Return how many lots blocks are worth after some were joined: those made of several none.

    They are kept for parks. All others are what they were before, under whatever letter.

    Parameters
    ----------
    before, after : GeoDataFrame
        Table ``blocks``.
    lots : Series
        How many lots each block would hold before, by ``block_id``.

    Returns
    -------
    Series
        By ``block_id`` of `after`.
    """
    points = shapely.point_on_surface(np.asarray(before.geometry.array, dtype=object))
    old, new = shapely.STRtree(np.asarray(after.geometry.array, dtype=object)).query(points, "within")
    count = np.bincount(new, minlength=len(after))
    held = np.bincount(new, lots.reindex(before.index).to_numpy(dtype=float)[old], len(after))
    return pd.Series(np.where(count == 1, held, 0.0), index=after.index)


def cut_long(
    blocks: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, reserves: gpd.GeoDataFrame, most: float
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Part reserves longer than a block may be into blocks that lie side by side.

    The park stays one piece of land; it is several blocks on paper, each with its letter.
    """
    kinds = dict(zip(reserves["block_id"].astype(str), reserves["kind"], strict=True))
    shapes = np.asarray(blocks.geometry.array, dtype=object)
    ids = blocks.index.astype(str).tolist()
    over = [k for k, one in enumerate(ids) if one in kinds and blocks["length"].iloc[k] > most + DRAWN]
    new, splits, taken, number = [], [], set(ids), len(ids)
    shapes = shapes.copy()
    for k in over:
        pieces, rows = (int(np.ceil(blocks[side].iloc[k] / most)) for side in ("length", "width"))
        parts, points = part_across(shapes[k], pieces, rows)
        shapes[k] = parts[0]
        splits.append(points[:, 2])
        for part in parts[1:]:
            number += 1
            while letter(number) in taken:
                number += 1
            ids.append(letter(number))
            kinds[ids[-1]] = kinds[ids[k]]
            new.append(part)
    shapes = np.concatenate([shapes, np.array(new, dtype=object)])
    if not splits:
        return blocks, streets, reserves
    done, land = (
        with_points(polygons, np.concatenate(splits))
        for polygons in (shapes, np.asarray(streets.geometry.array, dtype=object))
    )
    long, short = sides(done)
    index = pd.Index(ids, name="block_id", dtype=object)
    measures = {"area": shapely.area(done), "perimeter": shapely.length(done), "length": long, "width": short}
    table = conform(gpd.GeoDataFrame(measures, geometry=done, index=index, crs=blocks.crs), "blocks")
    own = table[table.index.isin(kinds)]
    frame = gpd.GeoDataFrame(
        {"block_id": own.index, "kind": own.index.map(kinds), "use": None, "area": own["area"]},
        geometry=own.geometry,
        crs=blocks.crs,
    ).rename_axis("reserve_id")
    streets = streets.set_geometry(gpd.GeoSeries(land, streets.index, crs=blocks.crs))
    # a part of odd shape may still be longer than its slice is wide
    return cut_long(table, streets, conform(frame, "reserves"), most)
