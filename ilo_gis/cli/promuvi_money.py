"""Charges and payments of PROMUVI for the commands that hold events to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from ilo_gis.cli.promuvi import ADDRESS, Source
from ilo_gis.errors import EventsRefused

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    import pandas as pd

__all__ = ["MONEY", "Money", "money_of", "money_said", "require_sound_money"]

MONEY = ("charges", "payments", "exchange_rates")
SAID = {
    "es": "Derechos, en US$ al cambio de cada día: {charged:,.2f} cargados, {paid:,.2f} pagados. Por pagar: "
    "{due:,.2f}; una deuda en soles se salda con sus soles, aunque el cambio varíe.",
    "en": "Fees, in US$ at the rate of each day: {charged:,.2f} charged, {paid:,.2f} paid. Due: {due:,.2f}; "
    "a debt in soles is settled by its soles, whatever the rate does.",
}
FREE = {
    "es": "No hay derechos cargados (tabla charges): no se exige que estén pagados.",
    "en": "No fees are charged (table charges): none has to be paid.",
}


@dataclass(frozen=True)
class Money(Source):
    """Where charges and payments are; by default the sample."""

    charges: Annotated[str | None, typer.Option(help=f"Charges for steps to the title: {ADDRESS}")] = None
    payments: Annotated[str | None, typer.Option(help=f"Payments of them: {ADDRESS}")] = None
    exchange_rates: Annotated[str | None, typer.Option(help=f"Exchange rates by day: {ADDRESS}")] = None


def money_of(read: dict[str, pd.DataFrame], on: date) -> tuple[dict[str, pd.DataFrame], gpd.GeoDataFrame]:
    """Return accounts and payments of a day for the guards on fees, and what is wrong with them.

    Rows of later days do not count, and those with a fault are left out of the accounts. Where nothing was
    charged on any day there are none, and guards on fees are not held.
    """
    from ilo_gis import promuvi as domain
    from ilo_gis.tables import empty

    events, lots = read["lot_events"], read["lots"]
    rates = read["exchange_rates"]
    charges, payments = (read[name][read[name]["date"] <= on] for name in ("charges", "payments"))
    if read["charges"].empty and read["payments"].empty:
        return {}, empty("findings", lots.crs)
    found = domain.check_payments(charges, payments, rates, events, on, lots=lots)
    bad = found.groupby(found["table"].astype(str))["feature"].agg(set)
    charges, payments = (
        table[~table.index.astype(str).isin(bad.get(name, ()))]
        for name, table in (("charges", charges), ("payments", payments))
    )
    return {
        "accounts": domain.accounts(charges, payments, rates, on, events=events),
        "payments": payments,
    }, found


def money_said(accounts: pd.DataFrame | None, lang: str) -> str:
    """Return in words what was charged, paid and is due; or that fees are not held."""
    if accounts is None:
        return FREE[lang]
    return SAID[lang].format(**(accounts[["charged", "paid", "due"]].sum() / 100))


def require_sound_money(found: gpd.GeoDataFrame, read: dict[str, pd.DataFrame], lots: pd.Series) -> None:
    """Refuse events of lots that have a charge or payment with an error, such as a negative amount."""
    wrong = found[found["severity"].astype(str) == "error"]
    rows = {str(row) for name in ("charges", "payments") for row in _rows_of(read[name], lots)}
    named = wrong["table"].astype(str).isin(["charges", "payments"]) & wrong["feature"].isin(rows)
    if named.any():
        listed = "".join(f"\n- {row.feature}: {row.message}" for row in wrong[named].itertuples())
        raise EventsRefused(f"Charges or payments of these lots are wrong:{listed}", wrong[named])


def _rows_of(table: pd.DataFrame, lots: pd.Series) -> pd.Index:
    return table.index[table["lot_id"].astype(str).isin(lots.astype(str))]
