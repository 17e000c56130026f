"""From blocks to lots. Table in: ``blocks``; table out: ``lots``."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.demand import Demand
from ilo_gis.geometry.layout import lay_out
from ilo_gis.geometry.measure import Fronts, elongation, fronts
from ilo_gis.geometry.near import along
from ilo_gis.geometry.outline import Outlines
from ilo_gis.progress import Progress, go_on
from ilo_gis.subdivision.numbering import number_around
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import empty, require_geometry, require_metres, require_same_crs

__all__ = ["HAIR", "STREET_REACH", "cut_lots"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

STREET_REACH = 0.05  # m; an edge this close to street land fronts it
HAIR = 1e-5  # m or m2; a lot is not refused for a rounding


def cut_lots(
    blocks: gpd.GeoDataFrame,
    rule: LotRule,
    streets: gpd.GeoDataFrame | None = None,
    *,
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
    rule : LotRule
        What a lot must be.
    streets : GeoDataFrame, optional
        Street land as polygons, in the CRS of `blocks`. Only edges within 5 cm of it are fronts.
        By default the whole outline of a block is front; holes never are.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    GeoDataFrame
        Table ``lots``: index ``lot_id`` (``"K-12"``; remnants ``"K-R1"``), ``block_id``,
        ``number``, ``kind``, ``reason``, ``area`` (m2), ``frontage`` (m), ``depth`` (m), ``ratio``,
        ``corner``, and one valid Polygon. Lots and remnants of a block cover it exactly.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If a block is missing, empty, invalid or no polygon. All are named.
    SchemaError
        If a block id repeats.
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
    require_metres(blocks, "blocks")
    require_geometry(blocks, "Polygon", "MultiPolygon", name="blocks")
    if streets is not None:
        require_same_crs(blocks=blocks, streets=streets)
        require_geometry(streets, "Polygon", "MultiPolygon", name="streets")
    if blocks.empty:
        return empty("lots", blocks.crs)
    parts, block = shapely.get_parts(np.asarray(blocks.geometry.array), return_index=True)
    parts, block = parts[~shapely.is_empty(parts)], block[~shapely.is_empty(parts)]
    with np.errstate(divide="ignore", invalid="ignore"):  # GEOS raises them for edges of no length
        return _cut(blocks, parts, block, rule, _street_land(streets), progress)


def _cut(
    blocks: gpd.GeoDataFrame,
    parts: Polygons,
    block: Ints,
    rule: LotRule,
    land: shapely.Geometry | None,
    progress: Progress | None,
) -> gpd.GeoDataFrame:
    go_on(progress, 0.0, "laying out lots")
    laid = _laid_out(parts, rule, land)
    go_on(progress, 0.8, "numbering lots")
    prove_cover(laid.pieces, parts, laid.owner, what="lots and remnants")
    owner = block[laid.owner]
    table = laid.table
    ids, number, order = _numbered(laid, parts, owner, blocks.index)
    table.insert(0, "block_id", pd.array(blocks.index[owner].astype(str), dtype="string"))
    table.insert(1, "number", pd.array(number, dtype="Int64"))
    table["number"] = table["number"].where(table["kind"] == "lot")
    frame = gpd.GeoDataFrame(table, geometry=laid.pieces, crs=blocks.crs)
    frame.index = pd.Index(ids, name="lot_id")
    go_on(progress, 1.0, "handing over lots")
    return frame.iloc[order]


class _Laid(NamedTuple):
    """Pieces, the part of a block each is of, the middle of its front, and its row of the table."""

    pieces: Polygons
    owner: Ints
    middle: Floats
    table: pd.DataFrame


def _laid_out(parts: Polygons, rule: LotRule, land: shapely.Geometry | None) -> _Laid:
    each = np.ones(1)
    # a third under the limit: backs are not straight, and few like the slimmest lots that are legal
    slim = 0.66 * rule.max_ratio * rule.min_frontage
    layout = lay_out(
        parts,
        np.zeros(len(parts), dtype=np.int64),
        _on_street(land),
        Demand.plain(rule.min_area * each, rule.min_frontage * each, rule.depth * each, slim * each),
    )
    outer = shapely.get_exterior_ring(parts)[layout.owner]
    street = outer if land is None else np.full(len(outer), land)
    measured = fronts(layout.pieces, street, 1e-3 if land is None else STREET_REACH)
    table = _table(layout.pieces, measured, rule, layout.undivided[layout.owner])
    return _Laid(layout.pieces, layout.owner, measured.middle, table)


def _street_land(streets: gpd.GeoDataFrame | None) -> shapely.Geometry | None:
    return None if streets is None else shapely.union_all(np.asarray(streets.geometry.array))


def _on_street(land: shapely.Geometry | None) -> Callable[[Outlines, Ints], Ints]:
    def by(outlines: Outlines, rule: Ints) -> Ints:
        own = np.repeat(rule, np.diff(outlines.first))
        if land is None:
            return own
        start, stop = outlines.ring, outlines.ring[outlines.after]
        near = along(start, stop, np.array([land]), np.zeros(len(start), dtype=np.int64), STREET_REACH)
        return np.where(near, own, -1)

    return by


def _table(pieces: Polygons, measured: Fronts, rule: LotRule, undivided: NDArray[np.bool_]) -> pd.DataFrame:
    area, ratio = shapely.area(pieces), elongation(pieces)
    reason = np.select(
        [
            undivided,
            measured.frontage <= HAIR,
            shapely.get_num_interior_rings(pieces) > 0,
            area < rule.min_area - HAIR,
            measured.frontage < rule.min_frontage - HAIR,
            ratio > rule.max_ratio,
        ],
        [
            "no way found to divide it",
            "no street front",
            "encloses other land",
            "area too small",
            "front too short",
            "too slim",
        ],
        default="",
    )
    return pd.DataFrame(
        {
            "kind": pd.Categorical(np.where(reason == "", "lot", "remnant"), categories=["lot", "remnant"]),
            "reason": pd.Series(reason, dtype="string").replace("", pd.NA),
            "area": area,
            "frontage": measured.frontage,
            "depth": measured.depth,
            "ratio": ratio,
            "corner": pd.array(measured.corner, dtype="boolean"),
        }
    )


def _numbered(
    laid: _Laid, parts: Polygons, block: Ints, names: pd.Index
) -> tuple[NDArray[np.object_], Ints, Ints]:
    """Return lot ids, numbers, and the order of the rows: by block, lots first, then by number."""
    lot = (laid.table["kind"] == "lot").to_numpy()
    rings = shapely.get_exterior_ring(parts)[laid.owner]
    number = np.zeros(len(lot), dtype=np.int64)
    for chosen in (lot, ~lot):
        if chosen.any():
            number[chosen] = number_around(rings[chosen], laid.middle[chosen], block[chosen])
    mark = np.where(lot, "-", "-R")
    ids = np.array([f"{names[b]}{m}{n}" for b, m, n in zip(block, mark, number, strict=True)], dtype=object)
    return ids, number, np.lexsort((number, ~lot, block))
