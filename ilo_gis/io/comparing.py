"""Two scenarios side by side: the rows and figures in which they differ."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.tables import complete, empty

__all__ = ["differences", "unlike"]


def differences(first: Mapping[str, pd.DataFrame], second: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the rows and values in which two sets of tables differ.

    Parameters
    ----------
    first, second : mapping of str to table
        Declared tables by name, their index the key. A table that one lacks counts as empty.

    Returns
    -------
    DataFrame
        Table ``differences``: one row for each row that only one has, and for each value that changed.
        Geometries differ where their vertices do.

    Examples
    --------
    >>> one = ilo_gis.tables.complete(pandas.DataFrame({"count": 40, "area": 6400.0,
    ...     "ellipsoidal_area": 6404.0, "share": 64.0}, index=pandas.Index(["lots"], name="item")), "summary")
    >>> found = differences({"summary": one}, {"summary": one.assign(area=6300.0)})
    >>> found[["key", "column", "change"]].values.tolist()
    [['lots', 'area', -100.0]]
    """
    parts = [
        part
        for name in sorted({*first, *second})
        for part in _of_table(name, first.get(name, empty(name)), second.get(name, empty(name)))
    ]
    rows = (
        pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else None
    )
    if rows is None:
        return empty("differences")
    rows.index = pd.RangeIndex(1, len(rows) + 1, name="difference")
    return complete(rows, "differences")


def unlike(one: pd.Series, two: pd.Series) -> NDArray[np.bool_]:
    """Tell in which rows two columns have different values; geometries differ where their vertices do.

    Examples
    --------
    >>> unlike(pandas.Series([1.0, None, 0.1]), pandas.Series([1.0, None, 0.3])).tolist()
    [False, False, True]
    """
    if isinstance(one, gpd.GeoSeries):
        missing = one.isna().to_numpy() & two.isna().to_numpy()
        return ~shapely.equals_identical(one.to_numpy(), two.to_numpy()) & ~missing
    if one.equals(two):  # most columns are the same: quick
        return np.zeros(len(one), dtype=bool)
    plain = [side.astype(object).where(side.notna(), None).to_numpy() for side in (one, two)]
    return np.asarray(plain[0] != plain[1], dtype=bool)


def _of_table(name: str, one: pd.DataFrame, two: pd.DataFrame) -> list[pd.DataFrame]:
    both = one.index.intersection(two.index, sort=False)
    parts = [
        _rows(name, one.index.difference(both, sort=False), "only_first"),
        _rows(name, two.index.difference(both, sort=False), "only_second"),
    ]
    one, two = (side if side.index.equals(both) else side.loc[both] for side in (one, two))
    for column in dict.fromkeys([*one.columns, *two.columns]):
        first, second = _column(one, column), _column(two, column)
        if isinstance(first, gpd.GeoSeries) or not first.equals(second):  # most columns are the same: quick
            parts.append(_of_column(name, str(column), first, second))
    return parts


def _column(table: pd.DataFrame, column: str) -> pd.Series:
    return table[column] if column in table else pd.Series(None, table.index, dtype=object)


def _of_column(table: str, column: str, one: pd.Series, two: pd.Series) -> pd.DataFrame:
    ids = one.index[unlike(one, two)]
    if isinstance(one, gpd.GeoSeries):
        one, two = _size(one), _size(two)
    rows = _rows(table, ids, "changed")
    first, second = one.loc[ids], two.loc[ids]
    rows["column"] = column
    rows["first"] = _texts(first)
    rows["second"] = _texts(second)
    if all(pd.api.types.is_numeric_dtype(side) and side.dtype != "boolean" for side in (first, second)):
        rows["change"] = second.to_numpy("float64", na_value=np.nan) - first.to_numpy(
            "float64", na_value=np.nan
        )
    return rows


def _size(shapes: gpd.GeoSeries) -> pd.Series:
    return pd.Series(np.where(shapes.area > 0, shapes.area, shapes.length), shapes.index)


def _texts(column: pd.Series) -> NDArray[np.object_]:
    return column.astype("string").to_numpy()


def _rows(table: str, ids: pd.Index, kind: str) -> pd.DataFrame:
    keys = pd.array([str(one) for one in ids], dtype="string")
    return pd.DataFrame({"table": table, "key": keys, "kind": kind}).assign(change=np.nan)
