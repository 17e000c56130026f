"""Streets that end: into land that no other street reaches, with a place to turn."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.cells import Cell
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.design import PAST, Design, Sizes

__all__ = ["with_dead_ends"]

Lines = NDArray[np.object_]
Floats = NDArray[np.float64]

DEEP = 1.5  # depths of a lot; land farther from a street is out of its reach
LEAST = 4  # lots that land should hold for a street of its own


def with_dead_ends(
    cell: Cell, design: Design, given: tuple[Lines, Floats], sizes: Sizes, brief: Brief
) -> Design:
    """Add streets that end in a turning circle, into land out of reach of all others.

    Parameters
    ----------
    cell : Cell
    design : Design
    given : (array of LineString, array of float)
        Streets that are there, and their widths in m.
    sizes : Sizes
    brief : Brief
        Its `max_dead_end` and `turning_circle` count here.

    References
    ----------
    RNE GH.020, article 13: at most 100 m, and a circle of 12 m at the end.
    """
    drive = design.street_class != "passage"
    net = np.concatenate([design.lines[drive], given[0]])
    if not len(net):
        return design
    roads = shapely.union_all(net)
    out = shapely.difference(cell.land, shapely.buffer(roads, sizes.street / 2 + DEEP * sizes.depth))
    parts = shapely.get_parts(out)
    parts = parts[shapely.area(parts) > LEAST * sizes.depth * sizes.front]
    ends = shapely.get_point(shapely.maximum_inscribed_circle(parts), 0) if len(parts) else parts
    ways = shapely.shortest_line(roads, ends)
    shapely.prepare(cell.land)
    fits = (shapely.length(ways) <= brief.max_dead_end) & shapely.covers(cell.land, ways)
    ways, ends = ways[fits], ends[fits]
    if not len(ways):
        return design
    xy = shapely.get_coordinates(ways).reshape(-1, 2, 2)
    step = (xy[:, 1] - xy[:, 0]) / shapely.length(ways)[:, None]
    half = max(brief.turning_circle, sizes.street) / 2
    # the circle is drawn as a square round it: its sides are lot lines
    squares = shapely.linestrings(np.stack([xy[:, 1] - step * half, xy[:, 1] + step * half], axis=1))
    ways = shapely.linestrings(np.stack([xy[:, 0] - step * PAST, xy[:, 1]], axis=1))
    lines = np.concatenate([ways, squares])
    return Design(
        np.concatenate([design.lines, lines]),
        np.concatenate([design.street_class, np.full(len(lines), "secondary", dtype=object)]),
        np.concatenate([design.width, np.repeat([sizes.street, 2 * half], len(ways))]),
        ends,
    )
