"""Catalogues of zones: what is shipped, what is refused, and what fills the gaps of zones."""

from datetime import date

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis.errors import NormError, SchemaError
from ilo_gis.sources import CONFIDENCE, STATUS
from ilo_gis.tables.catalogues import catalogue, catalogues, corresponding, with_parameters

OWN = """
[catalogue]
title = "Ours"
title_es = "Nuestro"
since = 2024-01-01
source = "Ordinance 1"
confidence = "read"
status = "settled"

[zones.A]
en = "Housing"
es = "Residencial"
family = "housing"
color = "#f7c653"

[zones.A.parameters]
min_area = 120
min_free_area = 0.3
"""


def zones(**columns):
    count = len(next(iter(columns.values())))
    shapes = [shapely.box(10 * k, 0, 10 * k + 10, 10) for k in range(count)]
    return gpd.GeoDataFrame(columns, geometry=shapes, index=[f"z{k}" for k in range(count)], crs=32719)


@pytest.mark.parametrize("one", catalogues().values(), ids=lambda one: one.name)
def test_every_shipped_code_is_traceable(one):
    for zone in one.zones.values():
        assert zone.source
        assert zone.confidence in CONFIDENCE
        assert zone.status in STATUS
        if zone.parameters:
            assert "Lima" in zone.parameters_source  # no source gives figures of Ilo
            assert zone.parameters_status == "illustrative"


def test_codes_changed_in_october_2022():
    def codes(day):
        return {code for one in catalogues().values() if one.in_force(day) for code in one.zones}

    assert {"RDM", "I1-R", "ZRP", "OU"} <= codes(date(2022, 10, 4))
    assert codes(date(2022, 10, 5)) == {
        f"urban_{density}" for density in ("very_low", "low", "medium", "high", "very_high")
    }
    assert {"R2", "EX"} <= codes(date(1990, 1, 1))


def test_correspondence_goes_both_ways_and_says_what_is_open():
    there = corresponding("RDA", "pe_2016", "pe_2022")
    assert there.codes == ("urban_high", "urban_very_high")
    assert there.status == "unresolved"
    assert there.note_es
    for code, zone in catalogue("pe_2016").zones.items():
        for other in corresponding(code, "pe_2016", "pe_2022").codes:
            assert code in corresponding(other, "pe_2022", "pe_2016").codes, zone
    assert corresponding("I4", "pe_2016", "pe_2022").codes == ()
    with pytest.raises(NormError, match="Near: RDM"):
        corresponding("RDMM", "pe_2016", "pe_2022")


def test_gaps_are_filled_and_told_and_nothing_else_changes():
    given = zones(catalogue=["pe_2016"] * 2, code=["RDM", "I4"], min_area=[120.0, np.nan])
    filled = with_parameters(given)
    assert filled["min_area"].tolist()[0] == 120.0
    assert np.isnan(filled.at["z1", "min_area"])  # no source gives one for industry
    assert filled["family"].tolist() == ["housing", "industry"]
    assert filled["density_class"].isna().tolist() == [False, True]
    assert filled["max_floors"].tolist()[0] == 3
    assert filled["from_catalogue"].tolist() == ["net_density, min_frontage, max_floors, min_free_area", ""]
    assert list(given.columns) == ["catalogue", "code", "min_area", "geometry"]
    assert with_parameters(given.iloc[:0]).columns.tolist() == filled.columns.tolist()


def test_unknown_codes_are_named_with_the_near_ones():
    wrong = zones(catalogue=["pe_2016", "pe_2016", "lima"], code=["RDN", "RDM", "RDM"])
    with pytest.raises(SchemaError, match=r"z0: code 'RDN' is not in pe_2016; near: RDM") as told:
        with_parameters(wrong)
    assert "z2: catalogue 'lima' is unknown" in str(told.value)


def test_a_catalogue_of_ones_own(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(OWN, "utf-8")
    ours = catalogue(path)
    filled = with_parameters(zones(catalogue=["ours"], code=["A"]), {"ours": ours})
    assert filled["min_area"].tolist() == [120.0]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('color = "#f7c653"', 'color = "yellow"', "line 14, key zones.A.color: 'yellow' is no colour"),
        ("min_free_area = 0.3", "min_free_area = 30", "write 0.30 for 30 %"),
        (
            "min_area = 120",
            'min_area = "120 m2"',
            "key zones.A.parameters.min_area: '120 m2' is not a number",
        ),
        ('family = "housing"', 'family = "houses"', "none of: housing, mixed"),
        ("since = 2024-01-01", 'since = "2024"', "is no date"),
        ('es = "Residencial"', "", "key zones.A.es: missing"),
        ('title = "Ours"', 'title = "Ours', "not valid TOML"),
    ],
)
def test_a_broken_catalogue_is_refused_with_the_line(tmp_path, old, new, says):
    path = tmp_path / "ours.toml"
    path.write_text(OWN.replace(old, new), "utf-8")
    with pytest.raises(NormError) as told:
        catalogue(path)
    assert says in str(told.value)
    assert "ours.toml" in str(told.value)


def test_an_unknown_catalogue_lists_the_known():
    with pytest.raises(NormError, match="pe_2016, pe_2022"):
        catalogue("pe_2017")
