from itertools import pairwise

import numpy as np
import pytest

from ilo_gis.geometry.demand import Demand
from ilo_gis.geometry.march import LONGEST, march
from ilo_gis.geometry.runs import Runs


def row(length, depth=20.0, *, step=0.25, street=True):
    """Return a straight row of land of one depth, fronting a street along its length."""
    s = np.linspace(0, length, round(length / step) + 1)
    return Runs(
        s=s, u=s / length, solid=np.zeros(len(s), dtype=bool), area=s * depth, front=s, ease=s,
        bow=np.zeros(len(s)), first=np.array([0, len(s)]), behind=np.array([0]), tour=np.array([0]),
        rule=np.array([0 if street else -1]),
    )  # fmt: skip


def together(*rows):
    """Return rows end to end."""
    flat = [np.concatenate(column) for column in zip(*(r[:7] for r in rows), strict=True)]
    first = np.cumsum([0, *(len(r.s) for r in rows)])
    one = np.arange(len(rows))
    return Runs(*flat, first, one, one, np.concatenate([r.rule for r in rows]))


def cuts(runs, area=160.0, front=8.0):
    """Return where the side lines of each run stand, as positions among its possible ones."""
    each = np.ones(len(runs.behind))
    found = march(runs, Demand.plain(area * each, front * each, each, each))
    at = found.line - np.repeat(runs.first[:-1], np.diff(found.first)) + found.past
    return [at[a:b] for a, b in pairwise(found.first)]


def lots(run, area=160.0, front=8.0):
    return np.diff(cuts(run, area, front)[0])


def fronts(run, area=160.0, front=8.0):
    return np.diff(np.interp(cuts(run, area, front)[0], np.arange(len(run.s)), run.s))


@pytest.mark.parametrize(
    ("length", "count"), [(80.0, 10), (79.75, 9), (87.75, 10), (8.0, 1), (16.0, 2), (7.75, 1)]
)
def test_as_many_lots_as_fit(length, count):
    assert len(lots(row(length))) == count


def test_what_is_left_over_makes_all_lots_wider():
    assert np.allclose(fronts(row(84.0)), 8.4, atol=2e-3)


def test_where_land_is_shallow_the_area_decides():
    assert np.allclose(fronts(row(80.0, depth=10.0)), 16.0, atol=2e-3)


def test_where_land_is_deep_the_front_decides():
    assert np.allclose(fronts(row(80.0, depth=40.0)), 8.0, atol=2e-3)


@pytest.mark.parametrize("run", [row(80.0, street=False), row(7.0), row(10.0, depth=5.0)])
def test_without_street_or_room_a_run_is_one_piece(run):
    assert cuts(run)[0].tolist() == [0.0, len(run.s) - 1.0]


def test_no_side_line_stands_inside_a_corner():
    run = row(80.0)
    run.solid[10:30] = True  # 2.5 m to 7.5 m, where the first side line would stand at 5 m
    at = cuts(run, 100.0, 4.9)[0][1:-1]
    inside = at[(at > 10) & (at < 30)]
    assert np.array_equal(inside, np.round(inside))  # only where a side line is drawn


def test_long_rows_are_marched_in_parts_and_lose_no_more_than_a_lot_each():
    count = 10 * LONGEST
    assert count - 10 <= len(lots(row(8.0 * count))) <= count


def test_runs_do_not_disturb_each_other():
    rows = [row(80.0), row(7.0), row(123.0)]
    for run, found in zip(rows, cuts(together(*rows)), strict=True):
        assert np.array_equal(found, cuts(run)[0])


def test_lots_told_are_the_lots_cut():
    each = np.ones(2)
    found = march(together(row(80.0), row(7.0)), Demand.plain(160 * each, 8 * each, each, each))
    assert found.lots.tolist() == [10, 0]
    assert np.diff(found.first).tolist() == [11, 2]
