"""Blocks that every figure and picture of lots rests on, and what is asked of their lots."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks import data
from ilo_gis.subdivision import LotRule, cut_lots

RULE = LotRule(min_area=160.0, min_frontage=8.0)
UTM = (254_000.0, 8_047_000.0)
RECTANGLE = shapely.box(0, 0, 100, 60)
L_SHAPE = shapely.box(0, 0, 120, 120) - shapely.box(60, 60, 120, 120)
SEVEN_SIDES = shapely.Polygon([(0, 0), (95, -12), (150, 30), (138, 78), (90, 104), (35, 92), (-14, 48)])


@dataclass(frozen=True)
class Target:
    """What lots should be at least or at most; None asks nothing."""

    lots: int | None = None
    of_bound: float | None = None
    good: float | None = None
    remnant: float | None = None
    p95: float | None = None


REAL = Target(of_bound=0.80, good=0.92, remnant=0.08, p95=4.0)
TARGETS = {  # blocks: mode: target
    "rectangle": {"clean": Target(28, good=1.0, remnant=0.0), "most": Target(31)},
    "L": {"clean": Target(44, remnant=0.03), "most": Target(49)},
    "seven sides": {"clean": Target(44, remnant=0.12), "most": Target(50)},
    "1000 rectangles": {"clean": Target(28_000), "most": Target(31_000)},
    "31 blocks of Lima": {"clean": REAL, "most": Target(of_bound=0.86)},
    "street faces of Ilo": {"clean": REAL, "most": Target(of_bound=0.86)},
}


def layer(shapes, crs=32719):
    """Return polygons as a table of blocks."""
    names = pd.Index([str(n) for n in range(len(shapes))], name="block_id")
    return gpd.GeoDataFrame(geometry=np.asarray(shapes, dtype=object), index=names, crs=crs)


def field(count=1000, vary=0.0, seed=1):
    """Return rectangles of 100 x 60 m, 12 m apart and turned 23 degrees, at UTM coordinates.

    Each side of each is longer or shorter by a share of up to `vary`, drawn at random.
    """
    n, columns = np.arange(count), max(int(np.sqrt(count)), 1)
    wide, high = ([100.0], [60.0]) * np.random.default_rng(seed).uniform(1 - vary, 1 + vary, (2, count))
    x = UTM[0] + (n % columns) * (100 * (1 + vary) + 12)
    y = UTM[1] + (n // columns) * (60 * (1 + vary) + 12)
    boxes = gpd.GeoSeries(shapely.box(x, y, x + wide, y + high))
    return layer(boxes.rotate(23, origin=UTM))


def lima():
    """Return the blocks of a real sector of Lima, or None."""
    file = data.path("lima_sector.gpkg")
    if file is None:
        return None
    blocks = gpd.read_file(file, layer="blocks")
    return layer(shapely.get_parts(np.asarray(blocks.geometry.array)), blocks.crs)


def ilo():
    """Return what lies between the real streets of Ilo, 12 m wide, or None."""
    file = data.path("ilo_real.gpkg")
    if file is None:
        return None
    faces = gpd.read_file(file, layer="street_faces")
    inside = shapely.get_parts(shapely.buffer(np.asarray(faces.geometry.array), -6, join_style="mitre"))
    return layer(inside[shapely.area(inside) > RULE.min_area], faces.crs)


def blocks_of(name):
    """Return the blocks that a name in `TARGETS` stands for, or None where the data is not here."""
    made = {
        "rectangle": lambda: layer([RECTANGLE]),
        "L": lambda: layer([L_SHAPE]),
        "seven sides": lambda: layer([SEVEN_SIDES]),
        "1000 rectangles": field,
        "31 blocks of Lima": lima,
        "street faces of Ilo": ilo,
    }
    return made[name]()


def cut(blocks, mode="clean"):
    """Return the lots of blocks."""
    return cut_lots(blocks, RULE, mode=mode)


def bound(blocks, rule=RULE):
    """Return how many lots area and outline allow in each block, whatever its shape."""
    return np.minimum(blocks.area // rule.min_area, blocks.length // rule.min_frontage)
