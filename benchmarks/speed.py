"""Lots a second, growth of time and memory, and laying out beside writing the file."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from rich.table import Table

from benchmarks.cases import cut, field, ilo
from benchmarks.verdict import least, most, said
from ilo_gis import io

VARY = 0.05  # share by which sides of rectangles vary
LOTS_A_BLOCK = 28
SIZES = (1_000, 10_000, 100_000, 1_000_000)  # lots
BY_PROCESSES = (100_000, 1_000_000)
LINEAR = 0.8  # lots/s of the largest run, as a share of those of ten thousand lots
KB = 2.0  # peak memory a lot
FROM = 100_000  # lots from which memory is judged: below, what a part of the work needs outweighs them


def best(work, times=3):
    """Return the shortest of several times, in seconds, and the last result."""
    seconds = []
    for _ in range(times):
        start = perf_counter()
        result = work()
        seconds.append(perf_counter() - start)
    return min(seconds), result


def count(lots):
    """Return how many are lots."""
    return int((lots["kind"] == "lot").sum())


def speeds():
    """Return lots a second, best of 3 runs."""
    result = Table("blocks", "mode", "lots", "lots/s", "")
    varied = "1000 rectangles, sides ±5 %"
    cut(field(10))
    for name, blocks, mode, target in (
        (varied, field(vary=VARY), "clean", 50_000),
        ("street faces of Ilo", ilo(), "clean", 20_000),
        (varied, field(vary=VARY), "most", None),
    ):
        if blocks is None:
            result.add_row(name, mode, "skipped: not here")
            continue
        seconds, lots = best(lambda b=blocks, m=mode: cut(b, m), 3 if mode == "clean" else 1)
        text, held = least(count(lots) / seconds, target)
        result.add_row(name, mode, f"{count(lots):,}", text, said(held) if target else "")
    return result


def growth():
    """Return speed and memory over size, each in a process of its own."""
    result = Table("lots", "engine", "seconds", "lots/s", "peak memory, MB", "kB a lot", "")
    one = None
    for engine, sizes in (("none", SIZES), ("process", BY_PROCESSES)):
        for size in sizes:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.growth", engine, str(round(size / LOTS_A_BLOCK))],
                stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1],
            )  # fmt: skip
            found = json.loads(done.stdout)
            rate = found["lots"] / found["seconds"]
            if size == 10_000:
                one = rate
            fast = least(rate, LINEAR * one if size == max(SIZES) else None)
            small = most(found["bytes"] / found["lots"] / 1000, KB if size >= FROM else None, "{:.2f}")
            result.add_row(
                f"{found['lots']:,}", "cut_lots" if engine == "none" else f"scale.run, {engine}",
                f"{found['seconds']:.2f}", fast[0], f"{found['bytes'] / 1e6:,.0f}", small[0],
                said(fast[1], small[1]) if size >= FROM else "",
            )  # fmt: skip
    return result


def writing():
    """Return laying out beside writing the same lots to a file, best of 3."""
    blocks = field(3600, vary=VARY)
    laying, lots = best(lambda: cut(blocks))
    result = Table("file", "lots", "laying out, s", "writing, s", "laying out : writing", "")
    with tempfile.TemporaryDirectory() as folder:
        for name, write, target in (
            ("GeoPackage", lambda file: lots.to_file(file, layer="lots", engine="pyogrio"), 1.0),
            ("GeoParquet", lambda file: io.write_parquet(lots, file, overwrite=True), None),
        ):
            file = Path(folder) / f"lots.{'gpkg' if target else 'parquet'}"
            seconds, _ = best(lambda f=file, w=write: (f.unlink(missing_ok=True), w(f)))
            text, held = most(laying / seconds, target, "{:.2f}")
            cells = f"{count(lots):,}", f"{laying:.2f}", f"{seconds:.2f}", text
            result.add_row(name, *cells, said(held) if target else "")
    return result
