"""Command for relocations: `relocation coast`, the shoreline on several days, with maps and a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Folder, Json, Lang, grouped
from ilo_gis.cli.relocation import NAMES, Tables, shore_ends, shore_on
from ilo_gis.cli.shared import (
    SAMPLE,
    code,
    language,
    layer_at,
    norms_on,
    note_of,
    print_json,
    records,
    table_of,
)
from ilo_gis.console import show_findings, show_rows
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["coast"]

Days = Annotated[
    list[datetime],
    typer.Option("--on", formats=["%Y-%m-%d"], help="Day; give it several times to compare days."),
]
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "days": "La ribera por fecha",
        "heads": (
            *("Fecha", "Libre (m)", "Ocupada (m)", "Liberada (m)", "Tramo libre más largo (m)"),
            *("Más abre al salir", "Abriría (m)"),
        ),
        "gaps": "Interrupciones al {:%Y-%m-%d}",
        "gap_heads": ("Desde (km)", "Hasta (km)", "Longitud (m)", "Ocupantes", "Abriría (m)"),
        "none": "ninguno",
    },
    "en": {
        "days": "The shoreline by date",
        "heads": (
            *("Date", "Open (m)", "Occupied (m)", "Freed (m)", "Longest open stretch (m)"),
            *("Whose leaving opens most", "Would open (m)"),
        ),
        "gaps": "Gaps on {:%Y-%m-%d}",
        "gap_heads": ("From (km)", "To (km)", "Length (m)", "Occupants", "Would open (m)"),
        "none": "none",
    },
}


@dataclass(frozen=True)
class Shore:
    """What the rules of the shore are checked with."""

    check: Annotated[bool, typer.Option("--check", help="Check beach strip, ways to it and railway.")] = False
    accesses: Annotated[str | None, typer.Option(help="Streets and stairs to the beach.")] = None
    railway: Annotated[str | None, typer.Option(help="Tracks.")] = None
    rules_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the norms; today by default.")
    ] = None
    folder: Folder = None


@dataclass(frozen=True)
class Pictures:
    """What is drawn and written."""

    map: Annotated[Path | None, typer.Option(help="PNG: the seafront on up to four days.")] = None
    ribbon: Annotated[Path | None, typer.Option(help="PNG: the coast by kilometre on each day.")] = None
    page: Annotated[Path | None, typer.Option(help="HTML: the map with a slider for the date.")] = None
    out: Annotated[
        Path | None,
        typer.Option(help="GeoPackage: occupants and seafront for QGIS's temporal controller, stretches."),
    ] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the files.")] = False
    lang: Lang = "es"
    as_json: Json = False


@grouped
def coast(on: Days, tables: Tables, shore: Shore, pictures: Pictures) -> None:
    """Tell how far one can walk along the shore on each day, and what interrupts it; draw it."""
    from ilo_gis import io
    from ilo_gis import relocation as domain
    from ilo_gis.tables import join_findings

    language(pictures.lang)
    for path in (pictures.map, pictures.ribbon, pictures.page, pictures.out):
        if path is not None:
            io.require_free(path, pictures.overwrite)
    read = domain.read_tables(
        **{name: table_of(name, getattr(tables, name), tables.project, tables.crs) for name in NAMES}
    )
    days = sorted(set(on))
    told = {day: shore_on(read, tables, day) for day in days}
    if any(cut is None for cut, _ in told.values()):
        raise RuleError("There is no coast or nobody on it. Give the shoreline: --coast FILE.")
    line = layer_at(tables.coast or f"{SAMPLE}coast", tables.crs)
    found = read.findings
    if shore.check:
        layers = {
            name: layer_at(address, tables.crs)
            for name, address in (("accesses", shore.accesses), ("railway", shore.railway))
            if address is not None
        }
        rules, ends = norms_on(shore.rules_on, shore.folder), shore_ends(line, read.seafront)
        shown = domain.check_shore(read.seafront, line, rules, between=ends, **layers)
        found = join_findings(found, shown)
    _draw(read, told, line, pictures)
    if pictures.as_json:
        said = [_figures(day, walk) for day, (_, walk) in told.items()]
        print_json({"days": said, "findings": records(found)} | _files(pictures))
    else:
        _show(told, pictures.lang)
        if len(found):
            show_findings(found, len(read.seafront), 10, pictures.lang)
        typer.echo("\n".join(str(path) for path in _files(pictures).values() if path is not None))
    raise typer.Exit(code(found))


def _files(pictures: Pictures) -> dict[str, Path | None]:
    return {name: getattr(pictures, name) for name in ("map", "ribbon", "page", "out")}


def _figures(day: datetime, walk: Any) -> dict[str, Any]:
    names = ("coast", "open", "occupied", "freed", "longest", "critical", "joined")
    runs = walk.runs.drop(columns="geometry").reset_index()
    gaps = runs[~runs["open"]].drop(columns="open")
    figures = {name: getattr(walk, name) for name in names}
    return {"on": day.date(), **figures, "gaps": gaps.to_dict("records")}


def _draw(read: Any, told: dict[datetime, Any], line: gpd.GeoDataFrame, pictures: Pictures) -> None:
    """Write the files that are asked for."""
    from ilo_gis import io, plotting, relocation, reports

    occupants = relocation.occupancy(read.occupants, read.moves)
    about: dict[str, Any] = {"lang": pictures.lang, "overwrite": pictures.overwrite}
    about["note"] = note_of(read.occupants, pictures.lang)
    sea = io.sample("sea") if about["note"] and line.crs == io.sample("sea").crs else None
    layers = (occupants, read.seafront, line)
    if pictures.map is not None:
        plotting.relocation_map(*layers, list(told), pictures.map, sea=sea, **about)
    if pictures.ribbon is not None:
        by_date: dict[date, Any] = {day: (cut, walk.runs) for day, (cut, walk) in told.items()}
        plotting.coast_ribbon(by_date, occupants, pictures.ribbon, **about)
    if pictures.page is not None:
        reports.relocation_page(*layers, pictures.page, sea=sea, **about)
    if pictures.out is not None:
        cut, walk = told[max(told)]
        content = {"occupants": occupants, "seafront": read.seafront, "stretches": cut}
        content["coast_runs"] = walk.runs
        io.write_tables(content, pictures.out, pictures.overwrite)


def _show(told: dict[datetime, Any], lang: str) -> None:
    """Print the days, and the gaps of the last one."""
    from ilo_gis.relocation import kilometre

    words = WORDS[lang]
    rows = [
        [f"{day:%Y-%m-%d}"]
        + [f"{getattr(walk, name):,.0f}" for name in ("open", "occupied", "freed", "longest")]
        + [", ".join(walk.critical) or words["none"], f"{walk.joined:,.0f}"]
        for day, (_, walk) in told.items()
    ]
    show_rows(words["days"], words["heads"], rows, left=(0, 5))
    last = max(told)
    runs = told[last][1].runs
    gaps = runs[~runs["open"]]
    rows = [
        [kilometre(one.from_m), kilometre(one.to_m), f"{one.length:,.0f}", one.occupants, f"{one.joins:,.0f}"]
        for one in gaps.itertuples()
    ]
    show_rows(words["gaps"].format(last), words["gap_heads"], rows, left=(3,))
