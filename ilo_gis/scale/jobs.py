"""What the engines share: jobs, the error when workers are lost, and the loop round them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple, TypeVar

from ilo_gis.errors import IloGisError, RuleError
from ilo_gis.progress import Progress, go_on

__all__ = ["BEAT", "TRIES", "Done", "Job", "WorkersLost", "choose", "do", "named", "processors"]

T = TypeVar("T")
Done = Generator[tuple[int, T] | None, None, None]  # number and result of a job; None: still at work
BEAT = 0.5  # s; an engine yields at least this often, so that a user who cancels is heard
TRIES = 3  # times a job may cost a worker


class WorkersLost(IloGisError):
    """A job cost a worker each time it was tried, or the cluster cannot be reached."""


class Job(NamedTuple):
    """One call of a function: what an error calls it, what the function gets, its share of the effort."""

    name: str
    given: Any
    effort: float = 1.0


def do(
    func: Callable[[Any], T],
    jobs: Sequence[Job],
    engine: str,
    *,
    workers: int | None = None,
    address: str | None = None,
    progress: Progress | None = None,
    unit: str = "part",
) -> list[T]:
    """Do jobs with an engine, tell how far they are, and return the results in the order of the jobs.

    The engine is closed, and with it its workers, however this ends.
    """
    if not jobs:
        return []
    results: dict[int, T] = {}
    total, so_far = sum(job.effort for job in jobs), 0.0
    with closing(_engine(func, jobs, engine, workers or processors(), address)) as done:
        go_on(progress, 0.0, f"working on {unit} 1 of {len(jobs)}")
        for one in done:
            if one is not None:
                results[one[0]] = one[1]
                so_far += jobs[one[0]].effort
            text = f"working on {unit} {min(len(results) + 1, len(jobs))} of {len(jobs)}"
            go_on(progress, min(so_far / total, 1.0), text)
    return [results[n] for n in range(len(jobs))]


def _engine(
    func: Callable[[Any], T], jobs: Sequence[Job], engine: str, workers: int, address: str | None
) -> Done[T]:
    if engine == "dask":
        from ilo_gis.scale.cluster import cluster

        return cluster(func, jobs, workers, address)
    if engine == "process":
        from ilo_gis.scale.processes import processes

        return processes(func, jobs, workers)
    return _serial(func, jobs)


def _serial(func: Callable[[Any], T], jobs: Sequence[Job]) -> Done[T]:
    for n, job in enumerate(jobs):
        with named(job):
            result = func(job.given)
        yield n, result


def choose(engine: str | None, workers: int | None, address: str | None, worth_it: bool) -> str:
    """Return the engine asked for, or the one that suits."""
    if engine not in {None, "serial", "process", "dask"}:
        raise RuleError(f'engine is {engine!r}; it can be "serial", "process", "dask" or None.')
    if workers is not None and workers < 1:
        raise RuleError(f"workers is {workers}; it must be 1 or more, or None for one a processor.")
    if address is not None and engine not in {None, "dask"}:
        raise RuleError(f'Only the engine "dask" has an address; engine is {engine!r}.')
    if address is not None:
        return "dask"
    return engine or ("process" if worth_it and (workers or processors()) > 1 else "serial")


@contextmanager
def named(job: Job) -> Iterator[None]:
    """Note the job in an error that comes out of it."""
    try:
        yield
    except Exception as error:
        error.add_note(f"Raised for {job.name}.")
        raise


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
