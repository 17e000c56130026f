"""The slips of the pen that the street plan carries on purpose, so that cleaning has something to clean."""

from __future__ import annotations

from collections.abc import Callable

import figures as f
import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point


def with_flaws(streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the streets with every flaw of the list, named in the column `flaw`."""
    streets = streets.assign(flaw="")
    steps: dict[str, Callable[[gpd.GeoDataFrame, int], gpd.GeoDataFrame]] = {
        "doubled line": doubled,
        "undershoot of 0.4 m": lambda table, row: moved_end(table, row, -0.4),
        "overshoot of 0.3 m": lambda table, row: moved_end(table, row, 0.3),
        "crossing without a node": without_node,
        "line of zero length": zero_length,
    }
    for flaw, (area, name) in f.FLAWS.items():
        row = streets.index[(streets["area"] == area) & (streets["name"] == name)][0]
        before = len(streets)
        streets = steps[flaw](streets, row)
        streets.loc[row if len(streets) == before else before, "flaw"] = flaw
    return streets


def doubled(streets: gpd.GeoDataFrame, row: int) -> gpd.GeoDataFrame:
    """Draw a street a second time, from its other end."""
    again = streets.loc[[row]].reverse()
    return added(streets, row, again.iloc[0])


def zero_length(streets: gpd.GeoDataFrame, row: int) -> gpd.GeoDataFrame:
    """Add a line that begins and ends at the start of a street."""
    start = streets.geometry[row].coords[0]
    return added(streets, row, LineString([start, start]))


def added(streets: gpd.GeoDataFrame, row: int, line: LineString) -> gpd.GeoDataFrame:
    """Return the streets with one more line, named as an existing one."""
    return pd.concat([streets, streets.loc[[row]].set_geometry([line], crs=f.CRS)], ignore_index=True)


def moved_end(streets: gpd.GeoDataFrame, row: int, distance: float) -> gpd.GeoDataFrame:
    """Lengthen or shorten a street at its end."""
    points = np.array(streets.geometry[row].coords)
    direction = (points[-1] - points[-2]) / np.linalg.norm(points[-1] - points[-2])
    points[-1] += np.round(direction * distance, 3)
    return replaced(streets, row, LineString(points))


def without_node(streets: gpd.GeoDataFrame, row: int) -> gpd.GeoDataFrame:
    """Take the vertex of one crossing out of both streets that cross there."""
    for node in streets.geometry[row].coords[1:-1]:
        crossing = [k for k in streets.index if node in streets.geometry[k].coords[1:-1]]
        if len(crossing) == 2:
            for k in crossing:
                kept = [point for point in streets.geometry[k].coords if Point(point) != Point(node)]
                streets = replaced(streets, k, LineString(kept))
            return streets
    raise ValueError(f"No crossing on {streets['name'][row]}: name another street in figures.FLAWS.")


def replaced(streets: gpd.GeoDataFrame, row: int, line: LineString) -> gpd.GeoDataFrame:
    """Return the streets with one line changed."""
    lines = streets.geometry.copy()
    lines[row] = line
    return streets.set_geometry(lines)
