"""Figures that papers print of PROMUVI, worked out with the norms, the tables and the sample of ilo_gis."""

from math import ceil

import pandas as pd
import pytest

from ilo_gis import norms, promuvi

PE = norms.load("pe")
HOUSEHOLDS, SPHERE = PE["promuvi.taps"].value["households_per_tap"], PE["international.persons_per_tap"].value


@pytest.mark.parametrize(("lots", "taps"), [(10_000, 100), (6_000, 60), (5_500, 55)])
def test_one_public_tap_for_a_hundred_households(lots, taps):
    assert ceil(lots / HOUSEHOLDS) == taps


def test_a_hundred_households_are_twice_what_the_sphere_handbook_lets_one_tap_serve():
    persons = HOUSEHOLDS * PE["growth.persons_per_lot"].value
    assert (persons, SPHERE["persons"], SPHERE["flow"]) == (500, 250, 7.5)


def test_no_family_is_charged_more_than_sixty_dollars():
    assert promuvi.fee_cap(pd.Timestamp("1996-04-01")) == 6000
    assert promuvi.fee_steps()["amount"].sum() <= 6000
    assert promuvi.fee_steps()["en"].tolist() == PE["promuvi.fee_steps"].value


def test_house_finance_is_that_of_the_paper_and_its_bases_are_kept_apart():
    told = promuvi.finance_sources()
    assert told["lots"].tolist() == [600, 1100, 350, 106, 2000]
    assert (told["stated"].dropna() * 100).round(1).tolist() == [14.8, 27.0, 9.0, 2.6]
    assert told["lots"].sum() == 4156
    assert told["lots"].drop("none").sum() == 2156
    assert (told["lots"] / 4074 * 100).round(1).tolist()[:4] == [14.7, 27.0, 8.6, 2.6]


def test_ten_thousand_lots_in_seven_years():
    assert round(10_000 / 7) == 1429
