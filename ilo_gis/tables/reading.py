"""What files of any planner write: names of columns, words and days, without a guess at what is unclear."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from ilo_gis.tables.schema import describe

__all__ = ["days", "plain", "typed"]

YES, NO = {"true", "yes", "si", "1", "1_0", "verdadero"}, {"false", "no", "0", "0_0", "falso"}
DAYS = ("ISO8601", "%d/%m/%Y")


def plain(name: object) -> str:
    """Return a name in lower case, without accents, words joined by underscores.

    Examples
    --------
    >>> plain("Área construida (m2)")
    'area_construida_m2'
    """
    letters = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def days(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read days, as year-month-day or day/month/year.

    Parameters
    ----------
    column : Series
        Dates, or texts; empty ones and ``NULL`` are missing.

    Returns
    -------
    days : Series of datetime64[ms]
        Without the time of the day; missing where there is none.
    wrong : Series of bool
        Where something stands that is no day.

    Examples
    --------
    >>> read, wrong = days(pandas.Series(["1994-06-30", "30/06/1994", "1994-02-30", "1994-06", ""]))
    >>> read.dt.date.nunique(), wrong.tolist()
    (1, [False, False, True, True, False])
    """
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        zone = getattr(column.dtype, "tz", None)
        known = column if zone is None else column.dt.tz_localize(None)
        return known.dt.normalize().astype("datetime64[ms]"), pd.Series(False, column.index)
    texts = column.astype("string").str.strip().replace({"": pd.NA, "NULL": pd.NA, "NaT": pd.NA})
    whole = texts.where(texts.str.len() >= len("1/6/1994"))  # a year, or a month, is no day
    tries = [pd.to_datetime(whole, format=form, errors="coerce", utc=True) for form in DAYS]
    read = tries[0].fillna(tries[1]).dt.tz_localize(None)
    return read.dt.normalize().astype("datetime64[ms]"), read.isna() & texts.notna()


def typed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table whose texts are read as the types that a table declares: a CSV file has texts only.

    Parameters
    ----------
    table : DataFrame
        What was read; columns that are no texts stay as they are.
    name : str
        Name of the table that declares the types.

    Returns
    -------
    DataFrame
        A copy. Empty texts are missing. A column with a text that is nothing of its type stays as it was:
        `conform` names it.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> raw = pandas.DataFrame({"members": ["4", "2"], "owns_property": ["Sí", ""]})
    >>> typed(raw, "households")["owns_property"].tolist()
    [True, <NA>]
    """
    result = table.copy()
    for column, dtype in describe(name)["dtype"].items():
        if column not in table or not pd.api.types.is_string_dtype(table[column].dropna()):
            continue
        texts = table[column].astype("string").str.strip().replace("", pd.NA)
        result[column] = texts.astype(object).where(texts.notna(), None)
        if dtype == "boolean":
            words = texts.map(plain, na_action="ignore")
            read = words.map(dict.fromkeys(YES, True) | dict.fromkeys(NO, False)).astype("boolean")
        elif dtype.startswith("datetime"):
            read = days(texts)[0]
        elif dtype.lower().startswith(("int", "float")):
            read = pd.to_numeric(texts, errors="coerce")
        else:
            continue
        if (read.notna() == texts.notna()).all():
            result[column] = read
    return result
