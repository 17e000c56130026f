"""Receiving sites on real lots: reserved once, and there after the plan is laid out again."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from ilo_gis import io, workflows
from ilo_gis.errors import RuleError
from ilo_gis.relocation import adjoining_lots, reserve_lots
from ilo_gis.subdivision import Brief, Changes, LotRule, replan

RULE = LotRule(min_area=120.0, min_frontage=7.0)


@pytest.fixture(scope="module")
def plan():
    """Return a plan of lots in one corner of the first extension area of the sample."""
    streets, areas = io.sample("pampa_streets"), io.sample("extension_areas")
    x, y = areas.geometry.iloc[0].centroid.coords[0]
    here = gpd.clip(streets, shapely.box(x - 180, y - 180, x + 180, y + 180), keep_geom_type=True)
    return workflows.lots_from_streets(here.reset_index(drop=True), RULE, width="width")


def row_of_lots(count=6):
    """Return lots of 8 x 20 m: K-1 .. K-5 and the remnant K-R1."""
    shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(count)]
    ids = pd.Index([f"K-{k + 1}" for k in range(count - 1)] + ["K-R1"], name="lot_id", dtype=object)
    kind = ["lot"] * (count - 1) + ["remnant"]
    return gpd.GeoDataFrame({"block_id": "K", "kind": kind}, geometry=shapes, index=ids, crs=32719)


def sites(**lots):
    index = pd.Index(list(lots), name="receiving_id", dtype=object)
    frame = {"kind": "lot", "lots": list(lots.values())}
    return gpd.GeoDataFrame(frame, geometry=[None] * len(lots), index=index, crs=32719)


def test_reserved_lots_of_a_real_plan_stay_when_it_is_laid_out_again(plan):
    lots = plan.lots[plan.lots["kind"] == "lot"]
    by_block = lots.groupby("block_id", sort=False).groups
    one, other = [list(ids) for ids in by_block.values() if len(ids) > 6][:2]
    made = reserve_lots(sites(police=";".join(one[:2]), picuda=";".join(other[:4])), plan.lots)
    assert made.findings.empty
    assert set(made.locked.index) == {*one[:2], *other[:4]}
    reserved = made.receiving_sites
    assert reserved["area"].to_dict() == pytest.approx(
        {"police": lots.loc[one[:2], "area"].sum(), "picuda": lots.loc[other[:4], "area"].sum()}
    )
    assert reserved.area.to_dict() == pytest.approx(reserved["area"].to_dict())
    assert set(reserved["status"]) == {"reserved"}

    third = next(block for block in by_block if block not in set(lots.loc[made.locked.index, "block_id"]))
    changes = Changes(merge=[one[4:6], other[4:6]], rules={third: LotRule(200.0, 10.0)})
    after = replan(plan, changes, Brief(rule=RULE, street_width=12.0), locked=made.locked)
    kept = [c for c in plan.lots if not c.startswith("neighbour")]  # neighbours have new names
    now, before = (table.loc[made.locked.index, kept] for table in (after.lots, plan.lots))
    assert_frame_equal(*(pd.DataFrame(table).astype(object) for table in (now, before)), check_exact=True)
    assert (shapely.to_wkb(now.geometry.array) == shapely.to_wkb(before.geometry.array)).all()
    assert set(after.lots.index) != set(plan.lots.index)
    again = reserve_lots(reserved, after.lots)
    assert again.findings.empty
    assert shapely.equals_exact(again.receiving_sites.geometry.array, reserved.geometry.array).all()


def test_reserved_lots_are_kept_by_another_layout(plan):
    lots = plan.lots[plan.lots["kind"] == "lot"]
    first = list(lots.index[:3])
    made = reserve_lots(sites(police=";".join(first)), plan.lots)
    blocks = plan.blocks.loc[[lots.at[first[0], "block_id"]]]
    after = workflows.lots_in_blocks(blocks, LotRule(200.0, 10.0), keep=made.locked)
    found = set(shapely.to_wkb(shapely.normalize(after.lots.geometry.array)))
    assert set(shapely.to_wkb(shapely.normalize(made.locked.geometry.array))) <= found


def test_a_lot_is_promised_once_and_the_finding_names_both_sites_and_the_lot():
    made = reserve_lots(sites(police="K-1;K-2", picuda="K-2;K-3"), row_of_lots())
    (told,) = made.findings.to_dict("records")
    assert (told["rule"], told["feature"], told["severity"]) == ("receiving.lot_twice", "police", "error")
    assert "K-2, picuda" in told["message"]
    assert "K-2, picuda" in told["message_es"]
    assert made.receiving_sites["area"].to_dict() == {"police": 160.0, "picuda": 320.0}
    assert made.locked["receiving_id"].to_dict() == {"K-1": "police", "K-2": "picuda", "K-3": "picuda"}


def test_an_allotted_claim_goes_before_others():
    told = sites(police="K-1", zegarra="K-1").assign(status=["free", "allotted"])
    made = reserve_lots(told, row_of_lots(), allotted=["K-1"])
    assert made.locked["receiving_id"].to_dict() == {"K-1": "zegarra"}
    assert made.findings["feature"].tolist() == ["police"]


@pytest.mark.parametrize(
    ("named", "rule", "text"),
    [
        ("K-1;k-22", "receiving.unknown_lot", "K-2"),
        ("K-1;K-5", "receiving.lot_allotted", "K-5"),
        ("K-1;K-4", "receiving.lot_allotted", "K-4"),
        ("K-1;K-R1", "receiving.remnant", "K-R1"),
    ],
)
def test_lots_that_cannot_be_had_are_named(named, rule, text):
    lots = row_of_lots().assign(status=["free"] * 4 + ["allotted", "free"])
    made = reserve_lots(sites(police=named), lots, allotted=["K-4"])
    assert made.findings["rule"].tolist() == [rule]
    assert text in made.findings["message"].item()
    assert list(made.locked.index) == ["K-1"]


def test_a_block_stands_for_all_its_lots_and_parts_of_blocks_for_their_own():
    made = reserve_lots(sites(picuda="K"), row_of_lots())
    assert made.receiving_sites.at["picuda", "area"] == 5 * 160
    assert made.receiving_sites.at["picuda", "lots"] == "K-1;K-2;K-3;K-4;K-5"
    assert made.findings.empty


def test_capacity_area_and_land_that_do_not_fit_are_told():
    told = sites(a="K-1", b="K-2;K-5", c="", d=None)
    told = told.assign(
        capacity=[-1, 3, 1, 1], area=[500.0, 320.0, 7.0, 7.0], kind=["lot", "lot", "lot", "building"]
    )
    made = reserve_lots(told, row_of_lots(), across=8.0)
    assert sorted(zip(made.findings["feature"], made.findings["rule"], strict=True)) == [
        ("a", "receiving.area"),
        ("b", "receiving.apart"),
        ("b", "receiving.crowded"),
        ("c", "receiving.no_lots"),
    ]
    assert made.receiving_sites["area"].to_dict() == {"a": 160.0, "b": 320.0, "c": 7.0, "d": 7.0}


def test_sixty_households_find_adjoining_lots_in_a_real_plan(plan):
    groups = adjoining_lots(plan.lots, 60)
    assert len(groups)
    for named in groups["lots"].str.split(";"):
        assert len(set(named)) == 60
        made = reserve_lots(sites(picuda=";".join(named)), plan.lots)
        assert made.findings.empty  # they adjoin, none is a remnant
    shuffled = adjoining_lots(plan.lots.sample(frac=1, random_state=1), 60)
    assert_frame_equal(pd.DataFrame(groups), pd.DataFrame(shuffled))


def test_groups_of_lots_leave_out_what_is_taken():
    lots = row_of_lots()
    assert adjoining_lots(lots, 2, taken=["K-2"], across=0.1)["lots"].tolist() == []
    assert adjoining_lots(lots, 2, taken=["K-1"], across=0.1)["lots"].tolist() == ["K-2;K-3"]
    assert adjoining_lots(lots.iloc[:0], 2).empty
    with pytest.raises(RuleError, match="whole number"):
        adjoining_lots(lots, 0)
