"""Groups that land is shared among: their shares, and what they come first in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from numbers import Real
from pathlib import Path
from typing import Any

from ilo_gis.errors import RuleError
from ilo_gis.zoning.demand import growth_data

__all__ = ["Group", "groups_from", "usual_groups"]

NEAR = 1e-6  # by which shares may miss 1


@dataclass(frozen=True)
class Group:
    """A group that gets a share of the land.

    Attributes
    ----------
    name : str
        Its short name.
    share : float
        Its share, above 0.
    near : float
        How much being close to services counts for it beside being close together: 0 not at all, 1 a
        little, 4 and more gives it the land nearest to them.
    parts : int
        Contiguous parts that its land may have.
    en, es : str
        Its name in English and Spanish; the short name by default.
    source, confidence, status, note : str
        Where the share comes from.

    Raises
    ------
    RuleError
        If a figure makes no sense.

    Examples
    --------
    >>> Group("PROMUVI", 0.0)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: PROMUVI: share is 0.0; it should be a number above 0.
    """

    name: str
    share: float
    near: float = 0.0
    parts: int = 1
    en: str = ""
    es: str = ""
    source: str = ""
    confidence: str = ""
    status: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not _is_number(self.share) or self.share <= 0:
            raise RuleError(f"{self.name}: share is {self.share!r}; it should be a number above 0.")
        if not _is_number(self.near) or self.near < 0:
            raise RuleError(f"{self.name}: near is {self.near!r}; it should be a number from 0 on.")
        if not isinstance(self.parts, int) or self.parts < 1:
            raise RuleError(f"{self.name}: parts is {self.parts!r}; it should be a whole number from 1 on.")
        for lang in ("en", "es"):
            object.__setattr__(self, lang, getattr(self, lang) or self.name)


def usual_groups(city: str = "ilo") -> tuple[Group, ...]:
    """Return the groups of a city that the library knows.

    Of Ilo the papers name the three groups; of their shares they tell one, that of PROMUVI. The
    others are examples, and their status says so.

    Parameters
    ----------
    city : str
        A city of ``growth.toml``.

    Raises
    ------
    RuleError
        If the city is not known.

    References
    ----------
    López Follegatti 1999, sections II.c and III.d; Balvín and others 1996, section V.

    Examples
    --------
    >>> {one.name: (one.share, one.status) for one in usual_groups()}
    {'PROMUVI': (0.55, 'unresolved'),
    'ENACE-FONAVI': (0.25, 'illustrative'), 'Asociaciones': (0.2, 'illustrative')}
    """
    known = growth_data()["sharing"]
    if city not in known:
        raise RuleError(f"There are no groups of {city!r}. There are those of: {', '.join(known)}.")
    return tuple(Group(**one) for one in known[city]["groups"])


def groups_from(shares: Mapping[str, float] | Sequence[Group] | str | Path) -> tuple[Group, ...]:
    """Return groups from shares by name, from groups, or from a TOML file with a table for each group.

    Parameters
    ----------
    shares : mapping, sequence of Group, or path
        Shares that add up to 1. In a file: ``[PROMUVI]``, ``share = 0.55``, ``near = 1``, and whatever
        else a `Group` has.

    Raises
    ------
    RuleError
        If there are none, names repeat, shares do not add up to 1, or the file cannot be understood.

    Examples
    --------
    >>> [one.share for one in groups_from({"a": 0.25, "b": 0.75})]
    [0.25, 0.75]
    """
    if isinstance(shares, str | Path):
        groups = _from_file(Path(shares))
    elif isinstance(shares, Mapping):
        groups = tuple(Group(str(name), share) for name, share in shares.items())
    else:
        groups = tuple(shares)
    if not groups:
        raise RuleError("There is no group to share land among. Give one or more.")
    names = [one.name for one in groups]
    if len(set(names)) < len(names):
        raise RuleError(f"Groups repeat: {', '.join(names)}. Give each its own name.")
    total = sum(one.share for one in groups)
    if abs(total - 1) > NEAR:
        raise RuleError(f"Shares add up to {total:g}: {_listed(groups)}. They should add up to 1.")
    return groups


def _from_file(path: Path) -> tuple[Group, ...]:
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path} is no TOML file of groups that can be read: {error}.") from error
    known = {one.name for one in fields(Group)} - {"name"}
    for name, entry in told.items():
        if not isinstance(entry, dict) or "share" not in entry:
            raise RuleError(f"{path}: {name} should be a table with a share: [{name}], then share = 0.5.")
        if unknown := sorted(set(entry) - known):
            raise RuleError(
                f"{path}, [{name}]: {', '.join(unknown)} is not known. There are: {', '.join(sorted(known))}."
            )
    return tuple(Group(name, **entry) for name, entry in told.items())


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)


def _listed(groups: Sequence[Group]) -> str:
    return ", ".join(f"{one.name} {one.share:g}" for one in groups)
