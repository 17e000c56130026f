"""What refers to lots follows them: zones and stages of lots that go and come, and events that hold them."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis.editing import applied, edit_between, with_references
from ilo_gis.errors import RuleError
from ilo_gis.zoning import assign

ZONES = {"code": ["RDM", "CZ"], "plan": "PDU", "approved": pd.Timestamp("2018-05-01"), "catalogue": "pe_2016"}


def layer(key, shapes, ids, **columns):
    return gpd.GeoDataFrame(columns, geometry=shapes, index=pd.Index(ids, name=key, dtype=object), crs=32719)


@pytest.fixture
def known():
    """Four lots of 8 m by 20 m, the first two in one zone, the others in another."""
    shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(4)]
    lots = layer("lot_id", shapes, ["A-1", "A-2", "A-3", "A-4"], kind="lot", block_id="A")
    zones = layer("zone_id", [shapely.box(0, 0, 16, 20), shapely.box(16, 0, 32, 20)], ["Z1", "Z2"], **ZONES)
    states = pd.DataFrame({"stage": "free", "event_id": None}, index=lots.index)
    return {"lots": lots, "zones": zones, "lot_zones": assign(lots, zones), "lot_states": states}


def merged(known, *ids):
    """Two lots become A-5."""
    lots = known["lots"]
    one = lots.loc[[ids[0]]].set_axis(["A-5"]).rename_axis("lot_id")
    one = one.set_geometry([shapely.union_all(lots.geometry[list(ids)].to_numpy())], crs=lots.crs)
    return edit_between("lots.merge", {"lots": lots}, {"lots": pd.concat([lots.drop(index=list(ids)), one])})


def test_zones_and_stages_follow_lots_that_go_and_come(known):
    edit = with_references(known, merged(known, "A-2", "A-3"))
    after = applied(known, edit)
    assert after["lot_states"].index.tolist() == ["A-1", "A-4"]
    assert after["lot_zones"].index.tolist() == ["A-1", "A-4", "A-5"]
    told = after["lot_zones"].loc["A-5"]
    assert (told["share"], told["split"], told["area"]) == (0.5, True, 320.0)
    back = applied(after, with_references(after, edit.reversed))
    assert sorted(back["lot_zones"]["zone_id"].items()) == [
        ("A-1", "Z1"), ("A-2", "Z1"), ("A-3", "Z2"), ("A-4", "Z2"),
    ]  # fmt: skip


def test_lots_that_change_their_shape_are_told_their_zone_again(known):
    lots = known["lots"]
    wide = lots.set_geometry(
        [shapely.box(0, 0, 8, 20), shapely.box(8, 0, 18, 20), *lots.geometry[2:]], crs=32719
    )
    edit = with_references(known, edit_between("lots.slide", {"lots": lots}, {"lots": wide}))
    assert edit.changes["lot_zones"].after[["share", "area"]].to_numpy().tolist() == [[0.8, 200.0]]


def test_what_events_refer_to_does_not_go(known):
    events = pd.DataFrame({"lot_id": ["A-3"], "kind": "allotted"}, pd.Index(["E-1"], name="event_id"))
    with pytest.raises(RuleError, match=r"lot_events: E-1 refer to lots that would go \(A-2, A-3\)"):
        with_references(known | {"lot_events": events}, merged(known, "A-2", "A-3"))
    edit = with_references(known | {"lot_events": events}, merged(known, "A-1", "A-2"))
    assert edit.changes["lot_states"].gone.tolist() == ["A-1", "A-2"]
