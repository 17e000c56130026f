"""Several plans side by side: which zones hold on a day."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError, some_ids
from ilo_gis.geometry.overlay import GRID, wide, without
from ilo_gis.tables import require_geometry, require_metres

__all__ = ["periods", "zones_on"]

Days = NDArray[np.datetime64]

SLIVER = 0.5  # m: what a later plan leaves that is thinner shows that the plans were drawn apart, no more


def zones_on(zones: gpd.GeoDataFrame, on: date, *, sliver: float = SLIVER) -> gpd.GeoDataFrame:
    """Return the zones in force on a day; where plans cover the same land, the last approved holds.

    A zone holds from ``since``, or from the day its plan was approved, until ``until``. A later plan
    takes the place of an earlier one only where it has zones: what it does not cover keeps its zone.
    Overlaps within one plan stay as they are: they are faults, which `check_zoning` names.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``, of one or several plans.
    on : date
        The day.
    sliver : float
        Pieces thinner than this, m, that a later plan leaves of an earlier zone are dropped.

    Returns
    -------
    GeoDataFrame
        Table ``zones``: those rows of `zones` in their order, cut where a later plan lies on them; a zone
        cut in several pieces is one row a piece: ``Z-1.1``, ``Z-1.2``. ``area`` (m2) is that of the piece.

    Raises
    ------
    CRSError, GeometryError
        If the layer is not in metres; if geometries are missing or invalid.
    SchemaError
        If there is no column ``plan``, or a zone has no day of approval.
    RuleError
        If `on` is no date.

    References
    ----------
    Ilo: the plan of INADUR of 1983, adjusted in 1988 (S99 II.h), side by side.

    Examples
    --------
    >>> plans = {"plan": ["1983", "1988"], "approved": pandas.to_datetime(["1983-01-01", "1988-01-01"])}
    >>> land = [shapely.box(0, 0, 100, 10), shapely.box(60, 0, 200, 10)]
    >>> zones = geopandas.GeoDataFrame(plans, geometry=land, index=["a", "b"], crs=32719)
    >>> zones_on(zones, pandas.Timestamp("1985-01-01"))["area"].to_dict()
    {'a': 1000.0}
    >>> zones_on(zones, pandas.Timestamp("1990-01-01"))["area"].to_dict()
    {'a': 600.0, 'b': 1400.0}
    """
    require_metres(zones, "zones")
    require_geometry(zones, "Polygon", "MultiPolygon", name="zones")
    if not isinstance(on, date) or pd.isna(on):
        raise RuleError(f"`on` should be a date, not {on!r}: `on=datetime.date(1990, 1, 1)`.")
    if "plan" not in zones:
        raise SchemaError("zones have no column 'plan'. Name their plan: `zones.assign(plan='PDU 2018')`.")
    first, last = periods(zones)
    day = np.datetime64(pd.Timestamp(on), "ms")
    return _cut(zones[(first <= day) & (day < last)], sliver)


def periods(zones: gpd.GeoDataFrame) -> tuple[Days, Days]:
    """Return the first day of each zone, and the first on which it no longer holds (year 9999: no end).

    Raises
    ------
    SchemaError
        If a zone has no day of approval.

    Examples
    --------
    >>> days = {"approved": pandas.to_datetime(["1988-01-01"]), "until": pandas.to_datetime(["2001-01-01"])}
    >>> first, last = periods(geopandas.GeoDataFrame(days, geometry=[None]))
    >>> first.astype("datetime64[D]").tolist(), last.astype("datetime64[D]").tolist()
    ([datetime.date(1988, 1, 1)], [datetime.date(2001, 1, 1)])
    """
    never = pd.Series(np.datetime64("NaT", "ms"), zones.index)
    approved, since, until = (
        zones.get(name, never).astype("datetime64[ms]") for name in ("approved", "since", "until")
    )
    if approved.isna().any():
        raise SchemaError(
            f"zones without a day of approval: {some_ids(zones.index[approved.isna()])}. "
            "Give the plan its day: `zones.assign(approved=pandas.Timestamp('1988-06-01'))`, or "
            "`--approved 1988-06-01`."
        )
    end = until.fillna(pd.Timestamp("9999-01-01"))
    return since.fillna(approved).to_numpy("datetime64[ms]"), end.to_numpy("datetime64[ms]")


def _cut(held: gpd.GeoDataFrame, sliver: float) -> gpd.GeoDataFrame:
    """Take from each zone the land on which a later plan has zones."""
    shapes = np.asarray(held.geometry.array, dtype=object)
    plan = held["plan"].to_numpy(dtype=object)
    approved = held["approved"].to_numpy("datetime64[ms]")
    row, over = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    later = (approved[over] > approved[row]) & (plan[over] != plan[row])
    row, over = row[later], over[later]
    order = np.argsort(row, kind="stable")
    row, over = row[order], over[order]
    touched, first = np.unique(row, return_index=True)
    groups = np.split(over, first)[1:]
    taken = np.array([_one(shapes[others]) for others in groups], dtype=object)
    left = shapes.copy()
    left[touched] = without(shapes[touched], taken)
    pieces, owner = shapely.get_parts(left, return_index=True)
    kept = wide(pieces, sliver) | ~np.isin(owner, touched)
    pieces, owner = pieces[kept], owner[kept]
    result = held.iloc[owner].set_geometry(gpd.GeoSeries(pieces, crs=held.crs).values)
    count = result.groupby(level=0, sort=False).cumcount().to_numpy() + 1
    several = result.index.duplicated(keep=False)
    ids = [f"{id_}.{n}" if more else id_ for id_, n, more in zip(result.index, count, several, strict=True)]
    result.index = pd.Index(ids, name=held.index.name, dtype=object)
    return result.assign(area=result.area)


def _one(shapes: NDArray[np.object_]) -> shapely.Geometry:
    """Return shapes as one; several on a grid, for GEOS may lose some that nearly coincide."""
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes, grid_size=GRID)
