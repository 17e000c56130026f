"""The synthetic relief: a fringe that rises from the shore to the plateau, cut by valley and ravines."""

from __future__ import annotations

from pathlib import Path

import figures as f
import numpy as np
import rasterio
import shapely
from rasterio.transform import from_origin
from shapely import LineString, Polygon


def heights(coast: LineString, sea: Polygon, river: LineString, ravines: list[LineString]) -> np.ndarray:
    """Return heights in metres, one per cell, rows from the north; `figures.NODATA` at sea."""
    west, south, east, north = f.RELIEF_BOUNDS
    x = np.arange(west + f.CELL / 2, east, f.CELL)
    y = np.arange(north - f.CELL / 2, south, -f.CELL)
    cells = shapely.points(*np.meshgrid(x, y))
    from_shore = shapely.distance(cells, coast)
    ground = np.interp(from_shore, *zip(*f.PROFILE, strict=True)) + undulation(*np.meshgrid(x, y), from_shore)
    mouth, rise, floor = f.VALLEY
    from_river = shapely.distance(cells, river)
    up_valley = river.length - shapely.line_locate_point(river, cells)
    bottom = mouth * np.minimum(1, up_valley / 500) + rise * up_valley
    share = np.clip((from_river - floor) / 700, 0, 1)
    ground = np.where(ground > bottom, bottom + (ground - bottom) * share * share * (3 - 2 * share), ground)
    depth, half = f.RAVINE
    from_ravine = shapely.distance(cells, shapely.MultiLineString(ravines))
    ground -= np.minimum(depth, 0.5 * ground) * np.exp(-((from_ravine / half) ** 2))
    shapely.prepare(sea)
    return np.where(shapely.contains_properly(sea, cells), f.NODATA, np.round(np.maximum(ground, 0), 1))


def undulation(x: np.ndarray, y: np.ndarray, from_shore: np.ndarray) -> np.ndarray:
    """Return gentle swells, none at the shore and 4 m high from the plateau inland."""
    swell = np.sin(x / 410 + y / 730) + 0.6 * np.sin(x / 230 - y / 310 + 1.3) + 0.4 * np.sin(y / 170)
    return 2 * swell * np.clip(from_shore / 2500, 0, 1)


def write(path: Path, ground: np.ndarray) -> None:
    """Write the heights as a compressed GeoTIFF."""
    west, _, _, north = f.RELIEF_BOUNDS
    profile = {"driver": "GTiff", "dtype": "float32", "count": 1, "crs": f"EPSG:{f.CRS}", "nodata": f.NODATA}
    profile |= {"height": ground.shape[0], "width": ground.shape[1], "compress": "deflate", "predictor": 3}
    profile |= {"transform": from_origin(west, north, f.CELL, f.CELL), "tiled": True, "zlevel": 9}
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(ground.astype("float32"), 1)
        raster.update_tags(note=f.NOTE, title="Synthetic elevation of Ilo", unit="m above sea level")
        raster.set_band_description(1, "elevation (m), synthetic")
