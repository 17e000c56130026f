"""Charges and payments of PROMUVI for the commands that hold events to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from ilo_gis.cli.promuvi import ADDRESS, Source

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    import pandas as pd

__all__ = ["MONEY", "Money", "money_of", "money_said"]

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
    """Return accounts and payments of a day for the guards on fees, and what is wrong with them."""
    from ilo_gis.promuvi import sound_accounts

    charges, payments, rates = (read[name] for name in MONEY)
    return sound_accounts(charges, payments, rates, read["lot_events"], read["lots"], on)


def money_said(accounts: pd.DataFrame | None, lang: str) -> str:
    """Return in words what was charged, paid and is due; or that fees are not held."""
    if accounts is None:
        return FREE[lang]
    return SAID[lang].format(**(accounts[["charged", "paid", "due"]].sum() / 100))
