"""Who held a lot from when to when, and what counts where entries are taken back."""

from __future__ import annotations

import pandas as pd

from ilo_gis.tables import conform

__all__ = ["account_holders", "standing", "taken_back", "tenures"]

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
    moves = moves.assign(order=_order(moves.index)).sort_values(["lot_id", "date", "order"])
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


def standing(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that no other takes back, without those that take others back.

    Parameters
    ----------
    entries : DataFrame
        Events or payments with ``date`` and, where one takes another back, its id in ``takes_back``.

    Returns
    -------
    DataFrame
        Rows of `entries`.

    Examples
    --------
    >>> paid = pandas.DataFrame({"date": pandas.Timestamp("1994-01-01"), "takes_back": [None, "P-1", "P-2"]})
    >>> standing(paid.set_axis(["P-1", "P-2", "P-3"])).index.tolist()  # P-2 was the mistake
    ['P-1']
    """
    if "takes_back" not in entries:
        return entries
    counter = entries["takes_back"].replace("", pd.NA).notna()
    return entries[~counter & ~entries.index.astype(str).isin(taken_back(entries))]


def taken_back(entries: pd.DataFrame) -> set[str]:
    """Return the ids of events or payments that another takes back which is not taken back itself.

    Examples
    --------
    >>> paid = pandas.DataFrame({"date": pandas.Timestamp("1994-01-01"), "takes_back": [None, "P-1", "P-2"]})
    >>> taken_back(paid.set_axis(["P-1", "P-2", "P-3"]))
    {'P-2'}
    """
    counters = entries[entries["takes_back"].replace("", pd.NA).notna()]
    counters = counters.assign(order=_order(counters.index)).sort_values(["date", "order"], ascending=False)
    gone: set[str] = set()
    for id_, taken in zip(counters.index.astype(str), counters["takes_back"].astype(str), strict=True):
        if id_ not in gone:  # the last word first: what takes back may be taken back itself
            gone.add(taken)
    return gone


def _order(ids: pd.Index) -> pd.Index:
    """Return ids so that their numbers sort as numbers."""
    return ids.astype(str).str.replace(r"\d+", lambda found: found[0].zfill(12), regex=True)
