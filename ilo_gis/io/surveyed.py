"""What outlines from a survey share, drawn or listed: where they lie, which block holds which lot."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import tables

__all__ = ["crossed", "elsewhere", "holders", "one_piece", "unique", "unsound"]

AROUND = 3.0  # degrees beyond the area of a CRS in which plans are still drawn in it
SAME = 1e-3  # m; nearer vertices are one: total stations measure to some millimetres
UNITS = ("lots", "occupants")  # a row is one unit of a register: two would count it, and its people, twice


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


def one_piece(layer: gpd.GeoDataFrame, table: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Make each part of a feature of several parts a feature, where the table has one piece a row.

    Lots and occupants of several parts are left out: each is one unit, and nothing tells which part has its
    number, its household, its paper.

    Parameters
    ----------
    layer : GeoDataFrame
        Any geometries in metres, their ids as index, unique texts.
    table : str
        Declared name of the table that they are to be.

    Returns
    -------
    layer : GeoDataFrame
        Parts go by the id of the whole and their number, ``12-1``, ``12-2``; area (m2), perimeter and the
        length of lines (m) are those of the part; what else the file says of the whole stands at each.
    findings : GeoDataFrame
        Table ``findings``, by the id of the whole.

    References
    ----------
    OGC 06-103r4, Simple Feature Access, part 1, section 6.1.

    Examples
    --------
    >>> street = shapely.MultiLineString([[(0, 0), (50, 0)], [(60, 0), (90, 0)]])
    >>> lines = geopandas.GeoDataFrame({"length": [80.0]}, index=["12"], geometry=[street], crs=32719)
    >>> one_piece(lines, "street_lines")[0]["length"].to_dict()
    {'12-1': 50.0, '12-2': 30.0}
    """
    kind = tables.describe(table).at["geometry", "dtype"]
    shapes = np.asarray(layer.geometry.array, dtype=object)
    several = (layer.geom_type == f"Multi{kind}").to_numpy()
    counts = np.where(several, shapely.get_num_geometries(shapes), 1)
    if not several.any():
        return layer, tables.empty("findings", layer.crs)
    if table in UNITS:
        told = tables.findings(table, layer[several], "read.one_piece", found=counts[several])
        return layer[~several], told
    rows = np.repeat(np.arange(len(layer)), counts)
    part, own = several[rows], layer.index.to_numpy(dtype=object)[rows]
    shapes = shapes[rows]
    shapes[part] = shapely.get_parts(np.asarray(layer.geometry.array, dtype=object)[several])
    order = np.arange(len(rows)) - (np.cumsum(counts) - counts)[rows] + 1
    numbers, mark = order.astype(str).astype(object), "-"
    while len(np.intersect1d(own[~part], (own + mark + numbers)[part])):  # ids of the file stay its own
        mark += "-"
    ids = np.where(part, own + mark + numbers, own)
    named = pd.Series(ids[part], dtype=object).groupby(rows[part])
    told = named.first() + np.where(counts[several] > 2, " … ", ", ") + named.last()
    found = tables.findings(table, layer[several], "read.parts", detail=told.tolist(), found=counts[several])
    result = layer.iloc[rows].set_axis(pd.Index(ids, name=layer.index.name), axis=0)
    result = result.set_geometry(gpd.GeoSeries(shapes, result.index, crs=layer.crs))
    return _measured(result, part, table), found


def _measured(layer: gpd.GeoDataFrame, part: NDArray[np.bool_], table: str) -> gpd.GeoDataFrame:
    """Return a layer with the measures of parts in place of those of the whole."""
    shapes = np.asarray(layer.geometry.array, dtype=object)
    lengths = shapely.length(shapes)
    sizes = {"area": shapely.area(shapes), "perimeter": lengths, "length": lengths}
    if table == "blocks":  # whose length and width are the sides of a rectangle
        sizes |= {"length": np.full(len(layer), np.nan), "width": np.full(len(layer), np.nan)}
    there = {name: values for name, values in sizes.items() if name in layer}
    return layer.assign(**{name: np.where(part, values, layer[name]) for name, values in there.items()})


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
