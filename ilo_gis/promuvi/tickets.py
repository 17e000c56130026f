"""Tickets of a draw and hashes of tables: what anyone can work out again with other tools."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.tables import complete, empty

__all__ = ["hash_of", "software", "tickets"]


def tickets(seed: str, ids: Iterable[str]) -> pd.Series:
    """Draw lots: the SHA-256 of ``seed:id`` of each id; the least ticket comes first.

    Whoever knows the seed repeats it: ``printf '%s' 'SEED:ID' | sha256sum`` for each id, then ``sort``. The
    order is that of a fair draw as long as nobody could choose seed and ids together: publish the list of
    ids first, then let the seed come from outside, such as the numbers of a lottery of a later day.

    Parameters
    ----------
    seed : str
        Text that seeds the draw.
    ids : iterable of str
        Who or what takes part.

    Returns
    -------
    Series
        ``tickets``, 64 hexadecimal digits each, by id.

    Raises
    ------
    RuleError
        If the seed is no text, or empty.

    References
    ----------
    FIPS 180-4, Secure Hash Standard. PROMUVI XII of Ilo gave its lots by draw (press).

    Examples
    --------
    >>> tickets("1996-03-31", ["A-1", "A-2"]).str[:6].to_dict()
    {'A-1': '754ab9', 'A-2': 'e5fbec'}
    """
    if not isinstance(seed, str) or not seed:
        raise RuleError(f"The seed of a draw is {seed!r}; give a text, such as `seed='1996-03-31'`.")
    listed = [str(one) for one in ids]
    drawn = [sha256(f"{seed}:{one}".encode()).hexdigest() for one in listed]
    return pd.Series(drawn, pd.Index(listed, dtype=object), name="tickets", dtype=object)


def hash_of(settings: Any = None, **tables: pd.DataFrame) -> str:
    """Return the SHA-256 of tables and settings in a form that knows no order of rows and no platform.

    Parameters
    ----------
    settings : object, optional
        Plain values, written as JSON with sorted keys.
    **tables : DataFrame
        Tables under their declared names: only declared columns count, rows by id, numbers as Python writes
        them, days as year-month-day, geometry as WKB.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    SchemaError
        If a table lacks required columns, or ids repeat.

    References
    ----------
    FIPS 180-4, Secure Hash Standard.

    Examples
    --------
    >>> homes = pandas.DataFrame({"members": [4, 2]}, index=pandas.Index(["H1", "H2"], name="household_id"))
    >>> hash_of(households=homes) == hash_of(households=homes.iloc[::-1])
    True
    """
    told = sha256(json.dumps(settings, sort_keys=True, ensure_ascii=False).encode())
    for name in sorted(tables):
        table = complete(tables[name], name)
        table = table[[column for column in empty(name).columns if column in table]]
        if isinstance(table, gpd.GeoDataFrame):
            shapes = np.asarray(table.geometry.to_wkb(hex=True))
            table = pd.DataFrame(table.drop(columns="geometry")).assign(geometry=shapes)
        table = table.set_axis(table.index.astype(str)).sort_index()
        texts = table.to_csv(date_format="%Y-%m-%d", lineterminator="\n")
        told.update(f"\n{name}\n{texts}".encode())
    return told.hexdigest()


def software() -> str:
    """Return which software made a list.

    Examples
    --------
    >>> software().split()[0]
    'ilo_gis'
    """
    try:
        return f"ilo_gis {version('ilo-gis')}"
    except PackageNotFoundError:
        return "ilo_gis (not installed)"
