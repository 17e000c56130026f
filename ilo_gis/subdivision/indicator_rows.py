"""Rows of the table of indicators: what ``indicators.toml`` says of each figure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from ilo_gis.tables.indicators import Row

__all__ = ["Target", "indicator_row", "said", "target_of"]

AT = {"more": "least", "less": "most"}
HAIR = 1e-5  # share by which a value may miss its target: norms and tapes are no finer


class Target(NamedTuple):
    """A value to be reached, whether the least or the most, its norm, and by what share it may be missed."""

    value: float = np.nan
    at: str = "least"
    source: str = ""
    hair: float = HAIR


@cache
def said() -> Mapping[str, Mapping[str, Any]]:
    """Return what the file says of each figure, in the order of the table."""
    return tomllib.loads((files(__package__) / "indicators.toml").read_text("utf-8"))


def indicator_row(
    template: str, value: float, words: Mapping[str, Any], target: Target, *, name: str = ""
) -> Row:
    """Return the row of a figure.

    Parameters
    ----------
    template : str
        Its entry in the file.
    value : float
        NaN where it cannot be told.
    words : mapping
        What stands for the ``{words}`` of the entry; ``en``, ``es`` and ``source`` are of one row.
    target : Target
        As `target_of` or a norm says.
    name : str
        Of the row, where an entry is for several.

    Examples
    --------
    >>> row = indicator_row("inhabitants", 100.0, {"persons": 5}, Target())
    >>> row.label_es, row.met, row.source
    ('Habitantes', None, 'lots times 5 persons')
    """
    entry = said()[template]
    label, label_es, unit, source = (
        entry.get(key, "").format(**words) for key in ("en", "es", "unit", "source")
    )
    told = "; ".join(filter(None, [source, target.source]))
    met = _met(value, target)
    return Row(name or template, label, label_es, value, unit, entry["direction"], target.value, met, told)


def target_of(template: str, norms: Mapping[str, Any]) -> Target:
    """Return the target that the norms set for a figure; none where the norm is not in force.

    Examples
    --------
    >>> target_of("longest_block", ilo_gis.norms.load("pe"))[:2]
    (300.0, 'most')
    """
    entry = said()[template]
    wanted = entry.get("target", {})
    norm: Any = norms.get(wanted.get("norm", ""))
    if norm is None:
        return Target()
    value = wanted.get("value", norm.value[wanted["key"]] if "key" in wanted else norm.value)
    at = wanted.get("at") or AT[entry["direction"]]
    return Target(float(value * wanted.get("times", 1)), at, f"{norm.source}, {norm.article}")


def _met(value: float, target: Target) -> bool | None:
    if np.isnan(value) or np.isnan(target.value):
        return None
    hair = target.hair * abs(target.value)
    return bool(value >= target.value - hair if target.at == "least" else value <= target.value + hair)
