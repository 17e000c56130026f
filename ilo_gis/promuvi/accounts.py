"""The account of each household for its lot on a day: what was charged, paid, and is still due."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ilo_gis.errors import SchemaError, did_you_mean, some_ids
from ilo_gis.promuvi.fees import fee_cap, fee_steps
from ilo_gis.promuvi.money import BASE, PARTS, exchange, rates_in_force, require_rates, require_whole
from ilo_gis.promuvi.tenures import account_holders, tenures
from ilo_gis.tables import conform, empty
from ilo_gis.tables.entries import standing

__all__ = ["ACCOUNT", "CHARGED", "accounts", "settled", "with_dollars"]

ACCOUNT = ["lot_id", "household_id"]
CHARGED = [*ACCOUNT, "step"]


def accounts(
    charges: pd.DataFrame,
    payments: pd.DataFrame,
    rates: pd.DataFrame,
    on: date,
    *,
    events: pd.DataFrame | None = None,
    steps: pd.DataFrame | None = None,
    cap: int | None = None,
) -> pd.DataFrame:
    """Return what each household was charged for its lot, has paid, and still owes on a day.

    A charge is settled in its own currency: once as many soles are paid as were charged, nothing is due,
    whatever the dollar did meanwhile. A payment in another currency counts at the rate of its day. All sums
    are of whole cents; each exchange is rounded half to even.

    Parameters
    ----------
    charges, payments : DataFrame
        Tables of these names. A payment that another takes back does not count, nor does that other.
    rates : DataFrame
        Table ``exchange_rates``; the rate of a day is the latest on or before it.
    on : date
        The day; entries of the day count.
    events : DataFrame, optional
        Table ``lot_events``: whoever took a lot over by transfer has the account of the household before,
        which keeps a row without money that tells the steps paid.
    steps : DataFrame, optional
        Steps that are charged for, as `fee_steps` returns them; by default those of Ilo.
    cap : int, optional
        Most that may be charged for a lot in all, US cents; by default the norm ``promuvi.fee_cap``.

    Returns
    -------
    DataFrame
        Table ``accounts``, by lot and household (``"A-1/H-1"``), US cents: ``charged`` and ``paid`` at the
        rates of their days, ``due`` (what is left of each charge, at the rate of its day), ``steps_paid``
        (in full, joined by ``;``), ``room`` under the cap.

    Raises
    ------
    SchemaError
        If a table cannot be used: an amount that is not above 0 or not whole, no rate in force on a day
        (currency and day are named). `check_payments` tells all such rows.
    NormError
        If no cap is given and none was in force.

    References
    ----------
    López Follegatti 1999, sections II.c (US$60 a lot) and III.d (steps).

    Examples
    --------
    >>> rates = pandas.DataFrame({"currency": ["PEN"], "date": ["1994-01-01"], "per_usd": [2.2]}, ["r"])
    >>> told = {"lot_id": "A-1", "household_id": "H-1", "step": "title", "date": "1994-05-02"}
    >>> charges = pandas.DataFrame(told | {"amount": [2000], "currency": "USD"}, ["C-1"])
    >>> payments = pandas.DataFrame(told | {"amount": [2200], "currency": "PEN"}, ["P-1"])
    >>> found = accounts(charges, payments, rates, pandas.Timestamp("1994-06-30"))
    >>> found.loc["A-1/H-1", ["charged", "paid", "due", "room"]].tolist()
    [2000, 1000, 1000, 4000]
    """
    last, names = pd.Timestamp(on), (fee_steps() if steps is None else steps).index
    owed, given = (
        with_dollars(_usable(table, name, last, names), name, rates)
        for table, name in ((charges, "charges"), (payments, "payments"))
    )
    if owed.empty and given.empty:
        return empty("accounts")
    if events is not None:
        held = tenures(events[pd.to_datetime(events["date"]) <= last])
        owed, given = (account_holders(table, held) for table in (owed, given))
    balance = settled(owed, given, rates, names)
    table = pd.DataFrame(
        {
            "charged": owed["usd"].groupby([owed[name] for name in ACCOUNT]).sum(),
            "paid": given["usd"].groupby([given[name] for name in ACCOUNT]).sum(),
        }
    )
    due = balance["due"].groupby(ACCOUNT).sum().reindex(table.index)
    paid = balance[balance["left"] == 0].reset_index("step")["step"].groupby(ACCOUNT).agg(";".join)
    limit = fee_cap(last) if cap is None else cap
    table = table.assign(due=due).fillna(0).assign(room=lambda sums: limit - sums["charged"])
    table = table.assign(steps_paid=paid.reindex(table.index).fillna(""))
    table = (table if events is None else _with_closed(table, held)).reset_index()
    table.index = pd.Index(table["lot_id"] + "/" + table["household_id"], name="account_id")
    return conform(table, "accounts").sort_index()


def _with_closed(table: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Return accounts, and without money those of who has handed a lot on: the steps paid were theirs too."""
    last = held.drop_duplicates(ACCOUNT, keep="last")
    gone = last[last["household_id"] != last["now"]]
    own, now = (
        pd.MultiIndex.from_frame(gone[["lot_id", name]], names=ACCOUNT) for name in ("household_id", "now")
    )
    met = now.isin(table.index)
    closed = table.loc[now[met]].set_axis(own[met]).assign(charged=0, paid=0, due=0)
    return pd.concat([table, closed])


def with_dollars(table: pd.DataFrame, name: str, rates: pd.DataFrame) -> pd.DataFrame:
    """Return charges or payments with their rate and their US cents, as whole numbers.

    Raises
    ------
    SchemaError
        If no rate is in force on a day.
    """
    rate = require_rates(name, table, rates)
    return table.assign(rate=rate, usd=exchange(table["amount"], rate, PARTS))


def settled(owed: pd.DataFrame, given: pd.DataFrame, rates: pd.DataFrame, steps: pd.Index) -> pd.DataFrame:
    """Return what is left of the charges of each step, in the currency that it was charged in.

    Parameters
    ----------
    owed, given : DataFrame
        Charges and payments, as `with_dollars` returns them.
    rates : DataFrame
        Table ``exchange_rates``.
    steps : Index
        Steps that are charged for, in their order.

    Returns
    -------
    DataFrame
        By lot, household and step, in the order of the steps: ``left`` and ``over`` (cents of ``currency``,
        the dollar where a step was charged in several), and ``due`` (``left`` in US cents at the rate of the
        day of the charge).
    """
    order = owed["step"].map({step: number for number, step in enumerate(steps)})
    owed = owed.assign(order=order).sort_values([*ACCOUNT, "order", "date", "currency"])
    groups = owed.groupby(CHARGED, sort=False)
    first = groups[["currency", "rate"]].first()
    odd = owed["currency"] != groups["currency"].transform("first")
    several = pd.MultiIndex.from_frame(owed.loc[odd, CHARGED])
    first.loc[first.index.isin(several), ["currency", "rate"]] = [BASE, PARTS]
    balance = _sums(owed, first, rates) - _sums(given, first, rates)
    left = balance.where(balance > 0, 0)
    return first.assign(left=left, over=left - balance, due=exchange(left, first["rate"], PARTS))


def _sums(table: pd.DataFrame, charged: pd.DataFrame, rates: pd.DataFrame) -> pd.Series:
    """Return the sums of amounts by step that was charged, each in the currency of its charge."""
    keys = pd.MultiIndex.from_frame(table[CHARGED])
    own = charged["currency"].reindex(keys).set_axis(table.index)
    table, own = table[own.notna()], own[own.notna()]
    amount = exchange(table["amount"], table["rate"], rates_in_force(own, table["date"], rates))
    sums = amount.groupby([table[name] for name in CHARGED]).sum()
    return sums.reindex(charged.index, fill_value=0)


def _usable(table: pd.DataFrame, name: str, last: pd.Timestamp, steps: pd.Index) -> pd.DataFrame:
    """Return charges or payments up to a day that stand, or say which cannot be reckoned with."""
    known = require_whole(table, name)
    known = standing(known[known["date"] <= last])
    if len(bad := known.index[known["amount"] <= 0]):
        raise SchemaError(f"{name}: {some_ids(bad)}: an amount should be above 0. Take wrong ones back.")
    step = known["step"].astype(str)
    strange = step[~step.isin(steps)]
    if len(strange):
        raise SchemaError(
            f"{name}: {some_ids(strange.index)}: {strange.iloc[0]!r} is no step"
            f"{did_you_mean(strange.iloc[0], steps)}. The steps are: {', '.join(steps)}."
        )
    return known
