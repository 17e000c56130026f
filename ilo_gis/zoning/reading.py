"""Any planner's layer of zones, as the table `zones`. What is guessed is told, nothing is read silently."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import NormError, SchemaError, some_ids
from ilo_gis.tables import conform, describe, empty, findings, join_findings, require_geometry, require_metres
from ilo_gis.tables.catalogues import PARAMETERS, Catalogue, catalogues
from ilo_gis.tables.kinds import kinds, usual_kinds
from ilo_gis.tables.numbers import numbers
from ilo_gis.tables.reading import days, plain

__all__ = ["read_zoning"]

DATES = ("approved", "since", "until")
CUT = 10  # characters that a Shapefile leaves of a column's name


def read_zoning(
    layer: gpd.GeoDataFrame,
    *,
    plan: str | None = None,
    approved: date | None = None,
    catalogue: Catalogue | str | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return any layer of zones as the table ``zones``, and what had to be read into it.

    Parameters
    ----------
    layer : GeoDataFrame
        Polygons in a CRS in metres, with a column of codes. Columns are known by their usual names in
        Spanish and English (``columns.toml``), such as ``ZONIFICACION``, ``LOTE_MIN``, ``ALTURA``.
    plan : str, optional
        Name of the plan, where the layer has no column for it.
    approved : date, optional
        Day on which the plan was approved, where the layer has no column for it.
    catalogue : Catalogue or str, optional
        What the codes are of; by default the layer's column, else the only shipped catalogue in force on
        the day of approval.
    columns : Mapping of str, optional
        Columns of the table ``zones`` to columns of the layer, where their names do not tell.

    Returns
    -------
    zones : GeoDataFrame
        Table ``zones``; further columns are kept behind. Multipolygons are one row a part: ``Z-1.1``,
        ``Z-1.2``. Zones without an id are named by year, code and number from north to south. Codes that
        the catalogue does not have come through; `check_zoning` names them.
    findings : GeoDataFrame
        Which columns were taken for what; numbers read out of text, with the zones.

    Raises
    ------
    CRSError, GeometryError
        If the layer is not in metres; if geometries are missing, invalid or no polygons.
    SchemaError
        If there is no code, plan or day of approval, an id repeats, a text is no number or date: zones and
        columns are named.
    NormError
        If no catalogue, or more than one, was in force when the plan was approved.

    References
    ----------
    DS 022-2016-VIVIENDA: a zoning is a map, its rules and an index of uses, approved by ordinance.

    Examples
    --------
    >>> layer = {"ZONIFICACI": ["rdm"], "LOTE_MIN": ["120 m2"], "AREA_LIBRE": ["30 %"]}
    >>> layer = geopandas.GeoDataFrame(layer, geometry=[shapely.box(0, 0, 90, 60)], crs=32719)
    >>> day = pandas.Timestamp("2018-05-04")
    >>> zones, told = read_zoning(layer, plan="PDU", approved=day, catalogue="pe_2016")
    >>> zones[["code", "min_area", "min_free_area"]].reset_index().iloc[0].tolist()
    ['2018-RDM-1', 'RDM', 120.0, 0.3]
    >>> told["rule"].tolist()
    ['zones.columns', 'zones.text_number', 'zones.text_number']
    """
    require_metres(layer, "zones")
    if layer.empty:
        return empty("zones", layer.crs), empty("findings", layer.crs)
    named = layer.set_index("zone_id") if "zone_id" in layer and layer["zone_id"].is_unique else layer
    require_geometry(named, "Polygon", "MultiPolygon", name="zones")
    taken = _columns(layer, columns or {})
    table = _named(layer, taken)
    given = {"plan": plan, "approved": None if approved is None else pd.Timestamp(approved)}
    table = table.assign(**{name: value for name, value in given.items() if value is not None})
    table = _with_dates(table)
    _require_told(table)
    table = _with_catalogue(table, catalogue)
    table = _with_codes(table, catalogue).pipe(_with_ids)
    table, read = _with_numbers(table, taken)
    if "density_class" in table:
        table["density_class"] = pd.Series(usual_kinds(table["density_class"], "densities"), table.index)
    said = ", ".join(f"{old} = {new}" for new, old in taken.items() if old != new)
    if said:
        read.insert(0, findings("zones", None, "zones.columns", detail=said, found=len(table), crs=layer.crs))
    table = _in_parts(table)
    told = join_findings(empty("findings", layer.crs), *read)
    return conform(table.assign(area=table.area), "zones"), told


# -- columns --------------------------------------------------------------------------------------


def _columns(layer: gpd.GeoDataFrame, given: Mapping[str, str]) -> dict[str, str]:
    """Return the column of the layer that each column of the table is taken from."""
    known = [name for name in describe("zones").index if name not in ("geometry", "area")]
    for new, old in given.items():
        if new not in known:
            raise SchemaError(f"columns: zones have no column {new!r}. There are: {', '.join(known)}.")
        if old not in layer:
            raise SchemaError(f"columns: the layer has no column {old!r}. It has: {_list(layer.columns)}.")
    by_name = {
        plain(one): one for one in layer.columns if isinstance(one, str) and one != layer.geometry.name
    }
    taken = dict(given)
    for name in [name for name in known if name not in taken]:
        free = {key: old for key, old in by_name.items() if old not in taken.values()}
        for alias in _aliases()[name]:
            found = free.get(alias) or free.get(alias[:CUT])
            if found and (name != "density_class" or _are_classes(layer[found])):
                taken[name] = found
                break
    if "code" not in taken:
        raise SchemaError(
            "zones have no column that is known to hold codes. Name it: `columns={'code': 'YOUR_COLUMN'}`, "
            f"or `--column code=YOUR_COLUMN`. The layer has: {_list(layer.columns)}."
        )
    return taken


def _named(layer: gpd.GeoDataFrame, taken: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Name columns as the table does; others that are called like one of them get another name.

    Files do not tell names apart by case: a column ``AREA`` cannot stand beside ``area``.
    """
    known, used = set(describe("zones").index), set(taken.values())
    others = [one for one in layer.columns if one not in used and one != layer.geometry.name]
    clash: dict[str, str] = {}
    kept = {str(one).lower() for one in others}
    for one in [one for one in others if str(one).lower() in known]:
        name = f"{one}_layer"
        while name.lower() in kept:  # a file that was written once has `area` and `area_layer`
            name += "_layer"
        clash[one] = name
        kept.add(name.lower())
    geometry = {layer.geometry.name: "geometry"}
    named = layer.rename(columns=clash | {old: new for new, old in taken.items()} | geometry)
    return named.set_geometry("geometry")


@cache
def _aliases() -> Mapping[str, list[str]]:
    told = tomllib.loads((files(__package__) / "columns.toml").read_text("utf-8"))
    spanish = describe("zones")["alias_es"]
    return {name: [*told.get(name, [name]), plain(spanish[name])] for name in spanish.index}


def _are_classes(column: pd.Series) -> bool:
    """Return whether a column has classes of density, and no figures."""
    return bool(pd.Series(usual_kinds(column, "densities")).isin(["", *kinds("densities")]).all())


def _list(names: pd.Index) -> str:
    return ", ".join(map(str, names))


# -- values ---------------------------------------------------------------------------------------


def _require_told(table: gpd.GeoDataFrame) -> None:
    """Raise unless every zone has a plan, a day on which it was approved, and a code."""
    remedy = {
        "approved": "When was the plan approved? Codes and rules depend on the day. Give it: "
        "`approved=datetime.date(1988, 6, 1)`, or `--approved 1988-06-01`",
        "plan": "Name the plan: `plan='PDU 2018'`, or `--plan 'PDU 2018'`",
        "code": "Give each zone its code, or leave it out of the layer",
    }
    for name, what in remedy.items():
        missing = table[name].isna() if name in table else pd.Series(True, table.index)
        if name != "approved":
            missing |= table.get(name, missing).astype("string").str.strip().fillna("") == ""
        if missing.any():
            raise SchemaError(f"zones without {name!r}: {some_ids(table.index[missing])}. {what}.")


def _with_dates(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Read days, as year-month-day or day/month/year."""
    read = {}
    for name in [name for name in DATES if name in table]:
        if pd.api.types.is_datetime64_any_dtype(table[name].dtype):
            continue
        read[name], wrong = days(table[name])
        if wrong.any():
            texts = table[name].astype("string").str.strip()
            told = some_ids(f"{i}: {text!r}" for i, text in texts[wrong].items())
            raise SchemaError(f"zones: the column {name!r} has no day in {told}. Write 1988-06-01.")
    return table.assign(**read)


def _with_catalogue(table: gpd.GeoDataFrame, given: Catalogue | str | None) -> gpd.GeoDataFrame:
    """Name the catalogue of each zone; by default the one in force when its plan was approved."""
    if given is not None:
        return table.assign(catalogue=given.name if isinstance(given, Catalogue) else str(given))
    if "catalogue" in table:
        return table
    names = {}
    for day in table["approved"].unique():
        when = pd.Timestamp(day).date()
        found = [one.name for one in catalogues().values() if one.in_force(when)]
        if len(found) != 1:
            raise NormError(
                f"{len(found)} shipped catalogues of zones were in force on {when}{': ' * bool(found)}"
                f"{', '.join(found)}. Name that of the plan: `catalogue='pe_2016'`, `--catalogue`."
            )
        names[day] = found[0]
    return table.assign(catalogue=table["approved"].map(names))


def _with_codes(table: gpd.GeoDataFrame, given: Catalogue | str | None) -> gpd.GeoDataFrame:
    """Write codes as their catalogues do, where only case or blanks differ."""
    said = table["code"].astype("string").str.strip()
    known = [*catalogues().values(), *([given] if isinstance(given, Catalogue) else [])]
    usual = {(one.name, code.upper()): code for one in known for code in one.zones}
    pairs = zip(table["catalogue"], said.str.upper(), said, strict=True)
    return table.assign(code=[usual.get((name, upper), text) for name, upper, text in pairs])


def _with_ids(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Index zones by their ids; those without are named by year, code and number from north to south."""
    if "zone_id" in table:
        table = table.set_index(table["zone_id"].astype("string").rename("zone_id")).drop(columns="zone_id")
        if table.index.hasnans or not table.index.is_unique:
            twice = table.index[table.index.duplicated()].dropna().unique()
            raise SchemaError(
                f"zones: zone_id is missing in {table.index.isna().sum()} rows "
                f"and repeats {some_ids(twice)}. "
                "Give each zone its own id, or drop the column: ids are then made."
            )
        return table.set_index(table.index.astype(object))
    middle = shapely.get_coordinates(shapely.centroid(np.asarray(table.geometry.array, dtype=object))).round(
        3
    )
    ordered = table.iloc[np.lexsort((table.area, middle[:, 0], -middle[:, 1]))]
    stem = ordered["approved"].dt.year.astype(str) + "-" + ordered["code"]
    number = ordered.groupby([stem, ordered["plan"]]).cumcount() + 1
    ids = (stem + "-" + number.astype(str)).reindex(table.index)
    several = ids.duplicated(keep=False)  # two plans of one year
    ids[several] = table["plan"][several].astype(str) + " " + ids[several]
    return table.set_index(pd.Index(ids, name="zone_id", dtype=object))


def _with_numbers(
    table: gpd.GeoDataFrame, taken: Mapping[str, str]
) -> tuple[gpd.GeoDataFrame, list[gpd.GeoDataFrame]]:
    """Read the parameters as numbers; all that are none are named at once."""
    units, columns, told, faults = describe("zones")["unit"], {}, [], []
    for name in [name for name in PARAMETERS if name in table]:
        column = table[name].rename(taken.get(name, name))
        try:
            columns[name] = numbers(column, units[name], "zones")
        except SchemaError as error:
            faults.append(str(error))
            continue
        text = column.map(lambda value: isinstance(value, str))
        for rule, rows in (
            ("zones.text_number", text & columns[name].notna()),
            ("zones.text_missing", text & columns[name].isna()),
        ):
            said = [f"{column.name}: {value!r}" for value in column[rows]]
            told.append(findings("zones", table[rows], rule, detail=said, found=columns[name][rows]))
    if faults:
        raise SchemaError("\n".join(faults))
    return table.assign(**columns), told


def _in_parts(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one row for each part of a multipolygon, with its number behind the id."""
    parts = table.explode()
    count = parts.groupby(level=0).cumcount() + 1
    several = parts.index.duplicated(keep=False)
    ids = np.where(several, parts.index + "." + count.astype(str), parts.index)
    flat = shapely.force_2d(np.asarray(parts.geometry.array, dtype=object))
    return parts.set_index(pd.Index(ids, name="zone_id", dtype=object)).set_geometry(
        gpd.GeoSeries(flat, crs=table.crs).values
    )
