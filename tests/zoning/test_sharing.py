"""Land shared among groups: exact shares, one piece each, near land first, hand-made choices kept."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.zoning import Group, groups_from, share_figures, share_land, usual_groups
from ilo_gis.zoning.sharing_graph import neighbours

THREE = {"PROMUVI": 0.55, "ENACE": 0.25, "associations": 0.2}


def grid(columns, rows, lots=20, turned=0.0):
    """Return blocks of 98 by 50 m with streets of 12 m between them."""
    i, j = (a.ravel() for a in np.meshgrid(np.arange(columns), np.arange(rows)))
    shapes = shapely.box(i * 110.0, j * 62.0, i * 110.0 + 98, j * 62.0 + 50)
    index = pd.Index([f"{a}.{b}" for a, b in zip(i, j, strict=True)], name="block")
    table = gpd.GeoDataFrame({"lots": lots}, geometry=shapes, index=index, crs=32719)
    return table.set_geometry(table.rotate(turned, origin=(0, 0)))


def line(*points):
    return gpd.GeoDataFrame(geometry=[shapely.LineString(points)], crs=32719)


def test_equal_blocks_are_shared_to_the_block():
    shared = share_land(grid(5, 4), THREE)
    assert shared["group"].value_counts().to_dict() == {"PROMUVI": 11, "ENACE": 5, "associations": 4}
    figures = share_figures(shared, THREE)
    assert figures["difference"].tolist() == pytest.approx([0, 0, 0])
    assert figures["parts"].tolist() == [1, 1, 1]
    assert list(shared.index) == list(grid(5, 4).index)


def test_blocks_corner_to_corner_are_no_neighbours_on_narrow_and_wide_streets():
    for street in (4.0, 12.0, 30.0):
        i, j = (a.ravel() for a in np.meshgrid(np.arange(3), np.arange(3)))
        step = 60 + street
        found = neighbours(shapely.box(i * step, j * step, i * step + 60, j * step + 60), 45.0)
        assert len(found.one) == 2 * 12


def test_the_group_that_comes_first_gets_the_land_nearest_to_services():
    land, pipe = grid(8, 8), line((-50, 250), (900, 250))
    groups = [Group("poor", 0.4, near=8.0), Group("rest", 0.6)]
    figures = share_figures(share_land(land, groups, services=pipe), groups)
    assert figures.at["poor", "distance"] < 0.6 * figures.at["rest", "distance"]
    far = share_figures(share_land(land, {"poor": 0.4, "rest": 0.6}, services=pipe), groups)
    assert figures.at["poor", "distance"] < far.at["poor", "distance"]
    told = share_land(land, groups, services=pipe)
    assert told["reason_es"].str.contains("tiene preferencia cerca de los servicios").any()


def test_groups_are_more_compact_than_land_given_out_row_by_row():
    land = grid(12, 12, lots=np.random.default_rng(5).integers(10, 40, 144))
    shared = share_land(land, THREE)
    rows = land["lots"].cumsum() / land["lots"].sum()
    plain = shared.assign(group=np.select([rows <= 0.55, rows <= 0.8], list(THREE)[:2], "associations"))
    ours, theirs = (share_figures(one, THREE)["borders"].mean() for one in (shared, plain))
    assert ours < 0.85 * theirs


def test_choices_by_hand_stay_and_the_rest_makes_up_for_them():
    land = grid(6, 6)
    chosen = {"0.0": "associations", "5.5": "associations", "2.2": "ENACE"}
    shared = share_land(land, THREE, locked=chosen)
    assert shared.loc[list(chosen), "group"].to_dict() == chosen
    assert shared["locked"].sum() == 3
    assert shared.at["2.2", "reason_es"] == "Elegida a mano."
    assert share_figures(shared, THREE)["exact"].all()


def test_land_does_not_grow_around_a_block_chosen_far_off():
    land = grid(12, 8, lots=np.random.default_rng(4).integers(15, 30, 96))
    corners = ["0.0", "0.7", "11.0", "11.7"]
    shared = share_land(land, {"a": 0.5, "b": 0.5}, locked=dict.fromkeys(corners, "a"))
    apart = shared.index[(shared["group"] == "a") & (shared["part"] > 1)]
    assert len(apart)
    assert set(apart) <= set(corners)
    assert share_figures(shared, {"a": 0.5, "b": 0.5})["exact"].all()


def test_too_much_chosen_by_hand_is_told_exactly():
    land = grid(4, 1)
    shared = share_land(land, {"a": 0.25, "b": 0.75}, locked=dict.fromkeys(land.index[:3], "a"))
    figures = share_figures(shared, {"a": 0.25, "b": 0.75})
    assert figures["difference"].tolist() == [40, -40]
    assert not figures["exact"].any()


def test_a_group_may_have_its_land_in_two_parts():
    # two quarters with a gorge between them: half of each for both groups
    one, other = grid(4, 4), grid(4, 4)
    far = other.set_index(other.index + "x").set_geometry(other.translate(2000, 0).to_numpy())
    land = pd.concat([one, far])
    groups = [Group("a", 0.5, parts=2), Group("b", 0.5, parts=2)]
    figures = share_figures(share_land(land, groups), groups)
    assert figures["exact"].all()
    assert figures["parts"].max() <= 2


def test_lots_and_value_at_once():
    land = grid(8, 6, lots=np.random.default_rng(2).integers(10, 30, 48))
    land["value"] = land["lots"] * np.linspace(1.0, 3.0, 48)  # dearer in the north
    shared = share_land(land, THREE, weight=["lots", "value"])
    for weight in ("lots", "value"):
        figures = share_figures(shared, THREE, weight=weight)
        assert (figures["difference"].abs() <= 1.5 * figures["largest_block"]).all()


def test_lots_are_counted_from_a_plan():
    lots = pd.DataFrame(
        {"block_id": ["0.0"] * 5 + ["1.0"] * 3, "kind": ["lot"] * 4 + ["remnant"] + ["lot"] * 3}
    )
    shared = share_land(grid(2, 1).drop(columns="lots"), {"a": 1.0}, lots=lots)
    assert shared["lots"].tolist() == [4, 3]


@given(st.integers(2, 7), st.integers(1, 6), st.data())
@settings(max_examples=40, deadline=None)
def test_shares_are_exact_within_one_block_and_land_hangs_together(columns, rows, data):
    count = columns * rows
    lots = data.draw(st.lists(st.integers(0, 40), min_size=count, max_size=count))
    parts = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    shares = {f"g{k}": p / sum(parts) for k, p in enumerate(parts)}
    land = grid(columns, rows, lots=lots)
    shared = share_land(land, shares)
    assert shared["group"].isin(list(shares)).all()
    figures = share_figures(shared, shares)
    assert figures["exact"].all()
    assert figures["given"].sum() == sum(lots)
    if min(columns, rows) > 2 and min(lots) > 8 and count >= 4 * len(parts):
        assert (figures["parts"] == 1).all()
    mixed = land.sample(frac=1, random_state=data.draw(st.integers(0, 9)))
    assert share_land(mixed, shares)["group"].sort_index().equals(shared["group"].sort_index())


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_locked_blocks_never_move(data):
    land = grid(5, 4)
    names = data.draw(st.lists(st.sampled_from(list(land.index)), max_size=8, unique=True))
    chosen = {name: data.draw(st.sampled_from(list(THREE))) for name in names}
    shared = share_land(land, THREE, locked=chosen)
    assert all(shared.at[name, "group"] == group for name, group in chosen.items())
    due = pd.Series(THREE) * 400
    held = pd.Series(chosen, dtype=object).value_counts().reindex(due.index, fill_value=0) * 20
    if (held <= due).all():
        assert share_figures(shared, THREE)["exact"].all()


def test_nine_hundred_blocks_in_one_piece_each():
    land = grid(30, 30, lots=np.random.default_rng(3).integers(16, 40, 900), turned=17.0)
    groups = usual_groups()
    figures = share_figures(share_land(land, groups, services=line((0, 0), (3000, 800))), groups)
    assert figures["exact"].all()
    assert figures["parts"].tolist() == [1, 1, 1]
    assert figures["distance"].idxmin() == "PROMUVI"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"shares": {"a": 0.5}}, "Shares add up to 0.5: a 0.5"),
        ({"shares": {}}, "no group"),
        ({"weight": "people"}, "Choose one or several of: lots, area, value"),
        ({"weight": "value"}, "no column 'value'"),
        ({"locked": {"Z": "a"}}, "not there: Z"),
        ({"locked": {"0.0": "c"}}, "without a share: c. There are: a, b"),
    ],
)
def test_wrong_wishes_are_told(given, told):
    with pytest.raises((RuleError, SchemaError), match=told):
        share_land(grid(2, 2), **({"shares": {"a": 0.5, "b": 0.5}} | given))
    with pytest.raises(SchemaError, match=r"mend 0\.0\."):
        share_land(grid(1, 1).assign(lots="20 lotes"), {"a": 1.0})


def test_groups_from_a_file(tmp_path):
    path = tmp_path / "groups.toml"
    path.write_text('[PROMUVI]\nshare = 0.55\nnear = 4\nes = "Programa municipal"\n[otros]\nshare = 0.45\n')
    assert [(g.name, g.share, g.near, g.es) for g in groups_from(path)] == [
        ("PROMUVI", 0.55, 4, "Programa municipal"),
        ("otros", 0.45, 0.0, "otros"),
    ]
    path.write_text("[PROMUVI]\nshare = 1\npart = 2\n")
    with pytest.raises(RuleError, match="part is not known"):
        groups_from(path)


def test_the_share_of_promuvi_is_that_of_the_papers_and_the_rest_says_that_it_is_an_example():
    status = {one.name: one.status for one in usual_groups()}
    assert usual_groups()[0].share == 5_500 / 10_000
    assert {k for k, v in status.items() if v == "illustrative"} == set(status) - {"PROMUVI"}
