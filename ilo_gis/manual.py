"""What a tool does, asks for and gives, in words: the help of its form, and the page of all tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from inspect import isclass
from typing import Any, get_type_hints

from ilo_gis.signatures import (
    NOT_OFFERED,
    PYTHON_ONLY,
    Parameter,
    Result,
    options,
    parameters,
    purpose,
    references,
    results,
    summary,
)
from ilo_gis.tables import describe

__all__ = ["COLUMNS", "GROUPS", "HEADS", "group", "manual", "title"]

HEADS = ("Parameters", "Results", "Only from Python", "Sources")
COLUMNS = "Main columns"
MAIN = 8  # columns that are told of a result

GROUPS = {
    "subdivision": "Land subdivision", "zoning": "Zoning", "site": "The site", "siting": "Taps and latrines",
    "relocation": "Seafront and relocation", "promuvi": "PROMUVI: serviced plots",
    "networks": "Networks and paving",
}  # fmt: skip

Said = Callable[[str], str]


def group(tool: Callable[..., Any]) -> str:
    """Return which of the `GROUPS` a tool is in: its domain.

    Examples
    --------
    >>> group(ilo_gis.subdivision.cut_lots)
    'subdivision'
    """
    domain = tool.__module__.split(".")[1]
    return domain if domain in GROUPS else "subdivision"


def title(name: str, said: Said = str) -> str:
    """Return the short name of a tool, parameter, result or choice.

    Examples
    --------
    >>> title("min_area")
    'Min area'
    """
    return said(name.replace("_", " ").capitalize())


def manual(tool: Callable[..., Any], said: Said = str, lang: str = "en") -> dict[str, list[tuple[str, str]]]:
    """Return the manual of a tool: what it does, parameters with units, results with columns, sources.

    Parameters
    ----------
    tool : function
        As for `ilo_gis.signatures.parameters`.
    said : callable
        Gives a text of the library in another language.
    lang : {"en", "es"}
        Language of the names of columns.

    Returns
    -------
    dict of str to list of tuple
        By head, entries of a name and a text. The first head is ``""``, and so are the names of sentences
        that stand by themselves. Heads without entries are left out.

    Examples
    --------
    >>> told = manual(ilo_gis.zoning.zones_on)
    >>> list(told)
    ['', 'Parameters', 'Results', 'Sources']
    >>> told["Parameters"][1]
    ('On', 'The day.')
    """
    asked = [one for one in parameters(tool) if one.kind != "progress"]
    entries = (
        [("", said(text)) for text in (summary(tool), *purpose(tool))],
        [(title(one.name, said), _asked(one, said)) for one in asked],
        [(title(one.table or one.name, said), _given(one, said, lang)) for one in results(tool)],
        [(title(name, said), said(why)) for name, why in _left(tool)],
        [("", said(text)) for text in references(tool)],
    )
    heads = ("", *map(said, HEADS))
    return {head: told for head, told in zip(heads, entries, strict=True) if told}


def _asked(one: Parameter, said: Said) -> str:
    """Return what a parameter is, and what holds where it is not given."""
    if isinstance(one.default, bool) or one.default in (None, ""):
        return said(one.text)
    usual = title(one.default, said) if one.kind == "choice" else str(one.default).removesuffix(".0")
    return f"{said(one.text)} [{usual}]"


def _given(one: Result, said: Said, lang: str) -> str:
    """Return what a result is, and its main columns with their units."""
    if not one.table:
        return said(one.text)
    spec = describe(one.table).drop(index="geometry", errors="ignore")
    spec = spec.iloc[(spec["required"] != "yes").argsort(kind="stable")].head(MAIN)
    units = spec["unit"].fillna("")
    units = units.where(units == "", ", " + units)
    shown = spec["alias_es"] + " (" + spec.index + units + ")" if lang == "es" else spec.index + units
    return f"{said(one.text)} {said(COLUMNS)}: {'; '.join(shown)}."


def _left(tool: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Yield what of a tool, and of the records that it takes, no form offers, and why."""
    found = (hint for hints in get_type_hints(tool).values() for hint in options(hints))
    owners = {tool.__name__, *(hint.__name__ for hint in found if isclass(hint) and is_dataclass(hint))}
    for key, why in (NOT_OFFERED | PYTHON_ONLY).items():
        owner, field = key.split(".")
        if owner in owners:
            yield field, why
