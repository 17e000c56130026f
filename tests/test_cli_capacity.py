"""The command `zoning capacity`, on the sample."""

import json

import geopandas as gpd
import pyogrio
import shapely
from test_cli_zoning import run

from ilo_gis import io

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


def test_lots_for_more_people_than_the_density_allows_are_a_warning(tmp_path):
    zones = io.sample("zones")
    here = zones[(zones["code"] == "RDM") & zones.within(io.sample("pampa").union_all().buffer(1))]
    x, y = here.representative_point().iloc[0].coords[0]
    lots = [shapely.box(x + 8 * k, y, x + 8 * k + 8, y + 12) for k in range(4)]  # 96 m2: 521 persons/ha
    gpd.GeoDataFrame({"lot_id": list("abcd")}, geometry=lots, crs=zones.crs).to_file(tmp_path / "lots.gpkg")
    done = run(*PAMPA, "--lots", "lots.gpkg", "--out", "room.gpkg", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["counts"] == {"warning": {"zone.density": 1}}
    assert told["findings"][0]["found"] == 20
    assert "findings" in {name for name, _ in pyogrio.list_layers(tmp_path / "room.gpkg")}


def test_wrong_input_is_told(tmp_path):
    done = run(*PAMPA, "--net-share", 60, cwd=tmp_path)
    assert done.returncode == 2
    assert "at most 1" in done.stderr
    done = run(*PAMPA, "--phases", "sample:extension_areas", "--phase-column", "etapa", cwd=tmp_path)
    assert done.returncode == 2
    assert "no column 'etapa'" in done.stderr
