"""The commands `taps` and `latrines`: where taps stand, and which corner of each lot has the latrine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Day, Folder, MapOutput, grouped
from ilo_gis.cli.shared import (
    SAMPLE,
    code,
    heights_at,
    language,
    layer_at,
    named,
    norms_on,
    note_of,
    print_json,
    quiet_solver,
    records,
)
from ilo_gis.console import show_findings, show_rows, totals

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["latrines", "taps"]

ADDRESS = "FILE, FILE|LAYER or sample:NAME."
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "taps": "Piletas públicas",
        "tap_heads": (
            "Piletas",
            "Cota inferior",
            "Brecha",
            "Hogares",
            "Recorrido medio (m)",
            "Brecha (recorrido)",
        ),
        "latrines": "Letrinas",
        "latrine_heads": ("Esquina", "Lotes", "Comparten zanja", "Al desagüe (m)"),
    },
    "en": {
        "taps": "Public taps",
        "tap_heads": ("Taps", "Bound", "Gap", "Households", "Mean walk (m)", "Gap (walk)"),
        "latrines": "Latrines",
        "latrine_heads": ("Corner", "Lots", "Share a trench", "To the sewer (m)"),
    },
}


@dataclass(frozen=True)
class Land:
    """What is read; by default the sample."""

    lots: Annotated[str, typer.Option(help=f"Lots: {ADDRESS}")] = f"{SAMPLE}lots"
    streets: Annotated[str | None, typer.Option(help=f"Centre lines of the streets: {ADDRESS}")] = None
    id_column: Annotated[str | None, typer.Option(help="Column that names the lots.")] = None
    crs: Crs = None
    on: Day = None
    folder: Folder = None


@grouped
def taps(
    land: Land,
    output: MapOutput,
    capacity: Annotated[int | None, typer.Option(help="Most households a tap (norm: 100).")] = None,
    max_walk: Annotated[float | None, typer.Option(help="Longest walk to a tap, m (norm: 500).")] = None,
    persons: Annotated[float | None, typer.Option(help="Persons a household (5, an example).")] = None,
    households: Annotated[str | None, typer.Option(help="Column of the households of each lot (1).")] = None,
    reserves: Annotated[str | None, typer.Option(help=f"Land where taps may stand too: {ADDRESS}")] = None,
    walks: Annotated[bool, typer.Option("--walks", help="Draw a line from each lot to its tap.")] = False,
) -> None:
    """Site public taps: as few as can be, then the shortest walk; tell the bound, and the Sphere test."""
    from ilo_gis import io, plotting, siting

    _free(output)
    asked = {"capacity": capacity, "max_walk": max_walk, "persons_per_household": persons}
    terms = siting.TapTerms.from_norms(
        norms_on(land.on, land.folder), **{name: value for name, value in asked.items() if value is not None}
    )
    lots, lines = _read(land)
    places = None if reserves is None else layer_at(reserves, land.crs)
    with quiet_solver():
        found = siting.taps(lots, lines, terms, households=households or 1, reserves=places)
    if output.out is not None:
        content = {"taps": found.taps, "tap_lots": found.lots, "findings": found.findings}
        io.write_tables(content, output.out, output.overwrite)
    if output.png is not None:
        plotting.taps_map(
            found.taps, found.lots, lots, output.png, streets=lines, findings=found.findings, walks=walks,
            lang=output.lang, note=note_of(lots, output.lang), overwrite=output.overwrite,
        )  # fmt: skip
    served = int(found.lots["households"].sum())
    sums = {"taps": len(found.taps), "bound": found.bound, "gap": found.gap, "households": served}
    sums |= {"walk": found.walk, "walk_bound": found.walk_bound, "walk_gap": found.walk_gap}
    mean = found.walk / served if served else 0.0
    row = [
        len(found.taps),
        found.bound,
        f"{found.gap:.1%}",
        f"{served:,}",
        f"{mean:.1f}",
        f"{found.walk_gap:.1%}",
    ]
    _told("taps", [list(map(str, row))], sums, found.findings, len(lots), output)


@grouped
def latrines(
    land: Land,
    output: MapOutput,
    sewer_line: Annotated[
        str | None, typer.Option(help=f"Line of the future sewer (the streets): {ADDRESS}")
    ] = None,
    elevation: Annotated[
        str | None, typer.Option(help="Raster of heights, m. FILE or sample:elevation.")
    ] = None,
    water: Annotated[str | None, typer.Option(help=f"Wells and other sources of water: {ADDRESS}")] = None,
    houses: Annotated[str | None, typer.Option(help=f"Houses that stand already: {ADDRESS}")] = None,
    around: Annotated[str | None, typer.Option(help="Lot in the middle of the map.")] = None,
) -> None:
    """Fix the corner of each lot for the latrine, so that it joins the future sewer; tell why."""
    from ilo_gis import io, plotting, siting

    _free(output)
    terms = siting.LatrineTerms.from_norms(norms_on(land.on, land.folder))
    lots, lines = _read(land)
    line = lines if sewer_line is None else layer_at(sewer_line, land.crs)
    more = {"water": water, "houses": houses}
    found = siting.latrines(
        lots,
        lines,
        terms,
        sewer_line=line,
        elevation=None if elevation is None else heights_at(elevation, lots),
        **{name: None if where is None else layer_at(where, land.crs) for name, where in more.items()},
    )
    table = found.latrines
    if output.out is not None:
        io.write_tables({"latrines": table, "findings": found.findings}, output.out, output.overwrite)
    if output.png is not None:
        plotting.latrines_map(
            table, lots, line, output.png, around=around, lang=output.lang,
            note=note_of(lots, output.lang), overwrite=output.overwrite,
        )  # fmt: skip
    names = siting.latrine_words()["corners"]
    rows = [
        [
            names[corner][output.lang],
            f"{len(own):,}",
            f"{own['pair'].notna().sum():,}",
            f"{own['to_sewer'].mean():.1f}",
        ]
        for corner, own in table.groupby("corner", observed=True)
    ]
    sums = {"latrines": len(table), "paired": int(table["pair"].notna().sum())}
    sums |= {"corners": table["corner"].value_counts().sort_index().to_dict()}
    _told("latrines", rows, sums, found.findings, len(lots), output)


def _free(output: MapOutput) -> None:
    """Refuse what cannot be written before any work."""
    from ilo_gis import io

    language(output.lang)
    for path in (output.out, output.png):
        if path is not None:
            io.require_free(path, output.overwrite)


def _read(land: Land) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the lots by their ids, and centre lines that meet where streets meet."""
    from ilo_gis import subdivision

    lots = named(layer_at(land.lots, land.crs), land.id_column, "lot_id")
    lines = layer_at(land.streets or f"{SAMPLE}pampa_streets", land.crs)
    return lots, subdivision.layout_streets(lines).street_lines


def _told(
    what: str,
    rows: list[list[str]],
    sums: dict[str, Any],
    found: gpd.GeoDataFrame,
    count: int,
    output: MapOutput,
) -> None:
    if output.as_json:
        said = {"counts": totals(found), "findings": records(found)}
        print_json(sums | said | {"gpkg": output.out, "map": output.png})
    else:
        words = WORDS[output.lang]
        show_rows(words[what], words[f"{what[:-1]}_heads"], rows)
        show_findings(found, count, output.rows, output.lang, "lots")
        for path in (output.out, output.png):
            typer.echo(path) if path else None
    raise typer.Exit(code(found))
