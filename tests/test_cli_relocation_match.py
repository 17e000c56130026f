"""`relocation match` and `relocation balance`, run as a user runs them."""

import json

import geopandas as gpd
import pytest
from test_cli import run

from ilo_gis import io, workflows
from ilo_gis.subdivision import LotRule

MATCH, BALANCE = ("relocation", "match", "--on"), ("relocation", "balance", "--on")


def test_who_goes_where_before_the_first_move(tmp_path):
    done = run(*MATCH, "1993-10-31", "--out", "matches.gpkg", "--json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr  # some have no place in the source
    said = json.loads(done.stdout)
    told = {row["occupant_id"]: row["receiving_id"] for row in said["matches"]}
    assert (told["police"], told["la_picuda"]) == ("police_lot", "la_picuda_block")
    assert len(told) == 6
    assert {row["feature"] for row in said["findings"] if row["rule"] == "match.free"} >= {
        "shipyard",
        "zegarra",
    }
    written = io.read_table(tmp_path / "matches.gpkg", "matches")
    assert written["reason_es"].str.startswith("Según lo acordado").all()
    again = run(*MATCH, "1993-10-31", "--out", "matches.gpkg", cwd=tmp_path)
    assert again.returncode == 2
    assert "matches.gpkg" in again.stderr


def test_who_has_moved_needs_no_place(tmp_path):
    done = run(*MATCH, "1994-06-30", "--lang", "en", cwd=tmp_path)
    assert "National police" not in done.stdout
    assert "Ocean Institute" in done.stdout
    assert "they bind nobody" in done.stdout
    done = run(*MATCH, "1995-07-31", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "0 de 0 ocupantes" in done.stdout


def test_balance_of_a_day_in_both_languages(tmp_path):
    done = run(*BALANCE, "1994-06-30", "--out", "balance.gpkg", cwd=tmp_path)
    assert done.returncode == 1, done.stderr  # for calle Comercio the source tells no place
    for words in ("27,400", "5,400", "sin dato", "Hogares sin lugar de destino: ≥ 1"):
        assert words in done.stdout
    assert io.read_table(tmp_path / "balance.gpkg", "payer_costs")["agreements_unknown"].tolist() == [10] * 3
    said = json.loads(run(*BALANCE, "1994-06-30", "--persons", 4, "--json", cwd=tmp_path).stdout)
    (picuda,) = (row for row in said["household_places"] if row["occupant_id"] == "la_picuda")
    assert (picuda["households"], picuda["if_persons"]) == (60, 15)
    assert "Who pays" in run(*BALANCE, "1994-06-30", "--lang", "en", cwd=tmp_path).stdout


def test_lots_of_a_plan_are_reserved_and_stay(tmp_path):
    """Nobody has lots yet: groups of lots are chosen and written as lots that `--keep` takes."""
    streets, areas = io.sample("pampa_streets"), io.sample("extension_areas")
    here = gpd.clip(streets, areas.geometry.iloc[0].centroid.buffer(250).envelope, keep_geom_type=True)
    here = here.reset_index(drop=True)
    plan = workflows.lots_from_streets(here, LotRule(120.0, 7.0), width="width")
    io.write_project(plan, tmp_path / "plan.gpkg")
    sites = io.sample("receiving_sites")
    sites[sites["kind"] == "building"].to_file(tmp_path / "buildings.gpkg", layer="sites")
    more = (
        "--receiving-sites",
        "buildings.gpkg|sites",
        "--lots",
        "plan.gpkg",
        "--out",
        "matches.gpkg",
        "--json",
    )
    done = run(*MATCH, "1993-10-31", *more, "--reading", "persons", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    told = {row["occupant_id"]: row for row in json.loads(done.stdout)["matches"]}
    assert set(told) >= {"calle_comercio", "la_picuda", "police"}
    held = io.read_layer(tmp_path / "matches.gpkg", "lots").set_index("lot_id")
    owner = held["receiving_id"].value_counts()
    assert owner[told["la_picuda"]["receiving_id"]] >= 12
    assert held.loc[held["receiving_id"] == told["police"]["receiving_id"], "area"].sum() >= 800
    here.to_file(tmp_path / "streets.gpkg")
    options = ("--width", "width", "--min-area", 160, "--min-frontage", 8, "--keep", "matches.gpkg")
    done = run("lots", "--streets", "streets.gpkg", *options, "--out", "new.gpkg", "--json", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    new = io.read_layer(tmp_path / "new.gpkg", "lots")
    same = gpd.sjoin(held.assign(geometry=held.representative_point()), new)
    assert same["area_left"].to_numpy() == pytest.approx(same["area_right"].to_numpy())
    assert len(same) == len(held)


def test_rows_at_fault_are_named_and_the_rest_is_told(tmp_path):
    land = io.sample("occupants")
    land["area"] = land["area"].astype(object).where(land["occupant_id"] != "shipyard", "large").astype(str)
    land.loc[land["occupant_id"] == "zegarra", "receiving_id"] = "police_lot"
    land.to_file(tmp_path / "own.gpkg", layer="land")
    done = run(*BALANCE, "1994-06-30", "--occupants", "own.gpkg|land", "--json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    said = json.loads(done.stdout)
    named = {(row["feature"], row["rule"]) for row in said["findings"] if row["severity"] == "error"}
    assert {("shipyard", "programme.number"), ("zegarra", "relocation.site_twice")} <= named
    assert said["balance"][-1]["land"] == 27_400 - 2_000


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ((*MATCH, "1994-06-30", "--reading", "families"), "households or persons"),
        ((*MATCH, "1994-06-30", "--needs", "none.toml"), "none.toml"),
        ((*BALANCE, "1994-06-30", "--moves", "sample:occupants"), "moves"),
        ((*BALANCE, "1994-13-30"), "1994-13-30"),
    ],
)
def test_wrong_input_is_told(tmp_path, options, text):
    done = run(*options, cwd=tmp_path)
    assert done.returncode == 2
    assert text in done.stderr
