"""Build the schematic Ilo: `python sample_data/build.py [FOLDER]`. Same figures in, same bytes out.

Writes ``ilo_schematic.gpkg``, ``promuvi_schematic.gpkg`` and ``ilo_elevation.tif`` beside this file, or into
FOLDER.
Needs rasterio (``pip install "ilo-gis[raster]"``). The figures are in figures.py, the street plan
of the Pampa in district.py, the zoning plans and what limits building in zoning_figures.py and
zoning.py, relocations from the seafront in relocation_figures.py and relocation.py, the simulated PROMUVI in
promuvi_figures.py and promuvi.py (with promuvi_register.py, promuvi_works.py, promuvi_history.py and
promuvi_money.py), the relief in relief.py.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import district
import figures as f
import geopandas as gpd
import numpy as np
import pandas as pd
import promuvi
import promuvi_figures
import pyogrio
import relief
import relocation
import relocation_figures
import shapely
import zoning
import zoning_figures
from flaws import with_flaws
from pyproj import Transformer
from shapely import LineString, Point, Polygon

DATE = "2024-01-01T00:00:00.000Z"  # what the file says about when it was written, so that bytes repeat


def hecto(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Turn hectometres into metres."""
    return [(100.0 * east, 100.0 * north) for east, north in points]


def layer(rows: list[dict]) -> gpd.GeoDataFrame:
    """Return rows as a layer in the project CRS."""
    return gpd.GeoDataFrame(rows, crs=f.CRS)


def places() -> gpd.GeoDataFrame:
    """Return the published places, rounded to the metre; their error is in `uncertainty`."""
    project = Transformer.from_crs(4326, f.CRS, always_xy=True).transform
    rows = []
    for name, latitude, longitude, evidence, uncertainty, source in f.PLACES:
        east, north = project(longitude, latitude)
        row = {"name": name, "evidence": evidence, "uncertainty": float(uncertainty), "source": source}
        rows.append({**row, "geometry": Point(round(east), round(north))})
    return layer(rows)


def sea(coast: LineString) -> Polygon:
    """Return the sea west of the coast, cut off at the edge of the map."""
    west = 100.0 * f.SEA_WEST
    (_, south), (_, north) = coast.coords[0], coast.coords[-1]
    return Polygon([*coast.coords, (west, north), (west, south)])


def surroundings() -> dict[str, gpd.GeoDataFrame]:
    """Return the layers around the Pampa: shore, river, railway, ravines, city, places."""
    coast, railway = LineString(hecto(f.COAST)), LineString(hecto(f.RAILWAY))
    corridor = railway.buffer(f.CORRIDOR_SIDE, cap_style="flat", join_style="mitre")
    corridor = shapely.set_precision(corridor, 0.01)
    water = sea(coast)
    parts = [
        {
            "name": name,
            "description": text,
            "geometry": Polygon(hecto(ring)).difference(water).difference(corridor),
        }
        for name, (text, ring) in f.CITY.items()
    ]
    city = layer(parts).set_geometry([largest(part["geometry"]) for part in parts], crs=f.CRS)
    ravines = [{"name": name, "geometry": LineString(hecto(line))} for name, line in f.RAVINES.items()]
    side = {
        "name": "Franja en disputa / disputed strip",
        "side_width": f.CORRIDOR_SIDE,
        "source": "S99 III.d",
    }
    return {
        "coast": layer([{"name": "Línea de costa", "geometry": coast}]),
        "sea": layer([{"name": "Océano Pacífico", "geometry": water}]),
        "river": layer([{"name": "Río Osmore", "geometry": LineString(hecto(f.RIVER))}]),
        "railway": layer([{"name": "Ferrocarril industrial", "geometry": railway}]),
        "railway_corridor": layer([{**side, "geometry": corridor}]),
        "ravines": layer(ravines),
        "city": city,
        "places": places(),
    }


def largest(shape: shapely.Geometry) -> Polygon:
    """Return the largest part of a shape, on the centimetre grid."""
    return shapely.set_precision(max(shapely.get_parts(shape), key=lambda part: part.area), 0.01)


def pampa_layers(plan: district.District) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of the Pampa."""
    areas = [
        {
            "number": number,
            "status_1996": f.AREAS[number][-1],
            "area": round(shape.area, 1),
            "geometry": shape,
        }
        for number, shape in plan.areas.items()
    ]
    access = LineString(hecto(f.ACCESS)).difference(plan.pampa)
    road = district.street(access, "Acceso a la Pampa", "colectora")
    collectors = layer([road, *plan.collectors.to_dict("records")]).drop(columns="area")
    collectors["geometry"] = shapely.set_precision(collectors.geometry, 0.01)
    streets = with_flaws(plan.streets).rename(columns={"area": "extension_area"})
    roads = shapely.union_all(shapely.buffer(plan.streets.geometry, plan.streets["width"] / 2, quad_segs=16))
    blocks = shapely.get_parts(shapely.set_precision(plan.old_part.difference(roads), 0.01))
    whole = {"name": "Pampa Inalámbrica", "area": round(plan.pampa.area, 1), "geometry": plan.pampa}
    old = {"name": "Sector antiguo", "area": round(plan.old_part.area, 1), "geometry": plan.old_part}
    return {
        "pampa": layer([whole]),
        "extension_areas": layer(areas),
        "old_part": layer([old]),
        "old_blocks": layer([{"number": k, "geometry": block} for k, block in enumerate(blocks, 1)]),
        "collectors": collectors,
        "pampa_streets": streets,
        "parks": plan.reserves,
    }


def write(path: Path, layers: dict[str, pd.DataFrame], described: dict[str, str], **options: str) -> None:
    """Write all tables to a new GeoPackage 1.3 whose bytes depend on the tables alone."""
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": DATE})
    for name, table in layers.items():
        pyogrio.write_dataframe(
            table,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            dataset_options={"VERSION": "1.3"},
            layer_options={"DESCRIPTION": described[name], **options},
        )
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_simulated(path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write the simulated PROMUVI, made small: days without hours, and its note kept once a table."""
    spatial = {name: table for name, table in tables.items() if isinstance(table, gpd.GeoDataFrame)}
    write(path, spatial, promuvi_figures.LAYERS, SPATIAL_INDEX="NO")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": DATE})
    for name, table in tables.items():
        if name not in spatial:
            columns, gaps = zip(*(plain(table[column]) for column in table), strict=True)
            about = {"layer": name, "layer_options": {"DESCRIPTION": promuvi_figures.LAYERS[name]}}
            pyogrio.raw.write(
                path, None, columns, list(table), field_mask=gaps, driver="GPKG", append=True, **about
            )
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    with closing(sqlite3.connect(path)) as file, file:
        for name in tables:  # SQLite keeps the default of a column that is added, not a text in each row
            file.execute(f"ALTER TABLE {name} ADD COLUMN note TEXT DEFAULT '{promuvi_figures.NOTE}'")


def plain(column: pd.Series) -> tuple[np.ndarray, np.ndarray | None]:
    """Return values as numpy has them, and where there are none; days have no hours."""
    gaps = column.isna().to_numpy()
    if isinstance(column.dtype, np.dtype) and column.dtype != object:
        return (column.to_numpy("M8[D]"), None) if column.dtype.kind == "M" else (column.to_numpy(), None)
    if isinstance(column.dtype, pd.BooleanDtype):
        return column.fillna(False).to_numpy(bool), gaps
    return column.astype(object).where(~gaps, None).to_numpy(), None


def main(folder: Path) -> None:
    """Build the files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    plan, around = district.build(), surroundings()
    layers = around | pampa_layers(plan) | zoning.layers(plan, around) | relocation.layers(around)
    described = f.LAYERS | zoning_figures.LAYERS | relocation_figures.LAYERS
    noted = {name: table.assign(note=f.NOTE) for name, table in layers.items()}
    write(folder / "ilo_schematic.gpkg", noted, described)
    simulated = promuvi.layers(layers)
    write_simulated(folder / "promuvi_schematic.gpkg", simulated)
    coast, water, river = (layers[name].geometry[0] for name in ("coast", "sea", "river"))
    ground = relief.heights(coast, water, river, list(layers["ravines"].geometry))
    relief.write(folder / "ilo_elevation.tif", ground)
    for name, table in (layers | simulated).items():
        kind = table.geom_type[0] if isinstance(table, gpd.GeoDataFrame) else "no geometry"
        print(f"{name:18} {len(table):4} {kind}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
