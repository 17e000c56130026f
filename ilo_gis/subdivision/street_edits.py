"""Streets added, moved and dropped: which blocks that changes, and how, while all others stay."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ilo_gis.errors import RuleError
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.subdivision.blocks import measured_blocks, move_slivers, street_land
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.line_edits import edited_lines, without_mended_ends
from ilo_gis.subdivision.lineage import blocks_told
from ilo_gis.subdivision.numbering import last_letter, letter
from ilo_gis.tables import Plan, conform, empty

__all__ = ["Land", "edited_land"]

TOLERANCE = 2.0  # m; gaps and stubs of new streets up to this are mended, as of those of a new plan
HAIR = 1e-3  # m; land no wider than this is rounding
LEAST = 1.0  # m2; smaller land is no block
ROUND = 1e-9  # share of its land that a locked lot may stick out by rounding

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Land:
    """Streets and blocks after a change, and what became of the blocks.

    Attributes
    ----------
    streets, street_lines, blocks : GeoDataFrame
        The tables.
    changed : tuple of str
        Blocks that are new or have another outline.
    gone : tuple of str
        Blocks of the plan before that changed, or are no more.
    origin : DataFrame
        For each changed block (``block``) the blocks it is made of (``before``) and the land of
        each (``area``, m2).
    homes : Series
        The block of each locked lot whose block changed.
    told : GeoDataFrame
        Table ``findings``: dirt in new streets, and their dead ends.
    """

    streets: gpd.GeoDataFrame
    street_lines: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    origin: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"block": [], "before": [], "area": []}, dtype=object)
    )
    homes: pd.Series = field(default_factory=lambda: pd.Series(dtype=object))
    told: gpd.GeoDataFrame = None  # filled below: a layer needs a CRS

    def __post_init__(self) -> None:
        if self.told is None:
            object.__setattr__(self, "told", empty("findings", self.blocks.crs))

    def edited(self, block: str) -> bool:
        """Return whether the outline of a block of the plan before changed."""
        return block in self.gone

    def came_from(self, block: str) -> str:
        """Return the block before that a block has most land of; itself where it did not change."""
        own = self.origin[self.origin["block"] == block]
        return block if own.empty else str(own.loc[own["area"].astype(float).idxmax(), "before"])

    def placed(self, lots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return locked lots with the blocks that they lie in now."""
        if not lots.index.isin(self.homes.index).any():
            return lots
        block = self.homes.reindex(lots.index).fillna(lots["block_id"].astype(object))
        return lots.assign(block_id=block.astype("string"))

    def dead_ends(self, found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return findings without dead ends that are none any more."""
        return without_mended_ends(found, self.street_lines)


def edited_land(plan: Plan, changes: Changes, brief: Brief, held: gpd.GeoDataFrame) -> Land:
    """Return streets and blocks after a change to the streets.

    The land of all lines is drawn before and after; where the two differ, and only there, street
    land and blocks are cut anew.

    Parameters
    ----------
    plan : Plan
        The plan before.
    changes : Changes
        Streets to be added, moved and dropped.
    brief : Brief
        Widths by class.
    held : GeoDataFrame
        Locked lots.

    Returns
    -------
    Land

    Raises
    ------
    RuleError
        If a locked lot would lose land; or a new street has no width.
    ExactnessError
        If land was lost: a fault of ilo_gis.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> from ilo_gis.subdivision import Changes
    >>> edited_land(plan, Changes(), None, plan.lots.iloc[:0]).blocks is plan.blocks
    True
    """
    if not changes.streets:
        return Land(plan.streets, plan.street_lines, plan.blocks)
    lines, told = edited_lines(plan, changes, brief, TOLERANCE)
    roads, blocks = (np.asarray(t.geometry.array, dtype=object) for t in (plan.streets, plan.blocks))
    site = shapely.coverage_union_all(np.concatenate([roads, blocks]))
    before, after = (street_land(layer, site, TOLERANCE) for layer in (plan.street_lines, lines))
    taken, left = _parts(shapely.difference(after, before)), _parts(shapely.difference(before, after))
    changed = np.concatenate([taken, left])
    touched = np.unique(shapely.STRtree(blocks).query(changed, predicate="dwithin", distance=HAIR)[1])
    if not len(touched):
        return Land(plan.streets, lines, plan.blocks, told=told)
    faces, road, owner = _faces(roads, blocks[touched], taken, left)
    street = shapely.get_parts(shapely.coverage_union_all(faces[road]))
    pieces, share = _pieces(faces[~road], owner[~road], len(touched))
    whole = shapely.coverage_union_all(np.concatenate([roads, blocks[touched]]))
    prove_cover(np.concatenate([street, pieces]), np.array([whole]), what="streets and blocks")
    pieces, share, gone = _changed(pieces, share, blocks[touched])
    old = plan.blocks.index[touched[gone]].to_numpy(dtype=object)
    home = _homes(held[held["block_id"].isin(old)], pieces)
    names = _names(plan, pieces, share, old, home)
    k, j = np.nonzero(share)
    return Land(
        _streets(plan.streets, street),
        lines,
        _blocks(plan.blocks, pieces, names, old),
        tuple(names),
        tuple(old),
        pd.DataFrame({"block": names[k], "before": old[j], "area": share[k, j]}),
        home.map(dict(enumerate(names))),
        told,
    )


def _parts(land: shapely.Geometry) -> Polygons:
    """Return the parts of land that are more than rounding."""
    parts = shapely.get_parts(land)
    parts = parts[shapely.get_type_id(parts) == 3]
    return parts[2 * shapely.area(parts) > HAIR * shapely.length(parts)]


def _faces(
    roads: Polygons, blocks: Polygons, taken: Polygons, left: Polygons
) -> tuple[Polygons, NDArray[np.bool_], Ints]:
    """Return what old and new edges cut the land into, which is street, and of which block each was."""
    lines = shapely.union_all(shapely.boundary(np.concatenate([roads, blocks, taken, left])))
    faces = shapely.get_parts(shapely.polygonize([lines]))
    points = shapely.point_on_surface(faces)
    was_road, owner = _inside(points, roads) >= 0, _inside(points, blocks)
    known = was_road | (owner >= 0)
    road = (was_road & (_inside(points, left) < 0)) | ((owner >= 0) & (_inside(points, taken) >= 0))
    faces, owner = faces[known], owner[known]
    road, _ = move_slivers(faces, road[known], LEAST)
    return faces, road, owner


def _inside(points: Polygons, polygons: Polygons) -> Ints:
    """Return the polygon that each point lies in, -1 for none."""
    polygon, point = shapely.STRtree(points).query(polygons, predicate="contains")
    found = np.full(len(points), -1, dtype=np.int64)
    found[point] = polygon
    return found


def _pieces(faces: Polygons, owner: Ints, count: int) -> tuple[Polygons, NDArray[np.float64]]:
    """Join faces to blocks, and tell how much land each has of each block before.

    Faces of one block, and land given up by a street with what lies beside it, become one.
    """
    i, j = shapely.STRtree(faces).query(faces, predicate="intersects")
    alike = (i < j) & ((owner[i] == owner[j]) | (owner[i] < 0) | (owner[j] < 0))
    i, j = i[alike], j[alike]
    line = shapely.relate_pattern(faces[i], faces[j], "****1****")
    pairs = coo_array((np.ones(line.sum()), (i[line], j[line])), shape=(len(faces),) * 2)
    number, group = connected_components(pairs, directed=False)
    joined = [shapely.coverage_union_all(faces[group == k]) for k in range(number)]
    pieces = shapely.get_geometry(np.array(joined, dtype=object), 0)
    share = np.zeros((number, count))
    own = owner >= 0
    np.add.at(share, (group[own], owner[own]), shapely.area(faces[own]))
    return shapely.normalize(pieces), share


def _changed(
    pieces: Polygons, share: NDArray[np.float64], blocks: Polygons
) -> tuple[Polygons, NDArray[np.float64], NDArray[np.bool_]]:
    """Leave out blocks that are what they were, and tell which are not."""
    main = share.argmax(axis=1)
    same = shapely.equals_identical(pieces, shapely.normalize(blocks)[main])
    gone = np.ones(len(blocks), dtype=bool)
    gone[main[same]] = False
    return pieces[~same], share[~same][:, gone], gone


def _homes(held: gpd.GeoDataFrame, pieces: Polygons) -> pd.Series:
    """Return the piece that each locked lot lies in; raise where a lot loses land."""
    shapes = np.asarray(held.geometry.array, dtype=object)
    lot, piece = shapely.STRtree(pieces).query(shapes, predicate="intersects")
    lost = shapely.area(shapely.difference(shapes[lot], pieces[piece])) > ROUND * shapely.area(shapes[lot])
    home = pd.Series(piece[~lost], index=held.index[lot[~lost]], dtype="int64")
    if len(bad := held.index.difference(home.index, sort=False)):
        raise RuleError(
            f"Streets would take land of locked lots: {', '.join(bad[:10])}. Lead the streets round them, or "
            "unlock the lots."
        )
    return home


def _names(
    plan: Plan, pieces: Polygons, share: NDArray[np.float64], old: NDArray[np.object_], home: pd.Series
) -> NDArray[np.object_]:
    """Return the ids of blocks: each goes on in the part with its locked lots, else in the largest."""
    held = np.zeros(share.shape)
    at = pd.Index(old).get_indexer(plan.lots["block_id"].loc[home.index])
    np.add.at(held, (home.to_numpy(), at), plan.lots["area"].loc[home.index].to_numpy(dtype=float))
    k, j = np.nonzero(share)
    names = np.full(len(pieces), None, dtype=object)
    given: set[int] = set()
    for n in np.lexsort((k, -share[k, j], -held[k, j])):
        if names[k[n]] is None and j[n] not in given:
            names[k[n]] = old[j[n]]
            given.add(int(j[n]))
    bare = np.flatnonzero([name is None for name in names])
    middle = np.round(shapely.get_coordinates(shapely.centroid(pieces[bare])), 3)
    last = last_letter([*plan.blocks.index, *blocks_told(plan.lineage)])
    names[bare[np.lexsort((middle[:, 0], -middle[:, 1]))]] = [letter(last + n + 1) for n in range(len(bare))]
    return names


def _blocks(
    table: gpd.GeoDataFrame, pieces: Polygons, names: NDArray[np.object_], old: NDArray[np.object_]
) -> gpd.GeoDataFrame:
    fresh = conform(measured_blocks(pieces, table.crs).set_axis(pd.Index(names, name="block_id")), "blocks")
    return _ordered(pd.concat([table[~table.index.isin(old)], fresh]), table.index)


def _streets(table: gpd.GeoDataFrame, street: Polygons) -> gpd.GeoDataFrame:
    """Return street land: parts that did not change stay, others keep the id of what they were most of."""
    before = np.asarray(table.geometry.array, dtype=object)
    new, old = shapely.STRtree(before).query(street, predicate="intersects")
    common = shapely.area(shapely.intersection(street[new], before[old]))
    names = np.full(len(street), None, dtype=object)
    given: set[int] = set()
    for n in np.argsort(-common, kind="stable"):
        if names[new[n]] is None and old[n] not in given and common[n] > 0:
            names[new[n]] = table.index[old[n]]
            given.add(int(old[n]))
    bare = np.flatnonzero([name is None for name in names])
    highest = pd.to_numeric(table.index.to_series(), errors="coerce").max()
    start = 1 + (0 if np.isnan(highest) else int(highest))
    names[bare] = [str(start + n) for n in range(len(bare))]
    at = table.index.get_indexer(names)
    same = at >= 0
    same[same] = shapely.equals(street[same], before[at[same]])
    fresh = gpd.GeoDataFrame({"area": shapely.area(street[~same])}, geometry=street[~same], crs=table.crs)
    fresh = conform(fresh.set_axis(pd.Index(names[~same], name="street_id", dtype=object)), "streets")
    return _ordered(pd.concat([table[table.index.isin(names[same])], fresh]), table.index)


def _ordered(layer: gpd.GeoDataFrame, index: pd.Index) -> gpd.GeoDataFrame:
    """Return rows in the order of an index, new ones behind."""
    return layer.loc[[*index[index.isin(layer.index)], *layer.index[~layer.index.isin(index)]]]
