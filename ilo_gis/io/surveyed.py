"""What outlines from a survey share, drawn or listed: where they lie, which block holds which lot."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import tables

__all__ = ["elsewhere", "holders", "unique", "unsound"]

AROUND = 3.0  # degrees beyond the area of a CRS in which plans are still drawn in it
SAME = 1e-3  # m; nearer vertices are one: total stations measure to some millimetres


def elsewhere(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Tell if a layer lies where its CRS is not used: local or swapped coordinates, another zone.

    Parameters
    ----------
    layer : GeoDataFrame
        Any layer in a projected CRS.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: none, or one about the whole layer.

    Examples
    --------
    >>> swapped = geopandas.GeoDataFrame(geometry=[shapely.Point(8046000, 254000)], crs=32719)
    >>> elsewhere(swapped)["rule"].tolist()
    ['read.elsewhere']
    """
    from pyproj import Transformer

    area, bounds = layer.crs.area_of_use, layer.total_bounds
    if area is None or not np.isfinite(bounds).all():
        return tables.empty("findings", layer.crs)
    degrees = Transformer.from_crs(layer.crs, layer.crs.geodetic_crs, always_xy=True)
    east, north = degrees.transform(bounds[[0, 2]].tolist(), bounds[[1, 3]].tolist())
    inside = (
        area.west - AROUND <= min(east)
        and max(east) <= area.east + AROUND
        and area.south - AROUND <= min(north)
        and max(north) <= area.north + AROUND
    )
    if inside:
        return tables.empty("findings", layer.crs)
    where = f"{bounds[0]:,.0f}, {bounds[1]:,.0f}"
    return tables.findings(
        "layer", None, "read.elsewhere", detail=f"{where} · {layer.crs.name}", crs=layer.crs
    )


def unsound(layer: gpd.GeoDataFrame, table: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Leave out outlines that are drawn twice, and tell of these and of those that cross themselves.

    Parameters
    ----------
    layer : GeoDataFrame
        Polygons, their ids as index.
    table : str
        Name of their table in the findings.

    Returns
    -------
    layer : GeoDataFrame
        Without the later ones of outlines that are the same to a millimetre.
    findings : GeoDataFrame
        Table ``findings``, by id.

    Examples
    --------
    >>> twice = geopandas.GeoDataFrame(index=["1F", "2A"], geometry=[shapely.box(0, 0, 8, 20)] * 2, crs=32719)
    >>> unsound(twice, "lots")[1][["feature", "message_es"]].iloc[0].tolist()
    ['2A', 'El mismo contorno está dibujado dos veces: ya está como 1F. Este no se leyó.']
    """
    shapes = np.asarray(layer.geometry.array, dtype=object)
    with np.errstate(invalid="ignore"):
        rounded = shapely.transform(shapes, lambda points: np.round(points / SAME) * SAME)
    keys = pd.Series(shapely.to_wkb(shapely.normalize(rounded)), layer.index)
    again = keys.duplicated().to_numpy()
    first = pd.Series(layer.index, keys.to_numpy())[~again]
    found = tables.findings(
        table, layer[again], "read.twice", detail=first.reindex(keys[again]).tolist(), crs=layer.crs
    )
    kept = layer[~again]
    told = crossed(kept, table)
    return kept, tables.join_findings(tables.empty("findings", layer.crs), found, told)


def crossed(layer: gpd.GeoDataFrame, table: str) -> gpd.GeoDataFrame:
    """Tell of geometries that are not sound, such as outlines that cross themselves.

    Parameters
    ----------
    layer : GeoDataFrame
        Any geometries, their ids as index.
    table : str
        Name of their table in the findings.

    Returns
    -------
    GeoDataFrame
        Table ``findings``, by id.

    Examples
    --------
    >>> bowtie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    >>> crossed(geopandas.GeoDataFrame(geometry=[bowtie], crs=32719), "lots")["rule"].tolist()
    ['read.crossed']
    """
    shapes = np.asarray(layer.geometry.array, dtype=object)
    wrong = layer[~shapely.is_valid(shapes)]
    reasons = shapely.is_valid_reason(np.asarray(wrong.geometry.array, dtype=object))
    return tables.findings(table, wrong, "read.crossed", detail=reasons.tolist(), crs=layer.crs)


def holders(inner: gpd.GeoDataFrame, outer: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the id of the least polygon that holds a point within each geometry, or None.

    Parameters
    ----------
    inner, outer : GeoDataFrame
        Layers in one CRS; `outer` are polygons with their ids as index.

    Returns
    -------
    ndarray of object
        One id, or None, for each row of `inner`.

    Examples
    --------
    >>> shapes = [shapely.box(0, 0, 8, 20), shapely.box(90, 0, 99, 9)]
    >>> lots = geopandas.GeoDataFrame(index=[1, 2], geometry=shapes)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 60, 40)])
    >>> holders(lots, blocks).tolist()
    ['K', None]
    """
    result = np.full(len(inner), None, dtype=object)
    if inner.empty or outer.empty:
        return result
    points = shapely.point_on_surface(np.asarray(inner.geometry.array, dtype=object))
    shapes = np.asarray(outer.geometry.array, dtype=object)
    rows, held = shapely.STRtree(shapes).query(points, predicate="intersects")
    order = np.argsort(-shapely.area(shapes[held]), kind="stable")  # the least comes last, and stays
    result[rows[order]] = outer.index.to_numpy(dtype=object)[held[order]]
    return result


def unique(ids: Iterable[str], own: Iterable[str]) -> tuple[list[str], NDArray[np.bool_]]:
    """Return ids of which each later one of the same gets its own mark behind, and where that was needed.

    Examples
    --------
    >>> unique(["K-1", "K-1"], ["1F", "2A"])[0]
    ['K-1', 'K-1 (2A)']
    """
    given = pd.Series(list(ids), dtype=object)
    again = given.duplicated().to_numpy()
    marked = given + " (" + pd.Series(list(own), dtype=object) + ")"
    return given.where(~again, marked).tolist(), again
