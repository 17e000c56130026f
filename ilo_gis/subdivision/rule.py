"""What a lot must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any, Self

import numpy as np

from ilo_gis.errors import RuleError

__all__ = ["LotRule"]


@dataclass(frozen=True)
class LotRule:
    """The least a lot must have to be legal.

    Parameters
    ----------
    min_area : float
        Least area, in m2.
    min_frontage : float
        Least length of boundary on a street, in m.
    max_ratio : float
        Greatest depth to width: long over short side of the minimum rotated rectangle.
    max_depth : float, optional
        Greatest depth at which land still becomes part of a lot, in m. By default twice
        ``min_area / min_frontage``; what lies deeper is a remnant (land
        less than a metre deeper goes to the lots, rather than leave a slit).
    article : str
        Norm and article the rule comes from; empty when the user gave it.

    Raises
    ------
    RuleError
        If a value is not a positive number, or the rule contradicts itself.

    References
    ----------
    RNE TH.010, article 9: areas and fronts of the six types of residential lot.

    Examples
    --------
    >>> LotRule(min_area=160.0, min_frontage=8.0).depth
    40.0
    >>> LotRule(min_area=-1, min_frontage=8)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: min_area is -1; it should be a positive number of m2.
    """

    min_area: float
    min_frontage: float
    max_ratio: float = 6.0
    max_depth: float | None = None
    article: str = ""

    def __post_init__(self) -> None:
        units = {
            "min_area": " of m2",
            "min_frontage": " of metres",
            "max_ratio": "",
            "max_depth": " of metres",
        }
        for name, unit in units.items():
            value = getattr(self, name)
            if name == "max_depth" and value is None:
                continue
            number = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
            if not number or not isfinite(value) or value <= 0:
                raise RuleError(f"{name} is {value!r}; it should be a positive number{unit}.")
        if self.max_ratio < 1:
            raise RuleError(f"max_ratio is {self.max_ratio}; a depth to width under 1 fits no rectangle.")
        if self.max_depth is not None and self.max_depth * self.max_ratio < self.min_frontage:
            raise RuleError(
                f"max_depth {self.max_depth} m is too small for a front of {self.min_frontage} m: "
                f"depth to width may be {self.max_ratio} at most. Raise max_depth."
            )

    @property
    def depth(self) -> float:
        """Greatest depth of a lot, in m."""
        return self.max_depth if self.max_depth is not None else 2 * self.min_area / self.min_frontage

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], lot_type: int, **changes: Any) -> Self:
        """Return the rule of a lot type of TH.010.

        Parameters
        ----------
        norms : mapping of str to Norm
            Norms in force: ``norms.load("pe")``.
        lot_type : int
            Type 1 to 6. Type 5 has no least area nor front: give both.
        **changes
            Parameters of the rule that replace those of the norm.

        Raises
        ------
        RuleError
            If the norm gives no area or front and `changes` do not either.
        NormError
            If the norms have no such type.

        References
        ----------
        RNE TH.010, article 9.

        Examples
        --------
        >>> LotRule.from_norms(ilo_gis.norms.load("pe"), lot_type=3).min_area
        160.0
        """
        norm = norms[f"th010.lot_type_{lot_type}"]
        given = {k: float(norm.value[k]) for k in ("min_area", "min_frontage") if k in norm.value} | changes
        missing = [k for k in ("min_area", "min_frontage") if k not in given]
        if missing:
            raise RuleError(
                f"TH.010 sets no {' and '.join(missing)} for lots of type {lot_type}. Give your own: "
                f"`LotRule.from_norms(norms, {lot_type}, min_area=90.0, min_frontage=6.0)`."
            )
        return cls(**{"article": norm.article, **given})
