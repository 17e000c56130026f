"""How many lots the blocks of `python -m benchmarks` hold, to the lot, however they are written down."""

import numpy as np
import pytest
import shapely
from shapely import affinity

from benchmarks import cases
from ilo_gis.geometry.measure import elongation, good_shape
from ilo_gis.subdivision import check_lots, cut_lots

RULE = cases.RULE
SHAPES = {"rectangle": cases.RECTANGLE, "L": cases.L_SHAPE, "seven sides": cases.SEVEN_SIDES}
CLEAN = {"rectangle": 28, "L": 44, "seven sides": 45}
LEFT = {"rectangle": 0.0, "L": 0.0, "seven sides": 0.1042}  # share of the block
SHIFT = (254_000, 8_047_000)

blocks_by_hand = pytest.mark.parametrize("name", SHAPES)


def lots_of(blocks, **options):
    made = cut_lots(blocks, RULE, **options)
    return made[made["kind"] == "lot"]


def counts(shapes, **options):
    """The lots of each shape, cut as blocks of one table."""
    blocks = cases.layer(shapes)
    return lots_of(blocks, **options).groupby("block_id").size().reindex(blocks.index, fill_value=0).tolist()


@blocks_by_hand
def test_yield_and_what_is_left(name):
    blocks = cases.layer([SHAPES[name]])
    lots = lots_of(blocks)
    assert len(lots) == CLEAN[name]
    assert 1 - lots.area.sum() / blocks.area.sum() == pytest.approx(LEFT[name], abs=1e-4)


def test_every_lot_of_a_rectangle_is_of_good_shape():
    assert good_shape(np.asarray(lots_of(cases.layer([cases.RECTANGLE])).geometry.array)).all()


def test_a_thousand_rectangles_askew_have_28_lots_each():
    assert set(counts(cases.field().geometry)) == {28}


def test_rectangles_askew_hold_32_lots_each_at_most():
    assert set(counts(cases.field(30).geometry, mode="most")) == {32}


def test_a_thousand_rectangles_that_all_differ():
    blocks = cases.field(vary=0.05)
    lots = cut_lots(blocks, RULE)
    assert (lots["kind"] == "lot").sum() == 28_032
    assert check_lots(lots, RULE, blocks=blocks).empty


# -- however a block is written down ----------------------------------------------------------


@blocks_by_hand
@pytest.mark.parametrize("shift", [(0, 0), SHIFT])
def test_no_angle_loses_a_lot(name, shift):
    turned = [affinity.rotate(SHAPES[name], angle, origin=(0, 0)) for angle in np.arange(0, 360, 2.5)]
    assert set(counts([affinity.translate(shape, *shift) for shape in turned])) == {CLEAN[name]}


WAYS = {
    "far away": lambda shape: affinity.translate(shape, 0, 8e6),
    "reversed": lambda shape: shape.reverse(),
    "mirrored": lambda shape: affinity.scale(shape, -1, 1),
    "doubled vertices": lambda shape: shapely.Polygon(np.repeat(shape.exterior.coords, 2, axis=0)),
    "vertices on the sides": lambda shape: shapely.segmentize(shape, 7.3),
    "many vertices on the sides": lambda shape: shapely.segmentize(shape, 0.7),
    "another first vertex": lambda shape: shapely.Polygon(np.roll(shape.exterior.coords[:-1], 2, axis=0)),
}


@blocks_by_hand
@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_a_block_loses_a_lot(name, way):
    assert counts([WAYS[way](SHAPES[name])]) == [CLEAN[name]]


# -- real blocks ------------------------------------------------------------------------------


REAL = {"lima": (31, 1318), "ilo": (2513, 45_448)}  # blocks, lots
MOST = {"lima": 1338, "ilo": 52_077}
DIFFER = {"ilo": ["2074"]}  # blocks that hold a lot less when turned: a tie that a rounding decides


@pytest.fixture(scope="module", params=REAL)
def real(request, shared_data):
    blocks = getattr(cases, request.param)()
    assert len(blocks) == REAL[request.param][0]
    return request.param, blocks, lots_of(blocks)


def test_real_blocks_hold_as_many_lots(real):
    name, _, lots = real
    assert len(lots) == REAL[name][1]


@pytest.mark.slow
def test_real_blocks_hold_as_many_lots_at_most(real):
    name, blocks, _ = real
    assert len(lots_of(blocks, mode="most")) == MOST[name]


def test_lots_of_real_blocks_are_of_good_shape_and_little_is_left(real):
    _, blocks, lots = real
    shapes = np.asarray(lots.geometry.array)
    ratio = elongation(shapes)
    assert good_shape(shapes).mean() >= 0.92
    assert np.quantile(ratio, 0.95) <= 4
    assert ratio.max() <= RULE.max_ratio
    assert 1 - shapely.area(shapes).sum() / blocks.area.sum() <= 0.08


def test_real_blocks_with_vertices_all_along_hold_the_same(real):
    _, blocks, lots = real
    surveyed = blocks.set_geometry(blocks.segmentize(9.7))
    assert lots_of(surveyed).groupby("block_id").size().equals(lots.groupby("block_id").size())


def test_real_blocks_shuffled_reversed_or_turned_hold_the_same(real):
    name, blocks, lots = real
    shuffled = blocks.sample(frac=1, random_state=0)
    shuffled.geometry = shuffled.geometry.reverse()
    assert lots_of(shuffled).groupby("block_id").size().equals(lots.groupby("block_id").size())
    turned = blocks.set_geometry(blocks.rotate(33.3, origin=(0, 0)))
    differ = lots_of(turned).groupby("block_id").size() != lots.groupby("block_id").size()
    assert differ[differ].index.tolist() == DIFFER.get(name, [])
