"""The simulated PROMUVI that ships with the library: as printed where papers print, lawful everywhere."""

import pandas as pd
import pytest
import shapely

from ilo_gis import io
from ilo_gis.promuvi import (
    accounts,
    check_events,
    check_payments,
    check_works,
    done_dates,
    eligibility,
    rank,
    services,
    state_on,
)
from ilo_gis.tables import conform, describe

LAST_DAY = pd.Timestamp("1996-04-30")
LOSSES = ["reverted", "renounced"]
YEAR = 365.25


@pytest.fixture(scope="module")
def table():
    names = io.samples().query("file == 'promuvi'").index
    return {name: conform(io.sample(name), name) for name in names}


@pytest.fixture(scope="module")
def standing(table):
    """Events that count: neither taken back nor taking back."""
    events = table["lot_events"]
    return events[events["takes_back"].isna() & ~events.index.isin(events["takes_back"])]


@pytest.fixture(scope="module")
def held(standing):
    """Lots that somebody holds on the last day, with the day of the last allotment."""
    turns = standing[standing["kind"].isin(["allotted", *LOSSES])].drop_duplicates("lot_id", keep="last")
    return turns[turns["kind"] == "allotted"].set_index("lot_id")["date"]


def test_six_thousand_lots_of_areas_one_to_three_and_the_nearest_blocks_of_four(table):
    lots, blocks = table["lots"], table["blocks"]
    assert lots.groupby("extension_area").size().to_dict() == {"1": 1763, "2": 1676, "3": 1743, "4": 818}
    assert set(lots["kind"]) == {"lot"}
    assert lots["area"].min() >= 160
    assert lots["frontage"].min() >= 8
    assert set(lots["block_id"]) == set(blocks.index)
    for layer in (lots, blocks):
        assert shapely.coverage_is_valid(layer.geometry.to_numpy())
        corners = shapely.get_coordinates(layer.geometry.to_numpy())
        assert abs(corners - corners.round(2)).max() < 1e-6
    assert lots.union_all().symmetric_difference(blocks.union_all()).area < 300  # m2 of 105 ha: a remnant
    assert not lots.intersects(shapely.union_all(io.sample("parks").geometry).buffer(-0.1)).any()


def test_eight_thousand_applications_with_everything_that_a_municipality_meets(table):
    applicants, households = table["applicants"], table["households"]
    assert len(applicants) == 8000
    assert applicants["household_id"].duplicated().sum() == 120
    assert set(applicants["household_id"]) == set(households.index)
    sizes = applicants["group"].value_counts()
    assert len(sizes) == 60
    assert sizes.between(4, 12).all()
    wished = applicants["preferences"].dropna().str.split(";").explode()
    assert set(wished) <= set(table["lots"].index)
    assessed = eligibility(applicants, households, LAST_DAY)
    reasons = set(assessed["reasons"].dropna().str.split(";").explode())
    assert reasons >= {"one_per_household", "owns_property", "residence", "layout", "missing.income"}
    assert assessed["status"].eq("eligible").sum() > 6000
    listed = rank(applicants, households, assessed, on=LAST_DAY, seed="1996-04-30").table
    assert listed["score"].nunique() > 1000


def test_tables_hold_ids_and_no_names(table):
    private = set(describe("people").index) - {"household_id"}
    for name, rows in table.items():
        assert not private & set(rows.columns), name
    for name in ("households", "applicants", "lot_events", "charges", "payments"):
        holders = table[name].reset_index()["household_id"].dropna()
        assert holders.str.fullmatch(r"H-\d{4}").all(), name


def test_works_and_payments_pass_their_checks(table):
    works, lots, events = table["works"], table["lots"], table["lot_events"]
    assert check_works(works, lots, LAST_DAY).empty
    assert set(works["service"]) == set(services().index)
    assert set(works["scope"]) == {"lot", "block", "area"}
    paid = [table[name] for name in ("charges", "payments", "exchange_rates")]
    assert check_payments(*paid, events, LAST_DAY, lots=lots).empty
    found = accounts(*paid, LAST_DAY, events=events)
    assert found["charged"].max() <= 6000
    assert found["due"].gt(0).any()
    assert set(paid[0]["currency"]) == {"USD", "PEN"}
    assert set(paid[0]["step"]) == {"processing", "occupation", "adjudication", "title"}


def test_every_event_is_lawful_with_its_works_and_fees(table):
    lots, events = table["lots"], table["lot_events"]
    paid = [table[name] for name in ("charges", "payments", "exchange_rates")]
    known = {"works": table["works"], "accounts": accounts(*paid, LAST_DAY), "payments": paid[1]}
    assert check_events(events, lots, **known, on=LAST_DAY).empty
    stages = state_on(events, LAST_DAY, lots)["stage"].value_counts()
    assert stages.sum() - stages["free"] == 4074
    assert stages.min() > 100  # there is something to see of each stage


def test_4074_lots_are_assigned_and_house_finance_is_as_printed(table, held):
    finance = table["house_finance"]
    assert len(held) == 4074
    assert finance["source"].value_counts().to_dict() == {
        **{"enace": 1100, "materials_bank": 600},
        **{"labor": 350, "own": 106},
    }
    assert finance["lot_id"].is_unique
    assert set(finance["lot_id"]) <= set(held.index)
    assert len(held) - len(finance) == 1918  # printed: still 2,000


def test_from_the_start_of_servicing_to_the_title_it_takes_one_to_three_years(table, standing, held):
    titled = standing[standing["kind"] == "titled"].set_index("lot_id")["date"]
    assert len(titled) > 2000
    years = (titled - held.reindex(titled.index)).dt.days / YEAR
    assert years.between(1, 3).all()
    allotted = standing.loc[standing["kind"] == "allotted", "lot_id"]
    once = titled[~titled.index.isin(allotted[allotted.duplicated()])]
    works = table["works"].query("scope != 'area'")  # the plans of an area come with its first lots
    first = done_dates(works.assign(done=works["started"]), table["lots"]).min(axis=1)
    from_works = (once - first.reindex(once.index)).dt.days / YEAR
    assert from_works.between(1, 3).all()


def test_some_lots_wait_so_that_there_is_a_backlog_to_find(table, standing, held):
    area = table["lots"]["extension_area"]
    titled = standing.loc[standing["kind"] == "titled", "lot_id"]
    assert set(area[titled]) == {"1", "3"}  # area 2 has been without a title since 1991, area 4 is new
    assert held[area.reindex(held.index) == "2"].min().year == 1991
    kinds = set(table["lot_events"]["kind"])
    assert kinds >= {*LOSSES, "not_lived_in", "notice", "transferred", "taken_back"}
    assert standing.loc[standing["kind"] == "allotted", "lot_id"].duplicated().any()
    assert table["lot_events"]["date"].max() <= LAST_DAY


def test_no_household_holds_two_lots(standing):
    kind = standing["kind"]
    gains = standing[kind.isin(["allotted", "transferred"])]
    holder = gains["heir"].where(gains["kind"] == "transferred", gains["household_id"])
    assert holder.is_unique  # whoever has lost a lot gets no other in this history
