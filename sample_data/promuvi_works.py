"""The simulated works of PROMUVI: blocks are served call by call, outwards from the old part of the Pampa."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import promuvi_figures as p
import shapely
from promuvi_register import chance, days_of

from ilo_gis.promuvi import services

MONTH = 365.25 / 12
BASIC = ["water", "sewer", "electricity"]
LAST = np.datetime64(p.LAST_DAY, "D")
NEVER = np.datetime64("NaT", "D")


def calls(blocks: gpd.GeoDataFrame, lots: gpd.GeoDataFrame, old_part: shapely.Geometry) -> pd.DataFrame:
    """Return by block the `call` in which its lots are given (-1: not yet) and its `place` in it, 0 to 1."""
    away = blocks.centroid.distance(old_part)
    sizes = lots.groupby("block_id").size()
    table = pd.DataFrame({"area": blocks["extension_area"], "call": -1, "place": 0.5})
    for number, (area, _, wanted, *_) in enumerate(p.CALLS):
        left = away[(table["area"] == area) & (table["call"] < 0)].sort_values(kind="stable")
        before = sizes[left.index].cumsum().shift(fill_value=0)
        taken = left.index[before < wanted]
        table.loc[taken, "call"] = number
        table.loc[taken, "place"] = np.linspace(0, 1, len(taken))
    return table


def works(blocks: pd.DataFrame, lots: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the works of all calls, by the day on which they were planned."""
    parts = [plans(), paving(blocks)]
    for number, call in enumerate(p.CALLS):
        own = blocks[blocks["call"] == number]
        parts += [of_service(call, own, lots, service) for service in _services(call)]
    parts.append(laid_out(blocks[blocks["call"] < 0]))
    table = _until_the_last_day(pd.concat([part.astype(object) for part in parts], ignore_index=True))
    table = table.sort_values(["planned", "service", "target_id"], kind="stable")
    dates = {name: days_of(table[name]) for name in ("planned", "started", "done", "finance_approved")}
    names = pd.Index([f"W-{number:04}" for number in range(1, len(table) + 1)], name="work_id")
    order = ["service", "scope", "target_id", *dates, "payer", "committee", "cost", "assembly"]
    return table.assign(**dates).set_axis(names)[order]


def _services(call: tuple) -> list[str]:
    *_, sanitation, _ = call
    first = ["clearing", "survey", "layout", "tap", sanitation]
    return [*first, "earthworks", "grading", "marking", "trees", *BASIC]


def of_service(call: tuple, blocks: pd.DataFrame, lots: gpd.GeoDataFrame, service: str) -> pd.DataFrame:
    """Return the works of one service of a call: by block, latrines by lot."""
    _, day, _, months, first, _, never = call
    others = [name for name in BASIC if name != first]
    step = {first: "first", others[0]: "second", others[1]: "third"}.get(service, service)
    targets, place = blocks.index, blocks["place"].to_numpy()
    if service == "latrine":
        own = lots["block_id"].isin(blocks.index)
        targets, place = lots.index[own], blocks["place"].reindex(lots.loc[own, "block_id"]).to_numpy()
    if service == "tap":  # blocks that share a tap get it on one day
        place = place[np.arange(len(place)) // p.TAP_BLOCKS * p.TAP_BLOCKS]
    rng = chance(f"works {service} {day}")
    slip = rng.exponential(p.SLIP, len(targets)) if service != "tap" else np.zeros(len(targets))
    table = _between(day, months, p.STEPS[step], p.STAGGER * place, slip)
    table = table.assign(service=service, target_id=np.asarray(targets), payer=_payer(service))
    table["scope"] = "lot" if service == "latrine" else "block"
    table["assembly"] = service in p.BY_ASSEMBLY
    if service in BASIC:
        begun = _day(day, months * (p.FINANCED + p.STAGGER * place)) + slip.astype(int)
        table["finance_approved"] = np.minimum(begun, table["done"].to_numpy("M8[D]"))
    if service in never:
        table[["started", "done", "finance_approved"]] = NEVER
    return table


def _between(day, months: float, share: tuple[float, float], stagger: np.ndarray, slip: np.ndarray):
    """Return days of begin and end at shares of the time of servicing, and the end that was planned."""
    begin, end = (_day(day, months * (part + stagger)) + slip.astype(int) for part in share)
    planned = _day(day, p.PLANNED_MONTHS * (share[1] + stagger))
    return pd.DataFrame({"planned": planned, "started": begin, "done": end})


def _day(day, months: np.ndarray | float) -> np.ndarray:
    return np.datetime64(day, "D") + np.rint(MONTH * np.asarray(months)).astype(int)


def plans() -> pd.DataFrame:
    """Return the plans of the networks, by area: with the first call in it."""
    rows = []
    for area, day, _, months, *_ in {call[0]: call for call in reversed(p.CALLS)}.values():
        for service, share in p.PLANS.items():
            row = _between(day, months, share, np.zeros(1), np.zeros(1))
            rows.append(row.assign(service=service, scope="area", target_id=area, payer=_payer(service)))
    return pd.concat([row.astype(object) for row in rows])


def laid_out(blocks: pd.DataFrame) -> pd.DataFrame:
    """Return works on blocks whose lots wait to be given: laid out with the last call in their area."""
    rows = []
    for area, day, _, months, *_ in {call[0]: call for call in p.CALLS}.values():
        own = blocks.index[blocks["area"] == area]
        for service in ("clearing", "survey", "layout", "tap"):
            row = _between(day, months, p.STEPS[service], np.full(len(own), p.STAGGER), np.zeros(len(own)))
            row = row.assign(service=service, scope="block", target_id=own, payer=_payer(service))
            rows.append(row.assign(started=NEVER, done=NEVER) if service == "tap" else row)
    return pd.concat([row.astype(object) for row in rows])


def paving(blocks: pd.DataFrame) -> pd.DataFrame:
    """Return blocks of the first area that a management committee has paved."""
    rng = chance("paving")
    own = blocks.index[blocks["area"] == p.CALLS[0][0]]
    own = own[rng.random(len(own)) < p.PAVED]
    begin = np.datetime64(p.PAVED_FROM, "D") + rng.integers(0, 500, len(own))
    table = pd.DataFrame(
        {"planned": begin + 60, "started": begin, "done": begin + rng.integers(40, 90, len(own))}
    )
    table = table.assign(service="paving", scope="block", target_id=own, payer=_payer("paving"))
    return table.assign(committee=[f"CG-{n:03}" for n in range(1, len(own) + 1)], cost=p.PAVING_COST)


def _payer(service: str) -> str:
    return services().at[service, "payer"]


def _until_the_last_day(works: pd.DataFrame) -> pd.DataFrame:
    """Return works as they were known on the last day: what comes later is only planned."""
    for name in ("started", "done", "finance_approved"):
        days = pd.to_datetime(works[name])
        works[name] = days.mask(days > pd.Timestamp(p.LAST_DAY))
    return works.assign(assembly=works["assembly"].eq(True), cost=works["cost"].astype(float))
