"""The command line, `ilo-gis`: its commands and what they share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ilo_gis.cli.copies import difference, rebase
from ilo_gis.cli.exchange_in import import_
from ilo_gis.cli.export import export
from ilo_gis.cli.growth import phase, share_land
from ilo_gis.cli.networks import sewer, water
from ilo_gis.cli.options import Crs, Day, Folder, Input, Json, Lang, Layer, Limits, Output, Wishes, grouped
from ilo_gis.cli.plans import compare, demo, plan
from ilo_gis.cli.promuvi import promuvi
from ilo_gis.cli.promuvi_progress import forecast
from ilo_gis.cli.promuvi_progress import progress as promuvi_progress
from ilo_gis.cli.promuvi_register import allot, rank
from ilo_gis.cli.promuvi_stages import advance, status, why_not
from ilo_gis.cli.relocation import relocation
from ilo_gis.cli.relocation_coast import coast
from ilo_gis.cli.relocation_match import balance, match
from ilo_gis.cli.relocation_schedule import schedule
from ilo_gis.cli.rules import rule_from
from ilo_gis.cli.shared import (
    code,
    kept,
    language,
    named,
    norms_on,
    number_or_text,
    print_json,
    processors,
    progress,
    records,
)
from ilo_gis.cli.sharing import pull, push
from ilo_gis.cli.site import constraints
from ilo_gis.cli.siting import latrines, taps
from ilo_gis.cli.store import history, migrate, scenarios, snapshot, undo
from ilo_gis.cli.suitability import suitability
from ilo_gis.cli.zone_capacity import capacity
from ilo_gis.cli.zone_lots import assign, certificate, rezone
from ilo_gis.cli.zoning import zoning
from ilo_gis.console import show_findings, show_norms, show_summary, totals
from ilo_gis.errors import IloGisError, RuleError, without_password

if TYPE_CHECKING:
    from ilo_gis.cli.rules import Rule
    from ilo_gis.tables import Plan

__all__ = ["app", "main"]

WRONG_USE: type[Exception] = typer.BadParameter.__mro__[1]  # of click, or of typer's copy of it


class Commands(TyperGroup):
    """The commands; what is told of wrong words on the command line repeats no password either."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except WRONG_USE as error:
            error.message = without_password(error.message)  # type: ignore[attr-defined]
            raise


app = typer.Typer(
    name="ilo-gis",
    cls=Commands,
    help="Lay out and check city land. Exit code 0: done; 1: errors found in the plan; 2: wrong input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(plan)
app.command("import")(import_)
app.command()(phase)
app.command("share-land")(share_land)
app.command()(history)
app.command()(undo)
app.command()(scenarios)
app.command()(snapshot)
app.command()(push)
app.command()(pull)
app.command()(difference)
app.command()(rebase)
app.command()(migrate)
zoning.command()(assign)
zoning.command()(capacity)
zoning.command()(certificate)
zoning.command()(rezone)
app.command()(constraints)
app.command()(taps)
app.command()(latrines)
app.command()(suitability)
app.command()(water)
app.command()(sewer)
app.command()(export)
app.add_typer(zoning)
relocation.command()(coast)
relocation.command()(match)
relocation.command()(balance)
relocation.command()(schedule)
app.add_typer(relocation)
promuvi.command()(rank)
promuvi.command()(allot)
promuvi.command("progress")(promuvi_progress)
promuvi.command()(forecast)
promuvi.command()(advance)
promuvi.command()(status)
promuvi.command("why-not")(why_not)
app.add_typer(promuvi)


def main() -> None:
    """Run the command line; errors of input go to standard error, with exit code 2."""
    try:
        app()
    except IloGisError as error:
        typer.echo(without_password(f"{type(error).__name__}: {error}"), err=True)
        sys.exit(2)
    except ImportError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


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
        "width": number_or_text(width),
        "tolerance": tolerance,
    }
    with progress(output.as_json) as tell:
        plan = workflows.lots_from_streets(
            lines, wanted, norms=known, workers=processors(), progress=tell, **options
        )
    _finish(plan, wanted, output)


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
    table = named(table, id_column, "block_id")
    land = None if streets is None else io.read_layer(streets, None, more.crs)
    with progress(output.as_json) as tell:
        plan = workflows.lots_in_blocks(
            table, wanted, streets=land, norms=known, workers=processors(), progress=tell, **_more(more)
        )
    _finish(plan, wanted, output)


app.command()(compare)


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

    known = norms_on(on, folder)
    rule = rule_from(limits, known)
    if layer is None and io.is_project(file):
        rule = rule or subdivision.rule_of(io.project_info(file))
        plan = io.read_project(file)
        count, found = len(plan.lots), subdivision.check(plan, rule, known)
    else:
        table = named(io.read_layer(file, layer, crs), id_column, "lot_id")
        count, found = len(table), subdivision.check_lots(table, rule)
    if as_json:
        print_json({"checked": count, "counts": totals(found), "findings": records(found)})
    else:
        show_findings(found, count, rows, language(lang))
    raise typer.Exit(code(found))


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

    rules = norms_on(on, folder, country)
    wanted = {k: n for k, n in rules.items() if find.lower() in f"{k} {n.title_es}".lower()}
    if as_json:
        print_json({k: asdict(n) for k, n in wanted.items()})
    else:
        show_norms(list(wanted.values()))


# -- what the commands share ------------------------------------------------------------------


def _prepared(output: Output, rule: Wishes, more: Input) -> tuple[Any, Rule]:
    """Refuse what cannot be written before any work; return the norms, and the rule asked for."""
    from ilo_gis import io

    io.require_free(output.out, output.overwrite)
    io.require_free(output.map, output.overwrite)
    language(output.lang)
    known = norms_on(more.on, more.folder)
    wanted = rule_from(rule, known)
    if wanted is None:
        raise RuleError(
            "No rule for the lots. Give --min-area and --min-frontage, --lot-type, or --rules with a file."
        )
    return known, wanted


def _more(more: Input) -> dict[str, Any]:
    from ilo_gis import io

    zones = None if more.zones is None else io.read_layer(more.zones, None, more.crs)
    return {"zones": zones, "keep": kept(more.keep, more.crs), "mode": more.mode}


def _finish(plan: Plan, rule: Rule, output: Output) -> None:
    from ilo_gis import io, plotting, subdivision

    io.write_project(plan, output.out, overwrite=output.overwrite, info=subdivision.recorded(rule))
    plotting.plan_map(plan, output.map, lang=output.lang, overwrite=output.overwrite, title=output.out.stem)
    if output.as_json:
        summary = plan.summary.reset_index().to_dict("records")
        counts = totals(plan.findings)
        print_json({"gpkg": output.out, "map": output.map, "summary": summary, "counts": counts})
    else:
        show_summary(plan, output.lang)
        show_findings(plan.findings, len(plan.lots), 8, output.lang)
        typer.echo(f"\n{output.out}\n{output.map}")
    raise typer.Exit(code(plan.findings))
