"""What a public tap can serve, and what it is held to."""

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

__all__ = ["TapTerms"]


@dataclass(frozen=True)
class TapTerms:
    """What a public tap can serve, and what it is held to.

    Parameters
    ----------
    capacity : int
        Most households a tap.
    max_walk : float
        Longest way from the front of a lot to its tap along the streets, m.
    persons_per_household : float
        Persons in each household.
    persons_per_tap, flow, litres, distance : float
        What the Sphere handbook holds taps to: most persons a tap at a flow (l/min), water a person
        a day (l), and the longest way (m).
    hours : float
        Hours a day in which water is fetched.
    setback : float
        How far the tap stands before the lot line, m.
    front_within : float
        Greatest distance from the front of a lot to the centre line of its street, m; a lot farther
        away is told.

    Raises
    ------
    RuleError
        If a figure makes no sense.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V (one tap for each 100 households); Sphere
    handbook 2011, water supply.

    Examples
    --------
    >>> terms = TapTerms.from_norms(ilo_gis.norms.load("pe"), max_walk=200.0)
    >>> terms.capacity, terms.max_walk, terms.persons_per_tap, terms.flow
    (100, 200.0, 250, 7.5)
    """

    capacity: int
    max_walk: float
    persons_per_household: float
    persons_per_tap: float
    flow: float
    litres: float
    distance: float
    hours: float
    setback: float
    front_within: float

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            least = 0 if one.name == "setback" else 1e-9
            if not isinstance(value, Real) or not isfinite(value) or value < least:
                raise RuleError(f"{one.name} is {value!r}; it should be a number above 0.")
        if self.capacity != int(self.capacity):
            raise RuleError(f"capacity is {self.capacity}; households are a whole number.")

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], **given: Any) -> TapTerms:
        """Return the terms of the norms and of ``siting.toml``, save for what is given.

        Examples
        --------
        >>> TapTerms.from_norms(ilo_gis.norms.load("pe"), capacity=0)
        Traceback (most recent call last):
        ilo_gis.errors.RuleError: capacity is 0; it should be a number above 0.
        """
        sphere = norms["international.persons_per_tap"].value
        known = {
            "capacity": norms["promuvi.taps"].value["households_per_tap"],
            "max_walk": norms["international.tap_distance"].value,
            "persons_per_tap": sphere["persons"],
            "flow": sphere["flow"],
            "litres": norms["international.water_per_person"].value,
            "distance": norms["international.tap_distance"].value,
        }
        return cls(**(_examples() | known | given))


@cache
def _examples() -> dict[str, float]:
    told = tomllib.loads((files(__package__) / "siting.toml").read_text("utf-8"))
    return {name: entry["value"] for name, entry in told.items()}
