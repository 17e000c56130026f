"""Latrines: inside their lots, in pairs, near the line of the future sewer."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis import norms, siting
from ilo_gis.errors import RuleError
from ilo_gis.tables import Elevation

X, Y = 254_000.0, 8_047_000.0
TERMS = siting.LatrineTerms.from_norms(norms.load("pe"))


def row(count, width=8.0, depth=20.0):
    """Return lots side by side on a street to the south, 6 m from its axis, and that street."""
    boxes = [shapely.box(X + width * k, Y + 6, X + width * (k + 1), Y + 6 + depth) for k in range(count)]
    names = pd.Index([f"A-{k}" for k in range(1, count + 1)], name="lot_id")
    street = shapely.LineString([(X - 50, Y), (X + 150, Y)])
    return gpd.GeoDataFrame(index=names, geometry=boxes, crs=32719), lines(street)


def lines(*some):
    return gpd.GeoDataFrame(geometry=list(some), crs=32719)


def hill(east, north):
    """Return ground that rises by so many metres each metre to the east and north."""
    steps = np.arange(60) * 10.0
    return Elevation(500 - north * steps[:, None] + east * steps[None], X - 200, Y + 300, (10.0, 10.0))


def test_pairs_stand_at_the_common_side_at_the_front():
    lots, street = row(4)
    found = siting.latrines(lots, street, TERMS).latrines
    assert found["corner"].tolist() == ["front_right", "front_left"] * 2
    assert found["pair"].tolist() == ["A-2", "A-1", "A-4", "A-3"]
    xy = shapely.get_coordinates(found.geometry) - [X, Y]
    assert np.allclose(xy, [[7, 7], [9, 7], [23, 7], [25, 7]])  # half the pit and the margin: 1 m
    assert np.allclose(found["to_sewer"], 7)
    assert "comparte zanja con A-2" in found.at["A-1", "reason_es"]


def test_an_odd_row_leaves_one_lot_alone_and_the_line_decides_front_or_back():
    lots, street = row(5)
    found = siting.latrines(lots, street, TERMS).latrines
    assert found["pair"].isna().sum() == 1
    back = lines(shapely.LineString([(X - 50, Y + 27), (X + 150, Y + 27)]))
    behind = siting.latrines(lots, street, TERMS, sewer_line=back).latrines
    assert behind["corner"].str.startswith("back").all()
    assert np.allclose(behind["to_sewer"], 2)


def test_latrines_drain_where_they_can():
    lots, street = row(4)
    rear = pd.concat(
        [street, lines(shapely.LineString([(X - 50, Y + 40), (X + 150, Y + 40)]))], ignore_index=True
    )
    down = siting.latrines(lots, street, TERMS, sewer_line=rear, elevation=hill(0, 0.05))
    assert down.latrines["corner"].str.startswith("front").all()
    assert np.allclose(down.latrines["fall"], 0.35)
    falling = siting.latrines(lots, street, TERMS, sewer_line=rear.iloc[:1], elevation=hill(0, -0.1))
    assert (
        falling.latrines["corner"].str.startswith("front").all()
    )  # 0.7 m lower, but the sewer lies 1 m deep
    assert falling.findings["rule"].tolist() == ["latrines.neighbours"]
    up = siting.latrines(lots, street, TERMS, elevation=hill(0, -0.2)).findings
    assert set(up.loc[up["rule"] == "latrines.uphill", "feature"]) == set(lots.index)


def test_distances_of_the_norm_are_told():
    lots, street = row(2)
    told = siting.latrines(lots, street, TERMS).findings
    assert told["rule"].tolist() == ["latrines.neighbours"]
    assert told[["required", "found"]].iloc[0].tolist() == [6, 1]
    wells = gpd.GeoDataFrame(geometry=shapely.points([[X + 7, Y + 27]]), crs=32719)
    homes = gpd.GeoDataFrame(geometry=[shapely.box(X, Y + 16, X + 7, Y + 26)], crs=32719)
    found = siting.latrines(lots, street, TERMS, water=wells, houses=homes)
    assert found.latrines["to_house"].tolist()[0] == pytest.approx(9)
    assert found.latrines["to_neighbour"].tolist() == pytest.approx([60, np.hypot(2, 9)])
    rules = set(found.findings["rule"])
    assert rules == {"latrines.water_advised"}
    near = siting.latrines(lots, street, TERMS, water=wells.translate(0, -10).to_frame("geometry"))
    assert set(near.findings["rule"]) == {"latrines.near_water", "latrines.neighbours"}


def test_odd_lots_have_their_latrines_inside():
    shapes = [
        shapely.Polygon([(0, 6), (10, 6), (0, 26)]),
        shapely.Polygon([(20, 6), (30, 6), (30, 26), (28, 26), (28, 8), (20, 8)]),
        shapely.box(40, 6, 41, 26),
        shapely.box(60, 90, 70, 110),
    ]
    ids = pd.Index(["triangle", "hook", "strip", "inside"], name="lot_id")
    lots = gpd.GeoDataFrame(
        index=ids, geometry=shapely.transform(shapes, lambda p: p + np.array([X, Y])), crs=32719
    )
    found = siting.latrines(lots, row(1)[1], TERMS)
    assert shapely.contains(lots.geometry.array, found.latrines.geometry.array).all()
    told = found.findings.set_index("feature")["rule"].to_dict()
    assert told["strip"] == "latrines.no_room"
    assert told["inside"] == "latrines.off_street"


def test_the_order_of_rows_does_not_matter_and_bad_input_is_refused():
    lots, street = row(7)
    one = siting.latrines(lots, street, TERMS).latrines
    other = siting.latrines(lots.iloc[::-1], street, TERMS).latrines
    pd.testing.assert_frame_equal(one, other.loc[one.index])
    assert siting.latrines(lots.iloc[:0], street, TERMS).latrines.empty
    with pytest.raises(RuleError, match="streets"):
        siting.latrines(lots, street.iloc[:0], TERMS)
