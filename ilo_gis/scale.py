"""Run a table -> table function over many rows on several processors."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.progress import Progress, go_on

__all__ = ["run"]

WORTH_IT = 500  # rows; fewer are done before another process has started


def run(
    table: gpd.GeoDataFrame,
    func: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame],
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> gpd.GeoDataFrame:
    """Apply a function to a table in parts, one a worker, and return the results as one table.

    Parameters
    ----------
    table : GeoDataFrame
        Rows that the function treats independently of each other.
    func : callable
        Table in, table out; it can be pickled.
    workers : int
        Processes. With one, or a short table, the function runs here. A script that asks for more
        needs ``if __name__ == "__main__":`` round its work.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    GeoDataFrame
        What ``func(table)`` returns, row by row the same.

    Raises
    ------
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> table = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=32719)
    >>> len(run(table, lambda part: part))
    1
    """
    if workers <= 1 or len(table) < WORTH_IT:
        return func(table)
    effort = np.cumsum(table.geometry.length.to_numpy())
    cuts = np.searchsorted(effort, effort[-1] * np.arange(1, workers) / workers)
    parts = [table.iloc[a:b] for a, b in pairwise([0, *np.unique(cuts).tolist(), len(table)]) if b > a]
    # a fresh process, not a fork: threads and open files of this one stay its own
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_deaf) as pool:
        jobs = [pool.submit(func, part) for part in parts]
        try:
            results = []
            for n, job in enumerate(jobs):
                go_on(progress, n / len(jobs), f"working on part {n + 1} of {len(jobs)}")
                results.append(job.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return pd.concat(results)


def _deaf() -> None:
    """Leave Ctrl-C to the parent, which tells the user and cleans up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
