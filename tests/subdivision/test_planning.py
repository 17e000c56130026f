"""Whole plans of bare sites: what they promise, on sites that can be checked by hand and on odd ones."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from ilo_gis.errors import CRSError, GeometryError, RuleError
from ilo_gis.geometry.network import connected
from ilo_gis.subdivision import Brief, LotRule, plan_alternatives, plan_site

RULE = LotRule(min_area=160.0, min_frontage=8.0)
CORNERS = [
    (0, 0), (330, -60), (720, 20), (790, 310), (560, 330), (520, 480), (640, 640), (300, 700), (-60, 520),
    (-20, 240),
]  # fmt: skip


def layer(*shapes, crs=32719, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def concave():
    return layer(shapely.Polygon(np.add(CORNERS, [256_000, 8_052_000])))


def box(width, height, x=254_000, y=8_047_000):
    return layer(shapely.box(x, y, x + width, y + height))


def lots(plan):
    return plan.lots[plan.lots["kind"] == "lot"]


def prove(plan, site, brief):
    """Measure again what every plan promises."""
    whole = site.area.sum() - plan.losses.area.sum()
    parts = plan.lots.area.sum() + plan.reserves.area.sum() + plan.streets.area.sum()
    assert abs(parts - whole) < 1e-9 * whole
    assert not (plan.findings["severity"] == "error").any(), plan.findings["message"].tolist()
    assert plan.blocks["length"].max() <= brief.max_block_length + 0.01
    assert (lots(plan).area >= brief.rule.min_area - 1e-3).all()
    assert (lots(plan)["frontage"] >= brief.rule.min_frontage - 1e-3).all()
    assert connected(np.asarray(plan.street_lines.geometry.array)).max() == 0


@pytest.mark.parametrize(
    ("longest", "share", "least"),
    [(120.0, 0.0, 39.0), (120.0, 0.13, 34.0), (300.0, 0.0, 41.0), (300.0, 0.13, 35.5)],
)
def test_the_concave_site_holds_more_lots_than_any_rival_lays_out(longest, share, least):
    site, brief = concave(), Brief(rule=RULE, reserves=share, max_block_length=longest)
    plan = plan_site(site, brief)
    prove(plan, site, brief)
    assert len(lots(plan)) / (site.area.sum() / 10_000) >= least
    assert plan.reserves.area.sum() == pytest.approx(share * site.area.sum(), abs=1.0)


def test_alternatives_differ_and_the_best_comes_first():
    plans = plan_alternatives(box(300, 260), Brief(rule=RULE, alternatives=3))
    counts = [len(lots(plan)) for plan in plans]
    assert len(plans) > 1
    assert counts[0] == max(counts)
    assert len({tuple(plan.street_lines.length.round(3).sort_values()) for plan in plans}) == len(plans)


def test_the_same_brief_gives_the_same_plan():
    one, other = (plan_site(box(240, 160), Brief(rule=RULE)) for _ in range(2))
    assert one.lots.to_wkb().equals(other.lots.to_wkb())
    assert one.street_lines.to_wkb().equals(other.street_lines.to_wkb())


def test_another_seed_tries_rows_at_other_places():
    one, other = (plan_site(box(240, 160), Brief(rule=RULE, orientation=17.0, seed=seed)) for seed in (0, 5))
    assert not one.street_lines.to_wkb().equals(other.street_lines.to_wkb())


def test_streets_have_a_class_a_width_and_a_name():
    plan = plan_site(
        concave(), Brief(rule=RULE, sections={"principal": 15.0, "secondary": 9.6, "passage": 4.0})
    )
    width = plan.street_lines.groupby("street_class")["width"].unique().map(list).to_dict()
    assert width == {"principal": [15.0], "secondary": [9.6], "passage": [4.0]}
    assert plan.street_lines["name"].notna().all()
    radius = plan.street_lines.groupby("street_class")["curb_radius"].first().dropna().to_dict()
    assert radius == {"principal": 5.0, "secondary": 3.0}  # GH.020


def test_given_streets_are_joined_and_keep_their_names():
    site = box(500, 300)
    road = layer(
        shapely.LineString([(254_250, 8_046_950), (254_250, 8_047_350)]),
        name=["Av. Cívica"], width=[20.0], street_class=["collector"],
    )  # fmt: skip
    brief = Brief(rule=RULE, reserves=0.08)
    plan = plan_site(site, brief, streets=road)
    prove(plan, site, brief)
    assert "Av. Cívica" in set(plan.street_lines["name"])
    base = site.area.sum() - 20.0 * 300.0  # the land of the collector is not of the base
    assert plan.reserves.area.sum() == pytest.approx(0.08 * base, abs=1.0)


def test_constraints_take_land_and_are_told():
    site = box(400, 300)
    ravine = layer(shapely.box(254_150, 8_046_900, 254_180, 8_047_400), reason=["faja marginal"])
    brief = Brief(rule=RULE)
    plan = plan_site(site, brief, constraints=ravine)
    assert plan.losses[["reason", "area"]].to_numpy().tolist() == [["faja marginal", 9000.0]]
    assert plan.streets.intersection(ravine.geometry[0]).area.sum() == pytest.approx(0, abs=1e-3)
    assert (plan.findings["rule"] == "streets.apart").any()  # two shores without a bridge


def test_lots_that_must_not_move_stay_to_the_byte():
    site = box(300, 240)
    house = gpd.GeoDataFrame(
        index=["X-1", "X-2"],
        geometry=[shapely.box(254_100 + x, 8_047_100, 254_110 + x, 8_047_120) for x in (0, 10)],
        crs=32719,
    )
    plan = plan_site(site, Brief(rule=RULE), locked=house)
    assert plan.lots.loc[house.index].geometry.to_wkb().equals(house.geometry.to_wkb())
    parts = plan.lots.area.sum() + plan.streets.area.sum()
    assert parts == pytest.approx(site.area.sum(), rel=1e-9)


def test_streets_come_in_where_the_brief_says():
    site = box(300, 240)
    plan = plan_site(site, Brief(rule=RULE, entrances=[(254_000, 8_047_100)]))
    ways = plan.street_lines[plan.street_lines["street_class"] == "principal"]
    assert shapely.dwithin(shapely.Point(254_000, 8_047_100), ways.geometry, 2.0).any()


def test_thin_land_has_one_street_along_its_middle():
    plan = plan_site(box(400, 52.1), Brief(rule=RULE, max_block_length=300.0))
    assert len(lots(plan)) >= 90


def test_land_too_small_for_a_street_is_named_not_hidden():
    plan = plan_site(box(20, 15), Brief(rule=RULE))
    assert plan.lots["kind"].tolist() == ["remnant"]
    assert "block.no_lot" in set(plan.findings["rule"])


def test_streets_end_in_a_turning_circle_only_where_the_brief_lets_them():
    lobe = layer(shapely.union(shapely.box(0, 0, 300, 240), shapely.box(110, 240, 180, 330)))
    lobe = lobe.translate(254_000, 8_047_000).to_frame("geometry")
    plain, allowed = (
        plan_site(lobe, Brief(rule=RULE, street_width=9.0, dead_ends=ends)) for ends in (False, True)
    )
    assert len(lots(allowed)) > len(lots(plain))
    turn = allowed.street_lines[allowed.street_lines["width"] == 12.0]
    assert turn.length.sum() == pytest.approx(12.0, abs=0.1)
    assert "streets.dead_end" not in set(allowed.findings["rule"]) | set(plain.findings["rule"])


def test_every_other_cross_street_may_be_for_walkers():
    sections = {"principal": 12.0, "secondary": 12.0, "passage": 4.0}
    plan, walked = (
        plan_site(box(700, 200), Brief(rule=RULE, sections=sections, passages=foot)) for foot in (False, True)
    )
    prove(walked, box(700, 200), Brief(rule=RULE))
    assert walked.streets.area.sum() < plan.streets.area.sum()


BAD = {
    "an entrance off the site": lambda: plan_site(box(200, 200), Brief(rule=RULE, entrances=[(0, 0)])),
    "reserves over all of the land": lambda: Brief(rule=RULE, reserves=1.2),
    "blocks shorter than two lots": lambda: Brief(rule=RULE, max_block_length=15.0),
    "a direction that is a word": lambda: Brief(rule=RULE, orientation="north"),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_bad_briefs_are_refused(make):
    with pytest.raises(RuleError):
        make()


def test_bad_layers_are_refused():
    with pytest.raises(CRSError):
        plan_site(box(200, 200).set_crs(4326, allow_override=True), Brief(rule=RULE))
    stray = box(20, 20, x=255_000).rename(index={0: "X-1"})
    with pytest.raises(GeometryError, match="X-1"):
        plan_site(box(200, 200), Brief(rule=RULE), locked=stray)
    with pytest.raises(GeometryError, match="Nothing is left"):
        plan_site(box(200, 200), Brief(rule=RULE), constraints=box(300, 300).assign(reason="sea"))
