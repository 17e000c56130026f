"""Lots of ``mode="most"``: as many as a block holds."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, affinity, box
from test_lots import PARK_INSIDE, RING_SECTOR, RULE, TRIANGLE, U_SHAPE, counts, cut, layer, prove

from ilo_gis.errors import RuleError
from ilo_gis.subdivision import LotRule, cut_lots

RECTANGLE = box(0, 0, 100, 60)
L_SHAPE = box(0, 0, 120, 120) - box(60, 60, 120, 120)
SEVEN_SIDED = Polygon([(0, 0), (95, -12), (150, 30), (138, 78), (90, 104), (35, 92), (-14, 48)])
COMB = shapely.union_all([box(0, 0, 200, 30), *(box(x, 30, x + 25, 90) for x in (0, 60, 120, 175))])
CROSS = box(0, 40, 120, 80) | box(40, 0, 80, 120)
BOW = Polygon([(0, 0), (60, 12), (120, 0), (110, 60), (60, 22), (10, 60)])  # sharp reflex corners
ISLANDS = MultiPolygon([box(0, 0, 100, 60), box(140, 0, 180, 40), box(200, 0, 206, 6)])
SHAPES = [
    RECTANGLE, L_SHAPE, SEVEN_SIDED, COMB, CROSS, BOW, ISLANDS, U_SHAPE, TRIANGLE, RING_SECTOR, PARK_INSIDE,
    box(0, 0, 200, 200), box(0, 0, 9, 20), box(0, 0, 12, 30), Point(60, 60).buffer(50),
]  # fmt: skip
SHAPES = [affinity.translate(shape, 300 * k) for k, shape in enumerate(SHAPES)]


def most(*shapes, **kwargs):
    return cut(*shapes, mode="most", **kwargs)


def turned(shape):
    """Return a shape turned by 23 degrees, where maps of Ilo have it."""
    return affinity.translate(affinity.rotate(shape, 23, origin=(0, 0)), 254_000, 8_047_000)


@pytest.mark.parametrize(
    ("shape", "lots"), [(RECTANGLE, 32), (L_SHAPE, 50), (SEVEN_SIDED, 50)], ids=["rectangle", "L", "seven"]
)
def test_yields(shape, lots):
    assert counts(most(shape))[0] == lots
    assert counts(most(turned(shape)))[0] == lots


def test_corner_lots_are_small_and_have_a_front_on_both_streets():
    corner = most(RECTANGLE).query("corner")
    assert len(corner) == 4
    assert (corner["area"] < 1.01 * RULE.min_area).all()
    assert (corner["frontage"] > 2 * RULE.min_frontage).all()


def test_a_block_in_which_no_side_line_stands_has_no_lots():
    needle = Polygon([(100, 100), (2100, 110), (2100, 100)])
    lots = most(needle)
    prove(layer(needle), lots, RULE)
    assert counts(lots)[0] == 0


@pytest.mark.parametrize("move", [lambda shape: shape, turned], ids=["near", "turned, far away"])
def test_lots_are_legal_and_cover_their_block(move):
    blocks = layer(*map(move, SHAPES))
    lots, clean = cut_lots(blocks, RULE, mode="most"), cut_lots(blocks, RULE)
    prove(blocks, lots, RULE)

    def of_block(table):
        return table[table["kind"] == "lot"].groupby("block_id").size().reindex(blocks.index, fill_value=0)

    assert (of_block(lots) >= of_block(clean)).all()
    assert of_block(lots).sum() > 1.1 * of_block(clean).sum()


def test_only_land_on_streets_is_cut_into_lots():
    blocks = layer(*SHAPES)
    south = gpd.GeoDataFrame(geometry=[box(-50, -20, 6000, 0)], crs=blocks.crs)
    lots = cut_lots(blocks, RULE, south, mode="most")
    prove(blocks, lots, RULE)
    lot = lots[lots["kind"] == "lot"]
    assert len(lot) > 60
    assert (lot.distance(south.geometry[0]) < 1e-6).all()


def test_a_block_is_cut_the_same_whatever_is_cut_with_it():
    """Bytes, so that several processes give what one gives."""
    rng = np.random.default_rng(5)
    some = [affinity.rotate(shape, rng.uniform(0, 90)) for shape in SHAPES * 2]
    shapes = [turned(affinity.scale(shape, *rng.uniform(0.8, 1.4, 2))) for shape in some]
    blocks = layer(*shapes)

    def bytes_of(lots):
        return {name: tuple(own.geometry.to_wkb()) for name, own in lots.groupby("block_id")}

    together = bytes_of(cut_lots(blocks, RULE, mode="most"))
    shuffled = bytes_of(cut_lots(blocks.sample(frac=1, random_state=3), RULE, mode="most"))
    alone = [bytes_of(cut_lots(blocks.iloc[[k]], RULE, mode="most")) for k in range(len(blocks))]
    assert shuffled == together
    assert {name: own for each in alone for name, own in each.items()} == together


def test_other_rules_and_blocks_with_rules_of_their_own():
    rules = {"small": LotRule(90.0, 6.0), "stout": LotRule(300.0, 12.0, max_ratio=2.5)}
    both = layer(SEVEN_SIDED, affinity.translate(SEVEN_SIDED, 300)).assign(rule=["small", "stout"])
    lots = cut_lots(both, rules, mode="most")
    for name, own in both.groupby("rule"):
        prove(own, lots[lots["block_id"].isin(own.index)], rules[name])
        alone = cut_lots(own, rules[name], mode="most")
        assert alone.geometry.to_wkb().tolist() == lots.geometry[alone.index].to_wkb().tolist()


def test_a_rule_that_asks_for_more_is_cut_clean():
    rule = LotRule(160.0, 8.0, target_area=200.0)
    pd.testing.assert_frame_equal(most(SEVEN_SIDED, rule=rule), cut(SEVEN_SIDED, rule=rule))


def test_an_unknown_mode_is_named():
    with pytest.raises(RuleError, match="mode is 'dense'; it should be one of clean, most"):
        cut(RECTANGLE, mode="dense")


@pytest.mark.slow
def test_real_blocks_of_ilo(shared_data):
    faces = gpd.read_file(shared_data / "ilo_real.gpkg", layer="street_faces")
    shapes = shapely.get_parts(shapely.buffer(faces.geometry.array, -6, join_style="mitre"))
    blocks = layer(*shapes[shapely.area(shapes) > RULE.min_area], crs=faces.crs)
    lots = cut_lots(blocks, RULE, mode="most")
    prove(blocks, lots, RULE)
    bound = np.minimum(blocks.area // RULE.min_area, blocks.length // RULE.min_frontage)
    assert counts(lots)[0] >= 0.93 * bound.sum()
