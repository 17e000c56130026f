"""Lots held against their zones."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import SchemaError
from ilo_gis.zoning import lot_conformity

ZONES = gpd.GeoDataFrame(
    {
        "plan": "PDU",
        "act": ["OM 1-2018", "OM 1-2018"],
        "approved": pd.Timestamp("2018-05-01"),
        "catalogue": "pe_2016",
        "code": ["RDM", "ZRP"],
        "min_area": [120.0, np.nan],
        "max_floors": [3.0, np.nan],
    },
    index=["Z1", "Z2"],
    geometry=[shapely.box(0, 0, 100, 50), shapely.box(100, 0, 200, 50)],
    crs=32719,
)


def lots(*boxes, **columns):
    index = [f"K-{k + 1}" for k in range(len(boxes))]
    return gpd.GeoDataFrame(columns, index=index, geometry=[shapely.box(*b) for b in boxes], crs=32719)


def told(found):
    return {(row.feature, row.rule.removeprefix("conformity."), row.severity) for row in found.itertuples()}


def test_each_parameter_is_measured_with_act_required_and_found():
    three = lots((0, 0, 5, 20), (5, 0, 11, 20), (11, 0, 19, 20), frontage=[5.0, 6.0, 8.0], floors=[1, 3, 4])
    found = lot_conformity(three, ZONES)
    assert told(found) == {
        ("K-1", "min_area", "error"),
        ("K-1", "min_frontage", "warning"),  # 6 m is Lima's example, not the plan's
        ("K-3", "max_floors", "error"),
        ("", "illustrative", "info"),
    }
    area = found[found["rule"] == "conformity.min_area"].iloc[0]
    assert (area["article"], area["required"], area["found"]) == ("OM 1-2018", 120, 100)
    assert "RDM" in area["message_es"]


def test_a_lot_older_than_its_zone_stays_legal():
    two = lots((0, 0, 5, 20), (5, 0, 10, 20), since=pd.to_datetime(["1990-01-01", "2020-01-01"]))
    assert told(lot_conformity(two, ZONES)) == {
        ("K-1", "min_area", "warning"),
        ("K-1", "prior", "info"),
        ("K-2", "min_area", "error"),
    }


def test_split_lots_lots_outside_and_remnants():
    four = lots(
        (95, 0, 105, 20),
        (300, 0, 310, 20),
        (0, 0, 1, 1),
        (96, 20, 110, 40),
        kind=["lot", "lot", "remnant", "lot"],
    )
    found = lot_conformity(four, ZONES)
    assert told(found) == {
        ("K-1", "split", "warning"),
        ("K-2", "outside", "warning"),
        ("K-4", "split", "warning"),
    }
    parts = found.set_index("feature")["message"]
    assert "Z2 71.4%; Z1 28.6%" in parts["K-4"]


def test_text_in_a_number_column_is_read_or_named():
    said = lots((0, 0, 8, 20), (8, 0, 16, 20), floors=["4", "NULL"])
    assert told(lot_conformity(said, ZONES)) == {("K-1", "max_floors", "error")}
    with pytest.raises(SchemaError, match="K-1: 'four'"):
        lot_conformity(said.assign(floors=["four", None]), ZONES)


def test_a_use_that_the_zone_does_not_permit():
    two = lots((0, 0, 8, 20), (110, 0, 118, 20), use=["bodega", "harina de pescado"])
    found = lot_conformity(two, ZONES)
    assert told(found) == {("K-2", "use", "warning"), ("", "illustrative", "info")}  # the index is an example
    assert "harina de pescado – ZRP" in found["message_es"].iloc[0]
