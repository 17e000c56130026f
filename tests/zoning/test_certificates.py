"""The certificate of a lot as data."""

import dataclasses
import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.tables.certificate import Certificate
from ilo_gis.zoning import certificate

DAY = datetime.date(2026, 2, 28)


def lots():
    """Return a block of two rows of four lots of 8 m by 20 m, one of them a remnant."""
    boxes = [shapely.box(8 * i, 20 * j, 8 * i + 8, 20 * j + 20) for j in (0, 1) for i in range(4)]
    number = pd.array([*range(1, 8), None], dtype="Int64")
    index = [*(f"K-{n}" for n in range(1, 8)), "K-R1"]
    kind = ["lot"] * 7 + ["remnant"]
    columns = {"block_id": "K", "number": number, "kind": kind, "frontage": 8.0, "owner": "somebody"}
    return gpd.GeoDataFrame(columns, index=index, geometry=boxes, crs=32719)


def zones():
    return gpd.GeoDataFrame(
        {
            "plan": "PDU",
            "act": ["OM 1-2018", "OM 1-2018"],
            "approved": pd.Timestamp("2018-05-01"),
            "catalogue": "pe_2016",
            "code": ["RDM", "ZRP"],
            "min_area": [120.0, np.nan],
            "setback": ["3 m frontal", None],
        },
        index=["Z1", "Z2"],
        geometry=[shapely.box(-50, -50, 28, 90), shapely.box(28, -50, 90, 90)],
        crs=32719,
    )


def test_it_says_what_the_law_asks_for_and_where_it_comes_from():
    said = certificate("K-2", lots(), zones(), on=DAY, issuer="Municipalidad Provincial de Ilo")
    assert (said.block, said.number, said.area, said.frontage) == ("K", "2", 160, 8)
    assert (said.zone_id, said.code, said.name_es) == ("Z1", "RDM", "Residencial de densidad media")
    assert (said.plan, said.act, said.approved) == ("PDU", "OM 1-2018", datetime.date(2018, 5, 1))
    assert said.valid_until == datetime.date(2029, 2, 28)
    figures = {one.name: one for one in said.parameters}
    assert (figures["min_area"].value, figures["min_area"].illustrative) == (120, False)
    assert (figures["min_frontage"].value, figures["min_frontage"].illustrative) == (6, True)
    assert figures["setback"].value == "3 m frontal"
    assert figures["parking"].value is None
    assert ("Bodega", "compatible") in {(one.es.split()[0], one.index) for one in said.uses}
    assert (said.surroundings["layer"] == "own").sum() == 1


def test_a_split_lot_and_what_is_unchecked_are_told():
    rules = set(certificate("K-4", lots(), zones(), on=DAY).findings["rule"])
    assert rules == {"conformity.split", "certificate.term", "certificate.uses"}


def test_nobody_is_named():
    said = certificate("K-2", lots(), zones(), on=DAY)
    assert not any("owner" in field.name for field in dataclasses.fields(Certificate))
    assert "somebody" not in str(said)
    assert "owner" not in said.surroundings


@pytest.mark.parametrize(
    ("lot", "said"), [("K-22", "Lots with ids like it: K-2"), ("K-R1", "remnant"), ("K-7", "in no zone")]
)
def test_what_cannot_be_certified_is_refused(lot, said):
    with pytest.raises(RuleError, match=said):
        certificate(
            lot, lots(), zones().iloc[:1].set_geometry([shapely.box(0, 0, 32, 20)], crs=32719), on=DAY
        )
