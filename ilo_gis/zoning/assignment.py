"""Lots in zones: which zone each lot lies in, and by how much."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, SchemaError
from ilo_gis.geometry.overlay import WRONG, common_area
from ilo_gis.tables import conform, require_geometry, require_metres, require_same_crs
from ilo_gis.zoning.versions import zones_on

__all__ = ["assign", "assign_held", "require_apart", "require_layers", "zones_in_force"]

SHOWN = 5  # pairs of zones that an error names
DUST = 1e-6  # m2; land in common by rounding
DIGITS = 9  # of a share: less is rounding, and two shares are the same
TOLD = 5e-4  # share of a lot below which its zones are not listed: it would print as 0.0 %
EXACT = 1e-9  # share of a lot that rounding may add

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def assign(
    lots: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    *,
    on: date | None = None,
    tolerance: float = 0.01,
    overlap: float = 1.0,
) -> gpd.GeoDataFrame:
    """Return for each lot the zone that has the largest share of it; split lots are flagged.

    Parameters
    ----------
    lots : GeoDataFrame
        Polygons in metres, one a lot, the id as index. Remnants of a plan are land too and have
        their zone like any lot.
    zones : GeoDataFrame
        Polygons in the CRS of `lots`, the id as index; ``code``. With `on` the columns of the
        table ``zones`` that tell when a zone holds.
    on : date, optional
        Day: only zones in force on it count, as `zones_on` has them. By default all zones whose
        ``until`` is empty.
    tolerance : float
        Share of a lot that may lie in another zone, or in none, before the lot is split.
    overlap : float
        Area, m2, that two zones may have in common by slips of drawing. The shares of a lot there
        are scaled to add up to 1.

    Returns
    -------
    GeoDataFrame
        Table ``lot_zones``, a row for each lot in the order of `lots`: ``zone_id``, ``code``,
        ``share`` (0 to 1), ``split``, ``parts`` (zones with shares, the largest first), ``area``
        (m2). Of zones with equal shares (to nine digits) the one whose id comes first, as text,
        has the lot. A lot outside all zones has share 0, no zone, and is not split.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If geometries are missing, empty, no polygons or invalid; the features are named.
    SchemaError
        If an index repeats, ``code`` is missing, or zones in force lie on each other: ids and area
        are named.
    RuleError
        If `tolerance` or `overlap` make no sense.
    ExactnessError
        If zones have more of a lot than there is: a fault of ilo_gis.

    Examples
    --------
    Of two lots of 8 m by 20 m, the second lies a quarter in the park:

    >>> shapes = [shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)]
    >>> lots = geopandas.GeoDataFrame(index=["K-1", "K-2"], geometry=shapes, crs=32719)
    >>> zones = geopandas.GeoDataFrame({"code": ["RDM", "ZRP"]}, index=["Z1", "Z2"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 14, 20), shapely.box(14, 0, 50, 20)])
    >>> assign(lots, zones)[["zone_id", "code", "share", "split", "parts"]].values.tolist()
    [['Z1', 'RDM', 1.0, False, 'Z1 100.0%'], ['Z1', 'RDM', 0.75, True, 'Z1 75.0%; Z2 25.0%']]
    """
    require_layers(lots, zones)
    return assign_held(lots, zones_in_force(zones, on), tolerance, overlap)


def require_layers(lots: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> None:
    """Raise unless lots and zones are polygons in one CRS in metres, and zones have a code.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 8, 20)], crs=32719)
    >>> require_layers(lots, lots)
    Traceback (most recent call last):
    ilo_gis.errors.SchemaError: zones have no column 'code', such as RDM. ...
    """
    require_metres(lots, "lots")
    require_same_crs(lots=lots, zones=zones)
    require_geometry(lots, "Polygon", "MultiPolygon", name="lots")
    require_geometry(zones, "Polygon", "MultiPolygon", name="zones")
    if "code" not in zones:
        raise SchemaError(
            "zones have no column 'code', such as RDM. Rename the column that has it: "
            f"`zones.rename(columns={{...: 'code'}})`. The columns are: {', '.join(map(str, zones.columns))}."
        )


def assign_held(
    lots: gpd.GeoDataFrame, held: gpd.GeoDataFrame, tolerance: float, overlap: float
) -> gpd.GeoDataFrame:
    """Return what `assign` does, from the zones in force alone.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame({"code": ["RDM"]}, geometry=[shapely.box(0, 0, 8, 20)], crs=32719)
    >>> assign_held(lots, lots, 0.01, 1.0)["share"].tolist()
    [1.0]
    """
    if not (0 <= tolerance < 1 and 0 <= overlap < np.inf):
        raise RuleError(
            f"tolerance is {tolerance} and overlap {overlap}; the first is a share from 0 to below 1, the "
            "second a number of m2."
        )
    require_apart(held, overlap)
    shapes = _shapes(lots)
    pairs = _pairs(shapes, held, overlap)
    first = pairs.drop_duplicates("lot")
    share = np.zeros(len(lots))
    share[first["lot"]] = first["share"]
    most = np.full(len(lots), -1)
    most[first["lot"]] = first["zone"]
    return conform(
        gpd.GeoDataFrame(
            {
                "zone_id": _taken(held.index.astype(str), most),
                "code": _taken(held["code"].astype("string"), most),
                "share": share,
                "split": pd.array((share > 0) & (share < 1 - tolerance), dtype="boolean"),
                "parts": _parts(pairs, held.index.astype(str), lots.index),
                "area": shapely.area(shapes),
            },
            geometry=lots.geometry.array,
            index=lots.index.astype(object),
            crs=lots.crs,
        ),
        "lot_zones",
    )


def zones_in_force(zones: gpd.GeoDataFrame, on: date | None) -> gpd.GeoDataFrame:
    """Return the zones that hold on a day, or, without one, those that have no end.

    Examples
    --------
    >>> past = geopandas.GeoDataFrame({"code": ["RDM"], "until": ["2020-01-01"]}, index=["Z1"],
    ...     geometry=[shapely.box(0, 0, 1, 1)], crs=32719)
    >>> zones_in_force(past, None).empty
    True
    """
    if on is not None:
        return zones_on(zones, on)
    return zones[zones["until"].isna()] if "until" in zones else zones


def require_apart(zones: gpd.GeoDataFrame, overlap: float) -> None:
    """Raise if zones lie on each other by more than an area in m2.

    Examples
    --------
    >>> both = geopandas.GeoDataFrame(index=["Z1", "Z2"], geometry=[shapely.box(0, 0, 9, 9)] * 2, crs=32719)
    >>> require_apart(both, 1.0)
    Traceback (most recent call last):
    ilo_gis.errors.SchemaError: Zones in force lie on each other: Z1 and Z2 (81.00 m2). ...
    """
    land = _shapes(zones)
    i, j = shapely.STRtree(land).query(land, predicate="intersects")
    i, j = i[i < j], j[i < j]
    area = common_area(land[i], land[j])
    wrong = np.flatnonzero(area > overlap)
    if len(wrong):
        names = zones.index.astype(str)
        wrong = wrong[np.argsort(-area[wrong], kind="stable")]
        said = [
            "{} and {} ({:.2f} m2)".format(*sorted([names[i[k]], names[j[k]]]), area[k])
            for k in wrong[:SHOWN]
        ]
        more = f" and {len(wrong) - SHOWN} more pairs" if len(wrong) > SHOWN else ""
        raise SchemaError(
            f"Zones in force lie on each other: {', '.join(said)}{more}. If they are of several plans, say "
            "which day counts: `on=`. If they are of one, mend the plan: `ilo-gis zoning check` shows where."
        )


def _shapes(layer: gpd.GeoDataFrame) -> Polygons:
    return np.asarray(layer.geometry.array, dtype=object)


def _pairs(shapes: Polygons, zones: gpd.GeoDataFrame, overlap: float) -> pd.DataFrame:
    """Return pairs of a lot and a zone on it with the share; of each lot the zone that has it first."""
    land = _shapes(zones)
    shapely.prepare(land)
    zone, lot = shapely.STRtree(shapes).query(land, predicate="intersects")
    areas = shapely.area(shapes)
    common = areas[lot]
    cut = np.flatnonzero(~shapely.covers(land[zone], shapes[lot]))  # the others need no overlay
    common[cut] = shapely.area(shapely.intersection(shapes[lot[cut]], land[zone[cut]]))
    # where zones add up to the lot, that is the proof; elsewhere each is measured twice
    unproved = np.abs(np.bincount(lot, common, len(shapes)) - areas) > WRONG
    again = cut[unproved[lot[cut]]]
    common[again] = common_area(shapes[lot[again]], land[zone[again]])
    real = common > DUST
    lot, zone, common = lot[real], zone[real], common[real]
    total = np.bincount(lot, common, len(shapes))
    count = np.bincount(lot, minlength=len(shapes))
    over = total - areas - overlap * count * (count - 1) / 2
    if (over > DUST + EXACT * areas).any():
        raise ExactnessError(f"Zones have {over.max():.6f} m2 more of a lot than it has: a fault of ilo_gis.")
    share = np.round(common / np.maximum(areas, total)[lot], DIGITS)
    name = np.argsort(np.argsort(zones.index.astype(str).to_numpy(dtype=object)))
    order = np.lexsort((name[zone], -share, lot))
    return pd.DataFrame({"lot": lot[order], "zone": zone[order], "share": share[order]})


def _taken(values: pd.Index | pd.Series, position: Ints) -> pd.array:
    """Return values by position, missing where it is -1."""
    return pd.array([*values, None], dtype="string").take(position)


def _parts(pairs: pd.DataFrame, names: pd.Index, lots: pd.Index) -> pd.array:
    """Return the zones of each lot with their shares, in words."""
    told = pairs[pairs["share"] >= TOLD]
    said = names.to_numpy(dtype=object)[told["zone"]] + told["share"].map(" {:.1%}".format).to_numpy()
    lot, first = np.unique(told["lot"], return_index=True)
    parts = np.full(len(lots), None, dtype=object)
    parts[lot] = ["; ".join(one) for one in np.split(said, first[1:])] if len(lot) else []
    return pd.array(parts, dtype="string")
