from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import CRSError, GeometryError, RuleError, SchemaError
from ilo_gis.subdivision.streets import clean_streets
from ilo_gis.tables import conform


def streets(*wkt, **columns):
    index = [f"r{k}" for k in range(len(wkt))]
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkt(list(wkt)), index=index, crs=32719)


def rules(found):
    return found["rule"].str.removeprefix("streets.").value_counts().to_dict()


def of(found, rule):
    return found[found["rule"] == f"streets.{rule}"]


MAIN = "LINESTRING (0 0, 100 0)"


def test_tables_conform_and_input_is_left_alone():
    given = streets(MAIN, "LINESTRING (50 1, 50 80)")
    before = given.copy(deep=True)
    lines, found = clean_streets(given, width=12.0)
    conform(lines, "street_lines")
    conform(found, "findings")
    pd.testing.assert_frame_equal(given, before)
    assert found["message"].str.len().min() > 20


def test_zero_length_is_dropped_and_told():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (5 5, 5 5)", "LINESTRING (7 7, 7 7.001)"))
    assert len(lines) == 1
    assert of(found, "zero_length")["feature"].tolist() == ["r1", "r2"]
    assert of(found, "zero_length").geometry.iloc[0].wkt == "POINT (5 5)"


def test_doubled_lines_also_reversed():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (100 0, 0 0)", MAIN))
    assert len(lines) == 1
    assert of(found, "doubled")["feature"].tolist() == ["r1", "r2"]
    assert "r0" in of(found, "doubled")["message"].iloc[0]


def test_of_doubled_lines_the_wider_is_kept():
    lines, found = clean_streets(streets(MAIN, MAIN, w=[8.0, 15.0]), width="w")
    assert lines["width"].tolist() == [15.0]
    assert of(found, "doubled")["feature"].tolist() == ["r0"]


def test_overlap_is_merged_and_measured():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (80 0, 30 0)"))
    assert sorted(lines["length"]) == [20, 30, 50]
    assert of(found, "overlap")["found"].tolist() == [50]


def test_undershoot_is_led_on():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (50 80, 50 1.5)"))
    assert sorted(lines["length"]) == [50, 50, 80]
    told = of(found, "undershoot").iloc[0]
    assert (told["feature"], told["found"], told["unit"], told["severity"]) == ("r1", 1.5, "m", "warning")
    assert told.geometry.wkt == "POINT (50 0)"


def test_undershoot_beyond_the_tolerance_is_a_dead_end():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (50 80, 50 1.5)"), tolerance=1.0)
    assert len(lines) == 2
    assert rules(found) == {"dead_end": 4, "loose_ends": 1}


def test_overshoot_is_cut_off():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (50 80, 50 -1.5)"))
    assert sorted(lines["length"]) == [50, 50, 80]
    assert of(found, "overshoot")[["feature", "found"]].to_numpy().tolist() == [["r1", 1.5]]


def test_crossing_without_a_node_is_split_once():
    lines, found = clean_streets(streets(MAIN, "LINESTRING (50 -50, 50 50)"))
    assert lines["length"].tolist() == [50] * 4
    assert "r0, r1" in of(found, "unnoded_crossing")["message"].iloc[0]
    again = clean_streets(lines)[1]
    assert of(again, "unnoded_crossing").empty


def test_an_end_on_a_line_is_no_dirt():
    assert rules(clean_streets(streets(MAIN, "LINESTRING (50 0, 50 80)"))[1]) == {
        "dead_end": 3,
        "loose_ends": 1,
    }


def test_parts_and_heights_are_told_once_each():
    given = streets("MULTILINESTRING Z ((0 0 5, 9 0 5), (0 9 5, 9 9 5))", "LINESTRING Z (20 0 1, 29 0 1)")
    lines, found = clean_streets(given)
    assert len(lines) == 3
    assert not lines.has_z.any()
    assert of(found, "multi_part")["found"].tolist() == [1]
    assert of(found, "z_dropped")["found"].tolist() == [2]


def test_a_part_without_length_does_not_spoil_the_others():
    lines, found = clean_streets(streets("MULTILINESTRING ((5 5, 5 5), (0 0, 9 0))"))
    assert lines["length"].tolist() == [9]
    assert len(of(found, "zero_length")) == 1


def test_ring_has_no_dead_end():
    assert clean_streets(streets("LINESTRING (0 0, 9 0, 9 9, 0 0)"))[1].empty


def test_attributes_follow_each_line():
    given = streets(MAIN, "LINESTRING (50 -50, 50 50)", via=["Av. Sur", None], kind=["avenida", "calle"])
    lines, _ = clean_streets(
        given, width={"avenida": 20.0, "calle": 12}, class_column="kind", name_column="via"
    )
    by_source = lines.drop_duplicates("source").set_index("source")
    assert by_source.loc["r0", ["name", "street_class", "width"]].tolist() == ["Av. Sur", "avenida", 20.0]
    assert by_source.loc["r1", "width"] == 12.0
    assert by_source["name"].isna().tolist().count(True) == 1


def test_width_from_a_norm():
    norms = {"gh020.main": SimpleNamespace(value={"width": 15.0})}
    given = streets(MAIN, kind=["avenida"])
    options = {"width": {"avenida": "gh020.main"}, "class_column": "kind"}
    assert clean_streets(given, **options, norms=norms)[0]["width"].tolist() == [15.0]
    with pytest.raises(RuleError, match=r"gh020\.main"):
        clean_streets(given, **options)


@pytest.mark.parametrize("value", [np.nan, 0.0, -3.0, np.inf, "wide"])
def test_rows_without_a_width_are_named(value):
    with pytest.raises(RuleError, match="1 of 2 rows: r1"):
        clean_streets(streets(MAIN, "LINESTRING (0 9, 9 9)", w=[9, value]), width="w")


def test_class_without_a_width_names_its_row():
    with pytest.raises(RuleError, match="r0"):
        clean_streets(streets(MAIN, kind=["pasaje"]), width={"calle": 12.0}, class_column="kind")


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"width": 0.0}, RuleError, "positive"),
        ({"width": "w"}, SchemaError, "'w'"),
        ({"name_column": "via"}, SchemaError, "'via'"),
        ({"width": {"calle": 12.0}}, RuleError, "class_column"),
        ({"tolerance": -1.0}, RuleError, "tolerance"),
        ({"tolerance": np.nan}, RuleError, "tolerance"),
    ],
)
def test_wrong_options(options, error, says):
    with pytest.raises(error, match=says):
        clean_streets(streets(MAIN), **options)


with np.errstate(invalid="ignore"):
    NAN = shapely.LineString([(0, 0), (np.nan, 1)])


@pytest.mark.parametrize("shape", [None, shapely.Point(0, 0), shapely.LineString(), NAN])
def test_what_is_no_line_is_named(shape):
    given = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, 0)]), shape], crs=32719)
    with pytest.raises(GeometryError, match="- 1: "):
        clean_streets(given)


def test_crs_and_ids():
    with pytest.raises(CRSError, match="no CRS"):
        clean_streets(streets(MAIN).set_crs(None, allow_override=True))
    with pytest.raises(CRSError, match="degree"):
        clean_streets(streets(MAIN).set_crs(4326, allow_override=True))
    with pytest.raises(SchemaError, match="repeats"):
        clean_streets(pd.concat([streets(MAIN), streets(MAIN)]))


def test_nothing_in_nothing_out():
    lines, found = clean_streets(streets(MAIN).iloc[:0], width=12.0)
    pd.testing.assert_index_equal(lines.columns, clean_streets(streets(MAIN), width=12.0)[0].columns)
    assert len(lines) == len(found) == 0


def test_shuffled_rows_give_the_same_lines():
    rng = np.random.default_rng(3)
    ends = rng.uniform(0, 300, (40, 2, 2))
    given = gpd.GeoDataFrame(
        geometry=shapely.linestrings(ends), index=[f"s{k}" for k in range(40)], crs=32719
    )
    one, other = (clean_streets(g, width=9.0) for g in (given, given.sample(frac=1, random_state=5)))
    for a, b in zip(one, other, strict=True):
        assert len(a) == len(b)
    pd.testing.assert_frame_equal(one[0], other[0])
    assert one[1]["rule"].value_counts().to_dict() == other[1]["rule"].value_counts().to_dict()


def test_dirt_of_the_real_ilo(shared_data):
    given = gpd.read_file(shared_data / "ilo_real.gpkg", layer="streets")
    lines, found = clean_streets(given, width=12.0, name_column="via", class_column="categoria_via")
    told = rules(found)
    assert told["zero_length"] == 4
    assert told["doubled"] == 8
    assert of(found, "loose_ends")["found"].tolist() == [276]
    assert told["overshoot"] == 50
    assert told["undershoot"] == 48
    assert told["dead_end"] == 173
    assert lines["source"].isin(given.index.astype(str)).all()
