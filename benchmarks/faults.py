"""What writers that are killed and disks that fill leave of a project file."""

import os
import random
import resource
import runpy
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from rich.table import Table

from benchmarks.verdict import said
from ilo_gis import io
from ilo_gis.errors import ReadError, WriteError

TESTS = Path(__file__).parents[1] / "tests"
WRITER = TESTS / "io" / "killed_writer.py"
fake_plan = runpy.run_path(str(TESTS / "plotting" / "fake_plan.py"))["fake_plan"]

KILLS, SEED = 200, 8
ROOMS = range(0, 80_000, 4_000)  # bytes that a file may grow by, or that a disk has beside it
ROOM_ASKED = "ilo_gis.io.gpkg_store.require_room"
LOTS = 20


class Found(NamedTuple):
    """What a fault left: whether the file opens, is whole, and holds the last write; which one it is."""

    during: bool  # a write was under way
    opens: bool
    whole: bool
    last: bool
    turn: int


def table():
    """Return how often a file survived each fault."""
    result = Table("fault", "times", "in a write", "opens", "is whole", "holds the last write", "")
    with tempfile.TemporaryDirectory() as folder:
        for name, faults in (
            ("SIGKILL at a random moment", lambda path: kill_at_random(path, KILLS)),
            ("the largest file is reached", lambda path: [outgrow(path, room) for room in ROOMS]),
            ("the disk is full in a write", lambda path: [fill_disk(path, room) for room in ROOMS]),
        ):
            path = Path(folder) / f"{len(result.rows)}.gpkg"
            make(path)
            found = faults(path)
            if None in found:
                result.add_row(name, "skipped: only root may mount a small disk")
                continue
            counts = [sum(column) for column in list(zip(*found, strict=True))[:4]]
            held = all(count == len(found) for count in counts[1:])
            result.add_row(name, *map(str, (len(found), *counts)), said(held))
    return result


def make(path):
    """Write a small plan whose lots have the area 0, the first of the writes that are counted."""
    plan = fake_plan(2, 1, lots=LOTS // 2)
    io.write_project(plan, path)
    with io.open(path) as store:
        store.write({"lots": plan.lots.assign(area=0.0)}, reason="0")


def look(path, told, during=True):
    """Return what a fault left of a file: all lots as one write, the last told or the next, left them."""
    try:
        with io.open(path) as store:
            whole = store.check() == []
            areas = store.read("lots")["area"].unique()
            reason = int(store.history("lots")["reason"].dropna().iloc[-1])
    except ReadError:
        return Found(during, False, False, False, told)
    last = len(areas) == 1 and int(areas[0]) == reason and reason in (told, told + 1)
    return Found(during, True, whole, last, reason)


def kill_at_random(path, times, seed=SEED):
    """Kill writers, each a while after it told of a write; return what each left."""
    chance, found, turn = random.Random(seed), [], 0
    command = [sys.executable, str(WRITER), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as mother:
        for _ in range(times):
            mother.stdin.write(f"{turn + 1}\n")
            mother.stdin.flush()
            told, start = {}, time.perf_counter()
            while not {"child", "wrote"} <= set(told):
                hear(mother, told)
            time.sleep(chance.uniform(0, time.perf_counter() - start))  # longer than one more write takes
            os.kill(told["child"], signal.SIGKILL)
            while "dead" not in told:
                hear(mother, told)
            found.append(look(path, told["wrote"], Path(f"{path}-journal").exists()))
            turn = found[-1].turn
        mother.stdin.close()
    return found


def hear(mother, told):
    """Take in one line of a writer."""
    word, number = mother.stdout.readline().split()
    told[word] = int(number)


def outgrow(path, room):
    """Write to a file until it may grow no more; return what that left."""
    with largest_file(path.stat().st_size + room):
        turn = write_until_refused(path)
    return look(path, turn)


def fill_disk(path, room):
    """Write to a copy of a file on a small disk until that is full; return what is left, None without one.

    A store asks for room before it writes; here nobody asks, as if others filled the disk meanwhile.
    """
    with small_disk(path.stat().st_size + room) as disk:
        if disk is None:
            return None
        copy = disk / path.name
        copy.write_bytes(path.read_bytes())
        with patch(ROOM_ASKED):
            return look(copy, write_until_refused(copy))


def write_until_refused(path):
    """Write until there is no room; return the last write that was kept."""
    with io.open(path) as store:
        lots = store.read("lots")
        turn = int(lots["area"].iloc[0])
        while True:
            try:
                store.write({"lots": lots.assign(area=turn + 1.0)}, reason=str(turn + 1))
            except (ReadError, WriteError):
                return turn
            turn += 1


@contextmanager
def largest_file(size):
    """Let no file of this process grow beyond a size, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    held = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, held)


@contextmanager
def small_disk(size):
    """Give a folder that is a disk of so many bytes, or None where this user or machine may not mount one."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)
