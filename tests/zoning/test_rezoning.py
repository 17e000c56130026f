"""A change of zoning: land conserved, the plan before it kept, its effects told."""

import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import RuleError
from ilo_gis.tables import empty
from ilo_gis.zoning import ZoneChange, rezone, zones_on

DAY = datetime.date(2026, 1, 15)
BEFORE = datetime.date(2026, 1, 14)
X, Y = 254_000, 8_047_000


def zones():
    """Return four zones of 100 m by 50 m round one corner."""
    boxes = [(0, 50, 100, 100), (100, 50, 200, 100), (0, 0, 100, 50), (100, 0, 200, 50)]
    return gpd.GeoDataFrame(
        {
            "plan": "PDU",
            "approved": pd.Timestamp("2018-05-01"),
            "catalogue": "pe_2016",
            "code": ["RDB", "RDM", "RDM", "ZRP"],
            "net_density": [100.0, 330.0, 330.0, np.nan],
        },
        index=["Z1", "Z2", "Z3", "Z4"],
        geometry=[shapely.affinity.translate(shapely.box(*b), X, Y) for b in boxes],
        crs=32719,
    )


def land(*corners):
    return shapely.Polygon([(X + x, Y + y) for x, y in corners])


def change(**more):
    return ZoneChange(
        **{"code": "RDA", "by": "Concejo Provincial", "resolution": "OM 1-2026", "date": DAY} | more
    )


corner = st.tuples(st.floats(1, 199), st.floats(1, 99))


@settings(max_examples=40, deadline=None)
@given(st.lists(corner, min_size=3, max_size=6))
def test_no_land_is_lost_and_zones_share_their_vertices(points):
    area = land(*points).convex_hull
    if area.geom_type != "Polygon" or area.area < 5:
        return
    table = zones()
    made = rezone(table, change(geometry=area))
    now, was = zones_on(made.zones, DAY), zones_on(made.zones, BEFORE)
    assert now.area.sum() == pytest.approx(20_000, abs=1e-6)
    assert shapely.coverage_is_valid(np.asarray(now.geometry.array))
    assert sorted(was.index) == ["Z1", "Z2", "Z3", "Z4"]
    assert all(was.geometry[k].equals(table.geometry[k]) for k in was.index)
    new = now[now["code"] == "RDA"]
    assert new.area.sum() == pytest.approx(area.area, abs=4.0)  # slivers below 1 m2 fall to the other side
    assert made.record["area"].sum() == pytest.approx(new.area.sum())


def test_the_record_tells_who_what_when_and_the_effect():
    lots = gpd.GeoDataFrame(
        index=["K-1", "K-2"],
        geometry=[land((0, 0), (10, 0), (10, 20), (0, 20)), land((10, 0), (30, 0), (30, 20), (10, 20))],
        crs=32719,
    )
    made = rezone(
        zones(),
        change(
            zone_ids=("Z3",), reason="Densificación", parameters={"min_area": 300.0, "net_density": 500.0}
        ),
        lots=lots,
        net_share=0.6,
    )
    row = made.record.iloc[0]
    assert (row["by"], row["resolution"], row["reason"]) == (
        "Concejo Provincial",
        "OM 1-2026",
        "Densificación",
    )
    assert (row["code_before"], row["code_after"], row["area"]) == ("RDM", "RDA", 5000)
    assert (row["zones_before"], row["zones_after"]) == ("Z3", "RDA-20260115")
    assert (row["capacity_before"], row["capacity_after"]) == (99, 150)  # 0.3 ha net by 330 and by 500
    assert (row["nonconforming_before"], row["nonconforming_after"]) == (0, 1)
    said = made.findings.iloc[0]
    assert len(made.findings) == 1
    assert (said["feature"], said["rule"], said["article"]) == ("K-1", "conformity.min_area", "OM 1-2026")


def test_capacity_is_empty_where_a_density_is_unknown_and_none_where_nobody_lives():
    unknown = rezone(zones(), change(zone_ids=("Z3",)), net_share=0.6).record.iloc[0]  # RDA has none
    park = rezone(zones(), change(zone_ids=("Z3",), code="ZRP"), net_share=0.6).record.iloc[0]
    assert pd.isna(unknown["capacity_after"])
    assert (park["capacity_before"], park["capacity_after"]) == (99, 0)


def test_without_lots_or_a_share_nothing_is_said_of_capacity():
    row = rezone(zones(), change(zone_ids=("Z3",))).record.iloc[0]
    assert row[["capacity_before", "nonconforming_after"]].isna().all()


def test_a_later_change_cuts_what_an_earlier_one_left():
    first = rezone(zones(), change(geometry=land((60, 0), (100, 0), (100, 50), (60, 50))))
    later = datetime.date(2027, 3, 1)
    second = rezone(
        first.zones, change(code="CZ", date=later, geometry=land((0, 0), (80, 0), (80, 50), (0, 50)))
    )
    now = zones_on(second.zones, later)
    assert now["area"].round(6).to_dict() == {
        "Z1": 5000, "Z2": 5000, "Z4": 5000, "RDA-20260115/1": 1000, "CZ-20270301": 4000,
    }  # fmt: skip
    assert zones_on(second.zones, DAY).index.tolist() == ["Z1", "Z2", "Z4", "Z3/1", "RDA-20260115"]
    with pytest.raises(RuleError, match="order of their days"):
        rezone(second.zones, change(date=datetime.date(2026, 6, 1), zone_ids=("RDA-20260115",)))


EARLY = datetime.date(2017, 1, 1)
BEYOND = land((150, 20), (250, 20), (250, 30), (150, 30))
WITHIN = land((0, 0), (9, 0), (9, 9))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"resolution": " "}, "no resolution"),
        ({"by": ""}, "no by"),
        ({"zone_ids": ()}, "either zone_ids, or the geometry"),
        ({"code": "RDN"}, "no code 'RDN'. Near: RDM"),
        ({"zone_ids": ("Z33",)}, "no zone Z33. Zones with ids like it: Z3"),
        ({"date": datetime.date(2018, 5, 1)}, "begin on or after 2018-05-01"),
        ({"date": EARLY}, "not in force on 2017-01-01: it holds from 2018"),
        ({"zone_ids": (), "geometry": BEYOND}, "500.00 m2 of the land lie outside"),
        ({"date": EARLY, "zone_ids": (), "geometry": WITHIN}, "no plan here yet"),
        ({"parameters": {"colour": 1}}, "Unknown parameters colour"),
    ],
)
def test_what_cannot_be_is_refused(wrong, said):
    with pytest.raises(RuleError, match=said):
        rezone(zones(), change(**{"zone_ids": ("Z3",)} | wrong))


def test_a_plan_without_zones_has_none_to_change():
    with pytest.raises(RuleError, match="no zone Z3"):
        rezone(empty("zones", 32719), change(zone_ids=("Z3",)))
