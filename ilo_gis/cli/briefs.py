"""From options and files to the brief of a plan, and back to text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from numbers import Real
from typing import TYPE_CHECKING, Any

from ilo_gis.cli.options import BriefOptions
from ilo_gis.cli.rules import read_toml
from ilo_gis.errors import IloGisError, RuleError

if TYPE_CHECKING:
    from ilo_gis.norms import Norm
    from ilo_gis.subdivision import Brief

__all__ = ["brief_from", "brief_text", "example_brief"]

LOT = ("min_area", "min_frontage")  # options that stand under [rule] in a file


def brief_from(options: BriefOptions, norms: Mapping[str, Norm]) -> Brief:
    """Return the brief of a file, of options, or of a file with options in place of what it says."""
    from ilo_gis.subdivision import Brief

    given = {k: v for k, v in asdict(options).items() if v is not None}
    path = given.pop("brief", None)
    said: dict[str, Any] = {"alternatives": 1} if path is None else {"alternatives": 1} | read_toml(path)
    own = {name: given.pop(name) for name in LOT if name in given}
    rule = said.get("rule", {})
    if isinstance(rule, Mapping):
        if "lot_type" in given:  # the type has figures of its own
            rule = {k: v for k, v in rule.items() if k not in LOT}
        said["rule"] = {**rule, **own}
    if "reserves" in given:
        given["reserves"] = _reserves(given["reserves"])
    if "orientation" in given:
        given["orientation"] = _number(given["orientation"])
    if not said.get("rule") and "lot_type" not in said | given:
        raise RuleError("No brief. Give --brief with a file, --lot-type, or --min-area and --min-frontage.")
    try:
        return Brief.from_mapping(said | given, norms)
    except IloGisError as error:
        raise error if path is None else type(error)(f"{path}: {error}") from error


def brief_text(brief: Brief) -> str:
    """Return a brief as the TOML text that `Brief.from_toml` reads."""
    said = {k: v for k, v in asdict(brief).items() if v not in ({}, ())}
    tables = {"rule": {k: v for k, v in said.pop("rule").items() if v not in (None, "", ())}}
    tables["parks"] = said.pop("parks")
    lines = [f"{name} = {_toml(value)}" for name, value in said.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def example_brief(lang: str) -> str:
    """Return a brief to start from, with comments in Spanish or English."""
    return files("ilo_gis.cli").joinpath(f"brief.{lang}.toml").read_text("utf-8")


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, Real) and not isinstance(value, bool | int):
        return repr(float(value))
    return json.dumps(value, ensure_ascii=False)


def _reserves(text: str) -> float | dict[str, float]:
    try:
        if "=" not in text:
            return float(text)
        return {kind.strip(): float(share) for kind, share in (one.split("=") for one in text.split(","))}
    except ValueError:
        raise RuleError(
            f"--reserves is {text!r}; write a share, 0.13, or shares by kind: recreation=0.08,education=0.02."
        ) from None


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
