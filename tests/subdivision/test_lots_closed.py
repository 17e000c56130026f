"""Blocks with sides that front no street: their land goes to the lots on the others."""

from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import Polygon, affinity
from test_lots import RULE, prove

from ilo_gis.subdivision import check_lots, cut_lots

ILO = 256_000, 8_052_000
OPEN = [sides for n in range(1, 5) for sides in combinations(range(4), n)]


def mapped(shape, angle):
    """Return a shape turned, where maps of Ilo have it, as a file holds it: to the hundredth of a mm."""
    there = affinity.translate(affinity.rotate(shape, angle, origin=(0, 0)), *ILO)
    return Polygon(shapely.get_coordinates(there).round(5)[:-1])


def cut(block, open_):
    """Cut a block, its vertices counter-clockwise, with streets only along some sides; prove the lots."""
    xy = shapely.get_coordinates(block)
    along = np.diff(xy, axis=0)
    out = 12 * np.column_stack([along[:, 1], -along[:, 0]]) / np.hypot(*along.T)[:, None]
    streets = [Polygon([xy[k], xy[k] + out[k], xy[k + 1] + out[k], xy[k + 1]]) for k in open_]
    blocks = gpd.GeoDataFrame(geometry=[block], index=pd.Index(["A"], name="block_id"), crs=32719)
    lots = cut_lots(blocks, RULE, gpd.GeoDataFrame(geometry=streets, crs=32719))
    prove(blocks, lots, RULE)
    assert not (lots["reason"] == "no way found to divide it").any()
    return lots[lots["kind"] == "lot"], lots[lots["kind"] == "remnant"]


@given(st.floats(40, 300), st.floats(15, 45), st.floats(0, 360), st.sampled_from(OPEN))
@example(120, 20.001, 349.7, (0,))
@example(120, 20.001, 191.6, (2,))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_however_a_rectangle_is_turned_the_long_side_on_a_street_is_full_of_lots(long, deep, angle, open_):
    block = Polygon([(0, 0), (long, 0), (long, deep), (0, deep)])
    lots, _ = cut(mapped(block, angle), open_)
    if open_ in [(0,), (2,)] and 20.001 <= deep <= 40:
        assert len(lots) >= long // 8 - 1


@given(st.floats(50, 250), st.floats(16, 24), st.floats(0, 360), st.sampled_from([(0, 1, 3), (0, 1), (0, 3)]))
@example(120, 20.001, 0, (0, 1, 3))
@settings(deadline=None, max_examples=30)
def test_the_ends_of_a_block_one_lot_deep_belong_to_its_row(long, deep, angle, open_):
    block = Polygon([(0, 0), (long, 0), (long, deep), (0, deep)])
    lots, rest = cut(mapped(block, angle), open_)
    assert len(lots) >= np.floor(min(long / 8, long * deep / 160) + 1e-3) - 1
    assert rest.empty


def test_a_deep_block_with_a_closed_back_still_has_rows_at_its_ends():
    lots, _ = cut(mapped(Polygon([(0, 0), (121, 0), (121, 40), (0, 40)]), 17), (0, 1, 3))
    assert len(lots) == 19  # where the long side alone has 15


@given(
    st.tuples(st.floats(50, 120), st.floats(50, 120)),
    st.floats(21, 35), st.floats(5, 40), st.sampled_from([-1, 1]), st.floats(0, 360),
)  # fmt: skip
@settings(deadline=None, max_examples=30)
def test_a_bent_row_along_the_edge_of_a_site_loses_little(lengths, deep, bend, way, angle):
    """The inner side is on a street; the outer one, and both ends, front none."""
    turn = way * np.radians(bend)
    on = np.array([[0, 0], [lengths[0], 0], [lengths[0], 0]])
    on[2] += lengths[1] * np.array([np.cos(turn), np.sin(turn)])
    in_ = np.array([[0, 1], [-np.tan(turn / 2), 1], [-np.sin(turn), np.cos(turn)]])
    lots, rest = cut(mapped(Polygon([*on, *(on + deep * in_)[::-1]]), angle), (0, 1))
    assert len(lots) >= 0.88 * np.floor(min(sum(lengths) / 8, (lots.area.sum() + rest.area.sum()) / 160))
    assert rest.empty


@pytest.mark.parametrize("shut", [(1, 3), (1,), (3,)])
def test_a_slanting_end_without_a_street_goes_to_the_row_beside_it(shut):
    block = mapped(Polygon([(0, 0), (120, 0), (112, 30), (6, 30)]), 17)
    lots, rest = cut(block, [k for k in range(4) if k not in shut and k != 2])
    assert len(lots) >= 13
    assert rest.empty


@pytest.mark.parametrize(("long", "count"), [(119.99999, 15), (119.99993, 15), (119.9998, 14)])
def test_a_row_is_full_where_each_lot_lacks_less_than_a_hair(long, count):
    lots, rest = cut(mapped(Polygon([(0, 0), (long, 0), (long, 21), (0, 21)]), 0), (0,))
    assert len(lots) == count
    assert rest.empty
    assert (check_lots(lots, RULE)["severity"] != "error").all()
