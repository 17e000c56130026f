"""Short answers about each lot, held against the tools that they come from."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import norms, workflows
from ilo_gis.errors import RuleError
from ilo_gis.lot_labels import LABELS, lot_label
from ilo_gis.subdivision import Brief, LotRule

DAY = date(1996, 4, 30)


@pytest.fixture(scope="module")
def lots():
    shapes = [shapely.box(0, 0, 8, 20), shapely.box(8, 0, 12, 20)]
    index = pd.Index(["A-1", "A-2"], name="lot_id")
    return gpd.GeoDataFrame({"block_id": "A", "kind": "lot"}, index, geometry=shapes, crs=32719)


def events(*rows):
    table = pd.DataFrame(rows, columns=["lot_id", "household_id", "kind", "date"])
    return table.rename(index="E-{}".format).rename_axis("event_id")


def test_a_lot_is_legal_or_says_why_not(lots):
    rule = LotRule(min_area=160.0, min_frontage=8.0)
    assert lot_label("legal", {"lots": lots}, DAY, rule=rule).to_dict() == {"A-1": True, "A-2": False}
    said = lot_label("problems", {"lots": lots}, DAY, rule=rule)
    assert said["A-1"] == ""
    assert "80" in said["A-2"]
    assert lot_label("problems", {"lots": lots}, DAY, "en", rule)["A-2"] != said["A-2"]


def test_fronts_are_measured_as_the_lots_are_drawn(lots):
    assert lot_label("frontage", {"lots": lots}, DAY).to_dict() == {"A-1": 36.0, "A-2": 28.0}


def test_stage_and_what_is_missing_are_told_in_words(lots):
    known = {"lots": lots, "lot_events": events(("A-1", "h", "allotted", "1996-01-10"))}
    assert lot_label("stage", known, DAY).to_dict() == {"A-1": "Asignado", "A-2": "Libre"}
    assert lot_label("stage", known, date(1996, 1, 9), "en").to_dict() == {"A-1": "free", "A-2": "free"}
    assert lot_label("missing", known, DAY)["A-2"] == ""


def test_services_that_are_done_are_listed(lots):
    works = pd.DataFrame({"service": ["tap", "water"], "scope": "block", "target_id": "A"})
    works = works.assign(done=["1991-03-01", "1997-01-01"]).rename_axis("work_id")
    told = lot_label("services", {"lots": lots, "works": works}, DAY)
    assert told.to_dict() == {"A-1": "Pileta pública", "A-2": "Pileta pública"}


def test_reserves_are_held_against_the_norms():
    site = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 400, 300)], crs=32719)
    brief = Brief.from_norms(norms.load("pe"), lot_type=4)
    plan = workflows.plan_alternatives(site, brief, norms=norms.load("pe"))["A"]
    known = {name: getattr(plan, name) for name in LABELS["reserve"].needs}
    given = lot_label("reserve", known, DAY, rule=brief.rule)
    asked = lot_label("reserve_required", known, DAY, rule=brief.rule)
    assert given["recreation"] == pytest.approx(asked["recreation"], abs=0.1)
    with pytest.raises(RuleError, match="does not tell the rule"):
        lot_label("reserve", known, DAY)


def test_unknown_answers_are_named():
    with pytest.raises(RuleError, match="There is no answer 'front'"):
        lot_label("front", {}, DAY)
