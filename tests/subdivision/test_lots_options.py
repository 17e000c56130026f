"""What users of other tools ask for: each option on a block small enough to count by hand."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import box

from ilo_gis.errors import GeometryError, RuleError, SchemaError
from ilo_gis.io import sample
from ilo_gis.subdivision import LotRule, blocks_from_streets, check_lots, cut_lots

ORIGIN = (254_000, 8_047_000)
BLOCK = box(0, 0, 100, 40)  # two rows of land 20 m deep


def table(*shapes, **columns):
    moved = shapely.transform(np.array(shapes, dtype=object), lambda xy: xy + np.array(ORIGIN))
    index = [chr(ord("A") + k) for k in range(len(shapes))]
    return gpd.GeoDataFrame(columns, index=index, geometry=moved, crs=32719)


def cut(rule=None, *, block=BLOCK, streets=None, keep=None, **options):
    rule = rule or LotRule(160.0, 8.0, **options)
    blocks = table(block)
    lots = cut_lots(blocks, rule, streets, keep=keep)
    assert shapely.area(lots.geometry.to_numpy()).sum() == pytest.approx(block.area)
    return lots[lots["kind"] == "lot"], lots[lots["kind"] == "remnant"]


def test_lots_come_near_a_target_front():
    lots, rest = cut(target_frontage=12.0)
    rows = lots[~lots["corner"]]
    assert rows["frontage"].between(12 * 0.9, 12 * 1.1).all()
    assert len(lots) == 16
    assert rest.empty


def test_lots_come_near_a_target_area():
    lots, _ = cut(target_area=250.0, tolerance=0.15)
    assert lots["area"].between(250 * 0.85, 250 * 1.15).all()
    assert len(lots) == 16


def test_lots_of_the_target_area_that_fit_leave_nothing():
    lots, rest = cut(target_area=250.0)
    assert lots["area"].round(6).tolist() == [250.0] * 16
    assert rest.empty


def test_with_a_remainder_lots_have_the_target_size():
    lots, rest = cut(target_frontage=11.0, remainder="remnant")
    assert lots["frontage_main"].round(3).isin([11.0]).sum() >= 14
    assert (rest["frontage"] < 2 * 11.0 + 20.0).all()


def test_exactly_these_areas_and_the_rest_has_a_name():
    wanted = (200.0, 300.0, 180.0)
    lots, rest = cut(areas=wanted)
    assert lots["area"].round(6).tolist() in ([*wanted], [*wanted[::-1]]) or sorted(
        lots["area"].round(6)
    ) == sorted(wanted)
    assert set(rest["reason"]) == {"left over"}


def test_areas_that_do_not_fit_are_refused_by_block():
    with pytest.raises(RuleError, match=r"A \(\d of 3\)"):
        cut(areas=(2000.0, 2000.0, 2000.0))


@pytest.mark.parametrize("count", [1, 2, 7, 13, 20, 24])
def test_an_exact_number_of_lots(count):
    assert len(cut(count=count)[0]) == count


@pytest.mark.parametrize("turn", [0.0, 17.0, 90.0])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_few_lots_are_strips_through_the_block(count, turn):
    lots, rest = cut(block=shapely.affinity.rotate(box(0, 0, 60, 18), turn), count=count)
    assert lots["area"].round(6).tolist() == [round(60 * 18 / count, 6)] * count
    assert rest.empty


def test_more_lots_than_fit_are_refused_by_block():
    with pytest.raises(RuleError, match=r"A \(24 of 40\)"):
        cut(count=40)


def test_what_is_left_over_goes_where_it_is_wanted():
    spread = cut()[0]
    last = cut(remainder="last")[0]
    rest = cut(remainder="remnant")
    green = cut(remainder="green")
    assert len(spread) == len(last)
    exact = np.isclose(last["frontage"], 8.0, atol=1e-4)
    assert exact.sum() > np.isclose(spread["frontage"], 8.0, atol=1e-4).sum()
    assert set(rest[1]["reason"]) <= {"front too short", "area too small", "left over"}
    assert len(rest[1])
    assert set(green[1]["use"]) == {"green"}


def test_no_lot_is_larger_than_the_largest_area():
    for largest, block, count in ((220.0, box(0, 0, 120, 80), 30), (200.0, box(0, 0, 110, 76), 25)):
        lots, _ = cut(block=block, max_area=largest)
        assert lots["area"].max() <= largest + 1e-6
        assert len(lots) >= count


def test_no_lot_is_narrower_than_the_least_width():
    lots, _ = cut(min_width=10.0)
    assert lots["width"].min() >= 10.0 - 1e-6


def test_corner_lots_are_wider():
    plain, wide = cut()[0], cut(corner_extra=3.0)[0]
    main = plain.loc[plain["corner"], ["frontage_main", "frontage_second"]].min(axis=1)
    more = wide.loc[wide["corner"], ["frontage_main", "frontage_second"]].min(axis=1)
    assert main.min() < 9
    assert more.min() >= 11.0 - 1e-6


def test_the_corners_of_the_block_are_cut_off():
    lots, rest = cut(ochavo=3.0)
    cut_off = rest[rest["reason"] == "corner cut"]
    assert cut_off["area"].round(6).tolist() == [2.25] * 4
    assert set(cut_off["use"]) == {"street"}
    assert len(lots) == 24 - 2  # four corner lots need 3 m more
    assert (lots["area"] >= 160.0 - 1e-6).all()


def test_rows_run_along_the_axis():
    square = box(0, 0, 60, 60)
    east, north = (cut(block=square, axis=azimuth)[0] for azimuth in (90.0, 0.0))

    def rows_along(lots, k):
        main = lots.loc[lots["corner"], "geometry"].bounds
        wide = main["maxx"] - main["minx"] if k == 0 else main["maxy"] - main["miny"]
        return (wide < 12).all()

    assert rows_along(east, 0)
    assert rows_along(north, 1)


def test_side_lines_are_parallel_to_the_neighbours():
    leaning = shapely.Polygon([(0, 0), (100, 0), (115, 40), (15, 40)])
    lots, _ = cut(block=leaning, side_lines="parallel")
    inner = lots[~lots["corner"]].geometry.to_numpy()
    assert len(inner) == 20
    edges = np.concatenate(
        [np.stack([xy[:-1], xy[1:]], axis=1) for xy in map(shapely.get_coordinates, inner)]
    )
    on_street = np.isin(edges[..., 1] - ORIGIN[1], [0.0, 40.0])
    side_lines = np.diff(edges[on_street.sum(axis=1) == 1], axis=1)[:, 0]
    assert np.allclose(side_lines[:, 0] / side_lines[:, 1], 15 / 40, atol=1e-3)


def test_only_streets_are_fronts():
    streets = table(box(-10, -10, 110, 0))
    lots, _ = cut(streets=streets)
    assert (lots.bounds["miny"] == ORIGIN[1]).all()
    assert (lots["frontage_second"] == 0).all()


def test_a_shallow_block_with_one_street_is_used_to_its_far_side():
    lots, rest = cut(block=box(0, 0, 100, 25), streets=table(box(-10, -10, 110, 0)))
    assert len(lots) == 12
    assert lots["depth"].round(6).tolist() == [25.0] * 12
    assert rest.empty


@pytest.mark.parametrize("sides", [(0, 2), (0, 1), (0, 1, 2), (1, 2, 3)])
def test_land_behind_closed_sides_goes_to_the_lots_on_streets(sides):
    around = [box(-10, -10, 110, 0), box(100, -10, 110, 50), box(-10, 40, 110, 50), box(-10, -10, 0, 50)]
    lots, rest = cut(streets=table(*(around[k] for k in sides)))
    assert rest.empty
    assert len(lots) >= 14
    assert (lots["frontage"] >= 8.0 - 1e-6).all()


def test_land_too_deep_behind_a_street_is_left_in_one_piece():
    lots, rest = cut(block=box(0, 0, 60, 100), streets=table(box(-10, -10, 70, 0)))
    assert lots["depth"].round(6).tolist() == [40.0] * len(lots)
    assert rest["area"].round(6).tolist() == [60 * 60.0]
    assert rest["reason"].tolist() == ["no street front"]


def test_no_lot_opens_on_a_highway():
    streets = table(box(-10, -10, 110, 0), box(-10, 40, 110, 60), front=[True, False])
    lots, _ = cut(streets=streets)
    assert (lots["frontage"] > 0).all()
    assert (lots.bounds["miny"] == ORIGIN[1]).all()


def test_a_rule_for_each_block():
    blocks = table(BLOCK, shapely.affinity.translate(BLOCK, 200), rule=["small", "large"])
    rules = {"small": LotRule(160.0, 8.0), "large": LotRule(300.0, 15.0)}
    lots = cut_lots(blocks, rules)
    alone = {name: len(cut(rule)[0]) for name, rule in rules.items()}
    legal = lots[lots["kind"] == "lot"]
    assert legal["rule"].value_counts().to_dict() == alone
    least = legal.groupby("rule", observed=True)["frontage"].min()
    assert least["small"] >= 8.0
    assert least["large"] >= 15.0


def test_a_rule_for_each_side():
    streets = table(box(-10, -10, 110, 0), box(-10, 40, 110, 50), rule=["small", "large"])
    rules = {"small": LotRule(160.0, 8.0), "large": LotRule(300.0, 15.0)}
    blocks = table(BLOCK, rule=["small"])
    lots = cut_lots(blocks, rules, streets)
    legal = lots[lots["kind"] == "lot"]
    south = legal.bounds["miny"] == ORIGIN[1]
    assert set(legal.loc[south, "rule"]) == {"small"}
    assert set(legal.loc[~south, "rule"]) == {"large"}
    assert legal.loc[~south, "frontage"].min() >= 15.0


def test_rules_that_nobody_gave_are_refused():
    rules = {"small": LotRule(160.0, 8.0)}
    with pytest.raises(SchemaError, match="column 'rule'"):
        cut_lots(table(BLOCK), rules)
    with pytest.raises(RuleError, match=r"blocks A.*huge.*known: small"):
        cut_lots(table(BLOCK, rule=["huge"]), rules)


def test_lots_that_stay_stay():
    stay = table(box(40, 0, 50, 20), box(50, 0, 60, 20)).assign(block_id="A", number=[1, 2])
    stay.index = ["A-1", "A-2"]
    lots = cut_lots(table(BLOCK), LotRule(160.0, 8.0), keep=stay)
    assert lots.loc[["A-1", "A-2"], "geometry"].to_wkb().tolist() == stay.geometry.to_wkb().tolist()
    assert lots.index.is_unique
    assert lots.loc[lots["kind"] == "lot", "number"].min() == 1
    assert shapely.area(lots.geometry.to_numpy()).sum() == pytest.approx(4000.0)
    assert check_lots(lots[lots["kind"] == "lot"]).query("severity == 'error'").empty
    assert (lots["kind"] == "lot").sum() >= 20


def test_lots_that_stay_must_lie_in_the_blocks():
    with pytest.raises(GeometryError, match=r"stick out .*A"):
        cut(keep=table(box(90, 0, 110, 20)))


def test_lots_that_were_cut_may_stay_while_the_rest_of_their_block_is_cut_anew():
    streets = sample("pampa_streets")
    streets = streets[(streets["extension_area"] == "1") & (streets["flaw"] == "")]
    blocks = blocks_from_streets(streets, width="width")
    blocks = blocks[blocks.area > 2500].iloc[::3]  # turned and crooked: edges of lots meet theirs nearly
    lots = cut_lots(blocks, LotRule(120.0, 7.0))
    kept = lots[lots["number"] <= 4]
    again = cut_lots(blocks, LotRule(200.0, 10.0), keep=kept)
    assert not (again["reason"] == "no way found to divide it").any()
    assert again[again["kind"] == "lot"].groupby("block_id").size().min() >= 8
    assert again.area.sum() == pytest.approx(blocks.area.sum(), abs=1e-4)
    assert again.loc[kept.index].to_wkb()["geometry"].tolist() == kept.to_wkb()["geometry"].tolist()
