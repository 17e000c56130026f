"""Project files of every earlier format are read as they are, and brought to the present one by `io.open`."""

import contextlib
import dataclasses
import gzip
import runpy
import sqlite3
from pathlib import Path

import pyogrio
import pytest
from pandas.testing import assert_frame_equal

from ilo_gis import io
from ilo_gis.errors import WriteError
from ilo_gis.io.migrations import FORMAT, STEPS

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]
EARLIER = {"1": "format_1.gpkg.gz"}  # files that ilo_gis wrote when it was so, from fake_plan(2, 1)


@pytest.fixture(params=EARLIER)
def path(request, tmp_path):
    path = tmp_path / "plan.gpkg"
    path.write_bytes(gzip.decompress(Path(__file__).with_name(EARLIER[request.param]).read_bytes()))
    return path


def require_same(plan):
    for field in dataclasses.fields(plan):
        wanted, table = getattr(fake_plan(2, 1), field.name), getattr(plan, field.name)
        assert len(table) == len(wanted)
        if len(wanted):
            assert_frame_equal(table[wanted.columns.tolist()], wanted)


def test_every_earlier_format_has_its_file():
    assert set(STEPS) - {"0"} == set(EARLIER)


def test_reading_leaves_an_earlier_file_as_it_is(path):
    was = path.read_bytes()
    require_same(io.read_project(path))
    assert len(io.read_layer(path, "lots")) == 40
    assert path.read_bytes() == was


def test_opening_brings_it_to_the_present_format_with_all_that_is_in_it(path):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE layer_styles SET styleName = 'my own' WHERE f_table_name = 'lots'")
        db.execute("CREATE TABLE notes (text TEXT)")
    with io.open(path, who="ana") as store:
        assert store.check() == []
        require_same(store.plan())
        assert store.scenarios().index.tolist() == ["base"]
        assert (store.info()["schema"], store.info()["format"]) == (FORMAT, FORMAT)
        assert store.write({"lots": store.read("lots").iloc[1:]}) == {"lots": 1}
        store.undo(0)
        assert len(store.read("lots")) == 40
    require_same(io.read_project(path))
    x, y = io.read_layer(path, "lots").total_bounds[:2]
    assert 0 < len(pyogrio.read_dataframe(path, layer="lots", bbox=(x, y, x + 1, y + 1))) < 40
    with contextlib.closing(sqlite3.connect(path)) as db:
        styles = db.execute("SELECT styleName FROM layer_styles WHERE f_table_name = 'lots'").fetchall()
        assert styles == [("my own",)]
        assert db.execute("SELECT count(*) FROM notes").fetchone() == (0,)


def test_a_file_that_cannot_be_brought_over_stays_as_it_was(path):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO summary (item, count, area, ellipsoidal_area, share) VALUES ('x', 1, -5, 1, 1)"
        )
    was = path.read_bytes()
    with pytest.raises(WriteError, match="summary_area_range"):
        io.open(path)
    assert path.read_bytes() == was
    assert len(io.read_project(path).summary) == 6
