"""What a receiver of satellites recorded in a field check: points and tracks with their times."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis import tables
from ilo_gis.errors import CRSError, ReadError
from ilo_gis.io.datum import crs_of, to_crs
from ilo_gis.io.guard import require_sane
from ilo_gis.io.surveyed import unique
from ilo_gis.io.vector import reading
from ilo_gis.io.zipped import opened

if TYPE_CHECKING:
    from pyproj import CRS

__all__ = ["read_gpx"]

LAYERS = ("waypoints", "tracks", "track_points")


def read_gpx(
    path: str | os.PathLike[str], crs: object = None, *, max_vertices: int | None = None
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Read the waypoints and tracks of a GPX file, and project them.

    Parameters
    ----------
    path : path-like
        A ``*.gpx``.
    crs : int, str or CRS, optional
        CRS wanted, in m; GPX is in degrees of WGS 84. Left out, the UTM zone of the middle of what was
        recorded is taken, and told.
    max_vertices : int, optional
        As for `read_layer`.

    Returns
    -------
    tables : dict of str to GeoDataFrame
        ``field_points`` and ``field_tracks``, where there are any; times in UTC.
    findings : GeoDataFrame
        Table ``findings``: points and tracks without times; the CRS where none was given.

    Raises
    ------
    ReadError
        As `read_layer`; or if there are neither points nor tracks.
    CRSError
        If `crs` is not in metres.

    References
    ----------
    TopoGrafix (2004), GPX 1.1 Schema.

    Examples
    --------
    >>> read_gpx("no_such.gpx", 32719)
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpx. Check the path and the name.
    """
    import pyogrio

    name = os.fspath(path)
    if crs is not None:
        tables.require_metres(gpd.GeoDataFrame(geometry=[], crs=crs_of(crs)), "the layer")
    with opened(path) as file:
        raw = [
            reading(name, partial(pyogrio.read_dataframe, file, layer=layer, on_invalid="warn"))
            for layer in LAYERS
        ]
    if all(layer.empty for layer in raw):
        raise ReadError(f"{name} has neither waypoints nor tracks. Save what was recorded, not a route.")
    for layer in raw:
        require_sane(layer, name, max_vertices)
    points, tracks, stops = (layer.set_geometry(shapely.force_2d(layer.geometry.array)) for layer in raw)
    wanted, told = _zone(points if len(points) else tracks, name) if crs is None else (crs_of(crs), [])
    result, found = {}, [tables.empty("findings", wanted), *told]
    for table, layer, times in (
        ("field_points", points, {"time": _utc(points["time"])}),
        ("field_tracks", tracks, _spans(stops, len(tracks))),
    ):
        if len(layer):
            made = _table(to_crs(layer, wanted), table, times)
            result[table] = made
            untimed = made[made[next(iter(times))].isna()]
            found.append(tables.findings(table, untimed, "gpx.no_time"))
    return result, tables.join_findings(*found)


def _zone(layer: gpd.GeoDataFrame, name: str) -> tuple[CRS, list[gpd.GeoDataFrame]]:
    """Return the CRS of UTM in whose zone the middle of a layer in degrees lies, and that it was taken."""
    west, _, east, _ = layer.total_bounds
    try:
        zone = layer.estimate_utm_crs()
    except (RuntimeError, ValueError) as error:
        raise CRSError(f"{name} lies in no zone of UTM. Tell a CRS in m: `crs=32719` / `--crs`.") from error
    told = {"detail": zone.to_string(), "found": (west + east) / 2}
    return zone, [tables.findings("layer", None, "gpx.zone", **told, crs=zone)]


def _table(layer: gpd.GeoDataFrame, table: str, times: dict[str, pd.Series]) -> gpd.GeoDataFrame:
    """Return points or tracks under the names of their table, by name where they have one."""
    order = pd.Series(range(1, len(layer) + 1), layer.index).astype(str)
    names = layer["name"].where(layer["name"].notna(), order).astype(str)
    ids, _ = unique(names, order)
    plain = gpd.GeoDataFrame({"name": layer["name"].to_numpy()}, geometry=layer.geometry.array, crs=layer.crs)
    plain = plain.assign(**{key: values.to_numpy() for key, values in times.items()})
    if table == "field_points":
        plain = plain.assign(elevation=layer["ele"].to_numpy(), note=layer["desc"].to_numpy())
    else:
        plain = plain.assign(length=plain.length)
    key = tables.describe(table).index[0]
    return tables.conform(plain.set_axis(pd.Index(ids, name=key), axis=0), table)


def _spans(stops: gpd.GeoDataFrame, count: int) -> dict[str, pd.Series]:
    """Return when each track starts and ends, and of how many points it is."""
    times = _utc(stops["time"]).groupby(stops["track_fid"].to_numpy())
    rows = np.arange(count)
    points = stops.groupby("track_fid").size().reindex(rows, fill_value=0)
    return {"start": times.min().reindex(rows), "end": times.max().reindex(rows), "points": points}


def _utc(times: pd.Series) -> pd.Series:
    """Return times without their zone: UTC."""
    return pd.to_datetime(times, utc=True).dt.tz_localize(None).astype("datetime64[ms]")
