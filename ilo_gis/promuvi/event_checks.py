"""Every event of a register that breaks a rule, named with its lot and the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import near_words
from ilo_gis.promuvi.chain_rules import GivenRules, StageRules, stage_rules
from ilo_gis.promuvi.event_arrays import NEVER, REASONS, Register, natural, read_events
from ilo_gis.promuvi.guards import replay_guarded
from ilo_gis.promuvi.history import HOUSEHOLD, STAGE, History
from ilo_gis.tables import empty, findings, join_findings

__all__ = ["check_events", "dates_back", "told", "unproved"]

Rows = NDArray[np.int64]

WORDS = {
    "es": ("lote", "hogar", "debe estar {}; está {}", "parecidas:"),
    "en": ("lot", "household", "it has to be {}; it is {}", "near:"),
}


def check_events(
    events: pd.DataFrame,
    lots: pd.DataFrame | None = None,
    *,
    works: pd.DataFrame | None = None,
    accounts: pd.DataFrame | None = None,
    payments: pd.DataFrame | None = None,
    on: date | None = None,
    rules: GivenRules | None = None,
) -> gpd.GeoDataFrame:
    """Name every event that breaks a rule; such events do not count for the state of a lot.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``; values that cannot be read are found, not refused.
    lots : DataFrame or GeoDataFrame, optional
        Table ``lots``. Without it every lot that an event names exists.
    works : DataFrame, optional
        Table ``works``: then guards on works and finance are held to the day of each event. Needs `lots`.
    accounts : DataFrame, optional
        Table ``accounts``: then guards on fees are held.
    payments : DataFrame, optional
        Table ``payments``: with accounts, the day since which a fee is paid is that of its last payment.
    on : date, optional
        Today: later events are errors.
    rules : StageRules, path or dict, optional
        By default those of `stage_rules`.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; features are event ids. Severity error for events that do not count
        (``events.taken``, ``events.order``, ``events.guard`` ...) and for days that go back in the order of
        ids that differ by a number alone (``events.date_back``); warning where the paper is missing that the
        kind asks for.

    Raises
    ------
    RuleError
        If `on` is no date, or the rules make no sense.
    SchemaError
        If a whole column that a table needs is missing, or ids of lots repeat.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, sections II.c and III.d (single ownership).

    Examples
    --------
    >>> told = {"lot_id": "A-1", "household_id": ["h", "g"], "kind": "allotted"}
    >>> events = pandas.DataFrame(told | {"date": ["1990-01-01", "1990-02-01"]}, ["E-1", "E-2"])
    >>> print(check_events(events.rename_axis("event_id"))["message"].item())
    The lot is taken: lot A-1, lot allotted, 1990-02-01; household h. A lot has one household.
    """
    known = stage_rules(rules)
    register = read_events(events, lots, known, on)
    history = replay_guarded(register, known, lots, works, accounts, payments)
    crs = getattr(lots, "crs", None)
    return join_findings(
        empty("findings", crs),
        told(events, history, known, np.flatnonzero(history.reason), crs),
        dates_back(events, register, known, _behind(register), crs),
        unproved(events, register, known, np.ones(len(register.ids), dtype=bool), crs),
    )


def told(
    events: pd.DataFrame, history: History, rules: StageRules, which: Rows, crs: object = None
) -> gpd.GeoDataFrame:
    """Return a finding for each reason of some events (positions in the register) that do not count."""
    parts = [empty("findings", crs)]
    for number, name in enumerate(REASONS):
        some = which[history.reason[which] == number]
        if not len(some):
            continue
        if name == "guard":
            parts += _guards(events, history, rules, some, crs)
            continue
        about = {lang: _about(events, history.register, rules, some, lang) for lang in WORDS}
        more = {lang: _more(name, events, history, rules, some, lang) for lang in WORDS}
        said = {
            lang: [f"{a}; {m}" if m else a for a, m in zip(about[lang], more[lang], strict=True)]
            for lang in WORDS
        }
        parts.append(_both(history.register, f"events.{name}", some, said, crs))
    return join_findings(*parts)


def _both(
    register: Register,
    rule: str,
    some: Rows,
    said: dict[str, list[str]],
    crs: object,
    article: str = "",
) -> gpd.GeoDataFrame:
    """Return findings that say a detail in each language."""
    if not len(some):
        return empty("findings", crs)
    layer = register.ids[some].to_frame()
    made = {
        lang: findings("lot_events", layer, rule, detail=said[lang], article=article, crs=crs)
        for lang in WORDS
    }
    return made["en"].assign(message_es=made["es"]["message_es"])


def _guards(
    events: pd.DataFrame, history: History, rules: StageRules, some: Rows, crs: object
) -> list[gpd.GeoDataFrame]:
    """Return a finding for each guard that was not met."""
    parts = []
    for number, guard in enumerate(rules.guards.itertuples()):
        hit = some[history.unmet[some, number]]
        what = {lang: getattr(guard, lang) + _figure(guard) for lang in WORDS}
        said = {
            lang: [f"{one}: {what[lang]}" for one in _about(events, history.register, rules, hit, lang)]
            for lang in WORDS
        }
        parts.append(_both(history.register, "events.guard", hit, said, crs, _article(guard)))
    return parts


def _figure(guard: Any) -> str:
    """Return what of a guard is a figure or a list, in brackets."""
    named = " | ".join(guard.services) if guard.need == "one" else ", ".join(guard.services)
    figure = str(guard.days) if guard.kind in ("absent", "term") else named
    return f" ({figure})" if figure else ""


def _article(guard: Any) -> str:
    return f"{guard.source}, {guard.article}" if guard.article else str(guard.source)


def _about(events: pd.DataFrame, register: Register, rules: StageRules, some: Rows, lang: str) -> list[str]:
    """Return lot, kind and day of events, in words."""
    table = events.iloc[register.rows[some]]
    names = rules.events[lang].to_dict()
    lot = WORDS[lang][0]
    return [
        f"{lot} {place}, {names.get(kind, repr(kind))}, {pd.Timestamp(day, unit='D'):%Y-%m-%d}"
        if day != NEVER
        else f"{lot} {place}, {names.get(kind, repr(kind))}, {when!r}"
        for place, kind, when, day in zip(
            table["lot_id"], table["kind"], table["date"], register.day[some].tolist(), strict=True
        )
    ]


def _more(
    reason: str, events: pd.DataFrame, history: History, rules: StageRules, some: Rows, lang: str
) -> list[str]:
    """Return what else there is to say of why events do not count."""
    register, (_, household, needs, similar) = history.register, WORDS[lang]
    table = events.iloc[register.rows[some]]
    if reason == "unknown_kind":
        near = [near_words(kind, rules.events.index, cutoff=0.6) for kind in table["kind"]]
        return [f"{similar} {', '.join(words)}" if words else "" for words in near]
    if reason in ("unknown_event", "other_lot", "before_its_event", "not_last"):
        return [str(one) for one in table["takes_back"]]
    if reason == "second_lot":
        held = np.append(register.lots, "")[history.elsewhere[some]]
        return [f"{WORDS[lang][0]} {one}" for one in held]
    if reason not in ("taken", "not_holder", "order"):
        return [""] * len(some)
    before = history.states[history.found[some]]
    if reason != "order":
        holder = np.append(register.households, "–")[before[:, HOUSEHOLD]]
        return [f"{household} {one}" for one in holder]
    names = rules.stages[lang]
    stage = names.to_numpy()[before[:, STAGE]]
    wanted = [" / ".join(names[one] for one in rules.events.at[kind, "from"]) for kind in table["kind"]]
    return [needs.format(want.lower(), one.lower()) for want, one in zip(wanted, stage, strict=True)]


def _behind(register: Register) -> Rows:
    """Return events dated before one of their lot whose id is the same text with a smaller number."""
    fit = np.flatnonzero((register.reason == 0) | (register.reason == REASONS.index("before_its_event")))
    parts = pd.Series(register.ids[fit]).str.extract(r"^(.*?)(\d+)$")
    keys = pd.Series(natural(register.ids[fit]))
    table = pd.DataFrame({"lot": register.lot[fit], "text": parts[0], "day": register.day[fit], "row": fit})
    numbered = parts[1].notna()
    table = table[numbered].iloc[np.argsort(keys[numbered].to_numpy(), kind="stable")]
    latest = table.groupby(["lot", "text"])["day"].cummax()
    return np.sort(table.loc[table["day"] < latest, "row"].to_numpy())


def dates_back(
    events: pd.DataFrame, register: Register, rules: StageRules, some: Rows, crs: object = None
) -> gpd.GeoDataFrame:
    """Return findings about events whose day goes back."""
    said = {lang: _about(events, register, rules, some, lang) for lang in WORDS}
    return _both(register, "events.date_back", some, said, crs)


def unproved(
    events: pd.DataFrame,
    register: Register,
    rules: StageRules,
    which: NDArray[np.bool_],
    crs: object = None,
) -> gpd.GeoDataFrame:
    """Return findings about those of some events without the paper that their kind asks for."""
    asks = np.append(rules.events["evidence_required"].to_numpy(bool), False)[register.kind]
    proof = events["evidence"] if "evidence" in events else pd.Series(None, events.index, dtype=object)
    bare = (proof.isna() | (proof.astype(str).str.strip() == "")).to_numpy()[register.rows]
    some = np.flatnonzero(asks & bare & which)
    said = {
        lang: [
            f"{one}: {rules.events[f'evidence_{lang}'].iloc[kind]}"
            for one, kind in zip(
                _about(events, register, rules, some, lang), register.kind[some], strict=True
            )
        ]
        for lang in WORDS
    }
    return _both(register, "events.no_evidence", some, said, crs)
