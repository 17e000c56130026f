"""Print every benchmark: `python -m benchmarks`; or some of them: `python -m benchmarks stores faults`."""

import sys
from time import perf_counter

from rich.console import Console

from benchmarks import (
    editors,
    edits,
    events,
    faults,
    gestures,
    networks,
    real_city,
    real_streets,
    sites,
    siting,
    speed,
    stores,
    yields,
    zones,
)

TABLES = {
    "yields": (yields.__doc__, yields.table),
    "speed": ("Lots a second, best of 3", speed.speeds),
    "growth": ("Growth, rectangles with sides ±5 %", speed.growth),
    "writing": ("Laying out beside writing", speed.writing),
    "edits": (edits.__doc__, edits.table),
    "gestures": (gestures.__doc__, gestures.table),
    "stores": (stores.__doc__, stores.table),
    "editors": (editors.__doc__, editors.table),
    "faults": (faults.__doc__, faults.table),
    "sites": (sites.__doc__, sites.concave),
    "pampa": ("The sample Pampa, searched and laid out", sites.pampa),
    "plans": ("Growth of plans, squares", sites.growth),
    "zones": (zones.__doc__, zones.table),
    "siting": (siting.__doc__, siting.table),
    "networks": (networks.__doc__, networks.table),
    "events": (events.__doc__, events.table),
    "real_city": (real_city.__doc__, real_city.table),
    "real_streets": (real_streets.__doc__, real_streets.table),
}


def main(names):
    """Print the tables one after the other: all, or those that are named."""
    if unknown := sorted(set(names) - set(TABLES)):
        sys.exit(f"There is no table {', '.join(unknown)}. The tables are: {', '.join(TABLES)}.")
    console, start = Console(width=150), perf_counter()
    for name in names or TABLES:
        title, table = TABLES[name]
        console.rule(title.splitlines()[0])
        console.print(table())
    console.print(f"{perf_counter() - start:.0f} s in all")


if __name__ == "__main__":
    main(sys.argv[1:])
