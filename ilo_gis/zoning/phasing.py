"""Phasing: which area is opened in which year, so that there are lots when people come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError, some_ids
from ilo_gis.tables import conform, require_geometry, require_metres, require_same_crs
from ilo_gis.zoning.demand import level_demand, whole_lots
from ilo_gis.zoning.ordering import in_order
from ilo_gis.zoning.phasing_model import (
    NEVER,
    Found,
    Works,
    best_order,
    greedy_order,
    merit,
    relaxed_bound,
    shortage,
    worth,
)
from ilo_gis.zoning.phasing_reasons import reasons
from ilo_gis.zoning.phasing_terms import PhasingTerms

__all__ = ["Phasing", "compare_phasing", "phase"]

METHODS = ("milp", "greedy")

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Phasing:
    """An order of areas, and how good it is.

    Attributes
    ----------
    schedule : GeoDataFrame
        Table ``phases``, in the order of opening; areas that are not opened last.
    balance : DataFrame
        Table ``phase_balance``: supply against demand by year.
    method : str
        How the order was found: "milp", or "greedy" where that was asked for or nothing better was found.
    shortage, shortage_bound : float
        Lot-years short; what no order can be below (where shortage has a price, 0).
    objective, bound : float
        Cost in money of the first year, USD, with that of shortage where it has a price; what no order
        with as little shortage can be below.
    gap : float
        (objective - bound) / objective: 0 is the best order there is.
    greedy_shortage, greedy_objective : float
        The same of the plain rule: the cheapest lots that can be had, when demand asks for them.
    """

    schedule: gpd.GeoDataFrame
    balance: pd.DataFrame
    method: str
    shortage: float
    shortage_bound: float
    objective: float
    bound: float
    gap: float
    greedy_shortage: float
    greedy_objective: float


def phase(
    areas: gpd.GeoDataFrame,
    demand: pd.DataFrame | pd.Series,
    terms: PhasingTerms,
    *,
    services: gpd.GeoDataFrame | None = None,
    method: str = "milp",
    time_limit: float = 10.0,
) -> Phasing:
    """Return in which year each area is to be opened: the least shortage of lots, at the least cost.

    An integer programme (HiGHS through ``scipy.optimize.milp``) with one variable an area and year. An area
    opens once, whole, and its lots are there in that year. Too little land is no error: the balance
    tells the shortage year by year.

    Parameters
    ----------
    areas : GeoDataFrame
        Polygons in a CRS in metres, with unique ids. Optional columns: ``lots`` (else `terms` needs
        lots_per_ha), ``cost`` (USD of the year of opening, all in all), ``ready`` (first year in which
        it can be opened), ``after`` (ids of areas that have to be open before or in the same year, joined
        by ``;``), ``distance`` (m to services).
    demand : DataFrame or Series
        Lots needed by year, as `demand_series` gives them (column ``lots``), or lots by year.
    terms : PhasingTerms
        Costs, and what can be done in a year.
    services : GeoDataFrame, optional
        What there is of mains, collectors or taps, in the CRS of `areas`: gives ``distance`` where areas
        have no such column.
    method : {"milp", "greedy"}
        Greedy opens the cheapest lots that can be had when demand asks for them. It also stands in
        where time does not suffice for a better order.
    time_limit : float
        Seconds for the integer programme.

    Returns
    -------
    Phasing
        Schedule (table ``phases``, indexed by area), balance (table ``phase_balance``) and how far
        the order is from the best there can be.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If geometries are missing, empty or invalid; the features are named.
    SchemaError
        If lots, cost, ready, after or distance have values that make no sense; the areas are named.
    RuleError
        If the method is unknown, the time no number above 0, years are not one after another, or
        lots are not known.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V: eight extension areas, 10,000 lots in seven years.

    Examples
    --------
    Two areas, three years. The nearer one is ready a year too late to be first:

    >>> land = geopandas.GeoDataFrame({"lots": [100, 100], "cost": [5000.0, 9000.0], "ready": [1991, 1990]},
    ...     index=["near", "far"], geometry=[shapely.box(0, 0, 9, 9), shapely.box(9, 0, 18, 9)], crs=32719)
    >>> found = phase(land, pandas.Series([40, 50, 60], index=[1990, 1991, 1992]), PhasingTerms())
    >>> found.schedule["opened"].to_dict(), found.balance["shortage"].tolist(), found.objective, found.gap
    ({'far': 1990, 'near': 1992}, [0, 0, 0], 14000.0, 0.0)
    """
    require_metres(areas, "areas")
    require_same_crs(areas=areas, services=services)
    require_geometry(areas, "Polygon", "MultiPolygon", name="areas")
    if method not in METHODS or not time_limit > 0:
        raise RuleError(f"method is {method!r}, time_limit {time_limit}. Choose milp or greedy, and seconds.")
    needed = _needed(demand)
    table = _described(areas, terms, services)
    works = _works(table, needed, terms)
    plain = greedy_order(works)
    found = best_order(works, time_limit) if method == "milp" and len(areas) else None
    chosen = "milp"
    if found is None or merit(works, plain) < merit(works, found.opened):
        chosen, bounds = "greedy", (0.0, relaxed_bound(works, plain)) if len(areas) else (0.0, 0.0)
        found = Found(plain, *(bounds if found is None else found[1:]))
    short, cost = worth(works, found.opened)
    bound = min(max(found.bound, 0.0), cost)
    greedy = worth(works, plain)
    gap = (cost - bound) / cost if cost > 0 else 0.0
    return Phasing(
        schedule=_schedule(areas, table, works, found.opened, needed.index),
        balance=_balance(works, found.opened, needed, terms.stock),
        method=chosen,
        shortage=short,
        shortage_bound=min(max(float(np.round(found.shortage_bound, 6)), 0.0), short),
        objective=cost,
        bound=bound,
        gap=gap if gap > 1e-6 else 0.0,
        greedy_shortage=greedy[0],
        greedy_objective=greedy[1],
    )


def compare_phasing(phasings: Mapping[str, Phasing]) -> pd.DataFrame:
    """Return the same areas under several demands side by side: when each opens, and what it comes to.

    Parameters
    ----------
    phasings : mapping of str to Phasing
        Phasings of the same areas by name, such as those of the scenarios low, mid and high.

    Returns
    -------
    DataFrame
        A row for each ``phasing``. The columns have two levels: under ``total`` stand ``demand`` and
        ``supply`` (lots), ``shortage`` (lot-years), ``first_short`` (year) and ``cost`` (USD, money of
        the years of opening); under ``opened`` each area with its year.

    Raises
    ------
    RuleError
        If there are none, or their areas are not the same.

    Examples
    --------
    >>> land = geopandas.GeoDataFrame({"lots": [100, 100]}, index=["a", "b"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 9, 9), shapely.box(9, 0, 18, 9)])
    >>> low, high = (pandas.Series([lots, lots], index=[1990, 1991]) for lots in (40, 90))
    >>> terms = PhasingTerms()
    >>> compare_phasing({"low": phase(land, low, terms), "high": phase(land, high, terms)})["opened"]
    of          a     b
    phasing
    low      1990  <NA>
    high     1990  1991
    """
    if not phasings:
        raise RuleError("There are no phasings to compare. Give one or more by name.")
    first = next(iter(phasings.values())).schedule.index
    if any(set(one.schedule.index) != set(first) for one in phasings.values()):
        raise RuleError("The phasings are not of the same areas. Phase the same areas under each demand.")
    rows = []
    for one in phasings.values():
        short = one.balance.index[one.balance["shortage"] > 0]
        rows.append(
            {
                ("total", "demand"): one.balance["demand"].sum(),
                ("total", "supply"): one.balance["supply"].sum(),
                ("total", "shortage"): one.shortage,
                ("total", "first_short"): short[0] if len(short) else pd.NA,
                ("total", "cost"): one.balance["cost"].sum(),
            }
            | {("opened", name): one.schedule.at[name, "opened"] for name in in_order(first)}
        )
    table = pd.DataFrame(rows, index=pd.Index(phasings, name="phasing"))
    table.columns = pd.MultiIndex.from_tuples(table.columns, names=["item", "of"])
    years = [name for name in table if name[0] == "opened" or name[1] == "first_short"]
    return table.astype(dict.fromkeys(years, "Int64"))


def _needed(demand: pd.DataFrame | pd.Series) -> pd.Series:
    """Return lots by year, whole."""
    if isinstance(demand, pd.DataFrame):
        if "lots" not in demand:
            raise SchemaError("demand has no column 'lots'. Make it with demand_series or level_demand.")
        demand = demand["lots"]
    lots = pd.to_numeric(demand, errors="coerce").sort_index()
    wrong = lots.index[~(lots >= 0) | np.isinf(lots)]
    if len(wrong):
        raise SchemaError(f"demand should be lots from 0 on; mend the years {some_ids(wrong)}.")
    index = level_demand(0, lots.index).index
    return pd.Series(whole_lots(lots.to_numpy(dtype=float)), index, name="lots")


def _described(
    areas: gpd.GeoDataFrame, terms: PhasingTerms, services: gpd.GeoDataFrame | None
) -> pd.DataFrame:
    """Return lots, cost, first year, areas before and distance of each area, in the order of ids."""
    table = areas.loc[in_order(areas.index)]
    shapes = np.asarray(table.geometry.array, dtype=object)
    if "lots" not in table and terms.lots_per_ha is None:
        raise RuleError("How many lots do the areas hold? Give a column 'lots', or lots_per_ha in the terms.")
    lots = _numbers(table, "lots", np.floor(shapely.area(shapes) / 1e4 * (terms.lots_per_ha or 0) + 1e-9))
    if (part := table.index[lots != np.round(lots)]).size:
        raise SchemaError(f"areas: lots should be whole numbers; mend {some_ids(part)}.")
    away = np.full(len(table), np.nan)
    if services is not None and len(services):
        away = shapely.distance(shapes, shapely.union_all(np.asarray(services.geometry.array, dtype=object)))
    distance = _numbers(table, "distance", away, gaps=True)
    cost = _numbers(table, "cost", lots * terms.cost_per_lot + np.nan_to_num(distance) * terms.cost_per_m)
    ready = _numbers(table, "ready", np.full(len(table), np.nan), gaps=True)
    after = table["after"] if "after" in table else pd.Series("", table.index)
    columns = {"lots": lots.astype(np.int64), "ready": ready, "distance": distance, "cost": cost}
    return pd.DataFrame(columns | {"after": after.fillna("").astype(str)}, index=table.index)


def _numbers(table: gpd.GeoDataFrame, name: str, usual: Any, gaps: bool = False) -> NDArray[np.float64]:
    if name not in table:
        return np.asarray(usual, dtype=float)
    told = pd.to_numeric(table[name], errors="coerce").astype(float)
    wrong = (~told.between(0, 1e15)) & ~(table[name].isna() & gaps)
    if wrong.any():
        listed = some_ids(f"{i}: {table.at[i, name]!r}" for i in table.index[wrong])
        raise SchemaError(f"areas: {name} should be numbers from 0 on. Mend {listed}.")
    return told.to_numpy()


def _works(table: pd.DataFrame, needed: pd.Series, terms: PhasingTerms) -> Works:
    place = {str(name): k for k, name in enumerate(table.index)}
    named = [
        (k, other.strip())
        for k, said in enumerate(table["after"])
        for other in said.split(";")
        if other.strip()
    ]
    if unknown := sorted({other for _, other in named if other not in place}):
        raise SchemaError(
            f"areas: 'after' names {', '.join(unknown)}. The areas are: {', '.join(place)[:300]}."
        )
    first = np.nan_to_num(table["ready"].to_numpy(), nan=needed.index[0]) - needed.index[0]
    return Works(
        lots=table["lots"].to_numpy(),
        cost=table["cost"].to_numpy(),
        first=np.maximum(np.ceil(first), 0).astype(np.int64),
        needs=np.array([(k, place[other]) for k, other in named], dtype=np.int64).reshape(-1, 2),
        demand=np.maximum(needed.cumsum().to_numpy(dtype=float) - terms.stock, 0.0),
        discount=terms.discount,
        areas_a_year=terms.areas_a_year,
        lots_a_year=terms.lots_a_year,
        budget=terms.budget,
        shortage_cost=terms.shortage_cost,
    )


def _schedule(
    areas: gpd.GeoDataFrame, table: pd.DataFrame, works: Works, opened: Ints, years: pd.Index
) -> gpd.GeoDataFrame:
    """Return the table ``phases`` in the order of opening: by year, then by cost per lot, then by id."""
    told = opened != NEVER
    per_lot = (table["cost"] / table["lots"].where(table["lots"] > 0)).to_numpy()
    order = np.lexsort((np.arange(len(table)), np.nan_to_num(per_lot), np.where(told, opened, len(years))))
    place = np.empty(len(table), dtype=np.int64)
    place[order] = np.arange(1, len(table) + 1)
    english, spanish = reasons(works, opened, table.index, years)
    shapes = areas.geometry.loc[table.index]
    columns = {
        "order": pd.array(np.where(told, place, 0), dtype="Int64"),
        "opened": pd.array(np.where(told, opened + years[0], 0), dtype="Int64"),
        "ready": pd.array(table["ready"].to_numpy(), dtype="Int64"),
        "after": table["after"].mask(table["after"] == "").to_numpy(),
        "cost_per_lot": per_lot,
        "reason": english,
        "reason_es": spanish,
        "area": shapely.area(np.asarray(shapes.array, dtype=object)),
    }
    for name in ("order", "opened"):
        columns[name][~told] = pd.NA
    frame = gpd.GeoDataFrame(
        columns | {name: table[name].to_numpy() for name in ("lots", "distance", "cost")},
        geometry=np.asarray(shapes.array, dtype=object),
        index=table.index,
        crs=areas.crs,
    )
    return conform(frame.iloc[order].rename_axis("area_id"), "phases")


def _balance(works: Works, opened: Ints, needed: pd.Series, stock: int) -> pd.DataFrame:
    told = opened != NEVER
    supply = np.bincount(opened[told], works.lots[told], len(needed)).astype(np.int64)
    wanted, there = needed.cumsum().to_numpy(), supply.cumsum() + stock
    frame = pd.DataFrame(
        {
            "demand": needed.to_numpy(),
            "supply": supply,
            "cumulative_demand": wanted,
            "cumulative_supply": there,
            "shortage": shortage(works, opened).astype(np.int64),
            "surplus": np.maximum(there - wanted, 0),
            "cost": np.bincount(opened[told], works.cost[told], len(needed)),
        },
        index=needed.index.rename("year"),
    )
    return conform(frame, "phase_balance")
