"""What may be built where, on which day, and why."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import NormError, RuleError
from ilo_gis.tables.catalogues import catalogues
from ilo_gis.zoning import permitted, use_index

OWN = """
[index]
title = "Ours"
title_es = "Nuestro"
article = "Ordinance 1, annex 2"
source = "Ordinance 1"
confidence = "read"
status = "settled"

[uses.bodega]
en = "Shop"
es = "Bodega"
compatible = ["RDB"]
"""


def zone(**more):
    row = {
        "plan": "PDU",
        "approved": pd.Timestamp("2018-05-04"),
        "catalogue": "pe_2016",
        "code": "RDM",
    } | more
    return gpd.GeoDataFrame([row], geometry=[shapely.box(0, 0, 9, 9)], index=["Z-1"], crs=32719).loc["Z-1"]


@pytest.mark.parametrize(
    ("use", "code", "index"),
    [
        ("vivienda unifamiliar", "RDB", "compatible"),
        ("VIVIENDA_MULTIFAMILIAR", "RDB", "conditional"),  # a code goes before its family
        ("Bodega", "RDM", "compatible"),
        ("fábrica de harina de pescado", "RDM", "incompatible"),
        ("harina", "I4", "compatible"),
        ("posta médica", "R2", "compatible"),
        ("parque", "I4", "incompatible"),
        ("mercado", "urban_high", "conditional"),
    ],
)
def test_index(use, code, index):
    found = permitted(use, code)
    assert found.index == index
    assert found.allowed == (index != "incompatible")
    assert found.status == "illustrative"
    assert found.code in found.reason
    assert found.code in found.reason_es


def test_the_reason_tells_where_else_or_under_what_condition():
    refused = permitted("industria pesada", "RDM")
    assert refused.reason_es == (
        "Industria pesada: uso no compatible en Residencial de densidad media (RDM). Sí en: I3, I4."
    )
    assert "estudio vial" in permitted("mercado", "CE").reason_es


def test_the_day_picks_the_catalogue_and_refuses_codes_of_another_time():
    found = permitted("bodega", "RDM", on=date(2022, 10, 4))
    assert (found.catalogue, found.since) == ("pe_2016", date(2016, 12, 24))
    with pytest.raises(
        RuleError, match=r"'RDM' was not in force on 2022-10-05.*pe_2016 from 2016-12-24 until"
    ):
        permitted("bodega", "RDM", on=date(2022, 10, 5))
    assert permitted("bodega", "RDM").catalogue == "pe_2016"  # the only one that has it
    with pytest.raises(RuleError, match=r"No catalogue has the code 'RDN'. Near: RDM \(pe_2016\)"):
        permitted("bodega", "RDN")
    both = {"a": catalogues()["pe_2016"], "b": catalogues()["pe_2016"]}
    with pytest.raises(RuleError, match="several catalogues"):
        permitted("bodega", "RDM", catalogues=both)


def test_a_zone_keeps_its_code_and_holds_on_its_days():
    found = permitted("bodega", zone(), on=date(2025, 1, 1))  # a plan approved in time keeps its codes
    assert (found.plan, found.since, found.index) == ("PDU", date(2018, 5, 4), "compatible")
    for day, row in ((date(2018, 5, 3), zone()), (date(2020, 1, 1), zone(until=pd.Timestamp("2020-01-01")))):
        with pytest.raises(RuleError, match=r"Zone Z-1 of PDU holds from 2018-05-04.*zones_on"):
            permitted("bodega", row, on=day)
    with pytest.raises(RuleError, match=r"Zone Z-1: code 'RDN' is not in pe_2016. Near: RDM"):
        permitted("bodega", zone(code="RDN"))


def test_an_unknown_use_lists_the_near_ones():
    with pytest.raises(RuleError, match=r"no use 'fabrica de arina'. Near: harina_de_pescado"):
        permitted("fabrica de arina", "RDM")
    with pytest.raises(RuleError, match="There are: vivienda_unifamiliar"):
        permitted("xyzzy", "RDM")


def test_words_of_the_index_are_codes_and_families_and_no_word_means_two_uses():
    zones = [zone for one in catalogues().values() for zone in one.zones.values()]
    known = {zone.code for zone in zones} | {zone.family for zone in zones}
    listed = use_index().uses.values()
    for use in listed:
        assert set(use.compatible) | set(use.conditional) <= known, use.name
        assert not set(use.compatible) & set(use.conditional), use.name
        for word in (use.name, use.en, use.es, *use.also):
            assert permitted(word, "RDM").use == use.name
    assert len(listed) >= 25


def test_an_index_of_ones_own_replaces_the_shipped_one(tmp_path):
    path = tmp_path / "usos.toml"
    path.write_text(OWN, "utf-8")
    own = use_index(path)
    assert permitted("bodega", "RDM", index=own).index == "incompatible"
    found = permitted("bodega", "RDB", index=own)
    assert (found.index, found.article, found.status) == ("compatible", "Ordinance 1, annex 2", "settled")
    path.write_text(OWN.replace("compatible = ", "compatibles = ").replace('"read"', '"sure"'), "utf-8")
    with pytest.raises(NormError, match=r"line 13, key uses.bodega.compatibles: unknown key") as told:
        use_index(path)
    assert "confidence is one of" in str(told.value)
