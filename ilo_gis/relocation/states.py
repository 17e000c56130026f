"""The state of each occupant on a day, out of events that are only added."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from ilo_gis.errors import SchemaError, did_you_mean, some_ids
from ilo_gis.tables import conform, empty
from ilo_gis.tables.entries import id_order, require_day, standing

__all__ = ["in_effect", "state_on", "steps"]


def steps() -> pd.DataFrame:
    """Return the steps of a relocation in their order (``steps.toml``).

    Returns
    -------
    DataFrame
        Indexed by ``step``: ``after`` (steps that it may follow), ``agreement`` (whether it rests on one),
        ``kinds`` (of agreement that it may rest on; none: any), ``free`` (whether the land is free),
        ``evidence_es``, ``evidence_en``, ``es``, ``en``.

    Examples
    --------
    >>> steps().index.tolist()[:4], steps().at["moved", "after"]
    (['listed', 'negotiated', 'agreed', 'ordered'], ['site_ready', 'ordered'])
    """
    return _steps().copy()


@cache
def _steps() -> pd.DataFrame:
    told = tomllib.loads((files(__package__) / "steps.toml").read_text("utf-8"))
    usual = {"agreement": False, "kinds": [], "free": False}
    return pd.DataFrame([usual | step for step in told.values()], index=pd.Index(told, name="step"))


def state_on(moves: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return the step that each occupant has reached on a day.

    That is the furthest step among the events of that day and before which no later event, of that day or
    before, takes back. Who has moved has moved, even where a step before it was never written down:
    `check_programme` names such gaps.

    Parameters
    ----------
    moves : DataFrame
        Table ``moves``: events with ``occupant_id``, ``step``, ``date`` and, where one takes another back,
        ``takes_back``.
    on : date
        The day; events of the day count.

    Returns
    -------
    DataFrame
        Table ``occupant_states``, by occupant: ``step``, ``since`` (the first day of it) and ``move_id``.
        Occupants without an event in effect are not in it.

    Raises
    ------
    RuleError
        If `on` is no date.
    SchemaError
        If a step is unknown, a day is missing, or an id repeats; `read_tables` tells which rows and goes on.

    References
    ----------
    Ilo, Peru: ten agreements freed 27,400 m2 from November 1993 to mid 1995 (S99, Table 3).

    Examples
    --------
    >>> days = pandas.to_datetime(["1993-01-31", "1994-01-31", "1994-03-01"])
    >>> moves = pandas.DataFrame({"occupant_id": "police", "step": ["listed", "agreed", "agreed"]})
    >>> moves = moves.assign(date=days, takes_back=[None, None, "M-2"])
    >>> moves.index = pandas.Index(["M-1", "M-2", "M-3"], name="move_id")
    >>> state_on(moves, pandas.Timestamp("1994-02-01"))["step"].to_dict()
    {'police': 'agreed'}
    >>> state_on(moves, pandas.Timestamp("1994-03-01"))["step"].to_dict()
    {'police': 'listed'}
    """
    events = in_effect(moves, on)
    if events.empty:
        return empty("occupant_states")
    furthest = events.groupby("occupant_id", observed=True)["rank"].transform("max")
    events = events[events["rank"] == furthest].sort_values(["occupant_id", "date", "order"])
    first = events.drop_duplicates("occupant_id")
    states = pd.DataFrame(
        {
            "step": pd.Categorical(first["step"].astype(str), _steps().index),
            "since": first["date"].to_numpy("datetime64[ms]"),
            "move_id": first.index.astype(str),
        },
        index=pd.Index(first["occupant_id"].astype(str), dtype=object),
    )
    return conform(states.rename_axis("occupant_id"), "occupant_states")


def in_effect(moves: pd.DataFrame, on: date | None = None) -> pd.DataFrame:
    """Return the events up to a day that no other takes back, without those that take others back.

    Parameters
    ----------
    moves : DataFrame
        Table ``moves``.
    on : date, optional
        Last day that counts; by default all events do.

    Returns
    -------
    DataFrame
        Rows of `moves` with ``rank`` (of the step) and ``order`` (of the id, numbers as numbers).

    Raises
    ------
    RuleError, SchemaError
        As for `state_on`.

    Examples
    --------
    >>> moves = pandas.DataFrame({"occupant_id": ["a"], "step": ["listed"], "date": ["1994-01-01"]})
    >>> in_effect(moves.rename_axis("move_id"))[["step", "rank"]].values.tolist()
    [['listed', 0]]
    """
    last = None if on is None else require_day(on)
    table = _events(moves)
    if last is not None:
        table = table[table["date"] <= last]
    return standing(table)


def _events(moves: pd.DataFrame) -> pd.DataFrame:
    """Return events as the table declares them, with the rank of their steps and the order of their ids."""
    table = conform(moves, "moves")
    step = table["step"].astype("string")
    strange = step[~step.isin(_steps().index)]
    if len(strange):
        raise SchemaError(
            f"moves: {some_ids(strange.index)}: {strange.iloc[0]!r} is no step"
            f"{did_you_mean(strange.iloc[0], _steps().index)}. The steps are: {', '.join(_steps().index)}."
        )
    if (dateless := table.index[table["date"].isna()]).size:
        raise SchemaError(f"moves without a day: {some_ids(dateless)}. Give each event its day.")
    back = table.get("takes_back", pd.Series(pd.NA, table.index, dtype="string")).replace("", pd.NA)
    ranks = step.map({name: rank for rank, name in enumerate(_steps().index)}).astype(np.int64)
    return table.assign(takes_back=back, rank=ranks, order=id_order(table.index))
