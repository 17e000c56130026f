"""What a change of zones does: room for lots, dwellings and people before and after, and new conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.editing.edit import Edit, applied, edit_between
from ilo_gis.tables import empty
from ilo_gis.tables.catalogues import Catalogue, with_parameters
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.zoning import capacity
from ilo_gis.zoning.adjacency import conflicts, distances
from ilo_gis.zoning.assignment import zones_in_force

__all__ = ["new_conflicts", "zone_account", "zone_figures"]

MEASURES = {
    "area": "area",
    "lots_laid_out": "lots",
    "dwellings_laid_out": "dwellings",
    "persons_laid_out": "people",
    "persons_by_density": "people_allowed",
}
FIGURES = {  # what is told of each zone or code, in English and Spanish, and its unit
    "area": ("{}: area", "{}: área", "m2"),
    "lots": ("{}: lots to live on", "{}: lotes de vivienda", ""),
    "dwellings": ("{}: dwellings", "{}: viviendas", ""),
    "people": ("{}: people", "{}: habitantes", ""),
    "people_allowed": ("{}: people by net density", "{}: habitantes por densidad neta", ""),
}
CONFLICTS = ("Conflicts with zones near by", "Conflictos con zonas vecinas", "")
SAID = ["label", "label_es", "unit"]


def zone_account(
    known: Mapping[str, pd.DataFrame],
    zones: gpd.GeoDataFrame,
    *,
    dwellings_per_lot: float = 1.0,
    persons_per_dwelling: float = 5.0,
    catalogues: Mapping[str, Catalogue] | None = None,
) -> pd.DataFrame:
    """Return what zones that change have room for, before and after.

    Lots count for the zone that their middle lies in.

    Parameters
    ----------
    known : mapping of str to table
        ``zones`` before, and ``lots``, in metres.
    zones : GeoDataFrame
        Table ``zones`` after, such as `applied` gives.
    dwellings_per_lot, persons_per_dwelling : float
        How many, above 0.
    catalogues : mapping of str to Catalogue, optional
        Instead of those shipped.

    Returns
    -------
    DataFrame
        Index ``zone_id``: zones that change, come or go. ``code``; each with ``_before`` and
        ``_after``: ``area`` (m2), ``lots`` (of the plan, where people live), ``dwellings`` and
        ``people`` on them, ``people_allowed`` (by net density on the land of those lots), empty where
        nothing gives them; ``conflicts``: zones that it is too near to and was not before.

    Raises
    ------
    SchemaError
        If a catalogue or a code is unknown.

    References
    ----------
    Net densities are parameters of zones: the catalogues tell the source of each.

    Examples
    --------
    >>> shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(4)]
    >>> lots = geopandas.GeoDataFrame({"kind": "lot"}, index=["A-1", "A-2", "A-3", "A-4"], geometry=shapes,
    ...     crs=32719)
    >>> zones = {"plan": "PDU", "approved": pandas.Timestamp("2018-05-01"), "catalogue": "pe_2016"}
    >>> zones = geopandas.GeoDataFrame(zones | {"code": ["RDM", "CZ"]}, index=["Z1", "Z2"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 24, 20), shapely.box(24, 0, 90, 20)])
    >>> known = {"lots": lots, "zones": zones}
    >>> edit = ilo_gis.editing.paint_zone(known, ["A-3"], "lots", "CZ")
    >>> account = zone_account(known, ilo_gis.editing.applied(known, edit)["zones"])
    >>> account.loc["Z1", ["people_before", "people_after"]].tolist()
    [15, 10]
    """
    now = known["zones"]
    change = edit_between("zones.paint", {"zones": now}, {"zones": zones}).changes.get("zones")
    before, after = (now.iloc[:0], zones.iloc[:0]) if change is None else (change.before, change.after)
    names = before.index.union(after.index, sort=False)
    lots = known["lots"]
    middle = shapely.STRtree(shapely.centroid(np.asarray(lots.geometry.array, dtype=object)))
    room = [
        capacity(
            own,
            _lots_in(own, lots, middle),
            dwellings_per_lot=dwellings_per_lot,
            persons_per_dwelling=persons_per_dwelling,
            catalogues=catalogues,
        )
        for own in (before, after)
    ]
    code = after["code"].astype(object).reindex(names).fillna(before["code"].astype(object).reindex(names))
    table = pd.DataFrame({"code": code}, index=names.rename("zone_id"))
    for measured, name in MEASURES.items():
        for when, told in zip(("before", "after"), room, strict=True):
            table[f"{name}_{when}"] = told[measured].reindex(names.astype(str)).array
    found = new_conflicts(zones_in_force(zones, None), before, after, catalogues)
    count = found["feature"].astype(str).value_counts()
    table["conflicts"] = count.reindex(names.astype(str), fill_value=0).to_numpy()
    return table


def zone_figures(
    known: Mapping[str, pd.DataFrame],
    edit: Edit,
    by: Literal["code", "zone_id"] = "code",
    *,
    persons_per_dwelling: float = 5.0,
) -> pd.DataFrame:
    """Return what zones that an edit changes have room for, as the figures of an edit.

    Parameters
    ----------
    known : mapping of str to table
        ``zones`` before the edit, and ``lots``, in metres.
    edit : Edit
        The edit, such as `paint_zone` or `move_zone_edge` gives.
    by : {"code", "zone_id"}
        Whether zones of a code are added up.
    persons_per_dwelling : float
        How many, above 0.

    Returns
    -------
    DataFrame
        Index ``figure``; columns ``label``, ``label_es``, ``unit``, ``before`` and ``after``: of each
        code or zone area, lots, dwellings, people and people by density, as `zone_account` has them,
        and the conflicts that there were not before.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame({"kind": "lot"}, index=["A-1", "A-2"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)])
    >>> zones = {"plan": "PDU", "approved": pandas.Timestamp("2018-05-01"), "catalogue": "pe_2016"}
    >>> zones = geopandas.GeoDataFrame(zones | {"code": ["RDM", "CZ"]}, index=["Z1", "Z2"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 16, 20), shapely.box(16, 0, 90, 20)])
    >>> known = {"lots": lots, "zones": zones}
    >>> edit = ilo_gis.editing.paint_zone(known, ["A-2"], "lots", "CZ")
    >>> zone_figures(known, edit).loc[["RDM_area", "RDM_people"], ["before", "after"]].values.tolist()
    [[320.0, 160.0], [10.0, 5.0]]
    """
    if "zones" not in edit.changes:
        return pd.DataFrame(columns=[*SAID, "before", "after"]).rename_axis("figure")
    change = Edit(edit.kind, {"zones": edit.changes["zones"]})
    zones = applied({"zones": known["zones"]}, change)["zones"]
    account = zone_account(known, zones, persons_per_dwelling=persons_per_dwelling)
    name = account["code"] if by == "code" else account.index + " (" + account["code"] + ")"
    first, second = (
        account[[f"{what}_{when}" for what in FIGURES]]
        .set_axis(list(FIGURES), axis=1)
        .groupby(name.to_numpy(), sort=False)
        .sum()
        for when in ("before", "after")
    )
    rows = {
        f"{zone}_{what}": [
            *(text.format(zone) for text in said[:2]), said[2], first.at[zone, what], second.at[zone, what]
        ]
        for zone in first.index
        for what, said in FIGURES.items()
    }  # fmt: skip
    rows["conflicts"] = [*CONFLICTS, 0.0, account["conflicts"].sum()]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*SAID, "before", "after"]).rename_axis(
        "figure"
    )


def _lots_in(zones: gpd.GeoDataFrame, lots: gpd.GeoDataFrame, middle: shapely.STRtree) -> pd.DataFrame:
    """Return the lots whose middle lies in zones: zone, area (m2) and kind."""
    zone, lot = middle.query(np.asarray(zones.geometry.array, dtype=object), predicate="contains")
    own = lots.iloc[lot]
    return pd.DataFrame(
        {"zone_id": zones.index.astype(str)[zone], "area": own.area.to_numpy(), "kind": own["kind"].array}
    )


def new_conflicts(
    zones: gpd.GeoDataFrame,
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    catalogues: Mapping[str, Catalogue] | None = None,
) -> gpd.GeoDataFrame:
    """Return where zones that change are nearer to others than they should be, and were not before.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``: those in force, before or after.
    before, after : GeoDataFrame
        Rows of it that change, come or go.
    catalogues : mapping of str to Catalogue, optional
        Instead of those shipped.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``zone.adjacency``.

    Examples
    --------
    >>> zones = {"catalogue": "pe_2016", "code": ["RDM", "RDM"]}
    >>> land = [shapely.box(0, 0, 60, 90), shapely.box(60, 0, 120, 90)]
    >>> zones = geopandas.GeoDataFrame(zones, geometry=land, index=["a", "b"], crs=32719)
    >>> new_conflicts(zones, zones.loc[["b"]], zones.loc[["b"]].assign(code="I4"))["feature"].tolist()
    ['a']
    """
    known = shipped() if catalogues is None else catalogues
    rules = distances()
    changed = np.concatenate([before.geometry.to_numpy(), after.geometry.to_numpy()])
    others = zones[~zones.index.isin(before.index.union(after.index))]
    tree = shapely.STRtree(np.asarray(others.geometry.array, dtype=object))
    near = others.iloc[
        np.unique(tree.query(changed, predicate="dwithin", distance=rules["distance"].max())[1])
    ]
    was, now = (_conflicts(near, own, rules, known) for own in (before, after))
    keys = [pd.MultiIndex.from_frame(found[["feature", "message"]].astype(str)) for found in (was, now)]
    return now[~keys[1].isin(keys[0])]


def _conflicts(
    near: gpd.GeoDataFrame, own: gpd.GeoDataFrame, rules: pd.DataFrame, known: Mapping[str, Catalogue]
) -> gpd.GeoDataFrame:
    """Return conflicts of zones among themselves and with others near, without codes that nobody knows."""
    if own.empty:
        return empty("findings", near.crs)
    table = pd.concat([near, own]) if len(near) else own
    coded = [
        name in known and code in known[name].zones
        for name, code in zip(table["catalogue"], table["code"], strict=True)
    ]
    table = with_parameters(table[coded].sort_index(), known)
    changed = table.index.isin(own.index)
    words = table.loc[changed, ["code", "family"]].astype(object).to_numpy().ravel()
    rules = rules[rules["one"].isin(words) | rules["other"].isin(words)]  # no other rule is about them
    return conflicts(table, rules, lambda i, j: changed[i] | changed[j])
