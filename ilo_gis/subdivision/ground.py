"""The land that lots are cut from: parts of blocks, the rule of each, and where it meets the street."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import GeometryError, RuleError, SchemaError
from ilo_gis.geometry.near import along
from ilo_gis.geometry.outline import Outlines
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.subdivision.rule import LotRule

__all__ = ["ON_OUTLINE", "STREET_REACH", "Ground", "ground_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

STREET_REACH = 0.05  # m; an edge this close to street land fronts it
ON_OUTLINE = 1e-3  # m; an edge this close to the outline of its block lies on it
LOST = 1e-6  # share of a block that lots that stay may overlap or stick out by


class Ground(NamedTuple):
    """Parts of blocks to be cut, arrays of shape (parts,), with rules and streets.

    Attributes
    ----------
    part : array of Polygon
        Land to be cut.
    block : int array
        Which block each is part of.
    outer : array of LinearRing
        The outline of that part of the block before lots that stay were taken out.
    rule : int array
        Which of the rules.
    rules : list of LotRule
        The rules.
    land : list of (int or None, geometry)
        Street land under a rule of its own, and under that of the block. None: every outline is.
    whole : bool
        Whether the parts are whole, so that no outline need be measured to tell.
    """

    part: Polygons
    block: Ints
    outer: Polygons
    rule: Ints
    rules: list[LotRule]
    land: list[tuple[int | None, shapely.Geometry]] | None
    whole: bool

    def pick(self, rows: slice | Ints) -> Ground:
        """Return some of the parts."""
        few = (self.part[rows], self.block[rows], self.outer[rows], self.rule[rows])
        return Ground(*few, self.rules, self.land, self.whole)

    def street(self, start: Floats, stop: Floats, which: Ints) -> Ints:
        """Return the rule by which lots front edges of parts, -1 for edges on no street."""
        if self.land is None:
            near = along(start, stop, self.outer, which, ON_OUTLINE)
            return np.where(near, self.rule[which], -1)
        by = np.full(len(which), -1)
        for rule, land in self.land:
            open_ = np.flatnonzero(by < 0)
            one = np.zeros(len(open_), dtype=np.int64)
            near = along(start[open_], stop[open_], np.array([land]), one, STREET_REACH)
            by[open_[near]] = self.rule[which[open_[near]]] if rule is None else rule
        return by

    def on_street(self, outlines: Outlines, which: Ints) -> Ints:
        """Return the same for the segments of outlines of parts."""
        part = np.repeat(which, np.diff(outlines.first))
        if self.land is None and self.whole:
            return self.rule[part]
        return self.street(outlines.ring, outlines.ring[outlines.after], part)


def ground_of(
    blocks: gpd.GeoDataFrame,
    rule: LotRule | Mapping[str, LotRule],
    streets: gpd.GeoDataFrame | None,
    keep: gpd.GeoDataFrame | None,
) -> Ground:
    """Return the land of blocks, less lots that stay.

    Raises
    ------
    RuleError
        If a block or a street names a rule that is not given.
    GeometryError
        If lots that stay overlap or stick out of the blocks.
    """
    part, block = shapely.get_parts(np.asarray(blocks.geometry.array), return_index=True)
    full = ~shapely.is_empty(part)
    part, block = part[full], block[full]
    names = list(rule) if isinstance(rule, Mapping) else []
    rules = list(rule.values()) if isinstance(rule, Mapping) else [rule]
    own = _named(blocks, "blocks", names)[block] if names else np.zeros(len(block), dtype=np.int64)
    land = None if streets is None else _street_land(streets, names)
    outer = shapely.get_exterior_ring(part)
    if keep is None or keep.empty:
        return Ground(part, block, outer, own, rules, land, whole=True)
    rest, index = _without(part, np.asarray(keep.geometry.array, dtype=object), keep)
    return Ground(rest, block[index], outer[index], own[index], rules, land, whole=False)


def _named(table: gpd.GeoDataFrame, name: str, known: list[str]) -> Ints:
    """Return the rule that each row names, as its position among the known ones."""
    if "rule" not in table:
        raise SchemaError(
            f"Rules are given by name ({', '.join(known)}), but {name} has no column 'rule'. Add it, or give "
            "one LotRule for all."
        )
    at = np.array([known.index(said) if said in known else -1 for said in table["rule"].tolist()])
    if (at < 0).any():
        bad = table[at < 0]
        raise RuleError(
            f"{name} {', '.join(map(str, bad.index[:5]))} name rules that are not given "
            f"({', '.join(sorted({str(said) for said in bad['rule'][:5]}))}); known: {', '.join(known)}."
        )
    return at


def _street_land(streets: gpd.GeoDataFrame, names: list[str]) -> list[tuple[int | None, shapely.Geometry]]:
    """Return street land that lots may front: under rules of its own, then under those of the blocks."""
    if "front" in streets:  # a highway, say, is a street that no lot may open on
        streets = streets[streets["front"].fillna(value=True).astype(bool)]
    shapes = np.asarray(streets.geometry.array)
    if "rule" not in streets or not names:
        return [(None, shapely.union_all(shapes))]
    said = streets["rule"].notna().to_numpy() & (streets["rule"] != "").to_numpy()
    at = np.full(len(streets), -1)
    at[said] = _named(streets[said], "streets", names)
    own = [(int(k), shapely.union_all(shapes[at == k])) for k in np.unique(at[at >= 0])]
    return [*own, (None, shapely.union_all(shapes[at < 0]))]


def _without(part: Polygons, stay: Polygons, keep: gpd.GeoDataFrame) -> tuple[Polygons, Ints]:
    """Return parts of blocks less lots that stay, and the part that each comes from."""
    over, of = shapely.STRtree(stay).query(part, predicate="intersects")
    # edges that nearly coincide would leave land as thin as a hair between lots and street
    touched = np.unique(over)
    shared = share_vertices(np.concatenate([part[touched], stay]))
    outline, held = part.copy(), shared[len(touched) :]
    outline[touched] = shared[: len(touched)]
    taken = [shapely.union_all(held[of[over == k]]) for k in range(len(part))]
    left = shapely.difference(outline, np.array(taken, dtype=object))
    off = np.abs(shapely.area(stay).sum() + shapely.area(left).sum() - shapely.area(part).sum())
    if off > LOST * shapely.area(part).sum():
        inside = np.zeros(len(stay))
        np.add.at(inside, of, shapely.area(shapely.intersection(part[over], stay[of])))
        bad = np.flatnonzero(inside < (1 - 1e-6) * shapely.area(stay))
        which = ", ".join(map(str, keep.index[bad[:5]])) or "some"
        raise GeometryError(
            f"Lots that stay overlap each other or stick out of the blocks by {off:.2f} m2 ({which}). "
            "Run check_lots on them, and clip them to the blocks."
        )
    rest, index = shapely.get_parts(left, return_index=True)
    land = (shapely.get_type_id(rest) == 3) & (shapely.area(rest) > LOST)
    return rest[land], index[land]
