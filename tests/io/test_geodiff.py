"""Copies of a project file by geodiff: what differs, two planners' changes in one, and what it refuses."""

import builtins
import contextlib
import json
import runpy
import shutil
import sqlite3
from pathlib import Path

import pygeodiff
import pytest
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.errors import ConflictError, WriteError
from ilo_gis.io.geodiff import _rebased
from ilo_gis.io.gpkg import SPATIAL

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]
AREA = "UPDATE lots SET area = {} WHERE lot_id = '{}'"
DELETE = "DELETE FROM lots WHERE lot_id = 'A-1'"
WORDS = ["table", "scenario", "key", "kind", "column", "base", "mine", "theirs", "keep"]


def another(ident, east=500.0, area=160.0):
    """SQL of a lot like A-1, moved to the east."""
    return (
        "INSERT INTO lots (geom, scenario, lot_id, block_id, number, kind, area, corner) "
        f"SELECT moved(geom, {east}), scenario, '{ident}', block_id, number, kind, {area}, corner FROM lots "
        "WHERE lot_id = 'A-1'"
    )


def moved(blob, east):
    import shapely
    from shapely.affinity import translate

    where = 8 + {0: 0, 1: 32}[blob[3] >> 1 & 7]
    return blob[:where] + translate(shapely.from_wkb(blob[where:]), east).wkb


def in_qgis(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        for name, read in SPATIAL.items():
            db.create_function(name, 1, read)
        db.create_function("moved", 2, moved)
        for statement in statements:
            db.execute(statement)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return io.write_project(fake_plan(2, 1, lots=3), tmp_path_factory.mktemp("base") / "base.gpkg")


@pytest.fixture
def copies(made, tmp_path):
    """The base, and the copies of Ana and Luis, each with a change in its history before they part."""
    files = [tmp_path / f"{name}.gpkg" for name in ("base", "ana", "luis")]
    shutil.copy(made, files[0])
    in_qgis(files[0], AREA.format(150, "B-1"))
    for file in files[1:]:
        shutil.copy(files[0], file)
    return files


def both(copies, mine, theirs):
    """What a rebase lists, and the file that it makes."""
    base, ana, luis = copies
    in_qgis(ana, *mine)
    in_qgis(luis, *theirs)
    before = [file.read_bytes() for file in copies]
    out = base.with_name("both.gpkg")
    found = io.rebase(base, ana, luis, out)
    assert [file.read_bytes() for file in copies] == before
    rows = found[WORDS].astype(object)
    return rows.where(rows.notna(), None).to_numpy().tolist(), out


def told_by(path, *columns):
    with io.open(path) as store:
        assert store.check() == []
        return store.history()[list(columns)].to_numpy().tolist()


def test_changes_of_both_and_their_histories_are_in_the_file(copies):
    use = "UPDATE lots SET use = 'shop' WHERE lot_id = 'A-1'"
    mine = [AREA.format(1, "A-1"), another("A-9"), AREA.format(5, "A-9")]
    listed, out = both(copies, mine, [use, "DELETE FROM lots WHERE lot_id = 'A-2'", another("A-8", 700.0)])
    assert listed == []
    with io.open(out) as store:
        now = store.read("lots")
        assert now.loc["A-1", ["area", "use"]].tolist() == [1.0, "shop"]
        assert now["area"][["A-8", "A-9"]].tolist() == [160.0, 5.0]  # both had the same number before
        assert "A-2" not in now.index
    lines = [["update", "B-1"], ["update", "A-1"], ["delete", "A-2"], ["insert", "A-8"]]
    lines += [["update", "A-1"], ["insert", "A-9"], ["update", "A-9"]]
    assert told_by(out, "operation", "key") == lines
    in_qgis(out, AREA.format(7, "B-2"))  # the triggers and guards are there again
    assert told_by(out, "operation", "key") == [*lines, ["update", "B-2"]]
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        in_qgis(out, "DELETE FROM history")
    with io.open(out) as store:
        store.undo(1)
        assert io.difference(copies[0], out).empty
    with contextlib.closing(sqlite3.connect(out)) as db:
        found = db.execute("SELECT count(*) FROM rtree_lots_geom").fetchone()
        assert found == db.execute("SELECT count(*) FROM lots").fetchone()
        assert (
            found
            == db.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'lots'").fetchone()
        )


@pytest.mark.parametrize(
    ("mine", "theirs", "row", "left"),
    [
        (
            AREA.format(1, "A-1"),
            AREA.format(2, "A-1"),
            ["changed", "area", "160.0", "1.0", "2.0", "mine"],
            1.0,
        ),
        (DELETE, AREA.format(2, "A-1"), ["deleted", None, None, None, "area = 2.0", "mine"], None),
        (AREA.format(1, "A-1"), DELETE, ["deleted", None, None, "area = 1.0", None, "theirs"], None),
    ],
)
def test_what_geodiff_settles_by_itself_is_listed(copies, mine, theirs, row, left):
    listed, out = both(copies, [mine], [theirs])
    assert listed == [["lots", "base", "A-1", *row]]
    with io.open(out) as store:
        lots = store.read("lots")
    assert (lots.at["A-1", "area"] if left else "A-1" in lots.index) == (left or False)
    assert len(told_by(out, "key")) == 3


def test_geodiff_itself_is_silent_of_a_row_that_mine_deleted_and_theirs_changed(copies, tmp_path):
    base, ana, luis = copies
    in_qgis(ana, DELETE)
    in_qgis(luis, AREA.format(2, "A-1"))
    _rebased(pygeodiff.GeoDiff(), str(base), str(ana), str(luis), tmp_path / "conflicts.json")
    assert not (tmp_path / "conflicts.json").exists()


def test_lots_that_overlap_only_together_and_titles_are_listed(copies):
    title = "UPDATE scenarios SET title = '{}'"
    listed, out = both(copies, [another("A-9"), title.format("x")], [another("A-8"), title.format("y")])
    assert [row[2:4] + row[-3:] for row in listed] == [
        ["A-9", "overlap", "lots A-9", "lots A-8", None],
        ["base", "changed", "x", "y", "mine"],
    ]
    with io.open(out) as store:
        assert {"A-8", "A-9"} <= set(store.read("lots").index)


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ([another("A-9", area=1)], [another("A-9", area=2)], "Both added.*lots A-9"),
        ([another("A-9")], [another("A-9")], "geodiff could not"),  # both alike: a merge takes it once
        (["DELETE FROM lots WHERE block_id = 'A'", "DELETE FROM blocks WHERE block_id = 'A'"],
         [another("A-9")], "deleted: lots A-9"),
        (["ALTER TABLE lots ADD COLUMN trees INTEGER", "UPDATE lots SET trees = 1"], [], "schemas are not"),
        (["UPDATE scenarios SET state = 'adopted'"],
         ["INSERT INTO scenarios (scenario, state) VALUES ('B', 'adopted')"], "Two plans would be in force"),
    ],
)  # fmt: skip
def test_what_geodiff_cannot_settle_is_refused_and_nothing_is_written(copies, mine, theirs, why):
    with pytest.raises(ConflictError, match=rf"{why}.*Nothing was written.*ilo-gis pull"):
        both(copies, mine, theirs)
    assert sorted(file.name for file in copies[0].parent.iterdir()) == ["ana.gpkg", "base.gpkg", "luis.gpkg"]
    if why.startswith("geodiff could not"):
        assert io.pull(copies[2], copies[1]).open == 0


def test_a_changeset_leads_from_the_first_to_the_second(copies, tmp_path):
    base, ana, _ = copies
    in_qgis(ana, AREA.format(1, "A-1"), another("A-9"), "UPDATE scenarios SET title = 'x'")
    file = tmp_path / "ana.diff"
    found = io.difference(base, ana, file)
    assert found[["table", "key", "kind", "change"]].astype(object).fillna("").to_numpy().tolist() == [
        ["scenarios", "base", "changed", ""],
        ["lots", "A-9", "only_second", ""],
        ["lots", "A-1", "changed", -159.0],
    ]
    assert found["scenario"].astype(object).fillna("").tolist() == ["", "base", "base"]
    pygeodiff.GeoDiff().apply_changeset(str(base), str(file))
    assert io.difference(base, ana).empty
    assert told_by(base, "key") == told_by(ana, "key")
    with pytest.raises(WriteError, match="exists"):
        io.difference(base, ana, file)


def test_the_commands_tell_it_in_spanish_and_name_what_is_missing(copies, tmp_path, monkeypatch):
    base, ana, luis = copies
    in_qgis(ana, AREA.format(1, "A-1"))
    in_qgis(luis, AREA.format(2, "A-1"))
    told = CliRunner().invoke(app, ["difference", str(base), str(ana)])
    assert told.exit_code == 0
    assert "En qué difieren" in told.output
    out = tmp_path / "both.gpkg"
    told = CliRunner().invoke(app, ["rebase", str(base), str(ana), str(luis), str(out), "--json"])
    assert told.exit_code == 1
    assert json.loads(told.output)["conflicts"][0]["keep"] == "mine"
    told = CliRunner().invoke(app, ["rebase", *map(str, copies), str(out), "--overwrite"])
    assert "geodiff resolvió por sí solo" in told.output
    found = builtins.__import__

    def without(name, *rest, **kwargs):
        if name == "pygeodiff":
            raise ImportError(name)
        return found(name, *rest, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r"ilo-gis\[geodiff\]"):
        io.rebase(base, ana, luis, tmp_path / "other.gpkg")
    assert len(io.difference(base, ana)) == 1  # needs no extra
