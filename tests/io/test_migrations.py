"""Project files of earlier formats are read as they are, and brought to the present one by a write."""

import contextlib
import dataclasses
import gzip
import os
import runpy
import shutil
import sqlite3
import tempfile
from hashlib import sha256
from pathlib import Path

import pyogrio
import pytest
from pandas.testing import assert_frame_equal
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.errors import ReadError, WriteError
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
        if "geometry" in wanted:  # versions of GEOS begin a ring at different corners
            wanted, table = (one.assign(geometry=one.normalize()) for one in (wanted, table))
        if len(wanted):
            assert_frame_equal(table[wanted.columns.tolist()], wanted)


def test_every_earlier_format_has_its_file():
    assert set(STEPS) - {"0"} == set(EARLIER)


def test_reading_leaves_an_earlier_file_as_it_is(path):
    was = path.read_bytes()
    require_same(io.read_project(path))
    assert len(io.read_layer(path, "lots")) == 40
    assert path.read_bytes() == was


def test_writing_brings_it_to_the_present_format_with_all_that_is_in_it(path):
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


def test_keys_are_checked_row_by_row_by_other_programs_and_at_the_end_by_ilo_gis(tmp_path):
    path = tmp_path / "plan.gpkg"
    io.write_project(fake_plan(2, 1), path)
    with contextlib.closing(sqlite3.connect(path)) as db, db:  # as it was written until November 2026
        db.execute("PRAGMA writable_schema = ON")
        late = "NO ACTION DEFERRABLE INITIALLY DEFERRED"
        db.execute("UPDATE sqlite_master SET sql = replace(sql, 'NO ACTION', ?)", (late,))
    assert _deleted_at(path) == "COMMIT"
    with io.open(path) as store:
        kept = {name: store.read(name) for name in ("lots", "blocks")}
        store.write({"lots": kept["lots"].iloc[1:], "blocks": kept["blocks"]})
        assert store.check() == []
    assert _deleted_at(path) == "DELETE"


def _deleted_at(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            db.create_function(name, 1, lambda _: 0)
        db.execute("BEGIN")
        try:
            db.execute("DELETE FROM blocks WHERE block_id = 'A'")
        except sqlite3.IntegrityError:
            return "DELETE"
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("COMMIT")
        return "COMMIT"


def test_the_call_that_migrates_tells_the_versions(path):
    assert io.migrate(path) == ("1", FORMAT)
    assert io.migrate(path) == (FORMAT, FORMAT)
    require_same(io.read_project(path))


def test_a_file_that_cannot_be_brought_over_stays_as_it_was(path):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO summary (item, count, area, ellipsoidal_area, share) VALUES ('x', 1, -5, 1, 1)"
        )
    was = path.read_bytes()
    for work in (lambda store: store.read("lots"), lambda store: store.undo(0)):
        with pytest.raises(WriteError, match="summary_area_range"):
            work(io.open(path))
    assert path.read_bytes() == was
    assert len(io.read_project(path).summary) == 6


READING = {
    "plan": lambda store, _: store.plan(),
    "info": lambda store, _: store.info(),
    "tables": lambda store, _: store.tables(),
    "scenarios": lambda store, _: store.scenarios(),
    "history": lambda store, _: store.history("lots", "A-1"),
    "compare": lambda store, _: store.compare_scenarios("base", "base"),
    "check": lambda store, _: store.check(),
    "snapshot": lambda store, folder: store.snapshot(folder / "copy.gpkg"),
    "read_project": lambda store, _: io.read_project(store.path),
    "read_layer": lambda store, _: io.read_layer(store.path, "lots"),
    "project_info": lambda store, _: io.project_info(store.path),
    "onto another": lambda store, folder: io.write_tables(
        {"lots": store.read("lots")}, folder / "other.gpkg", onto=store.path
    ),
    "command": lambda store, folder: export(store.path, folder),
}


def export(path, folder):
    done = CliRunner().invoke(app, ["export", str(path), "--to", "geojson", "--out", str(folder / "geojson")])
    assert done.exit_code == 0, done.output


@pytest.fixture(params=[*EARLIER, FORMAT])
def written(request, tmp_path):
    """A project file of each format, whose columns another program has added to, in a folder of its own."""
    path = tmp_path / "project" / "plan.gpkg"
    path.parent.mkdir()
    if request.param == FORMAT:
        io.write_project(fake_plan(2, 1), path)
    else:
        path.write_bytes(gzip.decompress(Path(__file__).with_name(EARLIER[request.param]).read_bytes()))
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("ALTER TABLE lots ADD COLUMN seen TEXT")
    return path


def test_what_reads_leaves_every_byte_of_the_file(written, tmp_path):
    was = sha256(written.read_bytes()).digest()
    with io.open(written) as store:
        for what, read in READING.items():
            read(store, tmp_path)
            assert sha256(written.read_bytes()).digest() == was, what
    assert [file.name for file in written.parent.iterdir()] == ["plan.gpkg"]


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights of POSIX")
@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_file_that_may_only_be_read_is_read(written, journal):
    with contextlib.closing(sqlite3.connect(written)) as db:
        db.execute(f"PRAGMA journal_mode = {journal}")
    with tempfile.TemporaryDirectory() as name:  # whose parents others may enter
        folder = Path(name) / "project"
        shutil.copytree(written.parent, folder)
        Path(name).chmod(0o755)
        (folder / "plan.gpkg").chmod(0o444)
        folder.chmod(0o555)
        own = os.geteuid()
        if own == 0:  # whom rights do not stop
            os.seteuid(65534)
        try:
            store = io.open(folder / "plan.gpkg")
            assert len(store.plan().lots) == len(io.read_layer(store.path, "lots")) == 40
            assert store.history().empty
            with pytest.raises(WriteError, match="right"):
                store.undo(0)
        finally:
            os.seteuid(own)
            folder.chmod(0o755)


def test_what_is_written_to_keeps_a_copy_of_the_old_file(path, caplog):
    was = io.read_project(path)
    path.with_name("plan.format1.gpkg").write_text("of somebody else")
    with io.open(path) as store:
        store.copy_scenario("base", "B")
        assert store.scenarios().index.tolist() == ["base", "B"]
    assert "plan.format1-2.gpkg" in caplog.text
    assert path.with_name("plan.format1.gpkg").read_text() == "of somebody else"
    kept = path.with_name("plan.format1-2.gpkg")
    assert io.project_info(kept).get("schema") is None
    assert_frame_equal(io.read_project(kept).lots, was.lots)


def test_two_that_have_an_earlier_file_open_see_what_the_other_writes(path):
    with io.open(path) as one, io.open(path) as two:
        assert len(one.read("lots")) == len(two.read("lots")) == 40
        one.write({"lots": one.read("lots").iloc[1:]})
        assert len(two.read("lots")) == 39
        two.write({"lots": two.read("lots").iloc[1:]})
        assert len(one.read("lots")) == 38
    assert len(list(path.parent.glob("*.gpkg"))) == 2


def test_a_newer_format_is_refused_and_stays(path):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO project (key, value) VALUES ('schema', '99')")
    was = path.read_bytes()
    with pytest.raises(ReadError, match="format 99"):
        io.open(path)
    assert path.read_bytes() == was
