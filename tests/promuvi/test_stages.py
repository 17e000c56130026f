"""Rules as data, the state on a day, and what lots lack for a stage."""

import tomllib
from importlib.resources import files

import pandas as pd
import pytest

from ilo_gis.errors import ReadError, RuleError, SchemaError
from ilo_gis.promuvi import check_events, stage_rules, state_on, why_not

TODAY = pd.Timestamp("1992-06-30")
LOTS = pd.DataFrame({"block_id": ["A", "A", "B"]}, pd.Index(["A-1", "A-2", "B-1"], name="lot_id"))
EVENTS = pd.DataFrame(
    [
        ("A-1", "h", "allotted", "1990-01-10"),
        ("A-2", "g", "allotted", "1990-01-10"),
        ("A-1", "h", "occupied", "1990-06-01"),
        ("A-1", "h", "lived_in", "1990-09-01"),
    ],
    columns=["lot_id", "household_id", "kind", "date"],
    index=pd.Index(["E-1", "E-2", "E-3", "E-4"], name="event_id"),
)
SERVICING = ("clearing", "survey", "layout", "tap", "latrine")


def own_rules():
    return tomllib.loads((files("ilo_gis.promuvi") / "stages.toml").read_text("utf-8"))


def works(*names, block="A", **columns):
    table = pd.DataFrame({"service": names, "scope": "block", "target_id": block} | columns)
    return table.set_axis(pd.Index([f"{block}-{n}" for n in range(len(table))], name="work_id"))


def lacking(lot, stage=None, *, events=EVENTS, on=TODAY, **given):
    told = why_not(lot, stage, events=events, lots=LOTS, on=on, **given)
    return list(zip(told["stage"], told["condition"], told["required"], told["found"], strict=True))


def test_every_rule_says_where_it_comes_from():
    rules = stage_rules()
    for table in (rules.events, rules.guards):
        assert (table["source"] != "").all()
        assert ((table["article"] != "") | (table["status"] == "illustrative")).all()
    figures = rules.guards[rules.guards["days"] > 0]
    assert (figures["status"] == "illustrative").all()  # no source gives a term


def test_rules_of_your_own_count():
    rules = own_rules()
    rules["guards"]["absence_before_notice"]["days"] = 1
    rules["guards"]["absence_before_reversion"]["days"] = 1
    rules["guards"]["term_after_notice"]["days"] = 0
    rows = [("not_lived_in", "1990-07-01"), ("notice", "1990-07-02"), ("reverted", "1990-07-02")]
    more = pd.DataFrame(rows, columns=["kind", "date"], index=["E-5", "E-6", "E-7"])
    events = pd.concat([EVENTS, more.assign(lot_id="A-2", household_id="g")]).rename_axis("event_id")
    assert state_on(events, TODAY)["stage"].to_dict() == {"A-1": "occupied", "A-2": "allotted"}
    assert state_on(events, TODAY, rules=rules)["stage"]["A-2"] == "free"


def test_rules_without_sense_are_named_entry_by_entry(tmp_path):
    rules = own_rules()
    rules["events"]["occupied"]["from"] = ["alotted"]
    rules["guards"]["grading"]["services"] = ["gradin"]
    with pytest.raises(RuleError) as told:
        stage_rules(rules)
    assert "events.occupied: there is no stage 'alotted' (did you mean allotted" in str(told.value)
    assert "guards.grading: there is no work 'gradin' (did you mean grading" in str(told.value)
    rules["guards"]["grading"]["days"] = -1
    with pytest.raises(RuleError, match=r"guards\.grading: days is -1"):
        stage_rules(rules)
    with pytest.raises(RuleError, match="stages, events, guards are missing"):
        stage_rules({})
    file = tmp_path / "own.toml"
    file.write_text("[stages", "utf-8")
    with pytest.raises(ReadError, match=r"own\.toml"):
        stage_rules(file)


def test_state_on_a_day_is_derived():
    told = [state_on(EVENTS, pd.Timestamp(day), LOTS)["stage"].tolist() for day in
            ("1990-01-09", "1990-01-10", "1990-06-01")]  # fmt: skip
    assert told == [["free"] * 3, ["allotted", "allotted", "free"], ["occupied", "allotted", "free"]]
    with pytest.raises(RuleError, match="should be a date"):
        state_on(EVENTS, "june", LOTS)


def test_what_is_missing_is_told_with_the_rule():
    done = works(*SERVICING, done="1990-05-01")
    plans = works("water_plan", "sewer_plan", planned="1993-01-01").set_axis(["P-1", "P-2"])
    both = pd.concat([done, plans]).rename_axis("work_id")
    assert lacking("A-1", works=both) == [
        ("adjudicated", "plans", "water_plan", "planned"),
        ("adjudicated", "plans", "sewer_plan", "planned"),
        ("adjudicated", "plans", "electricity_plan", "none"),
        ("adjudicated", "grading", "grading", "none"),
        (
            "adjudicated",
            "assembly_work",
            "trees|grading|marking|earthworks|latrine",
            "trees: none | grading: none | marking: none | earthworks: none | latrine: done",
        ),  # the latrine was not built with the assembly
    ]
    told = why_not("A-1", events=EVENTS, lots=LOTS, works=both, on=TODAY)
    assert (
        told["es"].iloc[0] == "Proyectos de agua, desagüe y electrificación: falta Proyecto de agua potable"
    )
    assert told["source"].str.contains("section II.c").all()
    assert told.index[0] == "A-1:adjudicated:plans:water_plan"


def test_a_lot_that_has_the_stage_or_could_have_it_lacks_nothing():
    done = works(*SERVICING, done="1990-05-01")
    assert lacking("A-1", "occupied", works=done) == []
    assert lacking("A-2", works=done) == []  # nothing stands against its occupation
    assert lacking("B-1", "allotted", works=done) == []


def test_a_stage_further_on_lacks_those_before_it():
    finished = works("water", done="1992-01-01").set_axis(["W"])
    both = pd.concat([works(*SERVICING, done="1990-05-01"), finished]).rename_axis("work_id")
    told = lacking("A-2", "titled", works=both)
    assert [row[:2] for row in told if row[1] == "order"] == [("adjudicated", "order"), ("titled", "order")]
    assert ("adjudicated", "beneficiary_lives_there", "lived", "") in told
    assert [row[2] for row in told if row[1] == "other_services"] == ["sewer", "electricity"]
    assert "basic_service" not in {row[1] for row in told}


def test_an_absence_found_later_undoes_the_inspection():
    row = EVENTS.loc[["E-4"]].assign(kind="not_lived_in", date="1991-09-01").set_axis(["E-5"])
    events = pd.concat([EVENTS, row]).rename_axis("event_id")
    assert lacking("A-1", events=events) == [
        ("adjudicated", "beneficiary_lives_there", "lived", "not_lived_in")
    ]
    assert lacking("A-1", events=events, on=pd.Timestamp("1991-08-31")) == []


def test_all_lots_at_once_are_the_same_as_one_by_one():
    done = works("clearing", "tap", done="1990-05-01")
    whole = why_not(None, "titled", events=EVENTS, lots=LOTS, works=done, on=TODAY)
    single = [why_not(one, "titled", events=EVENTS, lots=LOTS, works=done, on=TODAY) for one in LOTS.index]
    pd.testing.assert_frame_equal(whole, pd.concat(single))
    assert why_not([], events=EVENTS, lots=LOTS, on=TODAY).empty


def test_unknown_lots_and_stages_are_refused():
    with pytest.raises(SchemaError, match=r"no lot A-9 \(did you mean A-"):
        lacking("A-9")
    with pytest.raises(RuleError, match=r"no stage 'title' \(did you mean titled"):
        lacking("A-1", "title")


def test_what_nothing_stands_against_may_be_done():
    """What `why_not` says of a day and what `check_events` says of an event of that day is one rule."""
    done = works(*SERVICING, done="1990-06-01")
    early, late = pd.Timestamp("1990-05-31"), pd.Timestamp("1990-06-01")
    for day in (early, late):
        free = lacking("A-1", events=EVENTS.iloc[:2], on=day, works=done) == []
        move = EVENTS.iloc[:3].assign(date=[*EVENTS["date"][:2], day])
        assert free == check_events(move, LOTS, works=done).empty == (day == late)
