"""The desk of PROMUVI: the file of a lot, with the household's id and no name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ilo_gis import promuvi
from ilo_gis.editing.edit import Tables
from ilo_gis.errors import RuleError, SchemaError, did_you_mean
from ilo_gis.promuvi.chain_rules import GivenRules
from ilo_gis.promuvi.progress import legal_lots
from ilo_gis.tables import complete, empty

__all__ = ["LotFile", "lot_file", "money_of_lots", "tables_of_desk"]

MONEY = ("charges", "payments", "exchange_rates")


@dataclass(frozen=True, eq=False)
class LotFile:
    """What the desk has on a lot; of the household the id alone.

    Attributes
    ----------
    lot_id, household_id : str
        Lot and who holds it; empty where nobody does.
    stage : str
        A key of ``promuvi/stages.toml``; `label` and `label_es` are its names.
    since : Timestamp
        First day of the stage; NaT for a lot without events.
    next_step : str
        Kind of event that leads to the next stage; empty where there is none.
    services : DataFrame
        By service: ``label``, ``label_es``, ``state`` (none, planned, under_way, done) and ``stage``, for
        which it is asked.
    fees : DataFrame
        Table ``accounts`` of the lot; no row where nothing was charged.
    missing : DataFrame
        Table ``missing``: why the lot cannot have its next stage, in English and Spanish.
    events : DataFrame
        Table ``lot_events`` of the lot up to the day, the last one last.
    """

    lot_id: str
    household_id: str
    stage: str
    label: str
    label_es: str
    since: pd.Timestamp
    next_step: str
    services: pd.DataFrame
    fees: pd.DataFrame
    missing: pd.DataFrame
    events: pd.DataFrame


def lot_file(known: Tables, lot_id: str, on: date, *, rules: GivenRules | None = None) -> LotFile:
    """Return what is known of a lot on a day: stage, services, fees, and what its next stage waits for.

    Nothing is read but lots, their events, works and money: the register of households stays closed.

    Parameters
    ----------
    known : mapping of str to table
        ``lots``; and ``lot_events``, ``works``, ``charges``, ``payments`` and ``exchange_rates`` where they
        are there.
    lot_id : str
        The lot.
    on : date
        The day.
    rules : StageRules, path or dict, optional
        By default those of `promuvi.stage_rules`.

    Returns
    -------
    LotFile

    Raises
    ------
    SchemaError
        If there is no such lot, it is a remnant, or a table is none.
    RuleError
        If `on` is no date, or the rules make no sense.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A"]}, pandas.Index(["A-1"], name="lot_id"))
    >>> told = {"lot_id": ["A-1"], "household_id": ["h"], "kind": ["allotted"], "date": ["1990-01-10"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1"], name="event_id"))
    >>> works = pandas.DataFrame({"service": ["clearing", "survey", "layout", "latrine"], "scope": "block"})
    >>> works = works.assign(target_id="A", done="1990-02-01").rename_axis("work_id")
    >>> known = {"lots": lots, "lot_events": events, "works": works}
    >>> file = lot_file(known, "A-1", pandas.Timestamp("1990-03-01"))
    >>> file.household_id, file.label_es, file.next_step, file.missing["es"].tolist()
    ('h', 'Asignado', 'occupied', ['Habilitación progresiva previa a la ocupación: falta Pileta pública'])
    """
    chain = promuvi.stage_rules(rules)
    read = tables_of_desk(known)
    land = legal_lots(read["lots"])
    if lot_id not in land.index:
        raise SchemaError(f"There is no lot {lot_id}{did_you_mean(lot_id, land.index)}. A remnant is no lot.")
    events = _bearing(read["lot_events"], lot_id)
    near = land[land.index.isin([lot_id, *events["lot_id"]])]
    money = money_of_lots(read, [lot_id], on)[0]
    state = promuvi.state_on(events, on, near, rules=chain).loc[lot_id]
    works = read.get("works")
    lacks = promuvi.why_not(
        lot_id, events=events, lots=near, on=on, works=works, accounts=money.get("accounts"), rules=chain
    )
    stages = chain.stages
    later = stages.index[stages.index.get_loc(state["stage"]) + 1 :]
    own = events[(events["lot_id"] == lot_id) & (events["date"] <= pd.Timestamp(on))]
    return LotFile(
        lot_id=lot_id,
        household_id="" if pd.isna(state["household_id"]) else state["household_id"],
        stage=state["stage"],
        label=stages.at[state["stage"], "en"],
        label_es=stages.at[state["stage"], "es"],
        since=state["since"],
        next_step=chain.leads_to[later[0]] if len(later) else "",
        services=_services(works, near.loc[[lot_id]], on),
        fees=money.get("accounts", empty("accounts")),
        missing=lacks,
        events=own.sort_values("date", kind="stable"),
    )


def tables_of_desk(known: Tables) -> dict[str, pd.DataFrame]:
    """Return the tables of the desk, and no other; works are left out where there are none.

    Examples
    --------
    >>> list(tables_of_desk({"lots": pandas.DataFrame(), "households": pandas.DataFrame()}))
    ['lots', 'lot_events', 'charges', 'payments', 'exchange_rates']
    """
    names = ("lots", "lot_events", *MONEY)
    if "lots" not in known:
        raise RuleError("There are no lots. Open the project that has them.")
    read = {name: complete(known[name], name) if name in known else empty(name) for name in names[1:]}
    works = {"works": known["works"]} if "works" in known else {}
    return {"lots": known["lots"], **read, **works}


def _bearing(events: pd.DataFrame, lot_id: str) -> pd.DataFrame:
    """Return the events that can bear on a lot: its own, and those of lots that its households had."""
    lots = pd.Index([lot_id])
    while True:
        near = events[events["lot_id"].isin(lots)]
        people = pd.concat([near["household_id"], near["heir"]]).dropna()
        more = events["lot_id"][events["household_id"].isin(people) | events["heir"].isin(people)]
        wider = lots.union(pd.Index(more.unique()))
        if len(wider) == len(lots):
            return near
        lots = wider


def money_of_lots(
    read: Mapping[str, pd.DataFrame], lot_ids: Iterable[str], on: date
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return accounts and payments of lots, and what is wrong with them; nothing where nothing is charged.

    Examples
    --------
    >>> read = tables_of_desk({"lots": pandas.DataFrame()})
    >>> money_of_lots(read, ["A-1"], pandas.Timestamp("1996-12-31"))[0]
    {}
    """
    if read["charges"].empty and read["payments"].empty:
        return {}, empty("findings", getattr(read["lots"], "crs", None))
    own = {
        name: read[name][read[name]["lot_id"].isin(lot_ids)] for name in ("charges", "payments", "lot_events")
    }
    money, found = promuvi.sound_accounts(
        own["charges"], own["payments"], read["exchange_rates"], own["lot_events"], read["lots"], on
    )
    return money or {"accounts": empty("accounts"), "payments": empty("payments")}, found


def _services(works: pd.DataFrame | None, lot: pd.DataFrame, on: date) -> pd.DataFrame:
    names = promuvi.services()
    told = promuvi.services_on(empty("works") if works is None else works, lot, on)
    table = names[["en", "es", "stage"]].rename(columns={"en": "label", "es": "label_es"})
    return table.assign(state=told.iloc[0].reindex(names.index))
