"""`promuvi progress` and `promuvi forecast`, run as a user runs them."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io, tables
from ilo_gis.cli import app
from ilo_gis.errors import IloGisError

ON = ("--on", "1993-06-30")
WAY = {"allotted": "1990-01-15", "occupied": "1990-08-01", "lived_in": "1991-02-01"}
WAY |= {"adjudicated": "1991-03-01", "titled": "1992-05-20"}


def run(*words, cwd):
    """Run a command in a folder; return what it said, and the exit code that `main` gives."""
    with pytest.MonkeyPatch.context() as there:
        there.chdir(cwd)
        done = CliRunner().invoke(app, ["promuvi", *map(str, words)], env={"COLUMNS": "200"})
    refused = isinstance(done.exception, IloGisError)
    assert refused or done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    code = 2 if refused else done.exit_code
    return SimpleNamespace(stdout=done.stdout, stderr=str(done.exception), returncode=code)


def content():
    """Return the lots of four blocks of the sample: two titled, one adjudicated, one allotted; and works."""
    lots = tables.complete(io.sample("lots"), "lots")
    lots = lots[lots["block_id"].isin(sorted(lots["block_id"].unique())[:4])]
    stages = dict(zip(sorted(lots["block_id"].unique()), (5, 5, 4, 1), strict=True))
    rows = [
        (lot, f"h {lot}", kind, day)
        for lot, block in lots["block_id"].items()
        for kind, day in list(WAY.items())[: stages[block]]
    ]
    events = pd.DataFrame(rows, columns=["lot_id", "household_id", "kind", "date"])
    events = events.set_axis([f"E-{n}" for n in range(len(events))])
    works = pd.DataFrame({"service": ["tap", "water"], "scope": "block", "target_id": list(stages)[:2]})
    works = works.assign(planned="1991-01-01", started="1990-01-01", done="1990-06-01", cost=100.0)
    works = works.assign(payer="households").set_axis(["W-1", "W-2"])
    told = {"lots": lots, "lot_events": events, "works": works}
    return {name: tables.complete(table, name) for name, table in told.items()}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    plain = {name: table.drop(columns="note", errors="ignore") for name, table in content().items()}
    return io.write_tables(plain, tmp_path_factory.mktemp("promuvi") / "p.gpkg")


def test_progress_tells_services_stages_backlog_and_what_comes_first(project, tmp_path):
    files = ("--out", "o.gpkg", "--chart", "c.png", "--bars", "b.png", "--map", "m.png")
    done = run("progress", *ON, "--project", project, "--years", 2, "--by", "block", *files, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for text in ("Avance de servicios y obras al 1993-06-30", "Pileta pública", "Rezago", "Hogares",
                 "Qué frena a los lotes", "titulados por año"):  # fmt: skip
        assert text in done.stdout
    assert all((tmp_path / name).stat().st_size > 20_000 for name in ("c.png", "b.png", "m.png"))
    lots = content()["lots"]
    table = io.read_table(tmp_path / "o.gpkg", "service_progress").set_index("item")
    blocks = lots["block_id"].value_counts()
    first = min(blocks.index)
    assert table.at["programme: tap", "done"] == table.at[f"block: {first}: tap", "done"] == blocks[first]
    backlog = io.read_table(tmp_path / "o.gpkg", "backlog")
    assert sorted(backlog["area_id"]) == sorted(blocks.index)[2:]
    layer = io.read_layer(tmp_path / "o.gpkg", "lot_progress")
    assert len(layer) == len(lots)
    assert (layer["stage"] == "titled").sum() == blocks[sorted(blocks.index)[:2]].sum()
    assert "household_id" not in layer
    again = run("progress", *ON, "--project", project, *files, cwd=tmp_path)
    assert again.returncode == 2
    assert "o.gpkg exists" in again.stderr


def test_forecast_is_the_same_for_the_same_seed(project, tmp_path):
    words = ("forecast", *ON, "--project", project, "--months", 6, "--level", 0.9, "--seed", 1)
    words += ("--draws", 40, "--resample", "block")
    done = run(*words, "--chart", "f.png", "--out", "f.gpkg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for text in ("Pronóstico de títulos al 1993-06-30", "Intervalo de 90 %", "semilla 1", "1993-12"):
        assert text in done.stdout
    assert len(io.read_table(tmp_path / "f.gpkg", "forecast")) == 6
    assert "Ojo: sin títulos" not in done.stdout
    late = run(*words, "--lang", "en", "--on", "1996-06-30", cwd=tmp_path)
    assert "Mind: no titles for years: area" in late.stdout
    said = [json.loads(run(*words, "--json", cwd=tmp_path).stdout) for _ in range(2)]
    assert said[0] == said[1]
    assert said[0]["how"]["seed"] == 1
    stay = {row["stage"]: row for row in said[0]["stage_times"]}
    assert stay["adjudicated"]["median"] == (pd.Timestamp("1992-05-20") - pd.Timestamp("1991-03-01")).days
    assert run("forecast", *ON, "--lang", "en", "--project", project, cwd=tmp_path).stdout.startswith(
        "Titles"
    )


def test_wrong_works_are_findings_and_wrong_options_write_nothing(project, tmp_path):
    works = content()["works"]
    works.loc["W-1", ["cost", "target_id"]] = [-1.0, "ZZ"]
    works.to_csv(tmp_path / "bad.csv")
    done = run("progress", *ON, "--project", project, "--works", "bad.csv", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["counts"]["error"] == {"works.cost": 1, "works.target": 1}
    for wrong in (["progress", "--by", "street"], ["progress", "--map", "x.png", "--service", "pool"],
                  ["forecast", "--level", "2"], ["forecast", "--months", "0"]):  # fmt: skip
        done = run(*wrong, *ON, "--project", project, "--out", "x.gpkg", cwd=tmp_path)
        assert done.returncode == 2, wrong
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv"]
