"""Commands for whole plans: `compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Day, Folder, Json, Lang
from ilo_gis.cli.rules import rule_of
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import pandas as pd

    from ilo_gis.tables import Plan

__all__ = ["compare"]


def compare(
    files: Annotated[list[Path], typer.Argument(help="Projects of ilo_gis, two or more.")],
    png: Annotated[Path | None, typer.Option("--map", help="PNG map of all plans side by side.")] = None,
    title: Annotated[str, typer.Option(help="Heading of the map.")] = "",
    persons: Annotated[
        float, typer.Option(help="Persons a lot, for projects without figures of their own.")
    ] = 5.0,
    overwrite: Annotated[bool, typer.Option(help="Replace an existing map.")] = False,
    on: Day = None,
    folder: Folder = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Hold plans against each other: every figure of each, and which is better by it."""
    from ilo_gis import io, norms, plotting, subdivision
    from ilo_gis.console import show_comparison

    if lang not in ("es", "en"):
        raise RuleError(f"--lang is {lang!r}; it can be es or en.")
    if png is not None:
        io.require_free(png, overwrite)
    known = norms.load("pe", on=on.date() if on else None, folder=folder)
    plans = {name: _plan(path, known, persons) for name, path in _named(files).items()}
    found = subdivision.compare(plans)
    if png is not None:
        plotting.compare_map(plans, png, lang=lang, title=title, overwrite=overwrite)
    if as_json:
        said = {"indicators": _records(found, list(plans)), "map": png}
        typer.echo(json.dumps(said, ensure_ascii=False, default=str, indent=1))
    else:
        show_comparison(found, lang)
        if png is not None:
            typer.echo(f"\n{png}")


def _named(files: list[Path]) -> dict[str, Path]:
    """Name plans after their files, with the folders too where two files are named alike."""
    stems = [path.stem for path in files]
    named = {path.stem if stems.count(path.stem) == 1 else str(path): path for path in files}
    if len(named) < len(files):
        raise RuleError("A project is named twice. Name each once, and at least two.")
    return named


def _plan(path: Path, norms: Any, persons: float) -> Plan:
    """Read a project, with its figures; they are computed where it has none."""
    from dataclasses import replace

    from ilo_gis import io, subdivision

    plan = io.read_project(path)
    if not plan.indicators.empty:
        return plan
    rule = rule_of(io.project_info(path))
    if rule is None:
        raise RuleError(
            f"{path} has no indicators, and does not tell the rule of its lots, from which they could be "
            "computed. Make it with `ilo-gis lots`, `divide` or `plan`."
        )
    return replace(plan, indicators=subdivision.indicators(plan, rule, norms=norms, persons=persons))


def _records(found: pd.DataFrame, plans: list[str]) -> list[dict[str, Any]]:
    plain = found.astype(object).where(found.notna(), None)
    about = ["label", "label_es", "unit", "direction", "target", "best"]
    return [
        {"indicator": name}
        | {key: row[key, ""] for key in about}
        | {key: {plan: row[key, plan] for plan in plans} for key in ("value", "met")}
        | {key: {plan: row[key, plan] for plan in plans[1:]} for key in ("difference", "against")}
        for name, row in plain.iterrows()
    ]
