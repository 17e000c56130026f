"""Buildable land: what constraints leave of a site, and why the rest is lost, to the last m2."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ilo_gis.errors import ExactnessError, RuleError, SchemaError, some_ids
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.edges import Edges, edges_of
from ilo_gis.site.kinds import EFFECTS
from ilo_gis.tables import conform, describe, empty, require_geometry, require_metres, require_same_crs

__all__ = ["buildable"]

GRIDS = (0.0, 2.0**-29, 1e-8)  # m, none first: outlines that nearly coincide need one to cross once
TOUCH = 1e-4  # m2 that land and a constraint beside it may share by rounding
LAND = -1  # instead of the number of the reasons

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]


def buildable(
    site: gpd.GeoDataFrame,
    constraints: gpd.GeoDataFrame | None = None,
    *,
    min_land: float = 1.0,
    limits: bool = True,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the land of a site that may be built on, and the land lost with the reasons.

    Parameters
    ----------
    site : GeoDataFrame
        Polygons of any shape, with holes and in several parts, in a CRS in metres; where they
        overlap they are one.
    constraints : GeoDataFrame, optional
        Table ``constraints``, or any polygons in the CRS of `site` with a ``reason`` (text) and
        perhaps an ``article`` and an ``effect``, ``"forbid"`` or ``"limit"``. Those that forbid take
        land, and those without an effect. Where several lie on each other, the reason that comes
        first in the table is the first.
    min_land : float
        Pieces of land below this size, m2, that constraints leave are lost too, for the reason of
        the loss beside them.
    limits : bool
        Whether land is parted where constraints limit what may be built.

    Returns
    -------
    land : GeoDataFrame
        Table ``land``: index ``land_id``; ``area`` (m2); ``limits``, the reasons of the constraints
        that limit building there, joined by "; ", empty where it is free. One polygon each, from
        north to south.
    losses : GeoDataFrame
        Table ``losses``: ``reason``, ``reasons`` (all that hold, joined by "; "), ``article`` of
        the first, ``area`` (m2). Every lost m2 is in one row. Land and losses together are the
        site, and share their vertices.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If geometries are missing, empty, no polygons or invalid; the features are named.
    SchemaError
        If ``reason`` is missing, empty in a row, or an effect is unknown.
    RuleError
        If `min_land` is no area.
    ExactnessError
        If land and losses do not cover the site exactly: a fault of ilo_gis.

    References
    ----------
    RNE GH.010, article 4: land that may not be developed (risk, reserves, roads, river banks).

    Examples
    --------
    A hectare, of which a ravine takes 10 m and a power line 10 m across it:

    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 100)], crs=32719)
    >>> strips = [shapely.box(40, -10, 50, 200), shapely.box(-50, 20, 300, 30)]
    >>> taken = geopandas.GeoDataFrame({"reason": ["ravine", "power line"]}, geometry=strips, crs=32719)
    >>> land, losses = buildable(site, taken)
    >>> land["area"].tolist()
    [2800.0, 3500.0, 800.0, 1000.0]
    >>> losses.groupby("reasons")["area"].sum().to_dict()
    {'power line': 900.0, 'ravine': 900.0, 'ravine; power line': 100.0}
    """
    require_metres(site, "site")
    require_same_crs(site=site, constraints=constraints)
    require_geometry(site, "Polygon", "MultiPolygon", name="site")
    if not 0 <= min_land < np.inf:
        raise RuleError(f"min_land is {min_land}; it should be a number of m2, 0 or more.")
    told = _told(constraints)
    told = told if limits else told[told["effect"] == "forbid"]
    if site.empty:
        return empty("land", site.crs), empty("losses", site.crs)
    whole = shapely.force_2d(shapely.union_all(np.asarray(site.geometry.array, dtype=object)))
    told = _by_reason(told[told.intersects(whole)])
    for grid in GRIDS:
        try:
            pieces, lost, held = _partition(whole, told, min_land, grid)
            break
        except (ExactnessError, shapely.GEOSException):
            if grid == GRIDS[-1]:
                raise
    free = lost["reason"].isna().to_numpy()
    return _land(pieces[free], held[free], site.crs), _losses(pieces[~free], lost[~free], site.crs)


def _partition(
    whole: shapely.Geometry, told: gpd.GeoDataFrame, min_land: float, grid: float
) -> tuple[Polygons, pd.DataFrame, pd.Series]:
    """Return the pieces of land and losses, for what each is lost, and by what its land is limited."""
    shapes = np.asarray(told.geometry.array, dtype=object)
    faces, face, constraint = _faces(whole, shapes, grid)
    forbids = (told["effect"] == "forbid").to_numpy()
    takes = forbids[constraint]
    why, code = _reasons(face[takes], told.iloc[constraint[takes]], len(faces))
    held, limit = _reasons(face[~takes], told.iloc[constraint[~takes]], len(faces))
    edges = edges_of(faces)
    code = _without_slivers(faces, edges, code, min_land)
    limit[code != LAND] = LAND
    piece = _joined(edges, code * (len(held) + 1) + limit)
    order = np.argsort(piece, kind="stable")
    groups = np.split(faces[order], np.flatnonzero(np.diff(piece[order])) + 1)
    pieces = np.array([g[0] if len(g) == 1 else shapely.coverage_union_all(g) for g in groups], dtype=object)
    prove_cover(pieces, np.array([whole]), what="land and losses")
    first = np.unique(piece, return_index=True)[1]
    _require_free(pieces[code[first] == LAND], shapes[forbids])
    return pieces, _looked_up(why, code[first]), _looked_up(held, limit[first])["reasons"]


def _looked_up(ways: pd.DataFrame, code: Ints) -> pd.DataFrame:
    """Return the way of each code; nothing where the code is that of land."""
    return ways.reset_index(drop=True).reindex(np.where(code == LAND, len(ways), code))


def _require_free(land: Polygons, taken: Polygons) -> None:
    """Raise if land lies under a constraint: outlines that nearly coincide were not crossed rightly."""
    piece, constraint = shapely.STRtree(taken).query(land, predicate="intersects")
    under = shapely.area(shapely.intersection(land[piece], taken[constraint]))
    if (under > TOUCH).any():
        raise ExactnessError(f"{under.sum():.6f} m2 of land lie under constraints: a fault of ilo_gis.")


def _told(constraints: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Return what is told of each constraint: reason, article and effect."""
    if constraints is None:
        return gpd.GeoDataFrame({"reason": [], "article": [], "effect": []}, geometry=[])
    require_geometry(constraints, "Polygon", "MultiPolygon", name="constraints")
    if "reason" not in constraints:
        raise SchemaError(
            "constraints have no column 'reason': why may their land not be built on? "
            "Name it: `constraints.assign(reason=...)`, or rename the column that tells."
        )
    silent = constraints["reason"].isna() | (constraints["reason"].astype(str).str.strip() == "")
    if silent.any():
        raise SchemaError(
            f"constraints without a reason: {some_ids(constraints.index[silent])}. Give each its reason."
        )
    effect = constraints.get("effect", pd.Series("forbid", constraints.index))
    effect = effect.astype(object).fillna("forbid")  # a table just made has categories
    unknown = ~effect.isin(EFFECTS)
    if unknown.any():
        raise SchemaError(
            f"constraints with an effect that is neither 'forbid' nor 'limit': "
            f"{some_ids(constraints.index[unknown])}."
        )
    article = constraints.get("article", pd.Series("", constraints.index)).fillna("").astype(str)
    return gpd.GeoDataFrame(
        {"reason": constraints["reason"].astype(str), "article": article, "effect": effect},
        geometry=np.asarray(constraints.geometry.array, dtype=object),
        crs=constraints.crs,
    )


def _by_reason(taking: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one constraint per reason, article and effect: where a thousand ravines meet is of no matter."""
    groups = taking.groupby(["reason", "article", "effect"], sort=False)
    number = groups.ngroup().to_numpy()
    shapes = np.asarray(taking.geometry.array, dtype=object)
    merged = [shapely.union_all(shapes[number == k]) for k in range(groups.ngroups)]
    return taking.iloc[np.unique(number, return_index=True)[1]].set_geometry(
        gpd.GeoSeries(merged, crs=taking.crs).values
    )


def _faces(whole: shapely.Geometry, taken: Polygons, grid: float) -> tuple[Polygons, Ints, Ints]:
    """Return the faces of all outlines within the site, and pairs of a face and a constraint on it."""
    taken = shapely.force_2d(taken)
    outlines = shapely.union_all(shapely.boundary(np.append(taken, whole)), grid_size=grid or None)
    faces = shapely.get_parts(shapely.polygonize([outlines]))
    shapely.prepare(whole)
    points = shapely.point_on_surface(faces)
    inside = shapely.contains(whole, points)
    face, constraint = shapely.STRtree(taken).query(points[inside], predicate="within")
    order = np.lexsort((constraint, face))
    return faces[inside], face[order], constraint[order]


def _reasons(face: Ints, held: gpd.GeoDataFrame, count: int) -> tuple[pd.DataFrame, Ints]:
    """Return the different ways in which faces are held, and that of each face, or `LAND`."""
    held = held[["reason", "article"]].assign(face=face)
    by_face = held.groupby("face")[["reason", "article"]].nth(0).set_index(pd.unique(face))
    said = held.drop_duplicates(["face", "reason"]).groupby("face")["reason"]
    by_face["reasons"] = said.agg("; ".join)
    why = by_face.drop_duplicates()
    code = np.full(count, LAND)
    code[by_face.index] = pd.MultiIndex.from_frame(why).get_indexer(pd.MultiIndex.from_frame(by_face))
    return why, code


def _joined(edges: Edges, code: Ints) -> Ints:
    """Return the piece that each face is of: faces of one code that share edges are one."""
    one, other = _neighbours(edges)
    same = code[one] == code[other]
    links = coo_array((np.ones(same.sum()), (one[same], other[same])), (len(code), len(code)))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _neighbours(edges: Edges) -> tuple[Ints, Ints]:
    """Return the faces on both sides of each shared edge, once from each side."""
    shared = edges.twin >= 0
    return edges.piece[shared], edges.piece[edges.twin[shared]]


def _without_slivers(faces: Polygons, edges: Edges, code: Ints, least: float) -> Ints:
    """Give land too small to be of use to the loss that it shares the longest edge with."""
    piece = _joined(edges, code)
    small = (np.bincount(piece, shapely.area(faces))[piece] < least) & (code == LAND)
    one, other = _neighbours(edges)
    shared = edges.twin >= 0
    length = np.hypot(*(edges.stop[shared] - edges.start[shared]).T)
    beside = small[one] & (code[other] != LAND)
    order = np.argsort(length[beside], kind="stable")
    taken = code.copy()
    by_piece = np.full(len(faces), LAND)
    by_piece[piece[one[beside]][order]] = code[other[beside]][order]  # the longest is written last
    taken[small] = by_piece[piece[small]]
    return taken


def _land(pieces: Polygons, limits: pd.Series, crs: object) -> gpd.GeoDataFrame:
    return _table({"area": shapely.area(pieces), "limits": limits.to_numpy()}, pieces, crs, "land")


def _losses(pieces: Polygons, why: pd.DataFrame, crs: object) -> gpd.GeoDataFrame:
    columns = {name: why[name].to_numpy() for name in ("reason", "reasons", "article")}
    return _table(columns | {"area": shapely.area(pieces)}, pieces, crs, "losses")


def _table(columns: dict[str, Any], pieces: Polygons, crs: object, table: str) -> gpd.GeoDataFrame:
    """Return a table from north to south, numbered from 1."""
    middle = np.round(shapely.get_coordinates(shapely.centroid(pieces)), 3)
    order = np.lexsort((shapely.area(pieces), middle[:, 0], -middle[:, 1]))
    frame = gpd.GeoDataFrame(columns, geometry=shapely.normalize(pieces), crs=crs).iloc[order]
    key = describe(table).index[0]
    frame.index = pd.Index([str(k + 1) for k in range(len(frame))], name=key, dtype=object)
    return conform(frame, table)
