import dataclasses
from xml.etree import ElementTree as ET

import pytest

from ilo_gis import tables
from ilo_gis.plotting import STYLES, qml

SPATIAL = [f.name for f in dataclasses.fields(tables.Plan) if "geometry" in tables.describe(f.name).index]


def test_every_layer_of_a_plan_has_looks_and_they_name_real_columns():
    assert set(STYLES) == set(SPATIAL)
    for name, style in STYLES.items():
        columns = tables.describe(name).index
        assert style.column is None or style.column in columns
        assert style.label is None or style.label.column in columns


@pytest.mark.parametrize("name", [*SPATIAL, "summary"])
def test_qml_gives_the_spanish_name_of_every_column(name):
    root = ET.fromstring(qml(name))
    spec = tables.describe(name)["alias_es"].drop("geometry", errors="ignore")
    of_store = {"scenario": "Escenario", "row_version": "Versión de la fila"}
    told = {a.get("field"): a.get("name").partition(" (")[0] for a in root.iter("alias")}
    assert told == of_store | spec.to_dict()


def test_findings_take_the_symbols_of_the_geometries_at_hand():
    for kinds, expected in (
        (["Point", "Polygon", "MultiPolygon"], "2"),
        (["LineString"], "1"),
        (["Point"], "0"),
    ):
        assert ET.fromstring(qml("findings", kinds)).findtext("layerGeometryType") == expected


def test_qml_sorts_reserves_by_use_whatever_it_is_called():
    categories = list(ET.fromstring(qml("reserves")).iter("category"))
    words = {c.get("label"): [v.get("value") for v in c.iter("val")] or [c.get("value")] for c in categories}
    assert {"recreation", "parque", "Parque"} <= set(words["Recreación pública"])
    assert {"education", "equipamiento"} <= set(words["Educación"])
    assert words["Aportes"] == [""]


def test_outlines_of_lots_and_blocks_get_thinner_on_small_maps_and_those_of_findings_do_not():
    def by_scale(name, *kinds):
        options = ET.fromstring(qml(name, kinds)).iterfind(".//symbol//Option[@name='outlineWidth']/Option")
        return {option.get("value") for option in options if option.get("name") == "expression"}

    assert by_scale("lots") == {"0.1 * min(1, 5000 / @map_scale)"}
    assert by_scale("blocks") == {"0.4 * min(1, 7500 / @map_scale)"}
    assert by_scale("findings", "Polygon") == set()
