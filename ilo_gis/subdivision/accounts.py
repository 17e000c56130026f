"""The area table (cuadro de áreas): what becomes of every square metre of the site."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from ilo_gis.tables import conform, require_metres, require_same_crs

__all__ = ["area_table", "ellipsoidal_area"]

Floats = NDArray[np.float64]

NODES = np.cos(np.pi * (np.arange(7) + 0.5) / 7)  # Chebyshev's; degree 6 follows a smooth projection
SMOOTH = 1e-9  # relative; PROJ itself finds the scale to about 1e-11


def area_table(
    streets: gpd.GeoDataFrame, lots: gpd.GeoDataFrame, reserves: gpd.GeoDataFrame | None = None
) -> pd.DataFrame:
    """Return the areas of lots, remnants, reserves and streets, and of the site they add up to.

    Parameters
    ----------
    streets : GeoDataFrame
        Table ``streets``: street land.
    lots : GeoDataFrame
        Table ``lots``, remnants included.
    reserves : GeoDataFrame, optional
        Land reserved for parks, schools and other uses, as polygons.

    Returns
    -------
    DataFrame
        Table ``summary``: index ``item``; ``count``, ``area`` and ``ellipsoidal_area`` (m2),
        ``share`` (% of the site).

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.

    Examples
    --------
    >>> lots = ilo_gis.tables.empty("lots", 32719)
    >>> streets = geopandas.GeoDataFrame(geometry=[shapely.box(254000, 8047000, 254100, 8047012)], crs=32719)
    >>> area_table(streets, lots)["share"].to_dict()
    {'lots': 0.0, 'remnants': 0.0, 'reserves': 0.0, 'streets': 100.0, 'site': 100.0}
    """
    require_metres(lots, "lots")
    require_same_crs(lots=lots, streets=streets, reserves=reserves)
    layers = {
        "lots": lots[lots["kind"] == "lot"],
        "remnants": lots[lots["kind"] == "remnant"],
        "reserves": lots.iloc[:0] if reserves is None else reserves,
        "streets": streets,
    }
    rows = {name: _row(layer) for name, layer in layers.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["count", "area", "ellipsoidal_area"])
    table.loc["site"] = [1, *table[["area", "ellipsoidal_area"]].sum()]
    whole = table.at["site", "area"]
    table["share"] = 100 * table["area"] / whole if whole else 0.0
    return conform(table.rename_axis("item"), "summary")


def _row(layer: gpd.GeoDataFrame) -> list[float]:
    shapes = np.asarray(layer.geometry.array, dtype=object)
    return [len(layer), float(shapely.area(shapes).sum()), float(ellipsoidal_area(shapes, layer.crs).sum())]


def ellipsoidal_area(polygons: NDArray[np.object_], crs: pyproj.CRS) -> Floats:
    """Return areas on the ellipsoid, in m2.

    The area on the grid is divided by the areal scale of the projection at the centroid. For lots
    and blocks that is exact to one part in ten million, better than geodesics in double precision
    are for a lot; over a polygon as wide as 10 km the scale bends by twice as much.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        In the coordinates of `crs`.
    crs : CRS
        A projected CRS.

    Returns
    -------
    array of float, shape (n,)
        m2; 0 for empty polygons.

    References
    ----------
    J. P. Snyder, "Map projections: a working manual", USGS Professional Paper 1395, 1987, chapter 4
    (areal scale).

    Examples
    --------
    >>> crs = pyproj.CRS(32719)
    >>> round(10_000 / ellipsoidal_area(np.array([shapely.box(254000, 8047000, 254100, 8047100)]), crs)[0], 4)
    1.0007
    """
    area = shapely.area(polygons)
    has = area > 0
    centres = shapely.get_coordinates(shapely.centroid(polygons[has]))
    if not has.any():
        return area
    area[has] /= _areal_scale(centres, pyproj.Proj(crs))
    return area


def _areal_scale(points: Floats, projection: pyproj.Proj) -> Floats:
    """Return the areal scale at points; where they are many, by interpolation over their extent."""
    if len(points) <= 2 * len(NODES) ** 2:
        return _exact_scale(points, projection)
    low, high = points.min(axis=0), points.max(axis=0)
    middle, reach = (low + high) / 2, np.maximum((high - low) / 2, 1.0)
    values = _exact_scale(middle + reach * np.dstack(np.meshgrid(NODES, NODES)).reshape(-1, 2), projection)
    solve = np.linalg.inv(np.vander(NODES))
    terms = solve @ values.reshape(len(NODES), -1).T @ solve.T
    x, y = (np.vander(t, len(NODES)) for t in ((points - middle) / reach).T)
    scale = ((x @ terms) * y).sum(axis=1)
    some = np.linspace(0, len(points) - 1, len(NODES)).astype(np.int64)
    if np.allclose(scale[some], _exact_scale(points[some], projection), rtol=SMOOTH, atol=0):
        return scale
    return _exact_scale(points, projection)  # too far apart for one polynomial


def _exact_scale(points: Floats, projection: pyproj.Proj) -> Floats:
    x, y = points.T.tolist()  # arrays of one trouble pyproj
    longitude, latitude = projection(x, y, inverse=True)
    return np.asarray(projection.get_factors(longitude, latitude).areal_scale)
