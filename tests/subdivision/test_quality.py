from dataclasses import fields

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from ilo_gis import norms
from ilo_gis.errors import CRSError
from ilo_gis.subdivision import LotRule, area_table, check, check_blocks, check_cover, check_lots, cut_lots
from ilo_gis.tables import Plan, conform, empty, names

RULE = LotRule(min_area=160.0, min_frontage=8.0, article="TH.010, 9")
with np.errstate(invalid="ignore"):
    NOT_A_NUMBER = shapely.from_wkt("POLYGON ((8 0, 16 0, nan 20, 8 0))")
BLOCK = gpd.GeoDataFrame(index=["K"], geometry=[box(0, 0, 80, 40)], crs=32719)


def layer(shapes, **columns):
    """Return lots named by the keys of `shapes`."""
    return gpd.GeoDataFrame(columns, geometry=list(shapes.values()), index=list(shapes), crs=32719)


def row():
    """Return a legal row of ten lots of 8 by 20 m, and the block they fill."""
    lots = layer({f"A-{n + 1}": box(8 * n, 0, 8 * n + 8, 20) for n in range(10)}, block_id="A")
    return lots, layer({"A": box(0, 0, 80, 20)})


def errors(*args, **kwargs):
    """Return the errors as (feature, rule, required, found), rounded."""
    found = check_lots(*args, **kwargs)
    assert conform(found, "findings").dtypes.astype(str).equals(empty("findings", 32719).dtypes.astype(str))
    found = found[found["severity"] == "error"]
    numbers = (
        found[["required", "found"]].round(3).astype(object).where(found[["required", "found"]].notna(), None)
    )
    return list(zip(found["feature"], found["rule"], numbers["required"], numbers["found"], strict=True))


def test_lots_exactly_at_the_minimum_pass():
    lots, blocks = row()
    assert errors(lots, RULE, blocks=blocks) == []


def test_a_lot_too_small():
    lots = layer({"A-1": box(0, 0, 8, 20), "A-2": box(8, 0, 16, 19)})
    assert errors(lots, RULE) == [("A-2", "lot.min_area", 160, 152)]


def test_a_front_too_short():
    lots = layer({"A-1": box(0, 0, 8, 25), "A-2": box(8, 0, 15, 25)})
    streets = layer({"s": box(0, -12, 80, 0)})
    assert errors(lots, RULE, streets=streets) == [("A-2", "lot.min_frontage", 8, 7)]


def test_a_lot_too_slim():
    lots = layer({"A-1": box(0, 0, 8, 48), "A-2": box(8, 0, 16, 49)})
    assert errors(lots, RULE) == [("A-2", "lot.max_ratio", 6, 6.125)]


def test_a_lot_without_street():
    lots = layer({"A-1": box(0, 0, 8, 20), "A-2": box(0, 20, 8, 40)})
    streets = layer({"s": box(0, -12, 80, 0)})
    assert errors(lots, RULE, streets=streets) == [("A-2", "lot.access", 0, 0)]


def test_a_lot_amid_others_without_street():
    lots = layer(
        {f"{x}{y}": box(20 * x, 20 * y, 20 * x + 20, 20 * y + 20) for x in range(3) for y in range(3)}
    )
    assert errors(lots, RULE) == [("11", "lot.access", 0, 0)]


def test_an_overlap_is_told_once_with_its_area():
    lots = row()[0].drop(columns="block_id")
    lots.loc["A-2", "geometry"] = box(7.5, 0, 16, 20)
    assert errors(lots, RULE) == [("A-1", "lot.overlap", 0, 10)]


def test_lots_that_touch_do_not_overlap():
    assert errors(layer({"A-1": box(0, 0, 8, 20), "A-2": box(8 - 1e-6, 0, 16, 20)}), RULE) == []


def test_ids_that_repeat_or_are_missing():
    lots = row()[0].set_axis(["A-1", "A-1", "A-3", None, *"abcdef"]).drop(columns="block_id")
    assert [(f, r) for f, r, _, _ in errors(lots, RULE) if f in {"A-1"}] == [("A-1", "lot.id")] * 2
    assert [r for _, r, _, _ in errors(lots, RULE)] == ["lot.id"] * 3


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (Polygon([(8, 0), (16, 20), (16, 0), (8, 20)]), "Self-intersection"),
        (None, "no geometry"),
        (Polygon(), "empty"),
        (MultiPolygon([box(8, 0, 12, 20), box(13, 0, 16, 20)]), "several parts"),
        (shapely.LineString([(8, 0), (16, 0)]), "LineString"),
        (NOT_A_NUMBER, "NaN"),
    ],
)
def test_an_unsound_lot_is_named_and_the_others_still_judged(shape, reason):
    lots = layer({"A-1": box(0, 0, 8, 19), "A-2": shape})
    found = check_lots(lots, RULE)
    assert errors(lots, RULE) == [("A-2", "lot.geometry", None, None), ("A-1", "lot.min_area", 160, 152)]
    assert reason in found.loc[1, "message"]


def test_a_multipolygon_of_one_part_is_a_lot():
    assert errors(layer({"A-1": MultiPolygon([box(0, 0, 8, 20)])}), RULE) == []


def test_a_block_that_is_not_covered():
    lots, blocks = row()
    assert errors(lots.drop("A-5"), RULE, blocks=blocks) == [("A", "block.cover", 1600, 1440)]


def test_a_block_without_any_lot_is_not_covered():
    lots, blocks = row()
    blocks.loc["B", "geometry"] = box(100, 0, 110, 20)
    assert errors(lots, RULE, blocks=blocks) == [("B", "block.cover", 200, 0)]


def test_a_lot_of_no_block():
    lots, blocks = row()
    lots = pd.concat([lots, layer({"Z-1": box(100, 0, 108, 20)}, block_id="Z")])
    assert ("Z-1", "lot.block", None, None) in errors(lots, RULE, blocks=blocks)


def test_remnants_need_not_be_legal():
    lots, blocks = row()
    sliver = layer({"A-R1": box(80, 0, 82, 20)}, block_id="A", kind="remnant")
    lots = pd.concat([lots.assign(kind="lot"), sliver])
    blocks.loc["A", "geometry"] = box(0, 0, 82, 20)
    assert errors(lots, RULE, blocks=blocks) == []


def test_without_a_rule_only_soundness_is_judged():
    assert errors(layer({"A-1": box(0, 0, 1, 1)})) == []


def test_without_streets_it_is_told_what_counts_as_street():
    found = check_lots(row()[0], RULE)
    assert found[["rule", "severity"]].to_numpy().tolist() == [["lot.street_assumed", "info"]]


def test_a_finding_names_the_article_and_lies_on_the_lot():
    found = check_lots(layer({"A-2": box(0, 0, 8, 10)}), RULE)
    assert found.loc[1, ["article", "unit"]].tolist() == ["TH.010, 9", "m2"]
    assert found.geometry.loc[1].equals(box(0, 0, 8, 10))
    assert "80.00 m2" in found.loc[1, "message"]


def test_no_lots_no_findings():
    assert check_lots(row()[0].iloc[:0], RULE).empty


def test_lots_are_not_changed():
    lots, blocks = row()
    before = lots.copy()
    check_lots(lots, RULE, blocks=blocks)
    assert lots.equals(before)


@pytest.mark.parametrize("crs", [None, 4326, 2263])
def test_only_metres(crs):
    with pytest.raises(CRSError, match="lots"):
        check_lots(row()[0].set_crs(crs, allow_override=True), RULE)


def test_blocks_in_another_crs():
    lots, blocks = row()
    with pytest.raises(CRSError, match="blocks"):
        check_lots(lots, RULE, blocks=blocks.to_crs(32718))


@pytest.mark.parametrize(
    "block",
    [
        box(0, 0, 80, 40),
        box(0, 0, 120, 40) | box(0, 40, 40, 120),
        box(0, 0, 120, 100) - box(40, 35, 80, 65),
        shapely.Point(0, 0).buffer(30),
        MultiPolygon([box(0, 0, 80, 40), box(100, 0, 140, 40)]),
        Polygon([(0, 0), (100, 0), (30, 70)]),
    ],
)
def test_our_own_lots_pass(block):
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[block], crs=32719)
    assert errors(cut_lots(blocks, RULE), RULE, blocks=blocks) == []


def test_length_of_blocks_is_a_warning():
    blocks = layer({"short": box(0, 0, 39, 30), "good": box(0, 50, 40, 80), "long": box(0, 100, 301, 150)})
    found = check_blocks(blocks, norms.load("pe"))
    told = found[["feature", "rule", "severity", "required", "found"]].round(3).to_numpy().tolist()
    assert sorted(told) == [
        ["long", "block.length", "warning", 300, 301],
        ["short", "block.length", "warning", 40, 39],
    ]
    assert check_blocks(blocks).empty


def test_unsound_blocks_are_named():
    blocks = layer(
        {"tie": Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), "none": None, "good": box(0, 0, 90, 40)}
    )
    found = check_blocks(blocks, norms.load("pe"))
    assert found[["feature", "rule"]].to_numpy().tolist() == [
        ["tie", "block.geometry"],
        ["none", "block.geometry"],
    ]


def test_block_ids_that_repeat():
    blocks = layer({"A": box(0, 0, 90, 40), "B": box(100, 0, 190, 40)}).set_axis(["A", "A"])
    assert check_blocks(blocks)["rule"].tolist() == ["block.id"] * 2


def plan(lots=None, blocks=BLOCK):
    """Return a plan of one street and one block; tables not named here are empty."""
    streets = layer({"S1": box(0, -12, 80, 0)})
    lots = cut_lots(blocks, RULE) if lots is None else lots
    tables = {name: empty(name, 32719) for name in names()}
    tables |= {"streets": streets, "blocks": blocks, "lots": lots, "summary": area_table(streets, lots)}
    return Plan(**{field.name: tables[field.name] for field in fields(Plan)})


def test_a_plan_of_ours_is_proven():
    found = check(plan(), RULE, norms.load("pe"))
    assert found[found["severity"] == "error"].empty
    assert check_cover(plan()).empty


def test_a_shifted_lot_breaks_the_cover():
    lots = cut_lots(BLOCK, RULE)
    lots.loc["K-3", "geometry"] = shapely.transform(
        lots.loc["K-3", "geometry"], lambda xy: np.add(xy, (0.5, 0))
    )
    found = check(plan(lots), RULE)
    assert {"plan.cover", "lot.overlap"} <= set(found["rule"])
    assert "K-3" in set(found["feature"])


def test_blocks_that_reach_into_the_street_break_the_cover():
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[box(0, -1, 80, 40)], crs=32719)
    found = check_cover(plan(blocks=blocks))
    assert set(found["feature"]) == {"S1", "K"}
    assert np.isfinite(found["found"]).all()


def test_greatest_area_and_least_width_are_judged_by_the_rule_of_each_lot():
    shapes = [shapely.box(x, 0, x + w, 20) for x, w in ((0, 30), (30, 8), (38, 30))]
    lots = gpd.GeoDataFrame({"rule": ["a", "a", "b"]}, index=["1", "2", "3"], geometry=shapes, crs=32719)
    rules = {
        "a": LotRule(160, 8, max_area=400, min_width=9),
        "b": LotRule(160, 8, article="Art. 1", min_width=40),
    }
    found = check_lots(lots, rules).query("severity == 'error'")
    said = found[["feature", "rule", "required", "found"]].to_numpy().tolist()
    assert said == [
        ["1", "lot.max_area", 400.0, 600.0],
        ["2", "lot.min_width", 9.0, 8.0],
        ["3", "lot.min_width", 40.0, 30.0],
    ]
    assert found["article"].tolist()[-1] == "Art. 1"
