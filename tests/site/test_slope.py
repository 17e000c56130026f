"""Classes of slope on ground that can be worked out by hand."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ilo_gis import io, norms
from ilo_gis.errors import CRSError, RuleError
from ilo_gis.geometry.regions import regions
from ilo_gis.site import slope_classes, slope_constraints
from ilo_gis.tables import Elevation

PE = norms.load("pe")


def plane(east, north=0.0, shape=(8, 10), cell=10.0):
    rows, columns = np.indices(shape)
    heights = 100 + cell * (east * columns - north * rows)
    return Elevation(heights, 254_000.0, 8_047_080.0, (cell, cell), 32719)


@pytest.mark.parametrize(
    ("east", "north", "name"),
    [(0, 0, "0-5"), (0.05, 0, "0-5"), (0.2, 0, "12-20"), (0.12, 0.16, "12-20"), (0.2001, 0, "> 20")],
)
def test_a_plane_is_of_one_class(east, north, name):
    found = slope_classes(plane(east, north))
    assert found["slope_class"].tolist() == [name]
    assert found["area"].tolist() == [6 * 8 * 100]  # the outer cells have no slope


def test_hillsides_limit_building_and_end_at_the_site():
    # level to the west, 30 % to the east; the cell between has the mean of both, 15 %
    step = np.maximum(np.arange(10) - 4, 0) * 3.0
    hill = Elevation(np.tile(step, (8, 1)), 0.0, 80.0, (10.0, 10.0), 32719)
    steep = slope_constraints(hill, PE)
    assert steep.geometry.iloc[0].equals(shapely.box(50, 10, 90, 70))
    assert steep[["kind", "effect", "rule", "article", "confidence"]].iloc[0].tolist() == [
        "slope", "limit", "th050.hillside", "TH.050", "memory-high"
    ]  # fmt: skip
    site = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 65, 80)], crs=32719)
    clipped = slope_constraints(hill, PE, site=site, effect="forbid", limit=0.1)
    assert clipped["area"].tolist() == [25 * 60]
    assert clipped[["effect", "reason"]].iloc[0].tolist() == [
        "forbid", "ladera, pendiente mayor de 10 % / hillside, slope over 10 %"
    ]  # fmt: skip
    assert clipped["rule"].isna().all()
    assert slope_constraints(plane(0.1), PE).empty


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, st.tuples(st.integers(1, 7), st.integers(1, 7)), elements=st.integers(-1, 2)))
def test_regions_tile_the_cells_of_their_class(classes):
    shapes, of = regions(classes, 254_000.0, 8_047_000.0, (30.0, 20.0))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert (shapely.get_type_id(shapes) == 3).all()
    for k in range(3):
        assert np.isclose(shapely.area(shapes[of == k]).sum(), 600 * (classes == k).sum())


def test_the_sample_has_the_slopes_of_its_ground():
    pampa = io.sample("pampa")
    ground = io.read_elevation(io.sample_path("elevation"), pampa)
    found = slope_classes(ground)
    slope = ground.slope()
    for _, row in (
        found.groupby("slope_class").agg({"least": "first", "most": "first", "area": "sum"}).iterrows()
    ):
        most = np.inf if np.isnan(row["most"]) else row["most"]
        assert np.isclose(row["area"], 900 * ((slope > row["least"]) & (slope <= most)).sum())


def test_what_cannot_be_told_is_refused():
    with pytest.raises(RuleError, match="do not rise"):
        slope_classes(plane(0.1), [0.2, 0.1])
    with pytest.raises(RuleError, match="do not rise"):
        slope_constraints(plane(0.1), PE, limit=0)
    with pytest.raises(RuleError, match="forbid or limit"):
        slope_constraints(plane(0.1), PE, effect="warn")
    bare = Elevation(np.zeros((3, 3)), 0, 30, (10, 10))
    with pytest.raises(CRSError, match="crs=32719"):
        slope_classes(bare)
    with pytest.raises(CRSError, match="degree"):
        slope_classes(Elevation(np.zeros((3, 3)), 0, 30, (10, 10), 4326))
    far = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 10, 10)], crs=24879)
    with pytest.raises(CRSError, match="to_crs"):
        slope_constraints(plane(0.3), PE, site=far)
