"""Eight editors at once on a PostGIS server: a plan of 10,000 lots, each its own lots."""

import os
import runpy
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic, perf_counter, sleep

import numpy as np
from rich.table import Table

from ilo_gis import io
from ilo_gis.errors import ConflictError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "tests" / "plotting" / "fake_plan.py"))[
    "fake_plan"
]
EDITORS, SECONDS = 8, 60.0


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


def table(address=None):
    """Return the figures as a table; the server is the one of ILO_GIS_SERVER, an empty database."""
    address = address or os.environ["ILO_GIS_SERVER"]
    plan = fake_plan(25, 20, lots=10)
    start = perf_counter()
    with io.open(address, create=True) as store:
        store.write(plan)
        first = store.read("lots")["area"].sum()
    loaded = perf_counter() - start
    start_at = monotonic() + 15
    with ProcessPoolExecutor(EDITORS) as pool:
        done = list(pool.map(edit, [address] * EDITORS, range(EDITORS), [start_at] * EDITORS))
    with io.open(address) as store:
        last = store.read("lots")["area"].sum()
        told = int(store.history("lots")["operation"].eq("update").sum())
    taken = np.concatenate([one for one, _ in done])
    result = Table(
        "lots", "loaded (s)", "writes", "lost", "conflicts", "in the history", "median (ms)", "p95 (ms)"
    )
    lost = len(taken) - round(last - first)
    median, p95 = 1000 * np.quantile(taken, [0.5, 0.95])
    figures = (
        f"{loaded:.1f}",
        len(taken),
        lost,
        sum(n for _, n in done),
        told,
        f"{median:.0f}",
        f"{p95:.0f}",
    )
    result.add_row(str(len(plan.lots)), *map(str, figures))
    return result


if __name__ == "__main__":
    from rich import print as show

    show(table(*sys.argv[1:]))
