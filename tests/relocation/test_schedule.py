"""Dates of a programme: a network done by hand, brute force, faults, delays, the curve."""

from itertools import pairwise
from math import fsum

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from ilo_gis import io
from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.relocation import compare_schedules, delay_effects, delays, programme_curve, schedule
from ilo_gis.tables import conform

START, PROGRAMME = "1994-01-01", "1993-06-01"


def table(*rows, **more):
    columns = ["task_id", "kind", "duration", "depends"]
    return pd.DataFrame(rows, columns=columns).set_index("task_id").assign(**more)


# id: duration, predecessors; by hand: early start, late start. Longest way A C F G H: 2 + 2 + 4 + 5 + 2 = 15
BY_HAND = {
    "A": (2, "", 0, 0),
    "B": (4, "A", 2, 6),
    "C": (2, "A", 2, 2),
    "D": (3, "B;C", 6, 10),
    "E": (2, "C", 4, 6),
    "F": (4, "C", 4, 4),
    "G": (5, "E;F", 8, 8),
    "H": (2, "D;G", 13, 13),
}


def by_hand():
    return table(*[(k, "works", days, needs) for k, (days, needs, *_) in BY_HAND.items()])


def day(number):
    return pd.Timestamp(START) + pd.Timedelta(days=number)


def test_the_network_done_by_hand():
    found = schedule(by_hand(), start=START)
    for k, (days, _, early, late) in BY_HAND.items():
        row = found.times.loc[k]
        dates = row[["earliest_start", "earliest_finish", "latest_start", "latest_finish"]].tolist()
        assert dates == [day(early), day(early + days), day(late), day(late + days)], k
        assert (row["float"], row["critical"]) == (late - early, late == early), k
    assert found.critical_path == ("A", "C", "F", "G", "H")
    assert found.finish == day(15)
    assert found.findings.empty


def test_all_critical_tasks_are_marked_where_paths_tie():
    tied = by_hand().assign(duration=[2, 4, 2, 3, 4, 4, 5, 2])  # E takes as long as F
    found = schedule(tied, start=START)
    assert set(found.times.index[found.times["critical"]]) == set("ACEFGH")
    assert found.critical_path == ("A", "C", "E", "G", "H")
    row = found.findings.iloc[0]
    assert (row["rule"], row["found"], row["severity"]) == ("task.ties", 2, "info")
    assert "A → C → E → G → H" in row["message_es"]


def test_what_is_done_keeps_its_date_and_the_rest_waits_for_the_day():
    plan = by_hand().assign(done=None, started=None)
    plan.loc["A", "done"], plan.loc["C", "started"], plan.loc["B", "done"] = (
        "1994-01-05",
        "1994-01-04",
        day(30),
    )
    times = schedule(plan, start=START, on="1994-01-10").times
    assert times.loc["A", ["earliest_finish", "status"]].tolist() == [day(4), "done"]
    assert pd.isna(times.loc["A", "float"])
    assert times.loc["B", ["earliest_start", "status"]].tolist() == [
        day(9),
        "to_come",
    ]  # done later: not known
    assert times.loc["C", ["earliest_start", "earliest_finish", "status"]].tolist() == [
        *(day(3), day(9), "under_way"),
    ]
    assert times.loc["E", "earliest_start"] == day(9)
    known = schedule(plan, start=START).times
    assert known.loc["B", ["earliest_finish", "status"]].tolist() == [day(30), "done"]
    assert known.loc["D", "earliest_start"] == day(30)


def test_working_days_step_over_weekends_and_holidays():
    plan = table(("talks", "agreement", 5, ""), ("move", "move", 2, "talks"))
    times = schedule(plan, start="1994-03-28", calendar="working_days").times  # Monday of Holy Week
    finishes = times["earliest_finish"].dt.strftime("%m-%d").tolist()
    assert finishes == ["04-06", "04-08"]  # without 31 March, 1 April and the weekend
    weekdays = schedule(plan, start="1994-03-28", calendar=np.busdaycalendar())
    assert weekdays.times["earliest_finish"].dt.strftime("%m-%d").tolist() == ["04-04", "04-06"]
    saturday = schedule(plan.assign(done=["1994-04-02", None]), start="1994-03-28", calendar="working_days")
    assert saturday.times["earliest_finish"].iloc[0] == pd.Timestamp("1994-04-02")
    assert saturday.times["earliest_start"].iloc[1] == pd.Timestamp("1994-04-04")


def test_faults_are_named_and_what_waits_for_them_is_left_out():
    plan = table(
        *[("a", "agreement", 5, ""), ("c1", "site", 5, "a;c3"), ("c2", "move", 5, "c1")],
        *[("c3", "move", 5, "c2"), ("self", "move", 5, "self"), ("after", "works", 1, "c3")],
        *[("text", "order", "a month", ""), ("less", "order", -3, ""), ("half", "order", 2.5, "")],
        *[("lost", "move", 3, "agreemnt-1"), ("agreement-1", "agreement", 3, "")],
        *[
            ("twice", "move", 3, ""),
            ("twice", "move", 4, ""),
            ("odd", "dance", 3, "a"),
            (None, "move", 1, ""),
        ],
    ).assign(earliest="1994-02-30")
    plan["earliest"] = plan["earliest"].where(plan.index == "agreement-1")
    found = schedule(plan, start=START)
    assert found.times.index.tolist() == ["a", "odd"]
    rules = found.findings.groupby("rule")["feature"].agg(sorted).to_dict()
    assert rules == {
        "task.cycle": ["c1", "c2", "c3", "self"],
        "task.waits": ["after"],
        "task.duration": ["half", "less", "text"],
        "task.unknown": ["lost"],
        "task.date": ["agreement-1"],
        "task.twice": ["twice"],
        "task.kind": ["odd"],
        "task.no_id": ["15"],
    }
    said = found.findings.set_index("feature")["message"]
    assert "c2 → c3 → c1 → c2" in said["c2"]
    assert "self → self" in said["self"]
    assert "agreemnt-1 (≈ agreement-1" in said["lost"]
    assert "'a month'" in said["text"]
    assert (found.findings["severity"] == "error").sum() == 11


def test_done_before_what_it_depends_on_is_told_and_kept():
    plan = table(("site", "site", 5, ""), ("move", "move", 5, "site")).assign(
        done=["1994-03-01", "1994-02-01"]
    )
    found = schedule(plan, start=START)
    assert found.findings[["feature", "rule"]].to_numpy().tolist() == [["move", "task.out_of_order"]]
    ends = found.times["earliest_finish"].to_dict()
    assert ends == {"move": pd.Timestamp("1994-02-01"), "site": pd.Timestamp("1994-03-01")}
    assert (found.critical_path, found.finish) == ((), pd.Timestamp("1994-03-01"))


@st.composite
def programmes(draw):
    count = draw(st.integers(1, 8))
    kinds = st.sampled_from(["agreement", "order", "move", "works", "opening"])
    rows = []
    for k in range(count):
        needs = draw(st.sets(st.integers(0, k - 1), max_size=3)) if k else set()
        rows.append((f"t{k}", draw(kinds), draw(st.integers(0, 9)), ";".join(f"t{n}" for n in needs)))
    return table(*rows)


def paths(plan):
    """Return all paths of tasks, from each task on, by brute force."""
    needs = {k: [n for n in text.split(";") if n] for k, text in plan["depends"].items()}
    found = [(k,) for k in plan.index]
    for path in found:  # grows while it is walked
        found += [(*path, k) for k in plan.index if path[-1] in needs[k]]
    return found


@settings(max_examples=12, deadline=None)
@given(programmes(), st.randoms(use_true_random=False), st.integers(0, 12))
def test_dates_are_those_of_the_longest_paths(plan, chance, late):
    found, length = schedule(plan, start=START), plan["duration"].to_dict()
    longest = dict.fromkeys(plan.index, 0)
    through = dict(longest)
    for path in paths(plan):
        days = sum(length[k] for k in path)
        longest[path[-1]] = max(longest[path[-1]], days)
        for k in path:
            through[k] = max(through[k], days)
    end = max(longest.values())
    for k, row in found.times.iterrows():
        assert row["earliest_finish"] == day(longest[k])
        assert row["float"] == end - through[k]
    assert found.finish == day(end)
    assert sum(length[k] for k in found.critical_path) == end
    assert all(a in plan.at[b, "depends"].split(";") for a, b in pairwise(found.critical_path))
    names = list(plan.index)
    chance.shuffle(names)
    shuffled = schedule(plan.loc[names], start=START)
    assert_frame_equal(shuffled.times, found.times)
    assert shuffled.critical_path == found.critical_path
    effects = delay_effects(plan, start=START, days=late)
    for k, row in effects.iterrows():  # against the whole schedule, made again
        longer = schedule(plan.assign(duration=plan["duration"] + late * (plan.index == k)), start=START)
        gone = (longer.times["earliest_finish"] - found.times["earliest_finish"]).dt.days
        assert (row["finish"], row["finish_days"]) == (longer.finish, max(late - row["slack"], 0))
        assert row["tasks_moved"] == (gone > 0).sum()
        moved = delays(plan, start=START, task_id=k, days=late)["days"]
        assert moved.to_dict() == gone[gone > 0].to_dict()
        opened = gone[found.times["kind"].reindex(gone.index) == "opening"]
        if len(opened):
            spare = late if pd.isna(row["slack_opening"]) else row["slack_opening"]
            assert (opened.max() > 0) == (late > spare)


def test_openings_that_a_late_agreement_moves():
    plan = table(
        *[("A1", "agreement", 30, ""), ("A2", "agreement", 10, ""), ("O1", "opening", 0, "A1;A2")],
        *[("W", "works", 100, "A2"), ("O2", "opening", 0, "W;O1")],
    )
    effects = delay_effects(plan, start=START, days=30)
    assert effects.index.tolist() == ["A2", "A1"]
    assert effects[["slack", "slack_opening", "finish_days"]].to_numpy().tolist() == [[0, 0, 30], [80, 0, 0]]
    assert effects["openings_moved"].tolist() == ["O1 +10; O2 +30", "O1 +30"]
    for wrong in ({"task_id": "A11", "days": 3}, {"task_id": "A1", "days": -1}):
        with pytest.raises(RuleError, match=r"A1|whole"):
            delays(plan, start=START, **wrong)
    with pytest.raises(RuleError, match="done"):
        delays(plan.assign(done="1994-01-02"), start=START, task_id="A1", days=3)


def test_programmes_side_by_side():
    plan = table(
        *[("A", "agreement", 30, ""), ("W1", "works", 60, "A"), ("O1", "opening", 0, "W1")],
        *[("W2", "works", 20, "O1"), ("O2", "opening", 0, "W2")],
    ).assign(stage=[1, 1, 1, 2, 2])
    late = plan.assign(duration=[45, 60, 0, 20, 0])
    side = compare_schedules({"as agreed": plan, "late": late}, start=START)
    assert [list(days) for days in side["opened"].itertuples(index=False)] == [
        *([day(90), day(110)], [day(105), day(125)]),
    ]
    assert side["total"][["days", "errors", "ties"]].to_numpy().tolist() == [[0, 0, 1], [15, 0, 1]]
    assert side.loc["late", ("total", "critical_path")] == "A → W1 → O1 → W2 → O2"
    with pytest.raises(RuleError, match="no programmes"):
        compare_schedules({}, start=START)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=9), st.integers(0, 400))
def test_the_curve_ends_at_the_sum_and_never_falls(areas, until):
    ids = [f"o{k}" for k in range(len(areas))]
    land = pd.DataFrame({"area": areas}, index=pd.Index(ids, name="occupant_id"))
    rows = [(f"c{k}", "clearing", 7 * k + 3, "") for k in range(len(areas))]
    plan = table(*rows, occupant_id=ids, done=[day(40 * k) for k in range(len(areas))])
    curve = programme_curve(plan, land, start=START, on=day(until))
    assert curve["planned"].iloc[-1] == curve["expected"].iloc[-1] == fsum(areas)
    done = curve["done"].dropna()
    for column in (curve["planned"], curve["expected"], done):
        assert column.is_monotonic_increasing
    assert done.iloc[-1] == fsum(area for k, area in enumerate(areas) if 40 * k <= until)
    assert_frame_equal(programme_curve(plan[::-1], land[::-1], start=START, on=day(until)), curve)


def test_an_occupant_without_a_clearing_is_named():
    plan = table(("c", "clearing", 5, "")).assign(occupant_id="police")
    land = pd.DataFrame({"area": [800.0, 400.0]}, index=["police", "customs"])
    with pytest.raises(SchemaError, match="customs"):
        programme_curve(plan, land, start=START)
    with pytest.raises(SchemaError, match="police"):
        programme_curve(plan, land.assign(area=["800 m", 3]), start=START)


def test_nothing_in_gives_nothing_out():
    none = by_hand().iloc[:0]
    found = schedule(none, start=START)
    assert (len(found.times), found.critical_path, found.findings.empty) == (0, (), True)
    assert pd.isna(found.finish)
    assert delay_effects(none, start=START).empty
    assert programme_curve(none, pd.DataFrame({"area": []}), start=START).empty
    for wrong in (
        {"start": "soon"},
        {"start": START, "on": "31/12/94"},
        {"start": START, "calendar": "moon"},
    ):
        with pytest.raises(RuleError):
            schedule(none, **wrong)
    with pytest.raises(SchemaError, match="duration"):
        schedule(none.drop(columns="duration"), start=START)


def test_the_programme_of_the_sample_is_dated_by_its_events():
    plan = io.sample("relocation_tasks").set_index("task_id")
    moves = io.sample("moves").set_index(["occupant_id", "step"])["date"]
    for kind, step in (("move", "moved"), ("clearing", "cleared")):
        done = plan[plan["kind"] == kind].set_index("occupant_id")["done"]
        assert done.sort_index().equals(moves.xs(step, level="step").sort_index().rename("done")), kind
    assert schedule(plan, start=PROGRAMME).findings.empty
    assert conform(plan, "tasks")["source"].str.contains("illustrative").all()


def test_the_programme_of_the_sample_in_june_1994():
    plan, land = io.sample("relocation_tasks"), io.sample("occupants")
    june = {"start": PROGRAMME, "on": "1994-06-30"}
    found = schedule(plan, **june)
    assert found.findings.empty
    assert found.critical_path == (
        *("agreement_imarpe", "move_imarpe", "clearing_imarpe", "works_amphitheatre", "opening_1"),
        *("works_stage_2", "opening_2", "works_stage_3", "opening_3"),
    )
    effects = delay_effects(plan, **june)
    assert effects.index[0] == "agreement_imarpe"
    assert effects["openings_moved"].iloc[0] == "opening_1 +30; opening_2 +30; opening_3 +30"
    assert effects["finish_days"].tolist() == [30, 0, 0, 0, 0, 0]
    curve = programme_curve(plan, land, **june)
    assert curve.at[pd.Timestamp("1994-06-30"), "done"] == 5_400
    assert curve[["planned", "expected"]].iloc[-1].tolist() == [27_400, 27_400]
    whole = programme_curve(plan, land, start=PROGRAMME)
    assert whole.at[pd.Timestamp("1995-06-30"), "done"] == whole["done"].iloc[-1] == 27_400
