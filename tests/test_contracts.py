"""What every tool in the catalogue promises, whatever it does."""

import inspect
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from contract_cases import CASES, about, called, grid, lots, tables_of
from pandas.testing import assert_frame_equal

from ilo_gis import subdivision
from ilo_gis.errors import CRSError
from ilo_gis.subdivision import LotRule
from ilo_gis.tables import Elevation, describe
from ilo_gis.tools import NAMES

SPATIAL = [name for name, tool in NAMES.items() if about(tool).kind == "layer"]
# a result of an empty table may have rows all the same: totals, kinds of land, other tables that were given
TOTALS = {"area_table", "lots_from_streets", "lots_in_blocks", "phase", "water", "sewer", "check_programme"}
TOTALS |= {"allot", "promuvi_state_on", "service_progress"}
NO_LAND = {"plan_site"}  # which says so instead
tools = pytest.mark.parametrize("name", NAMES)
layers = pytest.mark.parametrize("name", SPATIAL)


def case(name):
    table, more = CASES[name]
    return NAMES[name], table(), more()


def shapes(result):
    """Return the rows of a result as sets that do not depend on their order or ids."""
    return [
        sorted(map(str, shapely.to_wkt(shapely.normalize(table.geometry.array), rounding_precision=3)))
        if "geometry" in table
        else sorted(table.round(6).to_csv().splitlines())
        for table in tables_of(result).values()
    ]


def test_every_tool_has_a_case():
    assert set(CASES) == set(NAMES)


@tools
def test_input_is_not_changed(name):
    tool, table, more = case(name)
    before = table.copy(deep=True)
    called(tool, table, more)
    assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))


@tools
def test_the_index_of_each_result_is_named_and_unique(name):
    results = tables_of(called(*case(name)))
    assert any(len(table) for table in results.values())
    for table in results.values():
        assert table.index.name
        assert table.index.is_unique


@pytest.mark.parametrize("name", sorted(set(NAMES) - NO_LAND))
def test_empty_in_gives_empty_out_with_the_same_columns(name):
    tool, table, more = case(name)
    full, bare = tables_of(called(tool, table, more)), tables_of(called(tool, table.iloc[:0], more))
    for part, empty in bare.items():
        assert list(empty.columns) == list(full[part].columns)
        assert empty.index.name == full[part].index.name
        assert empty.empty or name in TOTALS


@layers
def test_a_layer_without_crs_is_refused_with_the_mend(name):
    tool, table, more = case(name)
    with pytest.raises(CRSError, match="set_crs"):
        called(tool, table.set_crs(None, allow_override=True), more)


@layers
def test_degrees_are_refused_with_the_mend(name):
    tool, table, more = case(name)
    with pytest.raises(CRSError, match="to_crs"):
        called(tool, table.to_crs(4326), more)


@tools
def test_shuffled_rows_give_the_same_result(name):
    tool, table, more = case(name)
    shuffled = table.sample(frac=1, random_state=7)
    assert shapes(called(tool, shuffled, more)) == shapes(called(tool, table, more))


@tools
def test_twice_gives_the_same_bytes(name):
    results = []
    for _ in range(2):
        tables = tables_of(called(*case(name))).values()
        results.append(
            [table.to_wkb().to_csv() if "geometry" in table else table.to_csv() for table in tables]
        )
    assert results[0] == results[1]


def moved(layer):
    """Return a layer or heights a few kilometres away."""
    if isinstance(layer, Elevation):
        return replace(layer, west=layer.west - 1500, north=layer.north + 2500)
    return layer.set_geometry(layer.translate(-1500, 2500)) if isinstance(layer, gpd.GeoDataFrame) else layer


@layers
def test_a_plan_that_is_moved_gives_the_same_result(name):
    tool, table, more = case(name)
    there = tables_of(called(tool, moved(table), {name: moved(value) for name, value in more.items()}))
    for part, here in tables_of(called(tool, table, more)).items():
        assert len(there[part]) == len(here)
        if "area" in here:
            assert np.allclose(sorted(there[part]["area"]), sorted(here["area"]), atol=1e-3)


@tools
def test_the_docstring_tells_all(name):
    tool = NAMES[name]
    text = inspect.getdoc(tool)
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"{section}\n---" in text, f"{name} has no section {section}"
    for one in inspect.signature(tool).parameters:
        assert any(mark in text for mark in (f"{one} :", f", {one}", f"**{one}", f"{one},")), (
            f"{name} does not document {one}"
        )


@pytest.mark.parametrize("table", ["lots", "blocks", "findings", "streets", "street_lines", "summary"])
def test_results_are_the_tables_that_the_data_model_declares(table):
    laid = subdivision.layout_streets(grid())
    made = {
        "lots": lots(),
        "blocks": laid.blocks,
        "streets": laid.streets,
        "street_lines": laid.street_lines,
        "findings": subdivision.check_lots(lots(), LotRule(200, 10)),
        "summary": subdivision.area_table(laid.streets, lots()),
    }[table]
    # only where heights are known, and in plans of bare sites
    measured = ["grade", "grade_max", "curb_radius"] if table == "street_lines" else []
    spec = describe(table).drop(index=measured)
    assert made.index.name == spec.index[spec["dtype"] == "index"][0]
    assert list(made.columns) == list(spec.index[spec["dtype"] != "index"])
    for column, dtype in spec["dtype"].drop("geometry", errors="ignore").items():
        assert dtype == "index" or str(made[column].dtype) == dtype, column
