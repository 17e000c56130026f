import pandas as pd
import pytest

from ilo_gis.errors import RuleError
from ilo_gis.promuvi import backlog

DAY = pd.Timestamp("2024-06-30")
LOTS = pd.DataFrame(
    {"block_id": ["A", "A", "B", "C", "D"], "extension_area": ["7", "7", "7", "8", "9"], "kind": "lot"},
    index=pd.Index(["A-1", "A-2", "B-1", "C-1", "D-1"], name="lot_id"),
)


def events(*rows):
    """Return events, each title with what has to come before it."""
    way = {"titled": ["occupied", "lived_in", "adjudicated", "titled"]}
    rows = [(lot, step, day) for lot, kind, day in rows for step in way.get(kind, [kind])]
    table = pd.DataFrame(rows, columns=["lot_id", "kind", "date"]).assign(
        household_id=[f"h {r[0]}" for r in rows]
    )
    return table.set_axis(pd.Index([f"E-{n}" for n in range(len(rows))], name="event_id"))


HISTORY = events(
    ("A-1", "allotted", "2004-06-30"),
    ("A-1", "titled", "2008-06-30"),
    ("A-2", "allotted", "2006-04-30"),
    ("B-1", "allotted", "2010-06-30"),
    ("C-1", "allotted", "2022-06-30"),
    ("D-1", "allotted", "2001-06-30"),
    ("D-1", "titled", "2003-06-30"),
)


def test_an_area_that_gave_no_title_for_sixteen_years():
    """As PROMUVI VII, which gave none from 2008 to 2024."""
    told = backlog(HISTORY, LOTS, DAY, years=3)
    assert told.index.tolist() == ["7"]
    row = told.loc["7"]
    assert row[["lots", "waiting", "years", "oldest"]].tolist() == pytest.approx([3, 2, 16, 18 + 1 / 6])
    assert row["last_title"] == pd.Timestamp("2008-06-30")


def test_where_none_was_given_the_first_allotment_counts_and_where_nobody_waits_nothing_is_told():
    told = backlog(HISTORY, LOTS, DAY, years=0, by="block")
    assert told["years"].to_dict() == {"A": 16.0, "B": 14.0, "C": 2.0}  # D has its title: nobody waits
    assert told["last_title"].isna().to_dict() == {"A": False, "B": True, "C": True}
    pd.testing.assert_frame_equal(
        told, backlog(HISTORY.iloc[::-1], LOTS.iloc[::-1], DAY, years=0, by="block")
    )
    early = backlog(HISTORY, LOTS, pd.Timestamp("2008-06-29"), years=0, by="block")
    assert early["years"].round(1).to_dict() == {"A": 4.0}


def test_a_lot_given_back_waits_no_more():
    back = pd.concat([HISTORY, events(("B-1", "renounced", "2011-01-01")).set_axis(["E-99"])])
    assert "B" not in backlog(back.rename_axis("event_id"), LOTS, DAY, years=0, by="block").index


def test_nothing_in_nothing_out():
    assert backlog(HISTORY.iloc[:0], LOTS, DAY, years=3).empty
    with pytest.raises(RuleError, match="years is -1"):
        backlog(HISTORY, LOTS, DAY, years=-1)
