"""Streets as a graph that pipes can follow: pieces between crossings, and the stretch of lots along each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from ilo_gis.errors import RuleError
from ilo_gis.geometry.lines import GRID, end_nodes, gaps, move_ends, node, stubs
from ilo_gis.tables import require_geometry, require_metres, require_same_crs

__all__ = ["StreetGraph", "place", "street_graph"]

SPECK = 0.01  # m. A shorter line is a slip of the hand
ROUNDS = 5  # mending a gap may make a crossing, or another end meet a line; two rounds have always done
CORNER = 1.0  # m; no lot joins a pipe nearer to a crossing
NEXT_STREET = (1.5, 1.0)  # a lot at a corner may join a street up to 1.5 times as far as its nearest, and 1 m

Lines = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Place: TypeAlias = (
    gpd.GeoDataFrame | shapely.Point | tuple[float, float]
)  # a layer of one feature, or a point


@dataclass(frozen=True, eq=False)
class StreetGraph:
    """Pieces of streets between nodes, and where lots join them.

    Attributes
    ----------
    xy : array of float, shape (n, 2)
        Nodes: crossings, ends of streets, and places between them no farther apart than asked for.
    lines : array of LineString, shape (m,)
        Pieces of streets between nodes, m.
    ends : array of int, shape (m, 2)
        Nodes at the first and at the last point of each piece.
    root : int
        Node of the source or outfall.
    lots : Index
        Lots that join a piece, in the order of their ids.
    piece, at, away : arrays, one for each of these lots
        Piece that the lot joins; how far along it, in m; distance from the lot to it, in m.
    apart : Index
        Lots without a street in reach.
    """

    xy: Floats
    lines: Lines
    ends: Ints
    root: int
    lots: pd.Index
    piece: Ints
    at: Floats
    away: Floats
    apart: pd.Index


def street_graph(
    streets: gpd.GeoDataFrame,
    lots: gpd.GeoDataFrame,
    root: Place,
    *,
    spacing: float = 80.0,
    reach: float = 40.0,
    tolerance: float = 2.0,
) -> StreetGraph:
    """Return the graph of streets with the lots that join it.

    Lines are split where they meet, loose ends that stop just short of a street are led on to it, and
    pieces longer than `spacing` are cut into equal ones. A lot joins the nearest street; at a corner, of
    those that are about as near, the one that more lots front.

    Parameters
    ----------
    streets : GeoDataFrame
        Centre lines in a CRS in metres, as dirty as they come.
    lots : GeoDataFrame
        Polygons with unique ids, in the CRS of `streets`. Rows whose ``kind`` is "remnant" are left out.
    root : Point, (x, y) or GeoDataFrame with one feature
        Source or outfall. It is joined to the nearest street in a straight line.
    spacing : float
        Greatest length of a piece, m.
    reach : float
        Greatest distance from a lot to the centre line of its street, m.
    tolerance : float
        Greatest gap of the centre lines to mend, m.

    Returns
    -------
    StreetGraph

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If geometries are missing, empty, invalid or of another type; the features are named.
    RuleError
        If there are no streets, `root` is no place, or a length is not above 0.

    Examples
    --------
    >>> street = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (100, 0)])], crs=32719)
    >>> lot = geopandas.GeoDataFrame(index=["A-1"], geometry=[shapely.box(60, 6, 70, 26)], crs=32719)
    >>> graph = street_graph(street, lot, (0, 0), spacing=50)
    >>> graph.xy.tolist(), graph.piece.tolist(), graph.at.tolist(), graph.away.tolist()
    ([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0]], [1], [15.0], [6.0])
    """
    lines, own = _checked(streets, lots)
    if not min(spacing, reach) > 0:
        raise RuleError(f"spacing is {spacing}, reach {reach}; both should be metres above 0.")
    point = place(root, streets.crs)
    whole, link = _with_root(_cleaned(lines, tolerance), point)
    shapes = np.asarray(own.geometry.array, dtype=object)
    lot, edge, away = _joined(whole, shapes, reach)
    along = shapely.line_locate_point(whole[edge], shapely.centroid(shapes[lot]))
    pieces, first, size = _pieces(np.concatenate([whole, link]), spacing)
    count = np.diff(np.append(first, len(pieces)))[edge]
    step = np.clip((along / size[edge]).astype(np.int64), 0, count - 1)
    margin = np.minimum(CORNER, size[edge] / 2)
    ends, _ = end_nodes(pieces)
    xy = np.zeros((ends.max() + 1, 2))
    for side in (0, -1):
        xy[ends[:, side]] = shapely.get_coordinates(shapely.get_point(pieces, side))
    return StreetGraph(
        xy=xy,
        lines=pieces,
        ends=ends,
        root=int(np.hypot(*(xy - shapely.get_coordinates(point)).T).argmin()),
        lots=own.index[lot],
        piece=first[edge] + step,
        at=np.clip(along - step * size[edge], margin, size[edge] - margin),
        away=away,
        apart=own.index[np.setdiff1d(np.arange(len(own)), lot)],
    )


def place(root: Place, crs: Any) -> shapely.Point:
    """Return the place that a point, a pair of coordinates or a layer of one feature tells.

    Examples
    --------
    >>> place((3, 4), None)
    <POINT (3 4)>
    """
    if isinstance(root, gpd.GeoDataFrame):
        require_metres(root, "source or outfall")
        if root.crs != crs:
            raise RuleError(f"The source or outfall is in {root.crs.name}. Project it: `.to_crs(...)`.")
        if len(root) != 1:
            raise RuleError(f"The layer of the source or outfall has {len(root)} features. Give one.")
        root = root.geometry.iloc[0]
    if isinstance(root, shapely.Geometry) and not root.is_empty:
        root = shapely.get_coordinates(root.centroid)[0]
    try:
        xy = np.asarray(root, dtype=float)
    except (TypeError, ValueError):
        xy = np.zeros(0)
    if xy.shape != (2,) or not np.isfinite(xy).all():
        raise RuleError(f"{root!r} is no place. Give x and y in metres, a point, or a layer with one point.")
    return shapely.Point(xy)


def _checked(streets: gpd.GeoDataFrame, lots: gpd.GeoDataFrame) -> tuple[Lines, gpd.GeoDataFrame]:
    """Return single lines, and the lots that are to be served in the order of their ids."""
    require_metres(streets, "streets")
    require_metres(lots, "lots")
    require_same_crs(streets=streets, lots=lots)
    long = ~(streets.geom_type.isin(["LineString", "MultiLineString"]) & (streets.length < SPECK))
    require_geometry(streets[long], "LineString", "MultiLineString", name="streets")
    require_geometry(lots, "Polygon", "MultiPolygon", name="lots")
    lines = shapely.get_parts(shapely.force_2d(np.asarray(streets.geometry.array, dtype=object)[long]))
    lines = lines[shapely.length(lines) >= SPECK]
    if not len(lines):
        raise RuleError("There are no streets for pipes to follow. Give their centre lines.")
    legal = lots[lots["kind"] != "remnant"] if "kind" in lots else lots
    return lines, legal.iloc[np.argsort(legal.index.astype(str), kind="stable")]


def _cleaned(lines: Lines, tolerance: float) -> Lines:
    """Return edges that meet at their ends, without stubs, with gaps closed."""
    edges = node(shapely.set_precision(lines, GRID, mode="pointwise"))[0]
    for _ in range(ROUNDS):
        edges = edges[~stubs(edges, tolerance)]
        gap = gaps(edges, tolerance)
        if not len(gap.edge):
            break
        edges = node(move_ends(edges, gap.edge, gap.end, gap.target))[0]
    return edges


def _with_root(edges: Lines, root: shapely.Point) -> tuple[Lines, Lines]:
    """Return edges split where the root joins them, and the straight link to it if it lies off the street."""
    near = int(shapely.STRtree(edges).query_nearest(root, all_matches=False)[0])
    line = edges[near]
    at = shapely.line_locate_point(line, root)
    if SPECK < at < line.length - SPECK:
        parts = np.array([substring(line, 0, at), substring(line, at, line.length)], dtype=object)
        joint, edges = shapely.get_point(parts[0], -1), np.concatenate([np.delete(edges, near), parts])
    else:
        joint = shapely.get_point(line, 0 if at <= SPECK else -1)
    if joint.distance(root) < SPECK:
        return edges, np.zeros(0, dtype=object)
    return edges, np.array([shapely.LineString([root, joint])], dtype=object)


def _joined(edges: Lines, shapes: Lines, reach: float) -> tuple[Ints, Ints, Floats]:
    """Return lots, the edge that each joins, and how far away it is."""
    lot, edge = shapely.STRtree(edges).query(shapes, predicate="dwithin", distance=reach)
    away = shapely.distance(shapes[lot], edges[edge])
    order = np.lexsort((edge, away, lot))
    lot, edge, away = lot[order], edge[order], away[order]
    first = np.unique(lot, return_index=True)[1]
    fronting = np.bincount(edge[first], minlength=len(edges))  # lots that have it as their nearest
    nearest = np.repeat(away[first], np.diff(np.append(first, len(lot))))
    times, more = NEXT_STREET
    near = away <= times * nearest + more
    lot, edge, away = lot[near], edge[near], away[near]
    order = np.lexsort((edge, away, -fronting[edge], lot))
    lot, edge, away = lot[order], edge[order], away[order]
    first = np.unique(lot, return_index=True)[1]
    return lot[first], edge[first], away[first]


def _pieces(edges: Lines, spacing: float) -> tuple[Lines, Ints, Floats]:
    """Return equal pieces of edges; the first piece of each edge; the length of its pieces."""
    length = shapely.length(edges)
    count = np.maximum(np.ceil(length / spacing - 1e-9), 1).astype(np.int64)
    size = length / count
    pieces: list[Any] = []
    for line, parts, step in zip(edges, count.tolist(), size.tolist(), strict=True):
        if parts == 1:
            pieces.append(line)
            continue
        cuts = [substring(line, k * step, (k + 1) * step) for k in range(parts)]
        pieces += cuts
    first = np.cumsum(np.append(0, count[:-1]))
    return np.array(pieces, dtype=object), first, size
