import geopandas as gpd
import pytest
from shapely import box

from ilo_gis.errors import CRSError, GeometryError, SchemaError
from ilo_gis.site import balance, buildable, held_share

LAND = gpd.GeoDataFrame(geometry=[box(0, 0, 100, 50), box(0, 50, 100, 100)], crs=32719)


def held(*pairs):
    holders, shapes = zip(*pairs, strict=True)
    return gpd.GeoDataFrame({"holder": list(holders)}, geometry=list(shapes), crs=32719)


def test_shares_disputed_land_and_land_of_nobody():
    holdings = held(
        ("Industria", box(-50, 0, 40, 100)),
        ("industry", box(30, 0, 60, 100)),  # its own land again counts once
        ("estado", box(50, 0, 80, 100)),
        ("Cooperativa", box(80, 0, 85, 100)),
        (None, box(90, 0, 100, 100)),
    )
    found = held_share(LAND, holdings)
    assert found["value"].to_dict() == pytest.approx(
        {
            "held.industry": 60,
            "held.state": 30,
            "held.Cooperativa": 5,
            "held.disputed": 10,
            "held.unknown": 15,
        }
    )
    assert found.loc["held.state", "label_es"] == "Suelo apto para urbanizar en poder de: Estado"
    assert set(found["unit"]) == {"%"}


def test_nobody_and_nothing():
    assert held_share(LAND, held(("x", box(0, 0, 1, 1))).iloc[:0])["value"].to_dict() == {"held.unknown": 100}
    assert held_share(LAND.iloc[:0], held(("x", box(0, 0, 1, 1)))).empty


def test_bad_holdings_are_named():
    with pytest.raises(SchemaError, match=r"no column 'dueño'.*holder"):
        held_share(LAND, held(("x", box(0, 0, 1, 1))), holder="dueño")
    with pytest.raises(CRSError, match="holdings is in"):
        held_share(LAND, held(("x", box(0, 0, 1, 1))).to_crs(24879))
    with pytest.raises(GeometryError, match=r"holdings: 1 of 1"):
        held_share(LAND, gpd.GeoDataFrame({"holder": ["x"]}, geometry=[None], crs=32719))


def test_the_balance_counts_once_and_in_full():
    told = gpd.GeoDataFrame(
        {"reason": ["ravine", "fault", "airport"], "effect": ["forbid", "forbid", "limit"]},
        geometry=[box(0, 0, 20, 100), box(10, 0, 30, 100), box(0, 0, 100, 50)],
        crs=32719,
    )
    found = balance(*buildable(LAND, told))
    assert found.reset_index().to_numpy().tolist() == [
        ["ravine", "forbid", 2000, 2000, 20],
        ["fault", "forbid", 1000, 2000, 10],
        ["airport", "limit", 3500, 3500, 35],
    ]
    assert balance(*buildable(LAND)).empty
