"""Spanish words of errors, found by the English ones: pairs of templates in the TOML files beside."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from ilo_gis.errors import EventsRefused, RuleError

__all__ = ["said"]

FIELD = re.compile(r"\{(\w+)(?::([^{}\s]*))?\}")  # {ids}, {share:.2f}; {count:d} takes digits alone
QUOTED = (
    "editing/sidelines.toml",
    "editing/swaps.toml",
    "tables/messages.toml",
)  # words in both languages that errors quote
LANGUAGES = ("en", "es")
BULLET = "- "  # begins a line of a list

Template = tuple[re.Pattern[str], str]


def said(error: Exception | str, lang: str = "es") -> str:
    """Say an error of the library in the language of who reads it.

    Ids, names and numbers stay as they are; words of the library among them, such as what sort of number is
    asked for, are put into Spanish too.

    Parameters
    ----------
    error : Exception or str
        An error, or its message in English.
    lang : {"es", "en"}
        The language.

    Returns
    -------
    str
        The message; in English where no Spanish one is known, as with errors of other packages.

    Raises
    ------
    RuleError
        If the language is none of the two.

    Examples
    --------
    >>> said("The plan has no lots A-7, A-9. Look the ids up in its tables.")
    'El plan no tiene lotes con código A-7, A-9. Búsquelos en sus tablas.'
    >>> said("max_depth is -1; it should be a positive number of m.")
    'max_depth es -1; debe ser un número mayor que 0, en m.'
    """
    if lang not in LANGUAGES:
        raise RuleError(f"lang is {lang!r}; it should be one of {', '.join(LANGUAGES)}.")
    text = str(error)
    if lang == "en":
        return text
    if isinstance(error, EventsRefused):
        for en, es in error.findings[["message", "message_es"]].itertuples(index=False):
            text = text.replace(en, es)  # details of findings are in two languages there
    whole = _filled(text, _templates("refusal"))
    return _part(text) if whole is None else whole


def _part(text: str) -> str:
    """Return a part of a message in Spanish, line by line; ids, names and numbers as they are."""
    if "\n" in text:
        return "\n".join(map(_part, text.split("\n")))
    if text.startswith(BULLET):
        return BULLET + _part(text.removeprefix(BULLET))
    there = _filled(text, _templates("part"))
    return text if there is None else there


def _filled(text: str, templates: list[Template]) -> str | None:
    """Return the Spanish of the first template that a text matches, filled."""
    for pattern, es in templates:
        if found := pattern.fullmatch(text):
            parts = {name: _part(part) for name, part in found.groupdict().items()}
            return FIELD.sub(lambda field: parts[field[1]], es)  # noqa: B023 - used at once
    return None


@cache
def _templates(kind: str) -> list[Template]:
    """Return templates that say most first: those of whole messages, or of parts, which may be whole ones."""
    here = [path for path in files("ilo_gis.refusals").iterdir() if path.name.endswith(".toml")]
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(here, key=lambda one: one.name)]
    pairs = [(pair["en"], pair["es"]) for table in tables for pair in table.get("refusal", [])]
    if kind == "part":
        words = chain.from_iterable(table.get("part", {}).items() for table in tables)
        pairs = [*words, *_quoted(), *pairs]
    pairs.sort(key=lambda pair: -len(FIELD.sub("", pair[0])))
    return [(_pattern(en), es) for en, es in pairs]


def _quoted() -> Iterator[tuple[str, str]]:
    for path in QUOTED:
        yield from _pairs(tomllib.loads(files("ilo_gis").joinpath(path).read_text("utf-8")))


def _pairs(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield English and Spanish from a table, wherever in it they stand side by side."""
    if {"en", "es"} <= set(table):
        yield table["en"], table["es"]
    for inner in table.values():
        if isinstance(inner, dict):
            yield from _pairs(inner)


def _pattern(template: str) -> re.Pattern[str]:
    """Return what a filled template looks like; a field that comes again has the same words again."""
    pattern, seen, end = "", list[str](), 0
    for field in FIELD.finditer(template):
        name = field[1]
        words = rf"(?P={name})" if name in seen else rf"(?P<{name}>{r'[0-9]+' if field[2] == 'd' else '.*?'})"
        pattern += re.escape(template[end : field.start()]) + words
        seen, end = [*seen, name], field.end()
    return re.compile(pattern + re.escape(template[end:]), re.DOTALL)
