"""The rules of eligibility as data, and the reasons that they give, in Spanish and English."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from ilo_gis.errors import ReadError, RuleError
from ilo_gis.tables import describe

__all__ = ["ASKS", "Rule", "Rules", "reason_texts", "usual_rules"]

ASKS = ("yes", "no", "years", "first")
EFFECTS = ("excluded", "observed")
SOME = ".disputed"  # ending of the reason where columns disagree
MISSING = "missing."


@dataclass(frozen=True)
class Rule:
    """One condition on applicants; its attributes are told in ``eligibility.toml``."""

    columns: tuple[str, ...]
    asks: str
    effect: str
    en: str
    es: str
    some: str = ""
    some_en: str = ""
    some_es: str = ""
    value: int = 0
    source: str = ""
    confidence: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))
        if self.asks not in ASKS or self.effect not in EFFECTS or self.some not in ("", *EFFECTS):
            raise RuleError(
                f"A rule asks {self.asks!r} with the effects {self.effect!r} and {self.some!r}. "
                f"It can ask {', '.join(ASKS)}; effects are {' and '.join(EFFECTS)}."
            )
        if strange := sorted(set(self.columns) - _columns()):
            raise RuleError(f"Neither applicants nor households have columns {', '.join(strange)}.")
        if self.asks == "years" and not (isinstance(self.value, int) and self.value >= 0):
            raise RuleError(f"A rule asks for {self.value!r} years; give a whole number from 0 on.")


@dataclass(frozen=True)
class Rules:
    """All rules by id, the term to mend what was observed (days), and the columns that the ranking needs."""

    rules: Mapping[str, Rule]
    mend_days: int
    texts: Mapping[str, str]
    ranked_by: tuple[str, ...] = ()
    source: str = ""
    confidence: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranked_by", tuple(self.ranked_by))
        if not (isinstance(self.mend_days, int) and self.mend_days >= 0):
            raise RuleError(f"mend_days is {self.mend_days!r}; give a whole number of days from 0 on.")
        if strange := sorted(set(self.ranked_by) - _columns()):
            raise RuleError(f"Neither applicants nor households have columns {', '.join(strange)}.")


def usual_rules(path: str | os.PathLike[str] | None = None) -> Rules:
    """Read the rules of eligibility.

    Parameters
    ----------
    path : path-like, optional
        TOML file of your own; without it those that ilo_gis ships. What the papers give and what is an
        example, each rule says.

    Returns
    -------
    Rules

    Raises
    ------
    ReadError
        If the file cannot be read, or has keys that nobody knows.
    RuleError
        If a rule makes no sense.

    References
    ----------
    López Follegatti 1999, "Ilo: a city in transformation", section II.c.

    Examples
    --------
    >>> rules = usual_rules()
    >>> list(rules.rules), rules.rules["residence"].status
    (['social_need', 'owns_property', 'one_per_household', 'residence', 'layout'], 'illustrative')
    """
    file = files(__package__) / "eligibility.toml" if path is None else Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The rules of {file} cannot be read: {error}.") from error
    lacking = sorted({"rules", "mend_days", "texts"} - set(told))
    strange = sorted(set(told) - {one.name for one in fields(Rules)})
    own = {one.name for one in fields(Rule)}
    strange += sorted({key for rule in told.get("rules", {}).values() for key in rule} - own)
    if strange or lacking:
        raise ReadError(f"{file}: {', '.join(strange + lacking)} is unknown or missing.")
    return Rules(**told | {"rules": {name: Rule(**rule) for name, rule in told["rules"].items()}})


def reason_texts(reasons: pd.Series, lang: str = "es", rules: Rules | None = None) -> pd.Series:
    """Spell out the reasons of the table ``eligibility``.

    Parameters
    ----------
    reasons : Series
        Codes joined by ``;``, as in its column ``reasons``.
    lang : {"es", "en"}
        Language.
    rules : Rules, optional
        The rules that gave the reasons; by default those that ilo_gis ships.

    Returns
    -------
    Series
        One text each, sentences one after the other; missing where there is no reason.

    Raises
    ------
    RuleError
        If a reason is of no rule.

    References
    ----------
    López Follegatti 1999, section II.c.

    Examples
    --------
    >>> reason_texts(pandas.Series(["missing.income;term", None])).tolist()
    ['Falta el dato: Ingreso mensual. Venció el plazo para subsanar lo observado.', None]
    """
    rules = rules or usual_rules()
    known: dict[str, str] = {}
    for joined in reasons.dropna().unique():
        known[joined] = " ".join(_text(code, lang, rules) for code in joined.split(";"))
    return reasons.map(known).astype(object).where(reasons.notna(), None).rename("reason_texts")


def _text(code: str, lang: str, rules: Rules) -> str:
    if code.startswith(MISSING):
        column = code.removeprefix(MISSING)
        named = {"en": column, "es": _aliases().get(column, column)}
        return rules.texts[f"missing_{lang}"].format(column=named[lang])
    if f"{code}_{lang}" in rules.texts:
        return rules.texts[f"{code}_{lang}"]
    rule = rules.rules.get(code.removesuffix(SOME))
    if rule is None:
        raise RuleError(f"{code!r} is no reason of these rules. They are: {', '.join(rules.rules)}.")
    text: Any = getattr(rule, f"some_{lang}" if code.endswith(SOME) else lang)
    return str(text).format(value=rule.value)


def _columns() -> set[str]:
    return {*describe("applicants").index, *describe("households").index}


def _aliases() -> dict[str, str]:
    aliases: dict[str, str] = describe("households")["alias_es"].to_dict()
    return aliases | describe("applicants")["alias_es"].to_dict()
