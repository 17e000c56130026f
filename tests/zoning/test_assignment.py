"""Lots in zones: the largest share, split lots, ties, land conserved."""

import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.zoning import assign

X, Y = 254_000.0, 8_047_000.0


def layer(boxes, index=None, **columns):
    shapes = [shapely.box(X + a, Y + b, X + c, Y + d) for a, b, c, d in boxes]
    return gpd.GeoDataFrame(columns, index=index, geometry=shapes, crs=32719)


def cells(width, height, xs, ys, letter):
    """Return a cover of a rectangle by smaller ones, cut at shares of its sides."""
    x = np.unique(np.round([0, *(width * s for s in xs), width], 2))
    y = np.unique(np.round([0, *(height * s for s in ys), height], 2))
    boxes = [(x[i], y[j], x[i + 1], y[j + 1]) for i in range(len(x) - 1) for j in range(len(y) - 1)]
    return layer(boxes, [f"{letter}{k}" for k in range(len(boxes))])


cuts = st.lists(st.floats(0.05, 0.95), max_size=5)
plans = st.tuples(cuts, cuts, cuts, cuts).map(
    lambda c: (cells(80, 60, c[0], c[1], "K-"), cells(80, 60, c[2], c[3], "Z").assign(code="RDM"))
)


@settings(max_examples=25, deadline=None)
@given(plans)
def test_shares_of_a_lot_in_a_cover_of_zones_add_up_to_one(plan):
    lots, zones = plan
    found = assign(lots, zones)
    shares = found["parts"].str.extractall(r"(\S+) (\d+\.\d)%")[1].astype(float).groupby(level=0).sum()
    # parts are printed to a tenth of a percent, and those under half of it are not
    assert (shares.reindex(lots.index) - 100).abs().max() < 0.06 * 36
    one, other = (np.asarray(table.geometry.array, dtype=object) for table in plan)
    whole = shapely.intersection(one[:, None], other[None])
    by_hand = shapely.area(whole) / lots.area.to_numpy()[:, None]
    assert np.allclose(by_hand.sum(axis=1), 1)
    assert np.allclose(found["share"], by_hand.max(axis=1))


@settings(max_examples=25, deadline=None)
@given(plans, st.integers(0, 9))
def test_order_of_rows_and_place_do_not_matter(plan, seed):
    lots, zones = plan
    found = pd.DataFrame(assign(lots, zones)).drop(columns=["geometry", "area", "share"])
    shuffled = assign(lots.sample(frac=1, random_state=seed), zones.sample(frac=1, random_state=seed))
    assert_frame_equal(pd.DataFrame(shuffled).loc[found.index, found.columns], found)
    there = [table.set_geometry(table.translate(-1500.25, 2500.5)) for table in plan]
    assert_frame_equal(pd.DataFrame(assign(*there))[found.columns], found)


def test_equal_shares_go_to_the_first_id():
    lots = layer([(0, 0, 8, 20)], ["K-1"])
    zones = layer([(4, 0, 9, 20), (0, 0, 4, 20)], ["Z10", "Z2"], code=["RDA", "RDM"])
    row = assign(lots, zones).loc["K-1"]
    assert (row["zone_id"], row["code"], row["share"], row["split"]) == ("Z10", "RDA", 0.5, True)
    assert row["parts"] == "Z10 50.0%; Z2 50.0%"


def test_lots_outside_and_partly_outside():
    lots = layer([(0, 0, 10, 10), (20, 0, 30, 10), (50, 0, 60, 10)], ["in", "half", "out"])
    found = assign(lots, layer([(0, 0, 25, 10)], ["Z"], code=["RDM"]))
    assert found["share"].tolist() == [1.0, 0.5, 0.0]
    assert found["split"].tolist() == [False, True, False]
    assert found["zone_id"].isna().tolist() == [False, False, True]
    assert found["parts"].isna().tolist() == [False, False, True]


def test_a_slip_within_the_tolerance_splits_nothing():
    zones = layer([(0, 0, 8.05, 20), (8.05, 0, 16, 20)], ["Z1", "Z2"], code=["RDM", "ZRP"])
    lots = layer([(0, 0, 8, 20), (8, 0, 16, 20)], ["K-1", "K-2"])
    assert assign(lots, zones)["split"].tolist() == [False, False]
    assert assign(lots, zones, tolerance=0.005)["split"].tolist() == [False, True]


def test_zones_on_each_other_are_named_and_small_slips_are_scaled():
    lots = layer([(0, 0, 8, 20)], ["K-1"])
    zones = layer([(0, 0, 5, 20), (3, 0, 8, 20)], ["Z1", "Z2"], code=["RDM", "ZRP"])
    with pytest.raises(SchemaError, match=r"Z1 and Z2 \(40\.00 m2\)"):
        assign(lots, zones)
    with pytest.raises(RuleError, match="tolerance"):
        assign(lots, zones, tolerance=1.0)
    assert assign(lots, zones, overlap=40)["parts"].tolist() == ["Z1 50.0%; Z2 50.0%"]


def test_a_day_chooses_among_versions():
    lots = layer([(0, 0, 8, 20)], ["K-1"])
    zones = layer([(0, 0, 9, 20)] * 2, ["Z1", "Z2"], code=["R2", "R4"], plan="Plan")
    days = pd.to_datetime(["1983-01-01", "1988-06-01"])
    zones = zones.assign(approved=days[0], since=days, until=[days[1], pd.NaT])
    assert assign(lots, zones, on=datetime.date(1988, 5, 31))["code"].tolist() == ["R2"]
    assert assign(lots, zones, on=datetime.date(1988, 6, 1))["code"].tolist() == ["R4"]
    assert assign(lots, zones)["code"].tolist() == ["R4"]


def test_lots_along_turned_zones_lose_no_land():
    rng = np.random.default_rng(5)
    for angle in rng.uniform(0, 90, 5):
        lots = cells(180, 90, np.arange(1, 20) / 20, [0.5], "K-")
        zones = cells(180, 90, [1 / 3, 2 / 3], [0.5], "Z").assign(code="RDM")
        lots, zones = (t.set_geometry(t.rotate(angle, origin=(X, Y))) for t in (lots, zones))
        found = assign(lots, zones, tolerance=1e-6)
        assert (found["parts"].str.count("%") <= 2).all()
        assert found.loc[~found["split"], "share"].to_numpy() == pytest.approx(1)
        assert found["split"].sum() == 4  # 20 lots of 9 m in three zones of 60 m, in both rows


def test_lots_of_a_cadastre_may_be_multipolygons():
    two = shapely.MultiPolygon([shapely.box(0, 0, 8, 20), shapely.box(30, 0, 32, 20)])
    lots = gpd.GeoDataFrame(index=["K-1"], geometry=[two], crs=32719)
    zones = gpd.GeoDataFrame(
        {"code": ["RDM", "CZ"]},
        index=["Z1", "Z2"],
        geometry=[shapely.box(0, 0, 20, 20), shapely.box(20, 0, 50, 20)],
        crs=32719,
    )
    found = assign(lots, zones).loc["K-1"]
    assert (found["code"], round(found["share"], 9), found["area"]) == ("RDM", 0.8, 200.0)
