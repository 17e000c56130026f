"""Lots merged, split, slid and swapped by hand: by numbers, and at random with all taken back."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ilo_gis.editing import (
    applied,
    lock_reasons,
    merge_lots,
    side_between,
    slide_side,
    split_lot,
    swap_lots,
)
from ilo_gis.errors import IloGisError, LockedError, RuleError
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.review import plan_of
from ilo_gis.subdivision import Brief, LotRule
from ilo_gis.workflows import lots_in_blocks

RULE = LotRule(min_area=160.0, min_frontage=8.0)
LOOSE = LotRule(min_area=60.0, min_frontage=3.0)
BRIEF, LOOSE_BRIEF = Brief(rule=RULE), Brief(rule=LOOSE)
BENT = [(300000.3, 8050000.7), (300097.1, 8050011.2), (300101.9, 8050049.4), (300043.0, 8050062.8)]


def plan_in(*shapes, rule=RULE):
    names = list("KLM"[: len(shapes)])
    return lots_in_blocks(gpd.GeoDataFrame(index=names, geometry=list(shapes), crs=32719), rule)


@pytest.fixture(scope="module")
def straight():
    """20 lots of 8 m by 20 m in two rows: K-1 ... K-10 and K-11 ... K-20 back to back."""
    return plan_in(shapely.box(0, 0, 80, 40))


@pytest.fixture(scope="module")
def roomy():
    """18 lots of 10 m by 20 m in two rows."""
    return plan_in(shapely.box(0, 0, 90, 40), rule=LotRule(min_area=200.0, min_frontage=10.0))


@pytest.fixture(scope="module")
def bent():
    """Lots of two blocks askew, in UTM coordinates."""
    return plan_in(shapely.Polygon(BENT), shapely.box(300200, 8050000, 300271.3, 8050044.1), rule=LOOSE)


def tables(plan):
    return {"lots": plan.lots, "lineage": plan.lineage, "summary": plan.summary, "blocks": plan.blocks}


def after(plan, edit):
    return plan_of(applied(tables(plan), edit))


def bytes_of(known):
    return {
        name: (shapely.to_wkb(t.geometry.to_numpy()).tolist() if "geometry" in t else [])
        + t.drop(columns="geometry", errors="ignore").astype(object).to_json(double_precision=15).split(",")
        for name, t in known.items()
    }


def assert_sound(plan):
    """Lots cover their blocks with the same vertices on both sides, and their areas are told right."""
    lots = plan.lots
    owner = plan.blocks.index.get_indexer(lots["block_id"])
    prove_cover(lots.geometry.to_numpy(), plan.blocks.geometry.to_numpy(), owner)
    np.testing.assert_allclose(lots["area"], lots.geometry.area, rtol=1e-9)


def test_merged_and_split_again(straight):
    once = merge_lots(straight, ["K-3", "K-4"], BRIEF)
    plan = after(straight, once)
    assert list(once.changes["lots"].come) == ["K-21"]
    assert plan.lots.loc["K-21", ["area", "frontage_main", "kind"]].tolist() == [320.0, 16.0, "lot"]
    assert plan.lineage[["before", "after", "area"]].to_numpy().tolist() == [
        ["K-3", "K-21", 160.0],
        ["K-4", "K-21", 160.0],
    ]
    twice = split_lot(plan, "K-21", 2, BRIEF)
    parts = twice.changes["lots"].after.loc[["K-22", "K-23"]]
    assert parts["area"].round(6).tolist() == [160.0, 160.0]
    assert twice.findings.empty
    assert once.figures.loc["lots", ["before", "after"]].tolist() == [20.0, 19.0]


def test_what_cannot_be_is_refused_with_ids(straight):
    with pytest.raises(RuleError, match="no lots K-99"):
        merge_lots(straight, ["K-1", "K-99"], BRIEF)
    locked = pd.Series({"K-4": "titled to H-7"})
    for ask in (
        lambda: merge_lots(straight, ["K-3", "K-4"], BRIEF, locked=locked),
        lambda: split_lot(straight, "K-4", 2, BRIEF, locked=locked),
        lambda: slide_side(straight, "K-3", "K-4", 0.0, BRIEF, locked=locked),
    ):
        with pytest.raises(LockedError, match=r"K-4.*titled to H-7|titled to H-7.*K-4"):
            ask()


def neighbours(plan, lot):
    row = plan.lots.loc[lot]
    return {name: row[f"neighbour_{name}"] for name in ("left", "right", "back")}


def test_a_side_line_stops_where_the_rule_says(roomy):
    right = neighbours(roomy, "K-5")["right"]
    side = side_between(roomy, "K-5", right, RULE)
    assert (round(side.least, 6), round(side.greatest, 6)) == (-2.0, 2.0)
    assert side.why_greatest["es"] == f"{right} tendría menos de 160 m2"
    assert side.why_least["en"] == "K-5 would have less than 160 m2"
    slid = side.at(1.5)
    assert [round(v, 9) for v in (*slid.area, *slid.frontage)] == [230.0, 170.0, 11.5, 8.5]
    narrow = side_between(roomy, "K-5", right, LotRule(min_area=20, min_frontage=9.0))
    assert (round(narrow.greatest, 6), narrow.why_greatest["en"]) == (
        1.0,
        f"{right} would have a front of less than 9 m",
    )
    with pytest.raises(RuleError, match=f"up to 2.00 m, not 2.50 m: beyond, {right} would have"):
        slide_side(roomy, "K-5", right, 2.5, BRIEF)


def test_a_lot_below_the_rule_gives_no_more(straight):
    right = neighbours(straight, "K-5")["right"]
    side = side_between(straight, "K-5", right, LotRule(min_area=200.0, min_frontage=8.0))
    assert max(-side.least, side.greatest) < 1e-5


def test_the_line_between_lots_back_to_back_moves_depths(roomy):
    back = neighbours(roomy, "K-5")["back"]
    side = side_between(roomy, "K-5", back, RULE)
    assert round(side.greatest, 6) == 4.0
    assert side.at(4.0).frontage == pytest.approx((10.0, 10.0))
    with pytest.raises(RuleError, match="share no line"):
        side_between(roomy, "K-1", "K-9", RULE)


def test_slid_lots_and_all_that_meet_them_share_vertices(roomy):
    right = neighbours(roomy, "K-5")["right"]
    side = side_between(roomy, "K-5", right, RULE)
    edit = slide_side(roomy, "K-5", right, 1.25, BRIEF, side=side)
    plan = after(roomy, edit)
    assert_sound(plan)
    assert shapely.coverage_is_valid(plan.lots.geometry.to_numpy())
    assert plan.lots.loc[["K-5", right], "frontage"].round(6).tolist() == [11.25, 8.75]
    assert plan.lots.loc["K-5", "width"] == pytest.approx(11.25)
    # the lot behind that the line now ends at got a vertex; nothing else of it changed
    behind = edit.changes["lots"].changed.difference(["K-5", right])
    assert set(behind) <= {neighbours(roomy, lot)["back"] for lot in ("K-5", right)}
    assert plan.lots.area.loc[behind].tolist() == roomy.lots.area.loc[behind].tolist()
    # slid back, the vertex is gone again
    again = after(plan, slide_side(plan, "K-5", right, -1.25, BRIEF))
    assert shapely.get_num_coordinates(again.lots.geometry.to_numpy()).sum() == (
        shapely.get_num_coordinates(roomy.lots.geometry.to_numpy()).sum()
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_gestures_keep_the_land_and_are_taken_back(bent, data):
    plan, done = bent, []
    for _ in range(data.draw(st.integers(1, 5))):
        lots = data.draw(st.sampled_from(sorted(plan.lots.index)))
        near = plan.lots.index[plan.lots.intersects(plan.lots.geometry.at[lots])].drop(lots)
        other = data.draw(st.sampled_from(sorted(near)))
        share = data.draw(st.floats(0.0, 1.0))
        try:
            match data.draw(st.sampled_from(["merge", "split", "slide"])):
                case "merge":
                    edit = merge_lots(plan, [lots, other], LOOSE_BRIEF)
                case "split":
                    edit = split_lot(plan, lots, data.draw(st.integers(2, 3)), LOOSE_BRIEF)
                case _:
                    side = side_between(plan, lots, other, LOOSE)
                    offset = side.least + share * (side.greatest - side.least)
                    edit = slide_side(plan, lots, other, offset, LOOSE_BRIEF)
        except RuleError:
            continue
        done.append((plan, edit))
        plan = after(plan, edit)
        assert_sound(plan)
    for before, edit in reversed(done):
        back = applied(tables(plan), edit.reversed)
        order = {name: back[name].loc[table.index] for name, table in tables(before).items()}
        assert bytes_of(order) == bytes_of(tables(before))
        plan = before


# -- swaps and locks --------------------------------------------------------------------------------


@pytest.fixture
def known(roomy):
    index = pd.Index(["K-2", "K-3"], name="lot_id")
    given = pd.DataFrame({"household_id": ["H-2", "H-3"], "turn": [7, 8]}, index)
    sites = {"kind": ["lot", "lot"], "lots": ["K-2", "K-2;K-8"], "area": [200.0, 400.0]}
    sites = gpd.GeoDataFrame(
        sites,
        index=pd.Index(["S1", "S2"], name="receiving_id"),
        geometry=[roomy.lots.geometry["K-2"], None],
        crs=32719,
    )
    lots = roomy.lots.assign(use=roomy.lots["use"].mask(roomy.lots.index == "K-2", "school"))
    return {"lots": lots, "allotments": given, "receiving_sites": sites}


def test_swapped_lots_keep_their_ground(known):
    edit = swap_lots(known, "K-2", "K-8")
    done = applied(known, edit)
    assert done["lots"].geometry.equals(known["lots"].geometry)
    assert done["lots"].loc[["K-2", "K-8"], "use"].tolist() == [pd.NA, "school"]
    assert done["allotments"]["household_id"].to_dict() == {"K-3": "H-3", "K-8": "H-2"}
    assert done["receiving_sites"]["lots"].tolist() == ["K-8", "K-2;K-8"]
    assert done["receiving_sites"].geometry["S1"].equals(known["lots"].geometry["K-8"])
    assert swap_lots(known, "K-2", "K-3").changes["allotments"].after["household_id"].to_dict() == {
        "K-2": "H-3",
        "K-3": "H-2",
    }
    assert edit.title("es") == "Permutar los lotes K-2, K-8"


def test_swaps_are_refused_with_the_reason(known):
    states = pd.DataFrame({"stage": ["titled"]}, index=["K-3"])
    with pytest.raises(LockedError, match=r"K-3 is not swapped: it is titled \(lot_states\)"):
        swap_lots(known | {"lot_states": states}, "K-2", "K-3")
    events = {"lot_id": ["K-2", "K-2"], "kind": ["allotted", "taken_back"], "takes_back": [None, None]}
    events["date"] = pd.to_datetime(["1990-01-10", "1990-01-11"])
    events = pd.DataFrame(events, pd.Index(["E-1", "E-2"], name="event_id"))
    with pytest.raises(LockedError, match="K-2 is not swapped: it has lot_events of its own"):
        swap_lots(known | {"lot_events": events}, "K-2", "K-3")
    with pytest.raises(RuleError, match="with itself"):
        swap_lots(known, "K-2", "K-2")


def test_reasons_of_locks():
    events = {"lot_id": ["A-1", "A-1", "A-2"], "household_id": ["h1", "h1", "h2"]}
    events |= {
        "kind": ["allotted", "occupied", "allotted"],
        "date": ["1990-01-10", "1991-05-01", "1991-06-01"],
    }
    events = pd.DataFrame(events, pd.Index(["E-1", "E-2", "E-3"], name="event_id"))
    states = pd.DataFrame({"stage": ["free", "titled", "free"]}, index=["A-1", "A-3", "A-4"])
    given = pd.DataFrame({"household_id": ["h4"]}, index=["A-4"])
    known = {"lot_events": events, "lot_states": states, "allotments": given}
    assert lock_reasons(known).to_dict() == {
        "A-1": "ocupado por h1",
        "A-2": "asignado a h2",
        "A-3": "titulado",
        "A-4": "asignado a h4",
    }
    assert lock_reasons({}).empty
    assert issubclass(LockedError, IloGisError)


def test_a_line_drawn_onto_the_edges_splits_a_lot(bent):
    """Snapped ends lie on an edge but for the rounding."""
    for lot, shape in bent.lots.geometry.items():
        line = shapely.LineString(
            shapely.get_coordinates(shape.exterior.interpolate([0.13, 0.61], normalized=True))
        )
        edit = split_lot(bent, lot, line, LOOSE_BRIEF)
        assert len(edit.changes["lots"].come) == 2
        assert_sound(after(bent, edit))
