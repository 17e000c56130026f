"""Figures of a plan before and after an edit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.editing.edit import Edit
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.lots import HAIR
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.street_figures import collector_land, inside
from ilo_gis.tables import Plan

__all__ = ["Totals", "figures", "lots_made", "reserve_base", "totals"]


@dataclass(frozen=True)
class Totals:
    """What a whole plan measures: what previews of a gesture need not measure again.

    Attributes
    ----------
    figures : mapping of str to float
        As `figures` tells them.
    reserve_base : float
        Land that shares of reserves are of, m2.
    """

    figures: Mapping[str, float]
    reserve_base: float


def totals(plan: Plan, brief: Brief) -> Totals:
    """Measure a whole plan, for the previews of a gesture.

    Parameters
    ----------
    plan : Plan
        The plan that the gesture begins with, in metres.
    brief : Brief
        What a lot must be, and the shares of reserves.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule)
    >>> kept = totals(plan, brief)
    >>> edit = ilo_gis.editing.divide_block(plan, "K", brief, count=8, preview=kept)
    >>> kept.figures["lots"], edit.figures.at["lots", "after"], list(edit.changes)
    (20.0, 8.0, ['lots'])
    """
    return Totals(_measured(plan, brief), reserve_base(plan))


@cache
def _said() -> pd.DataFrame:
    told = tomllib.loads(files("ilo_gis.editing").joinpath("figures.toml").read_text("utf-8"))
    names = {"en": "label", "es": "label_es"}
    return pd.DataFrame.from_dict(told, orient="index").rename(columns=names).rename_axis("figure")


def figures(
    before: Plan,
    after: Plan,
    brief: Brief,
    *,
    lots: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame] | None = None,
    totals: Totals | None = None,
) -> pd.DataFrame:
    """Return the figures of a whole plan before and after an edit.

    What both plans hold as the same table is measured once.

    Parameters
    ----------
    before, after : Plan
        The plan before and after, in metres.
    brief : Brief
        What a lot must be, and the shares of reserves.
    lots : pair of GeoDataFrame, optional
        Lots before and after that are not the same, where they are known: then only they are
        measured after, and the lots of `after` are not looked at.
    totals : Totals, optional
        What `totals` gives for the plan before, where it is known.

    Returns
    -------
    DataFrame
        Index ``figure``: ``lots``, ``legal_lots`` (those that meet area, front, width and depth to
        width of the rule, by their columns) and ``remnants`` in pieces; ``lot_area``,
        ``reserve_area``, ``reserve_required`` (m2, the shares of the brief of all land less
        collectors), ``street_length`` (m of centre lines on street land), ``street_area`` (m2).
        Columns ``label``, ``label_es``, ``unit``, ``before``, ``after``.

    References
    ----------
    RNE TH.010, articles 9 (lots) and 10 (reserves).

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule)
    >>> after = ilo_gis.subdivision.replan(plan, ilo_gis.subdivision.Changes(split={"K-1": 2}), brief)
    >>> figures(plan, after, brief).loc[["lots", "legal_lots"], ["before", "after"]].values.tolist()
    [[20.0, 21.0], [20.0, 19.0]]
    """
    first = _measured(before, brief) if totals is None else totals.figures
    if lots is not None:
        after = replace(after, lots=before.lots)
    second = {**first} | _measured(after, brief, unlike=before)
    if lots is not None:
        gone, come = (_of_lots(table, brief.rule) for table in lots)
        second |= {name: first[name] + (come[name] - gone[name]) for name in come}
    return _said().assign(before=pd.Series(first), after=pd.Series(second))


def lots_made(edit: Edit, rule: LotRule) -> pd.DataFrame:
    """Return what lots measure that an edit makes; where it makes none, those that it is done to.

    Parameters
    ----------
    edit : Edit
        An edit of ``lots``.
    rule : LotRule
        What a lot must be.

    Returns
    -------
    DataFrame
        By ``lot_id``: ``area`` (m2), ``frontage`` (m), ``legal`` (whether a lot meets the rule, by its
        columns; a remnant need not), and ``geometry``.

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> edit = ilo_gis.editing.split_lot(plan, "K-5", 2, ilo_gis.subdivision.Brief(rule=rule))
    >>> lots_made(edit, rule)["legal"].to_dict()
    {'K-21': False, 'K-22': False}
    """
    change = edit.changes["lots"]
    own = change.after.loc[change.come if len(change.come) else list(edit.ids)]
    area = shapely.area(np.asarray(own.geometry.array, dtype=object))
    legal = (own["kind"] != "lot").to_numpy() | _legal(own, area, rule)
    return own[["frontage", "geometry"]].assign(area=area, legal=legal)


def reserve_base(plan: Plan) -> float:
    """Return the land that shares of reserves are of, in m2: all but that of collectors and larger roads.

    References
    ----------
    RNE TH.010, article 10.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> reserve_base(ilo_gis.workflows.lots_in_blocks(blocks, rule))
    3200.0
    """
    return _base(plan, _street_land(plan))


def _base(plan: Plan, land: shapely.MultiPolygon) -> float:
    return float(land.area + plan.blocks.area.sum() - collector_land(plan.street_lines, land))


def _street_land(plan: Plan) -> shapely.MultiPolygon:
    return shapely.multipolygons(np.asarray(plan.streets.geometry.array, dtype=object))


def _measured(plan: Plan, brief: Brief, unlike: Plan | None = None) -> dict[str, float]:
    """Return figures by name; of tables that another plan has as well, none."""
    new = {name for name in ("lots", "reserves", "streets", "street_lines")
           if unlike is None or getattr(plan, name) is not getattr(unlike, name)}  # fmt: skip
    found: dict[str, float] = {}
    if "lots" in new:
        found |= _of_lots(plan.lots, brief.rule)
    if "reserves" in new:
        found["reserve_area"] = float(plan.reserves.area.sum())
    if new & {"streets", "street_lines"}:
        land = _street_land(plan)
        lines = np.asarray(plan.street_lines.geometry.array, dtype=object)
        found["street_length"] = float(shapely.length(inside(lines, land)[0]).sum())
        found["street_area"] = float(land.area)
        found["reserve_required"] = _base(plan, land) * sum(brief.shares.values())
    return found


def _of_lots(lots: gpd.GeoDataFrame, rule: LotRule) -> dict[str, float]:
    own = (lots["kind"] == "lot").to_numpy()
    area = shapely.area(np.asarray(lots.geometry.array, dtype=object))
    legal = own & _legal(lots, area, rule)
    counts = {"lots": own.sum(), "legal_lots": legal.sum(), "remnants": (~own).sum()}
    return {**{name: float(n) for name, n in counts.items()}, "lot_area": float(area[own].sum())}


def _legal(lots: gpd.GeoDataFrame, area: NDArray[np.float64], rule: LotRule) -> NDArray[np.bool_]:
    """Tell which lots meet a rule, by what their columns say; what nobody measured breaks none."""
    measure = {"area": area} | {
        name: lots[name].to_numpy(dtype=float, na_value=np.nan)
        for name in ("frontage", "width", "ratio")
        if name in lots
    }
    over = np.zeros(len(lots), dtype=bool)
    for bound, name, sign in (
        ("min_area", "area", -1),
        ("max_area", "area", 1),
        ("min_frontage", "frontage", -1),
        ("min_width", "width", -1),
        ("max_ratio", "ratio", 1),
    ):
        limit = getattr(rule, bound)
        if limit is not None and name in measure:
            over |= sign * (measure[name] - limit) > HAIR
    return ~over
