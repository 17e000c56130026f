"""Rules of eligibility one by one, terms to mend, and what cannot stand in a register."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import ReadError, RuleError, SchemaError
from ilo_gis.promuvi import check_register, eligibility, reason_texts, usual_rules

ON = date(1996, 3, 31)
HOME = {
    "members": 4,
    "dependants": 2,
    "income": 900.0,
    "resident_since": "1990-01-01",
    "tenure": "rents",
    "owns_property": False,
    "participation": 3,
}
ASKED = {
    "applied_on": "1996-01-15",
    "need_municipality": True,
    "need_leaders": True,
    "accepts_layout": True,
}


def register(*cases):
    """Return applicants and households, one a case; a case changes what is else as the rules ask."""
    asked, homes = [], []
    for number, case in enumerate(cases):
        asked.append(
            {"household_id": f"H{number}"} | ASKED | {k: v for k, v in case.items() if k not in HOME}
        )
        homes.append(HOME | {k: v for k, v in case.items() if k in HOME})
    index = [pd.Index([f"{letter}{n}" for n in range(len(cases))], name=name)
             for letter, name in (("A", "applicant_id"), ("H", "household_id"))]  # fmt: skip
    return pd.DataFrame(asked, index[0]), pd.DataFrame(homes, index[1])


@pytest.mark.parametrize(
    ("case", "status", "reasons"),
    [
        ({}, "eligible", None),
        ({"need_municipality": False, "need_leaders": False}, "excluded", "social_need"),
        ({"need_municipality": False}, "observed", "social_need.disputed"),
        ({"need_leaders": None}, "observed", "missing.need_leaders"),
        ({"owns_property": True}, "excluded", "owns_property"),
        ({"owns_property": None}, "observed", "missing.owns_property"),
        ({"accepts_layout": False}, "observed", "layout"),
        ({"resident_since": "1994-03-31"}, "eligible", None),
        ({"resident_since": "1994-04-01"}, "excluded", "residence"),
        ({"income": None, "owns_property": True}, "excluded", "owns_property;missing.income"),
        ({"household_id": "H99"}, "observed", "household"),
        ({"household_id": None}, "observed", "missing.household_id"),
        ({"applied_on": None}, "observed", "missing.applied_on"),
    ],
)
def test_each_rule_gives_its_reason(case, status, reasons):
    made = eligibility(*register(case), ON).loc["A0"]
    assert made["status"] == status
    assert made["reasons"] == reasons or (reasons is None and pd.isna(made["reasons"]))
    assert (made["mend_by"] == pd.Timestamp("1996-04-30")) == (status == "observed")


def test_the_earliest_application_of_a_household_counts():
    asked, homes = register({}, {}, {})
    asked["household_id"] = "H1"
    asked["applied_on"] = ["1996-01-15", "1996-01-02", "1996-01-02"]
    made = eligibility(asked.iloc[::-1], homes, ON)
    assert made["status"].to_dict() == {"A0": "excluded", "A1": "eligible", "A2": "excluded"}
    assert set(made["reasons"].dropna()) == {"one_per_household"}


def test_observations_can_be_mended_until_the_last_day_of_the_term_and_not_after():
    asked, homes = register({"accepts_layout": False}, {"accepts_layout": False}, {})
    first = eligibility(asked, homes, ON)
    mended = asked.assign(accepts_layout=[True, False, True])
    last_day = eligibility(mended, homes, date(1996, 4, 30), before=first)
    assert last_day["status"].tolist() == ["eligible", "observed", "eligible"]
    assert last_day.at["A1", "mend_by"] == pd.Timestamp("1996-04-30")  # the term does not start anew
    late = eligibility(mended, homes, date(1996, 5, 1), before=last_day)
    assert late.loc["A1", ["status", "reasons"]].tolist() == ["excluded", "layout;term"]
    too_late = eligibility(asked.assign(accepts_layout=True), homes, date(1996, 6, 1), before=late)
    assert too_late.loc["A1", ["status", "reasons"]].tolist() == ["excluded", "term"]


def test_who_holds_a_lot_is_excluded():
    made = eligibility(*register({}, {}), ON, holders=["H1"])
    assert made["status"].tolist() == ["eligible", "excluded"]
    assert made.at["A1", "reasons"] == "holds_lot"


def test_every_reason_is_said_in_both_languages():
    codes = ["social_need.disputed;missing.owns_property", "residence", "one_per_household", "term;holds_lot"]
    for lang in ("es", "en"):
        texts = reason_texts(pd.Series([*codes, None]), lang)
        assert texts[:4].str.endswith(".").all()
        assert texts[4] is None
    assert reason_texts(pd.Series(["residence"])).item() == "El hogar reside en el distrito menos de 2 años."
    with pytest.raises(RuleError, match="no reason"):
        reason_texts(pd.Series(["because"]))


def test_what_cannot_stand_in_a_register_is_named_by_id():
    asked, homes = register(
        {"household_id": "H77"}, {"applied_on": None}, {"applied_on": "1997-01-01"}, {"members": 0}, {}
    )
    found = check_register(asked, homes.assign(income=[1, 1, -5, 1, 1]), ON)
    assert set(zip(found["feature"], found["rule"], strict=True)) == {
        ("A0", "promuvi.household_unknown"),
        ("A1", "promuvi.applicant_incomplete"),
        ("A2", "promuvi.future"),
        ("H3", "promuvi.household_figure"),
        ("H2", "promuvi.household_figure"),
    }  # H3: no members, and more dependants than members
    assert set(found["severity"]) == {"error"}


def test_input_is_kept_rows_may_be_shuffled_and_nothing_gives_nothing():
    cases = [{"need_leaders": None}, {"owns_property": True}, {}, {"household_id": "H2"}]
    asked, homes = register(*cases)
    before = asked.copy(), homes.copy()
    made = eligibility(asked, homes, ON)
    pd.testing.assert_frame_equal(asked, before[0])
    pd.testing.assert_frame_equal(homes, before[1])
    again = eligibility(asked.sample(frac=1, random_state=3), homes.iloc[::-1], ON)
    pd.testing.assert_frame_equal(made, again)
    bare = eligibility(asked.iloc[:0], homes, ON)
    assert bare.empty
    assert list(bare.columns) == list(made.columns)


def test_tables_and_rules_that_make_no_sense_are_refused(tmp_path):
    asked, homes = register({}, {})
    with pytest.raises(SchemaError, match="members"):
        eligibility(asked, homes.drop(columns="members"), ON)
    with pytest.raises(SchemaError, match="repeats: A0"):
        eligibility(asked.set_axis(["A0", "A0"]).rename_axis("applicant_id"), homes, ON)
    with pytest.raises(RuleError, match="date"):
        eligibility(asked, homes, "today")
    own = tmp_path / "rules.toml"
    own.write_text("mend_days = 5\nterm = 3\n[rules]\n[texts]\n", "utf-8")
    with pytest.raises(ReadError, match="term"):
        usual_rules(own)


def test_rules_are_data(tmp_path):
    own = tmp_path / "rules.toml"
    told = (
        'mend_days = 5\n[texts]\n[rules.tenure]\ncolumns = ["resident_since"]\nasks = "years"\nvalue = {}\n'
    )
    own.write_text(told.format(7) + 'effect = "observed"\nen = "-"\nes = "-"\n', "utf-8")
    made = eligibility(*register({"owns_property": True}), ON, usual_rules(own))
    assert made.loc["A0", ["status", "reasons"]].tolist() == ["observed", "tenure"]
    assert made.at["A0", "mend_by"] == pd.Timestamp(ON) + np.timedelta64(5, "D")
