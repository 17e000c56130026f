"""The file for EPANET: read by wntr and solved by EPANET itself, heads are ours."""

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis import io, norms
from ilo_gis.errors import RuleError, SchemaError, WriteError
from ilo_gis.networks import SewerTerms, WaterTerms, sewer, water
from ilo_gis.tables import Elevation

CRS = 32719
NORMS = norms.load("pe")


def town():
    ways = [[(0, 60 * k), (360, 60 * k)] for k in range(4)] + [[(90 * k, 0), (90 * k, 180)] for k in range(5)]
    ways[0] = [(0, 0), (100, -5), (360, 0)]  # a bend
    land = [
        shapely.box(x + 16 * n + 6, y + 6 + 24 * r, x + 16 * n + 22, y + 30 + 24 * r)
        for x in range(0, 360, 90) for y in range(0, 180, 60) for r in range(2) for n in range(5)
    ]  # fmt: skip
    streets = gpd.GeoDataFrame(geometry=[shapely.LineString(way) for way in ways], crs=CRS)
    return gpd.GeoDataFrame(index=[f"L{k}" for k in range(len(land))], geometry=land, crs=CRS), streets


def ground():
    x, _ = np.meshgrid(np.arange(-1000, 1001, 50.0), np.arange(1000, -1001, -50.0))
    return Elevation(100 + 0.02 * x, -1025, 1025, (50, 50))


def net():
    return water(*town(), (0, 0), WaterTerms.from_norms(NORMS, litres=2000.0), ground())


def solved(path):
    """Return heads by node, of EPANET's own solver; of wntr's where the library does not load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of wntr's own imports
        wntr = pytest.importorskip("wntr")
        model = wntr.network.WaterNetworkModel(str(path))
        assert model.options.hydraulic.inpfile_units == "LPS"
        try:
            found = wntr.sim.EpanetSimulator(model).run_sim(file_prefix=str(path.with_suffix("")))
        except OSError:
            found = wntr.sim.WNTRSimulator(model).run_sim()
        return model, found.node["head"].iloc[0]


def test_epanet_finds_our_heads(tmp_path):
    own = net()
    assert own.pipes["head_loss"].sum() > 1  # there is something to agree on
    path = io.write_inp(own.nodes, own.pipes, tmp_path / "net.inp")
    model, heads = solved(path)
    assert sorted(model.node_name_list) == sorted(own.nodes.index)
    assert sorted(model.pipe_name_list) == sorted(own.pipes.index)
    assert np.abs(heads[own.nodes.index] - own.nodes["head"]).max() < 0.01


def test_nothing_is_written_where_heights_or_a_source_are_missing(tmp_path):
    flat = water(*town(), (0, 0), WaterTerms.from_norms(NORMS))
    path = tmp_path / "net.inp"
    with pytest.raises(RuleError, match="elevation="):
        io.write_inp(flat.nodes, flat.pipes, path)
    drains = sewer(*town(), (0, 0), SewerTerms.from_norms(NORMS), ground())
    with pytest.raises(SchemaError, match="Only water"):
        io.write_inp(drains.nodes, drains.pipes, path)
    own = net()
    with pytest.raises(SchemaError, match="P1"):
        io.write_inp(own.nodes, own.pipes.replace({"from_node": {"N0": "N999"}}), path)
    assert not path.exists()
    path.write_text("mine")
    with pytest.raises(WriteError, match="exists"):
        io.write_inp(own.nodes, own.pipes, path)
    assert path.read_text() == "mine"
