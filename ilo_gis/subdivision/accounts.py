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


def ellipsoidal_area(polygons: NDArray[np.object_], crs: pyproj.CRS) -> NDArray[np.float64]:
    """Return areas on the ellipsoid, in m2.

    The area on the grid is divided by the areal scale of the projection at the middle of the
    polygon, which for lots and blocks is exact to one part in a million.

    Parameters
    ----------
    polygons : array of Polygon
        In the coordinates of `crs`.
    crs : CRS
        A projected CRS.

    Examples
    --------
    >>> crs = pyproj.CRS(32719)
    >>> round(10_000 / ellipsoidal_area(np.array([shapely.box(254000, 8047000, 254100, 8047100)]), crs)[0], 4)
    1.0007
    """
    area = shapely.area(polygons)
    if not len(polygons):
        return area
    x, y = shapely.get_coordinates(shapely.centroid(polygons)).T
    projection = pyproj.Proj(crs)
    longitude, latitude = projection(x.tolist(), y.tolist(), inverse=True)  # arrays of one trouble pyproj
    return area / np.asarray(projection.get_factors(longitude, latitude).areal_scale)
