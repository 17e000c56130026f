"""Blocks (manzanas): what streets leave of a site. Streets and blocks cover it exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.geometry import lines as net
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.measure import sides
from ilo_gis.geometry.ribbons import ribbons
from ilo_gis.subdivision.numbering import letter_blocks
from ilo_gis.subdivision.streets import Width, clean_streets
from ilo_gis.tables import (
    conform,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = [
    "StreetLayout",
    "blocks_from_streets",
    "layout_streets",
    "measured_blocks",
    "move_slivers",
    "street_land",
]

STRAIGHT = 0.05  # m. Streets that waver less are drawn straight: a wall is not built to a closer line
ROUNDING = 0.001  # m. Corners of street land closer to a straight line than this are dropped

Polygons = NDArray[np.object_]


@dataclass(frozen=True)
class StreetLayout:
    """Streets and blocks of a site; together they cover it exactly.

    Attributes
    ----------
    streets : GeoDataFrame
        Table ``streets``: street land.
    street_lines : GeoDataFrame
        Table ``street_lines``: the cleaned centre lines.
    blocks : GeoDataFrame
        Table ``blocks``.
    findings : GeoDataFrame
        Table ``findings``: dirt met in the lines, and slivers.
    """

    streets: gpd.GeoDataFrame
    street_lines: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def blocks_from_streets(
    streets: gpd.GeoDataFrame, site: gpd.GeoDataFrame | None = None, width: Width = 12.0, **options: Any
) -> gpd.GeoDataFrame:
    """Return the blocks between street centre lines, as dirty as these come.

    Parameters
    ----------
    streets : GeoDataFrame
        Street centre lines in a CRS in metres.
    site : GeoDataFrame, optional
        Polygons to stay within, in the same CRS. By default the land that the streets enclose.
    width : float, str or mapping
        Width of the right of way: metres, the column that has them, or metres by class.
    **options
        As in `layout_streets`: ``tolerance``, ``class_column``, ``norms``, ``min_block``.

    Returns
    -------
    GeoDataFrame
        Table ``blocks``: area (m2), perimeter, length and width (m), from north to south.

    Raises
    ------
    CRSError, GeometryError, RuleError, SchemaError
        If the input cannot be used; the message says what to do.
    ExactnessError
        If streets and blocks do not cover the site exactly: a fault of ilo_gis.

    See Also
    --------
    layout_streets : the same with street land, cleaned lines and findings.

    References
    ----------
    RNE GH.020, articles 8 to 10 (sections of streets) and 16 (blocks).

    Examples
    --------
    Four streets 100 m apart and 12 m wide leave a block of 88 by 88 m.

    >>> grid = ["LINESTRING (0 -50, 0 150)", "LINESTRING (100 -50, 100 150)",
    ...         "LINESTRING (-50 0, 150 0)", "LINESTRING (-50 100, 150 100)"]
    >>> lines = geopandas.GeoDataFrame(geometry=shapely.from_wkt(grid), crs=32719)
    >>> blocks_from_streets(lines, width=12.0)["area"].round(6).tolist()
    [7744.0]
    """
    return layout_streets(streets, site, width, **options).blocks


def layout_streets(
    streets: gpd.GeoDataFrame,
    site: gpd.GeoDataFrame | None = None,
    width: Width = 12.0,
    *,
    tolerance: float = 2.0,
    class_column: str | None = None,
    name_column: str | None = None,
    norms: Mapping[str, Any] | None = None,
    min_block: float = 1.0,
) -> StreetLayout:
    """Turn street centre lines into street land and blocks, an exact cover of the site.

    Parameters
    ----------
    streets : GeoDataFrame
        Street centre lines in a CRS in metres, as dirty as they come.
    site : GeoDataFrame, optional
        Polygons to stay within, in the same CRS; overlapping ones are one site. By default the
        street land with all that it encloses.
    width : float, str or mapping
        Width of the right of way: metres, the column that has them, or metres by class (`clean_streets`).
    class_column, name_column : str, optional
        Columns with the class and the name of the street.
    norms : mapping of str to Norm, optional
        Norms in force, where `width` names norms.
    tolerance : float
        Greatest gap or stub to mend, m. A street that ends within it of the edge of the site is led
        out of it.
    min_block : float
        Land left over below this size, m2, is a sliver: it goes to the street land beside it (and
        street land as small to the block beside it), with a finding.

    Returns
    -------
    StreetLayout
        Tables ``streets``, ``street_lines``, ``blocks``, ``findings``.

    Raises
    ------
    CRSError
        If a CRS is missing or not in metres, or the two layers have different ones.
    GeometryError
        If geometries are missing, empty, of the wrong type, not finite, or polygons not valid.
    RuleError
        If a width is missing or not positive; the rows are named.
    SchemaError
        If a column is missing or the index repeats.
    ExactnessError
        If streets and blocks do not cover the site exactly: a fault of ilo_gis.

    References
    ----------
    RNE GH.020, articles 8 to 10 (sections of streets) and 16 (blocks).

    Examples
    --------
    >>> lines = geopandas.GeoDataFrame(geometry=[shapely.LineString([(50, 0), (50, 80)])], crs=32719)
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 80)], crs=32719)
    >>> land = layout_streets(lines, site, width=10.0)
    >>> land.blocks["area"].tolist(), land.streets["area"].tolist()
    ([3600.0, 3600.0], [800.0])
    """
    if not 0 <= min_block < np.inf:
        raise RuleError(f"min_block is {min_block}; it should be a number of m2, 0 or more.")
    whole = None if site is None else _whole(streets, site)
    street_lines, told = clean_streets(
        streets,
        width=width,
        class_column=class_column,
        name_column=name_column,
        norms=norms,
        tolerance=tolerance,
    )
    land = street_land(street_lines, whole, tolerance)
    if whole is None:
        whole = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(land))))
        outlines = shapely.boundary(shapely.get_parts(land))
    else:
        told = _inside(told, whole, tolerance)
        outlines = np.array([shapely.union_all([shapely.boundary(whole), shapely.boundary(land)])])
    roads, blocks, slivers = _faces(outlines, land, whole, min_block)
    parts = np.concatenate([roads, blocks])
    prove_cover(parts, np.array([whole]), what="streets and blocks")
    told = join_findings(told, _slivers(slivers, streets.crs, min_block))
    return StreetLayout(_streets(roads, streets.crs), street_lines, _blocks(blocks, streets.crs), told)


def street_land(
    street_lines: gpd.GeoDataFrame, site: shapely.Geometry | None = None, tolerance: float = 2.0
) -> shapely.Polygon | shapely.MultiPolygon:
    """Return the land of streets: half their width to each side, with sharp corners.

    Streets of one width that lead straight on are drawn as one; vertices that bend them by less
    than 5 cm are dropped first, so that the edges of blocks are straight. Dead ends are cut square.

    Parameters
    ----------
    street_lines : GeoDataFrame
        Table ``street_lines``.
    site : Polygon or MultiPolygon, optional
        Site that the streets lead out of, where they end within `tolerance` of its edge. The land
        is not cut to it.
    tolerance : float
        In metres.

    Returns
    -------
    Polygon or MultiPolygon

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (30, 0)])
    >>> street_land(geopandas.GeoDataFrame({"width": [10.0]}, geometry=[line], crs=32719)).area
    300.0
    """
    edges = np.asarray(street_lines.geometry.array, dtype=object)
    width = street_lines["width"].to_numpy(dtype=float)
    if site is not None and len(edges):
        edges = _led_out(edges, width, site, tolerance)
    lines, width = net.strokes(edges, width, STRAIGHT)
    return shapely.simplify(shapely.union_all(ribbons(lines, width)), ROUNDING)


def front_streets(street_lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the land of streets that lots front: all but passages on foot, as one row; none without streets.

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (30, 0)])
    >>> columns = {"street_class": ["secondary"], "width": [10.0]}
    >>> lines = geopandas.GeoDataFrame(columns, geometry=[line], crs=32719)
    >>> front_streets(lines).area.tolist()
    [300.0]
    """
    carriage = street_lines[(street_lines["street_class"] != "passage").fillna(value=True)]
    land = [street_land(carriage)] if len(carriage) else []
    return gpd.GeoDataFrame(geometry=land, crs=street_lines.crs)


def _led_out(
    edges: Polygons, width: NDArray[np.float64], site: shapely.Geometry, tolerance: float
) -> Polygons:
    """Lead loose ends at or past the edge of the site on, so that its edge cuts the street clean."""
    edge, end = net.loose_ends(edges)
    points = shapely.get_point(edges[edge], end)
    shapely.prepare(site)
    out = ~shapely.contains(site, points) | shapely.dwithin(shapely.boundary(site), points, tolerance)
    edge, end, points = edge[out], end[out], shapely.get_coordinates(points[out])
    back = shapely.get_coordinates(shapely.get_point(edges[edge], np.where(end == 0, 1, -2)))
    ahead = (points - back) / np.hypot(*(points - back).T)[:, None]
    return net.move_ends(edges, edge, end, points + ahead * (width[edge, None] + tolerance))


def _whole(streets: gpd.GeoDataFrame, site: gpd.GeoDataFrame) -> shapely.Geometry:
    require_metres(streets, "streets")
    require_same_crs(streets=streets, site=site)
    require_geometry(site, "Polygon", "MultiPolygon", name="site")
    return shapely.force_2d(shapely.union_all(np.asarray(site.geometry.array, dtype=object)))


def _inside(told: gpd.GeoDataFrame, whole: shapely.Geometry, tolerance: float) -> gpd.GeoDataFrame:
    """Leave out dead ends that are none: the street leaves the site there."""
    ends = (told["rule"] == "streets.dead_end").to_numpy()
    shapely.prepare(whole)
    where = np.asarray(told.geometry.array, dtype=object)
    inside = shapely.contains(whole, where) & ~shapely.dwithin(shapely.boundary(whole), where, tolerance)
    return join_findings(told[~ends | inside])


def _faces(
    outlines: Polygons, land: shapely.Geometry, whole: shapely.Geometry, least: float
) -> tuple[Polygons, Polygons, Polygons]:
    """Return street land, blocks, and the slivers that changed sides, all made of the same edges."""
    faces = shapely.get_parts(shapely.polygonize(outlines))
    shapely.prepare([land, whole])
    points = shapely.point_on_surface(faces)
    inside = shapely.contains(whole, points)
    faces, points = faces[inside], points[inside]
    road, moved = move_slivers(faces, shapely.contains(land, points), least)
    if not len(moved):
        return faces[road], faces[~road], faces[moved]
    roads, blocks = (shapely.get_parts(shapely.coverage_union_all(faces[side])) for side in (road, ~road))
    return roads, blocks, faces[moved]


def move_slivers(
    faces: Polygons, road: NDArray[np.bool_], least: float
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Give land too small for a block to the street land beside it, and the other way round.

    Parameters
    ----------
    faces : array of Polygon, shape (n,)
        Street land and blocks, made of the same edges.
    road : bool array of shape (n,)
        Which are street land.
    least : float
        m2 below which a face is a sliver.

    Returns
    -------
    road : bool array of shape (n,)
        Which are street land now.
    moved : int array
        Positions of the slivers that changed sides.

    Examples
    --------
    >>> faces = shapely.box([0, 10, 10.01], 0, [10, 10.01, 20], 9)
    >>> [part.tolist() for part in move_slivers(faces, np.array([True, False, True]), 1.0)]
    [[True, True, True], [1]]
    """
    small = np.flatnonzero(shapely.area(faces) < least)
    i, j = shapely.STRtree(faces).query(faces[small], predicate="intersects")
    other = (road[small[i]] != road[j]) & ~np.isin(j, small)
    i, j = small[i[other]], j[other]
    moved = np.unique(i[shapely.relate_pattern(faces[i], faces[j], "****1****")])
    road = road.copy()
    road[moved] = ~road[moved]
    return road, moved


def _slivers(slivers: Polygons, crs: Any, least: float) -> gpd.GeoDataFrame:
    layer = gpd.GeoDataFrame(geometry=slivers, index=[""] * len(slivers), crs=crs)
    return findings("blocks", layer, "blocks.sliver", required=least, found=shapely.area(slivers))


def _reading_order(polygons: Polygons) -> Polygons:
    """Sort from north to south, then from west to east, by the middle to the millimetre."""
    middle = np.round(shapely.get_coordinates(shapely.centroid(polygons)), 3)
    return polygons[np.lexsort((shapely.area(polygons), middle[:, 0], -middle[:, 1]))]


def _streets(polygons: Polygons, crs: Any) -> gpd.GeoDataFrame:
    polygons = _reading_order(polygons)
    frame = gpd.GeoDataFrame({"area": shapely.area(polygons)}, geometry=polygons, crs=crs)
    return conform(_numbered(frame, "street_id"), "streets")


def _blocks(polygons: Polygons, crs: Any) -> gpd.GeoDataFrame:
    polygons = shapely.normalize(_reading_order(polygons))
    return conform(letter_blocks(measured_blocks(polygons, crs)), "blocks")


def measured_blocks(polygons: Polygons, crs: Any) -> gpd.GeoDataFrame:
    """Return block outlines with their area (m2), perimeter, length and width (m).

    Examples
    --------
    >>> measured_blocks(np.array([shapely.box(0, 0, 90, 50)]), 32719)[["area", "length"]].values.tolist()
    [[4500.0, 90.0]]
    """
    long, short = sides(polygons)
    columns = {
        "area": shapely.area(polygons),
        "perimeter": shapely.length(polygons),
        "length": long,
        "width": short,
    }
    return gpd.GeoDataFrame(columns, geometry=polygons, crs=crs)


def _numbered(frame: gpd.GeoDataFrame, key: str) -> gpd.GeoDataFrame:
    frame.index = pd.Index([str(k + 1) for k in range(len(frame))], name=key, dtype=object)
    return frame
