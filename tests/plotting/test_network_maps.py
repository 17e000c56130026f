"""Plans of networks and the profile of a sewer: what they say, in both languages."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis import norms
from ilo_gis.errors import RuleError, WriteError
from ilo_gis.networks import SewerTerms, WaterTerms, sewer, water
from ilo_gis.plotting import network_map, sewer_profile
from ilo_gis.tables import Elevation

NORMS = norms.load("pe")
STREET = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (320, 0)])], crs=32719)
LOTS = gpd.GeoDataFrame(
    geometry=[shapely.box(x, 6, x + 8, 26) for x in (100, 200, 306)], index=list("abc"), crs=32719
)


def against_the_fall():
    x, _ = np.meshgrid(np.arange(-1000, 1001, 50.0), np.arange(1000, -1001, -50.0))
    ground = Elevation(50 - 0.03 * x, -1025, 1025, (50, 50))
    return sewer(LOTS, STREET, (0, 0), SewerTerms.from_norms(NORMS), ground)


def words(figure):
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    for axes in figure.axes:
        legend = axes.get_legend()
        found += [text.get_text() for text in legend.get_texts()] if legend else []
    return found + [text.get_text() for text in figure.texts]


@pytest.mark.parametrize(("lang", "fails"), [("es", "La gravedad falla"), ("en", "Gravity fails")])
def test_plan_shows_where_gravity_fails_and_adds_up(lang, fails):
    net = against_the_fall()
    said = words(network_map(net.nodes, net.pipes, lots=LOTS, lang=lang, note="esquemático"))
    assert sum(fails in text for text in said) == 1
    assert any("esquemático" in text for text in said)
    assert f"{net.pipes['length'].sum():.0f}" in said


def test_profile_has_ground_above_the_pipe_all_along():
    net = against_the_fall()
    axes = sewer_profile(net.nodes, net.pipes).axes[0]
    ground, *pipes = axes.get_lines()[: 1 + len(net.pipes)]
    x, y = ground.get_data()
    assert x[-1] == pytest.approx(net.pipes["length"].sum())
    for pipe in pipes:
        assert (np.interp(pipe.get_xdata(), x, y) - np.array(pipe.get_ydata()) > 1).all()


def test_same_bytes_and_no_overwriting(tmp_path):
    net = water(LOTS, STREET, (0, 0), WaterTerms.from_norms(NORMS))
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    network_map(net.nodes, net.pipes, one)
    network_map(net.nodes, net.pipes, two)
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(WriteError, match="exists"):
        network_map(net.nodes, net.pipes, one)
    with pytest.raises(RuleError, match="no profile"):
        sewer_profile(net.nodes, net.pipes, tmp_path / "profile.png")
    assert not (tmp_path / "profile.png").exists()
