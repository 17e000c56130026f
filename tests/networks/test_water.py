"""Water networks: heads by hand, flows that add up, pressure, and what stays the same."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pandas.testing import assert_frame_equal

from ilo_gis import norms
from ilo_gis.errors import RuleError
from ilo_gis.networks import WaterTerms, water
from ilo_gis.tables import Elevation

CRS = 32719
TERMS = WaterTerms.from_norms(norms.load("pe"))


def level(height=100.0):
    return Elevation(np.full((3, 3), height), -5000, 5000, (5000, 5000))


def town(rows=3, columns=4):
    """Return streets round blocks of 80 x 40 m, and ten lots a block, five on either side."""
    wide, high = columns * 92.0, rows * 52.0
    ways = [[(0, y * 52), (wide, y * 52)] for y in range(rows + 1)]
    ways += [[(x * 92, 0), (x * 92, high)] for x in range(columns + 1)]
    streets = gpd.GeoDataFrame(geometry=shapely.linestrings(ways), crs=CRS)
    land = {
        f"{'ABCDEFGHIJKL'[b]}-{n + 1}": shapely.box(x + 16 * (n % 5), y, x + 16 * (n % 5) + 16, y + 20)
        for b, (bx, by) in enumerate((i, j) for j in range(rows) for i in range(columns))
        for n in range(10)
        for x, y in [(bx * 92 + 6.0, by * 52 + 6.0 + 20 * (n // 5))]
    }
    return streets, gpd.GeoDataFrame({"kind": "lot"}, index=list(land), geometry=list(land.values()), crs=CRS)


def test_heads_of_three_pipes_by_hand():
    """A stem of 100 m and two arms of 50 m, each with a lot: 10.667 L (Q/C)^1.852 / D^4.871."""
    ways = [[(0, 0), (100, 0)], [(100, 0), (100, 60)], [(100, 0), (100, -60)]]
    streets = gpd.GeoDataFrame(geometry=shapely.linestrings(ways), crs=CRS)
    land = [shapely.box(106, 46, 126, 54), shapely.box(106, -54, 126, -46)]
    lots = gpd.GeoDataFrame(index=["A-1", "B-1"], geometry=land, crs=CRS)
    terms = replace(
        TERMS, persons=1000, litres=86.4, peak=1.0, diameters=(50.0,), costs=(10.0,)
    )  # 1 l/s a lot
    net = water(lots, streets, (0, 0), terms, level(), head=130.0)
    assert net.pipes["length"].tolist() == [100, 50, 50]
    assert net.pipes["flow"].tolist() == [2, 1, 1]
    stem = 10.667 * 100 * (0.002 / 150) ** 1.852 / 0.05**4.871
    arm = 10.667 * 50 * (0.001 / 150) ** 1.852 / 0.05**4.871
    assert stem == pytest.approx(2.17, abs=0.01)
    heads = [130, 130 - stem, 130 - stem - arm, 130 - stem - arm]
    assert net.nodes["head"].to_numpy() == pytest.approx(heads, abs=1e-3)
    assert net.nodes["pressure"].to_numpy() == pytest.approx(np.array(heads) - 100, abs=1e-3)
    assert net.pipes["cost"].sum() == 2000
    assert net.summary.at["cost_per_lot", "value"] == 1000


def test_a_town_is_served_by_a_tree_in_which_flows_add_up():
    streets, lots = town()
    net = water(lots, streets, (0, 0), TERMS, level())
    nodes, pipes = net.nodes, net.pipes
    assert len(pipes) == len(nodes) - 1
    assert net.lots.index.tolist() == sorted(lots.index)
    assert net.lots["pipe_id"].isin(pipes.index).all()
    into = pipes.groupby("to_node")["flow"].sum().reindex(nodes.index, fill_value=0)
    out = pipes.groupby("from_node")["flow"].sum().reindex(nodes.index, fill_value=0)
    balance = (into - out - nodes["demand"]).drop("N0")
    assert balance.abs().max() < 1e-9
    assert out["N0"] == pytest.approx(len(lots) * TERMS.per_lot)
    assert pipes["own_lots"].sum() == len(lots)
    assert net.findings.empty
    # pipes leave the source: each from a node that an earlier pipe has reached
    reached = {"N0"}
    for pipe in pipes.itertuples():
        assert pipe.from_node in reached
        reached.add(pipe.to_node)
    assert pipes["length"].sum() <= 1.25 * net.summary.at["length_bound", "value"]


def test_every_pipe_passes_its_lots():
    streets, lots = town()
    net = water(lots, streets, (0, 0), TERMS)
    pipe = net.pipes.geometry.loc[net.lots["pipe_id"]].to_numpy()
    away = shapely.distance(pipe, lots.geometry.loc[net.lots.index].to_numpy())
    assert away == pytest.approx(net.lots["distance"].to_numpy())
    assert away.max() <= 6 + 1e-6


def test_pipes_grow_until_there_is_pressure_enough():
    """A tank 12 m high leaves 2 m to lose on a kilometre and a half: narrow pipes do not do."""
    streets, lots = town()
    low = water(lots, streets, (-1500, 0), replace(TERMS, tank=12.0), level())
    high = water(lots, streets, (-1500, 0), replace(TERMS, tank=40.0), level())
    assert low.findings.empty
    assert low.nodes["pressure"].drop("N0").min() >= 10 - 1e-6
    assert low.pipes["cost"].sum() > high.pipes["cost"].sum()


def test_pressure_too_low_and_too_high_is_told():
    streets, lots = town()
    short = water(lots, streets, (0, 0), TERMS, level(), head=105.0)
    assert short.findings["rule"].unique().tolist() == ["water.low_pressure"]
    assert len(short.findings) == len(short.nodes) - 1
    tall = water(lots, streets, (0, 0), TERMS, level(), head=160.0)
    assert tall.findings["rule"].unique().tolist() == ["water.high_pressure"]
    assert tall.findings["found"].to_numpy() == pytest.approx(60)


def test_without_heights_nothing_is_taken_for_flat():
    streets, lots = town()
    net = water(lots, streets, (0, 0), TERMS)
    assert net.findings["rule"].tolist() == ["water.not_checked"]
    assert net.nodes[["ground", "pressure", "head"]].isna().all(axis=None)


def test_order_of_rows_and_remnants_do_not_matter_and_input_stays():
    streets, lots = town(2, 2)
    kept = lots.copy()
    rest = gpd.GeoDataFrame(
        {"kind": ["remnant"]}, index=["A-R1"], geometry=[shapely.box(30, 60, 40, 70)], crs=CRS
    )
    one = water(lots, streets, (0, 0), TERMS, level())
    shuffled = gpd.pd.concat([rest, lots]).sample(frac=1, random_state=3)
    two = water(shuffled, streets.sample(frac=1, random_state=5), (0, 0), TERMS, level())
    for name in ("nodes", "pipes", "lots", "summary"):
        assert_frame_equal(getattr(one, name), getattr(two, name))
    assert_frame_equal(lots, kept)


def test_no_lots_give_empty_tables_and_short_heights_are_refused():
    streets, lots = town(1, 1)
    net = water(lots.iloc[:0], streets, (0, 0), TERMS, level())
    assert len(net.nodes) == len(net.pipes) == len(net.lots) == 0
    with pytest.raises(RuleError, match="no heights at"):
        water(lots, streets, (0, 0), TERMS, Elevation(np.zeros((2, 2)), 0, 20, (10, 10)))
