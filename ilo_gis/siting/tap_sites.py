"""Where taps could stand: in the middle of block faces, and before reserves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.lines import node
from ilo_gis.geometry.network import connected, reached
from ilo_gis.geometry.ragged import firsts, rows
from ilo_gis.siting.fronts import Fronts, axis_at, fronts_on
from ilo_gis.siting.tap_reach import Reach

__all__ = ["Ground", "on_faces", "reach_of", "read_ground"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Points = NDArray[np.object_]


class Ground(NamedTuple):
    """Streets with the lots at them, and the sites of taps.

    `lines`: centre lines between crossings; `part`: connected part of each; `fronts` and `face` of the lots
    (a face: one side of a street between two crossings); `site`: points; `foot`: the same on the
    centre line; `site_line`; `lot`: a lot of the face of each site, -1 for reserves; `reserve`: -1 for faces.
    """

    lines: NDArray[np.object_]
    part: Ints
    fronts: Fronts
    site: Points
    foot: Points
    site_line: Ints
    lot: Ints
    reserve: Ints


def read_ground(
    lots: NDArray[np.object_],
    streets: NDArray[np.object_],
    households: Ints,
    reserves: NDArray[np.object_],
    capacity: int,
    setback: float,
) -> Ground:
    """Return the streets with lots at them, and all sites that taps can have."""
    lines = node(streets)[0]
    fronts = fronts_on(lots, lines)
    at_face, line, place, side, gap, lot = on_faces(fronts, households, capacity)
    held = fronts_on(reserves, lines)
    line, place = np.append(line, held.line), np.append(place, held.at)
    side, gap = np.append(side, held.side), np.append(gap, held.gap)
    foot, way = axis_at(lines[line], place)
    normal = np.column_stack([-way[:, 1], way[:, 0]]) * np.where(side == 1, 1, -1)[:, None]
    site = foot + normal * np.maximum(gap - setback, 0)[:, None]
    count = len(at_face)
    return Ground(
        lines,
        connected(lines),
        fronts,
        shapely.points(site),
        shapely.points(foot),
        line,
        np.append(lot, np.full(len(reserves), -1)),
        np.append(np.full(count, -1), np.arange(len(reserves))),
    )


def on_faces(
    fronts: Fronts, households: Ints, capacity: int
) -> tuple[Ints, Ints, Floats, Ints, Floats, Ints]:
    """Return the sites on block faces: face, line, place along it (m), side, gap (m) and a lot there.

    One in the middle of each face; as many as it takes, evenly, where more households live there than a
    tap can serve.

    Examples
    --------
    Two lots on one face, at 4 and 12 m along the street:

    >>> at, none = np.array([4.0, 12.0]), np.zeros((2, 2))
    >>> fronts = Fronts(np.zeros(2, int), at, np.ones(2, int), np.array([6.0, 6.0]), none, none)
    >>> [v.tolist() for v in on_faces(fronts, np.ones(2, int), 100)]
    [[0], [0], [8.0], [1], [6.0], [0]]
    """
    key, one, face = np.unique(2 * fronts.line + fronts.side, return_index=True, return_inverse=True)
    low, high, gap = np.full(len(key), np.inf), np.full(len(key), -np.inf), np.full(len(key), np.inf)
    np.minimum.at(low, face, fronts.at)
    np.maximum.at(high, face, fronts.at)
    np.minimum.at(gap, face, fronts.gap)
    several = np.maximum(-(-np.bincount(face, households, len(key)).astype(np.int64) // capacity), 1)
    first = firsts(several)
    of = rows(first)
    share = (np.arange(len(of)) - first[of] + 0.5) / several[of]
    return of, key[of] // 2, low[of] + share * (high - low)[of], key[of] % 2, gap[of], one[of]


def reach_of(ground: Ground, lots: Ints, sites: Ints, households: Ints, capacity: int, limit: float) -> Reach:
    """Return the ways from some lots to some sites along the streets, up to a limit (m)."""
    feet = shapely.line_interpolate_point(ground.lines[ground.fronts.line[lots]], ground.fronts.at[lots])
    count = len(sites)
    points = np.concatenate([ground.foot[sites], feet])
    found = reached(ground.lines, points, np.arange(count), np.arange(count), limit)
    kept = found.target >= count
    site, lot = found.group[kept], found.target[kept] - count
    first = firsts(np.bincount(site, minlength=count))
    return Reach(first, lot, found.distance[kept], households[lots], capacity)
