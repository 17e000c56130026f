import contextlib
import dataclasses
import runpy
import sqlite3
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from ilo_gis import io, tables
from ilo_gis.errors import CRSError, ReadError, SchemaError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


def query(path, sql):
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def tables_of(plan):
    return {field.name: getattr(plan, field.name) for field in dataclasses.fields(plan)}


@pytest.fixture
def plan():
    return fake_plan(3, 2, angle=30)


def test_round_trip_keeps_ids_types_geometry_and_order(plan, tmp_path):
    back = io.read_project(io.write_project(plan, tmp_path / "plan.gpkg"))
    for name, table in tables_of(plan).items():
        assert len(getattr(back, name)) == len(table)
        if len(table):
            assert_frame_equal(getattr(back, name)[table.columns.tolist()], table)


def test_a_plan_of_nothing_round_trips(tmp_path):
    nothing = tables.Plan(**{f.name: tables.empty(f.name, 32719) for f in dataclasses.fields(tables.Plan)})
    back = io.read_project(io.write_project(nothing, tmp_path / "plan.gpkg"))
    for name, table in tables_of(nothing).items():
        assert getattr(back, name).columns.tolist() == table.columns.tolist()
        assert getattr(back, name).empty


def test_findings_may_have_any_geometry_or_none(plan, tmp_path):
    shapes = [plan.findings.geometry.iloc[0].centroid, None]
    mixed = dataclasses.replace(plan, findings=plan.findings.set_geometry(shapes, crs=32719))
    back = io.read_project(io.write_project(mixed, tmp_path / "plan.gpkg"))
    assert back.findings.geometry.tolist() == shapes


def test_same_plan_same_bytes(plan, tmp_path):
    one = io.write_project(plan, tmp_path / "1.gpkg").read_bytes()
    assert io.write_project(plan, tmp_path / "2.gpkg").read_bytes() == one


def test_is_a_geopackage_1_3_with_keys_and_a_default_style_a_layer(plan, tmp_path):
    path = io.write_project(plan, tmp_path / "plan.gpkg", info={"schematic": "yes"})
    assert query(path, "PRAGMA user_version") == [(10300,)]
    styled = query(path, "SELECT f_table_name FROM layer_styles WHERE useAsDefault ORDER BY id")
    assert {name for (name,) in styled} >= set(tables_of(plan))
    info = io.project_info(path)
    assert io.is_project(path)
    assert (info["created_by"], info["crs"], info["schematic"]) == ("ilo_gis", "EPSG:32719", "yes")


def test_ids_are_text_and_unique(plan, tmp_path):
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    for name, table in tables_of(plan).items():
        key = table.index.name
        unique = query(path, f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{name}'")
        assert f'UNIQUE ("scenario", "{key}")' in unique[0][0]
    assert query(path, "SELECT DISTINCT typeof(lot_id) FROM lots") == [("text",)]


@pytest.mark.parametrize("stop", [sqlite3.OperationalError("database or disk is full"), KeyboardInterrupt()])
def test_a_crash_on_the_way_leaves_the_old_file(plan, tmp_path, monkeypatch, stop):
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    old = path.read_bytes()

    def crash(*_):
        raise stop

    monkeypatch.setattr("ilo_gis.io.project._prove", crash)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        io.write_project(fake_plan(1, 1), path, overwrite=True)
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["plan.gpkg"]


def test_an_existing_file_is_replaced_only_on_request(plan, tmp_path):
    path = io.write_project(fake_plan(1, 1), tmp_path / "plan.gpkg")
    with pytest.raises(WriteError, match=r"exists\. Pass overwrite=True"):
        io.write_project(plan, path)
    io.write_project(plan, path, overwrite=True)
    assert len(io.read_project(path).lots) == len(plan.lots)


def test_what_is_no_plan_is_not_written(plan, tmp_path):
    with pytest.raises(WriteError, match=r"name it plan\.gpkg"):
        io.write_project(plan, tmp_path / "plan.shp")
    with pytest.raises(SchemaError, match="'kind' is missing"):
        io.write_project(
            dataclasses.replace(plan, lots=plan.lots.drop(columns="kind")), tmp_path / "plan.gpkg"
        )
    with pytest.raises(CRSError, match="Bring them together"):
        io.write_project(dataclasses.replace(plan, lots=plan.lots.to_crs(32718)), tmp_path / "plan.gpkg")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_project_is_not_read_as_one(plan, tmp_path):
    plan.lots.to_file(tmp_path / "lots.gpkg", layer="lots")
    assert not io.is_project(tmp_path / "lots.gpkg")
    with pytest.raises(ReadError, match="is not a project of ilo_gis"):
        io.read_project(tmp_path / "lots.gpkg")


def test_any_tables_are_written_but_only_a_plan_is_a_project(tmp_path):
    zones = gpd.GeoDataFrame(
        {"plan": "PDU", "approved": pd.Timestamp("2018-05-02"), "catalogue": "pe_2016", "code": "RDM"},
        index=pd.Index(["z1"], name="zone_id"),
        geometry=[shapely.box(0, 0, 100, 100)],
        crs=32719,
    )
    path = io.write_tables({"zones": zones}, tmp_path / "zones.gpkg", info={"note": "schematic"})
    back = tables.conform(io.read_layer(path), "zones")
    assert back.at["z1", "approved"] == pd.Timestamp("2018-05-02")
    assert (back.at["z1", "code"], back.crs.to_epsg()) == ("RDM", 32719)
    assert io.project_info(path)["note"] == "schematic"
    assert not io.is_project(path)
