"""Money in whole cents, and its exchange at the rate of a day without an error of a float."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ilo_gis.errors import SchemaError, some_ids
from ilo_gis.tables import conform

__all__ = ["BASE", "PARTS", "exchange", "rates_in_force", "require_rates", "require_whole"]

BASE = "USD"
PARTS = 10**6  # a rate counts to its sixth decimal, as a whole number


def rates_in_force(currency: pd.Series, days: pd.Series, rates: pd.DataFrame) -> pd.Series:
    """Return the rate of each row: the latest of its currency on or before its day.

    Parameters
    ----------
    currency, days : Series
        Currency and day of each row, with one index.
    rates : DataFrame
        Table ``exchange_rates``: units of a currency for one US dollar, from a day on.

    Returns
    -------
    Series
        Millionths of the currency for one US dollar, as whole numbers of any size; missing where no
        rate is in force. The dollar itself needs none.

    Raises
    ------
    SchemaError
        If the rates are not the table, are not above 0, or a currency has two on a day.

    Examples
    --------
    >>> rates = pandas.DataFrame({"currency": "PEN", "per_usd": [2.18, 2.25]}, index=["a", "b"])
    >>> rates["date"] = pandas.to_datetime(["1994-01-01", "1994-07-01"])
    >>> days = pandas.Series(pandas.to_datetime(["1994-06-30", "1994-07-01", "1993-12-31"]))
    >>> rates_in_force(pandas.Series(["PEN"] * 3), days, rates).tolist()
    [2180000, 2250000, None]
    """
    known = _sound(rates)
    found = np.full(len(currency), None, dtype=object)
    moment = days.to_numpy("datetime64[ms]")
    known = known.sort_values("date")
    for name, own in known.groupby(known["currency"].astype(str)):
        rows = np.flatnonzero((currency == name) & days.notna())
        latest = np.searchsorted(own["date"].to_numpy("datetime64[ms]"), moment[rows], side="right") - 1
        parts = np.array([round(rate * PARTS) for rate in own["per_usd"]], dtype=object)
        found[rows[latest >= 0]] = parts[latest[latest >= 0]]
    found[(currency == BASE).to_numpy(bool)] = PARTS
    return pd.Series(found, currency.index, dtype=object)


def require_rates(name: str, table: pd.DataFrame, rates: pd.DataFrame) -> pd.Series:
    """Return the rate of each row of a table of money, as `rates_in_force` does, or say where there is none.

    Raises
    ------
    SchemaError
        If a row has none: currency, day and ids are named.

    Examples
    --------
    >>> paid = pandas.DataFrame({"currency": "PEN", "date": [pandas.Timestamp("1994-05-02")]}, ["P-1"])
    >>> require_rates("payments", paid, ilo_gis.tables.empty("exchange_rates"))
    Traceback (most recent call last):
    ilo_gis.errors.SchemaError: payments: P-1: no exchange rate of PEN on 1994-05-02 or before. Add one.
    """
    found = rates_in_force(table["currency"].astype(str), table["date"], rates)
    lost = found.index[found.isna()]
    if len(lost):
        first = table.loc[lost[0]]
        raise SchemaError(
            f"{name}: {some_ids(lost)}: no exchange rate of {first['currency']} on {first['date']:%Y-%m-%d} "
            "or before. Add one."
        )
    return found


def require_whole(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table of money as declared, ids as text, or say which amounts are no whole cents.

    Raises
    ------
    SchemaError
        If it is not the table, or an amount is missing or has a part of a cent.

    Examples
    --------
    >>> told = {"lot_id": "A-1", "household_id": "H-1", "step": "title", "date": "1994-05-02"}
    >>> require_whole(pandas.DataFrame(told | {"amount": [10.5], "currency": "USD"}, ["P-1"]), "payments")
    Traceback (most recent call last):
    ilo_gis.errors.SchemaError: payments: P-1: amounts are whole numbers of cents: 10.5 is none.
    """
    if "amount" in table:
        cents = pd.to_numeric(table["amount"], errors="coerce").astype(float)
        odd = table["amount"][~(cents % 1 == 0)]
        if len(odd):
            raise SchemaError(
                f"{name}: {some_ids(odd.index)}: amounts are whole numbers of cents: {odd.iloc[0]} is none."
            )
    known = conform(table, name)
    texts = {column: known[column].astype(str) for column in ("lot_id", "household_id", "step", "currency")}
    return known.assign(**texts, date=known["date"].dt.normalize())


def exchange(amounts: pd.Series, from_: pd.Series, to: pd.Series | int) -> pd.Series:
    """Return amounts in another currency, rounded half to even, in whole numbers throughout.

    Parameters
    ----------
    amounts : Series of int
        Cents.
    from_, to : Series of int, or int
        Millionths of the currencies for one US dollar, with the same index.

    Returns
    -------
    Series of int
        Cents of the other currency.

    Examples
    --------
    >>> cents = pandas.Series([5, 15, 25, -5])
    >>> exchange(cents, pandas.Series(2 * PARTS, cents.index), PARTS).tolist()  # 2.5, 7.5, 12.5, -2.5
    [2, 8, 12, -2]
    """
    scaled, share = amounts.astype(object) * to, from_.astype(object)
    whole, twice = scaled // share, 2 * (scaled % share)
    up = (twice > share) | ((twice == share) & (whole % 2 == 1))
    return (whole + up.astype(int)).astype("int64")


def _sound(rates: pd.DataFrame) -> pd.DataFrame:
    known = conform(rates, "exchange_rates")
    bad = known.index[~(known["per_usd"] > 0) | ~np.isfinite(known["per_usd"]) | known["date"].isna()]
    if len(bad):
        raise SchemaError(f"exchange_rates: {some_ids(bad)}: a rate needs a day and a value above 0.")
    twice = known.index[known.duplicated(["currency", "date"], keep=False)]
    if len(twice):
        raise SchemaError(f"exchange_rates: {some_ids(twice)}: one rate a currency and day; leave one.")
    return known
