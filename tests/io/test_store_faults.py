"""What a killed process or a full disk leaves: a file that opens, is whole, and holds the last write."""

import contextlib
import os
import random
import resource
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ilo_gis import io
from ilo_gis.errors import ReadError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]
WRITER = Path(__file__).with_name("killed_writer.py")


def require_last_write(path, told):
    """Raise unless a file is whole and all its lots are as one write, the last told or later, left them."""
    with io.open(path) as store:
        assert store.check() == []
        areas = store.read("lots")["area"].unique()
        reasons = store.history("lots")["reason"].dropna()
        assert len(areas) == 1, "half a write"
        turn = int(areas[0])
        assert turn >= told, "a write that was told is lost"
        assert turn == int(reasons.iloc[-1]), "the history tells of another write"
        return turn


def kill_at_random(path, times, seed):
    """Kill writers, each a while after its first write; return the last write that is in the file."""
    chance, turn = random.Random(seed), 0
    command = [sys.executable, str(WRITER), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as mother:
        for _ in range(times):
            mother.stdin.write(f"{turn + 1}\n")
            mother.stdin.flush()
            said = {}
            while not {"child", "wrote"} <= set(said):
                word, number = mother.stdout.readline().split()
                said[word] = int(number)
            time.sleep(chance.uniform(0, 0.1))
            os.kill(said["child"], signal.SIGKILL)
            while "dead" not in said:
                word, number = mother.stdout.readline().split()
                said[word] = int(number)
            turn = require_last_write(path, said["wrote"])
        mother.stdin.close()
    return turn


def write_until_refused(store, lots, turn):
    """Write until there is no room; return the last write, and why the next was refused."""
    for following in range(turn + 1, turn + 1_000):
        try:
            store.write({"lots": lots.assign(area=float(following))}, reason=str(following))
        except (ReadError, WriteError) as error:
            return following - 1, str(error)
    raise AssertionError("there is room without end")


@pytest.fixture
def path(tmp_path):
    plan = fake_plan(2, 1, lots=10)
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    with io.open(path) as store:
        store.write({"lots": plan.lots.assign(area=0.0)}, reason="0")
    return path


@pytest.mark.parametrize("times", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_writer_leaves_the_last_write(path, times):
    assert kill_at_random(path, times, seed=8) > 0


@contextlib.contextmanager
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


def test_a_disk_that_fills_leaves_the_last_write(path):
    room = path.stat().st_size
    with io.open(path) as store:
        lots, turn = store.read("lots"), 0
        for more in (0, 8_192, 60_000):
            with largest_file(room + more):
                turn, _ = write_until_refused(store, lots, turn)
            assert require_last_write(path, turn) == turn


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_full_disk_leaves_the_last_write(path, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        small = io.open(path).snapshot(disk / "plan.gpkg")
        with io.open(small) as store:
            lots, turn = store.read("lots"), 0
            turn, why = write_until_refused(store, lots, turn)
            assert "full" in why or "GB are free" in why
            assert turn > 0
            assert require_last_write(small, turn) == turn
            with pytest.raises(WriteError, match=r"full|GB are free"):
                store.snapshot(disk / "second.gpkg")
        assert [file.name for file in disk.iterdir()] == ["plan.gpkg"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)
