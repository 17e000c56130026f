"""Rules of the shore, with strips and distances that can be checked by hand."""

import datetime

import geopandas as gpd
import pytest
import shapely

from ilo_gis import norms
from ilo_gis.errors import CRSError
from ilo_gis.relocation import check_shore

TODAY, THEN = norms.load("pe"), norms.load("pe", on=datetime.date(1995, 7, 31))


def layer(shapes, **columns):
    return gpd.GeoDataFrame(columns, index=[f"P{k}" for k in range(len(shapes))], geometry=shapes, crs=32719)


def coast(length=3000):
    return layer([shapely.LineString([(0, 0), (0, length)])])


def seafront():
    return layer(
        [shapely.box(0, 0, 30, 100), shapely.box(30, 0, 90, 100), shapely.box(60, 100, 70, 200)],
        use=["promenade", "housing", "Vivienda"],
    )


def points(*north):
    return layer([shapely.Point(20, y) for y in north])


def told(found):
    return sorted((f, r, x) for f, r, x in found[["feature", "rule", "found"]].to_numpy(dtype=object))


def test_buildings_keep_off_the_beach():
    found = check_shore(seafront(), coast(), TODAY, accesses=points(900, 1900, 2000))
    assert told(found) == [
        ("P1", "shore.beach_built", 2000),
        ("P1", "shore.restricted_built", 4000),
        ("P2", "shore.restricted_built", 1000),
    ]
    error = found.iloc[0]
    assert (error["severity"], error["article"]) == ("error", "Ley 26856 Art. 1")
    assert "2,000 m2" in error["message_es"]
    assert error.geometry.bounds == (30, 0, 50, 100)
    found = check_shore(seafront(), coast(), TODAY, accesses=points(900, 1900), built=["promenade"])
    assert told(found)[0] == ("1+900 – 3+000", "shore.access_gap", 1100)
    assert told(found)[1] == ("P0", "shore.beach_built", 3000)


def test_land_without_a_use_is_told_what_of_it_is_public():
    freed = seafront().drop(columns="use")
    found = check_shore(freed, coast(), TODAY, accesses=points(900, 1900, 2900))
    assert told(found) == [("P0", "shore.beach_public", 3000), ("P1", "shore.beach_public", 2000)]
    assert set(found["severity"]) == {"info"}


def test_ways_to_the_beach_are_at_most_a_kilometre_apart():
    ways = points(400, 1400, 2600)  # the first two are apart by the very distance
    street = layer([shapely.LineString([(200, 1000), (51, 1000)])])  # ends 1 m behind the strip
    for accesses in (ways, ways.iloc[::-1], gpd.pd.concat([ways, street.set_axis(["S"])])):
        found = check_shore(seafront().iloc[:1], coast(), TODAY, accesses=accesses)
        assert told(found) == [("1+400 – 2+600", "shore.access_gap", 1200)]
    assert found["required"].iloc[0] == 1000
    assert found.geometry.iloc[0].equals(shapely.LineString([(0, 1400), (0, 2600)]))
    none = check_shore(seafront().iloc[:1], coast(), TODAY, accesses=ways.iloc[:0])
    assert told(none) == [("0+000 – 3+000", "shore.access_gap", 3000)]
    unknown = check_shore(seafront().iloc[:1], coast(), TODAY)
    assert unknown["rule"].tolist() == ["shore.access_unknown"]


def test_on_an_island_the_way_goes_round():
    island = layer([shapely.box(0, 0, 1000, 1000).exterior])
    land = layer([shapely.box(100, 100, 200, 200)], use=["promenade"])
    ways = layer([shapely.Point(500, 0), shapely.Point(0, 400)])
    found = check_shore(land, island, TODAY, accesses=ways)
    assert told(found) == [("0+500 – 3+600", "shore.access_gap", pytest.approx(3100))]
    ways = layer([shapely.Point(1000, 100), shapely.Point(1000, 900)])
    found = check_shore(land, island, TODAY, accesses=ways)
    assert told(found) == [("1+900 – 1+100", "shore.access_gap", pytest.approx(3200))]


def test_the_railway_has_its_zone_and_had_its_claim():
    track = layer([shapely.LineString([(80, -50), (80, 250)])])
    now = check_shore(seafront(), coast(100), TODAY, railway=track, accesses=points(50))
    rail = [row for row in told(now) if "railway" in row[1]]
    assert rail == [
        ("P1", "shore.railway_built", 1000),
        ("P1", "shore.railway_claim", 3000),
        ("P1", "shore.railway_influence", 5000),
        ("P2", "shore.railway_claim", 1000),
        ("P2", "shore.railway_influence", 1000),
    ]
    then = check_shore(seafront(), coast(100), THEN, railway=track)
    assert [row for row in told(then) if row[0].startswith("P")] == [
        ("P1", "shore.railway_claim", 3000),
        ("P2", "shore.railway_claim", 1000),
    ]


def test_rules_that_were_not_in_force_are_told():
    found = check_shore(seafront(), coast(), THEN, accesses=points())
    assert set(found["rule"]) == {"constraints.no_norm"}
    said = " ".join(found["message"])
    assert all(norm in said for norm in ("beach_public", "beach_restricted", "beach_access"))


def test_bad_layers_are_refused_and_nothing_gives_nothing():
    with pytest.raises(CRSError, match="set_crs"):
        check_shore(seafront().set_crs(None, allow_override=True), coast(), TODAY)
    with pytest.raises(CRSError, match="railway"):
        check_shore(seafront(), coast(), TODAY, railway=coast().to_crs(32718))
    none = check_shore(seafront().iloc[:0], coast(500), TODAY, accesses=points(100))
    assert none.empty
