import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.promuvi import (
    pace,
    service_curve,
    service_progress,
    stage_curve,
    stage_dates,
    stage_progress,
    stays,
    work_costs,
)
from ilo_gis.promuvi.curves import years_between

DAY = pd.Timestamp("1992-03-15")
LOTS = pd.DataFrame(
    {
        "block_id": ["A", "A", "B", "C", "C"],
        "extension_area": ["1", "1", "1", "2", "2"],
        "kind": ["lot", "lot", "lot", "lot", "remnant"],
    },
    index=pd.Index(["A-1", "A-2", "B-1", "C-1", "C-R1"], name="lot_id"),
)
WORKS = pd.DataFrame(
    [
        ("tap", "area", "1", "1991-01-31", "1991-01-01", "1991-03-01", "households", "Comité 1", 600.0),
        ("water", "block", "A", "1992-01-31", "1992-01-01", None, "utility;households", None, 900.0),
        ("water", "lot", "A-2", "1992-01-31", None, "1992-02-10", "households;utility", None, 100.0),
        ("water", "block", "B", "1993-01-31", None, None, "utility", None, None),
        ("paving", "block", "C", "1992-02-28", None, "1992-04-01", None, "Comité 2", 50.0),
    ],
    columns=["service", "scope", "target_id", "planned", "started", "done", "payer", "committee", "cost"],
    index=pd.Index(["W1", "W2", "W3", "W4", "W5"], name="work_id"),
)


def test_progress_of_services_by_hand():
    told = service_progress(WORKS, LOTS, DAY)
    columns = ["lots", "planned", "under_way", "done"]
    assert told.loc["programme: tap", columns].tolist() == [4, 0, 0, 3]
    assert told.loc["programme: water", columns].tolist() == [4, 1, 1, 1]
    assert told.loc["area: 1: water", [*columns, "share"]].tolist() == [3, 1, 1, 1, 1 / 3]
    assert told.loc["block: A: water", columns].tolist() == [2, 0, 1, 1]
    assert told.loc["block: C: paving", columns].tolist() == [1, 1, 0, 0]  # the remnant is no lot
    sums = told.groupby(["by", "service"])[columns].sum().loc[["programme", "area", "block"]]
    assert sums.loc["area"].equals(sums.loc["programme"])
    assert sums.loc["block"].equals(sums.loc["programme"])
    shuffled = service_progress(WORKS.iloc[::-1], LOTS.iloc[::-1], DAY)
    pd.testing.assert_frame_equal(shuffled, told)


def test_the_curve_of_a_service_ends_where_the_report_does():
    told = service_curve(WORKS, LOTS, DAY)
    water = told[told["service"] == "water"].set_index("month")
    assert water.loc["1992-01-01", ["planned", "done"]].tolist() == [2, 0]
    assert water.loc["1992-02-01", ["planned", "done"]].tolist() == [2, 1]
    assert water.loc["1993-01-01", "planned"] == 3
    assert water.loc["1992-03-01":, "done"].isna().tolist() == [False] + [True] * 10
    paving = told[told["service"] == "paving"]
    assert paving["done"].max() == 0  # done in April, after the report
    assert set(told["service"]) == {"tap", "water", "paving"}


def test_stages_by_hand():
    states = pd.DataFrame({"stage": ["titled", "allotted", "occupied"]}, ["A-1", "A-2", "C-1"])
    told = stage_progress(states.rename_axis("lot_id"), LOTS)
    whole = told[told["by"] == "programme"].set_index("stage")
    assert whole["lots"].to_dict() == {"free": 1, "allotted": 1, "occupied": 1, "adjudicated": 0, "titled": 1}
    assert whole["reached"].to_dict() == {
        "free": 4, "allotted": 3, "occupied": 2, "adjudicated": 1, "titled": 1,
    }  # fmt: skip
    assert told.at["area: 1: occupied", "share"] == pytest.approx(1 / 3)
    assert told.at["block: B: free", "lots"] == 1


def history():
    rows = [
        ("E-1", "A-1", "allotted", "1990-01-10", None),
        ("E-2", "A-2", "allotted", "1990-01-10", None),
        ("E-3", "A-1", "renounced", "1990-02-10", None),
        ("E-4", "A-1", "allotted", "1990-03-10", None),
        ("E-5", "A-1", "occupied", "1990-05-01", None),
        ("E-6", "A-2", "occupied", "1990-04-01", None),
        ("E-7", "A-2", "taken_back", "1990-04-20", "E-6"),
        ("E-10", "A-2", "occupied", "1990-06-01", None),
        ("E-11", "B-1", "allotted", "1992-03-16", None),
        ("E-12", "B-1", "titled", "1992-03-10", None),  # out of order: it does not count
    ]
    events = pd.DataFrame(rows, columns=["event_id", "lot_id", "kind", "date", "takes_back"])
    return events.set_index("event_id").assign(household_id="h " + events["lot_id"].to_numpy())


def test_holdings_begin_anew_and_what_is_taken_back_does_not_count():
    held = stays(history(), DAY)
    assert held["lot_id"].to_dict() == {"E-1": "A-1", "E-4": "A-1", "E-2": "A-2"}
    assert held["ended"].notna().to_dict() == {"E-1": True, "E-4": False, "E-2": False}
    assert str(held.at["E-2", "occupied"].date()) == "1990-06-01"
    pd.testing.assert_frame_equal(held, stays(history().iloc[::-1], DAY))
    dates = stage_dates(history(), DAY, LOTS)
    assert dates.index.equals(LOTS.index)
    pd.testing.assert_frame_equal(dates, stage_dates(history(), DAY, LOTS.reset_index()))
    assert dates["allotted"].dropna().dt.month.to_dict() == {"A-1": 3, "A-2": 1}
    told = stage_curve(dates, DAY)
    assert told["allotted"].iloc[:4].tolist() == [1, 1, 2, 2]
    assert told["occupied"].iloc[-1] == 2
    assert told.index[-1] == pd.Timestamp("1992-03-01")


def test_ten_thousand_lots_in_seven_years_are_1429_a_year():
    days = pd.Series(pd.date_range("1989-07-01", "1996-06-30", periods=10_000).normalize())
    rate = pace(days, pd.Timestamp("1989-07-01"), pd.Timestamp("1996-07-01"))
    assert rate == pytest.approx(10_000 / 7)
    assert round(rate) == 1429
    assert pace(days, pd.Timestamp("1996-07-01"), pd.Timestamp("1997-07-01")) == 0
    with pytest.raises(RuleError, match="after since"):
        pace(days, DAY, DAY)
    assert years_between(pd.Series([pd.Timestamp("1992-02-29")]), pd.Timestamp("1993-03-01"))[0] > 1


def test_costs_add_up_by_payer_and_committee_and_shares_are_not_made_up():
    told = work_costs(WORKS, DAY)
    assert told.loc["programme", ["works", "done", "cost", "cost_done", "unknown"]].tolist() == [
        5, 2, 1650.0, 700.0, 1,
    ]  # fmt: skip
    assert told.at["payer: households;utility", "cost"] == 1000.0  # whatever the order of the names
    assert told.at["payer: none", "cost"] == 50.0
    assert told.at["committee: Comité 1", "cost_done"] == 600.0
    assert (told.groupby("by")["cost"].sum() == 1650.0).all()


def test_what_is_asked_for_has_to_be_there():
    with pytest.raises(RuleError, match="did you mean block"):
        service_progress(WORKS, LOTS, DAY, by=["blocks"])
    with pytest.raises(SchemaError, match="extension_area"):
        stage_progress(stays(history(), DAY).iloc[:0].assign(stage="free"), LOTS[["block_id", "kind"]])
    none = LOTS.iloc[:0]
    assert service_progress(WORKS, none, DAY).empty
    assert service_curve(WORKS.iloc[:0], LOTS, DAY).empty
    assert stage_curve(stage_dates(history().iloc[:0], DAY, LOTS), DAY).empty
    assert work_costs(WORKS.iloc[:0], DAY).empty
    assert np.isclose(service_progress(WORKS.iloc[:0], LOTS, DAY)["done"].sum(), 0)
