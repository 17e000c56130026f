"""Rules of lots as a project records them among its facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ilo_gis.subdivision.rule import LotRule

__all__ = ["recorded", "rule_of"]

Rule = LotRule | Mapping[str, LotRule]


def rule_of(info: Mapping[str, str]) -> Rule | None:
    """Return the rule or rules a project was laid out with; None if it does not tell.

    Parameters
    ----------
    info : mapping of str to str
        Facts of a project, as `io.project_info` and ``Store.info`` give them.

    Examples
    --------
    >>> rule_of(recorded(LotRule(min_area=120.0, min_frontage=7.0))).min_area
    120.0
    """
    if "rules" in info:
        return {name: LotRule(**one) for name, one in json.loads(info["rules"]).items()}
    return LotRule(**json.loads(info["rule"])) if "rule" in info else None


def recorded(rule: Rule) -> dict[str, str]:
    """Return what a project records of its rule or rules: the entry ``rule``, or ``rules``.

    Examples
    --------
    >>> list(recorded({"small": LotRule(min_area=120.0, min_frontage=7.0)}))
    ['rules']
    """
    if isinstance(rule, Mapping):
        return {"rules": json.dumps({name: _plain(one) for name, one in rule.items()}, ensure_ascii=False)}
    return {"rule": json.dumps(_plain(rule), ensure_ascii=False)}


def _plain(rule: LotRule) -> dict[str, Any]:
    return {k: v for k, v in asdict(rule).items() if v not in (None, "", ())}
