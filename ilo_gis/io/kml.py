"""KML and KMZ: all folders of a file as one layer, without the columns that only tell how it looks."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj
import shapely

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.datum import crs_of, to_crs
from ilo_gis.io.guard import require_sane
from ilo_gis.io.vector import reading
from ilo_gis.io.zipped import opened

__all__ = ["read_kml"]

DEGREES = 4326  # the only CRS of KML
LOOKS = {
    "id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder",
    "icon", "snippet",
}  # fmt: skip


def read_kml(
    path: str | os.PathLike[str], crs: object, *, max_vertices: int | None = None
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Read all placemarks of a KML or KMZ file, and project them.

    Parameters
    ----------
    path : path-like
        A ``*.kml`` or ``*.kmz``. Links to other files are not followed.
    crs : int, str or CRS
        CRS wanted, in m; KML is in degrees.
    max_vertices : int, optional
        As for `read_layer`.

    Returns
    -------
    layer : GeoDataFrame
        ``folder``, ``name``, ``description``, and the extended data as columns; heights dropped.
    findings : GeoDataFrame
        Table ``findings``: heights that were dropped, placemarks without geometry.

    Raises
    ------
    ReadError
        As `read_layer`.
    CRSError
        If `crs` is not in metres, or the placemarks have no place in it.

    References
    ----------
    OGC 12-007r2, OGC KML 2.3.

    Examples
    --------
    >>> read_kml("no_such.kml", 32719)
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.kml. Check the path and the name.
    """
    name = os.fspath(path)
    wanted = crs_of(crs)
    tables.require_metres(gpd.GeoDataFrame(geometry=[], crs=wanted), "the layer")
    with opened(path) as file:
        folders = _folders(file, name)
    if not folders:
        raise ReadError(f"{name} has no placemarks. Export those that you need, not a link to them.")
    joined = pd.concat(folders, ignore_index=True)
    layer = gpd.GeoDataFrame(joined, geometry="geometry", crs=pyproj.CRS.from_epsg(DEGREES))
    require_sane(layer, name, max_vertices)
    found = [tables.empty("findings", wanted)]
    if missing := int(layer.geometry.isna().sum()):
        found.append(tables.findings("layer", None, "read.missing", found=missing, required=len(layer)))
    if high := int(_is_high(layer)):
        found.append(tables.findings("layer", None, "read.heights", found=high))
    flat = layer.set_geometry(shapely.force_2d(layer.geometry.array), crs=layer.crs)
    return to_crs(flat.rename_axis("placemark"), wanted), tables.join_findings(*found)


def _folders(file: Path, name: str) -> list[pd.DataFrame]:
    """Return the placemarks of each folder that has any."""
    import pyogrio

    folders = []
    for folder, _ in reading(name, lambda: pyogrio.list_layers(file)):
        one = reading(name, partial(pyogrio.read_dataframe, file, layer=folder, on_invalid="warn"))
        if one.empty:
            continue
        one = one.rename(columns={"Name": "name", "Description": "description"})
        kept = [column for column in one.columns if column not in LOOKS and column != "geometry"]
        folders.append(pd.DataFrame({"folder": folder, **one[[*kept, "geometry"]]}))
    return folders


def _is_high(layer: gpd.GeoDataFrame) -> int:
    """Return how many geometries have a height that is not 0."""
    points, rows = shapely.get_coordinates(layer.geometry.array, include_z=True, return_index=True)
    return len(set(rows[points[:, 2] > 0]))
