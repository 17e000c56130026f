"""The command `relocation status`: what it says, writes and refuses."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app

runner = CliRunner()
NAMES = ("occupants", "agreements", "obligations", "moves", "receiving_sites", "seafront")


def run(*words):
    return runner.invoke(app, ["relocation", "status", *map(str, words)], env={"COLUMNS": "200"})


@pytest.mark.parametrize(
    ("day", "freed", "longest"), [("1994-06-30", 5_400, 700), ("1995-07-31", 27_400, 2_980)]
)
def test_what_is_free_on_a_day(day, freed, longest):
    done = run("--on", day, "--subtotal", 27_400, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["programme"][0]["freed"] == freed
    assert told["shore"]["longest"] == pytest.approx(longest, abs=1)
    assert told["shore"]["open"] + told["shore"]["occupied"] == pytest.approx(2_980, abs=0.1)
    assert sum(row["area"] for row in told["rows"] if row["free"]) == freed
    assert told["freed"][-1]["freed"] == freed
    assert set(told["counts"]) == {"info"}


def test_it_is_said_in_both_languages():
    spanish, english = (run("--on", "1994-06-30", "--lang", lang).output for lang in ("es", "en"))
    for text in ("Terreno despejado", "permuta de terrenos", "Quien más abre al salir: Ladrilleros"):
        assert text in spanish
    for text in ("cleared", "land swap", "Whose leaving opens most: Brickmakers", "schematic, no survey"):
        assert text in english


def test_a_project_of_ones_own_goes_in_and_comes_out(tmp_path):
    own, out = tmp_path / "own.gpkg", tmp_path / "out.gpkg"
    io.write_tables({name: io.sample(name) for name in NAMES}, own)
    words = ("--on", "1994-06-30", "--project", own, "--coast", "sample:coast", "--out", out)
    assert run(*words).exit_code == 0
    layers = set(gpd.list_layers(out)["name"])
    assert {*NAMES, "programme", "programme_rows", "stretches", "findings"} <= layers
    assert gpd.read_file(out, layer="programme").loc[0, "freed"] == 5_400
    again = run(*words)
    assert again.exit_code != 0
    assert run(*words, "--overwrite").exit_code == 0
    assert json.loads(run(*words[:4], "--json").output)["shore"] is None


def test_bad_rows_are_named_and_the_rest_is_told(tmp_path):
    moves = io.sample("moves").astype({"date": str})
    moves.loc[moves["move_id"] == "M-020", "date"] = "mayo"
    moves.to_csv(tmp_path / "moves.csv", index=False)
    done = run("--on", "1995-07-31", "--moves", tmp_path / "moves.csv", "--json")
    assert done.exit_code == 1
    faults = [one for one in json.loads(done.output)["findings"] if one["rule"] == "programme.date"]
    assert [one["feature"] for one in faults] == ["M-020"]
    assert "mayo" in faults[0]["message_es"]


def test_a_subtotal_that_does_not_close_is_an_error():
    done = run("--on", "1995-07-31", "--subtotal", 27_800, "--json")
    assert done.exit_code == 1
    assert json.loads(done.output)["counts"]["error"] == {"programme.subtotal": 1}


def test_both_readings_of_sixty_residents():
    told = {
        reading: json.loads(run("--on", "1994-06-30", "--count-reading", reading, "--json").output)[
            "programme"
        ][0]
        for reading in ("households", "persons")
    }
    counts = pd.DataFrame(told).loc[["households", "persons"]]
    assert counts.to_dict("list") == {"households": [60, 300], "persons": [12, 60]}
