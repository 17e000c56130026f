"""Fees on the command line: guards hold events to them, and faults of payments are told by their id."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io, promuvi, tables
from ilo_gis.cli import app

DAY = "1990-03-01"


def run(*words):
    done = CliRunner().invoke(app, ["promuvi", *map(str, words)], env={"COLUMNS": "200"})
    return done.exit_code, done.stdout


def project(folder, *paid):
    """Write a project of one lot that is allotted and serviced, with payments of (step, day, cents)."""
    lots = tables.complete(io.sample("lots"), "lots").iloc[:1].drop(columns="note")
    lots = lots.assign(block_id="L").set_axis(pd.Index(["L-1"], name="lot_id"))
    told = {"lot_id": "L-1", "household_id": "h", "kind": "allotted", "evidence": "Acta 1"}
    events = pd.DataFrame(told | {"date": pd.Timestamp("1990-01-10")}, pd.Index(["E-1"], name="event_id"))
    names = ["clearing", "survey", "layout", "tap", "latrine"]
    works = pd.DataFrame({"service": names, "scope": "lot", "target_id": "L-1", "done": "1990-02-01"})
    rows = pd.DataFrame(paid, columns=["step", "date", "amount"])
    rows = rows.assign(lot_id="L-1", household_id="h", currency="USD")
    rows.index = pd.Index([f"P-{number}" for number in range(1, len(rows) + 1)], name="payment_id")
    content = {
        "lots": lots,
        "lot_events": tables.complete(events, "lot_events"),
        "works": tables.complete(works.rename_axis("work_id"), "works"),
        "charges": promuvi.charges_for(events),
        "payments": tables.complete(rows, "payments"),
    }
    return io.write_tables(content, folder / "promuvi.gpkg")


OCCUPY = ("advance", "--event", "occupied", "--lots", "L-1", "--date", DAY, "--evidence", "Acta 2")


def test_who_has_not_paid_the_authorisation_cannot_occupy(tmp_path):
    file = project(tmp_path, ("processing", "1990-01-20", 500))
    out = tmp_path / "next.gpkg"
    code, said = run(*OCCUPY, "--project", file, "--out", out)
    assert (code, out.exists()) == (1, False)
    assert "autorización de ocupación" in said
    code, said = run("why-not", "L-1", "--on", DAY, "--project", file, "--json")
    assert [row["condition"] for row in json.loads(said)["missing"]] == ["occupation_fee"]


def test_who_has_paid_it_can_and_status_tells_the_money(tmp_path):
    file = project(tmp_path, ("occupation", "1990-01-20", 1000))
    out = tmp_path / "next.gpkg"
    assert run(*OCCUPY, "--project", file, "--out", out)[0] == 0
    code, said = run("status", "--on", DAY, "--project", out, "--json")
    assert (code, json.loads(said)["fees"]) == (0, {"charged": 1500, "paid": 1000, "due": 500})


@pytest.mark.parametrize(
    ("payment", "rule"),
    [
        (("occupation", "1990-01-20", -1000), "fees.amount"),
        (("occupation", "1990-01-20", 1001), "fees.overpaid"),
    ],
)
def test_a_fault_of_a_payment_is_an_error_of_status(tmp_path, payment, rule):
    code, said = run("status", "--on", DAY, "--project", project(tmp_path, payment), "--json")
    assert code == 1
    assert rule in [row["rule"] for row in json.loads(said)["findings"]]


def test_a_lot_with_a_negative_payment_does_not_advance(tmp_path):
    paid = [("processing", "1990-01-20", 500), ("occupation", "1990-02-01", 1000)]
    file = project(tmp_path, *paid, ("adjudication", "1990-02-02", -500))
    out = tmp_path / "next.gpkg"
    code, said = run(*OCCUPY, "--project", file, "--out", out, "--json")
    assert code == 1
    assert [(row["feature"], row["rule"]) for row in json.loads(said)["findings"]] == [("P-3", "fees.amount")]
    assert not out.exists()
