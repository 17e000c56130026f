"""The figures of a plan, each with its unit, its direction, its target and where that comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.geometry.measure import sides
from ilo_gis.geometry.terrain import cut_and_fill, grades
from ilo_gis.subdivision import street_figures
from ilo_gis.subdivision.costs import Cost, costs
from ilo_gis.subdivision.indicator_rows import Target, indicator_row, said, target_of
from ilo_gis.subdivision.reserve_checks import EXACT
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import Elevation, Plan, require_metres, require_same_crs
from ilo_gis.tables.indicators import Row, indicator_table
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["indicators", "kinds_of", "reserve_norm", "reserve_shares"]

BOUND = 1e-6  # lots; a block of just so many is not one lot short for rounding
SINGLE_TYPES = (1, 2, 3, 4)  # types of lot of TH.010 by falling least area
FREE_TYPE = 5  # the one without a least area

Rule = LotRule | Mapping[str, LotRule]


class _Land(NamedTuple):
    """What the figures are measured on: counts, lengths in m, areas in m2.

    `network` are the centre lines as they are, to walk on; `lines` what of them lies on street land.
    """

    site: float
    streets: shapely.Geometry
    network: NDArray[np.object_]
    lines: NDArray[np.object_]
    width: NDArray[np.float64]
    lots: NDArray[np.object_]
    green: NDArray[np.object_]

    @property
    def area(self) -> float:
        """Area of the streets; NaN where the plan has none."""
        return float(self.streets.area) if len(self.lines) else np.nan

    @property
    def length(self) -> float:
        """Length of the streets; NaN where the plan has none."""
        return float(shapely.length(self.lines).sum()) if len(self.lines) else np.nan


def indicators(
    plan: Plan,
    rule: Rule,
    *,
    norms: Mapping[str, Any],
    persons: float = 5.0,
    elevation: Elevation | None = None,
) -> pd.DataFrame:
    """Return the figures of a plan, each with its unit, its direction and its target.

    The site is the land of streets and blocks. Land that is not for building (table ``losses``)
    is no part of it. Reserves are measured against the site less collectors and larger roads.

    Parameters
    ----------
    plan : Plan
        Of any source; layers in metres.
    rule : LotRule or mapping of str to LotRule
        What a lot must be; of several, the one that the column ``rule`` of a block names.
    norms : mapping of str to Norm
        Norms in force, which set targets and unit costs: ``norms.load("pe")``.
    persons : float
        Persons a lot.
    elevation : Elevation, optional
        Heights of the ground in the CRS of the plan, as from ``io.read_elevation``. Without it
        there are no grades, cut or fill. A street counts as steep by its mean grade, as in
        `check_grades`; `cut_and_fill` tells how the earth is estimated.

    Returns
    -------
    DataFrame
        Table ``indicators``: index ``indicator``; ``label``, ``label_es``, ``value``, ``unit``,
        ``direction``, ``target``, ``met``, ``source``. ``value`` is empty where the layout cannot
        tell it; ``target`` and ``met`` where no norm sets a target.

    Raises
    ------
    CRSError
        If the plan is not in metres, or the heights are in another CRS.
    RuleError
        If `persons` is no positive number.
    NormError
        If unit costs cannot be used.

    References
    ----------
    A. Bertaud, M.-A. Bertaud and J. Wright, World Bank discussion paper INU 17, 1988 (cost of a
    serviced lot). UN-Habitat, "A new strategy of sustainable neighbourhood planning: five
    principles", 2014. RNE TH.010 and GH.020 (reserves, blocks, reach of parks, grades).

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> found = indicators(plan, rule, norms=ilo_gis.norms.load("pe"))
    >>> found.loc[["lots", "bound_share", "inhabitants"], "value"].tolist()
    [20.0, 100.0, 100.0]
    """
    require_metres(plan.blocks, "blocks")
    if elevation is not None:
        require_same_crs(blocks=plan.blocks, elevation=elevation)
    if not (isinstance(persons, int | float) and isfinite(persons) and persons > 0):
        raise RuleError(f"persons is {persons!r}; it should be a positive number of persons a lot.")
    land = _land(plan)
    reach, grade = norms.get("gh020.park_distance"), norms.get("gh020.grade")
    values = _of_lots(plan, rule, land) | _of_streets(plan, land) | _of_people(land, persons)
    values |= {name: np.nan for name, entry in said().items() if entry.get("beyond")}
    words: dict[str, Any] = {"persons": persons}
    if reach is not None:
        words["reach"] = reach.value
        values["green_near"] = _near(land, reach.value)
    if elevation is not None and grade is not None:
        words["grade"] = 100 * grade.value["max"]
        values |= _of_ground(land, elevation, grade.value["max"])
    paid = costs(norms, {"m2": land.area, "m": land.length, "lot": len(land.lots)})
    if paid:
        example = any(one.example for one in paid)
        words |= {key: said()["cost"][key] if example else "" for key in ("prices", "precios")}
        words["money"] = paid[0].money
        values["cost_total"] = sum(one.amount for one in paid)
        values["cost_per_lot"] = _ratio(values["cost_total"], len(land.lots))
    several = {"reserve": _reserves(plan, land, rule, norms), "cost": _costs(paid)}
    rows: list[Row] = []
    for name in said():
        if name in several:
            rows += several[name]
        elif name in values:
            rows.append(indicator_row(name, float(values[name]), words, target_of(name, norms)))
    return indicator_table(rows)


def reserve_shares(plan: Plan, rule: Rule, norms: Mapping[str, Any]) -> pd.DataFrame:
    """Return the share of each kind of reserve that a plan has, against what the norms ask for.

    Parameters
    ----------
    plan, rule, norms
        As in `indicators`, of which these are the rows on reserves.

    Returns
    -------
    DataFrame
        Table ``indicators``, values and targets in % of the site less collectors.

    Examples
    --------
    >>> names = ilo_gis.tables.Plan.__annotations__
    >>> plan = ilo_gis.tables.Plan(**{name: ilo_gis.tables.empty(name, 32719) for name in names})
    >>> rule = ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0)
    >>> reserve_shares(plan, rule, ilo_gis.norms.load("pe"))["target"].to_dict()
    {'reserve_recreation': 8.0, 'reserve_education': 2.0, 'reserve_other': 3.0}
    """
    return indicator_table(list(_reserves(plan, _land(plan), rule, norms)))


def _land(plan: Plan) -> _Land:
    streets = shapely.multipolygons(_shapes(plan.streets))
    network = _shapes(plan.street_lines)
    lines, of = street_figures.inside(network, streets)
    green = [name for name, kind in kinds("reserves").items() if kind.green]
    return _Land(
        site=float(plan.streets.area.sum() + plan.blocks.area.sum()),
        streets=streets,
        network=network,
        lines=lines,
        width=plan.street_lines["width"].to_numpy(dtype=float)[of],
        lots=_shapes(plan.lots[plan.lots["kind"] == "lot"]),
        green=_shapes(plan.reserves)[np.isin(kinds_of(plan), green)],
    )


def kinds_of(plan: Plan) -> NDArray[np.object_]:
    """Return the kind of each reserve of a plan, by its usual name."""
    named = plan.reserves.get("kind", pd.Series("", index=plan.reserves.index))
    return usual_kinds(named, "reserves")


def _of_lots(plan: Plan, rule: Rule, land: _Land) -> dict[str, float]:
    lots, area = len(land.lots), shapely.area(land.lots)
    corner = plan.lots.loc[plan.lots["kind"] == "lot", "corner"] if "corner" in plan.lots else None
    remnants = plan.lots.loc[plan.lots["kind"] == "remnant"].area.sum()
    long, _ = sides(_shapes(plan.blocks))
    return {
        "lots": lots,
        "lots_per_ha": _ratio(lots, land.site / 10_000),
        "bound_share": 100 * _ratio(lots, _bound(plan, rule)),
        "lot_area": _ratio(area.sum(), lots),
        "corner_share": np.nan if corner is None else 100 * _ratio(corner.fillna(False).sum(), lots),
        "remnants_share": 100 * _ratio(remnants, land.site),
        "longest_block": float(np.nanmax(long, initial=0.0)) if len(long) else np.nan,
    }


def _bound(plan: Plan, rule: Rule) -> float:
    """Return how many lots the blocks could hold, by their land and by their fronts."""
    blocks = plan.blocks.drop(index=plan.reserves["block_id"], errors="ignore")
    rules = {"": rule} if isinstance(rule, LotRule) else dict(rule)
    first = next(iter(rules))
    named = blocks.get("rule", pd.Series(first, index=blocks.index)).astype(object)
    own = named.where(named.isin(rules), first)
    area, front = (
        own.map({k: getattr(r, n) for k, r in rules.items()}) for n in ("min_area", "min_frontage")
    )
    room = np.minimum(blocks.area / area.astype(float) + BOUND, blocks.length / front.astype(float) + BOUND)
    return float(np.floor(room).sum())


def _of_streets(plan: Plan, land: _Land) -> dict[str, float]:
    km2, crossings = land.site / 1e6, street_figures.intersections(_shapes(plan.street_lines), land.streets)
    return {
        "street_share": 100 * _ratio(land.area, land.site),
        "street_density": _ratio(land.length / 1000, km2),
        "street_per_lot": _ratio(land.length, len(land.lots)),
        "intersections": _ratio(crossings, km2) if len(land.lines) else np.nan,
    }


def _of_people(land: _Land, persons: float) -> dict[str, float]:
    people = persons * len(land.lots)
    return {
        "inhabitants": people,
        "density_ha": _ratio(people, land.site / 10_000),
        "density": _ratio(people, land.site / 1e6),
        "green_per_person": _ratio(shapely.area(land.green).sum(), people),
    }


def _of_ground(land: _Land, elevation: Elevation, steepest: float) -> dict[str, float]:
    """Tell of streets where the ground is known; those where it is not are left out."""
    length, (mean, _) = shapely.length(land.lines), grades(land.lines, elevation)
    known = ~np.isnan(mean)
    whole = length[known].sum()
    works = cut_and_fill(land.lines, land.width, elevation)
    return {
        "grade_mean": 100 * _ratio((length * mean)[known].sum(), whole),
        "grade_steep": 100 * _ratio(length[mean > steepest].sum(), whole),
        "cut": _known_sum(works.cut),
        "fill": _known_sum(works.fill),
    }


def _known_sum(values: NDArray[np.float64]) -> float:
    return np.nan if np.isnan(values).all() else float(np.nansum(values))


def _near(land: _Land, reach: float) -> float:
    if not len(land.lines):
        return np.nan
    near = street_figures.near(land.lots, land.green, land.network, land.streets, reach)
    return 100 * _ratio(near.sum(), len(near))


def _reserves(plan: Plan, land: _Land, rule: Rule, norms: Mapping[str, Any]) -> Iterator[Row]:
    """Tell the share of each kind of reserve that there is or that the norms ask for."""
    norm, known = reserve_norm(rule, norms), kinds("reserves")
    wanted = {} if norm is None else {kind: 100 * share for kind, share in norm.value.items() if share}
    area = plan.reserves.area.groupby(kinds_of(plan)).sum()
    base = land.site - street_figures.collector_land(plan.street_lines, land.streets)
    for kind in [*known, *(k for k in area.index if k not in known)]:
        if kind not in area and kind not in wanted:
            continue
        target = (
            Target(wanted[kind], "least", f"{norm.source}, {norm.article}", 100 * EXACT / wanted[kind])
            if kind in wanted
            else Target()
        )
        names = (known[kind].en.lower(), known[kind].es.lower()) if kind in known else (kind, kind)
        words = dict(zip(("en", "es"), names, strict=True))
        share = 100 * _ratio(area.get(kind, 0.0), base)
        yield indicator_row("reserve", share, words, target, name=f"reserve_{kind or 'unnamed'}")


def reserve_norm(rule: Rule, norms: Mapping[str, Any]) -> Any:
    """Return the norm for the reserves of the type of lot of TH.010 that a rule meets, if of one only."""
    rules = [rule] if isinstance(rule, LotRule) else list(rule.values())
    types = {lot_type(one, norms) for one in rules}
    return norms.get(f"th010.reserves_{types.pop()}") if len(types) == 1 else None


def lot_type(rule: LotRule, norms: Mapping[str, Any]) -> int:
    """Return the type of lot of TH.010 that a rule meets: of several that with the largest lots.

    Parameters
    ----------
    rule : LotRule
        What the lots must be.
    norms : mapping of str to Norm
        Norms in force: ``norms.load("pe")``.

    Returns
    -------
    int
        1 to 4; 5, the type without a least area, where the lots are smaller than all others.

    References
    ----------
    RNE TH.010, article 9.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> lot_type(rule, ilo_gis.norms.load("pe"))
    3
    """
    for number in SINGLE_TYPES:
        norm = norms.get(f"th010.lot_type_{number}")
        if norm is None:
            continue
        if rule.min_area >= norm.value["min_area"] and rule.min_frontage >= norm.value["min_frontage"]:
            return number
    return FREE_TYPE


def _costs(paid: list[Cost]) -> Iterator[Row]:
    for one in paid:
        words = {"en": one.label, "es": one.label_es, "money": one.money, "source": one.source}
        yield indicator_row("cost", one.amount, words, Target(), name=f"cost_{one.name}")


def _shapes(layer: gpd.GeoDataFrame) -> NDArray[np.object_]:
    return np.asarray(layer.geometry.array, dtype=object)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else np.nan
