"""Read back what the writers of ilo_gis wrote for offices, as the tables that it was."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import IO

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.rows import as_declared, bare, texts_of
from ilo_gis.io.vector import reading

__all__ = ["read_exported"]

HEX = re.compile("_x([0-9A-Fa-f]{4})_")


def read_exported(path: str | os.PathLike[str], table: str, crs: object = None) -> pd.DataFrame:
    """Read one table of an export of ilo_gis, as the table that was written, whoever edited it since.

    Parameters
    ----------
    path : path-like
        Folder that `write_csv`, `write_geojson`, `write_parquets` or `write_shapefile` filled, or the
        file of `write_xlsx` or of zipped shapefiles.
    table : str
        Declared name of the table.
    crs : CRS, optional
        The project CRS: what GeoJSON, in degrees, is projected to, and what a workbook, which has none, is
        taken to be in. The other formats tell their own.

    Returns
    -------
    DataFrame or GeoDataFrame
        The table; geometries to a micrometre, all else as it was written.

    Raises
    ------
    CRSError
        If there is no CRS in metres, in the file or given.
    ReadError
        If there is no such table, or a file is damaged.
    SchemaError
        If it no longer has its columns and types.
    ImportError
        If openpyxl, for a workbook, or pyarrow, for Parquet, is not installed.

    Examples
    --------
    >>> read_exported("no_such_folder", "lots")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no table lots in no_such_folder: no lots.csv, ...
    """
    tables.describe(table)
    where = Path(path).expanduser()
    if where.suffix.lower() == ".xlsx":
        rows = _workbook(where, table)
    elif where.suffix.lower() == ".zip":
        rows = _shapes(f"/vsizip/{where.resolve()}", table) if where.is_file() else None
    else:
        rows = _of_folder(where, table)
    if rows is None:
        raise ReadError(
            f"There is no table {table} in {path}: no {table}.csv, .geojson, .parquet or .shp."
            if where.suffix.lower() != ".xlsx"
            else f"There is no sheet of {table} in {path}."
        )
    if isinstance(rows, gpd.GeoDataFrame) and crs is not None:
        rows = rows.set_crs(crs) if rows.crs is None else rows.to_crs(crs)
    if "geometry" in tables.describe(table).index and not isinstance(rows, gpd.GeoDataFrame):
        rows = gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries([None] * len(rows), rows.index), crs=crs)
    return as_declared(rows, table)


def _of_folder(folder: Path, table: str) -> pd.DataFrame | None:
    if (file := folder / f"{table}.csv").is_file():
        return _csv(file)
    if (file := folder / f"{table}.geojson").is_file():
        import pyogrio

        rows = reading(str(file), partial(pyogrio.read_dataframe, file, DATE_AS_STRING="YES"))
        return tables.empty(table, rows.crs) if rows.empty else rows
    if (file := folder / f"{table}.parquet").is_file():
        from ilo_gis.io.parquet import read_parquet

        return read_parquet(str(file), plain="geometry" not in tables.describe(table).index)
    return _shapes(str(folder), table)


def _csv(file: Path) -> pd.DataFrame:
    rows = _texts(file)
    types = file.with_suffix(".csvt")
    kinds = _texts(types, header=None).iloc[0].tolist() if types.is_file() else []
    for column, kind in zip(rows, kinds, strict=False):
        if kind in {"Integer64", "Real"} and column not in tables.describe(file.stem).index:
            rows[column] = pd.to_numeric(rows[column])
    if "geometry" not in rows:
        return rows
    prj = file.with_suffix(".prj")
    crs = prj.read_text("utf-8") if prj.is_file() else None
    return _located(rows, rows["geometry"], crs)


def _texts(file: Path | IO[bytes], header: int | None = 0) -> pd.DataFrame:
    """Read a CSV file as the texts that it holds; only empty cells are missing."""
    try:
        rows = pd.read_csv(
            file, dtype=object, keep_default_na=False, na_values=[""], encoding="utf-8-sig", header=header
        )
    except (ValueError, OSError) as error:
        raise ReadError(f"{file} is no CSV file in UTF-8 ({error}). Save it as such.") from error
    return rows.apply(bare).set_axis(bare(pd.Series(list(rows), dtype=object)), axis=1)


def _located(rows: pd.DataFrame, wkt: pd.Series, crs: object) -> gpd.GeoDataFrame:
    shapes = shapely.from_wkt(wkt.where(wkt.notna(), None).to_numpy(dtype=object))
    return gpd.GeoDataFrame(rows.drop(columns="geometry", errors="ignore"), geometry=shapes, crs=crs)


def _workbook(file: Path, table: str) -> pd.DataFrame | None:
    from ilo_gis.io.xlsx import cell_words, heading, sheet_names

    if not file.is_file():
        raise ReadError(f"There is no file {file}. Check the path and the name.")
    try:
        import openpyxl
    except ImportError as error:
        raise ImportError(f'Reading XLSX needs openpyxl ({error}): pip install "ilo-gis[xlsx]"') from error
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (ValueError, OSError, KeyError) as error:
        raise ReadError(f"{file} is no workbook of Excel ({error}). Save it as .xlsx.") from error
    names = {sheet_names([table], lang)[table] for lang in ("es", "en")}
    sheet = next((title for title in book.sheetnames if title in names), None)
    if sheet is None:
        return None
    lines = list(book[sheet].iter_rows(values_only=True))
    book.close()
    heads = [str(name) for name in lines[0]]
    known = {heading(table, c, lang): c for c in tables.describe(table).index for lang in ("es", "en")}
    rows = pd.DataFrame(lines[1:], columns=[known.get(h, h) for h in heads], dtype=object)
    rows = rows.assign(**{name: bare(rows[name].map(_unescaped)) for name in texts_of(rows)})
    for column, words in cell_words(table).items():
        if column in rows:
            told = {said: word for word, said in words.items()}
            rows[column] = rows[column].map(lambda said, of=told: of.get(said, said))
    parts = [name for name in rows if name.startswith("geometry")]
    if not parts:
        return rows
    wkt = rows[parts].fillna("").agg("".join, axis=1) if len(rows) else rows[parts[0]]
    return _located(rows.drop(columns=parts), wkt.replace("", None), None)


def _unescaped(value: object) -> object:
    return HEX.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def _shapes(folder: str, table: str) -> pd.DataFrame | None:
    import pyogrio

    try:
        there = [name for name, _ in pyogrio.list_layers(folder)]
    except pyogrio.errors.DataSourceError:
        return None
    mine = sorted(
        name for name in there if re.fullmatch(f"{table}(_(points|multipoints|lines|polygons))?", name)
    )
    if not mine:
        return None
    parts = [reading(folder, partial(pyogrio.read_dataframe, folder, layer=name)) for name in mine]
    rows = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    fields, whole = (_beside(folder, f"{table}_{what}.csv") for what in ("fields", "texts"))
    if fields is not None:
        rows = rows.rename(columns=dict(zip(fields["field"], fields["column"], strict=True)))
    if whole is not None:
        key = rows.columns[0]
        place = pd.Series(rows.index, rows[key].astype(str))
        for column, texts in whole.groupby("column"):
            rows[column] = rows[column].astype(object)
            rows.loc[place.reindex(texts["id"]), column] = texts["text"].to_numpy()
    return rows


def _beside(folder: str, name: str) -> pd.DataFrame | None:
    import zipfile

    if not folder.startswith("/vsizip/"):
        return _texts(Path(folder, name)) if Path(folder, name).is_file() else None
    with zipfile.ZipFile(folder.removeprefix("/vsizip/")) as archive:
        if name not in archive.namelist():
            return None
        with archive.open(name) as file:
            return _texts(file)
