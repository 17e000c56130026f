"""The pages about PROMUVI: what they show runs, and the papers' numbers are ours."""

import hashlib
import shlex
import subprocess
from datetime import date
from functools import cache
from math import ceil

import pytest
from test_docs import DOCS, parts, python
from typer.testing import CliRunner

from ilo_gis import io, norms, promuvi
from ilo_gis.cli import app

PAGES = [DOCS / "promuvi.md", DOCS / "promuvi.es.md"]
LAST_DAY = date(1996, 4, 30)  # of the simulated history
COMMANDS = parts(PAGES[0], "")[0].replace("\\\n", " ").strip().splitlines()
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_the_python_runs_and_says_what_the_pages_say(tmp_path):
    code = parts(PAGES[0], "python")
    assert parts(PAGES[1], "python") == code
    done = python("\n".join(code), tmp_path)
    assert done.returncode == 0, done.stderr
    for said in ("6000 lots, 8000 applications", "0 findings on events", "818 lots, 9 taps, bound 9 gap 0.0"):
        assert said in done.stdout
    for page in PAGES:
        for shown in parts(page, "output"):
            assert [line for line in shown.strip().splitlines() if line not in done.stdout] == []
    assert {"curve.png", "forecast.png", "stages.png"} <= {p.name for p in tmp_path.iterdir()}


def test_the_draw_can_be_repeated_without_our_software():
    (script,) = parts(PAGES[0], "sh")
    assert parts(PAGES[1], "sh") == [script]
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    ours = promuvi.tickets("0417263", ["P-0001", "P-0002", "P-0003"]).sort_values()
    assert done.stdout.splitlines() == [f"{ticket} {id_}" for id_, ticket in ours.items()]
    assert ours["P-0001"] == hashlib.sha256(b"0417263:P-0001").hexdigest()


def said_by(commands):
    """Run commands; return all that they say."""
    said = ""
    for line in commands:
        done = CliRunner().invoke(app, shlex.split(line)[1:], env={"COLUMNS": "200"})
        assert done.exit_code in (0, 1), f"{line}\n{done.output}"
        said += done.stdout
    return said


def test_the_commands_run_and_say_what_the_pages_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = said_by(line for line in COMMANDS if "promuvi" in line)
    for page in PAGES:
        for shown in parts(page, "text"):
            assert [line for line in shown.strip().splitlines() if line not in said] == []


@pytest.mark.slow
def test_the_commands_on_taps_latrines_and_pipes_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said_by(line for line in COMMANDS if "promuvi" not in line)
    assert len(list(tmp_path.glob("*.png"))) == 4


def test_both_pages_have_the_same_commands():
    assert parts(PAGES[1], "") == parts(PAGES[0], "")
    assert {line.split()[1] for line in COMMANDS} == {"promuvi", "taps", "latrines", "water", "sewer"}


@each_page
def test_links_lead_somewhere(page):
    text = page.read_text("utf-8")
    links = [link.split(")")[0] for link in text.split("](")[1:]]
    assert len(links) > 4
    assert [link for link in links if not (DOCS / link).exists()] == []


@each_page
def test_the_tables_are_those_of_the_library(page):
    told = [line.split("`")[1] for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    known = ["households", "applicants", "lot_events", "works"]
    assert told == [*known, "charges", "payments", "exchange_rates", "house_finance"]


@cache
def ours():
    """Return what the column "ours" of the table has to say, row by row."""
    pe, lots = norms.load("pe"), io.sample("lots").set_index("lot_id")
    taps = {n: f"{ceil(n / pe['promuvi.taps'].value['households_per_tap'])}" for n in (10_000, 6_000, 5_500)}
    persons = pe["promuvi.taps"].value["households_per_tap"] * pe["growth.persons_per_lot"].value
    events = io.sample("lot_events")
    days = promuvi.stays(events, LAST_DAY, lots)
    years = (days["titled"] - days["allotted"]).dropna().dt.days / 365.2425
    states = promuvi.state_on(events, LAST_DAY, lots)
    shares = promuvi.finance_shares(io.sample("house_finance"), states.index[states["stage"] != "free"]).drop(
        index="none"
    )
    told, designs = promuvi.finance_sources(), promuvi.winning_designs()
    money = [io.sample(name) for name in ("charges", "payments", "exchange_rates")]
    dearest = promuvi.accounts(*money, LAST_DAY, events=events)["charged"].max()
    shops = designs["corner"].sum()
    return [
        taps[10_000],
        taps[6_000],
        taps[5_500],
        f"{persons:.0f}",
        f"{len(lots):,} *",
        f"{10_000 / 7:,.0f}",
        f"{years.min():.1f} – {years.max():.1f} *",
        " · ".join(f"{n:,}" for n in shares["lots"]) + " *",
        " · ".join(f"{share:.1%}".rstrip("%") for share in shares["share"]),
        " · ".join(f"{base:,.0f}" for base in told["base"].dropna()),
        f"{told['base_min'].max():,.0f} – {told['base_max'].min():,.0f}",
        f"{told['lots'].sum():,}",
        f"{promuvi.fee_cap(LAST_DAY) / 100:.0f}; {dearest / 100:.0f}",
        f"{len(designs) - shops} + {shops}, {pe['promuvi.house_growth'].value['years']}",
    ]


@each_page
def test_the_papers_numbers_stand_beside_ours(page):
    lines = [line for line in page.read_text("utf-8").splitlines() if line.count(" | ") == 4]
    assert [line.strip("| ").split(" | ")[3] for line in lines][1:] == ours()


def test_ours_are_the_papers():
    assert ours()[:6] == ["100", "60", "55", "500", "6,000 *", "1,429"]
    assert ours()[7:9] == ["600 · 1,100 · 350 · 106 *", "14.7 · 27.0 · 8.6 · 2.6"]


@pytest.mark.parametrize("name", ["stages", "progress", "forecast", "map", "taps", "latrines", "sewer"])
def test_the_pictures_are_there_and_small(name):
    assert 10_000 < (DOCS / "images" / "promuvi" / f"{name}.png").stat().st_size < 500_000
