"""Where a project stands: which of the steps from the bare site to the titles are done, and what is next."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from ilo_gis.tables import conform

__all__ = ["STATES", "steps"]

STATES = ("done", "next", "later")
WHOLE = 99.95  # %; what is shown as 100.0 is all
HECTARE = 10_000.0  # m2
HOUSE = ("water", "sewer", "electricity")  # services that a lot needs to be served
WORDS = {  # step: label, unit; each in English and Spanish
    "site": ("Site", "Terreno", "ha", "ha"),
    "constraints": ("Constraints", "Restricciones", "ha restricted", "ha restringidas"),
    "plan": ("Plan", "Trazado y lotización", "lots", "lotes"),
    "zoning": ("Zoning", "Zonificación", "% of lots zoned", "% de lotes con zona"),
    "allotment": ("Allotment", "Adjudicación", "% of lots allotted", "% de lotes adjudicados"),
    "services": ("Services", "Servicios", "% of lots served", "% de lotes con servicios"),
    "titles": ("Titles", "Títulos", "% of lots titled", "% de lotes titulados"),
}


def steps(known: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the steps of a project with their state and the figure that says so.

    Parameters
    ----------
    known : mapping of str to table
        What the project has, by the names of the tables: ``streets``, ``blocks``, ``lots``,
        ``losses``, ``constraints``, ``land``, ``zones``, ``lot_zones``, ``allotments``,
        ``lot_progress``; and ``site``, polygons. Those that are missing count as empty. Layers in
        one CRS in metres.

    Returns
    -------
    DataFrame
        Table ``steps``: index ``step``; ``label``, ``label_es``, ``state`` (done, next, later),
        ``value``, ``unit``, ``unit_es``. A lot is served when water, sewer and electricity are done.

    Examples
    --------
    >>> site = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 300, 200)], crs=32719)
    >>> steps({"site": site})[["state", "value"]].head(3).values.tolist()
    [['done', 6.0], ['next', nan], ['later', nan]]
    """
    lots = _ids(known)
    values = {
        "site": _site(known),
        "constraints": _constraints(known),
        "plan": float(len(lots)) if len(lots) else np.nan,
        "zoning": _zoned(known, lots),
        "allotment": _progress(known, lots, "allotment"),
        "services": _progress(known, lots, "services"),
        "titles": _progress(known, lots, "titles"),
    }
    table = pd.DataFrame.from_dict(
        WORDS, orient="index", columns=["label", "label_es", "unit", "unit_es"]
    ).rename_axis("step")
    value = pd.Series(values).reindex(table.index)
    share = table["unit"].str.startswith("%")
    done = np.where(share, value >= WHOLE, value.notna())
    state = np.where(done, "done", "later").astype(object)
    if not done.all():
        state[np.argmin(done)] = "next"
    return conform(table.assign(state=pd.Categorical(state, STATES), value=value), "steps")


def _rows(known: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    return known.get(name, pd.DataFrame())


def _ids(known: Mapping[str, pd.DataFrame]) -> pd.Index:
    """Return the ids of the legal lots: of the plan, or of the register where there is no plan."""
    lots = _rows(known, "lots")
    if lots.empty:
        lots = _rows(known, "lot_progress")
    elif "kind" in lots:
        lots = lots[lots["kind"] != "remnant"]
    return lots.index.astype(str)


def _area(known: Mapping[str, pd.DataFrame], *names: str) -> float:
    """Return the land of some tables in ha; NaN where none has any."""
    layers = [_rows(known, name) for name in names]
    total = sum(float(shapely.area(layer.geometry.array).sum()) for layer in layers if len(layer))
    return total / HECTARE if total else np.nan


def _site(known: Mapping[str, pd.DataFrame]) -> float:
    found = (_area(known, *names) for names in (("site",), ("streets", "blocks", "losses"), ("land",)))
    return next((area for area in found if area > 0), np.nan)


def _constraints(known: Mapping[str, pd.DataFrame]) -> float:
    """Return the land under constraints in ha, land under several counted once."""
    for name in ("constraints", "losses"):
        if len(layer := _rows(known, name)):
            return float(shapely.union_all(shapely.make_valid(layer.geometry.array)).area) / HECTARE
    return np.nan


def _zoned(known: Mapping[str, pd.DataFrame], lots: pd.Index) -> float:
    said, zones, land = _rows(known, "lot_zones"), _rows(known, "zones"), _rows(known, "lots")
    if len(lots) == 0 or (said.empty and zones.empty):
        return np.nan
    if len(said):
        return _share(said.index[said["zone_id"].notna()], lots)
    points = shapely.point_on_surface(np.asarray(land.geometry.array, dtype=object))
    inside = shapely.STRtree(points).query(np.asarray(zones.geometry.array), predicate="intersects")[1]
    return _share(land.index[np.unique(inside)], lots)


def _progress(known: Mapping[str, pd.DataFrame], lots: pd.Index, step: str) -> float:
    table = _rows(known, "lot_progress")
    if len(lots) == 0 or (table.empty and step != "allotment"):
        return np.nan
    if table.empty:
        given = _rows(known, "allotments")
        return _share(given.index, lots) if len(given) else np.nan
    done = {
        "allotment": lambda: table["stage"] != "free",
        "services": lambda: (table.reindex(columns=HOUSE) == "done").all(axis=1),
        "titles": lambda: table["stage"] == "titled",
    }[step]()
    return _share(table.index[done.to_numpy(dtype=bool)], lots)


def _share(some: pd.Index, lots: pd.Index) -> float:
    """Return the share of lots that are among some, in %."""
    return 100 * float(lots.isin(some.astype(str)).mean())
