"""Draw the pictures of docs/relocation.md: `python docs/relocation_pictures.py`. A few seconds."""

from __future__ import annotations

from datetime import date

from planning_pictures import IMAGES, save

from ilo_gis import io, plotting, relocation

FOLDER = IMAGES / "relocation"
NOTE = "Esquemático, no es levantamiento / Schematic, no survey"
TIMES_NOTE = "Duraciones y dependencias ilustrativas / Durations and dependencies are illustrative"
DAYS = [date(1993, 10, 31), date(1994, 6, 30), date(1995, 7, 31), date(1998, 12, 31)]
BEGIN, ON = date(1993, 6, 1), date(1994, 6, 30)
LENGTH = 3000  # m of shore from the wharf northward


def draw_coast() -> None:
    """Draw the seafront on four days, as maps and as ribbons by kilometre."""
    land, moves = io.sample("occupants").set_index("occupant_id"), io.sample("moves")
    seafront, coast = io.sample("seafront").set_index("strip_id"), io.sample("coast")
    there = relocation.occupancy(land, moves)
    figure = plotting.relocation_map(there, seafront, coast, DAYS, sea=io.sample("sea"), note=NOTE)
    save(figure, FOLDER / "before_after.png")
    shore = relocation.coast_lines(coast)[0]
    wharf = io.sample("places").set_index("name").geometry["Muelle fiscal"]
    between = (wharf, shore.interpolate(shore.project(wharf) + LENGTH))
    ribbons = {}
    for day in DAYS:
        states = relocation.state_on(moves, day)
        parts = relocation.stretches(coast, land, states, seafront, between=between, on=day)
        ribbons[day] = (parts, relocation.continuity(parts).runs)
    save(plotting.coast_ribbon(ribbons, land, note=NOTE), FOLDER / "ribbon.png")


def draw_times() -> None:
    """Draw the schedule as it was known on a day, and the land freed by month."""
    tasks, land = io.sample("relocation_tasks"), io.sample("occupants").set_index("occupant_id")
    times = relocation.schedule(tasks, start=BEGIN, on=ON).times
    save(plotting.gantt(times, on=ON, occupants=land, note=TIMES_NOTE), FOLDER / "gantt.png")
    curve = relocation.programme_curve(tasks, land, start=BEGIN, on=ON)
    save(plotting.s_curve(curve, on=ON, note=TIMES_NOTE), FOLDER / "curve.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_coast()
    draw_times()
