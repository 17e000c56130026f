"""The account of pending changes, and the line that the history keeps of them."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis.editing import (
    account,
    applied,
    edit_between,
    paint_reserves,
    paint_zone,
    reason_of,
    rows_changed,
    together,
)
from ilo_gis.errors import ConflictError, RuleError
from ilo_gis.subdivision import Brief, LotRule
from ilo_gis.workflows import lots_in_blocks

BRIEF = Brief(rule=LotRule(min_area=160.0, min_frontage=8.0), reserves={"recreation": 0.1})
BLOCKS = gpd.GeoDataFrame(
    index=["K", "L"], geometry=[shapely.box(0, 0, 80, 40), shapely.box(92, 0, 172, 40)], crs=32719
)


@pytest.fixture(scope="module")
def plan():
    return lots_in_blocks(BLOCKS, BRIEF.rule)


def test_account_tells_lots_land_people_and_money_of_the_whole_plan(plan):
    edit = paint_reserves(plan, ["K"], "recreation", BRIEF)
    told = account(edit, applied(vars(plan), edit), BRIEF)
    both = {name: told.loc[name, ["before", "after"]].tolist() for name in told.index}
    assert both["lots"] == both["dwellings"] == [40, 20]
    assert both["persons"] == [200, 100]
    assert both["lot_area"] == [6400, 3200]
    assert both["reserve_recreation_given"] == [0, 3200]
    assert both["reserve_recreation_required"] == [640, 640]
    assert told.at["persons", "example"]
    assert "persons/lot" in told.at["persons", "source"]
    assert {"cost_paving", "cost_water"} <= set(told.index)
    assert (told[["label", "label_es"]] != "").all(axis=None)


def test_account_of_several_edits_is_that_of_their_ends(plan):
    first = paint_reserves(plan, ["K"], "recreation", BRIEF)
    after = applied(vars(plan), first)
    back = together("changes.discard", [first, first.reversed], ids=["K"])
    assert account(back, vars(plan), BRIEF).empty
    assert rows_changed(first).loc["lots"].tolist() == [0, 0, 20]
    with pytest.raises(ConflictError, match="K changed since"):
        account(first.reversed, after, BRIEF)


def test_changes_beside_the_plan_have_rows_and_no_figures():
    table = pd.DataFrame({"kind": ["listed"]}, index=["M-1"])
    edit = edit_between("relocation.place", {"moves": table.iloc[:0]}, {"moves": table})
    assert account(edit, {"moves": table}, BRIEF).empty
    assert rows_changed(edit).loc["moves"].tolist() == [1, 0, 0]


@pytest.mark.parametrize("code", ["CZ", None])
def test_account_of_zones_alone_tells_land_and_people_by_code(plan, code):
    zones = {
        "plan": "PDU",
        "approved": pd.Timestamp("2018-05-01"),
        "catalogue": "pe_2016",
        "code": ["RDM", code],
    }
    shapes = [shapely.box(0, 0, 80, 40), shapely.box(80, 0, 172, 40)]
    zones = gpd.GeoDataFrame(zones, index=["Z1", "Z2"], geometry=shapes, crs=32719)
    if code is None:  # a zone drawn that has no code yet
        known = vars(plan) | {"zones": zones.loc[["Z1"]]}
        edit = edit_between("zones.paint", known, {"zones": zones})
        told = account(edit, applied(known, edit))
        assert told[["before", "after"]].T.to_dict("list") == {"?_area": [0.0, 3680.0]}
        return
    known = vars(plan) | {"zones": zones}
    edit = paint_zone(known, ["K-1", "K-2"], "lots", code, findings=False)
    told = account(edit, applied(known, edit), BRIEF)
    both = {name: told.loc[name, ["before", "after"]].tolist() for name in told.index}
    assert both["RDM_area"] == [3200.0, 2880.0]
    assert (both["RDM_lots"], both["RDM_people"]) == ([20, 18], [100, 90])
    assert "persons/lot" in told.at["RDM_people", "source"]
    assert told["source"].ne("").sum() == told["example"].sum() == 2  # people of both codes
    assert "lots" not in told.index


def test_the_line_of_the_history_has_the_resolution_first():
    assert reason_of(" Ensanche de vía ") == "Ensanche de vía"
    assert reason_of("", "R.A. 7") == "R.A. 7"
    with pytest.raises(RuleError, match="Write one of them"):
        reason_of(" ")
