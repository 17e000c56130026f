"""Proof of reserves: areas, sizes, widths, fronts and walks, measured again from the geometry."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.network import front_points, walk
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.reserve_ends import wide
from ilo_gis.tables import empty, findings, join_findings, require_metres, require_same_crs

__all__ = ["check_reserves"]

EXACT = 0.001  # share of the base that land of a kind may differ by
ROUNDING = 1e-6  # m2 that an area may fall short by
STEP = 10.0  # m between points along fronts of parks, and of blocks without lots
ONE = 1e9  # m; steps as long as this give one point to a side: its middle

Floats = NDArray[np.float64]


def check_reserves(
    blocks: gpd.GeoDataFrame,
    street_lines: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    reserves: gpd.GeoDataFrame,
    brief: Brief,
    *,
    base: float,
    lots: gpd.GeoDataFrame | None = None,
    walks: bool = True,
) -> gpd.GeoDataFrame:
    """Check land reserved for public use against a brief.

    Parameters
    ----------
    blocks, street_lines, streets, reserves : GeoDataFrame
        The tables of that name. Blocks that are reserves are among the blocks.
    brief : Brief
        Its reserves and `parks` count here.
    base : float
        Area that the shares are of, m2.
    lots : GeoDataFrame, optional
        Table ``lots``, for the walk from the middle of each front to the nearest park. By default
        the farthest point along the fronts of each block counts.
    walks : bool
        Whether walks to parks are measured, which takes longest.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``reserve.share`` for a kind that differs by more than 0.1 % of the base,
        ``reserve.money`` for one whose share is below the smallest piece, ``reserve.smallest``,
        ``reserve.width``, ``reserve.street`` for each reserve, ``reserve.reach`` for each lot or
        block too far from a park, ``reserve.one_piece``.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.

    References
    ----------
    RNE TH.010, article 10, and GH.020, articles 27 to 30.

    Examples
    --------
    >>> block = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(0, 0, 90, 20)], crs=32719)
    >>> street = geopandas.GeoDataFrame(geometry=[shapely.box(0, -12, 90, 0)], crs=32719)
    >>> line = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, -6), (90, -6)])], crs=32719)
    >>> park = block.assign(block_id="A", kind="recreation")
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule, reserves=0.5)
    >>> check_reserves(block, line, street, park, brief, base=3600.0)["message"].tolist()
    ['Park only 20.00 m wide: it should have room for a circle of 25 m. Take a wider block.']
    """
    require_metres(blocks, "blocks")
    require_same_crs(blocks=blocks, street_lines=street_lines, streets=streets, reserves=reserves, lots=lots)
    parks = brief.parks
    shapes = np.asarray(reserves.geometry.array, dtype=object)
    area, kind = shapely.area(shapes), reserves["kind"].to_numpy(dtype=object)
    street = shapely.union_all(np.asarray(streets.geometry.array, dtype=object))
    least = np.array([parks.smallest.get(k, 0.0) for k in kind])
    small, green = area < least - ROUNDING, np.isin(kind, parks.parks)
    narrow = green & ~wide(shapes, parks.width)
    lone = np.bincount(front_points(shapes, street, STEP)[1], minlength=len(shapes)) == 0
    circle = 2 * shapely.length(shapely.maximum_inscribed_circle(shapes[narrow]))
    told = [
        _shares(area, kind, brief, base, reserves.crs),
        findings("reserves", reserves[small], "reserve.smallest", article="GH.020 Art. 27",
                 required=least[small], found=area[small]),
        findings("reserves", reserves[narrow], "reserve.width", article="GH.020 Art. 29",
                 required=parks.width, found=circle),
        findings("reserves", reserves[lone], "reserve.street", article="GH.020", required=0, found=0),
    ]  # fmt: skip
    land = blocks.area.sum() + streets.area.sum()
    if green.any() and land > parks.one_piece_over:
        told.append(_one_piece(shapes[green], parks.one_piece, reserves.crs))
    if walks and green.any():
        lines = np.asarray(street_lines.geometry.array, dtype=object)
        free = blocks[~blocks.index.isin(reserves["block_id"])]
        name, layer = ("blocks", free) if lots is None else ("lots", lots[lots["kind"] == "lot"])
        far = _walks(layer, lines, street, shapes[green], whole=lots is None)
        over = far > parks.reach
        told.append(
            findings(name, layer[over], "reserve.reach", article="GH.020 Art. 28",
                     required=parks.reach, found=far[over])
        )  # fmt: skip
    return join_findings(*told)


def _shares(
    area: Floats, kind: NDArray[np.object_], brief: Brief, base: float, crs: object
) -> gpd.GeoDataFrame:
    told = [empty("findings", crs)]
    for name, share in brief.shares.items():
        required, least = share * base, brief.parks.smallest.get(name, 0.0)
        found = float(area[kind == name].sum())
        if required < least and found == 0:
            told.append(
                findings("reserves", None, "reserve.money", detail=name, article="GH.020 Art. 27",
                         required=least, found=required, crs=crs)
            )  # fmt: skip
        elif abs(found - required) > EXACT * base:
            told.append(
                findings("reserves", None, "reserve.share", detail=name, article="TH.010 Art. 10",
                         required=required, found=found, crs=crs)
            )  # fmt: skip
    return join_findings(*told)


def _one_piece(parks: NDArray[np.object_], share: float, crs: object) -> gpd.GeoDataFrame:
    """Parks that lie side by side are one piece."""
    largest = shapely.area(shapely.get_parts(shapely.coverage_union_all(parks))).max()
    required = share * shapely.area(parks).sum()
    if largest >= required - ROUNDING:
        return empty("findings", crs)
    return findings(
        "reserves", None, "reserve.one_piece", article="GH.020 Art. 30", required=required, found=largest,
        crs=crs,
    )  # fmt: skip


def _walks(
    layer: gpd.GeoDataFrame,
    lines: NDArray[np.object_],
    street: shapely.Geometry,
    parks: NDArray[np.object_],
    *,
    whole: bool,
) -> Floats:
    """Return the walk to a park: of lots from the nearest front, of whole blocks from the worst point."""
    shapes = np.asarray(layer.geometry.array, dtype=object)
    points, owner = front_points(shapes, street, STEP if whole else ONE)
    metres = walk(lines, front_points(parks, street, STEP)[0], points)
    far = np.full(len(shapes), 0.0 if whole else np.inf)
    (np.maximum if whole else np.minimum).at(far, owner, metres)
    # lots without a front are told of by check_lots
    far[np.bincount(owner, minlength=len(shapes)) == 0] = 0.0
    return far
