"""The rules from allotment to title: stages, events and guards, read from data and held to sense."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Union

import pandas as pd

from ilo_gis.errors import ReadError, RuleError, did_you_mean
from ilo_gis.promuvi.services import services
from ilo_gis.sources import CONFIDENCE, STATUS

__all__ = ["StageRules", "stage_rules"]

TEXTS = ("es", "en")
ORIGIN = ("source", "article", "confidence", "status")
COUNTER = "taken_back"  # the kind of event that takes another back
WORDS = {
    "household": ("new", "holder", "none"),
    "inspection": ("", "restart", "lived", "absent", "notice"),
    "kind": ("works", "finance", "lived", "absent", "term", "fees"),
    "need": ("all", "one"),
    "confidence": tuple(CONFIDENCE),
    "status": tuple(STATUS),
}
USUAL: dict[str, dict[str, Any]] = {
    "stages": {},
    "events": {"from": (), "to": "", "heir": False, "inspection": "", "evidence_required": False},
    "guards": {"need": "all", "services": (), "assembly": False, "days": 0, "step": ""},
}
NEEDED: dict[str, tuple[str, ...]] = {
    "stages": TEXTS,
    "events": ("household", *TEXTS, "evidence_es", "evidence_en", *ORIGIN),
    "guards": ("event", "kind", *TEXTS, *ORIGIN),
}

GivenRules = Union["StageRules", str, os.PathLike[str], Mapping[str, Any]]  # what `stage_rules` takes


@dataclass(frozen=True, eq=False)
class StageRules:
    """Stages, events and guards of a programme; `stage_rules` makes it.

    Attributes
    ----------
    stages : DataFrame
        By stage, in their order: ``es``, ``en``. The first is that of a lot that nobody holds.
    events : DataFrame
        By kind of event: ``from`` (stages), ``to`` (stage, or empty), ``household`` (new, holder, none),
        ``heir``, ``inspection``, ``evidence_required``, ``es``, ``en``, ``evidence_es``, ``evidence_en``,
        ``source``, ``article``, ``confidence``, ``status``.
    guards : DataFrame
        By guard: ``event`` it stands before, ``kind``, ``need`` (all, one), ``services``, ``assembly``,
        ``days``, ``step``, ``es``, ``en``, ``source``, ``article``, ``confidence``, ``status``.
    """

    stages: pd.DataFrame
    events: pd.DataFrame
    guards: pd.DataFrame
    leads_to: Mapping[str, str] = field(init=False, repr=False)  # stage: event that leads there

    def __post_init__(self) -> None:
        forth = self.events[(self.events["to"] != "") & (self.events["to"] != self.stages.index[0])]
        object.__setattr__(self, "leads_to", dict(zip(forth["to"], forth.index, strict=True)))

    def guarded(self, *kinds: str) -> pd.DataFrame:
        """Return the guards of some kinds."""
        return self.guards[self.guards["kind"].isin(kinds)]


def stage_rules(given: GivenRules | None = None) -> StageRules:
    """Return the rules from allotment to title.

    Parameters
    ----------
    given : path, dict or StageRules, optional
        A TOML file or a dict of your own, laid out as ``promuvi/stages.toml``; without it the rules of Ilo,
        where terms in days are illustrative.

    Returns
    -------
    StageRules

    Raises
    ------
    ReadError
        If the file cannot be read.
    RuleError
        If an entry is incomplete, has keys or words that nobody knows, or names a stage, event or service
        that is not there. The message names all such entries.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, sections II.c and III.d; Balvín and others 1996,
    section V.

    Examples
    --------
    >>> rules = stage_rules()
    >>> rules.stages.index.tolist(), rules.guards.at["term_after_notice", "status"]
    (['free', 'allotted', 'occupied', 'adjudicated', 'titled'], 'illustrative')
    """
    if isinstance(given, StageRules):
        return given
    if given is None:
        return _shipped()
    if isinstance(given, Mapping):
        return _rules(given, "rules")
    try:
        told = tomllib.loads(Path(given).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The rules of {given} cannot be read: {error}.") from error
    return _rules(told, str(given))


@cache
def _shipped() -> StageRules:
    return _rules(tomllib.loads((files(__package__) / "stages.toml").read_text("utf-8")), "stages.toml")


def _rules(told: Mapping[str, Any], name: str) -> StageRules:
    """Return rules if they make sense, or say all that does not."""
    if lacking := [part for part in NEEDED if not isinstance(told.get(part), Mapping) or not told[part]]:
        raise RuleError(f"{name}: {', '.join(lacking)} are missing. Copy promuvi/stages.toml to begin with.")
    faults = [f"{part} is unknown{did_you_mean(part, NEEDED)}" for part in told if part not in NEEDED]
    for part in NEEDED:
        for entry, values in told[part].items():
            faults += [f"{part}.{entry}: {fault}" for fault in _entry_faults(part, values)]
    faults = faults or _link_faults(told)
    if faults:
        raise RuleError(f"{name} does not make sense:\n- " + "\n- ".join(faults))
    made = {
        part: pd.DataFrame(
            [USUAL[part] | dict(values) for values in told[part].values()], index=pd.Index(told[part])
        )
        for part in NEEDED
    }
    return StageRules(**made)


def _entry_faults(part: str, values: Any) -> list[str]:
    """Return what is wrong with the keys and words of one entry."""
    if not isinstance(values, Mapping):
        return [f"should be a table of keys, not {values!r}"]
    known = {**USUAL[part], **dict.fromkeys(NEEDED[part], "")}
    faults = [f"{key} is unknown{did_you_mean(key, known)}" for key in values if key not in known]
    faults += [f"{key} is missing" for key in NEEDED[part] if key not in values]
    for key, value in values.items():
        if key not in known:
            continue
        if not isinstance(value, list if isinstance(known[key], tuple) else type(known[key])):
            faults.append(f"{key} is {value!r}; it should be {_like(known[key])}")
        elif isinstance(value, int) and value < 0:
            faults.append(f"{key} is {value}; it should be 0 or more")
        elif key in WORDS and value not in WORDS[key]:
            faults.append(f"{key} is {value!r}; it can be {', '.join(w for w in WORDS[key] if w)}")
    return faults


def _like(usual: Any) -> str:
    return {tuple: "a list", bool: "true or false", int: "a whole number"}.get(type(usual), "a text")


def _link_faults(told: Mapping[str, Any]) -> list[str]:
    """Return which entries name stages, events or services that are not there, or lead nowhere."""
    stages, events, guards = (told[part] for part in NEEDED)
    works = services().index
    faults = []
    for entry, event in events.items():
        named = [*event.get("from", ()), *([event["to"]] if event.get("to") else [])]
        strange = [one for one in named if one not in stages]
        faults += [f"events.{entry}: there is no stage {one!r}{did_you_mean(one, stages)}" for one in strange]
    for entry, guard in guards.items():
        if guard["event"] not in events or guard["event"] == COUNTER:
            near = did_you_mean(guard["event"], events)
            faults.append(f"guards.{entry}: nothing can stand before an event {guard['event']!r}{near}")
        of_works = guard["kind"] in ("works", "finance")
        if of_works != bool(guard.get("services")) or (guard["kind"] == "fees") != bool(guard.get("step")):
            faults.append(f"guards.{entry}: {guard['kind']} does not go with its services and step")
        strange = [one for one in guard.get("services", ()) if one not in works]
        faults += [f"guards.{entry}: there is no work {one!r}{did_you_mean(one, works)}" for one in strange]
    if COUNTER not in events:
        faults.append(f"events.{COUNTER} is missing: a register without corrections cannot be kept")
    first = next(iter(stages))
    for stage in stages:
        ways = [name for name, event in events.items() if event.get("to") == stage]
        if stage != first and len(ways) != 1:
            faults.append(f"stages.{stage}: {len(ways)} events lead to it; it should be one")
    return faults
