from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.affinity import rotate, translate

from ilo_gis.errors import CRSError, GeometryError, NormError, RuleError, SchemaError
from ilo_gis.norms import load
from ilo_gis.site import Source, buildable, constraints
from ilo_gis.subdivision import Brief, LotRule
from ilo_gis.subdivision.ground_plan import starting_point
from ilo_gis.tables import describe

NORMS = load("pe", on=date(2026, 1, 1))


def layer(*shapes, crs=32719, index=None, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), index=index, crs=crs)


SITE = layer(box(0, 0, 1000, 1000))
SHORE = layer(LineString([(0, -500), (0, 1500)]))


def areas(table, by="reason"):
    plain = table.groupby(by)["area"].sum().round(6)
    return {str(name).split(" / ")[-1]: area for name, area in plain.items()}


def test_a_railway_forbids_near_the_track_and_limits_beyond():
    track = layer(LineString([(500, -300), (500, 1300)]), index=["main"])
    taken, _ = constraints(Source("railway", track), NORMS, site=SITE)
    assert taken.groupby("effect", observed=True)["area"].sum().round(6).to_dict() == {
        "forbid": 10 * 1000,
        "limit": 2 * 100 * 1000,
    }
    assert taken.index.tolist() == [
        "railway_zone-main",
        "railway_influence-main/1",
        "railway_influence-main/2",
    ]
    assert set(taken["article"]) == {"DS 032-2005-MTC"}
    spec = describe("constraints")
    assert list(taken.columns) == list(spec.index[spec["dtype"] != "index"])
    for width, rule in ((20, ""), ("easements.railway_claim", "easements.railway_claim"), ("w", "")):
        wide, _ = constraints(Source("railway", track.assign(w="20 m"), width=width), NORMS, site=SITE)
        assert wide["area"].iloc[0] == pytest.approx(40 * 1000)
        assert wide["rule"].iloc[0] == rule


def test_power_lines_go_by_voltage():
    lines = [LineString([(x, -50), (x, 1050)]) for x in (100, 200, 300, 400, 500)]
    cables = layer(*lines, kv=["10 kV", 36, "60", "138", "220 kv"])
    taken, found = constraints(Source("power_line", cables), NORMS, site=SITE)
    assert taken["area"].round(6).tolist() == [11_000, 11_000, 16_000, 20_000, 25_000]
    assert found["rule"].tolist() == ["constraints.unresolved"]
    with pytest.raises(SchemaError, match=r"without a class: 2\. .*kv_36, kv_60.*'kv'"):
        constraints(Source("power_line", cables.assign(kv=[10, 60, "NULL", 60, 60])), NORMS)
    with pytest.raises(SchemaError, match=r"above 500 kV.*: 4"):
        constraints(Source("power_line", cables.assign(kv=[10, 60, 60, 60, 750])), NORMS)
    with pytest.raises(SchemaError, match=r"positive: 0\."):
        constraints(Source("power_line", cables.assign(kv=[0, 60, 60, 60, 60])), NORMS)
    with pytest.raises(SchemaError, match="3: '60 V'"):
        constraints(Source("power_line", cables.assign(kv=[10, 60, 60, "60 V", 60])), NORMS)
    all_60, _ = constraints(Source("power_line", cables.drop(columns="kv"), by="60"), NORMS, site=SITE)
    assert set(all_60["width"]) == {16}


FULL = {"public beach": 50_000, "restricted zone behind the beach": 200_000}
CLIFF = LineString([(150, -600), (150, 1600)])
BOW = LineString([(140, 0), (160, 40), (140, 40), (160, 0)])


@pytest.mark.parametrize(
    ("ends", "restricted"),
    [
        ([LineString([(0, 500), (1000, 500)])], 200_000),  # a street from the beach inland ends nothing
        ([CLIFF], 100_000),
        ([LineString([(150, 0), (150, 500)])], 150_000),  # a cliff ends what lies behind it, no more
        ([LineString([(100, 0), (200, 500)])], 150_000),  # and so does one that leans
        ([LineString([(150, 500), (150, 1600)]), LineString([(-10, 500), (900, 500)])], 100_000 + 50_000),
        ([box(100, 100, 150, 200)], 200_000 - 15_000),  # a hill and what lies behind it
        ([LineString([(20, -600), (20, 1600)])], 0),  # before the restricted zone: all is behind it
        ([CLIFF, MultiLineString([CLIFF, BOW])], 100_000 - 200),  # doubled, and closed on itself
    ],
)  # fmt: skip
def test_the_shore_ends_at_the_first_barrier(ends, restricted):
    taken, _ = constraints(Source("shore", SHORE, ends=layer(*ends)), NORMS, site=SITE)
    told = areas(taken)
    assert told["public beach"] == pytest.approx(50_000)
    assert told.get("restricted zone behind the beach", 0) == pytest.approx(restricted, abs=1)


def test_the_sea_as_polygons_says_the_same_and_needs_no_site():
    sea = layer(box(-2000, -500, 0, 1500))
    by_line, _ = constraints(Source("shore", SHORE), NORMS, site=SITE)
    by_sea, _ = constraints(Source("shore", sea), NORMS)
    assert areas(by_line) == FULL
    assert by_sea.clip(box(0, 0, 1000, 1000)).area.sum() == pytest.approx(250_000)
    assert not by_sea.intersects(box(-1900, -400, -1, 1400)).any()
    with pytest.raises(RuleError, match="where the land is"):
        constraints(Source("shore", SHORE), NORMS)


def test_land_private_before_the_law_is_beach_but_not_restricted():
    private = layer(box(0, 0, 1000, 100))
    taken, _ = constraints(Source("shore", SHORE, exempt=private), NORMS, site=SITE)
    assert areas(taken) == FULL | {"restricted zone behind the beach": 180_000}


def test_a_coast_drawn_in_pieces_is_one_coast():
    bent = LineString([(0, -500), (30, 200), (-20, 700), (0, 1500)])
    whole = layer(bent)
    pieces = layer(*(LineString(p) for p in zip(bent.coords, bent.coords[1:], strict=False))).iloc[[2, 0, 1]]
    one, _ = constraints(Source("shore", whole), NORMS, site=SITE)
    three, _ = constraints(Source("shore", pieces), NORMS, site=SITE)
    assert one.geom_equals_exact(three, 1e-6).all()


def test_before_the_law_there_is_no_constraint_and_that_is_told():
    old = load("pe", on=date(1990, 6, 1))
    track = layer(LineString([(500, 0), (500, 900)]))
    sources = [Source("shore", SHORE), Source("railway", track, width="easements.railway_claim")]
    taken, found = constraints(sources, old, site=SITE)
    assert taken["rule"].tolist() == ["easements.railway_claim"]
    told = found[found["rule"] == "constraints.no_norm"]
    assert told["severity"].tolist() == ["info"] * 3
    assert "easements.beach_public (1990-06-01)" in told["message_es"].iloc[0]
    with pytest.raises(NormError, match=r"easements\.railway_claim"):
        constraints(Source("railway", track, width="easements.railway_clam"), old)


def test_margins_go_by_the_kind_of_bank():
    lines = [LineString([(x, -50), (x, 1050)]) for x in (100, 200, 300)]
    river = layer(*lines, bank=["steep_rock", "Medium_Slope", None], index=["a", "b", "c"])
    taken, found = constraints(Source("river", river), NORMS, site=SITE)
    assert taken["width"].to_dict() == {"river-a": 3, "river-b": 5, "river-c": 10}
    assert found.loc[found["severity"] == "warning", "feature"].tolist() == ["river-c"]
    dry, _ = constraints(Source("ravine", river), NORMS, site=SITE)
    assert dry["rule"].tolist() == ["easements.river_margin"] * 2 + ["easements.ravine_margin"]
    with pytest.raises(SchemaError, match=r"a: 'steep rock' \(did you mean steep_rock\?\)"):
        constraints(Source("river", river.assign(bank=["steep rock", None, None])), NORMS)


def test_a_constraint_of_your_own_has_its_reason():
    shapes = [box(0, 0, 10, 10), LineString([(0, 50), (100, 50)]), Point(500, 500)]
    own = layer(
        *shapes, reason="canal / canal", effect=["limit", None, ""], width=[1, "5 m", 7], article="Ord. 1"
    )
    taken, _ = constraints(Source("canal", own, width="width"), NORMS)
    assert taken["effect"].tolist() == ["limit", "forbid", "forbid"]
    assert taken["area"].round(0).tolist() == [143, 1079, 154]
    assert set(taken["kind"] + taken["article"]) == {"canalOrd. 1"}
    with pytest.raises(SchemaError, match=r"'ravin' \(did you mean ravine\?\).*shore, railway"):
        constraints(Source("ravin", own.drop(columns="reason")), NORMS)
    with pytest.raises(SchemaError, match=r"no reason in 1\."):
        constraints(Source("canal", own.assign(reason=["x", None, "y"]), width="width"), NORMS)
    with pytest.raises(SchemaError, match="'forbid' nor 'limit' in 0, 1, 2: 'maybe'"):
        constraints(Source("canal", own.assign(effect="maybe"), width="width"), NORMS)
    with pytest.raises(SchemaError, match=r"without a width: 1, 2\."):
        constraints(Source("canal", own), NORMS)


def test_widths_that_make_no_sense_are_refused():
    ravines = layer(LineString([(0, 0), (9, 9)]), LineString([(0, 5), (9, 5)]), ancho=["15 m", "NULL"])
    taken, found = constraints(Source("ravine", ravines, width="ancho"), NORMS)
    assert taken["width"].tolist() == [15, 15]
    assert found.loc[found["rule"] == "constraints.no_width", "feature"].tolist() == ["ravine-1"]
    for width in (0, -5, np.nan, np.inf):
        with pytest.raises(RuleError, match="positive number of metres"):
            constraints(Source("ravine", ravines, width=width), NORMS)
    for width in (0, "-5 m", np.inf):
        with pytest.raises(SchemaError, match=r"'ancho' should be positive: 0\."):
            constraints(Source("ravine", ravines.assign(ancho=[width, None]), width="ancho"), NORMS)
    with pytest.raises(SchemaError, match=r"no column 'anchos'.*did you mean ancho"):
        constraints(Source("ravine", ravines, width="anchos"), NORMS)
    with pytest.raises(RuleError, match="gives no width"):
        constraints(Source("ravine", ravines, width="th050.hillside"), NORMS)


def test_bad_layers_are_named():
    line = LineString([(0, 0), (9, 9)])
    bow = Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])
    for bad, said in (
        (None, "no geometry"),
        (LineString(), "empty"),
        (Point(0, 0), "Point where LineString"),
    ):
        with pytest.raises(GeometryError, match=f"ravine: 1 of 2 .*\n- 1: .*{said}"):
            constraints(Source("ravine", layer(line, bad)), NORMS)
    with pytest.raises(GeometryError, match=r"occupation.*\n- 0: Self-intersection"):
        constraints(Source("occupation", layer(bow)), NORMS)
    with pytest.raises(CRSError, match="railway is in WGS 84 / UTM zone 18S"):
        constraints([Source("ravine", layer(line)), Source("railway", layer(line, crs=32718))], NORMS)
    with pytest.raises(CRSError, match="degree"):
        constraints(Source("ravine", layer(line, crs=4326)), NORMS)
    with pytest.raises(RuleError, match="`ends` is for a shore"):
        constraints(Source("ravine", layer(line), ends=layer(line)), NORMS)
    with pytest.raises(RuleError, match="nothing to draw"):
        constraints([], NORMS)

    with pytest.raises(RuleError, match="no norm goes by class"):
        constraints(Source("railway", layer(line), by="clase"), NORMS)


def test_lines_that_cross_themselves_or_are_drawn_twice_count_once():
    loop = LineString([(100, 100), (500, 500), (500, 100), (100, 500)])
    ravines = layer(loop, loop.reverse(), LineString([(0, 300), (900, 300)]), index=["a", "b", "c"])
    taken, found = constraints(Source("ravine", ravines), NORMS, site=SITE)
    assert taken.index.tolist() == ["ravine-a", "ravine-c"]
    assert found.loc[found["rule"] == "constraints.doubled", "feature"].tolist() == ["ravine-b"]
    land, losses = buildable(SITE, taken)
    assert losses["area"].sum() == pytest.approx(taken.union_all().area)
    assert land["area"].sum() + losses["area"].sum() == pytest.approx(1e6)


def test_parts_are_named_after_their_feature_and_order_does_not_matter():
    two = MultiPolygon([box(0, 0, 10, 10), box(0, 50, 10, 60)])
    given = layer(two, box(990, 0, 1010, 10), box(5000, 0, 5010, 10), index=["k", "m", "far"])
    before = given.copy()
    taken, _ = constraints(Source("occupation", given), NORMS, site=SITE)
    assert taken["area"].to_dict() == {"occupation-k/1": 100, "occupation-k/2": 100, "occupation-m": 100}
    again, _ = constraints(Source("occupation", given.iloc[[2, 1, 0]]), NORMS, site=SITE)
    pd.testing.assert_frame_equal(pd.DataFrame(taken), pd.DataFrame(again))
    pd.testing.assert_frame_equal(pd.DataFrame(given), pd.DataFrame(before))
    twice, _ = constraints([Source("occupation", given)] * 2, NORMS, site=SITE)
    assert twice.index[-1] == "occupation2-m"


def test_empty_layers_give_an_empty_table():
    for source in (Source("ravine", layer()), Source("shore", layer()), Source("power_line", layer())):
        taken, found = constraints(source, NORMS, site=SITE)
        assert taken.empty
        assert list(taken.columns) == list(constraints(Source("occupation", SITE), NORMS)[0].columns)
        assert found.empty
    _, found = constraints(Source("occupation", layer(box(5000, 0, 6000, 9))), NORMS, site=SITE)
    assert found["rule"].tolist() == ["constraints.outside"]


@given(st.floats(0, 360), st.floats(40, 240), st.floats(-0.2, 0.2), st.floats(60, 900))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_the_shore_is_the_same_however_the_map_lies(turn, far, lean, gap):
    """A bent coast and a leaning cliff with a gap in it, turned and moved to where Ilo is."""

    def there(shape):
        return translate(rotate(shape, turn, origin=(0, 0)), 254_000.123, 8_047_000.456)

    coast = LineString([(0, -500), (40, 200), (-30, 700), (0, 1500)])
    cliff = [
        LineString([(far, -900), (far + 500 * lean, gap)]),
        LineString([(far, gap + 20), (far + lean, 1900)]),
    ]
    closed = LineString([(far, -900), (far + 200 * lean, 1900)])
    for ends in (cliff, [closed]):
        drawn = []
        for move in (lambda shape: shape, there):
            shore = Source("shore", layer(move(coast)), ends=layer(*map(move, ends)))
            taken, _ = constraints(shore, NORMS, site=layer(move(box(60, 0, 1000, 1000))))
            drawn.append(taken["area"].sum())
        assert drawn[0] == pytest.approx(drawn[1], abs=0.01)


def test_a_plan_is_laid_out_on_the_land_that_constraints_leave():
    track = layer(LineString([(250, -50), (250, 250)]))
    site = layer(box(0, 0, 300, 200))
    taken, _ = constraints(Source("railway", track, width=20), NORMS, site=site)
    brief = Brief(rule=LotRule(min_area=160.0, min_frontage=8.0))
    start = starting_point(site, brief, None, taken, None)
    assert sorted(start.site.area.round(6)) == [30 * 200, 230 * 200]  # limits part nothing
    assert start.losses["area"].sum() == pytest.approx(40 * 200)


def test_the_real_streets_of_the_pampa(shared_data):
    streets = gpd.read_file(shared_data / "ilo_real.gpkg", layer="streets")
    site = layer(box(254_000, 8_047_000, 255_000, 8_048_000))
    street = Source("street", streets, width=6, reason="vía existente / existing street")
    taken, _ = constraints(street, NORMS, site=site)
    land, losses = buildable(site, taken)
    strips = shapely.buffer(np.asarray(streets.geometry.array), 6, quad_segs=32)
    alone = shapely.intersection(shapely.union_all(strips), site.union_all()).area
    assert losses["area"].sum() == pytest.approx(alone, abs=len(land))  # land under 1 m2 is lost too
    assert land["area"].sum() + losses["area"].sum() == pytest.approx(1e6)


def test_the_real_ravines_of_ilo(shared_data):
    ravines = gpd.read_file(shared_data / "ilo_real.gpkg", layer="ravines")
    districts = gpd.read_file(shared_data / "ilo_real.gpkg", layer="districts")
    site = districts[districts["distrito"] == "Ilo"]
    taken, found = constraints(Source("ravine", ravines, width=15), NORMS, site=site)
    land, losses = buildable(site, taken)
    strips = shapely.buffer(np.asarray(ravines.geometry.array), 15, quad_segs=32)
    alone = shapely.intersection(shapely.union_all(strips), site.union_all()).area
    assert losses["area"].sum() == pytest.approx(alone, rel=1e-6)
    assert land["area"].sum() + losses["area"].sum() == pytest.approx(site.area.sum(), rel=1e-9)
    assert (found["rule"] == "constraints.doubled").any()
