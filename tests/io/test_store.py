"""The project store: scenarios, history and undo, whichever program edits; damage and misuse refused."""

import contextlib
import runpy
import sqlite3
import time
from datetime import UTC, timedelta, timezone
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from pandas.testing import assert_frame_equal
from pyproj import CRS

from ilo_gis import io, tables
from ilo_gis.errors import CRSError, PrivacyError, ReadError, SchemaError, WriteError
from ilo_gis.io.gpkg import SPATIAL
from ilo_gis.io.rtree import pack

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture
def plan():
    return fake_plan(3, 2, lots=3, angle=30)


@pytest.fixture
def store(plan, tmp_path):
    with io.open(tmp_path / "plan.gpkg", create=True, who="ana") as store:
        store.write(plan, "A", reason="first layout")
        yield store


def sql(store, *statements):
    """Run SQL as another program does, which knows the functions that GeoPackage asks for and no more."""
    with contextlib.closing(sqlite3.connect(store.path)) as db, db:
        for name, read in SPATIAL.items():
            db.create_function(name, 1, read)
        return [db.execute(statement).fetchall() for statement in statements]


def last(store):
    return int(store.history().index[-1])


def test_only_rows_that_differ_are_touched(store, plan):
    before, first = last(store), plan.lots.index[0]
    changed = plan.lots.drop(index=plan.lots.index[3])
    changed.loc[first, "area"] = 0.1 + 0.2
    assert store.write({"lots": changed}, "A", reason="survey", who="luis") == {"lots": 2}
    told = store.history("lots").loc[before + 1 :]
    assert told[["operation", "key", "who"]].to_numpy().tolist() == [
        ["delete", plan.lots.index[3], "luis"],
        ["update", first, "luis"],
    ]
    versions = dict(sql(store, "SELECT lot_id, row_version FROM lots")[0])
    assert (versions.pop(first), set(versions.values())) == (2, {1})
    assert store.undo(before) == 2
    assert_frame_equal(store.read("lots")[plan.lots.columns.tolist()], plan.lots)
    store.undo(0)
    assert store.scenarios().empty
    assert sql(store, "SELECT count(*) FROM lots") == [[(0,)]]


def test_edits_of_other_programs_are_in_the_history_and_undone(store, plan):
    pytest.importorskip("pyarrow", reason="the other program writes columns by name")
    before = last(store)
    name, shape = plan.lots.index[1], plan.lots.geometry.iloc[1]
    layer = pyogrio.read_dataframe(store.path, layer="lots", where=f"lot_id = '{name}'").drop(
        columns="scenario"
    )
    moved = layer.set_geometry(shapely.transform(layer.geometry, lambda xy: xy + 5)).assign(lot_id="new")
    moved = moved.assign(scenario="A")
    pyogrio.write_dataframe(moved, store.path, layer="lots", append=True, use_arrow=True)  # columns by name
    sql(
        store,
        f"UPDATE lots SET area = 7 WHERE lot_id = '{name}'",
        f"DELETE FROM lots WHERE lot_id = '{name}'",
    )
    told = store.history("lots").loc[before + 1 :]
    assert told["operation"].tolist() == ["insert", "update", "delete"]
    assert told["who"].isna().all()
    store.undo(before)
    back = store.read("lots")
    assert set(back.index) == set(plan.lots.index)
    assert shapely.equals_identical(back.at[name, "geometry"], shape)


def test_undo_to_a_time_takes_back_what_was_changed_then_or_later(store, plan):
    for number in range(3):
        time.sleep(0.002)  # the history has milliseconds
        store.write({"lots": plan.lots.iloc[number + 1 :]}, "A")
    at = store.history("lots")["at"].iloc[2].to_pydatetime()
    ahead = timezone(timedelta(hours=5))
    assert store.undo((at + timedelta(days=1)).replace(tzinfo=UTC)) == 0
    assert store.undo(at.replace(tzinfo=UTC).astimezone(ahead)) == 2
    assert len(store.read("lots")) == len(plan.lots) - 1
    store.undo(at)  # UTC: what undid is later than that too
    assert len(store.read("lots")) == len(plan.lots) - 1


def test_history_is_only_added_to(store):
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        sql(store, "DELETE FROM history")
    with pytest.raises(ReadError, match="changes 1 to"):
        store.undo(10**6)


def test_the_plan_in_force_is_what_files_are_read_for(store, plan):
    store.copy_scenario("A", "B")
    store.write({"lots": plan.lots.iloc[1:]}, "B")
    store.adopt("B")
    assert len(io.read_layer(store.path, "lots")) == len(plan.lots) - 1
    assert len(io.read_project(store.path, "A").lots) == len(plan.lots)
    store.adopt("A")
    store.delete_scenario("B")
    assert sql(store, "SELECT count(*) FROM rtree_lots_geom")[0] == [(len(plan.lots),)]


def test_the_index_and_the_count_follow_the_rows(store, plan):
    store.copy_scenario("A", "B")
    store.write({"lots": plan.lots.iloc[:4]}, "B")
    store.undo(last(store) - 2)
    rows = "SELECT count(*) FROM lots"
    indexed = "SELECT count(*) FROM rtree_lots_geom JOIN lots ON fid = id"
    counted = "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'lots'"
    one, two, three = sql(store, rows, indexed, counted)
    assert one == two == three
    assert sql(store, "SELECT rtreecheck('rtree_lots_geom')") == [[("ok",)]]
    x, y, *_ = plan.lots.total_bounds
    near = pyogrio.read_dataframe(store.path, layer="lots", bbox=(x, y, x + 0.1, y + 0.1))
    there = plan.lots.intersects(shapely.box(*plan.lots.geometry.iloc[0].bounds))
    assert len(near) <= 2 * there.sum()


@pytest.mark.parametrize("rows", [0, 1, 51, 52, 51 * 51 + 1])
def test_a_packed_index_is_sound_and_finds_what_sqlite_finds(rows):
    places = np.random.default_rng(rows).uniform(0, 1e6, (rows, 2))
    boxes = np.column_stack([places[:, 0], places[:, 0] + 30, places[:, 1], places[:, 1] + 20])
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        for name in ("packed", "grown"):
            db.execute(f"CREATE VIRTUAL TABLE {name} USING rtree(id, minx, maxx, miny, maxy)")
        pack(db, "packed", np.arange(1, rows // 2 + 1), boxes[: rows // 2])
        pack(db, "packed", np.arange(rows // 2 + 1, rows + 1), boxes[rows // 2 :])
        db.executemany(
            "INSERT INTO grown VALUES (?, ?, ?, ?, ?)", ((i + 1, *b) for i, b in enumerate(boxes.tolist()))
        )
        assert db.execute("SELECT rtreecheck('packed')").fetchone() == ("ok",)
        for where in ("1", "maxx > 2e5 AND minx < 4e5 AND maxy > 1e5 AND miny < 3e5"):
            one, two = (
                set(db.execute(f"SELECT * FROM {name} WHERE {where}")) for name in ("packed", "grown")
            )
            assert {row[0] for row in one} == {row[0] for row in two}
        assert len(one) == len(two)
        db.execute("DELETE FROM packed WHERE id % 2 = 0")
        db.execute("INSERT INTO packed VALUES (99999, 1, 2, 3, 4)")
        assert db.execute("SELECT rtreecheck('packed')").fetchone() == ("ok",)


def test_gdal_reads_every_layer_without_a_word(store, recwarn):
    for name, _ in pyogrio.list_layers(store.path):
        pyogrio.read_dataframe(store.path, layer=name)
    assert not recwarn.list
    assert pyogrio.read_info(store.path, layer="lots")["crs"] == "EPSG:32719"
    words = sql(
        store,
        "SELECT value, description FROM gpkg_data_column_constraints WHERE constraint_name = 'lots_kind'",
    )
    assert words == [[("lot", "Lote"), ("remnant", "Remanente")]]


def test_the_private_table_never_enters(tmp_path):
    people = pd.DataFrame({"household_id": "H1", "name": "N.N."}, index=pd.Index(["P1"], name="person_id"))
    with pytest.raises(PrivacyError):
        io.write_tables({"people": people}, tmp_path / "people.gpkg")


def test_parents_that_come_later_are_referred_to(tmp_path, plan):
    with io.open(tmp_path / "late.gpkg", create=True) as store:
        store.write({"lots": plan.lots})
        store.write({"blocks": plan.blocks})
        keys = sql(store, "SELECT \"table\" FROM pragma_foreign_key_list('lots')")[0]
        assert {name for (name,) in keys} == {"scenarios", "blocks"}
        with pytest.raises(WriteError, match="not there"):
            store.write({"blocks": plan.blocks.iloc[1:]})
        assert_frame_equal(store.read("lots")[plan.lots.columns.tolist()], plan.lots)
        assert len(
            pyogrio.read_dataframe(store.path, layer="lots", bbox=tuple(plan.lots.total_bounds))
        ) == len(plan.lots)


def test_columns_of_ones_own_are_kept_and_watched(store, plan):
    store.write({"lots": plan.lots.assign(owner_note="mine", seen=pd.Timestamp("2026-01-02"))}, "A")
    assert store.read("lots")["owner_note"].eq("mine").all()
    sql(store, 'ALTER TABLE lots ADD COLUMN "added in QGIS" REAL')
    with io.open(store.path, who="ana") as again:
        again.adopt("A")  # what is written next makes the history follow the columns
        before = last(again)
        sql(again, 'UPDATE lots SET "added in QGIS" = 1.5')
        assert len(again.history().loc[before + 1 :]) == len(plan.lots)
        again.undo(before)
        assert again.read("lots")["added in QGIS"].isna().all()


def test_a_lock_of_another_program_is_waited_for_and_told(store, plan, monkeypatch):
    monkeypatch.setattr("ilo_gis.io.gpkg.PATIENCE", 0.05)
    with contextlib.closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WriteError, match="locked by another program"):
            store.write({"lots": plan.lots.iloc[:5]}, "A")
    assert store.write({"lots": plan.lots.iloc[:5]}, "A")["lots"] == len(plan.lots) - 5


def test_other_files_and_newer_formats_are_refused(store, plan, tmp_path):
    plan.lots.to_file(tmp_path / "lots.gpkg", layer="lots")
    with pytest.raises(ReadError, match="not a project"):
        io.open(tmp_path / "lots.gpkg")
    sql(store, "UPDATE project SET value = '99' WHERE key = 'schema'")
    with pytest.raises(ReadError, match="format 99; this ilo_gis knows formats up to 2"):
        io.open(store.path)


def test_missing_values_stay_missing(store, plan):
    lots = store.read("lots")
    lots["number"] = pd.array([pd.NA] * len(lots), dtype="Int64")
    lots["depth"] = np.nan
    store.write({"lots": lots}, "A")
    assert store.read("lots")[["number", "depth"]].isna().all(axis=None)
    assert sql(store, "SELECT DISTINCT typeof(number), typeof(depth), typeof(corner) FROM lots") == [
        [("null", "null", "integer")]
    ]


def test_what_a_project_file_begins_with_is_not_its_history(plan, tmp_path):
    path = io.write_project(plan, tmp_path / "plan.gpkg", info={"norms": "pe"})
    with io.open(path) as store:
        assert store.history().empty
        assert (store.info()["norms"], store.info()["crs"]) == ("pe", "EPSG:32719")
        store.write({"lots": plan.lots.iloc[:5]})
        assert len(store.history()) == len(plan.lots) - 5
        assert tables.names()


LOCAL = "+proj=tmerc +lat_0=-17.6 +lon_0=-71.3 +k=1.0001 +x_0=5000 +y_0=5000 +ellps=GRS80 +units=m"


@pytest.mark.parametrize("moved", [LOCAL, "like 32719"])
def test_a_crs_without_a_code_comes_back_exactly(tmp_path, plan, moved):
    like = CRS(32719).to_wkt().replace('"False easting",500000', '"False easting",501000')
    crs = CRS(like if moved == "like 32719" else moved)
    lots, blocks = (table.set_crs(crs, allow_override=True) for table in (plan.lots, plan.blocks))
    with io.open(tmp_path / "own.gpkg", create=True) as store:
        store.write({"lots": lots, "blocks": blocks})
        assert store.read("lots").crs == crs != CRS(32719)
        assert store.write({"lots": store.read("lots").iloc[1:]}) == {"lots": 1}
        with pytest.raises(CRSError, match="The project is in"):
            store.write({"lots": plan.lots})


def test_a_declared_column_that_another_program_renamed_is_told(store, plan):
    before = last(store)
    sql(store, "ALTER TABLE lots RENAME COLUMN use TO uso", "UPDATE lots SET uso = 'green' WHERE number = 1")
    for work in (lambda: store.read("lots"), lambda: store.write({"lots": plan.lots}, "A")):
        with pytest.raises(SchemaError, match=r"lots has lost use, .*columns of your own in it: uso"):
            work()
    assert len(store.read("blocks")) == len(plan.blocks)
    store.adopt("A")  # other tables go on
    with pytest.raises(WriteError, match=r"lost its columns .lots: use"):
        store.undo(before)
    sql(store, "ALTER TABLE lots RENAME COLUMN uso TO use")
    store.undo(before)
    assert_frame_equal(store.read("lots")[plan.lots.columns.tolist()], plan.lots)


def test_what_is_read_is_what_gdal_reads(store, plan):
    ways = plan.lots.assign(
        seen=pd.date_range("2020-01-01", periods=len(plan.lots)), trees=2.0, wall=1.0, note="«ñ»"
    )
    ways.loc[ways.index[0], ["seen", "trees", "wall", "note"]] = None
    ways = ways.astype({"trees": "Int64", "wall": "boolean"})
    for scenario in ("A", "B"):
        store.write({"lots": ways if scenario == "A" else plan.lots, "blocks": plan.blocks}, scenario)
    drop = ["fid", "scenario", "row_version"]
    for table in ("lots", "blocks", "summary"):
        raw = pyogrio.read_dataframe(
            store.path, sql=f"SELECT * FROM {table} WHERE scenario = 'A' ORDER BY fid"
        )
        wanted = tables.conform(raw.drop(columns=drop, errors="ignore"), table)
        found = store.read(table, "A")
        assert_frame_equal(pd.DataFrame(found), pd.DataFrame(wanted))
        assert getattr(found, "crs", None) == getattr(wanted, "crs", None)


def test_a_damaged_geometry_is_named(store, plan):
    sql(store, "UPDATE lots SET geom = substr(geom, 1, 60) WHERE fid = 2")
    with pytest.raises(ReadError, match=f"lots has damaged geometries in {plan.lots.index[1]}"):
        store.read("lots")
