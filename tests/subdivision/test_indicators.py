"""Four blocks of 80 m by 40 m with streets of 12 m all round, one of them a park: all by hand."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from ilo_gis import norms, tables, workflows
from ilo_gis.errors import CRSError, NormError, RuleError
from ilo_gis.subdivision import LotRule, compare, indicators

NORMS = norms.load("pe")
RULE = LotRule(min_area=160.0, min_frontage=8.0)
SITE, STREETS = 196.0 * 116.0, 196.0 * 116.0 - 4 * 3200.0
LENGTH = 3 * 184.0 + 3 * 104.0 + 6.0  # with the stretch to the east, as far as the site goes


def grid(rule=RULE, reserve="park", classes=None):
    lines = [[(6, y), (190, y)] for y in (6, 58, 110)] + [[(x, 6), (x, 110)] for x in (6, 98, 190)]
    lines.append([(190, 58), (260, 58)])
    moved = shapely.transform([shapely.LineString(line) for line in lines], at)
    streets = gpd.GeoDataFrame({"street_class": classes or ["calle"] * 7}, geometry=moved, crs=32719)
    site = gpd.GeoDataFrame(geometry=shapely.transform([shapely.box(0, 0, 196, 116)], at), crs=32719)
    park = shapely.transform([shapely.box(12, 12, 92, 52)], at)
    park = gpd.GeoDataFrame({"kind": [reserve]}, geometry=park, crs=32719)
    return workflows.lots_from_streets(
        streets, rule, site=site, reserves=park if reserve else None, class_column="street_class"
    )


def at(xy):
    return xy + np.array([254_000.0, 8_047_000.0])


@pytest.fixture(scope="module")
def plan():
    return grid()


def test_every_figure_by_hand(plan):
    found = indicators(plan, RULE, norms=NORMS)
    cost = STREETS * 8.91 + LENGTH * (25 + 40 + 20)
    expected = {
        "lots": 60,
        "lots_per_ha": 60 / (SITE / 1e4),
        "bound_share": 100,
        "lot_area": 160,
        "corner_share": 100 * 12 / 60,
        "remnants_share": 0,
        "street_share": 100 * STREETS / SITE,
        "street_density": LENGTH / 1000 / (SITE / 1e6),
        "street_per_lot": LENGTH / 60,
        "intersections": 5 / (SITE / 1e6),  # the middles of the four edges, and the centre
        "longest_block": 80,
        "inhabitants": 300,
        "density_ha": 300 / (SITE / 1e4),
        "density": 300 / (SITE / 1e6),
        "reserve_recreation": 100 * 3200 / SITE,
        "reserve_parks_zonal": 0,
        "reserve_education": 0,
        "reserve_other": 0,
        "green_per_person": 3200 / 300,
        "green_near": 100,
        "cost_paving": STREETS * 8.91,
        "cost_water": LENGTH * 25,
        "cost_sewer": LENGTH * 40,
        "cost_power": LENGTH * 20,
        "cost_total": cost,
        "cost_per_lot": cost / 60,
        "mixed_use": np.nan,
        "social_mix": np.nan,
        "single_function": np.nan,
    }
    assert set(found.index) == set(expected)
    assert found["value"].to_dict() == pytest.approx(expected, nan_ok=True)


def test_targets_come_from_the_norms_with_their_source(plan):
    found = indicators(plan, RULE, norms=NORMS)
    assert found["met"].dropna().to_dict() == {
        "street_share": True,
        "street_density": True,
        "longest_block": True,
        "density": False,
        "reserve_recreation": True,
        "reserve_parks_zonal": False,
        "reserve_education": False,
        "reserve_other": False,
        "green_near": True,
    }
    assert found.loc["reserve_recreation", "target"] == 8
    assert "TH.010" in found.loc["reserve_recreation", "source"]
    assert found.loc["density", "target"] == 15_000
    assert found.loc[["mixed_use", "social_mix"], "target"].tolist() == [40, 20]
    assert "does not tell" in found.loc["mixed_use", "source"]
    assert "chosen by the authors" in found.loc["cost_water", "source"]


def test_streets_that_run_through_their_crossings_cross_there(plan):
    cut = plan.street_lines
    flat = cut.geometry.bounds.eval("maxy - miny") < 1
    runs = [shapely.line_merge(shapely.union_all(cut.geometry[rows])) for rows in (flat, ~flat)]
    whole = gpd.GeoDataFrame(geometry=shapely.get_parts(runs), crs=cut.crs)
    assert len(whole) < len(cut)
    columns = {"width": 12.0, "street_class": "calle"}
    through = indicators(replace(plan, street_lines=whole.assign(**columns)), RULE, norms=NORMS)["value"]
    walked = ["intersections", "green_near"]
    assert through[walked].tolist() == indicators(plan, RULE, norms=NORMS)["value"][walked].tolist()


def test_a_shorter_walk_reaches_the_fronts_across_the_street(plan):
    near = dict(NORMS) | {"gh020.park_distance": replace(NORMS["gh020.park_distance"], value=5.5)}
    few = indicators(plan, RULE, norms=near).loc["green_near"]
    # ten lots of the block to the north, and the two corner lots of the block to the east
    assert few["value"] == pytest.approx(100 * 12 / 60)
    assert few["label_es"].startswith("Lotes a 5.5 m a pie")
    assert indicators(grid(reserve=None), RULE, norms=NORMS).loc["green_near", "value"] == 0


def test_land_of_collectors_is_no_base_for_reserves():
    classes = ["calle", "colectora", *["calle"] * 5]
    found = indicators(grid(classes=classes), RULE, norms=NORMS)
    # the collector runs from crossing to crossing, 184 m, and leaves half a width at both ends
    assert found.loc["reserve_recreation", "value"] == pytest.approx(100 * 3200 / (SITE - 184 * 12))


def test_kinds_that_nobody_knows_are_shown_and_are_not_green():
    found = indicators(grid(reserve="mercado"), RULE, norms=NORMS)
    assert found.loc["reserve_mercado", ["label_es", "value"]].tolist() == [
        "Aportes: mercado",
        pytest.approx(100 * 3200 / SITE),
    ]
    assert found.loc["green_per_person", "value"] == 0
    assert found.loc["reserve_recreation", "met"] is np.False_


def test_grades_cut_and_fill(plan):
    # the ground rises by 13 % to the east; streets to the north are level along and have to be across
    east = np.tile(0.13 * np.arange(0, 300, 10.0), (20, 1))
    ground = tables.Elevation(east, 253_950, 8_047_150, (10.0, 10.0), plan.blocks.crs)
    found = indicators(plan, RULE, norms=NORMS, elevation=ground)
    uphill, across = 3 * 184.0 + 6, 3 * 104.0
    assert found.loc["grade_mean", "value"] == pytest.approx(13 * uphill / LENGTH)
    assert found.loc["grade_steep", "value"] == pytest.approx(100 * uphill / LENGTH)
    assert found.loc["grade_steep", "met"] is np.False_
    # five strips of 2.4 m: two of them lie 0.312 m and 0.624 m too high, two as much too low
    moved = across * 2.4 * (0.312 + 0.624)
    assert found.loc[["cut", "fill"], "value"].tolist() == pytest.approx([moved, moved], rel=1e-6)
    nowhere = replace(ground, values=np.full_like(east, np.nan))
    unknown = indicators(plan, RULE, norms=NORMS, elevation=nowhere)
    assert unknown.loc[["grade_mean", "grade_steep", "cut", "fill"], "value"].isna().all()
    with pytest.raises(CRSError):
        indicators(plan, RULE, norms=NORMS, elevation=replace(ground, crs=pyproj.CRS(32718)))


def test_a_plan_without_streets_or_lots_leaves_empty_what_it_cannot_tell():
    block = gpd.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 5, 5)], crs=32719)
    found = indicators(workflows.lots_in_blocks(block, RULE), RULE, norms=NORMS)["value"]
    assert found[["lots", "inhabitants"]].tolist() == [0, 0]
    assert found[["lot_area", "street_share", "street_per_lot", "green_near", "cost_total"]].isna().all()
    names = tables.Plan.__annotations__
    nothing = tables.Plan(**{name: tables.empty(name, 32719) for name in names})
    assert indicators(nothing, RULE, norms=NORMS).loc["lots_per_ha", "met"] is not True


def test_wrong_input_is_told(plan):
    for persons in (0, -1, np.nan, "five"):
        with pytest.raises(RuleError, match="persons"):
            indicators(plan, RULE, norms=NORMS, persons=persons)
    degrees = replace(plan, blocks=plan.blocks.to_crs(4326))
    with pytest.raises(CRSError):
        indicators(degrees, RULE, norms=NORMS)
    soles = dict(NORMS) | {"costs.water": replace(NORMS["costs.water"], unit="PEN/m")}
    with pytest.raises(NormError, match="PEN, USD"):
        indicators(plan, RULE, norms=soles)
    with pytest.raises(NormError, match=r"costs\.water has the unit 'USD/km'"):
        indicators(plan, RULE, norms=soles | {"costs.water": replace(NORMS["costs.water"], unit="USD/km")})


def test_compare_knows_which_way_is_better(plan):
    small = LotRule(min_area=90.0, min_frontage=6.0)
    other = grid(small)
    plans = {
        "160": replace(plan, indicators=indicators(plan, RULE, norms=NORMS)),
        "90": replace(other, indicators=indicators(other, small, norms=NORMS)),
    }
    found = compare(plans)
    more = found.loc["lots"]
    assert more["value", "90"] > more["value", "160"] == 60
    assert more["difference", "90"] == more["value", "90"] - 60
    assert (more["against", "90"], more["best", ""]) == ("better", "90")
    less = found.loc["cost_per_lot"]
    assert less["difference", "90"] < 0
    assert (less["against", "90"], less["best", ""]) == ("better", "90")
    worse = found.loc["green_per_person"]
    assert (worse["against", "90"], worse["best", ""]) == ("worse", "160")
    assert found.loc["longest_block", ("against", "90")] == "same"
    assert found["best"].isna()[["longest_block", "lot_area", "mixed_use"]].all()
    assert found["against", "90"].isna()[["lot_area", "mixed_use"]].all()

    # a lot of 90 m2 is of type 4, which owes no zonal park and more for other uses
    assert found["target"].isna()["reserve_other"]
    assert not found.loc["reserve_other", "met"].any()
    assert list(found.index) == list(plans["160"].indicators.index)


def test_compare_says_what_to_do(plan):
    with pytest.raises(RuleError, match="two or more"):
        compare({"a": plan})
    with pytest.raises(RuleError, match="'a' has no indicators"):
        compare({"a": plan, "b": plan})
