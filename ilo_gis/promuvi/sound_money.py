"""Accounts that guards on fees rest on: of charges and payments that are right, and where they are not."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import EventsRefused
from ilo_gis.promuvi.accounts import accounts
from ilo_gis.promuvi.payment_checks import check_payments
from ilo_gis.tables import empty

__all__ = ["require_sound_money", "sound_accounts"]


def sound_accounts(
    charges: pd.DataFrame,
    payments: pd.DataFrame,
    rates: pd.DataFrame,
    events: pd.DataFrame,
    lots: pd.DataFrame,
    on: date,
) -> tuple[dict[str, pd.DataFrame], gpd.GeoDataFrame]:
    """Return accounts and payments of a day for the guards on fees, and what is wrong with them.

    Rows of later days do not count, and those with a fault are left out of the accounts. Where nothing was
    charged on any day there are none, and guards on fees are not held.

    Parameters
    ----------
    charges, payments, rates, events, lots : DataFrame
        Tables ``charges``, ``payments``, ``exchange_rates``, ``lot_events`` and ``lots``.
    on : date
        The day.

    Returns
    -------
    tuple of dict and GeoDataFrame
        ``accounts`` and ``payments``, as `advance` takes them, or nothing; table ``findings``.

    Raises
    ------
    SchemaError
        If a table cannot be used.

    Examples
    --------
    >>> nothing = [ilo_gis.tables.empty(name) for name in ("charges", "payments", "exchange_rates")]
    >>> lots = geopandas.GeoDataFrame({"block_id": []}, geometry=[], crs=32719)
    >>> events = ilo_gis.tables.empty("lot_events")
    >>> sound_accounts(*nothing, events, lots, pandas.Timestamp("1996-12-31"))[0]
    {}
    """
    if charges.empty and payments.empty:
        return {}, empty("findings", getattr(lots, "crs", None))
    charges, payments = (table[table["date"] <= pd.Timestamp(on)] for table in (charges, payments))
    found = check_payments(charges, payments, rates, events, on, lots=lots)
    bad = found.groupby(found["table"].astype(str))["feature"].agg(set)
    charges, payments = (
        table[~table.index.astype(str).isin(bad.get(name, ()))]
        for name, table in (("charges", charges), ("payments", payments))
    )
    return {"accounts": accounts(charges, payments, rates, on, events=events), "payments": payments}, found


def require_sound_money(
    found: gpd.GeoDataFrame, charges: pd.DataFrame, payments: pd.DataFrame, lots: pd.Series
) -> None:
    """Refuse events of lots that have a charge or payment with an error, such as a negative amount.

    Parameters
    ----------
    found : GeoDataFrame
        Table ``findings`` of charges and payments.
    charges, payments : DataFrame
        Tables of these names.
    lots : Series
        Ids of the lots.

    Raises
    ------
    EventsRefused
        If there are some; it lists them.

    Examples
    --------
    >>> nothing = [ilo_gis.tables.empty(name) for name in ("charges", "payments")]
    >>> require_sound_money(ilo_gis.tables.empty("findings", 32719), *nothing, pandas.Series(["A-1"]))
    """
    wrong = found[found["severity"].astype(str) == "error"]
    rows = {str(row) for table in (charges, payments) for row in _rows_of(table, lots)}
    named = wrong["table"].astype(str).isin(["charges", "payments"]) & wrong["feature"].isin(rows)
    if named.any():
        listed = "".join(f"\n- {row.feature}: {row.message}" for row in wrong[named].itertuples())
        raise EventsRefused(f"Charges or payments of these lots are wrong:{listed}", wrong[named])


def _rows_of(table: pd.DataFrame, lots: pd.Series) -> pd.Index:
    return table.index[table["lot_id"].astype(str).isin(lots.astype(str))]
