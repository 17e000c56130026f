"""Ground for large parks: neighbouring blocks made one by leaving out the streets between them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.lines import loose_ends
from ilo_gis.geometry.measure import sides
from ilo_gis.geometry.network import connected
from ilo_gis.geometry.slices import part_across, split_edges
from ilo_gis.subdivision.joins import join_candidates
from ilo_gis.subdivision.numbering import letter
from ilo_gis.tables import conform

__all__ = ["cut_long", "streets_to_leave_out"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SEEDS = 40  # blocks from which a park is grown, those nearest the middle
FAR = 0.02  # lots that a park may cost for each m it is nearer to the middle
DRAWN = 0.01  # m; nobody draws or measures a block closer


def streets_to_leave_out(
    blocks: gpd.GeoDataFrame, street_lines: gpd.GeoDataFrame, lots: pd.Series, area: float
) -> pd.Index:
    """Return the streets without which neighbouring blocks make one large enough for a park.

    Of all groups of blocks near the middle of the lots, the one that costs fewest lots is taken,
    counting that streets become park. The network stays in one piece, without new dead ends;
    principal and given streets stay.

    Parameters
    ----------
    blocks, street_lines : GeoDataFrame
        The tables of that name.
    lots : Series
        How many lots each block would hold, by ``block_id``.
    area : float
        That the park should have, m2.

    Returns
    -------
    Index
        Of `street_lines`; empty if a block is large enough, or no group is.
    """
    none = street_lines.index[:0]
    if blocks["area"].max() >= area or len(blocks) < 2:
        return none
    joins = join_candidates(blocks, street_lines)
    joins = joins[street_lines.loc[joins.index, "street_class"].eq("secondary").to_numpy()]
    at = pd.Series(np.arange(len(blocks)), index=blocks.index.astype(str))
    one, other = at[joins["block_id"]].to_numpy(), at[joins["other_block_id"]].to_numpy()
    gained = joins["gained"].to_numpy()
    size, cost = blocks["area"].to_numpy(), lots.reindex(blocks.index).fillna(0).to_numpy(dtype=float)
    middle = shapely.get_coordinates(shapely.centroid(np.asarray(blocks.geometry.array)))
    away = np.hypot(*(middle - np.average(middle, axis=0, weights=size)).T)
    groups = []
    for seed in np.argsort(away, kind="stable")[:SEEDS]:
        group = _grown(int(seed), one, other, gained, size, area)
        if group is not None:
            groups.append((cost[group].sum() + FAR * away[seed], group))
    lines = np.asarray(street_lines.geometry.array, dtype=object)
    for _, group in sorted(groups, key=lambda found: found[0]):
        inside = joins.index[np.isin(one, group) & np.isin(other, group)]
        left = lines[~street_lines.index.isin(inside)]
        if _whole(left) <= _whole(lines) and len(loose_ends(left)[0]) <= len(loose_ends(lines)[0]):
            return inside
    return none


def _grown(seed: int, one: Ints, other: Ints, gained: Floats, size: Floats, area: float) -> Ints | None:
    """Return a group of blocks round a seed, large enough: each time the neighbour that frees most street."""
    group = [seed]
    while True:
        inside = np.isin(one, group) & np.isin(other, group)
        if size[group].sum() + gained[inside].sum() >= area:
            return np.array(group)
        border = np.isin(one, group) != np.isin(other, group)
        if not border.any():
            return None
        new = np.where(np.isin(one, group), other, one)[border]
        freed = np.bincount(new, gained[border], len(size))
        group.append(int(freed.argmax()))


def _whole(lines: NDArray[np.object_]) -> int:
    return int(connected(lines).max(initial=-1))


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
        parts, points = part_across(shapes[k], int(np.ceil(blocks["length"].iloc[k] / most)))
        shapes[k] = parts[0]
        splits.append(points)
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
    done = split_edges(shapes, np.concatenate(splits))
    land = split_edges(np.asarray(streets.geometry.array, dtype=object), np.concatenate(splits))
    long, short = sides(done)
    index = pd.Index(ids, name="block_id", dtype=object)
    measures = {"area": shapely.area(done), "perimeter": shapely.length(done), "length": long, "width": short}
    table = conform(gpd.GeoDataFrame(measures, geometry=done, index=index, crs=blocks.crs), "blocks")
    own = table[table.index.isin(kinds)]
    frame = gpd.GeoDataFrame(
        {"block_id": own.index, "kind": own.index.map(kinds), "area": own["area"]},
        geometry=own.geometry,
        crs=blocks.crs,
    ).rename_axis("reserve_id")
    streets = streets.set_geometry(gpd.GeoSeries(land, streets.index, crs=blocks.crs))
    # a park that is wide as well is parted again, the other way
    return cut_long(table, streets, conform(frame, "reserves"), most)
