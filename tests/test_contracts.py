"""What every tool in the catalogue promises, whatever it does."""

import inspect
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from ilo_gis import norms, subdivision, zoning
from ilo_gis.errors import CRSError
from ilo_gis.site import Factor, Factors
from ilo_gis.subdivision import LotRule
from ilo_gis.tables import describe, empty
from ilo_gis.tools import TOOLS

RULE = LotRule(min_area=120.0, min_frontage=7.0)
LENGTH = replace(norms.load("pe")["gh020.block_length"], value={"min": 100, "max": 300})  # one that all break


def grid():
    """Return the centre lines of a grid of four by three blocks, one of them crooked."""
    x, y = 254_000 + np.arange(5) * 90.0, 8_047_000 + np.arange(4) * 52.0
    lines = [[(a, y[0] - 20), (a + 7, y[-1] + 20)] for a in x] + [
        [(x[0] - 20, b), (x[-1] + 20, b)] for b in y
    ]
    index = pd.Index([f"s{n}" for n in range(len(lines))], name="street")
    return gpd.GeoDataFrame(geometry=shapely.linestrings(lines), index=index, crs=32719)


def blocks():
    return subdivision.blocks_from_streets(grid())


def lots():
    return subdivision.cut_lots(blocks(), RULE)


def land():
    return subdivision.layout_streets(grid()).streets


def graded():
    lines = subdivision.layout_streets(grid()).street_lines
    return lines.assign(grade=np.linspace(0.1, 0.2, len(lines)), grade_max=0.2)


def zones():
    land = (
        shapely.box(253_900, 8_046_900, 254_190, 8_047_300),
        shapely.box(254_190, 8_046_900, 254_500, 8_047_300),
    )
    index = pd.Index(["Z1", "Z2"], name="zone_id")
    return gpd.GeoDataFrame({"code": ["RDM", "ZRP"]}, index=index, geometry=list(land), crs=32719)


def zoned():
    return zoning.assign(lots(), zones())


def plan_of_zones():
    land = [(0, 0, 60, 90), (50, 0, 120, 90), (121, 0, 200, 90)]
    table = {"plan": "PDU", "approved": pd.Timestamp("2018-05-04"), "catalogue": "pe_2016"}
    index = pd.Index(["a", "b", "c"], name="zone_id")
    table |= {"code": ["RDN", "I4", "RDM"], "min_free_area": [0.3, np.nan, 30]}
    shapes = [shapely.box(254_000 + a, 8_047_000 + b, 254_000 + c, 8_047_000 + d) for a, b, c, d in land]
    return gpd.GeoDataFrame(table, index=index, geometry=shapes, crs=32719)


def factors():
    near = Factor("distance", ((0, 1), (40, 0)), weight=1, layer="streets")
    return Factors({"near": near}, {"low": 0.0, "high": 0.5})


def coast():
    parts = [[(253_990, 8_046_990), (253_980, 8_047_100)], [(253_980, 8_047_100), (253_990, 8_047_200)]]
    return gpd.GeoDataFrame(
        geometry=shapely.linestrings(parts), index=pd.Index(["A", "B"], name="id"), crs=32719
    )


def left():
    return pd.DataFrame({"step": ["cleared"]}, index=blocks().index[:1])


def occupants():
    index = pd.Index(["yard", "depot"], name="occupant_id")
    land = [
        shapely.box(254_000, 8_047_000, 254_040, 8_047_050),
        shapely.box(254_050, 8_047_000, 254_070, 8_047_020),
    ]
    told = {
        "name": ["Yard", "Depot"],
        "kind": ["business", "households"],
        "area": [2000.0, 400.0],
        "count": [None, 8],
    }
    return gpd.GeoDataFrame(told, index=index, geometry=land, crs=32719)


def programme():
    day = pd.Timestamp("1994-05-31")
    pacts = pd.DataFrame(
        {"occupants": ["yard"], "kinds": ["order"], "date": [day]}, pd.Index(["A"], name="agreement_id")
    )
    moves = pd.DataFrame(
        {"occupant_id": ["yard"], "step": ["cleared"], "date": [day]}, pd.Index(["M"], name="move_id")
    )
    works = occupants().rename_axis("strip_id").assign(stage=[1, 2], use="plaza")
    return {"agreements": pacts, "moves": moves, "on": day, "seafront": works}


def built():
    works = pd.DataFrame({"service": ["tap"], "scope": "block", "target_id": blocks().index[:1]})
    works = works.assign(done="1990-03-01").rename_axis("work_id")
    return {"states": empty("lot_states"), "works": works, "on": pd.Timestamp("1994-05-31")}


# the table that each tool is about, and its other arguments
CASES = {
    "blocks_from_streets": (grid, dict),
    "letter_blocks": (blocks, dict),
    "reserve_blocks": (blocks, lambda: {"reserves": blocks().iloc[:5]}),
    "cut_lots": (blocks, lambda: {"rule": RULE}),
    "lot_sides": (lots, lambda: {"streets": land()}),
    "perimeter_vertices": (blocks, dict),
    "check_perimeter": (
        lambda: subdivision.perimeter_vertices(blocks()).assign(distance=lambda t: t["distance"] * 1.01),
        dict,
    ),
    "check_blocks": (blocks, lambda: {"norms": {LENGTH.id: LENGTH}}),
    "check_grades": (graded, lambda: {"norms": norms.load("pe")}),
    "check_lots": (lots, lambda: {"rule": LotRule(200, 10), "blocks": blocks()}),
    "check_zoning": (plan_of_zones, lambda: {"boundary": plan_of_zones().iloc[:2]}),
    "adjoining_lots": (lots, lambda: {"count": 3}),
    "area_table": (land, lambda: {"lots": lots()}),
    "assign": (lots, lambda: {"zones": zones()}),
    "lot_conformity": (lots, lambda: {"zones": zones().assign(catalogue="pe_2016", min_area=125.0)}),
    "share_land": (blocks, lambda: {"shares": {"a": 0.6, "b": 0.4}, "weight": "area", "services": grid()}),
    "held_share": (blocks, lambda: {"holdings": blocks().iloc[:9].assign(holder=list("abcabcabc"))}),
    "capacity": (
        lambda: zones().assign(catalogue="pe_2016"),
        lambda: {"dwellings_per_lot": 1, "persons_per_dwelling": 5, "net_share": 0.6, "by": "code"},
    ),
    "check_density": (
        lambda: zones().assign(catalogue="pe_2016", net_density=20.0),
        lambda: {"lots": zoned(), "dwellings_per_lot": 1, "persons_per_dwelling": 5},
    ),
    "suitability": (lots, lambda: {"factors": factors(), "layers": {"streets": grid()}}),
    "check_shore": (
        lambda: zones().assign(use="housing"),
        lambda: {"coast": coast(), "norms": norms.load("pe"), "accesses": grid()},
    ),
    "paving": (blocks, lambda: {"streets": land(), "cost": 8.91, "lots": lots()}),
    "programme_rows": (occupants, programme),
    "stretches": (coast, lambda: {"occupants": blocks(), "states": left()}),
    "design_fits": (lots, dict),
    "lot_progress": (lots, built),
    "zones_by_area": (zones, lambda: {"areas": blocks().assign(phase="1"), "column": "phase"}),
}
tools = pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.__name__)


def case(tool):
    table, more = CASES[tool.__name__]
    return table(), more()


def shapes(table):
    """Return the rows of a result as a set that does not depend on their order or ids."""
    if "geometry" not in table:
        return table.round(6).to_csv()
    return sorted(shapely.to_wkt(shapely.normalize(np.asarray(table.geometry.array)), rounding_precision=3))


def test_every_tool_has_a_case():
    assert set(CASES) == {tool.__name__ for tool in TOOLS}


@tools
def test_input_is_not_changed(tool):
    table, more = case(tool)
    before = table.copy(deep=True)
    tool(table, **more)
    assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))


@tools
def test_the_index_of_the_result_is_named_and_unique(tool):
    table, more = case(tool)
    result = tool(table, **more)
    assert result.index.name
    assert result.index.is_unique
    assert len(result)


@tools
def test_empty_in_gives_empty_out_with_the_same_columns(tool):
    table, more = case(tool)
    full, bare = tool(table, **more), tool(table.iloc[:0], **more)
    assert list(bare.columns) == list(full.columns)
    assert bare.index.name == full.index.name
    if tool.__name__ != "area_table":  # whose rows are the kinds of land
        assert bare.empty


@tools
def test_a_layer_without_crs_is_refused_with_the_mend(tool):
    table, more = case(tool)
    with pytest.raises(CRSError, match="set_crs"):
        tool(table.set_crs(None, allow_override=True), **more)


@tools
def test_degrees_are_refused_with_the_mend(tool):
    table, more = case(tool)
    with pytest.raises(CRSError, match="to_crs"):
        tool(table.to_crs(4326), **more)


@tools
def test_shuffled_rows_give_the_same_result(tool):
    table, more = case(tool)
    shuffled = table.sample(frac=1, random_state=7)
    assert shapes(tool(shuffled, **more)) == shapes(tool(table, **more))


@tools
def test_twice_gives_the_same_bytes(tool):
    results = []
    for _ in range(2):
        table, more = case(tool)
        result = tool(table, **more)
        results.append(result.to_wkb().to_csv() if "geometry" in result else result.to_csv())
    assert results[0] == results[1]


@tools
def test_a_plan_that_is_moved_gives_the_same_result(tool):
    table, more = case(tool)

    def moved(layer):
        return (
            layer.set_geometry(layer.translate(-1500, 2500)) if isinstance(layer, gpd.GeoDataFrame) else layer
        )

    there = tool(moved(table), **{name: moved(value) for name, value in more.items()})
    here = tool(table, **more)
    assert len(there) == len(here)
    if "area" in here:
        assert np.allclose(sorted(there["area"]), sorted(here["area"]), atol=1e-3)


@tools
def test_the_docstring_tells_all(tool):
    text = inspect.getdoc(tool)
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"{section}\n---" in text, f"{tool.__name__} has no section {section}"
    for name in inspect.signature(tool).parameters:
        assert any(mark in text for mark in (f"{name} :", f", {name}", f"**{name}")), (
            f"{tool.__name__} does not document {name}"
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
