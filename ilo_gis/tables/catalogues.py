"""Catalogues of zones as data: codes, colours and parameters, dated, with source and confidence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import NormError, SchemaError, near_words, some_ids
from ilo_gis.sources import parse
from ilo_gis.tables.catalogue_checks import PARAMETERS, require_sound
from ilo_gis.tables.schema import describe

__all__ = [
    "PARAMETERS",
    "Catalogue",
    "Correspondence",
    "ZoneType",
    "catalogue",
    "catalogues",
    "corresponding",
    "with_parameters",
]


@dataclass(frozen=True)
class ZoneType:
    """What a code stands for.

    Attributes
    ----------
    code, en, es : str
        The code, and its name in English and Spanish.
    family : str
        General use, a key of ``kinds("zones")``, such as ``"housing"``.
    density_class : str
        A key of ``kinds("densities")``; empty where nobody lives.
    color : str
        Usual colour on Peruvian plans, ``"#rrggbb"``.
    parameters : Mapping of float
        Those of `PARAMETERS` that are known: net_density (persons/ha), min_area (m2), min_frontage and
        max_height (m), max_floors, min_free_area and max_coverage (share).
    ranges : Mapping of (float, float)
        Least and greatest value where the source of a parameter gives several.
    parameters_source, source : str
        Who gives the parameters, and who the code.
    confidence, status : str
        Keys of ``ilo_gis.sources.CONFIDENCE`` and ``STATUS``, for the code.
    parameters_status : str
        The same of the parameters; empty where there are none.
    note : str
        What else to know.
    """

    code: str
    en: str
    es: str
    family: str
    density_class: str
    color: str
    parameters: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    parameters_source: str
    parameters_status: str
    source: str
    confidence: str
    status: str
    note: str


@dataclass(frozen=True)
class Correspondence:
    """Codes of a catalogue that stand for a code of another one.

    Attributes
    ----------
    codes : tuple of str
        All that come into question; none where nothing is known.
    note, note_es : str
        Why, and what is left for the plan to say.
    confidence, status : str
        Keys of ``ilo_gis.sources.CONFIDENCE`` and ``STATUS``; empty where nothing is known.
    """

    codes: tuple[str, ...] = ()
    note: str = ""
    note_es: str = ""
    confidence: str = ""
    status: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The codes that plans of a time are drawn with.

    Attributes
    ----------
    name, title, title_es : str
        Name of the file without ending; title in English and Spanish.
    since, until : date or None
        First day on which plans were approved under it, and first day on which no longer.
    article, source, confidence, status, note : str
        Where it comes from and how far to trust it.
    zones : Mapping of ZoneType
        By code.
    corresponding : tuple of Mapping
        What its codes (``own``) are in another catalogue (``codes`` of ``catalogue``).
    """

    name: str
    title: str
    title_es: str
    since: date | None
    until: date | None
    article: str
    source: str
    confidence: str
    status: str
    note: str
    zones: Mapping[str, ZoneType]
    corresponding: tuple[Mapping[str, Any], ...] = ()

    def in_force(self, on: date) -> bool:
        """Return whether plans were approved under it on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


def catalogues() -> Mapping[str, Catalogue]:
    """Return the shipped catalogues by name, the oldest first.

    Examples
    --------
    >>> list(catalogues())
    ['ilo_1988', 'pe_2016', 'pe_2022']
    """
    return _shipped()


def catalogue(name_or_path: str | os.PathLike[str]) -> Catalogue:
    """Return a shipped catalogue by name, or read one of your own.

    Parameters
    ----------
    name_or_path : str or path
        Name of a shipped catalogue, or path of a TOML file.

    Returns
    -------
    Catalogue

    Raises
    ------
    NormError
        If there is no such catalogue or file, or the file is broken: file, line and key are named.

    References
    ----------
    DS 022-2016-VIVIENDA, article 101; DS 012-2022-VIVIENDA.

    Examples
    --------
    >>> low = catalogue("pe_2016").zones["RDB"]
    >>> low.es, low.parameters["min_area"], low.parameters_status
    ('Residencial de densidad baja', 300.0, 'illustrative')
    """
    if str(name_or_path) in catalogues():
        return catalogues()[str(name_or_path)]
    path = Path(name_or_path)
    if not path.is_file():
        raise NormError(
            f"There is no catalogue of zones {str(name_or_path)!r}. Shipped are {', '.join(catalogues())}; "
            "one of your own is named by the path of its TOML file."
        )
    return _read(path)


@cache
def _shipped() -> Mapping[str, Catalogue]:
    folder = files(__package__) / "catalogues_data"
    found = [_read(path) for path in folder.iterdir() if path.name.endswith(".toml")]
    ordered = sorted(found, key=lambda one: (one.since or date.min, one.name))
    return MappingProxyType({one.name: one for one in ordered})


def _read(path: Traversable | Path) -> Catalogue:
    source = parse(path.read_bytes(), str(path), path.name.removesuffix(".toml"))
    require_sound(source)
    head: dict[str, Any] = {"article": "", "note": "", "since": None, "until": None}
    head |= source.entries["catalogue"]
    zones = {code: _zone(code, entry, head) for code, entry in source.entries["zones"].items()}
    pairs = tuple(MappingProxyType(one) for one in source.entries.get("corresponding", ()))
    return Catalogue(name=source.stem, **head, zones=MappingProxyType(zones), corresponding=pairs)


def _zone(code: str, entry: Mapping[str, Any], head: Mapping[str, Any]) -> ZoneType:
    given = entry.get("parameters", {})
    inherited = {key: entry.get(key, head[key]) for key in ("source", "confidence", "status")}
    return ZoneType(
        code=code,
        **{key: entry[key] for key in ("en", "es", "family", "color")},
        density_class=entry.get("density_class", ""),
        parameters=MappingProxyType({key: float(given[key]) for key in PARAMETERS if key in given}),
        ranges=MappingProxyType({key: (low, high) for key, (low, high) in entry.get("ranges", {}).items()}),
        parameters_source=given.get("source", inherited["source"] if given else ""),
        parameters_status=given.get("status", inherited["status"] if given else ""),
        **inherited,
        note=entry.get("note", ""),
    )


def corresponding(
    code: str, source: str, target: str, catalogues: Mapping[str, Catalogue] | None = None
) -> Correspondence:
    """Return what a code of one catalogue is in another.

    Parameters
    ----------
    code : str
        A code of `source`.
    source, target : str
        Names of catalogues.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.

    Returns
    -------
    Correspondence
        All codes that come into question, with the reason. None where no correspondence is stated.

    Raises
    ------
    NormError
        If a catalogue or the code is unknown.

    References
    ----------
    DS 012-2022-VIVIENDA merged housing, commerce and special uses into one urban zone.

    Examples
    --------
    >>> corresponding("RDA", "pe_2016", "pe_2022").codes
    ('urban_high', 'urban_very_high')
    >>> corresponding("urban_low", "pe_2022", "pe_2016").codes
    ('RDB', 'CV', 'CZ', 'CE', 'CI', 'CM', 'OU')
    """
    known = _shipped() if catalogues is None else catalogues
    for name in (source, target):
        if name not in known:
            raise NormError(f"There is no catalogue {name!r}. There are: {', '.join(known)}.")
    if code not in known[source].zones:
        raise NormError(
            f"{source} has no code {code!r}. Near: {', '.join(near_words(code, known[source].zones))}."
        )
    found = [(one["codes"], one) for one in known[source].corresponding if code in one["own"]]
    found = [(codes, one) for codes, one in found if one["catalogue"] == target]
    found += [
        (one["own"], one)
        for one in known[target].corresponding
        if one["catalogue"] == source and code in one["codes"]
    ]
    if not found:
        return Correspondence()
    entries = [one for _, one in found]

    def said(key: str) -> str:
        return " ".join(dict.fromkeys(one.get(key, "") for one in entries))

    return Correspondence(
        codes=tuple(dict.fromkeys(each for codes, _ in found for each in codes)),
        note=said("note"),
        note_es=said("note_es"),
        confidence=entries[-1]["confidence"],
        status="unresolved" if len(entries) > 1 else entries[0]["status"],
    )


def with_parameters(
    zones: gpd.GeoDataFrame, catalogues: Mapping[str, Catalogue] | None = None
) -> gpd.GeoDataFrame:
    """Fill what zones do not say of themselves from the catalogues of their codes.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``: ``catalogue``, ``code``; optional ``family``, ``density_class`` and `PARAMETERS`.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.

    Returns
    -------
    GeoDataFrame
        A copy with ``family``, ``density_class`` and all `PARAMETERS`; what neither the zone nor its
        catalogue gives stays missing. ``from_catalogue`` names the parameters that the catalogue gave.

    Raises
    ------
    SchemaError
        If a catalogue or a code is unknown; the zones are named, with the near codes.

    Examples
    --------
    >>> zone = {"catalogue": ["pe_2016"], "code": ["RDM"], "min_area": [120.0]}
    >>> zone = geopandas.GeoDataFrame(zone, geometry=[shapely.box(0, 0, 9, 9)], crs=32719)
    >>> with_parameters(zone)[["min_area", "min_frontage", "from_catalogue"]].iloc[0].tolist()
    [120.0, 6.0, 'net_density, min_frontage, max_floors, min_free_area']
    """
    known = _shipped() if catalogues is None else catalogues
    _require_known(zones, known)
    pairs = pd.MultiIndex.from_frame(zones[["catalogue", "code"]])
    types = {(name, code): zone for name, one in known.items() for code, zone in one.zones.items()}
    held = [types[pair] for pair in pairs]
    result, filled = zones.copy(), np.full(len(zones), "", dtype=object)
    for column in ("family", "density_class"):
        own = _column(result, column).astype("string").replace("", pd.NA)
        result[column] = own.fillna(
            pd.Series([getattr(t, column) for t in held], zones.index, dtype="string")
        )
        result[column] = result[column].replace("", pd.NA).astype(describe("zones").at[column, "dtype"])
    for column in PARAMETERS:
        own = _column(result, column).astype(float)
        usual = pd.Series([t.parameters.get(column, np.nan) for t in held], zones.index, dtype=float)
        taken = (own.isna() & usual.notna()).to_numpy()
        filled[taken] = [f"{text}, {column}" if text else column for text in filled[taken]]
        result[column] = own.fillna(usual)
    return result.assign(from_catalogue=pd.Series(filled, zones.index, dtype="string"))


def _column(table: gpd.GeoDataFrame, name: str) -> pd.Series:
    return table[name] if name in table else pd.Series(np.nan, table.index, dtype=object)


def _require_known(zones: gpd.GeoDataFrame, known: Mapping[str, Catalogue]) -> None:
    missing = [name for name in ("catalogue", "code") if name not in zones]
    if missing:
        raise SchemaError(f"zones have no column {' and '.join(missing)}. See `tables.describe('zones')`.")
    faults = []
    for (name, code), rows in zones.groupby(["catalogue", "code"], dropna=False, sort=True):
        if name not in known:
            what = f"catalogue {name!r} is unknown; there are {', '.join(known)}. Pass `catalogues=`."
        elif code not in known[name].zones:
            near = ", ".join(near_words(code, known[name].zones)) or "none"
            what = f"code {code!r} is not in {name}; near: {near}."
        else:
            continue
        faults.append(f"- {some_ids(rows.index)}: {what}")
    if faults:
        raise SchemaError("Zones cannot be read by their catalogues:\n" + "\n".join(faults))
