"""The side line between two lots, and how far it can slide."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib.resources import files
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, some_ids
from ilo_gis.geometry.seams import Moved, Seam, seams, shifted
from ilo_gis.subdivision.fronts import fronts_near
from ilo_gis.subdivision.ground import Ground, ground_of
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import Plan

__all__ = ["Side", "Slid", "side_between"]

HALVINGS = 40  # of a way of 1 km: down to a rounding
SAME = 1e-9  # m or m2; a lot is not stopped for a rounding
KEPT = 0.01  # m of a lot that a line leaves of it: nobody draws closer

Floats = NDArray[np.float64]


class Slid(NamedTuple):
    """A side line at an offset: the line, both lots, their areas (m2) and fronts (m), the first lot first."""

    offset: float
    line: shapely.LineString
    lots: tuple[shapely.Polygon, shapely.Polygon]
    area: tuple[float, float]
    frontage: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Side:
    """The line that two lots share, and between which offsets it can slide.

    Attributes
    ----------
    a, b : str
        The lots; `a` is on the left of the line.
    line : LineString
        The line, of two vertices or more.
    least, greatest : float
        Offsets, m, at right angles to the line from end to end, positive towards `b`; `least` is 0
        or below, `greatest` 0 or above.
    why_least, why_greatest : mapping of str to str
        Why the line stops there, by language (``"en"``, ``"es"``).
    """

    a: str
    b: str
    line: shapely.LineString
    least: float
    greatest: float
    why_least: Mapping[str, str]
    why_greatest: Mapping[str, str]
    ground: _Ground = field(repr=False)

    def offset(self, start: tuple[float, float], to: tuple[float, float]) -> float:
        """Return the offset, m, by which the place of the line nearest to `start` comes abreast of `to`."""
        held = shapely.get_coordinates(self.line.interpolate(self.line.project(shapely.Point(start))))[0]
        path = shapely.get_coordinates(self.line)
        chord = path[-1] - path[0]
        across = np.array([chord[1], -chord[0]]) / np.hypot(*chord)
        return float((np.asarray(to) - held) @ across)

    def stop(self, offset: float) -> tuple[float, Mapping[str, str] | None]:
        """Return the offset nearest to one up to which the line slides, and why it stops where it does."""
        if offset < self.least:
            return self.least, self.why_least
        return (self.greatest, self.why_greatest) if offset > self.greatest else (offset, None)

    def at(self, offset: float) -> Slid:
        """Return line, lots and their measures at an offset; no limit is felt here.

        Raises
        ------
        RuleError
            If nothing would be left of a lot.
        """
        slid = self.ground.at(offset)
        if slid is None:
            raise RuleError(
                f"The line between {self.a} and {self.b} cannot slide by {offset:g} m: it would leave them. "
                f"It can between {self.least:.2f} and {self.greatest:.2f} m."
            )
        return slid


class _Measures(NamedTuple):
    """Outlines, areas (m2) and fronts (m) of two lots."""

    moved: Moved
    area: Floats
    frontage: Floats


@dataclass(frozen=True, eq=False)
class _Ground:
    """Two lots, the line between them, front up to each vertex from its start round to its end, streets.

    `fronts` are of ``seam.one`` walked backward, and of ``seam.other``.
    """

    shapes: tuple[shapely.Polygon, shapely.Polygon]
    seam: Seam
    fronts: tuple[Floats, Floats]
    streets: gpd.GeoDataFrame | None

    @cached_property
    def now(self) -> _Measures:
        found = self.measures(0.0)
        assert found is not None  # nosec: the line is where it is
        return found

    def measures(self, offset: float) -> _Measures | None:
        """Return what both lots have at an offset; None where there is no such line."""
        moved = shifted(self.seam, offset)
        if moved is None:
            return None
        loses = int(offset >= 0)
        front = self.fronts[loses]
        left = float(np.diff(np.interp(moved.ends, np.arange(len(front)), front))[0])
        rest = float(self.fronts[0][-1] + self.fronts[1][-1]) - left
        fronts = np.array([rest, left] if loses else [left, rest])
        return _Measures(moved, np.array([_area(moved.one), _area(moved.other)]), fronts)

    def at(self, offset: float) -> Slid | None:
        found = self.measures(offset)
        if found is None:
            return None
        one, other = shapely.Polygon(found.moved.one), shapely.Polygon(found.moved.other)
        lots = self.shapes if offset == 0 else (one, other)
        if not shapely.is_valid(lots).all() or (found.area <= 0).any():
            return None
        (area_a, area_b), (front_a, front_b) = found.area.tolist(), found.frontage.tolist()
        return Slid(offset, shapely.LineString(found.moved.line), lots, (area_a, area_b), (front_a, front_b))


def side_between(plan: Plan, a: str, b: str, rule: LotRule) -> Side:
    """Return the line that two lots of a block share, and how far it can slide to either side.

    It stops where a lot would break the rule by its area or front, or where a lot ends. What a lot
    misses already, it may keep, but not miss by more. Remnants need not meet the rule.

    Parameters
    ----------
    plan : Plan
        The plan, in metres; the lots have the same vertices on the line.
    a, b : str
        Two lots or remnants.
    rule : LotRule
        What a lot must be.

    Returns
    -------
    Side

    Raises
    ------
    RuleError
        If there is no such lot, they are of two blocks, or do not share just one line.

    Examples
    --------
    Two lots of 10 m by 20 m may lose 2 m of their front before they have less than 8 m and 160 m2:

    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 20, 20)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, ilo_gis.subdivision.LotRule(200.0, 10.0))
    >>> side = side_between(plan, "K-1", "K-2", rule)
    >>> round(side.least, 6), round(side.greatest, 6), side.why_greatest["es"]
    (-2.0, 2.0, 'K-2 tendría menos de 160 m2')
    >>> [round(area, 6) for area in side.at(1.5).area]
    [230.0, 170.0]

    Held at its middle and dragged to x = 6.5 m it is 3.5 m off, but goes no further than 2 m:

    >>> side.offset((10.0, 10.0), (6.5, 4.0)), round(side.stop(3.5)[0], 6)
    (3.5, 2.0)
    """
    ground = _ground(plan, a, b, rule)
    legal = (plan.lots.loc[[a, b], "kind"].astype(str) == "lot").tolist()
    stops = [_stop(ground, sign, (a, b), legal, rule) for sign in (-1.0, 1.0)]
    (least, why_least), (greatest, why_greatest) = stops
    return Side(a, b, shapely.LineString(ground.seam.line), least, greatest, why_least, why_greatest, ground)


def _ground(plan: Plan, a: str, b: str, rule: LotRule) -> _Ground:
    if unknown := [lot for lot in (a, b) if lot not in plan.lots.index]:
        raise RuleError(f"The plan has no lots {some_ids(unknown)}. Look the ids up in its tables.")
    own = plan.lots.loc[[a, b]]
    blocks = own["block_id"].astype(str).unique()
    if a == b or len(blocks) > 1:
        raise RuleError(f"{a} and {b} are not two lots of one block. Name two lots that touch.")
    shapes = own.geometry.iloc[0], own.geometry.iloc[1]
    found = seams(*shapes)
    if len(found) != 1:
        much = "no line" if not found else f"{len(found)} lines"
        raise RuleError(
            f"{a} and {b} share {much}; a side line is one. Name two lots that touch along one line."
        )
    block = plan.blocks.loc[[blocks[0]], ["geometry"]]
    streets = fronts_near(plan.street_lines, block)
    street = ground_of(block, rule, streets, None)
    one, other = (_front(street, path) for path in (found[0].one[::-1], found[0].other))
    return _Ground(shapes, found[0], (one, other), streets)


def _front(street: Ground, path: Floats) -> Floats:
    """Return how much front, m, a path has up to each of its vertices."""
    start, stop = path[:-1], path[1:]
    on = street.street(start, stop, np.zeros(len(start), dtype=np.int64)) >= 0
    return np.append(0.0, np.cumsum(np.hypot(*(stop - start).T) * on))


class _Limit(NamedTuple):
    """What a lot must keep to: its least (sense 1) or greatest (-1) area or front, or what it has already."""

    name: str
    lot: int
    measure: str
    sense: int
    value: float

    def kept(self, ground: _Ground, offset: float) -> bool:
        found, now = ground.measures(offset), ground.now
        if found is None:
            return False
        has, had = (getattr(at, self.measure)[self.lot] for at in (found, now))
        return bool(self.sense * has >= min(self.sense * self.value, self.sense * had) - SAME)


def _limits(shrinks: int, rule: LotRule) -> list[_Limit]:
    """Return what can stop a line that takes land of a lot."""
    limits = [
        _Limit("min_area", shrinks, "area", 1, rule.min_area),
        _Limit("min_frontage", shrinks, "frontage", 1, rule.min_frontage),
    ]
    if rule.max_area is not None:
        limits.append(_Limit("max_area", 1 - shrinks, "area", -1, rule.max_area))
    return limits


def _stop(
    ground: _Ground, sign: float, lots: tuple[str, str], legal: list[bool], rule: LotRule
) -> tuple[float, dict[str, str]]:
    """Return the offset, with its sign, at which the line stops on one side, and why, by language."""
    shrinks = int(sign > 0)
    most = shapely.box(*shapely.total_bounds(ground.shapes)).length
    end = max(_farthest(lambda way: ground.at(sign * way) is not None, most) - KEPT, 0.0)
    stops = [(end, "width", lots[shrinks], 0.0)]
    for limit in _limits(shrinks, rule):
        if legal[limit.lot]:
            way = _farthest(partial(_kept, limit, ground, sign), end)
            stops.append((way, limit.name, lots[limit.lot], limit.value))
    # of stops at one place, that of the rule is told
    way, name, lot, value = min(stops, key=lambda stop: (round(stop[0], 6), stop[1] == "width"))
    return sign * way, {lang: text.format(lot=lot, limit=value) for lang, text in _said()[name].items()}


def _kept(limit: _Limit, ground: _Ground, sign: float, way: float) -> bool:
    return limit.kept(ground, sign * way)


def _farthest(holds: Callable[[float], bool], most: float) -> float:
    """Return the greatest number up to which something holds that holds at 0."""
    if most <= 0 or holds(most):
        return max(most, 0.0)
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _area(ring: Floats) -> float:
    x, y = (ring - ring[0]).T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


@cache
def _said() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("ilo_gis.editing").joinpath("sidelines.toml").read_text("utf-8"))
