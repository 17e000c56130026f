"""The pages about storage: their Python and their commands run, in both languages."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("page", "adopted"), [("storage.md", "wider-streets"), ("storage.es.md", "vias-anchas")]
)
def test_what_the_page_shows_runs(page, adopted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```(\w*)\n(.*?)```", (DOCS / page).read_text("utf-8"), flags=re.DOTALL)
    python = "\n".join(code for kind, code in blocks if kind == "python")
    command = [sys.executable, "-W", "error", "-c", python]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "{'lots': 1}" in done.stdout
    lines = [line for kind, code in blocks if not kind for line in code.splitlines()]
    assert len(lines) == 7
    for line in lines:
        told = CliRunner().invoke(app, shlex.split(line)[1:])
        assert told.exit_code == 0, told.output
    with io.open(tmp_path / "sector.gpkg") as store:
        assert store.scenarios().index.tolist() == [adopted]
        assert store.check() == []
    assert len(list(tmp_path.glob("*.gpkg"))) == 2
