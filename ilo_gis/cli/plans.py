"""Commands for whole plans: `plan`, `demo` and `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.briefs import brief_from, brief_text, example_brief
from ilo_gis.cli.options import (
    BriefOptions,
    Day,
    Folder,
    Given,
    Json,
    Lang,
    Layer,
    Output,
    PlanOutput,
    grouped,
)
from ilo_gis.cli.shared import code, kept, language, norms_on, print_json, processors, progress
from ilo_gis.console import show_comparison, show_findings, show_indicators, show_summary, totals
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.progress import Progress
    from ilo_gis.subdivision import Brief
    from ilo_gis.tables import Plan

__all__ = ["compare", "demo", "plan"]

WORDS = {  # headings of maps
    "es": {"one": "{} · Alternativa {}", "all": "{} · Comparación de alternativas"},
    "en": {"one": "{} · Alternative {}", "all": "{} · Alternatives side by side"},
}


@grouped
def plan(
    known: Given,
    wishes: BriefOptions,
    output: PlanOutput,
    site: Annotated[Path | None, typer.Argument(help="File of polygons: the site.")] = None,
    layer: Layer = None,
    write_brief: Annotated[
        Path | None, typer.Option(help="Write a commented brief to start from, and do nothing else.")
    ] = None,
) -> None:
    """Plan a bare site: streets, blocks, reserves and lots, in one or several alternatives."""
    from ilo_gis import io

    language(output.lang)
    if write_brief is not None:
        _write_brief(write_brief, output)
        return
    if site is None:
        raise RuleError("No site to plan. Name a file of polygons, or write a brief with --write-brief.")
    norms = norms_on(known.on, known.folder)
    brief = brief_from(wishes, norms)
    files = output.files(brief.alternatives)
    several = [output.comparison] if len(files) > 1 else []
    for path in [*(path for one in files for path in (one.out, one.map)), *several]:
        io.require_free(path, output.overwrite)
    land = io.read_layer(site, layer, known.crs)
    with progress(output.as_json) as tell:
        plans = _alternatives(land, brief, _layers(known, land), norms, tell)
    _finish(plans, brief, files, output.comparison, name=output.out.stem)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("ilo_demo"),
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Plan the schematic Pampa Inalámbrica in three ways: GeoPackages, maps and a comparison."""
    from ilo_gis import io, norms
    from ilo_gis.subdivision import Brief, LotRule

    words = {
        "es": ("Esquemático, no es levantamiento", "ocupación existente"),
        "en": ("Schematic, no survey", "existing settlement"),
    }[language(lang)]
    known = norms.load("pe")
    rule = LotRule.from_norms(known, lot_type=4, min_area=120.0, article="PROMUVI XII, 120 m2")
    brief = Brief.from_norms(known, lot_type=4, rule=rule)
    site = io.sample("pampa")
    layers = {
        "streets": io.sample("collectors"),
        "constraints": io.sample("old_part").assign(reason=words[1]),
        "slope": io.read_elevation(io.sample_path("elevation"), site),
    }
    out.mkdir(parents=True, exist_ok=True)
    with progress(as_json) as tell:
        plans = _alternatives(site, brief, layers, known, tell)
    files = [Output(out / f"pampa_{k}.gpkg", overwrite=True, lang=lang, as_json=as_json) for k in plans]
    _finish(plans, brief, files, out / "pampa_compared.png", name="Pampa Inalámbrica, Ilo", note=words[0])


def compare(
    files: Annotated[list[Path], typer.Argument(help="Projects of ilo_gis, two or more.")],
    png: Annotated[Path | None, typer.Option("--map", help="PNG map of all plans side by side.")] = None,
    title: Annotated[str, typer.Option(help="Heading of the map.")] = "",
    persons: Annotated[
        float, typer.Option(help="Persons a lot, for projects without figures of their own.")
    ] = 5.0,
    overwrite: Annotated[bool, typer.Option(help="Replace an existing map.")] = False,
    on: Day = None,
    folder: Folder = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Hold plans against each other: every figure of each, and which is better by it."""
    from ilo_gis import io, plotting, subdivision

    language(lang)
    if png is not None:
        io.require_free(png, overwrite)
    known = norms_on(on, folder)
    plans = {name: _plan(path, known, persons) for name, path in _named(files).items()}
    found = subdivision.compare(plans)
    if png is not None:
        plotting.compare_map(plans, png, lang=lang, title=title, overwrite=overwrite)
    if as_json:
        print_json({"indicators": _compared(found, list(plans)), "map": png})
    else:
        show_comparison(found, lang)
        if png is not None:
            typer.echo(f"\n{png}")


# -- what `plan` and `demo` do --------------------------------------------------------------------


def _alternatives(
    site: gpd.GeoDataFrame, brief: Brief, layers: dict[str, Any], norms: Any, tell: Progress
) -> dict[str, Plan]:
    """Return the plans that the search keeps, the best first, as A, B, C."""
    from ilo_gis import workflows

    return workflows.plan_alternatives(
        site, brief, **layers, norms=norms, workers=processors(), progress=tell
    )


def _layers(known: Given, site: gpd.GeoDataFrame) -> dict[str, Any]:
    """Read what is known of a site."""
    from ilo_gis import io

    def layer(path: Path | None) -> gpd.GeoDataFrame | None:
        return None if path is None else io.read_layer(path, None, known.crs)

    return {
        "streets": layer(known.streets),
        "constraints": layer(known.constraints),
        "slope": None if known.elevation is None else io.read_elevation(known.elevation, site),
        "locked": kept(known.locked, known.crs),
    }


def _write_brief(path: Path, output: PlanOutput) -> None:
    from ilo_gis import io

    with io.replacing(path, output.overwrite) as temporary:
        temporary.write_text(example_brief(output.lang), "utf-8")
    if output.as_json:
        print_json({"brief": path})
    else:
        typer.echo(path)


def _finish(
    plans: dict[str, Plan], brief: Brief, files: list[Output], comparison: Path, name: str, note: str = ""
) -> None:
    """Write plans, their maps and, of several, the comparison; tell what was found."""
    from ilo_gis import io, plotting, subdivision

    output, words = files[0], WORDS[files[0].lang]
    looks: dict[str, Any] = {"lang": output.lang, "overwrite": output.overwrite, "note": note or None}
    info = (
        subdivision.recorded(brief.rule)
        | {"brief": brief_text(brief)}
        | ({"note": note, "schematic": "yes"} if note else {})
    )
    for (letter, one), file in zip(plans.items(), files, strict=False):
        io.write_project(one, file.out, overwrite=output.overwrite, info=info)
        title = words["one"].format(name, letter) if len(plans) > 1 else name
        plotting.plan_map(one, file.map, title=title, **looks)
    written = [path for file in files[: len(plans)] for path in (file.out, file.map)]
    found = None
    if len(plans) > 1:
        found = subdivision.compare(plans)
        plotting.compare_map(plans, comparison, title=words["all"].format(name), **looks)
        written.append(comparison)
    if output.as_json:
        said = [_said(*one) for one in zip(plans, plans.values(), files, strict=False)]
        compared = {} if found is None else {"indicators": _compared(found, list(plans)), "map": comparison}
        print_json({"plans": said, "comparison": compared})
    else:
        _show(plans, found, output.lang)
        typer.echo("\n" + "\n".join(map(str, written)))
    raise typer.Exit(max(code(one.findings) for one in plans.values()))


def _said(name: str, plan: Plan, file: Output) -> dict[str, Any]:
    figures = plan.indicators.reset_index().astype(object)
    return {
        "name": name,
        "gpkg": file.out,
        "map": file.map,
        "summary": plan.summary.reset_index().to_dict("records"),
        "indicators": figures.where(figures.notna(), None).to_dict("records"),
        "counts": totals(plan.findings),
    }


def _show(plans: dict[str, Plan], found: pd.DataFrame | None, lang: str) -> None:
    """Print the best plan, and all side by side."""
    best = next(iter(plans.values()))
    show_summary(best, lang)
    show_indicators(best.indicators, lang)
    show_findings(best.findings, len(best.lots), 8, lang)
    if found is not None:
        show_comparison(found, lang)


# -- what `compare` does --------------------------------------------------------------------------


def _named(files: list[Path]) -> dict[str, Path]:
    """Name plans after their files, with the folders too where two files are named alike."""
    stems = [path.stem for path in files]
    named = {path.stem if stems.count(path.stem) == 1 else str(path): path for path in files}
    if len(named) < len(files):
        raise RuleError("A project is named twice. Name each once, and at least two.")
    return named


def _plan(path: Path, norms: Any, persons: float) -> Plan:
    """Read a project, with its figures; they are computed where it has none."""
    from dataclasses import replace

    from ilo_gis import io, subdivision

    plan = io.read_project(path)
    if not plan.indicators.empty:
        return plan
    rule = subdivision.rule_of(io.project_info(path))
    if rule is None:
        raise RuleError(
            f"{path} has no indicators, and does not tell the rule of its lots, from which they could be "
            "computed. Make it with `ilo-gis lots`, `divide` or `plan`."
        )
    return replace(plan, indicators=subdivision.indicators(plan, rule, norms=norms, persons=persons))


def _compared(found: pd.DataFrame, plans: list[str]) -> list[dict[str, Any]]:
    plain = found.astype(object).where(found.notna(), None)
    about = ["label", "label_es", "unit", "direction", "target", "best"]
    return [
        {"indicator": name}
        | {key: row[key, ""] for key in about}
        | {key: {plan: row[key, plan] for plan in plans} for key in ("value", "met")}
        | {key: {plan: row[key, plan] for plan in plans[1:]} for key in ("difference", "against")}
        for name, row in plain.iterrows()
    ]
