"""The simulated money of PROMUVI: charges for the steps to the title, payments, rates, finance of houses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import promuvi_figures as p
from promuvi_history import LOSSES
from promuvi_register import chance, days_of

from ilo_gis.promuvi import charges_for

PAID_BEFORE = {
    "processing": "occupied",
    "occupation": "occupied",
    "adjudication": "adjudicated",
    "title": "titled",
}


def exchange_rates() -> pd.DataFrame:
    """Return soles for a dollar, by year from when there are soles."""
    days = [max(p.SOL_SINCE, p.SOL_SINCE.replace(year, 1, 1)) for year in p.PER_USD]
    table = pd.DataFrame({"currency": "PEN", "date": days_of(np.array(days, dtype="M8[D]"))})
    table = table.assign(per_usd=p.PER_USD.values(), source=p.RATE_SOURCE)
    return table.set_axis(pd.Index([f"PEN-{year}" for year in p.PER_USD], name="rate_id"))


def charges(events: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return the charges that the events make due: in dollars before there were soles, then in soles."""
    standing = effective(events)
    early = standing["date"] < pd.Timestamp(p.SOL_SINCE)
    soles = charges_for(standing[~early], currency="PEN", rates=rates)
    table = pd.concat([charges_for(standing[early]), soles])
    return table.set_axis(_ids("C", len(table), "charge_id"))


def effective(events: pd.DataFrame) -> pd.DataFrame:
    """Return events without those taken back and those that take them back."""
    return events[events["takes_back"].isna() & ~events.index.isin(events["takes_back"])]


def payments(charges: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return payments: of all steps taken, on a day before it; of a share of those that may come."""
    rng, standing = chance("payments"), effective(events)
    days = standing.drop_duplicates(["lot_id", "household_id", "kind"]).set_index(
        ["lot_id", "household_id", "kind"]
    )["date"]
    keys = [charges["lot_id"], charges["household_id"]]
    step = days.reindex(pd.MultiIndex.from_arrays([*keys, charges["step"].map(PAID_BEFORE)])).to_numpy()
    lost = pd.concat([days.xs(kind, level="kind") for kind in [*LOSSES, "transferred"]])
    lost = charges.set_index(["lot_id", "household_id"]).index.isin(lost.index)
    ahead = pd.isna(step) & ~lost & (rng.random(len(charges)) < p.PAID)
    until = np.where(ahead, np.datetime64(p.LAST_DAY), step)
    span = (until - charges["date"].to_numpy()) / np.timedelta64(1, "D")
    table = charges.assign(date=charges["date"] + pd.to_timedelta(rng.random(len(span)) * span // 1, "D"))
    table["takes_back"] = None
    table = table[~pd.isna(until)].reset_index(drop=True)
    twice = table[ahead[~pd.isna(until)]].sample(p.TWICE_PAID, random_state=rng).assign(again=True)
    table = pd.concat([table, twice, twice.assign(takes_back="again")]).sort_values(
        ["date", "lot_id", "step"]
    )
    table = table.set_axis(_ids("B", len(table), "payment_id"))
    back = table["takes_back"].notna()
    table.loc[back, "takes_back"] = table.index[np.flatnonzero(back) - 1]
    return table[["lot_id", "household_id", "step", "date", "amount", "currency", "takes_back"]]


def house_finance(events: pd.DataFrame) -> pd.DataFrame:
    """Return who financed a house on which lot: printed numbers of lots that are occupied on the last day."""
    rng, standing = chance("house finance"), effective(events)
    occupied = standing[standing["kind"] == "occupied"].drop_duplicates("lot_id", keep="last")
    gone = standing[standing["kind"].isin(LOSSES)].drop_duplicates("lot_id", keep="last").set_index("lot_id")
    kept = ~(gone["date"].reindex(occupied["lot_id"]).to_numpy() > occupied["date"].to_numpy())
    least, mean = p.FINANCE_LAG
    days = occupied["date"] + pd.to_timedelta(least + rng.exponential(mean, len(occupied)) // 1, "D")
    able = pd.DataFrame({"lot_id": occupied["lot_id"], "approved": days})[kept]
    able = able[able["approved"] <= pd.Timestamp(p.LAST_DAY)]
    table = able.sample(sum(count for count, _ in p.HOUSE_FINANCE.values()), random_state=rng)
    table["source"] = np.repeat(list(p.HOUSE_FINANCE), [count for count, _ in p.HOUSE_FINANCE.values()])
    middle = table["source"].map({source: dollars for source, (_, dollars) in p.HOUSE_FINANCE.items()})
    table["amount"] = (middle * np.exp(p.LOAN_SPREAD * rng.standard_normal(len(table)))).round(-1).astype(
        int
    ) * 100
    table = table.sort_values(["approved", "lot_id"])
    return table.set_axis(_ids("F", len(table), "finance_id"))[["lot_id", "source", "approved", "amount"]]


def _ids(letter: str, count: int, name: str) -> pd.Index:
    width = 5 if count > 9999 else 4
    return pd.Index([f"{letter}-{number:0{width}}" for number in range(1, count + 1)], name=name)
