"""What occupants need of the place that they go to, as data; and how many households they are."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.errors import ReadError, RuleError

__all__ = ["READINGS", "WEIGHTS", "Need", "Needs", "household_count", "usual_needs"]

READINGS = ("households", "persons")
WEIGHTS = ("work", "shore", "together", "area", "unknown")


@dataclass(frozen=True)
class Need:
    """What an occupant needs of a place.

    Attributes
    ----------
    uses : tuple of str
        The place has to permit one of them; none: any place will do.
    area_share : float
        Land of the place, at least this share of the land that is left.
    area_per_household : float
        Land for each household, m2.
    shore, work, together, on_lots : bool
        Whether it is the better the nearer the sea; the nearer the work; the nearer neighbours of the same
        kind; and whether it may go to adjoining lots of a plan.
    shore_within : float, optional
        Greatest distance to the sea, m.
    """

    uses: tuple[str, ...] = ()
    area_share: float = 0.0
    area_per_household: float = 0.0
    shore: bool = False
    work: bool = False
    together: bool = False
    on_lots: bool = False
    shore_within: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "uses", tuple(self.uses))
        for name in ("area_share", "area_per_household", "shore_within"):
            _require_number(name, getattr(self, name), name == "shore_within")


@dataclass(frozen=True)
class Needs:
    """Needs by kind of occupant and by occupant, which goes before its kind, and the weights of costs."""

    kinds: Mapping[str, Need]
    occupants: Mapping[str, Need] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(WEIGHTS, 1.0))
    persons_per_household: float = 5.0
    neighbours_within: float = 100.0
    source: str = ""
    confidence: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        if strange := sorted(set(self.weights) ^ set(WEIGHTS)):
            raise RuleError(f"Weights {', '.join(strange)} are unknown or missing. There are: {WEIGHTS}.")
        for name, value in self.weights.items():
            _require_number(f"weight {name}", value)
        _require_number("neighbours_within", self.neighbours_within)
        if not self.persons_per_household > 0:
            raise RuleError(f"persons_per_household is {self.persons_per_household}; it should be above 0.")

    def of(self, occupants: pd.DataFrame) -> list[Need]:
        """Return the need of each occupant.

        Raises
        ------
        RuleError
            If there is none for its kind.
        """
        kinds = occupants["kind"].astype(str)
        known = [
            self.occupants.get(str(id_), self.kinds.get(kind))
            for id_, kind in zip(occupants.index, kinds, strict=True)
        ]
        if lacking := sorted({kind for kind, need in zip(kinds, known, strict=True) if need is None}):
            raise RuleError(f"There are no needs of {', '.join(lacking)}. Write them under [kinds].")
        return [need for need in known if need is not None]


def usual_needs(path: str | os.PathLike[str] | None = None) -> Needs:
    """Read needs and weights.

    Parameters
    ----------
    path : path-like, optional
        TOML file of your own; without it the example that ilo_gis ships, which binds nobody.

    Returns
    -------
    Needs

    Raises
    ------
    ReadError
        If the file cannot be read, or has keys that nobody knows.
    RuleError
        If figures make no sense.

    Examples
    --------
    >>> needs = usual_needs()
    >>> needs.kinds["households"].uses, needs.occupants["shipyard"].shore, needs.status
    (('housing',), True, 'illustrative')
    """
    file = files(__package__) / "needs.toml" if path is None else Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The needs of {file} cannot be read: {error}.") from error
    strange = sorted(set(told) - {one.name for one in fields(Needs)})
    own = {one.name for one in fields(Need)}
    for group in ("kinds", "occupants"):
        strange += sorted({key for need in told.get(group, {}).values() for key in need} - own)
    if strange or "kinds" not in told:
        raise ReadError(f"{file}: {', '.join(strange) or 'kinds'} is unknown or missing.")
    made = {g: {k: Need(**need) for k, need in told.get(g, {}).items()} for g in ("kinds", "occupants")}
    return Needs(**(told | made))


def household_count(
    occupants: pd.DataFrame, reading: str = "households", persons_per_household: float = 5.0
) -> pd.Series:
    """Return how many households occupants are, in one of two readings where the source means either.

    Parameters
    ----------
    occupants : DataFrame
        Table ``occupants``.
    reading : {"households", "persons"}
        What a count is whose ``count_of`` is unclear.
    persons_per_household : float
        By which persons become households, the last one not full.

    Returns
    -------
    Series
        Int64: 0 for those that are no households, empty where the source has no number.

    Raises
    ------
    RuleError
        If the reading is unknown, or persons are none.

    References
    ----------
    López Follegatti 1999, Table 3: "60 residents" of La Picuda may be persons or households.

    Examples
    --------
    >>> told = pandas.DataFrame({"kind": ["households"], "count": [60], "count_of": ["unclear"]}, index=["p"])
    >>> [household_count(told, reading).item() for reading in READINGS]
    [60, 12]
    """
    if reading not in READINGS or not persons_per_household > 0:
        raise RuleError(
            f"reading is {reading!r} with {persons_per_household} persons a household; it can be "
            f"{' or '.join(READINGS)}, with a number above 0."
        )
    count = occupants.get("count", pd.Series(pd.NA, occupants.index)).astype("Float64")
    unit = occupants.get("count_of", pd.Series("unclear", occupants.index)).astype("string")
    persons = (unit.fillna("unclear").replace("unclear", reading) == "persons").to_numpy(bool)
    count = count.mask(persons, np.ceil(count / persons_per_household))
    count = count.mask((occupants["kind"].astype(str) != "households").to_numpy(), 0)
    return count.round().astype("Int64").rename("household_count")


def _require_number(name: str, value: Any, gap: bool = False) -> None:
    if not (gap and value is None) and not (isinstance(value, Real) and 0 <= float(value) < np.inf):
        raise RuleError(f"{name} is {value!r}; it should be a number from 0 on.")
