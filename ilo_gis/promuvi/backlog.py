"""Areas and blocks that have titled nobody for years."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.promuvi.curves import years_between
from ilo_gis.promuvi.progress import group_of, legal_lots
from ilo_gis.promuvi.stays import stays
from ilo_gis.tables import conform, empty
from ilo_gis.tables.entries import require_day

__all__ = ["backlog"]


def backlog(
    events: pd.DataFrame, lots: pd.DataFrame, on: date, *, years: float, by: str = "area"
) -> pd.DataFrame:
    """Return the areas where lots wait and nobody was given a title for some years.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``.
    lots : DataFrame or GeoDataFrame
        Table ``lots``; remnants do not count.
    on : date
        The day.
    years : float
        Years without a title from which on an area is told; 0 tells every one where somebody waits.
    by : {"area", "block", "programme"}
        What is looked at.

    Returns
    -------
    DataFrame
        Table ``backlog``, the longest without a title first: lots held on the day, those without a title, the
        day of the last title (also of lots given back since), ``years`` since it or, where there was none,
        since the first allotment, and ``oldest``: how long the longest waiting lot has waited since its
        allotment.

    Raises
    ------
    RuleError
        If `on` is no date, `years` is negative or `by` is unknown.
    SchemaError
        If the tables lack columns.

    References
    ----------
    Press of Ilo (prensaregional.pe): PROMUVI VII gave no titles from 2008 to 2024. Servicing takes one to
    three years: López Follegatti 1999, section II.c.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A", "B"], "kind": "lot"}, ["A-1", "B-1"]).rename_axis("lot_id")
    >>> told = {"lot_id": ["A-1", "B-1"], "household_id": ["h", "g"], "kind": "allotted"}
    >>> events = pandas.DataFrame(told | {"date": ["2008-05-01", "2022-05-01"]}, list("ef"))
    >>> backlog(events, lots, pandas.Timestamp("2024-05-01"), years=3, by="block")["years"].to_dict()
    {'A': 16.0}
    """
    last = require_day(on)
    if not years >= 0:
        raise RuleError(f"years is {years!r}; it should be a number from 0 on.")
    land = legal_lots(lots)
    group = pd.Series(group_of(land, by), land.index)
    held = stays(events, last, land)
    if held.empty:
        return empty("backlog")
    held = held.assign(area_id=group.reindex(held["lot_id"]).to_numpy())
    now = held[held["ended"].isna()]
    waiting = now[now["titled"].isna()].groupby("area_id")["allotted"]
    table = pd.DataFrame(
        {
            "lots": now.groupby("area_id").size(),
            "waiting": waiting.size(),
            "last_title": held.groupby("area_id")["titled"].max(),
            "first": held.groupby("area_id")["allotted"].min(),
            "oldest": waiting.min(),
        }
    )
    table = table[table["waiting"] > 0]
    table["years"] = years_between(table["last_title"].fillna(table.pop("first")), last)
    table["oldest"] = years_between(table["oldest"], last)
    told = table[table["years"] >= years].rename_axis("area_id").reset_index()
    order = told.sort_values(["years", "waiting", "area_id"], ascending=[False, False, True])
    return conform(order.set_index("area_id").astype({"lots": "int64", "waiting": "int64"}), "backlog")
