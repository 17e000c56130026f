"""Streets added, moved and dropped: which blocks that changes, and how, while all others stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ilo_gis.errors import LockedError, some_ids
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.cutting import cut_cover, without_idle_points
from ilo_gis.subdivision.blocks import measured_blocks
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.land_near import changed_near, drawn_near
from ilo_gis.subdivision.line_edits import edited_lines, without_mended_ends
from ilo_gis.subdivision.lineage import blocks_told
from ilo_gis.subdivision.numbering import last_letter, letter
from ilo_gis.tables import Plan, conform, empty

__all__ = ["Land", "edited_land"]

TOLERANCE = 2.0  # m; gaps and stubs of new streets up to this are mended, as of those of a new plan
HAIR = 1e-3  # m; land this close to a change is touched
WAVER = 0.05  # m; streets drawn again waver by less: land narrower than this did not change
MITRE = 20.0  # corners down to 6 degrees are drawn whole
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
        return self._sources.get(block, block)

    @cached_property
    def _sources(self) -> dict[str, str]:
        order = np.argsort(-self.origin["area"].to_numpy(dtype=float), kind="stable")
        most = self.origin.iloc[order].drop_duplicates("block")
        return dict(zip(most["block"], most["before"], strict=True))

    def placed(self, lots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return locked lots with the blocks that they lie in now."""
        if not lots.index.isin(self.homes.index).any():
            return lots
        block = self.homes.reindex(lots.index).fillna(lots["block_id"].astype(object))
        return lots.assign(block_id=block.astype("string"))

    def dead_ends(self, found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return findings without dead ends that are none any more."""
        return without_mended_ends(found, self.street_lines)


def edited_land(plan: Plan, changes: Changes, brief: Brief, held: pd.Index, *, judged: bool = True) -> Land:
    """Return streets and blocks after a change to the streets.

    The land of the lines near those that change is drawn before and after; where the two differ,
    and only there, street land and blocks are cut anew.

    Parameters
    ----------
    plan : Plan
        The plan before.
    changes : Changes
        Streets to be added, moved and dropped.
    brief : Brief
        Widths by class.
    held : Index
        Ids of locked lots.
    judged : bool
        Whether dirt and dead ends of new streets are told.

    Returns
    -------
    Land

    Raises
    ------
    LockedError
        If a locked lot would lose land.
    RuleError
        If a new street has no width.
    ExactnessError
        If land was lost: a fault of ilo_gis.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> from ilo_gis.subdivision import Changes
    >>> edited_land(plan, Changes(), None, plan.lots.index[:0]).blocks is plan.blocks
    True
    """
    if not changes.streets:
        return Land(plan.streets, plan.street_lines, plan.blocks)
    lines, told = edited_lines(plan, changes, brief, TOLERANCE, judged=judged)
    roads, blocks = (np.asarray(t.geometry.array, dtype=object) for t in (plan.streets, plan.blocks))
    window, site = changed_near(plan.street_lines, lines), np.concatenate([roads, blocks])
    before, after = (drawn_near(layer, window, site, TOLERANCE) for layer in (plan.street_lines, lines))
    redrawn = _redrawn(before, after, window)
    own, touched = (_near(land, redrawn) for land in (roads, blocks))
    if not len(touched):
        return Land(plan.streets, lines, plan.blocks, told=told)
    base = np.concatenate([roads[own], blocks[touched]])
    street, pieces, share = _recut(base, len(own), redrawn, after)
    prove_cover(
        np.concatenate([street, pieces]),
        np.array([shapely.coverage_union_all(base)]),
        what="streets and blocks",
    )
    street = np.concatenate([np.delete(roads, own), street])
    pieces, share, gone = _changed(pieces, share, blocks[touched])
    old = plan.blocks.index[touched[gone]].to_numpy(dtype=object)
    lots = plan.lots[plan.lots["block_id"].isin(old)]
    home = _homes(lots[lots.index.isin(held)], pieces)
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


def _redrawn(before: shapely.Geometry, after: shapely.Geometry, window: shapely.Geometry) -> Polygons:
    """Return where street land changes in a window, with a seam of land that stays, since outlines waver."""
    half = WAVER / 2
    unlike = shapely.get_parts(shapely.symmetric_difference(before, after))
    shapely.prepare(window)
    out = ~shapely.covers(window, unlike)
    unlike[out] = shapely.intersection(unlike[out], window)
    parts = shapely.get_parts(unlike)
    land = shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    land = shapely.buffer(land, -half, join_style="mitre")
    return shapely.get_parts(shapely.buffer(land, half + WAVER, join_style="mitre", mitre_limit=MITRE))


def _near(land: Polygons, redrawn: Polygons) -> Ints:
    return np.unique(shapely.STRtree(land).query(redrawn, predicate="dwithin", distance=HAIR)[1])


def _recut(
    base: Polygons, roads: int, redrawn: Polygons, after: shapely.Geometry
) -> tuple[Polygons, Polygons, NDArray[np.float64]]:
    """Return street land, blocks, and the land that each block has of each before.

    Where land is redrawn it is street if it is street after; elsewhere all stays what it was.
    """
    window = shapely.union_all(redrawn)
    outline = [shapely.boundary(window), shapely.intersection(shapely.boundary(after), window)]
    faces, points, _ = cut_cover(base, shapely.get_parts(shapely.line_merge(shapely.union_all(outline))))
    inner = shapely.point_on_surface(faces)
    owner = _inside(inner, base)
    faces, inner, owner = faces[owner >= 0], inner[owner >= 0], owner[owner >= 0] - roads
    shapely.prepare([window, after])
    road = np.where(shapely.contains(window, inner), shapely.contains(after, inner), owner < 0)
    i, j = _beside(faces)
    road = _without_slivers(faces, road, i, j)
    street = shapely.get_parts(shapely.coverage_union_all(faces[road]))
    pieces, share = _pieces(faces, owner, road, (i, j), len(base) - roads)
    parts = without_idle_points(np.concatenate([street, pieces]), points)
    return parts[: len(street)], shapely.normalize(parts[len(street) :]), share


def _beside(faces: Polygons) -> tuple[Ints, Ints]:
    """Return the pairs of faces that share an edge."""
    xy, face = shapely.get_coordinates(faces, return_index=True)
    _, number = np.unique(xy, axis=0, return_inverse=True)
    number = number.reshape(-1)
    inner = face[1:] == face[:-1]  # the step from one ring to the next is no edge, and has no twin
    edge = np.sort(np.stack([number[:-1], number[1:]], axis=1)[inner], axis=1)
    of = face[1:][inner]
    order = np.lexsort(edge.T)
    edge, of = edge[order], of[order]
    twin = np.flatnonzero((edge[1:] == edge[:-1]).all(axis=1) & (of[1:] != of[:-1]))
    return of[twin], of[twin + 1]


def _without_slivers(faces: Polygons, road: NDArray[np.bool_], i: Ints, j: Ints) -> NDArray[np.bool_]:
    """Give land too small for a block to the street beside it, and the other way round."""
    group = _groups(len(faces), i, j, road[i] == road[j])
    size = np.bincount(group, shapely.area(faces))
    across = road[i] != road[j]
    pairs = np.concatenate([group[np.stack([i, j])[:, across]], group[np.stack([j, i])[:, across]]], axis=1)
    moved = np.unique(pairs[0][(size[pairs[0]] < LEAST) & (size[pairs[1]] >= LEAST)])
    return road ^ np.isin(group, moved)


def _groups(count: int, i: Ints, j: Ints, joined: NDArray[np.bool_]) -> Ints:
    pairs = coo_array((np.ones(joined.sum()), (i[joined], j[joined])), shape=(count, count))
    return connected_components(pairs, directed=False)[1].astype(np.int64)


def _inside(points: Polygons, polygons: Polygons) -> Ints:
    """Return the polygon that each point lies in, -1 for none."""
    polygon, point = shapely.STRtree(points).query(polygons, predicate="contains")
    found = np.full(len(points), -1, dtype=np.int64)
    found[point] = polygon
    return found


def _pieces(
    faces: Polygons, owner: Ints, road: NDArray[np.bool_], beside: tuple[Ints, Ints], count: int
) -> tuple[Polygons, NDArray[np.float64]]:
    """Join faces to blocks, and tell how much land each has of each block before.

    Faces of one block, and land given up by a street with what lies beside it, become one.
    """
    i, j = beside
    alike = ~road[i] & ~road[j] & ((owner[i] == owner[j]) | (owner[i] < 0) | (owner[j] < 0))
    group = np.unique(_groups(len(faces), i, j, alike)[~road], return_inverse=True)[1].reshape(-1)
    faces, owner = faces[~road], owner[~road]
    number = group.max(initial=-1) + 1
    joined = [shapely.coverage_union_all(faces[group == k]) for k in range(number)]
    share = np.zeros((number, count))
    own = owner >= 0
    np.add.at(share, (group[own], owner[own]), shapely.area(faces[own]))
    return shapely.get_geometry(np.array(joined, dtype=object), 0), share


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
        raise LockedError(
            f"Streets would take land of locked lots: {some_ids(bad)}. Lead the streets round them, or "
            "unlock the lots.",
            bad,
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
    lone = (np.bincount(new)[new] == 1) & (np.bincount(old)[old] == 1)
    common = np.ones(len(new))  # where one street meets one, there is nothing to choose
    common[~lone] = shapely.area(shapely.intersection(street[new[~lone]], before[old[~lone]]))
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
    same[same] = np.isclose(shapely.area(street[same]), shapely.area(before[at[same]]), rtol=1e-12)
    same[same] = shapely.equals(street[same], before[at[same]])
    fresh = gpd.GeoDataFrame({"area": shapely.area(street[~same])}, geometry=street[~same], crs=table.crs)
    fresh = conform(fresh.set_axis(pd.Index(names[~same], name="street_id", dtype=object)), "streets")
    return _ordered(pd.concat([table[table.index.isin(names[same])], fresh]), table.index)


def _ordered(layer: gpd.GeoDataFrame, index: pd.Index) -> gpd.GeoDataFrame:
    """Return rows in the order of an index, new ones behind."""
    return layer.loc[[*index[index.isin(layer.index)], *layer.index[~layer.index.isin(index)]]]
