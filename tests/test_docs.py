"""The pages about lots: what they show runs, and their tables say what the code says."""

import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from test_cli import run

from ilo_gis import io
from ilo_gis.cli.options import Wishes
from ilo_gis.cli.rules import read_rules
from ilo_gis.norms import load
from ilo_gis.subdivision import LotRule
from ilo_gis.tables import describe

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [DOCS / "lots.md", DOCS / "lots.es.md"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def parts(page, kind):
    text = page.read_text("utf-8")
    return [code for found, code in re.findall(r"```(\w*)\n(.*?)```", text, flags=re.DOTALL) if found == kind]


def rows(page):
    """Return the rows of all tables by what their first cell names."""
    cells = [line.strip("| \n").split(" | ") for line in page.read_text("utf-8").splitlines()]
    return [(row[0].strip("`"), row[1:]) for row in cells if row[0].startswith("`")]


def python(code, folder):
    """Run code by itself in a folder, warnings as errors."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@each_page
def test_the_python_runs(page, tmp_path):
    done = python("\n".join(parts(page, "python")), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "corner cut" in done.stdout
    assert {p.name for p in tmp_path.iterdir()} == {"lots.gpkg", "lots.png"}


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the files that the commands of the pages name."""
    x, y = 254_000, 8_047_000
    frame = {"crs": 32719}
    block, lot = shapely.box(x, y, x + 100, y + 40), shapely.box(x + 40, y, x + 50, y + 20)
    gpd.GeoDataFrame({"mz": ["K"]}, geometry=[block], **frame).to_file(tmp_path / "blocks.gpkg")
    gpd.GeoDataFrame(geometry=[lot], **frame).to_file(tmp_path / "keep.gpkg")
    gpd.GeoDataFrame(geometry=[lot], **frame).to_file(tmp_path / "lots.geojson")
    zone = gpd.GeoDataFrame({"rule": ["avenue"]}, geometry=[block], **frame)
    zone.to_file(tmp_path / "zones.gpkg")
    io.sample("pampa_streets").head(60).to_file(tmp_path / "streets.gpkg")
    (tmp_path / "rules.toml").write_text(parts(PAGES[0], "toml")[0])
    return tmp_path


def test_the_commands_run(folder):
    (commands,) = parts(PAGES[0], "")
    assert parts(PAGES[1], "") == [commands]
    for line in commands.strip().splitlines():
        done = run(*shlex.split(line)[1:], cwd=folder)
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
    assert {p.name for p in folder.glob("*.png")} == {
        "one.png",
        "many.png",
        "three.png",
        "four.png",
        "plan.png",
    }


@each_page
def test_the_rules_are_rules(page, tmp_path):
    (tmp_path / "rules.toml").write_text(parts(page, "toml")[0])
    assert list(read_rules(tmp_path / "rules.toml", load("pe"))) == ["standard", "avenue", "market"]


@each_page
def test_every_option_has_its_line_its_flag_and_its_picture(page):
    told, text = rows(page), page.read_text("utf-8")
    flags = {cell.strip("`").split()[0] for _, row in told for cell in row if cell.startswith("`--")}
    known = {f"--{one.name.replace('_', '-')}" for one in fields(Wishes)} | {"--keep", "--mode"}
    assert flags == known - {"--lot-type"}
    for one in fields(LotRule):
        assert one.name in [name for name, _ in told]
        assert one.name == "article" or f"`{one.name}`" in re.sub(r"^\|.*$", "", text, flags=re.MULTILINE)
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", text)
    assert {Path(name).name for name in pictures} == {p.name for p in (DOCS / "images" / "lots").iterdir()}


@each_page
def test_the_columns_are_those_of_the_table(page):
    spec = describe("lots")
    told = [(name, row) for name, row in rows(page) if name in spec.index and len(row) == 3 and row[1]]
    told = [(name, row) for name, row in told if row[1] == spec.at[name, "alias_es"]]
    assert [name for name, _ in told] == list(spec.index)
    for name, (unit, _, meaning) in told:
        assert unit == (spec.at[name, "unit"] or "–")
        assert meaning if page.name == "lots.es.md" else meaning == spec.at[name, "description"]


def test_the_pictures_can_be_made(tmp_path):
    code = (
        f"import sys; from pathlib import Path; sys.path.insert(0, {str(DOCS)!r}); import pictures as p; "
        "p.FOLDER = Path('.'); print(p.picture('ochavo')); assert len(p.PICTURES) == 20"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = sorted(p.name for p in (DOCS / "images" / "lots").iterdir())
    assert (tmp_path / "ochavo.png").stat().st_size > 10_000
    assert len(made) == 20
