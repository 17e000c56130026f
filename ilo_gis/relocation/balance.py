"""Balance of relocations: land given and received, who pays, who has no place, what is still owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.relocation.needs import READINGS, household_count
from ilo_gis.relocation.receiving import impossible_capacity
from ilo_gis.relocation.states import state_on, steps
from ilo_gis.tables import complete, conform, findings, join_findings, require_metres
from ilo_gis.tables.entries import require_day

__all__ = ["Balance", "balance"]

TOTAL = "total"
PAYERS = ("municipality", "occupant", "other")
ON_PLAN = ("lot", "block")  # kinds of receiving sites whose land the municipality gives
GIVES = ("land_swap", "land_donation")  # agreements by which it gives land
ORDER = "order"


@dataclass(frozen=True)
class Balance:
    """What relocations come to on a day.

    Attributes
    ----------
    agreements : DataFrame
        Table ``balance``: land, costs and obligations by agreement, ``total`` last.
    payers : DataFrame
        Table ``payer_costs``: costs by payer; what is not known is counted, never 0.
    places : DataFrame
        Table ``household_places``: households and the room there is for them, in both readings.
    parties : DataFrame
        Table ``party_obligations``: obligations by party.
    findings : GeoDataFrame
        Table ``findings``: households without a place, two that are to go to one site. Ids that no table
        has, and obligations overdue one by one, are told by `check_programme`.
    """

    agreements: pd.DataFrame
    payers: pd.DataFrame
    places: pd.DataFrame
    parties: pd.DataFrame
    findings: gpd.GeoDataFrame


def balance(
    occupants: gpd.GeoDataFrame,
    agreements: pd.DataFrame,
    obligations: pd.DataFrame,
    receiving_sites: gpd.GeoDataFrame,
    moves: pd.DataFrame,
    on: date,
    *,
    persons_per_household: float = 5.0,
) -> Balance:
    """Hold what relocations take against what they give, on a day.

    Parameters
    ----------
    occupants, receiving_sites : GeoDataFrame
        Tables ``occupants`` and ``receiving_sites``, in a CRS in metres. Sites on lots of a plan have their
        area once `reserve_lots` has measured them.
    agreements, obligations, moves : DataFrame
        Tables of these names. Agreements of later days count as agreed, not as received.
    on : date
        The day.
    persons_per_household : float
        By which persons become households.

    Returns
    -------
    Balance

    Raises
    ------
    CRSError, SchemaError, RuleError
        If tables cannot be used, or `on` is no date.

    References
    ----------
    López Follegatti 1999, Table 3: ten agreements, 27,400 m2, no costs told.

    Examples
    --------
    >>> tables = [ilo_gis.io.sample(name) for name in
    ...     ("occupants", "agreements", "obligations", "receiving_sites", "moves")]
    >>> found = balance(*tables, pandas.Timestamp("1994-06-30"))
    >>> found.agreements.loc["total", ["land", "land_received", "costs_unknown"]].tolist()
    [27400.0, 5400.0, 30]
    """
    last = require_day(on)
    require_metres(occupants, "occupants")
    land, sites = complete(occupants, "occupants"), complete(receiving_sites, "receiving_sites")
    deals, duties = complete(agreements, "agreements"), complete(obligations, "obligations")
    table = _by_agreement(land, deals, sites, moves, last)
    owed = _owed(duties, last)
    for name in ("open", "overdue"):
        table[name] = owed[name].groupby(duties["agreement_id"].astype(str)).sum().reindex(table.index)
    table["obligations"] = duties.groupby(duties["agreement_id"].astype(str)).size().reindex(table.index)
    places = _places(land, sites, persons_per_household)
    found = join_findings(
        _no_place(land, places, deals, last), _twice(land, sites), impossible_capacity(sites)
    )
    return Balance(_closed(table), _by_payer(deals), places, _by_party(duties, owed), found)


def _by_agreement(
    land: gpd.GeoDataFrame,
    deals: pd.DataFrame,
    sites: gpd.GeoDataFrame,
    moves: pd.DataFrame,
    on: pd.Timestamp,
) -> pd.DataFrame:
    """Return land and costs by agreement."""
    said = deals["occupants"].fillna("").str.split(";").explode().str.strip()
    said = said[said.isin(land.index.astype(str))]
    step = state_on(moves, on)["step"].astype(str)
    free = set(step.index[step.isin(steps().index[steps()["free"]])])
    area = said.map(land["area"].set_axis(land.index.astype(str)))
    target = said.map(land["receiving_id"].set_axis(land.index.astype(str)))
    own = pd.DataFrame({"agreement": said.index, "site": target.to_numpy()}).dropna().drop_duplicates()
    own["area"] = own["site"].map(
        sites["area"].where(sites["kind"].isin(ON_PLAN)).set_axis(sites.index.astype(str))
    )
    plan = own.groupby("agreement")["area"].agg(lambda areas: areas.sum(skipna=False)).reindex(deals.index)
    gives = deals["kinds"].fillna("").str.split(";").map(lambda kinds: bool(set(kinds) & set(GIVES)))
    given = deals["land_given"].fillna(plan).where(gives | deals["land_given"].notna(), 0.0)
    received = area.where(said.isin(free), 0.0).groupby(level=0).sum().reindex(deals.index).fillna(0.0)
    costs = deals[[f"cost_{payer}" for payer in PAYERS]]
    table = pd.DataFrame(
        {
            "occupants": deals["occupants"],
            "date": deals["date"],
            "land": area.groupby(level=0).sum().reindex(deals.index).fillna(0.0),
            "land_received": received,
            "land_given": given,
            "land_unknown": given.isna().astype("Int64"),
            "difference": received - given,
            **costs,
            "costs_unknown": costs.isna().sum(axis=1).astype("Int64"),
        }
    )
    return table.set_axis(deals.index.astype(str))


def _closed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``balance``: the total last; land not known leaves the difference open."""
    counts = ["land_unknown", "costs_unknown", "obligations", "open", "overdue"]
    table = table.assign(**{name: table[name].fillna(0).astype("Int64") for name in counts})
    costs = [f"cost_{payer}" for payer in PAYERS]
    total = {name: table[name].sum() for name in ("land", "land_received", *counts)}
    total |= {name: table[name].sum(min_count=1) for name in costs}
    given = table["land_given"]
    total["land_given"] = given[given > 0].sum(min_count=1) if given.isna().any() else given.sum()
    total["difference"] = table["difference"].sum(skipna=False)
    whole = pd.DataFrame([total], index=pd.Index([TOTAL], dtype=object))
    joined = pd.concat([table, whole.astype(dict.fromkeys(counts, "Int64"))]) if len(table) else table
    return conform(joined.rename_axis("agreement_id"), "balance")


def _by_payer(deals: pd.DataFrame) -> pd.DataFrame:
    costs = deals[[f"cost_{payer}" for payer in PAYERS]]
    frame = pd.DataFrame(
        {
            "known": costs.sum(min_count=1).to_numpy(float),
            "agreements_known": costs.notna().sum().to_numpy(),
            "agreements_unknown": costs.isna().sum().to_numpy(),
        },
        index=pd.Index(PAYERS, name="payer", dtype=object),
    )
    return conform(frame, "payer_costs")


def _owed(duties: pd.DataFrame, on: pd.Timestamp) -> Mapping[str, pd.Series]:
    """Return which obligations are fulfilled, open, overdue, and open without a day on which they are due."""
    done = (duties["fulfilled"] <= on).fillna(False)
    late = (duties["due"] < on).fillna(False)
    return {
        "fulfilled": done,
        "open": ~done,
        "overdue": ~done & late,
        "undated": ~done & duties["due"].isna(),
    }


def _by_party(duties: pd.DataFrame, owed: Mapping[str, pd.Series]) -> pd.DataFrame:
    table = pd.DataFrame(dict(owed)).astype("Int64").groupby(duties["party"].astype(str)).sum()
    return conform(table.rename_axis("party"), "party_obligations")


def _places(land: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, persons: float) -> pd.DataFrame:
    """Return the table ``household_places``: room is shared by groups in the order of their ids."""
    groups = land[land["kind"].astype(str) == "households"]
    groups = groups.iloc[np.argsort(groups.index.astype(str), kind="stable")]
    target = groups["receiving_id"].where(groups["receiving_id"].isin(sites.index))
    named = sites["lots"].fillna("").str.strip()
    lots = (named.str.count(";") + 1).where((named != "") & (sites["kind"] == "lot"))
    told = sites["capacity"].astype(float).fillna(lots.astype(float)).clip(lower=0)
    room = target.map(told)
    frame = groups.assign(receiving_id=target)[["receiving_id", "count", "count_of"]]
    for reading, count, without in zip(
        READINGS, ("households", "if_persons"), ("without", "without_if_persons"), strict=True
    ):
        many = household_count(groups, reading, persons)
        before = many.fillna(1).groupby(target).cumsum().sub(many.fillna(1)).astype(float).fillna(0.0)
        left = (room - before).clip(lower=0)
        short = (many.astype(float) - left.fillna(0.0)).clip(lower=0)
        frame = frame.assign(**{count: many, without: short.round().astype("Int64")})
        if reading == READINGS[0]:
            frame["room"] = left.round().astype("Int64")
    return conform(frame.rename_axis("occupant_id"), "household_places")


def _no_place(
    land: gpd.GeoDataFrame, places: pd.DataFrame, deals: pd.DataFrame, on: pd.Timestamp
) -> gpd.GeoDataFrame:
    """Return households without a place whose agreement or order has effect on the day."""
    said = deals.loc[deals["date"] <= on, "occupants"].fillna("").str.split(";").explode().str.strip()
    bound = places[places.index.astype(str).isin(said)]
    short = bound[["without", "without_if_persons"]]
    nowhere = bound["receiving_id"].isna() | bound["room"].isna()
    wrong = bound[nowhere | (short.fillna(0) > 0).any(axis=1)]
    told = wrong[["households", "if_persons", "without", "without_if_persons"]].astype(object)
    known = told.where(told.notna(), "≥ 1")
    return findings(
        "occupants",
        land.loc[wrong.index],
        "relocation.no_place",
        detail=[
            f"{a}/{b}" if a != b else f"{a}"
            for a, b in zip(known["without"], known["without_if_persons"], strict=True)
        ],
        required=0,
        found=wrong[["without", "without_if_persons"]].astype(float).max(axis=1),
    )


def _twice(land: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return who is told to go where another goes, unless both are households and the room is told."""
    known = land[land["receiving_id"].isin(sites.index)].sort_index()
    holds = known["receiving_id"].map(sites["capacity"].astype(float)).notna()
    first = known.groupby("receiving_id")["name"].transform(lambda names: names.index[0])
    group = (known["kind"].astype(str) == "households") & holds
    second = known[known["receiving_id"].duplicated() & ~group]
    said = [f"{site}, {first[who]}" for who, site in second["receiving_id"].items()]
    return findings("occupants", second, "relocation.site_twice", detail=said)
