"""Draws that sha256sum repeats, serial dictatorship without regrets, groups, and what is refused."""

import json
from datetime import date
from hashlib import sha256

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import CRSError, RuleError, SchemaError
from ilo_gis.promuvi import allot, replay

DAY = {"seed": "tinka 1-7-12", "on": date(1996, 3, 31)}


def land(blocks=2, count=6):
    """Return blocks A, B ... of two rows of lots of 8 x 20 m, back to back; streets lie between blocks."""
    rows = []
    for b in range(blocks):
        for k in range(count):
            x, y = 254_000 + (k // 2) * 8, 8_047_000 + b * 60 + (k % 2) * 20
            rows.append((f"{'ABCDEFGH'[b]}-{k + 1}", "ABCDEFGH"[b], shapely.box(x, y, x + 8, y + 20)))
    ids, block, shapes = zip(*rows, strict=True)
    index = pd.Index(ids, name="lot_id")
    told = {"block_id": block, "kind": "lot", "corner": [id_.endswith("-1") for id_ in ids]}
    return gpd.GeoDataFrame(told, index=index, geometry=list(shapes), crs=32719)


def listed(count, preferences=None, group=None):
    index = pd.Index([f"P{n}" for n in range(1, count + 1)], name="applicant_id")
    told = {"household_id": [f"H{n}" for n in range(1, count + 1)], "place": range(1, count + 1)}
    table = pd.DataFrame(told, index).assign(score=0.0, preferences=None, group=None)
    table["preferences"] = pd.Series(preferences or {}, dtype=object).reindex(index)
    table["group"] = pd.Series(group or {}, dtype=object).reindex(index)
    return table


def by_ticket(ids):
    return sorted(ids, key=lambda id_: sha256(f"{DAY['seed']}:{id_}".encode()).hexdigest())


def test_anyone_repeats_the_draw_with_two_sorts():
    lots, who = land(), listed(20)
    made = allot(lots, who, **DAY)
    wanted = dict(zip(by_ticket(lots.index), by_ticket(who.index[:12]), strict=True))
    assert made.table["applicant_id"].to_dict() == wanted
    assert made.waiting.index.tolist() == [f"P{n}" for n in range(13, 21)]
    everybody = allot(lots, who, among="all", order="id", **DAY)
    assert everybody.table["applicant_id"].tolist() == by_ticket(who.index)[:12]
    assert everybody.table.index.tolist() == sorted(lots.index)
    assert everybody.waiting.index.tolist() == by_ticket(who.index)[12:]


def test_preference_by_hand():
    wishes = {"P1": "A-1", "P2": "A-1;B-2", "P3": "A-1; B-2", "P4": "A-2;A-1"}
    made = allot(land(), listed(4, wishes), "preference", taken=["A-2"], order="id", **DAY)
    got = made.table.reset_index().set_index("applicant_id")
    assert got["lot_id"].to_dict() == {"P1": "A-1", "P2": "B-2", "P3": "A-3", "P4": "A-4"}
    assert got.loc[["P1", "P2", "P3", "P4"], "way"].tolist() == ["preference", "preference", "next", "next"]
    assert got.loc[["P1", "P2"], "choice"].tolist() == [1, 2]
    assert made.record["counts"] == {
        "lots": 12, "taken": 1, "reserved": 0, "ranked": 4, "allotted": 4, "waiting": 0, "next": 2,
        "preference": 2,
    }  # fmt: skip


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_two_would_swap_and_nobody_gets_two(data):
    lots = land(2, 4)
    wish = st.lists(st.sampled_from(list(lots.index)), unique=True, max_size=6)
    count = data.draw(st.integers(1, 11))
    wishes = {f"P{n}": ";".join(data.draw(wish)) or None for n in range(1, count + 1)}
    taken = data.draw(st.sets(st.sampled_from(list(lots.index)), max_size=5))
    made = allot(lots, listed(count, wishes), "preference", taken=taken, **DAY)
    got = made.table.reset_index().set_index("applicant_id")["lot_id"].to_dict()
    assert made.table.index.is_unique
    assert made.table["household_id"].is_unique
    assert not set(got.values()) & taken
    assert len(got) == min(count, 8 - len(taken))
    order = {who: (wishes[who] or "").split(";") for who in got}

    def rank_of(who, lot):
        return order[who].index(lot) if lot in order[who] else len(order[who])

    free = set(lots.index) - taken - set(got.values())
    for who, lot in got.items():
        assert not any(rank_of(who, other) < rank_of(who, lot) for other in free)  # nothing better is left
        for other, theirs in got.items():
            mine, his = rank_of(who, theirs) - rank_of(who, lot), rank_of(other, lot) - rank_of(other, theirs)
            assert not (mine <= 0 and his <= 0 and mine + his < 0), (who, other)


@given(st.permutations(range(12)), st.permutations(range(9)), st.sampled_from(["draw", "preference"]))
@settings(max_examples=15, deadline=None)
def test_order_of_rows_does_not_count(lot_rows, rows, way):
    lots = land()
    who = listed(9, {"P2": "B-1;B-2", "P4": "B-1;A-3"}, {"P3": "g", "P4": "g", "P9": "g"})
    made = allot(lots, who, way, groups=True, **DAY)
    again = allot(lots.iloc[list(lot_rows)], who.iloc[list(rows)], way, groups=True, **DAY)
    pd.testing.assert_frame_equal(made.table, again.table)
    assert made.record == again.record


def connected(lots, ids):
    parts = shapely.union_all(np.asarray(lots.loc[ids].geometry.array))
    return parts.geom_type == "Polygon" and len(set(lots.loc[ids, "block_id"])) == 1


@pytest.mark.parametrize("way", ["draw", "preference"])
def test_neighbours_stay_together_at_the_turn_of_their_best(way):
    lots = land(3, 6)
    groups = {"P2": "north", "P11": "north", "P12": "north", "P5": "south", "P7": "south"}
    made = allot(lots, listed(14, {"P1": "A-1", "P2": "A-1;A-4"}, groups), way, groups=True, **DAY)
    by_group = made.table.groupby(made.table["applicant_id"].map(groups))
    for _, rows in by_group:
        assert connected(lots, rows.index.tolist())
        assert set(rows["way"]) == {"group"}
        assert np.ptp(rows["turn"]) == len(rows) - 1
    if way == "preference":
        assert made.table.loc["A-4", ["applicant_id", "choice"]].tolist() == ["P2", 2]
    assert made.findings.empty


def test_a_group_that_fits_nowhere_is_told():
    lots = land(2, 4)
    who = listed(8, group=dict.fromkeys([f"P{n}" for n in range(1, 6)], "five"))
    made = allot(lots, who, groups=True, **DAY)
    assert set(made.findings["rule"]) == {"promuvi.group_apart"}
    assert len(made.findings) == 5
    fewer = allot(lots, who, groups=True, taken=lots.index[:4], **DAY)
    assert fewer.findings[["feature", "rule"]].to_numpy().tolist() == [["five", "promuvi.group_waits"]]
    assert set(fewer.table["applicant_id"]) == {"P6", "P7", "P8"}
    last = allot(lots, listed(9, group={"P1": "g", "P9": "g"}), "preference", groups=True, turn="last", **DAY)
    assert last.waiting.index.tolist() == ["P1", "P9"]  # both wait: the turn of the last has no lots left


def test_corner_lots_are_kept_back_and_taken_lots_pass():
    lots = land()
    states = pd.DataFrame(
        {"stage": ["occupied", "free"], "household_id": ["H77", None]},
        index=pd.Index(["A-2", "A-3"], name="lot_id"),
    )
    who = listed(12, {"P1": "A-1;A-2;A-3"})
    made = allot(lots, who, "preference", taken=states, reserve={"corner": True}, **DAY)
    assert made.table.loc["A-3", ["applicant_id", "choice"]].tolist() == ["P1", 3]
    assert len(made.table) == 12 - 2 - 1
    assert not set(made.table.index) & {"A-1", "B-1", "A-2"}
    assert made.record["counts"]["reserved"] == 2


def test_what_is_given_becomes_events():
    made = allot(land(), listed(3), evidence="Acta 12-1996", **DAY)
    assert set(made.events["kind"]) == {"allotted"}
    assert set(made.events["lot_id"]) == set(made.table.index)
    assert set(made.events["date"]) == {pd.Timestamp("1996-03-31")}
    assert set(made.events["evidence"]) == {"Acta 12-1996"}
    assert made.events.index.is_unique


def test_a_record_repeats_the_allotment_and_tells_where_a_list_differs():
    lots, who = land(), listed(9)
    made = allot(lots, who, time="1996-03-31 10:00 -05:00", **DAY)
    record = json.loads(json.dumps(made.record))
    assert replay(record, lots, who).same
    record["allotted"][4][1], record["allotted"][5][1] = record["allotted"][5][1], record["allotted"][4][1]
    found = replay(record, lots, who)
    assert (found.same, found.same_inputs, found.turn) == (False, True, 5)
    assert found.recorded[1] == made.table["applicant_id"].iloc[5]
    other = replay(made.record, lots, who, taken=made.table.index[:1])
    assert (other.same, other.same_inputs, other.turn) == (False, False, 1)
    with pytest.raises(RuleError, match="no record"):
        replay({"kind": "ranking"}, lots, who)
    with pytest.raises(RuleError, match="settings"):
        replay(made.record | {"settings": {"on": "1996-03-31", "luck": 1}}, lots, who)


def test_what_cannot_be_is_refused_by_id():
    lots, who = land(), listed(3)
    states = pd.DataFrame(
        {"stage": ["titled"], "household_id": ["H2"]}, index=pd.Index(["A-2"], name="lot_id")
    )
    refused = {
        r"twice: H1": {"ranking": who.assign(household_id="H1")},
        r"hold a lot already: H2": {"taken": states},
        r"not among the lots: Z-9": {"taken": ["Z-9"]},
        r"P2: Z-1": {"ranking": listed(3, {"P2": "A-1;Z-1"}), "way": "preference"},
        r"twice by one applicant: P2: A-1": {"ranking": listed(3, {"P2": "A-1;A-1"}), "way": "preference"},
        r"way is 'luck'": {"way": "luck"},
        r"'cornr' \(did you mean corner": {"reserve": {"cornr": True}},
        r"seed": {"seed": ""},
    }
    for message, change in refused.items():
        with pytest.raises(RuleError, match=message):
            allot(**{"lots": lots, "ranking": who} | DAY | change)
    with pytest.raises(SchemaError, match="repeats: A-1"):
        allot(lots.rename(index={"A-2": "A-1"}), who, **DAY)
    with pytest.raises(CRSError, match="set_crs"):
        allot(lots.set_crs(None, allow_override=True), who, **DAY)


def test_nobody_ranked_no_lot_and_remnants():
    lots, who = land(), listed(3)
    assert allot(lots, who.iloc[:0], **DAY).table.empty
    none = allot(lots, who, taken=lots.index, **DAY)
    assert none.table.empty
    assert none.events.empty
    assert len(none.waiting) == 3
    rest = allot(lots.assign(kind=["lot"] + ["remnant"] * 11), who, **DAY)
    assert rest.table.index.tolist() == ["A-1"]
