"""What a lot must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Integral, Real
from typing import Any, Self

import numpy as np

from ilo_gis.errors import RuleError

__all__ = ["LotRule"]


REMAINDERS = ("spread", "last", "remnant", "green")
SIDE_LINES = ("square", "parallel")
UNITS = {
    "min_area": "m2", "min_frontage": "metres", "max_ratio": "", "max_depth": "metres", "max_area": "m2",
    "min_width": "metres", "target_area": "m2", "target_frontage": "metres", "tolerance": "",
    "corner_extra": "metres", "ochavo": "metres",
}  # fmt: skip
ZERO_IS_FINE = ("tolerance", "corner_extra", "ochavo")


@dataclass(frozen=True)
class LotRule:
    """What a lot must be, and what it should be like.

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
    max_area : float, optional
        Greatest area, in m2; land that would make lots larger is a remnant.
    min_width : float, optional
        Least mean width (area over depth), in m, besides the front.
    target_area, target_frontage : float, optional
        Area (m2) and front (m) that lots should have about. By default as many lots as fit.
    tolerance : float
        Share by which lots may miss a target; what does not fit is left over.
    areas : tuple of float
        Lots of exactly these areas (m2) in each block, in this order along its outline; what is
        left over is a remnant.
    count : int, optional
        Exact number of lots in each block.
    remainder : {"spread", "last", "remnant", "green"}
        What becomes of land left over at the end of a row: all lots are a little larger, the last
        one is, it is a remnant, or a green area.
    corner_extra : float
        Front that lots at street corners have more than others, in m.
    ochavo : float
        Length in m of the line that cuts off the corner of a block where streets meet; 0 for none.
    axis : float, optional
        Direction of the rows, as an azimuth in degrees clockwise from grid north: corner lots
        belong to the rows that run so. By default the longer of two rows has the corner.
    side_lines : {"square", "parallel"}
        Whether side lines are at right angles to the street, or parallel to the neighbouring sides
        of the block where these lean the same way.
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
    max_area: float | None = None
    min_width: float | None = None
    target_area: float | None = None
    target_frontage: float | None = None
    tolerance: float = 0.1
    areas: tuple[float, ...] = ()
    count: int | None = None
    remainder: str = "spread"
    corner_extra: float = 0.0
    ochavo: float = 0.0
    axis: float | None = None
    side_lines: str = "square"
    article: str = ""

    def __post_init__(self) -> None:
        for name, unit in UNITS.items():
            value = getattr(self, name)
            optional = type(self).__dataclass_fields__[name].default is None
            if not (value is None and optional):
                _require_number(name, value, unit, least=name not in ZERO_IS_FINE)
        if not isinstance(self.areas, Iterable) or isinstance(self.areas, str):
            raise RuleError(f"areas is {self.areas!r}; it should be a list of m2, such as [200, 300].")
        object.__setattr__(self, "areas", tuple(self.areas))
        for value in self.areas:
            _require_number("areas", value, "m2")
        if self.axis is not None:
            _require_number("axis", self.axis, "degrees", least=False, sign=False)
        for name, known in (("remainder", REMAINDERS), ("side_lines", SIDE_LINES)):
            if getattr(self, name) not in known:
                raise RuleError(f"{name} is {getattr(self, name)!r}; it should be one of {', '.join(known)}.")
        if self.count is not None and (
            isinstance(self.count, bool) or not isinstance(self.count, Integral) or self.count < 1
        ):
            raise RuleError(f"count is {self.count!r}; it should be a whole number of lots from 1 on.")
        self._require_sense()

    def _require_sense(self) -> None:
        """Raise if the rule contradicts itself."""
        if self.max_ratio < 1:
            raise RuleError(f"max_ratio is {self.max_ratio}; a depth to width under 1 fits no rectangle.")
        if self.max_depth is not None and self.max_depth * self.max_ratio < self.min_frontage:
            raise RuleError(
                f"max_depth {self.max_depth} m is too small for a front of {self.min_frontage} m: "
                f"depth to width may be {self.max_ratio} at most. Raise max_depth."
            )
        if self.max_area is not None and self.max_area < self.min_area:
            raise RuleError(f"max_area {self.max_area} m2 is less than min_area {self.min_area} m2.")
        for name, least, unit in (("area", self.min_area, "m2"), ("frontage", self.min_frontage, "m")):
            target = getattr(self, f"target_{name}")
            if target is not None and target < least:
                raise RuleError(f"target_{name} {target} {unit} is less than min_{name} {least} {unit}.")
        if self.areas and min(self.areas) < self.min_area:
            raise RuleError(f"areas has {min(self.areas)} m2, less than min_area {self.min_area} m2.")
        target = self.target_area or self.target_frontage
        ways = [
            name
            for name, given in (("areas", self.areas), ("count", self.count), ("a target", target))
            if given
        ]
        if len(ways) > 1:
            raise RuleError(f"{', '.join(ways)} contradict each other: give one of them.")

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
                f"TH.010 sets no {', '.join(missing)} for lots of type {lot_type}. Give your own: "
                f"`LotRule.from_norms(norms, {lot_type}, min_area=90.0, min_frontage=6.0)`."
            )
        return cls(**{"article": norm.article, **given})


def _require_number(name: str, value: Any, unit: str, *, least: bool = True, sign: bool = True) -> None:
    number = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
    if not number or not isfinite(value) or (sign and (value < 0 or (least and value == 0))):
        kind = "a positive number" if least else "a number from 0 on" if sign else "a number"
        raise RuleError(f"{name} is {value!r}; it should be {kind}{f' of {unit}' if unit else ''}.")
