"""A table that fills an empty scenario and one that is brought there row by row come out the same."""

import json
import runpy
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.errors import SchemaError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture(params=["bulk", "row"])
def store(request, tmp_path):
    """Block A with its lots A-1 to A-4 to come: into an empty table, or into one that holds others."""
    plan = fake_plan(1, 1, lots=2)
    with io.open(tmp_path / "plan.gpkg", create=True) as store:
        store.write({"blocks": plan.blocks})
        if request.param == "row":
            other = plan.lots.assign(area=1.0, reason="old").rename(index={"A-1": "A-9"})
            store.write({"lots": other.assign(mine="note")})
        yield store


@pytest.fixture
def lots():
    return fake_plan(1, 1, lots=2).lots


def test_both_ways_give_the_table_as_it_was_given(store, lots):
    given = lots.assign(area=[160.0, 160.0, 160.0 + 1e-9, None])
    given.loc["A-2", "number"] = None
    store.write({"lots": given})
    back = store.read("lots").sort_index()
    assert_frame_equal(back[given.columns.tolist()], given)
    assert back.get("mine", given["reason"]).isna().all()
    assert store.check() == []


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("block_id", "Z", "rows that are not there: lots A-2 -> blocks"),
        ("area", -1.0, "lots: area is below 0 in A-2"),
        ("number", 0, "lots: number is below 1 in A-2"),
        ("kind", "house", "lots: kind is none of lot, remnant in A-2"),
        ("block_id", None, "lots: block_id is missing in A-2"),
    ],
)
def test_both_ways_refuse_the_same_row(store, lots, column, value, said):
    before = store.history()
    lots["kind"] = lots["kind"].astype("string")
    lots.loc["A-2", column] = value
    with pytest.raises(WriteError, match=said):
        store.write({"lots": lots})
    assert_frame_equal(store.history(), before)


def test_both_ways_refuse_an_id_twice(store, lots):
    with pytest.raises(SchemaError, match="lot_id repeats: A-2"):
        store.write({"lots": lots.rename(index={"A-3": "A-2"})})


def test_faulty_rows_are_all_named_and_the_way_out_that_is_told_works(lots, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lots["area"] = [-1.0, 160.0, -2.0, 160.0]
    lots["ratio"] = [-1.0, 2.5, 2.5, 2.5]
    with pytest.raises(WriteError) as refused:
        io.write_tables({"lots": lots}, "plan.gpkg")
    assert "plan.gpkg was not changed. lots: area is below 0 in A-1, A-3; ratio is below 0 in A-1." in str(
        refused.value
    )
    assert 'keep them in a file that is no project: `lots.to_file("faulty.gpkg")`' in str(refused.value)
    lots.to_file("faulty.gpkg")
    assert [file.name for file in tmp_path.iterdir()] == ["faulty.gpkg"]
    told = CliRunner().invoke(app, ["check", "faulty.gpkg", "--lot-type", "1", "--json"])
    assert told.exit_code in (0, 1), told.output
    assert set(json.loads(told.stdout)) >= {"counts", "findings"}
