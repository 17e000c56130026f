"""What forms are made of: the parameters and results of every tool, and calls with the values of a form."""

from datetime import date

import pandas as pd
import pytest
from contract_cases import CASES, about

from ilo_gis import calling, norms, signatures, subdivision, tables
from ilo_gis.errors import ReadError, RuleError, SchemaError
from ilo_gis.signatures import KINDS, NOT_OFFERED, parameters, results, summary
from ilo_gis.tools import NAMES

tools = pytest.mark.parametrize("name", NAMES)
WITHOUT_TABLE = {"cells": ["output"]}  # ids and squares, nothing else


@tools
def test_every_parameter_has_a_kind_a_text_and_a_name_of_its_own(name):
    for one in parameters(NAMES[name]):
        assert one.kind in KINDS
        assert one.text, f"{name}.{one.name}"
        assert not one.text.startswith("As "), f"{name}.{one.name} tells only of another tool"
        assert one.choices or one.kind != "choice"


@tools
def test_every_result_is_a_declared_table_or_a_figure(name):
    bare = [one.name for one in results(NAMES[name]) if one.kind in ("layer", "table") and not one.table]
    assert bare == WITHOUT_TABLE.get(name, [])
    assert summary(NAMES[name]).endswith(".")


@tools
def test_the_layers_of_a_case_are_what_the_signature_asks_for(name):
    table, more = CASES[name]
    given = more() | {about(NAMES[name]).name: table()}
    for one in parameters(NAMES[name]):
        layer = given.get(one.name)
        if one.kind == "layer" and one.geometry != "Geometry" and layer is not None:
            assert set(layer.geom_type.dropna()) <= {one.geometry, f"Multi{one.geometry}"}, one.name


def test_what_is_not_offered_is_there_to_be_offered():
    for left in NOT_OFFERED:
        owner, field = left.split(".")
        made = NAMES.get(owner) or getattr(subdivision, owner)
        assert field in made.__annotations__, left


def test_a_type_that_no_form_can_ask_for_is_refused():
    def odd(what: complex) -> pd.DataFrame:
        """Do something.

        Parameters
        ----------
        what : complex
            A number that no planner has.
        """

    with pytest.raises(SchemaError, match=r"odd\.what is a .*NOT_OFFERED"):
        parameters(odd)


def test_a_brief_is_built_as_the_command_line_builds_it():
    values = {"lot_type": 4, "ochavo": 3.0, "orientation": "45", "reserves": {"recreation": 0.1}}
    made = calling.arguments(subdivision.plan_site, values | {"norms_on": date(2021, 1, 1)})
    wanted = subdivision.Brief.from_norms(
        norms.load("pe", on=date(2021, 1, 1)),
        4,
        rule=subdivision.LotRule.from_norms(norms.load("pe"), 4, ochavo=3.0),
        orientation=45,
        reserves={"recreation": 0.1},
    )
    assert made["brief"] == wanted
    assert made["norms"].on == date(2021, 1, 1)


def test_a_rule_that_nobody_gave_is_none():
    assert "rule" not in calling.arguments(subdivision.check_lots, {"remainder": "spread", "min_area": None})
    with pytest.raises(RuleError, match="LotRule lacks min_area, min_frontage"):
        calling.arguments(subdivision.cut_lots, {"ochavo": 3.0})


def test_figures_not_given_are_those_of_the_norms():
    terms = calling.arguments(NAMES["taps"], {"max_walk": 200.0})["terms"]
    assert (terms.capacity, terms.max_walk) == (100, 200.0)


def test_heights_need_a_layer_that_tells_where():
    with pytest.raises(ReadError, match="give the site"):
        calling.arguments(NAMES["slope_constraints"], {"elevation": "heights.tif"})


def test_a_layer_of_a_declared_table_tells_its_name():
    told = {one.name: one.table for one in parameters(NAMES["stretches"]) if one.kind in ("layer", "table")}
    assert told == {
        "coast": "",
        "occupants": "occupants",
        "states": "occupant_states",
        "seafront": "seafront",
    }
    assert set(told.values()) <= {"", *tables.names()}
    assert signatures.purpose(NAMES["cut_lots"])[0].startswith("Lots stand in rows along the streets")
