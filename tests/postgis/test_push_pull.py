"""Two planners with a file each, and a server."""

import contextlib
import runpy
import sqlite3
from pathlib import Path

from typer.testing import CliRunner

from ilo_gis import io
from ilo_gis.cli import app
from ilo_gis.io.gpkg import SPATIAL

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


def in_qgis(path, statement):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        for name, read in SPATIAL.items():
            db.create_function(name, 1, read)
        db.execute(statement)


def lots(address):
    with io.open(address) as store:
        assert store.check() == []
        return store.read("lots")


def test_two_planners_and_a_server(database, tmp_path):
    ana, luis, csv = (tmp_path / name for name in ("ana.gpkg", "luis.gpkg", "conflicts.csv"))
    io.write_project(fake_plan(2, 1, lots=3), ana)
    io.push(ana, database, create=True, who="ana")
    io.pull(database, luis, who="luis")
    in_qgis(ana, "UPDATE lots SET area = 1 WHERE lot_id IN ('A-1', 'A-2')")
    in_qgis(luis, "DELETE FROM lots WHERE lot_id = 'A-1'")
    in_qgis(luis, "UPDATE lots SET area = 3 WHERE lot_id = 'A-3'")
    assert io.push(luis, database, who="luis").other == {"lots": 2}
    before = ana.read_bytes()
    secret = database.replace("postgres@", "postgres:secret@")
    told = CliRunner().invoke(app, ["push", str(ana), secret, "--conflicts", str(csv)])
    assert (told.exit_code, "secret" in told.output) == (1, False), told.output
    assert "Borrado y" in told.output
    assert ana.read_bytes() == before
    csv.write_text(csv.read_text("utf-8-sig").replace("area = 1.0,,", "area = 1.0,,mine"), "utf-8")
    told = CliRunner().invoke(app, ["push", str(ana), secret, "--decisions", str(csv)])
    assert (told.exit_code, "secret" in told.output) == (0, False), told.output
    for address in (ana, database):
        assert lots(address).loc[["A-1", "A-2", "A-3"], "area"].tolist() == [1.0, 1.0, 3.0]
    assert io.pull(database, luis).file == {"lots": 2}
