"""The pages about zoning: what they show runs, and the papers' numbers stand beside ours."""

import shlex
from datetime import date
from functools import cache

import pytest
from test_cli import run
from test_docs import DOCS, parts, python

from ilo_gis import io, norms, site, zoning
from ilo_gis.subdivision import LotRule, blocks_from_streets, cut_lots
from ilo_gis.workflows import lots_from_streets

PAGES = [DOCS / "zoning.md", DOCS / "zoning.es.md"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_the_python_runs_and_is_the_same_in_both_pages(tmp_path):
    code = parts(PAGES[0], "python")
    assert parts(PAGES[1], "python") == code
    done = python("\n".join(code), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "held.industry" in done.stdout
    assert {"constraints.png", "zones.png"} <= {p.name for p in tmp_path.iterdir()}


def test_the_commands_run(tmp_path):
    streets = io.sample("pampa_streets")
    streets = streets[(streets["extension_area"] == "1") & (streets["flaw"] == "")]
    plan = lots_from_streets(streets, LotRule(min_area=160.0, min_frontage=8.0), width="width")
    io.write_project(plan, tmp_path / "plan.gpkg")
    (commands,) = parts(PAGES[0], "")
    assert parts(PAGES[1], "") == [commands]
    for line in commands.replace("\\\n", " ").strip().splitlines():
        done = run(*shlex.split(line)[1:], cwd=tmp_path)
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr


@each_page
def test_links_lead_somewhere(page):
    text = page.read_text("utf-8")
    links = [link.split(")")[0] for link in text.split("](")[1:]]
    assert len(links) > 6
    assert [link for link in links if not (DOCS / link).exists()] == []


def industry_share():
    """Return the share of the buildable fringe that industry holds, %, as the pages reckon it."""
    sources = [
        site.Source("shore", io.sample("coast"), ends=io.sample("cliffs")),
        *[
            site.Source(kind, io.sample(layer))
            for kind, layer in (
                ("railway", "railway"),
                ("ravine", "ravines"),
                ("river", "river"),
                ("power_line", "power_lines"),
                ("airport", "airport"),
                ("monument", "monuments"),
            )
        ],
    ]
    fringe = io.sample("fringe")
    taken, _ = site.constraints(sources, norms.load("pe"), site=fringe)
    land, _ = site.buildable(fringe, taken)
    return site.held_share(land, io.sample("holdings")).at["held.industry", "value"]


def pampa_room():
    """Return the inhabitants that the plan of 2018 has room for on the Pampa: by lots, and by density."""
    zones = zoning.zones_on(io.sample("zones").set_index("zone_id"), date(2020, 1, 1))
    pampa = io.sample("pampa").assign(within="Pampa")
    of_pampa = zoning.zones_by_area(zones, pampa, "within").dropna(subset="within")
    room = zoning.capacity(of_pampa, dwellings_per_lot=1, persons_per_dwelling=5, net_share=0.6)
    return int(room["persons"].sum()), int(room["persons_by_density"].sum())


def promuvi():
    """Return the share of PROMUVI and that of the largest block of area 1, within which it is exact, %."""
    streets = io.sample("pampa_streets")
    streets = streets[(streets["extension_area"] == "1") & (streets["flaw"] == "")]
    blocks = blocks_from_streets(streets, site=io.sample("extension_areas").head(1))
    lots = cut_lots(blocks, LotRule(min_area=160.0, min_frontage=8.0))
    groups = zoning.usual_groups()
    shared = zoning.share_land(blocks, groups, lots=lots, services=io.sample("collectors"))
    figures = zoning.share_figures(shared, groups)
    assert figures["exact"].all()
    return 100 * figures.at["PROMUVI", "share"], 100 * figures["largest_block"].max() / figures["given"].sum()


@cache
def ours():
    """Return what the column "ours" of the tables has to say, row by row."""
    fringe, coast = io.sample("fringe").geometry[0], io.sample("coast").geometry[0]
    shore = fringe.exterior.intersection(coast.buffer(0.05)).length
    by_lots, by_density = pampa_room()
    pampa = io.sample("pampa").area.sum() / 1e4
    zones, areas = io.sample("zones"), io.sample("extension_areas")
    expansion = zones[(zones["plan"] == "Plan INADUR 1983") & (zones["code"] == "EX")].area.sum() / 1e4
    lots = zoning.level_demand(10_000 / 7, range(1990, 1997))["lots"]
    order = zoning.phase(areas.assign(lots=1250), lots, zoning.PhasingTerms(cost_per_lot=60.0))
    due, block = promuvi()
    rates = zoning.growth_rates(zoning.population())["rate"].mul(100).round(1)
    free = io.sample("holdings").set_index("holder_name").area["Zona franca de Bolivia, 120 ha"] / 1e4
    corridor = io.sample("railway_corridor").area.sum() / io.sample("railway").length.sum()
    needed = zoning.facilities_needed(60_000, norms.load("pe"))["needed"].dropna().astype(int)
    return [
        f"{industry_share():.1f} %",
        f"{fringe.area / shore / 1000:.2f} km",
        f"{by_density:,} / {by_lots:,}",
        f"{60_000 / pampa:.0f} / {60_000 / expansion:.0f}",
        f"{lots.sum():,} = {lots.min():,}–{lots.max():,} × 7",
        f"{len(areas)}, {order.schedule['opened'].notna().sum()}, {order.balance['shortage'].sum()}",
        f"{due:.0f} % ± {block:.1f} %",
        " · ".join(f"{rate:.1f}" for rate in rates),
        f"{free:.1f} ha",
        f"{corridor:.1f} m",
        " · ".join(f"{needed[name]}" for name in list(needed.index)[:5]),
    ]


@each_page
def test_the_papers_numbers_stand_beside_ours(page):
    lines = [line for line in page.read_text("utf-8").splitlines() if line.count(" | ") == 4]
    told = [line.strip("| ").split(" | ")[3] for line in lines]
    assert told[1:] == ours()


def test_ours_are_the_papers():
    share, width, room, density, *_ = ours()
    assert abs(float(share.split()[0]) - 70) < 1
    assert abs(float(width.split()[0]) - 2.0) < 0.1
    assert all(int(count.replace(",", "")) > 60_000 for count in room.split(" / "))
    assert [100 <= int(value) <= 150 for value in density.split(" / ")] == [True, True]
