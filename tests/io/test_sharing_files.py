"""Two planners' copies of one file: what each does comes to the other, or is told as a conflict."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

import pytest

from ilo_gis import io
from ilo_gis.errors import WriteError
from ilo_gis.io.gpkg import SPATIAL

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture
def files(tmp_path):
    """The files of Ana and Luis: copies of one."""
    ana, luis = tmp_path / "ana.gpkg", tmp_path / "luis.gpkg"
    io.write_project(fake_plan(2, 1, lots=3), ana)
    with io.open(ana) as store:
        store.snapshot(luis)
    return ana, luis


def in_qgis(path, *statements):
    """Change a file as another program does."""
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        for name, read in SPATIAL.items():
            db.create_function(name, 1, read)
        for statement in statements:
            db.execute(statement)


def lots(path):
    with io.open(path) as store:
        assert store.check() == []
        return store.read("lots")


def test_what_two_did_in_their_copies_comes_together(files):
    ana, luis = files
    in_qgis(ana, "UPDATE lots SET area = 1 WHERE lot_id = 'A-1'", "DELETE FROM lots WHERE lot_id = 'A-2'")
    in_qgis(luis, "UPDATE lots SET area = 2 WHERE lot_id = 'A-3'")
    done = io.pull(luis, ana, reason="Friday", who="ana")
    assert (done.open, done.file) == (0, {"lots": 1})
    now = lots(ana)
    assert now.loc[["A-1", "A-3"], "area"].tolist() == [1.0, 2.0]
    assert "A-2" not in now.index
    assert "A-2" in lots(luis).index
    with io.open(ana) as store:
        assert store.history("lots")[["who", "reason"]].iloc[-1].tolist() == ["ana", "Friday"]
    sent = io.push(ana, luis)
    assert sent.other == {"lots": 2}
    assert lots(luis).equals(lots(ana)[lots(luis).columns.tolist()])
    assert (io.pull(luis, ana).file, io.push(ana, luis).other) == ({}, {})


def test_conflicts_leave_both_as_they_were_until_decided_and_stay_decided(files):
    ana, luis = files
    in_qgis(ana, "UPDATE lots SET area = 1 WHERE lot_id = 'A-1'", "DELETE FROM lots WHERE lot_id = 'A-2'")
    in_qgis(luis, "UPDATE lots SET area = 2 WHERE lot_id IN ('A-1', 'A-2')")
    before = ana.read_bytes(), luis.read_bytes()
    found = io.push(ana, luis)
    assert found.conflicts[["key", "kind"]].to_numpy().tolist() == [["A-1", "changed"], ["A-2", "deleted"]]
    assert (ana.read_bytes(), luis.read_bytes()) == before
    done = io.push(ana, luis, decisions=found.conflicts.assign(keep=["mine", "theirs"]))
    assert done.open == 0
    for file in files:
        assert lots(file).loc[["A-1", "A-2"], "area"].tolist() == [1.0, 2.0]
    assert io.pull(ana, luis).open == 0


def test_scenarios_come_along_and_a_new_copy_is_made(files, tmp_path):
    ana, luis = files
    with io.open(ana) as store:
        store.copy_scenario("base", "park")
        store.adopt("park", "Ordenanza 12")
    io.pull(ana, luis)
    with io.open(luis) as store:
        assert store.scenarios()["state"].to_dict() == {"base": "draft", "park": "adopted"}
        store.delete_scenario("base")
    io.push(luis, ana)
    with io.open(ana) as store:
        assert store.scenarios().index.tolist() == ["park"]
    made = tmp_path / "new.gpkg"
    assert io.pull(ana, made).file["lots"] == len(lots(ana))
    assert lots(made).equals(lots(ana))


def test_two_that_never_were_the_same_lose_nothing(files, tmp_path):
    other = tmp_path / "other.gpkg"
    io.write_project(fake_plan(3, 1, lots=3), other)
    done = io.pull(other, files[0], prefer="theirs")
    assert done.open == 0
    assert set(lots(other).index) <= set(lots(files[0]).index)
    with pytest.raises(WriteError, match="is the file itself"):
        io.pull(other, other)


def test_a_scenario_that_only_one_has_and_adopted_stays_in_force(files):
    ana, luis = files
    with io.open(ana) as store:
        store.copy_scenario("base", "wide")
        store.adopt("wide", "Ordenanza 12")
        held = store.scenarios()[["state", "adopted", "adopted_by"]]
    in_qgis(luis, "UPDATE lots SET area = 2 WHERE lot_id = 'A-3'")
    for _ in range(2):
        assert not io.pull(luis, ana).open
        with io.open(ana) as store:
            assert store.scenarios()[["state", "adopted", "adopted_by"]].equals(held)
            assert [store.read("lots", name).at["A-3", "area"] for name in held.index] == [2.0, 160.0]
    io.push(ana, luis)
    with io.open(luis) as store:
        assert store.in_force() == "wide"
