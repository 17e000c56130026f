"""Tables as rows that any file can hold, and back: ids as a column, plain types, texts that run nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis import tables
from ilo_gis.errors import WriteError, some_ids
from ilo_gis.io.ddl import SLACK
from ilo_gis.tables import integrity

__all__ = ["as_declared", "as_rows", "bare", "inert", "ready", "require_sound"]

RUNS = "=+-@\t\r\n＝＋－＠"  # a cell that begins so is a formula in some spreadsheet
MARK = "'"  # put before such a text; before one that begins with it, and before an empty one, too
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2


def ready(content: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return tables as declared, once all may leave: no people, one CRS, texts that files can hold.

    Raises
    ------
    CRSError, PrivacyError, SchemaError, WriteError
        As the writers do.

    Examples
    --------
    >>> list(ready({"blocks": ilo_gis.tables.empty("blocks", 32719)}))
    ['blocks']
    """
    if not content:
        raise WriteError("There are no tables to write. Name at least one.")
    for name, table in content.items():
        tables.require_no_private(table, name)
    known = {name: tables.conform(table, name) for name, table in content.items()}
    if layers := {name: table for name, table in known.items() if isinstance(table, gpd.GeoDataFrame)}:
        tables.require_same_crs(**{name: table for name, table in layers.items() if table.crs is not None})
    for name, table in known.items():
        _require_held(table, name)
    return known


def require_sound(content: Mapping[str, pd.DataFrame], address: str) -> None:
    """Raise if rows lack a value, are out of a range or have an unknown word, before SQL stops at the first.

    Parameters
    ----------
    content : mapping of str to table
        Tables that conform.
    address : str
        The file or server that was to be written.

    Raises
    ------
    WriteError
        Columns and rows are named, and where the table can be kept meanwhile.

    Examples
    --------
    >>> figures = pandas.DataFrame({"count": 1.0, "area": -4.0, "ellipsoidal_area": 4.0, "share": 100.0},
    ...     index=pandas.Index(["site"], name="item"))
    >>> require_sound({"summary": figures}, "plan.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: plan.gpkg was not changed. summary: area is below 0 in site. Mend the rows ...
    """
    told = {name: "; ".join(_faults(name, rows)) for name, rows in content.items()}
    if not (wrong := [name for name, faults in told.items() if faults]):
        return
    name, named = wrong[0], ". ".join(f"{name}: {told[name]}" for name in wrong)
    keep = 'to_file("faulty.gpkg")' if "geometry" in content[name] else 'to_csv("faulty.csv")'
    check = ", for `ilo-gis check faulty.gpkg` to tell of them" if name == "lots" else ""
    raise WriteError(
        f"{address} was not changed. {named}. Mend the rows and write again; until then keep them in a file "
        f"that is no project: `{name}.{keep}`{check}."
    )


def as_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its ids as the first column and texts as plain objects, missing ones None.

    Examples
    --------
    >>> as_rows(ilo_gis.tables.empty("blocks", 32719)).columns[0]
    'block_id'
    """
    key = table.index.name
    plain = table.reset_index()
    for column in texts_of(plain):
        values = plain[column].astype(object)
        plain[column] = values.where(values.notna(), None)
    if not pd.api.types.is_integer_dtype(table.index):
        plain[key] = plain[key].astype(str).astype(object)
    return plain


def as_declared(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return rows read from a file as the table that they were written from.

    Texts are taken as they are: nothing is stripped. Days and times are those of ISO 8601.

    Parameters
    ----------
    rows : DataFrame
        With the ids in a column, columns by their names; numbers may be texts.
    name : str
        Declared name of the table.

    Returns
    -------
    DataFrame or GeoDataFrame

    Raises
    ------
    SchemaError
        If a value is nothing of its type; see `tables.conform`.

    Examples
    --------
    >>> rows = pandas.DataFrame({"item": ["lots"], "count": ["7"], "area": ["1e3"], "share": ["5"]})
    >>> as_declared(rows.assign(ellipsoidal_area=1.0), "summary").loc["lots", ["count", "area"]].tolist()
    [7.0, 1000.0]
    """
    spec = tables.describe(name)["dtype"]
    result = rows.copy()
    for column in result.columns.intersection(spec.index[spec != "index"]).difference(["geometry"]):
        result[column] = _typed(result[column], str(spec[column]))
    key = spec.index[spec == "index"][0]
    if key in result:
        result[key] = result[key].astype("int64" if integrity.has_number_keys(name) else object)
    return tables.conform(cast("gpd.GeoDataFrame", result), name)


def inert(texts: pd.Series) -> pd.Series:
    """Return texts that no spreadsheet takes for a formula; `bare` gives them back.

    Those that begin with = + - @, a tab or a line break get an apostrophe before them, which is how
    spreadsheets mark a text; so do those that begin with one, and empty texts, which files of
    plain text take for missing ones (`write_xlsx`, whose cells tell the two apart, leaves these empty).

    Parameters
    ----------
    texts : Series of object
        Texts; missing ones stay missing.

    Returns
    -------
    Series of object

    References
    ----------
    OWASP, CSV Injection. CWE-1236, Improper Neutralization of Formula Elements in a CSV File.

    Examples
    --------
    >>> inert(pandas.Series(["=1+1", "K-12", "'tis", "", None], dtype=object)).tolist()
    ["'=1+1", 'K-12', "''tis", "'", None]
    """
    known = texts.map(lambda text: isinstance(text, str) and text[:1] in {*RUNS, MARK, ""})
    return texts.where(~known.astype(bool), MARK + texts.where(known.astype(bool), ""))


def bare(texts: pd.Series) -> pd.Series:
    """Return the texts that `inert` was given.

    Examples
    --------
    >>> bare(pandas.Series(["'=1+1", "K-12", "''tis", "'", None], dtype=object)).tolist()
    ['=1+1', 'K-12', "'tis", '', None]
    """
    return texts.map(lambda text: text.removeprefix(MARK) if isinstance(text, str) else text)


def _faults(table: str, rows: pd.DataFrame) -> Iterator[str]:
    """Tell what a CHECK or NOT NULL of `ddl` refuses, with the ids of the rows."""

    def told(what: str, wrong: NDArray[np.bool_]) -> Iterator[str]:
        if wrong.any():
            yield f"{what} in {some_ids(rows.index[wrong])}"

    for column in rows.columns.intersection(integrity.never_missing(table)):
        yield from told(f"{column} is missing", rows[column].isna().to_numpy())
    limits = integrity.ranges(table)
    for column, (least, most) in limits[limits.index.isin(rows.columns)].iterrows():
        values = rows[column].to_numpy("float64", na_value=np.nan)
        yield from told(f"{column} is below {least:g}", values < least - SLACK)
        yield from told(f"{column} is above {most:g}", values > most + SLACK)
    for column, words in integrity.words(table).items():
        if column in rows:
            known = rows[column].isna() | rows[column].isin(list(words))
            yield from told(f"{column} is none of {', '.join(words)}", ~known.to_numpy())


def texts_of(table: pd.DataFrame) -> list[str]:
    """Return the columns of a table that hold texts."""
    return [
        str(name)
        for name, dtype in table.dtypes.items()
        if isinstance(dtype, pd.CategoricalDtype | pd.StringDtype) or pd.api.types.is_object_dtype(dtype)
    ]


def _typed(values: pd.Series, dtype: str) -> pd.Series:
    if dtype in {"string", "category"}:
        return values.astype(object).where(values.notna(), None).astype(dtype)
    if not (values.dtype == object or isinstance(values.dtype, pd.StringDtype)):
        return values
    there = values.notna()
    if dtype.startswith("datetime"):
        times = pd.to_datetime(values.where(there, None), format="ISO8601", errors="coerce").astype(dtype)
        return times if (times.notna() == there).all() else values
    if dtype.lower().startswith("int"):
        exact = [int(v) if re.fullmatch(r"[+-]?\d+", str(v)) else v for v in values[there]]
        return pd.Series(exact, values.index[there], dtype=object).reindex(values.index)
    if dtype == "boolean":
        words = {"true": True, "false": False, "1": True, "0": False}
        return values.map(lambda v: words.get(str(v).lower(), v), na_action="ignore")
    return values


def _require_held(table: pd.DataFrame, name: str) -> None:
    """Raise where a text has characters that no file of the offices can hold."""
    flat = table.rename_axis(index=None)
    for column, texts in ((name, flat[name]) for name in texts_of(flat)):
        wrong = texts.astype("string").str.contains(UNHELD).fillna(False).astype(bool)
        if wrong.any():
            raise WriteError(
                f"{name}: column {column} has control characters in {some_ids(table.index[wrong])}. "
                "No office file can hold them: take them out."
            )
    if wrong_ids := [one for one in table.index if isinstance(one, str) and UNHELD.search(one)]:
        raise WriteError(f"{name}: ids with control characters: {wrong_ids[:3]!r}. Give them other ids.")
