"""Eight editors at once on a PostGIS server: a plan of 10,000 lots, each its own lots."""

import runpy
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic, perf_counter, sleep

import numpy as np
from rich.table import Table

from benchmarks import cluster
from benchmarks.verdict import said
from ilo_gis import io
from ilo_gis.errors import ConflictError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "tests" / "plotting" / "fake_plan.py"))[
    "fake_plan"
]
EDITORS, SECONDS = 8, 60.0
BEFORE = 15.0  # seconds in which all editors read the plan


def edit(address, number, start_at):
    """Change one lot after the other for a minute; return seconds each, lots changed and conflicts."""
    with io.open(address, who=f"editor {number}") as store:
        lots = store.read("lots")
        own = np.arange(number, len(lots), EDITORS)
        area = lots.columns.get_loc("area")
        taken, conflicts = [], 0
        sleep(max(0.0, start_at - monotonic()))
        while monotonic() < start_at + SECONDS:
            row = own[len(taken) % len(own)]
            lots.iloc[row, area] += 1.0
            start = perf_counter()
            try:
                store.write({"lots": lots})
            except ConflictError:
                conflicts += 1
            taken.append(perf_counter() - start)
    return taken, conflicts


def table():
    """Return the figures as a table; the server is one of its own, with the settings that Debian gives it."""
    result = Table(
        "lots", "loaded, s", "writes", "lost", "conflicts", "in the history", "median, ms", "p95, ms", ""
    )
    if cluster.BINARIES is None:
        result.add_row(f"skipped: {cluster.MISSING}")
        return result
    with cluster.running() as folder:
        address = cluster.make_database(folder, "city")
        lots, seconds, first = load(address)
        start_at = monotonic() + BEFORE
        with ProcessPoolExecutor(EDITORS) as pool:
            done = list(pool.map(edit, [address] * EDITORS, range(EDITORS), [start_at] * EDITORS))
        with io.open(address) as store:
            last = store.read("lots")["area"].sum()
            told = int(store.history("lots")["operation"].eq("update").sum())
    taken, conflicts = np.concatenate([one for one, _ in done]), sum(n for _, n in done)
    lost = len(taken) - conflicts - round(last - first)
    median, p95 = 1000 * np.quantile(taken, [0.5, 0.95])
    held = lost == conflicts == 0 and told == len(taken)
    figures = f"{len(taken):,}", f"{lost}", f"{conflicts}", f"{told:,}", f"{median:.0f}", f"{p95:.0f}"
    result.add_row(f"{lots:,}", f"{seconds:.1f}", *figures, said(held))
    return result


def load(address):
    """Write the plan; return how many lots it has, the seconds it took, and the sum of their areas."""
    plan = fake_plan(25, 20, lots=10)
    start = perf_counter()
    with io.open(address, create=True) as store:
        store.write(plan)
        seconds = perf_counter() - start
        return len(plan.lots), seconds, store.read("lots")["area"].sum()
