import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.affinity import rotate, translate

from ilo_gis.errors import CRSError, GeometryError, RuleError, SchemaError
from ilo_gis.io import sample
from ilo_gis.site import buildable

EAST, NORTH = 254_000.0, 8_047_000.0  # as large as coordinates at Ilo are


def layer(*shapes, crs=32719, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def accounted(site, land, losses):
    """Land and losses are the site, share their edges, and no m2 is in two of them."""
    whole = site.union_all()
    pieces = np.concatenate([land.geometry.array, losses.geometry.array])
    digit = 1e-8 * whole.length  # where outlines cross, they do so on a grid of 2e-9 m
    assert shapely.area(pieces).sum() == pytest.approx(whole.area, rel=1e-9, abs=digit)
    assert shapely.coverage_is_valid(pieces)
    assert (shapely.get_type_id(pieces) == 3).all()
    assert shapely.symmetric_difference(shapely.union_all(pieces), whole).area < 1e-9 * whole.area + digit


def test_without_constraints_the_site_is_the_land():
    hole = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(40, 40), (40, 60), (60, 60), (60, 40)]])
    site = layer(MultiPolygon([hole, box(200, 0, 210, 10)]), box(90, 0, 120, 100))
    land, losses = buildable(site)
    assert land["area"].tolist() == [9600 + 2000, 100]
    assert losses.empty
    assert losses.columns.tolist() == ["reason", "reasons", "article", "area", "geometry"]


def test_each_lost_area_counts_once_with_all_its_reasons():
    site = layer(box(0, 0, 100, 100))
    taking = layer(
        box(0, 0, 30, 100),
        box(20, 0, 50, 100),
        box(25, 0, 40, 100),
        reason=["shore", "railway", "shore"],
        article=["Ley 26856", None, "other"],
    )
    land, losses = buildable(site, taking)
    assert land["area"].tolist() == [5000]
    assert dict(zip(losses["reasons"], losses["area"], strict=True)) == {
        "shore": 2000,
        "shore; railway": 1000,
        "railway; shore": 1000,
        "railway": 1000,
    }
    assert losses.set_index("reasons").at["shore; railway", "article"] == "Ley 26856"
    assert losses.set_index("reasons").at["railway; shore", "reason"] == "railway"
    accounted(site, land, losses)


def test_limits_and_constraints_elsewhere_take_nothing():
    site = layer(box(0, 0, 100, 100))
    told = layer(box(0, 0, 50, 50), box(500, 0, 600, 50), reason=["slope", "shore"], effect=["limit", None])
    land, losses = buildable(site, told)
    assert land["area"].tolist() == [7500, 2500]
    assert land["limits"].fillna("").tolist() == ["", "slope"]
    assert losses.empty
    whole, losses = buildable(site, told, limits=False)
    assert whole["area"].tolist() == [10_000]
    assert losses.empty


def test_limited_land_stays_land_and_losses_keep_all_their_reasons():
    site = layer(box(0, 0, 100, 100))
    told = layer(
        box(0, 0, 100, 60),  # limit
        box(0, 0, 20, 100),  # forbid
        box(10, 0, 30, 100),  # forbid
        box(0, 40, 100, 100),  # limit
        reason=["airport", "ravine", "fault", "industry"],
        effect=pd.Categorical(["limit", "forbid", "forbid", "limit"]),
    )
    land, losses = buildable(site, told)
    assert land.set_index("limits")["area"].to_dict() == {
        "industry": 2800,
        "airport; industry": 1400,
        "airport": 2800,
    }
    assert losses.set_index("reasons")["area"].to_dict() == {
        "ravine": 1000,
        "ravine; fault": 1000,
        "fault": 1000,
    }
    accounted(site, land, losses)


def test_slivers_are_lost_for_the_reason_beside_them():
    site = layer(box(0, 0, 100, 100))
    taking = layer(box(0, 0.004, 50, 100), box(50, 0, 99.995, 100), reason=["ravine", "airport"])
    land, losses = buildable(site, taking)
    assert land.empty
    assert losses.groupby("reason")["area"].sum().round(6).to_dict() == {"airport": 5000, "ravine": 5000}
    accounted(site, land, losses)
    kept, _ = buildable(site, taking, min_land=0.3)
    assert kept["area"].round(6).tolist() == [0.5]


def test_bad_input_is_named():
    site = layer(box(0, 0, 100, 100))
    with pytest.raises(SchemaError, match="'reason'"):
        buildable(site, layer(box(0, 0, 1, 1)))
    with pytest.raises(SchemaError, match="without a reason: 1"):
        buildable(site, layer(box(0, 0, 1, 1), box(0, 0, 1, 1), reason=["shore", " "]))
    with pytest.raises(SchemaError, match=r"'limit': 0\."):
        buildable(site, layer(box(0, 0, 1, 1), reason=["shore"], effect=["maybe"]))
    with pytest.raises(GeometryError, match=r"constraints: 1 of 1 .*\n- 0: Self-intersection"):
        buildable(site, layer(Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), reason=["shore"]))
    with pytest.raises(CRSError, match="constraints is in WGS 84"):
        buildable(site, layer(box(0, 0, 1, 1), crs=4326, reason=["shore"]))
    with pytest.raises(CRSError, match="degree"):
        buildable(site.to_crs(4326))
    with pytest.raises(RuleError, match="min_land"):
        buildable(site, min_land=-1.0)


def test_an_empty_site_has_no_land():
    land, losses = buildable(layer(box(0, 0, 1, 1)).iloc[:0])
    assert land.empty
    assert losses.empty


places = st.tuples(st.floats(0, 400), st.floats(0, 400))
sizes = st.floats(0.01, 200)
boxes = st.builds(
    lambda at, w, h, turn: rotate(box(*at, at[0] + w, at[1] + h), turn),
    places,
    sizes,
    sizes,
    st.floats(0, 90),
)
circles = st.builds(lambda at, r: Point(at).buffer(r), places, sizes)
hulls = st.lists(places, min_size=1, max_size=12).map(
    lambda p: MultiPoint(p).convex_hull.buffer(5, quad_segs=2)
)
at_ilo = st.one_of(boxes, circles, hulls).map(lambda shape: translate(shape, EAST, NORTH))


@given(
    st.lists(at_ilo, min_size=1, max_size=3),
    st.lists(st.tuples(at_ilo, st.sampled_from("abcd")), min_size=1, max_size=8),
    st.sampled_from([0.0, 1.0]),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_all_land_is_accounted_for(site, taking, min_land):
    shapes, reasons = zip(*taking, strict=True)
    effects = ["limit" if reason == "d" else "forbid" for reason in reasons]
    site, constraints = layer(*site), layer(*shapes, reason=reasons, effect=effects)
    land, losses = buildable(site, constraints, min_land=min_land)
    accounted(site, land, losses)
    for reason in set(reasons):
        zone = constraints[constraints["reason"] == reason].union_all()
        if reason == "d":
            limited = land[land["limits"].notna()]
            assert limited.difference(zone).area.sum() < 1e-4
            assert land[land["limits"].isna()].intersection(zone).area.sum() < 1e-4
            continue
        assert land.intersection(zone).area.sum() < 1e-4  # the outline times the grid
        if not min_land:
            lost = losses.loc[[reason in reasons.split("; ") for reasons in losses["reasons"]], "area"].sum()
            assert lost == pytest.approx(zone.intersection(site.union_all()).area, abs=1e-4)


def test_land_with_a_spike_along_an_outline_that_nearly_coincides_is_taken_whole():
    hull = MultiPoint([(0, 344), (1, 1)]).convex_hull.buffer(5, quad_segs=2)
    tip = MultiPoint([(0, 1)]).convex_hull.buffer(5, quad_segs=2)
    site = layer(*(translate(shape, EAST, NORTH) for shape in (box(0, 0, 1, 1), tip, hull)))
    taking = [Point(0, 0).buffer(1), Point(0, 0).buffer(143.25), hull]
    constraints = layer(*(translate(shape, EAST, NORTH) for shape in taking), reason=["a", "a", "b"])
    land, losses = buildable(site, constraints, min_land=0.0)
    assert land.empty
    assert losses["area"].sum() == pytest.approx(site.union_all().area, rel=1e-6)


def test_the_pampa_less_its_ravines():
    site = sample("pampa")
    ravines = sample("ravines")
    strips = ravines.set_geometry(ravines.buffer(15.0)).assign(reason="faja marginal")
    land, losses = buildable(site, strips)
    accounted(site, land, losses)
    assert losses["area"].sum() == pytest.approx(
        strips.union_all().intersection(site.union_all()).area, rel=1e-6
    )
