"""What a plan was made from and by which norms gets into its file by itself, and other programs show it."""

import contextlib
import json
import runpy
import sqlite3
from datetime import date
from pathlib import Path

import pyogrio
import pytest
import shapely

from ilo_gis import io, norms, workflows
from ilo_gis.subdivision import LotRule
from ilo_gis.tables.facts import with_facts

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture
def plan(tmp_path):
    import geopandas as gpd

    blocks = gpd.GeoDataFrame(geometry=[shapely.box(254000, 8047000, 254080, 8047040)], crs=32719)
    blocks.to_file(tmp_path / "survey.geojson", driver="GeoJSON")
    known = norms.load("pe", on=date(2024, 1, 1))
    rule = LotRule.from_norms(known, lot_type=4, min_area=160.0)
    return workflows.lots_in_blocks(io.read_layer(tmp_path / "survey.geojson", crs=32719), rule, norms=known)


def told(path):
    return {key: io.project_info(path)[key] for key in ("norms", "articles", "sources", "schematic")}


def test_norms_and_sources_are_told_by_themselves(plan, tmp_path):
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    said = told(path)
    assert said["norms"].startswith("pe, in force on 2024-01-01: ")
    assert (said["sources"], said["schematic"]) == ("survey.geojson", "not told")
    assert said["articles"].startswith("TH.010")
    again = io.write_project(io.read_project(path), tmp_path / "again.gpkg")
    assert told(again) == said
    assert io.write_project(plan, tmp_path / "same.gpkg").read_bytes() == path.read_bytes()


def test_what_nobody_told_is_not_made_up(tmp_path):
    assert set(told(io.write_project(fake_plan(1, 1), tmp_path / "plan.gpkg")).values()) == {"not told"}


def shown_by_gdal(path):
    shown = json.loads(pyogrio.read_info(path, layer="lots")["dataset_metadata"]["GPKG_METADATA_ITEM_1"])
    assert not list(path.parent.glob("*.aux.xml"))
    return shown


def test_gdal_shows_the_facts_and_follows_them(plan, tmp_path):
    path = io.write_project(plan, tmp_path / "plan.gpkg", info={"note": "<a> & b"})
    assert shown_by_gdal(path) == io.project_info(path)
    with io.open(path) as store:
        lots = with_facts(io.read_layer(path, "lots"), {"sources": "plan.gpkg; walk.gpx", "schematic": "yes"})
        store.write({"lots": lots})
    assert told(path)["sources"] == "survey.geojson; walk.gpx"
    assert told(path)["schematic"] == "yes"
    assert shown_by_gdal(path) == io.project_info(path)


def test_metadata_edited_in_qgis_stays(plan, tmp_path):
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    shown = (
        "SELECT metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id "
        "WHERE table_name = 'lots'"
    )
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        assert "survey.geojson" in db.execute(shown).fetchone()[0]
        db.execute("UPDATE gpkg_metadata SET metadata = '<qgis>own</qgis>' WHERE metadata LIKE '%>lots<%'")
    with io.open(path) as store:
        store.write({}, info={"norms": "pe 2030"})
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute(shown).fetchall() == [("<qgis>own</qgis>",)]
        assert "pe 2030" in db.execute(shown.replace("lots", "blocks")).fetchone()[0]
