"""Designs against lots whose measures are plain, and the growth of houses over the years."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis import norms, promuvi
from ilo_gis.errors import ReadError, RuleError


def lot(front, depth, **more):
    told = {
        "block_id": "A",
        "kind": "lot",
        "area": front * depth,
        "frontage": front,
        "depth": depth,
        "corner": False,
    }
    return gpd.GeoDataFrame(told | more, index=["A-1"], geometry=[shapely.box(0, 0, front, depth)], crs=32719)


def fits(lots):
    found = promuvi.design_fits(lots).set_index("design")
    return sorted(found.index[found["fits"]].str.removeprefix("dwelling_"))


def why(lots, design, language="en"):
    return promuvi.design_fits(lots).set_index("design").at[f"dwelling_{design}", f"reason_{language}"]


def test_there_are_as_many_designs_as_the_norm_says_one_with_a_shop():
    told, norm = promuvi.winning_designs(), norms.load()["promuvi.house_growth"].value
    assert len(told) == norm["designs"]
    assert told["corner"].sum() == 1
    years = told["stages"].map(lambda stages: stages[-1]["year"])
    assert years.max() == norm["years"]


@pytest.mark.parametrize(
    ("lots", "expected"),
    [
        (lot(8, 20), ["1", "2", "3"]),
        (lot(10, 16), ["1", "3", "4"]),  # 16 m: 14 and a setback of 2
        (lot(10, 15.9), ["1", "3"]),
        (lot(8, 15), ["1", "3"]),  # 120 m2, 84 of them when 30 % stay open
        (lot(7.9, 20), ["3"]),
        (lot(8, 20, corner=True), ["1", "2", "3", "shop"]),
        (lot(8, 20, commercial=True), ["1", "2", "3", "shop"]),
        (lot(20, 8, corner=True), ["1", "2", "3", "shop"]),  # entered from its other street
        (lot(20, 8), []),
        (
            lot(8, 20, corner=True).assign(frontage=28.0),
            ["1", "2", "3", "shop"],
        ),  # the front goes around the corner
        (lot(8, 20, frontage_main=7.0), ["3"]),
        (lot(8, 20).assign(depth=np.nan), []),
    ],
)
def test_a_design_fits_by_front_depth_open_land_and_corner(lots, expected):
    assert fits(lots) == expected


def test_all_that_is_against_a_design_is_told_in_both_languages():
    small = lot(7, 14)
    assert why(small, "shop") == (
        "front 7.0 m, 8.0 m needed; depth 14.0 m, 15.0 m needed; "
        "area 98.0 m2, 137.1 m2 needed with 30 % open; no corner"
    )
    assert why(lot(8, 20), "shop", "es") == "no es esquina"
    assert why(lot(8, 20).assign(depth=np.nan), 1, "es") == "fondo ? m, se exige 15.0 m"


def test_houses_grow_to_their_last_stage_and_costs_add_up():
    grown = promuvi.house_growth()
    assert grown.loc["dwelling_shop", "area"].tolist() == [30, 30, 48, 48, 48, 72, 72, 72, 72, 72, 96]
    assert grown.loc[("dwelling_shop", 10), "cost"] == 1600 + 1000 + 1400 + 1500
    assert (grown.groupby("design")["area"].diff().fillna(0) >= 0).all()


def test_remnants_are_left_out_and_nothing_gives_nothing():
    assert promuvi.design_fits(lot(8, 20, kind="remnant")).empty
    assert promuvi.design_fits(lot(8, 20).iloc[:0]).empty


def test_a_file_of_designs_that_cannot_be_is_refused(tmp_path):
    path = tmp_path / "own.toml"
    one = '[designs.a]\nes = "a"\nen = "a"\nfrontage = 8\ndepth = 9\nground = 9\nfree_area = 0\nsetback = 0\n'
    path.write_text(one)
    with pytest.raises(ReadError, match="stages"):
        promuvi.winning_designs(path)
    path.write_text(one + "stages = [{year = 2, area = 1, cost = 1}, {year = 1, area = 1, cost = 1}]")
    with pytest.raises(RuleError, match="a: the years"):
        promuvi.winning_designs(path)
    path.write_text(one.replace("8", "-8") + "stages = [{year = 2, area = 1, cost = 1}]")
    with pytest.raises(RuleError, match="from 0 on"):
        promuvi.winning_designs(path)


def test_the_order_of_lots_changes_nothing():
    both = pd.concat([lot(8, 20), lot(10, 16).set_axis(["A-2"])])
    first = promuvi.design_fits(both).sort_index()
    pd.testing.assert_frame_equal(promuvi.design_fits(both.iloc[::-1]).sort_index(), first)
