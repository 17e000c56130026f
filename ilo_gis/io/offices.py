"""Tables as files that offices use: CSV, GeoJSON, shapefile and GeoParquet, one file a table."""

from __future__ import annotations

import csv
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import tables
from ilo_gis.errors import WriteError, some_ids
from ilo_gis.io.atomic import disk_is_full, filling, replacing
from ilo_gis.io.parquet import write_parquet
from ilo_gis.io.rows import as_rows, inert, ready, texts_of
from ilo_gis.tables.reading import plain

__all__ = ["write_csv", "write_geojson", "write_parquets", "write_shapefile"]

MICRON = 6  # decimals of metres in texts
MICRON_DEGREES = 12  # decimals of degrees that keep one
DBF_NAME, DBF_TEXT = 10, 254  # bytes that the format has room for
DBF_DAY = "2000-01-01"  # instead of today: the same tables give the same bytes
ZIP_DAY = (2000, 1, 1, 0, 0, 0)
CSVT = {"i": "Integer64", "f": "Real", "b": "Integer(Boolean)", "M": "DateTime"}
POLYGON = 3  # type of GEOS
SHAPES = {0: "points", 1: "lines", 3: "polygons", 4: "multipoints", 5: "lines", 6: "polygons"}


def write_csv(
    content: Mapping[str, pd.DataFrame],
    folder: str | os.PathLike[str],
    *,
    vertices: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write tables as CSV files that spreadsheets open and GIS programs know the types and CRS of.

    UTF-8 with its mark, comma, texts in quotes; texts that a spreadsheet would take for a formula get an
    apostrophe (`read_exported` takes it away). Beside each: ``.csvt`` with the types, ``.prj`` with the CRS.

    Parameters
    ----------
    content : mapping of str to table
        Tables by the names that `ilo_gis.tables` declares.
    folder : path-like
        Folder to write to; made where it is missing.
    vertices : bool
        Geometries as a file ``<table>_vertices.csv`` of one row per vertex (id, part, ring, order, easting,
        northing in m), instead of a column of WKT with six decimals.
    overwrite : bool
        Whether existing files may be replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    CRSError, PrivacyError, SchemaError
        As for `write_tables`.
    WriteError
        If a file exists or cannot be written, or a text has characters that no file can hold.

    References
    ----------
    RFC 4180. OWASP, CSV Injection.

    Examples
    --------
    >>> write_csv({"blocks": ilo_gis.tables.empty("blocks", 32719)}, "no_such_folder/csv")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    content = ready(content)
    with filling(folder, overwrite) as made:
        for name, table in content.items():
            rows = as_rows(table)
            kinds = [CSVT.get(dtype.kind, "String") for dtype in rows.dtypes]
            if isinstance(table, gpd.GeoDataFrame):
                rows, kinds = _with_geometry(table, rows, kinds, None if vertices else made / f"{name}.prj")
            if vertices and isinstance(table, gpd.GeoDataFrame):
                _csv(vertex_rows(table), made / f"{name}_vertices.csv")
            _csv(rows, made / f"{name}.csv")
            types = ",".join(f'"{kind}"' for kind in kinds)
            (made / f"{name}.csvt").write_text(types + "\n", "ascii")
    return Path(folder)


def write_geojson(
    content: Mapping[str, pd.DataFrame],
    folder: str | os.PathLike[str],
    *,
    projected: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write tables as GeoJSON files.

    Parameters
    ----------
    content, folder, overwrite
        As for `write_csv`. A table without geometry has features without one.
    projected : bool
        Keep the metres of the project CRS, which each file then names, instead of longitude and latitude
        on WGS 84. That is no GeoJSON by RFC 7946: for programs that are known to read it.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    CRSError, PrivacyError, SchemaError, WriteError
        As for `write_csv`.

    References
    ----------
    RFC 7946, The GeoJSON Format, sections 3 and 4.

    Examples
    --------
    >>> write_geojson({"blocks": ilo_gis.tables.empty("blocks", 32719)}, "no_such_folder/json")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    content = ready(content)
    with filling(folder, overwrite) as made:
        for name, table in content.items():
            rows = as_rows(table)
            options = {"COORDINATE_PRECISION": str(MICRON_DEGREES), "RFC7946": "YES", "WRITE_NAME": "YES"}
            if projected or not isinstance(table, gpd.GeoDataFrame) or table.crs is None:
                options = {"COORDINATE_PRECISION": str(MICRON), "WRITE_NAME": "YES"}
            if projected and isinstance(table, gpd.GeoDataFrame):
                options["DESCRIPTION"] = f"{table.crs.to_string()}, m; no RFC 7946"
            _gdal(rows, made / f"{name}.geojson", driver="GeoJSON", layer=name, layer_options=options)
    return Path(folder)


def write_parquets(
    content: Mapping[str, pd.DataFrame], folder: str | os.PathLike[str], *, overwrite: bool = False
) -> Path:
    """Write tables as GeoParquet files, those without geometry as Parquet.

    Parameters
    ----------
    content, folder, overwrite
        As for `write_csv`.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    CRSError, PrivacyError, SchemaError, WriteError
        As for `write_csv`.
    ImportError
        If pyarrow is not installed.

    Examples
    --------
    >>> write_parquets({"blocks": ilo_gis.tables.empty("blocks", 32719)}, "no_such_folder/parquet")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    content = ready(content)
    with filling(folder, overwrite) as made:
        for name, table in content.items():
            write_parquet(table, made / f"{name}.parquet")
    return Path(folder)


def write_shapefile(
    content: Mapping[str, pd.DataFrame], path: str | os.PathLike[str], *, overwrite: bool = False
) -> Path:
    """Write tables as shapefiles, one of each kind of shape, in UTF-8, with ``.cpg`` and ``.prj``.

    What the format has no room for lies beside: ``<table>_fields.csv`` says which column, of which type and
    unit, each field of at most ten letters is; ``<table>_texts.csv`` has the texts that a field cannot
    hold whole (longer than 254 bytes, empty, or with spaces behind). `read_exported` puts all together.

    Parameters
    ----------
    content, overwrite
        As for `write_csv`. A table without geometry is a ``.dbf`` alone.
    path : path-like
        Folder to write to, or one ``*.zip`` with all files.

    Returns
    -------
    Path
        The folder or zip file.

    Raises
    ------
    CRSError, PrivacyError, SchemaError, WriteError
        As for `write_csv`.

    References
    ----------
    Esri, Shapefile Technical Description, 1998.

    Examples
    --------
    >>> write_shapefile({"blocks": ilo_gis.tables.empty("blocks", 32719)}, "no_such_folder/shapes.zip")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    content = ready(content)
    with _folder_or_zip(path, overwrite) as made:
        for name, table in content.items():
            _shapes(table, name, made)
    return Path(path)


def vertex_rows(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the vertices of a layer: its id, part, ring (0 the outer one), order, easting and northing.

    Examples
    --------
    >>> lot = geopandas.GeoDataFrame(index=["K-1"], geometry=[shapely.box(0, 0, 8, 20)], crs=32719)
    >>> vertex_rows(lot.rename_axis("lot_id")).values.tolist()[1]
    ['K-1', 1, 0, 2, 8.0, 20.0]
    """
    parts = table.geometry.explode().dropna()
    shapes = parts.to_numpy()
    land = shapely.get_type_id(shapes) == POLYGON
    rings, of = shapely.get_rings(shapes[land], return_index=True)
    lines = np.concatenate([rings, shapes[~land]])
    of = np.concatenate([np.flatnonzero(land)[of], np.flatnonzero(~land)])
    lines, of = lines[np.argsort(of, kind="stable")], np.sort(of)
    xy, at = shapely.get_coordinates(lines, return_index=True)
    part = pd.Series(range(len(parts))).groupby(np.asarray(parts.index), sort=False).cumcount().to_numpy() + 1
    columns = {
        table.index.name: np.asarray(parts.index)[of[at]],
        "part": part[of[at]],
        "ring": _counted(of)[at],
        "order": _counted(at) + 1,
        "easting": xy[:, 0].round(MICRON),
        "northing": xy[:, 1].round(MICRON),
    }
    return pd.DataFrame(columns)


# -- one table ---------------------------------------------------------------------------------------


def _counted(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    return pd.Series(groups).groupby(groups, sort=False).cumcount().to_numpy()


def _with_geometry(
    table: gpd.GeoDataFrame, rows: pd.DataFrame, kinds: list[str], prj: Path | None
) -> tuple[pd.DataFrame, list[str]]:
    """Return rows with their geometry as WKT, or without where no `prj` is wanted."""
    flat = pd.DataFrame(rows.drop(columns="geometry"))
    kinds = [kind for kind, column in zip(kinds, rows.columns, strict=True) if column != "geometry"]
    if prj is None:
        return flat, kinds
    if table.crs is not None:
        prj.write_text(table.crs.to_wkt("WKT1_GDAL") + "\n", "utf-8")
    return flat.assign(geometry=shapely.to_wkt(table.geometry.array, rounding_precision=MICRON)), [
        *kinds,
        "WKT",
    ]


def _csv(rows: pd.DataFrame, path: Path) -> None:
    rows = rows.rename(columns=dict(zip(rows, inert(pd.Series(list(rows), dtype=object)), strict=True)))
    rows = rows.assign(**{name: inert(rows[name]) for name in texts_of(rows)})
    rows.to_csv(
        path,
        index=False,
        encoding="utf-8-sig",
        lineterminator="\r\n",
        quoting=csv.QUOTE_NONNUMERIC,
        date_format="%Y-%m-%dT%H:%M:%S.%f",
    )


def _shapes(table: pd.DataFrame, name: str, folder: Path) -> None:
    rows = _told(as_rows(table))
    fields = _fields(list(rows.columns.drop("geometry", errors="ignore")))
    spec = tables.describe(name)
    known = spec.reindex(list(fields))[["dtype", "unit", "alias_es", "description"]].fillna("")
    _csv(
        known.assign(field=list(fields.values())).rename_axis("column").reset_index(),
        folder / f"{name}_fields.csv",
    )
    unheld = [_unheld(rows, column) for column in texts_of(rows.drop(columns="geometry", errors="ignore"))]
    if len(whole := pd.concat(unheld)):
        _csv(whole, folder / f"{name}_texts.csv")
    for column in texts_of(rows.drop(columns="geometry", errors="ignore")):
        rows[column] = rows[column].map(_cut, na_action="ignore")
    rows = rows.rename(columns=fields)
    options = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": DBF_DAY}
    for kind, part in _by_shape(rows):
        file = folder / (f"{name}_{kind}.shp" if kind else f"{name}.shp")
        if not isinstance(part, gpd.GeoDataFrame):
            file = file.with_suffix(".dbf")
        _gdal(part, file, driver="ESRI Shapefile", layer=file.stem, layer_options=options)


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with times as texts: a field of dates has no time of the day."""
    times = [name for name, dtype in rows.dtypes.items() if dtype.kind == "M"]
    said = {name: rows[name].dt.strftime("%Y-%m-%dT%H:%M:%S.%f").astype(object) for name in times}
    return rows.assign(**{name: texts.where(texts.notna(), None) for name, texts in said.items()})


def _unheld(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    texts = rows[column].dropna()
    lost = texts.map(lambda text: text != _cut(text) or text != text.rstrip(" ") or not text).astype(bool)
    ids = rows.loc[lost.index[lost], rows.columns[0]]
    if column == rows.columns[0] and len(ids):
        raise WriteError(
            f"Ids that no shapefile can hold (too long, or with spaces behind): {some_ids(ids)}."
        )
    return pd.DataFrame({"id": ids, "column": column, "text": texts[lost]})


def _cut(text: str) -> str:
    """Return what a field of a shapefile holds of a text."""
    if len(text.encode()) <= DBF_TEXT:
        return text
    return text.encode()[: DBF_TEXT - len("…".encode())].decode("utf-8", "ignore") + "…"


def _fields(columns: list[str]) -> dict[str, str]:
    """Return a name of its own of at most ten letters for each column."""
    fields: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        base = plain(column) or "field"
        number, short = 0, base[:DBF_NAME]
        while short in taken:
            number += 1
            short = f"{base[: DBF_NAME - 1 - len(str(number))]}_{number}"
        fields[column] = short
        taken.add(short)
    return fields


def _by_shape(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the rows of each kind of shape; a shapefile holds one. The first has the rows without any."""
    if not isinstance(rows, gpd.GeoDataFrame):
        yield "", rows
        return
    kinds = pd.Series(shapely.get_type_id(rows.geometry.array), rows.index)
    if unknown := sorted({*kinds[kinds >= 0]} - set(SHAPES)):
        raise WriteError(f"Geometries of the types {unknown} of GEOS fit no shapefile. Write a GeoPackage.")
    named = kinds.map(SHAPES)
    there = sorted(named.dropna().unique())
    if not there:
        yield "", rows if rows.empty else pd.DataFrame(rows.drop(columns="geometry"))
        return
    named = named.fillna(there[0])
    for kind in there:
        yield kind if len(there) > 1 else "", rows[named == kind]


def _gdal(rows: pd.DataFrame, path: Path, **options: object) -> None:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

    if isinstance(rows, gpd.GeoDataFrame) and rows.empty:
        options["geometry_type"] = "Polygon" if path.suffix == ".shp" else "Unknown"
    try:
        pyogrio.write_dataframe(rows, path, **options)
    except (DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError) as error:
        why = "The disk is full" if disk_is_full(path.parent) else f"GDAL says: {error}"
        raise WriteError(
            f"{path.name} was not written. {why}. Free some space, or write elsewhere."
        ) from error


@contextmanager
def _folder_or_zip(path: str | os.PathLike[str], overwrite: bool) -> Iterator[Path]:
    if Path(path).suffix.lower() != ".zip":
        with filling(path, overwrite) as made:
            yield made
        return
    with replacing(path, overwrite) as temporary:
        made = temporary.with_suffix("")
        made.mkdir()
        yield made
        with zipfile.ZipFile(temporary, "w") as archive:
            for file in sorted(made.iterdir()):
                entry = zipfile.ZipInfo(file.name, ZIP_DAY)
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
