"""Print every benchmark: `python -m benchmarks`."""

from time import perf_counter

from rich.console import Console

from benchmarks import (
    edits,
    events,
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


def main():
    """Print the tables one after the other."""
    console, start = Console(width=150), perf_counter()
    for title, table in (
        (yields.__doc__, yields.table),
        ("Lots a second, best of 3", speed.speeds),
        ("Growth, rectangles with sides ±5 %", speed.growth),
        ("Laying out beside writing", speed.writing),
        (edits.__doc__, edits.table),
        (stores.__doc__, stores.table),
        (sites.__doc__, sites.concave),
        ("The sample Pampa, searched and laid out", sites.pampa),
        ("Growth of plans, squares", sites.growth),
        (zones.__doc__, zones.table),
        (siting.__doc__, siting.table),
        (networks.__doc__, networks.table),
        (events.__doc__, events.table),
        (real_city.__doc__, real_city.table),
        (real_streets.__doc__, real_streets.table),
    ):
        console.rule(title.splitlines()[0])
        console.print(table())
    console.print(f"{perf_counter() - start:.0f} s in all")


if __name__ == "__main__":
    main()
