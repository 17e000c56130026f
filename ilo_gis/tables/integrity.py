"""What holds between and within the tables: keys, ranges and closed lists of words, as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pandas as pd

from ilo_gis.tables.schema import describe

__all__ = ["covers", "has_number_keys", "never_missing", "ranges", "relations", "words"]

ALL = "*"  # a range of any table that has the column, unless the table has its own


@cache
def _read(name: str) -> pd.DataFrame:
    with (files(__package__) / "integrity_data" / f"{name}.csv").open(encoding="utf-8") as text:
        return pd.read_csv(text)


def covers() -> pd.DataFrame:
    """Return the tables whose polygons lie side by side, and what they cover together.

    Returns
    -------
    DataFrame
        Indexed by ``table``: ``cover`` (polygons of all tables with the same word do not overlap),
        ``tolerance`` (m2 that two polygons may share by rounding, as the check of lots has it).

    Examples
    --------
    >>> covers().query("cover == 'blocks'").index.tolist()
    ['lots', 'reserves']
    """
    return _read("covers").set_index("table")


def relations(table: str | None = None) -> pd.DataFrame:
    """Return the foreign keys of a table, or of all.

    Parameters
    ----------
    table : str, optional
        Name of the table whose columns refer to other tables.

    Returns
    -------
    DataFrame
        ``table``, ``column``, ``references`` (the table whose key the column holds), ``on_delete``
        (cascade: the row goes with what it refers to; no action: that cannot be deleted).

    Examples
    --------
    >>> relations("lots")[["column", "references"]].values.tolist()
    [['block_id', 'blocks']]
    """
    known = _read("relations")
    return known.copy() if table is None else known[known["table"] == table].reset_index(drop=True)


def ranges(table: str) -> pd.DataFrame:
    """Return the least and greatest values that columns of a table may have.

    Returns
    -------
    DataFrame
        Indexed by ``column``: ``least``, ``most`` in the unit of the column; missing where there is no limit.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> ranges("zones").loc["max_coverage"].tolist()
    [0.0, 1.0]
    """
    return _ranges(table).copy()


@cache
def _ranges(table: str) -> pd.DataFrame:
    known = _read("ranges")
    own, common = (known[known["table"] == name].set_index("column") for name in (table, ALL))
    common = common[~common.index.isin(own.index)]
    limits = pd.concat([own, common])[["least", "most"]].astype("float64")
    dtypes = describe(table)["dtype"]
    numbers = dtypes.index[dtypes.str.lower().str.startswith(("int", "float"))]  # texts may have such names
    return limits[limits.index.isin(numbers)].dropna(how="all")


def words(table: str) -> dict[str, dict[str, str]]:
    """Return the closed lists of words of a table.

    Only words that no file of rules of a user can add to are listed.

    Returns
    -------
    dict
        For each such column the words with their Spanish names.

    Examples
    --------
    >>> words("lots")
    {'kind': {'lot': 'Lote', 'remnant': 'Remanente'}}
    """
    return {column: dict(said) for column, said in _words(table).items()}


@cache
def _words(table: str) -> dict[str, dict[str, str]]:
    known = _read("words")
    of = known[known["table"] == table]
    return {
        str(column): dict(zip(rows["word"], rows["alias_es"], strict=True))
        for column, rows in of.groupby("column", sort=False)
    }


def has_number_keys(table: str) -> bool:
    """Tell whether the ids of a table are whole numbers; those of all others are texts.

    Examples
    --------
    >>> has_number_keys("findings"), has_number_keys("lots")
    (True, False)
    """
    return table in set(_read("keys")["table"])


def never_missing(table: str) -> list[str]:
    """Return the columns of a table that have a value in every row: key, geometry and what is required.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> never_missing("lots")
    ['lot_id', 'block_id', 'kind', 'geometry']
    """
    spec, may = describe(table), _read("may_be_missing")
    of = set(may.loc[may["table"] == table, "column"])
    return [column for column in spec.index[spec["required"] == "yes"] if column not in of]
