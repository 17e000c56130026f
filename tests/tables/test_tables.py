import re
import tomllib
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from ilo_gis.errors import CRSError, GeometryError, SchemaError
from ilo_gis.tables import (
    conform,
    describe,
    empty,
    findings,
    join_findings,
    names,
    require_geometry,
    require_metres,
    require_same_crs,
)
from ilo_gis.tables.findings import SEVERITIES

MESSAGES = tomllib.loads((files("ilo_gis.tables") / "messages.toml").read_text("utf-8"))


@pytest.fixture
def lots():
    return gpd.GeoDataFrame(
        {"block_id": "A", "kind": "lot"},
        geometry=[box(0, 0, 8, 20), box(8, 0, 16, 20)],
        index=pd.Index(["A-1", "A-2"], name="lot_id"),
        crs=32719,
    )


def test_every_table_declares_one_index_and_known_types():
    for name in names():
        spec = describe(name)
        assert (spec["dtype"] == "index").sum() == 1, name
        assert set(spec["required"]) <= {"yes", "no"}, name
        assert (spec[["alias_es", "description"]] != "").all(axis=None), name


@pytest.mark.parametrize("name", names())
def test_an_empty_table_conforms_and_lacks_nothing(name):
    table = empty(name, 32719)
    again = conform(table, name)
    assert len(again) == 0
    assert again.columns.tolist() == [c for c, t in describe(name)["dtype"].items() if t != "index"]
    assert (again.dtypes == table.dtypes).all()


def test_an_unknown_table_lists_those_there_are():
    with pytest.raises(SchemaError, match="lots"):
        describe("loots")


def test_a_description_may_be_changed_at_will():
    own = describe("lots")
    own.loc["area", "unit"] = "acres"
    assert describe("lots").loc["area", "unit"] == "m2"


def test_conform_sets_types_and_leaves_its_input_alone(lots):
    before = lots.copy()
    table = conform(lots.assign(number=[1.0, np.nan], corner=[True, None]), "lots")
    assert table["number"].tolist() == [1, pd.NA]
    assert table.dtypes.astype(str)[["block_id", "number", "kind", "corner"]].tolist() == [
        "string",
        "Int64",
        "category",
        "boolean",
    ]
    pd.testing.assert_frame_equal(lots, before)


def test_whole_numbers_lose_no_parts():
    told = {"lot_id": "A", "household_id": "h", "step": "title", "date": "1994-05-02", "currency": "USD"}
    cents = pd.DataFrame(told | {"amount": [5.0, 7.0]}, ["a", "b"])
    assert conform(cents, "payments")["amount"].tolist() == [5, 7]
    with pytest.raises(SchemaError, match="'amount' should be int64"):
        conform(cents.assign(amount=[5.0, 7.5]), "payments")


def test_the_index_may_come_as_a_column(lots):
    assert conform(lots.reset_index(), "lots").index.equals(lots.index)


def test_columns_of_ones_own_are_kept_behind(lots):
    table = conform(lots.assign(owner="?")[["owner", "kind", "block_id", "geometry"]], "lots")
    assert table.columns.tolist() == ["block_id", "kind", "owner", "geometry"]


def test_a_geopackage_round_trip_restores_the_table(lots, tmp_path):
    table = conform(lots.assign(number=pd.array([1, None], "Int64"), reason=None), "lots")
    table.to_file(tmp_path / "a.gpkg", layer="lots")
    again = conform(gpd.read_file(tmp_path / "a.gpkg", layer="lots"), "lots")
    assert again.index.equals(table.index)
    assert (again.dtypes == table.dtypes).all()


def test_every_problem_is_listed_at_once(lots):
    broken = lots.drop(columns="block_id").assign(number=["x", "y"]).set_geometry(lots.boundary)
    with pytest.raises(SchemaError, match=r"(?s)block_id.*Polygon.*number"):
        conform(broken.set_axis(["A-1", "A-1"]), "lots")


@pytest.mark.parametrize("index", [["A-1", "A-1"], ["A-1", None]])
def test_ids_repeat_or_are_missing(lots, index):
    with pytest.raises(SchemaError, match="lot_id"):
        conform(lots.set_axis(index), "lots")


@pytest.mark.parametrize(
    ("crs", "word"), [(None, "no CRS"), (4326, "degree"), (2263, "foot"), (32719, None), (24879, None)]
)
def test_only_metres_pass(lots, crs, word):
    layer = lots.set_crs(crs, allow_override=True)
    if word is None:
        require_metres(layer)
    else:
        with pytest.raises(CRSError, match=rf"(?s)plots.*{word}.*plots\.(set|to)_crs"):
            require_metres(layer, "plots")


def test_two_crs_are_refused_by_name(lots):
    require_same_crs(lots=lots, streets=None, blocks=lots)
    with pytest.raises(
        CRSError, match=r"(?s)streets is in .*18S.*lots in .*19S.*streets\.to_crs\(lots\.crs\)"
    ):
        require_same_crs(lots=lots, streets=lots.to_crs(32718))


def test_faulty_geometries_are_named_with_their_reasons():
    shapes = [Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), None, Polygon(), Point(0, 0), box(0, 0, 1, 1)]
    layer = gpd.GeoDataFrame(geometry=shapes, index=["tie", "none", "empty", "point", "good"], crs=32719)
    with pytest.raises(GeometryError, match="4 of 5") as error:
        require_geometry(layer, "Polygon", name="blocks")
    for line in (
        "- tie: Self-intersection[1 1]",
        "- none: no geometry",
        "- empty: empty",
        "- point: a Point",
    ):
        assert line in str(error.value)
    assert "- good" not in str(error.value)


def test_many_faults_are_counted():
    layer = gpd.GeoDataFrame(geometry=[None] * 25, crs=32719)
    with pytest.raises(GeometryError, match="and 15 more"):
        require_geometry(layer, "Polygon")


def test_repeated_ids_are_named():
    layer = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)] * 3, index=["A", "B", "A"], crs=32719)
    with pytest.raises(SchemaError, match="repeats A"):
        require_geometry(layer, "Polygon")


def test_findings_name_each_row(lots):
    found = findings("lots", lots, "lot.min_area", required=200, found=[160, 170])
    assert found["feature"].tolist() == ["A-1", "A-2"]
    assert found["required"].tolist() == [200, 200]
    assert found["found"].tolist() == [160, 170]
    assert found.index.tolist() == [1, 2]
    assert conform(found, "findings").dtypes.astype(str).equals(empty("findings", 32719).dtypes.astype(str))


def test_a_finding_about_the_whole_table(lots):
    found = findings("lots", None, "lot.street_assumed", crs=lots.crs)
    assert found.loc[1, ["feature", "severity"]].tolist() == ["", "info"]
    assert found.crs == lots.crs


def test_what_is_wrong_is_said_in_both_languages(lots):
    found = findings("lots", lots.iloc[:1], "lot.geometry", detail="Self-intersection[1 2]")
    assert found.loc[1, "message"] == "Not a sound lot: Self-intersection[1 2]. Mend it at its source."
    assert "se cruza a sí misma[1 2]" in found.loc[1, "message_es"]


@pytest.mark.parametrize(("rule", "texts"), [(k, v) for k, v in MESSAGES.items() if k != "words"])
def test_every_text_can_be_filled_in(rule, texts):
    assert texts["severity"] in SEVERITIES
    filled = [texts[lang].format(detail="K-3", required=160, found=80.0) for lang in ("en", "es")]
    assert filled[0] != filled[1]
    for name in re.findall(r"{(\w+)", texts["en"]):
        assert f"{{{name}" in texts["es"]  # nothing is lost in translation


def test_no_rows_no_findings(lots):
    assert findings("lots", lots.iloc[:0], "lot.id").empty


def test_the_gravest_come_first(lots):
    rules = ("lot.street_assumed", "lot.id", "block.no_lot", "lot.access")
    parts = [findings("lots", lots, rule) for rule in rules]
    joined = join_findings(parts[0], empty("findings", 32719), *parts[1:])
    assert joined["severity"].tolist() == ["error"] * 4 + ["warning"] * 2 + ["info"] * 2
    assert joined.index.tolist() == list(range(1, 9))
    assert joined["feature"].tolist()[:2] == ["A-1", "A-2"]


def test_findings_may_lie_on_any_geometry():
    wrong = gpd.GeoDataFrame(index=["s1"], geometry=[LineString([(0, 0), (1, 1)])], crs=32719)
    assert shapely.get_type_id(findings("streets", wrong, "streets.overlap").geometry.iloc[0]) == 1


def test_a_table_that_needs_no_geometry_may_come_without_one():
    """QGIS shows a layer whose geometries are all missing as a plain table."""
    bare = pd.DataFrame(empty("receiving_sites", 32719).drop(columns="geometry"))
    assert conform(bare, "receiving_sites").geometry.isna().all()
