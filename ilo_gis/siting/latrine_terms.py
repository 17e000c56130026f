"""What a latrine needs, and what it has to stay away from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from math import isfinite
from numbers import Real
from typing import Any

from ilo_gis.errors import RuleError

__all__ = ["LatrineTerms", "latrine_words"]


@dataclass(frozen=True)
class LatrineTerms:
    """What a latrine needs, and what it has to stay away from.

    Parameters
    ----------
    from_house : float
        Least distance to a house, m.
    from_water, from_water_min : float
        Distance to a well or other source of water that is advised, and the least of all, m.
    pit, margin : float
        Width of the pit, and room between it and the lot line, m.
    grade : float
        Least fall from the latrine to the line of the future sewer, as a share of the distance.
    sewer_depth : float
        How deep the future sewer lies below the ground at its line, m.
    front_within : float
        Greatest distance from the front of a lot to the centre line of its street, m; a lot farther
        away is told.

    Raises
    ------
    RuleError
        If a figure makes no sense.

    References
    ----------
    Sanitation course, module 1425 (6 to 50 m from the house, 30 to 50 m from water, 15 m at least); Sphere
    handbook 2011. Balvín, López Follegatti and Hordijk 1996, section V: the municipality fixes the corner.

    Examples
    --------
    >>> terms = LatrineTerms.from_norms(ilo_gis.norms.load("pe"))
    >>> terms.from_house, terms.from_water, terms.from_water_min
    (6, 30, 15)
    """

    from_house: float
    from_water: float
    from_water_min: float
    pit: float
    margin: float
    grade: float
    sewer_depth: float
    front_within: float

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not isinstance(value, Real) or not isfinite(value) or value < 0:
                raise RuleError(f"{one.name} is {value!r}; it should be a number from 0 on.")

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], **given: Any) -> LatrineTerms:
        """Return the terms of the norms and of ``latrines.toml``, save for what is given.

        Examples
        --------
        >>> LatrineTerms.from_norms(ilo_gis.norms.load("pe"), pit=-1)
        Traceback (most recent call last):
        ilo_gis.errors.RuleError: pit is -1; it should be a number from 0 on.
        """
        rule = norms["international.latrine_siting"].value
        sphere = norms["international.latrine_distance"].value
        known = {
            "from_house": rule["from_house"][0],
            "from_water": max(rule["from_water"][0], sphere["from_water_source_min"]),
            "from_water_min": rule["from_water_min"],
        }
        examples = {name: entry["value"] for name, entry in latrine_words()["terms"].items()}
        return cls(**(examples | known | given))


@cache
def latrine_words() -> dict[str, Any]:
    """Return the examples and words of ``latrines.toml``.

    Examples
    --------
    >>> latrine_words()["corners"]["back_left"]["es"]
    'posterior izquierda'
    """
    return tomllib.loads((files(__package__) / "latrines.toml").read_text("utf-8"))
