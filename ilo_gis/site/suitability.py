"""Suitability of land: factors weighed into one score that can be taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.geometry.overlay import common_area
from ilo_gis.site.factors import Factor, Factors
from ilo_gis.tables import (
    Elevation,
    conform,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["cells", "suitability", "weight_changes"]

EXCLUDED = "excluded"


Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]


def cells(site: gpd.GeoDataFrame, size: float) -> gpd.GeoDataFrame:
    """Return the square cells of a grid whose middle lies in a site.

    Parameters
    ----------
    site : GeoDataFrame
        Polygons in metres.
    size : float
        Side of a cell, m. Cells begin at whole multiples of it, so that those of two sites fit.

    Returns
    -------
    GeoDataFrame
        ``unit_id`` such as ``"c2540-80470"`` (column and row of the grid), one Polygon each, from
        north to south.

    Raises
    ------
    CRSError, GeometryError
        If the site cannot be used.
    RuleError
        If `size` is no length.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 50)], crs=32719)
    >>> cells(site, 50).index.tolist()
    ['c0-0', 'c1-0']
    """
    require_metres(site, "site")
    require_geometry(site, "Polygon", "MultiPolygon", name="site")
    if not 0 < size < np.inf:
        raise RuleError(f"size is {size}; the side of a cell is a number of m above 0.")
    bounds = site.total_bounds if len(site) else np.zeros(4)
    west, south = np.floor(bounds[:2] / size).astype(int)
    east, north = np.ceil(bounds[2:] / size).astype(int)
    row, column = (part.ravel() for part in np.mgrid[south:north, west:east])
    whole = shapely.union_all(np.asarray(site.geometry.array, dtype=object))
    shapely.prepare(whole)
    inside = shapely.contains_xy(whole, (column + 0.5) * size, (row + 0.5) * size)
    row, column = row[inside][::-1], column[inside][::-1]
    order = np.lexsort((column, -row))
    row, column = row[order], column[order]
    shapes = shapely.box(column * size, row * size, (column + 1) * size, (row + 1) * size)
    names = [f"c{x}-{y}" for x, y in zip(column, row, strict=True)]
    return gpd.GeoDataFrame(
        geometry=shapes, index=pd.Index(names, name="unit_id", dtype=object), crs=site.crs
    )


def suitability(
    units: gpd.GeoDataFrame,
    factors: Factors,
    *,
    layers: Mapping[str, gpd.GeoDataFrame] | None = None,
    elevation: Elevation | None = None,
    constraints: gpd.GeoDataFrame | None = None,
    most: float = 0.5,
) -> gpd.GeoDataFrame:
    """Return how fit land is: sum of weight times value of each factor, over the sum of weights.

    Parameters
    ----------
    units : GeoDataFrame
        Polygons in metres, with an index of ids: lots, blocks, zones, or the cells of `cells`.
    factors : Factors
        What counts, and how much: `suitability_factors`.
    layers : mapping of str to GeoDataFrame, optional
        Layers that factors name, in the CRS of `units`.
    elevation : Elevation, optional
        Heights, where slope is a factor.
    constraints : GeoDataFrame, optional
        Table ``constraints``; those that forbid building exclude units.
    most : float
        Share of a unit that may be forbidden before it is excluded; 0 excludes at any share.

    Returns
    -------
    GeoDataFrame
        Table ``suitability``, and two columns for each factor: its value (0 to 1) under its name, and
        what was measured under ``<name>_measured``. `units` keep their order.

    Raises
    ------
    CRSError, GeometryError
        If a layer cannot be used.
    SchemaError
        If a unit has no column that a factor measures, or it holds no numbers.
    RuleError
        If a layer or the heights that a factor needs are missing, or `most` is no share.

    References
    ----------
    Weighted linear combination: J. Malczewski, GIS and multicriteria decision analysis, 1999.

    Examples
    --------
    500 m from a street a value of 0.5, at half the weight of a column of 1: (0.5 + 2 x 1) / 3.

    >>> near = Factor("distance", ((0, 1), (1000, 0)), weight=1, layer="streets")
    >>> soil = Factor("column", ((0, 0), (10, 1)), weight=2, column="bearing")
    >>> shape = [shapely.box(450, 0, 550, 100)]
    >>> units = geopandas.GeoDataFrame({"bearing": [12.0]}, index=["A"], geometry=shape, crs=32719)
    >>> street = shapely.LineString([(0, -900), (0, 900)])
    >>> layers = {"streets": geopandas.GeoDataFrame(geometry=[street], crs=32719)}
    >>> all_factors = Factors({"near": near, "soil": soil}, {"low": 0.0, "high": 0.7})
    >>> found = suitability(units, all_factors, layers=layers)
    >>> found[["score", "suitability_class", "near", "soil"]].round(3).iloc[0].tolist()
    [0.833, 'high', 0.5, 1.0]
    """
    layers = dict(layers or {})
    _require_usable(units, factors, layers, elevation, constraints, most)
    shapes = shapely.force_2d(np.asarray(units.geometry.array, dtype=object))
    columns: dict[str, Any] = {}
    for name, factor in factors.factors.items():
        measured = _measured(factor, units, shapes, layers, elevation)
        x, y = np.array(factor.points).T
        columns |= {name: np.interp(measured, x, y), f"{name}_measured": measured}
    values = np.column_stack([columns[name] for name in factors.factors])
    excluded = _excluded(shapes, constraints, most)
    score = _score(values, factors)
    score[excluded != ""] = np.nan
    names = _classes(score, factors).mask(excluded != "", EXCLUDED)
    table = gpd.GeoDataFrame(
        {
            "score": score,
            "suitability_class": names.to_numpy(),
            "rank": pd.Series(score).rank(ascending=False, method="min").astype("Int64").array,
            "excluded": pd.array(excluded, dtype="string"),
            "area": shapely.area(shapes),
            **columns,
        },
        geometry=units.geometry.array,
        index=pd.Index(units.index.astype(str), name="unit_id", dtype=object),
        crs=units.crs,
    )
    table["excluded"] = table["excluded"].replace("", pd.NA)
    return conform(table, "suitability")


def weight_changes(table: gpd.GeoDataFrame, factors: Factors, change: float = 0.2) -> pd.DataFrame:
    """Return how many units would be of another class if a weight were a little different.

    Parameters
    ----------
    table : GeoDataFrame
        As `suitability` returns it with the same factors.
    factors : Factors
        Those of the table.
    change : float
        Share by which each weight in turn is lowered and raised, above 0 and below 1.

    Returns
    -------
    DataFrame
        By ``factor``: ``lower`` and ``higher``, units that change their class; ``units``, all that have
        one. Excluded units do not count.

    Raises
    ------
    RuleError
        If `change` makes no sense.

    Examples
    --------
    >>> import pandas
    >>> two = {"a": Factor("column", ((0, 0), (1, 1)), 1, column="a"),
    ...        "b": Factor("column", ((0, 0), (1, 1)), 1, column="b")}
    >>> both = Factors(two, {"low": 0.0, "high": 0.5})
    >>> weight_changes(pandas.DataFrame({"a": [1.0, 0.9], "b": [0.0, 0.9], "score": [0.5, 0.9]}), both)
            lower  higher  units
    factor
    a           1       0      2
    b           0       1      2
    """
    if not 0 < change < 1:
        raise RuleError(f"change is {change}; it is a share above 0 and below 1.")
    known = table[table["score"].notna()]
    values = known[list(factors.factors)].to_numpy(dtype=float)
    before = _classes(_score(values, factors), factors)
    rows = {}
    for name, factor in factors.factors.items():
        other = [
            replace(factors, factors={**factors.factors, name: replace(factor, weight=factor.weight * scale)})
            for scale in (1 - change, 1 + change)
        ]
        moved = [int((_classes(_score(values, one), one) != before).sum()) for one in other]
        rows[name] = {"lower": moved[0], "higher": moved[1], "units": len(known)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("factor")


def _require_usable(
    units: gpd.GeoDataFrame,
    factors: Factors,
    layers: Mapping[str, gpd.GeoDataFrame],
    elevation: Elevation | None,
    constraints: gpd.GeoDataFrame | None,
    most: float,
) -> None:
    require_metres(units, "units")
    require_geometry(units, "Polygon", "MultiPolygon", name="units")
    heights = None
    if elevation is not None:
        heights = gpd.GeoDataFrame(geometry=[], crs=elevation.crs)
    require_same_crs(units=units, constraints=constraints, elevation=heights, **layers)
    for name, factor in factors.factors.items():
        if factor.measure == "slope" and elevation is None:
            raise RuleError(f"The factor {name} needs heights: `elevation=io.read_elevation(path, units)`.")
        if factor.layer and factor.layer not in layers:
            raise RuleError(
                f"The factor {name} needs a layer {factor.layer!r}: `layers={{{factor.layer!r}: ...}}`. "
                f"Given are: {', '.join(layers) or 'none'}."
            )
        if factor.column and factor.column not in units:
            raise SchemaError(
                f"The factor {name} measures a column {factor.column!r} that units do not have."
            )
    if not 0 <= most < 1:
        raise RuleError(f"most is {most}; it is a share of a unit, from 0 to below 1.")


def _measured(
    factor: Factor,
    units: gpd.GeoDataFrame,
    shapes: Shapes,
    layers: Mapping[str, gpd.GeoDataFrame],
    elevation: Elevation | None,
) -> Floats:
    if factor.measure == "column":
        try:
            return units[factor.column].to_numpy(dtype=float, na_value=np.nan)
        except (TypeError, ValueError) as error:
            raise SchemaError(f"The column {factor.column!r} of units holds no numbers: {error}.") from error
    if elevation is not None and factor.measure == "slope":
        return _mean_slope(shapes, elevation)
    other = np.asarray(layers[factor.layer].geometry.dropna().array, dtype=object)
    return _shares(shapes, other) if factor.measure == "share" else _distances(shapes, other)


def _distances(shapes: Shapes, other: Shapes) -> Floats:
    """Return how far the nearest feature is from the middle of each unit; nowhere is infinitely far."""
    far = np.full(len(shapes), np.inf)
    if len(other) and len(shapes):
        middle = shapely.point_on_surface(shapes)
        pairs, distance = shapely.STRtree(other).query_nearest(
            middle, return_distance=True, all_matches=False
        )
        far[pairs[0]] = distance
    return far


def _shares(shapes: Shapes, other: Shapes) -> Floats:
    """Return the share of each unit under polygons, what several cover once."""
    parts = shapely.get_parts(shapely.union_all(shapely.force_2d(other)))
    unit, part = shapely.STRtree(parts).query(shapes, predicate="intersects")
    area = np.bincount(unit, common_area(shapes[unit], parts[part]), len(shapes))
    return np.clip(area / shapely.area(shapes), 0, 1)


def _mean_slope(shapes: Shapes, elevation: Elevation) -> Floats:
    """Return the mean slope of the cells in each unit; of the middle where a unit has none."""
    slope = elevation.slope()
    row, column = np.nonzero(~np.isnan(slope))
    x = elevation.west + (column + 0.5) * elevation.cell[0]
    y = elevation.north - (row + 0.5) * elevation.cell[1]
    point, unit = shapely.STRtree(shapes).query(shapely.points(x, y), predicate="intersects")
    count = np.bincount(unit, minlength=len(shapes))
    total = np.bincount(unit, slope[row, column][point], len(shapes))
    middle = shapely.get_coordinates(shapely.point_on_surface(shapes))
    there = np.hypot(*elevation.gradient_at(middle).T)
    return np.where(count > 0, total / np.maximum(count, 1), there)


def _excluded(shapes: Shapes, constraints: gpd.GeoDataFrame | None, most: float) -> Shapes:
    """Return why units are excluded: the reason that forbids the largest share of each."""
    why = np.full(len(shapes), "", dtype=object)
    if constraints is None or not len(shapes):
        return why
    effect = constraints["effect"].fillna("forbid") if "effect" in constraints else "forbid"
    held = constraints[pd.Series(effect, constraints.index) == "forbid"]
    taken = np.asarray(held.geometry.array, dtype=object)
    out = _shares(shapes, taken) > most
    reasons = sorted(set(held["reason"]))
    by = [_shares(shapes[out], taken[(held["reason"] == one).to_numpy()]) for one in reasons]
    if out.any():
        why[out] = np.array(reasons, dtype=object)[np.argmax(by, axis=0)]
    return why


def _score(values: Floats, factors: Factors) -> Floats:
    weights = np.array([factor.weight for factor in factors.factors.values()], dtype=float)
    return np.asarray(values @ weights / weights.sum(), dtype=np.float64)


def _classes(score: Floats, factors: Factors) -> pd.Series:
    names = np.array(list(factors.classes), dtype=object)
    place = np.searchsorted(list(factors.classes.values()), np.nan_to_num(score) + 1e-12, side="right") - 1
    return pd.Series(names[place], dtype="string").mask(np.isnan(score))
