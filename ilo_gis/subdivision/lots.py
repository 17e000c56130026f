"""From blocks to lots. Table in: ``blocks``; table out: ``lots``."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.edges import LONE, edges_of
from ilo_gis.geometry.layout import Layout, lay_out
from ilo_gis.progress import Progress, go_on, within
from ilo_gis.subdivision.ground import STREET_REACH, Ground, ground_of
from ilo_gis.subdivision.leftovers import join_leftovers
from ilo_gis.subdivision.lot_table import HAIR, Measured, measured, remeasured
from ilo_gis.subdivision.numbering import number_around
from ilo_gis.subdivision.ochavo import cut_corners
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.sides import side_columns
from ilo_gis.subdivision.wishes import demand_of
from ilo_gis.subdivision.yields import exact_lots, most_lots
from ilo_gis.tables import describe, empty, require_geometry, require_metres, require_same_crs

__all__ = ["HAIR", "STREET_REACH", "cut_lots"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Polygons = NDArray[np.object_]

MODES = "clean", "most"
CHUNK = 1500  # parts of blocks laid out at once: faster in many, but all at once would fill the memory


def cut_lots(
    blocks: gpd.GeoDataFrame,
    rule: LotRule | Mapping[str, LotRule],
    streets: gpd.GeoDataFrame | None = None,
    *,
    keep: gpd.GeoDataFrame | None = None,
    mode: str = "clean",
    progress: Progress | None = None,
) -> gpd.GeoDataFrame:
    """Cut blocks into lots that obey a rule, and name what is left over.

    Lots stand in rows along the streets, with side lines square to them; the backs of two rows
    meet on the straight skeleton of the block. A sharp corner goes whole to the longer of its two
    streets. Each row holds as many lots as the rule allows, all about as generous. Land that
    cannot be part of a legal lot is a row of kind ``"remnant"`` with the reason: it is never
    hidden in a bad lot.

    Parameters
    ----------
    blocks : GeoDataFrame
        Valid Polygons or MultiPolygons in metres, with unique ids as index. Each part of a
        MultiPolygon is cut by itself.
    rule : LotRule or mapping of str to LotRule
        What a lot must be. Of several by name, each block has the one that its column ``rule``
        names, and lots that front a street with a ``rule`` of its own have that one.
    streets : GeoDataFrame, optional
        Street land as polygons, in the CRS of `blocks`. Only edges within 5 cm of it are fronts,
        and not on streets whose column ``front`` is false, such as a highway. By default the whole
        outline of a block is front; holes never are.
    keep : GeoDataFrame, optional
        Lots that stay as they are, as polygons inside the blocks; the land round them is cut. With
        ``block_id`` and ``number`` (table ``lots``) new lots are numbered after them.
    mode : {"clean", "most"}
        ``"clean"`` keeps side lines square to the street. ``"most"`` looks for as many lots as a
        block holds: side lines turn by up to 15 degrees, and corner lots are kites with a front on
        both streets. No block has fewer lots than by ``"clean"``. Blocks whose rule asks for more
        than least sizes (a target, a number, a direction) are cut as by ``"clean"``.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    GeoDataFrame
        Table ``lots``: index ``lot_id`` (``"K-12"``; remnants ``"K-R1"``), ``block_id``,
        ``number``, ``kind``, ``reason`` and ``use`` of a remnant, areas on the grid and on the
        ellipsoid (m2), fronts, depths, width and perimeter (m), ``ratio``, ``corner``, the
        neighbours on the right, on the left and at the back, ``rule``, and one valid Polygon
        (`tables.describe`). Lots and remnants of a block cover it exactly.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If a block is missing, empty, invalid or no polygon, or lots that stay overlap or stick
        out of the blocks. They are named.
    RuleError
        If `mode` is neither of the two, a rule is not given that a block or street names, or the
        exact number of lots or list of areas that is asked for does not fit. The blocks are named.
    SchemaError
        If a block id repeats, or the id of a lot that stays is that of a new lot.
    Cancelled
        If `progress` returned False.
    ExactnessError
        If land was lost: a fault of ilo_gis.

    References
    ----------
    RNE TH.010, article 9 (areas and fronts of lots). O. Aichholzer et al., "A novel type of
    skeleton for polygons", J. UCS 1(12), 1995 (straight skeleton).

    Examples
    --------
    >>> from ilo_gis.subdivision import LotRule, cut_lots
    >>> blocks = geopandas.GeoDataFrame(
    ...     index=["K"], geometry=[shapely.box(254000, 8047000, 254080, 8047040)], crs=32719
    ... )
    >>> lots = cut_lots(blocks, LotRule(min_area=160.0, min_frontage=8.0))
    >>> lots.loc["K-12", ["kind", "area", "frontage", "depth", "corner"]].tolist()
    ['lot', 160.0, 8.0, 20.0, False]
    """
    if mode not in MODES:
        raise RuleError(f"mode is {mode!r}; it should be one of {', '.join(MODES)}.")
    require_metres(blocks, "blocks")
    require_geometry(blocks, "Polygon", "MultiPolygon", name="blocks")
    require_same_crs(blocks=blocks, streets=streets, keep=keep)
    for name, layer in (("streets", streets), ("keep", keep)):
        if layer is not None:
            require_geometry(layer, "Polygon", "MultiPolygon", name=name)
    if blocks.empty:
        return empty("lots", blocks.crs)
    # GEOS raises divisions by zero for edges of no length
    with np.errstate(divide="ignore", invalid="ignore"), _no_search_for_cycles():
        ground = ground_of(blocks, rule, streets, keep)
        chunks = []
        count = max(len(ground.part), 1)
        for at in range(0, count, CHUNK):
            told = within(progress, 0.9 * at / count, 0.9 * min(at + CHUNK, count) / count)
            chunks.append(_laid_out(ground.pick(slice(at, at + CHUNK)), mode, told))
        go_on(progress, 0.9, "numbering lots")
        called = (
            list(rule) if isinstance(rule, Mapping) else [f"{rule.min_area:g} m2, {rule.min_frontage:g} m"]
        )
        frame = _numbered(chunks, ground, blocks, called, keep)
    go_on(progress, 1.0, "handing over lots")
    return frame


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep Python from searching for cycles: there are none, and so many objects that it costs a quarter."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _laid_out(ground: Ground, mode: str, progress: Progress | None) -> Measured:
    """Cut parts of blocks, and prove that the pieces cover them."""
    go_on(progress, 0.0, "laying out lots")
    demand, lists = demand_of(ground.rules)
    layout = lay_out(ground.part, ground.rule, ground.on_street, demand, lists)
    if mode == "most":
        layout = most_lots(ground, layout, _measured, within(progress, 0.3, 0.9))
    layout = exact_lots(ground, layout, _measured)
    found = _measured(ground, layout)
    prove_cover(found.pieces, ground.part, found.owner, what="lots and remnants", edges=found.edges)
    return found


def _measured(ground: Ground, layout: Layout) -> Measured:
    """Cut corners off where the rules say so, tell which pieces are lots, and join what is left over."""
    pieces, owner = layout.pieces, layout.owner
    cut = np.array([rule.ochavo for rule in ground.rules])[ground.rule[owner]]
    of = np.arange(len(pieces))
    if (cut > 0).any():
        edges = edges_of(pieces, owner)
        near = np.zeros(len(edges.twin), dtype=bool)
        lone = np.flatnonzero(edges.twin == LONE)
        near[lone] = ground.street(edges.start[lone], edges.stop[lone], owner[edges.piece[lone]]) >= 0
        pieces, of = cut_corners(pieces, owner, near, cut)
    triangle = np.arange(len(pieces)) >= len(layout.pieces)
    order = np.argsort(owner[of], kind="stable")
    pieces, of, triangle = pieces[order], of[order], triangle[order]
    owner = owner[of]
    said = {
        "corner cut": triangle,
        "no way found to divide it": layout.undivided[owner],
        "left over": layout.rest[of],
    }
    found = measured(ground, pieces, owner, said)
    left = (found.table["kind"] == "remnant").to_numpy() & ~triangle
    pieces, of, joined = join_leftovers(pieces, found.edges, left)
    if not joined.any():
        return found
    said = {why: flags[of] for why, flags in said.items()}
    said["left over"] |= joined
    return remeasured(ground, found, pieces, owner[of], said, np.unique(owner[of][joined]))


def _numbered(
    chunks: list[Measured],
    ground: Ground,
    blocks: gpd.GeoDataFrame,
    called: list[str],
    keep: gpd.GeoDataFrame | None,
) -> gpd.GeoDataFrame:
    """Put chunks together in one table, lots numbered round each block, by block, lots first."""
    owner = np.concatenate([chunk.owner + CHUNK * k for k, chunk in enumerate(chunks)])
    table = pd.concat([chunk.table for chunk in chunks], ignore_index=True)
    middle = np.concatenate([chunk.middle for chunk in chunks])
    lot, block = (table["kind"] == "lot").to_numpy(), ground.block[owner]
    _require_numbers(ground, blocks, owner[lot])
    rings = ground.outer[owner]
    number = np.zeros(len(lot), dtype=np.int64)
    for chosen in (lot, ~lot):
        if chosen.any():
            number[chosen] = number_around(rings[chosen], middle[chosen], block[chosen])
    number += _used(blocks, keep)[block] * lot
    mark = np.where(lot, "-", "-R")
    names = blocks.index.astype(str).to_numpy(dtype=object)
    ids = np.array([f"{b}{m}{n}" for b, m, n in zip(names[block], mark, number, strict=True)], dtype=object)
    bounds = np.cumsum([0, *(len(chunk.pieces) for chunk in chunks)])
    sides = [
        side_columns(chunk.pieces, ids[a:b], chunk.edges, np.where(chunk.near, 0, -1), blocks.crs)
        for chunk, a, b in zip(chunks, bounds, bounds[1:], strict=False)
    ]
    table = pd.concat([table, pd.concat(sides, ignore_index=True).drop(columns="depth")], axis=1)
    table["block_id"] = pd.array(names[block], dtype="string")
    table["number"] = pd.array(np.where(lot, number, 0), dtype="Int64")
    table.loc[~lot, "number"] = pd.NA
    table["rule"] = pd.Categorical.from_codes(table["rule"].to_numpy(), categories=called)
    table.index = pd.Index(ids, name="lot_id")
    pieces = np.concatenate([chunk.pieces for chunk in chunks])
    order = np.lexsort((number, ~lot, block))
    columns = [name for name in describe("lots").index if name in table]
    frame = gpd.GeoDataFrame(table[columns].iloc[order], geometry=pieces[order], crs=blocks.crs)
    return frame if keep is None else _with_kept(frame, keep)


def _require_numbers(ground: Ground, blocks: gpd.GeoDataFrame, owner: Ints) -> None:
    """Raise where a rule asks for an exact number of lots, or a list of areas, that do not fit."""
    wanted = np.array([rule.count or len(rule.areas) for rule in ground.rules])[ground.rule]
    found = np.bincount(owner, minlength=len(wanted))
    bad = np.flatnonzero((wanted > 0) & (found != wanted))
    if len(bad):
        names = ", ".join(f"{blocks.index[ground.block[k]]} ({found[k]} of {wanted[k]})" for k in bad[:5])
        raise RuleError(
            f"{len(bad)} block(s) cannot be cut into exactly the lots asked for: {names}. Ask for fewer or "
            "smaller lots there, with a rule of their own."
        )


def _used(blocks: gpd.GeoDataFrame, keep: gpd.GeoDataFrame | None) -> Ints:
    """Return the highest number that lots that stay have in each block."""
    used = np.zeros(len(blocks), dtype=np.int64)
    if keep is not None and {"block_id", "number"} <= set(keep.columns):
        highest = keep.groupby(keep["block_id"].astype(str))["number"].max()
        at = blocks.index.astype(str).get_indexer(highest.index)
        used[at[at >= 0]] = highest.fillna(0).to_numpy(dtype=np.int64)[at >= 0]
    return used


def _with_kept(frame: gpd.GeoDataFrame, keep: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add lots that stay, as they are."""
    kept = keep.reindex(columns=frame.columns).rename_axis(index="lot_id")
    kept.index = kept.index.astype(str)
    kept["kind"] = kept["kind"].fillna("lot") if "kind" in keep else "lot"
    kept["area"] = kept["area"].fillna(kept.geometry.area)
    double = kept.index[kept.index.duplicated() | kept.index.isin(frame.index)]
    if len(double):
        raise SchemaError(
            f"Ids of lots that stay repeat, or are those of new lots: {', '.join(double[:5])}. Give the "
            "lots that stay other ids, or the columns block_id and number: new lots are numbered after them."
        )
    typed = (
        frame if len(frame) else empty("lots", frame.crs)
    )  # columns without a row have no type of their own
    together = pd.concat([kept.astype(typed.dtypes[frame.columns].drop("geometry").to_dict()), frame])
    return gpd.GeoDataFrame(together, geometry="geometry", crs=frame.crs)
