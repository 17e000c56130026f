"""Commands for relocations from the seafront: `relocation status` and those of its siblings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Json, Lang, grouped
from ilo_gis.cli.shared import (
    SAMPLE,
    code,
    language,
    layer_at,
    note_of,
    plain_rows,
    print_json,
    records,
    table_of,
)
from ilo_gis.console import show_findings, show_rows, totals

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.relocation import Continuity, Programme

__all__ = ["NAMES", "On", "Project", "Tables", "relocation", "shore_ends", "shore_on"]

relocation = typer.Typer(
    name="relocation",
    help="Relocations from the seafront: what is free on a day, what blocks the rest, who goes where.",
    no_args_is_help=True,
)

On = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day: 1994-06-30.")]
Project = Annotated[
    str | None,
    typer.Option(help="GeoPackage that has all tables under their names, in place of the sample."),
]
NAMES = ("occupants", "agreements", "obligations", "moves", "receiving_sites", "seafront")
ADDRESS = "FILE, FILE|LAYER or sample:NAME."
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "rows": "Programa al {:%Y-%m-%d}",
        "row_heads": ("Ocupante", "Fila", "Área (m²)", "Paso", "Desde", "Acuerdo", "Etapa"),
        "sums": "Avance",
        "sum_heads": ("Según", "Grupo", "Salieron", "Área (m²)", "Liberada (m²)", "%", "Orilla (m)"),
        "by": {"total": "Total", "agreement": "Acuerdo", "stage": "Etapa", "step": "Paso"},
        "none": "ninguno",
        "people": "Hogares trasladados: {households:,} ({persons:,} personas); sin número conocido: "
        "{uncounted}.",
        "shore": "Costa: {coast:,.0f} m, transitable {open:,.0f} m, ocupada {occupied:,.0f} m; tramo abierto "
        "más largo {longest:,.0f} m.",
        "critical": "Quien más abre al salir: {} (tramo de {:,.0f} m).",
    },
    "en": {
        "rows": "Programme on {:%Y-%m-%d}",
        "row_heads": ("Occupant", "Row", "Area (m²)", "Step", "Since", "Agreement", "Stage"),
        "sums": "Progress",
        "sum_heads": ("By", "Group", "Left", "Area (m²)", "Freed (m²)", "%", "Shore (m)"),
        "by": {"total": "Total", "agreement": "Agreement", "stage": "Stage", "step": "Step"},
        "none": "none",
        "people": "Households moved: {households:,} ({persons:,} persons); number not known: {uncounted}.",
        "shore": "Shoreline: {coast:,.0f} m, open {open:,.0f} m, occupied {occupied:,.0f} m; longest open "
        "stretch {longest:,.0f} m.",
        "critical": "Whose leaving opens most: {} (stretch of {:,.0f} m).",
    },
}
KINDS = {  # of agreements, as printed
    "es": {
        "order": "orden",
        "own_funds": "fondos propios",
        "land_swap": "permuta de terrenos",
        "land_donation": "donación de terreno",
        "premises_donated": "local donado",
        "new_premises": "local nuevo",
    },
    "en": {
        "order": "order",
        "own_funds": "own funds",
        "land_swap": "land swap",
        "land_donation": "land donated",
        "premises_donated": "premises donated",
        "new_premises": "new premises",
    },
}


@dataclass(frozen=True)
class Tables:
    """Where the tables are; by default the sample."""

    occupants: Annotated[str | None, typer.Option(help=f"Occupants: {ADDRESS}")] = None
    agreements: Annotated[str | None, typer.Option(help=f"Agreements: {ADDRESS}")] = None
    obligations: Annotated[str | None, typer.Option(help=f"Obligations: {ADDRESS}")] = None
    moves: Annotated[str | None, typer.Option(help=f"Events: {ADDRESS}")] = None
    receiving_sites: Annotated[str | None, typer.Option(help=f"Receiving sites: {ADDRESS}")] = None
    seafront: Annotated[str | None, typer.Option(help=f"Works on the seafront: {ADDRESS}")] = None
    coast: Annotated[str | None, typer.Option(help=f"Shoreline, measured along the seafront: {ADDRESS}")] = (
        None
    )
    project: Project = None
    crs: Crs = None


@dataclass(frozen=True)
class Reading:
    """How figures are read."""

    count_reading: Annotated[
        str, typer.Option(help="What a count is whose unit the source leaves open: households or persons.")
    ] = "households"
    persons: Annotated[float | None, typer.Option(help="Persons a household (5, an example).")] = None
    subtotal: Annotated[
        float | None, typer.Option(help="Land of all as the source gives it, m2; the areas are held to it.")
    ] = None


@dataclass(frozen=True)
class Written:
    """What is written."""

    out: Annotated[Path | None, typer.Option(help="GeoPackage to write.")] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 10
    lang: Lang = "es"
    as_json: Json = False


@relocation.command()
@grouped
def status(on: On, tables: Tables, reading: Reading, output: Written) -> None:
    """Tell how far each relocation is on a day, what land and shore is free, and what blocks the rest."""
    from ilo_gis import io
    from ilo_gis import relocation as domain
    from ilo_gis.tables import join_findings

    language(output.lang)
    if output.out is not None:
        io.require_free(output.out, output.overwrite)
    raw = {name: table_of(name, getattr(tables, name), tables.project, tables.crs) for name in NAMES}
    read = domain.read_tables(**raw)
    shore, walk = shore_on(read, tables, on)
    how: dict[str, Any] = {
        "seafront": read.seafront,
        "count_reading": reading.count_reading,
        "persons_per_household": reading.persons,
    }
    what = (read.occupants, read.agreements, read.moves, on)
    each = domain.programme_rows(*what, **how)
    sums = domain.status(*what, **how, stretches=shore)
    freed = domain.freed_by_date(read.occupants, read.moves, on)
    content: dict[str, Any] = {name: getattr(read, name) for name in NAMES}
    checks = domain.check_programme(**content, on=on, subtotal=reading.subtotal)
    found = join_findings(read.findings, checks)
    if output.out is not None:
        content |= {"programme_rows": each, "programme": sums, "findings": found}
        content |= {} if shore is None else {"stretches": shore}
        io.write_tables(content, output.out, output.overwrite, {"on": f"{on:%Y-%m-%d}"})
    if output.as_json:
        said: dict[str, Any] = {
            "programme": plain_rows(sums),
            "rows": plain_rows(each),
            "freed": plain_rows(freed),
        }
        said |= {"shore": _walk(walk), "counts": totals(found), "findings": records(found)}
        print_json({"on": on.date(), **said, "gpkg": output.out})
    else:
        _shown(each, sums, walk, output.lang, on)
        show_findings(found, len(read.occupants), output.rows, output.lang, "occupants")
        for line in (note_of(raw["occupants"], output.lang), output.out):
            typer.echo(line) if line else None
    raise typer.Exit(code(found))


def shore_on(
    read: Programme, tables: Tables, on: datetime
) -> tuple[gpd.GeoDataFrame | None, Continuity | None]:
    """Return the stretches of the shore along the seafront on a day; none where no coast is given."""
    from ilo_gis import relocation as domain

    own = tables.project is None and tables.occupants is None
    if (tables.coast is None and not own) or read.occupants.empty:
        return None, None
    coast = layer_at(tables.coast or f"{SAMPLE}coast", tables.crs)
    states = domain.state_on(read.moves, on)
    ends = shore_ends(coast, read.seafront)
    cut = domain.stretches(coast, read.occupants, states, read.seafront, between=ends, on=on)
    return cut, domain.continuity(cut)


def shore_ends(coast: gpd.GeoDataFrame, seafront: gpd.GeoDataFrame) -> Any:
    """Return where the coast before the seafront begins and ends; none if there are several lines."""
    import shapely

    from ilo_gis.relocation import coast_lines

    lines = coast_lines(coast)
    if len(lines) != 1 or seafront.empty:
        return None
    corners = shapely.points(shapely.get_coordinates(seafront.geometry.to_numpy()))
    along = shapely.line_locate_point(lines[0], corners)
    return lines[0].interpolate(along.min()), lines[0].interpolate(along.max())


# -- what is told ------------------------------------------------------------------------------------


def _walk(walk: Continuity | None) -> dict[str, Any] | None:
    names = ("coast", "open", "occupied", "freed", "longest", "critical", "joined")
    return None if walk is None else {name: getattr(walk, name) for name in names}


def _shown(each: pd.DataFrame, sums: pd.DataFrame, walk: Continuity | None, lang: str, on: datetime) -> None:
    """Print each occupant, the sums, and what stands in the way along the shore."""
    from ilo_gis.relocation import steps
    from ilo_gis.tables.units import in_language

    words, names = WORDS[lang], steps()[lang].to_dict()
    table = each.assign(order=each["source_row"].fillna(0)).sort_values("order", kind="stable")
    rows = [
        [
            in_language(str(row.name), lang),
            "" if row.source_row is None else str(row.source_row),
            f"{row.area:,.0f}",
            names[row.step],
            "" if row.since != row.since else f"{row.since:%Y-%m-%d}",
            _group("agreement", row.agreement, lang),
            _group("stage", row.stage, lang),
        ]
        for row in table.itertuples()
    ]
    show_rows(words["rows"].format(on), words["row_heads"], rows)
    told = [
        [
            words["by"][row.by],
            names.get(row.group, _group(row.by, row.group, lang)),
            f"{row.left} / {row.occupants}",
            f"{row.area:,.0f}",
            f"{row.freed:,.0f}",
            f"{row.share:.1%}",
            "" if row.shore != row.shore else f"{row.shore:,.0f}",
        ]
        for row in sums[sums["by"] != "row"].itertuples()
    ]
    notes = [] if sums.empty else [words["people"].format(**sums.iloc[0])]
    if walk is not None:
        notes.append(words["shore"].format(**_walk(walk) or {}))
        if walk.critical:
            who = [in_language(str(each.at[one, "name"]), lang) for one in walk.critical]
            notes.append(words["critical"].format(", ".join(who), walk.joined))
    show_rows(words["sums"], words["sum_heads"], told, "\n".join(notes))


def _group(by: str, group: str, lang: str) -> str:
    if group == "none":
        return str(WORDS[lang]["none"])
    return ", ".join(KINDS[lang].get(one, one) for one in group.split(";")) if by == "agreement" else group
