"""Tables to which rows are only added: a wrong entry is taken back by another, never removed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ilo_gis.errors import RuleError

__all__ = ["id_order", "require_day", "standing", "taken_back"]


def require_day(on: date) -> pd.Timestamp:
    """Return a day as pandas has it.

    Raises
    ------
    RuleError
        If it is no date.

    Examples
    --------
    >>> require_day("june")
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: `on` should be a date, not 'june': `on=datetime.date(1994, 6, 30)`.
    """
    if not isinstance(on, date) or pd.isna(on):
        raise RuleError(f"`on` should be a date, not {on!r}: `on=datetime.date(1994, 6, 30)`.")
    return pd.Timestamp(on)


def standing(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that no other takes back, without those that take others back.

    Parameters
    ----------
    entries : DataFrame
        Events or payments with ``date`` and, where one takes another back, its id in ``takes_back``.

    Returns
    -------
    DataFrame
        Rows of `entries`.

    Examples
    --------
    >>> paid = pandas.DataFrame({"date": pandas.Timestamp("1994-01-01"), "takes_back": [None, "P-1", "P-2"]})
    >>> standing(paid.set_axis(["P-1", "P-2", "P-3"])).index.tolist()  # P-2 was the mistake
    ['P-1']
    """
    if "takes_back" not in entries:
        return entries
    return entries[~_counters(entries) & ~entries.index.astype(str).isin(taken_back(entries))]


def taken_back(entries: pd.DataFrame) -> set[str]:
    """Return the ids of entries that another takes back which is not taken back itself.

    Examples
    --------
    >>> paid = pandas.DataFrame({"date": pandas.Timestamp("1994-01-01"), "takes_back": [None, "P-1", "P-2"]})
    >>> taken_back(paid.set_axis(["P-1", "P-2", "P-3"]))
    {'P-2'}
    """
    counters = entries[_counters(entries)]
    counters = counters.assign(order=id_order(counters.index)).sort_values(["date", "order"], ascending=False)
    gone: set[str] = set()
    for id_, taken in zip(counters.index.astype(str), counters["takes_back"].astype(str), strict=True):
        if id_ not in gone:  # the last word first: what takes back may be taken back itself
            gone.add(taken)
    return gone


def id_order(ids: pd.Index) -> pd.Index:
    """Return texts that sort as ids do, their numbers as numbers: E-2 before E-10.

    Examples
    --------
    >>> id_order(pandas.Index(["E-10", "E-2"])).argsort().tolist()
    [1, 0]
    """
    return ids.astype(str).str.replace(r"\d+", lambda found: found[0].zfill(12), regex=True)


def _counters(entries: pd.DataFrame) -> pd.Series:
    """Tell which entries take another back."""
    return entries["takes_back"].replace("", pd.NA).notna()
