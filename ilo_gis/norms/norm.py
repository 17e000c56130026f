"""A rule in force on a day, and what other sources say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["Norm", "Reading"]


@dataclass(frozen=True)
class Reading:
    """What another source says about the same rule.

    Attributes
    ----------
    value : object
        The value in that source. Of a table, only the keys that differ.
    source : str
        Who says so.
    confidence : str
        One of `CONFIDENCE`.
    """

    value: Any
    source: str
    confidence: str


@dataclass(frozen=True)
class Norm:
    """A rule in force on a day.

    Attributes
    ----------
    id : str
        File and entry, such as ``"th010.lot_type_3"``.
    value : object
        A number, a text, a list, or a dict of these.
    unit : str or dict of str
        Unit of the value, or of each key of the value. ``"text"`` where there are only words.
    since : date
        First day of this value.
    until : date or None
        Day on which the next value begins or the rule ends; None while no end is known.
    article : str
        Where in the norm.
    source : str
        Which norm, law, paper or text.
    confidence : str
        How the value is known: a key of `CONFIDENCE`.
    status : str
        What stands behind it: a key of `STATUS`.
    description : str
        The rule in English.
    title_es : str
        Its Spanish title, as a plan or a report prints it.
    note : str
        What else to know, such as how sure the dates are.
    alternatives : tuple of Reading
        What other sources say, where they disagree.
    """

    id: str
    value: Any
    unit: str | dict[str, str]
    since: date
    until: date | None
    article: str
    source: str
    confidence: str
    status: str
    description: str
    title_es: str
    note: str = ""
    alternatives: tuple[Reading, ...] = ()
