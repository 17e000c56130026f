"""Lots that are still free, in the order in which they are given, and groups of them that adjoin."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import shapely

__all__ = ["FreeLots"]


class FreeLots:
    """Lots to be given, one after the other.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``: all of the plan.
    order : iterable of str
        Lots that are free, in the order in which those are given that nobody asked for.
    """

    def __init__(self, lots: gpd.GeoDataFrame, order: Iterable[str]) -> None:
        self._lots = lots
        self._order = list(order)
        self._free = set(self._order)
        self._next = 0
        self._too_small: dict[str, int] = {}  # lots from which a group of that size did not fit: never will
        self._beside: dict[str, list[str]] | None = None
        self._centres: dict[str, shapely.Point] = {}

    def __contains__(self, lot: str) -> bool:
        return lot in self._free

    def take(self, lot: str) -> str:
        """Give a lot away."""
        self._free.remove(lot)
        return lot

    def next(self) -> str:
        """Return the first lot of the order that is still free."""
        while self._order[self._next] not in self._free:
            self._next += 1
        return self._order[self._next]

    def together(self, count: int, starts: Iterable[str]) -> tuple[list[str], bool]:
        """Return as many free lots of one block that adjoin each other, and whether there were any such.

        The group grows from the first start from which there is room, always by the free neighbour in the
        same block that is nearest to the start. Where no block has room, they are those nearest to the
        first start.
        """
        order = [lot for lot in (*starts, *self._order[self._next :]) if lot in self._free]
        for start in order:
            if self._too_small.get(start, count + 1) <= count:
                continue
            found = self._grown(start, count)
            if len(found) == count:
                return found, True
            self._too_small |= dict.fromkeys(found, count)
        return self._nearest(order[0], count), False

    def _grown(self, start: str, count: int) -> list[str]:
        found, rim = [start], {start}
        known = {start}
        while rim and len(found) < count:
            known |= rim
            near = {other for lot in found for other in self._neighbours(lot)} & self._free
            rim = near - set(found)
            if rim:
                found.append(min(rim, key=lambda lot: (self._away(start, lot), lot)))
        return found

    def _neighbours(self, lot: str) -> list[str]:
        if self._beside is None:
            self._beside = _adjoining(self._lots)
        return self._beside.get(lot, [])

    def _nearest(self, start: str, count: int) -> list[str]:
        return sorted(self._free, key=lambda lot: (self._away(start, lot), lot))[:count]

    def _away(self, one: str, other: str) -> float:
        if not self._centres:
            centres = shapely.centroid(np.asarray(self._lots.geometry.array))
            self._centres = dict(zip(self._lots.index, centres, strict=True))
        return round(float(shapely.distance(self._centres[one], self._centres[other])), 3)


def _adjoining(lots: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return for each lot those of its block that share a line with it."""
    shapes = np.asarray(lots.geometry.array)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    block = lots["block_id"].astype(str).to_numpy()
    inside = (one < other) & (block[one] == block[other])
    one, other = one[inside], other[inside]
    touch = shapely.length(
        shapely.intersection(shapely.boundary(shapes[one]), shapely.boundary(shapes[other]))
    )
    beside: dict[str, list[str]] = {}
    ids = lots.index.to_numpy()
    for a, b in zip(ids[one[touch > 0]], ids[other[touch > 0]], strict=True):
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    return beside
