"""The command line: `ilo-gis demo | lots | check | norms`."""

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

from ilo_gis.console import show_findings, show_norms, show_summary, totals
from ilo_gis.errors import IloGisError, ReadError, RuleError

if TYPE_CHECKING:
    import geopandas as gpd

    from ilo_gis.subdivision import LotRule
    from ilo_gis.tables import Plan

__all__ = ["app", "main"]

app = typer.Typer(
    name="ilo-gis",
    help="Lay out and check city land. Exit code 0: done; 1: errors found in the plan; 2: wrong input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Layer = Annotated[str | None, typer.Option(help="Layer of the file, where it has several.")]
Crs = Annotated[
    str | None, typer.Option(help="CRS, such as EPSG:32719: set where the file has none, else projected to.")
]
Overwrite = Annotated[bool, typer.Option(help="Replace an existing file.")]
MinArea = Annotated[float | None, typer.Option(help="Least area of a lot, m2.")]
MinFrontage = Annotated[float | None, typer.Option(help="Least front of a lot on a street, m.")]
LotType = Annotated[
    int | None,
    typer.Option(min=1, max=6, help="Type of lot of TH.010, article 9, instead of your own figures."),
]
MaxRatio = Annotated[float, typer.Option(help="Greatest depth to width of a lot.")]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Norms in force on this day (today).")
]
Folder = Annotated[
    Path | None, typer.Option("--norms", help="Folder with norms of your own (or ILO_GIS_NORMS).")
]
Lang = Annotated[str, typer.Option(help="Language of tables and map: es or en.")]


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
    from ilo_gis import io, norms
    from ilo_gis.subdivision import LotRule

    rule = LotRule.from_norms(norms.load("pe"), lot_type=4, min_area=120.0, article="PROMUVI XII, 120 m2")
    out.mkdir(parents=True, exist_ok=True)
    note = {"es": "Esquemático, no es levantamiento", "en": "Schematic, no survey"}[_language(lang)]
    title = {
        "es": "Pampa Inalámbrica, Ilo: trazado y lotización",
        "en": "Pampa Inalámbrica, Ilo: streets and lots",
    }[lang]
    plan = _lay_out(
        io.sample("pampa_streets"),
        rule,
        quiet=as_json,
        site=io.sample("pampa"),
        reserves=io.sample("parks"),
        width="width",
        norms=norms.load("pe"),
    )
    _finish(
        plan,
        rule,
        out / "pampa.gpkg",
        out / "pampa.png",
        lang,
        as_json,
        title=title,
        note=note,
        overwrite=True,
    )


@app.command()
def lots(
    streets: Annotated[Path, typer.Option(help="File of street centre lines.")],
    out: Annotated[Path, typer.Option(help="GeoPackage to write.")],
    layer: Layer = None,
    site: Annotated[Path | None, typer.Option(help="File of polygons to stay within.")] = None,
    reserves: Annotated[
        Path | None, typer.Option(help="File of polygons that get no lots: parks, schools.")
    ] = None,
    crs: Crs = None,
    width: Annotated[str, typer.Option(help="Width of the streets in m, or the column that has it.")] = "12",
    min_area: MinArea = None,
    min_frontage: MinFrontage = None,
    lot_type: LotType = None,
    max_ratio: MaxRatio = 6.0,
    max_depth: Annotated[
        float | None, typer.Option(help="Greatest depth of a lot, m (2 x area / front).")
    ] = None,
    tolerance: Annotated[
        float, typer.Option(help="Gaps and stubs of streets up to this long are mended, m.")
    ] = 2.0,
    on: Day = None,
    folder: Folder = None,
    png: Annotated[
        Path | None, typer.Option("--map", help="PNG map to write (beside the GeoPackage).")
    ] = None,
    overwrite: Overwrite = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Lay out numbered, legal lots between existing streets."""
    from ilo_gis import io

    png = png or out.with_suffix(".png")
    io.require_free(out, overwrite)
    io.require_free(png, overwrite)
    rules = _norms(on, folder)
    rule = _rule(rules, min_area, min_frontage, lot_type, max_ratio=max_ratio, max_depth=max_depth)
    if rule is None:
        raise RuleError("No rule for the lots. Give --min-area and --min-frontage, or --lot-type.")
    lines = io.read_layer(streets, layer, crs)
    plan = _lay_out(
        lines,
        rule,
        quiet=as_json,
        site=None if site is None else io.read_layer(site, None, crs),
        reserves=None if reserves is None else io.read_layer(reserves, None, crs),
        width=_number(width),
        norms=rules,
        tolerance=tolerance,
    )
    _finish(plan, rule, out, png, lang, as_json, title=out.stem, overwrite=overwrite)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="File with lots of any source, or a project of ilo_gis.")],
    layer: Layer = None,
    crs: Crs = None,
    min_area: MinArea = None,
    min_frontage: MinFrontage = None,
    lot_type: LotType = None,
    max_ratio: MaxRatio = 6.0,
    id_column: Annotated[str | None, typer.Option(help="Column that names the lots.")] = None,
    on: Day = None,
    folder: Folder = None,
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 20,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Check lots: geometry, overlaps, access, area, front, depth to width, cover."""
    from ilo_gis import io, subdivision

    rules = _norms(on, folder)
    rule = _rule(rules, min_area, min_frontage, lot_type, max_ratio=max_ratio)
    if layer is None and io.is_project(file):
        rule = rule or _rule_of(io.project_info(file))
        plan = io.read_project(file)
        count, found = len(plan.lots), subdivision.check(plan, rule, rules)
    else:
        table = _named(io.read_layer(file, layer, crs), id_column)
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


def _lay_out(streets: gpd.GeoDataFrame, rule: LotRule, *, quiet: bool, **options: Any) -> Plan:
    from ilo_gis.workflows import lots_from_streets

    with _progress(quiet) as tell:
        return lots_from_streets(streets, rule, workers=os.cpu_count() or 1, progress=tell, **options)


def _finish(
    plan: Plan,
    rule: LotRule,
    out: Path,
    png: Path,
    lang: str,
    as_json: bool,
    *,
    overwrite: bool,
    **map_options: Any,
) -> None:
    from dataclasses import asdict

    from ilo_gis import io, plotting

    settings = {"rule": json.dumps({k: v for k, v in asdict(rule).items() if v not in (None, "", ())})}
    note = {"note": map_options["note"]} if "note" in map_options else {}
    io.write_project(plan, out, overwrite=overwrite, info=settings | note)
    plotting.plan_map(plan, png, lang=_language(lang), overwrite=overwrite, **map_options)
    if as_json:
        summary = plan.summary.reset_index().to_dict("records")
        _print_json({"gpkg": out, "map": png, "summary": summary, "counts": totals(plan.findings)})
    else:
        show_summary(plan, lang)
        show_findings(plan.findings, len(plan.lots), 8, lang)
        typer.echo(f"\n{out}\n{png}")
    raise typer.Exit(_code(plan.findings))


def _norms(on: datetime | None, folder: Path | None, country: str = "pe") -> Any:
    from ilo_gis import norms

    return norms.load(country, on=on.date() if on else None, folder=folder)


def _rule(
    norms: Any, min_area: float | None, min_frontage: float | None, lot_type: int | None, **more: Any
) -> LotRule | None:
    from ilo_gis.subdivision import LotRule

    given: dict[str, Any] = {
        k: v for k, v in {"min_area": min_area, "min_frontage": min_frontage}.items() if v is not None
    }
    if lot_type is not None:
        return LotRule.from_norms(norms, lot_type, **given, **more)
    if len(given) == 1:
        raise RuleError("Give both --min-area and --min-frontage, or a --lot-type.")
    return LotRule(**given, **more) if given else None


def _rule_of(info: dict[str, str]) -> LotRule | None:
    """Return the rule a project was laid out with, as its file records it."""
    from ilo_gis.subdivision import LotRule

    return LotRule(**json.loads(info["rule"])) if "rule" in info else None


def _named(table: gpd.GeoDataFrame, id_column: str | None) -> gpd.GeoDataFrame:
    if id_column is None:
        return table.set_index("lot_id") if "lot_id" in table else table
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


if __name__ == "__main__":
    main()
