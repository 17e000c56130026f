"""What a catalogue of zones has to be. All faults of a file are told at once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ilo_gis.errors import NormError
from ilo_gis.sources import CONFIDENCE, STATUS, Source
from ilo_gis.tables.kinds import kinds
from ilo_gis.tables.schema import describe

__all__ = ["PARAMETERS", "require_sound"]

PARAMETERS = (
    "net_density", "min_area", "min_frontage", "max_floors", "max_height", "min_free_area", "max_coverage",
)  # fmt: skip
"""Columns of the table ``zones`` that a catalogue may give for a code."""

ORIGIN = ("source", "confidence", "status")
HEAD = (("title", "title_es", *ORIGIN), ("since", "until", "article", "note"))  # required, welcome
ZONE = (("en", "es", "family", "color"), ("density_class", "parameters", "ranges", "note", *ORIGIN))
PAIR = (("catalogue", "own", "codes", "confidence", "status", "note", "note_es"), ())
COLOR = re.compile(r"#[0-9a-fA-F]{6}")

Fault = tuple[tuple[str, ...], str]  # path of the key, and what is wrong with it
Keys = tuple[tuple[str, ...], tuple[str, ...]]


def require_sound(source: Source) -> None:
    """Raise unless a file is a catalogue of zones.

    Parameters
    ----------
    source : Source
        The parsed file.

    Raises
    ------
    NormError
        Naming the file and, for each fault, the line, the key and what to do.
    """
    faults = list(_catalogue(source.entries))
    if faults:
        told = "\n".join(
            f"- line {source.line(*path)}, key {'.'.join(path)}: {what}" for path, what in faults
        )
        raise NormError(f"{source.name} cannot be used as a catalogue of zones:\n{told}")


def _catalogue(entries: Mapping[str, Any]) -> Iterator[Fault]:
    head, zones = entries.get("catalogue"), entries.get("zones")
    for key in entries:
        if key not in ("catalogue", "zones", "corresponding"):
            yield (key,), "unknown. A catalogue has [catalogue], [zones.CODE] and [[corresponding]]."
    if isinstance(head, dict):
        yield from _keys(("catalogue",), head, HEAD)
        yield from _words(("catalogue",), head)
        yield from _days(head)
    else:
        yield ("catalogue",), "missing. Head the file with [catalogue] and its title, source and dates."
    if not isinstance(zones, dict) or not zones:
        yield ("zones",), "missing. Head each code with [zones.CODE]."
        return
    for code, entry in zones.items():
        yield from _zone(code, entry)
    yield from _pairs(entries.get("corresponding", []), zones)


def _keys(path: tuple[str, ...], entry: Mapping[str, Any], keys: Keys) -> Iterator[Fault]:
    required, welcome = keys
    for key in entry:
        if key not in (*required, *welcome):
            yield (*path, key), f"unknown key. There may be: {', '.join((*required, *welcome))}."
    for key in required:
        if key not in entry:
            yield (*path, key), f"missing. Add a line `{key} = ...` under [{'.'.join(path)}]."


def _words(path: tuple[str, ...], entry: Mapping[str, Any]) -> Iterator[Fault]:
    """Check texts, and words of which only some are known."""
    closed: dict[str, Iterable[str]] = {
        "confidence": CONFIDENCE,
        "status": STATUS,
        "family": kinds("zones"),
        "density_class": kinds("densities"),
    }
    for key in ("title", "title_es", "en", "es", "article", "source", "note", "note_es", "color", *closed):
        if key not in entry:
            continue
        if not isinstance(entry[key], str) or not entry[key].strip():
            yield (*path, key), "should be a text in quotes, not empty."
        elif key in closed and entry[key] not in closed[key]:
            yield (*path, key), f"{entry[key]!r} is none of: {', '.join(closed[key])}."
        elif key == "color" and not COLOR.fullmatch(entry[key]):
            yield (*path, key), f'{entry[key]!r} is no colour such as "#f7c653".'


def _days(head: Mapping[str, Any]) -> Iterator[Fault]:
    given = {key: head[key] for key in ("since", "until") if key in head}
    for key, value in given.items():
        if not isinstance(value, date) or isinstance(value, datetime):
            yield ("catalogue", key), f"{value!r} is no date. Write it without quotes: {key} = 2016-12-24."
            return
    if len(given) == 2 and given["until"] <= given["since"]:
        yield ("catalogue", "until"), f"{given['until']} is not after since, {given['since']}."


def _zone(code: str, entry: Any) -> Iterator[Fault]:
    path = ("zones", code)
    if not isinstance(entry, dict):
        yield path, f"is no zone. Head it with [zones.{code}]."
        return
    yield from _keys(path, entry, ZONE)
    yield from _words(path, entry)
    parameters, ranges = entry.get("parameters", {}), entry.get("ranges", {})
    for key, table in (("parameters", parameters), ("ranges", ranges)):
        if not isinstance(table, dict):
            yield (*path, key), f"should be headed [zones.{code}.{key}]."
            return
    yield from _keys((*path, "parameters"), parameters, ((), (*PARAMETERS, *ORIGIN)))
    yield from _words((*path, "parameters"), parameters)
    for key in [key for key in parameters if key in PARAMETERS]:
        if fault := _number(key, parameters[key]):
            yield (*path, "parameters", key), fault
    yield from _keys((*path, "ranges"), ranges, ((), PARAMETERS))
    for key in [key for key in ranges if key in PARAMETERS]:
        yield from _range((*path, "ranges", key), ranges[key], parameters.get(key))


def _number(key: str, value: Any) -> str:
    unit = describe("zones").at[key, "unit"]
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return f"{value!r} is not a number ({unit})."
    if value < 0 or (value == 0 and unit != "share"):
        return f"{value} should be more than 0 ({unit})."
    return f"{value} is no share: write 0.30 for 30 %." if unit == "share" and value > 1 else ""


def _range(path: tuple[str, ...], given: Any, usual: Any) -> Iterator[Fault]:
    if not isinstance(given, list) or len(given) != 2:
        yield path, f"{given!r} should be the least and the greatest value, such as [90, 150]."
    elif faults := [fault for value in given if (fault := _number(path[-1], value))]:
        yield path, faults[0]
    elif given[0] > given[1]:
        yield path, f"{given[0]} is more than {given[1]}. Write the least value first."
    elif isinstance(usual, int | float) and not given[0] <= usual <= given[1]:
        yield path, f"the parameter, {usual}, lies outside of it."


def _pairs(given: Any, zones: Mapping[str, Any]) -> Iterator[Fault]:
    path = ("corresponding",)
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        yield path, "should be headed [[corresponding]], in double brackets."
        return
    for one in given:
        yield from _keys(path, one, PAIR)
        yield from _words(path, one)
        for key in [key for key in ("own", "codes") if key in one]:
            if not isinstance(one[key], list) or not all(isinstance(code, str) for code in one[key]):
                yield (*path, key), 'should be a list of codes, such as ["RDM"].'
            elif key == "own" and (strange := [code for code in one[key] if code not in zones]):
                yield (*path, key), f"{', '.join(strange)} is no code of this catalogue."
