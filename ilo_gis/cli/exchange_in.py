"""The command that reads what offices send: `ilo-gis import`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ilo_gis.cli.options import Json, Lang, Layer, grouped
from ilo_gis.cli.shared import code, language, print_json, records
from ilo_gis.errors import RuleError

__all__ = ["import_"]

KNOWN, HOW = "What the file does not tell", "How it is read"


@dataclass(frozen=True)
class About:
    """What a file may not tell of itself."""

    crs: Annotated[
        str | None, typer.Option(help="CRS of the project, such as EPSG:32719.", rich_help_panel=KNOWN)
    ] = None
    source_crs: Annotated[
        str | None,
        typer.Option(
            help="CRS of a drawing or list, where it is another: EPSG:24879 is PSAD56 at Ilo.",
            rich_help_panel=KNOWN,
        ),
    ] = None
    table: Annotated[
        str | None,
        typer.Option(help="What the features of KML or a layer are: lots, blocks ...", rich_help_panel=KNOWN),
    ] = None
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="A column not known by its name: block_id=SECTOR. May be repeated.", rich_help_panel=KNOWN
        ),
    ] = None
    dxf_layer: Annotated[
        list[str] | None,
        typer.Option(
            help="Table of a layer of a drawing: 'LOTES_2=lots'. May be repeated.", rich_help_panel=KNOWN
        ),
    ] = None
    street_width: Annotated[
        float | None, typer.Option(help="Width of streets whose axes are drawn, m.", rich_help_panel=KNOWN)
    ] = None


@dataclass(frozen=True)
class How:
    """How a file is read."""

    encoding: Annotated[
        str | None, typer.Option(help="Encoding of the texts, else found.", rich_help_panel=HOW)
    ] = None
    gap: Annotated[
        float | None, typer.Option(help="Gaps up to this are closed, m (0.01).", rich_help_panel=HOW)
    ] = None
    max_vertices: Annotated[
        int | None, typer.Option(help="The most vertices (10 million).", rich_help_panel=HOW)
    ] = None


@grouped
def import_(
    file: Annotated[
        Path, typer.Argument(help="DXF, CSV with vertices or WKT, KML, GPX, shapefile, GeoJSON.")
    ],
    out: Annotated[Path, typer.Option(help="GeoPackage to write.")],
    about: About,
    how: How,
    layer: Layer = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False,
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 20,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Read what an office or surveyor sent into a GeoPackage, and tell what is wrong with it."""
    from ilo_gis import io
    from ilo_gis.console import show_findings, totals

    io.require_free(out, overwrite)
    language(lang)
    made, found = io.import_file(
        file,
        about.crs,
        source_crs=about.source_crs,
        table=about.table,
        layer=layer,
        columns=_pairs(about.column, "--column block_id=SECTOR"),
        layers=_pairs(about.dxf_layer, "--dxf-layer LOTES_2=lots") or None,
        street_width=about.street_width,
        encoding=how.encoding,
        gap=how.gap,
        max_vertices=how.max_vertices,
    )
    filled = {name: table for name, table in made.items() if len(table)}
    if filled:
        content = {**filled, **({"findings": found} if len(found) else {})}
        io.write_tables(content, out, overwrite, {"source": file.name})
    counts = {name: len(table) for name, table in made.items()}
    if as_json:
        told = {"counts": totals(found), "findings": records(found)}
        print_json({"gpkg": out if filled else None, "read": counts, **told})
    else:
        words = _words(lang)
        for name, count in counts.items():
            typer.echo(f"{words.get(name, name)}: {count:,}")
        show_findings(found, sum(counts.values()), rows, lang, "read")
        typer.echo(f"\n{out}" if filled else f"\n{words['']}")
    raise typer.Exit(code(found) if filled else 1)


def _words(lang: str) -> dict[str, str]:
    """Return what tables are called."""
    said = {
        "blocks": ("Manzanas", "Blocks"),
        "lots": ("Lotes", "Lots"),
        "streets": ("Vías", "Streets"),
        "street_lines": ("Ejes de vía", "Axes of streets"),
        "field_points": ("Puntos de campo", "Field points"),
        "field_tracks": ("Recorridos de campo", "Field tracks"),
        "": (
            "No se escribió nada: ningún elemento se pudo leer.",
            "Nothing was written: no feature could be read.",
        ),
    }
    return {name: both[lang == "en"] for name, both in said.items()}


def _pairs(given: list[str] | None, example: str) -> dict[str, str]:
    """Return options of the form NAME=VALUE."""
    pairs = [one.rpartition("=") for one in given or []]
    if wrong := [value or name for name, sign, value in pairs if not sign or not name or not value]:
        raise RuleError(f"{wrong[0]}: write both names, such as {example}.")
    return {name: value for name, _, value in pairs}
