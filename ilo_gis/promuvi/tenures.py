"""Who held a lot from when to when, and who has its account."""

from __future__ import annotations

import pandas as pd

from ilo_gis.tables import conform
from ilo_gis.tables.entries import id_order, standing

__all__ = ["account_holders", "tenures"]

HOLDS = ["allotted", "transferred"]
LEAVES = ["reverted", "renounced"]


def tenures(events: pd.DataFrame) -> pd.DataFrame:
    """Return who held each lot, from when to when.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``; those that another takes back do not count.

    Returns
    -------
    DataFrame
        By ``event_id`` of the event that it begins with: ``lot_id``, ``household_id``, ``since``,
        ``until`` (NaT: to this day) and ``now``, who has the account: the household itself, or who took the
        lot over from it by transfer, the last of them.

    Raises
    ------
    SchemaError
        If the events are not the table.

    Examples
    --------
    >>> events = pandas.DataFrame({"lot_id": "A-1", "kind": ["allotted", "transferred", "renounced"]})
    >>> events = events.assign(household_id=["H-1", "H-1", "H-2"], heir=[None, "H-2", None])
    >>> events = events.assign(date=pandas.to_datetime(["1990-01-05", "1991-02-01", "1992-03-01"]))
    >>> events.index = pandas.Index(["E-1", "E-2", "E-3"], name="event_id")
    >>> tenures(events)[["household_id", "now"]].values.tolist()
    [['H-1', 'H-2'], ['H-2', 'H-2']]
    """
    told = standing(conform(events, "lot_events"))
    kind = told["kind"].astype(str)
    moves = told[kind.isin([*HOLDS, *LEAVES])]
    moves = moves.assign(order=id_order(moves.index)).sort_values(["lot_id", "date", "order"])
    kind = moves["kind"].astype(str)
    lot = moves["lot_id"].astype(str)
    holder = moves["household_id"].astype("string")
    if "heir" in moves:
        holder = holder.mask(kind == "transferred", moves["heir"].astype("string"))
    line = (kind != "transferred").groupby(lot).cumsum()
    held = pd.DataFrame(
        {
            "lot_id": lot,
            "household_id": holder,
            "since": moves["date"],
            "until": moves["date"].groupby(lot).shift(-1),
            "now": holder.groupby([lot, line]).transform("last"),
        }
    )
    return held[kind.isin(HOLDS)].rename_axis("event_id")


def account_holders(table: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Return charges or payments, those of a household that has transferred its lot under who took it over.

    Parameters
    ----------
    table : DataFrame
        Table ``charges`` or ``payments``.
    held : DataFrame
        What `tenures` returns.
    """
    last = held.drop_duplicates(["lot_id", "household_id"], keep="last")
    now = last.set_index(["lot_id", "household_id"])["now"]
    found = now.reindex(pd.MultiIndex.from_frame(table[["lot_id", "household_id"]])).set_axis(table.index)
    return table.assign(household_id=found.fillna(table["household_id"]).astype(str))
