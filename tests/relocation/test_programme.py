"""A programme on a day: sums that close, the timeline of Ilo row by row, both readings of a count."""

from datetime import date

import pandas as pd
import pytest

from ilo_gis.errors import RuleError
from ilo_gis.io import sample
from ilo_gis.relocation import freed_by_date, programme_rows, status

AREAS = {1: 10_000, 2: 2_000, 3: 400, 4: 800, 5: 200, 6: 4_000, 7: 2_000, 8: 800, 9: 2_400, 10: 4_800}
FREE = {date(1994, 6, 30): {3, 4, 5, 6}, date(1995, 7, 31): set(AREAS)}


@pytest.fixture(scope="module")
def tables():
    return [sample(name) for name in ("occupants", "agreements", "moves")]


def of(told, by, column):
    return told[told["by"] == by].set_index("group")[column].to_dict()


@pytest.mark.parametrize("day", FREE)
def test_the_timeline_row_by_row(tables, day):
    told = status(*tables, day, seafront=sample("seafront"))
    wanted = {str(row): float(area * (row in FREE[day])) for row, area in AREAS.items()}
    assert of(told, "row", "freed") == wanted
    assert of(told, "row", "area") == {str(row): float(area) for row, area in AREAS.items()}
    for by in ("agreement", "stage", "step", "row"):
        assert sum(of(told, by, "freed").values()) == sum(wanted.values())
        assert sum(of(told, by, "area").values()) == 27_400


def test_land_freed_by_kind_of_agreement_and_step(tables):
    told = status(*tables, date(1994, 6, 30))
    assert of(told, "agreement", "area") == {
        "land_donation": 4_000,
        "land_swap": 800,
        "new_premises": 3_200,
        "order": 9_000,
        "own_funds;new_premises;premises_donated": 10_000,
        "premises_donated;new_premises": 400,
    }
    freed = {name: area for name, area in of(told, "agreement", "freed").items() if area}
    assert freed == {
        "land_donation": 4_000,
        "land_swap": 800,
        "order": 200,
        "premises_donated;new_premises": 400,
    }
    assert of(told, "step", "occupants") == {"listed": 10, "negotiated": 1, "cleared": 4}
    assert of(told, "stage", "area") == {"none": 27_400}


def test_sixty_residents_are_persons_or_households(tables):
    day, columns = date(1994, 6, 30), ["households", "persons", "uncounted"]
    assert status(*tables, day).loc["total", columns].tolist() == [60, 300, 1]
    assert status(*tables, day, count_reading="persons").loc["total", columns].tolist() == [12, 60, 1]
    few = status(*tables, day, count_reading="persons", persons_per_household=4)
    assert few.loc["total", columns].tolist() == [15, 60, 1]
    with pytest.raises(RuleError, match="reading is 'people'"):
        status(*tables, day, count_reading="people")


def test_land_is_freed_day_by_day(tables):
    told = freed_by_date(tables[0], tables[2])
    assert {f"{day:%Y-%m-%d}": freed for day, freed in told["freed"].items()} == {
        "1993-11-30": 400,
        "1994-01-31": 1_400,
        "1994-05-31": 5_400,
        "1994-09-30": 17_400,
        "1994-10-31": 19_400,
        "1995-01-31": 20_200,
        "1995-05-31": 22_600,
        "1995-06-30": 27_400,
    }
    assert told.at[pd.Timestamp("1994-01-31"), "occupants"] == "calle_comercio;police"


def test_what_is_freed_day_by_day_is_what_is_free_on_the_day(tables):
    for day in pd.date_range("1993-10-15", "1996-03-15", freq="75D"):
        added = freed_by_date(tables[0], tables[2], day)["freed"]
        assert status(*tables, day).at["total", "freed"] == (added.iloc[-1] if len(added) else 0)


def test_land_taken_back_is_no_longer_free(tables):
    land, pacts, moves = tables
    gone = moves[(moves["occupant_id"] == "police") & moves["step"].isin(["cleared", "moved"])]
    back = gone.assign(
        move_id=["M-900", "M-901"], takes_back=gone["move_id"], date=pd.Timestamp("1994-03-01")
    )
    events = pd.concat([moves, back], ignore_index=True)
    day = date(1994, 6, 30)
    assert status(land, pacts, events, day).at["total", "freed"] == 4_600
    assert status(land, pacts, events, date(1994, 2, 28)).at["total", "freed"] == 1_400
    assert programme_rows(land, pacts, events, day).at["police", "step"] == "site_ready"


def test_order_of_rows_does_not_matter_and_nothing_in_gives_nothing_out(tables):
    day = date(1994, 12, 31)
    shuffled = [table.sample(frac=1, random_state=5) for table in tables]
    pd.testing.assert_frame_equal(status(*tables, day), status(*shuffled, day))
    assert status(tables[0].iloc[:0], *tables[1:], day).empty
    assert freed_by_date(tables[0], tables[2].iloc[:0]).empty
    alone = status(tables[0], tables[1].iloc[:0], tables[2].iloc[:0], day)
    assert alone.loc["step: listed", ["area", "freed"]].tolist() == [27_400, 0]
