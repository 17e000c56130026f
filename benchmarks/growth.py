"""Lay out rectangles, print seconds and peak memory: `python -m benchmarks.growth process 100`."""

import json
import resource
import sys
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.cases import RULE, field
from ilo_gis import scale
from ilo_gis.scale.jobs import processors
from ilo_gis.subdivision import cut_lots

UNIT = 1 if sys.platform == "darwin" else 1024  # bytes that ru_maxrss counts in
STATUS = Path("/proc/self/status")


def peak(who=resource.RUSAGE_SELF):
    """Return the greatest memory so far, in bytes, of this process or the largest of its children."""
    if who == resource.RUSAGE_SELF and STATUS.exists():  # Linux counts that of the parent in ru_maxrss
        line = next(text for text in STATUS.read_text("utf-8").splitlines() if text.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(who).ru_maxrss * UNIT


def main(engine, count):
    """Print lots, seconds and bytes beyond those that the interpreter and its packages take."""
    cut = partial(cut_lots, rule=RULE)
    cut(field(2))
    base = peak()
    blocks = field(count, vary=0.05)
    begun = perf_counter()
    if engine == "none":
        lots, used = cut(blocks), 0
    else:
        workers = processors()
        lots = scale.run(blocks, cut, engine=engine, workers=workers)
        used = workers * (peak(resource.RUSAGE_CHILDREN) - base)
    seconds = perf_counter() - begun
    used += peak() - base
    made = int((lots["kind"] == "lot").sum())
    print(json.dumps({"lots": made, "seconds": seconds, "bytes": used}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
