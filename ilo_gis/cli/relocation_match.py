"""Commands for relocations: `relocation match` and `relocation balance`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Json, Lang, grouped
from ilo_gis.cli.relocation import On, Project
from ilo_gis.cli.relocation_words import shown_balance, shown_matches
from ilo_gis.cli.shared import code, language, layer_at, plain_rows, print_json, records, table_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.relocation import Needs, Programme

__all__ = ["balance", "match"]

NAMES = ("occupants", "agreements", "obligations", "receiving_sites", "moves")
Address = "FILE, FILE|LAYER or sample:NAME."


@dataclass(frozen=True)
class Tables:
    """Where the tables of a programme are; by default the sample."""

    occupants: Annotated[str | None, typer.Option(help=f"Occupants: {Address}")] = None
    agreements: Annotated[str | None, typer.Option(help=f"Agreements: {Address}")] = None
    obligations: Annotated[str | None, typer.Option(help=f"Obligations: {Address}")] = None
    receiving_sites: Annotated[str | None, typer.Option(help=f"Receiving sites: {Address}")] = None
    moves: Annotated[str | None, typer.Option(help=f"Events: {Address}")] = None
    project: Project = None
    lots: Annotated[
        str | None,
        typer.Option(help="Lots of a plan, or its project file: receiving sites reserve lots there."),
    ] = None
    persons: Annotated[
        float | None, typer.Option(help="Persons a household, where the source counts persons (5).")
    ] = None
    crs: Crs = None


@dataclass(frozen=True)
class Terms:
    """What is needed, and what counts."""

    needs: Annotated[
        Path | None, typer.Option(help="TOML file of needs and weights; without it an example.")
    ] = None
    reading: Annotated[
        str, typer.Option(help="What a count is whose unit the source leaves open: households or persons.")
    ] = "households"
    afresh: Annotated[
        bool, typer.Option(help="Look for the best as if nobody had been told where to go.")
    ] = False
    shore: Annotated[str, typer.Option(help=f"The shore: {Address}")] = "sample:coast"
    work: Annotated[str | None, typer.Option(help=f"Where people work, with occupant_id: {Address}")] = None


@dataclass(frozen=True)
class Written:
    """What is written."""

    out: Annotated[Path | None, typer.Option(help="GeoPackage to write.")] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False
    lang: Lang = "es"
    as_json: Json = False


@grouped
def match(on: On, tables: Tables, terms: Terms, output: Written) -> None:
    """Tell who goes where of those who have not moved by a day: the least cost, why, and what is missing."""
    from ilo_gis import io
    from ilo_gis import relocation as domain
    from ilo_gis.tables import join_findings

    language(output.lang)
    if output.out is not None:
        io.require_free(output.out, output.overwrite)
    needs = _needs(terms.needs, tables.persons)
    known = _read(tables)
    land = known.occupants
    here, sites = _still_there(land, known.receiving_sites, domain.state_on(known.moves, on))
    lots = None if tables.lots is None else _lots(tables.lots, tables.crs)
    held = None
    if lots is not None:
        held = domain.reserve_lots(sites, lots)
        sites = held.receiving_sites
        looking = here if terms.afresh else here[~here["receiving_id"].isin(sites.index)]
        taken = held.locked.index
        groups = domain.sites_on_lots(looking, lots, needs, reading=terms.reading, taken=taken)
        sites = _joined(sites, groups)
    work = None if terms.work is None else layer_at(terms.work, tables.crs)
    shore = layer_at(terms.shore, tables.crs)
    more: dict[str, Any] = {"shore": shore, "work": work, "afresh": terms.afresh, "reading": terms.reading}
    made = domain.match(here, sites, needs, **more)
    found = join_findings(made.unmatched, known.findings, *([] if held is None else [held.findings]))
    written = {"matches": made.matches, "receiving_sites": sites.loc[made.matches["receiving_id"].unique()]}
    if lots is not None:
        written["lots"] = domain.reserve_lots(written["receiving_sites"], lots).locked
    figures = {name: getattr(made, name) for name in ("method", "reading", "objective", "second_best")}
    if output.out is not None:
        io.write_tables(written | {"findings": found}, output.out, output.overwrite, figures)
    if output.as_json:
        said = {"matches": plain_rows(made.matches), "findings": records(found)}
        print_json({"on": on.date(), **said, **figures, "needs": needs.status, "gpkg": output.out})
    else:
        shown_matches(made, found, land, needs, on, output.lang)
        typer.echo(f"\n{output.out}" if output.out else "")
    raise typer.Exit(code(found))


@grouped
def balance(on: On, tables: Tables, output: Written) -> None:
    """Hold land given against land received, with costs, households without a place and what is owed."""
    from ilo_gis import io
    from ilo_gis import relocation as domain
    from ilo_gis.tables import join_findings

    language(output.lang)
    if output.out is not None:
        io.require_free(output.out, output.overwrite)
    read = _read(tables)
    known = {name: getattr(read, name) for name in NAMES}
    found = [read.findings]
    if tables.lots is not None:
        held = domain.reserve_lots(read.receiving_sites, _lots(tables.lots, tables.crs))
        known["receiving_sites"] = held.receiving_sites
        found.append(held.findings)
    persons = _needs(None, tables.persons).persons_per_household
    made = domain.balance(**known, on=on, persons_per_household=persons)
    made = replace(made, findings=join_findings(made.findings, *found))
    written = {
        "balance": made.agreements,
        "payer_costs": made.payers,
        "household_places": made.places,
        "party_obligations": made.parties,
        "findings": made.findings,
    }
    if output.out is not None:
        io.write_tables(written, output.out, output.overwrite, {"on": f"{on:%Y-%m-%d}"})
    if output.as_json:
        said = {name: plain_rows(table) for name, table in written.items() if name != "findings"}
        print_json({"on": on.date(), **said, "findings": records(made.findings), "gpkg": output.out})
    else:
        shown_balance(made, known["occupants"], on, output.lang)
        typer.echo(f"\n{output.out}" if output.out else "")
    raise typer.Exit(code(made.findings))


def _read(tables: Tables) -> Programme:
    """Read the tables of the programme; rows that cannot be read are named in its findings."""
    from ilo_gis.relocation import read_tables

    where = (tables.project, tables.crs)
    return read_tables(**{name: table_of(name, getattr(tables, name), *where) for name in NAMES})


def _needs(path: Path | None, persons: float | None) -> Needs:
    from ilo_gis.relocation import usual_needs

    needs = usual_needs(path)
    return needs if persons is None else replace(needs, persons_per_household=persons)


def _lots(address: str, crs: str | None) -> gpd.GeoDataFrame:
    """Read the lots of a plan, remnants among them, so that a remnant is named when it is asked for."""
    from ilo_gis import io
    from ilo_gis.tables import conform

    several = "|" not in address and io.has_layer(address, "lots")
    return conform(layer_at(f"{address}|lots" if several else address, crs), "lots")


def _still_there(
    land: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, states: pd.DataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return who has not moved yet, and the sites with those of the others as allotted."""
    order = list(states["step"].cat.categories)
    gone = states.index[states["step"].cat.codes >= order.index("moved")]
    away = land.index.isin(gone)
    status = sites["status"].astype(object).mask(sites.index.isin(land["receiving_id"][away]), "allotted")
    return land[~away], sites.assign(status=status.astype("category"))


def _joined(sites: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    import pandas as pd

    from ilo_gis.tables import conform

    if more.empty:
        return sites
    texts = {"kind": object, "status": object}
    joined = pd.concat([sites.astype(texts), more.astype(texts).to_crs(sites.crs)])
    return conform(joined.rename_axis(sites.index.name), "receiving_sites")
