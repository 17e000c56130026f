"""`ilo-gis export`: a project, or some of its tables, as files that offices use; the Peruvian plan set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Json, Lang, grouped
from ilo_gis.cli.shared import code, language, print_json, records
from ilo_gis.console import show_findings, show_rows
from ilo_gis.errors import ReadError, RuleError
from ilo_gis.errors import did_you_mean as hint

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.io import Store
    from ilo_gis.tables import Plan

__all__ = ["export"]

FILES = {"dxf": ".dxf", "xlsx": ".xlsx", "ladm": ".json or .gpkg"}  # the others fill a folder
KINDS = ("dxf", "shp", "geojson", "parquet", "csv", "xlsx", "ladm", "plan-set")
KEPT = ("scenarios", "history")  # of the store, and who worked on it: not of the plan
STRAIGHT = 0.001  # m; vertices of the site that lie so near to a straight line are left out of its table
WORDS: dict[str, dict[str, Any]] = {
    "es": {"title": "Exportado", "heads": ("Tabla", "Filas"), "site": "Predio"},
    "en": {"title": "Exported", "heads": ("Table", "Rows"), "site": "Site"},
}


@dataclass(frozen=True)
class Exported:
    """What is written, and how it is told."""

    out: Annotated[
        Path,
        typer.Option(
            help="File (dxf, xlsx, ladm; shp as .zip) or folder (shp, geojson, parquet, csv, plan-set)."
        ),
    ]
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files.")] = False
    lang: Lang = "es"
    as_json: Json = False


@dataclass(frozen=True)
class Ways:
    """How it is written."""

    scale: Annotated[int | None, typer.Option(help="dxf: scale that texts are sized for, such as 1000.")] = (
        None
    )
    dimensions: Annotated[
        str, typer.Option(help="dxf: entities (dimensions of CAD), text (smaller file) or none.")
    ] = "entities"
    projected: Annotated[
        bool, typer.Option("--projected", help="geojson: metres of the project CRS (no RFC 7946).")
    ] = False
    vertices: Annotated[
        bool, typer.Option("--vertices", help="csv: vertices in files of their own, no WKT.")
    ] = False


@dataclass(frozen=True)
class Place:
    """What the memoria descriptiva says of the place; what is not given stays blank."""

    name: Annotated[str, typer.Option(help="plan-set: name of the subdivision.")] = ""
    district: Annotated[str, typer.Option(help="plan-set: district.")] = ""
    province: Annotated[str, typer.Option(help="plan-set: province.")] = ""
    department: Annotated[str, typer.Option(help="plan-set: department.")] = ""
    body: Annotated[str, typer.Option(help="plan-set: entity that owns the land; no person.")] = ""


@grouped
def export(
    project: Annotated[str, typer.Argument(help="Project of ilo_gis: a GeoPackage, or a server.")],
    output: Exported,
    ways: Ways,
    place: Place,
    to: Annotated[str, typer.Option("--to", help=f"What to write: {', '.join(KINDS)}.")],
    tables: Annotated[str, typer.Option(help="Tables: lots,blocks. By default all of the project.")] = "",
    scenario: Annotated[
        str | None, typer.Option(help="Scenario; by default the plan in force, or the only one.")
    ] = None,
) -> None:
    """Write a project for other programs and offices: DXF, shapefile, XLSX, LADM, plan set and more."""
    from ilo_gis import io

    words = WORDS[language(output.lang)]
    _require(to, output, io)
    with io.open(project) as store:
        info = store.info()
        if to == "plan-set":
            content, found = _plan_set(store.plan(scenario), output, place, info.get("schematic") == "yes")
        else:
            content, found = _content(store, tables, scenario), None
            content |= _sides(content) if to == "dxf" else {}
            _write(to, content, output, ways, info)
    rows = {name: len(table) for name, table in content.items()}
    if output.as_json:
        told = {"findings": records(found)} if found is not None else {}
        print_json({"to": to, "out": output.out, "tables": rows} | told)
    else:
        show_rows(words["title"], words["heads"], [[n, f"{count:,}"] for n, count in rows.items()], left=(0,))
        if found is not None and len(found):
            show_findings(found, rows["vertices"], 20, output.lang)
        typer.echo(output.out)
    raise typer.Exit(code(found) if found is not None else 0)


def _require(to: str, output: Exported, io: Any) -> None:
    """Refuse what cannot be written before any work."""
    if to not in KINDS:
        raise RuleError(f"--to is {to!r}{hint(to, KINDS)}; it can be {', '.join(KINDS)}.")
    ending = output.out.suffix.lower()
    if to in FILES and (not ending or ending not in FILES[to]):
        raise RuleError(f"--out is {output.out}; --to {to} writes a file {FILES[to]}.")
    if to in FILES or ending == ".zip":
        io.require_free(output.out, output.overwrite)


def _content(store: Store, wanted: str, scenario: str | None) -> dict[str, pd.DataFrame]:
    """Read the tables of a project, or those of them that are asked for; never its history."""
    there = [name for name in store.tables() if name not in KEPT]
    asked = [name.strip() for name in wanted.split(",") if name.strip()] or there
    if missing := [name for name in asked if name not in there]:
        raise ReadError(
            f"{store.address} has no table {missing[0]!r}{hint(missing[0], there)} to export. "
            f"Its tables are: {', '.join(there)}."
        )
    return {name: store.read(name, scenario) for name in asked}


def _sides(content: dict[str, Any]) -> dict[str, Any]:
    """Return the sides of the lots, which a drawing measures; without streets too."""
    from ilo_gis import subdivision

    if "lot_sides" in content or "lots" not in content:
        return {}
    streets = content.get("streets")
    known = streets if streets is not None and len(streets) else None
    return {"lot_sides": subdivision.lot_sides(content["lots"], known)}


def _write(to: str, content: dict[str, Any], output: Exported, ways: Ways, info: dict[str, str]) -> None:
    from ilo_gis import io

    more: dict[str, Any] = {"overwrite": output.overwrite}
    if to == "dxf":
        more |= {"scale": ways.scale, "dimensions": ways.dimensions}
        io.write_dxf(content, output.out, lang=output.lang, info=info, **more)
    elif to == "xlsx":
        io.write_xlsx(content, output.out, lang=output.lang, info=info, **more)
    elif to == "ladm":
        io.write_ladm(content, output.out, **more)
    elif to == "shp":
        io.write_shapefile(content, output.out, **more)
    elif to == "geojson":
        io.write_geojson(content, output.out, projected=ways.projected, **more)
    elif to == "parquet":
        io.write_parquets(content, output.out, **more)
    else:
        io.write_csv(content, output.out, vertices=ways.vertices, **more)


def _plan_set(
    plan: Plan, output: Exported, place: Place, schematic: bool
) -> tuple[dict[str, Any], gpd.GeoDataFrame]:
    """Write vertex table, drawing, descriptions of lots and memoria into a folder; check that all closes."""
    from dataclasses import asdict, fields

    from ilo_gis import io, reports, subdivision

    words = WORDS[output.lang]
    site = _site(plan, words["site"])
    vertices = subdivision.perimeter_vertices(site)
    sides = subdivision.lot_sides(plan.lots, plan.streets if len(plan.streets) else None)
    if "name" not in plan.streets:
        sides = subdivision.with_street_names(sides, plan.street_lines)
    said = subdivision.describe_sides(sides, output.lang).rename("description")
    content = {"vertices": vertices, "lot_sides": sides, "lots": plan.lots}
    drawn = {one.name: getattr(plan, one.name) for one in fields(plan)} | content
    told = {key: value for key, value in asdict(place).items() if value}
    info = {"title": place.name} | ({"schematic": "yes"} if schematic else {})
    described = plan.lots.assign(description=said.reindex(plan.lots.index.astype(str)).to_numpy())
    with io.filling(output.out, output.overwrite) as folder:
        book = content | {"lots": described, "summary": plan.summary}
        io.write_xlsx(book, folder / "plan.xlsx", lang=output.lang, info=info)
        io.write_dxf(drawn, folder / "plan.dxf", lang=output.lang, info=info)
        for ending in ("html", "md"):
            reports.memoria_report(plan, vertices, folder / f"memoria.{ending}", output.lang, told, schematic)
    return content, subdivision.check_perimeter(vertices)


def _site(plan: Plan, name: str) -> gpd.GeoDataFrame:
    """Return the outline of all land of a plan, without vertices on straight lines; a piece each."""
    import geopandas as gpd
    import pandas as pd
    import shapely

    land = shapely.coverage_union_all(pd.concat([plan.streets.geometry, plan.blocks.geometry]).to_numpy())
    pieces = shapely.get_parts(shapely.simplify(land, STRAIGHT))
    pieces = pieces[shapely.area(pieces).argsort(kind="stable")[::-1]]
    names = [name] if len(pieces) == 1 else [f"{name} {k + 1}" for k in range(len(pieces))]
    return gpd.GeoDataFrame(index=names, geometry=pieces, crs=plan.blocks.crs)
