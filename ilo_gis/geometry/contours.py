"""A guide line along the contours, for rows of lots that follow the ground."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from ilo_gis.errors import GeometryError, RuleError
from ilo_gis.geometry.terrain import Elevation

__all__ = ["contour_guide"]

SAMPLES = 120  # points across the polygon where the ground is looked at, at most
STATION = 10.0  # m between the points of a contour while it is smoothed
LOOSE = 0.1  # share of the shortest segment that a guide may stray from the smoothed contour
WIDER = 2.0 ** np.arange(6)  # the contour is smoothed over so many times half the shortest segment
LEVEL = 1e-6  # share; ground of less slope has no contours

Floats = NDArray[np.float64]


def contour_guide(
    elevation: Elevation, polygon: shapely.Polygon, *, shortest: float = 80.0, bend: float = 30.0
) -> shapely.LineString:
    """Return a line of few segments that follows the contour of mean height across a polygon.

    The ground is smoothed over half the shortest segment, then the contour, no more than it takes
    to meet `shortest` and `bend`. Its ends lead straight on, out of the polygon. Where that contour
    does not cross at least half of the polygon, or winds too much, the guide is a straight line
    through the centroid, square to the slope of the plane closest to the ground; on level ground,
    along the polygon.

    Parameters
    ----------
    elevation : Elevation
        Heights of the ground.
    polygon : Polygon or MultiPolygon
        Land to be laid out, in the CRS of the grid, in m.
    shortest : float
        Length of the shortest segment, m.
    bend : float
        Most that the line turns between two segments, degrees.

    Returns
    -------
    LineString
        From west to east, both ends outside the polygon's bounds.

    Raises
    ------
    ImportError
        If contourpy is missing: ``pip install "ilo-gis[raster]"``.
    GeometryError
        If no heights are known in the polygon.
    RuleError
        If `shortest` or `bend` is not positive.

    References
    ----------
    D. H. Douglas and T. K. Peucker, "Algorithms for the reduction of the number of points required
    to represent a digitized line", Cartographica 10 (2), 1973.

    Examples
    --------
    A hillside that rises to the north is laid out from west to east:

    >>> rise = np.repeat(np.arange(40.0)[::-1], 40).reshape(40, 40)
    >>> hill = ilo_gis.tables.Elevation(rise, west=0, north=400, cell=(10, 10))
    >>> guide = contour_guide(hill, shapely.box(100, 100, 300, 300))
    >>> shapely.get_coordinates(guide)[:, 1].round(3).tolist()
    [200.0, 200.0]
    """
    if not (shortest > 0 and bend > 0):
        raise RuleError(f"shortest is {shortest} m and bend {bend} degrees; both should be positive.")
    x, y, ground, inside = _ground(elevation, polygon, shortest)
    if inside.sum() < 3:
        raise GeometryError(
            "The elevation has no heights in the polygon, so it has no contours. "
            "Read a raster that covers it: `io.read_elevation(path, site)`."
        )
    straight = _straight(x[inside], y[inside], ground[inside], polygon)
    contour = _longest(x[0], y[:, 0], ground, float(ground[inside].mean()), polygon)
    if contour is not None:
        for guide in _simpler(contour, shortest):
            if _is_smooth(guide, shortest, bend):
                led_out = _led_out(shapely.get_coordinates(guide), polygon)
                if led_out.is_simple:
                    return led_out
    return straight


def _ground(
    elevation: Elevation, polygon: shapely.Polygon, shortest: float
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Return a grid of points over a polygon, the smoothed ground there, and which lie inside."""
    west, south, east, north = polygon.bounds
    step = max(min(elevation.cell), max(east - west, north - south) / SAMPLES)
    step = min(step, max(east - west, north - south) / 10)
    reach = 2 * shortest  # smoothing needs ground around the polygon
    x, y = np.meshgrid(
        np.arange(west - reach, east + reach + step, step),
        np.arange(south - reach, north + reach + step, step),
    )
    heights = elevation.heights(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    known = ~np.isnan(heights)
    sigma = shortest / 2 / step
    weight = gaussian_filter(known.astype(float), sigma, mode="nearest")
    smooth = gaussian_filter(np.where(known, heights, 0.0), sigma, mode="nearest")
    ground = np.where(known, smooth / np.where(known, weight, 1.0), np.nan)
    shapely.prepare(polygon)
    return x, y, ground, shapely.contains_xy(polygon, x, y) & known


def _straight(x: Floats, y: Floats, ground: Floats, polygon: shapely.Polygon) -> shapely.LineString:
    """Return the line through the centroid that is square to the slope of the closest plane."""
    middle = shapely.get_coordinates(shapely.centroid(polygon))[0]
    plane = np.column_stack([x - middle[0], y - middle[1], np.ones(len(x))])
    rise = np.linalg.lstsq(plane, ground, rcond=None)[0][:2]
    way = np.array([-rise[1], rise[0]])
    if np.hypot(*rise) < LEVEL:
        corners = shapely.get_coordinates(shapely.oriented_envelope(polygon))
        edges = np.diff(corners, axis=0)
        way = edges[np.hypot(*edges.T).argmax()]
    return _led_out(middle + np.outer([-0.5, 0.5], way / np.hypot(*way)), polygon)


def _longest(
    x: Floats, y: Floats, ground: Floats, height: float, polygon: shapely.Polygon
) -> shapely.LineString | None:
    """Return the longest piece of a contour in a polygon, if it crosses at least half of it."""
    try:
        from contourpy import contour_generator
    except ImportError as error:
        raise ImportError('Contours need contourpy. Install it: `pip install "ilo-gis[raster]"`.') from error

    found = contour_generator(x, y, ground).lines(height)
    lines = [shapely.LineString(line) for line in found if len(line) > 1]
    pieces = shapely.get_parts(shapely.line_merge(shapely.intersection(lines, polygon)))
    pieces = pieces[shapely.length(pieces) > 0]
    if not len(pieces):
        return None
    longest = pieces[shapely.length(pieces).argmax()]
    ends = shapely.get_coordinates(longest)[[0, -1]]
    chord = ends[1] - ends[0]
    across = shapely.get_coordinates(polygon) @ chord
    return longest if chord @ chord >= np.ptp(across) / 2 > 0 else None


def _simpler(contour: shapely.LineString, shortest: float) -> Iterator[shapely.LineString]:
    """Yield lines of fewer and fewer segments that follow a contour less and less closely."""
    count = max(int(np.ceil(contour.length / STATION)), 2)
    stations = shapely.line_interpolate_point(contour, np.linspace(0, 1, count + 1), normalized=True)
    points = shapely.get_coordinates(stations)
    # turned about its ends, the line leads straight on there, and its ends stay where they are
    turned = np.concatenate([2 * points[0] - points[:0:-1], points, 2 * points[-1] - points[-2::-1]])
    for wider in WIDER:
        sigma = wider * shortest / 2 / (contour.length / count)
        smooth = gaussian_filter1d(turned, sigma, axis=0, mode="nearest")[count : 2 * count + 1]
        yield shapely.LineString(smooth).simplify(LOOSE * shortest)


def _is_smooth(line: shapely.LineString, shortest: float, bend: float) -> bool:
    steps = np.diff(shapely.get_coordinates(line), axis=0)
    azimuth = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
    turns = np.abs((np.diff(azimuth) + 180) % 360 - 180)
    return bool(np.hypot(*steps.T).min() >= shortest and (turns <= bend).all())


def _led_out(points: Floats, polygon: shapely.Polygon) -> shapely.LineString:
    """Return a line from west to east whose ends lead straight on, past the bounds of a polygon."""
    west, south, east, north = polygon.bounds
    far = 2 * np.hypot(east - west, north - south)
    ends = points[[0, -1]]
    ways = ends - points[[1, -2]]
    ends = ends + ways / np.hypot(*ways.T)[:, None] * far
    points = np.vstack([ends[:1], points[1:-1], ends[1:]])
    return shapely.LineString(points if tuple(points[0]) <= tuple(points[-1]) else points[::-1])
