"""Commands for growth: `phase` and `share-land`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.growth_words import shown_phases, shown_shares
from ilo_gis.cli.options import Crs, Day, Folder, Output, grouped
from ilo_gis.cli.shared import (
    SAMPLE,
    language,
    layer_at,
    named,
    norms_on,
    note_of,
    plain_rows,
    print_json,
    quiet_solver,
)
from ilo_gis.errors import ReadError, RuleError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.zoning import Group, PhasingTerms

__all__ = ["phase", "share_land"]

AREAS, NEED, MEANS = "The areas", "Lots that are needed (one of these)", "What it costs, and what can be done"


def _option(text: str, panel: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=panel, **more)


@dataclass(frozen=True)
class Areas:
    """What is known of areas besides the columns lots, cost, ready, after and distance of their file."""

    lots_per_ha: Annotated[
        float | None, _option("Lots for each hectare, where there is no column lots.", AREAS)
    ] = None
    lots_column: Annotated[str | None, _option("Column that has the lots.", AREAS)] = None
    id_column: Annotated[str | None, _option("Column that names the areas.", AREAS)] = None
    ready: Annotated[
        str | None, _option("First years in which areas can be opened: 5=1994,6=1994.", AREAS)
    ] = None
    after: Annotated[str | None, _option("Areas that have to be open before others: 7=5,8=6.", AREAS)] = None
    services: Annotated[str | None, _option("What services there are: FILE or sample:NAME.", AREAS)] = None


@dataclass(frozen=True)
class Need:
    """Lots needed by year."""

    first: Annotated[int, _option("First year.", NEED, "--from")] = 1990
    last: Annotated[int, _option("Last year.", NEED, "--to")] = 1996
    lots: Annotated[float | None, _option("Lots in all, the same each year.", NEED)] = None
    lots_a_year: Annotated[float | None, _option("Lots a year.", NEED)] = None
    demand: Annotated[Path | None, _option("CSV file with columns year and lots.", NEED)] = None
    population: Annotated[
        str | None, _option("Counts of people: CSV file with year and persons, or ilo.", NEED)
    ] = None
    rate: Annotated[
        str | None, _option("Growth after the last count: low, mid, high, or a share a year.", NEED)
    ] = None
    known_until: Annotated[int | None, _option("Counts of later years are left out.", NEED)] = None
    persons_per_lot: Annotated[float | None, _option("Persons a lot (growth.toml).", NEED)] = None
    backlog: Annotated[float, _option("Lots wanting before the first year.", NEED)] = 0.0
    scenarios: Annotated[
        bool, _option("Hold the scenarios low, mid and high against each other too.", NEED)
    ] = False


@dataclass(frozen=True)
class Means:
    """Costs, and means of a year."""

    cost_per_lot: Annotated[float | None, _option("USD a lot (growth.toml).", MEANS)] = None
    cost_per_m: Annotated[float | None, _option("USD a metre to services (growth.toml).", MEANS)] = None
    discount: Annotated[float | None, _option("Share a year (growth.toml).", MEANS)] = None
    crews: Annotated[int | None, _option("Most areas opened in a year.", MEANS)] = None
    capacity: Annotated[float | None, _option("Most lots laid out a year.", MEANS)] = None
    budget: Annotated[float | None, _option("Most USD a year.", MEANS)] = None
    shortage_cost: Annotated[
        float | None, _option("USD for a lot short for a year; none: demand before cost.", MEANS)
    ] = None
    stock: Annotated[int, _option("Lots there are before the first year.", MEANS)] = 0
    method: Annotated[str, _option("milp or greedy.", MEANS)] = "milp"
    time_limit: Annotated[float, _option("Seconds for the integer programme.", MEANS)] = 10.0


@dataclass(frozen=True)
class PhasesOutput(Output):
    """What phasing writes."""

    out: Annotated[Path, typer.Option(help="GeoPackage to write.")] = Path("phases.gpkg")


@dataclass(frozen=True)
class SharesOutput(Output):
    """What sharing writes."""

    out: Annotated[Path, typer.Option(help="GeoPackage to write.")] = Path("land_shares.gpkg")


@grouped
def phase(
    known: Areas,
    need: Need,
    means: Means,
    output: PhasesOutput,
    areas: Annotated[
        str, typer.Argument(help="Areas: FILE, FILE|LAYER or sample:NAME.")
    ] = "sample:extension_areas",
    crs: Crs = None,
    on: Day = None,
    folder: Folder = None,
) -> None:
    """Tell which area is opened in which year: the least shortage of lots at the least cost."""
    from ilo_gis import io, plotting, zoning

    language(output.lang)
    for path in (output.out, output.map):
        io.require_free(path, output.overwrite)
    norms = norms_on(on, folder)
    layer = layer_at(areas, crs)
    land = _areas(layer, known)
    services = None if known.services is None else layer_at(known.services, crs)
    terms = _terms(known, means, norms)
    how: dict[str, Any] = {"services": services, "method": means.method, "time_limit": means.time_limit}
    several = {}
    if need.scenarios:
        several = {name: _demand(need, norms, name) for name in zoning.scenario_rates().index}
    with quiet_solver():
        found = zoning.phase(land, _demand(need, norms), terms, **how)
        each = {name: zoning.phase(land, lots, terms, **how) for name, lots in several.items()}
    side = zoning.compare_phasing(each) if each else None
    figures = {k: v for k, v in vars(found).items() if k not in ("schedule", "balance")}
    tables = {"phases": found.schedule, "phase_balance": found.balance}
    io.write_tables(tables, output.out, output.overwrite, {k: str(v) for k, v in figures.items()})
    plotting.phases_map(
        found.schedule,
        found.balance,
        output.map,
        context=[] if services is None else [services],
        lang=output.lang,
        note=note_of(layer, output.lang),
        overwrite=output.overwrite,
    )
    if output.as_json:
        said = {name: plain_rows(table) for name, table in tables.items()}
        print_json(said | figures | {"gpkg": output.out, "map": output.map} | _said(side))
    else:
        shown_phases(found, side, output.lang)
        typer.echo(f"\n{output.out}\n{output.map}")


@grouped
def share_land(
    blocks: Annotated[
        str, typer.Argument(help="Blocks: FILE, FILE|LAYER, sample:NAME, or a project of ilo_gis.")
    ],
    output: SharesOutput,
    shares: Annotated[
        str | None, typer.Option(help="PROMUVI=0.55,ENACE=0.45, or a TOML file; else the groups of Ilo.")
    ] = None,
    near: Annotated[
        str | None, typer.Option(help="How much being near services counts, 0 to 4 and more: PROMUVI=4.")
    ] = None,
    parts: Annotated[str | None, typer.Option(help="Parts that land may have: PROMUVI=2.")] = None,
    weight: Annotated[str, typer.Option(help="What shares are of: lots, area, value, or several.")] = "lots",
    services: Annotated[str | None, typer.Option(help="Mains or taps: FILE or sample:NAME.")] = None,
    locked: Annotated[
        str | None, typer.Option(help="Chosen by hand: K=PROMUVI,L=ENACE, or CSV with block_id and group.")
    ] = None,
    id_column: Annotated[str | None, typer.Option(help="Column that names the blocks.")] = None,
    street_width: Annotated[
        float, typer.Option(help="Blocks across land up to this wide are neighbours, m.")
    ] = 35.0,
    crs: Crs = None,
) -> None:
    """Share blocks among groups: compact, contiguous, exact within one block, near land first."""
    from ilo_gis import io, plotting, zoning

    language(output.lang)
    for path in (output.out, output.map):
        io.require_free(path, output.overwrite)
    groups = _groups(shares, near, parts)
    land, lots = _blocks(blocks, id_column, crs)
    mains = None if services is None else layer_at(services, crs)
    measures = [one.strip() for one in weight.split(",")]
    wide = {"street_width": street_width}
    shared = zoning.share_land(
        land, groups, weight=measures, lots=lots, services=mains, locked=_locked(locked), **wide
    )
    figures = zoning.share_figures(shared, groups, weight=measures[0], **wide)
    tables = {"land_shares": shared, "share_figures": figures}
    sources = {f"source of {one.name}": f"{one.source} ({one.status})" for one in groups if one.source}
    io.write_tables(tables, output.out, output.overwrite, sources)
    looks: dict[str, Any] = {"lang": output.lang, "note": note_of(land, output.lang) or _told(blocks)}
    plotting.shares_map(shared, figures, output.map, services=mains, overwrite=output.overwrite, **looks)
    if output.as_json:
        said = {name: plain_rows(table) for name, table in tables.items()}
        print_json(said | {"gpkg": output.out, "map": output.map})
    else:
        shown_shares(figures, groups, output.lang)
        typer.echo(f"\n{output.out}\n{output.map}")


# -- what `phase` is told --------------------------------------------------------------------------


def _areas(layer: gpd.GeoDataFrame, known: Areas) -> gpd.GeoDataFrame:
    usual = next((name for name in ("area_id", "number") if name in layer), "area_id")
    table = named(layer, known.id_column, usual)
    if known.lots_column is not None:
        if known.lots_column not in table:
            columns = ", ".join(map(str, table.columns))
            raise ReadError(f"There is no column {known.lots_column!r}. The columns are: {columns}.")
        table = table.assign(lots=table[known.lots_column])
    names = table.index.astype(str)
    for column, text in (("ready", known.ready), ("after", known.after)):
        if text is not None:
            told = _pairs(text, f"--{column}")
            if strange := sorted(set(told) - set(names)):
                raise RuleError(f"--{column} names {', '.join(strange)}. The areas are: {', '.join(names)}.")
            before = table[column] if column in table else [None] * len(table)
            values = [told.get(name, old) for name, old in zip(names, before, strict=True)]
            table = table.assign(**{column: values})
    return table


def _terms(known: Areas, means: Means, norms: Any) -> PhasingTerms:
    from ilo_gis.zoning import PhasingTerms

    given = {
        "cost_per_lot": means.cost_per_lot,
        "cost_per_m": means.cost_per_m,
        "discount": means.discount,
        "areas_a_year": means.crews,
        "lots_a_year": means.capacity,
        "budget": means.budget,
        "shortage_cost": means.shortage_cost,
        "lots_per_ha": known.lots_per_ha,
    }
    told = {name: value for name, value in given.items() if value is not None}
    return PhasingTerms.from_norms(norms, stock=means.stock, **told)


def _demand(need: Need, norms: Any, scenario: str | None = None) -> pd.DataFrame | pd.Series:
    """Return the lots needed by year; those of a scenario take the counts of people."""
    import pandas as pd

    from ilo_gis import zoning

    years = range(need.first, need.last + 1)
    ways = [need.lots, need.lots_a_year, need.demand, need.population]
    if sum(way is not None for way in ways) != 1:
        raise RuleError(
            "Say in one way how many lots are needed: --lots 10000, --lots-a-year 1429, --demand FILE "
            "or --population ilo."
        )
    if need.population is None and (scenario or need.rate):
        raise RuleError("--rate and --scenarios need counts of people: --population ilo, or a file.")
    if need.demand is not None:
        table = _csv(need.demand, ("year", "lots"))
        return table.set_index("year")["lots"]
    if need.population is not None:
        city = need.population
        own = city.lower().endswith(".csv")
        people = _csv(Path(city), ("year", "persons")) if own else zoning.population(city)
        persons = need.persons_per_lot or norms["growth.persons_per_lot"].value
        rate: str | float | None = scenario or _number(need.rate)
        more: dict[str, Any] = {"known_until": need.known_until, "backlog": need.backlog}
        return zoning.demand_series(people, years, persons_per_lot=persons, scenario=rate, **more)
    if not years:
        raise RuleError(f"--from {need.first} lies after --to {need.last}.")
    yearly = need.lots_a_year if need.lots is None else need.lots / len(years)
    demand = zoning.level_demand(yearly or 0.0, years)["lots"]
    return demand.add(pd.Series({need.first: int(need.backlog)}), fill_value=0)


# -- what `share-land` is told ---------------------------------------------------------------------


def _groups(shares: str | None, near: str | None, parts: str | None) -> tuple[Group, ...]:
    from ilo_gis.zoning import groups_from, usual_groups

    if shares is None:
        groups = usual_groups()
    elif "=" in shares:
        groups = groups_from({k: _real(v, "--shares") for k, v in _pairs(shares, "--shares").items()})
    else:
        groups = groups_from(Path(shares))
    for name, text, kind in (("near", near, float), ("parts", parts, int)):
        told = _pairs(text or "", f"--{name}")
        if strange := sorted(set(told) - {one.name for one in groups}):
            known = ", ".join(one.name for one in groups)
            raise RuleError(f"--{name} names {', '.join(strange)}. The groups are: {known}.")
        values = {k: kind(_real(v, f"--{name}")) for k, v in told.items()}
        groups = tuple(replace(one, **{name: values.get(one.name, getattr(one, name))}) for one in groups)
    return groups


def _blocks(address: str, id_column: str | None, crs: str | None) -> tuple[Any, Any]:
    """Return blocks, and their lots if they come from a project; there, only blocks with lots are shared."""
    from ilo_gis import io

    if not address.startswith(SAMPLE) and "|" not in address and io.is_project(address):
        plan = io.read_project(address)
        lots = plan.lots[plan.lots["kind"] == "lot"]
        return plan.blocks[plan.blocks.index.isin(lots["block_id"])], lots
    return named(layer_at(address, crs), id_column, "block_id"), None


def _locked(text: str | None) -> dict[Any, str]:
    if text is None:
        return {}
    if "=" in text:
        return _pairs(text, "--locked")
    table = _csv(Path(text), ("block_id", "group")).astype(str)
    return dict(zip(table["block_id"], table["group"], strict=True))


# -- what both read --------------------------------------------------------------------------------


def _pairs(text: str, option: str) -> dict[str, str]:
    """Return what "5=1994,6=1995" says."""
    pairs = [one.partition("=") for one in text.split(",") if one.strip()]
    if any(not sign or not value.strip() for _, sign, value in pairs):
        raise RuleError(f"{option} is {text!r}; it should be like A=1,B=2.")
    names = [name.strip() for name, _, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise RuleError(f"{option} names {', '.join(twice)} more than once. Name each once.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _number(text: str | None) -> str | float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return text


def _real(text: str, option: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RuleError(f"{option}: {text!r} is no number.") from None


def _csv(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(path)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ReadError(f"{path} is no CSV file that can be read: {error}.") from error
    if missing := [name for name in columns if name not in table]:
        raise ReadError(f"{path} has no column {', '.join(missing)}. It has: {', '.join(table.columns)}.")
    return table


def _told(address: str) -> str | None:
    """Return what a project says of itself, such as that it is no survey."""
    from ilo_gis import io

    return io.project_info(address).get("note") if io.is_project(address) else None


def _said(side: pd.DataFrame | None) -> dict[str, Any]:
    if side is None:
        return {}
    plain = side.astype(object).where(side.notna(), None)
    rows = {str(k): {f"{a} {b}": v for (a, b), v in row.items()} for k, row in plain.iterrows()}
    return {"scenarios": rows}
