"""What all pictures of relocations share: numbers of occupants along the coast, and who is there on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import RuleError
from ilo_gis.tables import conform, require_same_crs
from ilo_gis.tables.units import in_language

__all__ = [
    "MONTHS",
    "day_text",
    "days",
    "extent",
    "is_there",
    "names",
    "numbered",
    "pieces_on",
    "require_end",
    "short",
    "spread",
]

MONTHS = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def numbered(occupants: gpd.GeoDataFrame, coast: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return occupants as they come along the coast from its southern end, with a column `number` from 1."""
    table = conform(occupants, "occupants")
    require_same_crs(occupants=table, coast=coast)
    if table.empty:
        raise RuleError("There are no occupants to draw.")
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(np.asarray(coast.geometry.array))))
    ends = shapely.get_coordinates(shapely.get_point(lines, [[0], [-1]]))[:, 1].reshape(2, -1)
    lines = np.where(ends[0] <= ends[1], lines, shapely.reverse(lines))
    lines = lines[np.argsort(shapely.bounds(lines)[:, 1], kind="stable")]
    middle = shapely.centroid(np.asarray(table.geometry.array))
    nearest = np.argmin(shapely.distance(lines[:, None], middle[None, :]), axis=0)
    along = shapely.line_locate_point(lines[nearest], middle)
    table = table.iloc[np.lexsort((table.index.astype(str), along, nearest))]
    return table.assign(number=range(1, len(table) + 1))


def require_end(occupants: gpd.GeoDataFrame) -> None:
    """Raise unless occupants tell when they left."""
    if "end" not in occupants:
        raise RuleError(
            "occupants do not tell when they left: `relocation.occupancy(occupants, moves)` gives `end`."
        )


def is_there(occupants: gpd.GeoDataFrame, on: date) -> Any:
    """Return which occupants are on the seafront on a day, by their column ``end``."""
    require_end(occupants)
    return (occupants["end"].isna() | (occupants["end"] >= pd.Timestamp(on))).to_numpy()


def pieces_on(seafront: gpd.GeoDataFrame, on: date) -> tuple[Any, Any]:
    """Return which pieces of a seafront are open on a day, and on which there are works."""
    when = {name: pd.to_datetime(seafront[name]) for name in ("start", "end") if name in seafront}
    none = pd.Series(pd.NaT, seafront.index)
    opened = (when.get("end", none) <= pd.Timestamp(on)).to_numpy()
    return opened, (when.get("start", none) <= pd.Timestamp(on)).to_numpy() & ~opened


def days(dates: Iterable[date]) -> list[pd.Timestamp]:
    """Return days, each once and in order; raise if there are none."""
    found = sorted({pd.Timestamp(one) for one in dates})
    if not found or any(pd.isna(one) for one in found):
        raise RuleError(f"dates are {list(dates)!r}; give at least one day: [datetime.date(1994, 6, 30)].")
    return found


def day_text(on: date, lang: str) -> str:
    """Return a day as it is printed.

    Examples
    --------
    >>> day_text(pandas.Timestamp("1993-09-30"), "es")
    '30 set 1993'
    """
    return f"{on.day} {MONTHS[lang][on.month - 1]} {on.year}"


def names(occupants: gpd.GeoDataFrame, lang: str) -> list[str]:
    """Return the names of occupants in a language."""
    return [in_language(str(name), lang) for name in occupants["name"]]


def short(text: str, most: int = 52) -> str:
    """Return a text cut at a word where it is longer than there is room."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def extent(occupants: gpd.GeoDataFrame, seafront: gpd.GeoDataFrame, side: float) -> Any:
    """Return the box of a map of both; `side` is the room for numbers to the west, a share of its size."""
    bounds = np.array([layer.total_bounds for layer in (occupants, seafront) if len(layer)])
    low, high = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    size = (high - low).max()
    return (low[0] - side * size, low[1] - 0.03 * size, high[0] + 0.03 * size, high[1] + 0.03 * size)


def spread(places: Any, apart: float) -> Any:
    """Return places moved as little as needed to be that far apart, in their order."""
    from scipy.optimize import isotonic_regression

    order = np.argsort(places, kind="stable")
    steps = apart * np.arange(len(places))
    moved = np.empty(len(places))
    moved[order] = isotonic_regression(places[order] - steps).x + steps
    return moved
