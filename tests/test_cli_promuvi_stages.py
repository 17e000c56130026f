"""`promuvi advance`, `status` and `why-not`, run as a user runs them."""

import json
from hashlib import sha256

import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io, tables
from ilo_gis.cli import app
from ilo_gis.errors import IloGisError

FIVE = [f"L-{number}" for number in range(1, 6)]


def run(*words):
    """Run a command; return what it said, and the exit code that `main` gives."""
    done = CliRunner().invoke(app, ["promuvi", *map(str, words)], env={"COLUMNS": "200"})
    refused = isinstance(done.exception, IloGisError)
    assert refused or done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return (2, str(done.exception)) if refused else (done.exit_code, done.stdout)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project with five lots of block L, two of them allotted, and all works of an occupation."""
    lots = tables.complete(io.sample("lots"), "lots").iloc[:5].drop(columns="note")
    lots = lots.assign(block_id="L").set_axis(pd.Index(FIVE, name="lot_id"))
    events = {"lot_id": FIVE[:2], "household_id": ["h", "g"], "kind": "allotted", "evidence": "Acta 1"}
    events = pd.DataFrame(events | {"date": pd.Timestamp("1990-01-10")}, ["E-1", "E-2"])
    names = ["clearing", "survey", "layout", "tap", "latrine"]
    works = pd.DataFrame({"service": names, "scope": "block", "target_id": "L", "done": "1990-02-01"})
    content = {
        "lots": lots,
        "lot_events": tables.complete(events.rename_axis("event_id"), "lot_events"),
        "works": tables.complete(works.set_axis(list("abcde")).rename_axis("work_id"), "works"),
    }
    return io.write_tables(content, tmp_path_factory.mktemp("stages") / "promuvi.gpkg")


def test_advance_writes_the_project_again_with_the_events(project, tmp_path):
    out = tmp_path / "next.gpkg"
    before = sha256(project.read_bytes()).hexdigest()
    words = ("advance", "--event", "occupied", "--block", "L", "--evidence", "Acta 2", "--project", project)
    code, said = run(*words, "--date", "1990-03-01", "--out", out)
    assert code == 0, said
    assert "Ocupación del lote" in said
    register = io.read_table(out, "lot_events").set_index("event_id")
    assert register["household_id"].loc[["E-3", "E-4"]].tolist() == ["h", "g"]
    assert len(io.read_table(out, "works")) == 5
    assert sha256(project.read_bytes()).hexdigest() == before
    code, said = run("status", "--on", "1990-03-01", "--project", out, "--json")
    assert code == 0
    assert json.loads(said)["stages"]["total"]["occupied"] == 2
    code, said = run("advance", "--event", "taken_back", "--takes-back", "E-4", "--evidence", "R.A. 3",
                     "--date", "1990-03-02", "--project", out, "--json")  # fmt: skip
    assert json.loads(said)["events"][0]["takes_back"] == "E-4", said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--event", "occupied", "--lots", "L-1", "--date", "1990-01-31"), "No se cumplía una condición"),
        (("--event", "titled", "--lots", "L-1", "--date", "1990-03-01"), "requiere Adjudicado"),
        (("--event", "allotted", "--lots", "L-9", "--household", "k", "--date", "1990-03-01"), "No existe"),
        (("--event", "allotted", "--lots", "L-1", "--household", "k", "--date", "1990-03-01"), "ya está"),
        (("--event", "allotted", "--lots", "L-3", "--household", "h", "--date", "1990-03-01"), "dos lotes"),
        (("--event", "occupied", "--lots", "L-1", "--date", "1990-03-01", "--today", "1990-02-28"), "futura"),
    ],
)
def test_a_refusal_names_the_reason_and_writes_nothing(project, tmp_path, words, reason):
    out = tmp_path / "next.gpkg"
    more = ("--evidence", "Acta 2", "--project", project, "--out", out)
    code, said = run("advance", *words, *more)
    assert code == 1
    assert reason in " ".join(said.replace("│", " ").split())
    assert not out.exists()


def test_why_not_lists_what_is_missing_in_spanish_and_english(project):
    words = ("why-not", "L-1", "--on", "1990-03-01", "--stage", "adjudicated", "--project", project)
    code, said = run(*words)
    assert code == 0
    for text in ("Antes debe llegar a: Ocupado", "Nivelación de vías", "section II.c"):
        assert text in said
    assert "It has to be occupied first" in run(*words, "--lang", "en")[1]
    assert "Nada falta" in run("why-not", "L-1", "--on", "1990-03-01", "--project", project)[1]
    assert run("why-not", "L-8", "--on", "1990-03-01", "--project", project)[0] == 2
