"""Lots given to those who are ranked: by draw, or by rank and preference, so that anyone can repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import ExactnessError, RuleError
from ilo_gis.promuvi.allotment_claims import held, require_new, reserved, wishes_of
from ilo_gis.promuvi.lot_choice import FreeLots
from ilo_gis.promuvi.tickets import hash_of, software, tickets
from ilo_gis.tables import complete, conform, empty, findings, join_findings
from ilo_gis.tables.entries import require_day

__all__ = ["Allotment", "allot"]

CHOICES = {
    "way": ("draw", "preference"),
    "among": ("ranked", "all"),
    "order": ("ticket", "id"),
    "turn": ("best", "middle", "last"),
}
TURNS = {"best": "min", "middle": "median", "last": "max"}
HOW = {
    "ticket": "SHA-256 of 'seed:id' in hexadecimal, UTF-8; the least comes first (printf, sha256sum, sort)",
    "draw": "those who get a lot, by their tickets, get the lots in their order, one each",
    "preference": "by rank, each gets the first lot of its list that is free; afterwards, by rank, those of "
    "whose list none was left get the first free lot in the order of the lots",
}


@dataclass(frozen=True)
class Allotment:
    """Who got which lot.

    Attributes
    ----------
    table : DataFrame
        Table ``allotments``.
    events : DataFrame
        The same as rows of table ``lot_events``, to be added to those of before.
    waiting : DataFrame
        Rows of the table ``ranking`` of those who got none, in the order in which they wait.
    findings : GeoDataFrame
        Table ``findings``: groups that could not be kept together, or for which no room was left.
    record : dict
        Settings, seed, time, software, counts, SHA-256 of inputs and list, and the list itself: what
        `replay` repeats.
    """

    table: pd.DataFrame
    events: pd.DataFrame
    waiting: pd.DataFrame
    findings: gpd.GeoDataFrame
    record: dict[str, Any]


def allot(  # noqa: PLR0913 (each is a term that the act of a draw states)
    lots: gpd.GeoDataFrame,
    ranking: pd.DataFrame,
    way: str = "draw",
    *,
    seed: str,
    on: date,
    evidence: str = "",
    taken: pd.DataFrame | Iterable[str] = (),
    groups: bool = False,
    reserve: Mapping[str, Any] | None = None,
    among: str = "ranked",
    order: str = "ticket",
    turn: str = "best",
    time: str = "",
) -> Allotment:
    """Give lots to applicants, by draw or by rank and preference.

    As many get a lot as lots are free: the first of the ranking or, with ``among="all"``, those whom the
    draw puts first. By draw, the ticket of each decides which lot. By preference (serial dictatorship), each
    in its turn gets the first lot of its list that is still free; afterwards those of whose list none was
    left get the next lots in the order of the lots: they take nothing that another wished for, so no two
    would swap. Tickets are SHA-256 of ``seed:id``, the least comes first: anyone repeats the draw
    with ``sha256sum`` and ``sort``.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``, in metres; remnants are never given.
    ranking : DataFrame
        Table ``ranking``: who may get a lot, in which order, with ``preferences`` and ``group``.
    way : {"draw", "preference"}
        How lots are given.
    seed : str
        Text that seeds the tickets, published with the list.
    on : date
        Day on which the lots are given.
    evidence : str
        Number of the record or resolution; no names.
    taken : DataFrame or iterable of str
        Lots that cannot be given: ids, or the table ``lot_states`` of the day, which tells who holds one
        too.
    groups : bool
        Whether neighbours of a group stay together on adjoining lots of one block. A group takes its turn
        once, with all its members; where no block has room, it gets the free lots that are nearest, and a
        finding; a group for which there are not lots enough waits.
    reserve : mapping, optional
        Lots that are kept back and sold apart: those whose column has this value, such as
        ``{"corner": True}``.
    among : {"ranked", "all"}
        Whether the ranking says who gets a lot, or the draw does among all.
    order : {"ticket", "id"}
        Order of the lots: by their own tickets, or by id as plain text.
    turn : {"best", "middle", "last"}
        Member of a group at whose place the group takes its turn.
    time : str
        When the draw was held, as the record should tell it; ilo_gis has no clock of its own.

    Returns
    -------
    Allotment
        Tables ``allotments``, ``lot_events``, ``ranking`` (those who wait) and ``findings``, and the record.

    Raises
    ------
    CRSError, SchemaError
        If lots have no CRS in metres, a table lacks columns, or a lot is listed twice.
    RuleError
        If a setting is unknown; a household is ranked twice or holds a lot already; a lot that is taken or
        wished for is not among the lots, or wished for twice. Ids are named.

    References
    ----------
    Abdulkadiroğlu and Sönmez 1998, "Random serial dictatorship and the core from random endowments in house
    allocation problems", Econometrica 66(3). PROMUVI XII of Ilo gave its lots by draw (press).

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame({"block_id": "K", "kind": "lot"}, crs=32719,
    ...     geometry=[shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(3)],
    ...     index=pandas.Index(["K-1", "K-2", "K-3"], name="lot_id"))
    >>> ranking = pandas.DataFrame({"household_id": ["H1", "H2"], "place": [1, 2], "score": [9.0, 8.0],
    ...     "preferences": ["K-3;K-1", "K-3;K-2"]}, index=pandas.Index(["A1", "A2"], name="applicant_id"))
    >>> made = allot(lots, ranking, "preference", seed="31", on=pandas.Timestamp("1996-03-31"))
    >>> made.table["applicant_id"].to_dict(), made.table["choice"].tolist()
    ({'K-3': 'A1', 'K-2': 'A2'}, [1, 2])
    """
    settings: dict[str, Any] = {
        "way": way,
        "seed": seed,
        "on": f"{require_day(on):%Y-%m-%d}",
        "evidence": evidence,
    }
    settings |= {"groups": bool(groups), "reserve": dict(reserve or {}), "among": among}
    settings |= {"order": order, "turn": turn}
    _require_known(settings)
    land = conform(lots, "lots")
    who = complete(ranking, "ranking").sort_values("place", kind="stable")
    gone, holders = held(taken, land)
    require_new(who, holders)
    kept_back = reserved(land, settings["reserve"])
    free = land.index[(land["kind"] == "lot") & ~kept_back & ~land.index.isin(gone)].astype(str)
    wishes = wishes_of(who, land) if way == "preference" else {}
    drawn = tickets(seed, who.index)
    queue, waits = _queue(who, drawn, len(free), settings)
    rows = _given(queue, FreeLots(land, _lot_order(free, seed, order)), wishes, drawn, way)
    table = _table(rows, who, drawn, way)
    _require_sound(table, free)
    found = _findings(rows, waits, land)
    inputs = hash_of(settings | {"taken": sorted(gone), "holders": sorted(holders)}, lots=land, ranking=who)
    counts = _counts(land, gone, kept_back, who, table)
    record = _record(settings, time, inputs, counts, table)
    rest = who[~who.index.isin(table["applicant_id"])]
    if among == "all":
        rest = rest.loc[drawn[rest.index].sort_values().index]
    return Allotment(table, _events(table, settings), rest, found, record)


# -- what may be given, and to whom ------------------------------------------------------------------


def _require_known(settings: Mapping[str, Any]) -> None:
    for name, choices in CHOICES.items():
        if settings[name] not in choices:
            raise RuleError(f"{name} is {settings[name]!r}; it can be {' or '.join(choices)}.")


def _lot_order(free: pd.Index, seed: str, order: str) -> list[str]:
    return sorted(free) if order == "id" else tickets(seed, free).sort_values().index.tolist()


# -- who takes a turn, and what it gets --------------------------------------------------------------


def _queue(
    who: pd.DataFrame, drawn: pd.Series, room: int, settings: Mapping[str, Any]
) -> tuple[list[list[str]], list[str]]:
    """Return who gets lots, by group, in the order of the turns; and groups for which no lots are left."""
    name = who["group"].replace("", pd.NA) if settings["groups"] else pd.Series(pd.NA, who.index)
    party = name.where(name.notna(), "\0" + who.index.to_series()).astype(object)
    place = who["place"].groupby(party).agg(TURNS[settings["turn"]])
    lead = who.index.to_series().groupby(party).first()
    ticket = lead.map(drawn)
    first = who["place"].groupby(party).min()
    by = pd.DataFrame({"place": place, "ticket": ticket, "first": first})
    ranked = by.sort_values("ticket" if settings["among"] == "all" else ["place", "first"])
    members = {str(key): ids.tolist() for key, ids in who.index.to_series().groupby(party)}
    winners, waits = [], []
    for key in ranked.index:
        if len(members[key]) <= room:
            winners.append(key)
            room -= len(members[key])
        elif len(members[key]) > 1:
            waits.append(key)
        if room == 0:
            break
    turns = ranked.loc[winners]
    turns = turns.sort_values("ticket") if settings["way"] == "draw" else turns
    return [members[key] for key in turns.index], waits


@dataclass(frozen=True)
class _Row:
    lot: str
    applicant: str
    way: str
    choice: int | None = None
    together: bool = True


def _given(
    queue: list[list[str]], land: FreeLots, wishes: Mapping[str, list[str]], drawn: pd.Series, way: str
) -> list[_Row]:
    """Give each party its lots, in turn."""
    rows, later = [], []
    for party in queue:
        if len(party) > 1:
            rows += _group(party, land, wishes, drawn, way)
            continue
        who = party[0]
        listed = wishes.get(who, [])
        choice = next((k for k, lot in enumerate(listed, start=1) if lot in land), None)
        if choice is not None:
            rows.append(_Row(land.take(listed[choice - 1]), who, way, choice))
        elif way == "draw":
            rows.append(_Row(land.take(land.next()), who, way))
        else:
            later.append(who)
    return rows + [_Row(land.take(land.next()), who, "next") for who in later]


def _group(
    party: list[str], land: FreeLots, wishes: Mapping[str, list[str]], drawn: pd.Series, way: str
) -> list[_Row]:
    """Give a group its lots: by rank each its first wish among them, by draw the least ticket first."""
    starts = [lot for who in party for lot in wishes.get(who, [])]
    found, together = land.together(len(party), starts)
    order = sorted(party, key=drawn.__getitem__) if way == "draw" else party
    left, rows = [land.take(lot) for lot in found], {}
    for who in order:
        listed = wishes.get(who, [])
        choice = next((k for k, lot in enumerate(listed, start=1) if lot in left), None)
        if choice is not None:
            rows[who] = _Row(listed[choice - 1], who, "group", choice, together)
            left.remove(listed[choice - 1])
    for who in order:
        if who not in rows:
            rows[who] = _Row(left.pop(0), who, "group", None, together)
    return [rows[who] for who in order]


# -- what comes of it --------------------------------------------------------------------------------


def _table(rows: list[_Row], who: pd.DataFrame, drawn: pd.Series, way: str) -> pd.DataFrame:
    if not rows:
        return empty("allotments")
    ids = [row.applicant for row in rows]
    made = {
        "applicant_id": ids,
        "household_id": who["household_id"].loc[ids].to_numpy(),
        "turn": np.arange(1, len(rows) + 1),
        "way": [row.way for row in rows],
        "choice": pd.array([row.choice for row in rows], dtype="Int64"),
        "ticket": drawn.loc[ids].to_numpy() if way == "draw" else pd.NA,
    }
    table = pd.DataFrame(made, index=pd.Index([row.lot for row in rows], name="lot_id"))
    return conform(table, "allotments")


def _require_sound(table: pd.DataFrame, free: pd.Index) -> None:
    if not table.index.isin(free).all() or table["household_id"].duplicated().any():
        raise ExactnessError("A lot that was not free was given, or a household got two.")


def _record(
    settings: dict[str, Any], time: str, inputs: str, counts: dict[str, int], table: pd.DataFrame
) -> dict[str, Any]:
    return {
        "kind": "allotment",
        "settings": settings,
        "time": time,
        "software": software(),
        "how": {name: HOW[name] for name in ("ticket", settings["way"])},
        "inputs": inputs,
        "counts": counts,
        "list": hash_of(None, allotments=table),
        "allotted": table.reset_index()[["lot_id", "applicant_id"]].to_numpy().tolist(),
    }


def _events(table: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    if table.empty:
        return empty("lot_events")
    told = pd.DataFrame({"lot_id": table.index, "household_id": table["household_id"].to_numpy()})
    told = told.assign(
        kind="allotted", date=pd.Timestamp(settings["on"]), evidence=settings["evidence"] or None
    )
    told.index = pd.Index(told["lot_id"] + f"/allotted/{settings['on']}", name="event_id")
    return complete(told, "lot_events")[list(empty("lot_events").columns)]


def _findings(rows: list[_Row], waits: list[str], lots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    apart = [row for row in rows if not row.together]
    where = lots.loc[[row.lot for row in apart]]
    who = [row.applicant for row in apart]
    groups = pd.DataFrame({"group": waits}, index=pd.Index(waits, dtype=object))
    return join_findings(
        findings("lots", where, "promuvi.group_apart", detail=who),
        findings("ranking", groups, "promuvi.group_waits", detail=waits, crs=lots.crs),
    )


def _counts(
    lots: gpd.GeoDataFrame, gone: set[str], kept_back: pd.Series, who: pd.DataFrame, table: pd.DataFrame
) -> dict[str, int]:
    real = lots["kind"] == "lot"
    counts = {"lots": real.sum(), "taken": len(gone), "reserved": (real & kept_back).sum()}
    counts |= {"ranked": len(who), "allotted": len(table), "waiting": len(who) - len(table)}
    counts |= table["way"].value_counts().sort_index().to_dict()
    return {name: int(count) for name, count in counts.items()}
