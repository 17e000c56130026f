"""Names, documents and phones stay in their own file: canaries that must turn up nowhere else."""

import logging
import os
import sqlite3
import traceback
from contextlib import closing
from itertools import product

import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io, plotting, promuvi, tables
from ilo_gis.cli import app
from ilo_gis.cli.promuvi import promuvi as promuvi_commands
from ilo_gis.cli.shared import plain_rows, print_json
from ilo_gis.errors import IloGisError, PrivacyError, ReadError, SchemaError, WriteError

CANARIES = ("Canaria", "77665544", "953000111", "1971-02-03", "03/02/1971")
DAY = "1996-03-31"


def people(households):
    told = {"household_id": list(households), "name": "Ana Canaria Quispe", "document": "77665544"}
    index = pd.Index([f"N{n}" for n in range(len(households))], name="person_id")
    return pd.DataFrame(told, index).assign(birth=pd.Timestamp("1971-02-03"), phone="953000111")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a project of 30 lots and applicants, and the private file beside it."""
    sample = {
        name: tables.complete(io.sample(name), name).drop(columns="note")
        for name in ("lots", "applicants", "households")
    }
    asked = sample["applicants"].iloc[:30].assign(preferences=None)
    homes = sample["households"].loc[asked["household_id"].unique()]
    content = {"lots": sample["lots"].iloc[:30], "applicants": asked, "households": homes}
    io.write_tables(content | {"lot_events": tables.empty("lot_events")}, tmp_path / "project.gpkg")
    io.write_people(people(homes.index), tmp_path / "people.csv")
    return tmp_path


def leaks(text):
    return [one for one in CANARIES if one in text]


def leaks_in_files(folder, private="people.csv"):
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != private]
    return {file.name: found for file in files if (found := leaks(file.read_bytes().decode("latin-1")))}


def ran(words, caplog):
    """Run a command; return all that it said, logged or raised, with the traceback."""
    caplog.clear()
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
    raised = "".join(traceback.format_exception(*done.exc_info)) if done.exc_info else ""
    return done.exit_code, done.output + caplog.text + raised


def test_no_command_carries_people_out_of_their_file(folder, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(folder)
    project, made = ("--project", "project.gpkg"), folder / "made"
    made.mkdir()
    commands = [
        ("rank", "--on", DAY, "--out", made / "r.gpkg", "--record", made / "r.json"),
        ("rank", "--on", DAY, "--people", "people.csv", "--json"),
        ("rank", "--on", DAY, "--people", "people.csv", "--out", made / "p.gpkg"),
        ("allot", "--date", DAY, "--seed", "s", "--out", made / "a.gpkg", "--record", made / "a.json"),
        ("allot", "--date", DAY, "--seed", "s", "--groups", "--json"),
        ("allot", "--verify", made / "a.json"),
    ]
    for command in commands:
        code, said = ran(("promuvi", *command, *project), caplog)
        assert code == 0, said
        assert not leaks(said)
    assert "El mismo documento" in ran(("promuvi", *commands[2][:-2], *project), caplog)[1]
    assert len(io.read_table(made / "p.gpkg", "near_duplicates")) > 100
    assert len(list(made.iterdir())) == 5
    assert leaks_in_files(folder) == {}
    assert leaks((folder / "people.csv").read_text("utf-8"))  # the canaries are there to be found


NEEDS = {"allot": ("--date", DAY, "--seed", "s")}  # of commands that take more, or other, than a day


def test_no_command_tells_what_somebody_joined_to_a_table(folder, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(folder)
    known = people([f"H{n}" for n in range(30)]).drop(columns="household_id")
    with closing(sqlite3.connect(folder / "project.gpkg")) as db, db:  # as somebody would in QGIS
        for name, (column, value) in product(("lots", "households"), known.iloc[0].items()):
            db.execute(f"""ALTER TABLE "{name}" ADD COLUMN "{column}" TEXT DEFAULT '{value}'""")
    here = sorted(folder.iterdir())
    commands = [one.name or one.callback.__name__ for one in promuvi_commands.registered_commands]
    assert {"rank", "allot"} <= set(commands)
    for name in commands:
        words = NEEDS.get(name, ("--on", DAY))
        for more in (("--json",), ("--out", "x.gpkg")):
            code, said = ran(("promuvi", name, *words, "--project", "project.gpkg", *more), caplog)
            assert not leaks(said), name
            if name in ("rank", "allot"):
                assert code != 0
                assert "PrivacyError" in said
                assert sorted(folder.iterdir()) == here
    assert set(leaks_in_files(folder)) == {"project.gpkg"}


@pytest.mark.parametrize("option", ["--households", "--applicants", "--lot-events", "--before"])
def test_the_private_file_in_place_of_a_table_is_refused_without_a_value(folder, caplog, monkeypatch, option):
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(folder)
    given = ("--project", "project.gpkg", option, "people.csv", "--out", "x.gpkg")
    code, said = ran(("promuvi", "rank", "--on", DAY, *given), caplog)
    assert code != 0
    assert not leaks(said)
    assert not (folder / "x.gpkg").exists()


def test_a_layer_that_somebody_joined_with_names_is_refused_by_its_columns(folder, tmp_path):
    lots = tables.conform(io.read_layer(folder / "project.gpkg", "lots"), "lots")
    known = people([f"H{n}" for n in range(30)]).set_axis(lots.index)
    joined = lots.join(known)
    plan = {name: tables.empty(name, lots.crs) for name in tables.Plan.__annotations__} | {"lots": joined}
    out = tmp_path / "out.gpkg"
    ways = {
        "write_tables": lambda: io.write_tables({"lots": joined}, out),
        "names alone": lambda: io.write_tables({"lots": lots.assign(nombre=known["name"])}, out),
        "people": lambda: io.write_tables({"lots": lots, "people": known.rename_axis("person_id")}, out),
        "write_project": lambda: io.write_project(tables.Plan(**plan), out),
        "write_parquet": lambda: io.write_parquet(joined, tmp_path / "out.parquet"),
        "plan_map": lambda: plotting.plan_map(tables.Plan(**plan), tmp_path / "out.png"),
        "rows": lambda: plain_rows(joined),
        "json": lambda: print_json({"lots": [{"lot_id": "A", "household_id": "H1", "name": "Ana Canaria"}]}),
    }
    for way, work in ways.items():
        with pytest.raises(PrivacyError) as refused:
            work()
        said = "".join(traceback.format_exception(refused.value))
        assert not leaks(str(refused.value)), way
        assert not leaks(said.split("PrivacyError")[-1]), way
        assert "name" in str(refused.value) or "nombre" in str(refused.value), way
    assert leaks_in_files(tmp_path) == {}
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Canaria,77665544,953000111\n",
        "person_id,household_id,name,document,birth\nN1,H1,Ana Canaria,77665544,1971-02-03x\n",
        "person_id,household_id,name\nN1,H1,Ana Canaria\nN1,H1,Ana Canaria,77665544,953000111,extra\n",
        "person_id,household_id,name\n77665544,H1,Ana Canaria\n77665544,H1,Ana Canaria\n",
        'person_id,household_id,name\n"N1,H1,Ana Canaria\n',
    ],
)
def test_a_bad_private_file_is_refused_without_a_value(tmp_path, caplog, text):
    file = tmp_path / "people.csv"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(IloGisError) as refused:
        io.read_people(file)
    assert not leaks("".join(traceback.format_exception(refused.value)) + caplog.text)
    with pytest.raises(SchemaError) as refused:
        tables.conform(people(["H1"]).assign(birth="Canaria 03/02/1971"), "people")
    assert not leaks(str(refused.value))


def test_the_private_file_is_closed_to_others_and_no_project(tmp_path):
    file = tmp_path / "people.csv"
    table = people(["H1", "H2"])
    io.write_people(table, file)
    pd.testing.assert_frame_equal(io.read_people(file), tables.conform(table, "people"))
    with pytest.raises(WriteError, match="exists"):
        io.write_people(table, file)
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        file.chmod(0o644)
        with pytest.raises(ReadError, match="chmod 600"):
            io.read_people(file)
        io.write_people(table.iloc[:1], file, overwrite=True)
        assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WriteError, match="CSV file of their own"):
        io.write_people(table, tmp_path / "project.gpkg")
    assert [one.name for one in tmp_path.iterdir()] == ["people.csv"]


def test_names_of_streets_and_of_columns_without_people_may_stay():
    assert tables.private_columns(["street_id", "name", "width"]) == []
    assert tables.private_columns(["name", "kind"], "occupants") == []
    assert tables.private_columns(["lot_id", "household_id", "name_right", "DNI"]) == ["name_right", "DNI"]


def test_reasons_of_eligibility_name_no_people():
    known = {name: tables.complete(io.sample(name), name).iloc[:50] for name in ("applicants", "households")}
    made = promuvi.eligibility(**known, on=pd.Timestamp(DAY))
    tables.require_no_private(made, "eligibility")
