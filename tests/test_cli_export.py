"""`ilo-gis export`: each kind of file, languages, JSON and exit codes; what is refused writes nothing."""

import contextlib
import json
import runpy
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.errors import IloGisError

fake_plan = runpy.run_path(str(Path(__file__).parent / "plotting" / "fake_plan.py"))["fake_plan"]
RUNNER = CliRunner()


def run(*arguments):
    return RUNNER.invoke(app, ["export", *(str(a) for a in arguments)])


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    path = tmp_path_factory.mktemp("project") / "plan.gpkg"
    return io.write_project(fake_plan(3, 2, angle=30), path, info={"schematic": "yes"})


OUTS = {
    "dxf": "p.dxf",
    "shp": "p.zip",
    "geojson": "j",
    "parquet": "q",
    "csv": "c",
    "xlsx": "p.xlsx",
    "ladm": "p.json",
}


@pytest.mark.parametrize("kind", OUTS)
def test_each_kind_holds_the_lots_and_is_not_overwritten(kind, project, tmp_path):
    out = tmp_path / OUTS[kind]
    done = run(project, "--to", kind, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["tables"]["lots"] == 100
    if kind == "dxf":
        assert (io.read_layer(out)["Layer"] == "LOTE").sum() == 99  # one of them is a remnant
    elif kind == "ladm":
        assert len(json.loads(out.read_text("utf-8"))["LA_SpatialUnit"]) == 99
    else:
        lots = io.read_exported(out, "lots", crs=32719)
        assert lots.area.sum() == pytest.approx(io.read_project(project).lots.area.sum())
    again = run(project, "--to", kind, "--out", out)
    assert isinstance(again.exception, IloGisError)
    assert "overwrite" in str(again.exception)
    assert run(project, "--to", kind, "--out", out, "--overwrite", "--lang", "en").exit_code == 0


def test_tables_asked_for_and_the_words_are_spanish(project, tmp_path):
    done = run(project, "--to", "csv", "--tables", "lots, summary", "--vertices", "--out", tmp_path / "c")
    assert done.exit_code == 0
    assert "Exportado" in done.output
    made = {file.name for file in (tmp_path / "c").iterdir()}
    assert made == {"lots.csv", "lots.csvt", "lots_vertices.csv", "summary.csv", "summary.csvt"}


def test_the_plan_set_is_whole_and_its_figures_agree(project, tmp_path):
    out = tmp_path / "expediente"
    place = ("--name", "Pampa", "--district", "Ilo", "--province", "Ilo", "--department", "Moquegua")
    done = run(project, "--to", "plan-set", *place, "--out", out)
    assert done.exit_code == 0, done.output
    assert {file.name for file in out.iterdir()} == {"plan.xlsx", "plan.dxf", "memoria.html", "memoria.md"}
    vertices = io.read_exported(out / "plan.xlsx", "vertices", crs=32719)
    assert vertices["angle"].sum() == pytest.approx((len(vertices) - 2) * 180)
    memoria = (out / "memoria.md").read_text("utf-8")
    assert f"{vertices['distance'].sum():,.2f} m" in memoria
    assert "Esquemático" in memoria
    assert "Moquegua" in memoria
    lots = pd.read_excel(out / "plan.xlsx", sheet_name="Lotes", index_col=0)
    assert set(lots["Tipo"]) == {"Lote", "Remanente"}
    described = lots["description"].str.startswith("Por el frente: con la vía pública")
    assert described.mean() > 0.9  # no street of it has a name


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--to", "dwg", "--out", "x.dwg"), "can be dxf"),
        (("--to", "dxf", "--out", "x"), "writes a file .dxf"),
        (("--to", "csv", "--tables", "lotes", "--out", "x"), "has no table 'lotes'"),
        (("--to", "csv", "--lang", "fr", "--out", "x"), "es or en"),
    ],
)
def test_refusals_write_nothing(more, says, project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(project, *more)
    assert isinstance(done.exception, IloGisError)
    assert says in str(done.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", OUTS)
def test_names_that_somebody_typed_into_the_project_do_not_leave(kind, project, tmp_path):
    own = tmp_path / "own.gpkg"
    own.write_bytes(project.read_bytes())
    with contextlib.closing(sqlite3.connect(own)) as db, db:
        db.execute("ALTER TABLE lots ADD COLUMN titular TEXT DEFAULT 'Ana Canaria'")
    done = run(own, "--to", kind, "--out", tmp_path / OUTS[kind])
    assert "Canaria" not in done.output + str(done.exception)
    made = [file for file in tmp_path.rglob("*") if file.is_file() and file != own]
    assert not any(b"Canaria" in file.read_bytes() for file in made)
    assert done.exit_code == 0 or not made


def test_a_scenario_is_named_where_there_are_several(project, tmp_path):
    own = tmp_path / "own.gpkg"
    own.write_bytes(project.read_bytes())
    with io.open(own) as store:
        store.copy_scenario("base", "other")
        lots = store.read("lots", "other")
        store.write({"lots": lots.iloc[:7]}, "other")
    done = run(
        own, "--to", "csv", "--scenario", "other", "--tables", "lots", "--out", tmp_path / "c", "--json"
    )
    assert json.loads(done.stdout)["tables"] == {"lots": 7}
