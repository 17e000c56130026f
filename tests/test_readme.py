"""The README's own words, run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ilo_gis import io

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(python)?\n(.*?)```", README, flags=re.DOTALL)


def test_the_python_runs(tmp_path):
    code = next(text for kind, text in BLOCKS if kind == "python")
    assert len(code.strip().splitlines()) <= 14
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Empty GeoDataFrame" in done.stdout  # the findings: every lot is legal
    assert {p.name for p in tmp_path.iterdir()} == {"pampa.gpkg", "pampa.png"}


def test_the_commands_run(tmp_path):
    lines = next(text for kind, text in BLOCKS if not kind and "ilo-gis demo" in text).strip().splitlines()
    assert len(lines) == 10
    io.sample("pampa_streets").head(60).to_file(tmp_path / "streets.gpkg")
    for line in lines:
        if "lots.geojson" in line and not (tmp_path / "lots.geojson").exists():
            lots = io.read_layer(tmp_path / "plan.gpkg", "lots").rename(columns={"lot_id": "code"})
            lots.to_file(tmp_path / "lots.geojson")
        words = shlex.split(line)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "ilo_gis.cli", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
        assert done.stdout


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "test-all", "lint", "bench"):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(link):
    assert link.startswith("https://") or (ROOT / link).exists()
