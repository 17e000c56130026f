"""The command line: `ilo-gis demo | lots | divide | check | compare | norms`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Day, Folder, Input, Json, Lang, Layer, Limits, Output, Wishes, grouped
from ilo_gis.cli.plans import compare
from ilo_gis.cli.rules import recorded, rule_from, rule_of
from ilo_gis.console import show_findings, show_norms, show_summary, totals
from ilo_gis.errors import IloGisError, ReadError, RuleError

if TYPE_CHECKING:
    import geopandas as gpd

    from ilo_gis.cli.rules import Rule
    from ilo_gis.tables import Plan

__all__ = ["app", "main"]

app = typer.Typer(
    name="ilo-gis",
    help="Lay out and check city land. Exit code 0: done; 1: errors found in the plan; 2: wrong input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(compare)


def main() -> None:
    """Run the command line; errors of input go to standard error, with exit code 2."""
    try:
        app()
    except IloGisError as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
        sys.exit(2)
    except ImportError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("ilo_demo"),
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Lay out the lots of the schematic Pampa Inalámbrica: GeoPackage, map and area table."""
    from ilo_gis import io, norms, workflows
    from ilo_gis.subdivision import LotRule

    rule = LotRule.from_norms(norms.load("pe"), lot_type=4, min_area=120.0, article="PROMUVI XII, 120 m2")
    out.mkdir(parents=True, exist_ok=True)
    note = {"es": "Esquemático, no es levantamiento", "en": "Schematic, no survey"}[_language(lang)]
    title = {
        "es": "Pampa Inalámbrica, Ilo: trazado y lotización",
        "en": "Pampa Inalámbrica, Ilo: streets and lots",
    }[lang]
    with _progress(as_json) as tell:
        plan = workflows.lots_from_streets(
            io.sample("pampa_streets"),
            rule,
            site=io.sample("pampa"),
            reserves=io.sample("parks"),
            width="width",
            norms=norms.load("pe"),
            workers=_processors(),
            progress=tell,
        )
    output = Output(out / "pampa.gpkg", overwrite=True, lang=lang, as_json=as_json)
    _finish(plan, rule, output, title=title, note=note)


@app.command()
@grouped
def lots(
    streets: Annotated[Path, typer.Option(help="File of street centre lines.")],
    output: Output,
    rule: Wishes,
    more: Input,
    layer: Layer = None,
    site: Annotated[Path | None, typer.Option(help="File of polygons to stay within.")] = None,
    reserves: Annotated[
        Path | None, typer.Option(help="File of polygons that get no lots: parks, schools.")
    ] = None,
    width: Annotated[str, typer.Option(help="Width of the streets in m, or the column that has it.")] = "12",
    tolerance: Annotated[
        float, typer.Option(help="Gaps and stubs of streets up to this long are mended, m.")
    ] = 2.0,
) -> None:
    """Lay out numbered, legal lots between existing streets."""
    from ilo_gis import io, workflows

    known, wanted = _prepared(output, rule, more)
    lines = io.read_layer(streets, layer, more.crs)
    options = _more(more) | {
        "site": None if site is None else io.read_layer(site, None, more.crs),
        "reserves": None if reserves is None else io.read_layer(reserves, None, more.crs),
        "width": _number(width),
        "tolerance": tolerance,
    }
    with _progress(output.as_json) as tell:
        plan = workflows.lots_from_streets(
            lines, wanted, norms=known, workers=_processors(), progress=tell, **options
        )
    _finish(plan, wanted, output, title=output.out.stem)


@app.command()
@grouped
def divide(
    blocks: Annotated[Path, typer.Argument(help="File of block polygons, of any source.")],
    output: Output,
    rule: Wishes,
    more: Input,
    layer: Layer = None,
    id_column: Annotated[str | None, typer.Option(help="Column that names the blocks.")] = None,
    streets: Annotated[
        Path | None,
        typer.Option(
            help="File of street land (polygons): only sides on it are fronts. Columns front, rule."
        ),
    ] = None,
) -> None:
    """Cut given blocks into numbered, legal lots."""
    from ilo_gis import io, subdivision, workflows

    known, wanted = _prepared(output, rule, more)
    table = io.read_layer(blocks, layer, more.crs)
    if id_column is None and "block_id" not in table:
        table = subdivision.letter_blocks(table)
    table = _named(table, id_column, "block_id")
    land = None if streets is None else io.read_layer(streets, None, more.crs)
    with _progress(output.as_json) as tell:
        plan = workflows.lots_in_blocks(
            table, wanted, streets=land, norms=known, workers=_processors(), progress=tell, **_more(more)
        )
    _finish(plan, wanted, output, title=output.out.stem)


@app.command()
@grouped
def check(
    file: Annotated[Path, typer.Argument(help="File with lots of any source, or a project of ilo_gis.")],
    limits: Limits,
    layer: Layer = None,
    crs: Crs = None,
    id_column: Annotated[str | None, typer.Option(help="Column that names the lots.")] = None,
    on: Day = None,
    folder: Folder = None,
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 20,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Check lots: geometry, overlaps, access, area, front, width, depth to width, cover."""
    from ilo_gis import io, subdivision

    known = _norms(on, folder)
    rule = rule_from(limits, known)
    if layer is None and io.is_project(file):
        rule = rule or rule_of(io.project_info(file))
        plan = io.read_project(file)
        count, found = len(plan.lots), subdivision.check(plan, rule, known)
    else:
        table = _named(io.read_layer(file, layer, crs), id_column, "lot_id")
        count, found = len(table), subdivision.check_lots(table, rule)
    if as_json:
        _print_json({"checked": count, "counts": totals(found), "findings": _records(found)})
    else:
        show_findings(found, count, rows, _language(lang))
    raise typer.Exit(_code(found))


@app.command()
def norms(
    on: Day = None,
    folder: Folder = None,
    country: Annotated[str, typer.Option(help="Country code.")] = "pe",
    find: Annotated[str, typer.Option(help="Only norms whose id or title has this text.")] = "",
    as_json: Json = False,
) -> None:
    """Print the norms in force: value, unit, article, source and how far to trust them."""
    from dataclasses import asdict

    rules = _norms(on, folder, country)
    wanted = {k: n for k, n in rules.items() if find.lower() in f"{k} {n.title_es}".lower()}
    if as_json:
        _print_json({k: asdict(n) for k, n in wanted.items()})
    else:
        show_norms(list(wanted.values()))


# -- what the commands share ------------------------------------------------------------------


def _prepared(output: Output, rule: Wishes, more: Input) -> tuple[Any, Rule]:
    """Refuse what cannot be written before any work; return the norms, and the rule asked for."""
    from ilo_gis import io

    io.require_free(output.out, output.overwrite)
    io.require_free(output.map, output.overwrite)
    _language(output.lang)
    known = _norms(more.on, more.folder)
    wanted = rule_from(rule, known)
    if wanted is None:
        raise RuleError(
            "No rule for the lots. Give --min-area and --min-frontage, --lot-type, or --rules with a file."
        )
    return known, wanted


def _more(more: Input) -> dict[str, Any]:
    from ilo_gis import io

    zones = None if more.zones is None else io.read_layer(more.zones, None, more.crs)
    return {"zones": zones, "keep": _kept(more), "mode": more.mode}


def _kept(more: Input) -> gpd.GeoDataFrame | None:
    """Read lots that stay; of a project, its lots without the remnants."""
    from ilo_gis import io

    if more.keep is None:
        return None
    table = io.read_layer(more.keep, "lots" if io.is_project(more.keep) else None, more.crs)
    table = _named(table, None, "lot_id")
    return table[table["kind"] != "remnant"] if "kind" in table else table


def _finish(plan: Plan, rule: Rule, output: Output, **map_options: Any) -> None:
    from ilo_gis import io, plotting

    note = {"note": map_options["note"]} if "note" in map_options else {}
    io.write_project(plan, output.out, overwrite=output.overwrite, info=recorded(rule) | note)
    plotting.plan_map(plan, output.map, lang=output.lang, overwrite=output.overwrite, **map_options)
    if output.as_json:
        summary = plan.summary.reset_index().to_dict("records")
        counts = totals(plan.findings)
        _print_json({"gpkg": output.out, "map": output.map, "summary": summary, "counts": counts})
    else:
        show_summary(plan, output.lang)
        show_findings(plan.findings, len(plan.lots), 8, output.lang)
        typer.echo(f"\n{output.out}\n{output.map}")
    raise typer.Exit(_code(plan.findings))


def _norms(on: datetime | None, folder: Path | None, country: str = "pe") -> Any:
    from ilo_gis import norms

    return norms.load(country, on=on.date() if on else None, folder=folder)


def _processors() -> int:
    return os.cpu_count() or 1


def _named(table: gpd.GeoDataFrame, id_column: str | None, usual: str) -> gpd.GeoDataFrame:
    if id_column is None:
        return table.set_index(usual) if usual in table else table
    if id_column not in table:
        raise ReadError(
            f"There is no column {id_column!r}. The columns are: {', '.join(map(str, table.columns))}."
        )
    return table.set_index(id_column)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _language(lang: str) -> str:
    if lang not in ("es", "en"):
        raise RuleError(f"--lang is {lang!r}; it can be es or en.")
    return lang


def _code(found: gpd.GeoDataFrame) -> int:
    return int((found["severity"] == "error").any())


def _records(found: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return found.drop(columns="geometry").astype(object).where(found.notna(), None).to_dict("records")


def _print_json(value: object) -> None:
    def plain(item: Any) -> Any:
        return item.isoformat() if isinstance(item, date) else str(item)

    typer.echo(json.dumps(value, ensure_ascii=False, default=plain, indent=1))


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[float, str], bool]]:
    """Show a bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description:24}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
    ) as bar:
        task = bar.add_task("reading", total=1.0)

        def tell(share: float, text: str) -> bool:
            bar.update(task, completed=share, description=text)
            return True

        yield tell
