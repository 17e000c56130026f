"""The vertex table of a perimeter, as plans for the registry have it, and whether such a table closes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, some_ids
from ilo_gis.subdivision.numbering import letter
from ilo_gis.tables import (
    conform,
    empty,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["check_perimeter", "perimeter_vertices", "site_outline"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STRAIGHT = 1e-3  # m that a vertex may lie off the line of its neighbours and not matter
SLACK = 1e-6  # degrees of a turn and m of a side that rounding may cost


def site_outline(streets: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the outline of the site of a plan, with the vertices that matter: what a perimeter plan shows.

    Streets and blocks together are the site. Vertices within 1 mm of a straight line, where streets end for
    the most part, are left out; the area may change by as much along the outline.

    Parameters
    ----------
    streets, blocks : GeoDataFrame
        Tables ``streets`` and ``blocks`` of one plan.

    Returns
    -------
    GeoDataFrame
        Polygons, one for each connected piece, the largest first; index from ``A`` on.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.

    Examples
    --------
    >>> road = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 30, 10)], crs=32719)
    >>> block = geopandas.GeoDataFrame(geometry=[shapely.box(0, 10, 30, 40)], crs=32719)
    >>> site_outline(road, block).area.to_dict()
    {'A': 1200.0}
    """
    require_metres(streets, "streets")
    require_same_crs(streets=streets, blocks=blocks)
    land = shapely.union_all([*streets.geometry, *blocks.geometry])
    pieces = shapely.get_parts(shapely.simplify(land, STRAIGHT))
    pieces = pieces[np.argsort(-shapely.area(pieces), kind="stable")]
    return gpd.GeoDataFrame(
        index=[letter(i + 1) for i in range(len(pieces))], geometry=pieces, crs=streets.crs
    )


def perimeter_vertices(polygons: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """List the vertices of polygons with sides, angles and coordinates (cuadro de datos técnicos).

    P1 is the most north-western vertex of its ring, the one whose northing less easting is greatest; of two,
    the more northern one. The others follow clockwise, those of holes counter-clockwise, so that the land
    lies on the right. Every vertex is listed, those on a straight line too: take them out before
    (`shapely.simplify`) where they do not matter.

    Parameters
    ----------
    polygons : GeoDataFrame
        Polygons in metres; the index names them.

    Returns
    -------
    GeoDataFrame
        Table ``vertices``: index ``vertex_id`` (such as A/P1; in hole 1, A/1/P1), ``polygon``, ``ring``,
        ``vertex``, ``side``, ``distance`` (m, to the next vertex), ``azimuth`` and ``angle`` (degrees),
        ``easting``, ``northing`` (m), Point; polygons in the order of their ids.

    Raises
    ------
    CRSError
        If the layer is not in metres.
    ExactnessError
        If angles or sides do not add up to what the polygons have.
    GeometryError
        If a polygon is missing, empty, invalid or no Polygon.
    SchemaError
        If an id repeats.

    References
    ----------
    Directiva DI-005-2020-SUNARP on plans in digital and graphic form (from memory): UTM coordinates of the
    vertices, sides and inner angles. ISO 19152: the boundary face strings of a spatial unit.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(0, 0, 30, 40)], crs=32719)
    >>> perimeter_vertices(site)[["side", "distance", "angle", "easting", "northing"]].values.tolist()[:2]
    [['P1-P2', 30.0, 90.0, 0.0, 40.0], ['P2-P3', 40.0, 90.0, 30.0, 40.0]]
    """
    require_metres(polygons, "polygons")
    require_geometry(polygons, "Polygon", name="polygons")
    if polygons.empty:
        return empty("vertices", polygons.crs)
    known = polygons.iloc[np.argsort(polygons.index.astype(str), kind="stable")]
    shapes = shapely.orient_polygons(np.asarray(known.geometry.array, dtype=object), exterior_cw=True)
    rings, of = shapely.get_rings(shapes, return_index=True)
    rings, of, number = _sorted_rings(rings, of)
    xy, at = _open(rings)
    xy = xy[_from_north_west(xy, at)]
    after, before = _neighbours(at)
    side, back = xy[after] - xy, xy[before] - xy
    turn = np.degrees(np.arctan2(back[:, 0], back[:, 1]) - np.arctan2(side[:, 0], side[:, 1])) % 360
    order = pd.Series(at).groupby(at).cumcount().to_numpy() + 1
    names = pd.Series([f"P{k}" for k in order], dtype=object)
    ids = known.index.astype(str).to_numpy(dtype=object)[of[at]]
    holes = np.where(number[at] > 0, [f"{k}/" for k in number[at]], "")
    table = gpd.GeoDataFrame(
        {
            "polygon": ids,
            "ring": number[at],
            "vertex": names,
            "side": names + "-" + names.to_numpy()[after],
            "distance": np.hypot(*side.T),
            "azimuth": np.degrees(np.arctan2(side[:, 0], side[:, 1])) % 360,
            "angle": turn,
            "easting": xy[:, 0],
            "northing": xy[:, 1],
        },
        geometry=shapely.points(xy),
        crs=polygons.crs,
    ).set_index(pd.Index(ids + "/" + holes.astype(object) + names.to_numpy(), name="vertex_id"))
    _require_exact(table, shapes, of[at], known.index)
    return conform(table, "vertices")


def check_perimeter(vertices: gpd.GeoDataFrame, tolerance: float = 0.02) -> gpd.GeoDataFrame:
    """Check a vertex table, of any source: angles that add up, sides that close and join its coordinates.

    Each ring is walked from P1 by distances and angles alone, as on the ground.

    Parameters
    ----------
    vertices : GeoDataFrame
        Table ``vertices``, such as one typed from a plan on paper. Vertices of a ring follow each other as
        their names do: P1, P2 ... P10, or A, B ... AA.
    tolerance : float
        How far, in m, the end of the walk may be from P1, and a side from the distance of its ends. Angles
        may miss their sum by what turns the longest side by as much.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``perimeter.angles`` (degrees), ``perimeter.closure`` and ``perimeter.side`` (m).

    Raises
    ------
    CRSError
        If the table is not in metres.
    SchemaError
        If it is no table of vertices.

    References
    ----------
    P. R. Wolf and C. D. Ghilani, Elementary Surveying, chapter on traverse computations (from memory).

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(0, 0, 30, 40)], crs=32719)
    >>> table = perimeter_vertices(site)
    >>> len(check_perimeter(table)), len(check_perimeter(table.assign(distance=[30, 40, 30, 41])))
    (0, 2)
    """
    table = conform(vertices, "vertices")
    if table.empty:
        return empty("findings", table.crs)
    table = table.assign(long=table["vertex"].str.len()).sort_values(["polygon", "ring", "long", "vertex"])
    group = table.groupby(["polygon", "ring"]).ngroup().to_numpy()
    firsts = table[~pd.Series(group).duplicated().to_numpy()]
    count = np.bincount(group)
    distance, angle = (table[c].to_numpy() for c in ("distance", "angle"))
    hole = (firsts["ring"] > 0).to_numpy(dtype=bool)
    wanted = np.where(hole, count + 2, count - 2) * 180.0
    angles = np.bincount(group, angle)
    allowed = np.degrees(
        tolerance / np.maximum.reduceat(distance, np.flatnonzero(np.diff(group, prepend=-1)))
    )
    miss = _missed(distance, angle, group, table["azimuth"].to_numpy())
    xy = table[["easting", "northing"]].to_numpy()
    drawn = np.hypot(*(xy[_neighbours(group)[0]] - xy).T)
    wrong_sum, open_end = np.abs(angles - wanted) > allowed, miss > tolerance
    wrong_side = np.abs(drawn - distance) > tolerance
    return join_findings(
        findings(
            "vertices",
            firsts[wrong_sum],
            "perimeter.angles",
            required=wanted[wrong_sum],
            found=angles[wrong_sum],
        ),
        findings("vertices", firsts[open_end], "perimeter.closure", required=tolerance, found=miss[open_end]),
        findings(
            "vertices",
            table[wrong_side],
            "perimeter.side",
            detail=table["side"][wrong_side],
            required=drawn[wrong_side],
            found=distance[wrong_side],
        ),
    )


def _sorted_rings(rings: NDArray[np.object_], of: Ints) -> tuple[NDArray[np.object_], Ints, Ints]:
    """Return rings with their polygon and number: the shell 0, holes from west to east."""
    hole = np.diff(of, prepend=-1) == 0
    west, south, *_ = shapely.bounds(rings).T
    order = np.lexsort((south, west, hole, of))
    of = of[order]
    return rings[order], of, pd.Series(of).groupby(of).cumcount().to_numpy()


def _open(rings: NDArray[np.object_]) -> tuple[Floats, Ints]:
    """Return the vertices of rings, each once."""
    xy, at = shapely.get_coordinates(rings, return_index=True)
    first = np.diff(at, prepend=-1) != 0
    return xy[~first], at[~first]


def _from_north_west(xy: Floats, at: Ints) -> Ints:
    """Return the order of vertices in which each ring begins with its most north-western one."""
    height = (xy[:, 1] - xy[:, 0]).round(6)
    best = np.lexsort((-xy[:, 1], -height, at))
    start = np.flatnonzero(np.diff(at, prepend=-1))
    count = np.bincount(at)
    shift = best[start] - start
    place = np.arange(len(at)) - start[at]
    return start[at] + (place + shift[at]) % count[at]


def _neighbours(at: Ints) -> tuple[Ints, Ints]:
    """Return the next and the last vertex of each, around its ring."""
    start, count = np.flatnonzero(np.diff(at, prepend=-1)), np.bincount(at)
    place = np.arange(len(at)) - start[at]
    return start[at] + (place + 1) % count[at], start[at] + (place - 1) % count[at]


def _missed(distance: Floats, angle: Floats, group: Ints, azimuth: Floats) -> Floats:
    """Return how far the end of each ring is from its start when it is walked by distances and angles."""
    start = np.flatnonzero(np.diff(group, prepend=-1))
    turned = np.cumsum(180.0 - angle)
    heading = np.radians(azimuth[start][group] + turned - turned[start][group])
    east, north = (np.bincount(group, distance * part) for part in (np.sin(heading), np.cos(heading)))
    return np.hypot(east, north)


def _require_exact(table: gpd.GeoDataFrame, shapes: NDArray[np.object_], of: Ints, ids: pd.Index) -> None:
    """Raise unless sides add up to the perimeter, and angles to what n corners have."""
    corners, rings = np.bincount(of), shapely.get_num_interior_rings(shapes)
    off_length = np.abs(np.bincount(of, table["distance"]) - shapely.length(shapes))
    off_angle = np.abs(np.bincount(of, table["angle"]) - (corners + 2 * (rings - 1)) * 180.0)
    if (wrong := (off_length > SLACK * corners) | (off_angle > SLACK * corners)).any():
        raise ExactnessError(f"Sides or angles do not add up in: {some_ids(ids[wrong])}. Please report it.")
