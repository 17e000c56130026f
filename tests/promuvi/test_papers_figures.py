"""Figures that papers print of PROMUVI, worked out with the norms, the tables and the sample of ilo_gis."""

from math import ceil

import pandas as pd
import pytest

from ilo_gis import io, norms, promuvi, siting, subdivision

PE = norms.load("pe")
LAST_DAY = pd.Timestamp("1996-04-30")  # of the simulated history
HOUSEHOLDS, SPHERE = PE["promuvi.taps"].value["households_per_tap"], PE["international.persons_per_tap"].value


@pytest.mark.parametrize(("lots", "taps"), [(10_000, 100), (6_000, 60), (5_500, 55)])
def test_one_public_tap_for_a_hundred_households(lots, taps):
    assert ceil(lots / HOUSEHOLDS) == taps


@pytest.mark.slow
def test_taps_are_sited_in_that_number():
    pampa = {"site": io.sample("pampa"), "width": "width"}
    streets = subdivision.layout_streets(io.sample("pampa_streets"), **pampa).street_lines
    lots = io.sample("lots").set_index("lot_id").iloc[:5500]
    found = siting.taps(lots, streets, siting.TapTerms.from_norms(PE))
    assert (len(found.taps), found.bound, found.gap) == (55, 55, 0)
    assert set(found.findings["rule"]) >= {"taps.sphere_persons"}


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


def test_the_sample_finances_as_many_houses_as_the_paper_on_4074_assigned_lots():
    states = promuvi.state_on(io.sample("lot_events"), LAST_DAY, io.sample("lots").set_index("lot_id"))
    assigned = states.index[states["stage"] != "free"]
    shares = promuvi.finance_shares(io.sample("house_finance"), assigned)
    assert len(assigned) == 4074
    assert shares["lots"].drop("none").tolist() == [600, 1100, 350, 106]
    assert (shares["share"] * 100).round(1).tolist()[:4] == [14.7, 27.0, 8.6, 2.6]
    assert promuvi.check_finance(io.sample("house_finance"), assigned).empty


def test_nobody_in_the_sample_is_charged_more_than_the_cap_and_heirs_keep_what_was_paid():
    lots, events, works = (io.sample(name) for name in ("lots", "lot_events", "works"))
    money = [io.sample(name) for name in ("charges", "payments", "exchange_rates")]
    told = promuvi.accounts(*money, LAST_DAY, events=events)
    assert told["room"].min() >= 0
    assert promuvi.check_payments(*money, events, LAST_DAY, lots=lots).empty
    known = {"works": works, "accounts": told, "payments": money[1], "on": LAST_DAY}
    assert promuvi.check_events(events, lots.set_index("lot_id"), **known).empty


def test_servicing_takes_one_to_three_years_in_the_simulated_history():
    events = io.sample("lot_events")
    days = promuvi.stays(events, LAST_DAY, io.sample("lots"))
    years = (days["titled"] - days["allotted"]).dropna().dt.days / 365.2425
    assert len(years) > 2000
    assert years.between(1, 3).all()


def test_ten_thousand_lots_in_seven_years():
    assert round(10_000 / 7) == 1429
