"""Latrines: the corner of each lot, fixed so that it can be joined to the sewer that comes later."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, some_ids
from ilo_gis.geometry.lines import node
from ilo_gis.siting.fronts import fronts_on
from ilo_gis.siting.latrine_findings import latrine_findings
from ilo_gis.siting.latrine_rows import ALONE, CORNERS, corner_points, pair_up, row_ends
from ilo_gis.siting.latrine_terms import LatrineTerms, latrine_words
from ilo_gis.tables import Elevation, conform, empty, require_geometry, require_metres, require_same_crs

__all__ = ["Latrines", "latrines"]

NEAR = 60.0  # m; houses farther away are told as this far
UPHILL = 1000.0  # m of way that a corner which does not drain counts for

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Lines = NDArray[np.object_]


@dataclass(frozen=True)
class Latrines:
    """A latrine for each lot, and what is told of them.

    Attributes
    ----------
    latrines : GeoDataFrame
        Table ``latrines``: points.
    findings : GeoDataFrame
        Table ``findings``.
    """

    latrines: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def latrines(
    lots: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    terms: LatrineTerms,
    *,
    sewer_line: gpd.GeoDataFrame | None = None,
    elevation: Elevation | None = None,
    water: gpd.GeoDataFrame | None = None,
    houses: gpd.GeoDataFrame | None = None,
) -> Latrines:
    """Return the corner of each lot in which the latrine is to stand, and why.

    All lots of a block face follow one rule. Latrines stand at the front or at the back of the lots:
    where more of them drain to the line of the future sewer, then where that is nearer. Every two lots side
    by side have theirs at the common side and share a trench, so that each is as far as can be from the
    other neighbour; an odd lot at the end is alone. The point is set in from the lot lines by half the
    pit and a margin, and never outside the lot.

    Parameters
    ----------
    lots : GeoDataFrame
        Polygons in a CRS in metres, table ``lots``; remnants are left out.
    streets : GeoDataFrame
        Centre lines of the streets that lots front.
    terms : LatrineTerms
        Distances of the norms, size of the pit.
    sewer_line : GeoDataFrame, optional
        Lines of the future sewer; by default the centre lines of the streets.
    elevation : Elevation, optional
        Heights of the ground, m; without, nothing is said of the fall.
    water : GeoDataFrame, optional
        Wells and other sources of water. Public taps are piped water and no source.
    houses : GeoDataFrame, optional
        Polygons of houses that stand already. Without, a house may stand anywhere on a lot.

    Returns
    -------
    Latrines
        Table ``latrines`` (points; distances in m) and findings.

    Raises
    ------
    CRSError
        If a layer is not in metres, or they differ.
    GeometryError
        If geometries are missing, empty, invalid or of another type.
    RuleError, SchemaError
        If there are no streets, or ids of lots repeat.
    ExactnessError
        If a point lies outside its lot: a fault of ilo_gis.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V: the municipality fixes the corner of the plot so
    that latrines are easily joined to the future sewer. Norms international.latrine_siting and
    international.latrine_distance.

    Examples
    --------
    Two lots on a street to the south share a trench at their common side:

    >>> lots = geopandas.GeoDataFrame(index=["A-1", "A-2"], crs=32719,
    ...     geometry=[shapely.box(0, 6, 8, 26), shapely.box(8, 6, 16, 26)])
    >>> street = geopandas.GeoDataFrame(geometry=[shapely.LineString([(-20, 0), (40, 0)])], crs=32719)
    >>> found = latrines(lots, street, LatrineTerms.from_norms(ilo_gis.norms.load("pe"))).latrines
    >>> found["corner"].tolist(), found["pair"].tolist(), found.geometry.to_wkt().tolist()
    (['front_right', 'front_left'], ['A-2', 'A-1'], ['POINT (7 7)', 'POINT (9 7)'])
    """
    require_metres(lots, "lots")
    require_geometry(lots, "Polygon", "MultiPolygon", name="lots")
    for layer, name in ((streets, "streets"), (sewer_line, "sewer_line")):
        if layer is not None:
            require_geometry(layer, "LineString", "MultiLineString", name=name)
    require_same_crs(lots=lots, streets=streets, sewer_line=sewer_line, water=water, houses=houses)
    table = lots[lots["kind"].astype(str) != "remnant"] if "kind" in lots else lots
    if table.empty:
        return Latrines(empty("latrines", lots.crs), empty("findings", lots.crs))
    if streets.empty or (sewer_line is not None and sewer_line.empty):
        raise RuleError("There are no streets, or no line of the future sewer. Give their centre lines.")
    line = _parts(streets if sewer_line is None else sewer_line)
    return _sited(table, node(_parts(streets))[0], line, terms, (elevation, water, houses))


def _sited(
    lots: gpd.GeoDataFrame, streets: Lines, line: Lines, terms: LatrineTerms, more: tuple[object, ...]
) -> Latrines:
    elevation, water, houses = more
    land = lots.geometry.to_numpy()
    fronts = fronts_on(land, streets)
    points, narrow = corner_points(land, fronts, terms.pit / 2 + terms.margin)
    far, fall = _to_line(points, line, elevation)
    dry = fall + terms.sewer_depth < terms.grade * far
    face = np.unique(2 * fronts.line + fronts.side, return_inverse=True)[1]
    back = row_ends(face, far, dry)
    ends = 2 * back[:, None] + np.arange(2)
    cost = np.take_along_axis(far + UPHILL * dry, ends, 1)
    place = np.where(fronts.side == 1, fronts.at, -fronts.at)
    right, mate = pair_up(land, face, place, cost)
    corner = 2 * back + right
    chosen = np.arange(len(lots)), corner
    spot = shapely.points(points[chosen])
    if not shapely.intersects(land, spot).all():
        wrong = lots.index[~shapely.intersects(land, spot)]
        raise ExactnessError(f"Latrines outside their lots: {some_ids(wrong)}. This is a fault of ilo_gis.")
    ids = lots.index.astype(str).to_numpy(dtype=object)
    frame = gpd.GeoDataFrame(
        {
            "corner": np.array(CORNERS, dtype=object)[corner],
            "pair": [None if k == ALONE else ids[k] for k in mate],
            "to_sewer": far[chosen],
            "fall": fall[chosen] if elevation is not None else np.nan,
            **_distances(land, spot, houses, water),
        },
        index=lots.index.rename("lot_id"),
        geometry=spot,
        crs=lots.crs,
    )
    for lang in ("en", "es"):
        frame[f"reason_{lang}"] = _reasons(frame, dry[chosen], lang)
    told = latrine_findings(lots, frame, narrow, dry[chosen], fronts.gap, houses is not None, terms)
    return Latrines(conform(frame, "latrines"), told)


def _parts(layer: gpd.GeoDataFrame) -> Lines:
    return np.asarray(shapely.get_parts(layer.geometry.to_numpy()))


def _to_line(points: Floats, line: Lines, elevation: object) -> tuple[Floats, Floats]:
    """Return how far each corner is from the line, and how much higher; inf without heights."""
    flat = points.reshape(-1, 2)
    spot = shapely.points(flat)
    of, near = shapely.STRtree(line).query_nearest(spot, all_matches=False)
    near = line[near[np.argsort(of, kind="stable")]]
    far = shapely.distance(spot, near).reshape(points.shape[:2])
    if not isinstance(elevation, Elevation):
        return far, np.full(far.shape, np.inf)
    foot = shapely.get_coordinates(
        shapely.line_interpolate_point(near, shapely.line_locate_point(near, spot))
    )
    fall = elevation.heights(flat) - elevation.heights(foot)
    return far, fall.reshape(far.shape)


def _distances(land: Lines, spot: Lines, houses: object, water: object) -> dict[str, Floats]:
    """Return the distances to the own house, to a neighbour's and to water, m."""
    count = len(land)
    own, other = np.full(count, np.nan), np.full(count, NEAR)
    if isinstance(houses, gpd.GeoDataFrame) and len(houses):
        built = houses.geometry.to_numpy()
        house, lot = shapely.STRtree(land).query(shapely.point_on_surface(built), predicate="intersects")
        owner = np.full(len(built), -1)
        owner[house] = lot
        np.fmin.at(own, lot, shapely.distance(built[house], spot[lot]))
    else:
        built, owner = land, np.arange(count)
    which, near = shapely.STRtree(built).query(spot, predicate="dwithin", distance=NEAR)
    others = owner[near] != which
    np.minimum.at(other, which[others], shapely.distance(spot[which[others]], built[near[others]]))
    to_water = np.full(count, np.nan)
    if isinstance(water, gpd.GeoDataFrame) and len(water):
        wells = water.geometry.to_numpy()
        of, at = shapely.STRtree(wells).query_nearest(spot, all_matches=False)
        to_water[of] = shapely.distance(spot[of], wells[at])
    return {"to_house": own, "to_neighbour": other, "to_water": to_water}


def _reasons(frame: gpd.GeoDataFrame, dry: NDArray[np.bool_], lang: str) -> list[str]:
    """Return why each latrine stands where it does."""
    words = latrine_words()
    corners = {name: said[lang] for name, said in words["corners"].items()}
    say = {name: said[lang] for name, said in words["reasons"].items()}
    rows = zip(frame["corner"], frame["pair"], frame["to_sewer"], frame["fall"], dry, strict=True)
    told = []
    for corner, mate, far, fall, uphill in rows:
        parts = [say["line"].format(corner=corners[corner], distance=far)]
        if np.isfinite(fall):
            parts.append(say["up" if uphill else "down"].format(fall=fall))
        parts.append(say["alone"] if mate is None else say["pair"].format(mate=mate))
        told.append("; ".join(parts) + ".")
    return told
