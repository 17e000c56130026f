"""Table 3 of S99 worked out again from the sample, row by row as it is printed."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ilo_gis.io import sample
from ilo_gis.relocation import freed_by_date, programme_rows, status

# row: facilities, m2, date as printed, agreement as printed, and how it is coded
PRINTED = {
    1: (
        *(1, 10_000, "September 1994"),
        "Own funds; built another facility; donated pre-fabricated building to the university",
        {"own_funds", "new_premises", "premises_donated"},
    ),
    2: (1, 2_000, "September 1994", "Relocation order, informal employment", {"order"}),
    3: (
        *(1, 400, "November 1993", "Vacant premises donated by customs; new premises"),
        {"premises_donated", "new_premises"},
    ),
    4: (
        *(1, 800, "January 1994"),
        "MPI reciprocally donated land in Pampa Inalámbrica; MPI installed pre-fabricated building",
        {"land_swap"},
    ),
    5: (1, 200, "January 1994", "Order to vacate", {"order"}),
    6: (1, 4_000, "May 1994", "MPI donated land in Pampa Inalámbrica", {"land_donation"}),
    7: (1, 2_000, "October 1994", "Relocation order, informal occupation", {"order"}),
    8: (1, 800, "January 1995", "Construction of other facilities", {"new_premises"}),
    9: (1, 2_400, "May 1995", "Construction of other premises", {"new_premises"}),
    10: (6, 4_800, "First half of 1995", "Relocation order", {"order"}),
}
SUBTOTAL = 27_400
FREED_BY = {  # last day of each month with a move: m2 freed until then, added up by hand
    "1993-11-30": 400,
    "1994-01-31": 1_400,
    "1994-05-31": 5_400,
    "1994-09-30": 17_400,
    "1994-10-31": 19_400,
    "1995-01-31": 20_200,
    "1995-05-31": 22_600,
    "1995-06-30": 27_400,
}
WORKS_BEGIN = pd.Timestamp("1994-08-01")  # S99 III.c: August 1994; the earliest reading


@pytest.fixture(scope="module")
def land():
    return sample("occupants").set_index("occupant_id")


@pytest.fixture(scope="module")
def pacts(land):
    """Return the agreements by the row of the table whose facilities they are with."""
    table = sample("agreements")
    rows = table["occupants"].str.split(";").map(lambda ids: set(land.loc[ids, "source_row"]))
    assert rows.map(len).eq(1).all()  # no agreement is about two rows
    return table.set_index(pd.Index([row.pop() for row in rows], name="source_row")).sort_index()


@pytest.fixture(scope="module")
def moved():
    """Return the day of the move of each occupant."""
    moves = sample("moves")
    return moves[moves["step"] == "moved"].set_index("occupant_id")["date"]


@pytest.mark.parametrize("row", PRINTED)
def test_each_row_is_as_printed(row, land, pacts, moved):
    count, area, day_text, text, kinds = PRINTED[row]
    facilities, pact = land[land["source_row"] == row], pacts.loc[row]
    assert (len(facilities), facilities["area"].sum()) == (count, area)
    assert (pact["date_text"], set(pact["kinds"].split(";"))) == (day_text, kinds)
    assert pact["text"].split(" / ")[1] == text
    last = "June 1995" if row == 10 else day_text  # by the end of a half year it was done
    assert set(moved[facilities.index]) == {pd.Timestamp(last) + pd.offsets.MonthEnd(0)}


def test_the_rows_are_ten_the_facilities_fifteen_and_the_sum_closes(land, pacts):
    assert (len(pacts), len(land)) == (10, 15)
    assert len(land) > 10  # "more than ten enterprises and settlements"
    assert sum(area for _, area, *_ in PRINTED.values()) == land["area"].sum() == SUBTOTAL
    assert land["area"].sum() + land["built_area"].sum() == SUBTOTAL + 400  # IMARPE's floor would not close
    assert land.loc[land["source_row"] == 10, "area_note"].str.contains("only the sum").all()


def test_the_sum_of_each_kind_of_agreement(land, pacts):
    """Orders freed a third: 2,000 + 200 + 2,000 + 4,800; land on the Pampa was given for 4,800."""
    order = pacts.index[pacts["kinds"] == "order"]
    pampa = pacts.index[pacts["kinds"].isin(["land_swap", "land_donation"])]
    by_row = land.groupby("source_row")["area"].sum()
    assert (by_row[order].sum(), by_row[pampa].sum()) == (9_000, 4_800)
    assert by_row.drop(order).drop(pampa).sum() == 10_000 + 400 + 800 + 2_400


def test_what_is_free_grows_month_by_month_as_added_up_by_hand(land, pacts, moved):
    events = sample("moves")
    freed = freed_by_date(land, events)["freed"]
    assert {f"{day:%Y-%m-%d}": area for day, area in freed.items()} == FREED_BY
    assert land["area"].groupby(moved).sum().cumsum().tolist() == list(FREED_BY.values())
    for day, area in FREED_BY.items():
        told = status(land, pacts.set_index("agreement_id"), events, date.fromisoformat(day))
        assert told.at["total", "freed"] == area


def test_both_sides_of_contradiction_c16_are_kept(land, moved):
    """Four rows moved before the works are said to have begun: nothing is bent to fit."""
    works = sample("seafront").set_index("stage")["start"]
    early = land["source_row"][moved.reindex(land.index) < WORKS_BEGIN]
    assert sorted(early) == [3, 4, 5, 6]
    assert works.loc[1].min() == works.min() == WORKS_BEGIN
    assert np.datetime64("1993-11") == moved.min().to_numpy().astype("datetime64[M]")


@pytest.mark.parametrize(("reading", "households", "persons"), [("households", 60, 300), ("persons", 12, 60)])
def test_the_sixty_residents_are_read_both_ways(land, pacts, reading, households, persons):
    picuda = land.loc["la_picuda"]
    assert (picuda["count"], picuda["count_of"]) == (60, "unclear")
    assert round(picuda["area"] / picuda["count"]) == 67  # m2 for each
    deals, day = pacts.set_index("agreement_id"), date(1994, 5, 31)
    how = {"count_reading": reading, "persons_per_household": 5.0}
    rows = programme_rows(land, deals, sample("moves"), day, **how)
    assert rows.loc["la_picuda", ["households", "persons"]].tolist() == [households, persons]
