"""Sites of schools and health posts by inhabitants."""

import geopandas as gpd
import shapely

from ilo_gis import norms
from ilo_gis.subdivision.facility_sites import facility_sites, with_uses

PE = norms.load("pe")


def test_as_many_sites_as_inhabitants_and_land_allow():
    # 13,000 persons: 1 secondary (10,000), 2 primary (6,000), 5 preschools (1,000); 4 health posts (350)
    areas = {"education": 27_000.0, "other": 1000.0, "recreation": 9000.0}
    assert facility_sites(PE, 13_000, areas, smallest={"other": 400.0}) == {
        "education": [10_000.0, 6000.0, 6000.0, *[1000.0] * 5],
        "other": [400.0, 400.0],
    }
    assert facility_sites(PE, 13_000, areas, largest=6500.0)["education"][:3] == [6000.0, 6000.0, 1000.0]
    assert facility_sites(PE, 100, areas) == {}


def test_each_facility_has_one_piece_and_the_others_are_told():
    sizes = {"A": 6500.0, "B": 1000.0, "C": 900.0, "D": 400.0}
    kind = ["education", "education", "education", "other"]
    reserves = gpd.GeoDataFrame(
        {"block_id": list(sizes), "kind": kind, "area": list(sizes.values())},
        index=list(sizes), geometry=[shapely.box(0, 0, 10, area / 10) for area in sizes.values()], crs=32719,
    )  # fmt: skip
    done, told = with_uses(reserves, PE, 6000, {"education": 8400.0, "other": 400.0}, {"other": 400.0})
    assert done["use"].dropna().to_dict() == {"A": "primary_school", "B": "preschool", "D": "health_post"}
    assert told["message"].tolist() == [
        "1 of 2 preschools have a site. Give the use a larger share, or larger blocks.",
        "1 of 2 health posts have a site. Give the use a larger share, or larger blocks.",
    ]
    assert told["message_es"].iloc[1].startswith("Tienen terreno 1 de 2 puestos de salud.")
