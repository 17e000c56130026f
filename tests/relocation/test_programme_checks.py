"""Bad input is named row by row, whatever else is wrong; what the sources contradict is kept."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import CRSError, SchemaError
from ilo_gis.io import sample
from ilo_gis.relocation import check_programme, read_tables, status

NAMES = ("occupants", "agreements", "obligations", "moves", "receiving_sites", "seafront")


@pytest.fixture
def raw():
    """Return the tables of the sample as a planner's files have them: days and numbers as texts."""
    tables = {name: sample(name) for name in NAMES}
    tables["moves"] = tables["moves"].astype({"date": str})
    tables["occupants"] = tables["occupants"].astype({"area": str})
    return tables


def change(table, key, id_, **values):
    """Change a row that is named by a column."""
    for column, value in values.items():
        table.loc[table[key] == id_, column] = value


def named(found, severity="error"):
    return set(
        found.loc[found["severity"] == severity, ["rule", "feature"]].itertuples(index=False, name=None)
    )


def checked(raw, **more):
    read = read_tables(**raw)
    tables = [getattr(read, name) for name in NAMES]
    return read, check_programme(*tables, **more)


def moved(raw, who, step="moved"):
    moves = raw["moves"]
    return moves.loc[(moves["occupant_id"] == who) & (moves["step"] == step), "move_id"].item()


def test_a_sound_programme_has_no_errors_and_keeps_its_contradiction(raw):
    read, found = checked(raw, subtotal=27_400)
    assert not len(read.findings)
    assert named(found, "info") == {
        ("programme.before_works", who) for who in ("customs", "calle_comercio", "police", "la_picuda")
    }
    assert len(found) == 4
    assert (
        status(read.occupants, read.agreements, read.moves, date(1995, 7, 31)).at["total", "freed"] == 27_400
    )


def test_all_that_cannot_be_read_is_named_and_left_out(raw):
    land, moves = raw["occupants"], raw["moves"]
    change(land, "occupant_id", "abattoir", area="2,400 m2")  # thousands or three decimals
    change(land, "occupant_id", "police", area="800 m2")
    change(land, "occupant_id", "zegarra", kind="tallr")
    raw["occupants"] = pd.concat([land, land[land["occupant_id"] == "customs"]], ignore_index=True)
    change(moves, "move_id", moved(raw, "imarpe"), date="31 de setiembre")
    change(moves, "move_id", moved(raw, "shipyard"), step="movd")
    change(moves, "move_id", moved(raw, "brickmakers"), occupant_id="brickmaker")
    change(moves, "move_id", moved(raw, "mpi_blocks"), takes_back="M-999")
    itself, year = moved(raw, "zegarra"), moved(raw, "pena_blanca")
    change(moves, "move_id", itself, takes_back=itself)
    change(moves, "move_id", year, date="1995")  # a year is no day
    wanted = {
        ("programme.number", "abattoir"),
        ("programme.word", "zegarra"),
        ("programme.twice", "customs"),
        ("programme.date", moved(raw, "imarpe")),
        ("programme.unknown_occupant", moved(raw, "brickmaker")),
        ("programme.takes_back", moved(raw, "mpi_blocks")),
        ("programme.takes_back", itself),
        ("programme.date", year),
        ("programme.word", moved(raw, "shipyard", "movd")),
    }
    read, _ = checked(raw)
    assert named(read.findings) == wanted
    assert named(read.findings, "info") == {("programme.text_number", "police")}
    assert read.occupants["area"].sum() == 27_400 - 2_400 - 800
    assert len(read.moves) == len(moves) - 6
    texts = read.findings["message"].str.cat(sep=" ")
    assert "(brickmakers" in texts
    assert "(moved" in texts
    assert "date: 31 de setiembre" in texts


def test_steps_are_held_against_agreements_and_each_other(raw):
    moves = raw["moves"]
    early = moved(raw, "imarpe")
    change(moves, "move_id", early, date="1994-08-01")
    change(moves, "move_id", moved(raw, "police"), evidence="")
    lost = moved(raw, "shipyard", "ordered")
    raw["moves"] = moves[moves["move_id"] != lost]
    change(raw["moves"], "move_id", moved(raw, "mpi_mechanics", "agreed"), step="ordered")
    pacts = raw["agreements"]
    change(pacts, "agreement_id", "A-02", occupants="brickmaker")
    _, found = checked(raw)
    assert named(found) == {
        ("programme.before_agreement", early),
        ("programme.step_order", early),  # it lies before its site was ready, too
        ("programme.step_order", moved(raw, "shipyard")),
        ("programme.step_kind", moved(raw, "mpi_mechanics", "ordered")),
        ("programme.agreement_occupant", "A-02"),
        ("programme.moved_without_agreement", "brickmakers"),
    }
    assert ("programme.no_evidence", moved(raw, "police")) in named(found, "info")


def test_areas_and_obligations(raw):
    asked, land = raw["obligations"], raw["occupants"]
    change(asked, "obligation_id", "O-01", due="1994-06-01", fulfilled=pd.NaT)
    change(asked, "obligation_id", "O-02", due="1994-06-01")
    change(land, "occupant_id", "police", area="900")
    _, found = checked(raw, subtotal=27_400)
    assert named(found) == {("programme.subtotal", "")}
    assert named(found, "warning") == {("programme.overdue", "O-01"), ("programme.area_drawn", "police")}
    assert ("programme.late", "O-02") in named(found, "info")
    _, before = checked(raw, on=date(1994, 5, 1))
    assert named(before, "warning") == {("programme.area_drawn", "police")}


def test_spanish_names_and_words_are_read():
    land = gpd.GeoDataFrame(
        {"CODIGO": [7], "Nombre": "x", "CLASE": "Negocio informal", "Area": 400.0},
        geometry=[shapely.box(0, 0, 20, 20)],
        crs=32719,
    )
    events = pd.DataFrame({"Código": ["e1"], "Ocupante": [7], "Paso": "Trasladado", "Fecha": "30/06/1994"})
    read = read_tables(land, moves=events)
    assert not len(read.findings)
    assert read.occupants["kind"].to_dict() == {"7": "informal_business"}
    assert read.moves[["occupant_id", "step"]].to_numpy().tolist() == [["7", "moved"]]
    assert read.moves["date"].item() == pd.Timestamp("1994-06-30")


def test_what_is_wrong_with_a_whole_layer_is_an_error_that_says_what_to_do(raw):
    with pytest.raises(CRSError, match="to_crs"):
        read_tables(raw["occupants"].to_crs(4326))
    with pytest.raises(SchemaError, match=r"'date' \(Fecha\)"):
        read_tables(raw["occupants"], moves=raw["moves"].drop(columns="date"))
    with pytest.raises(SchemaError, match="no geometry"):
        read_tables(pd.DataFrame({"occupant_id": ["a"]}))
