"""The published weights of the ranking, as data."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from importlib.resources import files
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.errors import ReadError, RuleError, did_you_mean
from ilo_gis.tables import describe

__all__ = ["TICKET", "Criterion", "Weights", "usual_weights"]

DERIVED = ("income_per_head", "dependants_share", "years_resident")
TICKET = "ticket"
YEAR = 365.2425  # days


@dataclass(frozen=True)
class Criterion:
    """What gives points; its attributes are told in ``weights.toml``."""

    value: str
    weight: float
    none: float = 0.0
    full: float = 1.0
    shares: Mapping[str, float] = field(default_factory=dict)
    en: str = ""
    es: str = ""

    def __post_init__(self) -> None:
        known = {*DERIVED, *describe("households").index}
        if self.value not in known:
            raise RuleError(f"No value {self.value!r} to give points for{did_you_mean(self.value, known)}.")
        if not (isinstance(self.weight, Real) and 0 <= float(self.weight) < np.inf):
            raise RuleError(
                f"The weight of {self.value} is {self.weight!r}; it should be a number from 0 on."
            )
        if not self.shares and not abs(float(self.full) - float(self.none)) > 0:
            raise RuleError(f"{self.value}: none and full are both {self.none}; they should differ.")
        if wrong := [word for word, share in self.shares.items() if not 0 <= share <= 1]:
            raise RuleError(f"{self.value}: shares of {', '.join(wrong)} are not from 0 to 1.")

    def values(self, known: pd.DataFrame, today: pd.Timestamp) -> pd.Series:
        """Return what was found of each applicant: numbers, or words where there are shares."""
        if self.value == "income_per_head":
            return known["income"] / known["members"]
        if self.value == "dependants_share":
            return known["dependants"] / known["members"]
        if self.value == "years_resident":
            return (today - known["resident_since"]).dt.days / YEAR
        return known[self.value]

    def share(self, values: pd.Series) -> pd.Series:
        """Return which part of the criterion is met, from 0 to 1; nothing where the value is not known."""
        if self.shares:
            strange = sorted(set(values.dropna().astype(str)) - set(self.shares))
            if strange:
                raise RuleError(
                    f"{self.value}: no share for {', '.join(strange)}. There are: {', '.join(self.shares)}."
                )
            return values.astype(object).map(dict(self.shares)).astype(float).fillna(0.0)
        part = (values.astype(float) - self.none) / (self.full - self.none)
        return part.clip(0.0, 1.0).fillna(0.0)


@dataclass(frozen=True)
class Weights:
    """All criteria by id, and what parts those who have as many points."""

    criteria: Mapping[str, Criterion]
    ties: tuple[str, ...] = ("applied_on", TICKET)
    source: str = ""
    confidence: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", tuple(self.ties))
        known = {TICKET, *describe("applicants").index, *describe("households").index}
        if strange := [one for one in self.ties if one.removeprefix("-") not in known]:
            raise RuleError(
                f"Ties cannot be parted by {', '.join(strange)}{did_you_mean(strange[0], known)}. "
                "Name columns of applicants or households, or ticket."
            )

    def plain(self) -> dict[str, Any]:
        """Return the weights as plain values, for a record."""
        return {name: asdict(one) for name, one in self.criteria.items()}


def usual_weights(path: str | os.PathLike[str] | None = None) -> Weights:
    """Read the weights of a ranking.

    Parameters
    ----------
    path : path-like, optional
        TOML file of your own; without it the example that ilo_gis ships, which binds nobody.

    Returns
    -------
    Weights

    Raises
    ------
    ReadError
        If the file cannot be read, or has keys that nobody knows.
    RuleError
        If figures make no sense.

    References
    ----------
    López Follegatti 1999, section II.c: need, and participation as local residents.

    Examples
    --------
    >>> weights = usual_weights()
    >>> sum(one.weight for one in weights.criteria.values()), weights.ties, weights.status
    (100, ('applied_on', 'ticket'), 'illustrative')
    """
    file = files(__package__) / "weights.toml" if path is None else Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The weights of {file} cannot be read: {error}.") from error
    strange = sorted(set(told) - {one.name for one in fields(Weights)})
    own = {one.name for one in fields(Criterion)}
    strange += sorted({key for one in told.get("criteria", {}).values() for key in one} - own)
    if strange or not told.get("criteria"):
        raise ReadError(f"{file}: {', '.join(strange) or 'criteria'} is unknown or missing.")
    return Weights(**told | {"criteria": {name: Criterion(**one) for name, one in told["criteria"].items()}})
