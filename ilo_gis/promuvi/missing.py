"""What each lot lacks for a stage, condition by condition, with the rule that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError, did_you_mean, some_ids
from ilo_gis.promuvi.chain_rules import GivenRules, StageRules, stage_rules
from ilo_gis.promuvi.event_arrays import by_lot, day_number, read_events
from ilo_gis.promuvi.guards import fee_days, paid_days, replay_guarded, service_days
from ilo_gis.promuvi.history import ABSENCES, HOUSEHOLD, STAGE, History, unmet_by_inspections
from ilo_gis.promuvi.services import services, services_on
from ilo_gis.tables import conform, empty

__all__ = ["why_not"]

LANGUAGES = {"es": " o ", "en": " or "}
TEXTS = {
    "order": {"es": "Antes debe llegar a: {}", "en": "It has to be {} first"},
    "works": {"es": "{}: falta {}", "en": "{}: {} is missing"},
}

Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Lots:
    """The lots that are asked about, and what guards are held against."""

    history: History
    rules: StageRules
    rows: Rows  # in the register
    day: int
    days: dict[str, NDArray[np.int64]]
    found: pd.DataFrame | None  # state of each service
    paid: pd.Series | None

    @property
    def stage(self) -> Rows:
        return self.history.now[self.rows, STAGE].astype(np.int64)


def why_not(
    lot: str | Iterable[str] | None = None,
    stage: str | None = None,
    *,
    events: pd.DataFrame,
    lots: pd.DataFrame,
    on: date,
    works: pd.DataFrame | None = None,
    accounts: pd.DataFrame | None = None,
    rules: GivenRules | None = None,
) -> pd.DataFrame:
    """Return every condition that a lot does not meet for a stage, with the rule and what was found.

    Conditions of the stages on the way count too: a lot that is only allotted lacks for its title what it
    lacks for occupation and adjudication.

    Parameters
    ----------
    lot : str or list of str, optional
        Lots asked about; by default all.
    stage : str, optional
        Stage that is wanted; by default the one after that of each lot.
    events, lots : DataFrame
        Tables ``lot_events`` and ``lots``. Events that do not count (`check_events`) are left out.
    on : date
        The day.
    works : DataFrame, optional
        Table ``works``; without it guards on works and finance are not held.
    accounts : DataFrame, optional
        Table ``accounts`` of the day; without it guards on fees are not held.
    rules : StageRules, path or dict, optional
        By default those of `stage_rules`.

    Returns
    -------
    DataFrame
        Table ``missing``, lots in the order of `lots`, conditions in that of the stages. A lot that has the
        stage, or could have it, is not in it.

    Raises
    ------
    RuleError
        If the stage is unknown, `on` is no date, or the rules make no sense.
    SchemaError
        If a lot is unknown, or a table is none.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.c.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A"]}, pandas.Index(["A-1"], name="lot_id"))
    >>> told = {"lot_id": ["A-1"], "household_id": ["h"], "kind": ["allotted"], "date": ["1990-01-10"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1"], name="event_id"))
    >>> works = pandas.DataFrame({"service": ["clearing", "survey", "layout", "latrine"], "scope": "block"})
    >>> works = works.assign(target_id="A", done="1990-02-01").rename_axis("work_id")
    >>> lacking = why_not("A-1", events=events, lots=lots, works=works, on=pandas.Timestamp("1990-03-01"))
    >>> lacking[["condition", "required", "es"]].to_numpy().tolist()
    [['gradual_servicing', 'tap', 'Habilitación progresiva previa a la ocupación: falta Pileta pública']]
    """
    known = stage_rules(rules)
    names = known.stages.index
    if stage is not None and stage not in names:
        raise RuleError(
            f"There is no stage {stage!r}{did_you_mean(stage, names)}. There are: {', '.join(names)}."
        )
    register = read_events(events, lots, known, on)
    rows = _asked(lot, register.lots)
    if not len(rows):
        return empty("missing")
    history = replay_guarded(register, known, lots, works, accounts)
    about = _Lots(
        history,
        known,
        rows,
        day_number(on),
        {} if works is None else service_days(lots, works, known),
        None if works is None else services_on(works, by_lot(lots), on).reindex(register.lots),
        None if accounts is None else paid_days(accounts),
    )
    last = len(names) - 1
    wanted = np.minimum(about.stage + 1, last) if stage is None else np.full(len(rows), names.get_loc(stage))
    parts = [part for step in range(1, last + 1) for part in _lacking(about, step, wanted)]
    return _table(parts, register.lots, names)


def _asked(lot: str | Iterable[str] | None, known: pd.Index) -> Rows:
    """Return the rows of the lots asked about."""
    if lot is None:
        return np.arange(len(known))
    ids = pd.Index([lot] if isinstance(lot, str) else [str(one) for one in lot], dtype=object)
    rows = known.get_indexer(ids)
    if (strange := ids[rows < 0]).size:
        near = did_you_mean(strange[0], known) if len(strange) == 1 else ""
        raise SchemaError(f"There is no lot {some_ids(strange)}{near}. A remnant is no lot.")
    return np.unique(rows)


def _lacking(about: _Lots, step: int, wanted: Rows) -> Iterator[pd.DataFrame]:
    """Return what lots on the way to a later stage, or to this one, lack for this one."""
    stages = about.rules.stages
    rows = about.rows[(about.stage < step) & (step <= wanted)]
    behind = rows[about.history.now[rows, STAGE] < step - 1]
    if len(behind):
        before = stages.iloc[step - 1]
        now = stages.index.to_numpy()[about.history.now[behind, STAGE]]
        said = {lang: TEXTS["order"][lang].format(before[lang]) for lang in LANGUAGES}
        yield _part(behind, (step, -1), "order", "order", before.name, now, said, "")
    event = about.rules.leads_to[stages.index[step]]
    guards = about.rules.guards
    for number, (name, guard) in enumerate(guards.iterrows()):
        if guard["event"] != event:
            continue
        origin = ", ".join(part for part in (guard["source"], guard["article"]) if part)
        for lacks, required, found, said in _unmet(about, rows, str(name), guard):
            if len(lacks):
                yield _part(lacks, (step, number), str(name), guard["kind"], required, found, said, origin)


def _unmet(
    about: _Lots, rows: Rows, name: str, guard: pd.Series
) -> Iterator[tuple[Rows, str, Any, dict[str, str]]]:
    """Return the lots that do not meet a guard, with what is required, what was found, and the texts."""
    said = {lang: guard[lang] for lang in LANGUAGES}
    if guard["kind"] in ("works", "finance"):
        if name in about.days:
            yield from _unmet_works(about, rows, about.days[name][rows] > about.day, guard)
    elif guard["kind"] == "fees":
        if about.paid is not None:
            register = about.history.register
            holder = about.history.now[rows, HOUSEHOLD]
            household = np.append(register.households.to_numpy(), "")[holder]
            since = fee_days(about.paid, register.lots[rows], household, guard["step"])
            yield rows[since > about.day], guard["step"], "", said
    else:
        states = about.history.now[rows]
        lacks = unmet_by_inspections(guard, states, about.day)
        found = np.where(states[lacks, ABSENCES] > 0, "not_lived_in", "")
        yield rows[lacks], guard["kind"], found, said


def _unmet_works(
    about: _Lots, rows: Rows, late: NDArray[np.bool_], guard: pd.Series
) -> Iterator[tuple[Rows, str, Any, dict[str, str]]]:
    """Return the lots without a work of a guard: one by one, or without any of those of which one will do."""
    names = guard["services"]
    groups = [[one] for one in range(len(names))] if guard["need"] == "all" else [list(range(len(names)))]
    texts = services().loc[names]
    for group in groups:
        lacks = rows[late[:, group].all(axis=1)]
        said = {
            lang: TEXTS["works"][lang].format(guard[lang], word.join(texts[lang].iloc[group]))
            for lang, word in LANGUAGES.items()
        }
        some = [names[one] for one in group]
        yield lacks, "|".join(some), _states(about, lacks, some), said


def _states(about: _Lots, rows: Rows, names: list[str]) -> Any:
    """Return how far works are, as text; of several with their names."""
    if about.found is None:
        return ""
    states = about.found.iloc[rows][names].astype(str)
    if len(names) == 1:
        return states[names[0]].to_numpy()
    told = [f"{name}: " + states[name] for name in names]
    return told[0].str.cat(told[1:], sep=" | ").to_numpy()


def _part(
    rows: Rows,
    place: tuple[int, int],
    condition: str,
    kind: str,
    required: str,
    found: Any,
    said: dict[str, str],
    source: str,
) -> pd.DataFrame:
    columns = {"row": rows, "step": place[0], "number": place[1], "condition": condition, "kind": kind}
    return pd.DataFrame(columns | {"required": required, "found": found, **said, "source": source})


def _table(parts: list[pd.DataFrame], lots: pd.Index, stages: pd.Index) -> pd.DataFrame:
    """Return parts as the table ``missing``."""
    if not parts:
        return empty("missing")
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.sort_values(["row", "step", "number"], kind="stable")
    whole["lot_id"] = lots.to_numpy()[whole["row"]]
    whole["stage"] = stages.to_numpy()[whole["step"]]
    key = whole["lot_id"] + ":" + whole["stage"] + ":" + whole["condition"] + ":" + whole["required"]
    order = list(empty("missing").columns)
    return conform(whole.set_index(key.rename("missing_id"))[order], "missing")
