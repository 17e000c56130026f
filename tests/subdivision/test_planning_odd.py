"""Whole plans of odd sites and briefs: what once went wrong."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.affinity import rotate

from ilo_gis.geometry.network import connected
from ilo_gis.geometry.rows import row_streets
from ilo_gis.subdivision import Brief, LotRule, ParkRule, plan_site

RULE = LotRule(min_area=160.0, min_frontage=8.0)
ORIGIN = np.array([256_000.0, 8_052_000.0])


def layer(*shapes, crs=32719, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


@pytest.mark.parametrize("turn", [0.0, 23.0])
def test_lots_that_stay_may_have_any_coordinates_and_the_letters_of_new_blocks(turn):
    x, y = np.add(ORIGIN, [100.123456789, 70.987654321])
    houses = [rotate(shapely.box(x + k, y, x + k + 8, y + 20), turn, origin=(x, y)) for k in (0, 8)]
    locked = gpd.GeoDataFrame(geometry=houses, index=["A-1", "A-2"], crs=32719)
    site = layer(shapely.box(*ORIGIN, *np.add(ORIGIN, [200, 160])))
    plan = plan_site(site, Brief(rule=RULE, orientation=0.0), locked=locked)
    assert not (plan.findings["severity"] == "error").any(), plan.findings["message"].tolist()
    assert plan.lots.loc[locked.index].geometry.to_wkb().equals(locked.geometry.to_wkb())
    assert plan.lots.loc[plan.lots["block_id"] == "A"].index.tolist() == ["A-1", "A-2"]


def test_rows_may_run_along_a_bent_guide_itself():
    guide = shapely.LineString(np.add([(-1083, 796), (-20, -101), (864, -1408)], ORIGIN))
    land = shapely.box(*(ORIGIN - 300), *(ORIGIN + 300))
    lines, row = row_streets(land, guide, np.array([1e-11, 50.0]), 30.0)  # GEOS cannot offset by the first
    assert row.tolist() == [0, 1]
    assert shapely.dwithin(lines[0], guide, 1e-9)


def ring():
    middle = shapely.Point(ORIGIN)
    return layer(middle.buffer(120.0) - shapely.Point(np.add(ORIGIN, [12.0, 0.0])).buffer(76.0))


def test_land_round_a_hole_has_one_network_of_streets_all_round_it():
    plan = plan_site(ring(), Brief(rule=RULE, orientation=0.0, max_block_length=200.0))
    assert "streets.apart" not in set(plan.findings["rule"])
    assert connected(np.asarray(plan.street_lines.geometry.array)).max() == 0


def box(width, height):
    return layer(shapely.box(*ORIGIN, *np.add(ORIGIN, [width, height])))


LONG_FRONT = LotRule(min_area=160.0, min_frontage=60.0)
IMPOSSIBLE = {  # width and height of the site, brief, what the findings say gives way
    "land smaller than a lot": (10, 12, {}, "block.no_lot"),
    "land thinner than a street": (300, 0.5, {}, "block.no_lot"),
    "reserves of 60 % in whole parks": (300, 240, {"reserves": 0.6}, "reserve.share"),
    "parks 200 m wide": (300, 240, {"reserves": 0.13, "parks": ParkRule(width=200.0)}, "reserve.share"),
    "parks 20 m from all lots": (
        300,
        240,
        {"reserves": 0.08, "parks": ParkRule(reach=20.0)},
        "reserve.reach",
    ),
    "lots of 2,000 m2": (100, 100, {"rule": LotRule(2000.0, 20.0), "reserves": 0.08}, "reserve.share"),
    "fronts of 60 m": (300, 240, {"rule": LONG_FRONT}, "block.no_lot"),
    "blocks of 20 m": (200, 160, {"min_block_length": 10.0, "max_block_length": 20.0}, "block.length"),
}


@pytest.mark.parametrize(("width", "height", "changes", "rule"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_had_is_told_and_the_rest_is_planned(width, height, changes, rule):
    site, brief = box(width, height), Brief(**({"rule": RULE, "orientation": 0.0} | changes))
    plan = plan_site(site, brief)
    assert rule in set(plan.findings["rule"])
    parts = plan.lots.area.sum() + plan.reserves.area.sum() + plan.streets.area.sum()
    assert parts == pytest.approx(site.area.sum(), rel=1e-9)
    assert (plan.lots.loc[plan.lots["kind"] == "lot"].area >= brief.rule.min_area - 1e-3).all()
