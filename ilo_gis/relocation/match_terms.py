"""What each site lacks for each occupant, and what going there would cost: the figures of a matching."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.relocation.assignment import Problem
from ilo_gis.relocation.needs import Need, Needs

__all__ = ["LACKS", "PARTS", "Terms", "problem_of", "terms"]

KM, THOUSAND = 1000.0, 1000.0  # m; m2
LACKS = ("free", "use", "room", "area", "shore")  # in the order in which they are told
PARTS = ("work", "shore", "area", "unknown")

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Terms:
    """Occupants by sites.

    Attributes
    ----------
    households, area : array (occupants)
        Households (1 where the source has no number), and land needed, m2.
    room, land : array (sites)
        Households that fit (NaN: unknown), and land, m2 (NaN: unknown).
    lacks : dict of array (occupants, sites)
        What is missing, by `LACKS`.
    parts : dict of array (occupants, sites)
        Parts of the cost, by `PARTS`.
    sea : array (sites)
        Distance to the sea, m; NaN where it is not known.
    pairs : array (pairs, 2)
        Neighbours that are to stay neighbours.
    apart : array (sites, sites)
        What the distance between two sites costs such neighbours.
    """

    households: Floats
    area: Floats
    room: Floats
    land: Floats
    lacks: dict[str, Bools]
    parts: dict[str, Floats]
    sea: Floats
    pairs: NDArray[np.int64]
    apart: Floats


def terms(
    occupants: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    needs: Needs,
    households: pd.Series,
    shore: gpd.GeoDataFrame | None,
    work: gpd.GeoDataFrame | None,
    told: bool,
) -> Terms:
    """Measure all occupants against all sites."""
    wants = needs.of(occupants)
    count = households.fillna(1).to_numpy(float)
    need = np.array([w.area_share for w in wants]) * occupants["area"].to_numpy(float)
    need = need + np.array([w.area_per_household for w in wants]) * count
    land, room = sites["area"].to_numpy(float), _room(sites)
    places = np.asarray(sites.geometry.array, dtype=object)
    here = np.asarray(occupants.geometry.array, dtype=object)
    far = shapely.distance(_work(occupants, here, work)[:, None], places[None, :])
    sea, within = _sea(places, wants, shore)
    shape = (len(wants), len(sites))
    kilometres, weights = far / KM, needs.weights
    spare = np.maximum(land - need[:, None], 0.0) / THOUSAND
    unknown = np.isnan(land).astype(float) + shapely.is_missing(places)
    parts = {
        "work": weights["work"] * _where(wants, "work", kilometres),
        "shore": weights["shore"] * _where(wants, "shore", np.broadcast_to(sea / KM, shape)),
        "area": weights["area"] * np.nan_to_num(spare),
        "unknown": weights["unknown"] * np.broadcast_to(unknown, shape),
    }
    asked = (households.fillna(1) > 0).to_numpy(bool)
    lacks = {
        "free": _given_away(occupants, sites, told),
        "use": _other_use(wants, sites),
        "room": asked[:, None] & ~(count[:, None] <= room),
        "area": land < need[:, None] * (1 - 1e-9),
        "shore": ~(sea <= within[:, None]) & np.isfinite(within)[:, None],
    }
    apart = weights["together"] * shapely.distance(places[:, None], places[None, :]) / KM
    apart = np.where(np.isnan(apart), weights["unknown"], apart) * (1 - np.eye(len(sites)))
    return Terms(count * asked, need, room, land, lacks, parts, sea, _pairs(occupants, wants, needs), apart)


def problem_of(known: Terms, sites: gpd.GeoDataFrame) -> Problem:
    """Return the matching as a problem of least cost; having no place costs more than all else together.

    Households without a place cost more than all others without one.
    """
    cost = np.where(np.any(list(known.lacks.values()), axis=0), np.inf, sum(known.parts.values()))
    most = np.where(np.isfinite(cost), cost, 0.0).max(axis=1, initial=0.0).sum()
    most = 1.0 + most + len(known.pairs) * known.apart.max(initial=0.0)
    group = known.households > 0
    room = np.where(np.isnan(known.room), 1.0, np.maximum(known.room, 1.0))
    counted = np.where(np.isnan(known.room), 1.0, known.households[:, None])
    load = np.where(group[:, None], counted, room)
    told = ~np.isnan(known.land)
    named = sites["lots"].fillna("").str.split(";").explode().str.strip()
    table = pd.crosstab(named[named != ""], named[named != ""].index).reindex(
        columns=sites.index, fill_value=0
    )
    shared = table.to_numpy(bool)
    shared = np.unique(shared[shared.sum(axis=1) > 1], axis=0)
    return Problem(
        cost=cost,
        without=most * np.where(group, len(group) + 1.0, 1.0),
        load=np.stack([load, np.where(told, known.area[:, None], 0.0)]),
        room=np.stack([room, np.where(told, known.land * (1 + 1e-9), np.inf)]),
        lots=shared,
        pairs=known.pairs,
        apart=known.apart,
        must=np.zeros(len(group), dtype=bool),
    )


def _room(sites: gpd.GeoDataFrame) -> Floats:
    """Return the households that fit: as told, else one a lot."""
    named = sites["lots"].fillna("").str.strip()
    lots = named.str.count(";").where(named != "") + 1
    return np.asarray(sites["capacity"].astype(float).fillna(lots.astype(float)), dtype=float)


def _work(
    occupants: gpd.GeoDataFrame, here: NDArray[np.object_], work: gpd.GeoDataFrame | None
) -> NDArray[np.object_]:
    """Return where occupants work: as told, else where they are."""
    if work is None or work.empty:
        return here
    told = work.dissolve(work["occupant_id"].astype(str)).geometry
    own = occupants.index.astype(str)
    return np.array([told.get(id_, place) for id_, place in zip(own, here, strict=True)], dtype=object)


def _sea(
    places: NDArray[np.object_], wants: list[Need], shore: gpd.GeoDataFrame | None
) -> tuple[Floats, Floats]:
    within = np.array([np.inf if w.shore_within is None else w.shore_within for w in wants], dtype=float)
    if shore is None or shore.empty:
        if any(w.shore or w.shore_within is not None for w in wants):
            raise RuleError("Some occupants need the sea near, and there is no shore: give it with `shore=`.")
        return np.full(len(places), np.nan), within
    line = shapely.union_all(np.asarray(shore.geometry.array, dtype=object))
    return np.asarray(shapely.distance(places, line), dtype=float), within


def _where(wants: list[Need], name: str, values: Floats) -> Floats:
    return np.nan_to_num(values) * np.array([getattr(w, name) for w in wants], dtype=float)[:, None]


def _given_away(occupants: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, told: bool) -> Bools:
    """Return which sites are for others: those allotted and, where what was told stands, those told."""
    own = occupants["receiving_id"].fillna("").astype(str).to_numpy()
    ids = sites.index.astype(str).to_numpy()
    its = own[:, None] == ids
    given = (sites["status"].astype(str) == "allotted").to_numpy()
    if not told:
        return given & ~its
    return (given | np.isin(ids, own) | its.any(axis=1)[:, None]) & ~its


def _other_use(wants: list[Need], sites: gpd.GeoDataFrame) -> Bools:
    permitted = [{use.strip() for use in said.split(";")} - {""} for said in sites["uses"].fillna("")]
    sets: dict[tuple[str, ...], Bools] = {
        uses: np.array([bool(uses and may and not may & set(uses)) for may in permitted], dtype=bool)
        for uses in {w.uses for w in wants}
    }
    return np.array([sets[w.uses] for w in wants], dtype=bool).reshape(len(wants), len(sites))


def _pairs(occupants: gpd.GeoDataFrame, wants: list[Need], needs: Needs) -> NDArray[np.int64]:
    together = np.flatnonzero([w.together for w in wants])
    shapes = np.asarray(occupants.geometry.array, dtype=object)[together]
    one, other = shapely.STRtree(shapes).query(shapes, "dwithin", distance=needs.neighbours_within)
    one, other = together[one[one < other]], together[other[one < other]]
    kind = occupants["kind"].astype(str).to_numpy()
    found = np.column_stack([one, other])[kind[one] == kind[other]]
    return found[np.lexsort((found[:, 1], found[:, 0]))].astype(np.int64)
