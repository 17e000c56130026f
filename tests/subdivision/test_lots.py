import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import MultiPolygon, Point, Polygon, affinity, box

from ilo_gis.errors import Cancelled, CRSError, GeometryError, SchemaError
from ilo_gis.geometry.demand import HAIR
from ilo_gis.subdivision import LotRule, cut_lots
from ilo_gis.tables import conform, describe

RULE = LotRule(min_area=160.0, min_frontage=8.0)
RECTANGLE = box(0, 0, 80, 40)
L_SHAPE = box(0, 0, 120, 40) | box(0, 40, 40, 120)
U_SHAPE = box(0, 0, 120, 40) | box(0, 40, 40, 120) | box(80, 40, 120, 120)
TRIANGLE = Polygon([(0, 0), (100, 0), (30, 70)])
RING_SECTOR = (Point(0, 0).buffer(120, quad_segs=64) - Point(0, 0).buffer(80, quad_segs=64)) & box(
    0, 0, 200, 200
)
PARK_INSIDE = box(0, 0, 120, 100) - box(40, 35, 80, 65)


def layer(*shapes, crs=32719, names=None):
    index = pd.Index(names or [f"M{n}" for n in range(len(shapes))], name="block_id")
    return gpd.GeoDataFrame(geometry=list(shapes), index=index, crs=crs)


def cut(*shapes, rule=RULE, **kwargs):
    return cut_lots(layer(*shapes), rule, **kwargs)


def counts(lots):
    return (lots["kind"] == "lot").sum(), (lots["kind"] == "remnant").sum()


def prove(blocks, lots, rule):
    """Assert all that is promised of lots."""
    shapes = np.asarray(lots.geometry.array)
    assert set(lots.geom_type) <= {"Polygon"}
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert lots.index.is_unique
    sums = lots.area.groupby(lots["block_id"]).sum().reindex(blocks.index.astype(str))
    assert np.allclose(sums, blocks.area, rtol=1e-9, atol=0)
    assert np.allclose(lots["area"], lots.area)
    lot = lots[lots["kind"] == "lot"]
    assert (lot["area"] >= rule.min_area - HAIR).all()
    assert (lot["frontage"] >= rule.min_frontage - HAIR).all()
    assert (lot["ratio"] <= rule.max_ratio).all()
    assert lot["reason"].isna().all()
    assert lots.loc[lots["kind"] == "remnant", "reason"].notna().all()


# -- by hand ----------------------------------------------------------------------------------


def test_a_rectangle_is_twenty_lots_of_8_by_20():
    lots = cut(RECTANGLE)
    assert counts(lots) == (20, 0)
    assert np.allclose(lots["area"], 160.0, atol=1e-4)
    assert np.allclose(lots.bounds["maxx"] - lots.bounds["minx"], 8.0, atol=1e-4)
    assert np.allclose(lots.bounds["maxy"] - lots.bounds["miny"], 20.0, atol=1e-4)
    assert lots["corner"].sum() == 4
    assert sorted(lots["frontage"].round(3)) == [8.0] * 16 + [28.0] * 4


def test_a_deep_rectangle_is_cut_by_its_front():
    lots = cut(box(0, 0, 100, 60))
    assert counts(lots) == (28, 0)  # twelve of 8.33 m on each long side, two at each end
    assert np.allclose(lots["frontage"].drop(lots.index[lots["corner"]]).min(), 8.333, atol=1e-3)


@pytest.mark.parametrize(
    ("block", "least"),
    [
        (L_SHAPE, 47),
        (U_SHAPE, 65),
        (TRIANGLE, 11),
        (RING_SECTOR, 36),
        (PARK_INSIDE, 24),
        (Point(0, 0).buffer(25), 12),
    ],
)
def test_odd_blocks_are_lots_to_the_last_metre(block, least):
    lots = cut(block)
    prove(layer(block), lots, RULE)
    assert counts(lots)[0] >= least
    assert counts(lots)[1] == 0


def test_a_round_block_is_not_wasted():
    lots = cut(Point(0, 0).buffer(50))
    assert lots.loc[lots["kind"] == "remnant", "area"].sum() < 0.5 * lots["area"].sum()


def test_a_park_inside_belongs_to_no_lot():
    assert cut(PARK_INSIDE).union_all().equals(PARK_INSIDE)


def test_parts_of_a_block_are_cut_apart_under_one_letter():
    parts = MultiPolygon([RECTANGLE, affinity.translate(RECTANGLE, 100)])
    lots = cut(parts)
    assert counts(lots) == (40, 0)
    assert set(lots["block_id"]) == {"M0"}
    assert sorted(lots["number"]) == list(range(1, 41))


def test_an_empty_part_does_not_count():
    assert counts(cut(shapely.from_wkt("MULTIPOLYGON (((0 0, 80 0, 80 40, 0 40, 0 0)), EMPTY)"))) == (20, 0)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (box(0, 0, 10, 10), "area too small"),
        (box(0, 0, 1e-5, 1e-5), "area too small"),
        (box(0, 0, 60, 3), "too slim"),
    ],
)
def test_a_block_that_holds_no_lot_is_a_remnant_with_the_reason(block, reason):
    lots = cut(block)
    assert lots.index.tolist() == ["M0-R1"]
    assert lots["reason"].tolist() == [reason]
    assert lots["number"].isna().all()


def test_a_rule_that_no_block_holds_leaves_remnants():
    lots = cut(RECTANGLE, L_SHAPE, rule=LotRule(min_area=1e6, min_frontage=500.0))
    assert counts(lots) == (0, 2)
    assert set(lots["reason"]) == {"area too small"}


def test_a_block_of_one_lot_is_that_lot():
    assert cut(box(0, 0, 8, 20)).index.tolist() == ["M0-1"]


SAME = [
    shapely.segmentize(RECTANGLE, 0.7),
    RECTANGLE.reverse(),
    Polygon([(0, 0), (0, 0), (80, 0), (80, 0), (80, 40), (0, 40), (0, 40)]),
    Polygon([(80, 40), (0, 40), (0, 0), (80, 0)]),
    shapely.force_3d(RECTANGLE, 7.0),
]


@pytest.mark.parametrize("block", SAME, ids=["vertices", "reversed", "doubled", "rolled", "3d"])
def test_how_a_block_is_written_does_not_matter(block):
    one, other = cut(RECTANGLE), cut(block)
    assert counts(other) == (20, 0)
    assert other.index.equals(one.index)
    assert np.allclose(one.centroid.x, other.centroid.x, atol=1e-3)
    assert np.allclose(one.centroid.y, other.centroid.y, atol=1e-3)


@pytest.mark.parametrize("wobble", [1e-9, 1e-6, 1e-3, 0.02])
def test_the_wobble_of_a_survey_costs_no_lot(wobble):
    exact = box(0, 0, 84, 42)
    ring = shapely.get_coordinates(shapely.segmentize(exact, 5.0))[:-1]
    surveyed = Polygon(ring + np.random.default_rng(0).normal(0, wobble, ring.shape))
    assert counts(cut(surveyed)) == counts(cut(exact))


# -- streets ----------------------------------------------------------------------------------


def test_only_what_lies_on_a_street_is_front():
    lots = cut(RECTANGLE, streets=layer(box(0, -12, 80, 0)))
    lot = lots[lots["kind"] == "lot"]
    assert np.allclose(lot["frontage"], 8.0, atol=1e-4)
    assert np.allclose(lot.bounds["miny"], 0.0)
    assert lots["reason"].isna().all()  # there is no other way to the land at the back
    assert not lot["corner"].any()
    prove(layer(RECTANGLE), lots, RULE)


def test_streets_all_round_are_as_none_given():
    around = box(-12, -12, 92, 52) - RECTANGLE
    assert_geodataframe_equal(cut(RECTANGLE, streets=layer(around)), cut(RECTANGLE))


@pytest.mark.parametrize("streets", [layer(box(500, 500, 600, 512)), layer()])
def test_without_a_street_there_is_no_lot(streets):
    lots = cut(RECTANGLE, streets=streets)
    assert counts(lots)[0] == 0
    assert set(lots["reason"]) == {"no street front"}


# -- the table --------------------------------------------------------------------------------


def test_the_result_is_a_table_of_lots():
    lots = cut(RECTANGLE, box(100, 0, 110, 10))
    again = conform(lots, "lots")
    assert again.columns.tolist() == lots.columns.tolist()
    assert (again.dtypes == lots.dtypes).all()
    assert (lots.index.name, lots.crs) == ("lot_id", layer().crs)
    assert lots.columns.tolist() == [c for c, t in describe("lots")["dtype"].items() if t != "index"]


def test_no_blocks_no_lots_same_columns():
    none, some = cut(), cut(RECTANGLE)
    assert len(none) == 0
    assert none.columns.tolist() == some.columns.tolist()
    assert none.dtypes.astype(str).equals(some.dtypes.astype(str))
    assert (none.index.name, none.crs) == (some.index.name, some.crs)


def test_blocks_are_not_changed():
    blocks, streets = layer(L_SHAPE, RECTANGLE), layer(box(0, -12, 80, 0))
    before = blocks.copy(), streets.copy()
    cut_lots(blocks, RULE, streets)
    assert_geodataframe_equal(blocks, before[0])
    assert_geodataframe_equal(streets, before[1])


def test_ids_of_blocks_may_be_numbers():
    lots = cut_lots(layer(RECTANGLE, names=[7]), RULE)
    assert lots.index[:2].tolist() == ["7-1", "7-2"]
    assert lots["block_id"].unique().tolist() == ["7"]


def test_twice_the_same_to_the_last_bit():
    assert cut(L_SHAPE, TRIANGLE, PARK_INSIDE).to_wkb().equals(cut(L_SHAPE, TRIANGLE, PARK_INSIDE).to_wkb())


def test_shuffled_blocks_give_the_same_table():
    blocks = layer(L_SHAPE, TRIANGLE, PARK_INSIDE, RECTANGLE, RING_SECTOR)
    shuffled = blocks.sample(frac=1, random_state=3)
    one, other = (cut_lots(b, RULE).sort_index() for b in (blocks, shuffled))
    assert_frame_equal(one.drop(columns="geometry"), other.drop(columns="geometry"), rtol=0, atol=1e-6)
    assert shapely.equals_exact(one.geometry.array, other.geometry.array, 1e-6).all()


# -- bad input --------------------------------------------------------------------------------

BOW_TIE = Polygon([(0, 0), (80, 40), (80, 0), (0, 40)])
with np.errstate(invalid="ignore"):
    NOT_A_NUMBER = shapely.from_wkt("POLYGON ((0 0, 80 0, nan 40, 0 0))")
SPOILT = [
    (None, "no geometry"),
    (Polygon(), "empty"),
    (shapely.LineString([(0, 0), (80, 0)]), "LineString"),
    (BOW_TIE, "Self-intersection"),
    (NOT_A_NUMBER, "NaN"),
]


@pytest.mark.parametrize(("shape", "reason"), SPOILT, ids=["null", "empty", "line", "bow-tie", "nan"])
def test_a_spoilt_block_is_named_with_the_reason(shape, reason):
    with pytest.raises(GeometryError, match=f"(?s)blocks: 1 of 2.*- M1: .*{reason}"):
        cut(RECTANGLE, shape)


@pytest.mark.parametrize(("crs", "word"), [(None, "no CRS"), (4326, "degree"), (2263, "foot")])
def test_only_metres(crs, word):
    with pytest.raises(CRSError, match=word):
        cut_lots(layer(RECTANGLE, crs=crs), RULE)


def test_no_crs_is_told_for_an_empty_table_too():
    with pytest.raises(CRSError, match="no CRS"):
        cut_lots(layer(crs=None), RULE)


def test_ids_that_repeat_are_named():
    with pytest.raises(SchemaError, match="K"):
        cut_lots(layer(RECTANGLE, L_SHAPE, names=["K", "K"]), RULE)


def test_streets_in_another_crs():
    with pytest.raises(CRSError, match="streets"):
        cut(RECTANGLE, streets=layer(box(0, -12, 80, 0), crs=32718))


def test_streets_as_lines_are_refused():
    with pytest.raises(GeometryError, match=r"streets.*\n.*LineString"):
        cut(RECTANGLE, streets=layer(shapely.LineString([(0, -6), (80, -6)])))


@pytest.mark.parametrize("last", [1, 2])
def test_progress_may_stop_the_work(last):
    told = []

    def progress(share, text):
        told.append(share)
        return len(told) < last

    with pytest.raises(Cancelled):
        cut(RECTANGLE, progress=progress)
    assert len(told) == last


def test_progress_runs_from_nothing_to_all():
    told = []

    def progress(share, text):
        told.append((share, text))
        return True

    cut(RECTANGLE, progress=progress)
    assert told == sorted(told, key=lambda item: item[0])
    assert (told[0][0], told[-1][0]) == (0.0, 1.0)
    assert all(text for _, text in told)


# -- any block, any rule ----------------------------------------------------------------------

FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],  # on a busy machine
)


def metres(least, most):
    """Return lengths to the millimetre, as surveys have them."""
    return st.floats(least, most).map(lambda value: round(value, 3))


@st.composite
def stars(draw):
    count = draw(st.integers(3, 14))
    radius = draw(st.lists(metres(15, 90), min_size=count, max_size=count))
    angle = 2 * np.pi * np.arange(count) / count
    return Polygon(np.array(radius)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1))


@st.composite
def notched(draw):
    width, height = draw(metres(40, 160)), draw(metres(40, 160))
    block = box(0, 0, width, height)
    for _ in range(draw(st.integers(0, 3))):
        x, y = draw(metres(-20, width)), draw(metres(-20, height))
        block -= box(x, y, x + draw(metres(5, 60)), y + draw(metres(5, 60)))
    return max(shapely.get_parts(block), key=shapely.area, default=RECTANGLE)


@st.composite
def placed(draw, shapes):
    turned = affinity.rotate(draw(shapes), draw(metres(0, 360)), origin=(0, 0))
    return affinity.translate(turned, *draw(st.sampled_from([(0.0, 0.0), (254_000.0, 8_047_000.0)])))


blocks_of_any_shape = placed(st.one_of(stars(), notched())).filter(lambda g: g.is_valid and g.area > 1)
rules = st.builds(
    LotRule, min_area=st.floats(60, 400), min_frontage=st.floats(5, 12), max_ratio=st.floats(2, 8)
)


@FEW
@given(st.lists(blocks_of_any_shape, min_size=1, max_size=3), rules)
def test_every_promise_holds(shapes, rule):
    # apart from each other, as blocks are
    shapes = [affinity.translate(shape, 1000 * n) for n, shape in enumerate(shapes)]
    prove(layer(*shapes), cut(*shapes, rule=rule), rule)


@FEW
@given(blocks_of_any_shape, rules)
def test_no_remnant_is_a_sliver(shape, rule):
    lots = cut(shape, rule=rule)
    assert (lots.area > 0.01).all()


GENERIC = [
    Polygon([(0, 0), (113.7, 4.1), (109.3, 51.9), (-3.3, 47.7)]),
    Polygon([(0, 0), (71.3, -5.9), (97.1, 38.3), (58.9, 77.7), (-8.7, 49.1)]),
    Polygon([(0, 0), (120.3, 1.9), (118.7, 42.3), (43.9, 39.1), (41.3, 121.7), (-2.1, 118.3)]),
    TRIANGLE,
]


@pytest.mark.parametrize("block", GENERIC)
def test_a_moved_block_has_the_same_lots(block):
    here, there = cut(block), cut(affinity.translate(block, 254_000, 8_047_000))
    assert there.index.equals(here.index)
    assert np.allclose(here["area"], there["area"], atol=1e-4)


@pytest.mark.parametrize("angle", [1, 33.3, 90, 137, 180, 271.7])
@pytest.mark.parametrize("block", GENERIC)
def test_a_turned_block_has_as_many_lots(block, angle):
    here, there = cut(block), cut(affinity.rotate(block, angle, origin=(0, 0)))
    assert counts(there) == counts(here)
    assert np.allclose(np.sort(here["area"]), np.sort(there["area"]), atol=1e-3)


@pytest.mark.parametrize("block", [RECTANGLE, L_SHAPE, U_SHAPE])
@pytest.mark.parametrize(("angle", "shift"), [(0, 8e6), (30, 0), (45, 8e6), (90, 0)])
def test_a_block_of_whole_lots_loses_none_where_it_lies_askew(block, angle, shift):
    there = affinity.translate(affinity.rotate(block, angle, origin=(0, 0)), 254_000 if shift else 0, shift)
    assert counts(cut(there)) == counts(cut(block))
