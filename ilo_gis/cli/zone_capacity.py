"""The command `zoning capacity`: how many people a plan has room for, and the facilities they need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Folder, Json, Lang, grouped
from ilo_gis.cli.shared import language, layer_at, named, norms_on, plain_rows, print_json, records
from ilo_gis.cli.zone_layers import On, ZoneLayer, day_of, read_zones, require_in_force
from ilo_gis.console import show_findings, show_rows, totals
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["capacity"]

HECTARE = 1e4  # m2
SHARE = "international.sites_and_services"  # norm of the share of land that is sold as lots
GROSS = {
    "persons": "gross_density",
    "persons_by_density": "gross_by_density",
    "persons_laid_out": "gross_laid_out",
}
HEADS = {  # columns of the table capacity; the last three only of a plan with lots
    "es": {
        "zones": "Zonas",
        "area": "Área bruta (ha)",
        "housing_area": "Para vivienda (ha)",
        "net_area": "Neta (ha)",
        "lots": "Lotes posibles",
        "persons": "Hab.",
        "gross_density": "hab/ha brutos",
        "persons_by_density": "Hab. por densidad neta",
        "gross_by_density": "hab/ha brutos",
        "lots_laid_out": "Lotes trazados",
        "persons_laid_out": "Hab.",
        "gross_laid_out": "hab/ha brutos",
    },
    "en": {
        "zones": "Zones",
        "area": "Gross area (ha)",
        "housing_area": "For housing (ha)",
        "net_area": "Net (ha)",
        "lots": "Lots possible",
        "persons": "Persons",
        "gross_density": "per ha gross",
        "persons_by_density": "Persons by net density",
        "gross_by_density": "per ha gross",
        "lots_laid_out": "Lots laid out",
        "persons_laid_out": "Persons",
        "gross_laid_out": "per ha gross",
    },
}
WORDS = {
    "es": {
        "title": "Capacidad · viviendas por lote: {per_lot:g}, personas por vivienda: {persons:g}, {net}",
        "share": "{:.0%} del suelo en lotes",
        "measured": "suelo neto medido en los lotes",
        "total": "Total",
        "persons_each": "Habitantes por unidad",
        "needed": "Unidades",
        "min_site": "Terreno mínimo (m²)",
        "area_needed": "Área necesaria (m²)",
        "sites": "Con terreno",
        "short": "Faltan",
        "area_short": "Falta (m²)",
        "article": "Artículo",
        "proposal": "SISNE, propuesta",
        "density": "{persons:,.0f} habitantes en {area_ha:,.1f} ha: "
        "{gross:,.0f} hab/ha brutos, {net:,.0f} hab/ha netos.",
        "left_out": "Sin contar: {lots} zonas sin lote mínimo, {density} sin densidad neta.",
        "facilities": "Equipamiento para {:,.0f} habitantes (la norma SISNE es una propuesta, no ley)",
    },
    "en": {
        "title": "Capacity · dwellings a lot: {per_lot:g}, persons a dwelling: {persons:g}, {net}",
        "share": "{:.0%} of the land in lots",
        "measured": "net land measured on the lots",
        "total": "Total",
        "persons_each": "Persons for each",
        "needed": "Needed",
        "min_site": "Least site (m²)",
        "area_needed": "Land needed (m²)",
        "sites": "With a site",
        "short": "Short of",
        "area_short": "Land short (m²)",
        "article": "Article",
        "proposal": "SISNE, proposal",
        "density": "{persons:,.0f} inhabitants on {area_ha:,.1f} ha: "
        "{gross:,.0f} persons/ha gross, {net:,.0f} net.",
        "left_out": "Not counted: {lots} zones without a least lot, {density} without a net density.",
        "facilities": "Facilities for {:,.0f} inhabitants (the SISNE standard is a proposal, no law)",
    },
}


@dataclass(frozen=True)
class Scope:
    """Which zones count, and how they are grouped."""

    on: On = None
    within: Annotated[str | None, typer.Option(help="Polygons: only the land in them counts.")] = None
    phases: Annotated[str | None, typer.Option(help="Polygons of phases: a row for each.")] = None
    phase_column: Annotated[str, typer.Option(help="Column that names the phases.")] = "phase"


@dataclass(frozen=True)
class Count:
    """How people are counted."""

    dwellings: Annotated[float, typer.Option(help="Dwellings on a lot.")] = 1.0
    persons: Annotated[float, typer.Option(help="Persons in a dwelling.")] = 5.0
    net_share: Annotated[
        float | None,
        typer.Option(help="Share of the land that is in lots (0.6, as usual in serviced sites)."),
    ] = None
    net_measured: Annotated[bool, typer.Option(help="The lots of the plan are the net land.")] = False
    by: Annotated[str, typer.Option(help="A row for each zone, or for each value of a column.")] = "code"
    inhabitants: Annotated[
        float | None, typer.Option(help="Inhabitants wanted: at which density are they housed?")
    ] = None
    lot_type: Annotated[
        int, typer.Option(help="Type of lot of TH.010, article 9, for the share of parks.", min=1, max=6)
    ] = 4


@grouped
def capacity(
    zones: Annotated[str, typer.Argument(help="Zones: FILE, FILE|LAYER or sample:zones.")],
    about: ZoneLayer,
    scope: Scope,
    count: Count,
    lots: Annotated[str | None, typer.Option(help="Lots of a plan, to count those laid out too.")] = None,
    reserves: Annotated[str | None, typer.Option(help="Land reserved for facilities and parks.")] = None,
    folder: Folder = None,
    out: Annotated[Path | None, typer.Option(help="GeoPackage for the tables.")] = None,
    overwrite: Annotated[bool, typer.Option(help="Replace an existing file.")] = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Count the people that zones have room for, by lots, by net density and as laid out."""
    from ilo_gis import io
    from ilo_gis.zoning import facilities_needed

    language(lang)
    if out is not None:
        io.require_free(out, overwrite)
    norms = norms_on(None, folder)
    table, found, title = _counted((zones, about), lots, scope, count, norms, WORDS[lang])
    whole = _total(table)
    land = None if reserves is None else layer_at(reserves, about.crs)
    people = _people(whole) if count.inhabitants is None else count.inhabitants
    needed = facilities_needed(
        people, norms, area=float(whole["housing_area"]), lot_type=count.lot_type, reserves=land
    )
    if out is not None:
        tables = {"capacity": table, "facilities": needed, "findings": found}
        io.write_tables(tables, out, overwrite)
    if as_json:
        told = {
            "capacity": plain_rows(table),
            "total": whole.where(whole.notna(), None).to_dict(),
            "facilities": plain_rows(needed),
            "counts": totals(found),
            "findings": records(found),
        }
        print_json(told | {"density_needed": _density(count.inhabitants, whole), "gpkg": out})
        return
    _show(table, whole, title, lang)
    if (density := _density(count.inhabitants, whole)) is not None:
        typer.echo(WORDS[lang]["density"].format(**density))
    if lots is not None:
        show_findings(found, int(whole["zones"]), 8, lang, of="zones")
    if people:
        _show_facilities(needed, people, lang)
    if out is not None:
        typer.echo(f"\n{out}")


def _counted(
    layer: tuple[str, ZoneLayer],
    lots: str | None,
    scope: Scope,
    count: Count,
    norms: Any,
    words: dict[str, str],
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, str]:
    """Return the capacity of the zones in force, where lots hold too many, and what it rests on."""
    from ilo_gis import zoning
    from ilo_gis.tables import empty

    (read, _, known), crs = read_zones(*layer), layer[1].crs
    day, by = day_of(scope.on) or date.today(), count.by
    held = zoning.zones_on(read, day)
    require_in_force(held, read, day)
    if scope.within is not None:
        site = layer_at(scope.within, crs).assign(within="site")
        held = zoning.zones_by_area(held, site, "within").dropna(subset="within")
        held.index = held.index.str.removesuffix("/site")
    if scope.phases is not None:
        held = zoning.zones_by_area(held, layer_at(scope.phases, crs), scope.phase_column)
        by = scope.phase_column
    share = None if count.net_measured else count.net_share
    if share is None and not count.net_measured:
        share = float(norms[SHARE].value["saleable"][0])
    laid = _assigned(lots, held, crs)
    people = {"dwellings_per_lot": count.dwellings, "persons_per_dwelling": count.persons}
    table = zoning.capacity(held, laid, **people, net_share=share, catalogues=known, by=by)
    found = empty("findings", held.crs)
    if laid is not None:
        found = zoning.check_density(held, laid, **people, catalogues=known)
    net = words["measured"] if share is None else words["share"].format(share)
    return table, found, words["title"].format(per_lot=count.dwellings, persons=count.persons, net=net)


def _assigned(lots: str | None, zones: gpd.GeoDataFrame, crs: str | None) -> gpd.GeoDataFrame | None:
    """Return the lots of a plan with their zones; remnants are no lots."""
    from ilo_gis.zoning import assign

    if lots is None:
        return None
    table = named(layer_at(lots, crs), None, "lot_id")
    return assign(table[table["kind"] != "remnant"] if "kind" in table else table, zones)


def _people(whole: pd.Series) -> float:
    """Return the inhabitants that facilities are for: those laid out, or the most that zones allow."""
    found = [whole[name] for name in ("persons_laid_out", "persons_by_density", "persons")]
    return next((float(count) for count in found if count > 0), 0.0)


def _density(persons: float | None, whole: pd.Series) -> dict[str, float] | None:
    """Return the densities at which a number of inhabitants is housed on the land there is."""
    if persons is None:
        return None
    if not whole["net_area"] > 0:
        raise RuleError("Nobody lives in these zones, so no density houses anybody. Give zones for housing.")
    gross, net = (persons / (whole[name] / HECTARE) for name in ("area", "net_area"))
    return {"persons": persons, "area_ha": whole["area"] / HECTARE, "gross": gross, "net": net}


def _total(table: gpd.GeoDataFrame) -> pd.Series:
    """Return the sums of all rows; the densities are those of the whole."""
    whole = table.drop(columns="geometry").sum(min_count=1).astype(object)
    whole = whole.where(whole.notna(), float("nan"))
    for count in ("zones", "no_min_area", "no_density"):
        whole[count] = int(whole[count])
    for persons, gross in GROSS.items():
        whole[gross] = whole[persons] / (whole["area"] / HECTARE) if whole["area"] else float("nan")
    return whole


def _show(table: gpd.GeoDataFrame, whole: pd.Series, title: str, lang: str) -> None:
    from ilo_gis.tables.units import figure_text

    heads = HEADS[lang] if table["lots_laid_out"].notna().any() else dict(list(HEADS[lang].items())[:-3])
    rows = [*((str(name), row) for name, row in table.iterrows()), (WORDS[lang]["total"], whole)]
    lines = [
        [name or "–", *(figure_text(row[c] / (HECTARE if "area" in c else 1)) for c in heads)]
        for name, row in rows
    ]
    show_rows(title, ["", *heads.values()], lines)
    if whole["no_min_area"] or whole["no_density"]:
        typer.echo(WORDS[lang]["left_out"].format(lots=whole["no_min_area"], density=whole["no_density"]))


def _show_facilities(needed: pd.DataFrame, people: float, lang: str) -> None:
    from ilo_gis.tables.units import figure_text

    words, name = WORDS[lang], "name_es" if lang == "es" else "name"
    columns = ["persons_each", "needed", "min_site", "area_needed"]
    columns += ["sites", "short", "area_short"] if needed["area_reserved"].notna().any() else []
    lines = [
        [row[name], *(figure_text(row[c]) for c in columns), words.get(row["article"], row["article"])]
        for _, row in needed.iterrows()
    ]
    heads = [words[c] for c in columns]
    show_rows(words["facilities"].format(people), ["", *heads, words["article"]], lines)
