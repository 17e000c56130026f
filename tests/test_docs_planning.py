"""The pages about planning a bare site: what they show runs and is complete."""

import re
import shlex
import tomllib
from dataclasses import fields

import geopandas as gpd
import pytest
import shapely
from test_cli import run
from test_docs import DOCS, parts, python, rows

from ilo_gis import io
from ilo_gis.norms import load
from ilo_gis.subdivision import Brief

PAGES = [DOCS / "planning.md", DOCS / "planning.es.md"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_the_python_runs_and_is_the_same_in_both_pages(tmp_path):
    (code,) = parts(PAGES[0], "python")
    assert parts(PAGES[1], "python") == [code]
    done = python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "lots" in done.stdout
    assert {p.name for p in tmp_path.iterdir()} == {"compared.png", "sector.gpkg"}


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the files that the commands of the pages name."""
    x, y = 254_000, 8_047_000

    def write(name, shape, **columns):
        layer = gpd.GeoDataFrame(columns, geometry=[shape], crs=32719)
        layer.to_file(tmp_path / f"{name}.gpkg")

    write("site", shapely.box(x, y, x + 300, y + 200))
    write("streets", shapely.LineString([(x + 150, y - 20), (x + 150, y + 220)]), width=[15.0])
    write("rock", shapely.box(x, y, x + 40, y + 30), reason=["rock"])
    write("locked", shapely.box(x + 200, y + 100, x + 208, y + 120), lot_id=["Z-1"])
    return tmp_path


def test_the_commands_run(folder):
    (commands,) = parts(PAGES[0], "")
    assert parts(PAGES[1], "") == [commands]
    for line in commands.strip().splitlines():
        done = run(*shlex.split(line)[1:], cwd=folder)
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
    assert io.is_project(folder / "three.gpkg")
    assert (folder / "both.png").exists()


@each_page
def test_the_brief_is_a_brief_and_every_key_is_told(page):
    (text,) = parts(page, "toml")
    brief = Brief.from_mapping(tomllib.loads(text), load("pe"))
    assert (brief.rule.min_area, brief.rule.min_frontage) == (120.0, 6.0)
    table = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {name for line in table for name in re.findall(r"`(\w+)`", line.split(" | ")[0])}
    assert told == {one.name for one in fields(Brief)} | {"lot_type"}
    assert rows(page)


@each_page
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert (DOCS / link).exists(), link


def test_the_glossary_has_two_languages_and_its_own_words():
    lines = (DOCS / "glossary.md").read_text("utf-8").splitlines()
    terms = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]
    assert len(terms) >= 40
    assert all(len(term) == 2 and all(term) for term in terms)
    names = [term[0] for term in terms]
    assert len(set(names)) == len(names)
