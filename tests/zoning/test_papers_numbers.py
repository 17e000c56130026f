"""Numbers printed in the papers on Ilo beside those that the library works out."""

from datetime import date

import geopandas as gpd
import pytest
import shapely

from ilo_gis import io, norms
from ilo_gis.zoning import (
    capacity,
    facilities_needed,
    growth_rates,
    level_demand,
    population,
    zones_by_area,
    zones_on,
)

PAMPA = 60_000  # residents that the Pampa has room for, and more (S99, II.c)
PE = norms.load("pe")
HOUSEHOLD = {"dwellings_per_lot": 1, "persons_per_dwelling": 5}


def test_growth_of_ilo_by_period():
    found = growth_rates(population())["rate"].mul(100).round(1)
    assert found.to_dict() == {
        "1941-1961": 12.2,
        "1961-1972": 7.0,
        "1972-1981": 6.8,
        "1981-1993": 1.2,
        "1993-1999": 5.3,
    }


def test_people_of_ilo_grew_sixfold_from_1961_to_1999():
    seen = population()
    seen = seen[seen["used"]].set_index("year")["persons"]
    assert seen[1999] / seen[1961] == 6
    assert seen[1972] / seen[1941] == 21  # "twenty-fold in three decades"


def test_ten_thousand_lots_in_seven_years_are_1429_a_year():
    needed = level_demand(10_000 / 7, range(1990, 1997))["lots"]
    assert needed.sum() == 10_000
    assert needed.max() == 1429
    assert needed.mean() == pytest.approx(1428.57, abs=0.01)


@pytest.mark.parametrize(
    ("hectares", "net_share", "net", "gross"), [(400, 0.6, 250, 150), (600, 0.5, 200, 100)]
)
def test_the_pampa_is_full_at_150_on_400_ha_and_at_100_on_600(hectares, net_share, net, gross):
    zone = {"catalogue": ["pe_2016"], "code": ["RDM"], "net_density": [float(net)]}
    land = gpd.GeoDataFrame(zone, geometry=[shapely.box(0, 0, 1000, 10 * hectares)], crs=32719)
    room = capacity(land, net_share=net_share, **HOUSEHOLD).iloc[0]
    assert room["persons_by_density"] == PAMPA
    assert room["gross_by_density"] == pytest.approx(gross)
    if gross == 150:  # the least of UN-Habitat, by km2
        assert gross == PE["international.density"].value / 100


def test_the_pampa_of_the_sample_houses_more_than_the_paper_says():
    pampa = io.sample("pampa")
    zones = zones_on(io.sample("zones").set_index("zone_id"), date(2026, 1, 1))
    zones = zones_by_area(zones, pampa, "name").dropna(subset="name")
    share = PE["international.sites_and_services"].value["saleable"][0]
    room = capacity(zones, net_share=share, by="name", **HOUSEHOLD).iloc[0]
    assert room["area"] == pytest.approx(pampa.area.sum(), rel=1e-5)
    assert PAMPA / (room["area"] / 1e4) == pytest.approx(141.05, abs=0.01)  # gross density that it takes
    assert min(room["persons"], room["persons_by_density"]) > PAMPA
    assert 150 * room["area"] / 1e4 > PAMPA


def test_facilities_of_the_pampa():
    needed = facilities_needed(PAMPA, PE)["needed"]
    uses = ["preschool", "primary_school", "secondary_school", "health_post", "health_centre"]
    assert needed[uses].tolist() == [24, 10, 6, 20, 1]
