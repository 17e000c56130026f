"""`ilo-gis water` and `ilo-gis sewer`: networks along streets, what they cost, where they fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
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
    plain_rows,
    print_json,
    records,
)
from ilo_gis.console import show_findings, show_rows, totals
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    from ilo_gis.networks import Network
    from ilo_gis.tables import Elevation

__all__ = ["sewer", "water"]

ADDRESS = "FILE, FILE|LAYER or sample:NAME."
AROUND = 200.0  # m beside the streets for which heights are read
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "water": "Red de agua",
        "sewer": "Red de alcantarillado",
        "heads": ("Cifra", "Valor", "Unidad"),
        "source": "Fuente de la muestra: el lote más alto, ({:.0f}, {:.0f}).",
        "outfall": "Descarga de la muestra: la vía más baja, ({:.0f}, {:.0f}).",
        "lots": "Lotes servidos",
        "pipes": "Tramos",
        "length": "Longitud",
        "length_bound": "Longitud mínima posible (cota)",
        "length_per_lot": "Longitud por lote",
        "cost": "Costo (precios de ejemplo)",
        "cost_per_lot": "Costo por lote",
        "flow": "Caudal máximo",
        "pressure_min": "Presión dinámica mínima",
        "pressure_static_max": "Presión estática máxima",
        "manholes": "Buzones",
        "pumps": "Estaciones de bombeo",
        "depth_max": "Profundidad máxima",
        "climb": "Desvío por metro de profundidad",
    },
    "en": {
        "water": "Water network",
        "sewer": "Sewer",
        "heads": ("Figure", "Value", "Unit"),
        "source": "Source of the sample: the highest lot, ({:.0f}, {:.0f}).",
        "outfall": "Outfall of the sample: the lowest street, ({:.0f}, {:.0f}).",
        "lots": "Lots served",
        "pipes": "Pipes",
        "length": "Length",
        "length_bound": "Least length there can be (bound)",
        "length_per_lot": "Length per lot",
        "cost": "Cost (prices for example)",
        "cost_per_lot": "Cost per lot",
        "flow": "Peak flow",
        "pressure_min": "Least dynamic pressure",
        "pressure_static_max": "Greatest static pressure",
        "manholes": "Manholes",
        "pumps": "Pumping stations",
        "depth_max": "Greatest depth",
        "climb": "Detour for a metre of depth",
    },
}


@dataclass(frozen=True)
class Ground:
    """What the network is for; by default the sample."""

    lots: Annotated[str, typer.Option(help=f"Lots: {ADDRESS}")] = f"{SAMPLE}lots"
    streets: Annotated[str, typer.Option(help=f"Centre lines of streets: {ADDRESS}")] = (
        f"{SAMPLE}pampa_streets"
    )
    elevation: Annotated[
        str | None, typer.Option(help="Raster of heights, m: FILE or sample:elevation (the sample's own).")
    ] = None
    tolerance: Annotated[float, typer.Option(help="Gaps of centre lines up to this long are mended, m.")] = (
        2.0
    )
    crs: Crs = None
    on: Day = None
    folder: Folder = None

    @property
    def is_sample(self) -> bool:
        """Whether lots and streets are those of the sample."""
        return self.lots == f"{SAMPLE}lots" and self.streets == f"{SAMPLE}pampa_streets"


@grouped
def water(
    ground: Ground,
    output: MapOutput,
    source: Annotated[str | None, typer.Option(help="Tank: X,Y in metres, or a layer of one point.")] = None,
    head: Annotated[float | None, typer.Option(help="Water level at the source, m above the sea.")] = None,
    inp: Annotated[Path | None, typer.Option(help="File for EPANET (.inp) to write.")] = None,
) -> None:
    """Lay mains along streets past every lot: diameters, pressures, cost, order of construction."""
    from ilo_gis import io, networks, plotting

    _require(output, inp)
    terms = networks.WaterTerms.from_norms(norms_on(ground.on, ground.folder))
    lots, streets, heights = _read(ground)
    at, told = _place(source, "source", ground, lots, heights, output.lang)
    net = networks.water(lots, streets, at, terms, heights, head=head, tolerance=ground.tolerance)
    if inp is not None:
        io.write_inp(
            net.nodes,
            net.pipes,
            inp,
            roughness=terms.roughness,
            title=ground.lots,
            overwrite=output.overwrite,
        )
    if output.png is not None:
        plotting.network_map(net.nodes, net.pipes, output.png, **_looks(output, lots))
    _finish("water", net, output, told, {"inp": inp})


@grouped
def sewer(
    ground: Ground,
    output: MapOutput,
    outfall: Annotated[
        str | None, typer.Option(help="Plant or manhole: X,Y in metres, or a layer of one point.")
    ] = None,
    profile: Annotated[Path | None, typer.Option(help="PNG profile of the longest line to write.")] = None,
) -> None:
    """Lay sewers along streets past every lot: slopes, depths, cost, and where gravity fails."""
    from ilo_gis import networks, plotting

    _require(output, profile)
    terms = networks.SewerTerms.from_norms(norms_on(ground.on, ground.folder))
    lots, streets, heights = _read(ground)
    at, told = _place(outfall, "outfall", ground, streets, heights, output.lang)
    if profile is not None and heights is None:
        raise RuleError("A profile needs heights of the ground: give --elevation.")
    net = networks.sewer(lots, streets, at, terms, heights, tolerance=ground.tolerance)
    if output.png is not None:
        plotting.network_map(net.nodes, net.pipes, output.png, **_looks(output, lots))
    if profile is not None:
        looks = _looks(output, lots)
        looks.pop("lots")
        plotting.sewer_profile(net.nodes, net.pipes, profile, **looks)
    _finish("sewer", net, output, told, {"profile": profile})


# -- what both share -----------------------------------------------------------------------------------


def _require(output: MapOutput, *others: Path | None) -> None:
    """Refuse what cannot be written before any work."""
    from ilo_gis import io

    language(output.lang)
    for path in (output.out, output.png, *others):
        if path is not None:
            io.require_free(path, output.overwrite)


def _read(ground: Ground) -> tuple[Any, Any, Elevation | None]:
    import geopandas as gpd
    import shapely

    from ilo_gis.tables import require_metres

    lots, streets = (
        named(layer_at(ground.lots, ground.crs), None, "lot_id"),
        layer_at(ground.streets, ground.crs),
    )
    address = ground.elevation or (f"{SAMPLE}elevation" if ground.is_sample else None)
    if address is None or streets.empty:
        return lots, streets, None
    require_metres(streets, "streets")
    around = shapely.box(*streets.total_bounds).buffer(AROUND)
    box = gpd.GeoDataFrame(geometry=[around], crs=streets.crs)
    return lots, streets, heights_at(address, box, partial=True)


def _place(
    told: str | None, what: str, ground: Ground, layer: Any, heights: Elevation | None, lang: str
) -> tuple[Any, str]:
    """Return where the source or outfall is, and what to say of it where the sample's was taken."""
    import numpy as np
    import shapely

    if told is not None:
        try:
            x, y = map(float, told.split(","))
        except ValueError:
            return layer_at(told, ground.crs), ""
        return (x, y), ""
    if not ground.is_sample or heights is None:
        raise RuleError(f"Where is the {what}? Give --{what} X,Y in metres, or a layer of one point.")
    points = layer.representative_point() if what == "source" else layer.boundary.explode()
    xy = shapely.get_coordinates(points.to_numpy())
    high = heights.heights(xy)
    at = xy[np.nanargmax(high) if what == "source" else np.nanargmin(high)]
    return tuple(at.tolist()), WORDS[lang][what].format(*at)


def _looks(output: MapOutput, lots: Any) -> dict[str, Any]:
    return {
        "lots": lots,
        "lang": output.lang,
        "note": note_of(lots, output.lang),
        "overwrite": output.overwrite,
    }


def _finish(kind: str, net: Network, output: MapOutput, told: str, files: dict[str, Path | None]) -> None:
    from ilo_gis import io

    files = {"gpkg": output.out, "map": output.png, **files}
    if output.out is not None:
        content = {
            "network_nodes": net.nodes,
            "pipes": net.pipes,
            "network_lots": net.lots,
            "network_figures": net.summary,
            "findings": net.findings,
        }
        io.write_tables(content, output.out, output.overwrite, {"network": kind})
    if output.as_json:
        said: dict[str, Any] = {"network": kind, "figures": plain_rows(net.summary), "note": told or None}
        print_json(said | {"counts": totals(net.findings), "findings": records(net.findings)} | files)
    else:
        _shown(kind, net, output.lang)
        show_findings(net.findings, len(net.lots), output.rows, output.lang)
        for line in (told, *filter(None, files.values())):
            typer.echo(line) if line else None
    raise typer.Exit(code(net.findings))


def _shown(kind: str, net: Network, lang: str) -> None:
    from ilo_gis.tables.units import figure_text, unit_text

    words = WORDS[lang]
    rows = [
        [words[str(name)], figure_text(value), unit_text(unit, lang)]
        for name, value, unit in net.summary[["value", "unit"]].itertuples()
    ]
    show_rows(words[kind], words["heads"], rows, left=(0, 2))
