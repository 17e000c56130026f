"""Schools, health posts and parks for a number of inhabitants."""

import geopandas as gpd
import pytest
import shapely

from ilo_gis import norms
from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.zoning import facilities_needed

PE = norms.load("pe")


def test_facilities_of_sixty_thousand():
    needed = facilities_needed(60_000, PE, area=4_000_000, lot_type=4)
    assert needed["needed"].dropna().to_dict() == {
        "preschool": 24, "primary_school": 10, "secondary_school": 6,
        "health_post": 20, "health_centre": 1, "hospital": 1,
    }  # fmt: skip
    assert needed["area_needed"].to_dict() == {
        "preschool": 24_000, "primary_school": 60_000, "secondary_school": 60_000,
        "health_post": 7000, "health_centre": 1200, "hospital": 4000, "recreation": 320_000,
    }  # fmt: skip
    assert facilities_needed(2499, PE)["needed"].sum() == 0
    assert facilities_needed(0, PE, area=0, lot_type=6)["area_needed"].sum() == 0


def test_each_reserve_serves_one_facility_and_the_rest_is_short():
    # 6,000 persons: two preschools (1,000 m2), one primary school (6,000), two health posts (350)
    kinds = ["education", "educación", "education", "parque", "other", "other"]
    uses = [None, None, "preschool", None, None, "market"]
    areas = [6500, 1200, 900, 5000, 400, 400]
    reserves = gpd.GeoDataFrame(
        {"kind": kinds, "use": uses}, geometry=[shapely.box(0, 0, 10, a / 10) for a in areas], crs=32719
    )
    found = facilities_needed(6000, PE, area=100_000, lot_type=4, reserves=reserves)
    assert found["sites"].to_dict() == {
        "preschool": 1, "primary_school": 1, "secondary_school": 0,
        "health_post": 1, "health_centre": 0, "hospital": 0, "recreation": 1,
    }  # fmt: skip
    assert found.loc["preschool", ["short", "area_short"]].tolist() == [1, 1000]  # one is too small
    assert found.loc["health_post", ["area_reserved", "short"]].tolist() == [400, 1]  # one is a market
    assert found.loc["recreation", ["area_reserved", "area_short"]].tolist() == [5000, 3000]
    assert found.loc["primary_school", "area_short"] == 0


def test_figures_that_make_no_sense_are_refused():
    with pytest.raises(RuleError, match="0 or more"):
        facilities_needed(-1, PE)
    with pytest.raises(RuleError, match="lot_type"):
        facilities_needed(100, PE, area=1e4)
    bare = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 9, 9)], crs=32719)
    with pytest.raises(SchemaError, match="'kind'"):
        facilities_needed(100, PE, reserves=bare)
