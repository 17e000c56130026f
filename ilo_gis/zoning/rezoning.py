"""A change of zoning as a record: who, by what, when, and what it does to lots and to capacity."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, near_words
from ilo_gis.geometry.overlay import common_area
from ilo_gis.geometry.splitting import split_by
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.tables import conform, empty, join_findings
from ilo_gis.tables.catalogues import Catalogue, with_parameters
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.zoning.assignment import assign_held, require_layers
from ilo_gis.zoning.capacity import capacity
from ilo_gis.zoning.conformity import hold_against, misses
from ilo_gis.zoning.rezoned_land import ZoneChange, changed_land
from ilo_gis.zoning.versions import zones_on

__all__ = ["Rezoning", "ZoneChange", "rezone"]

DUST = 1e-6  # m2; land in common by rounding
EXACT = 1e-9  # share of the land that rounding may cost

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rezoning:
    """Zones after a change, and the record of it.

    Attributes
    ----------
    zones : GeoDataFrame
        Table ``zones``: the rows that ended, with their ``until``; what is left of them
        (``Z1/1`` of ``Z1``) and the new zones, with their ``since``; all others.
    record : GeoDataFrame
        Table ``rezonings``, one row.
    findings : GeoDataFrame
        Table ``findings``: what lots miss that missed nothing before the change.
    """

    zones: gpd.GeoDataFrame
    record: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def rezone(
    zones: gpd.GeoDataFrame,
    change: ZoneChange,
    *,
    lots: gpd.GeoDataFrame | None = None,
    net_share: float | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
    sliver: float = 1.0,
) -> Rezoning:
    """Change the zoning of land from a day on; the plan before it stays in the table.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones`` in metres.
    change : ZoneChange
        Land or zones, new code, who, resolution and day.
    lots : GeoDataFrame, optional
        Lots in the CRS of `zones`: those on the land are held against their zone before and after.
    net_share : float, optional
        Share of the land that is lots, 0 to 1, for the capacity. By default measured on `lots`.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.
    sliver : float
        Pieces below this area, m2, that the change would cut off fall to the other side of the cut; and
        so much of the land may lie outside the zones by slips of drawing.

    Returns
    -------
    Rezoning
        New zones, the record and the findings. The land of all zones in force is the same before and
        after, exactly, and zones share their vertices.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If a layer cannot be used, or zones on the land lie on each other.
    RuleError
        If the resolution or who decided is missing; if there is neither land nor zone, or both; if the
        code is unknown (near ones are named); if land lies outside the zones, or the day is before the
        approval of the plan or before a later change; if the land is of several plans.
    ExactnessError
        If land is lost: a fault of ilo_gis.

    References
    ----------
    DS 022-2016-VIVIENDA: a change of zoning is approved by ordinance of the provincial council.

    Examples
    --------
    >>> import datetime
    >>> zones = {"plan": ["PDU"], "approved": [pandas.Timestamp("2018-05-01")], "catalogue": ["pe_2016"],
    ...     "code": ["RDM"]}
    >>> zones = geopandas.GeoDataFrame(zones, index=["Z1"], geometry=[shapely.box(0, 0, 100, 50)], crs=32719)
    >>> change = ZoneChange("CZ", "Concejo Provincial", "OM 123-2026", datetime.date(2026, 1, 15),
    ...     geometry=shapely.box(60, 0, 100, 50))
    >>> made = rezone(zones, change)
    >>> made.zones[["code", "area"]].to_dict("index")
    {'Z1': {'code': 'RDM', 'area': 5000.0},
     'Z1/1': {'code': 'RDM', 'area': 3000.0},
     'CZ-20260115': {'code': 'CZ', 'area': 2000.0}}
    >>> made.record[["code_before", "code_after", "area"]].values.tolist()
    [['RDM', 'CZ', 2000.0]]
    >>> ilo_gis.zoning.zones_on(made.zones, datetime.date(2026, 1, 14)).index.tolist()
    ['Z1']
    """
    require_layers(zones if lots is None else lots, zones)
    known = shipped() if catalogues is None else catalogues
    zones = conform(zones.assign(until=zones.get("until", pd.NaT)), "zones")
    held = zones_on(zones.assign(row=np.arange(len(zones))), change.date)
    land, rows = changed_land(zones, held, change, sliver)
    pieces, owner, within = split_by(np.asarray(zones.geometry.array, dtype=object)[rows], land, sliver)
    if not within.any():
        raise RuleError(
            f"The land has less than {sliver} m2 of any zone. Give more land, or a smaller `sliver`."
        )
    owner = rows[owner]
    new = _new_zones(zones, pieces[within], owner[within], change, known)
    after = _after(zones, pieces[~within], owner, owner[~within], new, change)
    old = zones.iloc[owner[within]].set_geometry(gpd.GeoSeries(pieces[within], crs=zones.crs).values)
    land = new.union_all()
    told, found = _nonconforming(held, zones_on(after, change.date), lots, land, known)
    share = _share(lots, land) if net_share is None else net_share
    told |= {
        "capacity_before": _persons(old.set_axis(np.arange(len(old)).astype(str)), share, known),
        "capacity_after": _persons(new, share, known),
    }
    ended = zones.iloc[np.unique(owner)]
    return Rezoning(after, _record(ended, after, new, change, told), found)


def _new_zones(
    zones: gpd.GeoDataFrame, pieces: Polygons, owner: Ints, change: ZoneChange, known: Mapping[str, Catalogue]
) -> gpd.GeoDataFrame:
    """Return the new zones, from north to south."""
    old = zones.iloc[owner[0]]
    codes = known[old["catalogue"]].zones if old["catalogue"] in known else {}
    if change.code not in codes:
        near = ", ".join(near_words(change.code, codes)) or "none"
        raise RuleError(f"{old['catalogue']} has no code {change.code!r}. Near: {near}.")
    kind = codes[change.code]
    parts = shapely.normalize(shapely.get_parts(shapely.coverage_union_all(pieces)))
    corner = shapely.bounds(parts).round(3)
    parts = parts[np.lexsort((corner[:, 0], -corner[:, 3]))]
    kept = ["plan", "approved", "catalogue", *(["note"] if "note" in zones else [])]
    said = {name: old[name] for name in kept} | {
        "code": kind.code,
        "family": kind.family,
        "density_class": kind.density_class or None,
        "act": change.resolution,
        "source": change.resolution,
        "since": pd.Timestamp(change.date),
        "until": pd.NaT,
    }
    ids = _free_ids(f"{change.code}-{change.date:%Y%m%d}", len(parts), zones.index)
    index = pd.Index(ids, name="zone_id", dtype=object)
    rows = {name: [value] * len(parts) for name, value in (said | dict(change.parameters)).items()}
    return conform(
        gpd.GeoDataFrame(rows | {"area": shapely.area(parts)}, geometry=parts, index=index, crs=zones.crs),
        "zones",
    )


def _free_ids(stem: str, count: int, used: pd.Index) -> list[str]:
    """Return ids that nothing has yet: the stem, or the stem with numbers."""
    if count == 1 and stem not in used:
        return [stem]
    names = (f"{stem}-{k}" for k in itertools.count(1))
    return list(itertools.islice((name for name in names if name not in used), count))


def _after(
    zones: gpd.GeoDataFrame,
    left: Polygons,
    ended: Ints,
    owner: Ints,
    new: gpd.GeoDataFrame,
    change: ZoneChange,
) -> gpd.GeoDataFrame:
    """Return all zones after the change, those in force with the vertices of their neighbours."""
    day = pd.Timestamp(change.date)
    closed = zones.copy()
    rows = np.unique(ended)
    closed.iloc[rows, closed.columns.get_loc("until")] = day
    order = np.lexsort((-shapely.area(left), owner))
    left, owner = left[order], owner[order]
    number = pd.Series(owner).groupby(owner).cumcount() + 1
    ids = [f"{zones.index[k]}/{n}" for k, n in zip(owner, number, strict=True)]
    rest = zones.iloc[owner].set_axis(pd.Index(ids, name="zone_id", dtype=object))
    rest = rest.set_geometry(gpd.GeoSeries(left, index=rest.index, crs=zones.crs)).assign(since=day)
    after = conform(pd.concat([closed, rest, new]), "zones")
    live = (after["until"].isna() & (after["plan"] == new["plan"].iloc[0])).to_numpy()
    shapes = np.asarray(after.geometry.array, dtype=object).copy()
    shapes[live] = share_vertices(shapes[live])
    after = after.set_geometry(gpd.GeoSeries(shapes, index=after.index, crs=zones.crs))
    was = zones.area[(zones["until"].isna() & (zones["plan"] == new["plan"].iloc[0])).to_numpy()].sum()
    if abs(after.area[live].sum() - was) > EXACT * was:
        raise ExactnessError(f"{after.area[live].sum() - was:.6f} m2 were won or lost: a fault of ilo_gis.")
    return after.assign(area=after.area)


def _nonconforming(
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    lots: gpd.GeoDataFrame | None,
    land: shapely.Geometry,
    known: Mapping[str, Catalogue],
) -> tuple[dict[str, Any], gpd.GeoDataFrame]:
    """Return how many lots on the land miss something before and after, and what only then."""
    if lots is None:
        return {}, empty("findings", before.crs)
    shapes = np.asarray(lots.geometry.array, dtype=object)
    lots = lots[common_area(shapes, np.full(len(lots), land)) > DUST]
    told = []
    for zones in (before, after):
        near = zones[zones.intersects(shapely.box(*lots.total_bounds))] if len(lots) else zones.iloc[:0]
        held = with_parameters(near, known)
        found = hold_against(lots, held, assign_held(lots, held, tolerance=0.01, overlap=1.0), known)
        told.append(found[misses(found)])
    was, now = told
    fresh = now[~now["feature"].isin(set(was["feature"]))]
    counts = {
        f"nonconforming_{when}": found["feature"].nunique()
        for when, found in zip(("before", "after"), told, strict=True)
    }
    return counts, join_findings(fresh)


def _share(lots: gpd.GeoDataFrame | None, land: shapely.Geometry) -> float | None:
    """Return the share of the land that is lots, if there are any."""
    if lots is None:
        return None
    shapes = np.asarray(lots.geometry.array, dtype=object)
    share = common_area(shapes, np.full(len(lots), land)).sum() / land.area
    return min(float(share), 1.0) or None


def _persons(zones: gpd.GeoDataFrame, share: float | None, known: Mapping[str, Catalogue]) -> float:
    """Return how many people zones have room for by net density; NaN where a density is unknown."""
    if share is None:
        return np.nan
    room = capacity(zones, dwellings_per_lot=1, persons_per_dwelling=1, net_share=share, catalogues=known)
    return np.nan if room["no_density"].any() else float(room["persons_by_density"].sum())


def _record(
    ended: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    new: gpd.GeoDataFrame,
    change: ZoneChange,
    told: Mapping[str, Any],
) -> gpd.GeoDataFrame:
    """Return the record of the change."""
    began = after.index[
        after.index.isin(new.index) | after.index.str.startswith(tuple(f"{k}/" for k in ended.index))
    ]
    row = {
        "by": change.by,
        "resolution": change.resolution,
        "date": pd.Timestamp(change.date),
        "reason": change.reason or None,
        "plan": ended["plan"].iloc[0],
        "area": new["area"].sum(),
        "code_before": ", ".join(sorted(ended["code"].unique())),
        "code_after": change.code,
        "zones_before": ", ".join(ended.index),
        "zones_after": ", ".join(began),
        "nonconforming_before": None,
        "nonconforming_after": None,
    }
    table = gpd.GeoDataFrame([row | dict(told)], geometry=[new.union_all()], index=["1"], crs=after.crs)
    return conform(table, "rezonings")
