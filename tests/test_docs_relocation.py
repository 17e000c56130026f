"""The pages about relocations: what they show runs, and the paper's numbers are ours."""

import shlex
from datetime import date
from functools import cache

import pytest
import shapely
from test_docs import DOCS, parts, python
from typer.testing import CliRunner

from ilo_gis import io, relocation
from ilo_gis.cli import app
from ilo_gis.subdivision import LotRule
from ilo_gis.workflows import lots_from_streets

PAGES = [DOCS / "relocation.md", DOCS / "relocation.es.md"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_the_python_runs_and_says_what_the_pages_say(tmp_path):
    code = parts(PAGES[0], "python")
    assert parts(PAGES[1], "python") == code
    done = python("\n".join(code), tmp_path)
    assert done.returncode == 0, done.stderr
    for said in ("1998-10-09 agreement_imarpe", "households [60, 300]", "persons [12, 60]", "calle_comercio"):
        assert said in done.stdout
    assert "agreement_abattoir         969" in done.stdout
    assert {"days.png", "seafront.html", "seafront.gpkg", "gantt.png"} <= {p.name for p in tmp_path.iterdir()}


def test_the_commands_run(tmp_path, monkeypatch):
    """The plan has only the blocks that receiving sites of the sample name: it is quicker."""
    lots = lots_from_streets(io.sample("pampa_streets"), LotRule(160.0, 8.0), width="width").lots
    named = lots[lots["block_id"].isin(["MP", "MQ", "MR", "MS", "MT"])]
    io.write_tables({"lots": named}, tmp_path / "plan.gpkg")
    (commands,) = parts(PAGES[0], "")
    assert parts(PAGES[1], "") == [commands]
    monkeypatch.chdir(tmp_path)
    for line in commands.replace("\\\n", " ").strip().splitlines():
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code in (0, 1), f"{line}\n{done.output}"
    assert {p.suffix for p in tmp_path.iterdir()} == {".gpkg", ".png", ".html"}


@each_page
def test_links_lead_somewhere(page):
    text = page.read_text("utf-8")
    links = [link.split(")")[0] for link in text.split("](")[1:]]
    assert len(links) > 6
    assert [link for link in links if not (DOCS / link).exists()] == []


@each_page
def test_the_tables_are_those_of_the_library(page):
    told = [line.split("`")[1] for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    known = ["occupants", "agreements", "obligations", "moves", "receiving_sites", "seafront", "tasks"]
    assert told == known


@cache
def ours():
    """Return what the column "ours" of the table has to say, row by row."""
    land, pacts = io.sample("occupants").set_index("occupant_id"), io.sample("agreements")
    moves, strip, coast = io.sample("moves"), io.sample("seafront").set_index("strip_id"), io.sample("coast")
    told = {on: relocation.status(land, pacts, moves, on) for on in (date(1994, 6, 30), date(1995, 7, 31))}
    middle, end = told.values()
    by_row = end[end["by"] == "row"].set_index("group")["freed"]
    freed = relocation.freed_by_date(land, moves)["freed"]
    early = middle[(middle["by"] == "row") & (middle["freed"] > 0)]
    each = land.at["la_picuda", "area"] / land.at["la_picuda", "count"]
    readings = [
        relocation.programme_rows(land, pacts, moves, date(1995, 7, 31), count_reading=reading)
        for reading in ("households", "persons")
    ]
    homes = [int(rows.at["la_picuda", "households"]) for rows in readings]
    shore = relocation.coast_lines(coast)[0]
    wharf = io.sample("places").set_index("name").geometry["Muelle fiscal"]
    along = shapely.line_locate_point(shore, shapely.points(shapely.get_coordinates(strip.geometry.array)))
    walk = relocation.continuity(
        relocation.stretches(
            coast,
            land,
            relocation.state_on(moves, date(1993, 10, 31)),
            between=(wharf, shore.interpolate(along.max())),
        )
    )
    built = land["area"].sum() + land["built_area"].sum()
    return [
        f"{by_row.size} · {len(land)}",
        f"{end.at['total', 'freed']:,.0f} m²",
        " · ".join(f"{by_row[str(row)]:,.0f}" for row in range(1, 11)),
        f"{middle.at['total', 'freed']:,.0f} m²",
        " · ".join(f"{area:,.0f}" for area in freed),
        f"{len(early)}: {early['freed'].sum():,.0f} m²",
        f"{each:.0f} m²; {homes[0]} / {homes[1]}",
        f"{built:,.0f} m²",
        f"{(along.max() - shore.project(wharf)) / 1000:.2f} km",
        f"{walk.occupied:.0f} m",
        f"{int(strip['capacity'].sum()):,}",
    ]


@each_page
def test_the_papers_numbers_stand_beside_ours(page):
    lines = [line for line in page.read_text("utf-8").splitlines() if line.count(" | ") == 4]
    assert [line.strip("| ").split(" | ")[3] for line in lines][1:] == ours()


def test_ours_are_the_papers():
    rows, total, each, middle, *_ = ours()
    assert (rows, total, middle) == ("10 · 15", "27,400 m²", "5,400 m²")
    assert each == "10,000 · 2,000 · 400 · 800 · 200 · 4,000 · 2,000 · 800 · 2,400 · 4,800"


@pytest.mark.parametrize("name", ["before_after", "ribbon", "gantt", "curve"])
def test_the_pictures_are_there_and_small(name):
    assert 10_000 < (DOCS / "images" / "relocation" / f"{name}.png").stat().st_size < 400_000
