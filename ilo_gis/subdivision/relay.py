"""Blocks laid out again: new lots beside those that stay, numbered after all that there ever were."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import GeometryError, some_ids
from ilo_gis.geometry.coverage import uncovered
from ilo_gis.geometry.edges import LONE, edges_of
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.progress import Progress, within
from ilo_gis.subdivision.ground import ground_of
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.sides import side_columns
from ilo_gis.tables import alike, empty

__all__ = ["joined", "laid_out", "numbered", "on_street", "stacked"]

Polygons = NDArray[np.object_]


def laid_out(
    blocks: gpd.GeoDataFrame,
    rules: Mapping[str, LotRule],
    keep: gpd.GeoDataFrame,
    mode: str,
    streets: gpd.GeoDataFrame | None = None,
    progress: Progress | None = None,
) -> gpd.GeoDataFrame:
    """Cut blocks, each by its own rule, round lots that stay.

    Parameters
    ----------
    blocks : GeoDataFrame
        Table ``blocks``: those to be cut.
    rules : mapping of str to LotRule
        The rule of each.
    keep : GeoDataFrame
        Lots that stay, with ``block_id``.
    mode : {"clean", "most"}
    streets : GeoDataFrame, optional
        Street land that lots front.
    progress : callable, optional
        All three as in `cut_lots`.

    Returns
    -------
    GeoDataFrame
        Table ``lots`` without those that stay; numbers begin at 1 in each block.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(160, 8)
    >>> len(laid_out(blocks, {"K": rule}, ilo_gis.tables.empty("lots", 32719), "clean"))
    20
    """
    # without numbers, and under names that no lot has: numbers are given when all lots are known
    stay = gpd.GeoDataFrame(
        {"block_id": keep["block_id"].to_numpy()}, geometry=keep.geometry.to_numpy(), crs=blocks.crs
    )
    stay.index = pd.Index([f"stays {k}" for k in range(len(stay))], dtype=object)
    parts = [empty("lots", blocks.crs)]
    apart = list(dict.fromkeys(rules.values()))
    for k, rule in enumerate(apart):
        own = blocks.loc[[block for block, said in rules.items() if said == rule], ["geometry"]]
        held = stay[stay["block_id"].isin(own.index)]
        told = within(progress, k / len(apart), (k + 1) / len(apart))
        lots = cut_lots(own, rule, streets, keep=None if held.empty else held, mode=mode, progress=told)
        parts.append(lots[~lots.index.isin(held.index)])
    return stacked(parts)


def stacked(tables: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Put tables of lots one below the other; their categories become those of all.

    Examples
    --------
    >>> len(stacked([ilo_gis.tables.empty("lots", 32719)]))
    0
    """
    full = [table for table in tables if len(table)] or tables[:1]
    said = {
        name: pd.Index(
            np.concatenate([table[name].cat.categories.to_numpy(dtype=object) for table in full])
        ).unique()
        for name in ("kind", "rule")
        if all(name in table and table[name].dtype == "category" for table in full)
    }
    whole = [
        table
        if all(table[name].cat.categories.equals(known) for name, known in said.items())
        else table.assign(**{name: table[name].cat.set_categories(known) for name, known in said.items()})
        for table in full
    ]
    return pd.concat(alike(whole)) if len(whole) > 1 else whole[0]


def numbered(
    new: gpd.GeoDataFrame, old: gpd.GeoDataFrame, used: Mapping[tuple[str, bool], int]
) -> gpd.GeoDataFrame:
    """Give lots that were there before their ids and shapes, and others numbers that none ever had.

    Parameters
    ----------
    new : GeoDataFrame
        Table ``lots``, numbered by block.
    old : GeoDataFrame
        Lots and remnants that were there before, and may be again.
    used : mapping of (str, bool) to int
        Highest number by block and whether of a remnant.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 16, 20)], crs=32719)
    >>> new = ilo_gis.subdivision.cut_lots(blocks, ilo_gis.subdivision.LotRule(160, 8))
    >>> numbered(new, new.iloc[:1], {("K", False): 6}).index.tolist()
    ['K-1', 'K-7']
    """
    known = dict(zip(_marks(old), range(len(old)), strict=True))
    at = np.array([known.get(mark, -1) for mark in _marks(new)], dtype=np.int64)
    fresh = at < 0
    remnant = (new["kind"] == "remnant").to_numpy()
    block = new["block_id"].astype(str).to_numpy(dtype=object)
    keys = pd.Series(list(zip(block, remnant.tolist(), strict=True)), dtype=object)[fresh]
    rank = keys.groupby(keys).cumcount().to_numpy() + 1 if fresh.any() else np.empty(0, dtype=np.int64)
    number = np.zeros(len(new), dtype=np.int64)
    number[fresh] = rank + np.array([used.get(key, 0) for key in keys], dtype=np.int64)
    ids = np.array(
        [f"{b}-{'R' if r else ''}{n}" for b, r, n in zip(block, remnant, number, strict=True)], dtype=object
    )
    shapes = np.asarray(new.geometry.array, dtype=object).copy()
    ids[~fresh], shapes[~fresh] = old.index.to_numpy()[at[~fresh]], old.geometry.to_numpy()[at[~fresh]]
    counted = pd.array(number, dtype="Int64")
    counted[~fresh] = old["number"].array[at[~fresh]]
    counted[remnant] = pd.NA
    return new.assign(number=counted).set_geometry(shapes, crs=new.crs).set_axis(pd.Index(ids, name="lot_id"))


def _marks(lots: gpd.GeoDataFrame) -> list[tuple[str, str, bytes]]:
    """Return what tells one lot from another: block, kind and shape, wherever its outline begins."""
    shapes = shapely.to_wkb(shapely.normalize(np.asarray(lots.geometry.array, dtype=object)))
    return list(zip(lots["block_id"].astype(str), lots["kind"].astype(str), shapes, strict=True))


def on_street(
    blocks: gpd.GeoDataFrame,
    rule: LotRule,
    pieces: Polygons,
    owner: NDArray[np.int64],
    streets: gpd.GeoDataFrame | None = None,
) -> NDArray[np.int64]:
    """Return 0 for edges of pieces that are fronts, -1 for others.

    Fronts are on the outline of the block, and on street land if that is given.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 16, 20)], crs=32719)
    >>> halves = np.array([shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)])
    >>> rule = ilo_gis.subdivision.LotRule(160, 8)
    >>> sorted(on_street(blocks, rule, halves, np.zeros(2, dtype=int)).tolist())
    [-1, -1, 0, 0, 0, 0, 0, 0]
    """
    edges = edges_of(pieces, owner)
    street = np.full(len(edges.twin), -1)
    lone = np.flatnonzero((edges.twin == LONE) & ~edges.hole)
    ground = ground_of(blocks[["geometry"]], rule, streets, None)
    street[lone] = ground.street(edges.start[lone], edges.stop[lone], owner[edges.piece[lone]])
    return street


def joined(
    lots: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame,
    held: pd.Index,
    rule: LotRule,
    streets: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Bring lots of blocks together: shared vertices, neighbours, order, and the proof that nothing is lost.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``: all lots and remnants of the blocks.
    blocks : GeoDataFrame
        Table ``blocks``, those that have lots.
    held : Index
        Lots whose outline must not get a vertex more.
    rule : LotRule
        Any rule.
    streets : GeoDataFrame, optional
        Street land that lots front; by default the whole outline of a block is front.

    Raises
    ------
    GeometryError
        If lots and remnants would not cover the blocks exactly. They are named.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 16, 20)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(160, 8)
    >>> lots = ilo_gis.subdivision.cut_lots(blocks, rule)
    >>> joined(lots.iloc[::-1], blocks, lots.index[:0], rule).index.tolist()
    ['K-1', 'K-2']
    """
    remnant = (lots["kind"] == "remnant").to_numpy()
    order = np.lexsort(
        (
            lots["number"].fillna(0).to_numpy(dtype=np.int64),
            remnant,
            blocks.index.get_indexer(lots["block_id"]),
        )
    )
    lots = lots.iloc[order]
    owner = blocks.index.get_indexer(lots["block_id"])
    shapes = np.asarray(lots.geometry.array, dtype=object)
    pieces = share_vertices(shapes)
    _require_joined(lots, blocks, held, uncovered(pieces, np.asarray(blocks.geometry.array), owner))
    edges = edges_of(pieces, owner)
    street = np.minimum(on_street(blocks, rule, pieces, owner, streets), 0)
    sides = side_columns(pieces, lots.index.to_numpy(dtype=object), edges, street, lots.crs)
    near = [name for name in sides if name.startswith("neighbour_")]
    stay = lots.index.isin(held)
    pieces[stay] = shapes[stay]
    return lots.assign(**{name: sides[name].array for name in near}).set_geometry(pieces, crs=lots.crs)


def _require_joined(
    lots: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, held: pd.Index, off: NDArray[np.bool_]
) -> None:
    """Raise if the lots and remnants of blocks do not cover them, naming the lots that stay there."""
    if off.any():
        bad = blocks.index[off]
        stay = lots.index[lots["block_id"].isin(bad) & lots.index.isin(held)]
        raise GeometryError(
            f"In blocks {some_ids(bad)} the new lots would not join exactly, to each other or to lots that "
            f"stay ({some_ids(stay) or '-'}). Nothing was changed: move the line some decimetres, or divide "
            "the block in another way."
        )
