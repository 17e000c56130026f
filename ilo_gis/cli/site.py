"""The command for the ground before any plan: `constraints`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Day, Folder, Output, grouped
from ilo_gis.cli.shared import (
    code,
    heights_at,
    language,
    layer_at,
    named,
    norms_on,
    note_of,
    number_or_text,
    print_json,
    records,
)
from ilo_gis.console import show_balance, show_findings, show_indicators, totals
from ilo_gis.errors import ReadError, RuleError, did_you_mean

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.norms import Norms
    from ilo_gis.site import Source

__all__ = ["constraints"]

KINDS = {  # option: kind of constraint, in the order in which reasons count
    "shore": "shore", "railway": "railway", "ravines": "ravine", "rivers": "river",
    "power_lines": "power_line", "airport": "airport", "industry": "industry", "faults": "fault",
    "occupation": "occupation", "monuments": "monument",
}  # fmt: skip
MORE = {  # option: the option that it belongs to, and what it is of its source
    "barriers": ("shore", "ends"), "exempt": ("shore", "exempt"), "railway_width": ("railway", "width"),
    "ravine_width": ("ravines", "width"), "bank": ("rivers", "by"), "fault_width": ("faults", "width"),
}  # fmt: skip
ENTRY = ("kind", "layer", "id", "width", "by", "effect", "reason", "article", "ends", "exempt", "name")
TABLE = {"kind", "reason", "effect", "area"}  # columns of polygons that are constraints already
UNKNOWN = 1e-6  # share of a site whose slope may be unknown by rounding
FROM, HOW = "What constrains the site: FILE, FILE|LAYER or sample:NAME", "How wide"


def _option(text: str, panel: str = FROM) -> Any:
    return typer.Option(help=text, rich_help_panel=panel)


@dataclass(frozen=True)
class Given:
    """The layers that make constraints, and how wide they are."""

    shore: Annotated[str | None, _option("Line of high tide, or the sea as polygons.")] = None
    barriers: Annotated[
        list[str] | None, _option("Cliffs, hills and streets that end the beach's restricted zone.")
    ] = None
    exempt: Annotated[str | None, _option("Land that was private before the law on beaches.")] = None
    railway: Annotated[str | None, _option("Tracks.")] = None
    ravines: Annotated[str | None, _option("Dry ravines; a column bank tells the kind of bank.")] = None
    rivers: Annotated[str | None, _option("Rivers; a column bank tells the kind of bank.")] = None
    power_lines: Annotated[str | None, _option("Power lines; column kv.")] = None
    airport: Annotated[str | None, _option("Polygons of an airport; a column effect may tell.")] = None
    industry: Annotated[str | None, _option("Industrial plants; column class: I1 to I4.")] = None
    faults: Annotated[str | None, _option("Geological faults.")] = None
    occupation: Annotated[str | None, _option("Land that is built on.")] = None
    monuments: Annotated[str | None, _option("Polygons of monuments.")] = None
    constraint: Annotated[
        list[str] | None,
        _option("Any other: column reason; optional article, effect, width. Or a table of constraints."),
    ] = None
    elevation: Annotated[
        str | None, _option("Raster of heights, m: hillsides limit building. FILE or sample:elevation.")
    ] = None
    recipe: Annotated[
        Path | None, _option(r"TOML file of \[\[constraint]] entries: kind, layer, width, by, reason ...")
    ] = None
    railway_width: Annotated[
        str | None, _option("On each side, m; or a column; or a norm: easements.railway_claim.", HOW)
    ] = None
    ravine_width: Annotated[str | None, _option("On each side, m; or a column; or a norm.", HOW)] = None
    bank: Annotated[str | None, _option("Kind of bank of the rivers, or the column that tells.", HOW)] = None
    partial: Annotated[
        bool, _option("Heights may be missing in part of the site; how much is told.", HOW)
    ] = False
    steepest: Annotated[
        float | None, _option("Slope above which ground is hillside, a share (TH.050: 0.2).", HOW)
    ] = None
    hillside: Annotated[str, _option("What a hillside does to building: limit or forbid.", HOW)] = "limit"
    fault_width: Annotated[str | None, _option("On each side, m; or a column; or a norm.", HOW)] = None


@grouped
def constraints(
    site: Annotated[str, typer.Argument(help="The site: FILE, FILE|LAYER or sample:NAME.")],
    given: Given,
    output: Output,
    holdings: Annotated[
        str | None, typer.Option(help="Polygons with a column holder: who holds the land left.")
    ] = None,
    title: Annotated[str, typer.Option(help="Heading of the map.")] = "",
    min_land: Annotated[float, typer.Option(help="Smaller pieces of land are lost too, m2.")] = 1.0,
    crs: Crs = None,
    on: Day = None,
    folder: Folder = None,
) -> None:
    """Tell what of a site may be built on, what not, and why: constraints, land and losses, with a map."""
    from ilo_gis import io, plotting
    from ilo_gis import site as ground
    from ilo_gis.tables import join_findings

    language(output.lang)
    for path in (output.out, output.map):
        io.require_free(path, output.overwrite)
    norms = norms_on(on, folder)
    entries = _entries(given)
    outline = layer_at(site, crs)
    steep, unknown = _hillsides(given, norms, outline)
    taken, found = _drawn(entries, given.constraint or [], steep, norms, outline, crs)
    found = join_findings(found, unknown)
    land, losses = ground.buildable(outline, taken, min_land=min_land)
    tables = {"constraints": taken, "land": land, "losses": losses, "findings": found}
    if holdings is not None:
        tables["indicators"] = ground.held_share(land, layer_at(holdings, crs))
    info = {"site": site, "on": str(norms.on), "sources": json.dumps(entries, ensure_ascii=False)}
    io.write_tables(tables, output.out, output.overwrite, info)
    plotting.constraints_map(
        outline,
        taken,
        land,
        losses,
        output.map,
        title=title or None,
        lang=output.lang,
        note=note_of(outline, output.lang),
        overwrite=output.overwrite,
    )
    _tell(tables, ground.balance(land, losses), output)


def _entries(given: Given) -> list[dict[str, Any]]:
    """Return what the options and the recipe say of each source."""
    entries = {
        option: {"kind": kind, "layer": at}
        for option, kind in KINDS.items()
        if (at := getattr(given, option))
    }
    for option, (owner, key) in MORE.items():
        value = getattr(given, option)
        if not value:
            continue
        if owner not in entries:
            raise RuleError(f"--{_dashed(option)} is without --{_dashed(owner)}. Name the layer too.")
        entries[owner][key] = number_or_text(value) if key == "width" else value
    return [*entries.values(), *([] if given.recipe is None else _recipe(given.recipe))]


def _dashed(option: str) -> str:
    return option.replace("_", "-")


def _recipe(path: Path) -> list[dict[str, Any]]:
    """Read the entries of a recipe; files are named from its folder."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The recipe {path} cannot be read: {error}.") from error
    entries = told.pop("constraint", [])
    if told or not isinstance(entries, list) or not entries:
        raise RuleError(
            f"{path} should hold entries [[constraint]] and nothing else; found: {', '.join(told)}."
        )
    for number, entry in enumerate(entries, start=1):
        for key in set(entry) - set(ENTRY):
            raise RuleError(
                f"{path}, entry {number}: unknown key {key!r}{did_you_mean(key, ENTRY)}. "
                f"The keys are: {', '.join(ENTRY)}."
            )
        if missing := {"kind", "layer"} - set(entry):
            raise RuleError(f"{path}, entry {number}: {' and '.join(sorted(missing))} missing.")
        for key in {"layer", "ends", "exempt"} & set(entry):
            entry[key] = _beside(path, entry[key])
    return entries


def _beside(path: Path, address: Any) -> Any:
    if isinstance(address, list):
        return [_beside(path, one) for one in address]
    return address if address.startswith("sample:") else str(path.parent / address)


def _hillsides(
    given: Given, norms: Norms, site: gpd.GeoDataFrame
) -> tuple[list[gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Return the table of constraints by slope, where heights are given, and where no slope is known."""
    from ilo_gis.site import slope_classes, slope_constraints
    from ilo_gis.tables import empty, findings

    nothing = empty("findings", site.crs)

    if given.elevation is None:
        if given.steepest is not None:
            raise RuleError("--steepest is without --elevation. Name the raster of heights too.")
        return [], nothing
    ground = heights_at(given.elevation, site, given.partial)
    steep = slope_constraints(ground, norms, site=site, limit=given.steepest, effect=given.hillside)
    whole = site.union_all()
    unknown = whole.area - slope_classes(ground).intersection(whole).area.sum()
    if unknown < UNKNOWN * whole.area:
        return [steep], nothing
    return [steep], findings("site", None, "constraints.no_slope", found=unknown, crs=site.crs)


def _drawn(
    entries: list[dict[str, Any]],
    own: list[str],
    ready: list[gpd.GeoDataFrame],
    norms: Norms,
    site: gpd.GeoDataFrame,
    crs: str | None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the table of all constraints, and what was found."""
    import pandas as pd

    from ilo_gis import site as ground
    from ilo_gis.tables import conform

    sources, ready = [_source(entry, crs) for entry in entries], list(ready)
    for address in own:
        layer = layer_at(address, crs)
        if set(layer.columns) >= TABLE:
            ready.append(conform(layer, "constraints"))
        else:
            width = "width" if "width" in layer else None
            sources.append(ground.Source(Path(address.split("|")[0]).stem, layer, width=width))
    taken, found = ground.constraints(sources, norms, site=site)
    filled = [table for table in (taken, *ready) if len(table)]
    return conform(pd.concat(filled), "constraints") if filled else taken, found


def _source(entry: Mapping[str, Any], crs: str | None) -> Source:
    """Return a source with its layers read."""
    import pandas as pd

    from ilo_gis.site import Source

    said = {key: value for key, value in entry.items() if key in {field.name for field in fields(Source)}}
    said["layer"] = named(layer_at(entry["layer"], crs), entry.get("id"), "id")
    if "ends" in entry:
        ends = [entry["ends"]] if isinstance(entry["ends"], str) else entry["ends"]
        layers = [layer_at(one, crs) for one in ends]
        said["ends"] = layers[0] if len(layers) == 1 else pd.concat(layers, ignore_index=True)
    if "exempt" in entry:
        said["exempt"] = layer_at(entry["exempt"], crs)
    return Source(**said)


def _tell(tables: dict[str, Any], balance: pd.DataFrame, output: Output) -> None:
    land, found, held = tables["land"], tables["findings"], tables.get("indicators")
    site = land["area"].sum() + tables["losses"]["area"].sum()
    if output.as_json:
        said = {
            "gpkg": output.out,
            "map": output.map,
            "constraints": len(tables["constraints"]),
            "site": site,
        }
        said |= {"buildable": land["area"].sum(), "limited": land["area"][land["limits"].notna()].sum()}
        said |= {"reasons": balance.reset_index().to_dict("records"), "counts": totals(found)}
        said |= {} if held is None else {"holders": held["value"].to_dict()}
        print_json(said | {"findings": records(found)})
    else:
        show_balance(balance, land, site, output.lang)
        if held is not None:
            show_indicators(held, output.lang)
        show_findings(found, len(tables["constraints"]), 8, output.lang, of="constraints")
        typer.echo(f"\n{output.out}\n{output.map}")
    raise typer.Exit(code(found))
