"""Streets, blocks and reserves edited by hand: figures checked by hand, and gestures at random."""

from dataclasses import fields, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from ilo_gis.editing import (
    add_street,
    applied,
    divide_block,
    drop_street,
    figures,
    merge_lots,
    move_street,
    paint_reserves,
    reserve_account,
    slide_side,
    split_lot,
    totals,
)
from ilo_gis.errors import LockedError, RuleError
from ilo_gis.subdivision import Brief, LotRule, area_table, check_cover
from ilo_gis.tables import Plan
from ilo_gis.workflows import lots_from_streets

RULE = LotRule(min_area=160.0, min_frontage=8.0)
SHARES = {"recreation": 0.08, "education": 0.02}
BRIEF = Brief(rule=RULE, mode="clean", max_block_length=300.0, reserves=SHARES)
X, Y = (0.0, 132.0, 264.0, 396.0), (0.0, 52.0, 104.0)  # centre lines; streets are 12 m wide
TITLED = pd.Series({"A-3": "titled", "A-4": "occupied", "A-5": "titled"})


@pytest.fixture(scope="module")
def plan():
    """3 x 2 blocks of 120 x 40 m: A, B, C in the north, D, E, F in the south, 30 lots of 8 x 20 m each."""
    across = [shapely.LineString([(x, Y[0]), (x, Y[-1])]) for x in X]
    along = [shapely.LineString([(X[0], y), (X[-1], y)]) for y in Y]
    return lots_from_streets(gpd.GeoDataFrame(geometry=across + along, crs=32719), RULE, width=12.0)


def tables(plan):
    return {f.name: getattr(plan, f.name) for f in fields(Plan)}


def after(plan, edit):
    """The plan after an edit."""
    return Plan(**applied(tables(plan), edit))


def assert_same(one, other):
    """All tables are the same to the last byte."""
    for name, table in tables(one).items():
        twin = getattr(other, name)
        assert len(table) == len(twin), name
        twin = twin.loc[table.index]  # rows that come back stand behind
        for column in table.columns:
            if column == "geometry":
                assert shapely.to_wkb(table.geometry).tolist() == shapely.to_wkb(twin.geometry).tolist(), name
            else:
                assert table[column].astype(object).equals(twin[column].astype(object)), (name, column)


def assert_sound(plan, edit):
    """After an edit the cover is valid and all land accounted for; taken back, every byte is what it was."""
    done = after(plan, edit)
    assert check_cover(done).empty
    np.testing.assert_allclose(done.summary.at["site", "area"], plan.summary.at["site", "area"], rtol=1e-9)
    account = area_table(done.streets, done.lots, done.reserves)
    pd.testing.assert_frame_equal(done.summary, account, rtol=1e-8, check_like=True)
    whole = figures(plan, done, BRIEF)[["before", "after"]]
    pd.testing.assert_frame_equal(edit.figures.loc[whole.index, whole.columns], whole, rtol=1e-9)
    assert_same(Plan(**applied(tables(done), edit.reversed)), plan)
    return done


def assert_shown(preview, edit):
    """What is shown is what is made: all rows and figures, but for the accounts that nobody sees."""
    made = {name: change for name, change in edit.changes.items() if name not in ("lineage", "summary")}
    assert list(preview.changes) == list(made)
    for name, change in made.items():
        pd.testing.assert_frame_equal(preview.changes[name].before, change.before)
        pd.testing.assert_frame_equal(preview.changes[name].after, change.after, check_exact=True)
    pd.testing.assert_frame_equal(preview.figures, edit.figures, check_exact=True)
    assert preview.findings.empty


def said(edit, *names):
    return edit.figures.loc[list(names), ["before", "after"]].round(6).to_numpy().tolist()


def test_a_block_is_divided_by_rule_count_areas_and_axis(plan):
    edit = divide_block(plan, "B", BRIEF, rule=LotRule(240.0, 12.0))
    assert said(edit, "lots", "lot_area") == [[180.0, 170.0], [28800.0, 28800.0]]
    assert edit.title("es") == "Lotizar la manzana B"
    assert list(edit.changes) == ["lineage", "summary", "lots"]
    assert_sound(plan, edit)
    assert said(divide_block(plan, "B", BRIEF, count=12), "lots") == [[180.0, 162.0]]
    edit = divide_block(plan, "B", BRIEF, areas=[480.0, 320.0])
    lots = edit.changes["lots"].after
    assert sorted(lots.loc[lots["kind"] == "lot", "area"].round(6)) == [320.0, 480.0]
    assert said(edit, "remnants", "lot_area") == [[0.0, 1.0], [28800.0, 24800.0]]
    assert divide_block(plan, "B", BRIEF, axis=0.0).changes["lots"].come.size
    assert divide_block(plan, "B", BRIEF, axis=90.0).nothing  # the way the rows run already
    assert_sound(plan, edit)


def test_a_plan_without_area_table_is_edited_too(plan):
    bare = replace(plan, summary=plan.summary.iloc[:0])
    edit = divide_block(bare, "B", BRIEF, rule=LotRule(240.0, 12.0))
    assert list(edit.changes) == ["lineage", "lots"]
    assert said(paint_reserves(bare, ["B"], "recreation", BRIEF), "reserve_area") == [[0.0, 4800.0]]


def test_a_line_drawn_by_hand_splits_each_lot_that_it_crosses(plan):
    minx, miny, _, maxy = plan.blocks.geometry["B"].bounds
    line = shapely.LineString([(minx + 5, miny - 3), (minx + 5, maxy + 3)])
    edit = divide_block(plan, "B", BRIEF, line=line)
    lots = edit.changes["lots"]
    assert len(lots.gone) == 2
    assert sorted(lots.after.loc[lots.come, "area"].round(6)) == [60.0, 60.0, 100.0, 100.0]
    assert said(edit, "lots", "legal_lots") == [[180.0, 182.0], [180.0, 178.0]]
    assert set(edit.findings["rule"]) == {"lot.min_area", "lot.min_frontage", "lot.max_ratio"}
    assert set(edit.findings["feature"]) == set(lots.come)
    assert_sound(plan, edit)


def test_land_without_lots_becomes_the_lots_that_a_line_makes(plan):
    bare = replace(plan, lots=plan.lots[plan.lots["block_id"] != "B"])
    minx, miny, _, maxy = plan.blocks.geometry["B"].bounds
    line = shapely.LineString([(minx + 30, miny - 3), (minx + 30, maxy + 3)])
    edit = divide_block(bare, "B", BRIEF, line=line)
    lots = edit.changes["lots"]
    assert sorted(lots.after["area"].round(6)) == [1200.0, 3600.0]
    assert lots.before.empty
    assert edit.changes["lineage"].after["before"].isna().all()
    assert said(edit, "lots") == [[150.0, 152.0]]


def test_a_street_is_drawn_moved_and_given_up(plan):
    line = shapely.LineString([(66.0, 52.0), (66.0, 104.0)])
    edit = add_street(plan, line, BRIEF, width=8.0)
    # 8 m of block A become street: 8 x 40 m2, from centre line to centre line 52 m
    (was, now), (area, more) = said(edit, "street_length", "street_area")
    assert (now - was, more - area) == pytest.approx((52.0, 320.0))
    assert len(edit.changes["blocks"].come) == 1
    done = assert_sound(plan, edit)
    new = done.street_lines.index.difference(plan.street_lines.index)
    own = done.street_lines.loc[new].geometry.map(lambda g: g.centroid.x == pytest.approx(66.0))
    moved = move_street(done, own.index[own][0], translate(line, 10.0), BRIEF)
    (was, now), (area, more) = said(moved, "street_length", "street_area")
    assert (now - was, more - area) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert_sound(done, moved)
    dropped = drop_street(done, own.index[own][0], BRIEF)
    assert len(dropped.changes["blocks"].gone) == 1
    assert_sound(done, dropped)


def test_reserves_are_painted_and_accounted_for(plan):
    base = (plan.blocks.area.sum() + plan.streets.area.sum()).round(6)
    before = reserve_account(plan, BRIEF)
    assert before["missing"].tolist() == pytest.approx([0.08 * base, 0.02 * base])
    edit = paint_reserves(plan, ["E", "F"], "recreation", BRIEF)
    assert said(edit, "lots", "reserve_area", "reserve_required") == [
        [180.0, 120.0], [0.0, 9600.0], [round(0.1 * base, 6)] * 2
    ]  # fmt: skip
    by_kind = edit.figures.loc[["recreation", "education"], ["before", "after", "required"]]
    assert by_kind.to_numpy() == pytest.approx(np.array([[0, 9600, 0.08 * base], [0, 0, 0.02 * base]]))
    done = assert_sound(plan, edit)
    assert reserve_account(done, BRIEF)["given"].tolist() == [9600.0, 0.0]
    assert paint_reserves(done, ["E"], "recreation", BRIEF).nothing
    # another kind keeps the id
    other = paint_reserves(done, ["E"], "education", BRIEF)
    assert list(other.changes) == ["reserves"]
    assert list(other.changes["reserves"].changed) == ["E"]
    assert reserve_account(assert_sound(done, other), BRIEF)["given"].tolist() == [4800.0, 4800.0]
    freed = paint_reserves(done, ["A", "E"], None, BRIEF)
    assert said(freed, "lots") == [[120.0, 150.0]]
    assert_sound(done, freed)


@pytest.mark.parametrize(
    "gesture",
    [
        lambda plan: divide_block(
            plan, "A", BRIEF, line=shapely.LineString([(-9, 78), (140, 79)]), locked=TITLED
        ),
        lambda plan: paint_reserves(plan, ["A"], "recreation", BRIEF, locked=TITLED),
        lambda plan: add_street(
            plan, shapely.LineString([(36, 52), (40, 104)]), BRIEF, width=8.0, locked=TITLED
        ),
    ],
)
def test_locked_lots_refuse_with_their_reasons(plan, gesture):
    with pytest.raises(LockedError, match=r"titled: A-") as refused:
        gesture(plan)
    assert set(refused.value.ids) <= set(TITLED.index)


def test_new_lots_share_their_corners_with_locked_ones(plan):
    edit = divide_block(plan, "A", BRIEF, rule=LotRule(240.0, 12.0), locked=TITLED)
    done = assert_sound(plan, edit)
    held = done.lots.geometry[TITLED.index]
    assert sum(map(len, map(shapely.get_coordinates, held))) > 3 * 5
    corners = shapely.normalize(shapely.simplify(held.to_numpy(), 1e-6))
    same = shapely.equals_exact(corners, shapely.normalize(plan.lots.geometry[TITLED.index].to_numpy()), 0.0)
    assert same.all()  # their own corners are what they were, and none is moved


def test_what_cannot_be_done_is_refused_by_name(plan):
    line = shapely.LineString([(500, 0), (600, 0)])
    minx, miny, _, maxy = plan.blocks.geometry["B"].bounds
    beside = minx + 8 + 1e-7  # as rounding leaves a line that is drawn along the side of lots
    along = shapely.LineString([(beside, miny - 3), (beside, maxy + 3)])
    parked = after(plan, paint_reserves(plan, ["E"], "recreation", BRIEF))
    for gesture, words in (
        (lambda: divide_block(plan, "Z", BRIEF), "no block Z"),
        (lambda: divide_block(parked, "E", BRIEF), "Block E is a reserve"),
        (lambda: divide_block(plan, "B", BRIEF, line=line), "crosses no lot of block B"),
        (lambda: divide_block(plan, "B", BRIEF, line=along), "crosses no lot of block B"),
        (lambda: divide_block(plan, "B", BRIEF, line=line, count=3), "give one of them"),
        (lambda: divide_block(plan, "B", BRIEF, areas=[200.0], count=3), "contradict"),
        (lambda: paint_reserves(plan, ["A", "Z"], "recreation", BRIEF), "no blocks Z"),
        (lambda: paint_reserves(plan, ["A"], " ", BRIEF), "no kind"),
        (lambda: drop_street(plan, "99", BRIEF), "no street lines 99"),
        (lambda: add_street(plan, line, BRIEF, width=-1.0), "positive width"),
    ):
        with pytest.raises(RuleError, match=words):
            gesture()


across = st.floats(-20.0, 420.0)
upward = st.floats(-20.0, 124.0)
lines = st.builds(
    lambda a, b, c, d: shapely.LineString([(a, b), (c, d)]), across, upward, across, upward
).filter(lambda line: line.length > 15)
gestures = st.one_of(
    st.tuples(st.just("add"), lines, st.sampled_from([6.0, 8.0, 12.0])),
    st.tuples(st.just("move"), st.integers(0, 99), st.floats(-15.0, 15.0), st.floats(-15.0, 15.0)),
    st.tuples(st.just("drop"), st.integers(0, 99)),
    st.tuples(st.just("rule"), st.integers(0, 99), st.sampled_from([120.0, 200.0, 300.0])),
    st.tuples(st.just("count"), st.integers(0, 99), st.integers(1, 40)),
    st.tuples(st.just("line"), st.integers(0, 99), lines),
    st.tuples(st.just("paint"), st.integers(0, 99), st.sampled_from(["recreation", "education", None])),
)


def made(plan, gesture, preview=None):
    """The edit of a gesture."""
    what, *how = gesture
    if what == "add":
        return add_street(plan, how[0], BRIEF, width=how[1], preview=preview)
    table = plan.street_lines if what in ("move", "drop") else plan.blocks
    one = table.index[how[0] % len(table)]
    if what in ("rule", "count", "line"):
        said = {what: LotRule(how[1], 8.0) if what == "rule" else how[1]}
        return divide_block(plan, one, BRIEF, preview=preview, **said)
    if what == "move":
        return move_street(plan, one, translate(table.geometry[one], how[1], how[2]), BRIEF, preview=preview)
    if what == "drop":
        return drop_street(plan, one, BRIEF, preview=preview)
    return paint_reserves(plan, [one], how[1], BRIEF, preview=preview)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(gestures, min_size=1, max_size=3))
def test_any_gestures_leave_a_valid_plan_and_can_be_taken_back(plan, chosen):
    now = plan
    for gesture in chosen:
        try:
            edit = made(now, gesture)
        except RuleError:  # what cannot be done is refused, and changes nothing
            continue
        assert_shown(made(now, gesture, totals(now, BRIEF)), edit)
        now = assert_sound(now, edit)


@pytest.mark.parametrize(
    "gesture",
    [
        lambda plan, **how: merge_lots(plan, ["B-3", "B-4"], **how),
        lambda plan, **how: split_lot(plan, "B-3", 2, **how),
        lambda plan, **how: slide_side(plan, "B-3", "B-4", 0.5, **how),
    ],
)
def test_what_is_shown_of_lots_is_what_is_made(plan, gesture):
    loose = replace(BRIEF, rule=LotRule(120.0, 6.0))
    edit = gesture(plan, brief=loose)
    assert not edit.nothing
    assert_shown(gesture(plan, brief=loose, preview=totals(plan, loose)), edit)


@pytest.mark.parametrize("locked", [None, TITLED])
@pytest.mark.parametrize("x", [63.0, 190.0, 301.0])
def test_the_quick_way_never_shows_more_lots_than_there_will_be(plan, x, locked):
    line = shapely.LineString([(x, Y[0]), (x + 15, Y[-1])])
    quick, exact = (
        add_street(plan, line, replace(BRIEF, mode=mode, rule=LotRule(90.0, 6.0)), locked=locked, width=9.0)
        for mode in ("clean", "most")
    )
    for name in ("lots", "legal_lots"):
        assert quick.figures.at[name, "after"] < exact.figures.at[name, "after"]
