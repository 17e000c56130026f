"""Layers from CSV files with a column of well-known text (WKT), as databases and spreadsheets give them."""

from __future__ import annotations

import os

import geopandas as gpd
import numpy as np
import shapely

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.csv_read import read_csv
from ilo_gis.io.datum import crs_of
from ilo_gis.io.guard import require_sane
from ilo_gis.io.surveyed import elsewhere
from ilo_gis.io.vertices import usual
from ilo_gis.io.zipped import opened
from ilo_gis.tables.reading import plain

__all__ = ["has_wkt", "read_wkt"]

HEAD = 65_536  # bytes that hold the names of all columns
SRID = r"^\s*SRID=(\d+);\s*"  # before the WKT of PostGIS


def has_wkt(path: str | os.PathLike[str]) -> bool:
    """Tell whether the first line of a CSV file names a column of WKT: wkt, geom, geometry."""
    with opened(path) as file, file.open("rb") as start:
        first = start.readline(HEAD).decode("utf-8-sig", "replace")
    names = first.translate(str.maketrans(";\t|", ",,,")).split(",")
    return not {plain(name) for name in names}.isdisjoint(usual()["shape"])


def read_wkt(
    path: str | os.PathLike[str],
    crs: object,
    *,
    encoding: str | None = None,
    max_vertices: int | None = None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    r"""Read a layer from a CSV file with a column of WKT, exactly as it is.

    Parameters
    ----------
    path : path-like
        A CSV file, as `read_vertices` takes; the column goes by a usual name (``vertices.toml``).
    crs : int, str or CRS
        CRS of the coordinates. Where the texts name one (``SRID=32718;``), it has to be this.
    encoding : str, optional
        Encoding of the texts; else it is found.
    max_vertices : int, optional
        As for `read_layer`.

    Returns
    -------
    layer : GeoDataFrame
        The other columns as texts, and the geometries; rows without a readable one are left out.
    findings : GeoDataFrame
        Table ``findings``: lines without a readable geometry, coordinates where the CRS is not used.

    Raises
    ------
    ReadError
        If the file cannot be read, has no column of WKT, or its texts name another CRS.
    CRSError
        If `crs` is not in metres.

    References
    ----------
    OGC 06-103r4, Simple Feature Access, part 1, chapter 7.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "lots.csv")
    ...     _ = file.write_text("lote;wkt\n1;POLYGON ((0 0, 8 0, 8 20, 0 0))\n2;?\n")
    ...     layer, found = read_wkt(file, 32719)
    >>> layer.area.tolist(), found["rule"].tolist()
    ([80.0], ['read.no_wkt', 'read.elsewhere'])
    """
    name, wanted = os.fspath(path), crs_of(crs)
    tables.require_metres(gpd.GeoDataFrame(geometry=[], crs=wanted), "the list")
    with opened(path) as file:
        raw = read_csv(file, name, encoding)
    column = next((one for one in raw.columns if plain(one) in usual()["shape"]), None)
    if column is None:
        raise ReadError(f"{name} has no column of WKT. Name it wkt, geom or geometry.")
    srid = raw[column].str.extract(SRID, expand=False).dropna().unique()
    if others := [code for code in srid if crs_of(int(code)) != wanted]:
        raise ReadError(
            f"{name} is in EPSG:{others[0]}, as its texts say (SRID), not in {wanted.name}. Tell it: "
            f"`source_crs={others[0]}` / `--source-crs EPSG:{others[0]}`."
        )
    shapes = shapely.from_wkt(raw[column].str.replace(SRID, "", regex=True).to_numpy(), on_invalid="ignore")
    rows = raw.drop(columns=column).replace("", None)
    layer = gpd.GeoDataFrame(rows, geometry=shapes, crs=wanted)
    lost = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    lines = (np.flatnonzero(lost) + 2).tolist()
    bad = rows[lost].set_axis([str(line) for line in lines], axis=0)
    found = tables.findings("layer", bad, "read.no_wkt", detail=lines, crs=wanted)
    layer = layer[~lost].reset_index(drop=True)
    if layer.empty:
        raise ReadError(f"{name} has no geometry that can be read in column {column!r}. Write it as WKT.")
    require_sane(layer, name, max_vertices)
    return layer, tables.join_findings(tables.empty("findings", wanted), found, elsewhere(layer))
