"""Public taps for lots without water at home: as few as can be, then as near as can be."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, SchemaError, some_ids
from ilo_gis.siting.tap_findings import sphere_findings, sphere_spouts, stranded
from ilo_gis.siting.tap_model import best_taps
from ilo_gis.siting.tap_reach import Found, Reach, arcs
from ilo_gis.siting.tap_search import search
from ilo_gis.siting.tap_sites import Ground, reach_of, read_ground
from ilo_gis.siting.tap_terms import TapTerms
from ilo_gis.tables import (
    conform,
    empty,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["Taps", "taps"]

MANY = 1000  # lots of one part, from which on the nearer sites are tried alone first
FEW = 2500  # ways from lots to sites that one integer programme looks through
LEEWAY = 1e-6  # m

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Taps:
    """Where public taps stand, who goes to them, and how far from the best that can be.

    Attributes
    ----------
    taps : GeoDataFrame
        Table ``taps``.
    lots : DataFrame
        Table ``tap_lots``: lots that a tap serves.
    bound : int
        No siting has fewer taps: in each connected part of the streets ceil(households / capacity), or what
        the integer programme proves where the walking limit asks for more.
    gap : float
        (taps - bound) / bound; 0: no siting has fewer.
    walk, walk_bound : float
        Walk of all households, one way, m; what no siting with as many taps can be below.
    walk_gap : float
        (walk - walk_bound) / walk; 0: no siting with as many taps is shorter.
    findings : GeoDataFrame
        Table ``findings``: lots that no tap can serve, and the test of the Sphere handbook.
    """

    taps: gpd.GeoDataFrame
    lots: pd.DataFrame
    bound: int
    gap: float
    walk: float
    walk_bound: float
    walk_gap: float
    findings: gpd.GeoDataFrame


def taps(
    lots: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    terms: TapTerms,
    *,
    households: int | str = 1,
    reserves: gpd.GeoDataFrame | None = None,
) -> Taps:
    """Return the fewest public taps that serve all lots within a walk, and of those the nearest ones.

    A tap can stand in the middle of each block face (one side of a street between two crossings), before
    the lot line, or before a reserve. Each lot goes to one tap; the lots of a face may go to several.
    Ways are measured along the centre lines, from the middle of the front of the lot. Each connected part
    of the streets is solved on its own: small ones by one integer programme (HiGHS through
    ``scipy.optimize.milp``), which is exact; large ones by regions, transport programmes and moves of taps,
    with a Lagrangian bound that tells how far from the best the walk can be at most.

    Parameters
    ----------
    lots : GeoDataFrame
        Polygons in a CRS in metres, table ``lots``: ``block_id`` and ``kind`` are used where there
        are such columns; remnants are left out.
    streets : GeoDataFrame
        Centre lines that meet where streets meet, such as table ``street_lines``.
    terms : TapTerms
        Capacity, walking limit and the figures of the Sphere handbook.
    households : int or str
        Households on each lot, or the column of `lots` that tells; lots with none need no tap.
    reserves : GeoDataFrame, optional
        Polygons before which taps can stand too.

    Returns
    -------
    Taps
        Tables ``taps`` (points) and ``tap_lots`` (walk in m), bounds, gaps and findings.

    Raises
    ------
    CRSError
        If a layer is not in metres, or they differ.
    GeometryError
        If geometries are missing, empty, invalid or of another type.
    RuleError, SchemaError
        If there are no streets, or households are no whole numbers from 0 on; the lots are named.
    ExactnessError
        If a tap or a walk is beyond its limit: a fault of ilo_gis.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V: one public tap for each 100 households. Sphere
    handbook 2011: 500 m, 250 persons a tap at 7.5 l/min. J. Mulvey and M. Beck, "Solving capacitated
    clustering problems", European Journal of Operational Research 18(3), 1984, pages 339 to 348.

    Examples
    --------
    Six lots on a street, room for three households a tap: each tap is before the middle one of its lots.

    >>> boxes = [shapely.box(8 * k, 6, 8 * k + 8, 26) for k in range(3)] + [
    ...     shapely.box(8 * k, -26, 8 * k + 8, -6) for k in range(3)]
    >>> lots = geopandas.GeoDataFrame(index=list("abcdef"), geometry=boxes, crs=32719)
    >>> streets = geopandas.GeoDataFrame(geometry=[shapely.LineString([(-9, 0), (40, 0)])], crs=32719)
    >>> found = taps(lots, streets, TapTerms.from_norms(ilo_gis.norms.load("pe"), capacity=3))
    >>> len(found.taps), found.bound, found.walk, found.walk_gap
    (2, 2, 32.0, 0.0)
    """
    for layer, name in ((lots, "lots"), (streets, "streets"), (reserves, "reserves")):
        if layer is not None:
            require_metres(layer, name)
            kinds = ("LineString", "MultiLineString") if name == "streets" else ("Polygon", "MultiPolygon")
            require_geometry(layer, *kinds, name=name)
    require_same_crs(lots=lots, streets=streets, reserves=reserves)
    table = _ordered(lots, households)
    if table.empty:
        return _result(empty("taps", lots.crs), empty("tap_lots"), 0, 0.0, 0.0, empty("findings", lots.crs))
    if streets.empty:
        raise RuleError("There are no streets to walk along. Give their centre lines.")
    return _sited(table, streets, reserves, terms)


def _ordered(lots: gpd.GeoDataFrame, households: int | str) -> gpd.GeoDataFrame:
    """Return lots with households in an order of their own, so that no result hangs on that of the rows."""
    if isinstance(households, str) and households not in lots:
        raise SchemaError(f"lots have no column {households!r}. Name the one that tells the households.")
    given = lots[households] if isinstance(households, str) else pd.Series(households, lots.index)
    number = pd.to_numeric(given, errors="coerce").astype(float)
    wrong = ~(number >= 0) | (number % 1 != 0)
    if wrong.any():
        raise SchemaError(
            f"lots {some_ids(lots.index[wrong])}: households are no whole number from 0 on. Mend them."
        )
    table = lots.assign(_households=number.astype(np.int64))
    if "kind" in table:
        table = table[table["kind"].astype(str) != "remnant"]
    table = table[table["_households"] > 0]
    corner = shapely.bounds(table.geometry.to_numpy())
    return table.iloc[np.lexsort((table.index.astype(str), *np.round(corner, 3).T))]


def _sited(
    lots: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, reserves: gpd.GeoDataFrame | None, terms: TapTerms
) -> Taps:
    """Solve each connected part of the streets on its own and put the parts together."""
    load = lots["_households"].to_numpy()
    open_land = (
        np.zeros(0, dtype=object) if reserves is None else shapely.normalize(reserves.geometry.to_numpy())
    )
    ground = read_ground(
        lots.geometry.to_numpy(),
        _parts(streets),
        load,
        np.sort(open_land),
        int(terms.capacity),
        terms.setback,
    )
    tap, way = np.full(len(lots), -1), np.full(len(lots), np.nan)
    bound, walk_bound, reason = 0, 0.0, np.full(len(lots), "", dtype=object)
    reason[load > terms.capacity] = "taps.crowded_lot"
    part, open_lots = ground.part[ground.fronts.line], reason == ""
    for number in np.unique(part[open_lots]):
        some = np.flatnonzero((part == number) & open_lots)
        sites = np.flatnonzero(ground.part[ground.site_line] == number)
        near, reach, found = _solved(ground, some, sites, load, terms)
        reason[np.setdiff1d(some, near)] = "taps.no_site"
        some = near
        served = found.tap >= 0
        reason[some[~served]] = "taps.no_room"
        tap[some[served]] = sites[found.sites[found.tap[served]]]
        way[some[served]] = _ways(reach, found)[served]
        bound += found.bound
        walk_bound += found.walk_bound
    points, names = _tap_table(lots, ground, tap, way, terms)
    joined = _lot_table(lots, names, tap, way)
    told = join_findings(
        stranded(lots, reason, terms),
        _apart(ground, lots, terms),
        sphere_findings(points, terms),
    )
    walk = float(load[tap >= 0] @ way[tap >= 0])
    return _result(points, joined, bound, walk, walk_bound, told)


def _parts(streets: gpd.GeoDataFrame) -> NDArray[np.object_]:
    return np.asarray(shapely.get_parts(streets.geometry.to_numpy()))


def _solved(
    ground: Ground, lots: Ints, sites: Ints, households: Ints, terms: TapTerms
) -> tuple[Ints, Reach, Found]:
    """Return the taps of one connected part, and the lots of it that have a site within the walk.

    Where there are many lots, half the walk is looked at first: it nearly always does, and is faster.
    """
    capacity = int(terms.capacity)
    xy = ground.fronts.start
    if len(lots) >= MANY:
        reach = reach_of(ground, lots, sites, households, capacity, terms.max_walk / 2)
        reach = reach._replace(known=terms.max_walk / 2)
        if len(np.unique(reach.lot)) == len(lots):
            found = search(reach, xy[lots])
            if (found.tap >= 0).all():
                return lots, reach, found
    reach = reach_of(ground, lots, sites, households, capacity, terms.max_walk)
    alone = np.bincount(reach.lot, minlength=len(lots)) == 0
    if alone.any():
        lots = lots[~alone]
        reach = reach_of(ground, lots, sites, households, capacity, terms.max_walk)
    few = len(reach.lot) <= FEW
    return lots, reach, (best_taps(reach) if few else None) or search(reach, xy[lots])


def _ways(reach: Reach, found: Found) -> Floats:
    """Return the way of each lot to its tap, m."""
    pair, row = arcs(reach, found.sites)
    own = found.tap[reach.lot[pair]] == row
    way = np.full(len(reach.households), np.nan)
    way[reach.lot[pair[own]]] = reach.walk[pair[own]]
    return way


def _tap_table(
    lots: gpd.GeoDataFrame, ground: Ground, tap: Ints, way: Floats, terms: TapTerms
) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """Return table ``taps`` and the name of the tap at each site in use."""
    used, which = np.unique(tap[tap >= 0], return_inverse=True)
    load = lots["_households"].to_numpy()[tap >= 0]
    households = np.bincount(which, load, len(used)).astype(np.int64)
    walked = np.bincount(which, load * way[tap >= 0], len(used))
    longest = np.zeros(len(used))
    np.maximum.at(longest, which, way[tap >= 0])
    if (households > terms.capacity).any() or (longest > terms.max_walk + LEEWAY).any():
        raise ExactnessError("A tap serves more, or farther away, than it may. This is a fault of ilo_gis.")
    names = pd.Series([f"P-{k}" for k in range(1, len(used) + 1)], index=used, dtype=object)
    at_face = ground.lot[used] >= 0
    blocks = lots["block_id"].astype("string").to_numpy() if "block_id" in lots else np.full(len(lots), pd.NA)
    persons = households * terms.persons_per_household
    frame = gpd.GeoDataFrame(
        {
            "block_id": np.where(at_face, blocks[ground.lot[used]], pd.NA),
            "on": np.where(at_face, "street", "reserve"),
            "households": households,
            "capacity": int(terms.capacity),
            "mean_walk": walked / np.maximum(households, 1),
            "max_walk": longest,
            "persons": persons,
            "sphere_persons": terms.persons_per_tap,
            "spouts": sphere_spouts(persons, terms),
        },
        index=pd.Index(names.to_numpy(), name="tap_id", dtype=object),
        geometry=ground.site[used],
        crs=lots.crs,
    )
    return conform(frame, "taps"), names


def _lot_table(lots: gpd.GeoDataFrame, names: pd.Series, tap: Ints, way: Floats) -> pd.DataFrame:
    served = np.flatnonzero(tap >= 0)
    frame = pd.DataFrame(
        {
            "tap_id": names.reindex(tap[served]).to_numpy(),
            "households": lots["_households"].to_numpy()[served],
            "walk": way[served],
        },
        index=lots.index[served].rename("lot_id"),
    )
    return conform(frame.sort_index(), "tap_lots")


def _apart(ground: Ground, lots: gpd.GeoDataFrame, terms: TapTerms) -> gpd.GeoDataFrame:
    """Tell of lots far from any street, and of streets in parts without a way between them."""
    far = ground.fronts.gap > terms.front_within
    told = findings(
        "lots", lots[far], "taps.off_street", required=terms.front_within, found=ground.fronts.gap[far]
    )
    parts = len(np.unique(ground.part[ground.fronts.line]))
    split = findings("streets", None, "taps.parts", required=1, found=parts, crs=lots.crs)
    return join_findings(told, split if parts > 1 else split.iloc[:0])


def _result(
    points: gpd.GeoDataFrame,
    lots: pd.DataFrame,
    bound: int,
    walk: float,
    walk_bound: float,
    told: gpd.GeoDataFrame,
) -> Taps:
    low = min(walk_bound, walk)
    gap = (walk - low) / walk if walk > 0 else 0.0
    return Taps(
        taps=points,
        lots=lots,
        bound=bound,
        gap=max(len(points) - bound, 0) / bound if bound else 0.0,
        walk=walk,
        walk_bound=low,
        walk_gap=gap if gap > LEEWAY else 0.0,
        findings=told,
    )
