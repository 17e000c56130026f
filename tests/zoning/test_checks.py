"""What is wrong with zoning plans: every rule by hand, none of them false."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import CRSError, RuleError, SchemaError
from ilo_gis.tables.catalogues import catalogue
from ilo_gis.zoning import check_zoning, read_zoning
from ilo_gis.zoning.adjacency import distances

DAY = pd.Timestamp("2018-05-04")


def zones(*boxes, **columns):
    """Return zones a, b, c ... on boxes: RDM by pe_2016 unless told otherwise."""
    table = {"plan": "PDU", "approved": DAY, "catalogue": "pe_2016", "code": "RDM"} | columns
    index = pd.Index(list("abcdefgh"[: len(boxes)]), name="zone_id")
    return gpd.GeoDataFrame(table, index=index, geometry=[shapely.box(*b) for b in boxes], crs=32719)


def site(*box):
    return gpd.GeoDataFrame(geometry=[shapely.box(*box)], crs=32719)


def told(found):
    return sorted(zip(found["rule"].str.removeprefix("zone."), found["feature"], strict=True))


def test_a_sound_plan_has_no_findings():
    plan = zones((0, 0, 100, 50), (100, 0, 200, 50), (0, 50, 200, 90), code=["RDM", "RDB", "ZRP"])
    assert check_zoning(plan, site(0, 0, 200, 90)).empty


def test_overlaps_name_both_zones_and_slivers_are_told_apart():
    plan = zones((0, 0, 100, 50), (90, 0, 200, 50), (199.8, 0, 300, 50))
    found = check_zoning(plan)
    assert told(found) == [("overlap", "a"), ("overlap_sliver", "b")]
    assert "a / b" in found["message_es"].iloc[0]
    assert found["found"].tolist() == pytest.approx([500, 10])
    assert found.geometry.iloc[0].equals(shapely.box(90, 0, 100, 50))


def test_gaps_slivers_and_land_outside_of_the_boundary():
    plan = zones((0, 0, 100, 50), (100.2, 0, 200, 50), (210, 0, 320, 50))
    found = check_zoning(plan, site(0, 0, 300, 50))
    assert told(found) == [("gap", ""), ("gap_sliver", ""), ("outside", "c")]
    by_rule = found.set_index("rule")["found"]
    assert by_rule["zone.gap"] == pytest.approx(500)
    assert by_rule["zone.gap_sliver"] == pytest.approx(10)
    assert by_rule["zone.outside"] == pytest.approx(1000)
    assert "PDU: b, c" in found.set_index("rule").at["zone.gap", "message"]
    ring = zones((0, 0, 300, 10), (0, 40, 300, 50), (0, 10, 100, 40), (200, 10, 300, 40))
    assert told(check_zoning(ring)) == [("gap", "")]  # a hole, without any boundary


def test_outlines_that_nearly_coincide_are_no_overlaps_and_no_gaps():
    """As CAD has them: neighbours that differ by rounding, and vertices that only one of them has."""
    rng = np.random.default_rng(3)
    x = np.linspace(0, 400, 9)
    cells = [shapely.box(a, b, a + 50, b + 50) for a in x[:-1] for b in x[:-1]]
    turned = [shapely.segmentize(shapely.transform(c, lambda xy: xy @ [[0.8, 0.6], [-0.6, 0.8]] + 254_000), s)
              for c, s in zip(cells, rng.uniform(7, 60, len(cells)), strict=True)]  # fmt: skip
    rings = [shapely.get_coordinates(c)[:-1] for c in turned]
    shaken = [shapely.Polygon(ring + 1e-7 * rng.standard_normal(ring.shape)) for ring in rings]
    columns = {"plan": "PDU", "approved": DAY, "catalogue": "pe_2016", "code": "RDM"}
    plan = gpd.GeoDataFrame(columns, index=range(64), geometry=shaken, crs=32719)
    land = gpd.GeoDataFrame(geometry=[shapely.union_all(turned)], crs=32719)
    assert check_zoning(plan, land).empty


def test_unknown_codes_list_the_near_ones():
    plan = zones((0, 0, 9, 9), (9, 0, 19, 9), code=["RDN", "RDM"], catalogue=["pe_2016", "lima"])
    found = check_zoning(plan)
    assert told(found) == [("unknown_code", "a"), ("unknown_code", "b")]
    assert "'RDN', pe_2016: RDM, RDB, RDA" in found["message_es"].iloc[0]
    assert "lima: ilo_1988?, pe_2016?, pe_2022?" in found["message"].iloc[1]


@pytest.mark.parametrize(
    ("day", "count"), [("2016-12-23", 1), ("2016-12-24", 0), ("2022-10-04", 0), ("2022-10-05", 1)]
)
def test_codes_of_another_time_are_told(day, count):
    found = check_zoning(zones((0, 0, 9, 9), approved=pd.Timestamp(day)))
    assert told(found) == [("wrong_time", "a")] * count


@pytest.mark.parametrize(
    ("figures", "rules"),
    [
        ({"min_free_area": 30.0}, ["parameter_range"]),
        ({"net_density": -1.0}, ["parameter_range"]),
        ({"min_area": 90.0, "min_frontage": 120.0}, ["parameter_range"]),
        ({"min_free_area": 0.4, "max_coverage": 0.7}, ["coverage_and_free"]),
        ({"min_free_area": 0.3, "max_coverage": 0.7}, []),
        ({"max_floors": 3.0, "max_height": 30.0}, ["parameter_unusual"]),
        ({"max_floors": 3.0, "max_height": 9.0}, []),
        ({"net_density": 2500.0}, ["parameter_unusual"]),  # of a zone of medium density
        ({"min_area": 1.6}, ["parameter_unusual"]),
    ],
)
def test_figures(figures, rules):
    found = check_zoning(zones((0, 0, 90, 90), **figures))
    assert told(found) == [(rule, "a") for rule in rules]


def test_heavy_industry_beside_housing():
    plan = zones((0, 0, 50, 50), (550, 0, 600, 50), (540, 100, 600, 150), code=["I4", "RDM", "RDM"])
    found = check_zoning(plan)
    assert told(found) == [("adjacency", "a")]  # b is 500 m away, which is enough
    assert "a (I4) / c (RDM)" in found["message_es"].iloc[0]
    assert found["required"].tolist() == [500]
    assert found["found"].iloc[0] == pytest.approx(np.hypot(490, 50))
    assert found.geometry.length.iloc[0] == pytest.approx(found["found"].iloc[0])
    own = pd.DataFrame({"one": ["RDM"], "other": ["RDM"], "distance": [60]})
    assert told(check_zoning(plan, distances=own)) == [("adjacency", "b")]
    with pytest.raises(RuleError, match="no column distance"):
        check_zoning(plan, distances=own[["one", "other"]])


def test_names_in_the_table_of_distances_are_those_of_codes_and_families():
    codes = {code for name in ("ilo_1988", "pe_2016") for code in catalogue(name).zones}
    families = {zone.family for name in ("ilo_1988", "pe_2016") for zone in catalogue(name).zones.values()}
    assert set(distances()[["one", "other"]].to_numpy().ravel()) <= codes | families


def test_only_zones_that_hold_at_one_time_are_held_against_each_other():
    box = (0, 0, 50, 50)
    change = zones(box, box, code=["RDM", "RDA"], since=[pd.NaT, "2020-01-01"], until=["2020-01-01", pd.NaT])
    assert check_zoning(change).empty
    plans = zones(box, box, plan=["one", "two"])
    assert check_zoning(plans).empty
    assert told(check_zoning(zones(box, box))) == [("overlap", "a")]
    later = plans.assign(approved=[DAY, pd.Timestamp("2019-05-04")])
    assert check_zoning(later, on=pd.Timestamp("2020-01-01")).empty
    gone = check_zoning(later.assign(until=pd.Timestamp("2019-12-01")), on=pd.Timestamp("2020-01-01"))
    assert gone.empty


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 40)] * 2, *[st.integers(1, 30)] * 2), min_size=1, max_size=8))
def test_gaps_and_overlaps_are_all_there_is(given_boxes):
    """Cells of 1 m, counted one by one, tell the same."""
    plan = zones(*[(x, y, x + w, y + h) for x, y, w, h in given_boxes])
    found = check_zoning(plan, site(10, 10, 50, 50))
    on = np.zeros((len(plan), 80, 80), dtype=bool)
    for cells, (x, y, w, h) in zip(on, given_boxes, strict=True):
        cells[x : x + w, y : y + h] = True
    inside = np.zeros((80, 80), dtype=bool)
    inside[10:50, 10:50] = True

    def areas(rule):
        return sorted(found.loc[found["rule"] == rule, "found"].round(6))

    pairs = [(on[i] & on[j]).sum() for i in range(len(on)) for j in range(i)]
    assert areas("zone.overlap") == sorted(n for n in pairs if n)
    assert sum(areas("zone.gap")) == (inside & ~on.any(axis=0)).sum()
    assert areas("zone.outside") == sorted(n for n in (on & ~inside).sum(axis=(1, 2)) if n)


def test_what_cannot_be_checked_is_refused():
    plan = zones((0, 0, 50, 50))
    with pytest.raises(SchemaError, match="without a day of approval: a"):
        check_zoning(plan.assign(approved=pd.NaT))
    with pytest.raises(SchemaError, match="no column code"):
        check_zoning(plan.drop(columns="code"))
    with pytest.raises(CRSError, match="boundary is in"):
        check_zoning(plan, site(0, 0, 9, 9).to_crs(24879))
    with pytest.raises(RuleError, match="tolerance"):
        check_zoning(plan, tolerance=0)


def test_a_layer_of_a_planner_from_text_to_findings():
    layer = gpd.GeoDataFrame(
        {
            "ZONIFICACI": ["RDM", "rdm", "RDMM"],
            "LOTE_MIN": ["160 m2", "NULL", "120"],
            "AREA_LIBRE": ["30", "30 %", ""],
        },
        geometry=[shapely.box(0, 0, 50, 50), shapely.box(45, 0, 90, 50), shapely.box(90, 0, 99, 50)],
        crs=32719,
    )
    read, _ = read_zoning(layer, plan="PDU", approved=DAY)
    rules = [rule for rule, _ in told(check_zoning(read))]
    assert rules == ["overlap", "parameter_range", "unknown_code"]
