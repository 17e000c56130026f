"""What a certificate of zoning parameters says of a lot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd

__all__ = ["Certificate", "Parameter", "PermittedUse"]


@dataclass(frozen=True)
class Parameter:
    """One figure of a certificate.

    Attributes
    ----------
    name : str
        Column of the table ``zones``, or what the law asks for besides.
    value : float, str or None
        None where no source gives one.
    unit : str
        Unit of the value.
    of_catalogue : bool
        Whether the catalogue of the code gives it, not the zone itself.
    illustrative : bool
        Whether it is no more than an example.
    """

    name: str
    value: float | str | None
    unit: str
    of_catalogue: bool = False
    illustrative: bool = False


@dataclass(frozen=True)
class PermittedUse:
    """A use and what the zone says to it, in English and Spanish.

    Attributes
    ----------
    en, es : str
        Its name.
    index : str
        ``"compatible"`` or ``"conditional"``.
    """

    en: str
    es: str
    index: str


@dataclass(frozen=True)
class Certificate:
    """A certificate of parameters (*certificado de parámetros urbanísticos y edificatorios*) as data.

    Nobody is named in it: lots are known by block and number.

    Attributes
    ----------
    lot_id, block, number : str
        The lot; block and number are empty where the layer has none.
    area : float
        Measured, m2.
    frontage : float or None
        Front on streets, m.
    zone_id, code : str
        The zone with the largest share of the lot, and its code.
    name_en, name_es : str
        What the code stands for, with the name of the zone where it has one.
    density_en, density_es : str
        Its density class; empty where nobody lives.
    plan, act : str
        The plan, and the act that approved it.
    approved : date or None
        Day of the approval.
    catalogue_en, catalogue_es : str
        Title of the catalogue of the code.
    parameters : tuple of Parameter
        In the order of the law; those that nobody gives too.
    uses : tuple of PermittedUse
        Uses that the zone permits.
    law : str
        Law and article that ask for the certificate.
    issuer : str
        Office that issues it; empty where it is filled in by hand.
    issued, valid_until : date
        Day of issue, and last day on which it holds.
    findings : GeoDataFrame
        Table ``findings``: what to know of lot and figures.
    surroundings : GeoDataFrame
        Land around the lot, to draw: ``layer`` (zone, lot or own), ``block``, ``label``, ``code``, ``color``.
    schematic : str
        What the layers say of themselves, such as that they are no survey; empty otherwise.
    """

    lot_id: str
    block: str
    number: str
    area: float
    frontage: float | None
    zone_id: str
    code: str
    name_en: str
    name_es: str
    density_en: str
    density_es: str
    plan: str
    act: str
    approved: date | None
    catalogue_en: str
    catalogue_es: str
    parameters: tuple[Parameter, ...]
    uses: tuple[PermittedUse, ...]
    law: str
    issuer: str
    issued: date
    valid_until: date
    findings: gpd.GeoDataFrame
    surroundings: gpd.GeoDataFrame
    schematic: str = ""
