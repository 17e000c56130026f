"""What opening land costs, and how much of it can be done in a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

from ilo_gis.errors import RuleError

__all__ = ["PhasingTerms"]

OPEN = ("lots_per_ha", "lots_a_year", "budget", "shortage_cost")  # may be None
NUMBERS = (*OPEN, "cost_per_lot", "cost_per_m", "discount", "stock")


@dataclass(frozen=True)
class PhasingTerms:
    """What opening land costs, and how much of it can be done in a year.

    Parameters
    ----------
    cost_per_lot : float
        Money for each lot of an area, USD; not used where areas have a column ``cost``.
    cost_per_m : float
        Money for each metre from the area to the nearest service, USD.
    discount : float
        Share by which money is worth less each year.
    lots_per_ha : float, optional
        Lots for each hectare of area, where areas have no column ``lots``.
    areas_a_year : int, optional
        Most areas that can be opened in one year (crews).
    lots_a_year, budget : float, optional
        Most lots, and most money (USD), a year; what one year does not use the next ones may.
    shortage_cost : float, optional
        What one lot short for one year costs, USD. None: shortage is made least before cost is.
    stock : int
        Lots there are before the first year.

    Raises
    ------
    RuleError
        If a figure makes no sense.

    Examples
    --------
    >>> PhasingTerms(cost_per_lot=600.0, areas_a_year=0)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: areas_a_year is 0; it should be a whole number from 1 on.
    """

    cost_per_lot: float = 0.0
    cost_per_m: float = 0.0
    discount: float = 0.0
    lots_per_ha: float | None = None
    areas_a_year: int | None = None
    lots_a_year: float | None = None
    budget: float | None = None
    shortage_cost: float | None = None
    stock: int = 0

    def __post_init__(self) -> None:
        for name in NUMBERS:
            value = getattr(self, name)
            if value is None and name in OPEN:
                continue
            if not isinstance(value, Real) or not isfinite(value) or value < 0:
                raise RuleError(f"{name} is {value!r}; it should be a number from 0 on.")
        crews = self.areas_a_year
        if crews is not None and (not isinstance(crews, int) or crews < 1):
            raise RuleError(f"areas_a_year is {crews!r}; it should be a whole number from 1 on.")

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], **given: Any) -> PhasingTerms:
        """Return the terms of the norms (``growth.toml``, examples all of them), save for what is given.

        Examples
        --------
        >>> PhasingTerms.from_norms(ilo_gis.norms.load("pe"), discount=0.08).discount
        0.08
        """
        usual = {"cost_per_lot": "lot_cost", "cost_per_m": "main_cost", "discount": "discount"}
        known = {name: norms[f"growth.{entry}"].value for name, entry in usual.items()}
        return cls(**(known | given))
