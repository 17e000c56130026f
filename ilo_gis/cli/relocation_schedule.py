"""The command `relocation schedule`: dates of a programme, its critical path, delays, scenarios, charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Json, Lang, grouped
from ilo_gis.cli.relocation import On, Project
from ilo_gis.cli.shared import code, language, note_of, plain_rows, print_json, records, table_of
from ilo_gis.console import show_findings, show_rows
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import pandas as pd

    from ilo_gis.relocation import Schedule

__all__ = ["schedule"]

WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "path": "Ruta crítica al {:%Y-%m-%d}; fin del programa: {}",
        "path_heads": ("Tarea", "Nombre", "Inicio", "Fin"),
        "opened": "Aperturas",
        "opened_heads": ("Tarea", "Etapa", "Fin más temprano", "Fin más tardío", "Holgura (días)"),
        "effects": "Si un acuerdo u orden demora {} días",
        "effect_heads": (
            *("Tarea", "Holgura del programa", "Holgura de apertura", "Tareas que se corren"),
            *("Aperturas", "Fin del programa"),
        ),
        "delay": "{} demora {} días: tareas que se corren",
        "delay_heads": ("Tarea", "Antes", "Después", "Días"),
        "nothing": "Ninguna tarea se corre.",
        "scenarios": "Escenarios",
        "scenario_heads": ("Escenario", "Fin", "Días", "Rutas críticas", "Errores"),
        "stage": "Etapa {}",
        "illustrative": "Duraciones y dependencias ilustrativas: ninguna fuente las da",
        "no_curve": "Sin curva: hay tareas con errores o faltan los ocupantes (--occupants).",
    },
    "en": {
        "path": "Critical path on {:%Y-%m-%d}; end of the programme: {}",
        "path_heads": ("Task", "Name", "Start", "Finish"),
        "opened": "Openings",
        "opened_heads": ("Task", "Stage", "Earliest finish", "Latest finish", "Float (days)"),
        "effects": "If an agreement or order is {} days late",
        "effect_heads": (
            *("Task", "Slack of the programme", "Slack of an opening", "Tasks moved", "Openings"),
            "End of the programme",
        ),
        "delay": "{} is {} days late: tasks that move",
        "delay_heads": ("Task", "Before", "After", "Days"),
        "nothing": "No task moves.",
        "scenarios": "Scenarios",
        "scenario_heads": ("Scenario", "End", "Days", "Critical paths", "Errors"),
        "stage": "Stage {}",
        "illustrative": "Durations and dependencies illustrative: no source tells them",
        "no_curve": "No curve: tasks have errors, or occupants are missing (--occupants).",
    },
}


def _option(text: str, *names: str) -> Any:
    return typer.Option(*names, help=text)


@dataclass(frozen=True)
class Programme:
    """Where the programme stands, and how its days are counted."""

    tasks: Annotated[str | None, _option("Tasks: FILE, FILE|LAYER or sample:NAME; also CSV.")] = None
    occupants: Annotated[str | None, _option("Occupants, for names and areas: FILE or sample:NAME.")] = None
    project: Project = None
    start: Annotated[str | None, _option("First day (the first that the tasks tell).")] = None
    calendar: Annotated[str, _option("calendar_days or working_days.")] = "calendar_days"
    delay: Annotated[list[str] | None, _option("A task that is late: TASK=30. May be repeated.")] = None
    late: Annotated[int, _option("Days of delay that is tried on each agreement and order.")] = 30
    scenario: Annotated[
        list[str] | None, _option("Another programme beside it: NAME=FILE. May be repeated.")
    ] = None
    crs: Crs = None


@dataclass(frozen=True)
class Written:
    """What is written, and how it is told."""

    gantt: Annotated[Path | None, _option("PNG of the tasks in time, an A3 sheet.")] = None
    curve: Annotated[Path | None, _option("PNG of the land freed by month.")] = None
    out: Annotated[Path | None, _option("GeoPackage with all tables.")] = None
    overwrite: Annotated[bool, _option("Replace existing files.")] = False
    lang: Lang = "es"
    as_json: Json = False


@grouped
def schedule(on: On, programme: Programme, written: Written) -> None:
    """Date the tasks of a programme: critical path, floats, what a late agreement moves, scenarios."""
    from ilo_gis import io
    from ilo_gis import relocation as domain

    lang = language(written.lang)
    for path in (written.gantt, written.curve, written.out):
        if path is not None:
            io.require_free(path, written.overwrite)
    tasks, land = _read(programme, written)
    start = programme.start or _first_day(tasks)
    how: dict[str, Any] = {"start": start, "calendar": programme.calendar, "on": on}
    made = domain.schedule(tasks, **how)
    late = {}
    for name, text in _pairs(programme.delay, "--delay", "agreement_police=30"):
        days = _whole(text)
        late[name] = days, domain.delays(tasks, task_id=name, days=days, **how)
    effects = domain.delay_effects(tasks, days=programme.late, **how)
    plans = {"base": tasks}
    for name, file in _pairs(programme.scenario, "--scenario", "late=FILE.csv"):
        plans[name] = table_of("tasks", file, None, programme.crs)
    side = domain.compare_schedules(plans, **how) if programme.scenario else None
    faulty = land is None or code(made.findings)
    curve = None if faulty else domain.programme_curve(tasks, land, **how)
    found = Found(made, late, effects, side, curve, programme.late)
    _write(found, tasks, land, written, on)
    if written.as_json:
        print_json(_said(found, written))
    else:
        _show(found, on, lang, len(tasks))
        if curve is None and written.curve is not None:
            typer.echo(WORDS[lang]["no_curve"])
        typer.echo("\n".join(str(path) for path in _files(found, written).values()))
    raise typer.Exit(code(made.findings))


@dataclass(frozen=True)
class Found:
    """What the command found; the curve is missing where tasks are at fault or nobody is known."""

    made: Schedule
    late: dict[str, tuple[int, pd.DataFrame]]
    effects: pd.DataFrame
    side: pd.DataFrame | None
    curve: pd.DataFrame | None
    days: int


# -- what is read ----------------------------------------------------------------------------------


def _read(programme: Programme, written: Written) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return the tasks, and the occupants where they are of the same programme."""
    own = programme.tasks is None and programme.project is None
    name = "relocation_tasks" if own else "tasks"
    tasks = table_of(name, programme.tasks, programme.project, programme.crs)
    known = programme.occupants is not None or programme.project is not None or own
    if written.out is not None and not known:
        raise RuleError("--out needs the occupants too, as land with places. Give --occupants FILE.")
    if not known:
        return tasks, None
    return tasks, table_of("occupants", programme.occupants, programme.project, programme.crs)


def _first_day(tasks: pd.DataFrame) -> str:
    import pandas as pd

    told = [tasks[name] for name in ("earliest", "started", "done") if name in tasks]
    days = pd.to_datetime(pd.concat(told), errors="coerce").dropna() if told else []
    if not len(days):
        raise RuleError("The tasks tell no day to start from. Give --start 1994-01-01.")
    return f"{min(days):%Y-%m-%d}"


def _pairs(texts: list[str] | None, option: str, example: str) -> list[tuple[str, str]]:
    pairs = [text.partition("=") for text in texts or []]
    for name, sign, value in pairs:
        if not (sign and name.strip() and value.strip()):
            raise RuleError(f"{option} is {name + sign + value!r}; it should be like {example}.")
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise RuleError(f"--delay has {text!r} days; it should be a whole number, as in TASK=30.") from None


def _note(tasks: pd.DataFrame, lang: str) -> str:
    """Return what the tasks say of themselves: that they are schematic, that durations have no source."""
    marked = "source" in tasks and tasks["source"].astype("string").str.contains("illustrative").any()
    return ". ".join(filter(None, [note_of(tasks, lang), WORDS[lang]["illustrative"] if marked else None]))


# -- what is written -------------------------------------------------------------------------------


def _files(found: Found, written: Written) -> dict[str, Path]:
    """Return the files that are written, by what they are."""
    wanted = {"gantt": written.gantt, "curve": written.curve, "gpkg": written.out}
    empty = {"gantt": found.made.times.empty, "curve": found.curve is None}
    return {k: path for k, path in wanted.items() if path is not None and not empty.get(k, False)}


def _write(
    found: Found, tasks: pd.DataFrame, land: pd.DataFrame | None, written: Written, on: datetime
) -> None:
    from ilo_gis import io, plotting, tables

    files, made = _files(found, written), found.made
    looks: dict[str, Any] = {
        "on": on,
        "lang": written.lang,
        "note": _note(tasks, written.lang),
        "overwrite": written.overwrite,
    }
    if "gantt" in files:
        plotting.gantt(made.times, files["gantt"], occupants=land, **looks)
    if "curve" in files:
        plotting.s_curve(found.curve, files["curve"], **looks)
    if "gpkg" in files and land is not None:
        place = tables.conform(land, "occupants")
        content = {
            "occupants": place,
            "task_times": made.times,
            "delay_effects": found.effects,
            "programme_curve": tables.empty("programme_curve") if found.curve is None else found.curve,
            "findings": made.findings.set_crs(place.crs),
        }
        told = {
            "critical path": "; ".join(made.critical_path),
            "calendar": made.calendar,
            "on": str(on.date()),
        }
        io.write_tables(content, files["gpkg"], written.overwrite, told)


def _said(found: Found, written: Written) -> dict[str, Any]:
    """Return everything as plain values."""
    made, side = found.made, found.side
    scenarios = None
    if side is not None:
        flat = side.set_axis(
            [name if of == "total" else f"opened_{name}" for of, name in side.columns], axis=1
        )
        scenarios = plain_rows(flat)
    return {
        "on": made.on,
        "calendar": made.calendar,
        "finish": None if made.times.empty else made.finish,
        "critical_path": made.critical_path,
        "task_times": plain_rows(made.times),
        "delay_effects": plain_rows(found.effects),
        "delays": {name: plain_rows(table) for name, (_, table) in found.late.items()},
        "scenarios": scenarios,
        "programme_curve": None if found.curve is None else plain_rows(found.curve),
        "findings": records(made.findings),
    } | _files(found, written)


def _show(found: Found, on: datetime, lang: str, count: int) -> None:
    """Print the critical path, openings, delays, scenarios and findings."""
    from ilo_gis.tables.units import in_language

    words, made = WORDS[lang], found.made
    path = made.times.loc[list(made.critical_path)]
    rows = [
        [str(k), in_language(row["name"], lang), _day(row["earliest_start"]), _day(row["earliest_finish"])]
        for k, row in path.fillna({"name": ""}).iterrows()
    ]
    show_rows(words["path"].format(on, _day(made.finish)), words["path_heads"], rows)
    opened = made.times[made.times["kind"] == "opening"]
    rows = [
        [str(k), _text(r["stage"]), _day(r["earliest_finish"]), _day(r["latest_finish"]), _text(r["float"])]
        for k, r in opened.iterrows()
    ]
    show_rows(words["opened"], words["opened_heads"], rows)
    rows = [
        [
            *(str(k), _text(r["slack"]), _text(r["slack_opening"]), _text(r["tasks_moved"])),
            *(_text(r["openings_moved"]), f"{_day(r['finish'])} (+{r['finish_days']})"),
        ]
        for k, r in found.effects.iterrows()
    ]
    show_rows(words["effects"].format(found.days), words["effect_heads"], rows)
    for name, (days, table) in found.late.items():
        rows = [[str(k), _day(r["before"]), _day(r["after"]), f"+{r['days']}"] for k, r in table.iterrows()]
        note = "" if rows else words["nothing"]
        show_rows(words["delay"].format(name, days), words["delay_heads"], rows, note)
    if found.side is not None:
        _show_scenarios(found.side, words)
    show_findings(made.findings, count, 20, lang, of="tasks")


def _show_scenarios(side: pd.DataFrame, words: dict[str, Any]) -> None:
    stages = [name for of, name in side.columns if of == "opened"]
    heads = [*words["scenario_heads"], *(words["stage"].format(stage) for stage in stages)]
    rows = []
    for name, row in side.iterrows():
        total = row["total"]
        days = "–" if _text(total["days"]) == "–" else f"{total['days']:+d}"
        cells = [str(name), _day(total["finish"]), days, _text(total["ties"]), _text(total["errors"])]
        rows.append(cells + [_day(row["opened", stage]) for stage in stages])
    show_rows(words["scenarios"], heads, rows)


def _day(day: Any) -> str:
    import pandas as pd

    return "–" if pd.isna(day) else f"{day:%Y-%m-%d}"


def _text(value: Any) -> str:
    import pandas as pd

    return "–" if pd.isna(value) else str(value)
