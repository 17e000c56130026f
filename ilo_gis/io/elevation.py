"""Heights of the ground from a raster: only the window of the site, and only what is surely metres."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import CRSError, IloGisError, ReadError
from ilo_gis.io.guard import local_file
from ilo_gis.tables import Elevation, require_geometry, require_metres

__all__ = ["read_elevation"]

METRES = ("", "m", "metre", "metres", "meter", "meters", "metro", "metros")
FEET = {"ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "us-ft": 1200 / 3937, "us survey foot": 1200 / 3937}
GROUND = (-500.0, 9000.0)  # m; no land lies lower or higher, so such a value is no height
DRIVERS = ["AAIGrid", "DTED", "EHdr", "ENVI", "GPKG", "GTiff", "HFA", "SRTMHGT", "USGSDEM", "XYZ"]  # GDAL's;
# no VRT, WMS and the like, which open other files or servers
AROUND = 2  # cells that interpolation and slope need beside the site

Floats = NDArray[np.float64]


def read_elevation(
    path: str | os.PathLike[str], site: gpd.GeoDataFrame, *, margin: float = 100.0, partial: bool = False
) -> Elevation:
    """Read the heights of a site and its surroundings from a raster.

    Nothing is projected or converted: interpolated heights and feet taken for metres look right
    and are not. The errors give the command of GDAL that makes a raster that can be used.

    Parameters
    ----------
    path : path-like
        A GeoTIFF or another raster file that holds its cells itself (ASCII grid, IMG, HGT, GeoPackage ...),
        with one band of heights in m, in the CRS of the site. Addresses and VRT are refused.
    site : GeoDataFrame
        Polygons in a CRS in metres.
    margin : float
        How far around the site heights are read too, m; at least two cells.
    partial : bool
        Whether heights may be missing in part of the site; they are NaN there.

    Returns
    -------
    Elevation
        Heights in m, NaN where there are none.

    Raises
    ------
    ImportError
        If rasterio is missing: ``pip install "ilo-gis[raster]"``.
    CRSError
        If the raster or the site has no CRS, the raster is in degrees, or the two differ.
    ReadError
        If the file is missing, an address or no raster, has several bands, is turned, is not in metres, has
        heights that no land has (a value for "no data" that is not declared), or does not cover
        the site.
    GeometryError
        If a geometry of the site is missing, empty or invalid.

    Examples
    --------
    >>> pampa = ilo_gis.io.sample("pampa")
    >>> ground = read_elevation(ilo_gis.io.sample_path("elevation"), pampa)
    >>> ground.cell, round(float(ground.heights(np.array([[254000.0, 8047000.0]]))[0]))
    ((30.0, 30.0), 165)
    """
    require_metres(site, "site")
    require_geometry(site, "Polygon", "MultiPolygon", name="site")
    if site.empty:
        raise ReadError("The site has no polygons, so there is no part of the raster to read.")
    try:
        import rasterio
        from rasterio.io import DatasetReader
    except ImportError as error:
        raise ImportError('Rasters need rasterio. Install it: `pip install "ilo-gis[raster]"`.') from error

    name, file = os.fspath(path), local_file(path)
    try:
        with rasterio.Env(), DatasetReader(os.fspath(file), driver=DRIVERS) as raster:
            for fault in _faults(raster, site.crs):
                raise fault
            values, west, north = _window(raster, site.total_bounds, margin)
    except rasterio.errors.RasterioError as error:
        raise ReadError(
            f"{name} cannot be read as a raster: {error}. Open it in QGIS to see; a VRT or another kind "
            f"becomes one file by `gdal_translate {shlex.quote(name)} out.tif`."
        ) from error
    _require_ground(name, values)
    ground = Elevation(values, west, north, (raster.transform.a, abs(raster.transform.e)), site.crs)
    _require_cover(name, ground, site, partial)
    return ground


def _faults(raster: Any, wanted: pyproj.CRS) -> Iterator[IloGisError]:
    """Yield what keeps a raster from being used, each with the command that mends it."""
    name, target = shlex.quote(raster.name), wanted.to_string()
    warp = f"`gdalwarp -t_srs {target} -r bilinear {name} out.tif`"
    if raster.crs is None:
        yield CRSError(
            f"{name} has no CRS. Give it the one its coordinates are in: "
            f"`gdal_translate -a_srs {target} {name} out.tif`, if it is that of the site."
        )
    flat, vertical = _parts(pyproj.CRS.from_wkt(raster.crs.to_wkt()))
    if flat.is_geographic:
        yield CRSError(f"{name} is in degrees ({flat.name}), the site in {wanted.name}. Project it: {warp}.")
    if not _same(flat, wanted):
        yield CRSError(f"{name} is in {flat.name}, the site in {wanted.name}. Project it: {warp}.")
    if raster.count != 1:
        yield ReadError(
            f"{name} has {raster.count} bands; heights are one. Take the band that has them: "
            f"`gdal_translate -b 1 {name} out.tif`."
        )
    if raster.transform.b or raster.transform.d or raster.transform.a < 0:
        yield ReadError(f"The cells of {name} do not run east and north. Lay them straight: {warp}.")
    for unit in (raster.units[0] or "", vertical):
        if unit.strip().lower() not in METRES:
            mend = _to_metres(unit, name, target)
            yield ReadError(f"The heights of {name} are in {unit!r}, not in metres. {mend}")


def _parts(crs: pyproj.CRS) -> tuple[pyproj.CRS, str]:
    """Return the horizontal part of a CRS, and the unit of heights where it has a vertical one."""
    if not crs.is_compound:
        return crs, ""
    flat, vertical = crs.sub_crs_list[:2]
    return flat, vertical.axis_info[0].unit_name


def _same(one: pyproj.CRS, other: pyproj.CRS) -> bool:
    """Whether two CRS are one: a GeoTIFF may write the axes of a CRS in another order, and its name."""
    return one.equals(other, ignore_axis_order=True) or (
        one.to_epsg() is not None and one.to_epsg() == other.to_epsg()
    )


def _to_metres(unit: str, name: str, target: str) -> str:
    factor = FEET.get(unit.strip().lower())
    if factor is None:
        return "Convert them to metres."
    return (
        f'Convert them: `gdal_calc.py -A {name} --outfile=out.tif --type=Float32 --calc="A*{factor:.10g}"`, '
        f"then `gdal_edit.py -a_srs {target} -units m out.tif`."
    )


def _window(raster: Any, bounds: Floats, margin: float) -> tuple[Floats, float, float]:
    """Return heights of the cells around a box, NaN where the raster has none, and their corner."""
    from rasterio.windows import Window

    a, e = raster.transform.a, raster.transform.e
    west, south, east, north = bounds
    reach = max(margin, AROUND * max(a, abs(e)))
    columns = (np.array([west - reach, east + reach]) - raster.transform.c) / a
    lines = np.sort((np.array([south - reach, north + reach]) - raster.transform.f) / e)
    low, high = np.floor([columns[0], lines[0]]).astype(int), np.ceil([columns[1], lines[1]]).astype(int)
    first = np.clip(low, 0, (raster.width, raster.height))
    last = np.clip(high, 0, (raster.width, raster.height))
    values = np.full((high - low)[::-1], np.nan)
    if (last > first).all():
        read = raster.read(1, window=Window(*first, *(last - first)), masked=True)
        known = read.astype(np.float64).filled(np.nan) * raster.scales[0] + raster.offsets[0]
        (left, top), (right, bottom) = first - low, last - low
        values[top:bottom, left:right] = known
    if e > 0:  # rows from the south
        return values[::-1], raster.transform.c + low[0] * a, raster.transform.f + high[1] * e
    return values, raster.transform.c + low[0] * a, raster.transform.f + low[1] * e


def _require_ground(name: str, values: Floats) -> None:
    least, most = GROUND
    wrong = values[(values < least) | (values > most)]
    if len(wrong):
        raise ReadError(
            f"{name} has heights such as {wrong[0]:g} m, which no land has: the value for missing heights is "
            f"not declared. Declare it: `gdal_translate -a_nodata {wrong[0]:g} {name} out.tif`."
        )


def _require_cover(name: str, ground: Elevation, site: gpd.GeoDataFrame, partial: bool) -> None:
    """Raise if heights are missing in the site: in its cells, and at its corners."""
    shapes = np.asarray(site.geometry.array, dtype=object)
    rows, columns = np.indices(ground.values.shape)
    x = ground.west + (columns + 0.5) * ground.cell[0]
    y = ground.north - (rows + 0.5) * ground.cell[1]
    whole = shapely.union_all(shapes)
    shapely.prepare(whole)
    inside = shapely.contains_xy(whole, x, y)
    corners = shapely.get_coordinates(whole)
    known = np.concatenate([~np.isnan(ground.values[inside]), ~np.isnan(ground.heights(corners))])
    if not known.any():
        raise ReadError(f"{name} has no heights in the site at all. Is it the raster of this place?")
    if partial or known.all():
        return
    cells = np.isnan(ground.values[inside])
    missing = f"{100 * cells.mean():.2g} % of the site" if cells.any() else "the edge of the site"
    raise ReadError(
        f"{name} has no heights for {missing}. Take a raster that covers it, or pass `partial=True` "
        "(`--partial`): grades and slopes are unknown there."
    )
