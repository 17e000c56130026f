"""Commands for lots in zones: `zoning assign | certificate | rezone`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Folder, Json, Lang, grouped
from ilo_gis.cli.shared import (
    SAMPLE,
    code,
    language,
    layer_at,
    named,
    norms_on,
    number_or_text,
    print_json,
    records,
)
from ilo_gis.cli.zone_layers import On, ZoneLayer, read_zones, require_in_force
from ilo_gis.console import show_findings, show_rows, totals
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["assign", "certificate", "rezone"]

Lots = Annotated[str, typer.Argument(help="Lots: a project of ilo_gis, FILE, FILE|LAYER or sample:NAME.")]
Overwrite = Annotated[bool, typer.Option(help="Replace an existing file.")]
IdColumn = Annotated[str | None, typer.Option(help="Column that names the lots.")]
HEADS = {
    "es": ("Zona", "Lotes", "Remanentes", "Área (m²)", "Partidos"),
    "en": ("Zone", "Lots", "Remnants", "Area (m²)", "Split"),
}
WORDS = {
    "es": {
        "title": "Lotes por zona al {day}",
        "none": "fuera de zona",
        "record": "{resolution}: {area:,.0f} m² de {code_before} a {code_after}, desde el {date:%d/%m/%Y}.",
        "capacity": "Capacidad por densidad neta: {capacity_before:,.0f} → {capacity_after} habitantes.",
        "lots": "Lotes no conformes: {nonconforming_before} → {nonconforming_after}.",
    },
    "en": {
        "title": "Lots by zone on {day}",
        "none": "outside all zones",
        "record": "{resolution}: {area:,.0f} m² from {code_before} to {code_after}, since {date:%Y-%m-%d}.",
        "capacity": "Capacity by net density: {capacity_before:,.0f} → {capacity_after} inhabitants.",
        "lots": "Lots that do not conform: {nonconforming_before} → {nonconforming_after}.",
    },
}


@grouped
def assign(
    lots: Lots,
    zones: Annotated[str, typer.Option(help="Zones: FILE, FILE|LAYER or sample:zones.")],
    out: Annotated[Path, typer.Option(help="GeoPackage for lots with zones, and findings.")],
    about: ZoneLayer,
    on: On = None,
    tolerance: Annotated[float, typer.Option(help="Share of a lot in another zone that splits it.")] = 0.01,
    id_column: IdColumn = None,
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 20,
    overwrite: Overwrite = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Put each lot into the zone that has most of it, and hold it against the zone's parameters."""
    from ilo_gis import io, tables, zoning

    language(lang)
    io.require_free(out, overwrite)
    land, day = _lots(lots, id_column, about.crs), on.date() if on else date.today()
    plan, read, known = read_zones(zones, about)
    require_in_force(zoning.zones_on(plan, day), plan, day)
    assigned = zoning.assign(land, plan, on=day, tolerance=tolerance)
    found = tables.join_findings(
        read, zoning.lot_conformity(land, plan, on=day, catalogues=known, tolerance=tolerance)
    )
    io.write_tables({"lot_zones": assigned, "findings": found}, out, overwrite, {"day": day.isoformat()})
    counted = _by_zone(land, assigned)
    if as_json:
        print_json(
            {"gpkg": out, "day": day, "zones": counted, "counts": totals(found), "findings": records(found)}
        )
    else:
        words = WORDS[lang]
        cells = [
            (one["code"] or words["none"], *(f"{one[k]:,.0f}" for k in ("lots", "remnants", "area", "split")))
            for one in counted
        ]
        show_rows(words["title"].format(day=day), HEADS[lang], cells)
        show_findings(found, len(land), rows, lang)
        typer.echo(f"\n{out}")
    raise typer.Exit(code(found))


@grouped
def certificate(
    lots: Lots,
    lot_id: Annotated[str, typer.Argument(help="Id of the lot, such as K-12.")],
    zones: Annotated[str, typer.Option(help="Zones: FILE, FILE|LAYER or sample:zones.")],
    out: Annotated[Path, typer.Option(help="The page: .html or .pdf.")],
    about: ZoneLayer,
    issuer: Annotated[str, typer.Option(help="Municipality that issues it (a line to fill in).")] = "",
    uses: Annotated[
        Path | None, typer.Option(help="TOML file with the municipality's index of uses.")
    ] = None,
    on: On = None,
    folder: Folder = None,
    id_column: IdColumn = None,
    overwrite: Overwrite = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Write the certificate of zoning parameters of a lot as one page. It names no person."""
    from ilo_gis import io, reports, zoning

    language(lang)
    io.require_free(out, overwrite)
    plan, _, known = read_zones(zones, about)
    held = _lots(lots, id_column, about.crs)
    said = zoning.certificate(
        lot_id,
        held.set_axis(held.index.astype(str)),  # a word of the command line is text, an id may be a number
        plan,
        on=on.date() if on else date.today(),
        catalogues=known,
        norms=norms_on(on, folder),
        index=zoning.use_index(uses),
        issuer=issuer,
    )
    reports.certificate_report(said, out, lang, overwrite)
    if as_json:
        told = {k: v for k, v in vars(said).items() if k not in ("findings", "surroundings")}
        plain = {k: [vars(one) for one in told[k]] for k in ("parameters", "uses")}
        print_json({"file": out} | told | plain | {"findings": records(said.findings)})
    else:
        show_findings(said.findings, 1, 0, lang)
        typer.echo(f"\n{out}")
    raise typer.Exit(code(said.findings))


@dataclass(frozen=True)
class Change:
    """What is changed."""

    code: Annotated[str, typer.Option(help="Code of the new zone, such as RDA.")]
    by: Annotated[str, typer.Option(help="Body or office that decided, such as 'Concejo Provincial'.")]
    resolution: Annotated[str, typer.Option(help="Ordinance or resolution, such as 'OM 123-2026'.")]
    day: Annotated[
        datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="First day on which it holds.")
    ]
    area: Annotated[str | None, typer.Option(help="Polygons: the land that changes.")] = None
    zone: Annotated[list[str] | None, typer.Option(help="Id of a zone that changes; may be repeated.")] = None
    reason: Annotated[str, typer.Option(help="Why.")] = ""
    parameter: Annotated[
        list[str] | None,
        typer.Option(help="Parameter of the new zone: net_density=560. May be repeated."),
    ] = None


@grouped
def rezone(
    zones: Annotated[str, typer.Argument(help="Zones: FILE, FILE|LAYER or sample:zones.")],
    change: Change,
    out: Annotated[Path, typer.Option(help="GeoPackage for zones, record and findings.")],
    about: ZoneLayer,
    lots: Annotated[str | None, typer.Option(help="Lots, to see which no longer conform.")] = None,
    net_share: Annotated[
        float | None, typer.Option(help="Share of the land that is lots (measured on the lots).")
    ] = None,
    id_column: IdColumn = None,
    overwrite: Overwrite = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Change the zoning of land from a day on, as a record; the plan before it stays in the file."""
    from ilo_gis import io, zoning

    language(lang)
    io.require_free(out, overwrite)
    plan, _, known = read_zones(zones, about)
    land = None if change.area is None else layer_at(change.area, about.crs)
    if land is not None and land.crs != plan.crs:
        raise RuleError(f"The land is in {land.crs}, the zones in {plan.crs}. Say which: --crs EPSG:32719.")
    wanted = zoning.ZoneChange(
        code=change.code,
        by=change.by,
        resolution=change.resolution,
        date=change.day.date(),
        zone_ids=tuple(change.zone or ()),
        geometry=None if land is None else land.union_all(),
        reason=change.reason,
        parameters=_parameters(change.parameter or []),
    )
    held = None if lots is None else _lots(lots, id_column, about.crs)
    made = zoning.rezone(plan, wanted, lots=held, net_share=net_share, catalogues=known)
    record = _with_earlier(made.record, zones)
    io.write_tables({"zones": made.zones, "rezonings": record, "findings": made.findings}, out, overwrite)
    row = made.record.drop(columns="geometry").astype(object).where(made.record.notna(), None).iloc[0]
    if as_json:
        print_json({"gpkg": out, "record": row.to_dict(), "findings": records(made.findings)})
    else:
        _show_change(row, lang)
        if held is not None:
            show_findings(made.findings, len(held), 20, lang)
        typer.echo(f"\n{out}")
    raise typer.Exit(code(made.findings))


def _parameters(given: list[str]) -> dict[str, float]:
    """Return parameters of a zone from words such as ``net_density=560``."""
    pairs = {name: number_or_text(value) for name, _, value in (one.partition("=") for one in given)}
    if wrong := [name for name, value in pairs.items() if not isinstance(value, float)]:
        raise RuleError(f"--parameter {wrong[0]}: write a name and a number, such as net_density=560.")
    return {name: float(value) for name, value in pairs.items()}


def _show_change(row: Any, lang: str) -> None:
    """Print what changed, and its effects where they are known."""
    for name, needed in (
        ("record", "area"),
        ("capacity", "capacity_before"),
        ("lots", "nonconforming_after"),
    ):
        if row[needed] is not None:
            after = row["capacity_after"]
            told = row.to_dict() | {"capacity_after": "?" if after is None else f"{after:,.0f}"}
            typer.echo(WORDS[lang][name].format(**told))


# -- what the commands share ------------------------------------------------------------------


def _lots(address: str, id_column: str | None, crs: str | None) -> gpd.GeoDataFrame:
    """Read lots; of a project, its lots."""
    from ilo_gis import io

    path, _, layer = address.partition("|")
    whole = not layer and not address.startswith(SAMPLE) and io.is_project(path)
    return named(layer_at(f"{path}|lots" if whole else address, crs), id_column, "lot_id")


def _with_earlier(record: gpd.GeoDataFrame, zones: str) -> gpd.GeoDataFrame:
    """Return the record behind those that the file of zones has already."""
    import pandas as pd

    from ilo_gis import io, tables

    path = zones.partition("|")[0]
    if not io.has_layer(path, "rezonings"):
        return record
    earlier = tables.conform(io.read_layer(path, "rezonings"), "rezonings")
    return pd.concat([earlier, record.set_axis(pd.Index([str(len(earlier) + 1)], name="rezoning_id"))])


def _by_zone(lots: gpd.GeoDataFrame, assigned: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return lots, remnants, area and split lots of each code; those outside all zones last."""
    remnant = (lots["kind"] == "remnant").to_numpy() if "kind" in lots else False
    table = assigned[["code", "area"]].assign(
        code=assigned["code"].fillna(""), remnants=remnant, split=assigned["split"].astype(bool)
    )
    table = table.assign(lots=~table["remnants"].astype(bool))
    sums = table.groupby("code")[["lots", "remnants", "area", "split"]].sum().reset_index()
    return sums.sort_values("code", key=lambda c: c.where(c != "", "\uffff")).to_dict("records")
