"""Forms that project files carry: every column has its place, every limit of the file its reason."""

from xml.etree import ElementTree as ET

import pytest

from ilo_gis import tables
from ilo_gis.io.ddl import key_of
from ilo_gis.plotting.qml import qml
from ilo_gis.tables import integrity

OF_STORE = {"scenario", "row_version"}


def parts(table):
    return ET.fromstring(qml(table).partition("\n")[2])


@pytest.mark.parametrize("table", [name for name in tables.names() if name not in ("people", "history")])
def test_every_column_is_in_one_tab_and_every_limit_has_a_reason(table):
    root = parts(table)
    columns = set(tables.describe(table).index) - {"geometry"}
    shown = [field.get("name") for field in root.iter("attributeEditorField")]
    assert sorted(shown) == sorted(columns | OF_STORE)
    reasons = {c.get("field"): c for c in root.findall("constraintExpressions/constraint")}
    limited = columns & ({*integrity.ranges(table).index} | {*integrity.words(table)})
    assert limited | set(integrity.never_missing(table)) - {"geometry"} <= set(reasons)
    assert all(reason.get("desc") for reason in reasons.values())
    strengths = {c.get("field"): c for c in root.findall("constraints/constraint")}
    assert {strengths[column].get("exp_strength") for column in limited} <= {"1"}
    assert strengths[key_of(table)].get("notnull_strength") == "1"


def test_words_are_chosen_by_their_spanish_names():
    root = parts("zones")
    codes = {
        o.get("name"): o.get("value")
        for o in root.find("fieldConfiguration/field[@name='code']").iter("Option")
    }
    assert codes["RDM: Residencial de densidad media"] == "RDM"
    named = parts("history").find("fieldConfiguration/field[@name='table']").iter("Option")
    assert {o.get("name"): o.get("value") for o in named}["Aportes reglamentarios"] == "reserves"
    assert root.find("aliases/alias[@field='max_height']").get("name") == "Altura de edificación (m)"
    assert root.find("editable/field[@name='area']").get("editable") == "0"
