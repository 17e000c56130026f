"""The command `zoning capacity`, on the sample."""

import json

import pyogrio
from test_cli_zoning import run

PAMPA = ("capacity", "sample:zones", "--within", "sample:pampa", "--on", "2026-01-01")


def test_the_pampa_houses_more_than_the_paper_says(tmp_path):
    done = run(*PAMPA, "--inhabitants", 60_000, "--by", "zone", "--out", "room.gpkg", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["total"]["persons"] > 60_000
    assert told["total"]["persons_by_density"] > 60_000
    assert round(told["density_needed"]["gross"]) == 141
    assert sum(row["persons"] or 0 for row in told["capacity"]) == told["total"]["persons"]
    assert {name for name, _ in pyogrio.list_layers(tmp_path / "room.gpkg")} >= {"capacity", "facilities"}
    assert not any("/" in row["group"] for row in told["capacity"])  # zones keep their ids
    again = run(*PAMPA, "--out", "room.gpkg", cwd=tmp_path)
    assert again.returncode == 2
    assert "overwrite" in again.stderr


def test_both_languages_say_the_same(tmp_path):
    spanish = run(*PAMPA, "--inhabitants", 60_000, cwd=tmp_path).stdout
    english = run(*PAMPA, "--inhabitants", 60_000, "--lang", "en", cwd=tmp_path).stdout
    assert "141 hab/ha brutos" in spanish
    assert "Educación inicial" in spanish
    assert "141 persons/ha gross" in english
    assert "Preschool" in english


def test_wrong_input_is_told(tmp_path):
    done = run(*PAMPA, "--net-share", 60, cwd=tmp_path)
    assert done.returncode == 2
    assert "at most 1" in done.stderr
    done = run(*PAMPA, "--phases", "sample:extension_areas", "--phase-column", "etapa", cwd=tmp_path)
    assert done.returncode == 2
    assert "no column 'etapa'" in done.stderr
