"""Sewers: slopes and depths by hand, gravity that holds or fails, and trees that look for the fall."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis import norms
from ilo_gis.networks import SewerTerms, sewer
from ilo_gis.tables import Elevation

CRS = 32719
TERMS = SewerTerms.from_norms(norms.load("pe"))
WIDE = TERMS.diameters[0] / 1000


def plane(east, north=0.0, at=50.0):
    """Return ground that rises by some metres a metre, `at` m high at (0, 0)."""
    x, y = np.meshgrid(np.arange(-1000, 1001, 50.0), np.arange(1000, -1001, -50.0))
    return Elevation(at + east * x + north * y, -1025, 1025, (50, 50))


def street(length=160):
    return gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (length, 0)])], crs=CRS)


def lot_at(*places):
    land = [shapely.box(x - 4, 6, x + 4, 26) for x in places]
    return gpd.GeoDataFrame(index=[f"A-{k + 1}" for k in range(len(land))], geometry=land, crs=CRS)


def test_two_pipes_on_flat_ground_by_hand():
    """They fall by 0.0055 x 1.5^-0.47 or a little more; the second begins where the first ends."""
    net = sewer(lot_at(50, 150), street(), (0, 0), TERMS, plane(0.0))
    down, up = net.pipes.loc["P1"], net.pipes.loc["P2"]
    assert (up["from_node"], up["to_node"], down["to_node"]) == ("N2", "N1", "N0")
    assert (up["length"], down["length"]) == (70, 80)
    slope = 0.0055 * 1.5**-0.47
    assert slope <= up["slope"] <= 1.05 * slope
    assert up["stress"] == pytest.approx(1.0, abs=0.01)
    assert up["depth_from"] == pytest.approx(1.0 + WIDE)
    assert up["depth_to"] == pytest.approx(1.0 + WIDE + 70 * up["slope"])
    assert down["depth_from"] == pytest.approx(up["depth_to"])
    assert down["depth_to"] == pytest.approx(up["depth_to"] + 80 * down["slope"])
    assert net.nodes.at["N0", "depth"] == pytest.approx(down["depth_to"])
    assert net.findings.empty
    trench = 9 * (WIDE + 0.5) * (up["depth_from"] + up["depth_to"]) / 2
    assert up["cost"] == pytest.approx(70 * (14 + trench) + 180 + 120 * up["depth_from"])


def test_downhill_pipes_keep_to_the_ground_and_uphill_ones_dig_in():
    down = sewer(lot_at(150), street(), (0, 0), TERMS, plane(0.02))
    assert down.pipes["slope"].to_numpy() == pytest.approx([0.02, 0.02])
    assert down.pipes["depth_to"].to_numpy() == pytest.approx([1.0 + WIDE] * 2)
    up = sewer(lot_at(150), street(), (0, 0), TERMS, plane(-0.01))
    assert up.findings.empty
    assert up.nodes.at["N0", "depth"] == pytest.approx(
        1.0 + WIDE + 150 * 0.01 + (up.pipes["slope"] * up.pipes["length"]).sum()
    )


def test_where_gravity_fails_the_pipe_is_named_and_sewage_is_lifted():
    net = sewer(lot_at(150), street(), (0, 0), TERMS, plane(-0.03))  # 4.5 m against the fall
    found = net.findings
    assert found["rule"].tolist() == ["sewer.too_deep"]
    assert found["feature"].tolist() == ["P1"]
    assert found["found"].iloc[0] == pytest.approx(net.pipes.at["P1", "depth_to"])
    assert "N0" in found["message"].iloc[0]
    long = sewer(lot_at(310), street(320), (0, 0), TERMS, plane(-0.03))
    pumps = long.nodes.index[long.nodes["kind"] == "pump"]
    assert len(pumps) == 1
    behind = long.pipes[long.pipes["from_node"] == pumps[0]].iloc[0]
    assert behind["depth_from"] == pytest.approx(1.0 + WIDE)  # goes on at the least depth


def town():
    ways = [[(0, 60 * k), (360, 60 * k)] for k in range(4)] + [[(90 * k, 0), (90 * k, 180)] for k in range(5)]
    land = [
        shapely.box(x + 16 * n + 6, y + 6 + 24 * r, x + 16 * n + 22, y + 30 + 24 * r)
        for x in range(0, 360, 90) for y in range(0, 180, 60) for r in range(2) for n in range(5)
    ]  # fmt: skip
    streets = gpd.GeoDataFrame(geometry=shapely.linestrings(ways), crs=CRS)
    return streets, gpd.GeoDataFrame(index=[f"L{k}" for k in range(len(land))], geometry=land, crs=CRS)


@pytest.mark.parametrize("ground", [plane(0.01, 0.02), plane(0.003, -0.004), plane(0.0)])
def test_no_pipe_rises_and_flows_add_up(ground):
    streets, lots = town()
    net = sewer(lots, streets, (0, 0), TERMS, ground)
    nodes, pipes = net.nodes, net.pipes
    assert len(pipes) == len(nodes) - 1
    assert sorted(net.lots.index) == sorted(lots.index)
    assert (pipes["invert_from"] > pipes["invert_to"]).all()
    # what leaves a manhole lies no higher than what comes in, save where it is pumped
    low = pipes.groupby("to_node")["invert_to"].min()
    goes = pipes.set_index("from_node")["invert_from"].reindex(low.index)
    lifted = nodes["kind"].reindex(low.index) == "pump"
    assert ((goes <= low + 1e-9) | lifted | goes.isna()).all()
    # and is no narrower
    wide = pipes.groupby("to_node")["diameter"].max()
    own = pipes.set_index("from_node")["diameter"].reindex(wide.index)
    assert ((own >= wide) | own.isna()).all()
    cover = pipes[["depth_from", "depth_to"]].min(axis=1) - pipes["diameter"] / 1000
    assert cover.min() >= TERMS.cover_min - 1e-9
    assert (pipes["length"] <= TERMS.spacing + 1e-6).all()
    come = pipes.groupby("to_node")["flow"].sum().reindex(nodes.index, fill_value=0)
    leave = pipes.set_index("from_node")["flow"].reindex(nodes.index)
    assert (come + nodes["demand"] - leave).drop("N0").abs().max() < 1e-9
    assert come["N0"] == pytest.approx(len(lots) * TERMS.per_lot)


def test_the_tree_looks_for_the_fall():
    """Over a hump of 12 m straight to the outfall, or 240 m more round it."""
    ways = [[(0, 0), (200, 0)], [(0, 0), (0, 120), (200, 120), (200, 0)], [(200, 0), (300, 0)]]
    streets = gpd.GeoDataFrame(geometry=[shapely.LineString(way) for way in ways], crs=CRS)
    x, y = np.meshgrid(np.arange(-200, 501, 20.0), np.arange(400, -301, -20.0))
    hump = 12 * np.exp(-((x - 100) ** 2 + y**2) / 40**2)
    ground = Elevation(50 + 0.01 * x + hump, -210, 410, (20, 20))
    lots = lot_at(280)
    straight = sewer(lots, streets, (0, 0), replace(TERMS, climb=(0.0,)), ground)
    free = sewer(lots, streets, (0, 0), TERMS, ground)
    assert set(straight.findings["rule"]) == {"sewer.too_deep"}
    assert free.findings.empty
    assert free.pipes["length"].sum() > straight.pipes["length"].sum() + 200


def test_without_heights_gravity_is_not_checked_and_that_is_told():
    streets, lots = town()
    net = sewer(lots, streets, (0, 0), TERMS)
    assert net.findings["rule"].tolist() == ["sewer.not_checked"]
    assert net.nodes[["ground", "invert", "depth"]].isna().all(axis=None)
    assert np.isnan(net.summary.at["pumps", "value"])


def test_a_flow_too_great_for_a_slope_takes_a_wider_pipe():
    many = replace(TERMS, persons=20_000.0)
    net = sewer(lot_at(150), street(), (0, 0), many, plane(0.01))
    pipe = net.pipes.iloc[0]
    assert pipe["diameter"] > TERMS.diameters[0]
    assert pipe["filling"] <= TERMS.filling_max + 1e-3
