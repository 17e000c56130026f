"""Factors of suitability: what makes land fit or unfit, and how much, as data."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from ilo_gis.errors import ReadError, RuleError

__all__ = ["Factor", "Factors", "suitability_factors"]

MEASURES = ("slope", "distance", "share", "column")


@dataclass(frozen=True)
class Factor:
    """What makes land fit or unfit, and how much.

    Attributes
    ----------
    measure : {"slope", "distance", "share", "column"}
        What is measured: mean slope (share), straight distance from the middle of the unit to `layer`
        (m), share of the unit under `layer`, or the numbers in `column`.
    points : tuple of (float, float)
        Measures, rising, and the value of each from 0, unfit, to 1, fit; between them lines.
    weight : float
        How much it counts beside the others.
    layer, column : str
        What is measured.
    en, es, source, confidence, status : str
        Its name, and where its figures come from.
    """

    measure: str
    points: tuple[tuple[float, float], ...]
    weight: float
    layer: str = ""
    column: str = ""
    en: str = ""
    es: str = ""
    source: str = ""
    confidence: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        x, y = np.array(self.points, dtype=float).reshape(-1, 2).T
        if not (
            len(x) and (np.diff(x) > 0).all() and ((y >= 0) & (y <= 1)).all() and 0 < self.weight < np.inf
        ):
            raise RuleError(
                f"Points {self.points} and weight {self.weight} are no factor: measures rise, values lie "
                "between 0 and 1, a weight is above 0."
            )
        if self.measure not in MEASURES:
            raise RuleError(f"A factor cannot measure {self.measure!r}; it can {', '.join(MEASURES)}.")


@dataclass(frozen=True)
class Factors:
    """Factors by name, and the least score of each class, rising from 0."""

    factors: Mapping[str, Factor]
    classes: Mapping[str, float]


def suitability_factors(path: str | os.PathLike[str] | None = None) -> Factors:
    """Read factors, weights and classes of suitability.

    Parameters
    ----------
    path : path-like, optional
        TOML file of your own; without it the example for housing that ilo_gis ships, which binds nobody.

    Returns
    -------
    Factors

    Raises
    ------
    ReadError
        If the file cannot be read, or has keys that nobody knows.
    RuleError
        If figures make no sense.

    Examples
    --------
    >>> {name: factor.weight for name, factor in suitability_factors().factors.items()}
    {'slope': 3, 'streets': 3, 'industry': 2, 'limits': 2}
    """
    file = files(__package__) / "suitability.toml" if path is None else Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The factors of {file} cannot be read: {error}.") from error
    known = {field.name for field in fields(Factor)}
    for name, entry in told.get("factors", {}).items():
        if unknown := sorted(set(entry) - known) + sorted({"measure", "points", "weight"} - set(entry)):
            raise ReadError(f"{file}, factor {name}: {', '.join(unknown)} is unknown or missing.")
    made = {name: _factor(entry) for name, entry in told.get("factors", {}).items()}
    steps = list(told.get("classes", {}).values())
    if not made or not steps or steps[0] != 0 or (np.diff(steps) <= 0).any():
        raise RuleError(f"{file} needs [factors] and [classes], whose least scores rise from 0.")
    return Factors(made, told["classes"])


def _factor(entry: Mapping[str, Any]) -> Factor:
    return Factor(**{**entry, "points": tuple((float(x), float(y)) for x, y in entry["points"])})
