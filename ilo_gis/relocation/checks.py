"""What is wrong with a programme of relocations: steps, agreements, obligations, areas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import near_words
from ilo_gis.relocation.states import in_effect, steps
from ilo_gis.tables import conform, empty, findings, join_findings
from ilo_gis.tables.entries import require_day

__all__ = ["check_programme"]

DRAWN = 0.01  # share by which a drawn area may differ from the one told
CENT = 0.01  # m2 that a sum may differ from the subtotal


def check_programme(
    occupants: gpd.GeoDataFrame,
    agreements: pd.DataFrame,
    obligations: pd.DataFrame,
    moves: pd.DataFrame,
    receiving_sites: pd.DataFrame,
    seafront: gpd.GeoDataFrame | None = None,
    on: date | None = None,
    *,
    subtotal: float | None = None,
) -> gpd.GeoDataFrame:
    """Check the tables of a programme against each other.

    Events that others take back do not count. Whether households have a place to go to before an order
    takes effect is told by `balance`.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants``.
    agreements, obligations, moves, receiving_sites : DataFrame
        Tables of these names; `read_tables` makes them from any files.
    seafront : GeoDataFrame, optional
        Table ``seafront``: when the works began.
    on : date, optional
        Day of the check: later events are left alone, and it tells what is overdue. By default the last
        day of any event.
    subtotal : float, optional
        Land of all occupants as the source gives it, m2.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: moves before their agreement, steps that follow none that they may follow or
        rest on no agreement, occupants without agreement, ids that no table has, events without evidence,
        moves before the works began, obligations overdue, areas that do not add up or are drawn otherwise.

    Raises
    ------
    CRSError, SchemaError
        If a layer is not in metres, or not the table.
    RuleError
        If `on` is no date.

    References
    ----------
    Ilo, Peru: works from August 1994, moves from November 1993 (S99, Table 3 and III.c): both are kept.

    Examples
    --------
    >>> names = ("occupants", "agreements", "obligations", "moves", "receiving_sites", "seafront")
    >>> told = check_programme(*[ilo_gis.io.sample(name) for name in names], subtotal=27400)
    >>> told["rule"].unique().tolist()
    ['programme.before_works']
    >>> told["feature"].tolist()
    ['customs', 'calle_comercio', 'police', 'la_picuda']
    """
    land, pacts = conform(occupants, "occupants"), conform(agreements, "agreements")
    asked, sites = conform(obligations, "obligations"), conform(receiving_sites, "receiving_sites")
    events = in_effect(moves, on)
    events = events.sort_values(["date", "rank", "order"])
    last = (require_day(on) if on is not None else events["date"].max()) if len(events) or on else pd.NaT
    parties = pacts["occupants"].str.split(";").explode().str.strip()
    told = [
        *_links(land, pacts, asked, events, sites, parties),
        *_without_agreement(land, parties, events),
        *_steps(events, pacts, parties),
        *_before_works(land, events, seafront),
        *_overdue(asked, last),
        *_areas(land, subtotal),
    ]
    return join_findings(empty("findings", land.crs), *told)


def _near(word: object, known: pd.Index) -> str:
    near = ", ".join(near_words(word, sorted(map(str, known))))
    return f"{word} ({near})" if near else str(word)


def _links(
    land: gpd.GeoDataFrame,
    pacts: pd.DataFrame,
    asked: pd.DataFrame,
    events: pd.DataFrame,
    sites: pd.DataFrame,
    parties: pd.Series,
) -> Iterator[gpd.GeoDataFrame]:
    """Tell ids that the table they name does not have."""
    pairs = [
        ("agreements", pacts, parties, land, "programme.agreement_occupant"),
        ("obligations", asked, asked["agreement_id"], pacts, "programme.unknown_agreement"),
        ("moves", events, _column(events, "agreement_id"), pacts, "programme.unknown_agreement"),
        ("occupants", land, _column(land, "receiving_id"), sites, "programme.unknown_site"),
    ]
    for name, table, said, known, rule in pairs:
        lost = said[said.notna() & (said != "") & ~said.isin(known.index.astype(str))]
        detail = [_near(one, known.index) for one in lost]
        yield findings(name, table.loc[lost.index], rule, detail=detail)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    return table.get(name, pd.Series(pd.NA, table.index)).astype("string")


def _without_agreement(
    land: gpd.GeoDataFrame, parties: pd.Series, events: pd.DataFrame
) -> Iterator[gpd.GeoDataFrame]:
    """Tell occupants that have moved although nothing was agreed with them or ordered."""
    agreed = set(parties.astype(str))
    gone = events.loc[events["step"].astype(str) == "moved", "occupant_id"]
    alone = land[~land.index.astype(str).isin(agreed)]
    moved = alone.index.astype(str).isin(gone.astype(str))
    yield findings("occupants", alone[moved], "programme.moved_without_agreement")
    yield findings("occupants", alone[~moved], "programme.no_agreement")


def _steps(events: pd.DataFrame, pacts: pd.DataFrame, parties: pd.Series) -> Iterator[gpd.GeoDataFrame]:
    """Tell events before their agreement, out of order, without agreement or of the wrong kind, unproved."""
    known, step = steps(), events["step"].astype(str)
    rests = step.map(known["agreement"]).astype(bool)
    both = parties.rename("occupant_id").astype(str).reset_index()
    of = both.merge(pacts[["date", "kinds"]], left_on="agreement_id", right_index=True).sort_values("date")
    first = of.groupby("occupant_id")["date"].min()
    dated = _column(events, "agreement_id").map(pacts["date"]).fillna(events["occupant_id"].map(first))
    early = events[rests & (events["date"] < dated)]
    said = [f"{row.occupant_id}, {row.step}: {row.date:%Y-%m-%d} < {dated[row.Index]:%Y-%m-%d}"
            for row in early.itertuples()]  # fmt: skip
    yield findings("moves", early, "programme.before_agreement", detail=said)

    named = _column(events, "agreement_id").map(pacts["kinds"])
    kinds = named.fillna(events["occupant_id"].map(of.groupby("occupant_id")["kinds"].agg(";".join)))
    wanted = step.map(known["kinds"])
    odd = [
        isinstance(has, str) and bool(want) and not set(want) & set(has.split(";"))
        for has, want in zip(kinds, wanted, strict=True)
    ]
    yield _told(events[np.array(odd, dtype=bool)], "programme.step_kind")

    yield _told(events[_out_of_order(events)], "programme.step_order")
    proof = _column(events, "evidence").fillna("").str.strip()
    unproved = events[rests & (proof == "")]
    asks = unproved["step"].astype(str).map(known["evidence_es"] + " / " + known["evidence_en"])
    said = [f"{who}, {one}: {ask}" for who, one, ask in
            zip(unproved["occupant_id"], unproved["step"], asks, strict=True)]  # fmt: skip
    yield findings("moves", unproved, "programme.no_evidence", detail=said)


def _told(events: pd.DataFrame, rule: str) -> gpd.GeoDataFrame:
    """Return findings that name occupant, step and the steps that it may follow."""
    after = events["step"].astype(str).map(steps()["after"])
    said = [f"{who}, {step} ({' | '.join(before)})" for who, step, before in
            zip(events["occupant_id"], events["step"], after, strict=True)]  # fmt: skip
    return findings("moves", events, rule, detail=said)


def _out_of_order(events: pd.DataFrame) -> pd.Series:
    """Return which events follow none of the steps that they may follow; of one day, steps go in order."""
    known = steps()
    place = pd.Series(np.arange(len(events)), events.index)
    who, step = events["occupant_id"].astype(str), events["step"].astype(str)
    first = place.groupby([who, step]).min()
    fits = pd.Series(False, events.index)
    for name, after in known["after"].items():
        rows = events.index[step == name]
        fits[rows] |= not after
        for before in after:
            keys = pd.MultiIndex.from_arrays([who[rows], [before] * len(rows)])
            fits[rows] |= first.reindex(keys).to_numpy() < place[rows].to_numpy()
    return ~fits


def _before_works(
    land: gpd.GeoDataFrame, events: pd.DataFrame, seafront: gpd.GeoDataFrame | None
) -> Iterator[gpd.GeoDataFrame]:
    """Tell moves before the first day of any works: the source says both, and both are kept."""
    if seafront is None or "start" not in seafront:
        return
    begin = conform(seafront, "seafront")["start"].min()
    moved = events[(events["step"].astype(str) == "moved") & (events["date"] < begin)]
    first = moved.drop_duplicates("occupant_id").set_index("occupant_id")["date"]
    first = first[first.index.isin(land.index)]
    said = [f"{one:%Y-%m-%d} < {begin:%Y-%m-%d}" for one in first]
    yield findings("occupants", land.loc[first.index], "programme.before_works", detail=said)


def _overdue(asked: pd.DataFrame, last: pd.Timestamp) -> Iterator[gpd.GeoDataFrame]:
    """Tell obligations that were due and not fulfilled on the day, and those fulfilled late."""
    never = pd.Series(pd.NaT, asked.index)
    due, done = asked.get("due", never), asked.get("fulfilled", never)
    open_ = (due < last) & ~(done <= last)
    late = (due < done) & (done <= last)
    for rows, rule in ((open_, "programme.overdue"), (late, "programme.late")):
        said = [f"{party}: {what} ({when:%Y-%m-%d})" for party, what, when in
                zip(asked["party"][rows], asked["what"][rows], due[rows], strict=True)]  # fmt: skip
        yield findings("obligations", asked[rows], rule, detail=said)


def _areas(land: gpd.GeoDataFrame, subtotal: float | None) -> Iterator[gpd.GeoDataFrame]:
    """Tell areas that are drawn otherwise than told, and a sum that is not that of the source."""
    drawn = land.area.to_numpy()
    off = np.abs(drawn - land["area"].to_numpy()) > DRAWN * land["area"].to_numpy()
    yield findings(
        "occupants", land[off], "programme.area_drawn", required=land["area"][off], found=drawn[off]
    )
    total = float(land["area"].sum())
    if subtotal is not None and abs(total - subtotal) > CENT:
        yield findings("occupants", None, "programme.subtotal", required=subtotal, found=total, crs=land.crs)
