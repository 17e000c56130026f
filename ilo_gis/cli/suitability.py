"""The command `suitability`: how fit land is, what it hangs on, and where that comes from."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Output, grouped
from ilo_gis.cli.shared import heights_at, language, layer_at, named, note_of, print_json
from ilo_gis.console import show_rows
from ilo_gis.errors import RuleError, did_you_mean

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.site import Factors

__all__ = ["suitability"]

HECTARE = 1e4  # m2
LIMITS = "limits"  # layer of factors that the table of constraints has
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "areas": "Aptitud del suelo · {units:,} unidades, {area:,.1f} ha",
        "area_heads": ["Clase", "Unidades", "Área (ha)", "%"],
        "factors": "Factores y pesos · unidades que cambian de clase si el peso varía en {change:.0f} %",
        "factor_heads": ["Factor", "Peso (%)", "−{:.0f} %", "+{:.0f} %", "Confianza"],
        "total": "Total",
        "illustrative": "Los pesos y valores son ilustrativos: no obligan a nadie. Escriba los suyos con "
        "--write-factors y --factors.",
    },
    "en": {
        "areas": "Suitability of land · {units:,} units, {area:,.1f} ha",
        "area_heads": ["Class", "Units", "Area (ha)", "%"],
        "factors": "Factors and weights · units of another class if the weight changes by {change:.0f} %",
        "factor_heads": ["Factor", "Weight (%)", "−{:.0f} %", "+{:.0f} %", "Confidence"],
        "total": "Total",
        "illustrative": "Weights and values are illustrative: they bind nobody. Write your own with "
        "--write-factors and --factors.",
    },
}


@dataclass(frozen=True)
class Ground:
    """What is scored, and what factors measure."""

    factors: Annotated[
        Path | None, typer.Option(help="TOML file of factors, weights and classes; without it an example.")
    ] = None
    only: Annotated[list[str] | None, typer.Option(help="Only this factor of the file. May be repeated.")] = (
        None
    )
    cell: Annotated[float, typer.Option(help="Side of the cells that are scored, m.")] = 50.0
    units: Annotated[
        str | None,
        typer.Option(help="Polygons scored in place of cells: those whose middle lies in the site."),
    ] = None
    id_column: Annotated[str | None, typer.Option(help="Column that names the units.")] = None
    layer: Annotated[
        list[str] | None,
        typer.Option(help="A layer that factors name: streets=FILE, streets=FILE|LAYER or =sample:NAME."),
    ] = None
    elevation: Annotated[
        str | None,
        typer.Option(help="Raster of heights, m, for slope. FILE or sample:elevation."),
    ] = None
    partial: Annotated[bool, typer.Option(help="Land without heights is welcome: it has no score.")] = False
    constraints: Annotated[
        str | None,
        typer.Option(help="Table of constraints: what forbids excludes, what limits is the layer limits."),
    ] = None
    most: Annotated[
        float, typer.Option(help="Share of a unit that may be forbidden before it is excluded.")
    ] = 0.5
    change: Annotated[float, typer.Option(help="Share by which weights are tried lower and higher.")] = 0.2
    crs: Crs = None


@dataclass(frozen=True)
class Scores(Output):
    """What is written."""

    out: Annotated[Path, typer.Option(help="GeoPackage to write.")] = Path("suitability.gpkg")


@grouped
def suitability(
    ground: Ground,
    output: Scores,
    site: Annotated[
        str | None, typer.Argument(help="The site: FILE, FILE|LAYER or sample:NAME.", show_default=False)
    ] = None,
    title: Annotated[str, typer.Option(help="Heading of the map.")] = "",
    write_factors: Annotated[
        Path | None, typer.Option(help="Write the example of factors here, to put in your own; no more.")
    ] = None,
) -> None:
    """Tell how fit land is: a weighted sum of factors on cells or lots, what hangs on a weight, a map."""
    from ilo_gis import io, plotting
    from ilo_gis.site import cells, suitability_factors, weight_changes
    from ilo_gis.site import suitability as scored

    language(output.lang)
    if write_factors is not None:
        _write_factors(write_factors, output.overwrite)
        return
    if site is None:
        raise RuleError("No site. Name a file of polygons, or write factors with --write-factors.")
    for path in (output.out, output.map):
        io.require_free(path, output.overwrite)
    factors = _chosen(suitability_factors(ground.factors), ground.only or [])
    outline = layer_at(site, ground.crs)
    units = cells(outline, ground.cell) if ground.units is None else _units(ground, outline)
    taken = None if ground.constraints is None else layer_at(ground.constraints, ground.crs)
    heights = None if ground.elevation is None else heights_at(ground.elevation, outline, ground.partial)
    layers = _layers(ground, factors, taken)
    table = scored(units, factors, layers=layers, elevation=heights, constraints=taken, most=ground.most)
    weights = _weights(factors, weight_changes(table, factors, ground.change))
    io.write_tables({"suitability": table}, output.out, output.overwrite, _info(site, ground))
    plotting.suitability_map(
        table, factors.classes, output.map, weights=weights, change=ground.change, site=outline,
        title=title or None, note=note_of(outline, output.lang), lang=output.lang, overwrite=output.overwrite,
    )  # fmt: skip
    _tell(_areas(table, factors), weights, ground.change, output)


def _write_factors(path: Path, overwrite: bool) -> None:
    from ilo_gis import io

    io.require_free(path, overwrite)
    shutil.copyfile(str(files("ilo_gis.site") / "suitability.toml"), path)
    typer.echo(str(path))


def _chosen(factors: Factors, only: list[str]) -> Factors:
    """Return the factors asked for."""
    if unknown := sorted(set(only) - set(factors.factors)):
        raise RuleError(
            f"There is no factor {unknown[0]!r}{did_you_mean(unknown[0], factors.factors)}. "
            f"The factors are: {', '.join(factors.factors)}."
        )
    if not only:
        return factors
    return replace(factors, factors={k: one for k, one in factors.factors.items() if k in only})


def _units(ground: Ground, site: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the units of the user's own whose middle lies in the site."""
    from ilo_gis.tables import require_geometry, require_same_crs

    units = named(layer_at(str(ground.units), ground.crs), ground.id_column, "unit_id")
    require_same_crs(units=units, site=site)
    require_geometry(site, "Polygon", "MultiPolygon", name="site")
    require_geometry(units, "Polygon", "MultiPolygon", name="units")
    inside = units[units.geometry.representative_point().within(site.union_all())]
    if inside.empty:
        raise RuleError(f"No middle of the {len(units)} units of {ground.units} lies in the site.")
    return inside


def _layers(
    ground: Ground, factors: Factors, constraints: gpd.GeoDataFrame | None
) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that factors measure, by the names that factors have for them."""
    pairs = [pair.partition("=") for pair in ground.layer or []]
    wanted = {one.layer: name for name, one in factors.factors.items() if one.layer}
    for name, sign, address in pairs:
        if not (sign and address):
            raise RuleError(f"--layer {name}: write the name that factors have, and yours: {name}=FILE.")
        if name not in wanted:
            raise RuleError(f"No factor measures a layer {name!r}. They do: {', '.join(wanted) or 'none'}.")
    layers = {name: layer_at(address, ground.crs) for name, _, address in pairs}
    if LIMITS in wanted and LIMITS not in layers and constraints is not None:
        held = "effect" in constraints
        layers[LIMITS] = (
            constraints[constraints["effect"].eq("limit").fillna(False)] if held else constraints[:0]
        )
    if missing := [name for name in wanted if name not in layers]:
        rest = [name for name, one in factors.factors.items() if one.layer not in missing]
        leave = f", or leave it out: {' '.join(f'--only {name}' for name in rest)}" if rest else ""
        raise RuleError(
            f"The factor {wanted[missing[0]]} measures a layer {missing[0]!r} that is not given. "
            f"Name it: --layer {missing[0]}=FILE{leave}."
        )
    if ground.elevation is None and any(one.measure == "slope" for one in factors.factors.values()):
        raise RuleError("Slope is a factor. Name the raster of heights: --elevation FILE.")
    return layers


def _info(site: str, ground: Ground) -> Mapping[str, str]:
    """Return what the scores rest on, to be kept in the file."""
    said = {"site": site, "factors": str(ground.factors or "ilo_gis example"), "layers": ground.layer}
    said |= {"elevation": ground.elevation, "constraints": ground.constraints, "only": ground.only}
    return {k: ", ".join(v) if isinstance(v, list) else str(v) for k, v in said.items() if v}


def _weights(factors: Factors, changed: pd.DataFrame) -> pd.DataFrame:
    """Return the factors with their share of all weights, where it comes from, and what hangs on it."""
    import pandas as pd

    columns = ("en", "es", "weight", "source", "confidence", "status")
    rows = {name: {c: getattr(one, c) for c in columns} for name, one in factors.factors.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("factor")
    names = table.index.to_series()
    table[["en", "es"]] = table[["en", "es"]].apply(lambda words: words.where(words != "", names))
    return table.assign(share=table["weight"] / table["weight"].sum()).join(changed)


def _areas(table: gpd.GeoDataFrame, factors: Factors) -> pd.DataFrame:
    """Return units and area of each class, the best first, then of each reason for none."""
    key = table["suitability_class"].fillna("unknown")
    held = table.groupby([key, table["excluded"].fillna("")])["area"].agg(["size", "sum"]).reset_index()
    held.columns = ["suitability_class", "excluded", "units", "area"]
    order = [*reversed(list(factors.classes)), "excluded", "unknown"]
    held = held.sort_values("suitability_class", key=lambda names: names.map(order.index), kind="stable")
    return held.assign(share=held["area"] / held["area"].sum()).reset_index(drop=True)


def _tell(areas: pd.DataFrame, weights: pd.DataFrame, change: float, output: Output) -> None:
    from ilo_gis.tables.kinds import kinds
    from ilo_gis.tables.units import in_language

    if output.as_json:
        told: dict[str, Any] = {"gpkg": output.out, "map": output.map, "change": change}
        told |= {"areas": areas.to_dict("records"), "area": areas["area"].sum()}
        print_json(told | {"factors": weights.reset_index().to_dict("records")})
        return
    words, lang, usual = WORDS[output.lang], output.lang, kinds("suitability")
    lines = []
    for row in areas.itertuples():
        name = getattr(usual[row.suitability_class], lang) if row.suitability_class in usual else ""
        name = ": ".join(filter(None, [name or row.suitability_class, in_language(row.excluded, lang)]))
        lines.append([name, f"{row.units:,}", f"{row.area / HECTARE:,.2f}", f"{100 * row.share:.1f}"])
    units, area = int(areas["units"].sum()), float(areas["area"].sum()) / HECTARE
    lines.append([words["total"], f"{units:,}", f"{area:,.2f}", "100.0" if area else ""])
    show_rows(words["areas"].format(units=units, area=area), words["area_heads"], lines)
    lines = [
        [getattr(row, lang), f"{100 * row.share:.0f}", f"{row.lower:,}", f"{row.higher:,}", row.confidence]
        for row in weights.itertuples()
    ]
    heads = [head.format(100 * change) for head in words["factor_heads"]]
    show_rows(words["factors"].format(change=100 * change), heads, lines)
    typer.echo("\n".join(f"{row[lang]}: {row['source']}" for _, row in weights.iterrows() if row["source"]))
    if (weights["status"] == "illustrative").any():
        typer.echo(words["illustrative"])
    typer.echo(f"\n{output.out}\n{output.map}")
