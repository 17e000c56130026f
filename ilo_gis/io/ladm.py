"""Lots, households and what binds them as the Land Administration Domain Model (ISO 19152) has it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import WriteError
from ilo_gis.io.atomic import replacing
from ilo_gis.io.rows import as_rows, ready
from ilo_gis.tables import empty, require_same_crs

__all__ = ["ladm_classes", "write_ladm"]

LEAST = 0.01  # m2; a constraint that touches less of a lot restricts nothing
MICRON = 6  # decimals of metres


def write_ladm(
    content: Mapping[str, pd.DataFrame], path: str | os.PathLike[str], *, overwrite: bool = False
) -> Path:
    """Write lots, blocks, households, events and constraints as the classes of LADM.

    Parameters
    ----------
    content : mapping of str to table
        Tables by their declared names: ``lots``, and where known ``blocks``, ``households``, ``lot_events``,
        ``constraints``. Others are left out.
    path : path-like
        ``*.json``: one object with a list for each class, geometries as WKT; or ``*.gpkg``: one table for
        each class.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written. The same tables give the same bytes of JSON.

    Raises
    ------
    CRSError, PrivacyError, SchemaError
        As for `write_tables`.
    WriteError
        If the name ends otherwise, there are no lots, the file exists, or it cannot be written.

    References
    ----------
    ISO 19152:2012, Geographic information: Land Administration Domain Model (from memory).

    Examples
    --------
    >>> write_ladm({}, "ladm.xml")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: LADM is written as .json or .gpkg, not ladm.xml.
    """
    target = Path(path)
    if target.suffix.lower() not in (".json", ".gpkg"):
        raise WriteError(f"LADM is written as .json or .gpkg, not {target.name}.")
    classes = ladm_classes(content)
    with replacing(target, overwrite) as temporary:
        if target.suffix.lower() == ".json":
            temporary.write_text(_json(classes), "utf-8")
        else:
            _geopackage(classes, temporary)
    return target


def ladm_classes(content: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return tables as the classes of LADM; people go by id only.

    Parameters
    ----------
    content
        As for `write_ladm`.

    Returns
    -------
    dict of str to DataFrame
        ``LA_Party``, ``LA_GroupParty``, ``LA_PartyMember``, ``LA_SpatialUnit`` and ``LA_SpatialUnitGroup``
        (layers), ``LA_BAUnit``, ``LA_Right``, ``LA_Restriction``, ``LA_AdministrativeSource``. Areas in m2,
        days in ISO 8601; ``ladm.toml`` tells how each kind is called.

    Raises
    ------
    CRSError, PrivacyError, SchemaError
        As for `write_tables`.
    WriteError
        If there are no lots.

    References
    ----------
    ISO 19152:2012, Geographic information: Land Administration Domain Model (from memory).

    Examples
    --------
    >>> land = [shapely.box(0, 0, 8, 20)]
    >>> lots = geopandas.GeoDataFrame({"block_id": ["K"], "kind": ["lot"]}, geometry=land,
    ...     index=pandas.Index(["K-1"], name="lot_id"), crs=32719)
    >>> classes = ladm_classes({"lots": lots})
    >>> classes["LA_BAUnit"].iloc[0].tolist(), classes["LA_SpatialUnit"]["area"].tolist()
    (['file/K-1', 'K-1', 'basicPropertyUnit', 'K-1'], [160.0])
    """
    if "lots" not in content or content["lots"].empty:
        raise WriteError("LADM needs the table lots: they are its spatial units.")
    wanted = ("lots", "blocks", "households", "lot_events", "constraints")
    known: dict[str, Any] = ready({name: content[name] for name in wanted if name in content})
    crs = known["lots"].crs
    for name in wanted[1:]:
        known.setdefault(name, empty(name, crs))
    require_same_crs(lots=known["lots"], blocks=known["blocks"], constraints=known["constraints"])
    lots = known["lots"][known["lots"]["kind"] == "lot"]
    rights, sources = _rights(known["lot_events"])
    return {
        **_parties(known["households"], rights),
        **_units(lots, known["blocks"]),
        "LA_Right": rights,
        "LA_Restriction": _restrictions(lots, known["constraints"]),
        "LA_AdministrativeSource": sources,
    }


@cache
def _mapping() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "ladm.toml").read_text("utf-8"))


def _parties(households: pd.DataFrame, rights: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return households as parties, those that only hold rights too, and settlements as groups."""
    kinds = _mapping()["parties"]
    ids = sorted({*households.index.astype(str), *rights["party"].dropna()})
    lives = (
        (households["settlement"] if "settlement" in households else pd.Series(dtype=object))
        .dropna()
        .sort_index()
    )
    groups = sorted(set(lives))
    return {
        "LA_Party": pd.DataFrame({"pID": ids, "type": kinds["household"]}),
        "LA_GroupParty": pd.DataFrame({"groupID": groups, "type": kinds["settlement"]}),
        "LA_PartyMember": pd.DataFrame({"group": lives.to_numpy(), "party": lives.index.astype(str)}),
    }


def _units(lots: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    ids = lots.index.astype(str)
    number = lots["number"] if "number" in lots else pd.Series(None, lots.index, dtype="Int64")
    unit = {"suID": ids, "label": number.to_numpy(), "area": lots.area.to_numpy(), "dimension": "2D"}
    unit |= {"surfaceRelation": "onSurface", "group": lots["block_id"].to_numpy()}
    file = {"uID": "file/" + ids, "name": ids, "type": "basicPropertyUnit", "suID": ids}
    group = {"sugID": blocks.index.astype(str), "label": blocks.index.astype(str), "hierarchyLevel": 1}
    return {
        "LA_SpatialUnit": gpd.GeoDataFrame(unit, geometry=lots.geometry.to_numpy(), crs=lots.crs),
        "LA_SpatialUnitGroup": gpd.GeoDataFrame(group, geometry=blocks.geometry.to_numpy(), crs=lots.crs),
        "LA_BAUnit": pd.DataFrame(file),
    }


def _rights(events: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rights that events begin, each until the next one of its lot, and the papers behind."""
    known, ends = _mapping()["rights"], _mapping()["ends"]
    whole = events.reindex(
        columns=["lot_id", "household_id", "kind", "date", "evidence", "heir", "takes_back"]
    )
    undone = set(whole.loc[whole["kind"] == ends["takes_back"], "takes_back"].dropna())
    told = whole[whole["kind"].isin([*known, *ends["kinds"]]) & ~whole.index.isin(undone)]
    told = told.assign(key=told.index.astype(str)).sort_values(["lot_id", "date", "key"])
    types = told["kind"].map({kind: entry["type"] for kind, entry in known.items()}).astype(object)
    types = types.where(types != "", None).where(types.notna(), "")
    types = types.groupby(told["lot_id"]).ffill()
    party = told["heir"].where(told["kind"] == "transferred", told["household_id"]).astype(object)
    day = told["date"].dt.strftime("%Y-%m-%d").astype(object)
    source = told["evidence"].astype(object).where(told["evidence"].notna(), told["key"])
    rights = pd.DataFrame(
        {
            "rID": told["key"],
            "type": types,
            "uID": "file/" + told["lot_id"].astype(str),
            "party": party.where(party.notna(), None),
            "sID": source,
            "beginLifespanVersion": day,
            "endLifespanVersion": day.groupby(told["lot_id"]).shift(-1),
        }
    )
    rights["endLifespanVersion"] = rights["endLifespanVersion"].where(
        rights["endLifespanVersion"].notna(), None
    )
    kinds = told["kind"].map({kind: entry["source"] for kind, entry in known.items()}).fillna("resolution")
    sources = pd.DataFrame({"sID": source, "type": kinds, "acceptance": day})
    begun = ~told["kind"].isin(ends["kinds"])
    return rights[begun].reset_index(drop=True), sources.drop_duplicates("sID").reset_index(drop=True)


def _restrictions(lots: gpd.GeoDataFrame, constraints: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the restriction of each lot by each constraint that lies on it."""
    land, strips = (np.asarray(t.geometry.array, dtype=object) for t in (lots, constraints))
    strip, lot = shapely.STRtree(land).query(strips, predicate="intersects")
    area = shapely.area(shapely.intersection(strips[strip], land[lot]))
    strip, lot, area = strip[area > LEAST], lot[area > LEAST], area[area > LEAST]
    rows, ids = constraints.iloc[strip], lots.index.astype(str).to_numpy()[lot]
    result = pd.DataFrame(
        {
            "rID": rows.index.astype(str).to_numpy() + "/" + ids,
            "type": rows["kind"].map(_mapping()["restrictions"]).fillna(rows["kind"]).to_numpy(),
            "uID": "file/" + ids.astype(object),
            "description": rows["reason"].to_numpy(),
            "area": area.round(MICRON),
            "sID": rows["article"].to_numpy() if "article" in rows else None,
            "partyRequired": False,
        }
    )
    return result.sort_values("rID").reset_index(drop=True)


# -- files -------------------------------------------------------------------------------------------


def _json(classes: dict[str, pd.DataFrame]) -> str:
    mapping = _mapping()
    told: dict[str, Any] = {"standard": mapping["standard"], "confidence": mapping["confidence"]}
    told["crs"] = classes["LA_SpatialUnit"].crs.to_string()
    for name, table in classes.items():
        plain = pd.DataFrame(table)
        if "geometry" in plain:
            plain["geometry"] = shapely.to_wkt(np.asarray(table.geometry.array), rounding_precision=MICRON)
        told[name] = plain.astype(object).where(plain.notna(), None).to_dict("records")
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _geopackage(classes: dict[str, pd.DataFrame], path: Path) -> None:
    import pyogrio

    for name, table in classes.items():
        plain = as_rows(table.rename_axis("n")).drop(columns="n")
        kind = {"geometry_type": "Polygon"} if isinstance(table, gpd.GeoDataFrame) else {}
        pyogrio.write_dataframe(
            plain,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            dataset_options={"VERSION": "1.3"},
            **kind,
        )
