"""What an entry of a file of norms has to be. All faults of a file are told at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ilo_gis.errors import NormError
from ilo_gis.sources import CONFIDENCE, STATUS, Source

__all__ = ["require_sound"]

TEXTS = ["article", "source", "confidence", "status", "note"]  # may be one text, or one per date of `values`
REQUIRED = ["description", "title_es", "unit", "article", "source", "confidence", "status", "values"]
KEYS = [*REQUIRED, "note", "until", "alternatives"]
WORDS = {"confidence": CONFIDENCE, "status": STATUS}
NO_NUMBER = "text"  # the unit of values that are words

Fault = tuple[tuple[str, ...], str]  # path of the key, and what is wrong with it


def require_sound(source: Source) -> None:
    """Raise unless every entry of a file is complete and makes sense.

    Parameters
    ----------
    source : Source
        The parsed file.

    Raises
    ------
    NormError
        Naming the file and, for each fault, the line, the key and what to do.
    """
    faults = [fault for name, entry in source.entries.items() for fault in _entry(name, entry)]
    if faults:
        told = "\n".join(
            f"- line {source.line(*path)}, key {'.'.join(path)}: {what}" for path, what in faults
        )
        raise NormError(f"{source.name} cannot be used:\n{told}")


def _entry(name: str, entry: Any) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield (name,), "stands outside any norm. Put it under a header such as [lot_type_3]."
        return
    yield from _keys(name, entry)
    values = entry.get("values")
    dates = list(values) if isinstance(values, dict) else []
    for key in TEXTS:
        if key in entry:
            yield from _dated_text((name, key), entry[key], dates)
    if "unit" in entry and not _is_unit(entry["unit"]):
        yield (name, "unit"), 'should be a text such as "m", or a table such as {min_area = "m2"}.'
    elif "values" in entry and "unit" in entry:
        yield from _values(name, values, entry["unit"])
    yield from _until(name, entry.get("until"), dates)
    yield from _alternatives(name, entry)
    yield from _doubts(name, entry)


def _keys(name: str, entry: dict[str, Any]) -> Iterator[Fault]:
    for key in entry:
        if key not in KEYS:
            yield (name, key), f"unknown key. A norm has these: {', '.join(KEYS)}."
    for key in REQUIRED:
        if key not in entry:
            yield (name, key), f"missing. Add a line `{key} = ...` under [{name}]."
    for key in ("description", "title_es"):
        if key in entry and not _is_text(entry[key]):
            yield (name, key), "should be a text in quotes, not empty."


def _dated_text(path: tuple[str, ...], given: Any, dates: list[str]) -> Iterator[Fault]:
    """Check a text given once, or once for each date of the values."""
    key = path[-1]
    if isinstance(given, dict):
        if sorted(given) != sorted(dates):
            yield path, f"should be one text, or have the dates of `values`: {', '.join(dates)}."
        texts = {(*path, day): text for day, text in given.items()}
    else:
        texts = {path: given}
    for where, text in texts.items():
        if not _is_text(text):
            yield where, "should be a text in quotes, not empty."
        elif key in WORDS and text not in WORDS[key]:
            yield where, f"{text!r} is none of: {', '.join(WORDS[key])}."


def _values(name: str, values: Any, unit: Any) -> Iterator[Fault]:
    if not isinstance(values, dict) or not values:
        yield (name, "values"), "has no value. Write one line a date, such as `values.2006-06-08 = 160`."
        return
    used: set[str] = set()
    for day, value in values.items():
        path = (name, "values", day)
        if not _is_day(day):
            yield path, f"{day!r} is no date. Write year-month-day, such as values.2006-06-08."
        yield from _value(path, value, unit)
        used |= set(value) if isinstance(value, dict) else set()
    for key in set(unit) - used if isinstance(unit, dict) else ():
        yield (name, "unit", key), f"no value has the key {key!r}. Take the unit out, or mend the name."


def _value(path: tuple[str, ...], value: Any, unit: Any) -> Iterator[Fault]:
    """Check a value against its unit, down through its tables and lists."""
    if isinstance(value, dict | list) and not value:
        yield path, "is empty. Give it a value."
    elif isinstance(value, dict):
        for key, part in value.items():
            # a key without a unit of its own is taken for words
            yield from _value(
                (*path, key), part, unit.get(key, NO_NUMBER) if isinstance(unit, dict) else unit
            )
    elif isinstance(value, list):
        for part in value:
            yield from _value(path, part, unit)
    elif isinstance(unit, dict):
        example = f"{{{next(iter(unit))} = ...}}"
        yield path, f"{value!r} stands alone, its unit is a table. Write a table such as {example}."
    elif fault := _word_fault(value) if unit == NO_NUMBER else _number_fault(value, unit):
        yield path, fault


def _word_fault(value: Any) -> str:
    if _is_number(value):
        return f"the number {value} has no unit. Name it under `unit`."
    return (
        ""
        if isinstance(value, bool) or _is_text(value)
        else f"{value!r} should be a text in quotes, not empty."
    )


def _number_fault(value: Any, unit: str) -> str:
    if not _is_number(value):
        return f"{value!r} is not a number, and the unit {unit!r} asks for one."
    if value < 0:
        return f"{value} is negative."
    return f"{value} is no share: write 0.08 for 8 %." if unit == "share" and value > 1 else ""


def _until(name: str, given: Any, dates: list[str]) -> Iterator[Fault]:
    if given is None:
        return
    if not isinstance(given, date) or isinstance(given, datetime):
        yield (name, "until"), f"{given!r} is no date. Write it without quotes: until = 2017-06-07."
    elif any(day >= given.isoformat() for day in dates):
        yield (name, "until"), f"{given} is not after the last date of `values`, {max(dates)}."


def _alternatives(name: str, entry: dict[str, Any]) -> Iterator[Fault]:
    path = (name, "alternatives")
    given = entry.get("alternatives", [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        yield path, "should be headed [[" + name + ".alternatives]], in double brackets."
        return
    for one in given:
        if set(one) != {"value", "source", "confidence"}:
            yield path, "each needs a value, a source and a confidence, and nothing else."
        elif not _is_text(one["source"]):
            yield (*path, "source"), "should be a text in quotes, not empty."
        elif one["confidence"] not in list(CONFIDENCE):  # a list, for what is given may be no text
            yield (*path, "confidence"), f"{one['confidence']!r} is none of: {', '.join(CONFIDENCE)}."
    if given and "unresolved" not in _each(entry.get("status")):
        yield (name, "status"), 'sources disagree here, so it should be "unresolved".'


def _doubts(name: str, entry: dict[str, Any]) -> Iterator[Fault]:
    """Keep a half-remembered value from passing for a settled one."""
    weak = [text for text in _each(entry.get("confidence")) if text in ("memory-mid", "memory-low")]
    if weak and _each(entry.get("status")) == ["settled"]:
        yield (
            (name, "status"),
            f'what is known by "{weak[0]}" is not settled: write "unresolved" or "illustrative".',
        )


def _each(given: Any) -> list[Any]:
    return list(given.values()) if isinstance(given, dict) else [given]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_unit(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(map(_is_text, value.values()))
    return _is_text(value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
