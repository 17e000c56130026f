"""Suitability by hand: three units of a hectare in a row, a street to the west, a hill to the east."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import io, norms, site
from ilo_gis.errors import CRSError, ReadError, RuleError, SchemaError
from ilo_gis.site import Factor, Factors
from ilo_gis.tables import Elevation

NEAR = Factor("distance", ((0, 1), (300, 0)), weight=1, layer="streets")
FLAT = Factor("slope", ((0, 1), (0.2, 0)), weight=2)
FREE = Factor("share", ((0, 1), (1, 0)), weight=1, layer="limits")
CLASSES = {"low": 0.0, "high": 0.6}


def layer(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=32719)


def units(**columns):
    shapes = [shapely.box(100 * k, 0, 100 * k + 100, 100) for k in range(3)]
    return gpd.GeoDataFrame(columns, index=pd.Index(["A", "B", "C"]), geometry=shapes, crs=32719)


def given_layers():
    street = layer(shapely.LineString([(0, -500), (0, 500)]))
    limits = layer(
        shapely.box(150, 0, 250, 100), shapely.box(150, 0, 200, 100)
    )  # half of B, twice; half of C
    return {"streets": street, "limits": limits}


def hill():
    """A plane of 10 % that rises east, 10 m cells, around all units."""
    return Elevation(np.tile(np.arange(50.0), (30, 1)), -100.0, 200.0, (10.0, 10.0), 32719)


def test_a_score_is_the_weighted_mean_of_values_worked_out_by_hand():
    all_factors = Factors({"near": NEAR, "flat": FLAT, "free": FREE}, CLASSES)
    found = site.suitability(units(), all_factors, layers=given_layers(), elevation=hill())
    assert found["near_measured"].tolist() == [50, 150, 250]
    assert found["flat_measured"].round(9).tolist() == [0.1] * 3
    assert found["free_measured"].round(9).tolist() == [0, 0.5, 0.5]
    # (1 x near + 2 x 0.5 + 1 x free) / 4
    near, free = np.array([5 / 6, 1 / 2, 1 / 6]), np.array([1, 0.5, 0.5])
    assert np.allclose(found["score"], (near + 1 + free) / 4)
    assert found["suitability_class"].tolist() == ["high", "low", "low"]
    assert found["rank"].tolist() == [1, 2, 3]
    assert found["excluded"].isna().all()


def test_land_that_may_not_be_built_on_is_excluded_with_the_reason():
    forbidden = layer(
        shapely.box(0, 0, 60, 100), shapely.box(190, 0, 220, 100), shapely.box(0, 0, 300, 100),
        reason=["ravine", "railway", "hillside"], effect=["forbid", "forbid", "limit"],
    )  # fmt: skip
    one = Factors({"near": NEAR}, CLASSES)
    found = site.suitability(units(), one, layers=given_layers(), constraints=forbidden)
    assert found["excluded"].fillna("").tolist() == ["ravine", "", ""]
    assert found["suitability_class"].tolist() == ["excluded", "low", "low"]
    assert np.isnan(found["score"]["A"])
    assert found["rank"].isna().tolist() == [True, False, False]
    any_share = site.suitability(units(), one, layers=given_layers(), constraints=forbidden, most=0)
    assert any_share["excluded"].tolist() == ["ravine", "railway", "railway"]


def test_what_is_not_known_has_no_score():
    soil = Factors({"soil": Factor("column", ((0, 0), (10, 1)), 1, column="bearing")}, CLASSES)
    found = site.suitability(units(bearing=[5.0, np.nan, 20.0]), soil)
    assert found["score"].fillna(-1).tolist() == [0.5, -1, 1]
    assert found["suitability_class"].fillna("").tolist() == ["low", "", "high"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 9)), min_size=1, max_size=4))
def test_scores_come_apart_into_their_factors(pairs):
    values = {f"f{k}": [value] * 3 for k, (value, _) in enumerate(pairs)}
    made = {f"f{k}": Factor("column", ((0, 0), (1, 1)), w, column=f"f{k}") for k, (_, w) in enumerate(pairs)}
    found = site.suitability(units(**values), Factors(made, CLASSES))
    weights = {name: factor.weight for name, factor in made.items()}
    total = sum(found[name] * weight for name, weight in weights.items()) / sum(weights.values())
    assert np.allclose(found["score"], total)
    assert found["score"].between(0, 1 + 1e-12).all()


def test_units_keep_their_order_and_rows_do_not_matter():
    factors = Factors({"near": NEAR, "free": FREE}, CLASSES)
    here = site.suitability(units(), factors, layers=given_layers())
    there = site.suitability(units().iloc[::-1], factors, layers=given_layers())
    assert there.index.tolist() == ["C", "B", "A"]
    pd.testing.assert_frame_equal(pd.DataFrame(there.loc[here.index]), pd.DataFrame(here))
    assert site.suitability(units().iloc[:0], factors, layers=given_layers()).empty


def test_cells_of_the_sample_with_the_shipped_factors():
    pampa = io.sample("pampa")
    ground = io.read_elevation(io.sample_path("elevation"), pampa)
    layers = {
        "streets": io.sample("collectors"),
        "industry": io.sample("industry"),
        "limits": site.slope_constraints(ground, norms.load("pe"), site=pampa, limit=0.05),
    }
    grid = site.cells(pampa, 100)
    assert abs(grid.area.sum() / pampa.area.sum() - 1) < 0.02
    factors = site.suitability_factors()
    found = site.suitability(grid, factors, layers=layers, elevation=ground)
    assert found["score"].between(0, 1).all()
    changed = site.weight_changes(found, factors)
    assert changed.index.tolist() == list(factors.factors)
    assert (changed[["lower", "higher"]].max(axis=None)) < len(found)


def test_input_that_cannot_be_weighed_is_refused(tmp_path):
    near = Factors({"near": NEAR}, CLASSES)
    with pytest.raises(RuleError, match="needs a layer 'streets'"):
        site.suitability(units(), near)
    with pytest.raises(RuleError, match="needs heights"):
        site.suitability(units(), Factors({"flat": FLAT}, CLASSES))
    with pytest.raises(CRSError, match="to_crs"):
        site.suitability(units(), near, layers={"streets": given_layers()["streets"].to_crs(4326)})
    soil = Factors({"soil": Factor("column", ((0, 0), (10, 1)), 1, column="bearing")}, CLASSES)
    with pytest.raises(SchemaError, match="'bearing'"):
        site.suitability(units(), soil)
    with pytest.raises(SchemaError, match="no numbers"):
        site.suitability(units(bearing=["soft"] * 3), soil)
    with pytest.raises(RuleError, match="no factor"):
        Factor("column", ((5, 0), (1, 1)), 1)
    with pytest.raises(RuleError, match="cannot measure"):
        Factor("colour", ((0, 0), (1, 1)), 1)
    (tmp_path / "own.toml").write_text("[factors.a]\nmesure = 'slope'\n", "utf-8")
    with pytest.raises(ReadError, match="mesure"):
        site.suitability_factors(tmp_path / "own.toml")
