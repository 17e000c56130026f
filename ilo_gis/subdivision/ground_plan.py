"""What a plan starts from: land to build on, streets that are there, ways in, and lots that stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import GeometryError, RuleError
from ilo_gis.geometry.cells import Cell, cells
from ilo_gis.site import buildable
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.streets import clean_streets
from ilo_gis.tables import Elevation, empty, join_findings, require_geometry, require_metres, require_same_crs

__all__ = ["Start", "starting_point"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]

WORDS = {
    "expresa": "expressway",
    "via expresa": "expressway",
    "arterial": "arterial",
    "colectora": "collector",
}
TOLERANCE = 2.0  # m; gaps and stubs of given streets that are mended
SLIP = 0.005  # m; smaller gaps and stubs of given streets are not worth a word
EDGE = 25.0  # m; entrances farther from the edge of the land are no entrances
BEYOND = 30.0  # m round the land within which given streets matter


@dataclass(frozen=True)
class Start:
    """What is given.

    Attributes
    ----------
    site : GeoDataFrame
        Land to lay out, as single polygons.
    losses : GeoDataFrame
        Table ``losses``.
    streets : GeoDataFrame
        Table ``street_lines``: given streets, cleaned; and those round what stays.
    findings : GeoDataFrame
        What was found in the given streets.
    locked : GeoDataFrame
        Lots that stay, as they were given.
    blocks : array of Polygon
        The land of lots that stay, in pieces that touch.
    cells : list of Cell
    entrances : list of array of Point
        Those of each cell.
    """

    site: gpd.GeoDataFrame
    losses: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame
    locked: gpd.GeoDataFrame | None
    blocks: Lines
    cells: list[Cell]
    entrances: list[Lines]

    @property
    def given(self) -> tuple[Lines, Floats]:
        """Centre lines of given streets, and their widths in m."""
        return np.asarray(self.streets.geometry.array, dtype=object), self.streets["width"].to_numpy(
            dtype=float
        )


def starting_point(
    site: gpd.GeoDataFrame,
    brief: Brief,
    streets: gpd.GeoDataFrame | None,
    constraints: gpd.GeoDataFrame | None,
    locked: gpd.GeoDataFrame | None,
    slope: Elevation | None = None,
) -> Start:
    """Read what a plan starts from, and refuse what makes no sense.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If a layer cannot be used.
    GeometryError
        If nothing is left of the site, an entrance is off it, or lots that stay are outside of it.
    """
    require_metres(site, "site")
    require_same_crs(site=site, streets=streets, constraints=constraints, locked=locked, slope=slope)
    require_geometry(site, "Polygon", "MultiPolygon", name="site")
    land, losses = buildable(site, constraints, limits=False)
    if land.empty:
        raise GeometryError(
            "Nothing is left of the site to build on: constraints take all of it, or it is empty."
        )
    whole = shapely.union_all(np.asarray(land.geometry.array))
    stay = _staying(locked, whole)
    whole = shapely.difference(whole, shapely.union_all(stay)) if len(stay) else whole
    given, found = _given(streets, brief, whole, site.crs, stay)
    pieces = cells(whole, np.asarray(given.geometry.array, dtype=object))
    return Start(
        site=gpd.GeoDataFrame(geometry=shapely.get_parts(whole), crs=site.crs),
        losses=losses,
        streets=given,
        findings=found,
        locked=locked,
        blocks=stay,
        cells=pieces,
        entrances=_entrances(brief, whole, pieces),
    )


def _staying(locked: gpd.GeoDataFrame | None, land: shapely.Geometry) -> Lines:
    """Return the land of lots that stay, in pieces that touch."""
    if locked is None or locked.empty:
        return np.empty(0, dtype=object)
    require_geometry(locked, "Polygon", name="locked")
    shapes = np.asarray(locked.geometry.array, dtype=object)
    shapely.prepare(land)
    off = shapely.area(shapely.difference(shapes, land)) > 0.01
    if off.any():
        names = ", ".join(map(str, locked.index[off][:5]))
        raise GeometryError(
            f"{off.sum()} lots that must not move lie outside the land to plan: {names}. Leave them out, or "
            "enlarge the site."
        )
    return shapely.get_parts(shapely.union_all(shapes))


def _given(
    streets: gpd.GeoDataFrame | None, brief: Brief, land: shapely.Geometry, crs: Any, stay: Lines
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return given streets near the land, cleaned, and streets round what stays."""
    parts = []
    if streets is not None:
        require_geometry(streets, "LineString", "MultiLineString", name="streets")
        near = shapely.dwithin(np.asarray(streets.geometry.array, dtype=object), land, BEYOND)
        own = streets[near]
        kinds = (
            own["street_class"].astype(object)
            if "street_class" in own
            else pd.Series("collector", index=own.index)
        )
        classes = kinds.map(lambda name: WORDS.get(str(name).lower(), str(name)))
        width = own["width"] if "width" in own else classes.map(brief.width)
        name = own["name"].astype("string") if "name" in own else pd.Series(pd.NA, own.index, dtype="string")
        parts.append(
            gpd.GeoDataFrame(
                {"street_class": classes, "width": width, "name": name}, geometry=own.geometry, crs=crs
            )
        )
    if len(stay):
        aside = shapely.boundary(shapely.buffer(stay, brief.width("secondary") / 2, join_style="mitre"))
        rings = shapely.get_parts(shapely.intersection(shapely.get_parts(aside), land))
        index = [f"round {k + 1}" for k in range(len(rings))]
        columns = {
            "street_class": "secondary",
            "width": brief.width("secondary"),
            "name": pd.Series(dtype="string"),
        }
        parts.append(gpd.GeoDataFrame(columns, geometry=rings, index=index, crs=crs))
    if not sum(map(len, parts)):
        return empty("street_lines", crs), empty("findings", crs)
    lines = pd.concat([part for part in parts if len(part)])
    cleaned, told = clean_streets(
        lines, width="width", class_column="street_class", name_column="name", tolerance=TOLERANCE
    )
    mended = told["rule"].isin(["streets.overshoot", "streets.undershoot"])
    return cleaned, join_findings(told[~(mended & (told["found"] < SLIP))])


def _entrances(brief: Brief, land: shapely.Geometry, pieces: list[Cell]) -> list[Lines]:
    """Return the entrances of each cell, moved to the edge of the land."""
    found: list[list[shapely.Point]] = [[] for _ in pieces]
    edge = shapely.boundary(land)
    for place in brief.entrances:
        point = shapely.Point(place)
        off = shapely.distance(point, edge)
        if off > EDGE:
            raise RuleError(
                f"The entrance at {place[0]:.1f}, {place[1]:.1f} is {off:.0f} m off the edge of the land; "
                f"{EDGE:g} m are allowed. Correct it, or draw the street that leads there."
            )
        point = (
            shapely.line_interpolate_point(edge, shapely.line_locate_point(edge, point))
            if shapely.get_type_id(edge) == 1
            else shapely.get_point(shapely.shortest_line(edge, point), 0)
        )
        away = [shapely.distance(piece.closed, point) for piece in pieces]
        if min(away, default=np.inf) < 1.0:
            found[int(np.argmin(away))].append(point)
    return [np.array(points, dtype=object) for points in found]
