"""Commands for zoning plans: `zoning codes | check | permitted`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Json, Lang, grouped
from ilo_gis.cli.shared import code, language, layer_at, note_of, print_json, records
from ilo_gis.cli.zone_layers import On, ZoneLayer, catalogues_with, day_of, read_zones, require_in_force
from ilo_gis.console import show_catalogue, show_findings, totals
from ilo_gis.errors import RuleError, near_words

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.tables.catalogues import Catalogue

__all__ = ["zoning"]

zoning = typer.Typer(
    name="zoning",
    help="Zoning plans: their codes, what is wrong with them, what may be built where.",
    no_args_is_help=True,
)


@dataclass(frozen=True)
class Checks:
    """What zones are held against."""

    boundary: Annotated[
        str | None, typer.Option(help="Polygons that have to be zoned: FILE, FILE|LAYER or sample:NAME.")
    ] = None
    on: On = None
    distances: Annotated[
        Path | None, typer.Option(help="CSV file of least distances between zones: one, other, distance.")
    ] = None
    tolerance: Annotated[float, typer.Option(help="Gaps and overlaps thinner than this are slivers, m.")] = (
        0.5
    )


@dataclass(frozen=True)
class Written:
    """What is written."""

    out: Annotated[Path | None, typer.Option(help="GeoPackage for zones and findings.")] = None
    png: Annotated[
        Path | None, typer.Option("--map", help="PNG map of the zones in force on the day of --on (today).")
    ] = None
    overwrite: Annotated[bool, typer.Option(help="Replace an existing file.")] = False


@zoning.command()
@grouped
def check(
    zones: Annotated[str, typer.Argument(help="Zones: FILE, FILE|LAYER or sample:zones.")],
    about: ZoneLayer,
    against: Checks,
    files: Written,
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 20,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Check zoning plans: overlaps, gaps, codes, figures, boundary, and what should not lie side by side."""
    from ilo_gis import io
    from ilo_gis.tables import join_findings
    from ilo_gis.zoning import check_zoning, zones_on
    from ilo_gis.zoning.adjacency import distances

    language(lang)
    for path in [path for path in (files.out, files.png) if path is not None]:
        io.require_free(path, files.overwrite)
    read, told, known = read_zones(zones, about)
    held = read if against.on is None else zones_on(read, against.on.date())
    if against.on is not None:
        require_in_force(held, read, against.on.date())
    boundary = None if against.boundary is None else layer_at(against.boundary, about.crs)
    found = check_zoning(
        read,
        boundary,
        on=day_of(against.on),
        catalogues=known,
        distances=distances(against.distances),
        tolerance=against.tolerance,
    )
    found = join_findings(found, told)
    checked = len(held)
    if files.out is not None:
        io.write_tables({"zones": read, "findings": found}, files.out, files.overwrite)
    if files.png is not None:
        _draw(read, boundary, day_of(against.on), known, files, lang)
    if as_json:
        told = {"checked": checked, "counts": totals(found), "findings": records(found)}
        print_json(told | {"gpkg": files.out, "map": files.png})
    else:
        show_findings(found, checked, rows, lang, of="zones")
        typer.echo("\n".join(["", *(str(path) for path in (files.out, files.png) if path is not None)]))
    raise typer.Exit(code(found))


@zoning.command()
@grouped
def permitted(
    use: Annotated[str, typer.Argument(help="A use, such as bodega; --uses may name an index of your own.")],
    zone: Annotated[str, typer.Argument(help="A code such as RDM; with --zones, the id of a zone.")],
    about: ZoneLayer,
    zones: Annotated[str | None, typer.Option(help="Zones: FILE, FILE|LAYER or sample:zones.")] = None,
    on: On = None,
    uses: Annotated[Path | None, typer.Option(help="TOML file with an index of uses of your own.")] = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Tell whether a use may go to a zone, and why. Exit code 1: it may not."""
    from ilo_gis.zoning import permitted, use_index

    language(lang)
    known = catalogues_with(about.catalogue)
    row = zone if zones is None else _row(read_zones(zones, about)[0], zone)
    found = permitted(use, row, on=day_of(on), catalogues=known, index=use_index(uses))
    if as_json:
        print_json(vars(found))
    else:
        typer.echo(found.reason_es if lang == "es" else found.reason)
        words = ("Fuente", "confianza") if lang == "es" else ("Source", "confidence")
        told = f"{words[0]}: {found.article}; {found.source} ({words[1]}: {found.confidence}, {found.status})"
        typer.echo(f"{found.catalogue}{f' · {found.plan}' * bool(found.plan)} · {found.since}\n{told}")
    raise typer.Exit(int(not found.allowed))


@zoning.command()
def codes(
    name: Annotated[
        str | None, typer.Argument(help="A shipped catalogue, or a TOML file of your own. None: list them.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(help="Tell what its codes are in this catalogue, such as pe_2022.")
    ] = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Print a catalogue of zones: codes, names and parameters; or what its codes are in another one."""
    from ilo_gis.tables.catalogues import catalogue, catalogues, corresponding

    language(lang)
    if name is None:
        listed = {one.name: one.title_es if lang == "es" else one.title for one in catalogues().values()}
        print_json(listed) if as_json else typer.echo("\n".join(f"{k:12}{v}" for k, v in listed.items()))
        return
    one = catalogue(name)
    if to is not None:
        other = catalogue(to)
        both = {one.name: one, other.name: other}
        pairs = {code: corresponding(code, one.name, other.name, both) for code in one.zones}
        _show_pairs(pairs, lang, as_json)
    elif as_json:
        print_json(_plain(one))
    else:
        show_catalogue(one, lang)


def _show_pairs(pairs: dict[str, Any], lang: str, as_json: bool) -> None:
    if as_json:
        print_json({name: vars(pair) for name, pair in pairs.items()})
        return
    for name, pair in pairs.items():
        note = pair.note_es if lang == "es" else pair.note
        typer.echo(f"{name:18}{', '.join(pair.codes) or '–':52}{note}")


def _plain(catalogue: Any) -> dict[str, Any]:
    """Return a catalogue as plain values."""

    def plain(one: Any) -> dict[str, Any]:
        return vars(one) | {"parameters": dict(one.parameters), "ranges": dict(one.ranges)}

    zones = {code: plain(zone) for code, zone in catalogue.zones.items()}
    return vars(catalogue) | {"zones": zones, "corresponding": [dict(one) for one in catalogue.corresponding]}


# -- what the commands do ----------------------------------------------------------------------


def _draw(
    zones: gpd.GeoDataFrame,
    boundary: gpd.GeoDataFrame | None,
    on: date | None,
    known: dict[str, Catalogue],
    files: Written,
    lang: str,
) -> None:
    """Draw the zones of a day."""
    from ilo_gis import plotting
    from ilo_gis.zoning import zones_on

    held = zones_on(zones, on or date.today())
    title = " · ".join(held.sort_values("approved")["plan"].unique())
    plotting.zoning_map(
        held, files.png, boundary=boundary, catalogues=known, title=title, lang=lang,
        note=note_of(held, lang), overwrite=files.overwrite,
    )  # fmt: skip


def _row(zones: gpd.GeoDataFrame, zone: str) -> pd.Series:
    """Return one zone by its id."""
    if zone in zones.index:
        return zones.loc[zone]
    near = near_words(zone, zones.index, most=5, cutoff=0.3)
    raise RuleError(f"There is no zone {zone!r}. Near: {', '.join(near) or ', '.join(zones.index[:5])}.")
