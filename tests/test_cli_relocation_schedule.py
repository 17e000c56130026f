"""The command `relocation schedule`, run as a user runs it."""

import json

import pandas as pd
import pytest
from test_cli import run

from ilo_gis import io

JUNE = ("relocation", "schedule", "--on", "1994-06-30")


def test_the_programme_of_the_sample_in_june_1994(tmp_path):
    late = io.sample("relocation_tasks")
    late.loc[late["task_id"] == "works_amphitheatre", "duration"] += 60
    late.to_csv(tmp_path / "late.csv", index=False)
    files = ("--gantt", "g.png", "--curve", "c.png", "--out", "s.gpkg")
    more = ("--delay", "agreement_imarpe=45", "--scenario", "late=late.csv")
    done = run(*JUNE, *files, *more, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["finish"] == "1998-10-09T00:00:00"
    assert said["critical_path"][0] == "agreement_imarpe"
    assert {row["task_id"]: row["days"] for row in said["delays"]["agreement_imarpe"]}["opening_3"] == 45
    assert [row["days"] for row in said["scenarios"]] == [0, 60]
    assert said["delay_effects"][0]["openings_moved"] == "opening_1 +30; opening_2 +30; opening_3 +30"
    assert [row["done"] for row in said["programme_curve"] if row["month"].startswith("1994-06")] == [5_400]
    assert said["programme_curve"][-1]["expected"] == 27_400
    for name in ("g.png", "c.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
    written = io.read_table(tmp_path / "s.gpkg", "task_times").set_index("task_id")
    assert written.loc["clearing_imarpe", "earliest_finish"] == pd.Timestamp("1994-09-30")
    again = run(*JUNE, *files, cwd=tmp_path)
    assert again.returncode == 2
    assert "g.png" in again.stderr


@pytest.mark.parametrize(("lang", "words"), [("es", "Ruta crítica"), ("en", "Critical path")])
def test_it_is_told_in_both_languages(tmp_path, lang, words):
    done = run(*JUNE, "--lang", lang, "--calendar", "working_days", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
    assert "agreement_imarpe" in done.stdout


def test_a_circle_of_tasks_is_named_and_wrong_words_are_refused(tmp_path):
    rows = [("a", "agreement", 3, "c"), ("b", "move", 3, "a"), ("c", "site", 3, "b"), ("d", "order", 9, "")]
    table = pd.DataFrame(rows, columns=["task_id", "kind", "duration", "depends"])
    table.to_csv(tmp_path / "tasks.csv", index=False)
    given = (*JUNE, "--tasks", "tasks.csv", "--start", "1994-01-01", "--lang", "en")
    done = run(*given, "--gantt", "g.png", "--curve", "c.png", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    for words in ("a → b → c → a", "No curve"):
        assert words in " ".join(done.stdout.split())
    assert (tmp_path / "g.png").exists()
    assert not (tmp_path / "c.png").exists()
    for wrong, told in (
        (("--delay", "d"), "agreement_police=30"),
        (("--delay", "e=3"), "'e'"),
        (("--out", "s.gpkg"), "--occupants"),
    ):
        refused = run(*given, *wrong, cwd=tmp_path)
        assert refused.returncode == 2
        assert told in refused.stderr
