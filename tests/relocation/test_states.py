"""States derived from events; the timeline of the sample row by row."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.io import sample
from ilo_gis.relocation import state_on, steps


def events(*rows):
    """Return moves of (step, date, what it takes back) of one occupant."""
    table = pd.DataFrame(rows, columns=["step", "date", "takes_back"])
    ids = pd.Index([f"M-{number}" for number in range(1, len(rows) + 1)], name="move_id")
    return table.assign(occupant_id="a", date=pd.to_datetime(table["date"])).set_index(ids)


def step_on(moves, day):
    return state_on(moves, date.fromisoformat(day))["step"].astype(str).to_dict().get("a")


def test_what_is_taken_back_holds_until_the_day_it_is_taken_back():
    moves = events(
        ("listed", "1993-01-01", None),
        ("negotiated", "1993-02-01", None),
        ("agreed", "1993-03-01", None),
        ("agreed", "1993-05-01", "M-3"),
        ("agreed", "1993-07-01", "M-4"),
    )
    wanted = {"1993-04-30": "agreed", "1993-05-01": "negotiated", "1993-07-01": "agreed"}
    assert {day: step_on(moves, day) for day in wanted} == wanted
    assert step_on(moves, "1992-12-31") is None


def test_a_step_written_down_late_does_not_take_a_later_one_away():
    moves = events(("moved", "1994-01-01", None), ("listed", "1994-02-01", None))
    assert step_on(moves, "1994-03-01") == "moved"


def test_states_do_not_depend_on_the_order_of_rows_and_leave_the_input_alone():
    moves = sample("moves").set_index("move_id")
    before, day = moves.copy(deep=True), date(1994, 6, 30)
    shuffled = moves.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(state_on(moves, day), state_on(shuffled, day))
    pd.testing.assert_frame_equal(moves, before)
    assert list(state_on(moves.iloc[:0], day).columns) == list(state_on(moves, day).columns)


def test_wrong_input_is_named():
    moves = events(("listd", "1994-01-01", None))
    with pytest.raises(SchemaError, match=r"'listd' is no step .did you mean listed"):
        state_on(moves, date(1994, 1, 1))
    with pytest.raises(SchemaError, match="without a day: M-1"):
        state_on(moves.assign(step="listed", date=pd.NaT), date(1994, 1, 1))
    with pytest.raises(RuleError, match="should be a date"):
        state_on(moves, "1994-01-01")


def test_every_step_follows_one_that_comes_before_it():
    table = steps()
    rank = dict(zip(table.index, range(len(table)), strict=True))
    assert all(rank[one] < rank[name] for name, after in table["after"].items() for one in after)
    assert [name for name, after in table["after"].items() if not after] == ["listed"]


FREE_AT_MID_1994 = {3, 4, 5, 6}


@pytest.mark.parametrize(
    ("day", "rows", "area"),
    [("1994-06-30", FREE_AT_MID_1994, 5_400), ("1995-07-31", set(range(1, 11)), 27_400)],
)
def test_the_timeline_of_the_sample_row_by_row(day, rows, area):
    land = sample("occupants").set_index("occupant_id")
    states = state_on(sample("moves"), date.fromisoformat(day))
    free = states["step"].map(steps()["free"]).astype(bool).reindex(land.index)
    for row, of_row in land.groupby("source_row"):
        assert free[of_row.index].all() == (row in rows), row
        assert free[of_row.index].any() == (row in rows), row
    assert np.isclose(land["area"][free].sum(), area, rtol=0, atol=0)
