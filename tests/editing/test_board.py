"""The relocation board: what blocks whom, which lots may receive whom, and what placing them frees."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis.editing import applied, blocking, board, lots_for, place
from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.tables import complete, empty

CRS = 32719
DAY = pd.Timestamp("1994-06-30")
COAST = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 300)])], crs=CRS)


def layer(table, key, shapes, rows):
    columns = {
        name: [row.get(name) for row in rows.values()]
        for name in dict.fromkeys(n for r in rows.values() for n in r)
    }
    index = pd.Index(list(rows), name=key, dtype=object)
    return complete(gpd.GeoDataFrame(columns, geometry=shapes, index=index, crs=CRS), table)


def plain(table, key, rows):
    return complete(pd.DataFrame.from_dict(rows, orient="index").rename_axis(key), table)


@pytest.fixture
def known():
    """A yard, a depot and two families on 300 m of coast; six lots of 600 m2 and a remnant far off."""
    rows = {
        "yard": {"name": "Taller / Yard", "kind": "business", "area": 600.0},
        "depot": {"name": "Depósito / Depot", "kind": "business", "area": 400.0, "receiving_id": "hall"},
        "families": {"name": "Familias / Families", "kind": "households", "area": 900.0, "count": 2},
    }
    shapes = [shapely.box(0, 50, 30, 100), shapely.box(5, 180, 30, 220), shapely.box(5, 220, 30, 260)]
    lots = {f"K-{n}": {"block_id": "K", "number": n, "kind": "lot"} for n in range(1, 7)}
    lots["K-R1"] = {"block_id": "K", "kind": "remnant"}
    places = [shapely.box(5000 + 20 * n, 0, 5020 + 20 * n, 30) for n in range(7)]
    site = {
        "kind": "lot",
        "lots": "K-6",
        "area": 600.0,
        "status": "reserved",
        "ready": pd.Timestamp("1994-08-01"),
    }
    moves = {"M-1": {"occupant_id": "depot", "step": "listed", "date": pd.Timestamp("1994-01-01")}}
    pacts = {"A-1": {"occupants": "depot", "kinds": "order", "date": pd.Timestamp("1994-02-01")}}
    duty = {"O-1": {"agreement_id": "A-1", "party": "MPI", "what": "Construir / Build"}}
    tasks = {
        "move_depot": {"name": "Traslado / Move", "kind": "move", "duration": 5, "occupant_id": "depot"},
        "order_yard": {"name": "Orden / Order", "kind": "order", "duration": 9, "occupant_id": "yard"},
    }
    tasks["move_depot"]["depends"] = "order_yard"
    events = {
        "E-1": {"lot_id": "K-5", "household_id": "h", "kind": "allotted", "date": pd.Timestamp("1994-01-01")}
    }
    return {
        "occupants": layer("occupants", "occupant_id", shapes, rows),
        "lots": layer("lots", "lot_id", places, lots),
        "receiving_sites": layer("receiving_sites", "receiving_id", [places[5]], {"hall": site}),
        "moves": plain("moves", "move_id", moves),
        "agreements": plain("agreements", "agreement_id", pacts),
        "obligations": plain("obligations", "obligation_id", duty),
        "tasks": plain("tasks", "task_id", tasks),
        "lot_events": plain("lot_events", "event_id", events),
    }


def test_board_tells_where_each_goes_and_what_blocks(known):
    told = board(known, DAY, coast=COAST)
    assert told["shore"].to_dict() == {"yard": 50.0, "depot": 40.0, "families": 40.0}
    assert told["need"].to_dict() == {"yard": 600.0, "depot": 400.0, "families": 240.0}
    assert told.loc["depot", ["receiving_id", "lots", "label_es"]].tolist() == ["hall", "K-6", "Identificado"]
    stops = blocking(known, DAY)
    assert stops.loc[stops["occupant_id"] == "depot", ["kind", "what"]].to_numpy().tolist() == [
        ["ready", "hall"],
        ["obligation", "O-1"],
        ["task", "move_depot"],
        ["other", "order_yard"],
    ]
    assert told.at["depot", "blocked_es"] == (
        "hall no está listo: 1994-08-01; MPI (A-1): Construir; pendiente: Traslado; espera a yard: Orden"
    )
    later = known["moves"].iloc[[0]].assign(step="cleared").set_axis(["M-2"])
    cleared = known | {"moves": pd.concat([known["moves"], later]).rename_axis("move_id")}
    assert blocking(cleared, DAY)["occupant_id"].unique().tolist() == ["yard", "families"]
    assert board(cleared, pd.Timestamp("1993-12-31"))["free"].sum() == 0


def test_lots_say_why_they_may_not_receive(known):
    told = lots_for(known, "yard", DAY)
    assert told.index[told["may"]].tolist() == ["K-1", "K-2", "K-3", "K-4"]
    assert told.loc[["K-5", "K-6", "K-R1"], "reason_es"].tolist() == [
        "lo tiene un hogar",
        "reservado para hall",
        "remanente, no es lote",
    ]
    small = known | {"lots": known["lots"].set_geometry(known["lots"].buffer(-1.0))}
    assert lots_for(small, "yard", DAY).at["K-1", "reason"] == "504 m2 of land, 600 are needed"
    zone = {"code": "ZRP", "plan": "p", "catalogue": "pe_2016", "approved": pd.Timestamp("1990-01-01")}
    zones = layer("zones", "zone_id", [shapely.box(4990, -10, 5020, 40)], {"Z": zone})
    parks = lots_for(known | {"zones": zones}, "yard", DAY)
    assert parks.index[parks["may"]].tolist() == ["K-2", "K-3", "K-4"]
    assert parks.at["K-1", "reason_es"].startswith("la zona ZRP no admite")


def test_placing_reserves_and_frees_the_coast_at_the_end(known):
    edit = place(known, "yard", "K-2", DAY, coast=COAST)
    figures = edit.figures
    assert figures.loc["freed_area_end", ["before", "after"]].tolist() == [400.0, 1000.0]
    assert figures.loc["freed_shore_end", ["before", "after"]].tolist() == [40.0, 90.0]
    assert figures.loc["longest_end", ["before", "after"]].tolist() == [120.0, 220.0]  # 100 to 220; 0 to 220
    assert figures.loc["gaps_end", ["before", "after"]].tolist() == [2.0, 1.0]
    assert figures.loc["freed_area", "after"] == 0.0
    after = applied(known, edit)
    assert after["receiving_sites"].at["K-2/1", "status"] == "reserved"
    assert after["occupants"].at["yard", "receiving_id"] == "K-2/1"
    moved = applied(after, place(after, "yard", "K-3", DAY, coast=COAST))
    assert moved["receiving_sites"]["status"].to_dict() == {
        "hall": "reserved",
        "K-2/1": "free",
        "K-3/1": "reserved",
    }
    back = applied(after, edit.reversed)
    assert all(back[name].equals(known[name]) for name in known)


def test_families_get_lots_that_adjoin_and_stay_together(known):
    edit = place(known, "families", "K-3", DAY)
    site = edit.changes["receiving_sites"].after
    assert site.loc["K-3/2", ["lots", "capacity"]].tolist() == ["K-2;K-3", 2]
    many = known | {"occupants": known["occupants"].assign(count=5)}
    with pytest.raises(RuleError, match="5 lots"):
        place(many, "families", "K-3", DAY)


@pytest.mark.parametrize(
    ("occupant", "lot", "error", "message"),
    [
        ("yard", "K-R1", RuleError, "yard cannot go to K-R1: a remnant"),
        ("yard", "K-6", RuleError, "kept for hall"),
        ("yard", "K-9", SchemaError, "no lot K-9"),
        ("yrd", "K-1", SchemaError, "no occupant yrd .*yard"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(known, occupant, lot, error, message):
    with pytest.raises(error, match=message):
        place(known, occupant, lot, DAY)


def test_who_has_left_stays_where_it_is(known):
    gone = known["moves"].assign(step="moved")
    with pytest.raises(RuleError, match="depot has left the seafront"):
        place(known | {"moves": gone}, "depot", "K-1", DAY)


def test_matches_follow(known):
    edit = place(known | {"matches": empty("matches")}, "yard", "K-1", DAY)
    row = edit.changes["matches"].after.loc["yard"]
    assert (row["receiving_id"], row["lots"], row["area"]) == ("K-1/1", "K-1", 600.0)
    assert row["reason_es"].startswith("Según lo acordado")
