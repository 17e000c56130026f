"""`promuvi advance`, `status` and `why-not`, run as a user runs them."""

import json
from hashlib import sha256

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from pandas.testing import assert_frame_equal
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
        (("--event", "titled", "--lots", "L-1", "--date", "1990-03-01"), "debe estar adjudicado"),
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


def test_advance_carries_every_table_and_layer_of_the_project_on(project, tmp_path):
    rich, out = tmp_path / "rich.gpkg", tmp_path / "next.gpkg"
    told = {"lot_id": "L-1", "household_id": "h", "step": "occupation", "date": "1990-01-20"}
    money = pd.DataFrame(told | {"amount": 2200, "currency": "PEN"}, pd.Index(["a"], name="charge_id"))
    rates = pd.DataFrame({"currency": "PEN", "date": "1990-01-01", "per_usd": 2.2}, ["r"])
    content = {"charges": money, "payments": money.rename_axis("payment_id")}
    content |= {"exchange_rates": rates.rename_axis("rate_id"), "zones": tables.empty("zones", 32719)}
    content = {name: tables.complete(table, name) for name, table in content.items()}
    io.write_tables(content, rich, info={"schematic": "yes"}, onto=project)
    points = gpd.GeoDataFrame({"kind": ["well"]}, geometry=[shapely.Point(-71.3, -17.6)], crs=4326)
    points.to_file(rich, layer="my wells")  # no table of ilo_gis, and in degrees
    words = ("--event", "occupied", "--lots", "L-1", "--evidence", "Acta 2", "--date", "1990-03-01")
    assert run("advance", *words, "--project", rich, "--out", out)[0] == 0
    assert sorted(pyogrio.list_layers(out)[:, 0]) == sorted(pyogrio.list_layers(rich)[:, 0])
    for name in pyogrio.list_layers(rich)[:, 0]:
        before, after = (pyogrio.read_dataframe(path, layer=name) for path in (rich, out))
        if name == "lot_events":
            assert len(after) == len(before) + 1
            after = after.iloc[: len(before)]
        if name == "history":
            assert (len(after) == len(before) + 1, after["table"].iloc[-1]) == (True, "lot_events")
            after = after.iloc[: len(before)]
        if name not in ("project", "layer_styles"):
            assert_frame_equal(after, before)
    assert io.project_info(out)["schematic"] == "yes"
    assert run("advance", *words, "--project", out, "--out", out, "--overwrite")[0] == 1  # occupied already


def test_fees_are_held_where_some_are_charged_and_the_commands_say_where_not(project, tmp_path):
    words = ("advance", "--event", "occupied", "--lots", "L-1", "--evidence", "Acta 2", "--date")
    no, none = "no se exige que estén pagados", "none has to be paid"
    for told, text in (
        ((*words, "1990-03-01", "--lang", "en"), none),
        (("status", "--on", "1990-03-01"), no),
        (("why-not", "L-1", "--on", "1990-03-01"), no),
    ):
        assert text in run(*told, "--project", project)[1]
    late = {"lot_id": "L-1", "household_id": "h", "step": "occupation", "date": pd.Timestamp("1991-01-01")}
    late = pd.DataFrame(late | {"amount": 1000, "currency": "USD"}, pd.Index(["a"], name="charge_id"))
    rich = io.write_tables(
        {"charges": late}, tmp_path / "rich.gpkg", onto=project
    )  # due, and not yet charged
    out = tmp_path / "next.gpkg"
    code, said = run(*words, "1990-03-01", "--project", rich, "--out", out, "--lang", "en")
    assert (code, out.exists()) == (1, False)
    assert "Fee of the authorisation to occupy paid" in said
    assert none not in said


def test_an_unpaid_fee_of_the_sample_is_all_that_keeps_a_lot_from_its_title():
    code, said = run("why-not", "AN-5", "--on", "1996-03-31", "--json")
    missing = json.loads(said)["missing"]
    assert (code, [(row["condition"], row["required"]) for row in missing]) == (0, [("title_fee", "title")])
    assert "section III.d" in missing[0]["source"]


def test_why_not_lists_what_is_missing_in_spanish_and_english(project):
    words = ("why-not", "L-1", "--on", "1990-03-01", "--stage", "adjudicated", "--project", project)
    code, said = run(*words)
    assert code == 0
    for text in ("Antes debe llegar a: Ocupado", "Nivelación de vías", "section II.c"):
        assert text in said
    assert "It has to be occupied first" in run(*words, "--lang", "en")[1]
    assert "Nada falta" in run("why-not", "L-1", "--on", "1990-03-01", "--project", project)[1]
    assert run("why-not", "L-8", "--on", "1990-03-01", "--project", project)[0] == 2


def test_events_of_the_past_are_held_to_what_was_recorded_since(project):
    allot = ("advance", "--event", "allotted", "--lots", "L-1", "--household", "i", "--project", project)
    code, said = run(*allot, "--date", "1990-01-05")  # L-1 is taken five days later
    assert code == 1
    assert "retrocede" in said
    code, said = run(*allot, "--date", "1990-01-05", "--today", "1990-01-06")
    assert code == 2
    assert "recorded up to 1990-01-10" in said


def test_a_household_that_the_project_does_not_know_gets_no_lot(project, tmp_path):
    homes = pd.DataFrame({"members": [4, 3, 5]}, pd.Index(["h", "g", "i-10"], name="household_id"))
    path = tmp_path / "homes.gpkg"
    io.write_tables({"households": tables.complete(homes, "households")}, path, onto=project)
    allot = ("advance", "--event", "allotted", "--lots", "L-3", "--date", "1990-02-01", "--project", path)
    code, said = run(*allot, "--household", "i-1O")
    assert code == 2
    assert "no household i-1O (did you mean i-10?)" in said
    assert run(*allot, "--household", "i-10")[0] == 0
