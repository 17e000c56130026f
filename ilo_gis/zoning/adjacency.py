"""Zones that should not lie beside each other, by a table of distances."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ReadError, RuleError, some_ids
from ilo_gis.tables import empty, findings

__all__ = ["conflicts", "distances", "require_distances"]

Ints = NDArray[np.int64]
Together = Callable[[Ints, Ints], NDArray[np.bool_]]

NEEDED = ("one", "other", "distance")
ROUNDING = 1e-6  # m by which zones at the very distance may miss it


def distances(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Return the least distances between zones: the shipped ones, or those of a CSV file of your own.

    Parameters
    ----------
    path : path, optional
        A CSV file with the columns ``one``, ``other``, ``distance``, and optionally the others.

    Returns
    -------
    DataFrame
        ``one``, ``other`` (codes or families), ``distance`` (m), ``reason``, ``reason_es``, ``source``,
        ``status``. The shipped ones are illustrative: cities set their own.

    Raises
    ------
    ReadError
        If there is no such file.
    RuleError
        If columns are missing or a distance is none; the rows are named.

    Examples
    --------
    >>> table = distances()
    >>> table.loc[(table["one"] == "I4") & (table["other"] == "housing"), "distance"].tolist()
    [500.0]
    """
    if path is None:
        return _shipped().copy()
    try:
        table = pd.read_csv(path)
    except FileNotFoundError as error:
        raise ReadError(f"There is no file {path}. Check the path and the name.") from error
    return require_distances(table)


@cache
def _shipped() -> pd.DataFrame:
    with (files(__package__) / "distances.csv").open(encoding="utf-8") as text:
        return require_distances(pd.read_csv(text))


def require_distances(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of distances with numbers for distances, or say what is wrong with it.

    Raises
    ------
    RuleError
        If columns are missing or a distance is none; the rows are named.

    Examples
    --------
    >>> require_distances(pandas.DataFrame({"one": ["I4"], "other": ["RDM"], "distance": ["far"]}))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: distances: no distance in m in rows 0. Write numbers, 0 or more.
    """
    missing = [name for name in NEEDED if name not in table]
    if missing:
        raise RuleError(f"distances have no column {', '.join(missing)}. They need {', '.join(NEEDED)}.")
    metres = pd.to_numeric(table["distance"], errors="coerce").astype(float)
    wrong = ~(metres >= 0) | np.isinf(metres)
    if wrong.any():
        raise RuleError(
            f"distances: no distance in m in rows {some_ids(table.index[wrong])}. Write numbers, 0 or more."
        )
    return table.assign(distance=metres)


def conflicts(zones: gpd.GeoDataFrame, table: pd.DataFrame, together: Together) -> gpd.GeoDataFrame:
    """Return a finding for each pair of zones that are nearer to each other than they should be.

    Parameters
    ----------
    zones : GeoDataFrame
        ``code``, ``family``; polygons in a CRS in metres.
    table : DataFrame
        As `distances` gives it. Where several rows are about a pair, the greatest distance holds.
    together : callable
        Tells of two arrays of positions whether those zones hold at one time.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; the geometry is the boundary that both share, or the shortest line between them.

    Examples
    --------
    >>> zones = {"code": ["I4", "RDM"], "family": ["industry", "housing"]}
    >>> land = [shapely.box(0, 0, 10, 10), shapely.box(40, 0, 90, 10)]
    >>> zones = geopandas.GeoDataFrame(zones, geometry=land, index=["a", "b"], crs=32719)
    >>> conflicts(zones, distances(), lambda i, j: i >= 0)[["required", "found"]].iloc[0].tolist()
    [500.0, 30.0]
    """
    shapes = np.asarray(zones.geometry.array, dtype=object)
    names = zones[["code", "family"]].astype("string")
    words = names.fillna("").to_numpy(dtype=object)
    pairs = [_near(shapes, words, *rule) for rule in table[list(NEEDED)].itertuples(index=False)]
    if not pairs:
        return empty("findings", zones.crs)
    found = pd.DataFrame(np.concatenate(pairs), columns=["i", "j", "required"])
    found = found.groupby(["i", "j"], as_index=False)["required"].max()
    i, j = found["i"].to_numpy(np.int64), found["j"].to_numpy(np.int64)
    held = together(i, j)
    i, j, required = i[held], j[held], found["required"].to_numpy()[held]
    apart = shapely.distance(shapes[i], shapes[j])
    beside = apart == 0
    where = shapely.shortest_line(shapes[i], shapes[j])
    where[beside] = shapely.intersection(shapely.boundary(shapes[i[beside]]), shapes[j[beside]])
    said = zones.index.astype(str) + " (" + names["code"].fillna("").to_numpy(dtype=object) + ")"
    detail = [f"{a} / {b}" for a, b in zip(said[i], said[j], strict=True)]
    layer = gpd.GeoDataFrame(index=zones.index[i], geometry=where, crs=zones.crs)
    article = "; ".join(dict.fromkeys(table["source"].dropna().astype(str))) if "source" in table else ""
    return findings(
        "zones", layer, "zone.adjacency", detail=detail, article=article, required=required, found=apart
    )


def _near(
    shapes: NDArray[np.object_], names: NDArray[np.object_], one: str, other: str, distance: float
) -> NDArray[np.float64]:
    """Return the pairs of zones that a rule is about and that break it, with its distance."""
    here, there = (np.flatnonzero((names == word).any(axis=1)) for word in (one, other))
    i, j = shapely.STRtree(shapes[there]).query(shapes[here], predicate="dwithin", distance=distance)
    i, j = here[i], there[j]
    nearer = shapely.distance(shapes[i], shapes[j]) < distance - ROUNDING
    i, j = np.minimum(i, j)[nearer & (i != j)], np.maximum(i, j)[nearer & (i != j)]
    return np.column_stack([i, j, np.full(len(i), distance)])
