"""Draw the pictures of docs/zoning.md: `python docs/zoning_pictures.py`. A few seconds."""

from __future__ import annotations

from datetime import date

from planning_pictures import IMAGES, save

from ilo_gis import io, norms, plotting, site, zoning

FOLDER = IMAGES / "zoning"
NOTE = "Esquemático, no es levantamiento / Schematic, no survey"
SMALL = 84  # dots per inch: 1,300 pixels across
DAYS = {"plan_1983": date(1985, 1, 1), "plan_1988": date(1995, 1, 1), "zones": date(2020, 1, 1)}


def draw_plans() -> None:
    """Draw the plan in force on three days."""
    zones, areas = io.sample("zones").set_index("zone_id"), io.sample("plan_areas")
    for name, day in DAYS.items():
        held = zoning.zones_on(zones, day)
        (plan,) = held["plan"].unique()
        figure = plotting.zoning_map(held, boundary=areas[areas["plan"] == plan], title=plan, note=NOTE)
        figure.set_dpi(SMALL)
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
    figure.set_dpi(SMALL)
    save(figure, FOLDER / "constraints.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_plans()
    draw_constraints()
