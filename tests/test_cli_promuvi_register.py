"""`promuvi rank` and `promuvi allot`, run as a user runs them."""

import json
from hashlib import sha256
from types import SimpleNamespace

import pandas as pd
import pytest
from typer.testing import CliRunner

from ilo_gis import io, tables
from ilo_gis.cli import app
from ilo_gis.errors import IloGisError

DAY = "1996-03-31"
RANK = ("promuvi", "rank", "--on", DAY)
ALLOT = ("promuvi", "allot", "--date", DAY, "--seed", "tinka 1-7-12")


def run(*words, cwd):
    """Run a command in a folder; return what it said, and the exit code that `main` gives."""
    with pytest.MonkeyPatch.context() as there:
        there.chdir(cwd)
        done = CliRunner().invoke(app, [*map(str, words)], env={"COLUMNS": "200"})
    refused = isinstance(done.exception, IloGisError)
    assert refused or done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    code = 2 if refused else done.exit_code
    return SimpleNamespace(stdout=done.stdout, stderr=str(done.exception), returncode=code)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project with 60 lots and the first 80 applications of the sample, and no events."""
    path = tmp_path_factory.mktemp("promuvi") / "promuvi.gpkg"
    lots, asked, homes = (
        tables.complete(io.sample(name), name) for name in ("lots", "applicants", "households")
    )
    asked = asked.iloc[:80].assign(preferences=";".join(lots.index[2:5]))
    content = {"lots": lots.iloc[:60], "applicants": asked, "lot_events": tables.empty("lot_events")}
    content["households"] = homes.loc[asked["household_id"].unique()]
    return io.write_tables({k: v.drop(columns="note", errors="ignore") for k, v in content.items()}, path)


def test_rank_writes_a_list_that_anyone_can_check(project, tmp_path):
    words = ("--project", project, "--seed", "s", "--out", "r.gpkg", "--record", "r.json")
    done = run(*RANK, *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for text in ("Postulantes al 1996-03-31", "aptos", "no aptos", "Orden de mérito", "ilustrativos"):
        assert text in done.stdout
    record = json.loads((tmp_path / "r.json").read_text("utf-8"))
    ranking = io.read_table(tmp_path / "r.gpkg", "ranking")
    parts = io.read_table(tmp_path / "r.gpkg", "score_parts")
    told = io.read_table(tmp_path / "r.gpkg", "eligibility")
    assert record["ranked"] == len(ranking) == (told["status"] == "eligible").sum() > 20
    sums = parts.groupby("applicant_id")["points"].sum().round(3)
    assert sums[ranking["applicant_id"]].tolist() == ranking["score"].tolist()
    again = run(*RANK, *words, cwd=tmp_path)
    assert again.returncode == 2
    assert "r.gpkg exists" in again.stderr
    said = json.loads(run(*RANK, "--project", project, "--seed", "s", "--json", cwd=tmp_path).stdout)
    assert said["record"] == record
    assert sum(said["status"].values()) == 80
    english = run(*RANK, "--project", project, "--lang", "en", cwd=tmp_path).stdout
    assert "Applicants on 1996-03-31" in english


def test_a_draw_and_its_record(project, tmp_path):
    words = ("--project", project, "--reserve", "corner=true", "--evidence", "Acta 12-1996")
    done = run(*ALLOT, *words, "--out", "a.gpkg", "--record", "a.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Asignación de lotes del 1996-03-31" in done.stdout
    made = io.read_table(tmp_path / "a.gpkg", "allotments")
    lots = tables.conform(io.read_layer(tmp_path / "a.gpkg", "lots"), "lots")
    free = lots.index[~lots["corner"].astype(bool)]
    drawn = sorted(free, key=lambda lot: sha256(f"tinka 1-7-12:{lot}".encode()).hexdigest())
    assert made["lot_id"].tolist() == drawn[: len(made)]
    events = io.read_table(tmp_path / "a.gpkg", "lot_events")
    assert set(events["evidence"]) == {"Acta 12-1996"}
    verify = ("promuvi", "allot", "--project", project, "--verify", "a.json")
    same = run(*verify, cwd=tmp_path)
    assert (same.returncode, same.stdout.strip()) == (0, "Sale la misma lista.")
    record = json.loads((tmp_path / "a.json").read_text("utf-8"))
    record["allotted"][2][1] = "P-9999"
    (tmp_path / "a.json").write_text(json.dumps(record), "utf-8")
    other = run(*verify, cwd=tmp_path)
    assert other.returncode == 1
    assert "desde el turno 3" in other.stdout
    assert "P-9999" in other.stdout


def test_lots_that_have_a_holder_are_locked(project, tmp_path):
    taken = ("--project", project, "--way", "preference", "--json")
    first = json.loads(run(*ALLOT, *taken, cwd=tmp_path).stdout)
    winner = first["allotments"][0]
    table = pd.DataFrame([winner])[["lot_id", "household_id"]].assign(kind="allotted", date="1996-01-05")
    table.assign(event_id="E-1").set_index("event_id").to_csv(tmp_path / "events.csv")
    said = json.loads(run(*ALLOT, *taken, "--lot-events", "events.csv", cwd=tmp_path).stdout)
    assert said["counts"]["taken"] == 1
    assert winner["lot_id"] not in {row["lot_id"] for row in said["allotments"]}
    assert winner["household_id"] not in {row["household_id"] for row in said["allotments"]}


def test_what_is_refused_writes_nothing(project, tmp_path):
    asked = io.read_table(project, "applicants")
    files = ("--out", "x.gpkg", "--record", "x.json", "--project", project)
    cases = {
        "P-0003": asked.assign(applied_on=asked["applied_on"].where(asked["applicant_id"] != "P-0003")),
        "P-0005": asked.assign(
            household_id=asked["household_id"].mask(asked["applicant_id"] == "P-0005", "H?")
        ),
        "P-0007": asked.assign(
            applied_on=asked["applied_on"].mask(asked["applicant_id"] == "P-0007", pd.Timestamp("2030-01-01"))
        ),
    }
    for id_, table in cases.items():
        table.to_csv(tmp_path / "asked.csv", index=False)
        done = run(*RANK, *files, "--applicants", "asked.csv", cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        assert id_ in done.stdout
    assert run(*ALLOT, *files, "--applicants", "asked.csv", cwd=tmp_path).returncode == 1
    for words, said in {
        ("--way", "luck"): "way is 'luck'",
        ("--reserve", "corner"): "corner=true",
        ("--verify", "none.json"): "none.json cannot be read",
        ("--ranking", "none.csv"): "no file none.csv",
    }.items():
        done = run(*ALLOT, *files, *words, cwd=tmp_path)
        assert done.returncode == 2
        assert said in done.stderr
    done = run("promuvi", "allot", *files, cwd=tmp_path)
    assert done.returncode == 2
    assert "--seed" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["asked.csv"]


def test_a_spanish_sheet_is_read_by_its_headings(project, tmp_path):
    asked = tables.complete(io.read_table(project, "applicants"), "applicants")
    spanish = tables.describe("applicants")["alias_es"]
    asked.reset_index().rename(columns=spanish).to_csv(tmp_path / "padron.csv", index=False, sep=";")
    english = json.loads(run(*RANK, "--json", "--project", project, cwd=tmp_path).stdout)
    said = json.loads(
        run(*RANK, "--json", "--project", project, "--applicants", "padron.csv", cwd=tmp_path).stdout
    )
    assert said["record"]["list"] == english["record"]["list"]


def test_lots_given_join_the_register_and_the_project(project, tmp_path):
    out = ("--project", project, "--out", "given.gpkg")
    first = run(*ALLOT, *out, "--reserve", "corner=true", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    given = io.read_table(tmp_path / "given.gpkg", "lot_events")
    assert len(io.read_table(tmp_path / "given.gpkg", "households")) > 20  # the project goes on
    again = ("promuvi", "allot", "--project", "given.gpkg", "--seed", "s", "--json", "--out", "x.gpkg")
    later = run(*again, "--date", "1996-05-31", cwd=tmp_path)
    longer = io.read_table(tmp_path / "x.gpkg", "lot_events")
    assert len(longer) == len(given) + len(json.loads(later.stdout)["allotments"]) > len(given) > 0
    assert longer["event_id"].is_unique
    (tmp_path / "x.gpkg").unlink()
    earlier = run(*again, "--date", "1996-03-01", "--record", "x.json", cwd=tmp_path)
    assert earlier.returncode == 1  # on that day the lots were free, but they are taken since
    assert {row["rule"] for row in json.loads(earlier.stdout)["findings"]} == {"events.date_back"}
    assert not (tmp_path / "x.gpkg").exists()
    assert not (tmp_path / "x.json").exists()
