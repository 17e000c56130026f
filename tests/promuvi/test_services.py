import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import SchemaError
from ilo_gis.promuvi import check_works, done_dates, finance_dates, services, services_on
from ilo_gis.sources import CONFIDENCE

DAY = pd.Timestamp("1995-06-30")
LOTS = pd.DataFrame(
    {"block_id": ["A", "A", "B"], "extension_area": ["1", "1", "2"]},
    index=pd.Index(["A-1", "A-2", "B-1"], name="lot_id"),
)


def works(*rows):
    columns = ["service", "scope", "target_id", "planned", "started", "done", "finance_approved", "cost"]
    table = pd.DataFrame([(*row, *[None] * (8 - len(row))) for row in rows], columns=columns)
    table.index = pd.Index([f"W-{n}" for n in range(len(table))], name="work_id")
    return table


def test_the_first_work_of_lot_block_or_area_counts():
    made = works(
        ("tap", "area", "1", None, None, "1991-05-01"),
        ("tap", "block", "A", None, None, "1991-07-01"),
        ("tap", "lot", "A-2", None, None, "1991-03-01"),
    )
    days = done_dates(made, LOTS)
    assert days["tap"].astype(str).tolist() == ["1991-05-01", "1991-03-01", "NaT"]
    assert days.drop(columns="tap").isna().all(axis=None)
    assert days.columns.tolist() == services().index.tolist()
    shuffled = done_dates(made.iloc[::-1], LOTS.iloc[::-1])
    pd.testing.assert_frame_equal(shuffled.loc[LOTS.index], days)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("1991-12-31", "planned"),
        ("1992-01-01", "under_way"),
        ("1992-05-31", "under_way"),
        ("1992-06-01", "done"),
    ],
)
def test_a_service_goes_from_planned_over_under_way_to_done(on, state):
    made = works(("water", "block", "A", "1992-03-01", "1992-01-01", "1992-06-01"))
    told = services_on(made, LOTS, pd.Timestamp(on))
    assert told["water"].tolist() == [state, state, "none"]
    assert (told.drop(columns="water") == "none").all(axis=None)


def test_the_furthest_work_tells_the_state_and_finance_has_its_own_day():
    made = works(
        ("sewer", "area", "1", "1997-01-01", None, None, "1994-01-01"),
        ("sewer", "lot", "A-1", None, "1995-01-01", None, "1995-01-01"),
    )
    assert services_on(made, LOTS, DAY)["sewer"].tolist() == ["under_way", "planned", "none"]
    assert finance_dates(made, LOTS)["sewer"].dt.year.tolist()[:2] == [1994, 1994]
    assert done_dates(made, LOTS)["sewer"].isna().all()


def test_bad_works_are_named():
    bad = works(
        ("pool", "block", "A", "1991-01-01"),
        ("tap", "street", "A", "1991-01-01"),
        ("tap", "lot", "Z-9", "1991-01-01"),
        ("tap", "block", "A", None, "1991-02-01", "1991-01-01"),
        ("tap", "block", "A", None, "1991-02-01", "1995-07-01"),
        ("tap", "block", "A", "1991-01-01", None, None, None, -5.0),
        ("tap", "block", "A"),
        ("tap", "block", "A", None, "1991-01-01", "1995-06-30", None, 0.0),
    )
    found = check_works(bad, LOTS, DAY)
    told = dict(zip(found["feature"], found["rule"], strict=True))
    names = ("service", "scope", "target", "order", "future", "cost", "no_date")
    assert told == {f"W-{n}": f"works.{name}" for n, name in enumerate(names)}
    assert "Z-9" in found.set_index("feature").at["W-2", "message_es"]
    assert "1995-07-01" in found.set_index("feature").at["W-4", "message"]
    with pytest.raises(SchemaError, match="W-0: 'pool' is no service"):
        done_dates(bad, LOTS)
    with pytest.raises(SchemaError, match="extension_area"):
        done_dates(works(("tap", "area", "1")).assign(done="1991-01-01"), LOTS[["block_id"]])


def test_nothing_in_gives_nothing_out():
    none = works()
    assert done_dates(none, LOTS).isna().all(axis=None)
    assert services_on(works(("tap", "area", "1")), LOTS.iloc[:0], DAY).empty
    assert check_works(none, LOTS, DAY).empty


def test_services_say_where_they_are_from():
    known = services()
    assert known["confidence"].isin(list(CONFIDENCE)).all()
    assert known["source"].str.len().gt(10).all()
    assert known["plan"].replace("", np.nan).dropna().isin(known.index).all()
    assert known.index[known["basic"]].tolist() == ["water", "sewer", "electricity"]
    assert len(known) == 17
