"""The network of tasks as arrays of days: dates forward and backward, and the longest paths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.relocation.calendars import Clock
from ilo_gis.relocation.tasks import Tasks

__all__ = ["Network", "backward", "critical_path", "forward", "network"]

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
LONG_AGO = np.int64(-(10**9))


@dataclass(frozen=True)
class Network:
    """Tasks in an order of work, in days of a calendar.

    Attributes
    ----------
    ids : tuple of str
        Ids of the tasks; each stands behind those it depends on.
    needs : tuple of array
        For each task the positions of those it depends on.
    duration, floor : array
        Days it takes; day before which it cannot begin.
    begun, done : array of bool
        Whether the day on which it began, or was done, is known.
    start, finish : array
        These days.
    least : int
        Day before which nothing is done that is not done yet.
    """

    ids: tuple[str, ...]
    needs: tuple[Days, ...]
    duration: Days
    floor: Days
    begun: Flags
    done: Flags
    start: Days
    finish: Days
    least: np.int64


def network(tasks: Tasks, clock: Clock, first: pd.Timestamp, on: pd.Timestamp) -> Network:
    """Return tasks as arrays; `first` is the first day of the programme, `on` that of what is known."""
    table = tasks.table
    duration = table["duration"].to_numpy(dtype=np.int64)
    earliest, started, done = (_days(table[name], clock) for name in ("earliest", "started", "done"))
    least = _days(pd.Series([on], dtype="datetime64[ms]"), clock)[0]
    floor = np.maximum(earliest, max(_days(pd.Series([first]), clock)[0], least))
    known = {name: table[name].notna().to_numpy(dtype=bool) for name in ("started", "done")}
    return Network(
        ids=tuple(table.index),
        needs=tasks.needs,
        duration=duration,
        floor=floor,
        begun=known["started"] | known["done"],
        done=known["done"],
        start=np.where(known["started"], started, done - duration),
        finish=done,
        least=least,
    )


def _days(dates: pd.Series, clock: Clock) -> Days:
    """Return dates as days of the calendar, long ago where there is none."""
    there = dates.notna().to_numpy(dtype=bool)
    found = np.full(len(dates), LONG_AGO)
    found[there] = clock.days(dates.to_numpy(dtype="datetime64[D]")[there])
    return found


def forward(net: Network, delay: Days) -> tuple[Days, Days]:
    """Return the earliest start and finish of each task, with each column of `delay` added to its duration.

    Examples
    --------
    Two tasks, one after the other, the first as planned and three days late:

    >>> days, none = np.array([5, 4]), np.array([False, False])
    >>> needs = np.array([], dtype=int), np.array([0])
    >>> net = Network(("a", "b"), needs, days, 0 * days, none, none, days, days, np.int64(0))
    >>> forward(net, np.array([[0, 3], [0, 0]]))[1].tolist()
    [[5, 8], [9, 12]]
    """
    start, finish = np.empty_like(delay), np.empty_like(delay)
    for k, needs in enumerate(net.needs):
        ready = finish[needs].max(axis=0, initial=net.floor[k])
        start[k] = net.start[k] if net.begun[k] else ready
        finish[k] = (
            net.finish[k] if net.done[k] else np.maximum(start[k] + net.duration[k], net.least) + delay[k]
        )
    return start, finish


def backward(net: Network, start: Days, finish: Days, end: Days) -> Days:
    """Return the latest finish of each task that keeps every task within its `end`."""
    latest = np.where(net.done, finish, end)
    for k in range(len(latest) - 1, -1, -1):
        if not net.begun[k]:  # what has begun no longer waits
            needs = net.needs[k]
            latest[needs] = np.minimum(latest[needs], latest[k] - (finish[k] - start[k]))
    return np.where(net.done, finish, latest)


def critical_path(net: Network, start: Days, finish: Days, critical: Flags) -> tuple[tuple[str, ...], int]:
    """Return a longest path to the end, the first by id, and how many of that length there are."""
    drives = tuple(
        [b for b in needs if critical[b] and critical[k] and not net.begun[k] and finish[b] == start[k]]
        for k, needs in enumerate(net.needs)
    )
    ways = [0] * len(drives)  # whole numbers of any size: paths may be very many
    for k, before in enumerate(drives):
        ways[k] = (sum(ways[b] for b in before) or 1) if critical[k] else 0
    followed = {b for before in drives for b in before}
    ends = [k for k in range(len(drives)) if critical[k] and k not in followed]
    if not ends:
        return (), 0
    path = [min(ends, key=net.ids.__getitem__)]
    while before := drives[path[-1]]:
        path.append(min(before, key=net.ids.__getitem__))
    return tuple(net.ids[k] for k in reversed(path)), sum(ways[k] for k in ends)
