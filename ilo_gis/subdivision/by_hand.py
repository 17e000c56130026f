"""Lots merged and split by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Integral

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.geometry.edges import edges_of
from ilo_gis.geometry.seams import NEAR
from ilo_gis.geometry.strips import equal_lines
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.ground import ON_OUTLINE, ground_of
from ilo_gis.subdivision.lot_table import measured
from ilo_gis.subdivision.numbering import number_around
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.sides import side_columns

__all__ = ["made_by_hand", "merged", "parts_of", "piece_rows"]

Floats = NDArray[np.float64]
Polygons = NDArray[np.object_]


def made_by_hand(
    lots: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame,
    changes: Changes,
    rule: LotRule,
    streets: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Return the lots that merging and splitting makes, measured and numbered from 1 by block.

    What comes of a lot is a lot, legal or not: the check tells. What comes of remnants alone is
    a lot where the rule lets it be one.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``: all lots and remnants of the blocks.
    blocks : GeoDataFrame
        Table ``blocks``: those where lots are merged or split.
    changes : Changes
        The lots to be merged and split.
    rule : LotRule
        What a lot must be.
    streets : GeoDataFrame, optional
        Street land that lots front; by default the whole outline of a block is front.

    Raises
    ------
    RuleError
        If lots to be merged do not touch, or a line does not part a lot.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 16, 20)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(160, 8)
    >>> lots = ilo_gis.subdivision.cut_lots(blocks, rule)
    >>> whole = made_by_hand(lots, blocks, ilo_gis.subdivision.Changes(merge=[["K-1", "K-2"]]), rule)
    >>> whole[["number", "area", "frontage"]].values.tolist()
    [[1, 320.0, 72.0]]
    """
    kept = lots[~lots.index.isin(changes.by_hand)]
    made = [merged(lots, group) for group in changes.merge]
    sources = [group[0] for group in changes.merge]
    was_lot = [bool((lots.loc[list(group), "kind"] == "lot").any()) for group in changes.merge]
    street = dict(zip(blocks.index, shapely.get_exterior_ring(blocks.geometry.to_numpy()), strict=True))
    for lot, how in changes.split.items():
        pieces = parts_of(lot, lots.geometry.at[lot], how, street[lots.at[lot, "block_id"]])
        made += pieces
        sources += [lot] * len(pieces)
        was_lot += [lots.at[lot, "kind"] == "lot"] * len(pieces)
    shapes = share_vertices(np.array([*kept.geometry, *made], dtype=object))
    own = [*kept["block_id"], *lots.loc[sources, "block_id"]]
    rows = piece_rows(shapes, blocks, blocks.index.get_indexer(own), rule, len(kept), streets)
    block, label = (lots.loc[sources, name].array for name in ("block_id", "rule"))
    rows = rows.assign(block_id=block, rule=label)
    legal = np.array(was_lot) | (rows["kind"] == "lot").to_numpy()
    rows["kind"] = pd.Categorical(np.where(legal, "lot", "remnant"), categories=["lot", "remnant"])
    for name in ("reason", "use"):
        rows[name] = rows[name].mask(legal)
    rows = rows[[name for name in lots.columns if name in rows]]
    order = np.lexsort((rows["number"], rows["block_id"].to_numpy(dtype=object).astype(str)))
    return gpd.GeoDataFrame(rows, geometry=shapes[len(kept) :], crs=lots.crs).iloc[order]


def piece_rows(
    shapes: Polygons,
    blocks: gpd.GeoDataFrame,
    owner: NDArray[np.int64],
    rule: LotRule,
    first: int,
    streets: gpd.GeoDataFrame | None,
) -> pd.DataFrame:
    """Measure pieces of blocks, and return the rows from one on.

    Parameters
    ----------
    shapes : array of Polygon, shape (n,)
        All lots and remnants of the blocks, in metres, sharing their vertices.
    blocks : GeoDataFrame
        Table ``blocks``.
    owner : int array of shape (n,)
        Position of the block that each is of.
    rule, streets
        As for `made_by_hand`.
    first : int
        The first of the rows wanted.

    Returns
    -------
    DataFrame
        Columns of the table ``lots`` that are measured; neighbours are named by their position.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 16, 20)], crs=32719)
    >>> halves = np.array([shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)])
    >>> rule = ilo_gis.subdivision.LotRule(160, 8)
    >>> piece_rows(halves, blocks, np.zeros(2, dtype=int), rule, 0, None)["frontage"].tolist()
    [36.0, 36.0]
    """
    order = np.argsort(owner, kind="stable")
    ground = ground_of(blocks[["geometry"]], rule, streets, None)
    no = np.zeros(len(shapes), dtype=bool)
    found = measured(ground, shapes[order], owner[order], {"corner cut": no})
    names = order.astype(str).astype(object)  # neighbours are named when all lots are numbered
    sides = side_columns(
        shapes[order], names, edges_of(shapes[order], owner[order]), np.where(found.near, 0, -1), blocks.crs
    )
    table = pd.concat([found.table.drop(columns=["depth", "rule"]), sides], axis=1)
    table["number"] = pd.array(
        number_around(ground.outer[owner[order]], found.middle, owner[order]), dtype="Int64"
    )
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return table.iloc[back[first:]].reset_index(drop=True)


def merged(lots: gpd.GeoDataFrame, group: Sequence[str]) -> shapely.Polygon:
    """Return lots as one.

    Raises
    ------
    RuleError
        If they do not touch along a line, or enclose another lot.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(index=["A-1", "A-3"], geometry=[shapely.box(0, 0, 8, 20),
    ...     shapely.box(16, 0, 24, 20)], crs=32719)
    >>> merged(lots, ["A-1", "A-3"])
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: merge: A-1, A-3 do not make one lot ...
    """
    whole = shapely.union_all(share_vertices(lots.geometry.loc[list(group)].to_numpy()))
    if whole.geom_type != "Polygon" or shapely.get_num_interior_rings(whole):
        raise RuleError(
            f"merge: {', '.join(group)} do not make one lot: they do not all touch, or enclose another. "
            "Name those between as well."
        )
    return whole


def parts_of(
    lot: str, shape: shapely.Polygon, how: shapely.LineString | int, street: shapely.LinearRing
) -> list[shapely.Polygon]:
    """Split a lot by a line, or into parts of equal area along its front.

    Parameters
    ----------
    lot : str
        Its id, for messages.
    shape : Polygon
        The lot.
    how : LineString or int
        A line right across, or a number of parts.
    street : LinearRing
        The outline of its block.

    Raises
    ------
    RuleError
        If the line does not part the lot, or the parts would not each be one piece.

    Examples
    --------
    >>> lot, street = shapely.box(0, 0, 12, 20), shapely.box(0, 0, 80, 40).exterior
    >>> sorted(part.area for part in parts_of("A-1", lot, shapely.LineString([(4, -1), (4, 21)]), street))
    [80.0, 160.0]
    >>> [round(part.area, 6) for part in parts_of("A-1", shapely.box(20, 0, 32, 20), 3, street)]
    [80.0, 80.0, 80.0]
    """
    lines = (
        [how] if not isinstance(how, Integral) else equal_lines(shape, int(how), *_along_front(shape, street))
    )
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(_met(shapely.boundary(shape), lines))]))
    faces = faces[shapely.contains(shape, shapely.point_on_surface(faces))]
    wanted = len(lines) + 1
    if len(faces) < 2 or (isinstance(how, Integral) and len(faces) != wanted):
        say = "into that many parts, each one piece" if isinstance(how, Integral) else "by this line"
        raise RuleError(f"split: {lot} cannot be cut {say}. Draw a line that crosses it from edge to edge.")
    return list(faces)


def _met(outline: shapely.LineString, lines: Iterable[shapely.LineString]) -> list[shapely.LineString]:
    """Return an outline and lines; an end drawn onto the outline, which rounding put beside it, is on it."""
    lines = [shapely.snap(line, shapely.extract_unique_points(outline), NEAR) for line in lines]
    ends = shapely.multipoints([shapely.get_point(line, k) for line in lines for k in (0, -1)])
    return [shapely.snap(outline, ends, NEAR), *lines]


def _along_front(shape: shapely.Polygon, street: shapely.LinearRing) -> tuple[Floats, Floats]:
    """Return the direction and a point of the longest edge on the street; without one, of the longest."""
    ring = shapely.get_coordinates(shapely.get_exterior_ring(shape))
    size = np.hypot(*np.diff(ring, axis=0).T)
    middle = shapely.points((ring[:-1] + ring[1:]) / 2)
    on = shapely.dwithin(street, middle, ON_OUTLINE)
    k = int(np.argmax(np.where(on, size, 0.0) if on.any() else size))
    return (ring[k + 1] - ring[k]) / size[k], ring[k]
