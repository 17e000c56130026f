"""The README's own words, run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.subdivision import LotRule
from ilo_gis.workflows import lots_from_streets

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(python)?\n(.*?)```", README, flags=re.DOTALL)


def python(word, folder):
    """Run the lines of Python that use a word."""
    code = next(text for kind, text in BLOCKS if kind == "python" and word in text)
    assert len(code.strip().splitlines()) <= 14
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


def commands(word, count=10):
    """Return the lines of command line that use a word: ten, if nothing else is said."""
    (lines,) = (text.strip().splitlines() for kind, text in BLOCKS if not kind and word in text)
    assert len(lines) == count
    return lines


def fails(line, folder, timeout=120):
    """Run a command; return what it says if it ends neither well nor with findings."""
    done = subprocess.run(
        [sys.executable, "-m", "ilo_gis.cli", *shlex.split(line)[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    fine = done.returncode in (0, 1) and done.stdout and "Traceback" not in done.stderr
    return "" if fine else f"{line}\n{done.stderr}"


def test_the_python_runs(tmp_path):
    done = python("lots_from_streets", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Empty GeoDataFrame" in done.stdout  # the findings: every lot is legal
    assert {p.name for p in tmp_path.iterdir()} == {"pampa.gpkg", "pampa.png"}


def test_the_python_plans_a_site(tmp_path):
    done = python("plan_alternatives", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "street_per_lot" in done.stdout
    assert (io.read_project(tmp_path / "sector.gpkg").lots["kind"] == "lot").sum() > 2000
    assert (tmp_path / "compared.png").exists()


def test_the_commands_run(tmp_path):
    io.sample("pampa_streets").head(60).to_file(tmp_path / "streets.gpkg")
    for line in commands("ilo-gis demo")[1:]:
        if "--streets" not in line and not (tmp_path / "lots.geojson").exists():
            lots = io.read_layer(tmp_path / "plan.gpkg", "lots").rename(columns={"lot_id": "code"})
            lots.to_file(tmp_path / "lots.geojson")
        assert not fails(line, tmp_path)


def test_the_commands_plan_a_site(tmp_path):
    x, y = 254_000, 8_047_000
    given = {
        "site": shapely.box(x, y, x + 250, y + 200),
        "avenues": shapely.LineString([(x + 125, y - 20), (x + 125, y + 220)]),
        "rock": shapely.box(x, y, x + 40, y + 30),
        "lots": shapely.box(x + 180, y + 100, x + 188, y + 120),
    }
    for name, shape in given.items():
        layer = gpd.GeoDataFrame({"reason": ["rock"], "width": [15.0]}, geometry=[shape], crs=32719)
        layer.to_file(tmp_path / f"{name}.gpkg")
    for line in commands("--write-brief"):
        assert not fails(line, tmp_path)


def test_the_python_zones_a_city(tmp_path):
    done = python("check_zoning", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Bodega" in done.stdout
    assert {p.name for p in tmp_path.iterdir()} == {"land.png", "zones.png"}


def test_the_commands_zone_a_city(tmp_path):
    streets = io.sample("pampa_streets")
    streets = streets[(streets["extension_area"] == "1") & (streets["flaw"] == "")]
    rule = LotRule(min_area=160.0, min_frontage=8.0)
    io.write_project(lots_from_streets(streets, rule, width="width"), tmp_path / "plan.gpkg")
    for line in commands("share-land"):
        assert not fails(line, tmp_path)


def test_the_python_gives_the_sea_back(tmp_path):
    done = python("relocation.status", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5400.0\n27400.0\n")


def test_the_commands_give_the_sea_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for line in commands("relocation status", count=8):
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code in (0, 1), f"{line}\n{done.output}"


def test_the_python_leads_from_application_to_title(tmp_path):
    done = python("promuvi.state_on", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1926 True\n")


def test_the_commands_lead_from_application_to_title(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for line in commands("promuvi allot", count=8):
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code in (0, 1), f"{line}\n{done.output}"


@pytest.mark.slow
def test_the_demo_plans_the_pampa(tmp_path):
    assert not fails(commands("ilo-gis demo")[0], tmp_path, timeout=900)
    assert {p.stem for p in (tmp_path / "demo").iterdir()} == {
        "pampa_A",
        "pampa_B",
        "pampa_C",
        "pampa_compared",
    }
    plan = io.read_project(tmp_path / "demo" / "pampa_A.gpkg")
    assert (plan.lots["kind"] == "lot").sum() >= 10_000
    assert plan.indicators.at["inhabitants", "value"] >= 60_000


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "test-all", "lint", "bench", "plugin"):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(link):
    assert link.startswith("https://") or (ROOT / link).exists()
