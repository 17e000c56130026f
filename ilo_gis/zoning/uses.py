"""What may be built in a zone: the index of uses as data, and the answer with its reason."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from ilo_gis.errors import NormError, RuleError, near_words
from ilo_gis.sources import CONFIDENCE, STATUS, parse
from ilo_gis.tables.catalogues import Catalogue, ZoneType
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.zoning.versions import periods

__all__ = ["Permission", "Use", "UseIndex", "permitted", "use_index"]

INDEXES = ("compatible", "conditional")  # what is in neither is incompatible
HEAD = ("title", "title_es", "article", "source", "confidence", "status")
USE = ("en", "es", "also", *INDEXES, "condition", "condition_es")

Fault = tuple[tuple[str, ...], str]  # path of the key, and what is wrong with it


@dataclass(frozen=True)
class Use:
    """A use of land, and the zones that admit it.

    Attributes
    ----------
    name, en, es : str
        Key of the file, and name in English and Spanish.
    also : tuple of str
        Other words for it.
    compatible, conditional : tuple of str
        Codes and families of zones; a code goes before its family.
    condition, condition_es : str
        Under what condition.
    """

    name: str
    en: str
    es: str
    also: tuple[str, ...]
    compatible: tuple[str, ...]
    conditional: tuple[str, ...]
    condition: str
    condition_es: str

    def index(self, zone: ZoneType) -> str:
        """Return ``"compatible"``, ``"conditional"`` or ``"incompatible"``."""
        for word in (zone.code, zone.family):
            for index in INDEXES:
                if word in getattr(self, index):
                    return index
        return "incompatible"


@dataclass(frozen=True)
class UseIndex:
    """An index of uses (índice de usos para la ubicación de actividades urbanas).

    Attributes
    ----------
    title, title_es, article, source, confidence, status : str
        Where it comes from and how far to trust it.
    reasons : Mapping
        What is said of each index, in English and Spanish.
    uses : Mapping of Use
        By name.
    """

    title: str
    title_es: str
    article: str
    source: str
    confidence: str
    status: str
    reasons: Mapping[str, Mapping[str, str]]
    uses: Mapping[str, Use]


@dataclass(frozen=True)
class Permission:
    """Whether a use may go to a zone, and why.

    Attributes
    ----------
    use, code : str
        Name of the use and code of the zone.
    index : str
        ``"compatible"``, ``"conditional"`` or ``"incompatible"``.
    allowed : bool
        Whether it may, be it under conditions.
    reason, reason_es : str
        Why, in English and Spanish.
    article, source, confidence, status : str
        Where the index comes from and how far to trust it.
    catalogue, plan : str
        Catalogue of the code; plan of the zone, empty for a bare code.
    since : date or None
        First day of the zone, or of the catalogue.
    """

    use: str
    code: str
    index: str
    allowed: bool
    reason: str
    reason_es: str
    article: str
    source: str
    confidence: str
    status: str
    catalogue: str
    plan: str
    since: date | None


def use_index(path: str | os.PathLike[str] | None = None) -> UseIndex:
    """Return the index of uses: the shipped illustrative one, or that of a TOML file of your own.

    Parameters
    ----------
    path : path, optional
        A file in the form of ``uses.toml``, without its ``[reasons]``.

    Returns
    -------
    UseIndex

    Raises
    ------
    NormError
        If there is no such file, or it is broken: line and key are named.

    Examples
    --------
    >>> use_index().uses["colegio"].conditional[:2], use_index().status
    (('housing', 'mixed'), 'illustrative')
    """
    if path is None:
        return _shipped()
    if not Path(path).is_file():
        raise NormError(f"There is no index of uses {os.fspath(path)}. Check the path of the TOML file.")
    return _read(Path(path), _shipped().reasons)


def permitted(
    use: str,
    zone: str | pd.Series,
    *,
    on: date | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
    index: UseIndex | None = None,
) -> Permission:
    """Return whether a use may go to a zone, with index and reason.

    Parameters
    ----------
    use : str
        A use by its name or another word for it, in any case, such as ``"bodega"``.
    zone : str or Series
        A code such as ``"RDM"``, or a row of the table ``zones``.
    on : date, optional
        The day. A bare code is then one of the catalogues in force; a row has to hold that day.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.
    index : UseIndex, optional
        Instead of the shipped illustrative one: `use_index`.

    Returns
    -------
    Permission

    Raises
    ------
    RuleError
        If the use or code is unknown (the near ones are listed), the zone does not hold that day, or the
        code is in several catalogues.
    SchemaError
        If the zone has no day of approval.

    References
    ----------
    DS 022-2016-VIVIENDA: the index of uses is part of the zoning. Indexes are municipal.

    Examples
    --------
    >>> permitted("Bodega", "RDM", on=pandas.Timestamp("2018-01-01")).index
    'compatible'
    >>> permitted("harina de pescado", "RDM").reason_es[:67]
    'Fábrica de harina de pescado: uso no compatible en Residencial de d'
    """
    known, told = shipped() if catalogues is None else catalogues, use_index() if index is None else index
    wanted = _use(use, told.uses)
    catalogue, plan, since = _held(zone, on, known) if isinstance(zone, pd.Series) else _bare(zone, on, known)
    kind = catalogue.zones[zone["code"] if isinstance(zone, pd.Series) else zone]
    found = wanted.index(kind)
    elsewhere = [one.code for one in catalogue.zones.values() if wanted.index(one) != "incompatible"]
    words: dict[str, Any] = {"code": kind.code, "elsewhere": ", ".join(elsewhere) or "–"}
    english = words | {"use": wanted.en, "zone": kind.en, "condition": wanted.condition}
    spanish = words | {"use": wanted.es, "zone": kind.es, "condition": wanted.condition_es}
    return Permission(
        use=wanted.name,
        code=kind.code,
        index=found,
        allowed=found != "incompatible",
        reason=told.reasons[found]["en"].format(**english),
        reason_es=told.reasons[found]["es"].format(**spanish),
        **{key: getattr(told, key) for key in ("article", "source", "confidence", "status")},
        catalogue=catalogue.name,
        plan=plan,
        since=since,
    )


# -- which use, which zone ------------------------------------------------------------------------


def _use(word: str, known: Mapping[str, Use]) -> Use:
    names = {_plain(said): use for use in known.values() for said in (*use.also, use.en, use.es, use.name)}
    if _plain(word) in names:
        return names[_plain(word)]
    near = dict.fromkeys(names[one].name for one in near_words(_plain(word), names, most=5))
    said = f"Near: {', '.join(near)}" if near else f"There are: {', '.join(known)}"
    raise RuleError(f"The index has no use {word!r}. {said}.")


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def _held(
    row: pd.Series, on: date | None, known: Mapping[str, Catalogue]
) -> tuple[Catalogue, str, date | None]:
    """Return the catalogue, plan and first day of a zone that holds on a day."""
    first, last = (day[0].astype("datetime64[D]").item() for day in periods(row.to_frame().T))
    when = None if on is None else pd.Timestamp(on).date()
    if when is not None and not first <= when < last:
        end = "" if last.year == 9999 else f" until {last}"
        raise RuleError(
            f"Zone {row.name} of {row['plan']} holds from {first}{end}, not on {when}. "
            "Take the zones of that day: `zoning.zones_on(zones, on)`."
        )
    name, code = row["catalogue"], row["code"]
    if name not in known:
        raise RuleError(
            f"Zone {row.name}: catalogue {name!r} is unknown; there are {', '.join(known)}. "
            "Pass your own with `catalogues=`."
        )
    if code not in known[name].zones:
        near = ", ".join(near_words(code, known[name].zones)) or "none"
        raise RuleError(f"Zone {row.name}: code {code!r} is not in {name}. Near: {near}.")
    return known[name], str(row["plan"]), first


def _bare(code: str, on: date | None, known: Mapping[str, Catalogue]) -> tuple[Catalogue, str, date | None]:
    """Return the catalogue that a bare code is of, no plan, and the first day of the catalogue."""
    having = [one for one in known.values() if code in one.zones]
    if not having:
        near = {like: one.name for one in known.values() for like in near_words(code, one.zones)}
        said = ", ".join(f"{like} ({name})" for like, name in near.items()) or "none"
        raise RuleError(f"No catalogue has the code {code!r}. Near: {said}.")
    when = None if on is None else pd.Timestamp(on).date()
    held = [one for one in having if when is None or one.in_force(when)]
    if len(held) == 1:
        return held[0], "", held[0].since
    spans = "; ".join(f"{one.name} from {one.since} until {one.until or 'now'}" for one in having)
    if not held:
        raise RuleError(
            f"The code {code!r} was not in force on {when}: it is of {spans}. A plan approved in time keeps "
            "its codes: pass the row of the zone, or `on` a day of the plan."
        )
    raise RuleError(f"The code {code!r} is in several catalogues: {spans}. Say which day: `on=` (`--on`).")


# -- the file -------------------------------------------------------------------------------------


@cache
def _shipped() -> UseIndex:
    return _read(files(__package__) / "uses.toml", None)


def _read(path: Traversable | Path, reasons: Mapping[str, Mapping[str, str]] | None) -> UseIndex:
    source = parse(path.read_bytes(), str(path), path.name)
    said = source.entries.pop("reasons") if reasons is None else reasons
    if faults := list(_faults(source.entries)):
        told = "\n".join(
            f"- line {source.line(*where)}, key {'.'.join(where)}: {what}" for where, what in faults
        )
        raise NormError(f"{source.name} cannot be used as an index of uses:\n{told}")
    return UseIndex(
        **source.entries["index"],
        reasons=MappingProxyType(said),
        uses=MappingProxyType({name: _entry(name, entry) for name, entry in source.entries["uses"].items()}),
    )


def _entry(name: str, entry: Mapping[str, Any]) -> Use:
    texts = {key: entry.get(key, "") for key in ("en", "es", "condition", "condition_es")}
    lists: dict[str, Any] = {key: tuple(entry.get(key, ())) for key in ("also", *INDEXES)}
    return Use(name, **texts, **lists)


def _faults(entries: Mapping[str, Any]) -> Iterator[Fault]:
    head, listed = entries.get("index"), entries.get("uses")
    for key in set(entries) - {"index", "uses"}:
        yield (key,), "unknown. The file has [index] and [uses.NAME]."
    if not isinstance(head, dict) or sorted(head) != sorted(HEAD):
        yield ("index",), f"head the file with [index] and these keys, no others: {', '.join(HEAD)}."
    elif head["confidence"] not in CONFIDENCE or head["status"] not in STATUS:
        yield ("index",), f"confidence is one of {', '.join(CONFIDENCE)}; status of {', '.join(STATUS)}."
    if not isinstance(listed, dict) or not listed:
        yield ("uses",), "missing. Head each use with [uses.NAME]."
        return
    for name, entry in listed.items():
        yield from _use_faults(("uses", name), entry if isinstance(entry, dict) else {})


def _use_faults(path: tuple[str, ...], entry: Mapping[str, Any]) -> Iterator[Fault]:
    for key in ("en", "es"):
        if not isinstance(entry.get(key), str):
            yield (*path, key), "should be a text in quotes."
    for key in entry:
        if key not in USE:
            yield (*path, key), f"unknown key. There may be: {', '.join(USE)}."
        elif key in ("also", *INDEXES) and not _is_list(entry[key]):
            yield (*path, key), 'should be a list of words, such as ["RDM", "commerce"].'


def _is_list(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(word, str) for word in given)
