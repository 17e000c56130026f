"""Lots and what binds them as ISO 19152 has it: rights by day, restrictions by land, ids only."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import io, tables
from ilo_gis.errors import PrivacyError, WriteError


def content():
    shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(3)]
    index = pd.Index(["K-1", "K-2", "K-R1"], name="lot_id")
    told = {"block_id": "K", "kind": ["lot", "lot", "remnant"], "number": pd.array([1, 2, None], "Int64")}
    lots = gpd.GeoDataFrame(told, index=index, geometry=shapes, crs=32719)
    strip = gpd.GeoDataFrame(
        {"kind": ["ravine"], "reason": ["Quebrada / ravine"], "article": ["art. 3"], "effect": ["forbid"]},
        index=pd.Index(["C1"], name="constraint_id"),
        geometry=[shapely.box(6, 0, 16, 5)],
        crs=32719,
    )
    rows = [
        ("E1", "K-1", "H1", "allotted", "1990-01-01", "acta 7", None, None),
        ("E2", "K-1", "H1", "adjudicated", "1992-01-01", "R 12", None, None),
        ("E3", "K-1", "H1", "transferred", "1993-01-01", "R 20", "H9", None),
        ("E4", "K-1", "H9", "titled", "1994-01-01", "título 3", None, None),
        ("E5", "K-2", "H2", "allotted", "1990-01-01", "acta 7", None, None),
        ("E6", "K-2", "H2", "titled", "1991-01-01", "título 4", None, None),
        ("E7", "K-2", None, "taken_back", "1991-02-01", "R 21", None, "E6"),
        ("E8", "K-2", "H2", "reverted", "1991-05-01", "R 22", None, None),
    ]
    columns = ["event_id", "lot_id", "household_id", "kind", "date", "evidence", "heir", "takes_back"]
    events = tables.complete(pd.DataFrame(rows, columns=columns).set_index("event_id"), "lot_events")
    homes = pd.DataFrame(
        {"members": [4, 3], "income": [500.0, 400.0], "settlement": ["Miramar", None]},
        index=pd.Index(["H1", "H2"], name="household_id"),
    )
    return {"lots": lots, "constraints": strip, "lot_events": events, "households": homes}


def test_each_class_by_hand():
    classes = io.ladm_classes(content())
    rights = classes["LA_Right"].set_index("rID")
    told = rights[["type", "party", "beginLifespanVersion", "endLifespanVersion"]].to_numpy().tolist()
    assert told == [
        ["occupation", "H1", "1990-01-01", "1992-01-01"],
        ["ownershipAssumed", "H1", "1992-01-01", "1993-01-01"],
        ["ownershipAssumed", "H9", "1993-01-01", "1994-01-01"],
        ["ownership", "H9", "1994-01-01", None],
        ["occupation", "H2", "1990-01-01", "1991-05-01"],  # the title was taken back, the lot reverted
    ]
    assert classes["LA_AdministrativeSource"]["sID"].is_unique
    assert set(rights["sID"]) <= set(classes["LA_AdministrativeSource"]["sID"])
    assert classes["LA_Party"]["pID"].tolist() == ["H1", "H2", "H9"]
    assert classes["LA_PartyMember"].to_numpy().tolist() == [["Miramar", "H1"]]
    assert classes["LA_SpatialUnit"]["suID"].tolist() == ["K-1", "K-2"]  # a remnant is nobody's
    held = classes["LA_Restriction"]
    assert held[["rID", "type", "area"]].to_numpy().tolist() == [
        ["C1/K-1", "adminPublicServitude", 10.0],
        ["C1/K-2", "adminPublicServitude", 40.0],
    ]
    for name, column in (("LA_Right", "uID"), ("LA_Restriction", "uID")):
        assert set(classes[name][column]) <= set(classes["LA_BAUnit"]["uID"])


@pytest.mark.parametrize("ending", ["json", "gpkg"])
def test_files_hold_the_classes_the_same_each_time(tmp_path, ending):
    paths = [io.write_ladm(content(), tmp_path / f"{name}.{ending}") for name in "ab"]
    classes = io.ladm_classes(content())
    if ending == "json":
        assert paths[0].read_bytes() == paths[1].read_bytes()
        told = json.loads(paths[0].read_text("utf-8"))
        assert {name: len(rows) for name, rows in classes.items()} == {
            name: len(told[name]) for name in classes
        }
        assert shapely.from_wkt(told["LA_SpatialUnit"][1]["geometry"]).area == pytest.approx(160)
        assert b"500" not in paths[0].read_bytes()  # what a household earns is nobody's business
    else:
        for name, table in classes.items():
            assert len(gpd.read_file(paths[0], layer=name)) == len(table)
        assert io.read_layer(paths[0], "LA_SpatialUnit").area.tolist() == pytest.approx([160, 160])


def test_refusals(tmp_path):
    with pytest.raises(WriteError, match="needs the table lots"):
        io.write_ladm({"households": content()["households"]}, tmp_path / "x.json")
    named = content()["lots"].assign(titular="Ana")
    with pytest.raises(PrivacyError, match="titular"):
        io.write_ladm({"lots": named}, tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []
