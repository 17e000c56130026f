"""PROMUVI: the state of 100,000 lots out of 1,000,000 events, and what 6,000 lots lack."""

from time import perf_counter, process_time

import numpy as np
import pandas as pd
from rich.table import Table

from ilo_gis import io, promuvi, tables

WAY = (
    "allotted",
    "occupied",
    "lived_in",
    "not_lived_in",
    "lived_in",
    "adjudicated",
    *("lived_in",) * 3,
    "titled",
)
LOTS, TODAY = 100_000, pd.Timestamp("1999-12-31")


def register(lots=LOTS):
    """Return ten events for each lot, in the order of their days (seeded, made for this alone)."""
    rng = np.random.default_rng(7)
    days = np.cumsum(rng.integers(1, 200, (len(WAY), lots)), axis=0) + 7000
    names = np.array([f"L-{number}" for number in range(lots)], dtype=object)
    told = pd.DataFrame(
        {
            "lot_id": np.tile(names, len(WAY)),
            "household_id": np.tile(np.char.add("H-", np.arange(lots).astype(str)).astype(object), len(WAY)),
            "kind": np.repeat(np.array(WAY, dtype=object), lots),
            "date": days.ravel().astype("datetime64[D]").astype("datetime64[ms]"),
            "evidence": "R.A. 1",
        }
    ).sort_values("date", kind="stable", ignore_index=True)
    told.index = pd.Index([f"E-{number}" for number in range(1, len(told) + 1)], name="event_id")
    return tables.complete(told, "lot_events"), pd.DataFrame(index=pd.Index(names, name="lot_id"))


def table():
    """Return a table of times, best of 3."""
    events, lots = register()
    sample = {name: tables.complete(io.sample(name), name) for name in ("lots", "lot_events", "works")}
    known = {"events": sample["lot_events"], "lots": sample["lots"], "works": sample["works"]}
    day = pd.Timestamp("1994-06-30")
    cases = {
        f"state_on: {len(lots):,} lots, {len(events):,} events": lambda: promuvi.state_on(
            events, TODAY, lots
        ),
        f"check_events: {len(sample['lot_events']):,} events of the sample, with works": lambda: (
            promuvi.check_events(sample["lot_events"], sample["lots"], works=sample["works"])
        ),
        f"why_not: {len(sample['lots']):,} lots, next stage": lambda: promuvi.why_not(on=day, **known),
        f"why_not: {len(sample['lots']):,} lots, title": lambda: promuvi.why_not(
            None, "titled", on=day, **known
        ),
    }
    told = Table("", "s", "s of processor")
    for name, call in cases.items():
        best = min(_timed(call) for _ in range(3))
        told.add_row(name, *(f"{value:.2f}" for value in best))
    return told


def _timed(call):
    start, own = perf_counter(), process_time()
    call()
    return perf_counter() - start, process_time() - own
