"""Receiving sites on real lots of a plan: a land swap reserves them, and no lot is promised twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

from ilo_gis.errors import RuleError, near_words
from ilo_gis.tables import (
    conform,
    empty,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["Reservation", "adjoining_lots", "reserve_lots"]

ACROSS = 20.0  # m: lots over a street this wide from each other still adjoin
SAME = 0.01  # share by which a told area may differ from that of the lots
STATUSES = ("allotted", "reserved", "free")  # who has a lot that several name: this order, then by id


@dataclass(frozen=True)
class Reservation:
    """Receiving sites as the lots of a plan make them.

    Attributes
    ----------
    receiving_sites : GeoDataFrame
        Table ``receiving_sites``: ``lots`` without those that the site cannot have, ``area`` their sum,
        geometry their union, ``status`` reserved unless it is allotted. Sites without lots are as given.
    locked : GeoDataFrame
        The rows of the lots reserved, byte for byte, with ``receiving_id``: what `replan` takes as
        ``locked`` and `cut_lots` as ``keep``.
    findings : GeoDataFrame
        Table ``findings``: lots that a site names and cannot have.
    """

    receiving_sites: gpd.GeoDataFrame
    locked: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def reserve_lots(
    receiving_sites: gpd.GeoDataFrame,
    lots: gpd.GeoDataFrame,
    *,
    allotted: Iterable[str] = (),
    across: float = ACROSS,
) -> Reservation:
    """Reserve the lots of a plan that receiving sites name.

    A site names lots (``K-1;K-2``), or a block (``K``): then it has all its lots. A lot that several sites
    name goes to the one that is allotted, then to the one that is reserved, then to the first by id.

    Parameters
    ----------
    receiving_sites : GeoDataFrame
        Table ``receiving_sites``.
    lots : GeoDataFrame
        Table ``lots`` of a plan, in the CRS of the sites. Lots whose ``status`` (where there is such a
        column) is allotted cannot be had.
    allotted : iterable of str
        Ids of further lots that somebody has.
    across : float
        Lots up to this far from each other adjoin, m: the width of a street.

    Returns
    -------
    Reservation
        Sites, lots locked and findings: lots that the plan does not have, that two sites name, that are
        allotted or remnants; areas told that the lots do not have; more households than lots; lots
        that do not adjoin.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If a layer is not in metres, the two differ, or lots cannot be used.

    References
    ----------
    López Follegatti 1999, Table 3: land of the municipality in Pampa Inalámbrica for land on the seafront.

    Examples
    --------
    >>> shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(3)]
    >>> lots = geopandas.GeoDataFrame({"block_id": "K", "kind": "lot"}, geometry=shapes, crs=32719,
    ...     index=pandas.Index(["K-1", "K-2", "K-3"], name="lot_id"))
    >>> sites = geopandas.GeoDataFrame({"kind": "lot", "lots": ["K-1;K-2", "K-2;K-3"]}, crs=32719,
    ...     geometry=[None, None], index=pandas.Index(["police", "picuda"], name="receiving_id"))
    >>> made = reserve_lots(sites, lots)
    >>> made.receiving_sites[["lots", "area"]].to_dict("index")
    {'police': {'lots': 'K-1', 'area': 160.0}, 'picuda': {'lots': 'K-2;K-3', 'area': 320.0}}
    >>> made.findings[["feature", "rule"]].values.tolist()
    [['police', 'receiving.lot_twice']]
    """
    require_metres(receiving_sites, "receiving_sites")
    require_same_crs(receiving_sites=receiving_sites, lots=lots)
    require_geometry(lots, "Polygon", name="lots")
    sites = conform(receiving_sites, "receiving_sites")
    taken = set(map(str, allotted))
    if "status" in lots:
        taken |= set(lots.index[lots["status"] == "allotted"].astype(str))
    claims, faults = _sound(_claims(sites, lots), sites, lots, taken)
    result, more = _measured(sites, lots, claims, across)
    held = claims.set_index("lot")["receiving_id"]
    locked = lots[lots.index.isin(held.index)]
    locked = locked.assign(receiving_id=held.reindex(locked.index).to_numpy())
    return Reservation(result, locked, join_findings(faults, more))


def _claims(sites: gpd.GeoDataFrame, lots: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return who names which lot (receiving_id, lot, at most once), the strongest claim first."""
    named = sites.get("lots", pd.Series("", sites.index)).fillna("").astype(str)
    told = named.str.split(";").explode().str.strip()
    told = told[told != ""]
    status = sites.get("status", pd.Series("free", sites.index)).astype(str)
    rank = status.map({name: k for k, name in enumerate(STATUSES)}).fillna(len(STATUSES))
    frame = pd.DataFrame({"receiving_id": told.index, "lot": told.to_numpy()})
    block = lots.get("block_id", pd.Series("", lots.index)).astype(str)
    fit = lots.get("kind", pd.Series("lot", lots.index)) != "remnant"
    whole = pd.DataFrame({"lot": block[fit].to_numpy(), "own": lots.index[fit]})
    frame = frame.merge(whole[~whole["lot"].isin(lots.index)], how="left", on="lot")
    frame["lot"] = frame["own"].where(frame["own"].notna(), frame["lot"])
    frame["rank"] = frame["receiving_id"].map(rank)
    frame["allotted"] = frame["receiving_id"].map(status) == "allotted"
    frame = frame.sort_values(["rank", "receiving_id"], key=_texts, kind="stable")
    return frame.drop_duplicates(["receiving_id", "lot"]).drop(columns=["own", "rank"])


def _texts(values: pd.Series) -> pd.Series:
    return values.astype(str) if values.dtype == object else values


def _sound(
    claims: pd.DataFrame, sites: gpd.GeoDataFrame, lots: gpd.GeoDataFrame, allotted: set[str]
) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Return the claims that hold, and what is wrong with the others."""
    known = claims["lot"].isin(lots.index)
    remnants = lots.index[lots["kind"] == "remnant"] if "kind" in lots else lots.index[:0]
    remnant = claims["lot"].isin(remnants)
    given = claims["lot"].isin(allotted) & ~claims["allotted"]
    could = known & ~remnant & ~given
    first = claims[could].drop_duplicates("lot").set_index("lot")["receiving_id"]
    winner = claims["lot"].map(first)
    twice = could & (winner != claims["receiving_id"])
    near = [f"{lot} ({', '.join(near_words(lot, lots.index)) or '–'})" for lot in claims.loc[~known, "lot"]]
    told = zip(claims.loc[twice, "lot"], winner[twice], strict=True)
    details: dict[str, tuple[pd.Series, list[str]]] = {
        "receiving.unknown_lot": (~known, near),
        "receiving.remnant": (remnant, list(claims.loc[remnant, "lot"])),
        "receiving.lot_allotted": (given, list(claims.loc[given, "lot"])),
        "receiving.lot_twice": (twice, [f"{lot}, {other}" for lot, other in told]),
    }
    found = [
        findings("receiving_sites", sites.loc[claims.loc[which, "receiving_id"]], rule, detail=texts)
        for rule, (which, texts) in details.items()
    ]
    return claims[could & ~twice], join_findings(*found)


def _measured(
    sites: gpd.GeoDataFrame, lots: gpd.GeoDataFrame, claims: pd.DataFrame, across: float
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the sites with lots, area, geometry and status of their lots, and what does not fit."""
    shapes = pd.Series(np.asarray(lots.geometry.array, dtype=object), lots.index)
    own = {key: list(group) for key, group in claims.groupby("receiving_id", sort=False)["lot"]}
    names = pd.Index([i for i in sites.index if i in own], dtype=object)
    land = [shapes.loc[own[i]].to_numpy() for i in names]
    result = sites.reindex(columns=list(dict.fromkeys([*sites.columns, *empty("receiving_sites").columns])))
    result = conform(result.set_geometry("geometry", crs=sites.crs), "receiving_sites")
    wanted = result["lots"].fillna("").str.strip() != ""
    result.loc[wanted, "lots"] = [";".join(own.get(i, [])) for i in result.index[wanted]]
    result["area"] = result["area"].mask(wanted, 0.0)
    result.loc[names, "area"] = [shapely.area(shape).sum() for shape in land]
    result.loc[names, "geometry"] = gpd.GeoSeries(map(shapely.union_all, land), index=names, crs=sites.crs)
    status = result["status"].astype(object)
    status[names] = status[names].where(status[names] == "allotted", "reserved")
    result["status"] = status.astype("category")
    told = pd.DataFrame({"area": sites.get("area", np.nan), "named": wanted}, sites.index)
    apart = pd.Series([_parts(shape, across) for shape in land], names, dtype=int)
    count = pd.Series({i: len(own[i]) for i in names}, dtype=float)
    return conform(result, "receiving_sites"), _misfits(result, told, count, apart, across)


def _misfits(
    sites: gpd.GeoDataFrame, told: pd.DataFrame, count: pd.Series, apart: pd.Series, across: float
) -> gpd.GeoDataFrame:
    """Return what of the sites does not fit their lots: land, area told, capacity, lots apart."""
    room, count = sites["capacity"].astype(float), count.reindex(sites.index)
    landless = sites["kind"].isin(["lot", "block"]) & ~told["named"]
    differs = ((told["area"] - sites["area"]).abs() > SAME * told["area"].abs()) & count.notna()
    over, apart = room > count, apart[apart > 1]
    check = partial(findings, "receiving_sites")
    return join_findings(
        check(sites[landless], "receiving.no_lots"),
        check(sites[over], "receiving.crowded", required=count[over], found=room[over]),
        check(sites[differs], "receiving.area", required=told["area"][differs], found=sites["area"][differs]),
        check(sites.loc[apart.index], "receiving.apart", found=apart, required=across),
    )


def adjoining_lots(
    lots: gpd.GeoDataFrame,
    count: int = 1,
    *,
    area: float = 0.0,
    taken: Iterable[str] = (),
    across: float = ACROSS,
    uses: str | None = None,
    begin: Iterable[str] | None = None,
) -> gpd.GeoDataFrame:
    """Return groups of adjoining lots, one begun in each block: where neighbours could stay neighbours.

    A group is the lot that the block begins with and those nearest to it, as one walks from lot to
    lot; so it is always in one piece. Groups overlap: `match` uses no lot twice.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots`` of a plan, in metres. Remnants are left out.
    count : int
        Lots of a group at least, from 1 on.
    area : float
        Land of a group at least, m2: as many more lots as it takes.
    taken : iterable of str
        Lots that cannot be had: allotted, or reserved for others.
    across : float
        Lots up to this far from each other adjoin, m: the width of a street.
    uses : str, optional
        What the lots may be used for; None means anything.
    begin : iterable of str, optional
        Lots that groups begin with; by default the first of each block.

    Returns
    -------
    GeoDataFrame
        Table ``receiving_sites``, named by first lot and number of lots (``K-1/12``): ``lots``,
        ``area`` (m2), ``capacity`` (a household a lot). Blocks from which no group can be had have none.

    Raises
    ------
    CRSError, GeometryError, RuleError
        If lots are not in metres or cannot be used; if the count is no whole number from 1 on.

    Examples
    --------
    >>> shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in (0, 1, 2, 9)]
    >>> lots = geopandas.GeoDataFrame({"block_id": ["K", "K", "K", "L"], "kind": "lot"}, geometry=shapes,
    ...     index=pandas.Index(["K-1", "K-2", "K-3", "L-1"], name="lot_id"), crs=32719)
    >>> adjoining_lots(lots, 2)[["lots", "area", "capacity"]].to_dict("index")
    {'K-1/2': {'lots': 'K-1;K-2', 'area': 320.0, 'capacity': 2}}
    """
    require_metres(lots, "lots")
    require_geometry(lots, "Polygon", name="lots")
    if not isinstance(count, int | np.integer) or count < 1 or not 0 <= area < np.inf:
        raise RuleError(f"count is {count!r}, area {area!r}: a whole number from 1 on, and m2 from 0 on.")
    fit = ~lots.index.isin(list(taken))
    if "kind" in lots:
        fit &= (lots["kind"] != "remnant").to_numpy()
    free = lots[fit]
    number = free.get("number", pd.Series(0, free.index))
    order = np.lexsort((free.index.astype(str), number.fillna(0), free["block_id"].astype(str)))
    free = free.iloc[order]
    if free.empty:
        return empty("receiving_sites", lots.crs)
    shapes = np.asarray(free.geometry.array, dtype=object)
    first = ~free["block_id"].astype(str).duplicated() if begin is None else free.index.isin(list(begin))
    begins = np.flatnonzero(first)
    away = dijkstra(_walks(shapes, across), directed=False, indices=begins)
    nearest = np.argsort(np.round(away, 3), axis=1, kind="stable")
    reached = np.isfinite(np.take_along_axis(away, nearest, axis=1))
    size = shapely.area(shapes)
    enough = reached & (np.cumsum(size[nearest], axis=1) >= area) & (np.arange(len(free)) >= count - 1)
    groups: dict[tuple[int, ...], int] = {}
    for k in np.flatnonzero(enough.any(axis=1)):
        groups.setdefault(tuple(np.sort(nearest[k, : enough[k].argmax() + 1])), int(begins[k]))
    ids = free.index.astype(str).to_numpy()
    found = [(begin, np.array(group)) for group, begin in groups.items()]
    frame = gpd.GeoDataFrame(
        {
            "kind": "lot",
            "lots": [";".join(ids[group]) for _, group in found],
            "area": [size[group].sum() for _, group in found],
            "uses": uses,
            "capacity": [len(group) for _, group in found],
            "status": "free",
        },
        geometry=[shapely.union_all(shapes[group]) for _, group in found],
        index=pd.Index([f"{ids[k]}/{len(group)}" for k, group in found], name="receiving_id", dtype=object),
        crs=lots.crs,
    )
    return conform(frame.reindex(columns=empty("receiving_sites").columns), "receiving_sites")


def impossible_capacity(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a finding for each site with room for fewer than no households."""
    room = sites["capacity"].astype(float)
    return findings("receiving_sites", sites[room < 0], "receiving.capacity", found=room[room < 0])


def _walks(shapes: NDArray[np.object_], across: float) -> coo_array:
    """Return which shapes adjoin, with the distance between their middles."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=across)
    one, other = one[one < other], other[one < other]
    middle = shapely.centroid(shapes)
    away = np.maximum(shapely.distance(middle[one], middle[other]), 1e-3)  # a zero would be no way at all
    return coo_array((away, (one, other)), shape=(len(shapes), len(shapes)))


def _parts(shapes: NDArray[np.object_], across: float) -> int:
    return int(connected_components(_walks(shapes, across), directed=False)[0])
