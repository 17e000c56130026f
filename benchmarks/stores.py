"""Seconds to write lots to a project file, beside a bare pyogrio write: best of 3, in turns."""

import tempfile
from pathlib import Path
from time import perf_counter, process_time

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rich.table import Table

from benchmarks.verdict import most, said
from ilo_gis import io

SLOWEST = 1.5  # times a bare write that a write with keys, checks, history and spatial index may take
SIZES = (100_000, 1_000_000)
RUNS = 3


def table():
    """Return the times of both ways, and how the second compares."""
    result = Table("lots", "pyogrio, s", "CPU, s", "project, s", "CPU, s", "times", "times CPU", "")
    for count in SIZES:
        lots = many(count)
        with tempfile.TemporaryDirectory() as folder:
            files = [(Path(folder) / f"bare{k}.gpkg", Path(folder) / f"full{k}.gpkg") for k in range(RUNS)]
            pairs = [(timed(write_bare, lots, one), timed(write_project, lots, two)) for one, two in files]
        bare, full = np.min(pairs, axis=0)
        times, held = most(full[0] / bare[0], SLOWEST, "{:.2f}")
        seconds = (f"{value:.1f}" for value in (*bare, *full))
        result.add_row(f"{count:,}", *seconds, times, f"{full[1] / bare[1]:.2f}", said(held))
    return result


def many(count):
    """Return so many lots of 8 x 20 m in rows."""
    place = np.arange(count)
    x, y = 252_000 + place % 1000 * 8.0, 8_046_000 + place // 1000 * 20.0
    columns = {"block_id": [f"B{k}" for k in place // 40], "number": place % 40 + 1, "kind": "lot"}
    columns |= {"area": 160.0, "frontage": 8.0, "depth": 20.0, "ratio": 2.5, "corner": place % 40 == 0}
    index = pd.Index([f"L{k}" for k in place], name="lot_id")
    return gpd.GeoDataFrame(columns, geometry=shapely.box(x, y, x + 8, y + 20), crs=32719, index=index)


def timed(write, lots, path):
    """Return the seconds of one write, and those that processors worked on it; the file is taken away."""
    start, worked = perf_counter(), process_time()
    write(lots, path)
    seconds = perf_counter() - start, process_time() - worked
    path.unlink()
    return seconds


def write_bare(lots, path):
    """Write a layer as geopandas does."""
    lots.to_file(path, layer="lots", index=True)


def write_project(lots, path):
    """Write the same to a store."""
    with io.open(path, create=True) as store:
        store.write({"lots": lots})
