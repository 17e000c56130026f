"""Draw the pictures of docs/planning.md and of the README: `python docs/planning_pictures.py`.

The plan of one sector of the sample takes half a minute. `ilo-gis demo` draws the whole Pampa; the README
shows its comparison: `python docs/planning_pictures.py ilo_demo`.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from ilo_gis import io, norms, plotting, workflows
from ilo_gis.subdivision import Brief, Changes, LotRule, indicators, replan

IMAGES = Path(__file__).parent / "images"
FOLDER = IMAGES / "planning"
NOTE = "Esquemático, no es levantamiento"
COLOURS = 256  # of the palette: maps have few


def save(figure: Any, path: Path) -> None:
    """Write a figure with a palette: a quarter of the bytes."""
    raw = BytesIO()
    figure.savefig(raw, format="png", metadata={"Software": None})
    Image.open(raw).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def draw_sector() -> None:
    """Draw the alternatives of one sector, the best of them, and that one after an edit."""
    area, known = io.sample("extension_areas").head(1), norms.load("pe")
    rule = LotRule.from_norms(known, lot_type=4, min_area=120.0)
    brief = Brief.from_norms(known, lot_type=4, rule=rule, alternatives=2)
    ground = io.read_elevation(io.sample_path("elevation"), area)
    plans = workflows.plan_alternatives(area, brief, io.sample("collectors"), slope=ground, norms=known)
    save(plotting.compare_map(plans, title="Sector 1 · Alternativas", note=NOTE), FOLDER / "compared.png")
    chosen = plans["A"]
    save(plotting.plan_map(chosen, title="Sector 1 · Alternativa A", note=NOTE), FOLDER / "plan.png")
    freed = chosen.reserves.index[0]
    edited = replan(chosen, Changes(reserves={freed: None}), brief)
    edited = replace(edited, indicators=indicators(edited, rule, norms=known, elevation=ground))
    both = {"Alternativa A": chosen, f"{freed}: lotes en lugar de aporte": edited}
    save(plotting.compare_map(both, title="Sector 1 · Un cambio", note=NOTE), FOLDER / "replan.png")


def draw_pampa(folder: Path) -> None:
    """Draw the comparison of the plans that `ilo-gis demo` wrote."""
    plans = {path.stem[-1]: io.read_project(path) for path in sorted(folder.glob("pampa_?.gpkg"))}
    title = "Pampa Inalámbrica, Ilo · Comparación de alternativas"
    save(plotting.compare_map(plans, title=title, note=NOTE), IMAGES / "pampa.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 1:
        draw_pampa(Path(sys.argv[1]))
    else:
        draw_sector()
