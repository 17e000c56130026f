"""What a killed process or a full disk leaves: a file that opens, is whole, and holds the last write."""

import pytest

from benchmarks import faults
from ilo_gis import io
from ilo_gis.errors import WriteError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "plan.gpkg"
    faults.make(path)
    return path


def survived(found):
    return found.opens and found.whole and found.last


@pytest.mark.parametrize("times", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_writer_leaves_the_last_write(path, times):
    found = faults.kill_at_random(path, times)
    assert len(found) == times
    assert all(map(survived, found))
    assert times < 200 or any(one.during for one in found), "no kill came in a write"  # one in 15 does


def test_half_a_write_would_be_seen(path):
    with io.open(path) as store:
        lots = store.read("lots")
        store.write({"lots": lots.assign(area=[1.0, *[0.0] * (len(lots) - 1)])}, reason="1")
    assert not faults.look(path, 1).last
    path.write_bytes(path.read_bytes()[:10_000])
    assert not faults.look(path, 1).opens


@pytest.mark.parametrize("room", [0, 8_192, 60_000])
def test_a_file_that_may_not_grow_holds_the_last_write(path, room):
    found = faults.outgrow(path, room)
    assert survived(found)
    assert room == 0 or found.turn > 0


def test_a_disk_that_fills_in_a_write_leaves_the_write_before(path):
    if (found := faults.fill_disk(path, 40_000)) is None:
        pytest.skip("only root may mount, and not on every machine")
    assert survived(found)


def test_a_full_disk_leaves_the_last_write(path):
    with faults.small_disk(3 << 19) as disk:
        if disk is None:
            pytest.skip("only root may mount, and not on every machine")
        small = io.open(path).snapshot(disk / "plan.gpkg")
        turn = faults.write_until_refused(small)
        assert turn > 0
        assert survived(faults.look(small, turn))
        with pytest.raises(WriteError, match=r"full|MB are free"):
            io.open(small).snapshot(disk / "second.gpkg")
        assert [file.name for file in disk.iterdir()] == ["plan.gpkg"]
