"""Land given and received, costs that are not known, households without a place, what is overdue."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis import io
from ilo_gis.errors import RuleError
from ilo_gis.relocation import balance, reserve_lots

ON = pd.Timestamp("1994-06-30")
NAMES = ("occupants", "agreements", "obligations", "receiving_sites", "moves")


@pytest.fixture
def tables():
    return {name: io.sample(name) for name in NAMES}


@pytest.mark.parametrize(
    ("on", "received"),
    [
        ("1993-10-31", 0),
        ("1993-11-30", 400),
        ("1994-06-30", 5400),
        ("1994-12-31", 19_400),
        ("1995-07-31", 27_400),
    ],
)
def test_land_received_grows_to_that_of_table_3(tables, on, received):
    total = balance(*tables.values(), pd.Timestamp(on)).agreements.loc["total"]
    assert (total["land"], total["land_received"]) == (27_400, received)


def test_costs_that_are_not_known_stay_unknown(tables):
    found = balance(*tables.values(), ON)
    assert found.payers["known"].isna().all()  # Table 3 tells no cost
    assert found.payers["agreements_unknown"].tolist() == [10, 10, 10]
    assert found.agreements.loc["total", "costs_unknown"] == 30
    deals = tables["agreements"].assign(cost_municipality=[1000.0, 250.0] + [np.nan] * 8)
    found = balance(*(tables | {"agreements": deals}).values(), ON)
    assert found.payers.loc["municipality"].tolist() == [1250.0, 2, 8]
    assert found.agreements.loc["total", "cost_municipality"] == 1250.0
    assert found.agreements.loc["total", "costs_unknown"] == 28
    assert np.isnan(found.agreements.loc["total", "cost_other"])


def test_land_given_is_that_of_the_lots(tables):
    before = balance(*tables.values(), ON).agreements
    assert before["land_given"].isna()[["A-04", "A-06", "total"]].all()
    assert before.at["total", "land_unknown"] == 2
    shapes = [shapely.box(10 * k, 0, 10 * k + 10, 20) for k in range(9)]
    lots = {"block_id": ["MT"] * 5 + ["MP", "MQ", "MR", "MS"], "kind": "lot"}
    index = pd.Index([f"{b}-{k}" for k, b in enumerate(lots["block_id"], 1)], name="lot_id", dtype=object)
    plan = gpd.GeoDataFrame(lots, geometry=shapes, index=index, crs=tables["occupants"].crs)
    made = reserve_lots(tables["receiving_sites"], plan)
    after = balance(*(tables | {"receiving_sites": made.receiving_sites}).values(), ON).agreements
    assert after["land_given"][["A-04", "A-06", "total"]].tolist() == [1000, 800, 1800]
    assert after.at["total", "difference"] == 5400 - 1800
    assert after.at["A-05", "land_given"] == 0  # an order gives no land


def test_households_without_a_place_in_both_readings(tables):
    places = balance(*tables.values(), ON).places.loc["la_picuda"]
    assert places[["households", "if_persons", "room", "without", "without_if_persons"]].tolist() == [
        60,
        12,
        72,
        0,
        0,
    ]
    for room, without, rows in ((60, [0, 0], 1), (59, [1, 0], 2), (12, [48, 0], 2), (7, [53, 5], 2)):
        sites = tables["receiving_sites"].copy()
        sites.loc[sites["receiving_id"] == "la_picuda_block", "capacity"] = room
        found = balance(*(tables | {"receiving_sites": sites}).values(), ON)
        assert found.places.loc["la_picuda", ["without", "without_if_persons"]].tolist() == without
        wrong = found.findings[found.findings["rule"] == "relocation.no_place"]
        assert set(wrong["severity"]) == {"error"}
        assert len(wrong) == rows, "with those of calle Comercio, for whom the source tells no place"


def test_no_order_no_finding_yet_and_no_place_named_afterwards(tables):
    early = balance(*tables.values(), pd.Timestamp("1993-12-31")).findings
    assert "relocation.no_place" not in set(early["rule"])
    told = balance(*tables.values(), ON).findings
    (row,) = told[told["rule"] == "relocation.no_place"].to_dict("records")
    assert row["feature"] == "calle_comercio"
    assert "≥ 1" in row["message_es"]


def test_obligations_open_and_overdue_by_party(tables):
    duties = tables["obligations"].set_index("obligation_id")
    duties.loc["O-01", "due"] = pd.Timestamp("1994-06-29")  # IMARPE, fulfilled in September
    duties.loc["O-02", "due"] = ON  # not yet overdue on its own day
    found = balance(*(tables | {"obligations": duties}).values(), ON)
    assert found.parties.loc["IMARPE"].tolist() == [0, 2, 1, 0]
    assert found.parties.loc["Aduana"].tolist() == [1, 0, 0, 0]
    assert found.agreements.loc["A-01", ["obligations", "open", "overdue"]].tolist() == [2, 2, 1]


def test_two_in_one_place_are_named(tables):
    land = tables["occupants"].set_index("occupant_id")
    land.loc["zegarra", "receiving_id"] = "police_lot"
    land.loc["calle_comercio", "receiving_id"] = "la_picuda_block"  # households, and its room is told
    found = balance(*(tables | {"occupants": land}).values(), ON).findings
    (told,) = found[found["rule"] == "relocation.site_twice"].to_dict("records")
    assert told["feature"] == "zegarra"
    assert "police_lot, police" in told["message"]


def test_empty_tables_and_a_day_that_is_none(tables):
    bare = balance(*(table.iloc[:0] for table in tables.values()), ON)
    assert bare.agreements.empty
    assert bare.places.empty
    assert bare.findings.empty
    with pytest.raises(RuleError, match="should be a date"):
        balance(*tables.values(), "june")
