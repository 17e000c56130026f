"""Kinds of constraints, and the strips that each has: what ``kinds.toml`` says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["EFFECTS", "Kind", "Strip", "constraint_kinds"]

EFFECTS = ("forbid", "limit")


@dataclass(frozen=True)
class Strip:
    """One strip of a kind of constraint.

    Attributes
    ----------
    reason : str
        Why, ``"Spanish / English"``.
    effect : {"forbid", "limit"}
        What it does to building.
    name : str
        Of the strip, where a kind has several.
    norm, key : str
        Norm that gives the width in m, and the key of its value; without one the width is 0.
    classed, by, unit, otherwise : str
        Norm that gives the width by class; the column that has the class; its unit where classes
        are steps up to a figure; the class of features without one.
    after : bool
        Whether it begins where the strip before ends.
    ended : bool
        Whether barriers end it, and land may be exempt.
    """

    reason: str
    effect: str = "forbid"
    name: str = ""
    norm: str = ""
    key: str = ""
    classed: str = ""
    by: str = ""
    unit: str = ""
    otherwise: str = ""
    after: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Kind:
    """What makes a constraint.

    Attributes
    ----------
    en, es : str
        Its name in English and Spanish.
    shapes : tuple of {"point", "line", "polygon"}
        What its layer may hold.
    measure : {"each_side", "whole", "inland"}
        How a width is laid out.
    strips : tuple of Strip
        From the nearest to the farthest.
    """

    en: str
    es: str
    shapes: tuple[str, ...]
    measure: str
    strips: tuple[Strip, ...]


@cache
def constraint_kinds() -> Mapping[str, Kind]:
    """Return the kinds of constraints by name.

    Examples
    --------
    >>> [(strip.name, strip.norm, strip.effect) for strip in constraint_kinds()["railway"].strips]
    [('zone', 'easements.railway', 'forbid'), ('influence', 'easements.railway', 'limit')]
    """
    told = tomllib.loads((files(__package__) / "kinds.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            name: Kind(
                entry["en"],
                entry["es"],
                tuple(entry["shapes"]),
                entry["measure"],
                tuple(Strip(**strip) for strip in entry["strips"]),
            )
            for name, entry in told.items()
        }
    )
