"""What is wrong with charges and payments: row by row, and where they do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import did_you_mean, near_words
from ilo_gis.promuvi.accounts import ACCOUNT, CHARGED, settled, with_dollars
from ilo_gis.promuvi.fees import CENTS, fee_cap, fee_steps
from ilo_gis.promuvi.money import rates_in_force
from ilo_gis.promuvi.progress import legal_lots
from ilo_gis.promuvi.tenures import account_holders, tenures
from ilo_gis.tables import complete, conform, empty, findings, join_findings
from ilo_gis.tables.entries import standing, taken_back

__all__ = ["check_payments"]

SAID = ["lot_id", "household_id", "step", "date", "currency"]
SAME = ["lot_id", "household_id", "step", "amount", "currency"]  # what a counter-payment repeats


def check_payments(
    charges: pd.DataFrame,
    payments: pd.DataFrame,
    rates: pd.DataFrame,
    events: pd.DataFrame,
    on: date,
    *,
    lots: pd.DataFrame | None = None,
    steps: pd.DataFrame | None = None,
    cap: int | None = None,
) -> gpd.GeoDataFrame:
    """Check charges and payments: each row, who paid for what, and whether a lot stays under the cap.

    Rows that cannot be reckoned with are told and left out of the sums.

    Parameters
    ----------
    charges, payments : DataFrame
        Tables of these names.
    rates : DataFrame
        Table ``exchange_rates``.
    events : DataFrame
        Table ``lot_events``: who held which lot when.
    on : date
        Today: what is dated later is an error.
    lots : DataFrame, optional
        Table ``lots``; without it the lots that have events.
    steps : DataFrame, optional
        Steps that are charged for, as `fee_steps` returns them; by default those of Ilo.
    cap : int, optional
        Most that a family may be charged for its lot in all, US cents; by default the norm
        ``promuvi.fee_cap``.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ids that repeat, missing data, amounts that are no whole cents above 0, unknown
        lots, steps and currencies, days after today or without a rate, charges and payments of who did not
        hold the lot that day, counter-payments that take back nothing, another sum or what was taken back
        already, payments for what was not charged or above it, accounts above the cap.

    Raises
    ------
    SchemaError
        If a table lacks columns, or the rates are not sound.
    NormError
        If no cap is given and none was in force.

    References
    ----------
    López Follegatti 1999, sections II.c (US$60 a lot) and III.d (steps).

    Examples
    --------
    >>> events = pandas.DataFrame({"lot_id": ["A-1"], "household_id": "H-1", "kind": "allotted"}, ["E-1"])
    >>> events["date"] = pandas.Timestamp("1994-01-05")
    >>> payments = pandas.DataFrame({"lot_id": "A-1", "household_id": "H-1", "step": "processing"}, ["P-1"])
    >>> payments = payments.assign(date="1994-02-01", amount=-500, currency="USD")
    >>> rates, day = ilo_gis.tables.empty("exchange_rates"), pandas.Timestamp("1994-06-30")
    >>> told = check_payments(ilo_gis.promuvi.charges_for(events), payments, rates, events, day)
    >>> told["message_es"].tolist()
    ['El monto debe ser un número entero de céntimos mayor que 0: -500.']
    """
    last = pd.Timestamp(on)
    held = tenures(events[pd.to_datetime(events["date"]) <= last])
    known = events["lot_id"] if lots is None else legal_lots(lots).index
    names = (fee_steps() if steps is None else steps).index
    good, told = {}, []
    for name, table in (("charges", charges), ("payments", payments)):
        rows, found = _readable(table, name, rates, last, names)
        told += [*found, *_holders(rows, name, held, set(known.astype(str)))]
        good[name] = rows
    told += _counters(good["payments"])
    owed, given = (account_holders(with_dollars(standing(good[name]), name, rates), held) for name in good)
    limit = fee_cap(last) if cap is None else cap
    return join_findings(
        empty("findings"), *told, *_sums(owed, given, settled(owed, given, rates, names), limit)
    )


def _readable(
    table: pd.DataFrame, name: str, rates: pd.DataFrame, last: pd.Timestamp, steps: pd.Index
) -> tuple[pd.DataFrame, list[gpd.GeoDataFrame]]:
    """Return the rows that can be reckoned with, as the table declares them, and findings on the others."""
    spare = conform(table.iloc[:0], name)  # says which columns are missing
    key = spare.index.name
    if table.index.name != key and key in table:
        table = table.set_index(key)
    table = table.rename_axis(key)
    twice = table.index.duplicated()
    told = [findings(name, table[twice], "fees.duplicate")]
    table = table[~twice]
    gaps = table[SAID].isna() | (table[SAID].astype(str) == "")
    words = [", ".join(np.array(SAID)[row]) for row in gaps.to_numpy() if row.any()]
    told.append(findings(name, table[gaps.any(axis=1)], "fees.incomplete", detail=words))
    table = table[~gaps.any(axis=1)]
    cents = pd.to_numeric(table["amount"], errors="coerce").astype(float)
    wrong = ~((cents > 0) & (cents % 1 == 0))
    told.append(findings(name, table[wrong], "fees.amount", detail=table.loc[wrong, "amount"].astype(str)))
    rows = conform(complete(table[~wrong], name), name)
    rows = rows.assign(**{column: rows[column].astype(str) for column in (*CHARGED, "currency")})
    currency = rows["currency"]
    rate = rates_in_force(currency, rows["date"], rates)
    day = rows["date"].dt.strftime("%Y-%m-%d")
    strange = {
        "fees.unknown_step": (~rows["step"].isin(steps), rows["step"]),
        "fees.no_rate": (rate.isna(), currency + ", " + day),
        "fees.future": (rows["date"] > last, day),
    }
    for rule, (bad, detail) in strange.items():
        said = [one + (did_you_mean(one, steps) if "step" in rule else "") for one in detail[bad]]
        told.append(findings(name, rows[bad], rule, detail=said))
    return rows[~np.logical_or.reduce([bad for bad, _ in strange.values()])], told


def _holders(
    rows: pd.DataFrame, name: str, held: pd.DataFrame, known: set[str]
) -> Iterator[gpd.GeoDataFrame]:
    """Tell rows of lots that there are not, and of households that did not hold the lot on their day."""
    strange = ~rows["lot_id"].isin(known)
    near = [", ".join([lot, *near_words(lot, sorted(known), most=1)]) for lot in rows.loc[strange, "lot_id"]]
    yield findings(name, rows[strange], "fees.unknown_lot", detail=near)
    pairs = rows[~strange].rename_axis("entry").reset_index()
    pairs = pairs.merge(held, on=["lot_id", "household_id"], how="left")
    inside = (pairs["since"] <= pairs["date"]) & ~(pairs["date"] > pairs["until"])
    ever = inside.groupby(pairs["entry"]).any()
    if "takes_back" in rows:  # an error may come to light once the household is gone
        ever |= rows["takes_back"].notna().reindex(ever.index)
    alone = rows.loc[ever.index[~ever]]
    detail = alone["household_id"] + ", " + alone["lot_id"] + ", " + alone["date"].dt.strftime("%Y-%m-%d")
    yield findings(name, alone, "fees.not_holder", detail=detail)


def _counters(rows: pd.DataFrame) -> Iterator[gpd.GeoDataFrame]:
    """Tell counter-payments that take back nothing, another sum, or what was taken back already."""
    back = rows["takes_back"].replace("", pd.NA).dropna().astype(str)
    own = rows.loc[back.index]
    taken = rows.set_axis(rows.index.astype(str)).reindex(back).set_axis(back.index)
    other = (taken[SAME].astype(object) != own[SAME].astype(object)).any(axis=1)
    early = own["date"] < taken["date"]
    wrong = other | early | (back == back.index.astype(str))
    yield findings("payments", own[wrong], "fees.takes_back", detail=back[wrong])
    gone = taken_back(rows)
    alive = own[~wrong & ~own.index.astype(str).isin(gone)].sort_values("date", kind="stable")
    again = alive[alive["takes_back"].duplicated()]
    yield findings("payments", again, "fees.taken_back_twice", detail=again["takes_back"])


def _sums(
    owed: pd.DataFrame, given: pd.DataFrame, steps: pd.DataFrame, cap: int
) -> Iterator[gpd.GeoDataFrame]:
    """Tell payments for what was not charged, or above it, and accounts above the cap."""
    lost = given[~pd.MultiIndex.from_frame(given[CHARGED]).isin(steps.index)]
    yield findings("payments", lost, "fees.not_charged", detail=lost["step"])
    over = steps[steps["over"] > 0].reset_index()
    over.index = over["lot_id"] + "/" + over["household_id"]
    much = (over["over"] / CENTS).map("{:,.2f} ".format) + over["currency"]
    yield findings("accounts", over, "fees.overpaid", detail=over["step"] + ", " + much)
    charged = owed["usd"].groupby([owed[name] for name in ACCOUNT]).sum().reset_index()
    above = charged[charged["usd"] > cap]
    above = above.set_axis(above["lot_id"] + "/" + above["household_id"])
    yield findings("accounts", above, "fees.cap", required=cap / CENTS, found=above["usd"] / CENTS)
