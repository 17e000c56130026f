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

FAR = 2**26  # cells; farther than any two coordinates lie apart
MESH = 1000.0  # m between points where the scale is asked for; it bends by 6e-9 between them


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
    """Return the areal scale at points, interpolated between those of a grid.

    The grid is fixed, so that the area of a lot does not depend on what other lots there are.
    """
    cell = np.floor(points / MESH)
    key = (cell[:, 0] * FAR + cell[:, 1]).astype(np.int64)  # one number for both is sorted faster
    _, first, of = np.unique(key, return_index=True, return_inverse=True)
    cells = cell[first]
    steps = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    nodes, back = np.unique((cells[:, None] + steps).reshape(-1, 2), axis=0, return_inverse=True)
    scale = _exact_scale(nodes * MESH, projection)[back.reshape(-1, 4)][of]
    x, y = (points / MESH - cell).T
    south = scale[:, 0] + x * (scale[:, 1] - scale[:, 0])
    north = scale[:, 2] + x * (scale[:, 3] - scale[:, 2])
    return south + y * (north - south)


def _exact_scale(points: Floats, projection: pyproj.Proj) -> Floats:
    x, y = points.T.tolist()  # arrays of one trouble pyproj
    longitude, latitude = projection(x, y, inverse=True)
    return np.asarray(projection.get_factors(longitude, latitude).areal_scale)
