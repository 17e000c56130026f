"""Public taps and latrines on lots of the sample Pampa."""

from time import perf_counter

from rich.table import Table

from ilo_gis import io, norms, siting, subdivision

RULE = subdivision.LotRule(min_area=160.0, min_frontage=8.0)
COUNTS = (5_500, 6_000, 10_000)


def table():
    """Return taps, bound, gaps and seconds by number of lots; and latrines a second."""
    lines, site = io.sample("pampa_streets"), io.sample("pampa")
    lots = subdivision.cut_lots(subdivision.blocks_from_streets(lines, site=site), RULE)
    lots = lots[lots["kind"] == "lot"]
    streets = subdivision.layout_streets(lines).street_lines
    known = norms.load("pe")
    heads = ("lots", "taps", "bound", "walk, m", "gap of the walk", "taps, s", "latrines, s")
    shown = Table(*heads)
    for count in COUNTS:
        some = lots.iloc[:count]
        start = perf_counter()
        found = siting.taps(some, streets, siting.TapTerms.from_norms(known))
        middle = perf_counter()
        siting.latrines(some, streets, siting.LatrineTerms.from_norms(known))
        stop = perf_counter()
        shown.add_row(
            f"{count:,}", f"{len(found.taps)}", f"{found.bound}", f"{found.walk / count:.1f}",
            f"{found.walk_gap:.1%}", f"{middle - start:.1f}", f"{stop - middle:.2f}",
        )  # fmt: skip
    return shown
