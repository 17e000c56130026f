"""The commands of the project store, one after the other on one file."""

import json
import runpy
from functools import partial
from pathlib import Path

import pytest
from test_cli import run as run_in

from ilo_gis import io

fake_plan = runpy.run_path(str(Path(__file__).parent / "plotting" / "fake_plan.py"))["fake_plan"]
run = partial(run_in, cwd=None)
ADDRESS = "postgresql://ana:secreto@planning/ilo"


@pytest.fixture
def project(tmp_path):
    plan = fake_plan(2, 1)
    path = io.write_project(plan, tmp_path / "plan.gpkg")
    with io.open(path, who="ana") as store:
        store.write({"lots": plan.lots.assign(use=None).iloc[1:]}, reason="survey of May")
    return path


def test_history_is_told_and_undone(project):
    told = run("history", project, "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert "survey of May" in told.stdout
    assert " delete " in told.stdout
    assert " Borrado " in run("history", project).stdout
    rows = json.loads(run("history", project, "--table", "lots", "--json").stdout)["history"]
    assert [(row["change"], row["operation"], row["who"], row["key"]) for row in rows] == [
        (1, "delete", "ana", "A-1")
    ]
    assert json.loads(rows[0]["before"])["kind"] == "lot"
    assert "1 cambios deshechos" in run("undo", project, "--to", "0").stdout
    assert len(io.read_project(project).lots) == 40
    assert run("undo", project, "--to", "99").returncode == 2
    assert "0 cambios" in run("undo", project, "--to", "2100-01-01T10:30-05:00").stdout
    assert "give the number" in run("undo", project, "--to", "ayer").stderr


def test_scenarios_are_listed_copied_compared_adopted_and_copied_out(project, tmp_path):
    assert run("scenarios", project, "--copy", "base").returncode == 2
    assert run("scenarios", project, "--copy", "base", "--to", "B").returncode == 0
    with io.open(project) as store:
        store.write({"lots": store.read("lots", "B").iloc[2:]}, "B")
    said = json.loads(run("scenarios", project, "--compare", "base", "B", "--json").stdout)
    assert [row["kind"] for row in said["differences"]] == ["only_first", "only_first"]
    shown = run("scenarios", project, "--adopt", "B", "--by", "Ordenanza 12-2026", "--compare", "base", "B")
    assert "Ordenanza 12-2026" in shown.stdout
    assert "En qué difieren base y B" in shown.stdout
    assert " Vigente  " in shown.stdout
    assert " Solo en el primero " in shown.stdout
    assert len(io.read_project(project).lots) == 37
    assert "plan in force" in run("scenarios", project, "--delete", "B").stderr
    assert run("snapshot", project, tmp_path / "copy.gpkg").returncode == 0
    assert len(io.read_project(tmp_path / "copy.gpkg", "base").lots) == 39


@pytest.mark.parametrize(
    "words",
    [["check", "x", "--on", ADDRESS], ["history", "x", ADDRESS], [ADDRESS], ["undo", "x", "--to", ADDRESS]],
)
def test_wrong_words_do_not_repeat_a_password(words):
    said = run(*words)
    assert said.returncode == 2
    assert "ana:***@" in said.stderr
    assert "secreto" not in said.stdout + said.stderr
