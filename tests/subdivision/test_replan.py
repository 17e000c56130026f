"""Changes to a plan: what they touch is right, and what they do not touch stays to the last byte."""

import re
from dataclasses import fields, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, translate

from ilo_gis.errors import CRSError, LockedError, RuleError, SchemaError
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.subdivision import Brief, Changes, LotRule, area_table, check, plan_site, replan
from ilo_gis.workflows import lots_from_streets, lots_in_blocks

RULE = LotRule(min_area=160.0, min_frontage=8.0)
BRIEF = Brief(rule=RULE, mode="clean", max_block_length=300.0)
X, Y = (0.0, 132.0, 264.0, 396.0), (0.0, 52.0, 104.0)  # centre lines; streets are 12 m wide


def lines(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkt(list(shapes)), crs=32719)


@pytest.fixture(scope="module")
def plan():
    """3 x 2 blocks of 120 x 40 m: A, B, C in the north, D, E, F in the south, 30 lots of 8 x 20 m each."""
    across = [shapely.LineString([(x, Y[0]), (x, Y[-1])]) for x in X]
    along = [shapely.LineString([(X[0], y), (X[-1], y)]) for y in Y]
    streets = gpd.GeoDataFrame(geometry=across + along, crs=32719)
    return lots_from_streets(streets, RULE, width=12.0)


@pytest.fixture(scope="module")
def parked(plan):
    """The same with block E as a park."""
    return replan(plan, Changes(add_reserves={"E": "recreation"}), BRIEF)


def assert_same_rows(before, after, ids):
    """Every column and every byte of rows is the same."""
    old, new = before.loc[ids], after.loc[ids]
    assert old.drop(columns="geometry").astype(object).equals(new.drop(columns="geometry").astype(object))
    assert (
        shapely.to_wkb(old.geometry.to_numpy()).tolist() == shapely.to_wkb(new.geometry.to_numpy()).tolist()
    )
    assert new.index.tolist() == list(ids)


def assert_sound(before, after, touched):
    """Only touched blocks changed, land is conserved, lineage closes, the area table is right."""
    for name in ("lots", "reserves"):
        old = getattr(before, name)
        assert_same_rows(old, getattr(after, name), old.index[~old["block_id"].isin(touched)])
    assert_same_rows(before.blocks, after.blocks, before.blocks.index[~before.blocks.index.isin(touched)])
    assert before.lots.dtypes.drop(["kind", "rule"]).equals(after.lots.dtypes.drop(["kind", "rule"]))
    assert after.lots.index.is_unique
    site = shapely.union_all([*before.streets.geometry, *before.blocks.geometry])
    prove_cover(np.array([*after.streets.geometry, *after.blocks.geometry]), np.array([site]))
    owner = after.blocks.index.get_indexer([*after.lots["block_id"], *after.reserves["block_id"]])
    pieces = np.array([*after.lots.geometry, *after.reserves.geometry])
    sums = np.bincount(owner, shapely.area(pieces), len(after.blocks))
    np.testing.assert_allclose(sums, after.blocks["area"], rtol=1e-9)
    table = area_table(after.streets, after.lots, after.reserves)
    pd.testing.assert_frame_equal(after.summary, table, rtol=1e-8, check_like=True)
    told = after.lineage.iloc[len(before.lineage) :]
    for name, one, other in (("before", before.lots, after.lots), ("after", after.lots, before.lots)):
        sums = told.groupby(told[name].astype(object))["area"].sum()
        changed = one.index[~one.index.isin(other.index)]
        assert set(sums.index) == set(changed)
        # common land below 1e-6 m2 is dust, and not told
        np.testing.assert_allclose(
            sums.reindex(changed), one.geometry.area.loc[changed], rtol=1e-9, atol=1e-5
        )


def assert_equal(one, other):
    for f in fields(one):
        a, b = getattr(one, f.name), getattr(other, f.name)
        assert a.drop(columns="geometry", errors="ignore").equals(b.drop(columns="geometry", errors="ignore"))
        if "geometry" in a:
            one_wkb, other_wkb = (shapely.to_wkb(t.geometry.to_numpy()).tolist() for t in (a, b))
            assert one_wkb == other_wkb


def test_no_change_is_the_same_plan(plan):
    assert_equal(replan(plan, Changes(), BRIEF), plan)


def test_rule_of_one_block(plan):
    after = replan(plan, Changes(rules={"B": LotRule(240, 12)}), BRIEF)
    assert_sound(plan, after, ["B"])
    own = after.lots[after.lots["block_id"] == "B"]
    assert len(own) == 20
    assert own["number"].tolist() == list(range(31, 51))
    assert set(own["neighbour_right"]) <= {"", *own.index}
    assert after.findings.empty == plan.findings.empty
    # 240 m2 of each new lot: one and a half of those before
    assert len(after.lineage) == 40
    assert set(after.lineage["area"].round(6)) == {80.0, 160.0}


def test_the_same_rule_gives_the_same_lots(plan):
    after = replan(plan, Changes(rules={"B": RULE}), BRIEF)
    assert_equal(after, plan)


def test_numbers_are_never_given_again(plan):
    once = replan(plan, Changes(rules={"B": LotRule(240, 12)}), BRIEF)
    twice = replan(once, Changes(rules={"B": RULE}), BRIEF)
    assert_sound(once, twice, ["B"])
    assert twice.lots.query("block_id == 'B'")["number"].tolist() == list(range(51, 81))


def test_merge_and_split(plan):
    after = replan(plan, Changes(merge=[["A-3", "A-4", "A-5"]], split={"D-2": 2}), BRIEF)
    assert_sound(plan, after, ["A", "D"])
    assert after.lots.loc["A-31", ["area", "frontage"]].tolist() == pytest.approx([480.0, 24.0])
    assert after.lots.loc[["D-31", "D-32"], "area"].round(6).tolist() == [80.0, 80.0]
    assert "A-31" in after.lots.loc["A-2", ["neighbour_left", "neighbour_right"]].tolist()
    found = after.findings[after.findings["severity"] == "error"]
    assert set(found["feature"]) == {"D-31", "D-32"}
    assert set(found["rule"]) == {"lot.min_area", "lot.min_frontage"}
    assert (check(after, RULE)["rule"] == "plan.cover").sum() == 0


def test_split_by_a_line_beside_a_locked_lot(plan):
    lot = plan.lots.geometry["A-3"]
    x, y = lot.centroid.coords[0]
    back = plan.lots.at["A-3", "neighbour_back"]
    line = shapely.LineString([(x + 1, y - 20), (x + 1, y + 20)])
    after = replan(plan, Changes(split={"A-3": line}), BRIEF, locked=[back])
    assert_sound(plan, after, ["A"])
    assert sorted(after.lots.loc[["A-31", "A-32"], "area"].round(6)) == [60.0, 100.0]
    assert after.lots.geometry[back].wkb == plan.lots.geometry[back].wkb


def test_locked_lots_stay_when_their_block_is_laid_out_again(plan):
    held = ["B-1", "B-7", "B-8", "B-20"]
    after = replan(plan, Changes(rules={"B": LotRule(240, 12)}), BRIEF, locked=held)
    assert_sound(plan, after, ["B"])
    same = ["geometry", "number", "block_id", "kind", "area"]
    assert_same_rows(plan.lots[same], after.lots[same], held)
    others = after.lots.query("block_id == 'B' and kind == 'lot'").index.difference(held)
    assert len(others)
    assert (after.lots.loc[others, "number"] > 30).all()


def test_a_whole_block_locked_by_table(plan):
    locked = pd.DataFrame({"block_id": ["B"]})
    after = replan(plan, Changes(rules={"B": LotRule(240, 12)}), BRIEF, locked=locked)
    assert_sound(plan, after, [])


def test_reserve_moves(parked):
    brief = Brief(rule=RULE, reserves={"recreation": 0.05}, mode="clean")
    after = replan(parked, Changes(reserves={"E": "C"}), brief)
    assert_sound(parked, after, ["C", "E"])
    assert after.reserves[["block_id", "kind", "area"]].to_numpy().tolist() == [["C", "recreation", 4800.0]]
    assert (after.lots["block_id"] == "E").sum() == 30
    assert (after.lots["block_id"] == "C").sum() == 0
    # numbers 1 to 30 were given before block E became a park
    assert after.lots.loc[after.lots["block_id"] == "E", "number"].min() == 31
    assert after.lineage["after"].isna().sum() == 60
    assert after.lineage["before"].isna().sum() == 30


def test_reserves_are_proved_again(parked):
    site = parked.summary.at["site", "area"]
    brief = Brief(rule=RULE, reserves={"recreation": 4800 / site}, mode="clean")
    freed = replan(parked, Changes(reserves={"E": None}), brief)
    short = freed.findings[freed.findings["rule"].str.startswith("reserve.")]
    assert short["rule"].tolist() == ["reserve.share"]
    assert short[["required", "found"]].round(6).to_numpy().tolist() == [[4800.0, 0.0]]
    again = replan(freed, Changes(add_reserves={"B": "recreation"}), brief)
    assert not again.findings["rule"].str.startswith("reserve.").any()
    assert_sound(freed, again, ["B"])
    narrow = replace(brief, parks=replace(brief.parks, width=50.0, reach=100.0))
    for changes in (
        Changes(split={"D-1": 2}),
        Changes(add_reserves={"A": "other"}),
        Changes(split={"D-2": 2}),
    ):
        again = replan(again, changes, narrow)
        told = again.findings["rule"].value_counts()
        assert told["reserve.width"] == 1  # once, however often it is proved
    assert told["reserve.reach"] > 0


def test_new_street_parts_a_block(plan):
    street = lines("LINESTRING (66 52, 66 104)", width=[10.0])
    after = replan(plan, Changes(add_streets=street), BRIEF)
    assert_sound(plan, after, ["A", "G"])
    assert after.blocks.loc[["A", "G"], "area"].round(6).tolist() == [2200.0, 2200.0]
    assert after.blocks.index.tolist() == [*"ABCDEFG"]
    assert len(after.street_lines) == len(plan.street_lines) + 3  # the street, and two that it parts
    street_area = after.summary.at["streets", "area"] - plan.summary.at["streets", "area"]
    assert street_area == pytest.approx(400.0)
    assert after.lineage["area"][after.lineage["after"].isna()].sum() == pytest.approx(400.0)
    assert (check(after, RULE)["severity"] != "error").all()


def test_dropped_street_joins_blocks(plan):
    between = plan.street_lines.index[plan.street_lines.geometry.distance(shapely.Point(132, 78)) < 1e-6]
    after = replan(plan, Changes(drop_streets=between), BRIEF)
    assert_sound(plan, after, ["A", "B"])
    assert sorted(set("AB") & set(after.blocks.index)) in (["A"], ["B"])
    assert after.blocks["area"].max() == pytest.approx(252 * 40)
    assert (check(after, RULE)["severity"] != "error").all()


def test_moved_street(plan):
    line = plan.street_lines.index[plan.street_lines.geometry.distance(shapely.Point(132, 78)) < 1e-6]
    moved = lines("LINESTRING (142 52, 142 104)").set_axis(line)
    after = replan(plan, Changes(move_streets=moved), BRIEF)
    assert_sound(plan, after, ["A", "B"])
    assert after.blocks.loc[["A", "B"], "area"].round(6).tolist() == [5200.0, 4400.0]
    assert after.street_lines.at[line[0], "width"] == 12.0


def test_a_wider_street_by_class(plan):
    line = plan.street_lines.index[plan.street_lines.geometry.distance(shapely.Point(132, 78)) < 1e-6]
    wide = plan.street_lines.loc[line, ["geometry"]].assign(width=16.0)
    after = replan(plan, Changes(move_streets=wide), BRIEF)
    assert_sound(plan, after, ["A", "B"])
    assert after.blocks.loc[["A", "B"], "area"].round(6).tolist() == [4720.0, 4720.0]


def test_street_through_a_park_leaves_two(parked):
    after = replan(parked, Changes(add_streets=lines("LINESTRING (198 0, 198 52)", width=[10.0])), BRIEF)
    assert_sound(parked, after, ["E", "G"])
    assert after.reserves["block_id"].tolist() == ["E", "G"]
    assert set(after.reserves["kind"]) == {"recreation"}


def test_a_reserve_does_not_swallow_locked_lots(parked):
    between = parked.street_lines.index[parked.street_lines.geometry.distance(shapely.Point(132, 26)) < 1e-6]
    larger = replan(parked, Changes(move_streets=lines("LINESTRING (80 0, 80 52)").set_axis(between)), BRIEF)
    held = larger.lots.index[larger.lots["block_id"] == "D"][:1]
    gone = Changes(drop_streets=between)
    with pytest.raises(LockedError, match=rf"lots \({held[0]}\) to that of reserves \(E\)") as refused:
        replan(larger, gone, BRIEF, locked=held)
    assert refused.value.ids == [*held]
    freed = replan(larger, replace(gone, reserves={"E": None}), BRIEF, locked=held)
    assert freed.lots.geometry[held[0]].wkb == larger.lots.geometry[held[0]].wkb
    assert not freed.reserves["block_id"].isin(["D", "E"]).any()
    assert replan(larger, gone, BRIEF).reserves["kind"].tolist() == ["recreation"]


def test_locked_lots_keep_the_letter_of_their_block(plan):
    east = plan.lots.index[(plan.lots["block_id"] == "A") & (plan.lots.geometry.bounds["minx"] > 100)]
    street = lines("LINESTRING (72 52, 72 104)", width=[10.0])
    after = replan(plan, Changes(add_streets=street), BRIEF, locked=east[:1])
    assert_sound(plan, after, ["A", "G"])
    assert after.lots.at[east[0], "block_id"] == "A"
    assert after.lots.geometry[east[0]].wkb == plan.lots.geometry[east[0]].wkb
    assert after.blocks.geometry["A"].covers(plan.lots.geometry[east[0]].centroid)


@pytest.mark.parametrize(
    ("changes", "locked", "said"),
    [
        (lambda: Changes(rules={"Z": RULE}), None, "blocks Z"),
        (lambda: Changes(merge=[["A-1", "Q-9"]]), None, "lots Q-9"),
        (lambda: Changes(merge=[["A-1", "B-1"]]), None, "several blocks"),
        (lambda: Changes(merge=[["A-1", "A-5"]]), None, "do not make one lot"),
        (lambda: Changes(merge=[["A-1", "A-2"]]), ["A-2"], "Locked lots would be merged or split: A-2"),
        (lambda: Changes(split={"A-1": shapely.LineString([(900, 0), (900, 9)])}), None, "A-1 cannot be cut"),
        (lambda: Changes(split={"A-1": 2}, rules={"A": RULE}), None, "A-1"),
        (lambda: Changes(merge=[["A-1", "A-2"]], split={"A-2": 2}), None, "twice"),
        (lambda: Changes(add_reserves={"A": "park"}), ["A-4"], "A-4"),
        (lambda: Changes(reserves={"A": "B"}), None, "no reserves A"),
        (lambda: Changes(drop_streets=["99"]), None, "street lines 99"),
        (lambda: Changes(rules={"A": RULE}), ["nobody"], "locked: the plan has no lots nobody"),
        (lambda: Changes(add_streets=lines("LINESTRING (66 52, 66 104)", width=[10.0])), ["A-8"], "A-8"),
        (lambda: Changes(add_streets=lines("LINESTRING (66 52, 66 104)", width=[-1.0])), None, "rows 0"),
    ],
)  # fmt: skip
def test_refusals_name_what_is_wrong(plan, changes, locked, said):
    with pytest.raises(RuleError, match=said):
        replan(plan, changes(), BRIEF, locked=locked)


def test_streets_in_another_crs_or_without_width(plan):
    line = lines("LINESTRING (66 52, 66 104)", width=[10.0])
    with pytest.raises(CRSError, match="add_streets"):
        replan(plan, Changes(add_streets=line.to_crs(32718)), BRIEF)
    with pytest.raises(SchemaError, match="add_streets has neither"):
        replan(plan, Changes(add_streets=line.drop(columns="width")), BRIEF)
    with pytest.raises(SchemaError, match="neither a column lot_id"):
        replan(plan, Changes(add_streets=line), BRIEF, locked=pd.DataFrame({"x": [1]}))


def test_given_blocks_without_streets():
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    plan = lots_in_blocks(blocks, RULE)
    after = replan(plan, Changes(rules={"K": LotRule(320, 16)}), BRIEF)
    assert after.summary.loc["lots", "count"] == 10
    assert after.summary.at["site", "area"] == 3200.0
    with pytest.raises(RuleError, match="no streets"):
        replan(plan, Changes(drop_streets=["1"]), BRIEF)


def touched(before, after):
    """Return blocks with another outline or other lots, and new ones."""
    one, other = (p.lots.groupby(p.lots["block_id"].astype(object)).groups for p in (before, after))
    shapes = after.blocks.geometry.reindex(before.blocks.index).to_numpy()
    same = shapely.equals_identical(before.blocks.geometry.to_numpy(), shapes)
    ids = [b for b, s in zip(before.blocks.index, same, strict=True) if not s]
    ids += [b for b in before.blocks.index if list(one.get(b, [])) != list(other.get(b, []))]
    return {*ids, *after.blocks.index.difference(before.blocks.index)}


REFUSED = re.compile("locked|Locked|cannot be cut|do not make one lot|no lots .*[?]")


@st.composite
def edits(draw):
    """Return a function from a plan to a change of it."""
    kind = draw(st.sampled_from(["rule", "merge", "split", "reserve", "free", "street", "drop", "move"]))
    where, much = draw(st.floats(0, 0.999)), draw(st.floats(0.05, 0.95))
    return kind, where, much


def turned(line, much):
    """Move a street aside, and turn it a little."""
    path = translate(line.geometry.iloc[0], 20 * much - 10, 10 * much - 3)
    return line.set_geometry([rotate(path, 20 * much - 10)], crs=32719)


def change(plan, kind, where, much):
    """Return a change of a kind at a place; none where there is nothing of the kind."""
    tables = {
        "merge": plan.lots,
        "split": plan.lots,
        "free": plan.reserves,
        "drop": plan.street_lines,
        "move": plan.street_lines,
    }
    free = plan.blocks[~plan.blocks.index.isin(plan.reserves["block_id"])]
    ids = tables.get(kind, free).index
    if kind == "street":
        path = shapely.LineString([(where * X[-1], Y[0]), (much * X[-1], Y[-1])])
        return Changes(add_streets=gpd.GeoDataFrame({"width": [6 + 8 * much]}, geometry=[path], crs=32719))
    if not len(ids) or (kind == "drop" and len(ids) < 12):
        return Changes()
    one = ids[int(where * len(ids))]
    made = {
        "rule": lambda: Changes(rules={one: LotRule(120 + 200 * much, 7 + 6 * much)}),
        "reserve": lambda: Changes(add_reserves={one: "other"}),
        "free": lambda: Changes(reserves={one: None}),
        "split": lambda: Changes(split={one: 2 + int(2 * much)}),
        "drop": lambda: Changes(drop_streets=[one]),
        "move": lambda: Changes(move_streets=turned(plan.street_lines.loc[[one], ["geometry"]], much)),
        "merge": lambda: Changes(merge=[[one, plan.lots.at[one, "neighbour_right"] or one + "?"]]),
    }
    return made[kind]()


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(edits(), min_size=1, max_size=4), lock=st.integers(0, 5))
def test_any_sequence_of_edits_conserves_the_land(plan, steps, lock):
    held = plan.lots.index[lock * 31 : lock * 31 + 1]
    now, given = plan, set(plan.lots.index)
    for step in steps:
        changes = change(now, *step)
        try:
            after = replan(now, changes, BRIEF, locked=held)
        except RuleError as error:
            if not REFUSED.search(str(error)):
                raise
            continue
        assert_sound(now, after, touched(now, after) | set(changes.rules))
        assert not (set(after.lots.index) - set(now.lots.index)) & given
        given |= set(after.lots.index)
        assert [after.lots.geometry[k].wkb for k in held] == [plan.lots.geometry[k].wkb for k in held]
        now = after


def test_a_block_of_a_plan_site_plan_laid_out_again_is_the_same():
    """Pedestrian passages are no fronts, neither there nor here."""
    site = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 400, 300)], crs=32719)
    brief = Brief(rule=RULE, reserves=0.1)
    plan = plan_site(site, brief)
    assert "passage" in set(plan.street_lines["street_class"])
    blocks = plan.lots["block_id"].astype(str).unique()
    after = replan(plan, Changes(rules=dict.fromkeys(blocks, RULE)), brief)
    assert_same_rows(plan.lots, after.lots, plan.lots.index)
    for block in blocks:
        one = replan(plan, Changes(rules={block: RULE}), brief)
        assert one.lots.geometry.equals(plan.lots.geometry), block
