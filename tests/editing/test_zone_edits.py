"""Zones painted and their boundaries dragged: by numbers, and at random with all taken back."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ilo_gis.editing import (
    applied,
    move_zone_edge,
    paint_zone,
    with_lot_zones,
    zone_account,
    zone_edge,
    zone_figures,
)
from ilo_gis.errors import RuleError
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.zoning import assign

PLAN = {"plan": "PDU", "approved": pd.Timestamp("2018-05-01"), "catalogue": "pe_2016"}


def layer(shapes, index, **columns):
    return gpd.GeoDataFrame(columns, index=pd.Index(index, dtype=object), geometry=list(shapes), crs=32719)


@pytest.fixture(scope="module")
def known():
    """24 lots of 8 m by 20 m in two blocks, a street of 12 m between them, three zones over all."""
    names = [f"{block}-{n}" for block in "AB" for n in range(1, 13)]
    shapes = [shapely.box(8 * k, y, 8 * k + 8, y + 20) for y in (0, 32) for k in range(12)]
    lots = layer(shapes, names, kind="lot", block_id=[name[0] for name in names])
    blocks = layer([shapely.box(0, 0, 96, 20), shapely.box(0, 32, 96, 52)], ["A", "B"])
    zones = [shapely.box(0, 0, 48, 26), shapely.box(48, 0, 96, 26), shapely.box(0, 26, 96, 52)]
    zones = share_vertices(np.array(zones))
    zones = layer(zones, ["Z1", "Z2", "Z3"], code=["RDM", "CZ", "RDM"], area=[1248.0, 1248.0, 2496.0], **PLAN)
    table = {"lots": lots, "blocks": blocks, "zones": zones}
    return table | {"lot_zones": assign(lots, zones)}


def assert_sound(zones, known):
    shapes = zones.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert (shapely.get_type_id(shapes) == 3).all()
    land = shapely.union_all(known["zones"].geometry.to_numpy())
    assert shapely.union_all(shapes).symmetric_difference(land).area < 1e-6
    np.testing.assert_allclose(zones["area"], zones.geometry.area)


def code_at(zones, lots):
    return assign(lots, zones)["code"].to_dict()


def test_what_lacks_a_sliver_of_the_code_alone_stays(known):
    zones = [shapely.box(0, 0, 48.02, 26), shapely.box(48.02, 0, 96, 26), shapely.box(0, 26, 96, 52)]
    zones = known["zones"].set_geometry(shapely.normalize(share_vertices(np.array(zones))))
    zones["area"] = zones.geometry.area
    assert paint_zone(known | {"zones": zones}, ["A-7"], "lots", "CZ").nothing


def test_lots_beside_a_zone_of_the_code_join_it(known):
    edit = paint_zone(known, ["A-5", "A-6"], "lots", "CZ")
    done = applied(known, edit)
    assert_sound(done["zones"], known)
    # 16 m by 20 m go over; the street before them stays in its zone
    assert done["zones"].area.to_dict() == {"Z1": 928.0, "Z2": 1568.0, "Z3": 2496.0}
    assert edit.changes["lot_zones"].after["zone_id"].to_dict() == {"A-5": "Z2", "A-6": "Z2"}
    fresh = assign(known["lots"], done["zones"])
    pd.testing.assert_frame_equal(done["lot_zones"][fresh.columns], fresh, check_like=True)
    account = zone_account(known, done["zones"])
    assert account.loc["Z1", ["lots_before", "lots_after", "people_before", "people_after"]].tolist() == [
        6, 4, 30, 20,
    ]  # fmt: skip
    figures = zone_figures(known, edit)[["before", "after"]].T
    assert figures["RDM_people"].tolist() == [30.0, 20.0]
    assert (figures["CZ_area"].tolist(), figures["conflicts"].tolist()) == ([1248.0, 1568.0], [0.0, 0.0])
    assert edit.title("es") == "Cambiar la zona de A-5, A-6"


def test_lots_follow_a_boundary_that_is_moved(known):
    line = shapely.LineString([(48, 0), (32, 0.001), (32, 25.999), (48, 26)])
    edit = with_lot_zones(known, move_zone_edge(known["zones"], "Z1", "Z2", line))
    done = applied(known, edit)
    assert edit.changes["lot_zones"].after["zone_id"].to_dict() == {"A-5": "Z2", "A-6": "Z2"}
    told = zone_figures(known, edit, by="zone_id").loc["Z1 (RDM)_people", ["before", "after"]]
    assert told.tolist() == [30.0, 20.0]
    assert_sound(done["zones"], known)


def test_a_split_lot_beside_the_ground_is_told_of_its_far_zone_too(known):
    """A-7 lies in Z1 and Z2; a zone of one lot beside it, which Z1 does not touch, changes its code."""
    line = shapely.LineString([(48, 0), (52.5, 0.001), (52.5, 25.999), (48, 26)])
    now = known | applied(known, with_lot_zones(known, move_zone_edge(known["zones"], "Z1", "Z2", line)))
    for code in ("E1", "RDM"):
        now = now | applied(now, paint_zone(now, ["A-8"], "lots", code, findings=False))
        fresh = assign(now["lots"], now["zones"])
        pd.testing.assert_frame_equal(now["lot_zones"][fresh.columns], fresh, check_like=True)
    assert now["lot_zones"].loc["A-7", "zone_id"] == "Z1"


def test_a_block_becomes_a_zone_of_its_own_without_its_streets(known):
    edit = paint_zone(known, ["B"], "blocks", "E1")
    zones = applied(known, edit)["zones"]
    assert_sound(zones, known)
    assert zones[["code", "area"]].loc[["Z3", "PDU-E1-1"]].to_numpy().tolist() == [
        ["RDM", 576.0],
        ["E1", 1920.0],
    ]
    assert zones.loc["PDU-E1-1", ["plan", "family"] if "family" in zones else ["plan"]].notna().all()
    assert set(edit.changes["lot_zones"].after["code"]) == {"E1"}


def test_what_is_left_in_two_pieces_is_two_zones(known):
    across = layer([shapely.box(20, -1, 28, 27)], ["X"])
    more = known | {"blocks": layer([shapely.box(20, 0, 28, 26)], ["X"])}
    edit = paint_zone(more, ["X"], "blocks", "ZRP")
    done = applied(more, edit)
    assert_sound(done["zones"], known)
    areas = {"Z1": 520.0, "Z2": 1248.0, "Z3": 2496.0, "Z1/2": 520.0, "PDU-ZRP-1": 208.0}
    assert done["zones"].area.to_dict() == areas
    fresh = assign(known["lots"], done["zones"])
    pd.testing.assert_frame_equal(done["lot_zones"][fresh.columns], fresh, check_like=True)
    assert across.crs == known["zones"].crs


@pytest.mark.parametrize("lot", ["A-1", "A-9", "A-12"])
def test_painting_beside_a_neck_of_a_zone_narrower_than_rounding(known, lot):
    """A sound cover stays so: no zone gets a vertex that is only near to its edge, and those far off stay."""
    neck = 48 + 5e-7
    around = [(48, 26), (48, 0), (neck, 0), (neck, 20), (64, 20), (64, 0), (96, 0), (96, 26)]
    shapes = [
        shapely.box(0, 0, 48, 26),
        shapely.Polygon(around),
        known["zones"].geometry["Z3"],
        shapely.box(neck, 0, 64, 20),
    ]
    zones = layer(shapes, ["Z1", "Z2", "Z3", "Z4"], code=["RDM", "CZ", "RDM", "RDB"], **PLAN)
    zones["area"] = zones.area
    edit = paint_zone({"lots": known["lots"], "zones": zones}, [lot], "lots", "E1")
    assert_sound(applied({"zones": zones}, edit)["zones"], known)
    assert "Z3" not in edit.changes["zones"].before.index


def test_heavy_industry_beside_housing_is_told(known):
    edit = paint_zone(known, ["A-12"], "lots", "I4")
    assert set(edit.findings["rule"]) == {"zone.adjacency"}
    again = applied(known, edit)
    assert paint_zone(again, ["A-12"], "lots", "I4").nothing
    assert zone_account(known, again["zones"])["conflicts"].sum() == len(edit.findings)


def test_painting_is_refused_with_ids(known):
    for ask, words in (
        (lambda: paint_zone(known, ["A-77"], "lots", "CZ"), "no lots A-77"),
        (lambda: paint_zone(known, ["A-1"], "lots", "RDN"), r"no code 'RDN'\. Near: RDM"),
        (
            lambda: paint_zone(known | {"zones": known["zones"].loc[["Z1"]]}, ["A-9"], "lots", "CZ"),
            "A-9 lie outside",
        ),
    ):
        with pytest.raises(RuleError, match=words):
            ask()
    crooked = known["zones"].copy()
    crooked.loc["Z2", "geometry"] = shapely.box(40, 0, 96, 26)
    with pytest.raises(RuleError, match=r"Zones Z1, Z2.* overlap"):
        paint_zone(known | {"zones": crooked}, ["A-2"], "lots", "CZ")


def test_a_dragged_boundary_is_one_line(known):
    zones = known["zones"]
    assert zone_edge(zones, "Z1", "Z2").equals(shapely.LineString([(48, 0), (48, 26)]))
    edit = move_zone_edge(zones, "Z1", "Z2", shapely.LineString([(48, 26.005), (58, 13), (48, 0)]))
    done = applied({"zones": zones}, edit)["zones"]
    assert_sound(done, known)
    assert done.area.to_dict() == {"Z1": 1248 + 130.0, "Z2": 1248 - 130.0, "Z3": 2496.0}
    assert list(edit.changes["zones"].changed) == ["Z1", "Z2"]
    for line, words in (
        ([(48, 0), (60, 13)], "does not run from end to end"),
        ([(48, 0), (60, 30), (48, 26)], "leaves zones Z1 and Z2"),
        ([(48, 0), (120, -10), (120, 60), (-20, 60), (-20, 26), (48, 26)], "leaves zones Z1 and Z2"),
        ([(48, 0), (60, 20), (60, 10), (48, 20), (48, 26)], "crosses itself"),
    ):
        with pytest.raises(RuleError, match=words):
            move_zone_edge(zones, "Z1", "Z2", shapely.LineString(line))
    near = applied(
        {"zones": zones}, move_zone_edge(zones, "Z1", "Z2", shapely.LineString([(48, 0), (58, 13), (48, 26)]))
    )
    with pytest.raises(RuleError, match=r"within 0\.2 mm of another boundary of Z3"):
        move_zone_edge(near["zones"], "Z1", "Z3", shapely.LineString([(0, 26), (20, 52 - 1e-4), (48, 26)]))
    with pytest.raises(RuleError, match="share no boundary"):
        move_zone_edge(zones, "Z1", "Z1", shapely.LineString([(48, 0), (48, 26)]))


gestures = st.lists(
    st.tuples(
        st.lists(st.integers(0, 23), min_size=1, max_size=5),
        st.sampled_from(["RDM", "CZ", "E1"]),
        st.floats(-9, 9),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, deadline=None, phases=[Phase.generate], derandomize=True)
@given(gestures, st.floats(0, 6.28))
def test_any_sweeps_keep_the_land_and_are_taken_back(known, sweeps, turn):
    turned = {
        name: table.set_geometry(
            [
                shapely.affinity.translate(
                    shapely.affinity.rotate(s, turn, (0, 0), use_radians=True), 3e5, 8e6
                )
                for s in table.geometry
            ],
            crs=32719,
        )
        for name, table in known.items()
    }
    now, done = turned, []
    for rows, code, bulge in sweeps:
        lots = now["lots"].index[sorted(set(rows))]
        edit = paint_zone(now, lots, "lots", code, findings=False)
        done.append((now, edit))
        now = applied(now, edit)
        assert_sound(now["zones"], turned)
        assert {code_at(now["zones"], now["lots"])[lot] for lot in lots} == {code}
        fresh = assign(now["lots"], now["zones"])
        assert (now["lot_zones"].loc[fresh.index, "zone_id"] == fresh["zone_id"]).all()
        now, done = _dragged(now, done, bulge, turned)
    for before, edit in done:
        back = applied(applied(before, edit), edit.reversed)
        for name in edit.changes:
            old, again = before[name], back[name].loc[before[name].index]
            assert len(back[name]) == len(old)
            plain = [table.drop(columns="geometry").astype(object) for table in (old, again)]
            assert plain[0].equals(plain[1])
            assert shapely.equals_identical(old.geometry.to_numpy(), again.geometry.to_numpy()).all()


def _dragged(now, done, bulge, turned):
    """Bend the boundary between the first two zones that share one, where there is room."""
    zones = now["zones"]
    for other in zones.index[1:]:
        try:
            line = shapely.get_parts(zone_edge(zones, zones.index[0], other))[0]
            xy = shapely.get_coordinates(line)
            way = xy[-1] - xy[0]
            middle = xy[[0, -1]].mean(axis=0) + bulge * np.array([way[1], -way[0]]) / max(
                np.hypot(*way), 1e-9
            )
            edit = move_zone_edge(zones, zones.index[0], other, shapely.LineString([xy[0], middle, xy[-1]]))
        except RuleError:
            continue
        after = applied(now, edit)
        assert_sound(after["zones"], turned)
        # lots are told their zones anew by the next sweep only where it paints: not judged here
        return after | {"lot_zones": assign(after["lots"], after["zones"])}, [*done, (now, edit)]
    return now, done
