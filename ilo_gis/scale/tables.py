"""One table through the engines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.progress import Progress
from ilo_gis.scale.jobs import Job, choose, do, processors

__all__ = ["WORTH_IT", "TableFunction", "run"]

TableFunction: TypeAlias = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]

WORTH_IT = 3000  # rows; fewer are done before other processes have started
PART = 500  # rows a part: more cost memory and gain nothing
LEAST = 100  # rows a part, where there are few: fewer cost time, for functions that work on whole columns
ROW = 0.1  # effort of a row, whatever its outline; an outline of mean length is 1
SHARE = 4  # parts a worker, at least, so that all end at about the same time


def run(
    areas: gpd.GeoDataFrame,
    func: TableFunction,
    *,
    engine: str | None = None,
    workers: int | None = None,
    address: str | None = None,
    progress: Progress | None = None,
) -> gpd.GeoDataFrame:
    """Apply a function to a table in parts, and return the results as one table.

    Every engine and every number of workers gives the same rows in the same order, bit by bit.

    ``"serial"`` works here. ``"process"`` works in fresh processes of this computer: a script that
    uses them needs ``if __name__ == "__main__":`` round its work, and the function must stand at
    the top of a module. ``"dask"`` works on a cluster of dask.distributed. With None, a cluster if
    there is an `address`, processes if there are ``WORTH_IT`` rows or more and several workers,
    else serial.

    A worker that dies loses nothing: its rows are done again, up to three times. An error that the
    function raises comes out as it is, with a note that names the rows.

    Parameters
    ----------
    areas : GeoDataFrame
        Rows that the function treats independently of each other. Parts are balanced by the
        length of their outlines.
    func : callable
        Table in, table out; rows in the same order.
    engine : {"serial", "process", "dask"}, optional
        Where the function runs.
    workers : int, optional
        Processes, also those of a local dask cluster. By default one a processor.
    address : str, optional
        The dask scheduler, such as ``"tcp://10.0.0.1:8786"``. By default a local cluster for this
        call.
    progress : callable, optional
        Called with the share done and a text, at least twice a second unless the engine is serial;
        work stops when it returns False. Processes are ended; a worker of a dask cluster with an
        address ends the part it is at.

    Returns
    -------
    GeoDataFrame
        What ``func(areas)`` returns: rows, index, columns, CRS and attrs.

    Raises
    ------
    WorkersLost
        If workers died at the same rows each time, or the cluster cannot be reached.
    RuleError
        If an option makes no sense, or the function cannot be sent to another process.
    Cancelled
        If `progress` returned False.
    ImportError
        If dask.distributed is asked for and not installed.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 50, 40)] * 2, crs=32719)
    >>> run(blocks, lambda part: part.assign(area=part.area))["area"].tolist()
    [2000.0, 2000.0]
    """
    engine = choose(engine, workers, address, len(areas) >= WORTH_IT)
    if areas.empty:
        return func(areas)
    count = 1 if engine == "serial" else workers or processors()
    jobs = _jobs(areas, count)
    return _joined(do(func, jobs, engine, workers=workers, address=address, progress=progress))


def _jobs(areas: gpd.GeoDataFrame, workers: int) -> list[Job]:
    count = max(len(areas) // PART, min(SHARE * workers, len(areas) // LEAST), 1)
    jobs = []
    for start, stop in pairwise(_cuts(areas, count)):
        part = areas.iloc[start:stop].copy()  # so that the function may write to it
        first, last = part.index[0], part.index[-1]
        jobs.append(Job(f"rows {first!r} to {last!r} ({stop - start} rows)", part))
    return jobs


def _cuts(areas: gpd.GeoDataFrame, count: int) -> list[int]:
    """Return where parts begin and end, all with about as much outline, the measure of effort."""
    length = _lengths(areas)
    effort = np.cumsum(ROW + length / (length.mean() or 1.0))
    inner = np.searchsorted(effort, effort[-1] * np.arange(1, count) / count)
    return [0, *np.unique(inner[inner > 0]).tolist(), len(areas)]


def _lengths(areas: gpd.GeoDataFrame) -> NDArray[np.float64]:
    length = shapely.length(np.asarray(areas.geometry.array))
    return np.where(np.isfinite(length), length, 0.0)


def _joined(results: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Return tables as one; empty ones, whose types may be anything, only if all are."""
    parts = [table.copy(deep=False) for table in results if len(table)] or results[:1]
    attrs = results[0].attrs
    for part in parts:
        part.attrs = {}
    whole = pd.concat(parts)
    whole.attrs = attrs
    return whole
