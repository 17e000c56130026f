"""Guards that wait for works, money or fees: from which day on each is met, lot by lot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import SchemaError
from ilo_gis.promuvi.chain_rules import StageRules
from ilo_gis.promuvi.event_arrays import NEVER, Register, by_lot, lot_ids
from ilo_gis.promuvi.history import History, replay
from ilo_gis.promuvi.services import first_dates, known_works, services
from ilo_gis.tables import conform
from ilo_gis.tables.entries import standing

__all__ = [
    "fee_days",
    "paid_days",
    "replay_guarded",
    "service_days",
    "unmet_by_fees",
    "unmet_by_works",
    "unmet_guards",
]

Days = NDArray[np.int64]
Bools = NDArray[np.bool_]


def replay_guarded(
    register: Register,
    rules: StageRules,
    lots: pd.DataFrame | None,
    works: pd.DataFrame | None = None,
    accounts: pd.DataFrame | None = None,
    payments: pd.DataFrame | None = None,
) -> History:
    """Play events through the rules with those guards for which there are tables (`unmet_guards`)."""
    return replay(register, rules, unmet_guards(register, rules, lots, works, accounts, payments))


def unmet_guards(
    register: Register,
    rules: StageRules,
    lots: pd.DataFrame | None,
    works: pd.DataFrame | None = None,
    accounts: pd.DataFrame | None = None,
    payments: pd.DataFrame | None = None,
) -> Bools:
    """Tell which guards on works, finance and fees were not met on the day of each event.

    Parameters
    ----------
    register : Register
        Events in order.
    rules : StageRules
        What may follow what.
    lots, works, accounts, payments : DataFrame, optional
        Tables; without works, or without accounts, guards on them are not held.

    Raises
    ------
    SchemaError
        If there are works and no lots, or a table is none.
    """
    unmet = np.zeros((len(register.ids), len(rules.guards)), dtype=bool)
    if works is not None:
        if lots is None:
            raise SchemaError("works without lots: give `lots`, so that works find their lots.")
        unmet |= unmet_by_works(register, rules, service_days(lots, works, rules))
    if accounts is not None:
        unmet |= unmet_by_fees(register, rules, paid_days(accounts, payments))
    return unmet


def service_days(lots: pd.DataFrame, works: pd.DataFrame, rules: StageRules) -> dict[str, Days]:
    """Return by guard on works or finance the day on which each lot (row) had each service (column).

    Examples
    --------
    >>> from ilo_gis.promuvi.chain_rules import stage_rules
    >>> told = {"service": ["water"], "scope": ["lot"], "target_id": ["A-1"], "done": ["1970-01-11"]}
    >>> works = pandas.DataFrame(told, pandas.Index(["W"], name="work_id"))
    >>> lots = pandas.DataFrame({"block_id": ["A"]}, pandas.Index(["A-1"], name="lot_id"))
    >>> service_days(lots, works, stage_rules())["basic_service"][0, 0].item()
    10
    """
    table = by_lot(lots)
    known = known_works(works)
    ids, names = lot_ids(table), services().index
    joint = known[known["assembly"].fillna(False).astype(bool)]

    def numbers(of: pd.DataFrame, column: str) -> Days:
        day = first_dates(of, table, column).reindex(index=ids, columns=names)
        return np.where(day.isna(), NEVER, day.to_numpy("datetime64[D]").astype(np.int64))

    done = {False: numbers(known, "done"), True: numbers(joint, "done")}
    sure = numbers(known, "finance_approved")
    days = {}
    for guard in rules.guarded("works", "finance").itertuples():
        ready = done[guard.assembly]
        ready = np.minimum(ready, sure) if guard.kind == "finance" else ready
        days[str(guard.Index)] = ready[:, names.get_indexer(guard.services)]
    return days


def paid_days(accounts: pd.DataFrame, payments: pd.DataFrame | None = None) -> pd.Series:
    """Return since when the steps of each lot and household are paid: that of the last payment of a step.

    Parameters
    ----------
    accounts : DataFrame
        Table ``accounts``: what is paid in full.
    payments : DataFrame, optional
        Table ``payments``: since when; without it what is paid has been paid always.

    Returns
    -------
    Series
        Days since 1970, by lot_id, household_id and step.

    Examples
    --------
    >>> told = {"lot_id": ["A-1"], "household_id": ["h"], "charged": 5, "paid": 5, "due": 0, "room": 9}
    >>> told["steps_paid"] = "occupation"
    >>> accounts = pandas.DataFrame(told, pandas.Index(["a"], name="account_id"))
    >>> paid_days(accounts).index.tolist()
    [('A-1', 'h', 'occupation')]
    """
    keys = ["lot_id", "household_id", "step"]
    table = conform(accounts, "accounts")
    said = table["steps_paid"].fillna("") if "steps_paid" in table else pd.Series("", table.index)
    each = table.assign(step=said.astype(str).str.split(";")).explode("step")
    each["step"] = each["step"].str.strip()
    each = each[each["step"] != ""]
    index = pd.MultiIndex.from_frame(each[keys].astype(str)).drop_duplicates()
    paid = pd.Series(-NEVER, index, dtype=np.int64)
    if payments is None:
        return paid
    told = standing(conform(payments, "payments"))
    last = told.assign(**{key: told[key].astype(str) for key in keys}).groupby(keys)["date"].max()
    numbers = pd.Series(last.to_numpy("datetime64[D]").astype(np.int64), last.index)
    return numbers.reindex(index).fillna(-NEVER).astype(np.int64)


def unmet_by_works(register: Register, rules: StageRules, days: dict[str, Days]) -> Bools:
    """Tell which guards on works and finance were not met on the day of each event."""
    unmet = np.zeros((len(register.ids), len(rules.guards)), dtype=bool)
    for name, since in days.items():
        guard = rules.guards.loc[name]
        met = since.max(axis=1) if guard.need == "all" else since.min(axis=1)
        rows = _before(register, rules, guard.event)
        unmet[rows, rules.guards.index.get_loc(name)] = register.day[rows] < met[register.lot[rows]]
    return unmet


def unmet_by_fees(register: Register, rules: StageRules, paid: pd.Series) -> Bools:
    """Tell which fees were not paid on the day of each event."""
    unmet = np.zeros((len(register.ids), len(rules.guards)), dtype=bool)
    for guard in rules.guarded("fees").itertuples():
        rows = _before(register, rules, guard.event)
        lots, households = register.lots[register.lot[rows]], register.households[register.household[rows]]
        since = fee_days(paid, lots, households, guard.step)
        unmet[rows, rules.guards.index.get_loc(guard.Index)] = register.day[rows] < since
    return unmet


def fee_days(paid: pd.Series, lots: Sequence[str], households: Sequence[str], step: str) -> Days:
    """Return since when the step of each lot is paid by its household; NEVER where it is not."""
    keys = pd.MultiIndex.from_arrays([lots, households, [step] * len(lots)])
    return paid.reindex(keys).fillna(NEVER).to_numpy(np.int64)


def _before(register: Register, rules: StageRules, event: str) -> NDArray[np.int64]:
    """Return the events of a kind that could count."""
    return np.flatnonzero((register.kind == rules.events.index.get_loc(event)) & (register.reason == 0))
