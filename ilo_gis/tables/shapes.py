"""Tables whose geometries are of several kinds, as programs take them that hold one kind in a layer."""

from __future__ import annotations

import geopandas as gpd

__all__ = ["by_kind"]


def by_kind(table: gpd.GeoDataFrame) -> list[gpd.GeoDataFrame]:
    """Return a table parted by the kind of geometry: points, lines, polygons; one and several parts are one.

    Parameters
    ----------
    table : GeoDataFrame
        Rows with geometries of any kind, in any CRS.

    Returns
    -------
    list of GeoDataFrame
        Rows of each kind, kinds by name; rows without a geometry stand with the most frequent kind.

    Examples
    --------
    >>> import shapely
    >>> shapes = shapely.from_wkt(["POINT (0 0)", "MULTIPOINT (0 0, 1 1)", "LINESTRING (0 0, 1 1)", None])
    >>> [len(part) for part in by_kind(geopandas.GeoDataFrame(geometry=shapes, crs=32719))]
    [3, 1]
    """
    kinds = table.geom_type.str.removeprefix("Multi").replace("LinearRing", "LineString")
    if kinds.isna().all():
        return [table]
    kinds = kinds.fillna(kinds.mode().iloc[0])
    return [rows for _, rows in table.groupby(kinds, sort=False)]
