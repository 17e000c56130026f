"""Lots in zones, best of 3."""

import geopandas as gpd
import numpy as np
import shapely
from rich.table import Table

from benchmarks.speed import best
from benchmarks.verdict import most, said
from ilo_gis.zoning import assign

ONE_SECOND = 1.0  # s that 10,000 lots and 500 zones may take
LOTS, ZONES = 10_000, 500


def table():
    """Return the time of lots and zones that keep to the same lines, and of zones turned across lots."""
    result = Table("zones", "lots", "zones in number", "split lots", "s", "")
    lots = cells(100, 100, 8.0, 20.0, "L")
    for name, angle in (("along the lots", 0.0), ("across the lots", 17.0)):
        zones = cells(25, 20, 44.0, 125.0, "Z", angle).assign(code="RDM")
        seconds, assigned = best(lambda z=zones: assign(lots, z), 3)
        text, held = most(seconds, ONE_SECOND, "{:.2f}")
        split = f"{assigned['split'].sum():,}"
        result.add_row(name, f"{len(lots):,}", f"{len(zones):,}", split, text, said(held))
    return result


def cells(columns, rows, width, height, letter, angle=0.0):
    """Return a grid of rectangles round the same middle, turned by an angle in degrees."""
    x, y = ((np.arange(n + 1) - n / 2) * size for n, size in ((columns, width), (rows, height)))
    corners = np.stack(np.meshgrid(x, y), axis=-1) @ turn(angle) + (254_000, 8_047_000)
    ring = np.stack([corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]], axis=2).reshape(
        -1, 4, 2
    )
    index = [f"{letter}{k}" for k in range(len(ring))]
    return gpd.GeoDataFrame(geometry=shapely.polygons(ring), index=index, crs=32719)


def turn(angle):
    """Return the matrix that turns points by an angle in degrees."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[c, s], [-s, c]])
