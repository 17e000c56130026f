"""Plans side by side by date."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.zoning import zones_on


def plans(rows):
    """Return zones from (id, plan, approved, since, until, box)."""
    table = pd.DataFrame(rows, columns=["zone_id", "plan", "approved", "since", "until", "box"]).set_index(
        "zone_id"
    )
    days = {name: pd.to_datetime(table[name]) for name in ("approved", "since", "until")}
    shapes = [shapely.box(*box) for box in table.pop("box")]
    return gpd.GeoDataFrame(table.assign(**days), geometry=shapes, crs=32719)


ROWS = [
    ("83-1", "1983", "1983-01-01", None, None, (0, 0, 300, 10)),
    ("88-1", "1988", "1988-06-01", None, None, (100, 0, 200, 10)),
    ("88-2", "1988", "1988-06-01", None, "1995-01-01", (300, 0, 400, 10)),
    ("88-3", "1988", "1988-06-01", "1995-01-01", None, (300, 0, 400, 10)),
]


@pytest.mark.parametrize(
    ("on", "areas"),
    [
        (date(1982, 1, 1), {}),
        (date(1988, 5, 31), {"83-1": 3000}),
        (date(1988, 6, 1), {"83-1.1": 1000, "83-1.2": 1000, "88-1": 1000, "88-2": 1000}),
        (date(1995, 1, 1), {"83-1.1": 1000, "83-1.2": 1000, "88-1": 1000, "88-3": 1000}),
    ],
)
def test_the_last_approved_holds_where_it_lies(on, areas):
    zones = plans(ROWS)
    before = zones.copy(deep=True)
    assert zones_on(zones, on)["area"].to_dict() == areas
    pd.testing.assert_frame_equal(pd.DataFrame(zones), pd.DataFrame(before))


def test_what_a_later_plan_covers_whole_is_gone():
    zones = plans([*ROWS[:1], ("90", "1990", "1990-01-01", None, None, (-1, -1, 301, 11))])
    assert zones_on(zones, date(1990, 1, 1)).index.tolist() == ["90"]


def test_slivers_between_plans_drawn_apart_are_no_zones():
    zones = plans([*ROWS[:1], ("90", "1990", "1990-01-01", None, None, (-1, 0.4, 301, 11))])
    assert zones_on(zones, date(1990, 1, 1)).index.tolist() == ["90"]
    assert zones_on(zones, date(1990, 1, 1), sliver=0.1)["area"].tolist() == pytest.approx([120, 302 * 10.6])


def test_a_plan_without_a_day_is_named():
    with pytest.raises(SchemaError, match=r"without a day of approval: 83-1.*--approved"):
        zones_on(plans([("83-1", "1983", None, None, None, (0, 0, 1, 1))]), date(1990, 1, 1))
    with pytest.raises(RuleError, match="should be a date"):
        zones_on(plans(ROWS), "1990")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.integers(0, 40)] * 2, *[st.integers(1, 30)] * 2, st.integers(0, 3)),
        min_size=1,
        max_size=8,
    )
)
def test_zones_in_force_of_different_plans_never_overlap_and_lose_no_land(given_rows):
    rows = [
        (f"z{k}", f"p{year}", f"{1980 + year}-01-01", None, None, (x, y, x + w, y + h))
        for k, (x, y, w, h, year) in enumerate(given_rows)
    ]
    zones = plans(rows)
    held = zones_on(zones, date(2000, 1, 1))
    assert held.union_all().area == pytest.approx(zones.union_all().area)
    by_plan = [part.union_all() for _, part in held.groupby("plan")]
    assert np.isclose(sum(one.area for one in by_plan), held.union_all().area)
