"""Which lot came from which."""

from __future__ import annotations

import re
from itertools import repeat
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.geometry.overlay import common_area
from ilo_gis.tables import conform

__all__ = ["blocks_told", "lineage", "used_numbers"]

NAME = re.compile(r"(.*)-(R?)(\d+)", re.DOTALL)
DUST = 1e-6  # m2; land two lots have in common by rounding


def lineage(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return which lots came from which, with the land they have in common.

    Parameters
    ----------
    before, after : GeoDataFrame
        Lots and remnants of the same land before and after a change, in metres. Those that keep
        their id have not changed, and are not told.

    Returns
    -------
    DataFrame
        Table ``lineage``: ``before``, ``after``, ``area`` (m2). Land of a lot that became street
        or reserve has no ``after``, land that was neither lot nor remnant has no ``before``; so
        the rows of each lot add up to its area.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(index=["A-1", "A-2"], geometry=[shapely.box(0, 0, 8, 20),
    ...     shapely.box(8, 0, 16, 20)], crs=32719)
    >>> whole = geopandas.GeoDataFrame(index=["A-3"], geometry=[shapely.box(0, 0, 16, 20)], crs=32719)
    >>> lineage(lots, whole).values.tolist()
    [['A-1', 'A-3', 160.0], ['A-2', 'A-3', 160.0]]
    """
    gone, new = before[~before.index.isin(after.index)], after[~after.index.isin(before.index)]
    old, now = (np.asarray(layer.geometry.array, dtype=object) for layer in (gone, new))
    i, j = shapely.STRtree(now).query(old, predicate="intersects")
    common = common_area(old[i], now[j])
    i, j, common = i[common > DUST], j[common > DUST], common[common > DUST]
    order = np.lexsort((j, i))
    i, j, common = i[order], j[order], common[order]
    lost = shapely.area(old) - np.bincount(i, common, len(old))
    won = shapely.area(now) - np.bincount(j, common, len(now))
    names, called = gone.index.astype(object), new.index.astype(object)
    table = pd.DataFrame(
        {
            "before": [*names[i], *names[lost > DUST], *[None] * int((won > DUST).sum())],
            "after": [*called[j], *[None] * int((lost > DUST).sum()), *called[won > DUST]],
            "area": np.concatenate([common, lost[lost > DUST], won[won > DUST]]),
        }
    )
    return conform(table.set_axis(pd.RangeIndex(1, len(table) + 1, name="lineage")), "lineage")


def blocks_told(told: pd.DataFrame) -> list[str]:
    """Return the ids of blocks whose lots a lineage tells of.

    Examples
    --------
    >>> blocks_told(pandas.DataFrame({"before": ["A-9", "A-R2"], "after": ["C-1", None]}))
    ['A', 'C']
    """
    return sorted({block for block, _, _ in _parts([*told["before"].dropna(), *told["after"].dropna()])})


def used_numbers(lots: gpd.GeoDataFrame, told: pd.DataFrame) -> dict[tuple[str, bool], int]:
    """Return the highest number ever used in each block, for lots and for remnants.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots`` of the blocks in question.
    told : DataFrame
        Table ``lineage``, which tells of lots that are no more.

    Returns
    -------
    dict of (str, bool) to int
        By block and whether it is the number of a remnant.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame({"block_id": ["A"], "number": [7]}, index=["A-7"], geometry=[None])
    >>> used_numbers(lots, pandas.DataFrame({"before": ["A-9", "A-R2"], "after": None}))
    {('A', False): 9, ('A', True): 2}
    """
    parts = _parts([*lots.index, *told["before"].dropna(), *told["after"].dropna()])
    numbers = lots["number"].dropna()
    parts += zip(lots.loc[numbers.index, "block_id"], repeat(""), numbers, strict=False)
    highest: dict[tuple[str, bool], int] = {}
    for block, mark, number in parts:
        key = str(block), mark == "R"
        highest[key] = max(int(number), highest.get(key, 0))
    return highest


def _parts(ids: list[str]) -> list[tuple[str, str, Any]]:
    """Take ids of lots apart: block, R of a remnant, number. Ids of another make are left out."""
    found = [name for name in map(NAME.fullmatch, map(str, ids)) if name]
    return [(name[1], name[2], name[3]) for name in found]
