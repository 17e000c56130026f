"""From options and files to rules for lots."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ilo_gis.cli.options import Limits
from ilo_gis.errors import IloGisError, ReadError, RuleError, did_you_mean

if TYPE_CHECKING:
    from ilo_gis.norms import Norm
    from ilo_gis.subdivision import LotRule

    Rule: TypeAlias = LotRule | Mapping[str, LotRule]

__all__ = ["read_rules", "read_toml", "rule_from"]

OTHER_NAMES = {"size_tolerance": "tolerance"}  # options whose name another option of a command has


def rule_from(options: Limits, norms: Mapping[str, Norm]) -> Rule | None:
    """Return the rule or rules that the options of a command ask for, None if they ask for none."""
    given = {OTHER_NAMES.get(k, k): v for k, v in asdict(options).items() if v is not None}
    path = given.pop("rules", None)
    if path is not None:
        if given:
            words = ", ".join(f"--{k.replace('_', '-')}" for k in given)
            raise RuleError(f"--rules is given and so is {words}: write these into {path}, for each rule.")
        return read_rules(path, norms)
    if "areas" in given:
        given["areas"] = _areas(given["areas"])
    return _rule(given, norms) if given else None


def read_rules(path: Path, norms: Mapping[str, Norm]) -> dict[str, LotRule]:
    """Read rules by name from a TOML file: one table a rule, with the options of LotRule or lot_type."""
    content = read_toml(path)
    rules = {}
    for name, table in content.items():
        if not isinstance(table, dict):
            raise RuleError(
                f"{path}: {name!r} stands outside of a rule. Put a line such as [small] above it."
            )
        try:
            rules[name] = _rule(table, norms)
        except IloGisError as error:
            raise type(error)(f"{path}, rule {name!r}: {error}") from error
    if not rules:
        raise RuleError(
            f"{path} has no rules. Write one as [small], with min_area and min_frontage below it."
        )
    return rules


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ReadError(f"There is no file {path}. Check the path and the name.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"{path} cannot be read: {error}. It should be TOML, as UTF-8.") from error


def _rule(given: Mapping[str, Any], norms: Mapping[str, Norm]) -> LotRule:
    from ilo_gis.subdivision import LotRule

    known = [one.name for one in fields(LotRule)] + ["lot_type"]
    for name in given:
        if name not in known:
            meant = did_you_mean(name, known)
            raise RuleError(f"{name!r} is no option of a rule{meant}. The options are: {', '.join(known)}.")
    more = dict(given)
    lot_type = more.pop("lot_type", None)
    if lot_type is not None:
        if f"th010.lot_type_{lot_type}" not in norms:
            raise RuleError(f"lot_type is {lot_type!r}; TH.010 has types 1 to 6.")
        return LotRule.from_norms(norms, lot_type, **more)
    if missing := [name for name in ("min_area", "min_frontage") if name not in more]:
        raise RuleError(
            f"{' and '.join(missing)} missing: give both min_area and min_frontage, or a lot_type."
        )
    return LotRule(**more)


def _areas(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(one) for one in text.split(","))
    except ValueError:
        raise RuleError(
            f"--areas is {text!r}; write areas in m2 with commas between them: 200,300,180."
        ) from None
