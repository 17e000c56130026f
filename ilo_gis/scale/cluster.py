"""Workers on other computers, or on this one, through dask.distributed."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from ilo_gis.scale.jobs import BEAT, Done, Job, WorkersLost, named

__all__ = ["cluster"]

T = TypeVar("T")
SETTINGS = {
    "distributed.scheduler.allowed-failures": 1,  # of a local cluster; the others have their own
    "distributed.admin.large-graph-warning-threshold": "1TiB",  # rows do travel with their job
}


def cluster(func: Callable[[Any], T], jobs: Sequence[Job], workers: int, address: str | None) -> Done[T]:
    """Do jobs on a cluster; with no address, on a local one that lasts as long as they do.

    Dask itself repeats what a dead worker had, but blames all that the worker held: what dask
    gives up is done once more at the end, by itself, before it counts as lost.
    """
    distributed = _require_distributed()
    again, blamed = deque[int](), set[int]()
    ready: SimpleQueue[Any] = SimpleQueue()
    at_work: dict[str, tuple[int, Any]] = {}  # by key, the number of a job and its future

    with _client(distributed, min(workers, len(jobs)), address) as client:

        def begin(n: int) -> None:
            with named(jobs[n]):
                future = client.submit(func, jobs[n].given, pure=False)
            at_work[future.key] = n, future
            future.add_done_callback(ready.put)

        try:
            for n in range(len(jobs)):
                begin(n)
            while at_work:
                try:
                    future = ready.get(timeout=BEAT)
                except Empty:
                    yield None
                    continue
                n, _ = at_work.pop(future.key)
                try:
                    with named(jobs[n]):
                        result = future.result()
                    yield n, result
                except distributed.scheduler.KilledWorker as error:
                    if n in blamed:
                        raise WorkersLost(_obituary(jobs[n], error)) from error
                    blamed.add(n)
                    again.append(n)
                except CancelledError as error:
                    raise WorkersLost(
                        f"The dask cluster at {address} was lost at {jobs[n].name}. "
                        f"Look whether its scheduler runs, and start again. Dask says: {error}"
                    ) from error
                if not at_work and again:
                    begin(again.popleft())
        finally:
            client.cancel([future for _, future in at_work.values()], force=True)


@contextmanager
def _client(distributed: Any, workers: int, address: str | None) -> Iterator[Any]:
    from dask import config

    with config.set(SETTINGS), ExitStack() as stack:
        place: Any = address
        if address is None:
            place = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",  # 8787 may be taken
                silence_logs=logging.CRITICAL,
            )
            stack.enter_context(place)
        try:
            client = distributed.Client(place, set_as_default=False)
        except OSError as error:
            raise WorkersLost(
                f"No dask scheduler answers at {address}: {error}. Start one with `dask scheduler`, and "
                'workers with `dask worker`, or leave out the address, or pass engine="process".'
            ) from error
        yield stack.enter_context(client)


def _require_distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ImportError(
            f'The engine "dask" needs dask.distributed ({error}): pip install "ilo-gis[dask]"'
        ) from error


def _obituary(job: Job, error: Exception) -> str:
    return (
        f"Dask workers died at {job.name} each time it was tried, at last by itself: {error} "
        "Give the workers more memory, or look at these rows."
    )
