"""How many people zones have room for, by hand."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import zoning
from ilo_gis.errors import CRSError, RuleError, SchemaError

FIVE = {"dwellings_per_lot": 1, "persons_per_dwelling": 5}
SUMS = ["zones", "area", "net_area", "lots", "dwellings", "persons", "persons_by_density", "lots_laid_out"]


def zones(**columns):
    """Three zones of 2 ha in a row: two of housing of 100 m2 lots and 300 persons/ha net, one of industry."""
    count = len(next(iter(columns.values()))) if columns else 3
    table = {
        "catalogue": "pe_2016",
        "code": ["RDM", "RDB", "I2"][:count],
        "min_area": 100.0,
        "net_density": [300.0, 300.0, np.nan][:count],
        "phase": [1, 2, 2][:count],
    } | columns
    shapes = [shapely.box(200 * k, 0, 200 * k + 200, 100) for k in range(count)]
    index = pd.Index([f"Z{k}" for k in range(count)], name="zone_id")
    return gpd.GeoDataFrame(table, index=index, geometry=shapes, crs=32719)


def test_net_land_gives_lots_dwellings_and_persons():
    room = zoning.capacity(zones(), net_share=0.6, **FIVE)
    # 2 ha x 0.6 = 1.2 ha of lots: 120 lots of 100 m2, 600 persons; 300 persons/ha allow 360
    assert room.loc["Z0", ["net_area", "lots", "persons", "gross_density"]].tolist() == [
        12_000,
        120,
        600,
        300,
    ]
    assert room.loc["Z0", ["persons_by_density", "dwellings_by_density", "gross_by_density"]].tolist() == [
        360,
        72,
        180,
    ]
    assert room.loc["Z2", ["housing_area", "net_area", "lots", "persons"]].tolist() == [
        0,
        0,
        0,
        0,
    ]  # industry


def test_gross_density_is_that_of_all_land():
    room = zoning.capacity(zones(), net_share=0.6, by="phase", **FIVE)
    assert room["gross_density"].tolist() == [300, 150]  # the second has 2 ha of industry too


def test_a_part_of_a_lot_is_none():
    room = zoning.capacity(zones(min_area=[130.0] * 3), net_share=0.6, **FIVE)
    assert room.loc["Z0", "lots"] == 92  # 12,000 / 130 = 92.3
    third = zoning.capacity(zones(), net_share=0.6, dwellings_per_lot=1.2, persons_per_dwelling=4.4)
    assert third.loc["Z0", ["dwellings", "persons"]].tolist() == [144, 633]  # 633.6


def test_lots_as_they_are_laid_out():
    lots = pd.DataFrame(
        {
            "zone_id": ["Z0"] * 7 + ["Z2", None],
            "area": 120.0,
            "kind": ["lot"] * 6 + ["remnant", "lot", "lot"],
        }
    )
    room = zoning.capacity(zones(), lots, **FIVE)
    assert room["lots_laid_out"].tolist() == [6, 0, 0]
    assert room["persons_laid_out"].tolist() == [30, 0, 0]
    assert room["net_area"].tolist() == [720, 0, 0]  # measured; nobody lives on the lot of industry
    assert room.loc["Z0", "gross_laid_out"] == 15
    assert zoning.capacity(zones(), lots, net_share=0.6, **FIVE)["net_area"].tolist() == [12_000, 12_000, 0]


def test_lots_too_many_for_the_net_density_of_their_zone_are_told():
    lots = pd.DataFrame({"zone_id": ["Z0"] * 6 + ["Z1"] * 6 + ["Z2"] * 9, "area": [200.0] * 6 + [90.0] * 15})
    found = zoning.check_density(zones(), lots, **FIVE)
    # Z0: 30 persons on 1,200 m2 at 300 persons/ha are 36 at most; Z1: 30 on 540 m2, 16; Z2 is industry
    assert found[["feature", "rule", "required", "found"]].to_numpy().tolist() == [
        ["Z1", "zone.density", 16, 30]
    ]
    assert found["severity"].tolist() == ["warning"]
    assert (
        "zona Z1 (RDB) albergarían 30 habitantes; su densidad neta permite 16" in found["message_es"].iloc[0]
    )
    assert zoning.check_density(zones(), lots[:6], **FIVE).empty
    assert zoning.check_density(zones(net_density=[np.nan] * 3, code=["ZRP"] * 3), lots, **FIVE).empty
    assert zoning.check_density(zones().iloc[:0], lots[:0], **FIVE).empty


def test_what_is_not_known_is_counted_and_left_empty():
    bare = zones(code=["RDB", "urban_medium"], catalogue=["pe_2016", "pe_2022"], net_density=[300.0, np.nan])
    room = zoning.capacity(bare, net_share=0.6, by="phase", **FIVE)
    assert room["no_density"].tolist() == [0, 1]
    assert room["persons_by_density"].fillna(-1).tolist() == [360, -1]


@settings(max_examples=20, deadline=None)
@given(st.floats(0.05, 1), st.floats(0.5, 6), st.floats(30, 900), st.permutations(range(3)))
def test_sums_are_the_same_whatever_zones_are_taken_together_by(share, persons, least, order):
    table = zones(min_area=[least] * 3)
    lots = pd.DataFrame({"zone_id": ["Z0", "Z1", "Z1"], "area": 90.0})
    more = {"net_share": share, "dwellings_per_lot": 1, "persons_per_dwelling": persons}
    whole = zoning.capacity(table, lots, **more)[SUMS].sum()
    for by in ("code", "phase", "family"):
        other = zoning.capacity(
            table.iloc[list(order)].assign(family=["housing", "housing", "industry"]), lots, by=by, **more
        )
        assert np.allclose(other[SUMS].sum().astype(float), whole.astype(float))
    assert whole["lots"] * least <= whole["net_area"] + 1e-6


def test_zones_are_cut_along_phases_and_no_land_is_lost():
    phases = gpd.GeoDataFrame(
        {"stage": ["A", "B", "A"]},
        geometry=[
            shapely.box(-50, -50, 100, 50),
            shapely.box(100, -50, 300, 150),
            shapely.box(-50, 50, 100, 150),
        ],
        crs=32719,
    )
    cut = zoning.zones_by_area(zones(), phases, "stage")
    assert cut.area.to_dict() == {"Z0/A": 10_000, "Z0/B": 10_000, "Z1": 10_000, "Z1/B": 10_000, "Z2": 20_000}
    room = zoning.capacity(cut, net_share=0.6, by="stage", **FIVE)
    assert room["lots"].to_dict() == {"": 60, "A": 60, "B": 120}


def test_input_that_cannot_be_counted_is_refused():
    with pytest.raises(RuleError, match="Give net_share"):
        zoning.capacity(zones(), **FIVE)
    with pytest.raises(RuleError, match="at most 1"):
        zoning.capacity(zones(), net_share=60, **FIVE)
    with pytest.raises(RuleError, match="above 0"):
        zoning.capacity(zones(), net_share=0.6, dwellings_per_lot=0, persons_per_dwelling=5)
    with pytest.raises(SchemaError, match=r"RDN.*near: RDM"):
        zoning.capacity(zones(code=["RDN", "RDB", "I2"]), net_share=0.6, **FIVE)
    with pytest.raises(SchemaError, match="no column 'stage'"):
        zoning.capacity(zones(), net_share=0.6, by="stage", **FIVE)
    with pytest.raises(SchemaError, match="Z9"):
        zoning.capacity(zones(), pd.DataFrame({"zone_id": ["Z9"], "area": [90.0]}), **FIVE)
    with pytest.raises(SchemaError, match="assign"):
        zoning.capacity(zones(), pd.DataFrame({"area": [90.0]}), **FIVE)
    twice = pd.concat([zones(), zones().rename(index=lambda name: name + "b")])
    with pytest.raises(SchemaError, match=r"Z0 and Z0b .20000.00 m2."):
        zoning.capacity(twice, net_share=0.6, **FIVE)
    with pytest.raises(CRSError):
        zoning.capacity(zones().to_crs(4326), net_share=0.6, **FIVE)
