"""Tables as declared in the CSV files beside this one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import SchemaError, some_ids
from ilo_gis.tables.checks import require_metres

__all__ = ["complete", "conform", "describe", "empty", "names"]


def names() -> list[str]:
    """Return the names of all tables."""
    return sorted(
        f.name.removesuffix(".csv") for f in files(__package__).iterdir() if f.name.endswith(".csv")
    )


@cache
def _read(table: str) -> pd.DataFrame:
    path = files(__package__) / f"{table}.csv"
    if not path.is_file():
        raise SchemaError(f"There is no table {table!r}. The tables are: {', '.join(names())}.")
    with path.open(encoding="utf-8") as text:
        return pd.read_csv(text, index_col="column").fillna("")


def describe(table: str) -> pd.DataFrame:
    """Return the definition of a table, one row per column.

    Parameters
    ----------
    table : str
        Name of the table, for example ``"lots"``.

    Returns
    -------
    DataFrame
        Indexed by column name: ``dtype``, ``unit``, ``required``, ``alias_es``, ``description``.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> describe("lots").loc["frontage", ["dtype", "unit", "alias_es"]].tolist()
    ['float64', 'm', 'Frente']
    """
    return _read(table).copy()


def empty(table: str, crs: object = None) -> gpd.GeoDataFrame | pd.DataFrame:
    """Return a table with its columns and types, and no rows.

    Examples
    --------
    >>> empty("blocks", 32719).columns.tolist()
    ['area', 'perimeter', 'length', 'width', 'geometry']
    """
    return _blank(table, crs).copy()  # made once: checks ask for many


@cache
def _blank(table: str, crs: object) -> gpd.GeoDataFrame | pd.DataFrame:
    spec = _read(table)
    columns = {c: pd.Series(dtype=t) for c, t in spec["dtype"].items() if t != "index" and c != "geometry"}
    index = pd.Index([], name=spec.index[spec["dtype"] == "index"][0], dtype=object)
    if "geometry" not in spec.index:
        return pd.DataFrame(columns, index=index)
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], index=index), index=index, crs=crs)


def conform(layer: gpd.GeoDataFrame, table: str) -> gpd.GeoDataFrame:
    """Return a layer with the index, columns and types of a table, or say all that is wrong.

    Parameters
    ----------
    layer : GeoDataFrame
        Any layer, for example one just read from a GeoPackage.
    table : str
        Name of the table, for example ``"lots"``.

    Returns
    -------
    GeoDataFrame
        A copy with the table's types and order of columns; further columns are kept behind.

    Raises
    ------
    CRSError
        If the layer is not projected in metres; one that needs no geometry and has none needs no CRS.
    SchemaError
        If columns are missing, ids repeat, geometries are of another type, or values do not
        fit their type. All problems are listed.

    Examples
    --------
    >>> conform(geopandas.GeoDataFrame({"area": [1]}, geometry=[shapely.Point(0, 0)], crs=32719), "blocks")
    Traceback (most recent call last):
    ilo_gis.errors.SchemaError: Not a table of 'blocks':
    - geometry should be Polygon in 0
    """
    spec = _read(table)
    key = spec.index[spec["dtype"] == "index"][0]
    spatial = "geometry" in spec.index
    layer = _with_geometry(spec, layer) if spatial else layer
    if spatial and (layer.crs is not None or not _placeless(spec, layer)):
        require_metres(layer, table)
    if layer.index.name != key and key in layer:
        layer = layer.set_index(key)
    layer = layer.rename_axis(key)
    columns = spec.drop(index=[key, "geometry"], errors="ignore")
    problems = [
        f"column {name!r} is missing: {spec.at[name, 'description']}" for name in _missing(columns, layer)
    ]
    if not layer.index.is_unique:
        problems.append(f"{key} repeats: {some_ids(layer.index[layer.index.duplicated()].unique())}")
    if spatial and (wanted := spec.at["geometry", "dtype"]) != "Geometry":
        wrong = layer.index[~layer.geom_type.isin([wanted])]
        if len(wrong):
            problems.append(f"geometry should be {wanted} in {some_ids(wrong)}")
    problems += [f"{key} is missing in {layer.index.isna().sum()} rows"] if layer.index.hasnans else []
    present = [name for name in columns.index if name in layer]
    result = layer.copy()
    for name in present:
        wanted = columns.at[name, "dtype"]
        if layer[name].dtype == wanted:
            continue
        try:
            whole = wanted == "int64" and layer[name].dtype.kind == "f"
            values = layer[name].astype("Int64") if whole else layer[name]  # refuses parts, int64 drops them
            result[name] = values.astype(wanted)
        except (TypeError, ValueError) as error:
            told = "" if table == "people" else f": {error}"  # which would quote what identifies people
            problems.append(f"column {name!r} should be {wanted}{told}")
    if problems:
        raise SchemaError(f"Not a table of {table!r}:\n- " + "\n- ".join(problems))
    last = ["geometry"] if spatial else []
    others = [c for c in result.columns if c not in present and c not in last]
    return result[present + others + last]


def _with_geometry(spec: pd.DataFrame, layer: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a layer that needs no geometry with an empty one: QGIS reads such a layer as a plain table."""
    if isinstance(layer, gpd.GeoDataFrame) or spec.at["geometry", "required"] == "yes":
        return layer
    return gpd.GeoDataFrame(layer, geometry=gpd.GeoSeries([None] * len(layer), layer.index))


def _placeless(spec: pd.DataFrame, layer: gpd.GeoDataFrame) -> bool:
    """Tell whether a layer has no geometries and its table asks for none."""
    return spec.at["geometry", "required"] == "no" and bool(layer.geometry.isna().all())


def complete(layer: gpd.GeoDataFrame, table: str) -> gpd.GeoDataFrame:
    """Return a layer with all columns of a table; those that it does not have are empty.

    Parameters
    ----------
    layer, table
        As for `conform`.

    Returns
    -------
    GeoDataFrame or DataFrame
        A copy with the table's types; further columns are kept.

    Raises
    ------
    CRSError, SchemaError
        As for `conform`.

    Examples
    --------
    >>> block = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 9, 9)], crs=32719)
    >>> complete(block, "blocks").columns.tolist()
    ['area', 'perimeter', 'length', 'width', 'geometry']
    """
    known = conform(layer, table)
    whole = known.reindex(columns=list(dict.fromkeys([*known.columns, *empty(table).columns])))
    return conform(whole.set_geometry("geometry", crs=known.crs) if "geometry" in whole else whole, table)


def _missing(columns: pd.DataFrame, layer: pd.DataFrame) -> list[str]:
    return [c for c in columns.index[columns["required"] == "yes"] if c not in layer]
