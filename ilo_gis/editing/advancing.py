"""The next step of lots of PROMUVI: which may take it, and the edit that records it, of all or of none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from ilo_gis import promuvi
from ilo_gis.editing.desk import money_of_lots, tables_of_desk
from ilo_gis.editing.edit import Edit, RowChange, Tables, edit_between
from ilo_gis.errors import EventsRefused, RuleError, did_you_mean
from ilo_gis.promuvi.advance import with_ids
from ilo_gis.promuvi.chain_rules import GivenRules
from ilo_gis.tables import empty, join_findings

__all__ = ["advance_lots", "may_advance"]

FEES = {
    "charged": ("Fees charged for these lots", "Derechos cargados de estos lotes"),
    "paid": ("Fees paid for these lots", "Derechos pagados de estos lotes"),
    "due": ("Fees due for these lots", "Derechos por pagar de estos lotes"),
}
CENTS = 100


def may_advance(
    known: Tables,
    lot_ids: Iterable[str],
    step: str,
    on: date,
    evidence: str,
    *,
    household: str | None = None,
    heir: str | None = None,
    rules: GivenRules | None = None,
) -> pd.DataFrame:
    """Tell which lots may take a step, and why the others may not: what to look at before `advance_lots`.

    Parameters
    ----------
    known, lot_ids, step, on, evidence, household, heir, rules
        As for `advance_lots`.

    Returns
    -------
    DataFrame
        By lot, as asked: ``may``; ``reason`` and ``reason_es``, empty for those that may.

    Raises
    ------
    RuleError, SchemaError
        As for `advance_lots`.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A", "A"]}, pandas.Index(["A-1", "A-2"], name="lot_id"))
    >>> told = {"lot_id": ["A-1"], "household_id": ["h"], "kind": ["allotted"], "date": ["1990-01-10"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1"], name="event_id"))
    >>> known, day = {"lots": lots, "lot_events": events}, pandas.Timestamp("1990-03-01")
    >>> told = may_advance(known, ["A-1", "A-2"], "occupied", day, "Acta 7")
    >>> told["may"].to_dict(), told.at["A-2", "reason_es"][:51]
    ({'A-1': True, 'A-2': False}, 'El hecho no indica el hogar: lote A-2, Ocupación de')
    """
    read = tables_of_desk(known)
    rows = _rows(read, lot_ids, step, on, evidence, household, heir, rules)
    lot_of = with_ids(rows, read["lot_events"])["lot_id"]
    found = _refusals(read, rows, rules)
    lot = found["feature"].map(lot_of)
    for name in ("charges", "payments"):
        lot = lot.fillna(found["feature"].map(read[name]["lot_id"]))
    told = {
        name: found[column].groupby(lot.to_numpy()).agg("; ".join)
        for name, column in (("reason", "message"), ("reason_es", "message_es"))
    }
    ids = pd.Index(rows["lot_id"], name="lot_id")
    reasons = pd.DataFrame(told).reindex(ids).fillna("")
    return reasons.assign(may=reasons["reason"] == "")[["may", "reason", "reason_es"]]


def advance_lots(
    known: Tables,
    lot_ids: Iterable[str],
    step: str,
    on: date,
    evidence: str,
    *,
    household: str | None = None,
    heir: str | None = None,
    rules: GivenRules | None = None,
) -> Edit:
    """Return the edit that records a step of lots: all of them take it, or none does.

    There is no half batch: who wants those alone that may asks `may_advance` first, and names them.

    Parameters
    ----------
    known : mapping of str to table
        As for `lot_file`. Rows of ``lot_states`` and ``lot_progress``, where they are there, follow.
    lot_ids : iterable of str
        The lots.
    step : str
        Kind of event, such as ``"occupied"``; see `promuvi.stage_rules`.
    on : date
        Day on which it took effect.
    evidence : str
        Number of the record or resolution; no names.
    household : str, optional
        Who gets a free lot; by default whoever holds the lot.
    heir : str, optional
        Household that takes the lot over, where it is transferred.
    rules : StageRules, path or dict, optional
        By default those of `promuvi.stage_rules`.

    Returns
    -------
    Edit
        Rows of ``lot_events``; its figures are lots by stage before and after, and the fees charged, paid
        and due of these lots, US$ at the rates of their days.

    Raises
    ------
    EventsRefused
        If a lot may not; the message names all of them with every reason, the error has ``findings``.
    RuleError
        If no lots are named, or one twice.
    SchemaError
        If a table cannot be used.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.c.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A", "A"]}, pandas.Index(["A-1", "A-2"], name="lot_id"))
    >>> told = {"lot_id": ["A-1"], "household_id": ["h"], "kind": ["allotted"], "date": ["1990-01-10"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1"], name="event_id"))
    >>> known, day = {"lots": lots, "lot_events": events}, pandas.Timestamp("1990-03-01")
    >>> edit = advance_lots(known, ["A-1"], "occupied", day, "Acta 7")
    >>> edit.title("es"), edit.changes["lot_events"].after["kind"].to_dict()
    ('Avanzar la etapa de A-1', {'E-2': 'occupied'})
    >>> edit.figures.loc[["stage_allotted", "stage_occupied"], ["before", "after"]].values.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    read = tables_of_desk(known)
    rows = _rows(read, lot_ids, step, on, evidence, household, heir, rules)
    events, lots = read["lot_events"], read["lots"]
    today = _today(events, on)
    money, owed = money_of_lots(read, rows["lot_id"], today)
    promuvi.require_sound_money(owed, read["charges"], read["payments"], rows["lot_id"])
    longer = promuvi.advance(events, rows, lots, read.get("works"), today, rules=rules, **money)
    before, after = (promuvi.state_on(table, today, lots, rules=rules) for table in (events, longer))
    changes = {"lot_events": RowChange(events.iloc[:0], longer.iloc[len(events) :])}
    changes |= _followers(known, after.loc[rows["lot_id"]])
    figures = pd.concat([_by_stage(before, after, rules), _fees(money)])
    return Edit("promuvi.advance", changes, tuple(rows["lot_id"]), figures)


def _rows(
    read: Mapping[str, pd.DataFrame],
    lot_ids: Iterable[str],
    step: str,
    on: date,
    evidence: str,
    household: str | None,
    heir: str | None,
    rules: GivenRules | None,
) -> pd.DataFrame:
    """Return the events that are asked for, without ids: one for each lot."""
    ids = pd.Index([str(one) for one in lot_ids], dtype=object)
    if not len(ids) or ids.has_duplicates:
        raise RuleError(f"Name lots, each once: {', '.join(ids) or 'none are named'}.")
    if step not in (kinds := promuvi.stage_rules(rules).events.index):
        raise RuleError(
            f"There is no step {step!r}{did_you_mean(step, kinds)}. There are: {', '.join(kinds)}."
        )
    events = read["lot_events"]
    holders = promuvi.state_on(events, _today(events, on), read["lots"], rules=rules)["household_id"]
    who = pd.Series(household, ids) if household else holders.reindex(ids)
    table = {"lot_id": ids, "household_id": who.to_numpy(dtype=object), "kind": step}
    return pd.DataFrame(
        table | {"date": pd.Timestamp(on), "evidence": evidence.strip() or None, "heir": heir}
    )


def _today(events: pd.DataFrame, on: date) -> pd.Timestamp:
    """Return the day that it is at the least: that of the step, or of the last event recorded."""
    day, last = pd.Timestamp(on), events["date"].max()
    return day if pd.isna(last) else max(day, last)


def _refusals(read: Mapping[str, pd.DataFrame], rows: pd.DataFrame, rules: GivenRules | None) -> pd.DataFrame:
    """Return the findings for which events would be refused; none where all may be."""
    events, lots = read["lot_events"], read["lots"]
    today = _today(events, rows["date"].iloc[0])
    money, owed = money_of_lots(read, rows["lot_id"], today)
    parts = []
    try:
        promuvi.require_sound_money(owed, read["charges"], read["payments"], rows["lot_id"])
    except EventsRefused as refused:
        parts.append(refused.findings)
    try:
        promuvi.advance(events, rows, lots, read.get("works"), today, rules=rules, **money)
    except EventsRefused as refused:
        parts.append(refused.findings)
    return join_findings(empty("findings", getattr(lots, "crs", None)), *parts)


def _followers(known: Tables, states: pd.DataFrame) -> dict[str, RowChange]:
    """Return what becomes of the rows that tell the stage of lots beside their events."""
    before, after = {}, {}
    for name in [one for one in ("lot_states", "lot_progress") if one in known]:
        table = known[name]
        rows = table[table.index.isin(states.index)]
        told = states.loc[rows.index, [column for column in states if column in rows]]
        stage = told["stage"].astype(rows["stage"].dtype)
        if isinstance(stage.dtype, pd.CategoricalDtype):
            stages = rows["stage"].cat.categories.union(states["stage"].unique(), sort=False)
            stage = pd.Series(pd.Categorical(told["stage"].astype(str), stages), rows.index)
        before[name], after[name] = rows, rows.assign(**told.drop(columns="stage"), stage=stage)
    return dict(edit_between("promuvi.advance", before, after).changes)


def _by_stage(before: pd.DataFrame, after: pd.DataFrame, rules: GivenRules | None) -> pd.DataFrame:
    stages = promuvi.stage_rules(rules).stages
    counts = {
        when: table["stage"].astype(str).value_counts().reindex(stages.index, fill_value=0).astype(float)
        for when, table in (("before", before), ("after", after))
    }
    label = "Lots: " + stages["en"]
    table = pd.DataFrame(
        {"label": label, "label_es": "Lotes: " + stages["es"].str.lower(), "unit": "lots"} | counts
    )
    return table.set_axis("stage_" + stages.index).rename_axis("figure")


def _fees(money: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what was charged, paid and is due, which no step changes; nothing where nothing was charged."""
    if not money:
        return pd.DataFrame()
    sums = money["accounts"][list(FEES)].sum() / CENTS
    table = pd.DataFrame(FEES, index=["label", "label_es"]).T.assign(unit="US$", before=sums, after=sums)
    return table.set_axis("fees_" + table.index).rename_axis("figure")
