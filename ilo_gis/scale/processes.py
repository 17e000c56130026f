"""Workers on this computer: one process each with a pipe of its own, so that any of them may die.

The pools of the standard library are not used because their workers share queues: one that is
killed takes the jobs of all with it, nobody knows whose fault it was, and a result that was half
written blocks the reader for good.
"""

from __future__ import annotations

import pickle  # between processes of our own, by pipes of our own; never a file  # nosec B403
import signal
import sys
import traceback
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from ilo_gis.errors import RuleError
from ilo_gis.scale.jobs import BEAT, TRIES, Done, Job, WorkersLost, named

__all__ = ["processes"]

T = TypeVar("T")
MOST = 60 if sys.platform == "win32" else 10_000  # pipes that the system can wait for at once


def processes(func: Callable[[Any], T], jobs: Sequence[Job], workers: int) -> Done[T]:
    """Do jobs in fresh processes. What a dead worker had is done again at the end, by itself.

    By itself, so that it has all the memory, if memory was what the worker died of.
    """
    _require_pickle(func)
    left, again = deque(range(len(jobs))), deque[int]()
    deaths = Counter[int]()
    crew: dict[Any, _Worker] = {}  # by pipe; all are at work
    try:
        while left or again or crew:
            fresh = []
            while len(crew) < min(workers, MOST) and (left or (again and not crew)):
                fresh.append(_Worker(func, (left or again).popleft()))
                crew[fresh[-1].pipe] = fresh[-1]
            for worker in fresh:  # now that all are starting: a large job waits for its worker
                worker.begin(jobs)
            ready = wait(list(crew), BEAT)
            if not ready:
                yield None
            for pipe in ready:
                worker, n = crew[pipe], crew[pipe].job
                answer = worker.answer()
                if answer is not None and left:
                    worker.job = left.popleft()
                    worker.begin(jobs)
                else:
                    crew.pop(pipe).end(gently=answer is not None)
                if answer is not None:
                    yield n, _result(answer, jobs[n])
                    continue
                deaths[n] += 1
                again.append(n)
                if deaths[n] == TRIES:
                    raise WorkersLost(_obituary(jobs[n], worker.code))
    finally:
        for worker in crew.values():
            worker.end()


class _Worker:
    """A process, its pipe, and the number of the job it is at."""

    code: int | None = None  # with which it ended

    def __init__(self, func: Callable[[Any], Any], job: int) -> None:
        context = get_context("spawn")  # not a fork: threads and open files of this process stay its own
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(func, other), daemon=True)
        self.process.start()
        other.close()  # or the end of the worker would not be seen
        self.job = job

    def begin(self, jobs: Sequence[Job]) -> None:
        with (
            named(jobs[self.job]),
            suppress(ConnectionError),
        ):  # one that is dead is met when it should answer
            self.pipe.send_bytes(pickle.dumps(jobs[self.job].given, protocol=5))

    def answer(self) -> bytes | None:
        try:
            return self.pipe.recv_bytes()
        except (EOFError, OSError):  # OSError: killed while it was answering
            return None

    def end(self, gently: bool = False) -> None:
        self.pipe.close()
        if gently:
            self.process.join(1.0)
        self.process.kill()
        self.process.join()
        self.code = self.process.exitcode
        self.process.close()


def _work(func: Callable[[Any], Any], pipe: Connection) -> None:
    """Do what comes through the pipe until it is closed, or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which cleans up
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_outcome(func, pipe.recv_bytes()))


def _outcome(func: Callable[[Any], Any], given: bytes) -> bytes:
    """Return what the function returned, or what it raised."""
    try:
        return pickle.dumps((func(pickle.loads(given)), None), protocol=5)  # nosec B301
    except Exception as error:  # noqa: BLE001  (the parent raises it)
        error.add_note(f"In a worker process:\n{traceback.format_exc()}")
        with suppress(Exception):
            packed = pickle.dumps((None, error))
            pickle.loads(packed)  # an error that needs more than its message may not survive the trip  # nosec B301
            return packed
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))


def _result(answer: bytes, job: Job) -> Any:
    result, error = pickle.loads(answer)  # nosec B301
    if error is not None:
        with named(job):
            raise error
    return result


def _require_pickle(func: Callable[[Any], Any]) -> None:
    try:
        pickle.dumps(func)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise RuleError(
            f"The function cannot be sent to another process: {error}. Define it at the top of a module, "
            'not in another function or as a lambda, or pass engine="serial".'
        ) from error


def _obituary(job: Job, code: int | None) -> str:
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return (
        f"{TRIES} workers died at {job.name}, the last by itself, with {how}. Signal 9 mostly means that "
        "the memory was full: use a computer with more. Otherwise look at these rows. If it happens with "
        'all rows: a script must have its work under `if __name__ == "__main__":`, and a notebook must '
        "import the function from a module."
    )
