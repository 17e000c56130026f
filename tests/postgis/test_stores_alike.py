"""What a project store promises holds for a file and for a server alike."""

import runpy
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pyproj import CRS

from ilo_gis import io, tables
from ilo_gis.errors import CRSError, PrivacyError, ReadError, SchemaError, WriteError
from ilo_gis.io.gpkg import connected

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture(params=["file", "server"])
def new_store(request, tmp_path_factory):
    """Return a new, empty store at each call."""
    if request.param == "server":
        new_database = request.getfixturevalue("new_database")
        return lambda: io.open(new_database(), create=True, who="ana")
    return lambda: io.open(tmp_path_factory.mktemp("file") / "plan.gpkg", create=True, who="ana")


@pytest.fixture
def plan():
    return fake_plan(3, 2, lots=3, angle=30)


@pytest.fixture
def store(new_store, plan):
    with new_store() as store:
        store.write(plan, "A", reason="first layout", info={"norms": "pe"})
        yield store


def last(store):
    return int(store.history().index[-1])


def test_what_is_written_reads_back_to_the_last_bit(store, plan):
    back = store.read("lots")
    assert_frame_equal(back[plan.lots.columns.tolist()], plan.lots)
    assert back.crs == plan.lots.crs
    assert (shapely.to_wkb(back.geometry.to_numpy()) == shapely.to_wkb(plan.lots.geometry.to_numpy())).all()
    assert_frame_equal(store.plan().blocks[plan.blocks.columns.tolist()], plan.blocks)
    told = store.history("lots")
    assert told[["operation", "who", "reason"]].to_numpy().tolist() == [["load", "ana", "first layout"]]
    assert (store.info()["norms"], store.info()["crs"]) == ("pe", "EPSG:32719")
    assert store.check() == []


def test_only_rows_that_differ_are_touched_and_undone(store, plan):
    before, first = last(store), plan.lots.index[0]
    changed = plan.lots.drop(index=plan.lots.index[3])
    changed.loc[first, "area"] = 0.1 + 0.2
    assert store.write({"lots": changed}, "A", reason="survey", who="luis") == {"lots": 2}
    told = store.history("lots").loc[before + 1 :]
    assert set(map(tuple, told[["operation", "key", "who"]].to_numpy())) == {
        ("delete", plan.lots.index[3], "luis"),
        ("update", first, "luis"),
    }
    assert store.read("lots").at[first, "area"] == 0.1 + 0.2
    moment = store.history("lots").loc[before + 1, "at"]
    assert store.undo(moment.to_pydatetime()) == 2
    assert_frame_equal(store.read("lots").sort_index()[plan.lots.columns.tolist()], plan.lots.sort_index())


def other_program(store, area):
    """Write an area as QGIS does: without a word on who it is."""
    statement = f"UPDATE lots SET area = {area} WHERE lot_id = 'A-1'"
    if store.address.endswith(".gpkg"):
        with connected(store.path) as db:
            db.execute(statement)
            db.commit()
    else:
        with store._engine.begin() as db:
            db.exec_driver_sql(statement.replace("lots", "plan.lots"))


def test_other_programs_write_for_the_reason_that_was_said(store):
    before = last(store)
    with store.saying("R.A. 7: one lot less", who="eva"):
        other_program(store, 71.0)
        store.write({"lots": store.read("lots").assign(area=72.0)}, "A", reason="survey")
    other_program(store, 73.0)
    told = store.history("lots", "A-1").loc[before + 1 :]
    said = told[["who", "reason"]].astype(object).where(told[["who", "reason"]].notna(), None)
    assert said.to_numpy().tolist() == [["eva", "R.A. 7: one lot less"], ["ana", "survey"], [None, None]]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(st.floats(0, 1e12) | st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=3)
)
def test_an_undo_can_be_undone_exactly(new_store, values):
    with new_store() as store:
        store.write(fake_plan(1, 1, lots=2))
        lots = store.read("lots")
        for value in values:
            column = "area" if isinstance(value, float) else "reason"
            lots.loc[lots.index[0], column] = value
            store.write({"lots": lots})
        top = last(store)
        store.undo(0)
        assert store.scenarios().empty
        store.undo(top)
        assert_frame_equal(store.read("lots").sort_index(), lots.sort_index(), check_categorical=False)
        with pytest.raises(ReadError, match="changes 1 to"):
            store.undo(10**6)


def test_scenarios_live_from_copy_to_deletion(store, plan):
    store.copy_scenario("A", "B", title="Wider streets")
    assert store.compare_scenarios("A", "B").empty
    assert store.compare_scenarios("A", "A").empty
    first = plan.lots.index[0]
    lots = plan.lots.drop(index=plan.lots.index[3])
    lots.loc[first, "area"] = 150.0
    store.write({"lots": lots}, "B")
    found = store.compare_scenarios("A", "B")
    assert set(zip(found["key"], found["kind"], strict=True)) == {
        (plan.lots.index[3], "only_first"),
        (first, "changed"),
    }
    assert found.loc[found["kind"] == "changed", ["column", "change"]].to_numpy().tolist() == [
        ["area", -10.0]
    ]
    with pytest.raises(ReadError, match="none is in force"):
        store.read("lots")
    store.adopt("B", by="Ordenanza 12-2026", on=date(2026, 1, 1))
    assert len(store.read("lots")) == len(lots)
    assert store.scenarios().loc["B", ["adopted", "title"]].tolist() == [
        pd.Timestamp("2026-01-01"),
        "Wider streets",
    ]
    with pytest.raises(WriteError, match="plan in force"):
        store.delete_scenario("B")
    with pytest.raises(WriteError, match="already"):
        store.copy_scenario("A", "B")
    store.adopt("A")
    assert store.scenarios()["state"].tolist() == ["adopted", "superseded"]
    before = last(store)
    store.delete_scenario("B")
    assert store.scenarios().index.tolist() == ["A"]
    store.undo(before)
    assert len(store.read("lots", "B")) == len(lots)
    assert store.check() == []


def test_broken_keys_ranges_and_crs_are_refused_and_named(store, plan):
    before = last(store)
    with pytest.raises(WriteError, match=r"refer to rows that are not there: lots .* -> blocks"):
        store.write({"lots": plan.lots.assign(block_id="Z")}, "A")
    with pytest.raises(WriteError, match="lots: area is below 0 in "):
        store.write({"lots": plan.lots.assign(area=-1.0)}, "A")
    with pytest.raises(CRSError, match="project is in EPSG:32719"):
        store.write({"lots": plan.lots.to_crs(32718)}, "A")
    with pytest.raises(SchemaError, match="needs for itself: scenario"):
        store.write({"lots": plan.lots.assign(scenario="B")}, "A")
    with pytest.raises(WriteError, match="cannot name a scenario"):
        store.write({"lots": plan.lots}, "a/b")
    with pytest.raises(ReadError, match=r"no table 'lot' \(did you mean lots"):
        store.read("lot")
    with pytest.raises(ReadError, match=r"no scenario 'C'.*Its scenarios: A"):
        store.read("lots", "C")
    assert last(store) == before
    assert store.check() == []


def test_a_crs_that_cannot_be_kept_is_refused_with_what_to_do(new_store, plan):
    local = CRS("+proj=mod_krovak +lat_0=-17 +lon_0=-71 +ellps=GRS80 +units=m")  # no code, nor old WKT
    with new_store() as store:
        with pytest.raises(CRSError, match=r"layer\.to_crs\(32719\)"):
            store.write({"blocks": plan.blocks.set_crs(local, allow_override=True)})
        assert store.tables() == []
        store.write({"blocks": plan.blocks})
        assert store.read("blocks").crs == plan.blocks.crs


def test_what_is_read_together_is_of_one_moment(store, plan, monkeypatch):
    """Another writes blocks and lots just when the blocks have been read."""
    store.copy_scenario("A", "B")
    ready, conform = [True], tables.conform

    def interrupted(rows, table):
        if table == "blocks" and ready and ready.pop():
            with io.open(store.address) as other:
                for scenario in ("A", "B"):
                    was = {name: other.read(name, scenario) for name in ("blocks", "lots")}
                    other.write({name: rows.assign(area=7.0) for name, rows in was.items()}, scenario)
        return conform(rows, table)

    def once(call):
        ready[:] = [True]
        with monkeypatch.context() as patch:
            patch.setattr(tables, "conform", interrupted)
            found = call()
        assert not ready
        store.undo(last(store) - 2 * len(plan.blocks) - 2 * len(plan.lots))
        return found

    found = once(lambda: store.plan("A"))
    assert (found.blocks["area"] == 7.0).all() == (found.lots["area"] == 7.0).all()
    assert once(lambda: store.compare_scenarios("A", "B")).empty
    assert_frame_equal(store.plan("B").lots[plan.lots.columns.tolist()], plan.lots, check_like=True)


def test_people_never_enter(store):
    people = pd.DataFrame({"household_id": "H1", "name": "N.N."}, index=pd.Index(["P1"], name="person_id"))
    with pytest.raises(PrivacyError) as refused:
        store.write({"people": people})
    assert "N.N." not in str(refused.value)
    assert "people" not in store.tables()


def test_tables_that_come_later_are_referred_to(new_store, plan):
    with new_store() as store:
        store.write({"lots": plan.lots})
        store.write({"blocks": plan.blocks})
        with pytest.raises(WriteError, match="not there"):
            store.write({"blocks": plan.blocks.iloc[1:]})
        assert_frame_equal(store.read("lots")[plan.lots.columns.tolist()], plan.lots)


def test_columns_of_ones_own_stay_and_their_names_run_nowhere(store, plan):
    hostile = 'a"; DROP TABLE lots; --'
    own = plan.lots.assign(owner_note="it's; DROP", seen=pd.Timestamp("2026-01-02"), **{hostile: 1.5})
    store.write({"lots": own}, "A", reason="'; DROP TABLE lots; --")
    back = store.read("lots")
    assert back[["owner_note", hostile]].drop_duplicates().to_numpy().tolist() == [["it's; DROP", 1.5]]
    store.undo(last(store) - len(own))
    assert store.read("lots")[["owner_note", hostile, "seen"]].isna().all(axis=None)


def test_what_is_missing_stays_missing(store):
    lots = store.read("lots")
    lots["number"] = pd.array([pd.NA] * len(lots), dtype="Int64")
    lots["depth"] = np.nan
    store.write({"lots": lots}, "A")
    assert store.read("lots")[["number", "depth"]].isna().all(axis=None)


def test_a_snapshot_is_a_project_file(store, plan, tmp_path):
    store.copy_scenario("A", "B")
    store.adopt("B", by="Ordenanza 1")
    copy = store.snapshot(tmp_path / "copy.gpkg")
    store.write({"lots": plan.lots.iloc[:5]}, "A")
    with io.open(copy) as file:
        assert file.scenarios()[["state", "adopted_by"]].to_numpy().tolist()[1] == ["adopted", "Ordenanza 1"]
        assert_frame_equal(file.read("lots")[plan.lots.columns.tolist()], plan.lots)
    with pytest.raises(WriteError, match="exists"):
        store.snapshot(copy)
