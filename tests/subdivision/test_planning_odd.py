"""Whole plans of odd sites and briefs: what once went wrong."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.affinity import rotate

from ilo_gis.geometry.network import connected
from ilo_gis.geometry.rows import row_streets
from ilo_gis.subdivision import Brief, LotRule, plan_site

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
