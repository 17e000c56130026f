"""`relocation coast`, run as a user runs it."""

import json

import geopandas as gpd
import pytest
from test_cli import run

COAST = ("relocation", "coast", "--on", "1993-10-31", "--on", "1994-06-30", "--on", "1995-07-31")


def test_the_shoreline_on_three_days(tmp_path):
    done = run(*COAST, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    days = json.loads(done.stdout)["days"]
    assert [day["occupied"] for day in days] == pytest.approx([764, 592, 0], abs=1)
    assert [day["freed"] for day in days] == pytest.approx([0, 172, 764], abs=1)
    assert all(day["open"] + day["occupied"] == pytest.approx(day["coast"]) for day in days)
    assert days[1]["gaps"][0]["occupants"] == "imarpe"
    assert days[1]["critical"]
    assert days[2]["longest"] == days[2]["coast"]


def test_maps_page_and_layers_are_written_once(tmp_path):
    files = ("--map", "map.png", "--ribbon", "ribbon.png", "--page", "page.html", "--out", "coast.gpkg")
    done = run(*COAST, *files, "--check", "--railway", "sample:railway", cwd=tmp_path)
    assert done.returncode == 1, done.stderr  # housing is planned on the beach
    assert "La ribera por fecha" in done.stdout
    assert "Interrupciones al 1995-07-31" in done.stdout
    assert all((tmp_path / name).stat().st_size > 4000 for name in files[1::2])
    occupants = gpd.read_file(tmp_path / "coast.gpkg", layer="occupants")
    assert occupants["end"].notna().all()
    again = run(*COAST, "--page", "page.html", cwd=tmp_path)
    assert again.returncode == 2
    assert "page.html" in again.stderr
