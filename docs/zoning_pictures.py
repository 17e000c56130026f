"""Draw the pictures of docs/zoning.md: `python docs/zoning_pictures.py`. A few seconds."""

from __future__ import annotations

from datetime import date

from planning_pictures import IMAGES, save

from ilo_gis import io, norms, plotting, site, zoning
from ilo_gis.subdivision import LotRule, blocks_from_streets, cut_lots

FOLDER = IMAGES / "zoning"
NOTE = "Esquemático, no es levantamiento / Schematic, no survey"
YEARS = range(1990, 1997)
DAYS = {"plan_1983": date(1985, 1, 1), "plan_1988": date(1995, 1, 1), "zones": date(2020, 1, 1)}


def draw_plans() -> None:
    """Draw the plan in force on three days."""
    zones, areas = io.sample("zones").set_index("zone_id"), io.sample("plan_areas")
    for name, day in DAYS.items():
        held = zoning.zones_on(zones, day)
        (plan,) = held["plan"].unique()
        figure = plotting.zoning_map(held, boundary=areas[areas["plan"] == plan], title=plan, note=NOTE)
        save(figure, FOLDER / f"{name}.png")


def draw_constraints() -> None:
    """Draw what the fringe may be built on."""
    fringe = io.sample("fringe")
    layers = {"railway": "railway", "ravine": "ravines", "river": "river", "power_line": "power_lines"}
    layers |= {"airport": "airport", "monument": "monuments"}
    sources = [site.Source("shore", io.sample("coast"), ends=io.sample("cliffs"))]
    sources += [site.Source(kind, io.sample(layer)) for kind, layer in layers.items()]
    taken, _ = site.constraints(sources, norms.load("pe"), site=fringe)
    figure = plotting.constraints_map(fringe, taken, *site.buildable(fringe, taken), note=NOTE)
    save(figure, FOLDER / "constraints.png")


def draw_growth() -> None:
    """Draw which extension area opens when, and which block of the first one goes to whom."""
    areas = io.sample("extension_areas").set_index("number").assign(lots=1250)
    terms = zoning.PhasingTerms(cost_per_lot=60.0, cost_per_m=100.0)
    order = zoning.phase(areas, zoning.level_demand(10_000 / 7, YEARS), terms, services=io.sample("city"))
    title = "Diez mil lotes en siete años"
    save(plotting.phases_map(order.schedule, order.balance, title=title, note=NOTE), FOLDER / "phases.png")
    streets = io.sample("pampa_streets")
    streets = streets[(streets["extension_area"] == "1") & (streets["flaw"] == "")]
    blocks = blocks_from_streets(streets, site=io.sample("extension_areas").head(1))
    lots = cut_lots(blocks, LotRule(min_area=160.0, min_frontage=8.0))
    groups, collectors = zoning.usual_groups(), io.sample("collectors")
    shared = zoning.share_land(blocks, groups, lots=lots, services=collectors)
    figures = zoning.share_figures(shared, groups)
    title = "Área 1 · Suelo para los tres grupos"
    drawn = plotting.shares_map(shared, figures, services=collectors, title=title, note=NOTE)
    save(drawn, FOLDER / "shares.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_plans()
    draw_constraints()
    draw_growth()
