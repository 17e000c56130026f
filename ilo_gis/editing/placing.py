"""Occupants of the seafront put on receiving lots: which lots may have one, and the edit that places it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import promuvi, zoning
from ilo_gis.editing.board import blocking, coast_figures, needed_area, reached, tables_of_board
from ilo_gis.editing.edit import Edit, Tables, edit_between
from ilo_gis.errors import RuleError, SchemaError, did_you_mean
from ilo_gis.relocation import Need, Needs, adjoining_lots, household_count, match, usual_needs
from ilo_gis.relocation import steps as steps_of_moves
from ilo_gis.tables import complete, conform

__all__ = ["lots_for", "place"]

TEXTS = {
    "remnant": ("a remnant, no lot", "remanente, no es lote"),
    "reserve": ("land of a reserve", "terreno de aporte"),
    "held": ("a household holds it", "lo tiene un hogar"),
    "site": ("kept for {}", "reservado para {}"),
    "zone": ("zone {} does not admit: {}", "la zona {} no admite: {}"),
    "area": ("{:,.0f} m2 of land, {:,.0f} are needed", "{:,.0f} m2 de terreno; se necesitan {:,.0f}"),
    "shore": ("{:,.0f} m to the sea, {:,.0f} at most", "a {:,.0f} m del mar; máximo {:,.0f}"),
}


def lots_for(
    known: Tables,
    occupant_id: str,
    on: date,
    *,
    needs: Needs | None = None,
    coast: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """Tell which lots may receive an occupant of the seafront, and why the others may not.

    Who may go to several lots (``on_lots`` of its need) may go to any lot that is free and of a use that it
    needs: `place` joins as many as it takes. Others need a lot that is large enough.

    Parameters
    ----------
    known : mapping of str to table
        ``lots`` and what `board` takes; ``lot_events``, ``reserves`` and ``zones`` where they are there.
    occupant_id : str
        The occupant.
    on : date
        The day, of zones and of who holds lots.
    needs, coast
        As for `board`.

    Returns
    -------
    DataFrame
        By ``lot_id``, all lots: ``may``, ``receiving_id`` (the receiving site that it is part of, empty where
        none), ``reason`` and ``reason_es``: the first thing that forbids it, empty where nothing does.

    Raises
    ------
    RuleError
        If there are no lots or occupants, or a zone has a code that no catalogue knows.
    SchemaError
        If there is no such occupant, or a table cannot be used.

    Examples
    --------
    >>> shapes = [shapely.box(30 * k, 0, 30 * k + 30, 30) for k in range(2)]
    >>> lots = geopandas.GeoDataFrame({"block_id": "K", "kind": ["lot", "remnant"]}, geometry=shapes,
    ...     index=pandas.Index(["K-1", "K-R1"], name="lot_id"), crs=32719)
    >>> known = {"occupants": ilo_gis.io.sample("occupants"), "lots": lots}
    >>> told = lots_for(known, "brickmakers", pandas.Timestamp("1994-06-30"))
    >>> told["reason_es"].tolist()
    ['900 m2 de terreno; se necesitan 2,000', 'remanente, no es lote']
    """
    read, lots, need = _asked(known, occupant_id, needs)
    sites = _site_of(read["receiving_sites"], lots)
    own = read["occupants"].at[occupant_id, "receiving_id"]
    asked = needed_area(read["occupants"].loc[[occupant_id]], _usual(needs)).item()
    area, far = shapely.area(lots.geometry.to_numpy()), _to_sea(lots, coast)
    zone, closed = _closed_zones(known, lots, need, on)
    most = np.inf if need.shore_within is None else need.shore_within
    others = _taken_sites(read, occupant_id, own)
    single = ~sites.ne("").to_numpy() & (not need.on_lots)
    fails = {
        "remnant": (lots["kind"].astype(str) == "remnant").to_numpy(),
        "reserve": _in_reserve(known, lots),
        "held": lots.index.isin(_held(known, lots, on)) & ~sites.isin([own]).to_numpy(),  # theirs may be
        "site": sites.isin(others).to_numpy(),
        "zone": closed,
        "area": single & (area < asked * (1 - 1e-9)),
        "shore": far > most,
    }
    words = {
        "site": sites.to_numpy()[:, None],
        "zone": np.column_stack([zone, np.full(len(lots), ", ".join(need.uses), dtype=object)]),
        "area": np.column_stack([area, np.full(len(lots), asked)]),
        "shore": np.column_stack([far, np.full(len(lots), most)]),
    }
    said = [np.full(len(lots), "", dtype=object) for _ in range(2)]
    for name in reversed(fails):  # the first that fails is told
        for k, text in enumerate(TEXTS[name]):
            rows = np.flatnonzero(fails[name])
            said[k][rows] = [text.format(*one) for one in words[name][rows]] if name in words else text
    may = np.array([one == "" for one in said[0]], dtype=bool)
    return pd.DataFrame(
        {"may": may, "receiving_id": sites, "reason": said[0], "reason_es": said[1]}, index=lots.index
    )


def place(
    known: Tables,
    occupant_id: str,
    lot_id: str,
    on: date,
    *,
    needs: Needs | None = None,
    coast: gpd.GeoDataFrame | None = None,
) -> Edit:
    """Return the edit that gives an occupant of the seafront a lot to go to, or as many as it needs.

    A lot of a receiving site stands for the site. Else a new site is reserved: the lot, or the free lots
    nearest to it, as many as who may go to several needs. What was reserved for the occupant before is free
    again. That it has moved is another matter: an event of the table ``moves``, with its paper.

    Parameters
    ----------
    known, occupant_id, on, needs, coast
        As for `lots_for`.
    lot_id : str
        The lot.

    Returns
    -------
    Edit
        Rows of ``occupants``, ``receiving_sites`` and, where there is one, ``matches``. Its figures are those
        of `coast_figures`, and how many things block the occupant.

    Raises
    ------
    RuleError
        If the occupant has left, or the lot may not receive it: the reason is told.
    SchemaError
        If there is no such lot or occupant, or a table cannot be used.

    References
    ----------
    López Follegatti 1999, Table 3: La Picuda and the police went to Pampa Inalámbrica.

    Examples
    --------
    >>> shapes = [shapely.box(50 * k, 0, 50 * k + 50, 50) for k in range(2)]
    >>> lots = geopandas.GeoDataFrame({"block_id": "K", "kind": "lot"}, geometry=shapes,
    ...     index=pandas.Index(["K-1", "K-2"], name="lot_id"), crs=32719)
    >>> known = {"occupants": ilo_gis.io.sample("occupants"), "lots": lots}
    >>> edit = place(known, "brickmakers", "K-1", pandas.Timestamp("1994-06-30"))
    >>> edit.changes["receiving_sites"].after[["lots", "area", "status"]].to_dict("index")
    {'K-1/1': {'lots': 'K-1', 'area': 2500.0, 'status': 'reserved'}}
    >>> edit.figures.loc["freed_area_end", ["before", "after"]].tolist()
    [18400.0, 20400.0]
    """
    usual = _usual(needs)
    read, lots, need = _asked(known, occupant_id, usual)
    _require_here(read, occupant_id, on)
    fits = lots_for(known, occupant_id, on, needs=usual, coast=coast)
    if lot_id not in fits.index:
        raise SchemaError(f"There is no lot {lot_id}{did_you_mean(lot_id, fits.index)}.")
    lot = fits.loc[lot_id]
    if not lot["may"]:
        raise RuleError(f"{occupant_id} cannot go to {lot_id}: {lot['reason']}. Choose another lot.")
    people, sites = read["occupants"], read["receiving_sites"]
    site = sites.loc[[lot["receiving_id"]]] if lot["receiving_id"] else None
    if site is None:
        site = _new_site(people.loc[[occupant_id]], lots, fits, lot_id, need, usual)
    goes = str(site.index[0])
    one = people.loc[[occupant_id]].assign(receiving_id=goes)
    open_site = site.assign(status=pd.Categorical(["free"], ["free", "reserved", "allotted"]))
    made = match(one, open_site, usual, shore=_shore(coast, need), afresh=False)
    if made.matches.empty:
        raise RuleError(f"{occupant_id} cannot go to {goes}: {made.unmatched['message'].iloc[0]}")
    after = {
        "occupants": people.assign(
            receiving_id=people["receiving_id"].mask(people.index == occupant_id, goes)
        ),
        "receiving_sites": _reserved(
            sites, site, people.at[occupant_id, "receiving_id"], people, occupant_id
        ),
    }
    before: dict[str, pd.DataFrame] = {"occupants": people, "receiving_sites": sites}
    if "matches" in known:
        before["matches"] = complete(known["matches"], "matches")
        rows = before["matches"]
        after["matches"] = pd.concat([rows[rows.index != occupant_id], made.matches])
    figures = _figures(read, {**read, **after}, occupant_id, on, coast)
    return edit_between("relocation.place", before, after, ids=[occupant_id], figures=figures)


# -- what is asked -------------------------------------------------------------------------------------


def _usual(needs: Needs | None) -> Needs:
    return usual_needs() if needs is None else needs


def _asked(
    known: Tables, occupant_id: str, needs: Needs | None
) -> tuple[dict[str, pd.DataFrame], gpd.GeoDataFrame, Need]:
    read = tables_of_board(known)
    if "lots" not in known:
        raise RuleError("There are no lots to go to. Open the project that has them.")
    people = read["occupants"]
    if occupant_id not in people.index:
        raise SchemaError(f"There is no occupant {occupant_id}{did_you_mean(occupant_id, people.index)}.")
    return read, known["lots"], _usual(needs).of(people.loc[[occupant_id]])[0]


def _require_here(read: Tables, occupant_id: str, on: date) -> None:
    order = steps_of_moves().index
    step = reached(read, on)[occupant_id]
    if order.get_loc(step) >= order.get_loc("moved"):
        raise RuleError(
            f"{occupant_id} has left the seafront ({step}): it has its place. Take the event back first."
        )


def _shore(coast: gpd.GeoDataFrame | None, need: Need) -> gpd.GeoDataFrame | None:
    if coast is None and (need.shore or need.shore_within is not None):
        raise RuleError("This occupant needs the sea near, and the shore is not known: give the coast.")
    return coast


# -- which lots ----------------------------------------------------------------------------------------


def _site_of(sites: gpd.GeoDataFrame, lots: gpd.GeoDataFrame) -> pd.Series:
    """Return the receiving site that each lot is part of, by its own id or its block's; empty where none."""
    named = sites["lots"].fillna("").str.split(";").explode().str.strip()
    named = named[named != ""]
    by_name = pd.Series(named.index.to_numpy(dtype=object), named.to_numpy())
    by_name = by_name[~by_name.index.duplicated()]
    found = pd.Series(lots.index.astype(str), lots.index).map(by_name).astype(object)
    found = found.where(found.notna(), lots["block_id"].astype(str).map(by_name))
    return found.where(found.notna(), "")


def _taken_sites(read: Tables, occupant_id: str, own: object) -> Iterable[str]:
    """Return the sites that are for others: those allotted, and those somebody else is told to go to."""
    people, sites = read["occupants"], read["receiving_sites"]
    told = people.loc[people.index != occupant_id, "receiving_id"].dropna()
    allotted = sites.index[(sites["status"].astype(str) == "allotted") & (sites.index != own)]
    return set(told) | set(allotted)


def _held(known: Tables, lots: gpd.GeoDataFrame, on: date) -> pd.Index:
    if "lot_events" not in known:
        return pd.Index([])
    states = promuvi.state_on(known["lot_events"], on, lots)
    return states.index[states["household_id"].notna()]


def _in_reserve(known: Tables, lots: gpd.GeoDataFrame) -> NDArray[Any]:
    if "reserves" not in known:
        return np.zeros(len(lots), dtype=bool)
    return lots["block_id"].astype(str).isin(known["reserves"]["block_id"].astype(str)).to_numpy()


def _to_sea(lots: gpd.GeoDataFrame, coast: gpd.GeoDataFrame | None) -> NDArray[Any]:
    """Return the distance of lots to the sea, m; 0 where the shore is not known, so that it forbids none."""
    if coast is None:
        return np.zeros(len(lots))
    line = shapely.union_all(coast.geometry.to_numpy())
    return np.asarray(shapely.distance(lots.geometry.to_numpy(), line))


def _closed_zones(
    known: Tables, lots: gpd.GeoDataFrame, need: Need, on: date
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the code of the zone of each lot, and whether it admits none of the uses that are needed.

    A zone that does not tell its catalogue is not judged.
    """
    nothing = np.full(len(lots), "", dtype=object), np.zeros(len(lots), dtype=bool)
    if "zones" not in known or not need.uses:
        return nothing
    zones = known["zones"]
    told = zoning.assign(lots, zones, on=on)
    first = told.dropna(subset="zone_id").drop_duplicates("code")
    closed = {
        row.code: not any(zoning.permitted(use, zones.loc[row.zone_id], on=on).allowed for use in need.uses)
        for row in first.itertuples()
        if pd.notna(zones.loc[row.zone_id].get("catalogue"))
    }
    code = told["code"].astype(object)
    return code.fillna("").to_numpy(), code.isin([one for one, shut in closed.items() if shut]).to_numpy()


def _new_site(
    one: gpd.GeoDataFrame, lots: gpd.GeoDataFrame, fits: pd.DataFrame, lot_id: str, need: Need, needs: Needs
) -> gpd.GeoDataFrame:
    """Return the site that begins with a lot: it alone, or with the free lots nearest to it."""
    count, area = 1, 0.0
    if need.on_lots:
        people = household_count(one, persons_per_household=needs.persons_per_household).fillna(1)
        count, area = max(int(people.item()), 1), needed_area(one, needs).item()
    free = fits["may"] & (fits["receiving_id"] == "")
    found = adjoining_lots(lots, count, area=area, taken=fits.index[~free], begin=[lot_id])
    if found.empty:
        raise RuleError(
            f"{one.index[0]} needs {count} lots and {area:,.0f} m2, and fewer free lots adjoin {lot_id}. "
            "Choose another lot."
        )
    return found


def _reserved(
    sites: gpd.GeoDataFrame, site: gpd.GeoDataFrame, left: object, people: pd.DataFrame, occupant_id: str
) -> gpd.GeoDataFrame:
    """Return the sites with one reserved; what was reserved for the occupant alone is free again."""
    new = site[~site.index.isin(sites.index)].astype({"kind": object, "status": object})
    table = sites.astype({"kind": object, "status": object})
    table = gpd.GeoDataFrame(pd.concat([table, new]) if len(table) else new, crs=people.crs)
    table.loc[site.index, "status"] = "reserved"
    kept = {*site.index, *people.loc[people.index != occupant_id, "receiving_id"].dropna()}
    given_up = table.index.isin([left]) & ~table.index.isin(kept) & (table["status"] == "reserved").to_numpy()
    table.loc[given_up, "status"] = "free"
    return conform(table.rename_axis("receiving_id"), "receiving_sites")


def _figures(
    before: Tables, after: Tables, occupant_id: str, on: date, coast: gpd.GeoDataFrame | None
) -> pd.DataFrame:
    told = coast_figures(before, after, on, coast)
    stops = [blocking(tables, on)["occupant_id"].eq(occupant_id).sum() for tables in (before, after)]
    row = {"label": "What still blocks it", "label_es": "Pendientes para su salida", "unit": ""}
    told.loc["blocks"] = row | {"before": float(stops[0]), "after": float(stops[1])}
    return told
