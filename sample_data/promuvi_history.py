"""What befalls the lots of the simulated PROMUVI, from the first call to the last day, as events."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import promuvi_figures as p
from promuvi_register import chance, days_of
from promuvi_works import BASIC, NEVER

from ilo_gis.promuvi import allot, done_dates, eligibility, finance_dates, rank

SERVICED = ["clearing", "survey", "layout", "tap"]
PAPERS = {  # letter of the paper that is the evidence
    "allotted": "A",
    "reverted": "R",
    "renounced": "N",
    "transferred": "S",
    "adjudicated": "D",
    "titled": "T",
    "taken_back": "C",
}
LOSSES = ["reverted", "renounced"]


def events(
    blocks: pd.DataFrame,
    lots: gpd.GeoDataFrame,
    works: pd.DataFrame,
    households: pd.DataFrame,
    applicants: pd.DataFrame,
) -> pd.DataFrame:
    """Return all events, by day. Each call gives its own lots, and those that came back before it."""
    of_lot = blocks.reindex(lots["block_id"]).set_axis(lots.index)
    queue = lots.assign(call=of_lot["call"], place=of_lot["place"])
    queue = queue.sort_values(["call", "place", "block_id", "number"], kind="stable")
    days = {number: pd.Timestamp(call[1]) for number, call in enumerate(p.CALLS)}
    free, ready = queue["call"].map(days), ready_days(works, lots)  # day since which nobody has the lot
    told, waiting = [], applicants
    for number, day in days.items():
        given = free.index[free <= day]
        if number == len(days) - 1:
            held = (queue["call"].between(0, number - 1) & ~(free <= pd.Timestamp(p.LAST_DAY))).sum()
            given = given[: p.ASSIGNED - held]
        holders = beneficiaries(waiting, households, lots, given, day)
        waiting = waiting[~waiting["household_id"].isin(holders)]
        lived = lives(holders.reindex(given), day, ready.loc[given])
        free[given] = lived[lived["kind"].isin(LOSSES)].set_index("lot_id")["date"].reindex(given)
        told.append(lived)
    return numbered(with_errors(with_heirs(pd.concat(told, ignore_index=True), waiting["household_id"])))


def ready_days(works: pd.DataFrame, lots: pd.DataFrame) -> pd.DataFrame:
    """Return by lot the day on which works and finance allow each step; NaT: not by the last day."""
    done, money = done_dates(works, lots), finance_dates(works, lots)
    toilet, first = done[["septic_tank", "latrine"]].min(axis=1), done[BASIC].min(axis=1)
    needs = {
        "occupied": done[SERVICED].assign(toilet=toilet),
        "adjudicated": done[[*p.PLANS, "grading"]],
        "titled": money[BASIC].assign(first=first),
    }
    return pd.DataFrame({step: days.max(axis=1, skipna=False) for step, days in needs.items()})


def beneficiaries(
    waiting: pd.DataFrame,
    households: pd.DataFrame,
    lots: gpd.GeoDataFrame,
    given: pd.Index,
    day: pd.Timestamp,
) -> pd.Series:
    """Return by lot who gets it in a call: the first of the list, by draw, neighbours of a group together."""
    applied = waiting[waiting["applied_on"] <= day]
    seed = f"{p.SEED}, {day:%Y-%m-%d}"
    listed = rank(applied, households, eligibility(applied, households, day), on=day, seed=seed).table
    listed = listed.assign(preferences=None)  # lots are drawn, not chosen
    made = allot(lots.loc[given], listed, "draw", seed=seed, on=day, groups=True).table
    if len(made) < len(given):
        raise ValueError(f"{len(made)} households for {len(given)} lots on {day:%Y-%m-%d}")
    return made["household_id"].astype(object)


def lives(holders: pd.Series, day: pd.Timestamp, ready: pd.DataFrame) -> pd.DataFrame:
    """Return what befalls the lots given in a call, each with its household, up to the last day."""
    rng, begin = chance(f"lives {day:%Y-%m-%d}"), np.full(len(holders), day, dtype="M8[D]")
    least = begin + p.LEAST_TO_TITLE
    days, before = {"allotted": begin}, begin
    absent, left, renounced = (rng.random(len(begin)) < s for s in (p.ABSENT, p.ABSENT_AFTER, p.RENOUNCED))
    for step, lag in p.LAGS.items():
        waits = [before, least] if step == "titled" else [before]
        waits += [ready[step].to_numpy("M8[D]")] if step in ready else []
        before = np.maximum.reduce(waits) + _drawn(rng, lag, len(begin))
        before[rng.random(len(begin)) < p.NO_FEE.get(step, 0.0)] = NEVER
        before[absent | (left if step != "occupied" else False)] = NEVER
        days[step] = before
    days |= _absences(rng, np.where(left, days["occupied"], begin), absent | left)
    days["renounced"] = np.where(
        renounced & ~absent & ~left, begin + _drawn(rng, p.RENOUNCED_LAG, len(begin)), NEVER
    )
    days["renounced"][days["titled"] <= days["renounced"]] = NEVER
    lost = np.fmin(days["reverted"], days["renounced"])
    parts = [pd.DataFrame({"kind": kind, "date": when}, holders.index) for kind, when in days.items()]
    table = pd.concat([part.assign(household_id=holders)[~(part["date"] > lost)] for part in parts])
    table = table.rename_axis("lot_id").reset_index()
    table["kind"] = table["kind"].replace("absent_again", "not_lived_in")
    table["date"] = np.busday_offset(table["date"].to_numpy("M8[D]"), 0, roll="forward")
    return table[table["date"] <= pd.Timestamp(p.LAST_DAY)]


def _absences(rng: np.random.Generator, since: np.ndarray, who: np.ndarray) -> dict[str, np.ndarray]:
    """Return days of two inspections that found nobody, of the notice, and of the reversion of most."""
    days, last = {}, np.where(who, since, NEVER)
    for kind, lag in p.ABSENT_LAGS.items():
        days[kind] = last = last + _drawn(rng, lag, len(since))
    days["reverted"][rng.random(len(since)) >= p.REVERTED] = NEVER
    return days


def _drawn(rng: np.random.Generator, lag: tuple[int, int], count: int) -> np.ndarray:
    least, mean = lag
    return least + np.minimum(rng.exponential(mean, count), 3 * mean).astype(int)


# -- rarer events ------------------------------------------------------------------------------------------


def with_heirs(table: pd.DataFrame, others: pd.Series) -> pd.DataFrame:
    """Add transfers of adjudicated lots to heirs: households of the register that have got no lot."""
    rng = chance("heirs")
    done = table.pivot_table("date", "lot_id", "kind", "last")
    open_ = done[done["adjudicated"].notna() & done["titled"].isna() & done[LOSSES].isna().all(axis=1)]
    lots = rng.choice(open_.index, p.HEIRS, replace=False)
    dead = table[table["kind"] == "adjudicated"].drop_duplicates("lot_id", keep="last").set_index("lot_id")
    span = (pd.Timestamp(p.LAST_DAY) - dead.loc[lots, "date"]).dt.days.to_numpy()
    heirs = pd.DataFrame({"lot_id": lots, "household_id": dead.loc[lots, "household_id"].to_numpy()})
    heirs["date"] = dead.loc[lots, "date"].to_numpy() + pd.to_timedelta(rng.integers(1, span), "D")
    heirs = heirs.assign(kind="transferred", heir=rng.choice(others.unique(), p.HEIRS, replace=False))
    return pd.concat([table, heirs], ignore_index=True)


def with_errors(table: pd.DataFrame) -> pd.DataFrame:
    """Add events entered for the wrong lot a week after another, and those that take them back."""
    rng, wrong = chance("errors"), []
    for kind, (after, count) in p.WRONG.items():
        rows = table[table["kind"] == after].sample(count, random_state=rng)
        wrong.append(rows.assign(kind=kind, date=rows["date"] + pd.Timedelta(days=7)))
    pairs = pd.concat(wrong).reset_index(drop=True).rename_axis("pair").reset_index()
    back = pairs.assign(kind="taken_back", household_id=None, date=pairs["date"] + pd.Timedelta(days=7))
    return pd.concat([table, pairs, back], ignore_index=True)


def numbered(table: pd.DataFrame) -> pd.DataFrame:
    """Return events by day, with ids, the number of the paper, and what is taken back."""
    table = table.sort_values(["date", "lot_id"], kind="stable").reset_index(drop=True)
    table.index = pd.Index([f"E-{number:05}" for number in range(1, len(table) + 1)], name="event_id")
    paper = table["kind"].map(PAPERS)
    number = (table.groupby("kind").cumcount() + 1).astype(str).str.zfill(4)
    back = table["kind"] == "taken_back"
    ids = pd.Series(table.index[~back], table.loc[~back, "pair"])
    ids = ids[ids.index.notna()]
    table["takes_back"] = table["pair"].where(back).map(ids)
    dates = days_of(table["date"])
    table = table.assign(evidence=(paper + "-" + number).where(paper.notna()), date=dates)
    return table[["lot_id", "household_id", "kind", "date", "evidence", "heir", "takes_back"]]
