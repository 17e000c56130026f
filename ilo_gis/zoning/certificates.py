"""The certificate of a lot: what its zone lets be built, as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis.errors import RuleError, near_words
from ilo_gis.norms import Norm, load
from ilo_gis.tables import describe, empty, findings, join_findings
from ilo_gis.tables.catalogues import Catalogue, with_parameters
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.tables.certificate import Certificate, Parameter, PermittedUse
from ilo_gis.tables.kinds import kinds
from ilo_gis.zoning.assignment import assign_held, require_layers, zones_in_force
from ilo_gis.zoning.conformity import hold_against, zones_of_lots
from ilo_gis.zoning.uses import UseIndex, use_index

__all__ = ["certificate"]

TERM = "procedures.parameters_certificate"
AROUND = 0.8  # of the size of the block: as far the surroundings reach beyond it
LEAST = 40.0  # m; and at least so far
ASKED = (  # columns of the zone, or of the lot, in the order in which the law asks for them
    "net_density", "min_area", "min_frontage", "max_floors", "max_height", "floor_ratio", "min_free_area",
    "max_coverage", "setback", "alignment", "parking", "heritage", "risk",
)  # fmt: skip
UNITS = {"setback": "m"} | describe("zones")["unit"].to_dict()


def certificate(
    lot_id: str,
    lots: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    *,
    on: date,
    catalogues: Mapping[str, Catalogue] | None = None,
    norms: Mapping[str, Norm] | None = None,
    index: UseIndex | None = None,
    issuer: str = "",
) -> Certificate:
    """Return what a certificate of parameters says of a lot on a day.

    The *certificado de parámetros urbanísticos y edificatorios* of Peru: lot, zone, parameters,
    uses, legal base and term, with what is to be known of them. What no source gives is None
    ("no establecido"). Owners are not named.

    Parameters
    ----------
    lot_id : str
        The lot, by the index of `lots`.
    lots : GeoDataFrame
        Lots in metres; ``block_id``, ``number``, ``frontage`` (m), ``kind`` where they are known.
    zones : GeoDataFrame
        Table ``zones`` in the CRS of `lots`. Columns ``floor_ratio``, ``setback`` (m), ``alignment`` and
        ``parking`` are taken up where there are any; ``heritage`` and ``risk`` also from `lots`.
    on : date
        Day of issue; the zones in force on it count.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.
    norms : mapping of str to Norm, optional
        By default those of Peru in force on the day; they give the term.
    index : UseIndex, optional
        Index of uses, instead of the shipped illustrative one.
    issuer : str
        Municipality that issues it; empty leaves a line to fill in.

    Returns
    -------
    Certificate
        Data for `reports.certificate_report`.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        As `assign` and `with_parameters`.
    RuleError
        If there is no such lot (near ids are named), it is a remnant, or it lies in no zone that day.

    References
    ----------
    Ley 29090, article 14: what the certificate says, and that it holds for 36 months.

    Examples
    --------
    >>> import datetime
    >>> lots = geopandas.GeoDataFrame(index=["K-1"], geometry=[shapely.box(0, 0, 8, 20)], crs=32719)
    >>> zones = {"plan": ["PDU"], "approved": [pandas.Timestamp("2018-05-01")], "catalogue": ["pe_2016"],
    ...     "code": ["RDM"], "min_area": [120.0]}
    >>> zones = geopandas.GeoDataFrame(zones, index=["Z1"], geometry=[shapely.box(0, 0, 50, 50)], crs=32719)
    >>> said = certificate("K-1", lots, zones, on=datetime.date(2026, 3, 2))
    >>> said.code, said.valid_until.isoformat()
    ('RDM', '2029-03-02')
    >>> [(one.name, one.value, one.illustrative) for one in said.parameters[1:3]]
    [('min_area', 120.0, False), ('min_frontage', 6.0, True)]
    """
    require_layers(lots, zones)
    _require_lot(lot_id, lots)
    known = shipped() if catalogues is None else catalogues
    law = (load("pe", on=on) if norms is None else norms)[TERM]
    index = use_index() if index is None else index
    near = _near(lots, lot_id)
    held = zones_in_force(zones, on)
    held = with_parameters(held[held.intersects(shapely.box(*near.total_bounds))], known)
    assigned = assign_held(near, held, tolerance=0.01, overlap=1.0)
    zone = zones_of_lots(assigned.loc[[lot_id]], held, known).iloc[0]
    if pd.isna(assigned.at[lot_id, "zone_id"]):
        raise RuleError(f"Lot {lot_id} lies in no zone in force on {on}: there is nothing to certify.")
    own = near.loc[[lot_id]]
    return Certificate(
        **_about(own.iloc[0], lot_id),
        **_zoning(zone, str(assigned.at[lot_id, "zone_id"]), known),
        parameters=_parameters(zone, own.iloc[0]),
        uses=_uses(zone, index, known),
        law=f"{law.article}: {law.title_es}",
        issuer=issuer,
        issued=on,
        valid_until=(pd.Timestamp(on) + pd.DateOffset(months=law.value)).date(),
        findings=join_findings(
            hold_against(own, held, assigned.loc[[lot_id]], known, index),
            _unchecked(own, law, known[zone["catalogue"]], index),
        ),
        surroundings=_surroundings(near, held, assigned, lot_id, known),
        schematic=" ".join(dict.fromkeys(_text(row.get("note")) for row in (own.iloc[0], zone))).strip(),
    )


def _require_lot(lot_id: str, lots: gpd.GeoDataFrame) -> None:
    if lot_id not in lots.index:
        near = ", ".join(near_words(lot_id, lots.index, most=5, cutoff=0.3)) or "none"
        raise RuleError(f"There is no lot {lot_id}. Lots with ids like it: {near}.")
    if "kind" in lots and lots.at[lot_id, "kind"] == "remnant":
        raise RuleError(
            f"{lot_id} is a remnant: land that cannot be a lot has no certificate. Ask for a lot beside it."
        )


def _near(lots: gpd.GeoDataFrame, lot_id: str) -> gpd.GeoDataFrame:
    """Return the lots round the block of a lot."""
    own = lots.loc[[lot_id]]
    block = lots[lots["block_id"] == own["block_id"].iloc[0]] if "block_id" in lots else own
    west, south, east, north = block.total_bounds
    reach = max(AROUND * max(east - west, north - south), LEAST)
    return lots[lots.intersects(shapely.box(west - reach, south - reach, east + reach, north + reach))]


def _about(lot: pd.Series, lot_id: str) -> dict[str, Any]:
    front = lot.get("frontage")
    return {
        "lot_id": str(lot_id),
        "block": _text(lot.get("block_id")),
        "number": _text(lot.get("number")),
        "area": lot.geometry.area,
        "frontage": None if front is None or pd.isna(front) else float(front),
    }


def _zoning(zone: pd.Series, zone_id: str, known: Mapping[str, Catalogue]) -> dict[str, Any]:
    """Return what a certificate says of the zone itself."""
    catalogue = known[zone["catalogue"]]
    kind, name = catalogue.zones[zone["code"]], _text(zone.get("name"))
    density = kinds("densities").get(_text(zone["density_class"]))
    approved = zone.get("approved")
    return {
        "zone_id": zone_id,
        "code": kind.code,
        "name_en": f"{kind.en} ({name})" if name else kind.en,
        "name_es": f"{kind.es} ({name})" if name else kind.es,
        "density_en": density.en if density else "",
        "density_es": density.es if density else "",
        "plan": _text(zone.get("plan")),
        "act": _text(zone.get("act")),
        "approved": None if approved is None or pd.isna(approved) else pd.Timestamp(approved).date(),
        "catalogue_en": catalogue.title,
        "catalogue_es": catalogue.title_es,
    }


def _parameters(zone: pd.Series, lot: pd.Series) -> tuple[Parameter, ...]:
    usual = zone["from_catalogue"].split(", ")
    found = []
    for name in ASKED:
        value = next((row[name] for row in (zone, lot) if name in row and not pd.isna(row[name])), None)
        taken = name in usual
        plain = value if value is None or isinstance(value, str) else float(value)
        found.append(Parameter(name, plain, UNITS.get(name, ""), taken, taken and bool(zone["illustrative"])))
    return tuple(found)


def _uses(zone: pd.Series, index: UseIndex, known: Mapping[str, Catalogue]) -> tuple[PermittedUse, ...]:
    """Return the uses that may go to a zone."""
    kind = known[zone["catalogue"]].zones[zone["code"]]
    said = [(use, use.index(kind)) for use in index.uses.values()]
    return tuple(PermittedUse(use.en, use.es, how) for use, how in said if how != "incompatible")


def _unchecked(own: gpd.GeoDataFrame, law: Norm, catalogue: Catalogue, index: UseIndex) -> gpd.GeoDataFrame:
    """Return what is to be checked before anybody signs: the term, the codes, the index of uses."""
    told = [empty("findings", own.crs)]
    if law.status == "unresolved":
        told.append(findings("lots", own, "certificate.term", detail=law.article, found=law.value))
    if catalogue.status == "unresolved":
        told.append(findings("lots", own, "certificate.catalogue", detail=catalogue.name))
    if index.status != "settled":
        told.append(findings("lots", own, "certificate.uses"))
    return join_findings(*told)


def _surroundings(
    near: gpd.GeoDataFrame,
    held: gpd.GeoDataFrame,
    assigned: gpd.GeoDataFrame,
    lot_id: str,
    known: Mapping[str, Catalogue],
) -> gpd.GeoDataFrame:
    """Return zones and lots to draw, the lot itself last."""
    colors = {
        (name, code): known[name].zones[code].color
        for name, code in zip(held["catalogue"], held["code"], strict=True)
    }
    paint = {
        str(z): colors[key]
        for z, key in zip(held.index, zip(held["catalogue"], held["code"], strict=True), strict=True)
    }
    blank = pd.Series("", near.index)
    lots = pd.DataFrame(
        {
            "layer": "lot",
            "block": near.get("block_id", blank).map(_text),
            "label": near.get("number", blank).map(_text),
            "code": assigned["code"].fillna(""),
            "color": assigned["zone_id"].map(paint).fillna("#ffffff"),
        }
    ).assign(geometry=near.geometry)
    area = pd.DataFrame(
        {
            "layer": "zone",
            "block": "",
            "label": "",
            "code": held["code"],
            "color": [*map(paint.get, held.index.astype(str))],
        }
    ).assign(geometry=held.geometry)
    own = lots.loc[[lot_id]].assign(layer="own")
    drawn = pd.concat([area.sort_index(), lots.drop(index=lot_id).sort_index(), own], ignore_index=True)
    return gpd.GeoDataFrame(drawn, geometry="geometry", crs=near.crs).rename_axis("shape")


def _text(value: object) -> str:
    """Return a value as text, whole numbers without decimals; nothing where there is none."""
    if value is None or pd.isna(value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
