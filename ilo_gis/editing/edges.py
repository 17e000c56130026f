"""The boundary between two zones, moved as one edge that both share."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.editing.edit import Edit, edit_between
from ilo_gis.errors import GeometryError, RuleError, some_ids
from ilo_gis.geometry.seams import Seam, seams

__all__ = ["move_zone_edge", "zone_edge"]

END = 0.01  # m; a line drawn this close to an end of the boundary ends there
EXACT = 1e-9  # share of the land of both that rounding may cost
NARROW = 2e-4  # m; a zone is nowhere narrower: `cut_cover` takes two lines nearer than half of this for one

Floats = NDArray[np.float64]


def zone_edge(zones: gpd.GeoDataFrame, a: str, b: str) -> shapely.LineString | shapely.MultiLineString:
    """Return the boundary that two zones share, with the first zone on its left.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``, in metres; both have the same vertices on the boundary.
    a, b : str
        Two zones.

    Returns
    -------
    LineString or MultiLineString
        Several lines where the boundary is parted.

    Raises
    ------
    RuleError
        If there is no such zone, or both share no line with two ends.

    Examples
    --------
    >>> shapes = [shapely.box(0, 0, 50, 90), shapely.box(50, 0, 120, 90)]
    >>> zones = geopandas.GeoDataFrame(index=["Z1", "Z2"], geometry=shapes, crs=32719)
    >>> zone_edge(zones, "Z1", "Z2").wkt
    'LINESTRING (50 0, 50 90)'
    """
    lines = [shapely.LineString(seam.line) for seam in _seams(zones, a, b)]
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)


def move_zone_edge(zones: gpd.GeoDataFrame, a: str, b: str, line: shapely.LineString) -> Edit:
    """Lead the boundary between two zones along another line, from end to end.

    Both zones get the vertices of the line, to the last bit; other zones stay as they are and go on
    sharing theirs. No land is won or lost.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``, in metres.
    a, b : str
        Two zones that share a boundary.
    line : LineString
        Its new course, in the CRS of the zones, drawn either way. It ends within 1 cm of the ends of
        the boundary, or of one of its parts, and runs inside the two zones.

    Returns
    -------
    Edit
        Of ``zones``: the two.

    Raises
    ------
    RuleError
        As `zone_edge`; or if the line does not run from end to end, crosses itself, leaves the two
        zones, or comes within 0.2 mm of another boundary of theirs: no land would be left between.

    Examples
    --------
    >>> shapes = [shapely.box(0, 0, 50, 90), shapely.box(50, 0, 120, 90)]
    >>> zones = geopandas.GeoDataFrame(index=["Z1", "Z2"], geometry=shapes, crs=32719)
    >>> edit = move_zone_edge(zones, "Z1", "Z2", shapely.LineString([(50, 0), (70, 45), (50, 90)]))
    >>> edit.changes["zones"].after.area.tolist(), edit.title("en")
    ([5400.0, 5400.0], 'Move the boundary between Z1, Z2')
    """
    seam, course = _fitting(_seams(zones, a, b), shapely.get_coordinates(line), (a, b))
    before = zones.loc[[a, b]]
    rings = [hole for shape in before.geometry for hole in shape.interiors]
    outlines = (np.concatenate([course, seam.one[1:]]), np.concatenate([course[::-1], seam.other[1:]]))
    shapes = np.array([_with_holes(outline, rings) for outline in outlines], dtype=object)
    size = before.area.sum()
    sound = shapely.is_valid(shapes).all() and abs(shapely.area(shapes).sum() - size) <= EXACT * size
    if not sound:
        raise RuleError(
            f"The line crosses itself or leaves zones {a} and {b}. Draw it inside the two, from one end of "
            "their boundary to the other."
        )
    width = shapely.minimum_clearance(shapes)
    if (bad := (width < NARROW) & (width < shapely.minimum_clearance(before.geometry.to_numpy()))).any():
        raise RuleError(
            f"The line comes within {1000 * NARROW:g} mm of another boundary of "
            f"{some_ids(before.index[bad])}. Lead it farther away, or paint the land "
            "between them into the other zone."
        )
    after = before.set_geometry(shapes, crs=zones.crs)
    if "area" in after:
        after = after.assign(area=after.area)
    return edit_between("zones.edge", {"zones": before}, {"zones": after}, ids=[a, b])


def _seams(zones: gpd.GeoDataFrame, a: str, b: str) -> list[Seam]:
    if unknown := [zone for zone in (a, b) if zone not in zones.index]:
        raise RuleError(f"There are no zones {some_ids(unknown)}. Look the ids up in the table zones.")
    shapes = zones.geometry.loc[[a, b]].to_numpy()
    if wrong := [zone for zone, shape in zip((a, b), shapes, strict=True) if shape.geom_type != "Polygon"]:
        raise GeometryError(f"Zones {some_ids(wrong)} are not one polygon each. Part them first.")
    found = seams(*shapes) if a != b else []
    if not found:
        raise RuleError(
            f"{a} and {b} share no boundary with two ends and the same vertices on both sides. Name two "
            "zones that touch; `ilo-gis zoning check` shows gaps and overlaps between them."
        )
    return found


def _fitting(found: list[Seam], course: Floats, pair: tuple[str, str]) -> tuple[Seam, Floats]:
    """Return the part of the boundary that a line replaces, and the line with the very ends of that part."""
    for seam in found:
        ends = seam.line[[0, -1]]
        for way in (course, course[::-1]):
            if len(way) > 1 and np.hypot(*(way[[0, -1]] - ends).T).max() <= END:
                return seam, np.concatenate([ends[:1], way[1:-1], ends[1:]])
    where = "; ".join(str(seam.line[[0, -1]].round(2).tolist()) for seam in found)
    raise RuleError(
        f"The line does not run from end to end of the boundary between {pair[0]} and {pair[1]}. Begin and "
        f"end it there: {where}."
    )


def _with_holes(outline: Floats, holes: list[shapely.LinearRing]) -> shapely.Polygon:
    """Return a polygon with the holes whose land lies inside it; one that lies half so is not valid."""
    shell = shapely.Polygon(outline)
    if not shell.is_valid:
        return shell
    inside = shapely.contains_properly(
        shell, [shapely.Polygon(hole).representative_point() for hole in holes]
    )
    return shapely.Polygon(outline, [hole for hole, own in zip(holes, inside, strict=True) if own])
