"""Draw the pictures of docs/promuvi.md: `python docs/promuvi_pictures.py`. A few seconds."""

from __future__ import annotations

from datetime import date
from textwrap import fill

import matplotlib.pyplot as plt
import shapely
from matplotlib.axes import Axes
from planning_pictures import IMAGES, save

from ilo_gis import io, networks, norms, plotting, promuvi, siting
from ilo_gis.subdivision import layout_streets

FOLDER = IMAGES / "promuvi"
NOTE = "Historia simulada, no es registro / Simulated history, no register"
DAY = date(1996, 4, 30)  # last of the simulated history
BOX, GAP = 1.3, 1.75  # width of a stage, and from the end of one to the next
COLOURS = {"free": "#f2f2f2", "allotted": "#fee8c8", "occupied": "#fdbb84", "adjudicated": "#a6bddb"}
TITLED = "#4a9a62"
BACK = "#a33b2a"


def draw_stages() -> None:
    """Draw the stages of a lot, what leads from one to the next, and what each event waits for."""
    rules = promuvi.stage_rules()
    stages, events = rules.stages, rules.events
    places = {stage: number * (BOX + GAP) for number, stage in enumerate(stages.index)}
    figure, axes = plt.subplots(figsize=(15, 7.2))
    for stage, x in places.items():
        colour = COLOURS.get(stage, TITLED)
        axes.add_patch(plt.Rectangle((x, 0), BOX, 0.8, facecolor=colour, edgecolor="#333333", lw=1.2))
        axes.text(x + BOX / 2, 0.5, stages.at[stage, "es"], ha="center", va="center", size=12, weight="bold")
        axes.text(
            x + BOX / 2, 0.24, stages.at[stage, "en"], ha="center", va="center", size=10, style="italic"
        )
    first = stages.index[0]
    for kind, event in events.iterrows():
        if event["to"] and event["to"] != first:
            _forward(axes, places[event["from"][0]] + BOX, event, rules.guards[rules.guards["event"] == kind])
    back = [kind for kind, event in events.iterrows() if event["to"] == first]
    for height, stage in enumerate(events.at[back[0], "from"], start=1):
        _back(axes, places[stage] + BOX / 2, places[first] + BOX / 2, 0.8 + 0.32 * height)
    lines = [_told(kind, rules) for kind in back]
    axes.text(places[first] + BOX / 2, 2.0, "\n".join(lines), size=9, color=BACK, va="bottom")
    axes.set(xlim=(-0.15, places[stages.index[-1]] + BOX + 0.15), ylim=(-4.3, 3.1))
    axes.axis("off")
    axes.set_title(
        "Etapas de un lote y qué se exige antes de cada una / Stages of a lot, and what each waits for"
    )
    figure.text(
        0.5,
        0.02,
        "Fuente: promuvi/stages.toml (S99 II.c y III.d; plazos en días ilustrativos / days are illustrative)",
        ha="center",
        size=9,
    )
    figure.tight_layout(rect=(0, 0.04, 1, 1))
    save(figure, FOLDER / "stages.png")


def _told(kind: str, rules: promuvi.StageRules) -> str:
    """Return the names of an event and what it waits for, a line each."""
    named = f"{rules.events.at[kind, 'es']} / {rules.events.at[kind, 'en']}"
    guards = rules.guards[rules.guards["event"] == kind]
    return "\n".join(
        [named, *(f"    {guard.es} / {guard.en}: {guard.days}" for guard in guards.itertuples())]
    )


def _forward(axes: Axes, x: float, event: object, guards: object) -> None:
    """Draw the arrow of an event to the next stage, its name above and its conditions below."""
    axes.annotate(
        "", (x + GAP, 0.4), (x, 0.4), arrowprops={"arrowstyle": "-|>", "lw": 1.6, "color": "#333333"}
    )
    axes.text(x + GAP / 2, 0.48, fill(event["es"], 22), ha="center", va="bottom", size=9, weight="bold")
    axes.text(x + GAP / 2, 0.32, fill(event["en"], 22), ha="center", va="top", size=8.5, style="italic")
    y = -0.25
    for guard in guards.itertuples():
        for text, style in ((guard.es, "normal"), (guard.en, "italic")):
            lines = fill(text, 27)
            axes.text(
                x - 0.12,
                y,
                ("• " if style == "normal" else "   ") + lines.replace("\n", "\n   "),
                va="top",
                size=8.5,
                style=style,
            )
            y -= 0.2 * (lines.count("\n") + 1)
        y -= 0.1


def _back(axes: Axes, x: float, end: float, height: float) -> None:
    """Draw the way back to the first stage."""
    axes.plot([x, x, end], [0.8, height, height], color=BACK, lw=1.1)
    axes.annotate("", (end, 0.8), (end, height), arrowprops={"arrowstyle": "-|>", "lw": 1.1, "color": BACK})


def draw_progress() -> None:
    """Draw how far the sample is on its last day: S-curves, titles to come, lots by stage."""
    lots, works = io.sample("lots").set_index("lot_id"), io.sample("works")
    events, names = io.sample("lot_events"), dict(promuvi.services()["es"])
    stages = promuvi.stage_curve(promuvi.stays(events, DAY, lots), DAY)
    services = promuvi.service_curve(works, lots, DAY)
    figure = plotting.progress_curves(services, stages, names=names, on=DAY, note=NOTE)
    save(figure, FOLDER / "progress.png")
    coming = promuvi.forecast(events, lots, DAY, months=12, seed=7)
    figure = plotting.forecast_chart(coming, stages["titled"], on=DAY, level=0.8, note=NOTE)
    save(figure, FOLDER / "forecast.png")
    layer = promuvi.lot_progress(lots, promuvi.state_on(events, DAY, lots), works, DAY)
    save(plotting.stage_map(layer, on=DAY, note=NOTE), FOLDER / "map.png")


def draw_land() -> None:
    """Draw the taps of one extension area, its latrines and its sewer."""
    pe, pampa, lots = norms.load("pe"), io.sample("pampa"), io.sample("lots").set_index("lot_id")
    streets = layout_streets(io.sample("pampa_streets"), site=pampa, width="width").street_lines
    sector, note = lots[lots["extension_area"] == "4"], "Esquemático / Schematic"
    found = siting.taps(sector, streets, siting.TapTerms.from_norms(pe))
    more = {"streets": streets, "findings": found.findings, "walks": True, "note": note}
    save(plotting.taps_map(found.taps, found.lots, sector, **more), FOLDER / "taps.png")
    ground = io.read_elevation(io.sample_path("elevation"), pampa)
    pits = siting.latrines(sector, streets, siting.LatrineTerms.from_norms(pe), elevation=ground)
    save(plotting.latrines_map(pits.latrines, sector, streets, note=note), FOLDER / "latrines.png")
    middles = sector.centroid
    height = ground.heights(shapely.get_coordinates(middles.array))
    outfall = middles.iloc[height.argmin()]
    terms = networks.SewerTerms.from_norms(pe)
    sewer = networks.sewer(sector, streets, outfall, terms, ground)
    save(plotting.network_map(sewer.nodes, sewer.pipes, lots=sector, note=note), FOLDER / "sewer.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_stages()
    draw_progress()
    draw_land()
